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
    "pack-there": {
        "en": "{path} is there already. Choose a folder that is not there yet, or a .zip.",
        "zh": "{path} 已存在。请指定尚不存在的文件夹，或使用 .zip。",
    },
    "pack-only-books": {
        "en": "{path}: a pack takes results workbooks (.xlsx).",
        "zh": "{path}：资料包只接受结果工作簿（.xlsx）。",
    },
    "pack-no-page": {
        "en": "{path} is missing, so the page is left out.",
        "zh": "缺少 {path}，资料包中不含网页。",
    },
    "pack-other-page": {
        "en": "{path} shows another plan than the workbook, so it is left out. Plan again for a "
        "page of this plan.",
        "zh": "{path} 显示的不是该工作簿的方案，未放入资料包。请重新计算以生成对应的网页。",
    },
    "pack-no-input": {
        "en": "{path}: no input beside it or given with --input has the hash the plan was made "
        "from ({wanted}), so it is left out and the audit is not repeated.",
        "zh": "{path}：旁边或用 --input 给出的输入文件中，没有与该方案的输入指纹（{wanted}）"
        "相符的，因此不含输入文件，也未重新审计。",
    },
    "pack-audited": {
        "en": "{path}: {count} checks of the audit passed.",
        "zh": "{path}：审计的 {count} 项检查全部通过。",
    },
    "pack-failed": {
        "en": "{path} fails its audit; nothing was written:",
        "zh": "{path} 未通过审计，未写出任何文件：",
    },
    "pack-written": {
        "en": "Files to hand over: {count}, in {path}.",
        "zh": "共 {count} 个文件，已写入 {path}，可直接移交。",
    },
    "pack-title": {
        "en": "Plans to review, put together by tierstock {version}",
        "zh": "供评审的方案，由 tierstock {version} 汇集",
    },
    "pack-compared": {
        "en": "{file} holds the plans side by side. The pages (.html) open in any browser, also "
        "offline.",
        "zh": "{file} 为各方案的并列对比。网页（.html）可离线用任何浏览器打开。",
    },
    "pack-figures": {
        "en": "cost {cost} {money}, fill rate {fill}, capital at the end {capital} {money}, gap "
        "to the best possible plan {gap}",
        "zh": "成本 {cost} {money}，满足率 {fill}，期末资金占用 {capital} {money}，"
        "与最优方案的差距 {gap}",
    },
    "pack-checked": {
        "en": "{count} checks of the audit passed when this was put together. Again: tierstock "
        "audit {source} {plan}",
        "zh": "汇集时审计的 {count} 项检查全部通过。再次审计：tierstock audit {source} {plan}",
    },
    "pack-unchecked": {
        "en": "{plan} was audited when it was planned; its input ({wanted}) is not here, its "
        "data are in the sheets In ….",
        "zh": "{plan} 在计算时已通过审计；其输入文件（{wanted}）不在此处，数据见工作表“输入 …”。",
    },
    "pack-hashes": {
        "en": "sha256 of the files (sha256sum -c {file} checks them):",
        "zh": "各文件的 sha256（可用 sha256sum -c {file} 核对）：",
    },
}
"""Sentences; the same fields in both languages."""
