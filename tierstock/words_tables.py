"""What ``diff``, ``merge`` and ``anonymize`` say."""

TEXT: dict[str, dict[str, str]] = {
    "diff-equal": {
        "en": "The two inputs say the same.",
        "zh": "两份输入内容相同。",
    },
    "diff-sheet": {
        "en": "{sheet}: added {added}, removed {removed}, changed {changed} ({cells} cells)",
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
        "en": "{path} cannot be compared before these faults are put right:",
        "zh": "{path} 存在以下错误，改正后才能比较：",
    },
    "only-xlsx-out": {
        "en": "{name}: the difference is written as an Excel workbook. Give it a name that ends "
        "with .xlsx.",
        "zh": "{name}：差异写为 Excel 工作簿，文件名请以 .xlsx 结尾。",
    },
    "own-input": {
        "en": "{path} is an input of this command. Choose another name.",
        "zh": "{path} 是本命令的输入文件。请换一个文件名。",
    },
}
"""Sentences; the same fields in both languages."""
