"""Duty, prices between companies, and carbon, from the factors of the input (F28, F33)."""

from collections import defaultdict

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lanes import Lane
from tierstock.outputs.audit.sites import open_states, site_rows
from tierstock.outputs.audit.values import number, rate

Kilograms = dict[tuple[str, str, int], float]
"""By location, product (blank where no single one) and period."""


def transfer_price(world: World, lane: Lane, product: str, t: int) -> float:
    """Return what the receiving company pays per unit; 0 unless the ends have two companies."""
    row = world.lanes.stating(lane, product, t, "Transfer Price")
    seller, buyer = (world.case.locations[end].text("Company") for end in lane[:2])
    if row is None or seller == buyer or not seller or not buyer:
        return 0.0
    return row.number("Transfer Price") * world.lanes.rate(row, t)


def charge_tariffs(world: World, lines: Ledger) -> None:
    """duty = share x value at the destination x shipped; transfer price paid and earned."""
    for ship in world.plan.shipments:
        origin, to, _ = ship.lane
        row = world.lanes.stating(ship.lane, ship.product, ship.t, "Duty")
        if row is not None:
            share = rate(row.text("Duty"))
            value = world.prices.value(to, ship.product, ship.t)
            lines["duty", to, ship.product, ship.t] += share * value * ship.quantity
        paid = transfer_price(world, ship.lane, ship.product, ship.t) * ship.quantity
        if paid:
            lines["transfer price", to, ship.product, ship.t] += paid
            lines["transfer price", origin, ship.product, ship.t] -= paid


def emissions(world: World) -> Kilograms:
    """Return kg of shipments and trips at their origin, and of open sites."""
    found: Kilograms = defaultdict(float)
    for ship in world.plan.shipments:
        factor = world.lanes.value(ship.lane, ship.product, ship.t, "Carbon", 0.0)
        if factor:
            found[ship.lane[0], ship.product, ship.t] += factor * ship.quantity
    per_trip = {
        row.text("Vehicle"): row.number("Carbon", 0.0) for row in world.case.rows("Vehicles")
    }
    for (lane, t), trips in world.plan.trips.items():
        for vehicle, count in trips.items():
            if per_trip.get(vehicle):
                found[lane[0], "", t] += per_trip[vehicle] * count
    rows = site_rows(world.case)
    for code, state in open_states(world).items():
        row = rows[code]
        factor = row.number("Carbon", 0.0) if row is not None else 0.0
        for t, is_open in enumerate(state):
            if is_open and factor:
                found[code, "", t] += factor
    return found


def charge_carbon(world: World, lines: Ledger) -> None:
    """carbon = carbon price x kilograms."""
    price = number(world.case.settings.get("carbon_price", ""), default=0.0)
    for (location, product, t), kilograms in emissions(world).items() if price else ():
        lines["carbon", location, product, t] += price * kilograms
