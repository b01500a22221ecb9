"""What the command line says, in English and Chinese."""

from tierstock import (
    words_compare,
    words_doctor,
    words_feed,
    words_files,
    words_import,
    words_orders,
    words_run,
    words_tables,
)

TEXT: dict[str, dict[str, str]] = {
    **words_compare.TEXT,
    **words_doctor.TEXT,
    **words_feed.TEXT,
    **words_files.TEXT,
    **words_import.TEXT,
    **words_orders.TEXT,
    **words_run.TEXT,
    **words_tables.TEXT,
    "checked": {"en": "checked", "zh": "检查"},
    "built": {"en": "built", "zh": "建模"},
    "solved": {"en": "solved", "zh": "求解"},
    "audited": {"en": "audited and written", "zh": "审计并写出"},
    "size": {
        "en": "{columns:,} columns, {rows:,} rows, {integers:,} whole numbers",
        "zh": "{columns:,} 列，{rows:,} 行，{integers:,} 个整数",
    },
    "places": {
        "en": "locations: {locations:,}, products: {products:,}, lanes: {lanes:,}, "
        "periods: {periods}",
        "zh": "{locations:,} 个地点，{products:,} 个产品，{lanes:,} 条线路，{periods} 个期间",
    },
    "stopped-optimal": {"en": "best possible plan", "zh": "已得最优方案"},
    "stopped-gap": {"en": "within the asked gap", "zh": "已达目标差距"},
    "stopped-time": {"en": "time limit", "zh": "已到时间上限"},
    "stopped-memory": {"en": "memory limit", "zh": "已到内存上限"},
    "stopped-user": {"en": "stopped by you", "zh": "由您停止"},
    "stopped-infeasible": {"en": "rules contradict each other", "zh": "规则互相矛盾"},
    "stopped-fault": {"en": "solver fault", "zh": "求解器故障"},
    "checks": {"en": "{count} checks passed", "zh": "{count} 项检查全部通过"},
    "cost": {"en": "Cost", "zh": "成本"},
    "profit": {"en": "Profit", "zh": "利润"},
    "levels": {"en": "Levels", "zh": "层次"},
    "service": {"en": "Service", "zh": "服务"},
    "capital": {"en": "Capital", "zh": "资金"},
    "cover": {"en": "Cover", "zh": "可用天数"},
    "quality": {"en": "Quality", "zh": "质量"},
    "files": {"en": "Files", "zh": "文件"},
    "service-line": {
        "en": "{fill} of the demand is served on time; units lost: {lost}, owed at the end: {owed}",
        "zh": "按期满足率 {fill}；失销 {lost} 件，期末欠交 {owed} 件",
    },
    "capital-line": {
        "en": "{end} {money} in stock and on the way at the end, {opening} {money} at the start",
        "zh": "期末库存与在途占用 {end} {money}，期初 {opening} {money}",
    },
    "cover-line": {
        "en": "{end} days of stock at the end, {opening} at the start",
        "zh": "期末可用天数 {end} 天，期初 {opening} 天",
    },
    "quality-line": {
        "en": "at most {gap} {money} ({share}) above the best possible plan",
        "zh": "与最优方案最多相差 {gap} {money}（{share}）",
    },
    "quality-profit": {
        "en": "at most {gap} {money} ({share}) less profit than the best possible plan",
        "zh": "利润与最优方案最多相差 {gap} {money}（{share}）",
    },
    "profit-line": {
        "en": "{profit} {money}: sales {revenue} less cost",
        "zh": "{profit} {money}：销售额 {revenue} 减成本",
    },
    "level-line": {
        "en": "{name} {value} (best possible {bound})",
        "zh": "{name} {value}（最优 {bound}）",
    },
    "quality-none": {
        "en": "nothing is proven about the best possible plan",
        "zh": "尚无法证明与最优方案的差距",
    },
    "moves": {"en": "What to do first", "zh": "先做什么"},
    "move": {
        "en": "{date}  {action}  {way}  {what}, saves {saved}",
        "zh": "{date}  {action}  {way}  {what}，不执行将损失 {saved}",
    },
    "move must": {
        "en": "{date}  {action}  {way}  {what}, must be done",
        "zh": "{date}  {action}  {way}  {what}，必须执行",
    },
    "risks": {"en": "Biggest risks", "zh": "最大风险"},
    "warnings": {"en": "Warnings: {count}", "zh": "警告：{count} 条"},
    "warnings-more": {
        "en": "  Warnings told in the sheet RunInfo only: {count}",
        "zh": "  另有 {count} 条警告，见“运行信息”。",
    },
    "clean": {"en": "No faults, no warnings.", "zh": "没有错误，也没有警告。"},
    "found": {
        "en": "errors: {errors}, warnings: {warnings}, notes: {infos}",
        "zh": "错误：{errors}，警告：{warnings}，提示：{infos}",
    },
    "readiness": {
        "en": "Readiness by sheet (100 = nothing found):",
        "zh": "各表就绪度（100 = 未发现问题）：",
    },
    "lacking": {"en": "   missing: {names}", "zh": "   缺少：{names}"},
    "check-it": {
        "en": "For a copy with the wrong cells marked: tierstock check {path}",
        "zh": "要得到标出错误单元格的副本，请运行：tierstock check {path}",
    },
    "marked": {"en": "Marked copy: {path}", "zh": "标注副本：{path}"},
    "unmarked": {
        "en": "The marked copy of an earlier check is removed: {path}",
        "zh": "已删除先前检查的标注副本：{path}",
    },
    "template": {
        "en": "{path} is ready. Fill the columns with dark blue headings, then: "
        "tierstock plan {name}",
        "zh": "已生成 {path}。请填写深蓝色表头的列，然后运行：tierstock plan {name}",
    },
    "exists": {
        "en": "{path} is there already. Choose another name, or move it away first.",
        "zh": "{path} 已存在。请换一个文件名，或先移走该文件。",
    },
    "converted": {
        "en": "{sheets} sheets with {rows:,} rows are in {path}.",
        "zh": "已写出 {sheets} 个工作表、{rows:,} 行：{path}。",
    },
    "only-folder": {
        "en": "-o {name}: name a folder. The files in it are called after the input.",
        "zh": "-o {name}：请填写文件夹；其中的文件按输入文件命名。",
    },
    "only-xlsx": {
        "en": "{name}: a template is an Excel workbook. Give it a name that ends with .xlsx.",
        "zh": "{name}：模板是 Excel 工作簿，文件名请以 .xlsx 结尾。",
    },
    "audit-passed": {
        "en": "The plan keeps every rule: {count} checks passed.",
        "zh": "方案符合全部规则：{count} 项检查通过。",
    },
    "audit-failed": {
        "en": "The plan fails {failed} of {count} checks.",
        "zh": "方案有 {failed} 项检查未通过（共 {count} 项）。",
    },
    "audit-no-stamp": {
        "en": "! The results carry no stamp: the sheet Audit, or a hash in it, is missing. Whether "
        "they were changed since they were published cannot be told.",
        "zh": "! 结果没有印记：缺少“审计”工作表或其中的哈希值，无法判断发布后是否被改动。",
    },
    "not-published": {
        "en": "The plan failed its independent audit; nothing was written.",
        "zh": "方案未通过独立审计，未写出任何文件。",
    },
    "audit-again": {
        "en": "The plan failed its independent audit ({failed}); solving another way.",
        "zh": "方案未通过独立审计（{failed}），改用其他方式重新求解。",
    },
    "audit-ended": {"en": "The audit came to its end", "zh": "审计完整执行"},
    "no-workbook": {
        "en": "{path} cannot be read: it is no Excel workbook, or it is damaged ({detail}).",
        "zh": "无法读取 {path}：不是 Excel 工作簿，或文件已损坏（{detail}）。",
    },
    "no-input": {
        "en": "{path} is no input: it has no sheet {listed}. Write: tierstock audit FILE PLAN",
        "zh": "{path} 不是输入文件：缺少工作表 {listed}。用法：tierstock audit FILE PLAN",
    },
    "no-output": {
        "en": "{path} is no plan: it has no sheet {listed}. Write: tierstock audit FILE PLAN",
        "zh": "{path} 不是方案文件：缺少工作表 {listed}。用法：tierstock audit FILE PLAN",
    },
    "no-audit": {
        "en": "The plan cannot be audited: {detail}",
        "zh": "无法审计该方案：{detail}",
    },
    "contradiction": {
        "en": "The hard rules contradict each other; there is no plan. Make a target, a limit or a "
        "class with Mode must softer, or give more supply or time.",
        "zh": "硬性规则互相矛盾，不存在可行方案。请放宽某个硬性目标、上限或“必须满足”等级，"
        "或增加供应与时间。",
    },
    "perhaps": {"en": "This may be why there is no plan:", "zh": "没有方案的可能原因："},
    "warned": {"en": "The check of the input warned of this:", "zh": "输入检查给出的警告："},
    "hard-rules": {
        "en": "Rows that must hold: {listed}",
        "zh": "必须满足的行：{listed}",
    },
    "no-plan-time": {
        "en": "No plan within {limit}. Give more time (--time), a wider gap (--gap), or fewer "
        "periods or products.",
        "zh": "在 {limit} 内没有得到方案。请增加时间（--time）、放宽差距（--gap），"
        "或减少期间与产品。",
    },
    "no-plan-memory": {
        "en": "The model does not fit into memory. Plan fewer products or periods, or longer "
        "buckets.",
        "zh": "模型超出内存。请减少产品或期间，或使用更长的期间。",
    },
    "crashed": {
        "en": "The solver broke down and left no plan ({detail}). Try again with --threads 1.",
        "zh": "求解器异常且未留下方案（{detail}）。请用 --threads 1 重试。",
    },
    "stopped": {
        "en": "Stopped; what was not complete was not written.",
        "zh": "已停止；未完成的内容没有写出。",
    },
    "stopped-no-plan": {
        "en": "Stopped. There was no plan yet.",
        "zh": "已停止，尚未得到方案。",
    },
    "stopped-plan": {
        "en": "Stopped; this is the best plan so far.",
        "zh": "已停止；以下是目前最好的方案。",
    },
    "limit-plan": {
        "en": "The limit came before the asked gap; this is the best plan so far (exit code 10).",
        "zh": "在达到目标差距之前已到上限；以下是目前最好的方案（退出码 10）。",
    },
    "no-plan": {"en": "There is no plan: {why}.", "zh": "没有方案：{why}。"},
    "cap-from": {
        "en": "Budget {name}: the limit of {limit} holds from {period}, the first period that can "
        "comply; what is there today is above it.",
        "zh": "预算 {name}：上限 {limit} 自 {period} 起生效，即首个可遵守的期间；"
        "今日占用已超出该上限。",
    },
    "cap-from-unsure": {
        "en": "Budget {name}: time ended before it was known from when on the limit of {limit} can "
        "be kept; it holds from {period}.",
        "zh": "预算 {name}：时间用尽，未能确定上限 {limit} 自何期起可遵守；现自 {period} 起生效。",
    },
    "cap-never": {
        "en": "Budget {name}: there is no period from which on the limit of {limit} can be kept; "
        "what is bound does not grow.",
        "zh": "预算 {name}：上限 {limit} 在任何期间起均无法遵守；资金占用不再增加。",
    },
    "cap-least": {
        "en": "Budget {name}: the limit of {limit} cannot be kept; {least}, the least that can be "
        "reached, holds instead.",
        "zh": "预算 {name}：上限 {limit} 无法遵守；改按可达到的最小值 {least} 执行。",
    },
    "cap-least-unsure": {
        "en": "Budget {name}: the limit of {limit} cannot be kept; {least}, the least that was "
        "found in time, holds instead.",
        "zh": "预算 {name}：上限 {limit} 无法遵守；改按限时内找到的最小值 {least} 执行。",
    },
    "cap-unsure": {
        "en": "Budget {name}: time ended before it was known whether the limit of {limit} can be "
        "kept; it holds.",
        "zh": "预算 {name}：时间用尽，未能确定上限 {limit} 能否遵守；现按该上限执行。",
    },
    "own-objective": {
        "en": "The plan is the best found for an objective of your own, which comes to "
        "{objective} (bound {bound}). The costs shown are those of tierstock alone.",
        "zh": "本方案按您自定义的目标求得，其值为 {objective}（界 {bound}）。所列成本仅含 "
        "tierstock 自身的成本项。",
    },
    "unforeseen": {
        "en": "Something went wrong in tierstock: {detail}. This is no fault of your data alone. "
        "Please report it with {log}, which holds the details; --debug shows them here.",
        "zh": "tierstock 内部出错：{detail}。这不只是数据的问题，请将 {log}（含详情）随问题反馈；"
        "加 --debug 可在此查看。",
    },
    "audit-fault": {
        "en": "This is a fault of tierstock, not of your data. Please report it with the input; "
        "until then another --set seed=… or --gap may give a plan that passes.",
        "zh": "这是 tierstock 的错误，而不是数据的问题。请连同输入文件一起反馈；"
        "在此之前可换用 --set seed=… 或 --gap 再试。",
    },
    "auditing": {"en": "auditing the plan and writing it …", "zh": "正在审计方案并写出……"},
    "demo": {
        "en": "A home-appliance network: 1 supplier, 2 plants, 1 CDC, 4 RDC, 16 stores, "
        "12 products, 13 weeks.",
        "zh": "家电网络示例：1 家供应商、2 个工厂、1 个中央仓、4 个区域仓、16 家门店、12 个产品、"
        "13 周。",
    },
    "demo-kept": {
        "en": "{path} is there already and has been changed; it is planned as it is.",
        "zh": "{path} 已存在且已被修改，将按其现有内容计划。",
    },
    "open": {
        "en": "Open {plan} (the plan) and {input} (its input).",
        "zh": "请打开 {plan}（方案）与 {input}（输入）。",
    },
    "unknown-near": {
        "en": '{column} "{word}" is not in {where}. Nearest: "{nearest}".',
        "zh": "{column}“{word}”不在“{where}”中。最接近的是“{nearest}”。",
    },
    "unknown-code": {
        "en": '{column} "{word}" is not in {where}.{nearest}',
        "zh": "{column}“{word}”不在“{where}”中。{nearest}",
    },
    "known-codes": {"en": " Known are {listed}.", "zh": "已有：{listed}。"},
    "one-code": {
        "en": '"{word}": only the code of one location and of one product is understood here.',
        "zh": "“{word}”：此处只接受一个地点编码和一个产品编码。",
    },
    "swapped": {
        "en": "Location and product are the wrong way round. Write: {location} {product}",
        "zh": "地点与产品写反了。请写：{location} {product}",
    },
    "no-such-input": {
        "en": "There is no {path}.",
        "zh": "{path} 不存在。",
    },
    "no-such-near": {
        "en": 'There is no {path}. Nearest: "{nearest}".',
        "zh": "{path} 不存在。最接近的是“{nearest}”。",
    },
    "no-sample": {
        "en": '"{name}" is not a sample. Choose {known}, or the name of an input sheet.',
        "zh": "没有名为“{name}”的示例，可选：{known}，或某张输入表的名称。",
    },
    "key-value": {
        "en": '"{pair}": write key=value, e.g. carrying_rate=15%',
        "zh": "“{pair}”：请写成 设置项=取值，例如 carrying_rate=15%",
    },
    "no-text": {
        "en": '"{pair}" holds bytes that are no text here. Type it again in UTF-8.',
        "zh": "“{pair}”含有无法识别的字节，请以 UTF-8 重新输入。",
    },
    "no-command": {
        "en": 'There is no command "{word}". Commands: {known}.',
        "zh": "没有命令“{word}”。可用命令：{known}。",
    },
    "wrong-call": {"en": "{detail}", "zh": "命令用法有误：{detail}"},
    "no-option": {"en": "There is no option {name}.", "zh": "没有选项 {name}。"},
    "no-argument": {"en": "{name} is missing.", "zh": "缺少 {name}。"},
    "bad-argument": {"en": "{name}: {detail}", "zh": "{name}：{detail}"},
    "place-twice": {
        "en": "The place is given twice. Write LOCATION PRODUCT, or --at LOCATION,PRODUCT.",
        "zh": "地点给了两次。请写“地点 产品”，或 --at 地点,产品。",
    },
    "place-long": {
        "en": "{words}: write one location and one product, e.g. S01 P03.",
        "zh": "{words}：请写一个地点和一个产品，例如 S01 P03。",
    },
    "no-rules": {
        "en": "Nothing is planned here: no demand, stock, open order, supply or lane brings the "
        "product to this location.",
        "zh": "此处没有可计划的内容：没有需求、库存、未清订单、供应或线路把该产品带到这里。",
    },
    "rules-end": {
        "en": "Rules: {count:,}. * = all; a row ruling in some periods only names them.",
        "zh": "规则：{count:,} 条。* 表示全部；只在部分期间生效的行会注明期间。",
    },
}
"""Sentences of the console; the same fields in both languages."""


def tell(code: str, language: str, **values: object) -> str:
    """Return a sentence in ``en`` or ``zh``, filled with values."""
    return TEXT[code][language].format(**values)
