"""What was found in the planner's tables: faults, warnings and notes, each at its cell.

The words are in ``messages.csv``; :mod:`tierstock.inputs.messages` says how they are written.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from tierstock.inputs.finding import Finding
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
KEPT = 20
"""Findings of one code and column told one by one; what follows is counted in the last of them."""


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

    def extend(self, other: Iterable[Finding]) -> None:
        """Take over findings, as of another collector."""
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
