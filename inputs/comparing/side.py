"""An input read to be compared with another: it may be a part of one."""

import math
from collections.abc import Mapping

from tierstock.inputs.finding import Finding
from tierstock.inputs.findings import Findings, show
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.duplicates import without_duplicates
from tierstock.inputs.reading.read import read_tables
from tierstock.inputs.schema import Column, say, schema
from tierstock.inputs.tables import Table, Tables


def read_side(
    source: Source, findings: Findings, settings: Mapping[str, str] | None = None
) -> Tables:
    """Return the tables of an input, rows that repeat an equal one left out.

    What one sheet says of another is not checked: a planner's part has no need of every sheet.

    Args:
        source: anything that can be read.
        findings: takes cells that cannot be read, and rows of one key that contradict each other.
        settings: settings that beat those of the input.
    """
    tables = read_tables(source, findings, settings, checked=False)
    for name, table in tables.sheets.items():
        if name != "Settings":
            tables.sheets[name] = without_duplicates(schema().sheet(name), table, findings)
    return tables


def place(table: Table, index: int, field: str, language: str) -> str:
    """Return where a value stands: ``Lanes!B14``, or ``lanes.csv line 14, From``."""
    wide = table.wide is not None and field in ("quantity", "period")
    field = field if wide or field in table.headings else ""
    return Finding(
        "place",
        "info",
        sheet=table.title,
        row=table.row(index),
        column=table.heading(field) if field else "",
        address=table.cell(index, field),
        file=table.file,
    ).place(language)


def spoken(column: Column, value: object, language: str) -> str:
    """Return a typed value as a planner of that language writes it; blank for blank."""
    if column.type == "flag" and isinstance(value, float) and not math.isnan(value):
        return say("Y" if value else "N", language)
    text = show(value)
    return say(text, language) if column.type == "choice" and text else text
