"""The five lines a plan ends with, and what to do first."""

import math
from typing import Any

import pandas as pd

from tierstock.before import beside, left_over
from tierstock.console import Console
from tierstock.inputs.schema import say
from tierstock.inputs.settings import level_word
from tierstock.outputs.words import tell as say_more
from tierstock.outputs.words import units
from tierstock.outputs.worries import records
from tierstock.plan import Plan
from tierstock.solvers.solution import LevelResult
from tierstock.words import tell

MOVES = 3
"""Moves told on the console."""


def tell_plan(console: Console, plan: Plan) -> None:
    """Write what the plan costs, serves, ties up and leaves, and how good it is."""
    language = console.language
    money = plan.network.settings.money_word(language)
    kpi = plan.kpis.set_index("KPI")["Value"]
    terms = plan.costs.groupby("Cost Bucket")["Amount"].sum().sort_values(ascending=False)
    if "Profit" in kpi:
        sums = {"profit": kpi["Profit"], "revenue": kpi["Revenue"]}
        texts = {name: f"{amount:,.0f}" for name, amount in sums.items()}
        console.title("profit", tell("profit-line", language, money=money, **texts))
    chinese = language == "zh"
    split = ("，" if chinese else ", ").join(
        f"{say(str(term), language, 'cost')} {amount:,.0f}"
        for term, amount in terms.drop("revenue", errors="ignore").head(3).items()
    )
    cost = f"{kpi['Total cost']:,.0f} {money}" + beside(plan, "Total cost", language)
    if split:
        cost += f"（{split}）" if chinese else f" ({split})"
    console.title("cost", cost)
    console.title(
        "service",
        tell(
            "service-line",
            language,
            fill=_percent(kpi["Fill rate (units)"]),
            lost=f"{kpi['Lost units']:,.0f}",
            owed=f"{kpi['Owed at the end']:,.0f}",
        )
        + beside(plan, "Fill rate (units)", language),
    )
    console.title(
        "capital",
        tell(
            "capital-line",
            language,
            end=f"{kpi['Capital tied up (end)']:,.0f}",
            opening=f"{kpi['Capital tied up (opening)']:,.0f}",
            money=money,
        )
        + beside(plan, "Capital tied up (end)", language),
    )
    cover = {"end": kpi["End cover"], "opening": kpi["Opening cover"]}
    texts = {name: f"{days:.1f}" if pd.notna(days) else "–" for name, days in cover.items()}
    line = tell("cover-line", language, **texts) + beside(plan, "End cover", language)
    console.title("cover", line)
    for sentence in left_over(plan, language):
        console.line(sentence)
    if plan.solution.levels:
        lines = (_level(one, language) for one in plan.solution.levels)
        console.title("levels", "; ".join(lines))
    console.title("quality", _quality(plan, language, money))


def _quality(plan: Plan, language: str, money: str) -> str:
    above = abs(plan.objective - plan.bound)
    if not pd.notna(above) or above == float("inf"):
        return tell("quality-none", language)
    return tell(
        "quality-profit" if plan.network.settings.earns else "quality-line",
        language,
        gap=f"{above:,.0f}",
        money=money,
        share=f"{plan.gap:.2%}",
    )


def _level(level: LevelResult, language: str) -> str:
    bound = f"{level.bound:,.0f}" if math.isfinite(level.bound) else "–"
    name = level_word(level.name, language)
    return tell("level-line", language, name=name, value=f"{level.value:,.0f}", bound=bound)


def tell_moves(console: Console, plan: Plan) -> None:
    """Write what to do first: the moves that save most."""
    language, money = console.language, plan.network.settings.money_word(console.language)
    found = plan.find_actions(language)
    if not len(found):
        return
    console.line()
    console.line(tell("moves", language), style="bold")
    for row in records(found.head(MOVES)):
        console.line(f"  {_move(row, money, language)}")
    if plan.moves.later:
        count, worth = f"{plan.moves.later:,}", f"{plan.moves.later_value:,.0f}"
        console.line(say_more("act more", language, count=count, money=worth, currency=money))


def _move(row: dict[str, Any], money: str, language: str) -> str:
    """Return an action in a line: when, what, from where to where, how many, what it saves."""
    way = "→".join(end for end in (row["From"], row["To"]) if end)
    saved = "" if math.isnan(row["Saving"]) else f"{row['Saving']:,.0f} {money}"
    what = " ".join(text for text in (row["Product"], units_of(row["Quantity"])) if text)
    return tell(
        "move" if saved else "move must",
        language,
        date=row["Do By"].date(),
        action=say(str(row["Action"]), language, "result status"),
        way=way,
        what=what,
        saved=saved,
    )


def units_of(quantity: float) -> str:
    """Return a quantity as text, blank for none."""
    return "" if math.isnan(quantity) else units(quantity)


def _percent(share: float) -> str:
    return f"{share:.1%}" if pd.notna(share) else "–"
