"""The smallest study as rows of cells, in both languages, to be spoilt by tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from tierstock.inputs.findings import Finding, Findings
from tierstock.inputs.reading.read import read_tables
from tierstock.inputs.schema import say, schema
from tierstock.inputs.tables import Tables

Rows = list[list[Any]]

ENGLISH: dict[str, Rows] = {
    "Locations": [
        ["Location", "Tier", "Region", "Holds Stock", "Active From"],
        ["DC1", "CDC", "East", "Y", "2026-01-05"],
        ["S01", "store", "East", "", ""],
        ["S02", "store", "West", "N", ""],
    ],
    "Products": [
        ["Product", "Unit Value", "Price", "Weight (kg/unit)"],
        ["P01", 10, 25, 1.5],
        ["P02", 8.5, 20, 2],
    ],
    "Lanes": [
        ["From", "To", "Lead Time (day)", "Unit Cost", "Yield"],
        ["DC1", "S01", 2, 1.25, 0.98],
        ["DC1", "S02", 3, 1.5, ""],
    ],
    "Demand": [
        ["Location", "Product", "Period", "Quantity"],
        ["S01", "P01", "2026-01-05", 100],
        ["S01", "P02", "2026-01-05", 40],
        ["S02", "P01", "2026-01-12", 60],
    ],
}
"""Sheets of the study, the headings first."""


def starter(language: str = "en") -> dict[str, Rows]:
    """Return a fresh copy of the study with names, headings and choices in a language."""
    study = {}
    for name, rows in ENGLISH.items():
        sheet = schema().sheet(name)
        columns = [sheet.column(heading.split(" (")[0]) for heading in rows[0]]
        headings = [
            column.heading(language)
            + (f" ({say(column.unit, language, kind='unit')})" if "(" in heading else "")
            for column, heading in zip(columns, rows[0], strict=True)
        ]
        spoken = [
            [
                say(cell, language) if column.type in ("choice", "flag") and cell else cell
                for column, cell in zip(columns, row, strict=True)
            ]
            for row in rows[1:]
        ]
        study[sheet.heading(language)] = [headings, *spoken]
    return study


def sheet_of(study: Mapping[str, Rows], name: str) -> Rows:
    """Return the rows of a sheet by its English name, whatever the language of the study."""
    sheet = schema().sheet(name)
    return next(rows for title, rows in study.items() if title in (sheet.name, sheet.zh))


def save(study: Mapping[str, Rows], path: Path) -> Path:
    """Write a study as a workbook; a text that begins with ``=`` is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in study.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value != "":
                    sheet.cell(number, column, value)
    book.save(path)
    return path


def as_folder(study: Mapping[str, Rows], folder: Path, encoding: str = "utf-8") -> Path:
    """Write a study as a folder of CSV files."""
    for title, rows in study.items():
        frame = pd.DataFrame(rows[1:], columns=rows[0])
        frame.to_csv(folder / f"{title}.csv", index=False, encoding=encoding)
    return folder


def assert_same_tables(left: Tables, right: Tables, but: str = "") -> None:
    """Demand the same typed tables, in the same order; one of them may differ."""
    assert list(left.sheets) == list(right.sheets)
    for name in left.sheets.keys() - {but}:
        pd.testing.assert_frame_equal(left.table(name).frame, right.table(name).frame)


def look(source: Any, overrides: Mapping[str, str] | None = None) -> tuple[Tables, Findings]:
    """Read an input and return its tables and everything found."""
    findings = Findings()
    return read_tables(source, findings, overrides), findings


def only(findings: Findings, code: str) -> Finding:
    """Return the one finding with a code."""
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, [finding.say() for finding in findings]
    return found[0]


def codes(findings: Findings, *severities: str) -> list[str]:
    """Return the codes found, of some severities or of all."""
    return [one.code for one in findings if not severities or one.severity in severities]
