"""What is said only because of another fault, and would send the planner to the wrong cell."""

import re

from tierstock.inputs.finding import Finding
from tierstock.inputs.findings import Findings
from tierstock.inputs.messages import Both
from tierstock.inputs.tables import letters

_CELL = re.compile(r"([A-Z]+)(\d+)")

OF_THE_WHOLE = frozenset(
    (
        "budget-cash-today",
        "demand-unreachable",
        "ladder-safety",
        "ladder-terminal",
        "must-unreachable",
        "safety-too-early",
        "stock-over-max",
        "stock-over-storage",
        "target-out-of-reach",
    )
)
"""Warnings that need every table to be right: they wait until no error is left."""
OF_THE_ROW = frozenset(
    (
        "budget-idle",
        "budget-over-today",
        "lot-expired",
        "lot-without-date",
        "max-below-safety",
        "order-expired",
        "order-overdue",
        "row-without-effect",
        "selector-empty",
        "target-empty",
    )
)
"""Warnings on what a row comes to: they wait until the row itself can be read."""


GARBLED = ("control-character", "date-in-code", "code-lost-digits")
"""Errors of a code that can then be no code of another sheet."""
BLANK = ("blank-required", "blank-heading")
"""Errors of a cell that is blank because it is merged with the one beside it."""
MOST_COVERED = 1000
"""Cells of a merged range that are gone through."""


def without_knock_on(findings: Findings) -> Findings:
    """Return the findings without those another fault already explains."""
    errors = findings.errors
    rows = {_row(one) for one in errors if one.row is not None}
    totals = {_row(one) for one in errors if one.code == "total-row"}
    missing = {one.sheet for one in errors if one.code in ("missing-sheet", "far-cell")}
    bare = missing | {one.sheet for one in errors if one.code == "sheet-without-rows"}
    garbled = {(one.sheet, one.address) for one in errors if one.code in GARBLED}
    merged = {(one.sheet, cell) for one in errors for cell in _covered(one)}
    parted = {one.file or one.sheet for one in errors if one.code == "missing-column"}
    kept = Findings(findings.language)
    kept.order = findings.order
    kept.extend(
        one
        for one in findings
        if not (one.code in OF_THE_WHOLE and errors)
        and not (one.code in OF_THE_ROW and _row(one) in rows)
        and not (one.code == "sheet-without-rows" and one.sheet in missing)
        and not (one.code == "unknown-reference" and bare & _names(one.values["where"]))
        and not (one.code == "unknown-reference" and (one.sheet, one.address) in garbled)
        and not (one.code in BLANK and (one.sheet, one.address) in merged)
        and not (one.code == "blank-required" and _row(one) in totals)
        and not (one.code == "duplicate-key" and (one.file or one.sheet) in parted)
    )
    return kept


def _covered(finding: Finding) -> list[str]:
    """Return the cells of a merged range, none where it is very large."""
    if finding.code != "merged-cells" or ":" not in finding.address:
        return []
    ends = [_CELL.fullmatch(end) for end in finding.address.split(":")]
    if not all(ends):
        return []
    (left, top), (right, bottom) = ((_column(end[1]), int(end[2])) for end in ends if end)
    if (right - left + 1) * (bottom - top + 1) > MOST_COVERED:
        return []
    rows = range(top, bottom + 1)
    return [f"{letters(at - 1)}{row}" for at in range(left, right + 1) for row in rows]


def _column(name: str) -> int:
    """Return the number of a column by its letters, 1 for A."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - 64
    return number


def _names(where: object) -> set[str]:
    """Return the name of a sheet in both languages."""
    return set(where) if isinstance(where, Both) else set()


def _row(finding: Finding) -> tuple[str, int | None]:
    return finding.file or finding.sheet, finding.row
