"""What companies pay and are paid, with where and when (F32)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Cash, Network
from tierstock.model.tallies import Tally, charged, tally

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
AT_ONCE = (
    "order",
    "take-or-pay",
    "production",
    "setup",
    "overtime",
    "line fixed",
    "freight",
    "trips",
    "departure",
    "move",
    "extra capacity",
    "disposal",
    "site opening",
    "site closing",
    "site fixed",
)
"""Cost terms that are paid in their period where they arise; purchases, duty, handling and
transfer prices have their own rules, all other terms are values or penalties that nobody pays."""


def payments(m: pyo.ConcreteModel, net: Network, cash: Cash) -> Iterator[Tally]:
    """Money that leaves the accounts, negative where it comes in; period T = after the horizon.

    Purchases and sales count in the period in which they are due.
    """
    for one in charged(m, net, "purchase"):
        yield replace(one, period=cash.paid[one.location, one.period])
    yield from charged(m, net, *AT_ONCE)
    for one in charged(m, net, "duty"):
        goods = m.flow.codes["goods"][one.at]
        yield replace(one, location=net.lanes.destination[net.goods.lane[goods]].astype(np.int64))
    yield from _transfer_prices(m, net)
    yield from _handling(m, net)
    yield from _sales(m, net, cash)


def balances(m: pyo.ConcreteModel, net: Network) -> Iterator[Tally]:
    """What is missing to any cash at the end of each period: minus the balance."""
    assert net.cash is not None
    yield tally(m, "cash", -1.0, net.cash.place[m.cash.codes["account"]])


def _transfer_prices(m: pyo.ConcreteModel, net: Network) -> Iterator[Tally]:
    """The company that receives pays the one that sends, when it is sent."""
    if net.tariffs is None or m.component("flow") is None:
        return
    k, t = (m.flow.codes[name].astype(np.int64) for name in ("goods", "period"))
    price, lane = net.tariffs.transfer_price[k, t], net.goods.lane[k]
    yield tally(m, "flow", price, net.lanes.destination[lane])
    yield tally(m, "flow", -price, net.lanes.origin[lane])


def _handling(m: pyo.ConcreteModel, net: Network) -> Iterator[Tally]:
    """What is received by lanes or bought, and what is shipped or issued, where it happens."""
    places, last = net.places, len(net.periods)
    for kinds, price in (
        (("received", "purchased"), places.handling_in),
        (("shipped", "issued"), places.handling_out),
    ):
        if not price.any():
            continue
        for entry in m.movements.of(*kinds):
            here = np.flatnonzero(entry.period < last)
            place, period = entry.place[here], entry.period[here].astype(np.int64)
            money = entry.amount[here] * price[place, period]
            where = places.location[place].astype(np.int64)
            yield Tally(entry.variable, entry.at[here], money, where, _none(here), period)
        yield _known(price * m.movements.known(*kinds)[:, :last], places.location)


def _sales(m: pyo.ConcreteModel, net: Network, cash: Cash) -> Iterator[Tally]:
    """Demand is sold in the period of its issue, at the price of revenue."""
    assert net.sales is not None
    price, location = net.sales.price, net.places.location[net.demand.place]
    for name, sign in (("lost", 1.0), ("owed_new", 1.0), ("owed_served", -1.0)):
        family = m.component(name)
        if family is not None:
            d, t = (family.codes[code].astype(np.int64) for code in ("stream", "period"))
            one = tally(m, name, sign * price[d, t], location[d])
            yield replace(one, period=cash.collected[location[d], t])
    wanted = _known(-price * net.demand.quantity, location)
    yield replace(wanted, period=cash.collected[wanted.location, wanted.period])


def _known(money: Floats, location: Ints) -> Tally:
    """Amounts that no decision changes, [rows, T], at the location of each row."""
    row, period = np.nonzero(money)
    return Tally("", row, money[row, period], location[row], _none(row), period)


def _none(codes: Ints) -> Ints:
    return np.full(len(codes), -1, dtype=np.int64)
