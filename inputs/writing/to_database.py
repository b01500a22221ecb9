"""Sheets as tables of a database."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tierstock.inputs.reading.query_file import filled_address
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.writing.kinds import DAY, FLAG, MOMENT, NUMBER, WHOLE, kind_of, stored
from tierstock.inputs.writing.tabs import Tab

AT_ONCE = 10_000
"""Rows written at a time."""


def write_database(tabs: Sequence[Tab], target: Path | str, force: bool = False) -> None:
    """Write one table per sheet, all of them or none.

    Args:
        tabs: the sheets.
        target: path of a SQLite file that is not there yet, or address of a database.
        force: whether tables of these names may be replaced.

    Raises:
        Refused: headings repeat or are blank, or a table is there already.
        ImportError: SQLAlchemy or the driver is not installed.
        OSError: the database refuses.
    """
    import sqlalchemy as sa
    from sqlalchemy.pool import NullPool

    tables = sa.MetaData()
    made = [(_table(tab, tables), tab) for tab in tabs]
    local = isinstance(target, Path)
    address = (
        sa.URL.create("sqlite", database=str(target)) if local else filled_address(str(target))
    )
    try:
        engine = sa.create_engine(address, poolclass=NullPool)
        with engine.begin() as connection:
            _make_room(connection, tables, force)
            tables.create_all(connection)
            for table, tab in made:
                _fill(connection, table, tab)
    except sa.exc.SQLAlchemyError as error:
        raise OSError(str(getattr(error, "orig", None) or error).split("\n")[0]) from error


def _table(tab: Tab, tables: Any) -> Any:
    """Return the table for a sheet; its columns are named like the headings."""
    import sqlalchemy as sa

    types = {
        NUMBER: sa.Double(),
        WHOLE: sa.BigInteger(),
        DAY: sa.Date(),
        MOMENT: sa.DateTime(),
        FLAG: sa.Boolean(),
    }
    seen: set[str] = set()
    columns = []
    for at, heading in enumerate(tab.headings):
        if not heading or heading.casefold() in seen:
            code = "heading-blank-in-table" if not heading else "heading-twice-in-table"
            raise Refused(code, sheet=tab.title, value=heading)
        seen.add(heading.casefold())
        kind = kind_of([row[at] for row in tab.body])
        name = sa.sql.quoted_name(heading, True)
        columns.append(sa.Column(name, types.get(kind, sa.Text()), key=f"c{at}"))
    if not columns:
        raise Refused("sheet-without-headings", value=tab.title)
    return sa.Table(sa.sql.quoted_name(tab.title, True), tables, *columns)


def _make_room(connection: Any, tables: Any, force: bool) -> None:
    import sqlalchemy as sa

    there = set(sa.inspect(connection).get_table_names()) & set(tables.tables)
    if there and not force:
        raise Refused("tables-there", value=", ".join(sorted(there)))
    tables.drop_all(connection, [tables.tables[name] for name in there])


def _fill(connection: Any, table: Any, tab: Tab) -> None:
    columns = [stored(cells, kind_of(cells)) for cells in zip(*tab.body, strict=True)]
    keys = [f"c{at}" for at in range(len(columns))]
    rows = [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(table.insert(), rows[start : start + AT_ONCE])
