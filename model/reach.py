"""How much of a product can have come to a place, and how far a unit has to be grossed up."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.production_bounds import MadeReach

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def cycles(net: Network) -> tuple[Ints, Ints]:
    """Group locations that can send to each other round a circle of lanes, upstream first.

    Returns:
        group of each location [L], numbered so that lanes only lead to equal or higher numbers;
        number of locations in each group.

    Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Computing 1 (1972).
    """
    used = np.unique(net.goods.lane[net.goods.allowed.any(axis=1)])
    count = len(net.locations)
    out: list[list[int]] = [[] for _ in range(count)]
    for origin, destination in zip(
        net.lanes.origin[used].tolist(), net.lanes.destination[used].tolist(), strict=True
    ):
        out[origin].append(destination)
    found = _components(out)
    group = np.empty(count, dtype=np.int64)
    for number, members in enumerate(reversed(found)):  # found downstream first
        group[members] = number
    return group, np.bincount(group, minlength=len(found))


def _components(out: list[list[int]]) -> list[list[int]]:
    """Strongly connected components, each after all those it leads to."""
    index = [-1] * len(out)
    low = [0] * len(out)
    on_stack = [False] * len(out)
    stack: list[int] = []
    found: list[list[int]] = []
    clock = 0
    for root in range(len(out)):
        if index[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                index[node] = low[node] = clock
                clock += 1
                stack.append(node)
                on_stack[node] = True
            elif on_stack[out[node][at - 1]]:
                low[node] = min(low[node], low[out[node][at - 1]])
            while at < len(out[node]) and index[out[node][at]] >= 0:
                if on_stack[out[node][at]]:
                    low[node] = min(low[node], index[out[node][at]])
                at += 1
            if at < len(out[node]):
                work.append((node, at + 1))
                work.append((out[node][at], 0))
                continue
            if low[node] == index[node]:
                members: list[int] = []
                while not members or members[-1] != node:
                    members.append(stack.pop())
                    on_stack[members[-1]] = False
                found.append(members)
    return found


def reach(net: Network, brought: Floats) -> Floats:
    r"""Most that can have come to a place by each period, an upper bound of its stock; [N, T].

    .. math::

        R_{lpt} = I^0_{lp} + \sum_{t' \le t} brought_{lpt'}
            + \sum_{a \to l} \min\Bigl(\sum_{t' + \ell \le t} Max_{at'},\ R_{i(a),p,t-\ell}\Bigr)

    and what can be made of it (``MadeReach``) or come back as it (``came_back``). On a circle of
    lanes every place has the total of the circle (mathematics C.6.2). Infinite where an unlimited
    supply can have come.

    Args:
        net: the network.
        brought: [N, T] most that comes in each period from outside: open orders, purchases.
    """
    total = _reach(net, brought)
    rounds = 0 if net.returns is None else len(np.unique(net.returns.back))
    for _ in range(rounds):
        before, back = total, came_back(net, total)
        total = _reach(net, brought + np.diff(back, axis=1, prepend=0.0))
        if np.array_equal(before, total):
            break
    return total


def came_back(net: Network, reach: Floats) -> Floats:
    r"""Most that can have come back to each place as another product by each period; [N, T].

    .. math::

        back_{l,p^\circ,t} = \sum_p ratio_{lp}
            \min\Bigl(R_{lp,t-lag},\ \sum_{t' \le t-lag} d_{lpt'} + B_{lp0}\Bigr)

    Goods that come back as the same product have been there before: they add nothing.

    Args:
        net: the network.
        reach: [N, T] most that can have come to each place.
    """
    returns, demand = net.returns, net.demand
    assert returns is not None
    asked = demand.quantity.cumsum(axis=1) + demand.opening_backlog[:, None]
    wanted = np.zeros(reach.shape)
    np.add.at(wanted, demand.place, asked)
    if net.substitutes is not None:
        ways = net.substitutes
        np.add.at(wanted, ways.place, ways.ratio[:, None] * asked[ways.stream])
    issued = np.minimum(wanted, reach)[returns.place]
    now = np.arange(reach.shape[1])
    due = now + returns.lag
    back = np.zeros(reach.shape)
    for t in now:
        latest = np.where(due <= t, now, -1).max(axis=1, initial=-1)
        there = (latest >= 0) & (returns.place != returns.back)
        units = np.where(there, returns.ratio * issued[np.arange(len(returns)), latest], 0.0)
        np.add.at(back[:, t], returns.back, units)
    return back


def issuable(net: Network, reach: Floats) -> Floats:
    r"""Most that can be issued at each place in one period; [N, T].

    .. math:: S_{lpt} \le R_{lpt} / (1 - \max_{p'} ratio_{lp'})

    where anything at the location comes back in the period in which it is issued, as it may be
    issued again; else the reach R itself.

    Args:
        net: the network.
        reach: [N, T] most that can have come to each place.
    """
    if net.returns is None:
        return reach
    again = np.zeros((len(net.locations), reach.shape[1]))
    location = net.places.location[net.returns.place]
    share = np.where(net.returns.lag == 0, net.returns.ratio[:, None], 0.0)
    np.maximum.at(again, location, share)
    left = 1.0 - again[net.places.location]
    result: Floats = np.divide(reach, left, out=np.full(reach.shape, np.inf), where=left > 0.0)
    return np.where(reach > 0.0, result, 0.0)


def _reach(net: Network, brought: Floats) -> Floats:
    """Most that can have come by lanes and recipes, see ``reach``; [N, T]."""
    goods, places, last = net.goods, net.places, len(net.periods)
    own = places.opening[:, None] + np.cumsum(brought, axis=1)
    group, size = cycles(net)
    number = group[places.location] * len(net.products) + places.product
    total = np.zeros((len(size) * len(net.products), last))
    np.add.at(total, number, own)
    shipped = _latest_ship(net)
    most = _most_arrived(net)
    source, sink = number[goods.source], number[goods.sink]
    between = group[net.lanes.origin[goods.lane]] != group[net.lanes.destination[goods.lane]]
    level = group[net.lanes.destination[goods.lane]]
    order = np.argsort(level, kind="stable")
    order = order[between[order]]
    made = None if net.production is None else MadeReach(net, group)
    reached = np.unique(level[order]) if made is None else np.arange(len(size))
    for number_of in reached.tolist():
        here = order[slice(*np.searchsorted(level[order], [number_of, number_of + 1]))]
        k, at = here[:, None], shipped[here]
        came = np.where(at >= 0, total[source[k], np.maximum(at, 0)], 0.0)
        np.add.at(total, sink[here], np.minimum(came, most[here]))
        if made is not None:
            made.add(total, number_of)
    result: Floats = total[number]
    return result


def _latest_ship(net: Network) -> Ints:
    """Last period in which a good can leave to be there by each period, -1 = none; [K, T]."""
    goods, last = net.goods, len(net.periods)
    k, t = np.nonzero(goods.allowed)
    arrival = t + goods.lead[k, t]
    inside = arrival < last
    latest = np.full(goods.allowed.shape, -1, dtype=np.int64)
    np.maximum.at(latest, (k[inside], arrival[inside]), t[inside])
    result: Ints = np.maximum.accumulate(latest, axis=1)
    return result


def _most_arrived(net: Network) -> Floats:
    """Most the lane of a good can have brought by each period; [K, T]."""
    goods, last = net.goods, len(net.periods)
    k, t = np.nonzero(goods.allowed)
    arrival = t + goods.lead[k, t]
    inside = arrival < last
    most = np.zeros(goods.allowed.shape)
    np.add.at(most, (k[inside], arrival[inside]), net.lanes.max_shipment[goods.lane[k], t][inside])
    return np.cumsum(most, axis=1)


def gross(net: Network) -> Floats:
    """Units needed at a place for one good unit at whatever place it may go on to; [N].

    The product of 1 / yield over the way that loses most; round a circle of lanes the worst
    yield counts once for each further place of the circle.
    """
    goods, places = net.goods, net.places
    group, size = cycles(net)
    loss = np.ones(len(goods))
    usable = goods.allowed.any(axis=1)
    share = np.where(goods.allowed, goods.arriving_share, 1.0).min(axis=1, initial=1.0)
    loss[usable] = 1.0 / np.maximum(share[usable], 1e-9)
    start, end = group[net.lanes.origin[goods.lane]], group[net.lanes.destination[goods.lane]]
    number = group[places.location] * len(net.products) + places.product
    factor = np.ones(len(size) * len(net.products))
    round_ = np.ones_like(factor)
    inside = start == end
    np.maximum.at(round_, number[goods.source[inside]], loss[inside])
    round_ **= np.repeat(size - 1, len(net.products))
    order = np.argsort(-start, kind="stable")
    order = order[~inside[order]]
    factor *= round_
    for here in np.split(order, np.flatnonzero(np.diff(start[order])) + 1):
        source = number[goods.source[here]]
        onward = loss[here] * factor[number[goods.sink[here]]]
        np.maximum.at(factor, source, onward * round_[source])
    result: Floats = factor[number]
    return result
