"""Changes of a network that change its least cost not at all, or by a known factor."""

import datetime as dt
import re
from random import Random

from in_process import cost_of, least_of
from properties import Net, holds, in_levels, read, same
from random_policies import FIRST
from renamed import beside, renamed
from scaled import dearer, larger

import tierstock as ts
from tierstock.model import PLAIN

DAY = re.compile(r"\d{4}-\d\d-\d\d")
YEAR = dt.timedelta(days=364)
"""A whole number of weeks."""
MUCH = 1e6
RECORD = ("Location", "Product", "Period", "Channel", "Type")
"""What tells records of demand apart, beside their class."""
PLAIN_ONES = ("lead_time_unit", "lead_time_rounding", "carrying_rate", "stock_timing")
"""Settings that stay where nothing moves."""


@holds("selectors and rows with codes say the same")
def _(network: Net, rng: Random) -> None:
    assert network.cost(short=True) == same(network.cost())


@holds("limits that leave room change nothing")
def _(network: Net, rng: Random) -> None:
    sheets = network.copy()
    rows = sheets.setdefault("Capacity", [])
    stated = {(row["Location"], row["Kind"], row["Dimension"]) for row in rows}
    rows.extend(
        {"Location": place["Location"], "Kind": kind, "Dimension": dimension, "Limit": MUCH}
        for place in sheets["Locations"]
        for kind in ("storage", "inbound", "outbound", "dock")
        for dimension in ("unit", "kg")
        if (place["Location"], kind, dimension) not in stated
    )
    for row in sheets.get("Lanes", []):
        for name in ("Carbon", "Order Multiple"):
            row[name] = row.get(name) or 0
    sheets.setdefault("ServiceTargets", []).append({"Target": "nothing asked", "Minimum": 0})
    assert cost_of(sheets) == same(network.cost())


@holds("ten times the money is ten times the cost")
def _(network: Net, rng: Random) -> bool:
    if two_prices(network, "value-fill"):  # a share of money, and a unit beyond fairness
        return False
    assert cost_of(dearer(network.long, 10)) == same(10 * network.cost())
    return True


@holds("twice the goods in lots and loads twice as large and dear is twice the cost")
def _(network: Net, rng: Random) -> bool:
    if two_prices(network, "cycle"):  # a period with a shortage, and a unit beyond fairness
        return False
    assert cost_of(larger(network.long, 2)) == same(2 * network.cost())
    return True


def two_prices(network: Net, measure: str) -> bool:
    """Whether one Penalty prices a target of a measure and fairness, of which one would change."""
    return any(
        row["Measure"] == measure and row.get("Fairness") and row.get("Penalty") is not None
        for row in network.long.get("ServiceTargets", [])
    )


@holds("other codes cost the same")
def _(network: Net, rng: Random) -> None:
    sheets = renamed(network.long, lambda code, number: f"{99 - number}号 {code}")
    assert cost_of(sheets) == same(network.cost())


@holds("a network beside its copy costs twice")
def _(network: Net, rng: Random) -> bool:
    if in_levels(network):
        return False
    both = beside(network.long, lambda code, number: f"{99 - number}号 {code}")
    assert cost_of(both) == same(2 * network.cost())
    return True


@holds("a year later everything costs the same")
def _(network: Net, rng: Random) -> None:
    sheets = network.copy()
    if not sheets.get("Periods"):
        first = {"Setting": "start_date", "Value": str(FIRST)}
        sheets.setdefault("Settings", []).append(first)
    for row in (row for rows in sheets.values() for row in rows):
        for name, cell in row.items():
            if isinstance(cell, str) and DAY.fullmatch(cell):
                row[name] = str(dt.date.fromisoformat(cell) + YEAR)
    assert cost_of(sheets) == same(network.cost())


@holds("a place that nothing reaches changes nothing")
def _(network: Net, rng: Random) -> None:
    sheets = network.copy()
    tier = rng.choice([row["Tier"] for row in sheets["Locations"]])
    sheets["Locations"].append({"Location": "NOWHERE", "Tier": tier})
    assert cost_of(sheets) == same(network.cost())


@holds("a product that nobody wants changes nothing")
def _(network: Net, rng: Random) -> None:
    sheets = network.copy()
    sheets["Products"].append({**sheets["Products"][0], "Product": "UNWANTED"})
    assert cost_of(sheets) == same(network.cost())


@holds("a lane that carries nothing changes nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy()
    if not sheets["Lanes"]:
        return False
    lane = rng.choice(sheets["Lanes"])
    ends = {name: lane[name] for name in ("From", "To", "Product")}
    sheets["Lanes"].append({**ends, "Mode": "never", "Lead Time": 0, "Max Shipment": 0})
    assert cost_of(sheets) == same(network.cost())
    return True


@holds("a recipe that may make nothing changes nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy()
    if not sheets.get("Recipes"):
        return False
    one = rng.choice(sheets["Recipes"])
    sheets["Recipes"].append(
        {"Recipe": "NONE", "Location": one["Location"], "Output": one["Output"], "Max": 0}
    )
    assert cost_of(sheets) == same(network.cost())
    return True


@holds("goods under way in one row or in two cost the same")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy()
    rows = [row for row in sheets.get("InTransit", []) if row["Quantity"] > 1]
    if not rows:
        return False
    row = rng.choice(rows)
    sheets["InTransit"].append({**row, "Quantity": row["Quantity"] / 2, "Order No": "HALF"})
    row["Quantity"] /= 2
    assert cost_of(sheets) == same(network.cost())
    return True


@holds("stock in one row or in two costs the same")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy()
    rows = sheets.get("OpeningStock", [])
    whole = [row for row in rows if row["Quantity"] > 1 and not row.get("Blocked")]
    if not whole:
        return False
    row = rng.choice(whole)
    rows.append({**row, "Quantity": row["Quantity"] - 1})
    row["Quantity"] = 1
    assert cost_of(sheets) == same(network.cost())
    return True


@holds("stock counted in cases costs the same")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy()
    for row in sheets["Products"]:
        row["Units Per Case"] = 4
    rows = sheets.get("OpeningStock", [])
    for row in rows:
        row |= {"Quantity": row["Quantity"] / 4, "Blocked": (row.get("Blocked") or 0) / 4}
        row["Unit"] = "case"
    assert cost_of(sheets) == same(network.cost())
    return bool(rows)


@holds("means that tighten the model change no cost")
def _(network: Net, rng: Random) -> None:
    assert least_of(ts.build(read(network.long), strength=PLAIN)) == same(network.cost())


@holds("without demand, stock and wishes nothing moves and nothing is paid")
def _(network: Net, rng: Random) -> None:
    kept = ("Settings", "Periods", "Locations", "Products", "Lanes", "Demand", "Supply", "Vehicles")
    sheets = {name: rows for name, rows in network.copy().items() if name in kept}
    sheets["Settings"] = [row for row in sheets.get("Settings", []) if row["Setting"] in PLAIN_ONES]
    for row in sheets["Demand"]:
        row["Quantity"], row["Class"] = 0, None
    one = {tuple(row.get(name) for name in RECORD): row for row in sheets["Demand"]}
    sheets["Demand"] = list(one.values())  # two classes may have had two prices
    for row in sheets.get("Periods", []):
        row.pop("Frozen", None)  # nothing that could be kept is planned
    for name in ("Lanes", "Supply"):
        for row in sheets.get(name, []):
            row.pop("Min", None)
    for row in (*sheets["Locations"], *sheets["Products"]):
        row.pop("Class", None), row.pop("Calendar", None)
    for row in sheets.get("Lanes", []):
        row.pop("Departure Days", None)
    assert cost_of(sheets) == same(0.0)
