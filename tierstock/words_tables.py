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
    "merge-sheet": {
        "en": "{sheet}: {kept} rows from {files}",
        "zh": "{sheet}：共 {kept} 行，来自 {files}",
    },
    "merge-equal": {
        "en": "Rows that several files have alike, kept once: {count:,}",
        "zh": "多个文件中内容相同、只保留一份的行：{count:,}",
    },
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
    "own-input": {
        "en": "{path} is an input of this command. Choose another name.",
        "zh": "{path} 是本命令的输入文件。请换一个文件名。",
    },
}
"""Sentences; the same fields in both languages."""
