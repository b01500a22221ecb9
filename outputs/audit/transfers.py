"""Terms of transfers: donor cover, cooldown, shortage, least and most moves (F18, ruling 22)."""

import math
from collections import defaultdict

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.limits import FLOW
from tierstock.outputs.audit.plan import Shipment
from tierstock.outputs.audit.values import flag

CHECK = "transfer terms"
Move = tuple[str, str, str, int]
"""From, to, product (blank for an order) and period."""


def check_transfers(world: World) -> None:
    """Check every transfer against the rules that match it."""
    lateral = _lateral(world)
    if not lateral or not world.case.rows("TransferRules"):
        return
    for ship in lateral:
        _cover(world, ship)
    _cooldown(world, lateral)
    _shortage(world, lateral)
    _least(world, lateral)
    _most(world, lateral)


def charge_moves(world: World, lines: Ledger) -> None:
    """move = Move Cost for each move made, at the place that sends."""
    for (origin, _, product, t), ships in _moves(world, _lateral(world)).items():
        price = _number(world, ships[0], "Move Cost")
        if price:
            lines["move", origin, product, t] += price


def _lateral(world: World) -> list[Shipment]:
    return [
        ship
        for ship in world.plan.shipments
        if ship.quantity > FLOW and world.lanes.kind(ship.lane) == "transfer"
    ]


def _text(world: World, ship: Shipment, column: str) -> str:
    row = world.lanes.rule_row(ship.lane, ship.product, ship.t, column)
    return "" if row is None else row.text(column)


def _number(world: World, ship: Shipment, column: str) -> float:
    row = world.lanes.rule_row(ship.lane, ship.product, ship.t, column)
    return 0.0 if row is None else row.number(column)


def _where(world: World, ship: Shipment) -> tuple[str, str, str]:
    return " → ".join(ship.lane[:2]), ship.product, world.horizon.ids[ship.t]


def _cover(world: World, ship: Shipment) -> None:
    """The donor keeps units and days of its forward demand at the end of the ship period."""
    pair = (ship.lane[0], ship.product)
    days = _number(world, ship, "Donor Min Days")
    least = world.prices.forward.cover(*pair, ship.t, days)
    least = max(least, _number(world, ship, "Donor Min Qty"))
    missing = least - world.stock(pair, ship.t)
    world.report.at_most(CHECK, missing, 0.0, *_where(world, ship), "Donor Min", terms=least)


def _cooldown(world: World, lateral: list[Shipment]) -> None:
    """What came by transfer at t' is not sent on in t' ... t' + Cooldown."""
    last = len(world.horizon)
    shut: dict[Pair, set[int]] = defaultdict(set)
    for ship in lateral:
        due = world.supply.arrival(ship.lane, ship.product, ship.t)
        length = int(_number(world, ship, "Cooldown"))
        if length and due < last:
            shut[ship.lane[1], ship.product] |= set(range(due, due + length + 1))
    for order in world.case.orders:
        if order.due >= last or not _transfer_between(world, order.origin, order.to):
            continue
        lane = (order.origin, order.to, "")
        row = world.lanes.rule_row(lane, order.product, max(order.leaves, 0), "Cooldown")
        pair = (order.to, order.product)
        alike = [o for o in world.case.orders if (o.to, o.product, o.due) == (*pair, order.due)]
        kept = world.order_in[pair][order.due] - world.firm_in[pair][order.due]
        sure = order.firm or (kept > FLOW and sum(not o.firm for o in alike) == 1)
        length = 0 if row is None else int(row.number("Cooldown"))
        if sure and length:
            shut[pair] |= set(range(order.due, order.due + length + 1))
    for ship in lateral:
        if ship.t in shut[ship.lane[0], ship.product]:
            world.report.fail(CHECK, *_where(world, ship), "Cooldown", amount=ship.quantity)


def _transfer_between(world: World, origin: str, to: str) -> bool:
    lanes = (lane for lane in world.lanes.entries if lane[:2] == (origin, to))
    return any(world.lanes.kind(lane) == "transfer" for lane in lanes)


def _shortage(world: World, lateral: list[Shipment]) -> None:
    """Without the transfers of the period the receiver ends at or below its safety stock."""
    moved: dict[tuple[Pair, int], float] = defaultdict(float)
    wanted: list[tuple[Shipment, Pair, int]] = []
    for ship in lateral:
        due = world.supply.arrival(ship.lane, ship.product, ship.t)
        origin, pair = (ship.lane[0], ship.product), (ship.lane[1], ship.product)
        share = world.lanes.value(ship.lane, ship.product, ship.t, "Yield", 1.0)
        moved[origin, ship.t] -= ship.quantity
        moved[pair, due] += share * ship.quantity
        inside = due < len(world.horizon) and world.case.keeps(pair[0], due)
        if inside and flag(_text(world, ship, "Only If Shortage"), False):
            wanted.append((ship, pair, due))
    for ship, pair, due in wanted:
        without = world.stock(pair, due) - moved[pair, due]
        target = world.prices.safety(pair)[due]
        where = _where(world, ship)
        world.report.at_most(CHECK, without, target, *where, "Only If Shortage", terms=without)


def _moves(world: World, lateral: list[Shipment]) -> dict[Move, list[Shipment]]:
    """Shipments by move, as the cell of each says what one is."""
    found: dict[Move, list[Shipment]] = defaultdict(list)
    for ship in lateral:
        order = _text(world, ship, "Count By") == "order"
        found[(*ship.lane[:2], "" if order else ship.product, ship.t)].append(ship)
    return found


def _least(world: World, lateral: list[Shipment]) -> None:
    for ships in _moves(world, lateral).values():
        units = math.fsum(ship.quantity for ship in ships)
        worth = math.fsum(
            ship.quantity * world.prices.value(ship.lane[1], ship.product, ship.t) for ship in ships
        )
        for column, amount in (("Min Qty", units), ("Min Value", worth)):
            least = _number(world, ships[0], column)
            where = _where(world, ships[0])
            world.report.at_most(CHECK, least - amount, 0.0, *where, column, terms=least)


def _most(world: World, lateral: list[Shipment]) -> None:
    """Every row with Max Moves limits the moves of all pairs it matches, by its own Count By."""
    for row in world.case.rows("TransferRules"):
        if not row.text("Max Moves"):
            continue
        made: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
        for ship in lateral:
            if world.lanes.rule_speaks(row, ship.lane, ship.product, ship.t):
                counted = row.text("Count By") or _text(world, ship, "Count By")
                product = "" if counted == "order" else ship.product
                made[ship.t].add((*ship.lane[:2], product))
        for t, moves in made.items():
            where = (row.text("From"), row.text("To"), world.horizon.ids[t])
            most = row.number("Max Moves")
            world.report.at_most(CHECK, float(len(moves)), most, *where, "Max Moves")
