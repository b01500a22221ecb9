"""Files are never lost, and a fault of one is told by the name the planner knows."""

import errno
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import answer, run, write_folder

import tierstock as ts
from tierstock.files import copied, try_place
from tierstock.inputs.inspection import content_hash
from tierstock.inputs.reading.steady import InputChanged
from tierstock.outputs.audit.book import content_hash as hash_of_the_audit


def change(path: Path, sheet: str, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def test_a_name_without_ending_never_replaces_the_workbook_it_stands_for(starter: Path) -> None:
    before = starter.read_bytes()
    result = run("new", starter.with_suffix(""))
    assert result.exit_code == 2
    assert "shops.xlsx is there already" in result.output
    assert starter.read_bytes() == before


def test_a_name_without_ending_becomes_a_workbook(tmp_path: Path) -> None:
    assert run("new", tmp_path / "n", "--sheets", "core").exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["n.xlsx"]


def test_a_template_is_an_excel_workbook(tmp_path: Path) -> None:
    result = run("new", tmp_path / "n.csv", "--lang", "zh")
    assert result.exit_code == 2
    assert ".xlsx" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told_by_the_name_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "x.xlsx"
    result = run("new", target, "--json")
    assert result.exit_code == 6
    assert answer(result)["error"].startswith(f"{target}: the file or its folder does not exist")
    assert ".part" not in result.output


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_demo_plans_what_a_planner_changed(
    tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[bytes] = []

    def plan_file(console: Any, file: Path, *rest: Any, **more: Any) -> int:
        planned.append(file.read_bytes())
        return 5

    monkeypatch.setattr("tierstock.run.plan_file", plan_file)
    run("demo", "--lang", lang, folder=tmp_path)
    file = tmp_path / "tierstock-demo" / f"rebalancing.{lang}.xlsx"
    assert "changed" not in run("demo", "--lang", "en", folder=tmp_path).output
    file.write_bytes(planned[0] + b"edited")
    result = run("demo", "--lang", lang, folder=tmp_path)
    assert file.read_bytes() == planned[-1] == planned[0] + b"edited"
    assert ("has been changed" if lang == "en" else "已被修改") in result.output


@pytest.mark.parametrize("stands", ["folder", "no folder"])
def test_a_place_that_cannot_be_written_is_found_before_the_solve(
    starter: Path, tmp_path: Path, stands: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("solved for nothing")

    monkeypatch.setattr("tierstock.model.build_model", never)
    target = starter.with_name("shops.plan.xlsx")
    if stands == "folder":
        target.mkdir()
        result = run("plan", starter, "--json")
    else:
        (tmp_path / "out").mkdir()
        monkeypatch.setattr("tierstock.run.results_path", lambda *_: tmp_path / "gone" / "x.xlsx")
        result = run("plan", starter, "--json")
        target = tmp_path / "gone" / "x.xlsx"
    assert result.exit_code == 6
    facts = answer(result)
    assert str(target) in facts["error"]
    assert (facts["exit"], facts["quality"], facts["files"]) == (6, "none", [])


def test_trying_a_place_leaves_it_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "x.plan.xlsx"
    try_place(target)
    assert list(tmp_path.iterdir()) == []
    target.write_bytes(b"old")
    try_place(target)
    assert target.read_bytes() == b"old"


def test_a_full_disk_is_told_by_the_plan_and_keeps_the_old_one(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xlsxwriter.exceptions import FileCreateError

    from tierstock.outputs.package import HeldBack

    target = starter.with_name("shops.plan.xlsx")
    target.write_bytes(b"old")

    def full(held: HeldBack, part: Path, body: object) -> None:
        assert part.parent == target.parent
        fault = FileCreateError(OSError(errno.ENOSPC, "No space left on device", str(part)))
        raise OSError(str(fault)) from fault

    monkeypatch.setattr(HeldBack, "put", full)
    result = run("plan", starter, "--gap", "0", "--json")
    assert result.exit_code == 6
    told = answer(result)["error"]
    assert re.fullmatch(r"(.*): the disk is full: the file takes \d+ kB\. Old .* intact\.", told)
    assert told.startswith(f"{target}: ")
    assert target.read_bytes() == b"old"
    assert sorted(file.name for file in starter.parent.iterdir()) == [target.name, starter.name]


def test_findings_are_told_even_where_no_marked_copy_can_be_written(starter: Path) -> None:
    change(starter, "Lanes", "A2", "SUP9")
    starter.with_name("shops.checked.xlsx").mkdir()
    result = run("check", starter, "--json")
    assert result.exit_code == 6
    facts = answer(result)
    assert facts["errors"] == 1
    assert facts["findings"][0]["cell"] == "A2"
    assert str(starter.with_name("shops.checked.xlsx")) in facts["error"]


def test_a_clean_file_has_no_marked_copy_any_more(starter: Path) -> None:
    marked = starter.with_name("shops.checked.xlsx")
    change(starter, "Lanes", "A2", "SUP9")
    assert run("check", starter, "--lang", "zh").exit_code == 2
    assert marked.exists()
    change(starter, "Lanes", "A2", "SUP1")
    result = run("check", starter)
    assert result.exit_code == 0
    assert str(marked) in result.output
    assert not marked.exists()


@pytest.mark.parametrize("content", [b"notes of mine", "template"])
def test_a_file_of_that_name_that_is_not_ours_stays(starter: Path, content: bytes | str) -> None:
    other = starter.with_name("shops.checked.xlsx")
    other.write_bytes(starter.read_bytes() if isinstance(content, str) else content)
    assert run("check", starter).exit_code == 0
    assert other.exists()


@pytest.mark.parametrize("form", ["file", "folder"])
def test_the_input_has_the_hash_the_audit_computes(tmp_path: Path, form: str) -> None:
    source = tmp_path / "net"
    if form == "file":
        source.write_bytes(b"any bytes")
    else:
        write_folder(source, Locations=["Location"], 产品=["产品"])
        (source / "Lanes.CSV").write_text("From,To\n", encoding="utf-8")
        before = content_hash(source)
        (source / "Demand.tsv").write_text("Location\tProduct\n", encoding="utf-8")
        assert content_hash(source) != before
        (source / "notes.txt").write_text("not part of it", encoding="utf-8")
        (source / "folder.csv").mkdir()
    assert content_hash(source) == hash_of_the_audit(source) != ""


@pytest.mark.parametrize("now", ["another", "gone"])
def test_an_input_that_changed_while_it_was_planned_gives_no_plan(
    starter: Path, tmp_path: Path, now: str
) -> None:
    plan = ts.solve(ts.build(ts.read(starter)), gap=0, progress=False)
    if now == "another":
        change(starter, "Products", "B2", 99)
    else:
        starter.unlink()
    with pytest.raises(InputChanged, match="shops.xlsx changed while it was being read or planned"):
        plan.save(tmp_path / "p.xlsx")
    assert not (tmp_path / "p.xlsx").exists()


def test_the_command_says_that_the_input_changed(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tierstock import search
    from tierstock.solving import solve

    def meanwhile(*words: Any, **more: Any) -> Any:
        change(starter, "Products", "B2", 99)
        return solve(*words, **more)

    monkeypatch.setattr(search, "solve", meanwhile)
    result = run("plan", starter, "--gap", "0", "--json")
    assert result.exit_code == 6
    assert "shops.xlsx changed" in answer(result)["error"]
    assert list(starter.parent.iterdir()) == [starter]


def test_a_copy_of_a_folder_holds_what_was_read(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "net", Locations=["Location", "S1"])
    (tmp_path / "copy").mkdir()
    copy = copied(source, tmp_path / "copy", content_hash(source))
    assert (copy / "Locations.csv").read_text() == "Location\nS1\n"


def test_dataframes_count_as_they_were_when_read(tmp_path: Path) -> None:
    frames = ts.sample("starter")
    plan = ts.solve(ts.build(ts.read(frames)), gap=0, progress=False)
    frames["Demand"].loc[:, frames["Demand"].columns[2]] = 0
    frames["Products"].insert(0, "Colour", "red")
    assert plan.save(tmp_path / "p.xlsx").passed


def test_a_network_read_under_a_relative_name_is_found_from_any_folder(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(starter.parent)
    plan = ts.solve(ts.build(ts.read(starter.name)), gap=0, progress=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert plan.save("p.xlsx").passed
    assert json.dumps(plan.network.source) == json.dumps(str(starter))


def test_a_folder_that_holds_an_input_is_not_replaced(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "parts", Demand=["Location,Product,Period,Quantity"])
    done = run("merge", folder, folder / "Demand.csv", tmp_path, "--force", "--lang", "en")

    assert done.exit_code == 2 and "or holds one" in done.output
    assert (folder / "Demand.csv").exists()
