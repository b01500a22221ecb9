"""Parquet files and databases: the same tables, native types, faults at their rows."""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starter import Rows, assert_same_tables, codes, look, only, save, sheet_of, starter

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading import sql_door
from tierstock.inputs.reading.doors import open_door

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
sa = pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed (extra data)")


def as_parquet(study: dict[str, Rows], folder: Path) -> Path:
    from pyarrow import parquet

    folder.mkdir(exist_ok=True)
    for title, rows in study.items():
        columns = [
            [None if cell == "" else cell for cell in one] for one in zip(*rows[1:], strict=True)
        ]
        parquet.write_table(pa.table(columns, names=rows[0]), folder / f"{title}.parquet")
    return folder


def as_database(study: dict[str, Rows], path: Path) -> Path:
    with sqlite3.connect(path) as database:
        for title, rows in study.items():
            columns = ", ".join(f'"{heading}"' for heading in rows[0])
            database.execute(f'create table "{title}" ({columns})')
            marks = ", ".join("?" * len(rows[0]))
            cells = [[None if cell == "" else cell for cell in row] for row in rows[1:]]
            database.executemany(f'insert into "{title}" values ({marks})', cells)
    database.close()
    return path


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("write", [as_parquet, as_database])
def test_tables_come_in_as_from_a_workbook(write: Any, language: str, tmp_path: Path) -> None:
    book, _ = look(save(starter(language), tmp_path / "study.xlsx"))
    tables, findings = look(write(starter(language), tmp_path / "study"))

    assert codes(findings) == []
    assert_same_tables(book, tables)


@pytest.mark.parametrize("write", [as_parquet, as_database])
def test_what_is_stored_as_a_number_or_day_is_one(write: Any, tmp_path: Path) -> None:
    study = starter()
    sheet_of(study, "Demand")[1][3] = 0.1 + 0.2
    source = write(study, tmp_path / "study")
    door = open_door(source, Findings())
    assert door is not None
    raw = door.load("Demand")

    assert raw is not None
    assert raw.grid[1] == ["S01", "P01", "2026-01-05", 0.30000000000000004]


def test_types_of_a_parquet_file_are_kept(tmp_path: Path) -> None:
    from decimal import Decimal

    from pyarrow import parquet

    table = pa.table(
        {
            "day": pa.array([dt.date(2026, 1, 5), None]),
            "moment": pa.array([dt.datetime(2026, 1, 5), None], pa.timestamp("ns", "UTC")),
            "exact": pa.array([Decimal("1.50"), None]),
            "whole": pa.array([2**40, None]),
            "flag": pa.array([True, None]),
            "code": pa.array(["007", None]).dictionary_encode(),
            "none": pa.array([float("nan"), None]),
        }
    )
    parquet.write_table(table, tmp_path / "Demand.parquet")
    door = open_door(tmp_path, Findings())
    raw = door.load("Demand") if door else None

    assert raw is not None
    assert raw.grid[1] == [
        dt.date(2026, 1, 5), dt.datetime(2026, 1, 5), 1.5, 2**40, True, "007", "nan",
    ]  # fmt: skip
    assert raw.grid[2] == [""] * 7


@pytest.mark.parametrize(
    ("write", "place"), [(as_parquet, "Demand.parquet"), (as_database, "study/Demand")]
)
def test_a_fault_names_the_table_and_its_row(write: Any, place: str, tmp_path: Path) -> None:
    study = starter()
    for row in sheet_of(study, "Demand")[1:]:
        row[3] = str(row[3])
    sheet_of(study, "Demand")[2][3] = "x"
    sheet_of(study, "Demand")[1][0] = sheet_of(study, "Demand")[3][0] = "S09"
    sheet_of(study, "Products")[0][1] = "Unit Valeu"

    _, findings = look(write(study, tmp_path / "study"))
    wrong = only(findings, "not-a-number")

    assert (wrong.file, wrong.line, wrong.cell) == (place, 2, "")
    assert wrong.say().startswith(f'{place} row 2, Quantity  Quantity is "x"')
    assert wrong.say("zh").startswith(f"{place} 第 2 行，Quantity")
    heading = only(findings, "unknown-column")
    assert heading.line is None
    assert heading.say().startswith(place.replace("Demand", "Products") + "  ")
    unknown = only(findings, "unknown-reference")
    assert unknown.line == 1
    assert unknown.say().endswith("(and 1 more, in row 3)")


def test_a_damaged_parquet_file_is_told(tmp_path: Path) -> None:
    as_parquet(starter(), tmp_path)
    whole = (tmp_path / "Demand.parquet").read_bytes()
    (tmp_path / "Demand.parquet").write_bytes(whole[: len(whole) // 2])

    _, findings = look(tmp_path)

    assert only(findings, "bad-parquet").file == "Demand.parquet"


def test_a_parquet_file_of_a_billion_rows_is_not_unpacked(tmp_path: Path) -> None:
    from pyarrow import parquet

    as_parquet(starter(), tmp_path)
    column = pa.nulls(2_000_000, pa.int8())
    with parquet.ParquetWriter(
        tmp_path / "Demand.parquet", pa.schema([(f"c{n}", pa.int8()) for n in range(25)])
    ) as writer:
        writer.write_table(pa.table([column] * 25, names=[f"c{n}" for n in range(25)]))

    _, findings = look(tmp_path)

    assert only(findings, "far-cell").file == "Demand.parquet"


def test_other_tables_of_a_database_are_named_and_a_misspelt_one_is_an_error(
    tmp_path: Path,
) -> None:
    study = starter()
    study["Lanse"] = study.pop("Lanes")
    study["zz_log"] = [["x"], [1]]

    _, findings = look(as_database(study, tmp_path / "study.db"))

    assert only(findings, "tables-left-out").say() == (
        "study.db  1 table is like no sheet and not read: zz_log."
    )
    assert 'Nearest: "Lanes"' in only(findings, "unknown-sheet").say()


def test_a_view_is_a_sheet_and_days_of_a_database_are_days(tmp_path: Path) -> None:
    path = as_database(starter(), tmp_path / "study.db")
    with sqlite3.connect(path) as database:
        database.execute("alter table Demand rename to facts")
        database.execute('create table d ("Period" date, ok boolean)')
        database.execute("insert into d values ('2026-01-05', 1), ('soon', 7)")
        database.execute('create view "需求" as select * from facts where "Product" = \'P01\'')
    database.close()
    tables, findings = look(f"sqlite:///{path}")
    door = open_door(path, Findings())
    assert door is not None
    raw = door.load("d")

    assert len(tables.table("Demand")) == 2
    assert raw is not None
    assert raw.grid[1:] == [[dt.date(2026, 1, 5), True], ["soon", 7]]


def query_file(folder: Path, queries: str, more: str = 'url = "sqlite:///study.db"') -> Path:
    as_database(starter(), folder / "study.db")
    path = folder / "study.toml"
    path.write_text(f"{more}\n{queries}", encoding="utf-8")
    return path


TABLES = "\n".join(f'{name} = "select * from {name}"' for name in ("Products", "Lanes", "Demand"))


def test_a_query_per_sheet_takes_bound_values(tmp_path: Path) -> None:
    evil = "store' or '1'='1"
    path = query_file(
        tmp_path,
        f"[parameters]\ntier = \"{evil}\"\nother = 'CDC'\n[queries]\n"
        "Locations = 'select * from Locations where Tier = :tier or \"Tier\" = :other -- :no'\n"
        + TABLES,
    )

    tables, _ = look(path)

    assert list(tables.table("Locations").frame["location"]) == ["DC1"]
    assert len(tables.table("Demand")) == 3


@pytest.mark.parametrize(
    ("queries", "code"),
    [
        ("[queries]\nLanes = 'delete from Lanes'", "query-no-select"),
        ("[queries]\nLanes = 'select 1; drop table Lanes'", "query-no-select"),
        ("[queries]\nLanes = 'with a as (select 1) delete from Lanes'", "database-unreadable"),
        ("[queries]\nLanes = 'select * from Lanes where 1 = :x'", "query-without-value"),
        ("[queries]\nLanse = 'select * from Lanes'", "unknown-sheet"),
        ("[queries]\nLanes = 'select * from nothing'", "database-unreadable"),
        ("[querys]\nLanes = 'select 1'", "bad-query-file"),
        ("queries = 3", "bad-query-file"),
        ("not toml", "bad-query-file"),
    ],
)
def test_a_query_file_that_cannot_be_used_is_told(queries: str, code: str, tmp_path: Path) -> None:
    path = query_file(tmp_path, queries)
    before = (tmp_path / "study.db").read_bytes()

    _, findings = look(path)

    assert code in codes(findings, "error")
    assert (tmp_path / "study.db").read_bytes() == before


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://me:secret@host/stock", "address-with-password"),
        ("postgresql://me:${NO_SUCH_NAME}@host/stock", "environment-missing"),
        ("nonesuch://host/stock", "database-unreadable"),
        ("sqlite:///none.db", "no-such-file"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(url: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(f'url = "{url}"\n')
    for source in (url, tmp_path / "study.toml"):
        _, findings = look(source)

        assert code in codes(findings, "error")
        assert "secret" not in " ".join(one.say() for one in findings)


def test_a_database_without_a_sheet_is_told(tmp_path: Path) -> None:
    path = as_database({"zz_log": [["x"], [1]]}, tmp_path / "study.db")

    assert codes(look(path)[1], "error") == ["no-tables"]


@pytest.mark.parametrize("name", ["sqlalchemy", "pyarrow"])
def test_a_missing_package_is_told_with_what_installs_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = as_parquet if name == "pyarrow" else as_database
    source = write(starter(), tmp_path / "study")
    monkeypatch.setitem(__import__("sys").modules, name, None)

    found = [one for one in look(source)[1] if one.code == "extra-missing"]

    assert 'pip install "tierstock[data]"' in found[0].say()
    assert name in found[0].say("zh")


def test_frames_of_arrow_types_are_read_too() -> None:
    frames = {
        title: pd.DataFrame(rows[1:], columns=rows[0]).convert_dtypes(dtype_backend="pyarrow")
        for title, rows in starter().items()
    }

    assert codes(look(frames)[1]) == []


def test_endless_views_and_huge_texts_of_a_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_door, "MOST_STEPS", 5_000_000)
    monkeypatch.setattr(sql_door, "SPARSE_CELLS", 300_000)
    path = as_database(starter(), tmp_path / "study.db")
    endless = "with recursive r(n) as (select 1 union all select n + 1 from r)"
    with sqlite3.connect(path) as database:
        for name in ("Lanes", "Demand", "Products"):
            database.execute(f"drop table {name}")
        database.execute(f"create view Lanes as {endless} select sum(n) as 'From' from r")
        cells = "n as Location, n as Product, n as Period, n as Quantity"
        database.execute(f"create view Demand as {endless} select {cells} from r")
        database.execute("create view Products as select hex(zeroblob(900000000)) as Product")
    database.close()

    _, findings = look(path)

    found = {one.file: one.code for one in findings if one.file}
    assert found["study.db/Lanes"] == found["study.db/Products"] == "database-unreadable"
    assert found["study.db/Demand"] == "far-cell"


def test_days_beyond_the_calendar_are_faults_of_their_rows(tmp_path: Path) -> None:
    from pyarrow import parquet

    folder = as_parquet(starter(), tmp_path / "tables")
    old = parquet.read_table(folder / "Locations.parquet")
    far = pa.array([2**31 - 1] * old.num_rows, pa.int32()).cast(pa.date32())
    parquet.write_table(old.set_column(4, "Active From", far), folder / "Locations.parquet")

    _, findings = look(folder)

    assert {(one.code, one.file) for one in findings.errors} == {
        ("not-a-date", "Locations.parquet")
    }
