"""An input from any door, written as any other, holds what it held."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starter import assert_same_tables, codes, look, save, sheet_of, starter

from tierstock.inputs import fingerprint, read
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.samples import NAMES, sample
from tierstock.inputs.templates.template import write_template
from tierstock.inputs.writing.convert import Converted, convert, write_tabs
from tierstock.inputs.writing.plain import column_kind, text_of, value_of
from tierstock.inputs.writing.tabs import Tab, tabs_of
from tierstock.inputs.writing.to_workbook import write_workbook

FORMS = {"xlsx": "b.xlsx", "ods": "b.ods", "csv": "b", "parquet": "b", "sqlite": "b.db"}
EXTRA = {"parquet": "pyarrow", "sqlite": "sqlalchemy"}


def needed(form: str) -> None:
    """Skip, visibly, what the extra ``data`` is needed for."""
    if form in EXTRA:
        pytest.importorskip(EXTRA[form], reason=f"{EXTRA[form]} is not installed (extra data)")


def converted(source: Any, target: Path, form: str, **more: Any) -> Converted:
    folder = form if form in ("csv", "parquet") else ""
    done = convert(source, target, findings := Findings(), form=folder, **more)
    assert done is not None, [one.say() for one in findings]
    return done


texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n\t"),
    max_size=12,
) | st.sampled_from(
    '007|1e5|=1+1|-|\'=x|NA|null|1,5|1.50|中文 地点|  a  b |"q";|12%|2026-01-05|TRUE'.split("|")
)
days = st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31))
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**50), 2**50)
cells = [
    texts,
    numbers,
    days,
    st.booleans(),
    st.floats(0, 3).map(Percent),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2199, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
]
mixed = st.one_of(*cells)
KNOWN = [
    "Lead Time",
    "Unit Cost",
    "Duty",
    "Active From",
    "Product",
    "#mine",
    "Colour 颜色",
    "a;b|c",
]


@st.composite
def tabs(draw: st.DrawFn) -> list[Tab]:
    """Sheets tierstock knows and does not know, columns of one kind or of any."""
    made = []
    for title in draw(st.permutations(["Lanes", "需求", "My list 1", "_notes"]))[:2]:
        headings = ["From", *draw(st.permutations(KNOWN))[: draw(st.integers(1, 5))]]
        count = draw(st.integers(0, 4))
        columns = [
            draw(st.lists(st.just("") | draw(st.sampled_from([*cells, mixed])),
                          min_size=count, max_size=count))
            for _ in headings
        ]  # fmt: skip
        made.append(Tab(title, [list(headings), *map(list, zip(*columns, strict=True))]))
    return made


def meant(tab: Tab) -> list[list[str]]:
    """Every cell in its plain form, numbers of number columns by value; blank rows cut off."""
    kinds = [column_kind(tab.sheet, heading) if tab.sheet else "" for heading in tab.headings]
    rows = [
        [text_of(value_of(text_of(cell), kind)) for cell, kind in zip(row, kinds, strict=True)]
        for row in tab.body
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    return [tab.headings, *rows]


def looked(source: Path) -> dict[str, Tab]:
    found, _ = tabs_of(source, findings := Findings())
    assert not findings.errors
    return {tab.title: tab for tab in found}


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(made=tabs())
def test_there_and_back_nothing_is_lost(form: str, made: list[Tab]) -> None:
    needed(form)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_workbook(made, folder / "a.xlsx")
        converted(folder / "a.xlsx", folder / FORMS[form], form)
        converted(folder / FORMS[form], folder / "c.xlsx", "xlsx")
        first, there, back = (looked(folder / one) for one in ("a.xlsx", FORMS[form], "c.xlsx"))

    assert set(first) == set(there) == set(back)
    for title, tab in first.items():
        assert meant(tab) == meant(there[title]) == meant(back[title])
        if form in ("xlsx", "ods"):
            assert [list(map(type, row)) for row in tab.body] == [
                list(map(type, row)) for row in back[title].body
            ]


@pytest.mark.parametrize(
    "name",
    [one if one == "medicine" else pytest.param(one, marks=pytest.mark.slow) for one in NAMES],
)
def test_every_form_of_a_sample_is_the_same_network(name: str, tmp_path: Path) -> None:
    """Each form is made from the one before, in the other language now and then."""
    books = [tmp_path / "en.xlsx", tmp_path / "zh.xlsx"]
    for book in books:
        language = book.stem
        write_template(book, lang=language, sheets="usual", sample=sample(name, language))
    before = books[1]
    for form, target in FORMS.items():
        needed(form)
        place = tmp_path / form
        place.mkdir()
        language = {"ods": "en", "parquet": "zh"}.get(form, "")
        converted(before, place / target, form, language=language)
        before = place / target
        books.append(before)

    assert len({fingerprint(read(book)) for book in books}) == 1


@pytest.mark.parametrize("form", FORMS)
def test_codes_of_many_digits_keep_all_of_them(form: str, tmp_path: Path) -> None:
    needed(form)
    rows: list[list[object]] = [["Product", "Unit Value"], [123456789012345678, 2], [2**63, 0.5]]
    target = tmp_path / FORMS[form]
    write_tabs([Tab("Products", rows, sheet="Products")], target, form, False)
    (back,), _ = tabs_of(target, Findings())
    assert [text_of(cell) for cell, _ in back.body] == ["123456789012345678", str(2**63)]
    assert [float(str(cell)) for _, cell in back.body] == [2, 0.5]


def test_what_is_translated_and_what_stays(tmp_path: Path) -> None:
    study = starter()
    study["Settings"] = [
        ["Setting", "Value", "Note"],
        ["bucket", "week", "week"],
        ["gap", 0.02, ""],
    ]
    study["My list"] = [["Tier"], ["store"]]
    sheet_of(study, "Locations")[0].append("Colour")
    for row in sheet_of(study, "Locations")[1:]:
        row.append("store")
    book = save(study, tmp_path / "a.xlsx")
    converted(book, tmp_path / "zh.xlsx", "xlsx", language="zh")
    converted(tmp_path / "zh.xlsx", tmp_path / "en", "csv", language="en")
    chinese, english = looked(tmp_path / "zh.xlsx"), looked(tmp_path / "en")

    assert chinese["地点"].rows[:2] == [
        ["地点", "层级", "区域", "可存货", "启用日", "Colour"],
        ["DC1", "中央仓", "East", "是", "2026-01-05", "store"],
    ]
    assert chinese["运输线路"].headings[2] == "提前期 (天)"
    assert chinese["设置"].rows == [
        ["设置项", "取值", "备注"],
        ["期间长度", "周", "week"],
        ["目标差距", 0.02, ""],
    ]
    assert chinese["My list"].rows == [["Tier"], ["store"]]
    assert {name: meant(tab) for name, tab in english.items()} == {
        name: meant(tab) for name, tab in looked(book).items()
    }  # fmt: skip


def comma(cell: object) -> str:
    """A cell as an export of a country with decimal commas holds it."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def test_decimal_commas_become_points(tmp_path: Path) -> None:
    study = starter()
    study["Settings"] = [["Setting", "Value"], ["小数点", "逗号"]]
    for row, price in zip(sheet_of(study, "Products")[1:], ("1.234,5", "1,5 元/件"), strict=True):
        row[1] = price
    (tmp_path / "a").mkdir()
    for title, rows in study.items():
        lines = [";".join(map(comma, row)) for row in rows]
        (tmp_path / "a" / f"{title}.csv").write_text("\n".join(lines), encoding="utf-8")
    converted(tmp_path / "a", tmp_path / "b.xlsx", "xlsx")
    tables, findings = look(tmp_path / "b.xlsx")

    assert codes(findings, "error") == []
    assert list(tables.table("Products").frame["unit_value"]) == [1234.5, 1.5]
    assert tables.settings.decimal_point == "point"
    assert_same_tables(look(tmp_path / "a")[0], tables, but="Settings")


def test_a_target_that_is_there_is_replaced_only_when_asked_and_of_its_kind(
    tmp_path: Path,
) -> None:
    book = save(starter(), tmp_path / "a.xlsx")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    converted(book, tmp_path / "b", "csv")
    (tmp_path / "b" / "Old.csv").write_text("a\n1\n")
    for target, force, code in (
        (tmp_path / "b", False, "target-there"),
        (tmp_path / "mine", True, "target-other"),
        (book, False, "target-there"),
    ):
        with pytest.raises(Refused) as refused:
            convert(book, target, Findings(), force=force)
        assert refused.value.code == code
    converted(book, tmp_path / "b", "csv", force=True)

    assert {file.stem for file in (tmp_path / "b").iterdir()} == set(starter())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx", "b", "mine"]


@pytest.mark.parametrize("target", ["b.xls", "b.xlsm", "b.csv", "b.parquet", "b.toml", "b.v2"])
def test_what_cannot_be_written_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        convert(save(starter(), tmp_path / "a.xlsx"), tmp_path / target, Findings())

    assert refused.value.code == "unwritable-form"
    assert not (tmp_path / target).exists()


def test_what_would_be_lost_is_an_error(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = save(starter(), tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["Lanes"]["D2"] = "=1+1"
    book["Lanes"]["D3"] = "#N/A"
    book["Products"].merge_cells("A2:A3")
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(path)

    assert convert(path, tmp_path / "b", findings := Findings()) is None
    assert set(codes(findings)) == {"formula-not-calculated", "merged-cells", "hidden-sheet"}
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["a", "A"], [1, 2]], "heading-twice-in-table"),
        ([["a", ""], [1, 2]], "heading-blank-in-table"),
        ([], "sheet-without-headings"),
    ],
)
def test_what_no_table_can_hold_is_refused(rows: Any, code: str, tmp_path: Path) -> None:
    needed("sqlite")
    path = save({**starter(), "Mine": rows}, tmp_path / "a.xlsx")

    with pytest.raises(Refused) as refused:
        convert(path, tmp_path / "b.db", Findings())

    assert refused.value.code == code
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_results_workbook_gives_its_input(tmp_path: Path) -> None:
    study = {f"In {title}": rows for title, rows in starter().items()}
    path = save({**study, "Costs": [["Amount"], [1]]}, tmp_path / "a.xlsx")
    done = converted(path, tmp_path / "b", "csv")

    assert set(done.rows) == set(starter())
