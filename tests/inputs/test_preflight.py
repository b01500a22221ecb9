"""No file, however broken or hostile, is read unseen; what readers hide is named."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hostile_flat import OLD, records
from openpyxl import Workbook, load_workbook
from starter import as_folder, codes, look, only, save, starter

from tierstock.inputs.reading.marked import write_marked
from tierstock.inputs.reading.preflight import inspect_workbook
from tierstock.inputs.reading.xml_scan import Refused

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def rebuilt(parts: dict[str, bytes]) -> bytes:
    """Return a zip of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return content.getvalue()


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, bytes]:
    """The parts of the smallest study as a workbook."""
    with zipfile.ZipFile(save(starter(), tmp_path / "good.xlsx")) as book:
        return {name: book.read(name) for name in book.namelist()}


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        inspect_workbook(content)
    return caught.value.code


def cells(rows: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def test_a_good_workbook_shows_its_tabs(parts: dict[str, bytes]) -> None:
    facts = inspect_workbook(rebuilt(parts))

    assert list(facts.sheets) == ["Locations", "Products", "Lanes", "Demand"]
    assert facts.sheets["Demand"].rows == 4
    assert facts.sheets["Demand"].columns == 4
    assert not facts.date1904


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"Location,Tier\nDC1,CDC\n", "not-excel-file"),
        (b"<html><table></table></html>", "not-excel-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook", "damaged-file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-file",
        ),
        (b"PK\x03\x04 cut short", "damaged-file"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_so(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(content)

    tables, findings = look(path)

    assert codes(findings) == [code]
    assert only(findings, code).say().startswith("study.xlsx  ")
    assert tables.sheets == {}


def test_other_spreadsheets_are_named() -> None:
    assert refused(rebuilt({"xl/workbook.bin": b""})) == "other-spreadsheet"
    assert refused(rebuilt({"word/document.xml": b"<a/>"})) == "not-excel-file"


def test_a_truncated_workbook_is_refused(parts: dict[str, bytes]) -> None:
    content = rebuilt(parts)
    assert refused(content[: len(content) // 2]) == "damaged-file"


HOSTILE: dict[str, dict[str, Any]] = {
    "a declared entity": {SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
    "an entity in the workbook part": {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'},
    "UTF-16 that hides an entity": {
        SHEET: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")
    },
    "another encoding": {SHEET: b'<?xml version="1.0" encoding="UTF-7"?><a/>'},
    "four thousand million strings": {STRINGS: b"<sst count='1' uniqueCount='4000000000'></sst>"},
    "row sixteen million": {SHEET: cells('<row r="16777217"><c r="A16777217"><v>1</v></c></row>')},
    "a text of megabytes": {STRINGS: b"<sst><si><t>" + bytes(range(97, 123)) * 200_000},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused(name: str, parts: dict[str, bytes]) -> None:
    assert refused(rebuilt({**parts, **HOSTILE[name]})) == "hostile-file"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_cell_at_the_end_of_the_sheet_never_reaches_the_reader(
    quote: str, parts: dict[str, bytes], tmp_path: Path
) -> None:
    far = f"<row r={quote}1048576{quote}><c r={quote}XFD1048576{quote}><v>1</v></c></row>"
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + far
    path = tmp_path / "far.xlsx"
    path.write_bytes(rebuilt({**parts, SHEET: cells(rows)}))

    _, findings = look(path)

    assert "row 1048576 and column 16384" in only(findings, "far-cell").message()
    assert "missing-column" not in codes(findings)


def test_a_zip_bomb_is_refused_by_its_directory(parts: dict[str, bytes]) -> None:
    bomb = rebuilt({**parts, SHEET: b"<row/>" * 4_000_000})
    assert len(bomb) < 1_000_000
    assert refused(bomb) == "file-unpacks-too-large"


def test_a_part_listed_twice_is_refused(parts: dict[str, bytes]) -> None:
    content = io.BytesIO(rebuilt(parts))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(content, "a") as book:
        book.writestr(SHEET, b"<a/>")
    assert refused(content.getvalue()) == "damaged-file"


def test_a_tab_without_its_part_is_refused(parts: dict[str, bytes]) -> None:
    assert refused(rebuilt({k: v for k, v in parts.items() if k != SHEET})) == "damaged-file"


def test_flipped_bytes_never_end_in_a_crash(parts: dict[str, bytes], tmp_path: Path) -> None:
    content = bytearray(rebuilt(parts))
    path = tmp_path / "flipped.xlsx"
    for at in range(0, len(content), max(len(content) // 60, 1)):
        broken = bytearray(content)
        broken[at] ^= 0xFF
        path.write_bytes(bytes(broken))
        tables, findings = look(path)
        assert findings.errors or len(tables.table("Demand")) == 3


@pytest.fixture
def awkward(tmp_path: Path) -> Path:
    """A workbook with everything the fast reader keeps to itself."""
    book = load_workbook(save(starter(), tmp_path / "awkward.xlsx"))
    demand = book["Demand"]
    demand["D2"], demand["B3"] = "#N/A", "#REF!"
    demand["D2"].data_type = demand["B3"].data_type = "e"
    demand["D4"] = "=SUM(1,2)"
    demand["Z9"] = "#N/A"
    demand.row_dimensions[3].hidden = True
    book["Lanes"].merge_cells("A2:A3")
    book.create_sheet("Vehicles").sheet_state = "hidden"
    book.save(tmp_path / "awkward.xlsx")
    return tmp_path / "awkward.xlsx"


def test_error_cells_and_formulas_are_named_not_taken_for_blanks(awkward: Path) -> None:
    _, findings = look(awkward)

    broken = {one.cell: one.value for one in findings if one.code == "error-cell"}
    assert broken == {"D2": "#N/A", "B3": "#REF!"}
    assert only(findings, "formula-not-calculated").cell == "D4"
    blank = [one.cell for one in findings if one.code == "blank-required"]
    assert blank == ["A3"]


def test_merged_and_hidden_cells_are_told(awkward: Path) -> None:
    _, findings = look(awkward)

    assert only(findings, "merged-cells").value == "A2:A3"
    assert only(findings, "hidden-rows").severity == "warning"
    assert only(findings, "hidden-sheet").sheet == "Vehicles"


def test_a_formula_that_gives_a_blank_is_calculated() -> None:
    row = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1</f><v>1</v></c></row>'
    content = io.BytesIO()
    Workbook().save(content)
    with zipfile.ZipFile(content) as book:
        parts = {name: book.read(name) for name in book.namelist()}

    facts = inspect_workbook(rebuilt({**parts, SHEET: cells(row)}))

    assert facts.sheets["Sheet"].uncached == set()


def test_error_cells_beyond_the_first_megabyte_are_seen(parts: dict[str, bytes]) -> None:
    rows = [f'<row r="{n}"><c r="A{n}" s="1"><v>{n}</v></c></row>' for n in range(1, 60_001)]
    rows.append('<row r="60001"><c r="B60001" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c></row>')
    facts = inspect_workbook(rebuilt({**parts, SHEET: cells("".join(rows))}))

    assert facts.sheets["Locations"].errors == {(60_001, 1): "#N/A"}


def test_dates_counted_from_1904_are_right(tmp_path: Path) -> None:
    study = starter()
    study["Locations"][1][4] = 44565
    path = save(study, tmp_path / "mac.xlsx")
    book = load_workbook(path)
    book.epoch = dt.datetime(1904, 1, 1)
    book.save(path)

    tables, findings = look(path)

    assert codes(findings) == []
    assert str(tables.table("Locations").frame["active_from"][0].date()) == "2026-01-05"


def test_a_missing_file_and_a_lone_csv_are_told(tmp_path: Path) -> None:
    (tmp_path / "Demand.csv").write_text("Location\n")
    (tmp_path / "empty").mkdir()

    assert codes(look(tmp_path / "none.xlsx")[1]) == ["no-such-file"]
    assert codes(look(tmp_path / "Demand.csv")[1]) == ["single-csv"]
    assert codes(look(tmp_path / "empty")[1]) == ["empty-folder"]


def test_cells_that_do_not_say_where_they_are_are_refused(parts: dict[str, bytes]) -> None:
    """A reader counts them itself, so that a small file could stand for a huge sheet."""
    far = '<row r="1"><c r="A1"/></row><row r="1048576">' + "<c/>" * 2_500 + "</row>"
    assert refused(rebuilt({**parts, SHEET: cells(far)})) == "damaged-file"
    hidden = '<row r="1"><c r="A1"/></row><row><c s="1"><v>1</v></c></row>'
    assert refused(rebuilt({**parts, SHEET: cells(hidden)})) == "damaged-file"


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace('r="', "r = '").replace('" s=', "' s=").replace('">', "'>"),
        lambda text: text.replace("<c r", "<x:c r").replace("<row", "<x:row"),
        lambda text: text.replace('<c r="B2" s="1"', '<c s="1"  r="B2"'),
    ],
)
def test_cells_say_where_they_are_in_any_way_of_writing(form: Any, parts: dict[str, bytes]) -> None:
    rows = '<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" s="1"><v>2</v></c></row>'
    sheet = form(cells(rows).decode()).encode()

    facts = inspect_workbook(rebuilt({**parts, SHEET: sheet})).sheets["Locations"]

    assert (facts.rows, facts.columns) == (2, 2)


def test_a_sheet_with_more_cells_than_bytes_is_not_read(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    far = '<row r="1"><c r="A1"/></row><row r="9999"><c r="ALL9999"><v>1</v></c></row>'
    path = tmp_path / "far.xlsx"
    path.write_bytes(rebuilt({**parts, SHEET: cells(far)}))

    assert only(look(path)[1], "far-cell").sheet == "Locations"


def test_a_column_merged_from_top_to_end_is_marked_in_time(tmp_path: Path) -> None:
    book = load_workbook(save(starter(), tmp_path / "study.xlsx"))
    book["Lanes"].merged_cells.add("A2:XFD1048576")
    book.save(tmp_path / "study.xlsx")
    _, findings = look(tmp_path / "study.xlsx")

    marked = write_marked(tmp_path / "study.xlsx", findings, tmp_path / "copy.xlsx")

    assert only(findings, "merged-cells").value == "A2:XFD1048576"
    assert load_workbook(marked)["Lanes"]["A2"].comment is not None


@pytest.mark.parametrize(("at", "column"), [(4, 0xFFFF), (4, 0x3FFF), (4, 0x1FF)])
def test_an_old_workbook_that_would_end_its_reader_is_refused(
    at: int, column: int, tmp_path: Path
) -> None:
    content = bytearray(OLD.read_bytes())
    cell = [place for kind, place, _ in records(content) if kind in (0xFD, 0x203)][-1]
    content[cell + 2 + at : cell + 4 + at] = column.to_bytes(2, "little")
    path = tmp_path / "study.xls"
    path.write_bytes(bytes(content))

    _, findings = look(path)

    assert set(codes(findings, "error")) & {"far-cell", "damaged-file"}


def test_a_heading_with_more_columns_than_any_table_is_refused(tmp_path: Path) -> None:
    as_folder(starter(), tmp_path)
    lanes = (tmp_path / "Lanes.csv").read_text()
    for text in ("," * 2_000 + lanes, "," * 1_900 + lanes + "\n" * 300_000):
        (tmp_path / "Lanes.csv").write_text(text)
        assert only(look(tmp_path)[1], "far-cell").file == "Lanes.csv"
