"""Old and open workbooks, CSV of any kind: the same tables, and what is wrong at its place."""

import zipfile
from pathlib import Path

import pytest
from starter import (
    as_folder,
    assert_same_tables,
    codes,
    look,
    only,
    save,
    sheet_of,
    starter,
)

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.csv_door import decoded
from tierstock.inputs.writing.convert import convert

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
NUMBER = ' office:value-type="float"'
HIDDEN = (
    '<office:automatic-styles><style:style style:name="ta9" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def cell(value: object, more: str = "") -> str:
    """One cell as LibreOffice writes it."""
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        shown = f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="string"{more}>{shown}</table:table-cell>'
    kind = more or NUMBER
    return f'<table:table-cell{kind} office:value="{value}"><text:p>1</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def save_open(path: Path, sheets: dict[str, list[str]], styled: str = "", top: str = "") -> Path:
    """Write an .ods whose rows are given as XML."""
    tables = "".join(
        f'<table:table table:name="{name}"{styled if name == "Notes" else ""}>{"".join(rows)}'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{top}<office:document-content {SPACES} {CALC}>'
            f"{HIDDEN}<office:body><office:spreadsheet>{tables}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
    return path


def opened(study: dict[str, list[list[object]]]) -> dict[str, list[str]]:
    return {name: [row(*map(cell, one)) for one in rows] for name, rows in study.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_open_document_gives_the_same_tables(language: str, tmp_path: Path) -> None:
    book, _ = look(save(starter(language), tmp_path / "study.xlsx"))
    tables, findings = look(save_open(tmp_path / "study.ods", opened(starter(language))))

    assert codes(findings) == []
    assert_same_tables(book, tables)


def test_what_the_reader_of_open_documents_hides_is_told(tmp_path: Path) -> None:
    sheets = opened(starter())
    error = ' office:string-value="" calcext:value-type="error"'
    sheets["Demand"][1] = row(cell("S01"), cell("P01"), cell("2026-01-05"), cell("#N/A", error))
    sheets["Demand"][2] = row(
        *map(cell, ("S01", "P02", "2026-01-05", 40)), more=' table:visibility="filter"'
    )
    spanned = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    sheets["Lanes"][1] = row(cell("DC1", spanned), *map(cell, ("S01", 2, 1.25, 0.98)))
    sheets["Notes"] = [row(cell("mine"))]

    path = save_open(tmp_path / "a.ods", sheets, styled=' table:style-name="ta9"')
    _, findings = look(path)

    assert only(findings, "error-cell").say().startswith("Demand!D2  Quantity holds #N/A")
    assert only(findings, "hidden-rows").row == 3
    assert only(findings, "merged-cells").value == "A2:A3"
    assert only(findings, "hidden-sheet").sheet == "Notes"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (row(cell(1), more=' table:number-rows-repeated="1048577"'), "hostile-file"),
        (row(cell(1, f'{NUMBER} table:number-columns-repeated="1000000000"')), "far-cell"),
        (
            row("<table:table-cell/>", more=' table:number-rows-repeated="1000000"')
            + row('<table:table-cell table:number-columns-repeated="1900"/>', cell(1)),
            "far-cell",
        ),
    ],
)
def test_a_small_file_that_stands_for_a_huge_sheet_is_refused(
    rows: str, code: str, tmp_path: Path
) -> None:
    _, findings = look(save_open(tmp_path / "a.ods", {"Demand": [rows]}))

    assert codes(findings, "error") == [code]


def test_an_open_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    top = '<!DOCTYPE a [<!ENTITY b "c">]>'
    _, findings = look(save_open(tmp_path / "a.ods", opened(starter()), top=top))

    assert codes(findings) == ["hostile-file"]


def test_a_locked_open_document_is_told(tmp_path: Path) -> None:
    path = save_open(tmp_path / "a.ods", opened(starter()))
    with zipfile.ZipFile(path, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    assert codes(look(path)[1]) == ["damaged-file"]

    locked = tmp_path / "locked.ods"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(locked, "w") as new:
        new.writestr("mimetype", old.read("mimetype"))
        new.writestr("META-INF/manifest.xml", "<a><manifest:encryption-data/></a>")
        new.writestr("content.xml", b"\x12\x34 not XML")
    assert codes(look(locked)[1]) == ["encrypted-file"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_files_of_any_encoding_and_delimiter_are_read(
    encoding: str, mark: str, tmp_path: Path
) -> None:
    as_folder(starter("zh"), tmp_path)
    for file in tmp_path.glob("*.csv"):
        text = file.read_text(encoding="utf-8").replace(",", mark)
        file.write_bytes(text.encode(encoding))
        file.rename(file.with_suffix(".tsv" if mark == "\t" else ".CSV"))

    tables, findings = look(tmp_path)

    assert codes(findings) == []
    assert len(tables.table("Demand")) == 3


def test_the_delimiter_is_known_by_headings_apart_from_their_quoted_texts(tmp_path: Path) -> None:
    as_folder(starter(), tmp_path)
    demand = 'Location;Product;Period;Quantity;"#a,b,c,d,e"\nS01;P01;2026-01-05;5;x\n'
    (tmp_path / "Demand.csv").write_text(demand)
    (tmp_path / "Products.csv").write_text("sep=|\nProduct|Unit Value\nP01|ten\n")

    tables, findings = look(tmp_path)

    assert list(tables.table("Demand").frame["quantity"]) == [5.0]
    assert only(findings, "not-a-number").line == 3


def test_what_is_no_text_is_not_read_as_one() -> None:
    assert decoded(b"Location\x81") is None


def test_two_files_for_one_sheet_are_told(tmp_path: Path) -> None:
    as_folder(starter(), tmp_path)
    (tmp_path / "Demand.tsv").write_text("Location\tProduct\tPeriod\tQuantity\n")

    _, findings = look(tmp_path)

    assert only(findings, "two-files").say() == (
        "Demand.tsv  This file and Demand.csv stand for the same sheet; Demand.csv is read. "
        "Keep one of them."
    )


def test_a_percent_format_makes_a_rate_literal(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    study = starter()
    sheet_of(study, "Lanes")[0].append("Duty")
    for line, duty in zip(sheet_of(study, "Lanes")[1:], (1.2, 1.2), strict=True):
        line.append(duty)
    study["Settings"] = [["Setting", "Value"], ["carrying_rate", 1.5]]
    path = save(study, tmp_path / "study.xlsx")
    book = load_workbook(path)
    book["Lanes"]["F2"].number_format = "0.0%"
    book["Lanes"]["F3"].number_format = '0.0" % a year"'
    book["Settings"]["B2"].number_format = "0%"
    book.save(path)

    tables, findings = look(path)

    assert codes(findings) == []
    assert list(tables.table("Lanes").frame["duty"]) == [1.2, 0.012]
    assert tables.settings.carrying_rate == 1.5


def test_percentages_of_an_open_document_are_literal(tmp_path: Path) -> None:
    sheets = opened(starter())
    shown = ' office:value-type="percentage" table:number-columns-repeated="1"'
    sheets["Lanes"] = [
        row(*map(cell, ("From", "To", "Lead Time", "Duty"))),
        row(*map(cell, ("DC1", "S01", 2)), cell(1.2, shown)),
        row(*map(cell, ("DC1", "S02", 2, 1.2))),
    ]

    tables, _ = look(save_open(tmp_path / "a.ods", sheets))

    assert list(tables.table("Lanes").frame["duty"]) == [1.2, 0.012]


def test_an_error_in_a_cell_that_holds_nothing_is_no_value_of_a_copy(tmp_path: Path) -> None:
    """The reader ends a sheet at its last value."""
    sheets = opened(starter())
    error = '<table:table-cell calcext:value-type="error"/>'
    sheets["Demand"].append(row(*map(cell, ("", "", "", "")), error))
    path = save_open(tmp_path / "a.ods", sheets)
    assert convert(path, tmp_path / "b", Findings()) is not None
    lines = (tmp_path / "b" / "Demand.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[3:] == ["S02,P01,2026-01-12,60"]
