"""Sheets, columns and choice words in either language, and tables of texts by column.

The dictionary is data: the same CSV files the reader is made from, located by path.
"""

import csv
import importlib.util
import math
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

from tierstock.outputs.audit.book import read_grids, titles
from tierstock.outputs.audit.grid import Grid, Stored
from tierstock.outputs.audit.values import bare, head, header_unit, number

COPY = ("In ", "输入 ")
"""What the name of an input sheet begins with in a results workbook."""
SOMETIMES_MONEY = {
    ("Budgets", "Limit"): ("Kind", ("capital", "spend", "freight", "cash")),
    ("UserRows", "Value"): ("Variable", ("spend",)),
    ("Rates", "Rate"): ("Basis", ()),
}
"""Numbers that are money in rows of some kinds: where the kind stands; all rows without kinds."""
SWAPPED = str.maketrans(",.", ".,")
PLAIN = re.compile(r"[¥￥]?[-+\d.,%eE\s]+")
"""Numbers without a unit behind them."""


@dataclass
class Table:
    """One sheet by column: ``texts[column][i]``, ``lines[i]`` the row number in the file."""

    name: str
    title: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    """Units in the headings."""
    worth: float = 1.0
    """Home money in one unit of money."""
    lines: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    above: list[tuple[int, list[str]]] = field(default_factory=list)
    """Rows above the headings."""
    blank: list[str] = field(default_factory=list)
    numeric: list[str] = field(default_factory=list)
    """Columns of numbers."""

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> list[str]:
        """Return the texts of a column, blanks where the sheet does not have it."""
        found = self.texts.get(name)
        if found is None:
            if len(self.blank) != len(self.lines):
                self.blank = [""] * len(self.lines)
            found = self.blank
        return found

    def point_decimals(self) -> None:
        """Take the comma in texts of numbers as the decimal mark, and write a point for it."""
        for name in self.numeric:
            self.texts[name] = [
                text if isinstance(text, Stored) else text.translate(SWAPPED)
                for text in self.texts[name]
            ]

    def count_money(self, worth: float) -> None:
        """Take money in a unit of so much home money; the plain words of headings mean it."""
        self.worth = worth
        for name, unit in self.units.items():
            word = bare(self.stated.get(name, "")).split("/")[0]
            exact = words().measures.get(("money", word), 1.0)
            if unit.startswith("money") and exact != 1.0:
                self.factors[name] /= worth

    def records(self) -> list["Record"]:
        """Return the rows as records."""
        if not self.texts:
            return []
        columns = zip(*self.texts.values(), strict=True)
        return [
            Record(dict(zip(self.texts, cells, strict=True)), self, line)
            for cells, line in zip(columns, self.lines, strict=True)
        ]


@dataclass(frozen=True)
class Record:
    """One row of an input sheet."""

    cells: dict[str, str]
    table: Table
    line: int
    known: dict[str, float] = field(default_factory=dict)
    """Numbers already read."""

    def text(self, name: str) -> str:
        """Return the text of a column, blank where absent."""
        return self.cells.get(name, "")

    def number(self, name: str, default: float = float("nan")) -> float:
        """Return a number in the contract's unit; blank = default."""
        text = self.cells.get(name, "")
        if not text:
            return default
        if name in self.known:
            return self.known[name]
        unit = self.table.units.get(name, "")
        value = number(text, lambda word: words().factor(unit, word))
        if self._is_money(name, unit) and not PLAIN.fullmatch(text):
            value /= self.table.worth
        self.known[name] = value * self.table.factors.get(name, 1.0)
        return self.known[name]

    def _is_money(self, name: str, unit: str) -> bool:
        """Tell whether a number is money; some columns are in rows of some kinds only."""
        kind, among = SOMETIMES_MONEY.get((self.table.name, name), ("", ()))
        return unit.startswith("money") or (kind != "" and (not among or self.text(kind) in among))


def data_folder() -> Path:
    """Return the folder of the dictionary files, without importing the reader."""
    spec = importlib.util.find_spec("tierstock.inputs")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the dictionary of sheets and columns is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def _rows(name: str) -> list[dict[str, str]]:
    with open(data_folder() / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _names(row: dict[str, str], key: str) -> list[str]:
    own, zh = row[key], row.get("zh", "")
    aliases = [word for word in row.get("aliases", "").split("|") if word]
    return [own, zh, f"{own} {zh}", f"{zh} {own}", *aliases]


class Words:
    """The dictionary; look-ups fold case, spaces and full-width forms."""

    def __init__(self) -> None:
        """Read the dictionary files."""
        self.kinds: dict[str, str] = {}
        self.sheets: dict[str, str] = {}
        self.columns: dict[str, dict[str, str]] = {}
        self.rows: dict[tuple[str, str], dict[str, str]] = {}
        self.choices: dict[str, list[str]] = {}
        self.settings: dict[str, dict[str, str]] = {}
        for row in _rows("sheets.csv"):
            self.kinds[row["sheet"]] = row["kind"]
            for word in _names(row, "sheet"):
                self.sheets.setdefault(bare(word), row["sheet"])
        inputs = [sheet for sheet, kind in self.kinds.items() if kind == "input"]
        for row in _rows("schema.csv"):
            for sheet in inputs if row["sheet"] == "*" else [row["sheet"]]:
                known = self.columns.setdefault(sheet, {})
                self.rows.setdefault((sheet, row["column"]), row)
                for word in _names(row, "column"):
                    known.setdefault(head(word), row["column"])
        for row in _rows("choices.csv"):
            for word in _names(row, "word"):
                self.choices.setdefault(bare(word), []).append(row["word"])
        self.measures = {
            (row["unit"], bare(row["word"])): float(Fraction(row["factor"]))
            for row in _rows("units.csv")
        }
        for row in _rows("settings.csv"):
            for word in _names(row, "setting"):
                self.settings.setdefault(bare(word), row)

    def factor(self, unit: str, stated: str) -> float:
        """Return what one stated unit is in the contract's, e.g. 1000 for kg and ``t``."""
        whole = self.measures.get((unit, bare(stated)))
        if whole is not None or not stated:
            return whole or 1.0
        parts = zip(unit.split("/"), bare(stated).split("/"), strict=False)
        above, *below = (self.measures.get(part, 1.0) for part in parts)
        return above / math.prod(below)

    def column(self, sheet: str, name: str) -> str:
        """Return the English name of a column, the text itself where it is none."""
        return self.columns[sheet].get(head(name), name)

    def choice(self, text: str, allowed: str = "") -> str:
        """Return the English word of a choice, the text itself where it is none."""
        found = self.choices.get(bare(text), [])
        among = allowed.split("|") if allowed else found
        known = [word for word in found if word in among]
        known += [word for word in among if bare(word) == bare(text)]
        return known[0] if known else text.strip()

    def table(self, name: str, grid: Grid) -> Table:
        """Turn a grid into a table; columns that are not known keep their header."""
        known = self.columns[name]
        result = Table(name, grid.title, formulas=grid.formulas)
        if not grid.rows:
            return result
        start = self._header(name, grid) if name == "Summary" else 0
        top, body = grid.rows[start], grid.rows[start + 1 :]
        result.above = grid.rows[:start]
        width = max(len(cells) for _, cells in grid.rows)
        filled = [cells + [""] * (width - len(cells)) for _, cells in body]
        result.lines = [line for line, _ in body]
        columns = zip(*filled, strict=True) if filled else iter([()] * width)
        for header, column in zip(top[1], columns, strict=False):
            if not header.strip() or header.strip()[0] in "#_":
                continue
            own = known.get(head(header), header.strip())
            if head(header) not in known:
                result.unknown.append(own)
            row = self.rows.get((name, own), {})
            result.units[own] = row.get("unit", "")
            result.stated[own] = header_unit(header)
            result.factors[own] = self.factor(result.units[own], header_unit(header))
            allowed = row.get("choices", "") if row.get("type") == "choice" else None
            numeric = row.get("type") in ("number", "integer") or not row
            result.numeric += [own] * numeric
            result.texts[own] = list(column) if numeric else self._folded(column, allowed)
        return result

    def _header(self, name: str, grid: Grid) -> int:
        """Return the row with the headings: the one of the first rows that knows most of them."""
        known = self.columns[name]
        hits = [sum(head(c) in known for c in cells if c) for _, cells in grid.rows[:200]]
        return hits.index(max(hits))

    def _folded(self, column: Iterable[str], allowed: str | None) -> list[str]:
        seen: dict[str, str] = {}
        for text in column:
            if text not in seen:
                word = text.strip()
                seen[text] = word if allowed is None else self.choice(word, allowed)
        return [seen[text] for text in column]


@cache
def words() -> Words:
    """Return the dictionary, read once."""
    return Words()


def sheets_of(found: Iterable[str], kind: str, names: Container[str] = ()) -> dict[str, str]:
    """Return the English names of the input or the output sheets among titles.

    ``names`` limits them; empty = all. A results workbook given as input is read from its copies
    ``In <sheet>``.
    """
    book = words()
    own: dict[str, str] = {}
    copies: dict[str, str] = {}
    for title in found:
        plain, target = title, own
        for start in COPY:
            if title.startswith(start):
                plain, target = title[len(start) :], copies
        name = book.sheets.get(bare(plain))
        if name and book.kinds[name] == kind and (not names or name in names):
            target[title] = name
    return copies if kind == "input" and copies else own


def read_tables(path: str | Path, kind: str, names: Container[str] = ()) -> dict[str, Table]:
    """Read the input or the output sheets of a file or folder, by English name."""
    found = sheets_of(titles(path), kind, names)
    return tables_in(read_grids(path, set(found)), found)


def tables_in(grids: Mapping[str, Grid], found: Mapping[str, str]) -> dict[str, Table]:
    """Return grids as tables, by the English names of their titles."""
    return {name: words().table(name, grids[title]) for title, name in found.items()}
