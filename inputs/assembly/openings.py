"""What is there at the start: opening stock, backlog, open orders and goods in transit (F27)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.periods import BEFORE, locate_dates
from tierstock.inputs.assembly.places import Pairs, find
from tierstock.inputs.assembly.unique import told_apart
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Orders, Periods, Supply, Texts
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Table

A_YEAR = np.timedelta64(365, "D")
"""Orders due later than this behind the horizon are probably misdated."""


@dataclass(frozen=True)
class Opening:
    """Opening stock by location and product."""

    location: Ints
    product: Ints
    usable: Floats
    """Quantity - Blocked, never negative, units."""
    blocked: Floats
    """Stock never usable in the horizon, units."""
    backlog: Floats
    """Units owed at the start: a negative Quantity."""
    row: Ints
    """First row of OpeningStock for the pair."""


@dataclass(frozen=True)
class OpenOrders:
    """Rows of InTransit by label, before places are numbered."""

    label: Texts
    origin: Ints
    """Location that sends; -1 where not stated."""
    destination: Ints
    product: Ints
    ship: Ints
    """Period in which it leaves; -1 = before the horizon or not stated."""
    due: Ints
    """Period in which it arrives; T = after the horizon."""
    quantity: Floats
    firm: Flags
    row: Ints
    """Row of InTransit."""

    def __len__(self) -> int:
        return len(self.label)


def build_opening(table: Table, locations: Texts, products: Texts, findings: Findings) -> Opening:
    """Add up OpeningStock per location and product, ruling 31.

    Blocked is part of Quantity; more blocked than there is, or blocked stock beside a backlog, is
    an error at the cell, unless the quantity could not be read.
    """
    frame = table.frame
    location = find(locations, frame["location"].to_numpy(dtype=object))
    product = find(products, frame["product"].to_numpy(dtype=object))
    known = np.flatnonzero((location >= 0) & (product >= 0))
    stated = frame["quantity"].to_numpy(np.float64)
    quantity = np.nan_to_num(stated)
    held = np.nan_to_num(frame["blocked"].to_numpy(np.float64))
    order = known[np.lexsort((held[known], quantity[known]))]
    keys, first, pair = np.unique(
        location[order] * max(len(products), 1) + product[order],
        return_index=True,
        return_inverse=True,
    )
    total = np.bincount(pair, weights=quantity[order], minlength=len(keys))
    blocked = np.bincount(pair, weights=held[order], minlength=len(keys))
    rows = order[first]
    readable = np.bincount(pair, weights=np.isnan(stated)[order], minlength=len(keys)) == 0
    over = readable & (blocked > np.maximum(total, 0.0) * (1 + 1e-9) + 1e-9)
    findings.add("blocked-over-stock", table=table, index=rows[over], field="blocked")
    usable = np.maximum(total - blocked, 0.0)
    return Opening(
        keys // max(len(products), 1),
        keys % max(len(products), 1),
        np.where(total > 0.0, usable, 0.0),
        np.asarray(blocked, dtype=np.float64),
        np.maximum(-total, 0.0),
        rows,
    )


def build_orders(
    table: Table, locations: Texts, products: Texts, periods: Periods, findings: Findings
) -> OpenOrders:
    """Return the open orders in the order of their labels.

    Overdue orders arrive in the first period, with a warning; orders due after the horizon are
    told, those of more than a year with a warning. Orders that leave after the horizon
    are left out, with a warning: nothing of them happens inside it.
    """
    frame = table.frame
    origin = find(locations, frame["from"].to_numpy(dtype=object))
    destination = find(locations, frame["to"].to_numpy(dtype=object))
    product = find(products, frame["product"].to_numpy(dtype=object))
    due_date = frame["due_date"].to_numpy().astype("datetime64[D]")
    due = locate_dates(periods, due_date)
    ship = locate_dates(periods, frame["ship_date"].to_numpy().astype("datetime64[D]"))
    quantity = np.nan_to_num(frame["quantity"].to_numpy(np.float64))
    known = (destination >= 0) & (product >= 0) & ~np.isnat(due_date)
    late = known & (due == BEFORE)
    findings.add("order-overdue", table=table, index=np.flatnonzero(late), field="due_date")
    leaving_later = known & (ship == len(periods))
    findings.add(
        "order-leaves-later", table=table, index=np.flatnonzero(leaving_later), field="ship_date"
    )
    backwards = known & (ship >= 0) & (due < ship) & ~leaving_later
    findings.add("order-backwards", table=table, index=np.flatnonzero(backwards), field="due_date")
    after = known & (due == len(periods)) & ~leaving_later
    far = after & (due_date > periods.end[-1] + A_YEAR)
    findings.add("order-far", table=table, index=np.flatnonzero(far), field="due_date")
    behind = np.flatnonzero(after & ~far)
    findings.add("order-after-horizon", table=table, index=behind, field="due_date")
    due = np.maximum(due, 0)
    rows = np.flatnonzero(known & ~leaving_later)
    label = _labels(frame, rows, due_date)
    order = np.argsort(label.astype(str), kind="stable")
    rows, label = rows[order], label[order]
    firm = frame["firm"].to_numpy(np.float64)
    return OpenOrders(
        label,
        origin[rows],
        destination[rows],
        product[rows],
        np.where(origin[rows] >= 0, ship[rows], -1),
        due[rows],
        quantity[rows],
        ~(firm[rows] == 0.0),
        rows,
    )


def _labels(
    frame: pd.DataFrame, rows: Ints, due: "np.ndarray[tuple[int], np.dtype[np.datetime64]]"
) -> Texts:
    """Unique names that do not depend on the order of the rows.

    The order number; with the product where the number comes with several; without a number
    ``From→To product due date``. Equal names are counted, by quantity.
    """
    part = frame.iloc[rows]
    number = part["order_no"].to_numpy(dtype=object)
    product = part["product"].to_numpy(dtype=object)
    route = part["from"].to_numpy(dtype=object) + "→" + part["to"].to_numpy(dtype=object)
    plain = route + " " + product + " " + due[rows].astype(str).astype(object)
    repeated = pd.Series(number).duplicated(keep=False).to_numpy()
    name = np.where(repeated, number + " " + product, number)
    name = np.where(number == "", plain, name)
    order = np.lexsort((part["quantity"].to_numpy(np.float64), name.astype(str)))
    numbered = name.astype(object)
    numbered[order] = told_apart(numbered[order])
    return numbered


def network_orders(orders: OpenOrders, pairs: Pairs, supply: Supply) -> Orders:
    """Return the open orders at their places.

    A cancelled unit saves the purchase cost of the first period, by the Supply row of its origin,
    else of its destination; nothing where it has yet to leave a place of the network, as it then
    stays there.
    """
    place = pairs.at(orders.destination, orders.product)
    sender = pairs.at(orders.origin, orders.product)
    number = np.full(len(pairs) + 1, -1, dtype=np.int64)
    number[supply.place] = np.arange(len(supply))
    bought = np.where(number[sender] >= 0, number[sender], number[place])
    saving = np.zeros(len(orders))
    known = (bought >= 0) & (orders.ship < 0)
    saving[known] = supply.unit_cost[bought[known], 0]
    return Orders(
        label=orders.label,
        place=place,
        origin=np.where(orders.ship >= 0, sender, -1),
        ship=orders.ship,
        due=orders.due,
        quantity=orders.quantity,
        firm=orders.firm,
        saving=saving,
    )


def scheduled(orders: Orders, chosen: Flags, places: int, periods: int) -> tuple[Floats, Floats]:
    """What chosen open orders bring to and take from each place per period, two arrays [N, T]."""
    arriving, leaving = np.zeros((places, periods)), np.zeros((places, periods))
    inside = chosen & (orders.due < periods)
    np.add.at(arriving, (orders.place[inside], orders.due[inside]), orders.quantity[inside])
    out = chosen & (orders.origin >= 0)
    np.add.at(leaving, (orders.origin[out], orders.ship[out]), orders.quantity[out])
    return arriving, leaving


def check_stock_date(settings: Settings, periods: Periods, findings: Findings) -> None:
    """Warn when the stock was counted after the horizon begins, or more than a bucket before."""
    if settings.stock_date is None:
        return
    day = settings.stock_date.astype("datetime64[D]")
    early = float((periods.start[0] - day).astype(np.float64))
    if early < 0.0 or early > periods.days[0]:
        findings.add(
            "stock-date-far", sheet="Settings", value=str(day), start=str(periods.start[0])
        )
