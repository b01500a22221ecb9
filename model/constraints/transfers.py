"""F18 transfers: what the donor keeps, no sending on at once, only to who is short."""

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network, Transfers
from tierstock.model.keys import Keys, Level
from tierstock.model.links import grouped, link
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare, positions

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Ship by transfer only what the donor can spare, and only to whom it may go.

    .. math::

        x_{apt} \le (R_{lpt} - C)\, don_{lpCt}, \qquad I_{lpt} \ge C\, don_{lpCt}

        x_{apt} \le Ub_{apt}\, rec_{lpct'}\ (t' = t + \ell), \qquad
        don_{lpCt} + rec_{lpct'} \le 1 \quad (t' \le t \le t' + c)

        don_{lpCt} \le can_i \quad (due_i \le t \le due_i + c)

        x_{apt} \le Ub_{apt}\, s_{jpt'}, \qquad
        I_{jpt'} - latin_{jpt'} + latout_{jpt'} + M_{jpt'}\, s_{jpt'} \le SS_{jpt'} + M_{jpt'}

    ======  ==========================  ========================================  =======
    sign    in code                     meaning                                   unit
    ======  ==========================  ========================================  =======
    x       ``m.flow``                  shipped on a transfer lane                units
    don     ``m.transfer_sent``         1 where the place may send                0 or 1
    rec     ``m.transfer_received``     1 where it receives by transfer           0 or 1
    s       ``m.transfer_needed``       1 where it is below its target without    0 or 1
    I       ``m.stock``                 stock at the end of the period            units
    C       ``net.transfers.cover``     stock left after sending, days as units   units
    c       ``net.transfers.cooldown``  no sending on for so many periods         periods
    latin   ``m.flow``                  all that comes by transfer in the period  units
    latout  ``m.flow``                  all that leaves by transfer               units
    SS      ``net.places.safety``       target, 0 where none                      units
    can     ``m.cancelled``             1 where the open order is cancelled       0 to 1
    R       ``m.bounds.reach``          what can have come to the place           units
    Ub      ``m.bounds.flow``           tight bound of the shipment               units
    M       ``m.bounds``                most stock there can be, less the target  units
    ======  ==========================  ========================================  =======

    C holds at the end of the ship period; a donor below it today does not send, so the rule binds
    from the first period that can comply (ruling 39). The Cooldown is that of the transfer by
    which goods came; an open order between places with such a lane counts too (firm: can = 0).
    Only If Shortage compares the target with the stock the receiver would have without the
    transfers of the period, in and out; where no target is stated it must have nothing. What
    arrives after the horizon is compared with no target. Binaries exist only where needed.
    Source: Paterson, Kiesmüller, Teunter & Glazebrook, European Journal of Operational Research
    210 (2011). Sheet: TransferRules.
    """
    terms, flow = net.transfers, m.component("flow")
    if terms is None or flow is None:
        return
    at = flow.grid[terms.goods]
    _donors(m, net, terms, at)
    _shortages(m, net, terms, at)


def _donors(m: pyo.ConcreteModel, net: Network, terms: Transfers, at: Ints) -> None:
    """Donor cover and cooldown; ``at`` [M, T] position of each shipment."""
    receives, length = _received(m, net, terms, at)
    waits = _waiting(net, terms, receives, length)
    g, t = np.nonzero((at >= 0) & ((terms.cover > 0) | waits[net.goods.source[terms.goods]]))
    source = net.goods.source[terms.goods[g]]
    cover = terms.cover[g, t]
    levels, level = np.unique(cover, return_inverse=True)
    row, where = grouped(source, level, t)
    place, least, when = source[where], level[where], t[where]
    names = Level([f"keeps {amount:.12g}" for amount in levels])
    keys = Keys(
        (m.names.location, m.names.product, names, m.names.period),
        (net.places.location[place], net.places.product[place], least, when),
    )
    shape = (len(net.places), len(levels), len(net.periods))
    codes = {"place": place, "cover": least, "period": when}
    free = np.where(_known(net, terms)[place, when], 0.0, 1.0)
    sent = declare(
        m,
        "transfer_sent",
        keys,
        codes,
        shape,
        upper=free,
        integer=True,
        doc="1 where the place may send by transfer",
    )
    if sent is None:
        return
    k = terms.goods[g]
    room = np.minimum(m.bounds.flow[k, t], np.maximum(m.bounds.reach[source, t] - cover, 0.0))
    link(m, "transfer_donor_link", at[g, t], sent, row, room)
    keeps = np.flatnonzero(levels[least] > 0)
    stock = positions(m, "stock", (len(net.places), len(net.periods)))
    keys = Keys(keys.levels, [code[keeps] for code in keys.codes])
    rows = Rows(m, "transfer_cover", keys, "I >= C sent")
    rows.add(m.component("stock"), 1.0, at=stock[place[keeps], when[keeps]])
    rows.add(sent, -levels[least[keeps]], at=keeps)
    rows.at_least(0.0)
    if receives is not None:
        _cooldown(m, net, sent, receives, length)
    _cooldown_of_orders(m, net, terms, sent)


def _received(
    m: pyo.ConcreteModel, net: Network, terms: Transfers, at: Ints
) -> tuple[ArrayVar | None, Ints]:
    """Declare where transfers with a cooldown are received, and how long it lasts for each.

    Nothing where no transfer could send on inside the cooldown.
    """
    last, sends = len(net.periods), np.zeros((len(net.places), len(net.periods)), dtype=bool)
    g, t = np.nonzero(at >= 0)
    sends[net.goods.source[terms.goods[g]], t] = True
    g, t = np.nonzero((at >= 0) & (terms.cooldown > 0))
    k, length = terms.goods[g], terms.cooldown[g, t]
    sink, due = net.goods.sink[k], t + net.goods.lead[k, t]
    later = np.cumsum(sends, axis=1)
    before = np.where(due > 0, later[sink, np.clip(due - 1, 0, last - 1)], 0)
    until = later[sink, np.minimum(due + length, last - 1)]
    here = np.flatnonzero((due < last) & (until > before))
    g, t, k, sink, due = g[here], t[here], k[here], sink[here], due[here]
    levels, level = np.unique(length[here], return_inverse=True)
    row, where = grouped(sink, level, due)
    place, waits, when = sink[where], level[where], due[where]
    names = Level([f"waits {count}" for count in levels])
    keys = Keys(
        (m.names.location, m.names.product, names, m.names.period),
        (net.places.location[place], net.places.product[place], waits, when),
    )
    found = declare(
        m,
        "transfer_received",
        keys,
        {"place": place, "wait": waits, "period": when},
        (len(net.places), len(levels), last),
        upper=1.0,
        integer=True,
        doc="1 where the place receives by transfer",
    )
    if found is not None:
        link(m, "transfer_receiver_link", at[g, t], found, row, m.bounds.flow[k, t])
    return found, levels[waits]


def _waiting(net: Network, terms: Transfers, receives: ArrayVar | None, length: Ints) -> Flags:
    """Periods in which a place may have to wait before it sends on; [N, T]."""
    waits = np.zeros((len(net.places), len(net.periods)), dtype=bool)
    entry, when = _span(net.orders.due[terms.order], terms.order_cooldown, len(net.periods))
    waits[net.orders.place[terms.order][entry], when] = True
    if receives is not None:
        entry, when = _span(receives.codes["period"], length, len(net.periods))
        waits[receives.codes["place"][entry], when] = True
    return waits


def _span(due: NDArray[Any], length: Ints, periods: int) -> tuple[Ints, Ints]:
    """Entry and period of all periods from each ``due`` to ``due + length``."""
    count = np.minimum(due + length, periods - 1) - due + 1
    entry = np.repeat(np.arange(len(due)), count)
    return entry, due[entry] + np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)


def _known(net: Network, terms: Transfers) -> Flags:
    """Periods in which firm open orders forbid to send on; [N, T]."""
    shut = np.zeros((len(net.places), len(net.periods)), dtype=bool)
    firm = net.orders.firm[terms.order]
    order = terms.order[firm]
    entry, when = _span(net.orders.due[order], terms.order_cooldown[firm], len(net.periods))
    shut[net.orders.place[order][entry], when] = True
    return shut


def _cooldown(
    m: pyo.ConcreteModel, net: Network, sent: ArrayVar, receives: ArrayVar, length: Ints
) -> None:
    codes = receives.codes
    entry, when = _span(codes["period"], length, len(net.periods))
    donor = sent.grid[codes["place"][entry], :, when]
    number, cover = np.nonzero(donor >= 0)
    entry, donor = entry[number], donor[number, cover]
    place = codes["place"][entry]
    keys = Keys(
        (*sent.key_list.levels, receives.key_list.levels[2], m.names.period),
        (
            net.places.location[place],
            net.places.product[place],
            cover,
            when[number],
            codes["wait"][entry],
            codes["period"][entry],
        ),
    )
    rows = Rows(m, "transfer_cooldown", keys, "sent + received before <= 1")
    rows.add(sent, 1.0, at=donor)
    rows.add(receives, 1.0, at=entry)
    rows.at_most(1.0)


def _cooldown_of_orders(
    m: pyo.ConcreteModel, net: Network, terms: Transfers, sent: ArrayVar
) -> None:
    loose = ~net.orders.firm[terms.order]
    order, length = terms.order[loose], terms.order_cooldown[loose]
    entry, when = _span(net.orders.due[order], length, len(net.periods))
    donor = sent.grid[net.orders.place[order][entry], :, when]
    number, cover = np.nonzero(donor >= 0)
    if not len(number):
        return
    order, donor = order[entry[number]], donor[number, cover]
    place = net.orders.place[order]
    keys = Keys(
        (*sent.key_list.levels, m.names.order),
        (net.places.location[place], net.places.product[place], cover, when[number], order),
    )
    rows = Rows(m, "transfer_cooldown_order", keys, "sent only where the order is cancelled")
    rows.add(sent, 1.0, at=donor)
    rows.add(m.cancelled, -1.0, at=m.cancelled.grid[order])
    rows.at_most(0.0)


def _shortages(m: pyo.ConcreteModel, net: Network, terms: Transfers, at: Ints) -> None:
    """Only If Shortage: the receiver is below its target but for what comes by transfer."""
    last, goods = len(net.periods), net.goods
    stock = positions(m, "stock", (len(net.places), last))
    g, t = np.nonzero(at >= 0)
    k = terms.goods[g]
    sink, due = goods.sink[k], t + goods.lead[k, t]
    inside = due < last
    inside[inside] = stock[sink[inside], due[inside]] >= 0
    limited = np.flatnonzero(inside & terms.only_short[g, t])
    row, where = grouped(sink[limited], np.zeros(len(limited), dtype=np.int64), due[limited])
    place, when = sink[limited][where], due[limited][where]
    needed = declare(
        m,
        "transfer_needed",
        m.names.at_place(place, when),
        {"place": place, "period": when},
        (len(net.places), last),
        upper=1.0,
        integer=True,
        doc="1 where the place is below its target but for transfers",
    )
    if needed is None:
        return
    position, bound = at[g, t][limited], m.bounds.flow[k, t][limited]
    link(m, "transfer_need_link", position, needed, row, bound)
    target = net.places.safety[place, when]
    most = np.minimum(m.bounds.reach[place, when], m.bounds.need[place].max(axis=1))
    room = np.maximum(most - target, 0.0)
    rows = Rows(m, "transfer_need", needed.key_list, "stock but for transfers <= target")
    rows.add(m.stock, 1.0, at=stock[place, when])
    rows.add(needed, room, at=np.arange(len(place)))
    here = np.flatnonzero(inside)
    rows.add(
        m.flow,
        -goods.arriving_share[k[here], t[here]],
        at=at[g[here], t[here]],
        row=needed.grid[sink[here], due[here]],
        partial=True,
    )
    rows.add(m.flow, 1.0, at=at[g, t], row=needed.grid[goods.source[k], t], partial=True)
    rows.at_most(target + room)
