"""A database as an input: tables or views named like the sheets, or a query per sheet.

SQLAlchemy reads; nothing is written, and what is asked of the database is either a table under
its own quoted name or a query of the planner's own file, whose values are bound, never pasted.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Door, input_name, located
from tierstock.inputs.reading.headings import find_sheet, nearest, nearest_sheet
from tierstock.inputs.reading.native import INSTALL, cells_of
from tierstock.inputs.reading.query_file import Queries, escaped, filled_address, queries_of
from tierstock.inputs.reading.raw import Grid, RawSheet
from tierstock.inputs.reading.xml_scan import MOST_CELLS, MOST_COLUMNS, SPARSE_CELLS, Refused

SQLITE_START = b"SQLite format 3\x00"
LOG = "-wal"
"""Ending of the file beside a SQLite database that holds its last changes."""
SHOWN = 5
"""Tables that are no sheets named in a note."""
AT_ONCE = 50_000
"""Rows fetched at a time."""
STEPS = 1_000_000
"""Steps of SQLite's machine between two looks at the limit."""
MOST_STEPS = 100_000_000
"""Steps to read one sheet of a SQLite file; a million sorted rows of six cells take 20 million."""
LONGEST_TEXT = 10_000_000
"""Bytes of a value in a SQLite file."""


def is_sqlite(path: Path) -> bool:
    """Return whether a file is a SQLite database."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE_START)) == SQLITE_START
    except OSError:
        return False


def open_database(source: str | Path, findings: Findings) -> Door | None:
    """Open a database; None where it cannot be read (a finding says why).

    Args:
        source: address (``postgresql://planner:${PASSWORD}@host/stock``), path of a SQLite
            file, or path of a TOML file with ``url`` and ``[queries]``.
        findings: takes what is wrong.
    """
    name = input_name(source) if isinstance(source, str) else source.name
    try:
        import sqlalchemy as sa
    except ImportError:
        findings.add("extra-missing", file=name, value="sqlalchemy", command=INSTALL)
        return None
    try:
        asked = queries_of(source) if _is_toml(source) else Queries(url=source)
        url = located(asked.url)
        engine = _engine(url if isinstance(url, Path) else filled_address(url))
        tables = asked.queries or _tables(engine, asked.schema)
    except Refused as refused:
        findings.add(refused.code, file=name, **refused.values)
        return None
    except (sa.exc.SQLAlchemyError, ImportError, OSError, sqlite3.Error) as error:
        findings.add("database-unreadable", file=name, detail=_said(error))
        return None
    known = list(tables) if asked.queries else _sheets(list(tables), name, findings)
    if not known:
        findings.add("no-tables", file=name)
        return None
    files = {one: f"{name}/{one}" for one in tables}
    load = _loader(engine, tables, asked, files, findings)
    others = tuple(set(tables) - set(known)) if isinstance(url, Path) else ()
    return Door(known, load, files=files, others=others)


def _is_toml(source: str | Path) -> bool:
    return isinstance(source, Path) and source.suffix.lower() == ".toml"


def _engine(url: str | Path) -> Any:
    """Return an engine that only reads."""
    import sqlalchemy as sa
    from sqlalchemy.pool import NullPool

    if not isinstance(url, Path):
        return sa.create_engine(url, poolclass=NullPool)
    if not url.is_file():
        raise Refused("no-such-file", path=str(url))
    address = f"file:{quote(str(url.absolute()))}?mode=ro"
    return sa.create_engine("sqlite://", creator=lambda: _opened_file(address), poolclass=NullPool)


def _opened_file(address: str) -> sqlite3.Connection:
    """Open a file in which a view may be hostile: endless, or of huge texts made up on the way."""
    connection = sqlite3.connect(address, uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_TEXT)
    connection.execute("PRAGMA trusted_schema = OFF")
    rounds = count(1)
    connection.set_progress_handler(lambda: next(rounds) * STEPS > MOST_STEPS, STEPS)
    return connection


@contextmanager
def _reading(engine: Any) -> Iterator[Any]:
    """Connect for reading; whatever a query did is taken back at the end."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(postgresql_readonly=True)
        try:
            yield connection
        finally:
            connection.rollback()


def _tables(engine: Any, schema: str | None) -> dict[str, str]:
    """Return tables and views of the database by name."""
    import sqlalchemy as sa

    seen = sa.inspect(engine)
    names = [*seen.get_table_names(schema), *seen.get_view_names(schema)]
    return {str(name): "" for name in names}


def _sheets(names: list[str], database: str, findings: Findings) -> list[str]:
    """Return the tables that are sheets or look misspelt; say which others are left out.

    A database may hold anything else besides, so a table that is like no sheet is no error.
    """
    known = [name for name in names if find_sheet(name) or nearest_sheet(name)]
    others = sorted(set(names) - set(known))
    if others:
        listed = ", ".join(others[:SHOWN]) + (", …" if len(others) > SHOWN else "")
        findings.add("tables-left-out", file=database, count=len(others), value=listed)
    return known


def _loader(
    engine: Any,
    tables: dict[str, str],
    asked: Queries,
    files: dict[str, str],
    findings: Findings,
) -> Callable[[str], RawSheet | None]:
    import sqlalchemy as sa

    most = _most_cells(located(asked.url))

    def load(name: str) -> RawSheet | None:
        query = tables[name]
        try:
            with _reading(engine) as connection:
                if query:
                    statement = sa.text(escaped(query))
                    wanted = {key: asked.parameters[key] for key in asked.bound(query)}
                    result = connection.execute(statement, wanted)
                    return _fetched(name, files[name], result, [], most)
                statement, kinds = _select(connection, name, asked.schema)
                result = connection.execute(statement)
                return _fetched(name, files[name], result, kinds, most)
        except Refused as refused:
            findings.add(refused.code, sheet=name, file=files[name], **refused.values)
        except (sa.exc.SQLAlchemyError, sqlite3.Error, ValueError) as error:
            findings.add("database-unreadable", file=files[name], detail=_said(error))
        return None

    return load


def read_table(
    source: str | Path, name: str, findings: Findings
) -> tuple[str, pd.DataFrame] | None:
    """Return one table or view of a database as it is; None where it cannot be read.

    Args:
        source: address of a database, or path of a SQLite file.
        name: the table or view, quoted when asked for.
        findings: takes what is wrong.

    Returns:
        What it is called in messages, and its rows in the order of its key.
    """
    database = input_name(source) if isinstance(source, str) else source.name
    try:
        import sqlalchemy as sa
    except ImportError:
        findings.add("extra-missing", file=database, value="sqlalchemy", command=INSTALL)
        return None
    try:
        with _reading(
            _engine(source if isinstance(source, Path) else filled_address(source))
        ) as on:
            seen = sa.inspect(on)
            if name not in (known := [*seen.get_table_names(), *seen.get_view_names()]):
                near = nearest(name, known)
                findings.add("feed-no-table", file=database, value=name, nearest=near)
                return None
            frame = pd.read_sql(_select(on, name, None)[0], on, coerce_float=False, dtype=object)
    except Refused as refused:
        findings.add(refused.code, file=database, **refused.values)
        return None
    except (sa.exc.SQLAlchemyError, ImportError, OSError, sqlite3.Error) as error:
        findings.add("database-unreadable", file=database, detail=_said(error))
        return None
    return f"{database}/{name}", frame


def _select(connection: Any, name: str, schema: str | None) -> tuple[Any, list[str]]:
    """Return the statement for a whole table, in the order of its key, and its columns' types."""
    import sqlalchemy as sa

    seen = sa.inspect(connection)
    columns = seen.get_columns(name, schema)
    quoted = [sa.column(sa.sql.quoted_name(column["name"], True)) for column in columns]
    table = sa.table(sa.sql.quoted_name(name, True), schema=schema)
    key = seen.get_pk_constraint(name, schema)["constrained_columns"]
    order = [sa.column(sa.sql.quoted_name(one, True)) for one in key or ()]
    kinds = [type(column["type"]).__visit_name__.upper() for column in columns]
    lite = connection.dialect.name == "sqlite"
    return sa.select(*quoted).select_from(table).order_by(*order), kinds if lite else []


def _most_cells(url: str | Path) -> int:
    """Return how many cells a sheet may have; a small file has no view of millions of rows."""
    size = url.stat().st_size if isinstance(url, Path) else MOST_CELLS
    return min(max(size, SPARSE_CELLS), MOST_CELLS)


def _fetched(name: str, file: str, result: Any, kinds: list[str], most: int) -> RawSheet:
    """Return the rows of a query as a sheet; its headings are row 1.

    Raises:
        Refused: there are more cells than any plan needs.
    """
    headings = list(result.keys())
    grid: Grid = [headings]
    for rows in result.partitions(AT_ONCE):
        columns = [cells_of(column) for column in zip(*rows, strict=True)]
        for number, kind in enumerate(kinds):
            columns[number] = _typed(columns[number], kind)
        grid += map(list, zip(*columns, strict=True))
        if len(headings) > MOST_COLUMNS or len(grid) * len(headings) > most:
            raise Refused("far-cell", rows=len(grid) - 1, columns=len(headings))
    return RawSheet(name, grid, list(range(1, len(grid) + 1)), file=file)


def _typed(cells: list[object], kind: str) -> list[object]:
    """Give days and flags of SQLite their type back; it stores them as text and number."""
    if kind in ("DATE", "DATETIME", "TIMESTAMP"):
        return [_day(cell) if isinstance(cell, str) else cell for cell in cells]
    if kind == "BOOLEAN":
        return [bool(cell) if isinstance(cell, int) and cell in (0, 1) else cell for cell in cells]
    return cells


def _day(text: str) -> object:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.date() if len(text) <= 10 else moment.replace(tzinfo=None)


def _said(error: BaseException) -> str:
    """Return what the database said, without the statement and without passwords."""
    text = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
    return re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", text)[:200]
