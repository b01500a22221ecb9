"""Texts that break out of a statement do nothing to a database, wherever they stand.

With figures::

    pytest -s tests/inputs/test_sql_payloads.py
"""

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from goals import reached
from payloads import SQL, STATEMENTS
from starter import Rows, look, starter

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_database import write_database

pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed (extra data)")

SECURITY = 18


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def database(study: dict[str, Rows], path: Path) -> Path:
    """Write tables as a database, every name quoted as it has to be."""
    with sqlite3.connect(path) as connection:
        for title, rows in study.items():
            columns = ", ".join(map(quoted, rows[0]))
            connection.execute(f"create table {quoted(title)} ({columns})")
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {quoted(title)} values ({marks})", rows[1:])
    connection.close()
    return path


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every table of a database."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master")]
        found = {
            one: connection.execute(f"select * from {quoted(one)}").fetchall() for one in names
        }
    connection.close()
    return found


class Untouched:
    """Notes whether a folder is as it was, file by file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.before = folder, self._now(folder)

    def holds(self) -> bool:
        return self._now(self.folder) == self.before

    @staticmethod
    def _now(folder: Path) -> dict[str, str]:
        files = (one for one in folder.iterdir() if not one.name.endswith(("-shm", "-wal")))
        return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def test_names_of_tables_and_columns_are_only_names(tmp_path: Path) -> None:
    study = starter()
    for text in SQL:
        study[f"Demand{text}"] = study["Demand"]
    study["Locations"][0] += [f"#{text}" for text in SQL]
    for row in study["Locations"][1:]:
        row += [1] * len(SQL)
    path = database(study, tmp_path / "study.db")
    untouched = Untouched(tmp_path)
    tables, findings = look(path)

    assert len(tables.table("Demand").frame) == 3
    assert len(tables.table("Locations").frame) == 3
    figure = f"0 of {2 * len(SQL)} names of tables and columns touch a database that is read"
    reached(SECURITY, figure, untouched.holds())


def test_texts_in_cells_and_names_are_written_as_they_are(tmp_path: Path) -> None:
    names: list[list[object]] = [[one, *SQL] for one in ("Location", "S1", "S2", "S3")]
    path = database({"Demand": [["a"], [1]], "Products": [["b"], [2]]}, tmp_path / "study.db")
    tabs = [Tab("Locations", names), *(Tab(f"Lanes{text}", [["x"], [text]]) for text in SQL)]
    write_database(tabs, f"sqlite:///{path}")

    found = contents(path)
    assert found["Demand"] == [(1,)] and found["Products"] == [(2,)]
    kept = found["Locations"] == [tuple(row) for row in names[1:]]
    kept = kept and all(found[f"Lanes{text}"] == [(text,)] for text in SQL)
    figure = f"0 of {2 * len(SQL)} cells and names touch a database that is written"
    reached(SECURITY, figure, kept and len(found) == len(SQL) + 3)


def asked(path: Path, query: str, **values: str) -> tuple[list[list[object]], list[str]]:
    """Ask one query by a query file; return its rows and the codes of what is found."""
    said = [f"{name} = {_toml(value)}" for name, value in values.items()]
    text = "\n".join(
        [
            f'url = "sqlite:///{path}"',
            "[parameters]",
            *said,
            "[queries]",
            f"Demand = {_toml(query)}",
        ]
    )
    file = path.with_name("query.toml")
    file.write_text(text, encoding="utf-8")
    findings = Findings()
    door = open_door(file, findings)
    sheet = door.load("Demand") if door is not None else None
    return sheet.grid if sheet is not None else [], [one.code for one in findings]


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def test_values_of_a_query_file_are_bound(tmp_path: Path) -> None:
    rows: Rows = [["Location", "Product", "Period", "Quantity"], ["S01", "P01", "1", 5]]
    path = database({"Demand": rows, "Products": [["b"], [2]]}, tmp_path / "study.db")
    asked(path, "select * from Demand")
    untouched, through = Untouched(tmp_path), []
    for text in SQL:
        found, _ = asked(path, "select * from Demand where Location = :place", place=text)
        if len(found) > 1:
            through.append(text)
    asked(path, "select * from Demand")
    found, _ = asked(path, "select * from Demand where Location = :place", place="S01")
    assert len(found) == 2
    asked(path, "select * from Demand")
    reached(
        SECURITY,
        f"{len(through)} of {len(SQL)} values of a query file touch the database or find rows",
        untouched.holds() and not through,
    )


def test_statements_that_do_more_than_ask_are_refused(tmp_path: Path) -> None:
    rows: Rows = [["Location", "Product", "Period", "Quantity"], ["S01", "P01", "1", 5]]
    path = database({"Demand": rows}, tmp_path / "study.db")
    (tmp_path / "query.toml").write_text("", encoding="utf-8")
    before, through = contents(path), []
    for statement in STATEMENTS:
        found, codes = asked(path, statement.format(folder=tmp_path))
        if found or not codes or contents(path) != before:
            through.append(statement)
    print(*through, sep="\n")
    left = {one.name for one in tmp_path.iterdir()} - {"study.db", "query.toml"}
    figure = f"{len(through)} of {len(STATEMENTS)} statements of a query file do more than ask"
    reached(SECURITY, figure, not through and not left)
