"""Which trips carry a shipment, in every dimension in which vehicles are limited."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.model.strengthening.nodes import ColumnFacts, Flags, Floats, Ints


@dataclass(frozen=True)
class Loads:
    r"""Rows :math:`\sum_j \omega_j x_j \le \sum_v Cap_v n_v` with whole trips.

    A shipment that goes by several types apart is carried by the rows of all of them together.

    Attributes:
        dimension: [R] dimension of each row.
        per_trip: [R] most that one trip carries.
        trip_row, trip: [n] row of each trip column, in the order of the rows, and the column.
        row, column: [m] row and shipment, in the order of the shipments.
        whole: [m] whether all that carries the shipment in this dimension is here.
    """

    dimension: Ints
    per_trip: Floats
    trip_row: Ints
    trip: Ints
    row: Ints
    column: Ints
    whole: Flags


@dataclass(frozen=True)
class _Part:
    """The same of one family of rows, with the columns that it loads."""

    dimension: Ints
    per_trip: Floats
    trip_row: Ints
    trip: Ints
    row: Ints
    column: Ints


def read_loads(m: pyo.ConcreteModel, facts: ColumnFacts) -> Loads:
    """Read ``vehicle_load``, and ``vehicle_type_load`` through ``loaded_split``.

    Rows with anything else on their right side, such as part loads, carry nothing for sure.

    Args:
        m: model with all families.
        facts: of all columns.
    """
    joint, apart = _part(m, "vehicle_load", 1, facts), _part(m, "vehicle_type_load", 2, facts)
    loaded_by, parts = _split(m, len(facts.whole))
    row, column = apart.row, loaded_by[apart.column]
    row, column = row[column >= 0], column[column >= 0]
    width = int(apart.dimension.max(initial=0)) + 1
    cell = column * width + apart.dimension[row]
    found = np.bincount(cell, minlength=1)[cell]
    rows = len(joint.dimension)
    columns = np.concatenate([joint.column, column])
    order = np.argsort(columns, kind="stable")
    return Loads(
        np.concatenate([joint.dimension, apart.dimension]),
        np.concatenate([joint.per_trip, apart.per_trip]),
        np.concatenate([joint.trip_row, apart.trip_row + rows]),
        np.concatenate([joint.trip, apart.trip]),
        np.concatenate([joint.row, row + rows])[order],
        columns[order],
        np.concatenate([np.ones(len(joint.row), dtype=bool), found == parts[column]])[order],
    )


def _part(m: pyo.ConcreteModel, name: str, level: int, facts: ColumnFacts) -> _Part:
    """Rows of a family that allow for whole trips; ``level`` of their keys is the dimension."""
    family, none = m.component(name), np.zeros(0, dtype=np.int64)
    if family is None:
        return _Part(none, np.zeros(0), none, none, none, none)
    starts, column, value = family.csr()
    row = np.repeat(np.arange(len(family)), np.diff(starts))
    below = value < 0
    wrong = (below & ~facts.whole[column]) | (facts.lower[column] < 0)
    per_trip = np.zeros(len(family))
    np.maximum.at(per_trip, row[below], -value[below])
    sound = (per_trip > 0) & (family.upper == 0.0) & np.isneginf(family.lower)
    sound &= np.bincount(row[wrong], minlength=len(family)) == 0
    trips, goods = below & sound[row], ~below & sound[row]
    dimension = family.key_list.codes[level].astype(np.int64)
    return _Part(dimension, per_trip, row[trips], column[trips], row[goods], column[goods])


def _split(m: pyo.ConcreteModel, columns: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Shipment each column is a part of, -1 where of none, and number of parts of a shipment."""
    whole, parts = np.full(columns, -1), np.zeros(columns, dtype=np.int64)
    family = m.component("loaded_split")
    if family is None:
        return whole, parts
    starts, column, value = family.csr()
    row = np.repeat(np.arange(len(family)), np.diff(starts))
    of = np.full(len(family), -1)
    of[row[value > 0]] = column[value > 0]
    below = (value < 0) & (of[row] >= 0)
    whole[column[below]] = of[row[below]]
    np.add.at(parts, of[row[below]], 1)
    return whole, parts
