"""The tables of a comparison in a language: headings, key figures and choices as words."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from tierstock.inputs.schema import say, schema
from tierstock.outputs.compare.best import unit_of
from tierstock.outputs.compare.comparison import BASE, BEST, KPI, TERM, money_of
from tierstock.outputs.compare.side import Side
from tierstock.outputs.compare.words import tell
from tierstock.outputs.localise import kpi_name, term, unit_word
from tierstock.outputs.sheet import DAYS, LARGE, PARTS, SHARE, WHOLE
from tierstock.outputs.words import percent

if TYPE_CHECKING:
    from tierstock.outputs.compare.comparison import Comparison

FACTS = ("File", "Model", "First day", "Last day", "Currency", "Quality", "Gap", "Input hash")
"""What the sheet of the plans tells of each."""


def form_of(name: str, value: float) -> str:
    """Return the number format of a key figure, as Summary shows it."""
    whole = WHOLE if abs(value - round(value)) < 1e-6 or abs(value) >= LARGE else PARTS
    return {"%": SHARE, "day": DAYS, "turns/year": DAYS}.get(unit_of(name), whole)


def shown(name: str, value: float) -> str:
    """Return a key figure as text; a dash where there is none.

    >>> shown("Total cost", 1234567.8), shown("Fill rate (units)", 0.931), shown("End cover", 14)
    ('1,234,568', '93.1%', '14.0')
    """
    if not math.isfinite(value):
        return "–"
    form = form_of(name, value)
    return {WHOLE: f"{value:,.0f}", PARTS: f"{value:,.2f}", DAYS: f"{value:,.1f}"}.get(
        form, percent(value)
    )


def label(name: str, found: "Comparison", language: str) -> str:
    """Return a key figure with its unit, ``Total cost (CNY)``; shares show theirs themselves."""
    unit, own = unit_of(name), kpi_name(name, language)
    if unit in ("", "%", "count"):
        return own
    word = unit_word(unit, language, money_of(found.sides[0], language))
    return f"{own} ({word})"


def heads_in(found: "Comparison", language: str) -> list[str]:
    """Return the columns of the plans."""
    return [tell("base", language), *found.names[1:]]


def kpis_in(found: "Comparison", language: str) -> pd.DataFrame:
    """Return the sheet Compare in a language."""
    sheet = schema().sheet("Compare")
    heads = heads_in(found, language)
    frame = found.kpis.set_axis([KPI, *heads, BEST], axis=1)
    frame[KPI] = [label(str(name), found, language) for name in frame[KPI]]
    frame[BEST] = [leaders(plans, language) for plans in found.leaders]
    names = {one: sheet.column(one).heading(language) for one in (KPI, BEST)}
    return frame.rename(columns=names)


def leaders(plans: Sequence[str], language: str) -> str:
    """Return the best plans in a language."""
    called = [tell("base", language) if one == BASE else one for one in plans]
    return tell("listed", language).join(called)


def costs_in(found: "Comparison", language: str) -> pd.DataFrame:
    """Return the costs in a language, with the unit of money in the heading."""
    heads = heads_in(found, language)
    base = heads[0]
    added = [tell("difference", language, name=one, base=base) for one in heads[1:]]
    money = money_of(found.sides[0], language)
    title = f"{tell('cost', language)} ({money})"
    frame = found.costs.set_axis([title, *heads, *added], axis=1)
    frame[title] = [term(str(name), language) for name in found.costs[TERM]]
    return frame


def moves_in(found: "Comparison", language: str) -> pd.DataFrame:
    """Return the shipments that differ in a language."""
    sheet, moves = schema().sheet("Shipments"), found.moves
    kinds = {word: say(word, language, "lane kind") for word in moves["Kind"].unique()}
    modes = {"road": say("road", language, "setting choice")}
    spoken = moves.assign(Kind=moves["Kind"].map(kinds), Mode=moves["Mode"].replace(modes))
    columns = {"Period": "Ship Period"}
    heads = [
        sheet.column(columns.get(str(name), str(name))).heading(language)
        for name in moves.columns[: -1 - len(found.names)]
    ]
    value = f"{tell('value', language)} ({money_of(found.sides[0], language)})"
    return spoken.set_axis([*heads, *heads_in(found, language), value], axis=1)


def plans_in(found: "Comparison", language: str) -> pd.DataFrame:
    """Return what the plans are, a column each."""
    rows = {tell("Plan", language): [side.name for side in found.sides]}
    for item in FACTS:
        rows[tell(item, language)] = [_fact(item, side, language) for side in found.sides]
    frame = pd.DataFrame.from_dict(rows, orient="index", dtype=object).reset_index()
    return frame.set_axis([tell("item", language), *heads_in(found, language)], axis=1)


def _fact(item: str, side: Side, language: str) -> str:
    """Return a fact of a plan as text."""
    money = money_of(side, language)
    own = {"First day": side.first, "Last day": side.last, "Currency": money}
    value = own.get(item, side.facts.get(item, ""))
    if isinstance(value, float):
        return f"{value:.2%}" if math.isfinite(value) else ""
    return tell(value, language) if value in ("proven", "feasible") else str(value)
