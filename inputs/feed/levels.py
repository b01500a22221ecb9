"""Exact stock of every place, product and lot from its movements."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.feed.columns import COUNT, OUT, TRANSFER
from tierstock.inputs.feed.events import Events, Whole

MOST_KEYS = 2**62
"""Largest number of a key."""
KEY = ("location", "product", "lot", "expiry")


@dataclass(frozen=True)
class Levels:
    """Stock at the end, one row per place, product and lot that was ever moved.

    ``rows`` has location, product, lot, expiry (day, NaT where none), unit, quantity (millionths)
    and, where the stock was below zero at some moment, ``since`` (the first, ns since 1970, UTC),
    ``low`` (the level then) and ``event`` (number of the row that took it there); else ``event``
    is -1.
    """

    rows: pd.DataFrame


def levels_of(events: Events) -> Levels:
    r"""Return the stock after all movements.

    With :math:`c` the moment of the last count at a key and :math:`C` what was counted,

    .. math:: I = C + \sum_{e:\, t_e > c} q_e

    and without a count the sum of all movements. A transfer takes its quantity from one place and
    gives it to another at the same moment. Movements of the moment of a count are in the count.
    Sums are of whole millionths, so the order of rows does not matter to the last digit.
    """
    legs = _legs(events)
    legs["expiry"] = _days_of_lots(legs)
    key = _keys(legs)
    order = np.lexsort((legs["count"], legs["time"], key))
    key, time = key[order], legs["time"].to_numpy()[order]
    change = legs["change"].to_numpy()[order]
    first = _begins(key)
    reset = first | legs["count"].to_numpy()[order]
    total = np.cumsum(change)
    before = np.maximum.accumulate(np.where(reset, np.arange(len(order)), 0))
    level = total - (total - change)[before]
    ends = _ends(first)
    settled = _ends(_begins(time)) | ends
    rows = legs.iloc[order[ends]][[*KEY, "unit"]].reset_index(drop=True)
    rows["quantity"] = level[ends]
    rows["event"], rows["since"], rows["low"] = -1, 0, 0
    below = np.flatnonzero(settled & (level < 0))
    fell, at = np.unique((np.cumsum(first) - 1)[below], return_index=True)
    rows.loc[fell, "event"] = legs["row"].to_numpy()[order[below[at]]]
    rows.loc[fell, "since"] = time[below[at]]
    rows.loc[fell, "low"] = level[below[at]]
    return Levels(rows)


def _legs(events: Events) -> pd.DataFrame:
    """Return what every event changes at one place; transfers at two."""
    rows = events.rows
    kind = rows["kind"].to_numpy()
    change = rows["quantity"].to_numpy(dtype=np.int64)
    legs = rows[["location", "product", "lot", "expiry", "unit", "time"]].copy()
    legs["change"] = np.where(np.isin(kind, (OUT, TRANSFER)), -change, change)
    legs["count"] = kind == COUNT
    legs["row"] = np.arange(len(rows))
    moved = np.flatnonzero(kind == TRANSFER)
    arrived = legs.iloc[moved].assign(location=rows["to"].iloc[moved], change=change[moved])
    return pd.concat([legs, arrived], ignore_index=True)


def _days_of_lots(legs: pd.DataFrame) -> pd.Series:
    """Return the day of expiry of every row; a lot has the one that any of its rows states."""
    lotted = legs["lot"] != ""
    days = legs["expiry"]
    stated = legs[lotted & days.notna()]
    if stated.empty:
        return days
    size = len(legs["lot"].cat.categories)
    code = legs["product"].cat.codes.astype("int64") * size + legs["lot"].cat.codes
    known = days[stated.index].groupby(code[stated.index]).min()
    return days.where(~lotted, code.map(known))


def _keys(legs: pd.DataFrame) -> Whole:
    """Return one number per place, product and lot, or day of expiry of what has no lot.

    Numbers ascend as the names do.
    """
    key, size = np.zeros(len(legs), dtype=np.int64), 1
    for name in KEY:
        if name == "expiry":
            days = legs[name].mask(legs["lot"] != "")
            part = np.asarray(pd.factorize(days, sort=True)[0] + 1, dtype=np.int64)
        else:
            part = np.asarray(legs[name].cat.codes, dtype=np.int64)
        most = int(part.max(initial=0)) + 1
        if size * most > MOST_KEYS:
            key = np.unique(key, return_inverse=True)[1]
            size = int(key.max(initial=0)) + 1
        key, size = key * most + part, size * most
    return key


def _begins(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where a run of equal values begins."""
    begins = np.ones(len(values), dtype=np.bool_)
    begins[1:] = values[1:] != values[:-1]
    return begins


def _ends(begins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where a run ends, from where runs begin."""
    return np.append(begins, True)[1:]
