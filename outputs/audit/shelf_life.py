"""Nothing is used beyond its life, nothing is scrapped before its end (F19).

The sheet Shipments tells the last usable days of what travels. At each place it is then enough
to hand out the oldest goods that will do, to the most demanding user first: if that fails, no
other way to hand them out succeeds, since whoever takes some goods takes all that last longer.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lives import FOREVER, Batch, Lives
from tierstock.outputs.audit.plan import Shipment
from tierstock.outputs.audit.presence import Presence

NO_DAY = "–"


@dataclass
class Use:
    """Units that somebody takes, of goods that last from one day to another."""

    least: int
    most: int
    units: float


@dataclass
class Place:
    """What comes to a place and is taken from it, by period."""

    came: list[list[Batch]]
    uses: list[list[Use]]
    untold: list[Batch] = field(default_factory=list)
    """Goods of which no age is told, with the least they last."""


def check_life(world: World) -> None:
    """Check every place of every product that expires, ripens or is refused by somebody."""
    lives = Lives(world)
    if lives.counted:
        world.fits = Presence(world, lives).fits
    places = {pair: _place(world, lives, pair) for pair in _pairs(world, lives)}
    _travel(world, lives, places)
    _late(world, lives)
    for pair in sorted(places):
        scrapped = [_number(world, pair, t, "Scrapped") for t in range(len(world.horizon))]
        world.moves["Scrapped"][pair] = scrapped
        _check(world, lives, pair, places[pair], scrapped)
        _today(world, lives, pair)


def _late(world: World, lives: Lives) -> None:
    """What comes behind the horizon and has expired by then is not left."""
    last = len(world.horizon)
    for pair, ordered in world.plan.purchases.items():
        for t, units in enumerate(ordered) if pair[1] in lives.counted else ():
            due = world.supply.receipt(*pair, t)
            if due >= last and lives.last(lives.supplied(pair, t)) < due:
                world.late[pair] -= units
    for pair, until, units, firm in lives.later:
        if lives.last(until) < last:
            if firm:
                world.late[pair] -= units
            else:
                _gone(world, pair, units)


def _today(world: World, lives: Lives, pair: Pair) -> None:
    """Note what expiry and claims on age do to today's stock, for the limits that give way."""
    last = len(world.horizon)
    riding = any(
        order.leaves >= 0 and (order.to, order.product) == pair for order in world.case.orders
    )
    world.alive[pair] = [
        sum(b.units for b in lives.batches[pair] if b.t <= t < lives.last(b.until))
        + (float("inf") if riding else 0.0)
        for t in range(last)
    ]
    for stream in world.case.streams.values():
        asks = lives.asks(stream.grade, pair[1]) > 0 or lives.ripens(pair[1]) > 0
        if (stream.location, stream.product) == pair and asks:
            for t, wanted in enumerate(stream.wanted):
                world.refused[pair][t] += wanted + (stream.owed if t == 0 else 0.0)


def charge_scrap(world: World, lines: Ledger) -> None:
    """scrap = Scrap Cost, else the standard cost, of every unit."""
    for pair, scrapped in world.moves["Scrapped"].items():
        row = world.case.products[pair[1]]
        price = row.number("Scrap Cost", row.number("Unit Value", 0.0))
        for t, units in enumerate(scrapped):
            if units:
                lines["scrap", *pair, t] += price * units


def _pairs(world: World, lives: Lives) -> list[Pair]:
    found = {pair for pair in world.pairs() if pair[1] in lives.counted}
    return sorted(found | {pair for pair in lives.batches if pair[1] in lives.counted})


def _number(world: World, pair: Pair, t: int, column: str) -> float:
    rows, known = world.plan.inventory.get(pair), world.plan.tables["Inventory"].texts
    if rows is None or rows[t] < 0 or column not in known:
        return 0.0
    return world.plan.number("Inventory", column, rows[t])


def _place(world: World, lives: Lives, pair: Pair) -> Place:
    """What comes to a place by itself, and what demand and recipes take."""
    periods = range(len(world.horizon))
    place = Place([[] for _ in periods], [[] for _ in periods])
    for batch in [*lives.batches[pair], *lives.bought(pair)]:
        place.came[batch.t].append(batch)
    handed: dict[tuple[str, int], float] = defaultdict(float)
    for (location, product, grade, _), rows in world.plan.service.items():
        if (location, product) == pair:
            for t, i in enumerate(rows):
                handed[grade, t] += world.plan.number("Service", "Issued", i) if i >= 0 else 0
    for (location, product, grade, _), t, other, units, used, _ in world.plan.substitutions:
        if (location, product) == pair:
            handed[grade, t] -= units
        if (location, other) == pair:
            handed[grade, t] += used
    for (grade, t), units in handed.items():
        most = lives.most(pair[1], t)
        place.uses[t].append(Use(lives.least(grade, pair[1], t), most, units))
    for t in periods:
        used = world.moves["Consumed"][pair][t]
        place.uses[t].append(Use(lives.ends[t], lives.most(pair[1], t), used))
    return place


def _travel(world: World, lives: Lives, places: dict[Pair, Place]) -> None:
    """Let shipments and open orders take goods from one place to another, as their rows say."""
    last = len(world.horizon)
    oldest = {product: FOREVER for product in lives.counted}
    for pair, place in places.items():
        days = [batch.until for came in place.came for batch in came]
        oldest[pair[1]] = min([oldest[pair[1]], *days])
    for ship in [*world.plan.shipments, *world.plan.leaving]:
        if ship.product not in lives.counted:
            continue
        start, end = (ship.lane[0], ship.product), (ship.lane[1], ship.product)
        due, share = _arrival(world, ship)
        for until, units in _told(world, ship):
            if start in places:
                least = lives.ends[ship.t] if until is None else until
                places[start].uses[ship.t].append(Use(least, FOREVER, units))
            if end in places and due < last:
                usual = max(oldest[ship.product], lives.ends[ship.t])
                batch = Batch(due, usual if until is None else until, share * units)
                places[end].came[due].append(batch)
                places[end].untold += [batch] if until is None else []
            elif not ship.lane[2] and until is not None and lives.last(until) < last:
                _gone(world, end, units)


def _gone(world: World, pair: Pair, units: float) -> None:
    """Goods of an open order that expire before they come behind the horizon are not left."""
    if pair in world.doubtful:
        world.dead_later[pair] += units
    else:
        world.late[pair] -= units


def _arrival(world: World, ship: Shipment) -> tuple[int, float]:
    """Return the arrival period of a shipment, and the share that arrives."""
    if not ship.lane[2]:
        return _due(world, ship), 1.0
    share = world.lanes.value(ship.lane, ship.product, ship.t, "Yield", 1.0)
    return world.supply.arrival(ship.lane, ship.product, ship.t), share


def _due(world: World, ship: Shipment) -> int:
    """Return when an open order that leaves in a period arrives."""
    shown = world.plan.period(world.plan.tables["Shipments"].column("Arrive Period")[ship.row])
    found = {
        order.due
        for order in world.case.orders
        if (order.origin, order.to) == ship.lane[:2]
        and (order.product, order.leaves) == (ship.product, ship.t)
    }
    return shown if shown in found else len(world.horizon)


def _told(world: World, ship: Shipment) -> list[tuple[int | None, float]]:
    """Return last usable day and units of a row of Shipments; None where it tells no day.

    Goods of which no age is told are used in the period in which they are shipped, or last as
    long as any of the product.
    """
    text = world.plan.tables["Shipments"].column("Expiry")[ship.row]
    if not text.strip():
        return [(None, ship.quantity)]
    found: list[tuple[int | None, float]] = []
    for part in text.split(";"):
        name, _, units = part.rpartition(":")
        try:
            until = (
                FOREVER if name.strip() == NO_DAY else date.fromisoformat(name.strip()).toordinal()
            )
            found.append((until, float(units)))
        except ValueError:
            world.report.fail("life", *_where(world, ship), text)
            return [(None, ship.quantity)]
    total = sum(units for _, units in found)
    world.report.equal("life", total, ship.quantity, *_where(world, ship), "Expiry")
    return found


def _where(world: World, ship: Shipment) -> tuple[str, ...]:
    return (" → ".join(ship.lane[:2]), ship.product, world.horizon.ids[ship.t])


def _check(world: World, lives: Lives, pair: Pair, place: Place, scrapped: list[float]) -> None:
    """Hand out the goods of a place, the oldest that will do first, and see what expires.

    Of the goods that expire in one period as many are left for the scrap as the plan says.
    """
    report, ids, last = world.report, world.horizon.ids, len(scrapped)
    total = [0.0] * last
    dead = [0.0] * last
    for t, came in enumerate(place.came):
        for batch in came:
            end = lives.last(batch.until)
            if end < t:
                dead[t] += batch.units
            elif end < last:
                total[end] += batch.units
    scale = sum(batch.units for came in place.came for batch in came)
    sure = not place.untold and pair not in lives.loose
    gone = [scrapped[t] - dead[t] for t in range(last)]
    left = [total[t] - gone[t] for t in range(last)]
    for t in range(last) if pair not in lives.loose else ():
        where, later = (*pair, ids[t]), [b for b in place.untold if lives.last(b.until) < t]
        most = total[t] + sum(batch.units for batch in later)
        most = most if world.case.holds(pair[0]) else 0.0
        report.at_most("life", gone[t], most, *where, "Scrapped", terms=scale)
        if sure:
            report.at_most("life", -gone[t], 0.0, *where, "expired on arrival", terms=scale)
    there: dict[int, float] = {}
    for t, when in enumerate(ids):
        for batch in place.came[t]:
            if lives.last(batch.until) >= t:
                there[batch.until] = there.get(batch.until, 0.0) + batch.units
        for use in sorted(place.uses[t], key=lambda one: -one.least):
            missing = take(lives, use, there, left)
            report.at_most("life", missing, 0.0, *pair, when, "beyond its life", terms=scale)
        if sure:
            report.at_most("life", left[t], 0.0, *pair, when, "expired, kept", terms=scale)
        for until in [day for day in there if lives.last(day) <= t]:
            del there[until]
        more = sum(batch.units for batch in place.untold if lives.last(batch.until) < t)
        shown = total[t] + dead[t] + more
        _figures(world, pair, t, scrapped[t], shown if pair not in lives.loose else scale)


def take(lives: Lives, use: Use, there: dict[int, float], left: list[float]) -> float:
    """Take the oldest goods that will do, in place; return the units that are missing."""
    missing = use.units
    for until in sorted(there):
        if use.least <= until <= use.most:
            end = lives.last(until)
            most = there[until] if end >= len(left) else min(there[until], max(left[end], 0.0))
            taken = min(missing, most)
            there[until] -= taken
            missing -= taken
            if end < len(left):
                left[end] -= taken
    return missing


def _figures(world: World, pair: Pair, t: int, scrapped: float, most: float) -> None:
    """Expiring holds what is scrapped, and no more than what came with that last day."""
    if "Expiring" in world.plan.tables["Inventory"].texts and pair in world.plan.inventory:
        shown, where = _number(world, pair, t, "Expiring"), (*pair, world.horizon.ids[t])
        report = world.report
        report.at_most("target figures", scrapped, shown, *where, "Expiring", terms=most)
        report.at_most("target figures", shown, most, *where, "Expiring", terms=most)
