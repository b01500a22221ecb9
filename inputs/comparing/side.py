"""An input read to be compared with another: it may be a part of one."""

from collections.abc import Mapping

from tierstock.inputs.finding import Finding
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.duplicates import without_duplicates
from tierstock.inputs.reading.read import read_tables
from tierstock.inputs.schema import schema
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
    field = field if field in table.headings else ""
    return Finding(
        "place",
        "info",
        sheet=table.title,
        row=table.row(index),
        column=table.heading(field) if field else "",
        address=table.cell(index, field),
        file=table.file,
    ).place(language)
