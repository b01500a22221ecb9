"""Goods counted once: what is received or on the way is no longer on order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.amounts import Micros


@dataclass(frozen=True)
class Netted:
    """What of each open order is on the way already."""

    taken: Micros
    """Quantity taken off each row; 0 for shipments."""
    by: NDArray[np.int64]
    """Position of the first shipment it is on; -1 where none is."""
    over: NDArray[np.int64]
    """Positions of the first shipments of orders of which more is on the way than is open."""
    excess: Micros
    """How much more, one number per member of ``over``."""


def net(frame: pd.DataFrame) -> Netted:
    """Take shipments off the orders they belong to.

    A shipment belongs to the rows with its order number and product; where both state a line, to
    those of that line. The order row that is due first is taken first. A shipment of which no
    order is open stands for itself.

    Args:
        frame: rows of InTransit with ``_kind``, ``order_no``, ``product``, ``quantity`` in
            millionths, and perhaps ``line`` and ``due_date``.
    """
    count = len(frame)
    taken, by = np.zeros(count, dtype=np.int64), np.full(count, -1)
    nothing = Netted(taken, by, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    if "order_no" not in frame or "_kind" not in frame:
        return nothing
    named = (frame["order_no"] != "").to_numpy()
    is_order = (frame["_kind"] == "orders").to_numpy()
    orders, shipments = np.flatnonzero(named & is_order), np.flatnonzero(named & ~is_order)
    if not len(orders) or not len(shipments):
        return nothing
    line = frame["line"].to_numpy() if "line" in frame else np.full(count, "", dtype=object)
    pair = pd.MultiIndex.from_arrays([frame["order_no"], frame["product"]])
    exact = pd.MultiIndex.from_arrays([frame["order_no"], frame["product"], line])
    left = frame["quantity"].to_numpy(np.int64).copy()
    lined = line != ""
    first = exact[shipments].isin(exact[orders[lined[orders]]]) & lined[shipments]
    _take(frame, exact, orders, shipments[first], left, taken, by)
    loose = orders[~lined[orders]]
    _take(frame, pair, loose, shipments[~first & lined[shipments]], left, taken, by)
    _take(frame, pair, orders, shipments[~lined[shipments]], left, taken, by)
    stands = left[shipments] > 0
    known = pair[shipments].isin(pair[orders])
    over = shipments[stands & known]
    return Netted(taken, by, over, left[over])


def _take(
    frame: pd.DataFrame,
    pairs: pd.MultiIndex,
    orders: NDArray[np.int64],
    shipments: NDArray[np.int64],
    left: Micros,
    taken: Micros,
    by: NDArray[np.int64],
) -> None:
    """Lay orders and shipments of each pair end to end; where they overlap, one is the other.

    ``left`` holds what of every row is not matched yet; it is changed, as are the others.
    """
    if not len(orders) or not len(shipments):
        return
    due = frame["due_date"].to_numpy() if "due_date" in frame else np.zeros(len(frame))
    orders = orders[np.argsort(due[orders], kind="stable")]
    both = np.concatenate([orders, shipments])
    codes = pd.factorize(pairs[both])[0]
    order_code, ship_code = codes[: len(orders)], codes[len(orders) :]
    total = np.zeros(codes.max() + 1, dtype=np.int64)
    np.add.at(total, ship_code, left[shipments])
    before = _running(order_code, left[orders])
    take = np.clip(total[order_code] - before, 0, left[orders])
    earliest = np.full(len(total), -1)
    earliest[ship_code[::-1]] = shipments[::-1]
    taken[orders] += take
    hit = orders[take > 0]
    by[hit] = np.where(by[hit] < 0, earliest[order_code[take > 0]], by[hit])
    left[orders] -= take
    used = np.zeros(len(total), dtype=np.int64)
    np.add.at(used, order_code, take)
    before = _running(ship_code, left[shipments])
    left[shipments] -= np.clip(used[ship_code] - before, 0, left[shipments])


def _running(codes: NDArray[np.int64], values: Micros) -> Micros:
    """Return the sum of the earlier values of the same code."""
    series = pd.Series(values)
    result: Micros = (series.groupby(codes).cumsum() - series).to_numpy(np.int64)
    return result
