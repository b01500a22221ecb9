"""One fault, warning or note, and the sentence that tells it."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from tierstock.inputs.messages import phrase, show

LETTERS = string.ascii_uppercase
LINED = (".csv", ".tsv", ".txt", ".yaml", ".yml")
"""Endings of files whose rows are lines."""
SHOWN_CELLS = 5
"""Cells named when many share one fault."""


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
    """Name of the CSV or Parquet file or database table; blank for a workbook."""
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
        """Line of the CSV file, or row of the Parquet file or database table, its first being 1.

        None where the headings are meant, which are no row of a table.
        """
        if not self.file or self.row is None:
            return None
        return (self.row - 1 or None) if self._record else self.row

    def _told(self, cell: str) -> str:
        """Return a cell, of a file without cells its line or row."""
        if not self.file:
            return cell
        row = int(cell.lstrip(LETTERS) or 0)
        return str(row - 1 if self._record else row)

    @property
    def _record(self) -> bool:
        """Whether it is in a table without lines: a Parquet file or a database table."""
        return not self.file.lower().endswith(LINED)

    def place(self, language: str = "en") -> str:
        """Return where it is: ``Lanes!B14``, or ``lanes.csv line 14, From``."""
        if self.file:
            if self.row is None:
                return self.file
            code = "row-of-table" if self._record else "line-of-file"
            values = {"file": self.file, "line": self.line, "column": self.column}
            return phrase(code, language, values)
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
            cells = ", ".join(map(self._told, self.others[:SHOWN_CELLS]))
            cells += ", …" if len(self.others) > SHOWN_CELLS else ""
            code = "others-rows" if self.file else "others"
            text += phrase(code, language, {"count": len(self.others), "cells": cells})
        return text

    def say(self, language: str = "en") -> str:
        """Return place, fault and remedy on one line."""
        return f"{self.place(language)}  {self.message(language)}".strip()
