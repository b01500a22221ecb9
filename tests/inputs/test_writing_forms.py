"""What each form can hold, and what is said where it cannot."""

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starter import codes, look, save, sheet_of, starter

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.writing import to_database, to_workbook
from tierstock.inputs.writing.convert import convert, form_of, write_tabs
from tierstock.inputs.writing.from_tables import tab_of
from tierstock.inputs.writing.kinds import kind_of, stored
from tierstock.inputs.writing.plain import text_of, value_of
from tierstock.inputs.writing.snapshot import is_indirect
from tierstock.inputs.writing.tabs import Tab, tabs_of
from tierstock.inputs.writing.translate import translated

NOON = dt.datetime(2026, 1, 5, 12)
DAY = dt.date(2026, 1, 5)


def written(rows: list[list[Any]], target: Path, form: str, title: str = "Mine") -> list[list[Any]]:
    """Write a sheet and read it again."""
    write_tabs([Tab(title, rows)], target, form, True)
    (tab,), _ = tabs_of(target, Findings())
    return tab.rows


def frame(rows: list[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows[1:], columns=rows[0])


def refused(tabs: list[Tab], target: Path, form: str) -> str:
    with pytest.raises(Refused) as raised:
        write_tabs(tabs, target, form, True)
    assert not target.exists()
    return raised.value.code


@pytest.mark.parametrize(
    ("target", "form", "found"),
    [
        ("b.xlsx", "", "xlsx"),
        ("b.ODS", "ods", "ods"),
        ("b.sqlite3", "", "sqlite"),
        ("b", "", "csv"),
        ("b", "parquet", "parquet"),
        ("b.v2", "csv", "csv"),
        ("b.xlsx", "csv", ""),
        ("b.xlsx", "ods", ""),
        ("b", "xlsx", ""),
        ("b.v2", "", ""),
        ("b.csv", "csv", ""),
    ],
)
def test_a_target_stands_for_one_form(target: str, form: str, found: str) -> None:
    if found:
        assert form_of(Path(target), form) == found
        return
    with pytest.raises(Refused) as raised:
        form_of(Path(target), form)
    assert raised.value.code == "unwritable-form"


def test_a_folder_that_is_there_keeps_its_name_whatever_that_ends_with(tmp_path: Path) -> None:
    (tmp_path / "b.v2").mkdir()
    assert form_of(tmp_path / "b.v2") == "csv"
    assert form_of("postgresql://host/base") == "database"


def test_an_address_of_a_database_is_written_once_and_replaced_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed (extra data)")
    server = [f"sqlite:///{tmp_path / 'net.db'}"]
    monkeypatch.setattr(to_database, "filled_address", lambda _: server[0])
    address = "postgresql://host/base"
    book = save(starter(), tmp_path / "a.xlsx")
    first = convert(book, address, Findings())
    assert first is not None and (first.form, first.rows["Lanes"]) == ("database", 2)
    with pytest.raises(Refused) as raised:
        convert(book, address, Findings())
    assert raised.value.code == "tables-there"
    assert convert(book, address, Findings(), force=True) == first
    server[0] = f"sqlite:///{tmp_path}/no/net.db"
    with pytest.raises(OSError, match="unable to open"):
        convert(book, address, Findings())


def test_a_package_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refused([Tab("Mine", [["a"], [1]])], tmp_path / "b", "parquet") == "extra-missing"


def test_names_of_sheets_become_names_of_files(tmp_path: Path) -> None:
    tabs = [Tab(title, [["a"], [1]]) for title in ("con", "a/b", " '. ", "x" * 200)]
    write_tabs(tabs, tmp_path / "b", "csv", False)
    names = {file.stem for file in (tmp_path / "b").iterdir()}
    assert names == {"con_", "a_b", "_", "x" * 120}
    twice = [Tab("a/b", [["a"]]), Tab("A?B", [["a"]])]
    for target, form in (("c", "csv"), ("c.xlsx", "xlsx")):
        assert refused(twice, tmp_path / target, form) == "same-title"


def test_a_workbook_takes_only_what_excel_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long: list[list[object]] = [["a"], ["x" * 32_768]]
    assert refused([Tab("Mine", long)], tmp_path / "b.xlsx", "xlsx") == "text-too-long-here"
    old = dt.date(1899, 12, 31)
    rows: list[list[Any]] = [
        ["a", "b"],
        [NOON, Percent(0.5)],
        [old, "=1+1"],
        [DAY, 2**60],
        [True, 0.1 + 0.2],
    ]
    back = written(rows, tmp_path / "b.xlsx", "xlsx")
    assert [[text_of(cell) for cell in row] for row in back[1:]] == [
        ["2026-01-05 12:00:00", "50%"],
        ["1899-12-31", "=1+1"],
        ["2026-01-05", str(2**60)],
        ["TRUE", "0.30000000000000004"],
    ]
    monkeypatch.setattr(to_workbook, "MOST_ROWS", 2)
    assert refused([Tab("Mine", rows)], tmp_path / "c.xlsx", "xlsx") == "too-many-rows"


def test_an_open_document_takes_all_but_characters_no_file_can_hold(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["a"],
        ["  two  \n lines"],
        ["one\ttwo\t\tthree"],
        [NOON],
        [DAY],
        [Percent(0.5)],
        [False],
        [2**60],
        [""],
    ]
    back = written([*rows, [1.5]], tmp_path / "b.ods", "ods")
    assert [text_of(row[0]) for row in back] == [text_of(row[0]) for row in [*rows, [1.5]]]
    assert refused([Tab("Mine", [["a\x01"]])], tmp_path / "c.ods", "ods") == "unwritable-text"
    write_tabs([Tab("Mine", [])], tmp_path / "d.ods", "ods", False)
    (tab,), _ = tabs_of(tmp_path / "d.ods", Findings())
    assert tab.headings == []


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        ([], "text", []),
        (["", ""], "text", [None, None]),
        ([1, ""], "whole", [1, None]),
        ([1, 0.5], "number", [1.0, 0.5]),
        ([2**53 + 1, 0.5], "text", [str(2**53 + 1), "0.5"]),
        ([2**63], "text", [str(2**63)]),
        ([True, False], "flag", [True, False]),
        ([True, 1], "text", ["TRUE", "1"]),
        ([DAY], "day", [DAY]),
        ([DAY, NOON], "moment", [dt.datetime(2026, 1, 5), NOON]),
        ([DAY, 1], "text", ["2026-01-05", "1"]),
        ([Percent(0.5)], "text", ["50%"]),
        ([dt.time(8)], "text", ["08:00:00"]),
    ],
)
def test_a_column_has_the_type_that_holds_all_its_cells(
    cells: list[object], kind: str, values: list[object]
) -> None:
    assert kind_of(cells) == kind
    assert stored(cells, kind) == values


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2026-13-45", "date", "2026-13-45"),
        ("2026-01-05", "text", "2026-01-05"),
        ("TRUE", "flag", True),
        ("maybe", "flag", "maybe"),
        ("1e999", "number", "1e999"),
        ("0.1000000000000000055", "number", "0.1000000000000000055"),
        ("12%", "number", Percent(0.12)),
        ("12 %", "number", "12 %"),
    ],
)
def test_a_text_is_the_value_it_is_the_plain_form_of(text: str, kind: str, value: object) -> None:
    found = value_of(text, kind)
    assert found == value and type(found) is type(value)


def test_days_counted_from_1904_become_days(tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    path = save(starter(), tmp_path / "a.xlsx")
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book["Locations"]["E2"] = 44_560
    book["Locations"]["E2"].number_format = "General"
    book.save(path)
    assert convert(path, tmp_path / "b", Findings()) is not None
    places = (tmp_path / "b" / "Locations.csv").read_text(encoding="utf-8-sig").splitlines()
    assert places[1] == "DC1,CDC,East,Y,2025-12-31"


def test_rows_above_the_headings_are_told_where_they_cannot_stay(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
    study = starter()
    sheet_of(study, "Lanes").insert(0, ["Our lanes", "", "", "", ""])
    book = save(study, tmp_path / "a.xlsx")
    findings = Findings()
    assert convert(book, tmp_path / "b", findings, form="parquet") is not None
    assert [(one.code, one.sheet, one.row) for one in findings] == [("headings-found", "Lanes", 2)]


def test_what_cannot_be_opened_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert convert(tmp_path / "a.xlsx", tmp_path / "b", findings := Findings()) is None
    assert codes(findings, "error")
    assert not (tmp_path / "b").exists()


def test_a_copy_in_chinese_of_a_results_workbook_keeps_its_names(tmp_path: Path) -> None:
    study = {f"输入 {title}": rows for title, rows in starter("zh").items()}
    path = save({**study, "成本明细": [["金额"], [1]]}, tmp_path / "a.xlsx")
    done = convert(path, tmp_path / "b", Findings())
    assert done is not None and set(done.rows) == set(starter("zh"))


def test_the_audit_reads_a_missing_file_by_itself(tmp_path: Path) -> None:
    assert not is_indirect(tmp_path / "gone.xlsx")
    assert is_indirect(tmp_path / "queries.toml")


def test_headings_that_repeat_and_settings_without_values_are_left_as_they_are() -> None:
    lanes = Tab("Lanes", [["From", "From", "Mode", "?"], ["A", "B", "road", 1]], sheet="Lanes")
    assert translated(lanes, "zh").headings == ["起点", "From", "运输方式", "?"]
    bare = Tab("Settings", [["Setting", "Note"], ["gap", "x"]], sheet="Settings")
    assert translated(bare, "zh").rows == [["设置项", "备注"], ["gap", "x"]]
    rows: list[list[object]] = [
        ["Setting", "Value"],
        ["bucket", "week"],
        ["bucket", 7],
        ["bucket", "age"],
        ["mine", "week"],
    ]
    found = translated(Tab("Settings", rows, sheet="Settings"), "zh").rows
    assert found[1:] == [["期间长度", "周"], ["期间长度", 7], ["期间长度", "age"], ["mine", "week"]]


def test_typed_settings_are_written_by_their_names_in_a_language() -> None:
    rows = [["Setting", "Value"], ["bucket", "week"], ["decimal_point", "comma"], ["gap", "0.02"]]
    rows.append(["mine", "x"])
    rates = [["Location", "Carrying Rate"], ["*", "150%"]]
    study = {"Settings": rows, "StockCosts": rates, **starter()}
    tables, _ = look({name: frame(one) for name, one in study.items()})
    assert Percent(1.5) in tab_of(tables.table("StockCosts"), "en").rows[1]
    assert tab_of(tables.table("Settings"), "zh").rows == [
        ["设置项", "取值"],
        ["期间长度", "周"],
        ["小数点", "point"],
        ["目标差距", 0.02],
        ["mine", "x"],
    ]
