"""What ``plan`` says of the size of a run, of how it searches and where it begins."""

TEXT: dict[str, dict[str, str]] = {
    "forecast": {
        "en": "About {columns} decisions, {rows} rules, {memory}; first plan in about {first}, "
        "the asked gap in {gap}",
        "zh": "约 {columns} 个决策、{rows} 条约束、{memory} 内存；约 {first} 得到首个方案，"
        "达到目标差距约需{gap}",
    },
    "some-minutes": {"en": "{count} min", "zh": "{count} 分钟"},
    "order-seconds": {"en": "seconds", "zh": "数秒"},
    "order-minute": {"en": "about a minute", "zh": "一分钟左右"},
    "order-minutes": {"en": "minutes", "zh": "数分钟"},
    "order-hour": {"en": "about an hour", "zh": "一小时左右"},
    "order-hours": {"en": "hours", "zh": "数小时"},
    "too-large": {
        "en": "This network needs about {memory} of memory; there are {there}. Nothing was built. "
        "What helps, the most useful first:",
        "zh": "该网络约需 {memory} 内存，而可用内存为 {there}，因此未建模。"
        "可按以下方法处理（最有效的在前）：",
    },
    "too-large-anyway": {
        "en": "This network needs about {memory} of memory; there are {there}. The run begins all "
        "the same.",
        "zh": "该网络约需 {memory} 内存，而可用内存为 {there}；仍按要求运行。",
    },
    "dried-up": {
        "en": "The search was ended early: for a third of its time nothing better came.",
        "zh": "搜索已提前结束：最近三分之一的时间内方案没有改进。",
    },
    "resumed": {
        "en": "Going on from the plan that was kept: cost {objective}.",
        "zh": "从已保存的方案继续：成本 {objective}。",
    },
    "resume-other": {
        "en": "{path} is of other data, limits or options; the search begins anew.",
        "zh": "{path} 对应的数据、限制或选项不同；重新开始搜索。",
    },
    "resume-plan": {
        "en": "No broken-off run fits this input; the search begins from the trips of {path}.",
        "zh": "没有可继续的中断计算；从 {path} 中的车次开始搜索。",
    },
    "resume-none": {
        "en": "There is nothing to go on from; the search begins anew.",
        "zh": "没有可继续的方案；重新开始搜索。",
    },
    "journal-left": {
        "en": "An earlier run left its best plan in {path}; with --resume a run goes on from it.",
        "zh": "先前的计算在 {path} 中保存了最好方案；加 --resume 可从该处继续。",
    },
    "resume-with": {
        "en": "To go on from here, run the same command with --resume.",
        "zh": "如需继续，请在同一命令后加 --resume。",
    },
    "no-start": {
        "en": "{path} holds no plan to start from: it has no sheet of vehicle trips.",
        "zh": "{path} 中没有可作为起点的方案：缺少车辆使用表。",
    },
    "start-given-up": {
        "en": "Nothing of {path} could be kept; the search began anew.",
        "zh": "{path} 中的方案无法沿用，已重新开始搜索。",
    },
    "fewer-products": {
        "en": "  Plan products in groups, or families as products: {kept} of {all} products at "
        "once need about {memory}.",
        "zh": "  将产品分组计划，或按系列合并产品：一次计划 {kept} 个（共 {all} 个）"
        "约需 {memory}。",
    },
    "fewer-periods": {
        "en": "  Plan fewer or longer periods (settings periods, bucket): {kept} of {all} periods "
        "need about {memory}.",
        "zh": "  减少期间或使用更长的期间（设置项 periods、bucket）：{kept} 期（共 {all} 期）"
        "约需 {memory}。",
    },
    "early-whole": {
        "en": "  Keep whole vehicles and lots only in the first periods: integrality_horizon = "
        "{kept} leaves about {whole} of {all} whole numbers to search.",
        "zh": "  仅在前几期要求整车与整批：integrality_horizon = {kept} 时，"
        "待搜索的整数由 {all} 个减至约 {whole} 个。",
    },
    "fewer-lanes": {
        "en": "  Leave out lanes nobody would use: half of the {all} lanes need about {memory}.",
        "zh": "  去掉不会使用的线路：保留 {all} 条线路的一半约需 {memory}。",
    },
    "more-memory": {
        "en": "  Use a machine with more than {memory} of memory instead of {there}; "
        "--try-anyway begins all the same.",
        "zh": "  换用内存大于 {memory} 的机器（现为 {there}）；--try-anyway 可强制运行。",
    },
}
"""Sentences; the same fields in both languages."""
