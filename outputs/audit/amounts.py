"""Money, sizes, dates, days of cover and shares on the rows of the plan."""

import math
from collections import defaultdict

from tierstock.outputs.audit.costs import unit_freight
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lanes import Lane
from tierstock.outputs.audit.plan import Shipment
from tierstock.outputs.audit.rates import PART_LOAD
from tierstock.outputs.audit.values import day

SIZES = {"Weight": "kg", "Volume": "m3", "Pallets": "pallet"}


def check_amounts(world: World) -> None:
    """Check all that the rows of the plan tell beside what was decided."""
    _shipments(world)
    _shares_of_trips(world)
    _purchases(world)
    _stock(world)
    _utilisation(world)


def _compare(world: World, sheet: str, column: str, i: int, wanted: float, *where: str) -> None:
    """Compare a number of a row; a blank stands for nothing, or for what cannot be said."""
    table = world.plan.tables[sheet]
    if column not in table.texts:
        return
    found = world.plan.number(sheet, column, i)
    if math.isnan(wanted):
        if table.column(column)[i]:
            world.report.fail("amounts", *where, column, table.column(column)[i])
    elif found != wanted:
        world.report.equal("amounts", found, wanted, *where, column)


def _shipments(world: World) -> None:
    """Freight, value at the destination, and sizes; open orders that leave have no freight."""
    plan, ids = world.plan, world.horizon.ids
    dates = plan.tables["Shipments"].column("Ship Date")
    known = {column: plan.floats("Shipments", column) for column in ("Freight", "Value", *SIZES)}
    known["Cases"] = plan.floats("Shipments", "Cases")
    measured = {product: _sizes(world, product) for product in world.case.products}
    for ship in [*plan.shipments, *plan.leaving]:
        where = (" → ".join(ship.lane[:2]), ship.product, ids[ship.t])
        freight = 0.0
        if ship.lane[2]:
            freight = unit_freight(world, ship.lane, ship.product, ship.t) * ship.quantity
            freight += _bracket_share(world, ship)
        worth = world.prices.value(ship.lane[1], ship.product, ship.t) * ship.quantity
        shown = {"Freight": freight, "Value": worth}
        shown |= {column: size * ship.quantity for column, size in measured[ship.product].items()}
        for column, wanted in shown.items():
            if known[column][ship.row] != wanted:
                _compare(world, "Shipments", column, ship.row, wanted, *where)
        if dates[ship.row] and day(dates[ship.row]) != world.horizon.starts[ship.t]:
            world.report.fail("amounts", *where, "Ship Date", dates[ship.row])


def _sizes(world: World, product: str) -> dict[str, float]:
    """Return what one unit of a product is in the columns of sizes; nan where it is in no case."""
    packed = world.case.products[product].number("Units Per Case")
    sizes = {column: world.case.measure(product, unit) for column, unit in SIZES.items()}
    return sizes | {"Cases": 1.0 / packed if packed > 0 else math.nan}


def _shares_of_trips(world: World) -> None:
    """The shares of the rows of a lane and period add up to its trips."""
    plan, shown = world.plan, world.plan.tables["Shipments"].column("Vehicle Share")
    total: dict[tuple[Lane, int], float] = defaultdict(float)
    for ship in plan.shipments:
        if shown[ship.row]:
            total[ship.lane, ship.t] += plan.number("Shipments", "Vehicle Share", ship.row)
    for (lane, t), shares in total.items():
        trips = math.fsum(plan.trips.get((lane, t), {}).values())
        where = (" → ".join(lane[:2]), lane[2], world.horizon.ids[t])
        world.report.equal("amounts", shares, trips, *where, "Vehicle Share")


def _purchases(world: World) -> None:
    plan, horizon = world.plan, world.horizon
    ordered = plan.tables["Purchases"].column("Order Date")
    for i in plan.good["Purchases"]:
        to, product, when = plan.key("Purchases", i)
        t = plan.period(when)
        price = world.supply.number("Unit Cost", to, product, t, 0.0)
        wanted = price * plan.number("Purchases", "Quantity", i)
        _compare(world, "Purchases", "Amount", i, wanted, to, product, when)
        if ordered[i] and day(ordered[i]) != horizon.starts[t]:
            world.report.fail("amounts", to, product, when, "Order Date", ordered[i])


def _stock(world: World) -> None:
    """Value of the stock, and the days for which it lasts."""
    plan, forward = world.plan, world.prices.forward
    table = plan.tables["Inventory"]
    known, told = plan.floats("Inventory", "Value"), table.column("Value")
    covered, cover = "Days Cover" in table.texts, plan.floats("Inventory", "Days Cover")
    for pair, rows in plan.inventory.items():
        values, kept = world.prices.values(pair), world.case.kept(pair[0])
        for t, i in enumerate(rows):
            if i < 0:
                continue
            stock = plan.closing[pair][t]
            if told[i] and known[i] != (wanted := values[t] * stock):
                where = (*pair, world.horizon.ids[t])
                world.report.equal("amounts", known[i], wanted, *where, "Value")
            if covered:
                days = forward.lasting(*pair, t, stock) if kept[t] else math.nan
                if days != cover[i]:
                    where = (*pair, world.horizon.ids[t])
                    _compare(world, "Inventory", "Days Cover", i, days, *where)


def _utilisation(world: World) -> None:
    """Used as a share of the limit; not told of cash and where nothing may be used."""
    plan = world.plan
    for i in plan.good["CapacityUse"]:
        key = plan.key("CapacityUse", i)
        used, most = (plan.number("CapacityUse", c, i) for c in ("Used", "Limit"))
        share = used / most if most > 0 and key[4] != "cash" else math.nan
        _compare(world, "CapacityUse", "Utilisation", i, share, *filter(None, key))


def _bracket_share(world: World, ship: Shipment) -> float:
    """Freight of a shipment on a rated lane: its share, by load, of the lane's brackets."""
    tariff, total = world.rates.of(ship.lane), world.priced(ship.lane, ship.t)
    outside = tariff is not None and tariff.rule == "LTL-to-FTL" and ship.vehicle != PART_LOAD
    if tariff is None or outside or total <= 0:
        return 0.0
    load = ship.quantity * world.case.measure(ship.product, tariff.basis)
    return world.bracket_freight(ship.lane, ship.t) * load / total
