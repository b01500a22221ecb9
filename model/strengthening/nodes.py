"""The stock balance of every place, read for inequalities: what must leave and what can come."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TINY = 1e-9
"""Units that are noise."""


@dataclass(frozen=True)
class ColumnFacts:
    """Bounds and kind of every column of a model, in column order."""

    lower: Floats
    upper: Floats
    whole: Flags


def column_facts(m: pyo.ConcreteModel) -> ColumnFacts:
    """Return bounds and kinds of all columns as they are built."""
    families, none = m.columns.families, np.zeros(0)
    whole = [np.broadcast_to(np.asarray(one.integer), len(one)) for one in families]
    return ColumnFacts(
        np.concatenate([none, *(one.lower for one in families)]),
        np.concatenate([none, *(one.upper for one in families)]),
        np.concatenate([none.astype(bool), *whole]),
    )


@dataclass(frozen=True)
class Nodes:
    """Balances of the places where something must leave.

    Attributes:
        must: [N, T] what must leave less what is sure to come, opening stock included in the
            first period; not a number where the place has no balance.
        place, period, column, amount: [E] what a decision can bring: units per unit of the column.
            All these columns are never negative.
    """

    must: Floats
    place: Ints
    period: Ints
    column: Ints
    amount: Floats

    def need(self, periods: int) -> list[Floats]:
        r"""Return what stock and decisions have to cover in windows of 1, 2, ... periods.

        .. math:: N_{lptL} = \max\Bigl(0, \max_{k \le L} \sum_{t'=t}^{t+k} must_{lpt'}\Bigr)

        A surplus of one period covers the next (netting forward).

        Returns:
            For each length an array [N, T] by first period, not a number where the window leaves
            the horizon or the place has no balance in it.
        """
        last = self.must.shape[1]
        total, most = np.zeros_like(self.must), np.zeros_like(self.must)
        found = []
        for more in range(min(periods, last)):
            ahead = np.full_like(self.must, np.nan)
            ahead[:, : last - more] = self.must[:, more:]
            total = total + ahead
            most = np.maximum(most, total)  # not a number where total is not
            found.append(most)
        return found


def read_nodes(m: pyo.ConcreteModel, net: Network, facts: ColumnFacts) -> Nodes:
    """Read the rows of ``m.stock_balance``, which hold every movement of the ledger.

    Whatever family brings something to a place counts, known or not, so that an inequality from
    these entries holds for every plan. A place with a column that may be negative is left out.

    Args:
        m: model with all families.
        net: its network.
        facts: of all columns.
    """
    balance, stock, last = m.stock_balance, m.component("stock"), len(net.periods)
    location, product, period = (codes.astype(np.int64) for codes in balance.key_list.codes)
    place = net.places.of[location, product]
    starts, column, value = balance.csr()
    row = np.repeat(np.arange(len(place)), np.diff(starts))
    must = np.full((len(net.places), last), np.nan)
    must[place, period] = -balance.upper
    negative = facts.lower[column] < 0
    must[place[row[negative]]] = np.nan
    wanted = (np.nan_to_num(must) > TINY).any(axis=1)
    brings = (value < 0) & wanted[place[row]]
    if stock is not None:
        brings &= (column < stock.start) | (column >= stock.start + len(stock))
    row = row[brings]
    return Nodes(must, place[row], period[row], column[brings], -value[brings])


def stock_before(m: pyo.ConcreteModel, place: Ints, period: Ints) -> Ints:
    """Return the column of the stock before a period, -1 where there is none or it is opening."""
    stock = m.component("stock")
    if stock is None:
        return np.full(len(place), -1, dtype=np.int64)
    at = np.where(period > 0, stock.grid[place, period - 1], -1)
    return np.where(at >= 0, at + stock.start, -1)


def in_windows(count: Ints, more: int) -> Ints:
    """Return the sums over windows of ``1 + more`` periods by first period; [N, T] to [N, T]."""
    until = np.cumsum(np.pad(count, ((0, 0), (1, more))), axis=1)
    result: Ints = until[:, more + 1 :] - until[:, : count.shape[1]]
    return result
