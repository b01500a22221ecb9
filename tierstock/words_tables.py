"""What ``diff``, ``merge`` and ``anonymize`` say."""

TEXT: dict[str, dict[str, str]] = {
    "diff-equal": {
        "en": "The two inputs say the same.",
        "zh": "两份输入内容相同。",
    },
    "diff-sheet": {
        "en": "{sheet}: added {added}, removed {removed}, changed {changed} (cells: {cells})",
        "zh": "{sheet}：新增 {added} 行，删除 {removed} 行，修改 {changed} 行（{cells} 个单元格）",
    },
    "diff-more": {
        "en": "… and {count:,} more; -o diff.xlsx writes them all",
        "zh": "……另有 {count:,} 项；用 -o diff.xlsx 可全部写出",
    },
    "diff-written": {
        "en": "The difference is in {path}.",
        "zh": "差异已写入 {path}。",
    },
    "side-faults": {
        "en": "{path} has faults that have to be put right first:",
        "zh": "{path} 存在以下错误，请先改正：",
    },
    "only-xlsx-out": {
        "en": "{name}: the difference is written as an Excel workbook. Give it a name that ends "
        "with .xlsx.",
        "zh": "{name}：差异写为 Excel 工作簿，文件名请以 .xlsx 结尾。",
    },
    "merge-sheet": {
        "en": "{sheet}: rows kept {kept} ({files})",
        "zh": "{sheet}：保留 {kept} 行（{files}）",
    },
    "merge-equal": {
        "en": "Rows that several files have alike, kept once: {count:,}",
        "zh": "多个文件中内容相同、只保留一份的行：{count:,}",
    },
    "merge-warnings": {
        "en": "Warnings: {count}; tierstock check lists them for the merged file.",
        "zh": "警告：{count} 条；可用 tierstock check 检查合并后的文件查看。",
    },
    "value": {"en": '"{value}"', "zh": "“{value}”"},
    "side": {"en": "{value} ({place}{owned})", "zh": "{value}（{place}{owned}）"},
    "sides": {"en": "{name}: {sides}", "zh": "{name}：{sides}"},
    "merge-decided": {
        "en": "Contradictions settled by --prefer, listed in the sheet {sheet}: {count:,}",
        "zh": "按 --prefer 裁决的冲突（见工作表“{sheet}”）：{count:,} 处",
    },
    "merge-conflicts": {
        "en": "The files contradict each other; nothing was written. Put one of each pair right, "
        "or say who wins with --prefer FILE (or first, last):",
        "zh": "各文件互相矛盾，未写出任何文件。请逐对改正其一，或用 --prefer 文件"
        "（或 first、last）指定以谁为准：",
    },
    "merge-apart": {
        "en": "These settings say how numbers are read; they must be the same in all files. "
        "Nothing was written:",
        "zh": "以下设置决定数字的读法，各文件必须一致；未写出任何文件：",
    },
    "merge-faults": {
        "en": "Together the files have these faults; nothing was written:",
        "zh": "各文件合并后存在以下错误，未写出任何文件：",
    },
    "merge-more": {
        "en": "… and {count:,} more; --json lists them all",
        "zh": "……另有 {count:,} 处；--json 可全部列出",
    },
    "merge-dry": {
        "en": "Nothing was written (--dry-run).",
        "zh": "未写出任何文件（--dry-run）。",
    },
    "no-prefer": {
        "en": '--prefer "{word}" is none of the files. Write first, last, or one of: {known}',
        "zh": "--prefer “{word}”不是所给文件之一。请写 first、last，或：{known}",
    },
    "no-adding": {
        "en": '--add "{word}": rows add up in these sheets only: {known}',
        "zh": "--add “{word}”：只有以下工作表的行可以相加：{known}",
    },
    "merge-twice": {
        "en": "{path} is given twice.",
        "zh": "{path} 给了两次。",
    },
    "merge-one": {
        "en": "A merge needs at least two files.",
        "zh": "合并至少需要两个文件。",
    },
    "owned": {"en": ", {owner}", "zh": "，{owner}"},
    "masked": {
        "en": "Codes instead of names: {names:,}. Amounts are times secret factors, every cost of "
        "the plan times one of them. Left out: names, notes, the title, columns that begin with #.",
        "zh": "已将 {names:,} 个名称换为代码；数量与金额均乘以保密系数，"
        "方案的各项成本按同一系数变化。已删除：名称、备注、模型名称、以 # 开头的列。",
    },
    "mask-kept": {
        "en": "As before: dates, lead times, percentages, weight and volume of one unit, the "
        "number of lots, loads and trips.",
        "zh": "保持不变：日期、提前期、百分比、单件重量与体积，以及整批、整车与车次的数量。",
    },
    "mask-turned": {
        "en": "Coordinates count in the cost; they are kept on a globe turned at random.",
        "zh": "坐标参与成本计算，已随机旋转地球，各地之间的距离不变。",
    },
    "mask-baseline": {
        "en": "The setting previous_plan is left out: that file holds the names. A terminal rule "
        "baseline has no target without it.",
        "zh": "已删除设置项“上次计划”，因为该文件含有原名称；期末规则 baseline 因此没有目标。",
    },
    "mask-key": {
        "en": "The key is in {path}. Keep it; whoever has it can read the names.",
        "zh": "对照表已写入 {path}。请自行保管，持有者可还原名称。",
    },
    "only-csv": {
        "en": "{name}: the key is a CSV file. Give it a name that ends with .csv.",
        "zh": "{name}：对照表是 CSV 文件，文件名请以 .csv 结尾。",
    },
    "own-input": {
        "en": "{path} is an input of this command, or holds one. Choose another name.",
        "zh": "{path} 是本命令的输入文件，或包含输入文件。请换一个文件名。",
    },
}
"""Sentences; the same fields in both languages."""
