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
    "no-page": {
        "en": "The page {path} could not be written: {reason}. The workbook is complete.",
        "zh": "网页 {path} 无法写出：{reason}。工作簿完整无缺。",
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
    "resume-deterministic": {
        "en": "--resume goes on from a plan that depends on the clock; leave out --deterministic.",
        "zh": "--resume 从与时钟有关的方案继续；请去掉 --deterministic。",
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
    "solved-again": {"en": "solved again", "zh": "再次求解"},
    "way-highs": {
        "en": "{solver} without presolve, seed {seed}",
        "zh": "{solver}（不做预处理，种子 {seed}）",
    },
    "way-scip": {"en": "{solver}, seed {seed}", "zh": "{solver}（种子 {seed}）"},
    "verify-confirmed": {
        "en": "A second solve confirms the plan ({ways}): {what} {cost}, and no plan can be better "
        "than {limit}.",
        "zh": "再次求解证实了本方案（{ways}）：{what} {cost}，任何方案都不会优于 {limit}。",
    },
    "verify-open": {
        "en": "A second solve ({ways}) found nothing that contradicts the plan, but time ended "
        "before it confirmed the asked gap: {what} {cost}, no plan can be better than {limit}.",
        "zh": "再次求解（{ways}）未发现与本方案矛盾之处，但在证实目标差距之前时间已到："
        "{what} {cost}，任何方案都不会优于 {limit}。",
    },
    "verify-infeasible": {
        "en": "A second solve ({ways}) says, too, that there is no plan.",
        "zh": "再次求解（{ways}）同样表明不存在可行方案。",
    },
    "verify-contradiction": {
        "en": "Two solves contradict each other: the first found {what} {cost} and that no plan is "
        "better than {bound}; the second ({ways}) {other} and {limit}. One of them is wrong, so "
        "nothing was written. Run tierstock doctor, try another --set seed=…, and please report "
        "it with the input.",
        "zh": "两次求解互相矛盾：第一次得到{what} {cost}，并称任何方案都不会优于 {bound}；"
        "第二次（{ways}）得到 {other} 与 {limit}。其中必有一方有误，因此未写出任何文件。"
        "请运行 tierstock doctor，换用 --set seed=… 再试，并将输入文件一起反馈。",
    },
    "verify-better": {
        "en": "The second solve found a better plan within these bounds; it is the one shown.",
        "zh": "再次求解在上述界限内找到了更好的方案，以下即为该方案。",
    },
    "verify-nothing": {
        "en": "There was nothing to verify by a second solve.",
        "zh": "没有可供再次求解验证的结果。",
    },
    "verify-check": {"en": "No other solve contradicts the plan", "zh": "其他求解与本方案无矛盾"},
    "verify-none": {"en": "none", "zh": "无"},
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
