"""What was found in the planner's tables: faults, warnings and notes, each at its cell.

The words are in ``messages.csv``; :mod:`tierstock.inputs.messages` says how they are written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from tierstock.inputs.messages import Both, messages, phrase, show

if TYPE_CHECKING:
    from tierstock.inputs.tables import Table

__all__ = [
    "COLUMNS",
    "KEPT",
    "SEVERITIES",
    "Both",
    "Finding",
    "Findings",
    "InputError",
    "findings_frame",
    "messages",
    "phrase",
    "show",
]

SEVERITIES = ("error", "warning", "info")
COLUMNS = (
    "code",
    "severity",
    "sheet",
    "cell",
    "row",
    "column",
    "value",
    "message",
    "file",
    "line",
)
SHOWN_CELLS = 5
"""Cells named when many share one fault."""
KEPT = 20
"""Findings of one code and column told one by one; what follows is counted in the last of them."""


@dataclass(frozen=True)
class Finding:
    """One fault, warning or note, with the cells where it is."""

    code: str
    severity: str
    """error, warning or info."""
    sheet: str = ""
    """Name of the sheet as the planner wrote it; blank where it concerns the whole file."""
    row: int | None = None
    """Excel row, or line of a CSV file."""
    column: str = ""
    """Heading of the column as the planner wrote it."""
    address: str = ""
    """Cell in A1 style (for a CSV file: where the cell would be in a sheet)."""
    value: str = ""
    """What stands in the cell."""
    file: str = ""
    """Name of the CSV file; blank for a workbook."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What else the sentence tells."""
    others: tuple[str, ...] = ()
    """Further cells with the same fault, A1 style."""

    @property
    def cell(self) -> str:
        """Cell in A1 style; blank for a CSV file, where file and line are given."""
        return "" if self.file else self.address

    @property
    def line(self) -> int | None:
        """Line of the CSV file."""
        return self.row if self.file else None

    def place(self, language: str = "en") -> str:
        """Return where it is: ``Lanes!B14``, or ``lanes.csv line 14, From``."""
        if self.file:
            if self.row is None:
                return self.file
            return phrase(
                "line-of-file",
                language,
                {"file": self.file, "line": self.row, "column": self.column},
            )
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def fault(self, language: str = "en") -> str:
        """Return fault and remedy of the first cell, without the place."""
        known = {"value": self.value, "column": self.column, "sheet": self.sheet}
        known |= {"row": show(self.row), "cell": self.address}
        return phrase(self.code, language, {**known, **self.values})

    def message(self, language: str = "en") -> str:
        """Return fault and remedy without the place, and how many other cells share it."""
        text = self.fault(language)
        if self.others:
            cells = ", ".join(self.others[:SHOWN_CELLS])
            cells += ", …" if len(self.others) > SHOWN_CELLS else ""
            text += phrase("others", language, {"count": len(self.others), "cells": cells})
        return text

    def say(self, language: str = "en") -> str:
        """Return place, fault and remedy on one line."""
        return f"{self.place(language)}  {self.message(language)}".strip()


class Findings:
    """Collects everything that is found; nothing stops at the first fault.

    Typical calls::

        findings.add("unknown-reference", table=demand, index=17, field="location",
                     where=Both("Locations", "地点"), nearest="Shanghai-DC")
        findings.add("self-lane", table=lanes, index=rows)      # a whole row, several rows
        findings.add("missing-sheet", sheet="Lanes")            # no cell to point at
        findings.add("bad-setting", sheet="Settings", address="B4", column="gap", value="x")

    ``index`` is a position in ``table.frame`` or several of them (list or array): several make
    one finding that names the first cell, counts the others and shows some of them. The value
    shown is that of the cell unless ``value`` is given. A ``Both`` among the values is said in
    the language of the reader. The severity is that of the code unless ``severity`` is given.
    Findings of one code in one column beyond the 20th are counted in one sentence.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        """en or zh: the language of the reader; set from the headings of the tables."""
        self.order: tuple[str, ...] = ()
        """Sheets in the order of the workbook; set when it is opened."""
        self._found: list[Finding] = []
        self._folded: list[list[str]] = []
        self._seen: dict[tuple[str, str, str], int] = {}
        self._last: dict[tuple[str, str, str], int] = {}

    def add(
        self,
        code: str,
        *,
        table: "Table | None" = None,
        index: int | Sequence[int] | Iterable[int] | None = None,
        field: str = "",
        sheet: str = "",
        row: int | None = None,
        column: str = "",
        address: str = "",
        others: Sequence[str] = (),
        value: object = None,
        severity: str = "",
        file: str = "",
        **values: object,
    ) -> None:
        """Add one finding; see the class for how it is called.

        Args:
            code: a code of ``messages.csv``.
            table: the table it is in; gives sheet, heading, cell, row and value.
            index: position in ``table.frame``, or several; nothing found where there are none.
            field: schema field of the column; without it the whole row is meant.
            sheet: name of the sheet, where no table is given.
            row: Excel row or line, where no table is given.
            column: heading, where no table is given.
            address: cell, where no table is given.
            others: further cells, where no table is given.
            value: what stands there.
            severity: error, warning or info, to differ from ``messages.csv``.
            file: name of the CSV file.
            values: what the sentence tells.

        Raises:
            KeyError: the code is not in ``messages.csv``.
        """
        severity = severity or messages()[code].severity
        if table is not None:
            sheet, file = table.title, table.file
            column = table.heading(field) if field else ""
            rows = _positions(index)
            if rows is not None and not rows:
                return
            if rows:
                row = table.row(rows[0])
                address = table.cell(rows[0], field)
                cells = dict.fromkeys(table.cell(at, field) for at in rows)
                others = list(cells)[1:]
                if value is None and field:
                    value = table.frame[field].iat[rows[0]]
            elif field:
                address = table.header_cell(field)
        self._put(
            Finding(
                code,
                severity,
                sheet,
                row,
                column,
                address,
                show(value),
                file,
                values,
                tuple(others),
            )
        )

    def _put(self, finding: Finding) -> None:
        """Keep the first findings of a kind and fold the rest into the last one kept."""
        key = (finding.code, finding.file or finding.sheet, finding.column)
        seen = self._seen[key] = self._seen.get(key, 0) + 1
        if seen <= KEPT or not finding.address:
            self._last[key] = len(self._found)
            self._found.append(finding)
            self._folded.append([])
        else:
            self._folded[self._last[key]] += (finding.address, *finding.others)

    def extend(self, other: "Findings") -> None:
        """Take over the findings of another collector."""
        for finding in other:
            self._put(finding)

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings: errors first, each kind in the order of the workbook."""
        number = {sheet: at for at, sheet in enumerate(self.order)}

        def key(finding: Finding) -> tuple[int, int, int, int]:
            severity = SEVERITIES.index(finding.severity)
            if not number:
                return severity, 0, 0, 0
            column = _column(finding.address)
            return severity, number.get(finding.sheet, -1), finding.row or 0, column

        return iter(sorted(self._all(), key=key))

    def _all(self) -> list[Finding]:
        return [
            replace(finding, others=(*finding.others, *more)) if more else finding
            for finding, more in zip(self._found, self._folded, strict=True)
        ]

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Finding]:
        """Findings that forbid a plan."""
        return [finding for finding in self if finding.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """Findings the planner should look at; a plan is possible."""
        return [finding for finding in self if finding.severity == "warning"]

    def frame(self, language: str = "") -> pd.DataFrame:
        """Return all findings as a table, one row each, in the columns ``COLUMNS``."""
        return findings_frame(self, language or self.language)


def findings_frame(findings: Iterable[Finding], language: str = "en") -> pd.DataFrame:
    """Return findings as a table whose rows are the JSON objects of ``check --json``.

    Columns: code, severity, sheet, cell, row, column, value, message, file, line. ``row`` and
    ``line`` are whole numbers or None, everything else is text.
    """
    rows = [
        (f.code, f.severity, f.sheet, f.cell, f.row, f.column, f.value, f.message(language))
        + (f.file, f.line)
        for f in findings
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


class InputError(ValueError):
    """The tables cannot be used; everything found is in ``findings``.

    ``findings`` is a DataFrame with one row per finding (see :func:`findings_frame`);
    ``found`` is the collector itself.
    """

    def __init__(self, found: Findings, language: str = "", shown: int = 20) -> None:
        language = language or found.language
        self.found = found
        self.findings = found.frame(language)
        listed = list(found)
        lines = [phrase("heading", language, {"count": len(found.errors), "all": len(listed)})]
        room = shown - 1 if len(listed) <= shown - 1 else shown - 2
        lines += [finding.say(language) for finding in listed[:room]]
        if len(listed) > room:
            lines.append(phrase("more", language, {"count": len(listed) - room}))
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type["InputError"], tuple[Findings]]:
        return InputError, (self.found,)


def _column(address: str) -> int:
    """Return the number of the column of a cell, 1 for A; 0 where there is none."""
    number = 0
    for mark in address:
        if not mark.isalpha():
            break
        number = 26 * number + ord(mark) - 64
    return number


def _positions(index: int | Iterable[int] | None) -> list[int] | None:
    """Return the positions as a list; None where no row is meant."""
    if index is None:
        return None
    return [int(at) for at in index] if isinstance(index, Iterable) else [int(index)]
