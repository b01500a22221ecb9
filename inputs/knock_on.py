"""What is said only because of another fault, and would send the planner to the wrong cell."""

from tierstock.inputs.finding import Finding
from tierstock.inputs.findings import Findings
from tierstock.inputs.messages import Both

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


def without_knock_on(findings: Findings) -> Findings:
    """Return the findings without those another fault already explains."""
    errors = findings.errors
    rows = {_row(one) for one in errors if one.row is not None}
    missing = {one.sheet for one in errors if one.code in ("missing-sheet", "far-cell")}
    bare = missing | {one.sheet for one in errors if one.code == "sheet-without-rows"}
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
        and not (one.code == "duplicate-key" and (one.file or one.sheet) in parted)
    )
    return kept


def _names(where: object) -> set[str]:
    """Return the name of a sheet in both languages."""
    return set(where) if isinstance(where, Both) else set()


def _row(finding: Finding) -> tuple[str, int | None]:
    return finding.file or finding.sheet, finding.row
