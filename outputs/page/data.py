"""The facts of the page: the result tables and the network, as data for a browser."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tierstock.inputs.network import Network
from tierstock.inputs.schema import LANGUAGES
from tierstock.outputs.costs import TERMS
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.localise import term
from tierstock.outputs.page.extras import life_facts, promotion_facts
from tierstock.outputs.page.network import (
    flow_facts,
    limit_facts,
    location_names,
    period_facts,
    product_names,
)
from tierstock.outputs.page.packing import tidy
from tierstock.outputs.page.sheets import sheet_facts
from tierstock.outputs.page.stock import (
    location_facts,
    locations_of,
    place_facts,
    service_facts,
    sheets_of,
)

Spoken = Mapping[str, Mapping[str, pd.DataFrame]]
"""Result tables by language, then by English name."""
MOST_ROWS = 5000
"""Rows of a table on the page; the workbook has all."""
MOVES = (
    "Kind",
    "From",
    "To",
    "Product",
    "Product Name",
    "Ship Date",
    "Arrive Date",
    "Quantity",
    "Value",
    "Freight",
    "Status",
    "Saving",
    "Reason",
)
"""Columns of the moves, those the plan has."""
SHORTAGES = (
    "Location",
    "Product",
    "Class",
    "Channel",
    "Period",
    "Demand",
    "On Time",
    "Lost",
    "Backlog",
    "Fill Rate",
    "Cause",
)
"""Columns of the shortages, those the plan has."""
ACTIONS = (
    "Rank",
    "Do By",
    "Action",
    "From",
    "To",
    "Product",
    "Product Name",
    "Quantity",
    "Value",
    "Saving",
    "Reason",
)
"""Columns of the actions; what a planner fills in, and days of cover, are in the workbook."""
WHOLE_SHEETS = ("Alerts", "Actions", "SlowMovers", "Purchases", "Production", "TargetResults")
"""Further tables of the page, where the plan has them, in this order."""


def page_facts(net: Network, spoken: Spoken, facts: RunFacts, language: str) -> dict[str, object]:
    """Return everything the page shows.

    Args:
        net: the network that was planned.
        spoken: the result tables by language; those of ``build_tables``, and Alerts, Actions and
            others of ``WHOLE_SHEETS`` where the plan has them. They differ in sentences alone.
        facts: how the plan was made.
        language: language the page opens in.
    """
    tables, money = spoken["en"], {one: net.settings.money_word(one) for one in LANGUAGES}
    own = {str(one) for one in net.locations.channel if one}
    channels = sorted(own | {str(one) for one in tables["Service"]["Channel"] if one})
    stock = sheets_of(net, tables)
    return {
        "name": facts.name,
        "language": language,
        "money": money,
        "first": facts.first_day,
        "last": facts.last_day,
        "quality": facts.quality,
        "baseline": facts.baseline or "policy",
        "version": facts.version,
        "scope": {
            "places": int(np.unique(stock.location).size),
            "products": int(np.unique(stock.product).size),
        },
        "periods": period_facts(net),
        "locations": location_names(net, channels),
        "products": product_names(net),
        "summary": summary_facts(tables["Summary"], money),
        "money_at": location_facts(stock),
        "service": service_facts(stock, channels),
        "costs": cost_facts(net, tables["Costs"]),
        "flows": flow_facts(net, tables["Shipments"]),
        "limits": limit_facts(net, tables["CapacityUse"], money),
        "life": life_facts(stock),
        "promotions": promotion_facts(stock),
        "tables": table_facts(spoken, money),
        "places": place_facts(stock),
    }


def summary_facts(summary: pd.DataFrame, money: Mapping[str, str]) -> dict[str, object]:
    """Return the key figures by English name, and the sheet; baseline where there is one."""
    values = {"value": "Value", "baseline": "Baseline"}
    return {
        "kpi": summary["KPI"].tolist(),
        **{name: tidy(summary[of].to_numpy(float)) for name, of in values.items() if of in summary},
        "sheet": sheet_facts("Summary", dict.fromkeys(LANGUAGES, summary), money),
    }


def cost_facts(net: Network, costs: pd.DataFrame) -> dict[str, object]:
    """Return money by cost term and location, -1 for what belongs to no location."""
    place = locations_of(net, costs["Location"])
    bucket = pd.Index(TERMS).get_indexer(pd.Index(costs["Cost Bucket"].to_numpy(dtype=object)))
    sums = np.zeros((len(TERMS), len(net.locations) + 1))
    np.add.at(sums, (bucket, place), costs["Amount"].to_numpy(np.float64))
    terms, places = np.nonzero(sums)
    return {
        "terms": list(TERMS),
        "words": {one: [term(name, one) for name in TERMS] for one in LANGUAGES},
        "term": terms.tolist(),
        "location": np.where(places == len(net.locations), -1, places).tolist(),
        "amount": tidy(sums[terms, places]),
    }


def table_facts(spoken: Spoken, money: Mapping[str, str]) -> dict[str, object]:
    """Return the tables of the page by name, the most important rows first.

    ``moves`` are the shipments the plan decides, the dearest first; ``shortages`` the rows of
    Service with lost or owed units. ``of`` says how many rows there are where not all are here.
    """
    tables = spoken["en"]
    plan = tables["Shipments"]
    plan = plan[plan["Status"] != "firm"]
    worth = "Saving" if "Saving" in plan and plan["Saving"].notna().any() else "Value"
    short = tables["Service"]
    missing = short["Lost"] + short["Backlog"]
    short = short.assign(missing=missing)[missing > 0]
    found = {
        "Shipments": plan.sort_values(worth, ascending=False, kind="stable"),
        "Service": short.sort_values("missing", ascending=False, kind="stable"),
    }
    columns = {"Shipments": MOVES, "Service": SHORTAGES, "Actions": ACTIONS}
    by_language = {name: dict.fromkeys(LANGUAGES, rows) for name, rows in found.items()}
    for name in WHOLE_SHEETS:
        if len(tables.get(name, ())):
            by_language[name] = {one: spoken[one][name] for one in LANGUAGES}
    facts: dict[str, object] = {}
    for name, frames in by_language.items():
        rows = frames["en"]
        shown = [column for column in columns.get(name, rows.columns) if column in rows]
        cut = {one: frame[shown].head(MOST_ROWS) for one, frame in frames.items()}
        facts[name] = {**sheet_facts(name, cut, money), "of": len(rows)}
    return facts
