"""Typed tables as sheets to be written: canonical headings, cells that mean what was read."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.cell_texts import read_choice, read_flag
from tierstock.inputs.reading.headings import find_setting
from tierstock.inputs.schema import Column, Sheet, say, schema
from tierstock.inputs.tables import Table, own_unit
from tierstock.inputs.units import RATE_UNITS
from tierstock.inputs.writing.plain import POINT, text_of, value_of
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.translate import FLAGS

KEPT_MARK = "#"
"""Begins the name of a frame's column that is no field: a column ignored on purpose."""


def tab_of(table: Table, language: str, wide: Sequence[str] | None = None) -> Tab:
    """Return a typed table as a sheet that reads back as the same table.

    Numbers are in the unit of the contract, codes and texts as they were read, choices and flags
    in the language. Written are the columns the table's headings name, those that are required,
    and those in which something stands.

    Args:
        table: the table; columns of its frame that begin with ``#`` are written behind.
        language: ``en`` or ``zh``.
        wide: names of the periods, to write Demand with periods side by side; every row of the
            others then needs each of them once, in this order.
    """
    sheet = schema().sheet(table.sheet)
    frame, left_out = table.frame, {"row"}
    if wide is not None:
        frame = frame.iloc[:: len(wide)]
        left_out |= {"period", "quantity"}
    columns = [
        one for one in sheet.columns if _is_written(one, table) and one.field not in left_out
    ]
    headings: list[object] = [one.heading(language) for one in columns]
    cells = [cells_of(one, frame, language) for one in columns]
    if wide is not None:
        counted = cells_of(sheet.column("quantity"), table.frame, language)
        headings += wide
        cells += [counted[at :: len(wide)] for at in range(len(wide))]
    for name in (str(one) for one in frame):
        if name.startswith(KEPT_MARK):
            headings.append(name)
            cells.append(list(frame[name]))
    if sheet.name == "Settings":
        _settle(sheet, columns, cells, language)
    rows = [headings, *map(list, zip(*cells, strict=True))]
    return Tab(sheet.heading(language), rows, 0, sheet.name)


def wide_periods(table: Table) -> list[str] | None:
    """Return the periods where a table came, and can be written, with periods side by side.

    None for every other table.
    """
    if table.wide is None or not len(table):
        return None
    periods = list(dict.fromkeys(table.frame["period"]))
    rows, rest = divmod(len(table), len(periods))
    if rest or list(table.frame["period"]) != periods * rows:
        return None
    others = [name for name in table.frame if name not in ("period", "quantity", "quantity_in")]
    head: NDArray[np.int64] = np.repeat(np.arange(rows) * len(periods), len(periods))
    same = table.frame[others].equals(table.frame[others].iloc[head].reset_index(drop=True))
    return periods if same else None


def _is_written(column: Column, table: Table) -> bool:
    values = table.frame[column.field]
    filled = values != "" if values.dtype == object else values.notna()
    return column.required or column.field in table.headings or bool(filled.any())


def cells_of(column: Column, frame: pd.DataFrame, language: str) -> list[object]:
    """Return the cells of a typed column.

    Args:
        column: the column.
        frame: a typed table, in which a quantity may have its own unit.
        language: ``en`` or ``zh``.
    """
    values = frame[column.field]
    if column.type in ("number", "integer"):
        cells = [_number(value, column) for value in values.tolist()]
        units = frame.get(own_unit(column.field))
        if units is None:
            return cells
        pairs = zip(cells, units.tolist(), strict=True)
        return [f"{text_of(cell)} {unit}" if unit else cell for cell, unit in pairs]
    if column.type == "flag":
        words = {flag: _flag(flag, language) for flag in (True, False)}
        return ["" if np.isnan(value) else words[bool(value)] for value in values.tolist()]
    if column.type == "date":
        return ["" if value is pd.NaT else _day(value) for value in values.tolist()]
    if column.type == "choice" and language == "zh":
        spoken = {word: _choice(str(word), column.choices) for word in values.unique()}
        return [spoken[word] for word in values]
    return list(values)


def _number(value: float, column: Column) -> object:
    """Return a number; a rate says that it is a percentage, so that 1.5 is not taken for 1.5 %."""
    if np.isnan(value):
        return ""
    if column.unit in RATE_UNITS:
        return Percent(value)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _day(value: pd.Timestamp) -> dt.date:
    return value.to_pydatetime().date()


def _flag(flag: bool, language: str) -> str:
    word = say(FLAGS[flag], language)
    return word if read_flag(word) is flag else FLAGS[flag]


def _choice(word: str, choices: tuple[str, ...]) -> str:
    """Return a choice in Chinese where the word there means the same."""
    spoken = say(word, "zh") if word else word
    return spoken if word and read_choice(spoken, choices) == word else word


def _settle(
    sheet: Sheet, columns: Sequence[Column], cells: list[list[object]], language: str
) -> None:
    """Write settings by their names in a language, numbers as numbers, the point as the mark."""
    fields = [column.field for column in columns]
    names, values = cells[fields.index("setting")], cells[fields.index("value")]
    for row, name in enumerate(names):
        setting = find_setting(str(name))
        if setting is None:
            continue
        names[row] = setting.heading(language)
        text = str(values[row])
        if setting.name == "decimal_point":
            values[row] = POINT
        elif setting.type in ("number", "integer"):
            values[row] = value_of(text, "number")
        elif setting.type == "choice" and language == "zh":
            values[row] = _choice(read_choice(text, setting.choices) or text, setting.choices)
