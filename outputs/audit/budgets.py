"""Budgets added up from the sheets of the plan, against the rows of the sheet Budgets (F23)."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.limits import FLOW, use_figures
from tierstock.outputs.audit.plan import BUDGETS
from tierstock.outputs.audit.tariffs import emissions
from tierstock.outputs.audit.values import bare, flag
from tierstock.outputs.audit.words import Record

FREIGHT = ("freight", "trips", "departure")
STATES = ("capital", "cash")
"""Kinds that are a state of the end of a period; the others add up."""
FIGURES = ("Used", "Limit", "Extra")
Amount = tuple[str, str, int, float]
"""Location, product (blank where no single one), period and amount."""


@dataclass(frozen=True)
class Line:
    """One row that a budget makes: for all, or for a place, product or company."""

    label: str
    when: str
    limit: float
    used: float
    free: float
    """What today's excess allows: a cap on capital gives way to it."""
    penalty: float
    """Infinite where the row must hold."""


def check_budgets(world: World, lines: Ledger) -> None:
    """Check every row that must hold and the figures of CapacityUse, and charge soft rows.

    budget overrun = Penalty x what is used beyond the limit.
    """
    shown = {}
    for i in world.plan.good["CapacityUse"]:
        location, _, name, to, kind, _, when = world.plan.key("CapacityUse", i)
        if kind in BUDGETS:
            shown[name, location or to, kind, when] = use_figures(world, i)
    spent = dict(lines)
    for row in world.case.rows("Budgets"):
        kind = row.text("Kind")
        for line in lines_of(world, row, spent):
            where = (row.text("Budget"), line.label, kind, line.when)
            over = _beyond(kind, line)
            soft = over if line.penalty < math.inf else 0.0
            if soft:
                t = world.horizon.place[bare(line.when)]
                lines["budget overrun", "", "", t] += line.penalty * soft
            elif line.penalty == math.inf:
                _holds(world, kind, line, where)
            if where not in shown:
                world.report.fail("keys", "CapacityUse", *where, "row missing")
                continue
            right = (line.used, line.limit, soft)
            for column, found, wanted in zip(FIGURES, shown.pop(where), right, strict=True):
                world.report.equal("use", found, wanted, *where, column, terms=abs(line.used))
    for where in shown:
        world.report.fail("use", *where, "no such budget")


def _beyond(kind: str, line: Line) -> float:
    missing = line.limit - line.used if kind == "cash" else line.used - line.limit
    return max(0.0, missing)


def _holds(world: World, kind: str, line: Line, where: tuple[str, ...]) -> None:
    """A hard row; capital above its cap must have been there before and may not grow."""
    if kind == "cash":
        world.report.at_most("budgets", -line.used, -line.limit, *where, terms=abs(line.used))
    else:
        world.report.at_most("budgets", line.used, max(line.limit, line.free), *where)


def lines_of(world: World, row: Record, spent: Ledger) -> list[Line]:
    """Return the rows of one budget."""
    case, ids = world.case, world.horizon.ids
    kind, averaging = row.text("Kind"), row.text("Averaging") or "each period"
    chosen = case.of_period.ranked(row.text("Period"))
    when = [t for t, name in enumerate(ids) if name in chosen]
    hard = row.text("Hardness") != "soft"
    penalty = math.inf if hard else row.number("Penalty", 1.0)
    limit = row.number("Limit")
    found: list[Line] = []
    if not when:
        return found
    for label, use in _used(world, row, spent).items():
        free = _free(world, row, label, use, when)
        if averaging == "each period":
            found += [Line(label, ids[t], limit, use[t], free[t], penalty) for t in when]
            continue
        part = when[-1:] if averaging == "end" and kind in STATES else when
        shares = dict.fromkeys(part, 1.0)
        if averaging == "average":
            length = {t: float(world.horizon.days[t]) if kind in STATES else 1.0 for t in when}
            shares = {t: length[t] / math.fsum(length.values()) for t in when}
        used, spare = (math.fsum(shares[t] * values[t] for t in part) for values in (use, free))
        found.append(Line(label, ids[when[-1]], limit, used, spare, penalty))
    return found


def _used(world: World, row: Record, spent: Ledger) -> dict[str, list[float]]:
    """Return what each place, product or company of a budget uses by period."""
    case, each = world.case, row.text("Each") or "together"
    places = case.of_location.ranked(row.text("Location"))
    goods = case.of_product.ranked(row.text("Product"))
    names = {
        "each location": list(places),
        "each product": list(goods),
        "each company": [case.locations[place].text("Company") for place in places],
    }
    found = {name: world.plan.nothing() for name in names.get(each, [""])}
    whole = set(goods) == set(case.products) and each != "each product"
    for location, product, t, amount in _amounts(world, row, spent):
        if location not in places or (product not in goods if product else not whole):
            continue
        label = {"each location": location, "each product": product}.get(each, "")
        if each == "each company":
            label = case.locations[location].text("Company")
        found[label][t] += amount
    return found


def _amounts(world: World, row: Record, spent: Ledger) -> Iterator[Amount]:
    kind = row.text("Kind")
    if kind == "capital":
        yield from _capital(world, flag(row.text("Include In Transit"), True))
    elif kind == "carbon":
        yield from ((*key, amount) for key, amount in emissions(world).items())
    elif kind == "moves":
        seen = {
            (*ship.lane[:2], ship.product, ship.t)
            for ship in world.plan.shipments
            if ship.quantity > FLOW and world.lanes.kind(ship.lane) == "transfer"
        }
        yield from ((origin, product, t, 1.0) for origin, _, product, t in seen)
    elif kind == "cash":
        yield from _cash(world)
    else:
        terms = ("purchase",) if kind == "spend" else FREIGHT
        for (term, location, product, t), money in spent.items():
            if term in terms:
                yield location, product, t, money


def _cash(world: World) -> Iterator[Amount]:
    """Balances as the sheet Cash tells them, each at one place of its company."""
    first: dict[str, str] = {}
    for code, row in world.case.locations.items():
        first.setdefault(row.text("Company"), code)
    for i in world.plan.good["Cash"]:
        company, when = world.plan.key("Cash", i)
        if company in first:
            balance = world.plan.number("Cash", "Closing Cash", i)
            yield first[company], "", world.plan.period(when), balance


def _capital(world: World, in_transit: bool) -> Iterator[Amount]:
    """Stock and blocked stock at its value, with what is under way to the place."""
    for pair in _pairs(world):
        for t in range(len(world.horizon)):
            units = world.stock(pair, t) + world.case.blocked.get(pair, 0.0)
            units += world.on_the_way(pair, t) if in_transit else 0.0
            if units:
                yield *pair, t, units * world.prices.value(*pair, t)


def _free(world: World, row: Record, label: str, use: list[float], when: list[int]) -> list[float]:
    """Return what capital may be while its cap cannot be kept, by period.

    As long as it has been above since the start: no more than the goods of the period before, or
    of today, are worth, but for firm orders that leave a place outside then. A mean or an end that
    cannot be kept: no more than today's goods and firm orders. Other kinds: nothing.
    """
    if row.text("Kind") != "capital":
        return [-math.inf] * len(use)
    if row.text("Averaging") in ("average", "end"):
        return [_standing(world, row, label, t) for t in range(len(use))]
    limit, above, free = row.number("Limit"), True, []
    before = _today(world, row, label, 0)
    for t, value in enumerate(use):
        if t in when:
            above = above and value > limit + world.report.tolerance * max(1.0, abs(limit))
        free.append(before + _new(world, row, label, t, t) if above else -math.inf)
        if t + 1 < len(use):
            before = _units_worth(world, row, label, t)
    return free


def _standing(world: World, row: Record, label: str, t: int) -> float:
    """Today's goods and the firm orders that have left by a period, at its values."""
    new = (_new(world, row, label, k, t) for k in range(t + 1))
    return _today(world, row, label, t) + math.fsum(new)


def _units_worth(world: World, row: Record, label: str, t: int) -> float:
    """What is bound at the end of t, at the values of the next period; with goods under way."""
    return math.fsum(
        (world.stock(pair, t) + world.case.blocked.get(pair, 0.0) + world.on_the_way(pair, t))
        * world.prices.value(*pair, t + 1)
        for pair in _pairs(world)
        if _concerned(world, row, label, pair)
    )


def _pairs(world: World) -> set[tuple[str, str]]:
    return {*world.pairs(), *world.case.blocked, *world.way}


def _concerned(world: World, row: Record, label: str, pair: tuple[str, str]) -> bool:
    case, each = world.case, row.text("Each")
    if pair[0] not in case.of_location.ranked(row.text("Location")):
        return False
    if pair[1] not in case.of_product.ranked(row.text("Product")):
        return False
    own = {
        "each location": pair[0],
        "each product": pair[1],
        "each company": case.locations[pair[0]].text("Company"),
    }
    return own.get(each, "") == label


def _today(world: World, row: Record, label: str, t: int) -> float:
    """Stock, blocked stock and what is on the way before the horizon, at the values of t."""
    units: dict[tuple[str, str], float] = defaultdict(float)
    for held in (world.case.opening, world.case.blocked):
        for pair, quantity in held.items():
            units[pair] += quantity
    for order in world.case.orders:
        if order.leaves < 0:
            units[order.to, order.product] += order.quantity
    return math.fsum(
        quantity * world.prices.value(*pair, t)
        for pair, quantity in units.items()
        if _concerned(world, row, label, pair)
    )


def _new(world: World, row: Record, label: str, leaves: int, t: int) -> float:
    """Firm orders that leave a place that does not count in a period, at the values of t."""
    return math.fsum(
        order.quantity * world.prices.value(order.to, order.product, t)
        for order in world.case.orders
        if order.firm
        and order.leaves == leaves
        and _concerned(world, row, label, (order.to, order.product))
        and not _concerned(world, row, label, (order.origin, order.product))
    )
