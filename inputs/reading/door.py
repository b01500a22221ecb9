"""An opened input: the names of its sheets and how to get at one."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from tierstock.inputs.reading.raw import RawSheet

Source = str | PathLike[str] | Mapping[str, pd.DataFrame]
"""What can be read: path of a file or folder, address of a database, or DataFrames by sheet."""

MOST_COPIED = 300_000
"""Cells up to which a marked copy shows all rows; beyond, only those with a finding."""

_ADDRESS = re.compile(r"[A-Za-z][\w+.-]+://")
_SQLITE = re.compile(r"sqlite(?:\+pysqlite)?:///([^?]+)")


@dataclass(frozen=True)
class Door:
    """An opened input."""

    names: list[str]
    """Sheets in order, as the planner named them."""
    load: Callable[[str], RawSheet | None]
    """Returns the cells of a sheet; None where it cannot be read (a finding says why)."""
    hidden: frozenset[str] = frozenset()
    """Sheets that are hidden in the workbook."""
    date1904: bool = False
    """Whether day numbers count from 1904."""
    others: tuple[str, ...] = ()
    """Tables of a SQLite database that are like no sheet; only kept when it is converted."""
    files: dict[str, str] = field(default_factory=dict)
    """Name of the file or database table of each sheet, where each has its own."""
    copied: bool = True
    """Whether a workbook can be copied with its looks, without making more of it than it is."""


def located(source: str | PathLike[str]) -> str | Path:
    """Return the path of an input, or the address of a database as it is.

    A SQLite database is a file: ``sqlite:///stock.db`` is the path ``stock.db``.

    >>> located("postgresql://planner@host/stock")
    'postgresql://planner@host/stock'
    """
    text = str(source)
    if not _ADDRESS.match(text):
        return Path(source)
    file = _SQLITE.fullmatch(text)
    return Path(unquote(file[1])) if file else text


def legible(name: str) -> str:
    """Return the name of a file as a text, also where its bytes are none in this system.

    Archives of Chinese Windows leave such names behind: their bytes are GB18030.

    >>> legible("monday"), legible(os.fsdecode("库存".encode("gb18030")))
    ('monday', '库存')
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def input_name(source: str | PathLike[str]) -> str:
    """Return the name of an input without its ending: of the file, folder or database.

    >>> input_name("postgresql://planner@host/stock?sslmode=require")
    'stock'
    """
    where = located(source)
    if isinstance(where, Path):
        return where.resolve().name if where.is_dir() else where.resolve().stem
    return re.split(r"[?#]", where)[0].rstrip("/").rpartition("/")[2] or "database"
