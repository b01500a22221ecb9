"""What nearly every network has: stock, shipments, demand, supply, limits, freight."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


def few(mask: NDArray[np.bool_]) -> int:
    """Return how often a mask holds."""
    return int(np.count_nonzero(mask))


class Count:
    """Adds up what the families of one network bring."""

    def __init__(self, net: Network) -> None:
        self.net = net
        self.columns = self.rows = self.coefficients = self.integers = 0
        self.last = len(net.periods)
        self.time = np.arange(self.last)
        self.here = net.places.earliest[:, None] <= self.time
        """[N, T] something can be there."""
        goods = net.goods
        self.flow: Flags = goods.allowed & self.here[goods.source]
        """[K, T] shipments."""
        self.whole = net.whole()
        self.kept: Flags = net.places.keeps & self.here
        self.carries = np.zeros((len(net.lanes), self.last), dtype=bool)
        """[A, T] lanes that carry anything."""
        np.logical_or.at(self.carries, goods.lane, self.flow)
        self.per_lane = np.zeros((len(net.lanes), self.last), dtype=np.int64)
        """[A, T] products a lane carries."""
        np.add.at(self.per_lane, goods.lane, self.flow)

    def add(self, columns: int = 0, rows: int = 0, coefficients: int = 0, whole: int = 0) -> None:
        """Count columns, of which some are whole, rows and coefficients."""
        self.columns += columns
        self.rows += rows
        self.coefficients += coefficients
        self.integers += whole

    def switched(self, mask: Flags, linked: int, per_row: int = 2) -> None:
        """Count whole-number columns where a mask holds, and the rows that link to them."""
        self.add(few(mask), linked, per_row * linked, few(mask & self.whole))


def count_basics(count: Count) -> None:
    """Count the families of the network itself."""
    _moves_of_stock(count)
    _demand(count)
    _supply(count)
    _limits(count)
    _freight(count)


def _moves_of_stock(count: Count) -> None:
    """Shipments, stock and the rows that balance it."""
    net, places = count.net, count.net.places
    flows, kept = few(count.flow), few(count.kept)
    inside = count.flow & (count.time + net.goods.lead < count.last)
    balanced = count.here | (places.leaving > 0)
    count.add(flows + kept, few(balanced), flows + few(inside) + 2 * kept)


def _demand(count: Count) -> None:
    """What is lost or owed."""
    demand = count.net.demand
    wanted, waits = demand.quantity > 0, (demand.owed_share > 0)[:, None]
    may_wait = waits & (demand.clear_by > count.time)
    loses = np.isin(demand.mode.astype(str), ("lost", "partial"))[:, None]
    servable = count.net.servable()
    lost = wanted & (loses | (~servable & ~may_wait))
    new = wanted & may_wait
    owed = np.cumsum(new, axis=1) > 0
    owed |= (demand.opening_backlog > 0)[:, None]
    limited = np.any((demand.clear_by < count.last) & new, axis=1, keepdims=True)
    given_up, cleared = owed & limited, few(new & limited)
    served = owed & servable
    count.add(few(lost) + few(new) + few(served) + few(given_up) + few(owed))
    count.add(0, few(owed) + cleared, 5 * few(owed) + 3 * cleared)
    count.add(0, few(new & lost), 2 * few(new & lost))
    count.add(0, 0, few(lost) + few(new) + few(served))


def _supply(count: Count) -> None:
    """Purchases, orders, whole lots."""
    net, supply = count.net, count.net.supply
    if not len(supply):
        return
    bought = (supply.most > 0) & net.locations.active[net.places.location[supply.place]]
    count.add(few(bought), 0, few(bought & (count.time + supply.lead < count.last)))
    asked = supply.fixed_cost > 0
    if net.lots is not None:
        least = net.lots.needs_switch() & count.whole
        asked = asked | least
        lots = bought & (net.lots.order > 0) & count.whole
        shipped = count.flow & (net.lots.shipment > 0) & count.whole
        count.switched(lots, few(lots))
        count.switched(shipped, few(shipped))
        count.add(0, few(least & bought), 2 * few(least & bought))
    count.switched(bought & asked, few(bought & asked))
    short = bought & (supply.least > 0) & np.isfinite(supply.least_penalty)
    count.add(few(short), few(short), 2 * few(short))


def _limits(count: Count) -> None:
    """Targets and limits of stock, capacities, what is left at the end."""
    net, places = count.net, count.net.places
    safe = (places.safety > 0) & places.keeps
    over = np.isfinite(places.max_stock) & count.kept & ~places.max_hard
    count.add(few(safe) + few(over), few(safe & count.here) + few(over))
    count.add(0, 0, 2 * (few(safe & count.here) + few(over)))
    capacity = net.capacity
    limited = np.isfinite(capacity.limit)
    extra = limited & (capacity.extra_limit > 0)
    members = _used(count, limited)
    count.add(few(extra), few(limited), members + few(extra))
    rules = int(np.unique(net.terminal.row).size)
    count.add(rules, rules, 3 * len(net.terminal.row))


def _used(count: Count, limited: Flags) -> int:
    """Coefficients of capacities: what is kept, comes in or goes out at each location."""
    net, goods = count.net, count.net.goods
    shape = (len(net.locations), count.last)
    amounts = {name: np.zeros(shape, dtype=np.int64) for name in ("storage", "in", "out")}
    np.add.at(amounts["storage"], net.places.location, count.kept)
    np.add.at(amounts["out"], net.lanes.origin, count.per_lane)
    np.add.at(amounts["in"], net.lanes.destination, count.per_lane)
    lost = (net.demand.quantity > 0) & net.servable()
    np.add.at(amounts["out"], net.places.location[net.demand.place], lost)
    kinds = {"storage": ("storage",), "inbound": ("in",), "outbound": ("out",)}
    kind, total = net.capacity.kind.astype(str), 0
    measured = ~np.isnan(net.products.measure)
    share = measured.mean(axis=0) if len(measured) and len(goods) else np.ones(4)
    for c, name in enumerate(kind.tolist()):
        for part in kinds.get(name, ("in", "out")):
            there = amounts[part][net.capacity.location[c]][limited[c]].sum()
            total += int(there * share[net.capacity.dimension[c]])
    return total


def _freight(count: Count) -> None:
    """Departures, vehicles and brackets of rates."""
    net, lanes = count.net, count.net.lanes
    used = (lanes.min_shipment > 0) & count.whole | (lanes.fixed_cost > 0)
    used = used & count.carries
    count.switched(used, int(count.per_lane[used].sum()))
    for asked in (used & (lanes.min_shipment > 0), np.isfinite(lanes.max_shipment)):
        here = asked & count.carries
        count.add(0, few(here), int(count.per_lane[here].sum()))
    _vehicles(count)
    rates = net.rates
    if rates is None or not len(rates):
        return
    here = count.carries[rates.lane]
    steps, by_lane = here & ~rates.convex[:, None], np.zeros_like(count.carries)
    by_lane[np.unique(rates.lane)] = True
    by_lane &= count.carries
    count.add(few(here) + few(steps), 2 * few(steps) + 2 * few(by_lane), 5 * few(steps))
    count.add(0, 0, int(count.per_lane[by_lane].sum()) + few(here), few(steps))
    part = few(count.flow[rates.part_load[net.goods.lane]])
    count.add(part, part, 2 * part)


def _vehicles(count: Count) -> None:
    net, lanes = count.net, count.net.lanes
    types = lanes.vehicles.sum(axis=1)
    if not types.any():
        return
    trips = int((count.carries * types[:, None]).sum())
    whole = int((count.carries * types[:, None])[:, count.whole].sum())
    dimensions = np.zeros(len(lanes), dtype=np.int64)
    np.maximum.at(dimensions, *_dimensions(count))
    one, several = types == 1, types > 1
    joint = count.carries & one[:, None]
    count.add(trips, 0, 0, whole)
    rows = int((joint * dimensions[:, None]).sum())
    loads = int((count.per_lane * (one * dimensions)[:, None]).sum())
    count.add(0, rows, rows + loads)
    split = count.per_lane * several[:, None]
    loaded = int((split * types[:, None]).sum())
    per_type = int((count.carries * (several * types * dimensions)[:, None]).sum())
    count.add(loaded, int(split.sum()) + per_type, int(split.sum()) + 2 * loaded + per_type)
    fills = net.vehicles.min_fill > 0
    count.add(0, int((count.carries * (lanes.vehicles @ fills)[:, None]).sum()))
    fleets = few(np.isfinite(net.vehicles.fleet)) * count.last
    count.add(0, fleets, trips if fleets else 0)


def _dimensions(count: Count) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lanes and the dimensions in which a vehicle on them is limited, pair by pair."""
    lane, vehicle = np.nonzero(count.net.lanes.vehicles)
    return lane, (~np.isnan(count.net.vehicles.limit)).sum(axis=1)[vehicle]
