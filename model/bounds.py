"""Tight upper bounds from the data (mathematics C.6.2): no constant big-M anywhere."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network

Floats = NDArray[np.float64]


def need(net: Network) -> Floats:
    r"""Most of a product that any one decision of a period can be of use for; shape [P, T].

    .. math::

        need_{pt} = \Bigl(\sum_{t' \ge t} d_{pt'} + B_{p0} + \max_{t'} SS_{pt'} + term_p
            + commitments_p\Bigr) / yld^{depth} + stock_p + lot_p

    All demand still to come, the opening backlog, the largest safety stock, terminal targets
    (or the quantity that earns a credit), take-or-pay quantities, grossed up by the yields on
    the longest way; besides all stock and open orders, which may be moved to a cheaper place;
    and one minimum shipment or vehicle load of rounding. With non-negative costs no optimal plan
    ships or orders more in one decision, so it closes the link between a quantity and its binary.
    """
    products = len(net.products)
    demand, places, last = net.demand, net.places, len(net.periods)
    of_demand = places.product[demand.place]
    wanted = np.zeros((products, last))
    np.add.at(wanted, of_demand, demand.quantity)
    wanted = np.cumsum(wanted[:, ::-1], axis=1)[:, ::-1].copy()
    fixed = np.zeros(products)
    np.add.at(fixed, of_demand, demand.opening_backlog)
    np.add.at(fixed, places.product, places.safety.max(axis=1, initial=0.0))
    pairs = np.unique(net.terminal.row * products + places.product[net.terminal.place])
    np.add.at(fixed, pairs % products, net.terminal.target[pairs // products])
    np.add.at(fixed, places.product[net.supply.place], net.supply.least.sum(axis=1))
    moved = np.zeros(products)
    np.add.at(moved, places.product, places.opening + places.arriving.sum(axis=1))
    np.add.at(moved, places.product[net.orders.place], net.orders.quantity)
    return (wanted + fixed[:, None]) / _least_yield(net) + (moved + _lot(net))[:, None]


def _least_yield(net: Network) -> float:
    used = net.goods.arriving_share[net.goods.allowed]
    least = min(float(used.min(initial=1.0)), 1.0)
    return max(least ** (len(net.locations) - 1), 1e-6)


def _lot(net: Network) -> Floats:
    lot = float(net.lanes.min_shipment.max(initial=0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        load = net.vehicles.limit[None, :, :] / net.products.measure[:, None, :]
    load = np.where(np.isfinite(load), load, 0.0)
    largest: Floats = load.max(axis=(1, 2), initial=0.0)
    return lot + largest


def flow_bound(net: Network) -> Floats:
    """Upper bound of each shipment, the smaller of lane capacity and need; shape [K, T]."""
    goods = net.goods
    return np.minimum(net.lanes.max_shipment[goods.lane], need(net)[goods.product])
