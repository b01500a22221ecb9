"""Writes docs/alerts.md and docs/alerts.zh.md from the definitions of the alerts.

Run ``python docs/make_alerts.py`` after a change of ``outputs/alerts/kinds.csv``; a test compares
the files.
"""

from pathlib import Path

from tierstock.inputs.schema import say
from tierstock.outputs.alerts.table import definitions

NAMES = {"en": "alerts.md", "zh": "alerts.zh.md"}
"""File of each language."""
_ORDER = ("kind", "when", "quantity", "money")
_HEADS = {
    "en": ("Kind", "What counts", "Quantity", "Money At Risk"),
    "zh": ("类别", "判定口径", "数量", "风险金额"),
}
_TEXT = {
    "en": (
        "# Alerts",
        "Made from the definitions by `python docs/make_alerts.py`; do not edit by hand.",
        "The sheet `Alerts` of a results workbook tells what in the plan needs attention, the "
        "worst first. The first page and the console name the three with the most money at risk; "
        "`--json` counts them by kind.",
        "**Level.** High: a hundredth of the cost of the plan or more; also what holds a "
        "thousandth and belongs to the largest alerts that together hold half of all money at "
        "risk. Medium: a tenth of that, and four fifths. Low: the rest.",
        "**Suggestion.** It names the remedy with its place and amount. For a shortage that is a "
        "place with a surplus, if there is one: stock above its target and two weeks of demand, in "
        "that period and in all that follow. No unit is given twice. An order that comes too late "
        "is next, then the source: what it lacks, or that it is too far.",
        "Money of different kinds does not add up: an order that is late and the shortage it "
        "causes are two alerts about one loss.",
        "**In Python.** `plan.alerts` is the sheet, `plan.pairs` the surplus-shortage pairs with "
        "the lane between them, `plan.views()` also SlowMovers, Bullwhip and PlanView. "
        "`plan.find_alerts(history=sales)` takes past sales in the columns of the sheet History "
        "(Location, Product, Date, Sales, Stock Out): stock that sells is not slow then, and "
        "demand is held against the past. `Limits` of `tierstock.outputs.alerts` change the "
        "numbers above: `plan.find_alerts(limits=Limits(slow_days=120))`.",
        "**How well they are found.** `pytest -m slow -s tests/outputs/test_alerts.py` plants 900 "
        "surplus-shortage pairs and 4,380 problems in 20 networks, and holds quiet demand of five "
        "kinds against the rule for anomalies: at least 95 % have to be told, at most 5 % may be "
        "false, and 2 of 100 quiet series.",
    ),
    "zh": (
        "# 预警",
        "由 `python docs/make_alerts.py` 根据口径定义生成，请勿手工修改。",
        "结果工作簿的“预警”表列出计划中需要关注的问题，最严重的在前。首页和控制台给出风险金额"
        "最大的三条，`--json` 按类别计数。",
        "**级别。** 高：达到计划总成本的百分之一；或达到千分之一，且属于合计占全部风险金额一半的"
        "最大几条。中：以上门槛的十分之一，以及五分之四。低：其余。",
        "**建议。** 指明做法、地点和数量。缺货时首先指出有富余的地点（如有）：其库存在当期及以后"
        "各期都高于目标和两周需求；同一件货不会重复给出。其次是来得太迟的订单，再次是货源："
        "缺多少，或距离太远。",
        "不同类别的金额不能相加：一张迟到的订单和它造成的缺货是同一损失的两条预警。",
        "**在 Python 中。** `plan.alerts` 即该表，`plan.pairs` 为富余—短缺配对及其线路，"
        "`plan.views()` 还包括“呆滞品”“牛鞭效应”和“计划总表”。`plan.find_alerts(history=sales)` "
        "可传入历史销量（用“历史”表的英文列名 Location、Product、Date、Sales、Stock Out）："
        "仍在动销的库存不算呆滞，需求与历史常态比较。上表中的数值可用 `tierstock.outputs.alerts` "
        "的 `Limits` 修改：`plan.find_alerts(limits=Limits(slow_days=120))`。",
        "**识别效果。** `pytest -m slow -s tests/outputs/test_alerts.py` 在 20 个网络中埋设 900 个"
        "富余—短缺配对和 4,380 个问题，并用五类平稳需求检验异常规则：识别率不低于 95%，"
        "误报不超过 5%，平稳序列每百条误报不超过 2 条。",
    ),
}


def page(language: str) -> str:
    """Return the page in a language."""
    title, made, *paragraphs = _TEXT[language]
    heads = _HEADS[language]
    lines = [title, "", f"*{made}*", ""]
    for paragraph in paragraphs[:3]:
        lines += [paragraph, ""]
    lines += ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for kind, words in definitions().items():
        told = [words[f"{part}_{language}"] for part in _ORDER[1:]]
        lines.append("| " + " | ".join([say(kind, language, "result status"), *told]) + " |")
    lines.append("")
    for paragraph in paragraphs[3:]:
        lines += [paragraph, ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write both pages."""
    for language, name in NAMES.items():
        Path(__file__).with_name(name).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
