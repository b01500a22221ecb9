"""One raw sheet turned into a typed table."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import KEPT, Both, Findings
from tierstock.inputs.reading.cell_lots import has_unit, part_units
from tierstock.inputs.reading.cell_parts import Cells, Fault, Reading
from tierstock.inputs.reading.cells import (
    SOMETIMES_MONEY,
    heading_factor,
    parse_column,
    parse_mixed,
)
from tierstock.inputs.reading.headings import find_column, is_ignored, nearest_column
from tierstock.inputs.reading.raw import Body, RawSheet, body
from tierstock.inputs.reading.wide import is_period, unfold
from tierstock.inputs.schema import Column, Sheet, say, schema
from tierstock.inputs.tables import Table, blank_column, empty_table, letters, own_unit


@dataclass
class _Layout:
    """Which column of the sheet is which column of the schema."""

    columns: dict[str, int] = field(default_factory=dict)
    """Number of the column by schema field."""
    headings: dict[str, str] = field(default_factory=dict)
    """Heading as written, without its unit, by schema field."""
    factors: dict[str, float] = field(default_factory=dict)
    """What one of the heading's unit is in the schema's, by schema field."""
    periods: dict[int, str] = field(default_factory=dict)
    """Headings that are periods, by number of the column."""


def type_sheet(
    raw: RawSheet,
    findings: Findings,
    reading: Reading,
    language: str,
    periods: frozenset[str] = frozenset(),
) -> Table:
    """Return the typed table of a sheet; everything wrong with it goes to ``findings``.

    Args:
        raw: the sheet as it came in; ``raw.sheet`` says which sheet of the schema it is.
        findings: takes what is found.
        reading: how numbers and dates are written.
        language: language of the tables.
        periods: ids of the Periods sheet, which may be headings of a wide Demand sheet.
    """
    sheet = schema().sheet(raw.sheet)
    if not raw.readable:
        return replace(empty_table(sheet.name, language), title=raw.title)
    found = body(raw, findings)
    layout = _layout(raw, found, findings, reading, periods)
    _missing_columns(sheet, raw, layout, len(found.rows), findings)
    _broken(raw, found, layout, findings)
    table = Table(
        sheet=sheet.name,
        frame=pd.DataFrame({"row": found.rows}),
        title=raw.title,
        headings=layout.headings,
        columns=layout.columns,
        header_row=found.header_row,
        file=raw.file,
        language=language,
    )
    cells = {name: found.columns[number] for name, number in layout.columns.items()}
    units = _units(sheet.name, cells, reading)
    typed = _columns(sheet, cells, layout, reading)
    for (owner, name), (kind, _) in SOMETIMES_MONEY.items():
        if owner == sheet.name and {kind, name} <= set(typed):
            known = typed[kind][0]
            typed[name] = parse_mixed(sheet.column(name), known, cells[name], reading)
    table = replace(table, frame=_framed(sheet, typed, found.rows).assign(**units))
    for name, (_, faults) in typed.items():
        _report(table, sheet.column(name), faults, findings)
    _required(sheet, table, found, raw, findings)
    if reading.trim:
        _trim(raw, found, layout, findings)
    return _long(table, found, layout, reading, findings) if layout.periods else table


def _layout(
    raw: RawSheet, found: Body, findings: Findings, reading: Reading, periods: frozenset[str]
) -> _Layout:
    """Match every heading; say which are unknown, twice there, or of the wrong unit."""
    layout = _Layout()
    unknown: dict[int, str] = {}
    for number, heading in enumerate(found.headings):
        where: dict[str, Any] = {"sheet": raw.title, "file": raw.file, "row": found.header_row}
        where["address"] = f"{letters(number)}{found.header_row}"
        if not heading:
            if len(found.columns[number]) and (found.columns[number] != "").any():
                findings.add("blank-heading", **where, letter=letters(number))
            continue
        match = None if is_ignored(heading) else find_column(raw.sheet, heading)
        if match is None:
            if not is_ignored(heading):
                unknown[number] = heading
            continue
        name = match.column.field
        if name in layout.columns:
            other = f"{letters(layout.columns[name])}{found.header_row}"
            findings.add("duplicate-heading", **where, value=heading, other=other)
            continue
        layout.columns[name] = number
        layout.headings[name] = heading.split("(")[0].split("（")[0].strip() or heading
        if match.alias:
            meant = Both(match.column.name, match.column.zh)
            findings.add("heading-alias", **where, value=heading, meant=meant)
        layout.factors[name] = _unit_factor(match.column, match.unit, reading, findings, where)
    _unknown_headings(raw, found, layout, unknown, findings, periods)
    return layout


def _unit_factor(
    column: Column, unit: str, reading: Reading, findings: Findings, where: dict[str, Any]
) -> float:
    factor = heading_factor(column, unit, reading)
    expected = Both(column.unit, say(column.unit, "zh", kind="unit"))
    if factor is None:
        findings.add("wrong-unit", **where, value=unit, unit=expected)
        return 1.0
    if factor != 1.0:
        findings.add("unit-converted", **where, value=unit, unit=expected, factor=f"{factor:.6g}")
    return factor


def _unknown_headings(
    raw: RawSheet,
    found: Body,
    layout: _Layout,
    unknown: Mapping[int, str],
    findings: Findings,
    periods: frozenset[str],
) -> None:
    """Take unknown headings of Demand as periods where they can be; say which are unknown."""
    wide = raw.sheet == "Demand" and not {"period", "quantity"} & set(layout.columns)
    seen: dict[str, int] = {}
    for number, heading in unknown.items():
        address = f"{letters(number)}{found.header_row}"
        where: dict[str, Any] = {"sheet": raw.title, "file": raw.file, "address": address}
        where["row"] = found.header_row
        if wide and is_period(heading, periods):
            if heading in seen:
                other = f"{letters(seen[heading])}{found.header_row}"
                findings.add("duplicate-heading", **where, value=heading, other=other)
            else:
                seen[heading] = number
                layout.periods[number] = heading
            continue
        near = nearest_column(raw.sheet, heading)
        findings.add("unknown-column", **where, value=heading, nearest=near)


def _missing_columns(
    sheet: Sheet, raw: RawSheet, layout: _Layout, rows: int, findings: Findings
) -> None:
    """Say which required columns are not there; an optional sheet without rows needs none."""
    if not rows and not sheet.required:
        return
    given = set(layout.columns) | ({"period", "quantity"} if layout.periods else set())
    for column in sheet.columns:
        if column.required and column.field not in given:
            meant = Both(column.name, column.zh)
            findings.add("missing-column", sheet=raw.title, file=raw.file, meant=meant)


def _broken(raw: RawSheet, found: Body, layout: _Layout, findings: Findings) -> None:
    """Name error cells, formulas never calculated or of other files, merged and hidden rows."""
    used = {number: layout.headings[name] for name, number in layout.columns.items()}
    used |= layout.periods
    rows = {int(row) for row in found.rows} | {found.header_row}
    linked = raw.facts.linked - raw.facts.uncached - set(raw.facts.errors)
    marks = {
        "error-cell": raw.facts.errors,
        "formula-not-calculated": raw.facts.uncached,
        "external-link": linked,
    }
    for code, places in marks.items():
        for row, number in sorted(places):
            if row in rows and number in used:
                text = raw.facts.errors.get((row, number), "")
                cell = f"{letters(number)}{row}"
                findings.add(
                    code,
                    sheet=raw.title,
                    row=row,
                    column=used[number],
                    address=cell,
                    value=text,
                )
    last = int(found.rows.max()) if len(found.rows) else found.header_row
    for top, left, bottom, right in raw.facts.merged:
        if bottom >= found.header_row and top <= last and any(left <= at <= right for at in used):
            area = f"{letters(left)}{top}:{letters(right)}{bottom}"
            findings.add("merged-cells", sheet=raw.title, row=top, address=area, value=area)
    hidden = sorted(rows & raw.facts.hidden_rows)
    if hidden:
        findings.add("hidden-rows", sheet=raw.title, row=hidden[0], count=len(hidden))


def _units(sheet: str, cells: dict[str, Cells], reading: Reading) -> dict[str, Cells]:
    """Take the units out of the cells that name one; return them by column of the frame."""
    found = {}
    for name in [name for name in cells if has_unit(sheet, name)]:
        cells[name], words = part_units(sheet, name, cells[name], reading)
        if (words != "").any():
            found[own_unit(name)] = words
    return found


def _columns(
    sheet: Sheet, cells: Mapping[str, Cells], layout: _Layout, reading: Reading
) -> dict[str, tuple[pd.Series, list[Fault]]]:
    """Read every column the planner has; all rows of one sheet row count, wide or not."""
    return {
        name: parse_column(sheet.column(name), column, reading, layout.factors.get(name, 1.0))
        for name, column in cells.items()
    }


def _framed(
    sheet: Sheet,
    typed: Mapping[str, tuple[pd.Series, list[Fault]]],
    rows: NDArray[np.int64],
) -> pd.DataFrame:
    """Return a frame with every field of the schema, absent ones blank, and ``row``."""
    columns = {
        column.field: typed[column.field][0]
        if column.field in typed
        else blank_column(column.type, len(rows))
        for column in sheet.columns
    }
    return pd.DataFrame({**columns, "row": rows})


def _default(column: Column) -> Both:
    """Return what a blank cell means, for a remedy; blank where blank is no way out."""
    if column.required or column.default in ("", "blank"):
        return Both("", "")
    return Both(column.default, say(column.default, "zh", kind="default"))


def _report(table: Table, column: Column, faults: list[Fault], findings: Findings) -> None:
    """Turn the faults of a column into findings at their cells."""
    for fault in faults:
        values: dict[str, Any] = {"default": _default(column), **fault.values}
        single = [[at] for at in fault.at[:KEPT]] + [list(fault.at[KEPT:])]
        for index in single if fault.each else [list(fault.at)]:
            findings.add(
                fault.code,
                table=table,
                index=index,
                field=column.field,
                value=fault.value,
                **values,
            )


def _required(sheet: Sheet, table: Table, found: Body, raw: RawSheet, findings: Findings) -> None:
    """Say which cells must be filled and are blank."""
    for column in sheet.columns:
        number = table.columns.get(column.field)
        if not column.required or number is None:
            continue
        blank = found.columns[number] == ""
        broken = [row for row, at in (*raw.facts.errors, *raw.facts.uncached) if at == number]
        blank &= ~np.isin(found.rows, broken)
        findings.add("blank-required", table=table, index=np.flatnonzero(blank), field=column.field)


def _trim(raw: RawSheet, found: Body, layout: _Layout, findings: Findings) -> None:
    """Leave out period columns at the end in which no row has a quantity; a typed 0 is one."""
    broken = {at for _, at in (*raw.facts.errors, *raw.facts.uncached)}
    filled = [
        at in broken or bool((found.columns[at] != "").any()) for at in sorted(layout.periods)
    ]
    if not any(filled):
        return
    last = len(filled) - filled[::-1].index(True)
    empty = sorted(layout.periods)[last:]
    if empty:
        findings.add(
            "periods-empty",
            sheet=raw.title,
            file=raw.file,
            row=found.header_row,
            address=f"{letters(empty[0])}{found.header_row}",
            value=layout.periods[empty[0]],
            last=layout.periods[empty[-1]] if len(empty) > 1 else "",
            count=len(empty),
        )
    for at in empty:
        del layout.periods[at]


def _long(flat: Table, found: Body, layout: _Layout, reading: Reading, findings: Findings) -> Table:
    """Return a wide Demand table with one row per period."""
    cells: dict[int, Cells] = {number: found.columns[number] for number in layout.periods}
    wide = unfold(cells, layout.periods, len(flat))
    frame = flat.frame.iloc[wide.source].reset_index(drop=True)
    quantity = schema().sheet("Demand").column("quantity")
    count = {"quantity": wide.quantity}
    units = _units("Demand", count, reading)
    numbers, faults = parse_column(quantity, count["quantity"], reading)
    frame["period"], frame["quantity"] = wide.period, numbers
    table = replace(flat, frame=frame.assign(**units), wide=wide.column)
    _report(table, quantity, faults, findings)
    return table
