"""Raw texts of an .ods, read with the standard library alone."""

import zipfile
from typing import Any
from xml.parsers import expat

from tierstock.outputs.audit.grid import Grid, Stored, percentage

MOST_COLUMNS = 16_384
MOST_CELLS = 40_000_000
VALUES = ("office:value", "office:date-value", "office:boolean-value", "office:string-value")


def open_document_titles(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the sheets."""
    return _read(archive, set()).titles


def open_document_grids(archive: zipfile.ZipFile, wanted: set[str]) -> dict[str, Grid]:
    """Read the wanted sheets; the texts are those of an Excel file.

    Raises:
        ValueError: a document type is declared, or repeated cells stand for a huge sheet.
    """
    return _read(archive, wanted).grids


def _read(archive: zipfile.ZipFile, wanted: set[str]) -> "_Reader":
    reader = _Reader(wanted)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(archive.read("content.xml"), True)
    return reader


class _Reader:
    """Handlers that run for every element of the content."""

    def __init__(self, wanted: set[str]) -> None:
        self.wanted = wanted
        self.titles: list[str] = []
        self.grids: dict[str, Grid] = {}
        self.grid: Grid | None = None
        self.number = self.repeat = self.cells = self.blanks = 0
        self.row: list[str] = []
        """Cells up to the last filled one; ``blanks`` counts those behind it."""
        self.cell: dict[str, str] = {}
        self.pieces: list[str] = []
        self.inside = self.note = False

    def refuse(self, *_: Any) -> None:
        raise ValueError("the file holds a document type declaration")

    def start(self, name: str, found: dict[str, str]) -> None:
        if name == "table:table":
            title = found["table:name"]
            self.titles.append(title)
            self.grid = Grid(title) if title in self.wanted else None
            self.number = 0
            if self.grid is not None:
                self.grids[title] = self.grid
        elif name == "table:table-row":
            self.row, self.repeat = [], int(found.get("table:number-rows-repeated", 1))
            self.blanks = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.pieces = found, []
        elif name == "office:annotation":
            self.note = True
        elif name == "text:p" and not self.note:
            self.inside = True
            self.pieces += ["\n"] if self.pieces else []
        elif self.inside and name == "text:s":
            self.pieces.append(" " * int(found.get("text:c", 1)))
        elif self.inside and name in ("text:tab", "text:line-break"):
            self.pieces.append("\t" if name == "text:tab" else "\n")

    def text(self, piece: str) -> None:
        if self.inside:
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
        elif name == "office:annotation":
            self.note = False
        elif name == "text:p":
            self.inside = False
        elif name == "table:table-row" and self.grid is not None:
            self._row(self.grid)

    def _cell(self) -> None:
        count = int(self.cell.get("table:number-columns-repeated", 1))
        text = self._shown()
        if not text:
            self.blanks += count
            return
        if len(self.row) + self.blanks + count > MOST_COLUMNS:
            raise ValueError("the sheet is too wide")
        self.row += [""] * self.blanks + [text] * count
        self.blanks = 0

    def _shown(self) -> str:
        kind = self.cell.get("office:value-type", "")
        stated = next((self.cell[name] for name in VALUES if name in self.cell), None)
        if kind == "percentage" and stated is not None:
            return percentage(stated)
        if kind == "boolean" and stated is not None:
            return stated.upper()
        if kind == "date" and stated is not None:
            return stated.partition("T")[0]
        if kind in ("float", "currency") and stated is not None:
            return Stored(stated)
        return "".join(self.pieces) if stated is None else stated

    def _row(self, grid: Grid) -> None:
        if self.row:
            self.cells += len(self.row) * self.repeat
            if self.cells > MOST_CELLS:
                raise ValueError("the sheets are too large")
            grid.rows += [(self.number + n, self.row) for n in range(1, self.repeat + 1)]
        self.number += self.repeat
