"""What ``compare`` and ``pack`` say."""

TEXT: dict[str, dict[str, str]] = {
    "compare-best": {"en": "Best", "zh": "最优"},
    "compare-change": {"en": "Change", "zh": "变化"},
    "compare-alike": {
        "en": "The same in all plans: {count} figures",
        "zh": "各方案相同的指标：{count} 项",
    },
    "compare-moves": {
        "en": "Shipments that differ: {count:,}, the largest difference in money first",
        "zh": "有差异的发运：{count:,} 笔，按差异金额从大到小",
    },
    "compare-same-moves": {
        "en": "All shipments are the same.",
        "zh": "各方案的发运完全相同。",
    },
    "compare-more": {
        "en": "… and {count:,} more; -o compare.xlsx writes them all",
        "zh": "……另有 {count:,} 笔；用 -o compare.xlsx 可全部写出",
    },
    "compare-written": {
        "en": "The comparison is in {path}.",
        "zh": "对比结果已写入 {path}。",
    },
    "compare-few": {
        "en": "A comparison needs at least two plans.",
        "zh": "比较至少需要两个方案。",
    },
    "compare-only-xlsx": {
        "en": "{name}: the comparison is written as an Excel workbook. Give it a name that ends "
        "with .xlsx.",
        "zh": "{name}：对比结果写为 Excel 工作簿，文件名请以 .xlsx 结尾。",
    },
}
"""Sentences; the same fields in both languages."""
