"""Everything of the package that writes files, each with two contents that are told apart."""

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from by_hand import decisions, facts, network

from tierstock.inputs.comparing.book import write_book
from tierstock.inputs.comparing.difference import difference
from tierstock.inputs.comparing.side import read_side
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.marked import write_marked
from tierstock.inputs.samples import sample
from tierstock.inputs.templates.template import write_template
from tierstock.inputs.writing.convert import write_tabs
from tierstock.inputs.writing.place import placing, placing_all
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_workbook import write_workbook as write_plain
from tierstock.outputs import build_tables, write_workbook

CONTENTS = "AB"
ROWS = 150

Write = Callable[[Path, str], object]


def tabs(content: str) -> list[Tab]:
    """Two sheets whose every row says which content it is of."""
    rows: list[list[object]] = [["Location", "Tier", "Note"]]
    rows += [[f"S{number}", "store", f"{content} {number}"] for number in range(ROWS)]
    return [Tab("Locations", rows, 0, "Locations"), Tab("Notes", [*rows[:50]])]


@cache
def _tables() -> dict[str, pd.DataFrame]:
    return build_tables(network(), decisions(), facts())


@cache
def _sides() -> tuple[Any, Any]:
    frames = sample("starter", "en")
    changed = frames | {"Lanes": frames["Lanes"].iloc[1:]}
    return read_side(frames, Findings()), read_side(changed, Findings())


def plan(path: Path, content: str) -> None:
    """Write a results workbook."""
    write_workbook(path, _tables(), "en", {"Lanes": _frame(content)}, facts())


def _frame(content: str) -> pd.DataFrame:
    rows = tabs(content)[0].rows
    return pd.DataFrame(rows[1:], columns=[str(name) for name in rows[0]])


def marked(path: Path, content: str) -> None:
    """Write the marked copy of a check."""
    findings = Findings()
    findings.add("blank-rows", sheet="Locations", row=2, count=1)
    write_marked({"Locations": _frame(content)}, findings, path)


def template(path: Path, content: str) -> None:
    """Write a template."""
    write_template(path, sample={"Locations": _frame(content)[["Location", "Tier", "Note"]]})


def differing(path: Path, content: str) -> None:
    """Write the workbook of a comparison."""
    one, other = _sides()
    with placing(path) as draft:
        write_book(difference(one, other, "en"), (content, "other"), draft)


def pair(path: Path, content: str) -> None:
    """Write a workbook and its log, which appear together."""
    with placing_all(log_of(path), path) as drafts:
        for draft in drafts:
            write_plain(tabs(content), draft)


def log_of(path: Path) -> Path:
    """Return the second file of a pair."""
    return path.with_name("log.xlsx")


def _as(form: str) -> Write:
    return lambda path, content: write_tabs(tabs(content), path, form, True)


WRITERS: dict[str, tuple[str, Write]] = {
    "plan": ("net.plan.xlsx", plan),
    "workbook": ("net.xlsx", _as("xlsx")),
    "open document": ("net.ods", _as("ods")),
    "folder": ("net", _as("csv")),
    "database": ("net.db", _as("sqlite")),
    "marked copy": ("net.checked.xlsx", marked),
    "template": ("new.xlsx", template),
    "comparison": ("diff.xlsx", differing),
    "pair": ("pair.xlsx", pair),
}
"""Name of the file and its writer."""


def read(path: Path) -> object:
    """Return all that is in a file or folder, but for the moment it was written.

    Raises:
        Exception: it is not whole.
    """
    if path.is_dir():
        return {file.name: file.read_bytes() for file in path.iterdir()}
    if path.suffix == ".db":
        with sqlite3.connect(path) as connection:
            lines = list(connection.iterdump())
        connection.close()
        return lines
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def strays(folder: Path) -> list[str]:
    """Return the names of drafts left in a folder."""
    return [file.name for file in folder.iterdir() if file.name.startswith(".")]
