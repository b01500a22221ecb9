"""What a manager should worry about, and how good the plan is, in sentences."""

import math
from typing import Any

import pandas as pd

from tierstock.outputs.facts import RunFacts
from tierstock.outputs.words import money, percent, tell, units

MOST_SHORT, MOST_WARNINGS = 5, 5
"""Sentences shown of a kind; what follows is counted."""


def shortages(service: pd.DataFrame) -> pd.DataFrame:
    """Return location-products that lose demand or still owe at the end, worst first.

    Columns Location, Product, Lost, Backlog (at the end), Demand, On Time, First and Last
    (periods with a stock-out).
    """
    keys = ["Location", "Product"]
    short = service[service["Stock Out"] == "Y"].groupby(keys, sort=False)["Period"]
    at_end = service.groupby([*keys, "Class", "Channel"], sort=False).tail(1)
    found = service.groupby(keys, sort=False)[["Demand", "On Time", "Lost"]].sum()
    found["Backlog"] = at_end.groupby(keys, sort=False)["Backlog"].sum()
    found["First"], found["Last"] = short.first(), short.last()
    found["Missing"] = found["Lost"] + found["Backlog"]
    found = found[found["Missing"] > 1e-6].sort_values("Missing", ascending=False, kind="stable")
    return found.reset_index()


def worries(tables: dict[str, pd.DataFrame], facts: RunFacts, language: str) -> list[str]:
    """Return sentences about shortages, targets, extra capacity and warnings, worst first."""
    found = [_short(row, language) for row in _records(shortages(tables["Service"]))]
    lines, more = found[:MOST_SHORT], len(found) - MOST_SHORT
    if more > 0:
        lines.append(tell("short more", language, count=more))
    figures = tables["Summary"].set_index("KPI")["Value"]
    if figures["Safety stock missing"] > 0:
        lines.append(tell("below", language, units=units(figures["Safety stock missing"])))
    beyond = int((tables["CapacityUse"]["Extra"] > 0).sum())
    if beyond:
        lines.append(tell("beyond", language, count=beyond))
    lines += facts.warnings[:MOST_WARNINGS]
    if len(facts.warnings) > MOST_WARNINGS:
        more = len(facts.warnings) - MOST_WARNINGS
        lines.append(tell("warnings more", language, count=more))
    return lines or [tell("worries none", language)]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


def _short(row: dict[str, Any], language: str) -> str:
    parts = [
        tell(word, language, units=units(row[column]))
        for word, column in (("short lost", "Lost"), ("short owed", "Backlog"))
        if row[column] > 0
    ]
    first, last = row["First"], row["Last"]
    return tell(
        "short",
        language,
        location=row["Location"],
        product=row["Product"],
        what=tell("and", language).join(parts),
        fill=percent(row["On Time"] / row["Demand"]) if row["Demand"] > 0 else "–",
        when=first if first == last else tell("span", language, first=first, last=last),
    )


def quality(facts: RunFacts, audit: pd.DataFrame, language: str) -> list[str]:
    """Return sentences on the gap, on why the search ended and on the audit."""
    asked = percent(facts.asked_gap)
    if math.isfinite(facts.bound):
        lines = [
            tell(
                "good proven",
                language,
                money=money(facts.money_gap),
                currency=facts.currency,
                share=percent(facts.gap),
                bound=money(facts.bound),
            )
        ]
    else:
        lines = [tell("good unknown", language)]
    lines.append(tell(f"stopped {facts.stopped}", language, asked=asked))
    if len(audit):
        failed = int((audit["Result"] != "pass").sum())
        word = "audit fail" if failed else "audit pass"
        lines.append(tell(word, language, count=len(audit), failed=failed))
    return lines
