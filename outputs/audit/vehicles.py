"""Checks of trips: whole, the load fits, fleet and fill kept, none to spare (F13, ruling 21)."""

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.feasible import feasible
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lanes import Lane
from tierstock.outputs.audit.limits import FLOW, Figures, compare_use, use_figures
from tierstock.outputs.audit.matching import Selectors
from tierstock.outputs.audit.rates import PART_LOAD

DIMENSIONS = {"kg": "Max Weight", "m3": "Max Volume", "pallet": "Max Pallets", "unit": "Max Units"}


@dataclass(frozen=True)
class Vehicle:
    """One type of vehicle."""

    limits: dict[str, float]
    """Most per trip in the dimensions that it limits."""
    cost: float
    fleet: float
    home: frozenset[str]
    min_fill: float
    basis: str


def vehicle_types(case: Case) -> dict[str, Vehicle]:
    """Read the Vehicles sheet."""
    found = {}
    for row in case.rows("Vehicles"):
        limits = {u: row.number(c) for u, c in DIMENSIONS.items() if row.text(c)}
        found[row.text("Vehicle")] = Vehicle(
            limits,
            row.number("Cost Per Trip", 0.0),
            row.number("Fleet", math.inf),
            frozenset(case.of_location.ranked(row.text("Home"))),
            row.number("Min Fill", 0.0),
            row.text("Fill Basis") or next(iter(limits), "unit"),
        )
    return found


def allowed_types(world: World, lane: Lane, types: dict[str, Vehicle]) -> set[str]:
    """Return the types that may run on a lane; none where no trips are counted."""
    text, _ = world.lanes.of_lane(lane, None, "Vehicle")
    return set(Selectors("vehicle", types).ranked(text)) if text else set()


def check_vehicles(world: World) -> None:
    """Check the trips of every lane and period against its load, then the fleets.

    Behind the integrality horizon trips need not be whole (F36).
    """
    types, report = vehicle_types(world.case), world.report
    fleets: dict[tuple[str, int], float] = defaultdict(float)
    known: dict[Lane, set[str]] = {}
    for lane, t in sorted({*world.loads, *world.plan.trips}):
        where = (" → ".join(lane[:2]), lane[2], world.horizon.ids[t])
        if lane not in known:
            known[lane] = allowed_types(world, lane, types)
        trips = {v: n for v, n in world.plan.trips.get((lane, t), {}).items() if n}
        whole = world.case.integral[t]
        for vehicle, number in trips.items():
            if whole:
                report.equal("trips", number, round(number), *where, vehicle)
            if vehicle not in known[lane]:
                report.fail("trips", *where, vehicle, "may not run here")
            if lane[0] in types[vehicle].home:
                fleets[vehicle, t] += number
        tariff = world.rates.of(lane)
        allowed = tariff is not None and tariff.rule == "LTL-to-FTL"
        if PART_LOAD in world.riding.get((lane, t), {}) and not allowed:
            report.fail("trips", *where, PART_LOAD, "no such rate")
        if not known[lane]:
            continue
        priced = {
            v: replace(types[v], cost=world.rates.trip(lane, v, types[v].cost)) for v in trips
        }
        counted = {v: float(round(n)) if whole else n for v, n in trips.items()}
        used = {v: (priced[v], n) for v, n in counted.items() if v in known[lane]}
        for goods, with_them in _rides(world, lane, t, used):
            if fits(world, goods, with_them):
                _fewest(world, goods, with_them if whole else {}, where)
            else:
                report.fail("trips", *where, "the load does not fit", *map(str, trips.items()))
    _check_fleets(world, types, fleets)
    _figures(world, types)


def _check_fleets(
    world: World, types: dict[str, Vehicle], fleets: dict[tuple[str, int], float]
) -> None:
    """Check the fleets and their rows of CapacityUse."""
    plan = world.plan
    shown: Figures = defaultdict(list)
    wanted: Figures = defaultdict(list)
    for name, vehicle in types.items():
        if vehicle.fleet < math.inf:
            for t, when in enumerate(world.horizon.ids):
                used = fleets.get((name, t), 0.0)
                world.report.at_most("trips", used, vehicle.fleet, name, when, "Fleet")
                wanted["fleet", name, when].append((used, vehicle.fleet, 0.0))
    for i in plan.good["CapacityUse"]:
        _, _, name, _, kind, _, when = plan.key("CapacityUse", i)
        if kind == "fleet":
            shown[kind, name, when].append(use_figures(world, i))
    compare_use(world, shown, wanted)


Used = dict[str, tuple[Vehicle, float]]
"""Types in use on a lane and their trips."""


def _rides(world: World, lane: Lane, t: int, used: Used) -> list[tuple[dict[str, float], Used]]:
    """Return goods and the trips that carry them: type by type where every row names one."""
    riding = {v: g for v, g in world.riding.get((lane, t), {}).items() if v != PART_LOAD}
    if len(used) > 1 and riding and set(riding) <= set(used):
        return [(riding.get(v, {}), {v: pair}) for v, pair in used.items()]
    goods: dict[str, float] = {}
    for carried in riding.values():
        for product, units in carried.items():
            goods[product] = goods.get(product, 0.0) + units
    return [({p: q for p, q in goods.items() if q > FLOW}, used)]


def load(world: World, goods: dict[str, float], dimension: str) -> float:
    """Return what goods take in a dimension."""
    return math.fsum(q * world.case.measure(p, dimension) for p, q in goods.items())


def fits(world: World, goods: dict[str, float], used: Used) -> bool:
    """Tell whether the trips can carry the goods and keep the least fill.

    One type: each dimension by itself. Several types: some split of the goods over them must keep
    every limit of each type, a small linear system.
    """
    slack = world.report.tolerance
    if not used:
        return not goods
    if len(used) == 1:
        ((vehicle, trips),) = used.values()
        loads = {u: load(world, goods, u) for u in {*vehicle.limits, vehicle.basis}}
        room = all(
            loads[u] <= most * trips + slack * max(1.0, loads[u])
            for u, most in vehicle.limits.items()
        )
        least = vehicle.min_fill * vehicle.limits.get(vehicle.basis, 0.0) * trips
        return room and loads[vehicle.basis] >= least - slack * max(1.0, least)
    return _split(world, goods, used)


def _split(world: World, goods: dict[str, float], used: Used) -> bool:
    names, slack, size = list(goods), world.report.tolerance, world.case.measure
    width, rows, right = len(names) * len(used), [], []

    def row(v: int, dimension: str, sign: float, limit: float) -> None:
        line = [0.0] * width
        for k, product in enumerate(names):
            line[v * len(names) + k] = sign * size(product, dimension) * goods[product]
        rows.append(line)
        right.append(sign * limit + slack * max(1.0, abs(limit)))

    for v, (vehicle, trips) in enumerate(used.values()):
        for dimension, most in vehicle.limits.items():
            row(v, dimension, 1.0, most * trips)
        if vehicle.min_fill > 0:
            full = vehicle.limits.get(vehicle.basis, 0.0) * trips
            row(v, vehicle.basis, -1.0, vehicle.min_fill * full)
    for k in range(len(names)):  # shares of each product: at least all of it is carried
        line = [-1.0 if j % len(names) == k else 0.0 for j in range(width)]
        rows += [line, [-value for value in line]]
        right += [-1.0 + 1e-9, 1.0 + 1e-9]
    return feasible(rows, right)


def _fewest(world: World, goods: dict[str, float], used: Used, where: tuple[str, ...]) -> None:
    """Check that no trip that costs money could be left out; not where a least fill counts."""
    if any(vehicle.min_fill > 0 for vehicle, _ in used.values()):
        return
    for name, (vehicle, trips) in used.items():
        fewer = {**used, name: (vehicle, trips - 1)}
        fewer = {v: pair for v, pair in fewer.items() if pair[1] > 0}
        if vehicle.cost > 0 and trips >= 1 and fits(world, goods, fewer):
            world.report.fail("fewest", *where, name)


def _figures(world: World, types: dict[str, Vehicle]) -> None:
    """Check cost and fill of VehicleUse."""
    plan, table = world.plan, world.plan.tables["VehicleUse"]
    for i in plan.good["VehicleUse"]:
        origin, to, mode, name, when = plan.key("VehicleUse", i)
        where, vehicle = (f"{origin} → {to}", name, when), types[name]
        trips = plan.number("VehicleUse", "Trips", i)
        if "Cost" in table.texts:
            cost = plan.number("VehicleUse", "Cost", i)
            price = world.rates.trip((origin, to, mode), name, vehicle.cost)
            world.report.equal("amounts", cost, trips * price, *where)
        key = ((origin, to, mode), plan.period(when))
        fill = _fill(world, types, key, name)
        if table.column("Fill %")[i] and fill is not None:
            shown = plan.number("VehicleUse", "Fill %", i)
            world.report.equal("amounts", shown, fill, *where, "Fill %")


def _fill(
    world: World, types: dict[str, Vehicle], key: tuple[Lane, int], name: str
) -> float | None:
    """Return how full the trips of a type are; of all types where rows do not name theirs.

    In the fullest of the dimensions that all of them limit; None where there is none.
    """
    trips = {v: n for v, n in world.plan.trips[key].items() if n}
    riding = {v: g for v, g in world.riding.get(key, {}).items() if v != PART_LOAD}
    named = set(riding) <= set(trips)
    together = [name] if named or not trips else list(trips)
    dimensions = set.intersection(*(set(types[v].limits) for v in together))
    room = {u: sum(trips.get(v, 0.0) * types[v].limits[u] for v in together) for u in dimensions}
    goods: dict[str, float] = {}
    for vehicle, carried in riding.items():
        for product, units in carried.items() if vehicle == name or not named else ():
            goods[product] = goods.get(product, 0.0) + units
    return max((load(world, goods, u) / most for u, most in room.items() if most > 0), default=None)
