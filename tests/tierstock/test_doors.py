"""Every door through the commands: check, plan, audit and convert say and do the same."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from commands import answer, run
from openpyxl import load_workbook

import tierstock as ts
from tierstock.inputs.findings import Findings
from tierstock.inputs.inspection import content_hash
from tierstock.inputs.templates.template import write_template
from tierstock.inputs.writing.convert import convert
from tierstock.inputs.writing.snapshot import is_indirect
from tierstock.outputs.audit.book import content_hash as hash_of_the_audit
from tierstock.outputs.audit.words import read_tables

OLD = Path(__file__).parents[1] / "inputs" / "starter.xls"
"""The sample starter, saved by LibreOffice."""
DOORS = {
    "ods": "net.ods",
    "csv": "net",
    "parquet": "net",
    "sqlite": "net.db",
    "xls": "net.xls",
    "queries": "net.toml",
}
EXTRA = {"parquet": "pyarrow", "sqlite": "sqlalchemy", "queries": "sqlalchemy"}
INDIRECT = ("xls", "queries")
"""Doors the audit reads from a snapshot."""


def door(form: str, folder: Path) -> Path:
    """The sample starter behind a door."""
    if form in EXTRA:
        pytest.importorskip(EXTRA[form], reason=f"{EXTRA[form]} is not installed (extra data)")
    target, book = folder / DOORS[form], folder / "made" / "net.xlsx"
    if form == "xls":
        shutil.copyfile(OLD, target)
        return target
    book.parent.mkdir()
    write_template(book, lang="en", sheets="usual", sample=ts.sample("starter"))
    if form == "queries":
        convert(book, folder / "made" / "stock.db", Findings())
        names = ("Locations", "Products", "Lanes", "Demand")
        queries = "\n".join(f"{one} = 'select * from \"{one}\"'" for one in names)
        target.write_text(f'url = "sqlite:///made/stock.db"\n[queries]\n{queries}\n')
        return target
    convert(book, target, Findings(), form=form if form in ("csv", "parquet") else "")
    return target


@pytest.mark.parametrize("form", [one for one in DOORS if one != "csv"])
def test_a_plan_of_any_door_is_audited_and_can_be_audited_again(form: str, tmp_path: Path) -> None:
    source = door(form, tmp_path)
    planned = run("plan", source, "--gap", "0", "--json", "--lang", "en")
    again = run("audit", source, tmp_path / "net.plan.xlsx", "--json")

    assert planned.exit_code == again.exit_code == 0, planned.output + again.output
    assert answer(planned)["quality"] == "proven"
    assert answer(again)["input_hash"] == content_hash(source) != ""


@pytest.mark.parametrize("form", DOORS)
def test_the_audit_reads_by_itself_what_it_can(form: str, tmp_path: Path) -> None:
    source = door(form, tmp_path)

    assert is_indirect(source) == (form in INDIRECT)
    if form not in INDIRECT:
        lanes = read_tables(source, "input")["Lanes"]
        assert content_hash(source) == hash_of_the_audit(source) != ""
        assert lanes.column("From") == ["SUP1", "DC1", "DC1", "S1", "S2"]
        assert list(map(float, lanes.column("Unit Cost"))) == [0.5, 0.3, 0.4, 0.2, 0.2]


def spoil(form: str, source: Path) -> None:
    """Spoil the first unit value of the products."""
    if form == "csv":
        file = source / "Products.csv"
        file.write_text(file.read_text("utf-8-sig").replace(",12,", ",ten,"), "utf-8")
    elif form == "ods":
        import zipfile

        with zipfile.ZipFile(source) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        number = b'office:value-type="float" office:value="12.0"><text:p>12</text:p>'
        text = b'office:value-type="string"><text:p>ten</text:p>'
        assert number in parts["content.xml"]
        parts["content.xml"] = parts["content.xml"].replace(number, text)
        with zipfile.ZipFile(source, "w") as book:
            for name, content in parts.items():
                book.writestr(name, content)
    else:
        with sqlite3.connect(source) as database:
            database.execute(
                "update Products set \"Unit Value (money/unit)\" = 'ten' where rowid = 1"
            )
        database.close()


@pytest.mark.parametrize("form", ["csv", "ods", "sqlite"])
def test_check_marks_the_cell_in_a_workbook_of_the_data(form: str, tmp_path: Path) -> None:
    source = door(form, tmp_path)
    spoil(form, source)
    checked = run("check", source, "--json", "--lang", "zh")
    facts = answer(checked)

    assert checked.exit_code == 2
    assert facts["errors"] == 1
    book = load_workbook(facts["marked"])
    marked = [cell for row in book["Products"] for cell in row if cell.comment is not None]
    assert [cell.row for cell in marked] == [2]
    assert facts["marked"] == str(tmp_path / "net.checked.xlsx")
    assert "不是数字" in marked[0].comment.text


def test_an_address_is_planned_into_the_working_folder_and_audited(tmp_path: Path) -> None:
    address = f"sqlite+pysqlite:///{door('sqlite', tmp_path)}?timeout=5"
    planned = run("plan", address, "--gap", "0", folder=tmp_path)
    again = run("audit", address, "net.db.plan.xlsx", "--json", folder=tmp_path)

    assert planned.exit_code == again.exit_code == 0, planned.output + again.output
    with sqlite3.connect(tmp_path / "net.db") as database:
        database.execute("delete from Demand where rowid = 1")
    database.close()
    assert run("audit", address, "net.db.plan.xlsx", folder=tmp_path).exit_code == 4


def test_what_a_database_has_not_yet_written_into_its_file_counts(tmp_path: Path) -> None:
    source = door("sqlite", tmp_path)
    before = content_hash(source)
    database = sqlite3.connect(source)
    database.execute("pragma journal_mode = wal")
    database.commit()
    database.execute("update Products set Name = 'Another'")
    database.commit()

    assert content_hash(source) == hash_of_the_audit(source) != before
    plan = ts.solve(ts.build(ts.read(source)), gap=0, progress=False)
    assert plan.save(tmp_path / "p.xlsx").passed
    database.close()


def test_convert_says_what_it_wrote_and_what_is_wrong(tmp_path: Path) -> None:
    book = tmp_path / "net.xlsx"
    write_template(book, lang="en", sheets="core", sample=ts.sample("starter"))
    done = run("convert", book, tmp_path / "net", "--json", "--lang", "zh")
    there = run("convert", book, tmp_path / "net", "--json", "--lang", "en")
    nowhere = run("convert", book, tmp_path / "none" / "net.ods", "--lang", "en")
    near = run("convert", tmp_path / "nett.xlsx", tmp_path / "b", "--lang", "en")

    facts = answer(done)
    assert done.exit_code == 0
    assert facts["files"] == [str(tmp_path / "net")]
    assert facts["sheets"] == {"地点": 4, "产品": 2, "运输线路": 5, "需求": 4}
    assert (there.exit_code, answer(there)["files"]) == (2, [])
    assert "--force" in answer(there)["error"]
    assert (nowhere.exit_code, near.exit_code) == (6, 2)
    assert 'Nearest: "net.xlsx"' in near.output


def test_convert_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "net.xlsx"
    write_template(book, lang="en", sheets="core", sample=ts.sample("starter"))
    for name, target in (("pyarrow", ("net", "--to", "parquet")), ("sqlalchemy", ("net.db",))):
        monkeypatch.setitem(__import__("sys").modules, name, None)
        result = run("convert", book, tmp_path / target[0], *target[1:], "--lang", "en")

        assert result.exit_code == 2
        assert 'pip install "tierstock[data]"' in result.output
    assert list(tmp_path.iterdir()) == [book]


def test_tables_of_a_database_are_replaced_only_when_asked(tmp_path: Path) -> None:
    source = door("sqlite", tmp_path)
    address = f"sqlite+pysqlite:///{source}?timeout=5"
    book = tmp_path / "made" / "net.xlsx"
    with sqlite3.connect(source) as database:
        database.execute("delete from Demand")
    database.close()
    refused = run("convert", book, address, "--lang", "en")
    assert (refused.exit_code, "--force" in refused.output) == (2, True)
    assert run("convert", book, address, "--force").exit_code == 0

    with sqlite3.connect(source) as database:
        assert database.execute("select count(*) from Demand").fetchone() == (4,)
    database.close()
