"""Writes docs/kpis.md and docs/kpis.zh.md from the list of key figures.

Run ``python docs/make_kpis.py`` after a change of ``outputs/kpi``; a test compares the files.
"""

from pathlib import Path

from tierstock.inputs.schema import say
from tierstock.outputs.kpi import (
    KPIS,
    OF_BASELINE,
    OF_PROFIT,
    PARTED,
    SHOWN,
    WHERE_KNOWN,
    about,
)

NAMES = {"en": "kpis.md", "zh": "kpis.zh.md"}
"""File of each language."""
_HEADS = {
    "en": ("Key figure", "Unit", "Definition", "Formula"),
    "zh": ("指标", "单位", "口径", "公式"),
}
_TEXT = {
    "en": (
        "# Key figures",
        "Made from the list in `outputs/kpi` by `python docs/make_kpis.py`; do not edit by hand.",
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
        "由 `python docs/make_kpis.py` 根据 `outputs/kpi` 中的清单生成，请勿手工修改。",
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


def formula(name: str) -> str:
    """Return the formula of a key figure: the first line of what its function says."""
    made = KPIS.get(name) or PARTED[name]
    return (made.__doc__ or "").strip().splitlines()[0].rstrip(".").replace("|", "\\|")


def page(language: str) -> str:
    """Return the page in a language."""
    title, made, *paragraphs = _TEXT[language]
    lines = [title, "", f"*{made}*", "", paragraphs[0], ""]
    lines += ["| " + " | ".join(_HEADS[language]) + " |", "|" + " --- |" * 4]
    sometimes = {*OF_BASELINE, *OF_PROFIT, *SHOWN, *WHERE_KNOWN, *PARTED}
    for name, words in about().items():
        mark = " *" if name in sometimes else ""
        told = say(name, language, "kpi") if language == "zh" else name
        unit = say(words["unit"], language, "unit")
        cells = (told + mark, unit, words[f"definition_{language}"], formula(name))
        lines.append("| " + " | ".join(cells) + " |")
    for paragraph in paragraphs[1:]:
        lines += ["", paragraph]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write both pages."""
    for language, name in NAMES.items():
        Path(__file__).with_name(name).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
