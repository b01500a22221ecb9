"""Window inequalities on trips: what has to come needs whole vehicles."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.strength import MOST_OF_TRUCKS
from tierstock.model.strengthening.loads import Loads, read_loads
from tierstock.model.strengthening.nodes import (
    TINY,
    Flags,
    Floats,
    Ints,
    Nodes,
    column_facts,
    in_windows,
    read_nodes,
    stock_before,
)

PERIODS = 4
"""Longest window."""
LEAST_GAIN = 0.01
"""Windows whose last vehicle is fuller or emptier than this say too little."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Round the trips up that a location needs in a window, all its products together.

    .. math::

        \frac{1}{K} \sum_p \omega_{pu} \Bigl(I_{lp,t-1} + \sum_{\tau=t}^{t+L} o_{lp\tau}\Bigr)
            + \rho \sum n_{avt'} \ \ge\ \rho\, \eta, \qquad
        D = \sum_p \omega_{pu} N_{lptL}, \quad \eta = \lceil D / K \rceil, \quad
        \rho = D / K - \eta + 1

    ====  =========================  ==================================================  =========
    sign  in code                    meaning                                             unit
    ====  =========================  ==================================================  =========
    n     ``m.trips``                trips with goods that arrive in the window          trips
    I     ``m.stock``                usable stock before the window                      units
    o     ``m.stock_balance``        whatever else a decision brings or saves            units
    N     ``nodes.Nodes.need``       what stock and decisions have to cover              units
    ω     ``net.products.measure``   what one unit takes                                 dimension
    K     ``loads.read_loads``       most that one trip of any lane and type carries     dimension
    η     –                          trips that would carry all of it                    trips
    ρ     –                          load of the last of them                            share
    ====  =========================  ==================================================  =========

    Mixed-integer rounding of the sum of the stock balances: goods on lanes whose trips are not
    whole, or not counted in this dimension, stand on the left, as does every other column that
    puts stock into the place. Products that need nothing in the window are left out. For each
    location the dimension counts that asks for most trips. Windows of 1 to 4 periods.
    Source: Nemhauser & Wolsey, Mathematical Programming 1990; Marchand & Wolsey, Operations
    Research 2001. Sheets: Vehicles, Lanes (Vehicle).
    """
    if m.strength.trucks is False or m.component("trips") is None:
        return
    facts = column_facts(m)
    trucks = _trucks(net, read_nodes(m, net, facts), read_loads(m, facts))
    needed = [trucks.needed(net, need) for need in trucks.needs]
    windows = [_windows(net, trucks, needed, more) for more in range(len(needed))]
    if m.strength.trucks is None and _size(net, trucks, windows) > MOST_OF_TRUCKS:
        return
    location, first = (np.concatenate([one[axis] for one in windows]) for axis in (0, 1))
    length = np.repeat(np.arange(len(windows)), [len(one[0]) for one in windows])
    whole, part = rounded(np.stack(needed)[length, location, first])
    keys = Keys(
        (m.names.location, m.names.period, m.names.period), (location, first, first + length)
    )
    rows = Rows(m, "truck_window", keys, "trips for what has to come, rounded up")
    start = 0
    for more, (n, t) in enumerate(windows):
        row_of = np.full(needed[0].shape, -1, dtype=np.int64)
        row_of[n, t] = start + np.arange(len(n))
        start += len(n)
        _goods(m, net, rows, trucks, row_of, more)
        _trips(m, net, rows, trucks, row_of, more, part)
    rows.at_least(part * whole)


@dataclass(frozen=True)
class Trucks:
    """What comes to places in whole trips, and what else comes.

    Attributes:
        nodes: all that can come.
        loads: rows that carry shipments.
        by_trip: [E] whether the entry comes in whole trips, counted in the dimension of the
            location.
        entry, row: [n] entries that do, and the rows of the loads that carry them.
        share: [N] share of a trip that one unit takes; 0 where no trips count.
        needs: by length of the window, [N, T] what has to be covered; 0 where no trips count.
    """

    nodes: Nodes
    loads: Loads
    by_trip: Flags
    entry: Ints
    row: Ints
    share: Floats
    needs: list[Floats]

    def needed(self, net: Network, need: Floats) -> Floats:
        """Return the trips that would carry a need, not rounded; [N, T] to [locations, T]."""
        total = np.zeros((len(net.locations), need.shape[1]))
        np.add.at(total, net.places.location, self.share[:, None] * need)
        return total


def _trucks(net: Network, nodes: Nodes, loads: Loads) -> Trucks:
    """Choose for each location the dimension in which its needs ask for most trips."""
    places, size = net.places, np.nan_to_num(net.products.measure)
    at = places.location[nodes.place]
    need = np.nan_to_num(nodes.need(1)[0]).sum(axis=1)
    entry, pair = _carried(nodes, loads)
    dimension = loads.dimension[loads.row[pair]]
    chosen = np.full(len(net.locations), -1)
    share, most = np.zeros(len(places)), np.zeros(len(net.locations))
    for u in np.unique(dimension):
        here = dimension == u
        trip = np.zeros(len(net.locations))
        np.maximum.at(trip, at[entry[here]], loads.per_trip[loads.row[pair[here]]])
        served = np.zeros(len(places), dtype=bool)
        served[nodes.place[entry[here]]] = True
        one = np.zeros(len(places))
        one[served] = size[places.product[served], u] / trip[places.location[served]]
        asked = np.bincount(places.location, one * need, minlength=len(trip))
        better = asked > most
        most = np.maximum(most, asked)
        chosen[better] = u
        share = np.where(better[places.location], one, share)
    kept = dimension == chosen[at[entry]]
    entry, row = entry[kept], loads.row[pair[kept]]
    by_trip = np.zeros(len(nodes.column), dtype=bool)
    by_trip[entry] = True
    counts = (share > 0)[:, None]
    needs = [np.where(counts, np.nan_to_num(one), 0.0) for one in nodes.need(PERIODS)]
    return Trucks(nodes, loads, by_trip, entry, row, share, needs)


def _carried(nodes: Nodes, loads: Loads) -> tuple[Ints, Ints]:
    """Entries whose shipment is wholly carried, and the pair of shipment and row that carries."""
    first = np.searchsorted(loads.column, nodes.column, side="left")
    count = np.searchsorted(loads.column, nodes.column, side="right") - first
    entry = np.repeat(np.arange(len(nodes.column)), count)
    offset = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
    pair = np.repeat(first, count) + offset
    sure = loads.whole[pair] & (nodes.amount[entry] <= 1)  # no more arrives than is carried
    return entry[sure], pair[sure]


def rounded(trips: Floats) -> tuple[Floats, Floats]:
    """Return the trips rounded up and the load of the last one, above 0 and at most 1.

    >>> rounded(np.array([2.25, 3.0]))
    (array([3., 3.]), array([0.25, 1.  ]))
    """
    whole = np.ceil(trips - TINY)
    return whole, trips - whole + 1


def _windows(net: Network, trucks: Trucks, needed: list[Floats], more: int) -> tuple[Ints, Ints]:
    """Location and first period of the windows of one length that say anything."""
    before = needed[more - 1] if more else np.zeros_like(needed[0])
    _, part = rounded(needed[more])
    useful = (needed[more] > before + TINY) & (part * (1 - part) >= LEAST_GAIN)
    nodes, by_trip = trucks.nodes, trucks.by_trip
    comes = np.zeros(needed[0].shape, dtype=np.int64)
    at = net.places.location[nodes.place[by_trip]]
    np.add.at(comes, (at, nodes.period[by_trip]), 1)
    location, first = np.nonzero(useful & (in_windows(comes, more) > 0))
    return location, first


def _size(net: Network, trucks: Trucks, windows: list[tuple[Ints, Ints]]) -> int:
    """Coefficients the windows would bring, those of the trips left out."""
    nodes, total = trucks.nodes, 0
    comes = np.zeros(nodes.must.shape, dtype=np.int64)
    np.add.at(comes, (nodes.place, nodes.period), ~trucks.by_trip)
    for (location, first), need, more in zip(windows, trucks.needs, range(PERIODS), strict=False):
        here = np.zeros((len(net.locations), need.shape[1]), dtype=np.int64)
        np.add.at(here, net.places.location, np.where(need > 0, in_windows(comes, more) + 1, 0))
        total += int(here[location, first].sum())
    return total


def _goods(
    m: pyo.ConcreteModel, net: Network, rows: Rows, trucks: Trucks, row_of: Ints, more: int
) -> None:
    """Stock before the window and what comes in it without whole trips, as shares of a trip."""
    nodes, needs = trucks.nodes, trucks.needs[more]
    place, first = np.nonzero((needs > 0) & (row_of[net.places.location] >= 0))
    row = row_of[net.places.location[place], first]
    rows.add(m.columns, trucks.share[place], at=stock_before(m, place, first), row=row)
    free = ~trucks.by_trip
    place, period, column = nodes.place[free], nodes.period[free], nodes.column[free]
    amount = trucks.share[place] * nodes.amount[free]
    at = net.places.location[place]
    for offset in range(more + 1):
        first = period - offset
        row = np.where((first >= 0) & (needs[place, first] > 0), row_of[at, first], -1)
        rows.add(m.columns, amount, at=column, row=row, partial=True)


def _trips(
    m: pyo.ConcreteModel,
    net: Network,
    rows: Rows,
    trucks: Trucks,
    row_of: Ints,
    more: int,
    part: Floats,
) -> None:
    """Every trip with goods that come in the window, once."""
    nodes, needs, loads = trucks.nodes, trucks.needs[more], trucks.loads
    place, period = nodes.place[trucks.entry], nodes.period[trucks.entry]
    at, pairs = net.places.location[place], [np.zeros(0, dtype=np.int64)]
    for offset in range(more + 1):
        first = period - offset
        row = np.where((first >= 0) & (needs[place, first] > 0), row_of[at, first], -1)
        pairs.append((row * len(loads.dimension) + trucks.row)[row >= 0])
    row, load = np.divmod(np.unique(np.concatenate(pairs)), max(len(loads.dimension), 1))
    begin = np.searchsorted(loads.trip_row, load, side="left")
    count = np.searchsorted(loads.trip_row, load, side="right") - begin
    pair = np.repeat(np.arange(len(load)), count)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    rows.add(m.columns, part[row[pair]], at=loads.trip[begin[pair] + offset], row=row[pair])
