"""How ready each sheet is to be planned with: a score, and what is missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tierstock.inputs.finding import Finding
from tierstock.inputs.findings import Findings
from tierstock.inputs.messages import Both
from tierstock.inputs.schema import schema
from tierstock.inputs.tables import Table, Tables

WARNING_WEIGHT = 0.25
"""What a row with a warning counts beside a row with an error."""
SHEET_WEIGHT = 0.5
"""What is left of the score by every fault of a whole sheet, such as a missing column."""

_ROW = re.compile(r"[A-Z]+(\d+)")


@dataclass(frozen=True)
class Readiness:
    """How ready one sheet is."""

    sheet: str
    """Name of the sheet as the planner wrote it."""
    score: int
    """0 to 100; 100 = nothing was found."""
    rows: int
    """Rows with data, as they are read."""
    errors: int
    """Rows with an error."""
    warnings: int
    """Rows with a warning and no error."""
    missing: tuple[Both, ...]
    """Columns that are missing, and columns with blank cells and their number."""


def readiness(tables: Tables, findings: Findings) -> list[Readiness]:
    r"""Return the readiness of every sheet with rows or faults, in the order of the schema.

    .. math::

        100 \left(1 - \frac{e + w/4}{n}\right) \cdot \left(\tfrac12\right)^f

    with n rows, e of them with an error and w more with a warning, and f faults of the whole
    sheet. A sheet with any error or warning has 99 at most, a missing core sheet 0.

    Args:
        tables: the tables that were read.
        findings: everything that was found in them.
    """
    result = []
    for sheet in schema().inputs:
        table = tables.sheets.get(sheet.name)
        title = table.title if table is not None else sheet.heading(tables.language)
        mine = [one for one in findings if one.sheet == title and one.severity != "info"]
        if not (sheet.required and mine) and (table is None or not (len(table) or mine)):
            continue
        result.append(_of(title, table, mine))
    return result


def _of(title: str, table: Table | None, found: list[Finding]) -> Readiness:
    """Score one sheet by what was found in it."""
    header = table.header_row if table is not None else 0
    rows: dict[str, set[int]] = {"error": set(), "warning": set()}
    whole = 0
    for one in found:
        places = [row for row in _rows(one) if row > header]
        rows[one.severity].update(places)
        whole += not places and one.severity == "error"
    count = 0 if table is None else table.frame["row"].nunique()
    errors, warnings = len(rows["error"]), len(rows["warning"] - rows["error"])
    read = max(count, errors + warnings, 1)
    score = 100.0 * (1.0 - (errors + WARNING_WEIGHT * warnings) / read) * SHEET_WEIGHT**whole
    least = 0 if table is None or not count else min(int(score), 99 if found else 100)
    return Readiness(title, least, count, errors, warnings, tuple(_missing(found)))


def _rows(finding: Finding) -> Iterator[int]:
    """Go through the rows a finding names."""
    if finding.row is not None:
        yield finding.row
    named = map(_ROW.match, finding.others)
    yield from (int(one[1]) for one in named if one is not None)


def _missing(found: list[Finding]) -> Iterator[Both]:
    """Go through the columns that are missing, then those with blank cells."""
    for one in found:
        meant = one.values.get("meant")
        if one.code == "missing-column" and isinstance(meant, Both):
            yield meant
    blank: dict[str, int] = {}
    for one in found:
        if one.code == "blank-required":
            blank[one.column] = blank.get(one.column, 0) + 1 + len(one.others)
    for column, cells in blank.items():
        yield Both(f"{column} ({cells})", f"{column}（{cells}）")
