"""What ``tierstock import`` says, in English and Chinese."""

TEXT: dict[str, dict[str, str]] = {
    "imported": {
        "en": "{rows:,} rows are in {path}. What was changed, merged or left out is in {log}; "
        "units in = units out + log, exactly.",
        "zh": "已写出 {rows:,} 行：{path}。更改、合并与剔除的行见 {log}；读入数量 = 写出数量 + "
        "日志中的增减，完全相等。",
    },
    "import-lacking": {
        "en": "A plan still needs the sheets {names}. Write them into a template (tierstock new "
        "rest.xlsx), then: tierstock merge network.xlsx {path} rest.xlsx",
        "zh": "要制定计划还缺工作表：{names}。请填入模板（tierstock new 其余.xlsx），"
        "然后运行：tierstock merge 网络.xlsx {path} 其余.xlsx",
    },
    "import-next": {
        "en": "Next: tierstock check {path}",
        "zh": "下一步：tierstock check {path}",
    },
    "import-refused": {
        "en": "Nothing was written. Errors to correct: {count}.",
        "zh": "未写出任何文件。需更正的错误：{count} 条。",
    },
    "import-aside": {
        "en": "Faulty rows can be set aside and logged instead: write faults: set aside in the "
        "map.",
        "zh": "也可以在映射中写“问题处理: 搁置”，将有问题的行搁置并记入日志。",
    },
    "import-not-conserved": {
        "en": "The totals do not agree ({detail}); nothing was written. This is a fault of "
        "tierstock, not of your data. Please report it with the map.",
        "zh": "总量不一致（{detail}），未写出任何文件。这是 tierstock 的错误，而不是数据的问题。"
        "请连同映射一起反馈。",
    },
    "import-only-xlsx": {
        "en": "{name}: the workbook ends with .xlsx. tierstock convert turns it into other forms.",
        "zh": "{name}：输出工作簿应以 .xlsx 结尾；可用 tierstock convert 转换为其他形式。",
    },
    "import-only-yaml": {
        "en": "{name}: a map ends with .yaml.",
        "zh": "{name}：映射文件应以 .yaml 结尾。",
    },
    "import-there": {
        "en": "{path} is there already. Choose another name with -o, or replace it with --force.",
        "zh": "{path} 已存在。请用 -o 另取文件名，或用 --force 覆盖。",
    },
    "import-map-or-suggest": {
        "en": "State the map with --map map.yaml, or ask for a proposal with --suggest.",
        "zh": "请用 --map map.yaml 指定映射，或用 --suggest 生成建议。",
    },
    "suggested": {
        "en": "A proposal is in {path}: tables understood: {known} of {all}. Check every line "
        "marked with a share, correct it, then: tierstock import --map {path} FILE…",
        "zh": "建议已写入 {path}：识别 {known} 个表（共 {all} 个）。请核对每一行注释中的把握程度并"
        "更正，然后运行：tierstock import --map {path} FILE…",
    },
}
"""Sentences of the command; the same fields in both languages."""
