"""Amounts of money, carbon or stock that follow from decisions, with where and when they count."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray

from tierstock.inputs.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Amounts that follow from one family of variables; known amounts where it has no name."""

    variable: str
    """Name of the family on the model; blank for amounts that no decision changes."""
    at: Ints
    """[n] position in the family."""
    amount: Floats
    """[n] amount per unit of the variable."""
    location: Ints
    """[n] location at which it counts."""
    product: Ints
    """[n] product, -1 where it belongs to no single one."""
    period: Ints
    """[n] period in which it counts."""


def tally(
    m: pyo.ConcreteModel,
    variable: str,
    amount: ArrayLike,
    location: NDArray[np.integer],
    product: NDArray[np.integer] | None = None,
) -> Tally:
    """Return the amounts of a whole family, in the period of each variable."""
    codes = m.component(variable).codes
    period = codes["period"].astype(np.int64)
    nothing = np.full(len(period), -1)
    return Tally(
        variable,
        np.arange(len(period)),
        np.broadcast_to(np.asarray(amount, dtype=float), len(period)),
        location.astype(np.int64),
        (nothing if product is None else product).astype(np.int64),
        period,
    )


def emissions(m: pyo.ConcreteModel, net: Network) -> Iterator[Tally]:
    """Kilograms of carbon: of shipments and trips at their origin, of open sites."""
    if net.carbon is None:
        return
    goods, lanes = net.goods, net.lanes
    if m.component("flow") is not None and net.carbon.goods.any():
        k, t = m.flow.codes["goods"], m.flow.codes["period"]
        origin = lanes.origin[goods.lane[k]]
        yield tally(m, "flow", net.carbon.goods[k, t], origin, goods.product[k])
    if m.component("trips") is not None and net.carbon.vehicle.any():
        lane, vehicle = m.trips.codes["lane"], m.trips.codes["vehicle"]
        yield tally(m, "trips", net.carbon.vehicle[vehicle], lanes.origin[lane])
    if m.component("site_open") is not None and net.carbon.site.any():
        location = m.site_open.codes["location"]
        yield tally(m, "site_open", net.carbon.site[location], location)


def charged(m: pyo.ConcreteModel, net: Network, *terms: str) -> Iterator[Tally]:
    """Money of some cost terms, in the period of its variable and without discount.

    Freight of every kind stands at the origin of its lane, the rest at its own location.
    """
    families = m.columns.families
    for term in terms:
        for columns, money in m.costs.entries.get(term, []):
            family = families[int(np.searchsorted(m.columns.starts, columns[0], "right")) - 1]
            at = columns - family.start
            period = family.codes["period"][at].astype(np.int64)
            location, product = _where(net, family.codes, at)
            worth = m.costs.worth(period)
            yield Tally(family.local_name, at, money / worth, location, product, period)


def _where(net: Network, codes: dict[str, NDArray[np.int32]], at: Ints) -> tuple[Ints, Ints]:
    """Location and product of variables, by what they are counted by."""
    name = next(code for code in codes if code != "period")
    code = codes[name][at].astype(np.int64)
    none = np.full(len(at), -1)
    origin = net.lanes.origin
    if name == "goods":
        return origin[net.goods.lane[code]], net.goods.product[code]
    if name == "lane":
        return origin[code], none
    if name == "bracket":
        assert net.rates is not None
        return origin[net.rates.lane[code]], none
    if name in ("recipe", "resource", "family"):
        assert net.production is not None
        made = {"recipe": "recipes", "resource": "resources", "family": "families"}[name]
        return getattr(net.production, made).location[code], none
    if name == "location":
        return code, none
    if name == "limit":
        return net.capacity.location[code], none
    if name == "move":
        assert net.transfers is not None
        return net.transfers.moves.origin[code], none
    place = net.supply.place[code] if name == "supply" else code
    return net.places.location[place], net.places.product[place]


def capital(
    m: pyo.ConcreteModel, net: Network, *, in_transit: bool, value: Floats | None = None
) -> Iterator[Tally]:
    r"""Money bound in stock at the end of each period, at its value there.

    Usable and blocked stock, and with ``in_transit`` what is under way by lanes and open orders,
    at the value of the place it goes to. An open order without Ship Date is under way from the
    start; what is ordered from a supply and not yet received does not count. Another ``value``
    [N, T] may be given.
    """
    places, last = net.places, len(net.periods)
    value = places.value if value is None else value
    stock = m.component("stock")
    if stock is not None:
        n, t = stock.codes["place"], stock.codes["period"]
        yield tally(m, "stock", value[n, t], places.location[n], places.product[n])
    known = np.repeat(places.blocked[:, None], last, axis=1)
    if in_transit:
        orders = net.orders
        flow = m.component("flow")
        if flow is not None:
            k, t = flow.codes["goods"], flow.codes["period"]
            yield _under_way(
                net,
                value,
                "flow",
                np.arange(len(k)),
                np.ones(len(k)),
                net.goods.sink[k],
                t,
                np.minimum(t + net.goods.lead[k, t], last),
            )
        start, end = np.maximum(orders.ship, 0), np.minimum(orders.due, last)
        index, when = _spans(start, end)
        np.add.at(known, (orders.place[index], when), orders.quantity[index])
        cancelled = m.component("cancelled")
        if cancelled is not None:
            o = cancelled.codes["order"]
            yield _under_way(
                net,
                value,
                "cancelled",
                np.arange(len(o)),
                -orders.quantity[o],
                orders.place[o],
                start[o],
                end[o],
            )
    n, t = np.nonzero(known)
    amount = value[n, t] * known[n, t]
    yield Tally("", n, amount, places.location[n], places.product[n], t)


def _spans(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Every period from ``start`` to before ``end``: number of the entry, and the period."""
    length = np.maximum(end - start, 0)
    index = np.repeat(np.arange(len(start)), length)
    offset = np.arange(len(index)) - np.repeat(np.cumsum(length) - length, length)
    return index, start[index] + offset


def _under_way(
    net: Network,
    value: Floats,
    name: str,
    at: Ints,
    units: Floats,
    place: Ints,
    start: Ints,
    end: Ints,
) -> Tally:
    """Value of what is under way to a place from ``start`` to before ``end``."""
    places = net.places
    index, when = _spans(start.astype(np.int64), end.astype(np.int64))
    where = place[index]
    amount = units[index] * value[where, when]
    return Tally(name, at[index], amount, places.location[where], places.product[where], when)
