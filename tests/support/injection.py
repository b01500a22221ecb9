"""Samples as rows of cells, and faults planted into them at a place that is remembered.

A :class:`Book` holds the sheets of a sample as a planner's workbook has them: the headings first,
then the rows. It is read as DataFrames, whose cells are counted as in a workbook, or saved as one.
"""

import copy
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
from starter import Rows, save

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.headings import find_column, find_sheet
from tierstock.inputs.samples import sample
from tierstock.inputs.schema import say, schema
from tierstock.inputs.tables import letters
from tierstock.inputs.templates.template import write_template

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Spot:
    """Where a finding has to be: the sheet as written, and its cell; blank = the whole sheet."""

    sheet: str
    cell: str = ""


class Unfit(Exception):
    """The sample has nothing to plant this fault into."""


@dataclass
class Book:
    """The sheets of one sample in one language."""

    name: str
    language: str
    titles: dict[str, str]
    """Name of the sheet as written, by its English name."""
    grids: dict[str, Rows]
    """Cells by English name, the headings first."""

    def sheet(self, name: str) -> Rows:
        """Return the rows of a sheet with at least one row of data."""
        if len(self.grids.get(name, ())) < 2:
            raise Unfit(name)
        return self.grids[name]

    def column(self, sheet: str, field: str) -> int:
        """Return the number of a column by schema field; of Demand.quantity the first period."""
        for at, heading in enumerate(self.sheet(sheet)[0]):
            match = find_column(sheet, str(heading))
            if match is not None and match.column.field == field:
                return at
            if match is None and (sheet, field) == ("Demand", "quantity"):
                return at
        raise Unfit(f"{sheet}.{field}")

    def has(self, sheet: str, field: str) -> bool:
        """Return whether the sheet has rows and this column."""
        try:
            self.column(sheet, field)
        except Unfit:
            return False
        return True

    def periods(self) -> list[int]:
        """Return the columns of Demand that are periods."""
        heads = self.sheet("Demand")[0]
        return [at for at, one in enumerate(heads) if find_column("Demand", str(one)) is None]

    def rows(self, sheet: str, field: str = "") -> list[int]:
        """Return the numbers of the rows, or of those that say something in a column."""
        rows = range(1, len(self.sheet(sheet)))
        if not field:
            return list(rows)
        at = self.column(sheet, field)
        return [row for row in rows if self.grids[sheet][row][at] != ""]

    def get(self, sheet: str, field: str, row: int) -> Any:
        """Return a cell."""
        return self.grids[sheet][row][self.column(sheet, field)]

    def spot(self, sheet: str, field: str, row: int) -> Spot:
        """Return where a cell stands."""
        return self.at(sheet, self.column(sheet, field), row)

    def at(self, sheet: str, column: int, row: int) -> Spot:
        """Return where a cell stands, by the number of its column."""
        return Spot(self.titles[sheet], f"{letters(column)}{row + 1}")

    def put(self, sheet: str, field: str, row: int, value: Any) -> Spot:
        """Write a cell, of a new column where the sheet has none; return where it stands."""
        if not self.has(sheet, field):
            self.widen(sheet, field)
        self.grids[sheet][row][self.column(sheet, field)] = value
        return self.spot(sheet, field, row)

    def add(self, sheet: str, **values: Any) -> int:
        """Add a row to a sheet, and the sheet and its columns where they are missing."""
        if sheet not in self.grids:
            self.titles[sheet] = schema().sheet(sheet).heading(self.language)
            self.grids[sheet] = [[]]
        grid = self.grids[sheet]
        grid.append([""] * len(grid[0]))
        for name, value in values.items():
            self.put(sheet, name, len(grid) - 1, value)
        return len(grid) - 1

    def widen(self, sheet: str, field: str) -> None:
        """Add a column, blank in every row."""
        column = next(one for one in schema().sheet(sheet).columns if one.field == field)
        for at, row in enumerate(self.grids[sheet]):
            row.append(column.heading(self.language) if at == 0 else "")

    def want(self, location: str, product: str, quantity: float) -> int:
        """Add a row of demand, the same in every period."""
        row = self.add("Demand", location=location, product=product)
        for at in self.periods():
            self.grids["Demand"][row][at] = quantity
        return row

    def word(self, word: str) -> str:
        """Return a choice in the language of the book."""
        return say(word, self.language)

    def places(self, *tiers: str) -> list[str]:
        """Return the codes of the locations of some tiers."""
        words = {self.word(tier) for tier in tiers}
        return [
            str(self.get("Locations", "location", row))
            for row in self.rows("Locations", "location")
            if self.get("Locations", "tier", row) in words
        ]

    def rename(self, old: str, new: Any) -> None:
        """Write another code for one, wherever it stands alone in a cell.

        Unfit is a code that also stands among others in a cell.
        """
        for grid in self.grids.values():
            if any(old in str(cell) != old for row in grid[1:] for cell in row):
                raise Unfit(old)
        for grid in self.grids.values():
            for row in grid[1:]:
                row[:] = [new if cell == old else cell for cell in row]

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the sheets as DataFrames."""
        return {
            self.titles[name]: pd.DataFrame(grid[1:], columns=grid[0], dtype=object)
            for name, grid in self.grids.items()
        }

    def save(self, path: Path) -> Path:
        """Write the sheets as a workbook."""
        return save({self.titles[name]: grid for name, grid in self.grids.items()}, path)


@cache
def _sample(name: str, language: str) -> Book:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.xlsx"
        write_template(path, lang=language, sample=sample(name, language))
        door = open_door(path, Findings())
        assert door is not None
        titles, grids = {}, {}
        for title in door.names:
            match, raw = find_sheet(title), door.load(title)
            if match is not None and raw is not None:
                rows = _without_end(raw.grid)
                if len(rows) > 1:
                    titles[match.sheet.name], grids[match.sheet.name] = title, rows
    return Book(name, language, titles, grids)


def _without_end(grid: Rows) -> Rows:
    """Return the rows without blank ones at the end and columns that are not read."""
    keep = [at for at, heading in enumerate(grid[0]) if not str(heading).startswith("#")]
    rows = [[row[at] for at in keep] for row in grid]
    last = max(at for at, row in enumerate(rows) if any(cell != "" for cell in row))
    return rows[: last + 1]


def sample_book(name: str, language: str) -> Book:
    """Return a fresh copy of a sample."""
    return copy.deepcopy(_sample(name, language))


Plant = Callable[[Book, Random], Spot]
"""Plants a fault into a book and says where it has to be found."""

PLANTS: dict[str, Plant] = {}
"""How every kind of ``catalogue.csv`` that needs no file of its own is planted."""


def plants(kind: str) -> Callable[[Plant], Plant]:
    """Register how a kind of fault is planted."""

    def register(plant: Plant) -> Plant:
        assert kind not in PLANTS, kind
        PLANTS[kind] = plant
        return plant

    return register


def cell(kind: str, places: str, *values: Any, blank: bool = False) -> None:
    """Register a kind that is planted by writing one of some values into one cell.

    Args:
        kind: the kind.
        places: columns, as ``Lanes.unit_cost Demand.quantity``.
        values: what may be written; a function is given the cell as it is.
        blank: whether the cell may have been blank; else only cells that say something are taken.
    """

    def plant(book: Book, rng: Random) -> Spot:
        options = [place.split(".") for place in places.split()]
        fit = [(s, f) for s, f in options if book.has(s, f) and (blank or book.rows(s, f))]
        if not fit:
            raise Unfit(places)
        sheet, field = rng.choice(fit)
        row = rng.choice(book.rows(sheet, "" if blank else field))
        at = book.column(sheet, field)
        if (sheet, field) == ("Demand", "quantity"):
            at = rng.choice(book.periods())
        value = rng.choice(values)
        was = book.grids[sheet][row][at]
        book.grids[sheet][row][at] = value(was) if callable(value) else value
        return book.at(sheet, at, row)

    plants(kind)(plant)


def choices(rng: Random, options: list[Any]) -> Iterator[Any]:
    """Return the options in a random order."""
    return iter(rng.sample(options, len(options)))


def some(rng: Random, options: list[Any]) -> Any:
    """Return one of the options; the sample is unfit where there are none."""
    if not options:
        raise Unfit
    return rng.choice(options)
