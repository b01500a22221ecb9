"""Rates: freight by bracket, and what a trip costs on a lane (F14)."""

from dataclasses import dataclass, replace

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.physical import missing_measures
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import DIMENSIONS, Floats, Ints, Lanes, Network, Rates
from tierstock.inputs.selecting.catalog import Catalog, Ranked
from tierstock.inputs.selecting.selectors import ALL, EXACT, NONE, SelectorError
from tierstock.inputs.tables import Table

TRIP, PART_LOAD, ALL_UNIT = "trip", "LTL-to-FTL", "all-unit"


def build_rates(net: Network, ground: Ground, links: Links) -> Rates | None:
    """Read the freight rates; None without rows.

    On a lane the most specific rows (From, then To, then Mode) hold, all their brackets together;
    rows with basis trip are apart, the most specific one for each vehicle type.
    """
    table, findings, lanes = ground.tables.table("Rates"), ground.findings, net.lanes
    if not len(table):
        return None
    key = specificity(table, ground.catalog, lanes, findings)
    basis = table.frame["basis"].to_numpy(dtype=object)
    basis = np.where(basis == "", "kg", basis)
    trips = basis == TRIP
    _check_columns(table, trips, findings)
    brackets = _brackets(table, np.where(trips[:, None], -1, key), basis, lanes, findings)
    trip_cost = _trip_cost(table, np.where(trips[:, None], key, -1), ground.catalog, findings)
    found = _joined(brackets, lanes, trip_cost)
    _require_measures(found, brackets, net, ground)
    return found


def without_unit_cost(net: Network) -> Network:
    """Return the network with no freight per unit on rated lanes: the brackets replace it."""
    if net.rates is None or not net.rates.rated.any():
        return net
    rated = net.rates.rated[net.goods.lane]
    cost = np.where(rated[:, None], 0.0, net.goods.unit_cost)
    return replace(net, goods=replace(net.goods, unit_cost=cost))


@dataclass(frozen=True)
class _Lane:
    """The brackets of one lane."""

    lane: int
    rows: Ints
    basis: int
    rule: str
    low: Floats
    rate: Floats
    fixed: Floats


def specificity(table: Table, catalog: Catalog, lanes: Lanes, findings: Findings) -> Ints:
    """How specifically each row means each lane, [rows, A]; -1 = not at all."""
    start = catalog.ranks("location", table, "from", findings)
    catalog.to_ranks(table, "to", findings)
    modes = catalog.ranks("mode", table, "mode", findings)
    mode = catalog.positions("mode", lanes.mode)
    found = np.full((len(table), len(lanes)), -1, dtype=np.int64)
    for row, text in enumerate(table.frame["to"]):
        try:
            end = catalog.towards(str(text), lanes.origin, lanes.destination)
        except SelectorError:
            continue  # told by to_ranks
        first, last = _rank(start, row, lanes.origin), _rank(modes, row, mode)
        meant = (first > NONE) & (end > NONE) & (last > NONE)
        found[row] = np.where(meant, 9 * first + 3 * end.astype(np.int64) + last, -1)
    return found


def _rank(ranked: Ranked, row: int, codes: Ints) -> Ints:
    """Rank of one row of a selector column for each code."""
    exact = int(ranked.exact[row])
    if exact >= 0:
        return np.where(codes == exact, EXACT, NONE).astype(np.int64)
    return np.asarray(ranked.rank[ranked.text[row]][codes], dtype=np.int64)


def _check_columns(table: Table, trips: np.ndarray, findings: Findings) -> None:
    """What a row has no use for: brackets of trips, vehicles of weights."""
    vehicle = table.frame["vehicle"].to_numpy(dtype=object)
    some = ~np.isin(vehicle, ("", "*"))
    findings.add("rate-vehicle", table=table, index=np.flatnonzero(some & ~trips), field="vehicle")
    low = np.nan_to_num(table.frame["bracket_from"].to_numpy(dtype=np.float64))
    fixed = np.nan_to_num(table.frame["fixed"].to_numpy(dtype=np.float64))
    for field, wrong in (("bracket_from", low != 0), ("fixed", fixed != 0)):
        at = np.flatnonzero(trips & wrong)
        findings.add("rate-trip-bracket", table=table, index=at, field=field)


def _brackets(
    table: Table, key: Ints, basis: np.ndarray, lanes: Lanes, findings: Findings
) -> list[_Lane]:
    """Brackets of every lane that has some."""
    frame = table.frame
    low = np.nan_to_num(frame["bracket_from"].to_numpy(dtype=np.float64))
    rate = np.nan_to_num(frame["rate"].to_numpy(dtype=np.float64))
    fixed = np.nan_to_num(frame["fixed"].to_numpy(dtype=np.float64))
    rule = frame["rule"].to_numpy(dtype=object)
    rule = np.where(rule == "", "incremental", rule)
    found: list[_Lane] = []
    told: set[int] = set()
    for lane in np.flatnonzero(key.max(axis=0, initial=-1) >= 0):
        rows = np.flatnonzero(key[:, lane] == key[:, lane].max())
        rows = rows[np.argsort(low[rows], kind="stable")]
        first = int(rows[0])
        wrong = _disagreement(rows, basis, rule, low)
        if wrong is None and rule[first] == PART_LOAD and not lanes.vehicles[lane].any():
            wrong = "rate-without-vehicle", first, "rule"
        if wrong is not None:
            if wrong[1] not in told:
                findings.add(wrong[0], table=table, index=wrong[1], field=wrong[2])
            told.add(wrong[1])
            continue
        number = DIMENSIONS.index(str(basis[first]))
        found.append(
            _Lane(int(lane), rows, number, str(rule[first]), low[rows], rate[rows], fixed[rows])
        )
    return found


def _disagreement(
    rows: Ints, basis: np.ndarray, rule: np.ndarray, low: Floats
) -> tuple[str, int, str] | None:
    """Message, row and column of what makes the rows of a lane no table of brackets."""
    if low[rows[0]] != 0:
        return "rate-first-bracket", int(rows[0]), "bracket_from"
    for field, values in (("basis", basis), ("rule", rule)):
        other = rows[values[rows] != values[rows[0]]]
        if len(other):
            return "rate-mixed", int(other[0]), field
    same = np.flatnonzero(np.diff(low[rows]) == 0)
    if len(same):
        return "rate-double-bracket", int(rows[same[0] + 1]), "bracket_from"
    return None


def _trip_cost(table: Table, key: Ints, catalog: Catalog, findings: Findings) -> Floats:
    """Money per trip that Rates state, [A, V]; not a number where they state none."""
    vehicles = catalog.ranks("vehicle", table, "vehicle", findings)
    count = len(catalog.codes("vehicle"))
    rate = np.nan_to_num(table.frame["rate"].to_numpy(dtype=np.float64))
    best = np.full((key.shape[1], count), -1, dtype=np.int64)
    cost = np.full((key.shape[1], count), np.nan)
    for row in np.flatnonzero((key >= 0).any(axis=1)):
        rank = _rank(vehicles, int(row), np.arange(count))
        whole = np.where((key[row][:, None] >= 0) & (rank >= ALL), 3 * key[row][:, None] + rank, -1)
        equal = (whole == best) & (whole >= 0) & (cost != rate[row])
        if equal.any():
            findings.add("rate-trip-double", table=table, index=int(row), field="rate")
        better = whole > best
        cost[better], best = rate[row], np.maximum(best, whole)
    return cost


def _joined(parts: list[_Lane], lanes: Lanes, trip_cost: Floats) -> Rates:
    """All brackets, with what each costs besides its rate."""
    none = [np.zeros(0)]
    rated, part_load = np.zeros(len(lanes), dtype=bool), np.zeros(len(lanes), dtype=bool)
    for part in parts:
        rated[part.lane], part_load[part.lane] = True, part.rule == PART_LOAD
    size = [len(part.low) for part in parts]
    lane = np.repeat(np.array([part.lane for part in parts], dtype=np.int64), size)
    basis = np.repeat(np.array([part.basis for part in parts], dtype=np.int64), size)
    convex = np.repeat(np.array([_convex(part) for part in parts], dtype=bool), size)
    return Rates(
        lane=lane,
        basis=basis,
        low=np.concatenate([*none, *(part.low for part in parts)]),
        high=np.concatenate([*none, *(np.append(part.low[1:], np.inf) for part in parts)]),
        rate=np.concatenate([*none, *(part.rate for part in parts)]),
        start=np.concatenate([*none, *(_start(part) for part in parts)]),
        convex=convex,
        rated=rated,
        part_load=part_load,
        trip_cost=trip_cost,
    )


def _convex(part: _Lane) -> bool:
    """Whether the least cost takes the brackets in their order by itself."""
    rising = bool((np.diff(part.rate) >= 0).all())
    return rising and not part.fixed.any() and (part.rule != ALL_UNIT or len(part.rate) == 1)


def _start(part: _Lane) -> Floats:
    """Money a bracket costs besides its rate: all-unit its Fixed; incremental what is below.

    f_e = Cost(lo_e) - Rate_e lo_e, where Cost(lo_e) is what the units below cost and all Fixed
    up to e.
    """
    if part.rule == ALL_UNIT:
        return part.fixed
    width = np.diff(part.low)
    below = np.concatenate([[0.0], np.cumsum(part.rate[:-1] * width)])
    return np.asarray(below + np.cumsum(part.fixed) - part.rate * part.low)


def _require_measures(found: Rates, parts: list[_Lane], net: Network, ground: Ground) -> None:
    """Demand the weight, volume or pallet of every product on a lane that is priced by it."""
    table = ground.tables.table("Rates")
    for number in range(1, len(DIMENSIONS)):
        row = np.full(len(net.lanes), -1, dtype=np.int64)
        for part in parts:
            if part.basis == number:
                row[part.lane] = int(part.rows[0])
        limiting = np.full(len(net.products), -1, dtype=np.int64)
        np.maximum.at(limiting, net.goods.product, row[net.goods.lane])
        missing_measures(
            limiting,
            table,
            "basis",
            number,
            net.products,
            ground.tables.table("Products"),
            ground.findings,
        )
