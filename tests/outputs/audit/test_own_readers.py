"""The audit reads workbooks, open documents, databases and tables by itself, in any form."""

import sqlite3
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.parsers.expat import ExpatError

import pytest

from tierstock.outputs.audit import book, open_document
from tierstock.outputs.audit.grid import written

DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]>'


def archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def document(path: Path, tables: str, top: str = "") -> Path:
    return archive(path, {"content.xml": f"{top}<office:document>{tables}</office:document>"})


def row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def cell(kind: str = "", stated: str = "", text: str = "", repeated: int = 1) -> str:
    names = {"boolean": "boolean-value", "date": "date-value", "string": "string-value"}
    of_kind = f'office:value-type="{kind}" ' if kind else ""
    value = f'office:{names.get(kind, "value")}="{stated}"' if stated else ""
    often = f'table:number-columns-repeated="{repeated}" '
    return f"<table:table-cell {often}{of_kind}{value}>{text}</table:table-cell>"


CELLS = (
    cell("float", "1.5", "<text:p>1,50</text:p>"),
    cell("percentage", "0.5"),
    cell("boolean", "true"),
    cell("date", "2026-01-05T00:00:00"),
    cell("string", "as stated", "<text:p>shown</text:p>"),
    cell(
        "string",
        text="<office:annotation><text:p>a note</text:p></office:annotation>"
        '<text:p>two<text:s/><text:s text:c="2"/>words<text:tab/>a<text:line-break/>b</text:p>'
        "<text:span>outside</text:span><text:p>below</text:p>",
    ),
    cell("percentage", text="<text:p>5%</text:p>"),
    cell("boolean", text="<text:p>WAHR</text:p>"),
    cell("date", text="<text:p>Monday</text:p>"),
    cell("float", text="<text:p>many</text:p>"),
    cell(repeated=2),
    "<table:covered-table-cell/>",
    cell("string", text="<text:p>end</text:p>"),
    cell(repeated=16_000),
)
SHOWN = [
    *("1.5", "50%", "TRUE", "2026-01-05", "as stated", "two   words\ta\nb\nbelow"),
    *("5%", "WAHR", "Monday", "many", "", "", "", "end"),
]


def test_an_open_document_shows_what_its_cells_state(tmp_path: Path) -> None:
    tables = (
        f'<table:table table:name="Lanes">{row(cell())}{row("".join(CELLS), 2)}</table:table>'
        f'<table:table table:name="Other">{row(CELLS[0])}</table:table>'
    )
    path = document(tmp_path / "net.ods", tables)
    assert book.titles(path) == ["Lanes", "Other"]
    assert {name: grid.rows for name, grid in book.read_grids(path, {"Lanes"}).items()} == {
        "Lanes": [(2, SHOWN), (3, SHOWN)]
    }


def test_cells_far_behind_blank_ones_stand_in_their_columns(tmp_path: Path) -> None:
    """As in a wide sheet of demand that begins after half a year."""
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = (
        row(cell("float", "7") + cell(repeated=101) + cell() + cell("float", "8") + cell()),
        f"<table:table-row>{one}{one}</table:table-row>",
        row(cell(repeated=3)),
        row(cell("float", "1", repeated=16_384)),
    )
    table = f'<table:table table:name="Lanes">{"".join(rows)}</table:table>'
    path = document(tmp_path / "net.ods", table)
    assert book.read_grids(path, {"Lanes"})["Lanes"].rows == [
        (1, ["7", *[""] * 102, "8"]),
        (2, ["1", "1"]),
        (4, ["1"] * 16_384),
    ]


def test_cells_of_all_sheets_together_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_document, "MOST_CELLS", 6)
    rows = row(cell("float", "1", repeated=2), 2)
    tables = f'<table:table table:name="Lanes">{rows}</table:table>'
    more = f'<table:table table:name="Other">{row(cell("float", "1", repeated=2))}</table:table>'
    path = document(tmp_path / "net.ods", tables + more)
    assert set(book.read_grids(path, {"Lanes", "Other"})) == {"Lanes", "Other"}
    monkeypatch.setattr(open_document, "MOST_CELLS", 5)
    with pytest.raises(ValueError, match="too large"):
        book.read_grids(path, {"Lanes", "Other"})


@pytest.mark.parametrize(
    ("tables", "top", "fault"),
    [
        (row(cell("float", "1", repeated=16_385)), "", "too wide"),
        (row(cell(repeated=16_384) + cell("float", "1")), "", "too wide"),
        (row(cell("float", "1"), 40_000_001), "", "too large"),
        ("", DOCTYPE, "document type"),
    ],
)
def test_an_open_document_made_to_harm_is_refused(
    tmp_path: Path, tables: str, top: str, fault: str
) -> None:
    inside = f'<table:table table:name="Lanes">{tables}</table:table>'
    with pytest.raises(ValueError, match=fault):
        book.read_grids(document(tmp_path / "net.ods", inside, top), {"Lanes"})


def test_a_database_shows_flags_days_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "net.db"
    with sqlite3.connect(path) as database:
        database.execute('create table "a""b" (Flag boolean, Other text, Count integer)')
        database.execute("insert into \"a\"\"b\" values (1, null, 1), (0, 'x', 0), (7, '', 2.5)")
        database.execute('create view seen as select Count from "a""b" where Flag = 7')
    database.close()
    assert book.titles(path) == ['a"b', "seen"]
    before = book.content_hash(path)
    grids = book.read_grids(path, {'a"b', "seen", "absent"})
    assert grids['a"b'].rows == [
        (1, ["Flag", "Other", "Count"]),
        (2, ["TRUE", "", "1"]),
        (3, ["FALSE", "x", "0"]),
        (4, ["7", "", "2.5"]),
    ]
    assert grids["seen"].rows == [(1, ["Count"]), (2, ["2.5"])]
    assert list(book.read_grids(path, {"seen"})) == ["seen"]
    path.with_name("net.db-wal").write_bytes(b"what is not yet in the file")
    assert book.content_hash(path) != before
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ValueError, match=r"net\.db"):
        book.titles(path)


def test_values_of_other_files_are_shown_as_cells_show_them() -> None:
    values = (None, True, 3, Decimal("2.50"), date(2026, 1, 5), datetime(2026, 1, 5, 12), "text")
    assert list(map(written, values)) == [
        *("", "TRUE", "3", "2.50", "2026-01-05", "2026-01-05", "text")
    ]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"sep=|\r\na|b\r\n\r\n1|2", [(1, ["a", "b"]), (3, ["1", "2"])]),
        (b"a;b\n1;2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        (b"\"a;b;c;d\",x\n'=1+1,'x\n", [(1, ["a;b;c;d", "x"]), (2, ["=1+1", "'x"])]),
        ("地点\t量\rS1\t1".encode("gb18030"), [(1, ["地点", "量"]), (2, ["S1", "1"])]),
        ("a,b".encode("utf-16"), [(1, ["a", "b"])]),
        ("a,b\n".encode("utf-16-be"), [(1, ["a", "b"])]),
        (("量" * 999 + "\n").encode("utf-16-le"), [(1, ["量" * 999])]),
    ],
    ids=[
        "told",
        "by semicolons",
        "quoted",
        "gb18030",
        "utf-16",
        "utf-16-be",
        "utf-16 by the thousandth sign",
    ],
)
def test_tables_of_a_folder_are_read_in_any_form(
    tmp_path: Path, data: bytes, rows: list[tuple[int, list[str]]]
) -> None:
    (tmp_path / "Lanes.csv").write_bytes(data)
    (tmp_path / "notes.txt").write_bytes(b"no table")
    (tmp_path / "odd.csv").mkdir()
    assert book.titles(tmp_path) == ["Lanes"]
    assert book.read_grids(tmp_path, {"Lanes", "absent"})["Lanes"].rows == rows


FORMS = """<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;x&quot;"/>
<numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="0.0 [Red]"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="164"/>
<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>
<dxfs><xf numFmtId="14"/></dxfs>"""
CAREFUL = """<x:worksheet xmlns:x="m"><x:sheetData>
<x:row r="2"><x:c r="B2"> <x:v>7</x:v> </x:c><x:c t="s"><x:v>0</x:v></x:c>
<x:c r="E2" t="inlineStr"><x:is><x:t>in</x:t></x:is></x:c></x:row>
<x:row><x:c t="b"><x:v>1</x:v></x:c><x:c t="b"><x:v>0</x:v></x:c><x:c s="1"><x:v>46027</x:v></x:c>
<x:c s="2"><x:v>0.5</x:v></x:c><x:c s="3"><x:v>2</x:v></x:c><x:c s="4"><x:v>46027</x:v></x:c>
<x:c s="5"><x:v>1</x:v></x:c><x:c s="6"><x:v>8</x:v></x:c><x:c/>
<x:c r="K3"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>
<x:row r="9"/></x:sheetData></x:worksheet>"""
TEXTS = """<sst><si><t>one</t> <rPh><t>ichi</t></rPh><r><t> more</t></r></si></sst>"""


def workbook(path: Path, **parts: str) -> Path:
    """Write a workbook of the sheets Plain and Careful; a third one has no part."""
    targets = {"Plain": "/xl/plain.xml", "Careful": "careful.xml", "Absent": "absent.xml"}
    sheets = "".join(f'<sheet name="{one}" r:id="{one}"/>' for one in targets)
    told = "".join(f'<Relationship Id="{id}" Target="{to}"/>' for id, to in targets.items())
    usual = {
        "workbook": f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>',
        "plain": "<worksheet><sheetData/></worksheet>",
        "careful": CAREFUL,
    }
    files = {f"xl/{name}.xml": text for name, text in {**usual, **parts}.items()}
    links = f"<Relationships>{told}<Other/></Relationships>"
    return archive(path, files | {"xl/_rels/workbook.xml.rels": links})


def test_a_workbook_in_any_way_of_writing_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "net.xlsx", styles=f"<s>{FORMS}</s>", sharedStrings=TEXTS)
    grids = book.read_grids(path, {"Plain", "Careful", "Absent"})
    assert set(grids) == {"Plain", "Careful"}
    assert grids["Plain"].rows == []
    assert grids["Careful"].rows == [
        (2, ["", "7", "one more", "", "in"]),
        (3, ["TRUE", "FALSE", "2026-01-05", "50%", "2", "2026-01-05", "100%", "8", "", "", "2"]),
    ]
    assert grids["Careful"].formulas == ["K3"]


def test_formats_that_excel_does_not_write_out_are_dates_or_numbers(tmp_path: Path) -> None:
    numbers = (13, 14, 22, 23, 26, 27, 36, 37, 44, 45, 47, 48, 49, 50, 58, 59)
    forms = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    cells = "".join(f'<c s="{at}"><v>46027</v></c>' for at in range(len(numbers)))
    path = workbook(
        tmp_path / "net.xlsx",
        styles=f"<s><cellXfs>{forms}</cellXfs></s>",
        careful=f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>",
    )
    ((_, shown),) = book.read_grids(path, {"Careful"})["Careful"].rows
    dates = {number for number, text in zip(numbers, shown, strict=True) if text != "46027"}
    assert dates == {14, 22, 27, 36, 45, 47, 50, 58}


def test_a_workbook_without_texts_and_styles_is_read(tmp_path: Path) -> None:
    row = "<row><c r='AB1' s='4'><v>5</v></c></row>"
    sheet = f"<worksheet><sheetData>{row}</sheetData></worksheet>"
    path = workbook(tmp_path / "net.xlsx", careful=sheet)
    assert book.read_grids(path, {"Careful"})["Careful"].rows == [(1, [""] * 27 + ["5"])]


def test_a_sheet_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    """Its first rows are no whole sheet: nothing may be said of them as if they were."""
    half = CAREFUL.partition("<x:row r=")[0] + "<x:row r='2'/>"
    files = (workbook(tmp_path / "net.xlsx", careful=half), tmp_path / "net.ods")
    archive(files[1], {"content.xml": '<office:document><table:table table:name="Careful">'})
    for path in files:
        with pytest.raises(ExpatError, match="no element found"):
            book.read_grids(path, {"Careful"})


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MOST_UNPACKED", 100)
    monkeypatch.setattr(book, "MOST_RATIO", 0.9)
    for path in (workbook(tmp_path / "net.xlsx"), document(tmp_path / "net.ods", " " * 100)):
        with pytest.raises(ValueError, match="500 MB"):
            book.read_grids(path, set())
    with pytest.raises(ValueError, match="500 MB"):
        book.titles(tmp_path / "net.ods")


def test_a_large_plan_that_unpacks_as_sheets_of_numbers_do_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan of 200 products and 80 locations unpacks to more than 500 MB."""
    monkeypatch.setattr(book, "MOST_UNPACKED", 100)
    sheet = "<worksheet><sheetData><row r='1'><c r='A1'><v>5</v></c></row></sheetData></worksheet>"
    path = workbook(tmp_path / "net.xlsx", careful=sheet)
    assert book.read_grids(path, {"Careful"})["Careful"].rows == [(1, ["5"])]
