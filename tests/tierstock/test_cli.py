"""The command line as a planner meets it."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import answer, run, write_endless

import tierstock as ts
from tierstock import search
from tierstock.exits import exit_of
from tierstock.words import TEXT


def test_a_planner_goes_from_template_to_audited_plan(starter: Path) -> None:
    checked = run("check", starter)
    assert checked.exit_code == 0, checked.output
    assert not starter.with_name("shops.checked.xlsx").exists()
    planned = run("plan", starter, "--gap", "0")
    assert planned.exit_code == 0, planned.output
    assert "on time" in planned.output
    target = starter.with_name("shops.plan.xlsx")
    audited = run("audit", starter, target)
    assert audited.exit_code == 0, audited.output
    assert "checks passed" in audited.output


def test_an_output_that_looks_like_a_file_is_no_folder(starter: Path) -> None:
    done = run("plan", starter, "-o", starter.with_name("out.xlsx"))
    assert done.exit_code != 0 and "name a folder" in done.output
    assert not starter.with_name("out.xlsx").exists()


def test_highs_alone_can_be_asked_for(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(m: Any, *, solver: str, **more: Any) -> Any:
        asked.append(solver)
        return ts.solve(m, solver=solver, **more)

    monkeypatch.setattr(search, "solve", noted)
    assert run("plan", starter, "--gap", "0", "--solver", "highs").exit_code == 0
    assert run("plan", starter, "--gap", "0").exit_code == 0
    assert asked == ["highs", "auto"]
    assert run("plan", starter, "--solver", "cplex").exit_code != 0


def test_the_same_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "门店.xlsx"
    assert run("new", path, "--sample", "starter", "--lang", "zh").exit_code == 0
    planned = run("plan", path, "--gap", "0")
    assert planned.exit_code == 0, planned.output
    assert "按期满足率" in planned.output
    sheets = openpyxl.load_workbook(tmp_path / "门店.plan.xlsx").sheetnames
    assert sheets[0] == "总览"
    assert "输入 地点" in sheets


def test_the_line_for_machines_says_it_all(starter: Path) -> None:
    facts = answer(run("plan", starter, "--gap", "0", "--json"))
    assert (facts["stopped"], facts["quality"]) == ("optimal", "proven")
    assert facts["objective"] == pytest.approx(sum(facts["costs"].values()))
    assert facts["kpis"]["Total cost"] == pytest.approx(facts["objective"])
    assert facts["audit"]["passed"] is True
    assert set(facts["seconds"]) == {"read", "build", "solve", "write"}
    assert set(facts["size"]) == {"columns", "rows", "nonzeros", "integers"}
    assert [Path(file).name for file in facts["files"]] == [
        "shops.plan.xlsx",
        "shops.plan.html",
    ]


def test_a_template_never_replaces_a_file(starter: Path) -> None:
    before = starter.read_bytes()
    assert run("new", starter).exit_code == 2
    assert starter.read_bytes() == before


def test_results_go_to_the_folder_asked_for(starter: Path, tmp_path: Path) -> None:
    assert run("plan", starter, "-o", tmp_path / "out", "--gap", "0").exit_code == 0
    assert (tmp_path / "out" / "shops.plan.xlsx").exists()
    assert not starter.with_name("shops.plan.xlsx").exists()


def test_bad_input_ends_with_2_and_writes_no_plan(starter: Path) -> None:
    book = openpyxl.load_workbook(starter)
    book["Lanes"]["A2"] = "SUP9"
    book.save(starter)
    result = run("plan", starter, "--json")
    assert result.exit_code == 2
    (finding,) = [f for f in answer(result)["findings"] if f["severity"] == "error"]
    assert (finding["sheet"], finding["cell"], finding["value"]) == ("Lanes", "A2", "SUP9")
    assert "SUP1" in finding["message"]
    assert list(starter.parent.iterdir()) == [starter]


def test_an_unknown_setting_is_named(starter: Path) -> None:
    result = run("plan", starter, "--set", "carying_rate=15%")
    assert result.exit_code == 2
    assert "carrying_rate" in result.output


def test_a_plan_that_was_changed_by_hand_fails_its_audit(starter: Path) -> None:
    run("plan", starter, "--gap", "0")
    target = starter.with_name("shops.plan.xlsx")
    book = openpyxl.load_workbook(target)
    sheet = book["Shipments"]
    heads = [str(cell.value).split(" (")[0].replace("\n", " ") for cell in sheet[1]]
    column = heads.index("Quantity") + 1
    sheet.cell(2, column).value += 1
    book.save(target)
    result = run("audit", starter, target, "--json")
    assert result.exit_code == 4
    assert answer(result)["passed"] is False


def test_contradicting_rules_end_with_3(tmp_path: Path) -> None:
    for name, text in {
        "Locations": "Location,Tier\nS1,store\n",
        "Products": "Product,Unit Value\ntea,1\n",
        "Lanes": "From,To,Lead Time\n",
        "Demand": "Location,Product,Period,Quantity,Class\nS1,tea,1,5,A\n",
        "Supply": "Location,Product,Max\nS1,tea,4\n",
        "ServiceClasses": "Class,Mode\nA,must\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    result = run("plan", tmp_path)
    assert result.exit_code == 3, result.output
    assert not tmp_path.with_name(f"{tmp_path.name}.plan.xlsx").exists()


@pytest.mark.parametrize(
    ("stopped", "quality", "code"),
    [
        ("optimal", "proven", 0),
        ("gap", "proven", 0),
        ("time", "feasible", 10),
        ("time", "none", 5),
        ("memory", "none", 5),
        ("infeasible", "none", 3),
        ("user", "feasible", 130),
        ("user", "none", 130),
        ("fault", "none", 7),
        ("fault", "feasible", 10),
    ],
)
def test_the_exit_code_follows_the_two_facts(stopped: str, quality: str, code: int) -> None:
    assert exit_of(stopped, quality) == code


def test_an_unforeseen_fault_shows_no_traceback(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a planted fault")

    monkeypatch.setattr("tierstock.model.build_model", broken)
    result = run("plan", starter)
    assert result.exit_code == 1
    assert "a planted fault" in result.output
    assert "Traceback" not in result.output


def test_every_sentence_has_both_languages_with_the_same_fields() -> None:
    import string

    for code, words in TEXT.items():
        assert set(words) == {"en", "zh"}, code
        fields = [{f for _, f, _, _ in string.Formatter().parse(words[k])} for k in words]
        assert fields[0] - {None} == fields[1] - {None}, code


def test_ctrl_c_keeps_the_best_plan_however_often_it_is_pressed(tmp_path: Path) -> None:
    path = write_endless(tmp_path / "network")
    child = start("plan", path, "--gap", "0")
    assert child.stdout is not None
    lines = []
    for line in child.stdout:
        lines.append(line)
        if "cost" in line:  # a first plan is there
            break
    child.send_signal(signal.SIGINT)
    for line in child.stdout:
        lines.append(line)
        if "solved" in line:  # now it is audited and written
            break
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        child.send_signal(stop)
    rest, _ = child.communicate(timeout=60)
    text = "".join(lines) + rest
    assert child.returncode == 130, text
    assert "best plan so far" in text
    left = sorted(one.name for one in tmp_path.iterdir() if one != path)
    assert left == ["network.plan.html", "network.plan.journal", "network.plan.xlsx"]
    assert run("audit", path, tmp_path / "network.plan.xlsx").exit_code == 0


def test_a_request_to_end_before_there_is_a_plan_leaves_nothing_behind(starter: Path) -> None:
    code = (
        "import os, signal, sys; import tierstock.inputs, tierstock.cli;"
        "tierstock.inputs.inspect = lambda *a: os.kill(os.getpid(), signal.SIGTERM);"
        f"tierstock.cli.main(['plan', {str(starter)!r}, '--json'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 130, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["exit"] == 130
    assert list(starter.parent.iterdir()) == [starter]


def start(*words: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tierstock.cli", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_help_and_import_load_nothing_heavy() -> None:
    heavy = ("pandas", "numpy", "pyomo", "rich", "openpyxl", "highspy", "tierstock.inputs")
    loaded = f"[name for name in {heavy} if name in sys.modules]"
    command = (
        f"import sys; import tierstock; print({loaded});"
        "from click.testing import CliRunner; from tierstock.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        f"assert CliRunner().invoke(main, ['plan', '--help']).exit_code == 0; print({loaded})"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["[]", "[]"], done.stdout + done.stderr
