"""A small network for every input sheet: the four core sheets, and rows of that sheet.

The rows lie in ``inputs/examples.csv``, its cells parted by ``|``; what an example does not say
is that of the sample ``starter``. The pages about the sheets show them.
"""

import csv
import datetime as dt
import re
from functools import cache
from importlib.resources import files

import pandas as pd

from tierstock.inputs.schema import Column, canonical, say, schema

_MARKS = re.compile(r"([=;,!])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@cache
def _rows() -> dict[str, dict[str, list[list[str]]]]:
    """Return the rows of cells of every example by sheet, the headings first."""
    text = files("tierstock.inputs").joinpath("examples.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[list[str]]]] = {}
    for row in csv.DictReader(text.splitlines()):
        lines = found.setdefault(row["example"], {}).setdefault(row["sheet"], [])
        lines.append(row["cells"].split("|"))
    return found


def example_names() -> tuple[str, ...]:
    """Return the English names of the sheets there is an example for."""
    return tuple(_rows())


def example(sheet: str, language: str = "en") -> dict[str, pd.DataFrame]:
    """Return the tables of the example for a sheet, with English names of sheets and columns.

    Choice words stay in English; names and selectors are in the language asked for.

    Args:
        sheet: English name of an input sheet.
        language: ``en`` or ``zh``.

    Raises:
        KeyError: there is no example for that sheet.

    >>> example("TransferRules")["TransferRules"]["Within"].tolist()
    ['same region', 'any']
    """
    from tierstock.inputs.samples import sample

    tables = sample("starter", language)
    for name, lines in _rows()[sheet].items():
        columns = [_column(name, heading) for heading in lines[0]]
        cells = [
            [_cell(text, column, language) for text, column in zip(line, columns, strict=True)]
            for line in lines[1:]
        ]
        tables[name] = pd.DataFrame(cells, columns=lines[0], dtype=object)
    order = [one.name for one in schema().inputs]
    return dict(sorted(tables.items(), key=lambda item: order.index(item[0])))


def _column(sheet: str, heading: str) -> Column | None:
    """Return the column of a heading; None for a period."""
    known = {column.name: column for column in schema().sheet(sheet).columns}
    return known.get(heading)


def _cell(text: str, column: Column | None, language: str) -> object:
    """Return a cell with the type of its column."""
    if not text:
        return None
    kind = "number" if column is None else column.type
    if kind in ("number", "integer") and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if kind == "date" and _DAY.fullmatch(text):
        return dt.date.fromisoformat(text)
    if kind == "selector" and language == "zh":
        return "".join(_spoken(part) for part in _MARKS.split(text))
    return text


def _spoken(part: str) -> str:
    """Return a word of a selector in Chinese: heading, choice or name of a region."""
    for sheet in ("Locations", "Products"):
        for column in schema().sheet(sheet).columns:
            if column.name == part:
                return column.zh
    return say(part, "zh") if part.isalpha() and canonical(part) else part
