"""The rows of a sheet as two inputs are compared: by key, rows that add up as their total."""

from collections.abc import Mapping, Set
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.assembly.period_names import DAY, SERIAL, named_date
from tierstock.inputs.findings import show
from tierstock.inputs.reading.cell_texts import read_choice
from tierstock.inputs.reading.duplicates import ADDING, POLICIES, key_frame
from tierstock.inputs.schema import Column, Sheet, schema
from tierstock.inputs.selecting.spelling import Rename, respelled, tested_sheet
from tierstock.inputs.tables import UNIT_COLUMNS, Table, Tables, own_unit

Codes = Mapping[str, frozenset[str]]
"""Codes by the sheet that lists them."""

AT, MORE, TURN = "at", "more", "turn"
"""Columns of lines beside the fields: first row of the table, how many more, what parts equals."""

TOTALLED = {
    "Demand": ("quantity",),
    "OpeningStock": ("quantity", "blocked"),
    "InTransit": ("quantity",),
    "History": ("sales", "stock"),
}
"""Fields of rows that add up whose sum counts."""


def keys_of(sheet: Sheet) -> list[str]:
    """Return the fields of the key of a sheet."""
    return [sheet.column(name).field for name in sheet.key]


def units_of(sheet: Sheet) -> list[str]:
    """Return the columns of units named in the cells, which a frame has where a cell names one."""
    return [own_unit(field) for field in UNIT_COLUMNS.get(sheet.name, ())]


def column_of(sheet: Sheet, field: str) -> Column:
    """Return the column of a field; of a unit named in the cells that of its quantity."""
    return sheet.column(field.removesuffix("_in") if field in units_of(sheet) else field)


def codes_of(tables: Tables) -> Codes:
    """Return the codes selectors may name, by the sheet that lists them."""
    listed = ("Locations", "Products", "Periods", "Vehicles", "ServiceClasses")
    keys = {name: keys_of(schema().sheet(name))[0] for name in listed}
    return {name: frozenset(tables.table(name).frame[key]) for name, key in keys.items()}


def framed(table: Table, codes: Codes) -> pd.DataFrame:
    """Return the fields of a table, blanks of its key filled, selectors in one spelling."""
    sheet = schema().sheet(table.sheet)
    spelled = {
        column.field: _spelled(table, column, codes)
        for column in sheet.columns
        if len(table) and (column.type == "selector" or column.refers_to == "Periods")
    }
    table = replace(table, frame=table.frame.assign(**spelled))
    units = {name: "" for name in units_of(sheet) if name not in table.frame}
    frame = table.frame.drop(columns="row").assign(**units)
    filled = key_frame(sheet, table)
    return frame.assign(**{str(name): filled[name] for name in filled})


def _spelled(table: Table, column: Column, codes: Codes) -> pd.Series:
    """Return the selectors of a column in canonical words."""
    kinds = table.frame["kind"] if column.sheet == "Groups" else pd.Series("", table.frame.index)
    result = table.frame[column.field].copy()
    for kind, texts in result.groupby(kinds):
        sheet = tested_sheet(column, str(kind))
        known = codes.get(sheet, frozenset())
        choices = column.choices
        if sheet == "Locations":
            choices += schema().sheet(sheet).column("tier").choices  # may stand alone

        word = _word(sheet, known, choices)
        if column.type == "selector":
            words = {text: respelled(text, sheet, known, word) for text in texts.unique()}
        else:
            words = {text: _day(text, sheet) for text in texts.unique()}
        result[texts.index] = texts.map(words)
    return result


def _word(sheet: str, known: Set[str], choices: tuple[str, ...]) -> Rename:
    """Return how a word of a selector is spelled: choices in English, dates in ISO form."""

    def word(field: str, text: str) -> str:
        if field or text in known:
            return text
        return read_choice(text, choices) or _day(text, sheet)

    return word


def _day(text: str, sheet: str) -> str:
    """Return a period that is a date as ``2026-01-05``; every other word as it is."""
    date = named_date(text) if sheet == "Periods" else None
    return str(date.day) if date is not None and date.kind in (DAY, SERIAL) else text


def adding(sheet: Sheet, frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows add up with others of their key (ruling 8)."""
    if sheet.name == "Demand":
        return (frame["type"] == "order").to_numpy(dtype=np.bool_)
    return np.full(len(frame), sheet.name in ADDING)


def lines(table: Table, codes: Codes) -> pd.DataFrame:
    """Return one line per key of a sheet.

    Rows that add up become one line per key and unit: quantities as their sum, of other fields
    all that occurs. Policy rows of one key, each of which completes the other, become one.

    Args:
        table: a sheet without rows that repeat or contradict each other.
        codes: codes of the input, see :func:`codes_of`.

    Returns:
        The fields of the sheet, and ``at`` (position of the first row in the table), ``more``
        (how many further rows are in it), ``turn`` (parts lines of one key).
    """
    sheet = schema().sheet(table.sheet)
    frame = framed(table, codes)
    frame[AT], frame[MORE] = np.arange(len(frame)), 0
    adds = adding(sheet, frame)
    single = _completed(sheet, frame[~adds])
    single[TURN] = single.groupby(keys_of(sheet), dropna=False).cumcount().astype(str)
    if not adds.any():
        return single
    return pd.concat([single, _totals(sheet, frame[adds])], ignore_index=True)


def _completed(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Make one row of policy rows that complete each other."""
    keys = keys_of(sheet)
    twice = frame.duplicated(keys, keep=False)
    if sheet.name not in POLICIES or not twice.any():
        return frame.copy()
    rows = frame[twice]
    texts = [str(name) for name in rows if rows[name].dtype == object and name not in keys]
    group = rows.assign(**{name: rows[name].mask(rows[name] == "") for name in texts}).groupby(
        keys, dropna=False, sort=False
    )
    one = group.first().assign(**{AT: group[AT].min(), MORE: group.size() - 1}).reset_index()
    one = one.assign(**{name: one[name].astype(object).fillna("") for name in texts})
    return pd.concat([frame[~twice], one[list(frame)]]).sort_values(AT).reset_index(drop=True)


def _totals(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Make one row of all rows of a key and unit."""
    units = [name for name in ("unit", *units_of(sheet)) if name in frame]
    keys = [*keys_of(sheet), *units]
    group = frame.groupby(keys, dropna=False, sort=False)
    number: NDArray[np.int64] = np.asarray(group.ngroup(), dtype=np.int64)
    total = frame.iloc[np.unique(number, return_index=True)[1]].reset_index(drop=True)
    for name in TOTALLED[sheet.name]:
        total[name] = group[name].sum(min_count=1).to_numpy()
    total[MORE] = group.size().to_numpy() - 1
    total[TURN] = total[units].agg("\0".join, axis=1).to_numpy()
    for other in frame:
        if other not in (*keys, *TOTALLED[sheet.name], AT, MORE):
            total[other] = _all_of(frame[other], number, total[other])
    return total


def _all_of(values: pd.Series, number: NDArray[np.int64], first: pd.Series) -> pd.Series:
    """Return the one value of every group, of several their texts one after the other."""
    known = pd.DataFrame({"group": number, "value": values.to_numpy()}).drop_duplicates()
    several = known[known["group"].duplicated(keep=False)]
    if not len(several):
        return first
    told = several.groupby("group")["value"].agg(_told)
    result = first.astype(object)
    result.iloc[told.index.to_numpy(dtype=np.int64)] = told.to_numpy()
    return result


def _told(values: pd.Series) -> str:
    return "; ".join(sorted(filter(None, map(show, values))))
