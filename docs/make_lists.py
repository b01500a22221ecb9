"""Writes the pages of key figures and alerts, in both languages, from their lists.

Run ``python docs/make_lists.py`` after a change of ``outputs/kpi`` or ``outputs/alerts/kinds.csv``;
a test compares the files.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tierstock.inputs.schema import LANGUAGES, say
from tierstock.outputs.alerts.table import definitions
from tierstock.outputs.kpi import (
    KPIS,
    OF_BASELINE,
    OF_PROFIT,
    PARTED,
    SHOWN,
    WHERE_KNOWN,
    about,
)

_KPIS = {
    "en": (
        "# Key figures",
        "Made from the list in `outputs/kpi` by `python docs/make_lists.py`; do not edit by hand.",
        "The table at the end of the sheet `Summary` holds these figures, `plan.kpis` the same in "
        "Python, and `--json` by name. Sums run over l locations, p products and t periods, T is "
        "the last one; v is the standard cost, I the usable stock at the end of a period. With a "
        "baseline every figure is computed for both sides by the same formula.",
        "The audit recomputes each of them from the input and the written sheets with code of its "
        "own. `pytest -m slow -s tests/outputs/test_traceable.py` traces every number of Summary, "
        "of its first page, of the console, of the `--json` line and of the page (its data and "
        "what a browser shows) back to the sheets, in both languages, over all samples and "
        "networks of all families, and prints how many: none may differ beyond the printed "
        "rounding, and none may be unknown. A small plan is traced in every run of the tests.",
        "A figure marked with * is shown only where the plan has what it is about: a baseline, "
        "profit, a maximum stock, a limit, goods that expire, carbon, cash, several classes, a "
        "tier that keeps stock or orders. A figure of a class or tier stands on a row of its own, "
        "as in `Forward cover: RDC`.",
        "Forecast accuracy needs past forecasts beside past sales; this version reads neither, so "
        "the figure is not shown.",
    ),
    "zh": (
        "# 指标",
        "由 `python docs/make_lists.py` 根据 `outputs/kpi` 中的清单生成，请勿手工修改。",
        "“总览”表末尾的表格列出以下指标；Python 中为 `plan.kpis`，`--json` 中按英文名给出。"
        "l 为地点，p 为产品，t 为期间，T 为最后一期；v 为标准成本，I 为期末可用库存。"
        "有基准时，两边的每个指标都按同一公式计算。",
        "独立审计用另一套代码，根据输入和已写出的各表逐项复算。"
        "`pytest -m slow -s tests/outputs/test_traceable.py` 以中英文对全部样例和各类网络，把总览、"
        "首页、控制台、`--json` 输出以及网页（数据和浏览器中所见）上的每个数字追溯到各表，"
        "并打印其个数：除显示时的舍入外不得有差异，也不得有来历不明的数字。每次测试都会追溯一个小计划。",
        "带 * 的指标仅在计划涉及其内容时显示：有基准、以利润为目标、设有最高库存、设有能力上限、"
        "货物会过期、有碳排放、有资金条款、有多个服务等级、该层级存货或下单。"
        "按等级或层级的指标各占一行，如“前向可用天数：区域仓”。",
        "预测准确度需要历史预测和历史销量，本版本尚不读取这些数据，因此不显示。",
    ),
}
_ALERTS = {
    "en": (
        "# Alerts",
        "Made from the definitions by `python docs/make_lists.py`; do not edit by hand.",
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
        "由 `python docs/make_lists.py` 根据口径定义生成，请勿手工修改。",
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


def formula(name: str) -> str:
    """Return the formula of a key figure: the first line of what its function says."""
    made = KPIS.get(name) or PARTED[name]
    return (made.__doc__ or "").strip().splitlines()[0].rstrip(".").replace("|", "\\|")


def figures(language: str) -> Iterator[tuple[str, ...]]:
    """Return the rows of the key figures."""
    sometimes = {*OF_BASELINE, *OF_PROFIT, *SHOWN, *WHERE_KNOWN, *PARTED}
    for name, words in about().items():
        mark = " *" if name in sometimes else ""
        told = say(name, language, "kpi") if language == "zh" else name
        unit = say(words["unit"], language, "unit")
        yield told + mark, unit, words[f"definition_{language}"], formula(name)


def kinds(language: str) -> Iterator[tuple[str, ...]]:
    """Return the rows of the alerts."""
    for kind, words in definitions().items():
        told = (words[f"{part}_{language}"] for part in ("when", "quantity", "money"))
        yield say(kind, language, "result status"), *told


class Listed(NamedTuple):
    """A page of a list."""

    texts: dict[str, tuple[str, ...]]
    """Title, how the page is made, and paragraphs, by language."""
    before: int
    """Paragraphs that stand before the table; the others follow it."""
    heads: dict[str, tuple[str, ...]]
    rows: Callable[[str], Iterator[tuple[str, ...]]]


PAGES = {
    "kpis": Listed(
        _KPIS,
        1,
        {
            "en": ("Key figure", "Unit", "Definition", "Formula"),
            "zh": ("指标", "单位", "口径", "公式"),
        },
        figures,
    ),
    "alerts": Listed(
        _ALERTS,
        3,
        {
            "en": ("Kind", "What counts", "Quantity", "Money At Risk"),
            "zh": ("类别", "判定口径", "数量", "风险金额"),
        },
        kinds,
    ),
}
"""Page by the name of its file."""


def page(name: str, language: str) -> str:
    """Return a page in a language."""
    listed = PAGES[name]
    title, made, *paragraphs = listed.texts[language]
    heads = listed.heads[language]
    lines = [heads, ("---",) * len(heads), *listed.rows(language)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    before, after = paragraphs[: listed.before], paragraphs[listed.before :]
    return "\n\n".join([title, f"*{made}*", *before, table, *after]) + "\n"


def file_of(name: str, language: str) -> Path:
    """Return the file of a page."""
    return Path(__file__).with_name(f"{name}.md" if language == "en" else f"{name}.zh.md")


if __name__ == "__main__":
    for name in PAGES:
        for language in LANGUAGES:
            text = page(name, language)
            file_of(name, language).write_text(text, encoding="utf-8", newline="\n")
