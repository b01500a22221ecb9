"""The planner's own constraints, added up from the sheets of the plan (F37, ruling 40)."""

import math
from collections import defaultdict
from collections.abc import Iterator

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.departures import periods_of, picker
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.limits import FLOW
from tierstock.outputs.audit.words import Record

Item = tuple[int, str, str, float]
"""Period, location, product (blank where none) and amount."""


def check_user_rows(world: World) -> None:
    """Check every constraint that must hold."""
    for name, sense, value, penalty, sums in _rules(world):
        if penalty < math.inf:
            continue
        for key, (total, terms) in sums.items():
            if sense in ("<=", "="):
                world.report.at_most("user rows", total, value, name, key, terms=terms)
            if sense in (">=", "="):
                world.report.at_most("user rows", value, total, name, key, terms=terms)


def charge_user_rows(world: World, lines: Ledger) -> None:
    """user rule = Penalty x what a priced constraint is missed by."""
    last = len(world.horizon) - 1
    for _, sense, value, penalty, sums in _rules(world):
        if penalty == math.inf:
            continue
        for key, (total, _) in sums.items():
            over = max(0.0, total - value) if sense in ("<=", "=") else 0.0
            short = max(0.0, value - total) if sense in (">=", "=") else 0.0
            lines["user rule", "", "", world.horizon.place.get(key, last)] += penalty * (
                over + short
            )


def _rules(
    world: World,
) -> Iterator[tuple[str, str, float, float, dict[str, tuple[float, float]]]]:
    """Name, sense, value, penalty and, by group, the sum and the size of its terms."""
    named: dict[str, list[Record]] = defaultdict(list)
    for row in world.case.rows("UserRows"):
        named[row.text("Row")].append(row)
    for name, rows in named.items():
        each = next(filter(None, (row.text("Each") for row in rows)), "total")
        sense = next(filter(None, (row.text("Sense") for row in rows)))
        value = next(row.number("Value") for row in rows if row.text("Value"))
        prices = (row.number("Penalty") for row in rows if row.text("Penalty"))
        sums: dict[str, tuple[float, float]] = dict.fromkeys(_all(world, each, rows), (0.0, 0.0))
        for row in rows:
            factor = row.number("Coefficient", 1.0)
            for t, location, product, amount in _selected(world, row):
                key = {
                    "each period": _bare(world.horizon.ids[t]),
                    "each location": location,
                    "each product": product,
                }.get(each, "")
                total, terms = sums.get(key, (0.0, 0.0))
                sums[key] = total + factor * amount, terms + abs(factor * amount)
        yield name, sense, value, next(prices, math.inf), sums


def _bare(period: str) -> str:
    return period.strip().casefold().replace(" ", "")


def _all(world: World, each: str, rows: list[Record]) -> list[str]:
    """Groups that have a row of their own even where nothing happens."""
    case = world.case
    if each == "each period":
        return [_bare(p) for r in rows for p in case.of_period.ranked(r.text("Period"))]
    if each == "each product":
        return [p for r in rows for p in case.of_product.ranked(r.text("Product"))]
    if each == "each location":
        return [p for r in rows for p in case.of_location.ranked(r.text("From"))]
    return [""]


def _selected(world: World, row: Record) -> Iterator[Item]:
    """What a term sums: the items of its variable that its selectors pick."""
    case = world.case
    places = case.of_location.ranked(row.text("From"))
    products = case.of_product.ranked(row.text("Product"))
    periods = periods_of(world, row)
    for item in _items(world, row):
        t, location, product, _ = item
        if t in periods and location in places and (not product or product in products):
            yield item


def _items(world: World, row: Record) -> Iterator[Item]:
    """All items of the variable of a term."""
    variable = row.text("Variable")
    if variable in ("ship", "departures", "vehicles"):
        yield from _on_lanes(world, row, variable)
    elif variable == "stock":
        for (location, product), closing in world.plan.closing.items():
            for t, units in enumerate(closing):
                yield t, location, product, units
    elif variable == "issue":
        for (location, product), issued in world.issued.items():
            for t, units in enumerate(issued):
                yield t, location, product, units
    elif variable == "spend":
        for (location, product), ordered in world.plan.purchases.items():
            for t, units in enumerate(ordered):
                if units:
                    price = world.supply.number("Unit Cost", location, product, t, 0.0)
                    yield t, location, product, price * units
    elif variable == "open":
        for location in world.case.locations:
            for t in range(len(world.horizon)):
                is_open = world.case.is_open(location, t)
                yield t, location, "", float(is_open and (location, t) not in world.plan.closed)
    elif variable == "make":
        recipes = {r.text("Recipe"): r.text("Output") for r in world.case.rows("Recipes")}
        for i in world.plan.good["Production"]:
            code, location, when = world.plan.key("Production", i)
            if code in recipes:
                units = world.plan.number("Production", "Quantity", i)
                yield world.plan.period(when), location, recipes[code], units
    else:
        for key, rows in world.plan.service.items():
            for t, i in enumerate(rows):
                if i >= 0:
                    yield t, key[0], key[1], world.plan.number("Service", "Lost", i)


def _on_lanes(world: World, row: Record, variable: str) -> Iterator[Item]:
    """Goods shipped, lanes in use or trips, on the lanes that To and Mode pick."""
    picked = picker(world, row)
    if variable == "vehicles":
        for (lane, t), trips in world.plan.trips.items():
            if picked(lane):
                yield t, lane[0], "", math.fsum(trips.values())
        return
    for (lane, t), loaded in world.loads.items():
        if picked(lane) and variable == "departures":
            yield t, lane[0], "", float(math.fsum(loaded.values()) > FLOW)
        elif picked(lane):
            for product, units in loaded.items():
                yield t, lane[0], product, units
