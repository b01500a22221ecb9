"""Sheets read in one sweep show what careful reading shows; all others are left to that."""

from collections.abc import Callable
from pathlib import Path

import pytest
from planted_flows import Book
from pytest import MonkeyPatch

from tierstock.outputs.audit import audit, book
from tierstock.outputs.audit.grid import Grid
from tierstock.outputs.audit.plain import letters, plain_sheet

Write = Callable[[Book, Book], tuple[Path, Path]]

TOP = '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>'
END = "</sheetData></worksheet>"


def plain(rows: str, top: str = TOP, end: str = END) -> Grid | None:
    text = (top + rows + end).encode()
    return plain_sheet(
        text, "S", lambda raw, kind, style: f"{kind}{style}:{raw}", book.column_number
    )


def test_cells_stand_in_their_columns_and_rows() -> None:
    grid = plain(
        '<row r="2" spans="1:3"><c r="A2"><v>1</v></c><c r="C2" s="4" t="s"><v>7</v></c></row>'
        '<row r="3"><c r="A3" s="1"/></row><row r="9"><c r="B9" t="b"><v>1</v></c></row>'
    )
    assert grid is not None
    assert grid.rows == [(2, ["n:1", "", "s4:7"]), (9, ["", "b:1"])]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2"><f>1+1</f><v>2</v></c>',
        '<c r="A2" t="inlineStr"><is><t>x</t></is></c>',
        '<c r="A2" t="str"><v>a&amp;b</v></c>',
        "<c><v>1</v></c>",
        '<c r="A2"><v>1<!-- 2 --></v></c>',
        '<c r="A2" cm="1"><v>1</v></c>',
        '<x:c r="A2"><v>1</v></x:c>',
        '<c r="A2"/><v>1</v></c>',
        '<c r="A2" s="1>"><v>1</v></c>',
        '<c r="A2"><v>1</v></c></row><c r="A3"><v>1</v></c><row r="4"><c r="A4"/>',
        '<c r="A2"/></row></sheetData><sheetData><row r="4"><c r="A4"/>',
    ],
)
def test_anything_else_is_read_with_care(cell: str) -> None:
    assert plain(f'<row r="2"><c r="B2"><v>3</v></c>{cell}</row>') is None


@pytest.mark.parametrize(
    ("top", "end"),
    [
        (TOP.replace("<sheetData>", "<!-- <sheetData> --><sheetData>"), END),
        (TOP, END.replace("</sheetData>", "</sheetData><!-- </sheetData> -->")),
        (TOP.replace("1.0", "1.1"), END),
        (TOP.replace("sheetData", "x:sheetData"), END),
    ],
)
def test_a_sheet_with_anything_else_around_its_rows_is_read_with_care(top: str, end: str) -> None:
    rows = '<row r="2"><c r="A2"><v>3</v></c></row>'
    assert plain(rows) is not None
    assert plain(rows, top, end) is None


def test_a_sheet_of_more_columns_than_plans_have_is_read_with_care() -> None:
    def wide(columns: int) -> Grid | None:
        return plain(f'<row r="1"><c r="{letters(columns - 1)}1"><v>1</v></c></row>')

    grid = wide(500)
    assert grid is not None and grid.rows == [(1, [""] * 499 + ["n:1"])]
    assert wide(501) is None


def test_both_ways_read_a_plan_alike(
    case: tuple[Book, Book], write: Write, monkeypatch: MonkeyPatch
) -> None:
    _, path = write(*case)
    names = set(book.titles(path))
    quick = book.read_grids(path, names)
    monkeypatch.setattr(book, "plain_sheet", lambda *_: None)
    assert book.read_grids(path, names) == quick
    assert len(quick["Inventory"].rows) > 1


def test_use_just_beyond_a_limit_is_within_the_tolerance_of_the_use(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    given["Capacity"][1]["Limit"] = 620 - 3e-6
    for row in plan["CapacityUse"]:
        if row["Kind"] == "outbound":
            row["Limit"] = 620 - 3e-6
    assert audit(*write(given, plan)).passed
