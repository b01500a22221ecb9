"""Rows that can be read and change nothing in the plan; nothing is ignored in silence."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.rates import TRIP, specificity
from tierstock.inputs.assembly.vehicles import find_rows
from tierstock.inputs.checking.capital import members
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Network

EXTRA = (
    ("Capacity", "extra_cost", "extra_limit"),
    ("Resources", "overtime_cost", "overtime_hours"),
)
"""Sheet, a price, and what it is paid for; the price alone buys nothing."""
CALENDARS_IN = (
    ("Locations", "calendar"),
    ("Capacity", "calendar"),
    ("Lanes", "departure_days"),
)
"""Columns that name a calendar."""


def check_idle(network: Network, ground: Ground) -> None:
    """Warn of rows without effect; only where nothing is wrong that would make them so."""
    if ground.findings.errors:
        return
    _classes(network, ground)
    _vehicles(network, ground)
    _rates(network, ground)
    _zones(network, ground)
    _calendars(ground)
    _extra(ground)
    _launched(ground)
    _capital(network, ground)


def _classes(network: Network, ground: Ground) -> None:
    """Classes to which no demand belongs; where there is no demand at all, that is told."""
    classes, table = ground.classes, ground.tables.table("ServiceClasses")
    if not len(network.demand):
        return
    wanted = set(network.demand.service_class.tolist())
    idle = np.array([code not in wanted for code in classes.code], dtype=bool)
    rows = np.sort(classes.row[idle & (classes.row >= 0)])
    ground.findings.add("class-unused", table=table, index=rows, field="class")
    early = np.flatnonzero(table.frame["priority"].to_numpy(np.float64) < 1.0)
    ground.findings.add("priority-below-one", table=table, index=early, field="priority")


def _vehicles(network: Network, ground: Ground) -> None:
    """Vehicles that run on no lane, and fleets at a home from which none of their lanes leaves."""
    lanes, made, table = network.lanes, network.vehicles, ground.tables.table("Vehicles")
    rows = find_rows(table, ground.catalog)
    runs = lanes.vehicles.any(axis=0)
    ground.findings.add("vehicle-unused", table=table, index=np.sort(rows[~runs]), field="vehicle")
    leaves = (lanes.vehicles & made.home[:, lanes.origin].T).any(axis=0)
    away = np.isfinite(made.fleet) & runs & ~leaves
    ground.findings.add("fleet-idle", table=table, index=np.sort(rows[away]), field="home")


def _rates(network: Network, ground: Ground) -> None:
    """Rates that mean no lane, and rates by trip on lanes on which no vehicle of theirs runs."""
    table, lanes, quiet = ground.tables.table("Rates"), network.lanes, Findings()
    if not len(table):
        return
    meant = specificity(table, ground.catalog, lanes, quiet) >= 0
    none = ~meant.any(axis=1)
    ground.findings.add("rate-without-lane", table=table, index=np.flatnonzero(none), field="from")
    trips = np.flatnonzero((table.frame["basis"] == TRIP).to_numpy() & ~none)
    vehicles = ground.catalog.ranks("vehicle", table, "vehicle", quiet)
    idle = [
        row for row in trips.tolist() if not (lanes.vehicles[meant[row]] & vehicles.mask(row)).any()
    ]
    ground.findings.add("rate-trip-idle", table=table, index=idle, field="basis")


def _zones(network: Network, ground: Ground) -> None:
    """Limits of a zone in which no product is kept at their locations."""
    table, catalog, quiet = ground.tables.table("Capacity"), ground.catalog, Findings()
    places, zones = network.places, table.frame["zone"].to_numpy(dtype=object)
    stated = np.flatnonzero(~np.isin(zones, ("", "*")))
    if not len(stated):
        return
    where = catalog.ranks("location", table, "location", quiet)
    what = catalog.ranks("zone", table, "zone", quiet)
    zone = catalog.positions("zone", network.products.zone)[places.product]
    idle = [
        row
        for row in stated.tolist()
        if not (where.mask(row)[places.location] & what.mask(row)[zone]).any()
    ]
    used = ", ".join(sorted(set(network.products.zone.astype(str))))
    ground.findings.add("zone-empty", table=table, index=idle, field="zone", zones=used)


def _calendars(ground: Ground) -> None:
    """Calendars that nothing names."""
    named: set[str] = set()
    for sheet, field in CALENDARS_IN:
        named.update(ground.tables.table(sheet).frame[field])
    table = ground.tables.table("Calendars")
    first = table.frame.drop_duplicates("calendar")
    idle = first.index[~first["calendar"].isin(named)]
    ground.findings.add("calendar-unused", table=table, index=idle, field="calendar")


def _extra(ground: Ground) -> None:
    """Prices of an extra amount of which there is none."""
    for sheet, price, amount in EXTRA:
        table = ground.tables.table(sheet)
        paid = table.frame[price].to_numpy(np.float64) > 0.0
        none = ~(table.frame[amount].to_numpy(np.float64) > 0.0)
        ground.findings.add(
            "extra-cost-idle",
            table=table,
            index=np.flatnonzero(paid & none),
            field=price,
            other=table.heading(amount),
        )


def _launched(ground: Ground) -> None:
    """A product that is launched is planned as any other one."""
    table = ground.tables.table("Products")
    rows = np.flatnonzero(table.frame["lifecycle"] == "launch")
    ground.findings.add("lifecycle-launch", table=table, index=rows, field="lifecycle")


def _capital(network: Network, ground: Ground) -> None:
    """Budgets of capital over places at which nothing is ever kept or under way to."""
    budgets, table = network.budgets, ground.tables.table("Budgets")
    if budgets is None:
        return
    places, names = network.places, table.frame["budget"].to_numpy(dtype=object)
    kept = places.keeps.any(axis=1) | (places.opening + places.blocked > 0.0)
    bound = kept.copy()
    bound[network.goods.sink] = bound[network.orders.place] = True
    for b in np.flatnonzero(budgets.kind == "capital"):
        groups = np.flatnonzero(budgets.group == b)
        counts = bound if budgets.in_transit[b] else kept
        if not any((members(network, int(group)) & counts).any() for group in groups):
            row = int(np.flatnonzero(names == budgets.name[b])[0])
            ground.findings.add("budget-holds-nothing", table=table, index=row, field="location")
