"""Findings as short lines: cells, code and figures, whatever the wording of the sentences."""

from tierstock.inputs import Inspection
from tierstock.inputs.findings import Finding


def told_lines(found: Inspection) -> list[str]:
    """Return a line for every finding, e.g. ``Lanes!C4 lane-too-slow: DC→T00``.

    Further cells stand behind the first, what is no warning says so at the end.
    """
    return [_line(one) for one in found.findings]


def _line(one: Finding) -> str:
    said = (getattr(value, "en", value) for value in one.values.values())
    figures = ", ".join(str(value) for value in said if str(value))
    cells = " ".join([f"{one.sheet}!{one.cell}", *one.others])
    severity = "" if one.severity == "warning" else f" [{one.severity}]"
    return f"{cells} {one.code}: {figures}".removesuffix(": ") + severity
