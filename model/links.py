"""Shipments linked to binaries: one row per product, lane and period, each with its own bound."""

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar

Ints = NDArray[np.int64]


def grouped(*codes: NDArray[Any]) -> tuple[Ints, Ints]:
    """Group entries with equal codes.

    Args:
        codes: arrays of one length n.

    Returns:
        [n] group of each entry, groups in the order of their codes; [groups] first entry of each.
    """
    table = np.stack([np.asarray(code, dtype=np.int64) for code in codes], axis=1)
    _, first, group = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return group.reshape(-1), first


def link(
    m: pyo.ConcreteModel,
    name: str,
    at: NDArray[Any],
    binary: ArrayVar,
    where: NDArray[Any],
    bound: NDArray[np.float64],
) -> None:
    r"""Let shipments pass only where a binary is 1: :math:`x \le Ub\, y`, row by row.

    Args:
        m: the model.
        name: name of the rows; their keys are those of the shipments.
        at: [n] position of each shipment in ``m.flow``, each at most once.
        binary: family of the binaries.
        where: [n] position of the binary of each shipment.
        bound: [n] most that can be shipped.
    """
    codes = m.flow.codes
    keys = m.names.on_lane(codes["goods"][at], codes["period"][at])
    rows = Rows(m, name, keys, "x <= Ub y")
    rows.add(m.flow, 1.0, at=at)
    rows.add(binary, -bound, at=where)
    rows.at_most(0.0)
