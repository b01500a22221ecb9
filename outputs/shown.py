"""How a plan shows itself in a notebook: headline before and after, where the cost goes."""

import pandas as pd

from tierstock.inputs.schema import schema
from tierstock.inputs.showing import Bars, bars, join, sentence, table, title
from tierstock.inputs.showing.html import BEFORE, PRIMARY
from tierstock.outputs.compare.spoken import shown
from tierstock.outputs.compare.words import tell as tell_of
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.kpi import about
from tierstock.outputs.lead import against, change, lead, points
from tierstock.outputs.localise import kpi_name, term, unit_word
from tierstock.outputs.summary import COST
from tierstock.outputs.words import percent, tell
from tierstock.outputs.worries import quality

HEADLINE = (
    "Profit",
    "Total cost",
    "Fill rate (units)",
    "Capital tied up (end)",
    "End cover",
    "Gap in money",
)
"""Key figures of the first view, those the plan has."""
TERMS = 10
"""Cost terms that are drawn; smaller ones are left to the sheet."""


def plan_html(summary: pd.DataFrame, facts: RunFacts, language: str) -> str:
    """Return a plan as HTML: headline figures, with what it is held against, and the cost split.

    Args:
        summary: the sheet Summary in English.
        facts: facts of the run.
        language: ``en`` or ``zh``.
    """
    rows = summary.set_index("KPI")
    span = tell("span", language, first=facts.first_day, last=facts.last_day)
    lines = lead(summary, facts, language)
    return join(
        title(facts.name, span),
        *(sentence(line) for line in lines),
        _headline(rows, facts, language),
        _costs(rows, facts, language),
        sentence(quality(facts, pd.DataFrame({"Result": []}), language)[0]),
    )


def _headline(rows: pd.DataFrame, facts: RunFacts, language: str) -> str:
    compared = bool(facts.baseline) and "Baseline" in rows
    told = []
    for name in HEADLINE:
        if name not in rows.index:
            continue
        unit = about()[name]["unit"]
        behind = "" if unit == "%" else f" ({unit_word(unit, language, facts.currency)})"
        value = float(rows["Value"][name])
        cells = [f"{kpi_name(name, language)}{behind}", shown(name, value)]
        if compared:
            before = float(rows["Baseline"][name])
            shift = points(value, before, language) if unit == "%" else change(value, before)
            cells += [shown(name, before), shift]
        told.append(cells)
    heads = ["", tell_of("Plan", language)]
    if compared:
        shift = schema().sheet("Summary").column("Change %").heading(language)
        heads += [against(facts, language), shift]
    return table(heads, told, range(1, len(heads)), lambda _, column: column == 1)


def _costs(rows: pd.DataFrame, facts: RunFacts, language: str) -> str:
    """Draw the cost terms, the largest first, those of the baseline below each."""
    terms = rows[rows.index.str.startswith(COST)]
    compared = bool(facts.baseline) and "Baseline" in terms
    sides = ["Value", "Baseline"] if compared else ["Value"]
    order = terms[sides].abs().max(axis=1).sort_values(ascending=False, kind="stable")
    terms = terms.loc[order[order > 0].index[:TERMS]]
    if not len(terms):
        return ""
    names = [tell_of("Plan", language), against(facts, language)] if compared else [""]
    series = [
        Bars(name, terms[side].fillna(0.0).tolist(), colour)
        for name, side, colour in zip(names, sides, (PRIMARY, BEFORE), strict=False)
    ]
    labels = [term(str(name).removeprefix(COST), language) for name in terms.index]
    head = f"{tell('costs', language)} ({facts.currency})"
    total = float(rows["Value"]["Total cost"])

    def form(value: float) -> str:
        share = f"  {percent(value / total)}" if total > 0 and not compared else ""
        return f"{shown('Total cost', value)}{share}"

    return sentence(head) + bars(labels, series, form, head)
