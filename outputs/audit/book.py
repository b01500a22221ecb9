"""Raw texts of a workbook or a folder of tables, read with the standard library alone.

Every cell becomes text: blank is ``""``, a number its printed decimal, a date ``2026-01-05``,
a flag ``TRUE``/``FALSE``. Document type declarations are refused, so no entity is ever expanded.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from xml.parsers import expat

from tierstock.outputs.audit.database import database_grids, database_titles, is_database
from tierstock.outputs.audit.flat import ENDINGS, flat_grid
from tierstock.outputs.audit.grid import Grid, Stored, percentage
from tierstock.outputs.audit.open_document import open_document_grids, open_document_titles
from tierstock.outputs.audit.plain import plain_sheet

DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
PERCENT_FORMATS = (9, 10)
MOST_UNPACKED, MOST_RATIO = 500_000_000, 30
"""Bytes a workbook may unpack to, and how many times its own, whichever is more: sheets of numbers
take some ten times as much unpacked, bombs a thousand times."""


def content_hash(path: str | Path) -> str:
    """Return sha256 of a file, or of the sorted (file name, bytes) of the tables of a folder."""
    path = Path(path)
    digest = hashlib.sha256()
    if path.is_file():
        log = path.with_name(f"{path.name}-wal")
        if log.is_file() and is_database(path):
            digest.update(log.read_bytes())
        digest.update(path.read_bytes())
        return digest.hexdigest()
    for file in tables_of(path):
        digest.update(file.name.encode("utf-8"))
        digest.update(file.read_bytes())
    return digest.hexdigest()


def tables_of(folder: Path) -> list[Path]:
    """Return the tables of a folder, sorted by name."""
    return sorted(
        (file for file in folder.iterdir() if file.suffix.lower() in ENDINGS and file.is_file()),
        key=lambda file: file.name,
    )


def titles(path: str | Path) -> list[str]:
    """Return the sheet names of a workbook, or the file names of a folder without endings."""
    path = Path(path)
    if path.is_dir():
        return [file.stem for file in tables_of(path)]
    if is_database(path):
        return database_titles(path)
    with zipfile.ZipFile(path) as archive:
        if "content.xml" in archive.namelist():
            _check_size(path, archive)
            return open_document_titles(archive)
        return list(_parts(archive))


def read_grids(path: str | Path, wanted: set[str]) -> dict[str, Grid]:
    """Read the wanted sheets (names as ``titles`` gives them); one without a part is left out.

    Raises:
        ValueError: the workbook holds a document type declaration or unpacks to more than 500 MB
            and more than sheets of numbers do.
    """
    path = Path(path)
    if path.is_dir():
        return {file.stem: flat_grid(file) for file in tables_of(path) if file.stem in wanted}
    if is_database(path):
        return database_grids(path, wanted)
    with zipfile.ZipFile(path) as archive:
        _check_size(path, archive)
        if "content.xml" in archive.namelist():
            return open_document_grids(archive, wanted)
        shared, there = _shared_texts(archive), set(archive.namelist())
        styles = _styles(archive)
        return {
            title: _sheet(archive.read(part), title, shared, styles)
            for title, part in _parts(archive).items()
            if title in wanted and part in there
        }


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    packed = sum(part.compress_size for part in parts)
    if sum(part.file_size for part in parts) > max(MOST_UNPACKED, MOST_RATIO * packed):
        raise ValueError(f"{path.name} unpacks to more than 500 MB")


def _parser() -> Any:
    """Return an XML parser that refuses document type declarations."""

    def refuse(*_: object) -> None:
        raise ValueError("the workbook holds a document type declaration")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _walk(data: bytes, start: Any, end: Any = None, text: Any = None) -> None:
    """Run handlers over an XML part; ``start(name, attributes)`` gets names without prefix."""
    parser = _parser()
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(data, True)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every worksheet by its name."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, found: dict[str, str]) -> None:
        if name == "sheet":
            key = next(v for k, v in found.items() if k.rpartition(":")[2] == "id")
            names[found["name"]] = key

    def relation(name: str, found: dict[str, str]) -> None:
        if name == "Relationship":
            target = found["Target"]
            targets[found["Id"]] = target[1:] if target.startswith("/") else f"xl/{target}"

    _walk(archive.read("xl/workbook.xml"), sheet)
    _walk(archive.read("xl/_rels/workbook.xml.rels"), relation)
    return {name: targets[key] for name, key in names.items()}


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    texts: list[str] = []
    if "xl/sharedStrings.xml" not in archive.namelist():
        return texts
    state = {"text": "", "in": False, "phonetic": False}

    def start(name: str, _: dict[str, str]) -> None:
        if name == "si":
            state["text"] = ""
        state["phonetic"] = state["phonetic"] or name == "rPh"
        state["in"] = name == "t" and not state["phonetic"]

    def end(name: str) -> None:
        state["in"] = False
        state["phonetic"] = state["phonetic"] and name != "rPh"
        if name == "si":
            texts.append(str(state["text"]))

    def data(piece: str) -> None:
        if state["in"]:
            state["text"] = f"{state['text']}{piece}"

    _walk(archive.read("xl/sharedStrings.xml"), start, end, data)
    return texts


def _styles(archive: zipfile.ZipFile) -> dict[str, Callable[[str], str]]:
    """Return for the numbers of styles that show a date or a percentage how to show a number."""
    own: dict[int, Callable[[str], str] | None] = {}
    styles: dict[str, Callable[[str], str]] = {}
    state = {"cells": False, "count": 0}

    def start(name: str, found: dict[str, str]) -> None:
        if name == "numFmt":
            bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", found["formatCode"])
            dated = serial_date if re.search(r"[yd]", bare, re.I) else None
            own[int(found["numFmtId"])] = percentage if "%" in bare else dated
        elif name == "cellXfs":
            state["cells"] = True
        elif name == "xf" and state["cells"]:
            number = int(found.get("numFmtId", "0"))
            usual = percentage if number in PERCENT_FORMATS else None
            show = own.get(number, serial_date if number in DATE_FORMATS else usual)
            if show is not None:
                styles[str(state["count"])] = show
            state["count"] += 1

    def end(name: str) -> None:
        if name == "cellXfs":
            state["cells"] = False

    if "xl/styles.xml" in archive.namelist():
        _walk(archive.read("xl/styles.xml"), start, end)
    return styles


@cache
def column_number(letters: str) -> int:
    """Return 0 for ``A``, 27 for ``AB``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def serial_date(text: str) -> str:
    """Return the day of an Excel serial number, ``2026-01-05`` for 46027."""
    return (datetime(1899, 12, 30) + timedelta(days=float(text))).date().isoformat()


def _texts(
    shared: list[str], styles: Mapping[str, Callable[[str], str]]
) -> Callable[[str, str, str], str]:
    """Return what gives the text of a cell, by what is written in it, its kind and its style."""

    def shown(raw: str, kind: str, style: str) -> str:
        if kind == "s":
            return shared[int(raw)]
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if kind != "n":
            return raw
        show = styles.get(style)
        return Stored(raw) if show is None else show(raw)

    return shown


def _sheet(
    data: bytes, title: str, shared: list[str], styles: Mapping[str, Callable[[str], str]]
) -> Grid:
    """Read a worksheet; the handlers do as little as possible, they run for every cell."""

    shown = _texts(shared, styles)
    plain = plain_sheet(data, title, shown, column_number)
    if plain is not None:
        return plain
    grid = Grid(title)
    row: list[str] = []
    found: dict[str, str] = {}
    pieces, number, keep = "", 0, False
    mark = re.search(rb"<(\w+:)?worksheet\b", data)
    prefix = (mark.group(1) or b"").decode() if mark else ""
    cell, line, kept, formula = f"{prefix}c", f"{prefix}row", (f"{prefix}v", f"{prefix}t"), "f"

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, found, pieces, number, keep
        if name == cell:
            found, pieces = attributes, ""
        elif name in kept:
            keep = True
        elif name == line:
            number = int(attributes.get("r", number + 1))
            row = []
        elif name == prefix + formula:
            grid.formulas.append(found.get("r", ""))

    def text(piece: str) -> None:
        nonlocal pieces
        if keep:
            pieces += piece

    def end(name: str) -> None:
        nonlocal keep
        if name == cell:
            if pieces:
                at = column_number(found["r"].rstrip("0123456789")) if "r" in found else len(row)
                row.extend([""] * (at - len(row)))
                row.append(shown(pieces, found.get("t", "n"), found.get("s", "")))
        elif name in kept:
            keep = False
        elif name == line:
            grid.add(number, row)

    parser = _parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return grid
