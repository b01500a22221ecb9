"""The floor: the plain formulation as numpy arrays, straight to HiGHS, no model in between."""

import time

import numpy as np

from benchmarks.peers import Loaded, highs
from benchmarks.plain import Plain
from tierstock.inputs.network import Network
from tierstock.solvers.arrays import Arrays

Entries = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Row, column and coefficient."""


def load(net: Network, whole: bool = True) -> Loaded:
    """Compute the arrays and hand them over."""
    began = time.perf_counter()
    arrays = plain_arrays(Plain(net))
    built = time.perf_counter()
    solver = highs.loaded(arrays, whole)
    size = solver.getNumCol(), solver.getNumRow(), solver.getNumNz()
    spent = built - began, time.perf_counter() - built
    return Loaded(*size, *spent, lambda: highs.optimum(solver))


def plain_arrays(p: Plain) -> Arrays:
    """Return the plain formulation; columns x, i, q, u, g, n, rows balance, safety, limits, trucks.

    Families and their order within are those of ``plain.columns`` and ``plain.rows``.
    """
    net, weeks = p.net, p.weeks
    trips = len(net.lanes) if len(net.vehicles) else 0
    sizes = [len(net.goods) * weeks, len(p.keeps) * weeks, len(net.supply) * weeks]
    sizes += [len(p.wanted[0]), len(p.safe[0]), trips * weeks]
    first = np.concatenate([[0], np.cumsum(sizes)])
    none = np.full(int(first[-1]), np.inf)
    upper = none.copy()
    upper[first[2] : first[3]] = net.supply.most.ravel()
    upper[first[3] : first[4]] = net.demand.quantity[p.wanted]
    integer = np.zeros(len(none), dtype=bool)
    integer[first[5] :] = True
    cost = np.concatenate(
        [
            p.freight.ravel(),
            net.places.holding[p.keeps].ravel(),
            net.supply.unit_cost.ravel(),
            net.demand.lost_cost[p.wanted],
            net.places.safety_penalty[p.safe],
            np.full(sizes[5], float(net.vehicles.trip_cost[0]) if trips else 0.0),
        ]
    )
    entries, low, high = _rows(p, first)
    row, column, value = (np.concatenate(parts) for parts in zip(*entries, strict=True))
    order = np.argsort(row, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(low)))])
    return Arrays(
        cost=cost,
        lower=np.zeros(len(cost)),
        upper=upper,
        integer=integer,
        starts=starts.astype(np.int32),
        index=column[order].astype(np.int32),
        value=value[order],
        row_lower=low,
        row_upper=high,
    )


def _rows(p: Plain, first: np.ndarray) -> tuple[list[Entries], np.ndarray, np.ndarray]:
    """Return the entries of all rows and their limits."""
    net, weeks = p.net, p.weeks
    entries, balance = _balance(p, first)
    at = len(balance)
    stock = np.full(len(net.places), -1)
    stock[p.keeps] = np.arange(len(p.keeps))
    place, week = p.safe
    row = at + np.arange(len(place))
    entries.append((row, first[1] + stock[place] * weeks + week, np.ones(len(row))))
    entries.append((row, first[4] + np.arange(len(row)), np.ones(len(row))))
    at += len(place)
    location_of, product_of = net.places.location, net.places.product
    source, every = net.goods.source, np.arange(weeks)
    for number in range(len(net.capacity)):
        here = net.capacity.location[number]
        if net.capacity.kind[number] == "storage":
            who = p.keeps[location_of[p.keeps] == here]
            begin, size = first[1] + stock[who] * weeks, p.size[product_of[who]]
        else:
            who = np.flatnonzero(location_of[source] == here)
            begin, size = first[0] + who * weeks, p.size[net.goods.product[who]]
        row = np.tile(at + number * weeks + every, len(who))
        entries.append((row, (begin[:, None] + every).ravel(), np.repeat(size, weeks)))
    at += len(net.capacity) * weeks
    limits = [net.capacity.limit.ravel()]
    if len(net.vehicles):
        good = np.arange(len(net.goods))
        row = at + (net.goods.lane[:, None] * weeks + every).ravel()
        column = (good[:, None] * weeks + every).ravel()
        entries.append((row, column, np.repeat(p.size[net.goods.product], weeks)))
        trips = np.arange(len(net.lanes) * weeks)
        entries.append((at + trips, first[5] + trips, np.full(len(trips), -p.truck)))
        limits.append(np.zeros(len(trips)))
    safety, most = net.places.safety[p.safe], np.concatenate(limits)
    low = np.concatenate([balance, safety, np.full(len(most), -np.inf)])
    high = np.concatenate([balance, np.full(len(safety), np.inf), most])
    return entries, low, high


def _balance(p: Plain, first: np.ndarray) -> tuple[list[Entries], np.ndarray]:
    """Return the entries of the balance, a row per place and period, and its limits."""
    net, weeks, every = p.net, p.weeks, np.arange(p.weeks)
    goods = np.arange(len(net.goods))
    column = (goods[:, None] * weeks + every).ravel()
    leaves = (net.goods.source[:, None] * weeks + every).ravel()
    arrival = every + net.goods.lead[:, :1]
    comes = (net.goods.sink[:, None] * weeks + arrival).ravel()
    inside = (arrival < weeks).ravel()
    stock = first[1] + np.arange(len(p.keeps) * weeks)
    row_of = (p.keeps[:, None] * weeks + every).ravel()
    later = np.tile(every > 0, len(p.keeps))
    bought = (net.supply.place[:, None] * weeks + every).ravel()
    stream, week = p.wanted
    missed = net.demand.place[stream] * weeks + week
    signs = (
        (comes[inside], column[inside], 1.0),
        (leaves, column, -1.0),
        (row_of, stock, -1.0),
        (row_of[later], stock[later] - 1, 1.0),
        (bought, first[2] + np.arange(len(bought)), 1.0),
        (missed, first[3] + np.arange(len(missed)), 1.0),
    )
    limit = np.zeros((len(net.places), weeks))
    limit[p.keeps, 0] -= net.places.opening[p.keeps]
    limit.ravel()[missed] += net.demand.quantity[p.wanted]
    return [(row, one, np.full(len(row), sign)) for row, one, sign in signs], limit.ravel()
