"""Whatever happens, a command ends with its code, a sentence and its line for machines."""

import errno
import os
import shlex
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from commands import answer, run, write_folder
from openpyxl import load_workbook

from tierstock.cli import SAMPLES
from tierstock.inputs.samples import NAMES
from tierstock.plan import Plan
from tierstock.solvers.errors import SolveError

USUAL = {
    "plan": {"stopped", "quality", "objective", "costs", "kpis", "audit", "files", "warnings"},
    "check": {"errors", "warnings", "findings", "marked"},
    "audit": {"passed", "checks", "input_hash", "plan_hash", "stamped"},
}


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (SolveError("objectives", count=2), 2, "2 active objectives"),
        (SolveError("solver-start", value="no memory"), 7, "could not be started"),
        (PermissionError(13, "Permission denied", "x.xlsx"), 6, "x.xlsx: no permission"),
        (OSError("something odd"), 6, "something odd"),
        (MemoryError(), 5, "does not fit into memory"),
        (OSError(12, "Cannot allocate memory"), 5, "does not fit into memory"),
        (RuntimeError("can't start new thread"), 5, "does not fit into memory"),
        (KeyboardInterrupt(), 130, "Stopped"),
        (RuntimeError("planted"), 1, "RuntimeError: planted"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_every_ending_of_a_plan_has_its_line_for_machines(
    starter: Path,
    fault: BaseException,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("tierstock.model.build_model", broken)
    result = run("plan", starter, "--json", "--lang", "en")
    assert result.exit_code == code
    facts = answer(result)
    assert facts["exit"] == code
    assert words in facts["error"]
    assert words in result.stderr
    assert set(facts) >= USUAL["plan"]
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "nowhere.xlsx", "--json"],
        ["plan", "--json", "--frobnicate"],
        ["check", "--json"],
        ["new", "x.xlsx", "--json", "--sample", "nothing"],
        ["plan", ".", "--json", "--set", "novalue"],
        ["frobnicate", "--json"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_has_its_line_for_machines_too(words: list[str], tmp_path: Path) -> None:
    result = run(*words, folder=tmp_path)
    assert result.exit_code == 2
    facts = answer(result)
    assert facts["exit"] == 2
    assert facts["error"] in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--gap", "--time", "--threads"])
def test_a_value_that_is_none_is_told_at_its_option(starter: Path, option: str) -> None:
    result = run("plan", starter, option, "0" if option == "--threads" else "abc", "--json")
    assert result.exit_code == 2
    (finding,) = [one for one in answer(result)["findings"] if one["severity"] == "error"]
    assert finding["sheet"] == option
    assert f"{option}  " in result.stderr
    beside = run("plan", starter, option, "1", "--set", "seed=x", "--json")
    (finding,) = [one for one in answer(beside)["findings"] if one["severity"] == "error"]
    assert finding["sheet"] == "--set seed"


def test_the_details_of_a_fault_lie_in_a_private_file_of_their_own(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    logs = tmp_path / "logs"
    logs.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(logs))
    monkeypatch.setattr("tierstock.model.build_model", broken)
    for _ in range(2):
        assert run("plan", starter, "--no-progress").exit_code == 1
    files = list(logs.iterdir())
    assert len(files) == 2
    assert all("planted" in file.read_text() for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    real = tempfile.mkstemp

    def full(*words: Any, **named: Any) -> Any:
        if str(named.get("prefix")).startswith("tierstock-error-"):
            raise OSError(errno.ENOSPC, "the disk is full")
        return real(*words, **named)

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert "planted" in run("plan", starter).output


def write_zip(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return path


def test_a_disk_that_is_full_at_the_end_leaves_what_to_go_on_from(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(plan: Plan, path: Path, **more: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Plan, "save", full)
    kept = starter.with_name("shops.plan.journal")
    kept.write_bytes(b"left")
    result = run("plan", starter, "--gap", "0", "--lang", "zh")
    assert result.exit_code == 6
    assert "--resume" in result.output.splitlines()[-2]
    assert "磁盘已满" in result.output.splitlines()[-1]
    assert kept.exists()


@pytest.mark.parametrize("kind", ["junk", "empty", "zip", "no xml", "cut", "input"])
def test_what_is_no_plan_is_refused_in_words(starter: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "junk.xlsx"
    if kind == "zip":
        write_zip(other, readme="<a/>")
    elif kind == "no xml":
        write_zip(other, xl__workbook="no xml at all")
    elif kind == "input":
        other = starter
    else:
        whole = starter.read_bytes()
        other.write_bytes({"junk": b"junk", "empty": b"", "cut": whole[: len(whole) // 2]}[kind])
    for pair in ((starter, other), (other, other)):
        result = run("audit", *pair, "--json")
        assert result.exit_code == 2, result.output
        facts = answer(result)
        assert str(other) in facts["error"]
        assert set(facts) >= USUAL["audit"]
    if kind == "input":
        assert "no sheet Summary" in facts["error"]


def test_a_sheet_that_is_damaged_inside_is_told(starter: Path, tmp_path: Path) -> None:
    run("plan", starter, "--gap", "0")
    plan, spoilt = starter.with_name("shops.plan.xlsx"), tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(plan) as old, zipfile.ZipFile(spoilt, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data[:200] if part.endswith("sheet3.xml") else data)
    result = run("audit", starter, spoilt)
    assert result.exit_code == 2
    assert f"{spoilt} cannot be read" in result.output


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_input_that_lost_what_the_plan_speaks_of_fails_the_audit_in_words(
    starter: Path, language: str
) -> None:
    run("plan", starter, "--gap", "0")
    book = load_workbook(starter)
    book["Products"].delete_rows(3)
    book.save(starter)
    plan = starter.with_name("shops.plan.xlsx")
    result = run("audit", starter, plan, "--json", "--lang", language)
    assert result.exit_code == 4, result.output
    told = {"en": "another input than the one audited", "zh": "与审计时的输入不同"}[language]
    assert told in result.stderr
    assert [one["passed"] for one in answer(result)["checks"]] == [False, True, False]


def test_a_plan_that_nobody_changed_and_cannot_be_audited_is_our_own_fault(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("planted")

    run("plan", starter, "--gap", "0")
    monkeypatch.setattr("tierstock.audit_files.audit", broken)
    assert run("audit", starter, starter.with_name("shops.plan.xlsx")).exit_code == 1


def test_an_input_without_products_is_no_input(starter: Path, tmp_path: Path) -> None:
    run("plan", starter, "--gap", "0")
    folder = write_folder(tmp_path / "net", Locations=["Location", "S1"])
    result = run("audit", folder, starter.with_name("shops.plan.xlsx"))
    assert result.exit_code == 2
    assert "no sheet Products" in result.output


def shell(command: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    program = f"{shlex.quote(sys.executable)} -m tierstock.cli"
    return subprocess.run(
        ["bash", "-c", "set -o pipefail; " + command.replace("tierstock", program)],
        capture_output=True,
        env={**os.environ, **environment},
    )


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
def test_a_reader_that_leaves_does_not_stop_the_plan(starter: Path) -> None:
    done = shell(f"tierstock plan '{starter}' --gap 0 --progress | head -1")
    assert done.stderr == b""
    assert done.returncode == 0
    assert starter.with_name("shops.plan.xlsx").exists()


@pytest.mark.skipif(os.name != "posix", reason="locales of a shell")
def test_a_terminal_without_chinese_gets_no_fault(tmp_path: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "POSIX", "LANG": "C"}
    path = tmp_path / "门店.xlsx"
    done = shell(
        f"tierstock --help > {os.devnull} && tierstock new '{path}' --sample starter --lang zh && "
        f"tierstock plan '{path}' --gap 0 --progress && "
        f"tierstock audit '{path}' '{path.with_name('门店.plan.xlsx')}' --json",
        **ascii_only,
    )
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout + done.stderr
    assert text.isascii()
    assert b"Traceback" not in text
    assert b"ok " in text  # instead of the tick


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "不存在.xlsx"], "不存在.xlsx 不存在。"),
        (["rules", "nofile.xlsx", "E1", "P"], "nofile.xlsx 不存在。"),
        (["new", "s.xlsx", "--sample", "药品"], "没有名为“药品”的示例"),
        (["计划", "a.xlsx"], "没有命令“计划”。可用命令：anonymize、audit、check"),
        (["plan", "--frobnicate"], "没有选项 --frobnicate。"),
        (["plan"], "缺少 FILE。"),
        (["plan", ".", "--set", "novalue"], "请写成 设置项=取值"),
    ],
    ids=str,
)
def test_a_wrong_call_is_told_in_the_language_asked_for(
    words: list[str], says: str, tmp_path: Path
) -> None:
    result = run(*words, "--lang", "zh", folder=tmp_path)
    assert result.exit_code == 2
    assert says in result.output


def test_a_file_that_is_not_there_is_told_with_the_most_alike_one(starter: Path) -> None:
    result = run("plan", starter.with_name("shpos.xlsx"), "--lang", "en")
    assert result.exit_code == 2
    assert 'Nearest: "shops.xlsx".' in result.output


def test_a_fault_of_an_option_does_not_send_to_the_workbook(starter: Path) -> None:
    result = run("plan", starter, "--gap", "abc", "--lang", "en")
    assert "tierstock check" not in result.output
    assert not result.output.startswith(("✓", "ok"))
    spoilt = run("plan", starter, "--set", "novalue=1", "--lang", "en")
    assert "tierstock check" not in spoilt.output


def test_help_lists_every_sample() -> None:
    assert SAMPLES == ("blank", *NAMES)
    text = run("new", "--help").output
    assert all(name in text for name in SAMPLES)


@pytest.mark.parametrize(
    ("language", "sheet", "words"),
    [("en", "Audit", "carry no stamp"), ("zh", "审计", "没有印记")],
)
def test_an_audit_tells_where_results_carry_no_stamp(
    starter: Path, language: str, sheet: str, words: str
) -> None:
    """A plan that keeps every rule is right, whoever wrote it: it is told, and no fault."""
    run("plan", starter, "--gap", "0", "--lang", language)
    plan = starter.with_name("shops.plan.xlsx")
    result = run("audit", starter, plan, "--json", "--lang", language)
    assert answer(result)["stamped"] is True and words not in result.stderr
    book = load_workbook(plan)
    del book[sheet]
    book.save(plan)
    result = run("audit", starter, plan, "--json", "--lang", language)
    assert answer(result)["stamped"] is False and answer(result)["passed"] is True
    assert words in result.stderr and result.exit_code == 0


FREEZING = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count()))
from tierstock.cli import main
main(["--version"])
"""


def test_a_command_that_has_ended_looks_through_nothing_once_more() -> None:
    """With all that a plan takes that would be half a second, also behind the stop key."""
    ended = subprocess.run(
        [sys.executable, "-c", FREEZING], capture_output=True, text=True, check=True
    )
    assert int(ended.stdout.split()[-1]) > 10_000
