"""Plain code columns for the precedence of policy sheets."""

import numpy as np

from tierstock.inputs.assembly.places import find
from tierstock.inputs.network import Texts
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.selecting.selectors import ALL
from tierstock.inputs.tables import Table


def coded(table: Table, field: str, codes: Texts) -> Ranked:
    """Return a column in which only codes stand, matched against them; all of them are known."""
    exact = find(codes, table.frame[field].to_numpy(dtype=object))
    nowhere = np.zeros((0, len(codes)), dtype=np.int8)
    return Ranked(exact, np.full(len(exact), -1, dtype=np.int64), nowhere)


def always(rows: int) -> Ranked:
    """Return the Period column of a sheet that has none: every row holds in one single period."""
    everywhere = np.full((1, 1), ALL, dtype=np.int8)
    return Ranked(np.full(rows, -1, dtype=np.int64), np.zeros(rows, dtype=np.int64), everywhere)
