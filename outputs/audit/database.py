"""Raw texts of a SQLite database, read with the standard library alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from tierstock.outputs.audit.grid import Grid, written

START = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """Tell whether a file is a SQLite database."""
    with path.open("rb") as file:
        return file.read(len(START)) == START


def database_titles(path: Path) -> list[str]:
    """Return the names of tables and views."""
    with _opened(path) as database:
        kinds = "select name from sqlite_master where type in ('table', 'view')"
        return [str(name) for (name,) in database.execute(kinds)]


def database_grids(path: Path, wanted: set[str]) -> dict[str, Grid]:
    """Read the wanted tables; their columns' names are the first row."""
    found = {}
    with _opened(path) as database:
        for title in database_titles(path):
            if title in wanted:
                quoted = title.replace('"', '""')
                rows = database.execute(f'select * from "{quoted}"')
                flags = _flags(database, title)
                head = [str(one[0]) for one in rows.description]
                body = [_row(row, flags) for row in rows]
                found[title] = Grid(title, list(enumerate([head, *body], 1)))
    return found


def _row(row: tuple[object, ...], flags: set[int]) -> list[str]:
    return [
        str(bool(value)).upper() if at in flags and value in (0, 1) else written(value)
        for at, value in enumerate(row)
    ]


def _flags(database: sqlite3.Connection, title: str) -> set[int]:
    """Return the numbers of the columns that hold flags."""
    told = database.execute("select cid, type from pragma_table_info(?)", (title,))
    return {number for number, kind in told if kind.upper() == "BOOLEAN"}


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database only to be read; its faults are those of a file.

    Raises:
        ValueError: the file is no whole database.
    """
    try:
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database:
            yield database
    except sqlite3.Error as fault:
        raise ValueError(f"{path.name}: {fault}") from fault
