"""What a manager should worry about, and how good the plan is, in sentences."""

import math
from typing import Any

import pandas as pd

from tierstock.inputs.schema import say
from tierstock.inputs.settings import level_word
from tierstock.outputs.facts import LevelFacts, RunFacts
from tierstock.outputs.words import money, percent, percent_of_gap, tell, units

MOST_SHORT, MOST_WARNINGS = 3, 4
"""Sentences shown of a kind; what follows is counted."""
NOTHING = 0.005
"""Money below which a gap is none."""
FEW = 1e-6
"""Units, or a share of a limit, that are worth a sentence."""


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
    """Return sentences on alerts, the end, targets, limits, prices and warnings, worst first.

    Without the sheet Alerts the worst shortages stand for the alerts.
    """
    lines, told = _alerts(tables, facts, language)
    lines += _left_on_the_shelf(tables, language)
    lines += _end(tables, facts, language)
    figures = tables["Summary"].set_index("KPI")["Value"]
    if figures["Safety stock missing"] > 0:
        lines.append(tell("below", language, units=units(figures["Safety stock missing"])))
    if "expiry" not in told:
        lines += _expired(tables, facts, language)
    if "capacity" not in told:
        lines += _limits(tables["CapacityUse"], language)
    lines += _unpriced(tables["Purchases"], language)
    lines += facts.warnings[:MOST_WARNINGS]
    if len(facts.warnings) > MOST_WARNINGS:
        more = len(facts.warnings) - MOST_WARNINGS
        lines.append(tell("warnings more", language, count=more))
    lines += _rounded(tables, language)
    return lines or [tell("worries none", language)]


def worst(alerts: pd.DataFrame, most: int = MOST_SHORT) -> pd.DataFrame:
    """Return the alerts with the most money at risk, one for each place and product."""
    found = alerts[alerts["Money At Risk"] > 0].sort_values(
        "Money At Risk", ascending=False, kind="stable"
    )
    return found.drop_duplicates(["Location", "Product"]).head(most)


def alert_line(row: dict[str, Any], currency: str, language: str) -> str:
    """Return an alert without its suggestion, as a sentence."""
    where = [text for text in (row["Location"], row["Product"]) if text]
    return tell(
        "alert of a limit" if row["Kind"] == "capacity" else "alert",
        language,
        where=("、" if language == "zh" else ", ").join(where),
        kind=say(row["Kind"], language, "result status"),
        period=row["Period"],
        units=units(row["Quantity"]),
        money=money(row["Money At Risk"]),
        currency=currency,
    )


def _alerts(
    tables: dict[str, pd.DataFrame], facts: RunFacts, language: str
) -> tuple[list[str], set[str]]:
    """Return the worst alerts with what to do, how many more there are, and the kinds told."""
    if "Alerts" not in tables:
        found = [_short(row, language) for row in records(shortages(tables["Service"]))]
        more = len(found) - MOST_SHORT
        counted = [tell("short more", language, count=more)] if more > 0 else []
        return found[:MOST_SHORT] + counted, set()
    alerts = tables["Alerts"]
    shown = worst(alerts)
    gap = "" if language == "zh" else " "
    lines = [
        f"{alert_line(row, facts.currency, language)}{gap}{row['Suggestion']}"
        for row in records(shown)
    ]
    rest = alerts.drop(shown.index)
    if len(rest):
        high = int((rest["Level"] == "high").sum())
        lines.append(tell("alerts more", language, count=len(rest), high=high))
    return lines, set(shown["Kind"])


def _left_on_the_shelf(tables: dict[str, pd.DataFrame], language: str) -> list[str]:
    """Demand lost at a place that ends the same period with usable stock of the product."""
    keys = ["Location", "Product", "Period"]
    lost = tables["Service"].groupby(keys, sort=False, as_index=False)["Lost"].sum()
    both = lost[lost["Lost"] > FEW].merge(tables["Inventory"][[*keys, "Closing"]], on=keys)
    both = both[both["Closing"] > FEW]
    if both.empty:
        return []
    both["Worth"] = both[["Lost", "Closing"]].min(axis=1)
    (worst,) = records(both.nlargest(1, "Worth"))
    return [
        tell(
            "shelf",
            language,
            count=len(both),
            location=worst["Location"],
            product=worst["Product"],
            period=worst["Period"],
            lost=units(worst["Lost"]),
            left=units(worst["Closing"]),
        )
    ]


def _end(tables: dict[str, pd.DataFrame], facts: RunFacts, language: str) -> list[str]:
    """Stock at the end below what the Terminal rules ask for, in days where they say days."""
    costs, figures = tables["Costs"], tables["Summary"].set_index("KPI")["Value"]
    missing = costs.loc[costs["Cost Bucket"] == "terminal shortfall", "Amount"].sum()
    if missing <= 0:
        return []
    left, asked = figures["End cover"], figures["End cover asked"]
    short = math.isfinite(asked) and left < asked
    return [
        tell(
            "end days" if short else "end",
            language,
            left=f"{left:.1f}",
            asked=f"{asked:.0f}",
            money=money(missing),
            currency=facts.currency,
        )
    ]


def _expired(tables: dict[str, pd.DataFrame], facts: RunFacts, language: str) -> list[str]:
    """Goods that expire, and where most of them do."""
    stock, costs = tables["Inventory"], tables["Costs"]
    if stock["Scrapped"].sum() <= FEW:
        return []
    (worst,) = records(stock.nlargest(1, "Scrapped"))
    return [
        tell(
            "expired",
            language,
            units=units(stock["Scrapped"].sum()),
            money=money(costs.loc[costs["Cost Bucket"] == "scrap", "Amount"].sum()),
            currency=facts.currency,
            product=worst["Product"],
            location=worst["Location"],
            period=worst["Period"],
        )
    ]


def _limits(use: pd.DataFrame, language: str) -> list[str]:
    """Limits that today's stock or open orders break, and capacity used at a price."""
    lines = []
    room = use["Limit"] + use["Extra"]
    most = use["Kind"] != "cash"
    over = use[most & (use["Used"] - room > FEW * room.clip(lower=1.0))]
    if len(over):
        (worst,) = records(over.nlargest(1, "Utilisation"))
        lines.append(
            tell(
                "over",
                language,
                count=len(over),
                location=worst["Location"]
                or "→".join(end for end in (worst["From"], worst["To"]) if end),
                period=worst["Period"],
                used=units(worst["Used"]),
                limit=units(worst["Limit"]),
            )
        )
    beyond = int((use["Extra"] > 0).sum())
    return [*lines, tell("beyond", language, count=beyond)] if beyond else lines


def _unpriced(purchases: pd.DataFrame, language: str) -> list[str]:
    """Places that buy or make at no cost."""
    free = purchases[purchases["Amount"] == 0]
    if free.empty:
        return []
    if len(free) == len(purchases):
        return [tell("unpriced all", language)]
    places = list(dict.fromkeys(free["Supplier"]))
    named = tell("listed", language).join(places[:MOST_SHORT])
    named += " …" if len(places) > MOST_SHORT else ""
    return [tell("unpriced", language, places=named, units=units(free["Quantity"].sum()))]


def _rounded(tables: dict[str, pd.DataFrame], language: str) -> list[str]:
    """Shipments that are due later than the first day of the period they are counted in."""
    sent, bought = tables["Shipments"], tables["Purchases"]
    first = dict(zip(bought["Order Period"], bought["Order Date"], strict=True))
    first |= dict(zip(sent["Ship Period"], sent["Ship Date"], strict=True))
    begins = pd.to_datetime(sent["Arrive Period"].map(first))
    late = (sent["Arrive Date"] - begins).dt.days
    count = int((late > 0).sum())
    if not count:
        return []
    return [
        tell("rounded", language, count=f"{count:,}", all=f"{len(sent):,}", days=int(late.max()))
    ]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dicts."""
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
    """Return sentences on the gap, why the search ended, a second solve and the audit."""
    asked = percent_of_gap(facts.asked_gap)
    if math.isfinite(facts.bound):
        word = "good best" if facts.money_gap < NOTHING else "good proven"
        lines = [
            tell(
                f"{word} profit" if facts.earns else word,
                language,
                money=money(facts.money_gap),
                currency=facts.currency,
                share=percent_of_gap(facts.gap),
                bound=money(-facts.bound if facts.earns else facts.bound),
            )
        ]
    else:
        lines = [tell("good unknown", language)]
    lines += [_level(number, one, language) for number, one in enumerate(facts.levels, start=1)]
    lines.append(tell(f"stopped {facts.stopped}", language, asked=asked))
    lines += [facts.verified] if facts.verified else []
    if len(audit):
        failed = int((audit["Result"] != "pass").sum())
        word = "audit fail" if failed else "audit pass"
        lines.append(tell(word, language, count=len(audit), failed=failed))
    return lines


def _level(number: int, level: LevelFacts, language: str) -> str:
    """Return the sentence on one level of the objective."""
    word = "level proven" if math.isfinite(level.bound) else "level unknown"
    values = {"value": units(level.value), "bound": units(level.bound)}
    return tell(word, language, number=number, name=level_word(level.name, language), **values)
