"""Faults that only a real file can have (kinds 8, 12 to 15, 36 to 38, 56 and 71)."""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from injection import Book, Spot, Unfit, some
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

FilePlant = Callable[[Book, Random, Path], tuple[Path, Spot]]
"""Writes a book with a fault into a folder; returns what to read and where the fault is."""

FILE_PLANTS: dict[str, FilePlant] = {}
"""How every kind of ``catalogue.csv`` that needs a file is planted."""


def file_plants(kind: str) -> Callable[[FilePlant], FilePlant]:
    """Register how a kind of fault is planted into a file."""

    def register(plant: FilePlant) -> FilePlant:
        FILE_PLANTS[kind] = plant
        return plant

    return register


def _edited(book: Book, folder: Path, edit: Callable[[Any], Spot], sheet: str) -> tuple[Path, Spot]:
    """Save a book, change one sheet of the workbook, and save it again."""
    path = book.save(folder / "study.xlsx")
    work = load_workbook(path)
    spot = edit(work[book.titles[sheet]])
    work.save(path)
    return path, spot


def _number_cell(book: Book, rng: Random) -> tuple[str, int, int]:
    sheet, field = rng.choice([("Lanes", "lead_time"), ("Products", "unit_value")])
    return sheet, book.column(sheet, field), some(rng, book.rows(sheet, field))


@file_plants("an error cell")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    sheet, column, row = _number_cell(book, rng)

    def edit(tab: Any) -> Spot:
        cell = tab.cell(row + 1, column + 1, rng.choice(["#REF!", "#N/A", "#DIV/0!"]))
        cell.data_type = "e"
        return book.at(sheet, column, row)

    return _edited(book, folder, edit, sheet)


@file_plants("a formula never calculated")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    sheet, column, row = _number_cell(book, rng)

    def edit(tab: Any) -> Spot:
        tab.cell(row + 1, column + 1, "=1+1")
        return book.at(sheet, column, row)

    return _edited(book, folder, edit, sheet)


@file_plants("a value from another file")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    """The cell keeps the value Excel saved with the formula."""
    sheet, column, row = _number_cell(book, rng)
    spot, path = book.at(sheet, column, row), book.save(folder / "study.xlsx")
    number = list(book.grids).index(sheet) + 1
    cell = re.compile(rf'(<c r="{spot.cell}"[^>]*>)(<v>)')
    _rewritten(
        path,
        f"xl/worksheets/sheet{number}.xml",
        lambda text: cell.sub(r"\1<f>[1]Prices!$B$2</f>\2", text),
    )
    return path, spot


def _rewritten(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the text of one part of a workbook."""
    draft = path.with_suffix(".part")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(draft, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                changed = change(content.decode("utf-8"))
                assert changed.encode("utf-8") != content
                content = changed.encode("utf-8")
            new.writestr(name, content)
    shutil.move(draft, path)


@file_plants("merged keys")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    def edit(tab: Any) -> Spot:
        tab.merge_cells("A2:A3")
        return Spot(tab.title, "A2:A3")

    return _edited(book, folder, edit, "Demand")


@file_plants("a merged heading")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    def edit(tab: Any) -> Spot:
        tab.merge_cells("B1:C1")
        return Spot(tab.title, "B1:C1")

    return _edited(book, folder, edit, rng.choice(["Lanes", "Locations"]))


@file_plants("hidden rows")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    def edit(tab: Any) -> Spot:
        tab.row_dimensions[rng.choice([2, 3])].hidden = True
        return Spot(tab.title)

    return _edited(book, folder, edit, rng.choice(["Lanes", "Demand"]))


@file_plants("a hidden sheet")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    book.add("Calendars", calendar="c1", date_from="2026-01-05", date_to="2026-01-06")

    def edit(tab: Any) -> Spot:
        tab.sheet_state = rng.choice(["hidden", "veryHidden"])
        return Spot(tab.title)

    return _edited(book, folder, edit, "Calendars")


@file_plants("a cell at the far end")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    def edit(tab: Any) -> Spot:
        tab[rng.choice(["XFD1048576", f"{get_column_letter(9000)}2"])] = "x"
        return Spot(tab.title)

    return _edited(book, folder, edit, rng.choice(["Products", "Lanes"]))


@file_plants("days counted from 1904")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    if "InTransit" in book.grids:
        raise Unfit
    row = book.add("InTransit", to=some(rng, book.places("store", "RDC")), quantity=1)
    book.put("InTransit", "product", row, book.get("Products", "product", 1))
    book.put("InTransit", "due_date", row, 46040 - 1462)
    path = book.save(folder / "study.xlsx")
    _rewritten(
        path,
        "xl/workbook.xml",
        lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"', 1),
    )
    return path, Spot(book.titles["InTransit"])


@file_plants("a sheet name of both languages")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    book.titles["Lanes"] = rng.choice(["Lanes 运输线路", "运输线路 Lanes"])
    return book.save(folder / "study.xlsx"), Spot(book.titles["Lanes"])


def _bytes(kind: str, name: str, content: Callable[[bytes], bytes]) -> None:
    """Register a file of some name whose bytes are made of those of a good workbook."""

    @file_plants(kind)
    def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
        good = book.save(folder / "good.xlsx").read_bytes()
        path = folder / name
        path.write_bytes(content(good))
        return path, Spot("")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_bytes("an empty file", "study.xlsx", lambda good: b"")
_bytes("half a file", "study.xlsx", lambda good: good[: len(good) // 2])
_bytes("a web page as a workbook", "study.xlsx", lambda good: b"<html><table></table></html>")
_bytes("a text as a workbook", "study.xlsx", lambda good: b"Location,Tier\nDC1,RDC\n")
_bytes(
    "a workbook with a password",
    "study.xlsx",
    lambda good: OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
)
_bytes("one CSV file alone", "study.csv", lambda good: b"Location,Tier\nDC1,RDC\n")


@file_plants("no such file")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    return folder / "nowhere.xlsx", Spot("")


@file_plants("an empty folder")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    (folder / "tables").mkdir()
    return folder / "tables", Spot("")


@file_plants("entities in the workbook")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    path = book.save(folder / "study.xlsx")
    _rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: '<!DOCTYPE x [<!ENTITY a "b">]>' + text,
    )
    return path, Spot("")


@file_plants("a binary workbook")
def _(book: Book, rng: Random, folder: Path) -> tuple[Path, Spot]:
    path = folder / "study.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    return path, Spot("")
