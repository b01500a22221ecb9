"""Rows of one key made one row: lots added up, records of master data put together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.targets import Target

_LIFE = ("expiry_date", "production_date", "received_date")
"""Days that say how long stock lives; the first one stated counts."""


@dataclass(frozen=True)
class Merged:
    """Rows of the workbook."""

    frame: pd.DataFrame
    place: NDArray[np.int64]
    """Row of ``frame`` each given row went into."""


def add_up(frame: pd.DataFrame, target: Target, merge_lots: NDArray[np.bool_]) -> Merged:
    """Return rows that say the same as one row each; quantities add up.

    Stock is kept apart by what rules its life: the expiry date, else the production date, else
    the day it was received. Lots that share it are one row, unless the source keeps its lots.

    Args:
        frame: rows of the target. Rows that differ in any written field but the quantities, the
            unit and the note stay apart; of notes the first one counts.
        target: the sheet.
        merge_lots: which rows may lose their lot.
    """
    frame = frame.copy()
    if target.name == "OpeningStock":
        _ruling_day(frame, merge_lots)
    if "lot" in frame:
        frame["lot"] = frame["lot"].where(~merge_lots, "")
    apart = ("unit", "note", *target.added)
    names = [one.field for one in target.columns if not one.work and one.field not in apart]
    names = [one for one in names if one in frame]
    if not len(frame):
        return Merged(frame, np.zeros(0, dtype=np.int64))
    group = frame.groupby(names, sort=False, dropna=False)
    place = group.ngroup().to_numpy().astype(np.int64)
    sums = {one: "sum" for one in target.added if one in frame}
    rest = {one: "first" for one in frame.columns if one not in names and one not in sums}
    made = group.agg({**sums, **rest}).reset_index()
    return Merged(made[[one for one in frame.columns if one in made]], place)


def _ruling_day(frame: pd.DataFrame, merge: NDArray[np.bool_]) -> None:
    """Blank the days that another one beats, where lots are merged."""
    ruled = np.zeros(len(frame), dtype=np.bool_)
    for name in _LIFE:
        if name in frame:
            days = frame[name].where(~(ruled & merge), pd.NaT)
            frame[name] = days
            ruled |= days.notna().to_numpy()


@dataclass(frozen=True)
class Difference:
    """A value of master data that two sources state differently."""

    at: int
    """Position of the later row."""
    first: int
    """Position of the row that stated it first."""
    field: str
    value: object
    other: object
    """What was stated first."""


def put_together(frame: pd.DataFrame, target: Target) -> tuple[Merged, list[Difference]]:
    """Return one row per key, each blank filled by the first row that states it.

    Args:
        frame: rows of master data.
        target: the sheet.

    Returns:
        The rows, and every value that differs from the one stated first.
    """
    names = [one for one in target.key if one in frame]
    if not len(frame) or not names:
        return Merged(frame, np.arange(len(frame))), []
    keys = [_comparable(frame[one]) for one in names]
    place = frame.groupby(keys, sort=False, dropna=False).ngroup().to_numpy().astype(np.int64)
    starts = np.unique(place, return_index=True)[1]
    made = frame.iloc[starts].reset_index(drop=True)
    differences: list[Difference] = []
    for column in target.columns:
        if column.field in frame and column.field not in names:
            stated = frame[column.field]
            filled = np.flatnonzero((stated.notna() & (stated != "")).to_numpy())
            groups, first = np.unique(place[filled], return_index=True)
            owner = np.full(len(made), -1)
            owner[groups] = filled[first]
            values = made[column.field].astype(object)
            values.iloc[groups] = stated.iloc[owner[groups]].to_numpy(dtype=object)
            made[column.field] = values if stated.dtype == object else values.astype(stated.dtype)
            differences += _differing(stated, filled, owner[place], column.field)
    return Merged(made, place), differences


def _differing(
    stated: pd.Series, filled: NDArray[np.int64], owner: NDArray[np.int64], field: str
) -> list[Difference]:
    values = stated.to_numpy()
    wrong = filled[values[filled] != values[owner[filled]]]
    return [
        Difference(int(at), int(owner[at]), field, stated.iat[at], stated.iat[owner[at]])
        for at in wrong
    ]


def _comparable(values: pd.Series) -> pd.Series:
    """Return a key column in which a blank and ``*`` are the same."""
    return values.replace("", "*") if values.dtype == object else values


def written_fields(frame: pd.DataFrame, target: Target, sums: Sequence[str]) -> list[str]:
    """Return the fields of a sheet that hold something, in the order of the contract."""
    found = []
    for column in target.columns:
        if column.work or column.field not in frame:
            continue
        values = frame[column.field]
        filled = values.notna() & (values != "")
        if column.required or filled.any() and not (column.field in sums and not values.any()):
            found.append(column.field)
    return found
