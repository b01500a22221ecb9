"""Faults of files, one test for each: numbers of the catalogue of faults (section 3.2).

What needs a whole plan, or many processes: ``pytest -m slow -s tests/tierstock``.
"""

import errno
import json
import os
import platform
import resource
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import answer, run, write_folder
from faults import bound_by_permissions
from writers import read, strays

from tierstock.console import Console
from tierstock.exits import Exit
from tierstock.locks import claimed

NAMES = (
    """库存 plan 🚚📦 it's "100%25" %s {0}.xlsx""",
    "-o.xlsx",
    f"{'x' * 235}.xlsx",
    f"{'仓' * 78}.xlsx",
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="what a shell and Linux offer")


@pytest.fixture
def unsolved(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stand in for the solve; holds the outputs it was asked for."""
    asked: list[Path] = []

    def planned(console: Console, seen: object, target: Path, *rest: object) -> Exit:
        asked.append(target)
        console.answer({"files": [str(target)]})
        return Exit.DONE

    monkeypatch.setattr("tierstock.run._plan_network", planned)
    return asked


def target_of(source: Path) -> Path:
    return source.with_name(f"{source.stem}.plan.xlsx")


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def error(result: Any) -> str:
    assert "Traceback" not in result.output
    return str(answer(result)["error"])


def test_fault_01_the_draft_of_a_killed_run_is_removed_by_the_next(
    starter: Path, unsolved: list[Path]
) -> None:
    from tierstock.inputs.writing.stray import machine

    target, dead = target_of(starter), dead_process()
    ours = [f".{target.name}.{machine()}-{dead}-1.part", f".{target.name}.{machine()}-{dead}-2.old"]
    others = [
        f".{target.name}.{machine()}-{os.getpid()}-1.part",
        f".{target.name}.ffffff-{dead}-1.part",
        f".other.xlsx.{machine()}-{dead}-1.part",
        f".{target.name}.part",
    ]
    target.write_bytes(b"the plan of yesterday")
    for name in ours + others:
        starter.with_name(name).write_bytes(b"half")
    assert run("plan", starter).exit_code == 0
    assert sorted(strays(starter.parent)) == sorted(others)
    assert target.read_bytes() == b"the plan of yesterday"


@linux
def test_fault_04_a_limit_of_size_is_met_before_the_solve(
    starter: Path, unsolved: list[Path]
) -> None:
    target = target_of(starter)
    target.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
    try:
        result = run("plan", starter, "--json", "--lang", "en")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (result.exit_code, unsolved) == (6, [])
    assert "larger than this system allows: the file takes 51 kB" in error(result)
    assert target.read_bytes() == b"old"
    assert sorted(starter.parent.iterdir()) == sorted([starter, target])


def test_fault_05_a_fault_in_the_middle_of_writing_is_told_and_the_old_file_stays(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = starter.with_name("copy.ods")
    target.write_bytes(b"old")

    def broken(handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    result = run("convert", starter, target, "--force", "--json", "--lang", "zh")
    assert result.exit_code == 6
    assert error(result).startswith(f"{target}：磁盘读写出错")
    assert target.read_bytes() == b"old"
    assert strays(starter.parent) == []


def test_fault_06_what_is_read_only_is_found_before_the_solve(
    starter: Path, unsolved: list[Path]
) -> None:
    target, folder = target_of(starter), starter.with_name("locked")
    target.write_bytes(b"old")
    target.chmod(0o444)
    folder.mkdir(mode=0o555)
    with bound_by_permissions():
        file = run("plan", starter, "--json")
        place = run("plan", starter, "-o", folder, "--json")
        for made in (run("new", folder / "n.xlsx", "--json"), run("check", target, "--json")):
            assert made.exit_code in (2, 6)
    assert (file.exit_code, place.exit_code, unsolved) == (6, 6, [])
    assert str(target) in error(file)
    assert str(folder / target.name) in error(place)
    assert target.read_bytes() == b"old"


def test_fault_07_a_read_only_input_in_a_read_only_folder_is_read(
    starter: Path, tmp_path: Path, unsolved: list[Path]
) -> None:
    out = tmp_path / "out"
    starter.chmod(0o444)
    out.mkdir()
    starter.parent.chmod(0o555)
    try:
        with bound_by_permissions():
            assert run("plan", starter, "-o", out).exit_code == 0
    finally:
        starter.parent.chmod(0o755)
    assert unsolved == [out / "shops.plan.xlsx"]
    assert stat.S_IMODE(starter.stat().st_mode) == 0o444


@pytest.mark.parametrize("sign", ["~$shops.plan.xlsx", ".~lock.shops.plan.xlsx#"])
def test_fault_08_an_output_open_in_excel_stays_and_a_numbered_one_goes_beside_it(
    starter: Path, sign: str, unsolved: list[Path]
) -> None:
    target = target_of(starter)
    target.write_bytes(b"open")
    starter.with_name(sign).write_bytes(b"\x05owner")
    starter.with_name("shops.plan (2).xlsx").write_bytes(b"older")
    result = run("plan", starter, "--lang", "en")
    assert result.exit_code == 0
    assert unsolved == [starter.with_name("shops.plan (3).xlsx")]
    assert f"{target} is open in another program" in result.output
    assert target.read_bytes() == b"open"


def test_fault_08_what_windows_refuses_to_replace_stays_and_a_numbered_one_goes_beside_it(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = starter.with_name("copy.xlsx")
    target.write_bytes(b"open")
    replace = os.replace

    def shared(old: Path, new: Path) -> None:
        if Path(new).name == target.name:
            raise PermissionError(errno.EACCES, "Access is denied", str(old), 5, str(new))
        replace(old, new)

    monkeypatch.setattr(os, "replace", shared)
    result = run("convert", starter, target, "--force", "--json", "--lang", "zh")
    assert result.exit_code == 0
    assert answer(result)["files"] == [str(starter.with_name("copy (2).xlsx"))]
    assert "正在其他程序中打开" in result.stderr
    assert target.read_bytes() == b"open"
    assert strays(starter.parent) == []


def test_fault_09_an_input_open_in_excel_is_warned_of(starter: Path) -> None:
    starter.with_name("~$shops.xlsx").write_bytes(b"\x05owner")
    result = run("check", starter, "--json")
    assert result.exit_code == 0
    (told,) = [one for one in answer(result)["findings"] if one["code"] == "open-elsewhere"]
    assert told["severity"] == "warning"
    assert "~$shops.xlsx" in told["message"]


@pytest.mark.parametrize("verb", ["check", "convert", "diff"])
def test_fault_09_an_input_that_is_saved_while_it_is_read_is_refused(
    starter: Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tierstock.inputs.reading.preflight import inspect_workbook

    def meanwhile(content: bytes) -> Any:
        starter.write_bytes(content + b"\0")
        return inspect_workbook(content)

    monkeypatch.setattr("tierstock.inputs.reading.workbook_door.inspect_workbook", meanwhile)
    more = {"check": [], "convert": [starter.with_name("tables")], "diff": [starter]}[verb]
    result = run(verb, starter, *more, "--json", "--lang", "en")
    assert result.exit_code == 6
    assert error(result).startswith("shops.xlsx changed while it was being read")
    assert list(starter.parent.iterdir()) == [starter]


def test_fault_23_without_a_place_for_temporary_files_it_is_told_or_not_needed(
    starter: Path, unsolved: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in []")

    monkeypatch.setattr("tempfile.gettempdir", none)
    assert run("plan", starter).exit_code == 0
    assert run("convert", starter, starter.with_name("copy.xlsx")).exit_code == 0
    assert strays(starter.parent) == []
    queries = starter.with_name("net.toml")
    queries.write_text('url = "sqlite:///nowhere.db"\n', encoding="utf-8")
    result = run("audit", queries, starter, "--json", "--lang", "zh")
    assert result.exit_code == 6
    assert "TMPDIR" in error(result)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:12])
def test_fault_25_any_name_of_a_file_works(starter: Path, name: str, unsolved: list[Path]) -> None:
    path = starter.parent / name
    starter.rename(path)
    result = run("plan", "--json", "--", path)
    if len(os.fsencode(target_of(path).name)) > 255:
        assert result.exit_code == 6
        assert "name is too long" in error(result)
    else:
        assert result.exit_code == 0, result.output
        assert unsolved == [target_of(path)]
    copy = path.with_suffix(".ods")
    assert run("convert", "--", path, copy).exit_code == 0
    assert read(copy)
    assert sorted(path.parent.iterdir()) == sorted([path, copy])


def test_fault_26_what_is_no_file_is_told(starter: Path, unsolved: list[Path]) -> None:
    folder = starter.parent
    (folder / "round.xlsx").symlink_to(folder / "round.xlsx")
    (folder / "device.xlsx").symlink_to(os.devnull)
    (folder / "folder.xlsx").mkdir()
    far = "//no-such-host/share/x.xlsx"
    words = {
        "round.xlsx": "leads back to itself",
        "device.xlsx": "it is a device",
        "folder.xlsx": "it is a folder",
        far: "does not exist",
    }
    for name, told in words.items():
        path = name if name == far else folder / name
        assert run("check", path, "--json").exit_code == 2
        result = run("diff", starter, starter, "-o", path, "--json", "--lang", "en")
        assert result.exit_code == 6, name
        assert told in error(result)
    assert run("check", os.devnull, "--json").exit_code == 2
    target_of(starter).symlink_to(folder / "round.xlsx")
    assert run("plan", starter, "--json").exit_code == 6
    assert (unsolved, os.path.islink(folder / "device.xlsx")) == ([], True)


def test_fault_26_a_link_stays_and_what_it_leads_to_is_replaced(starter: Path) -> None:
    real = starter.with_name("real.ods")
    real.write_bytes(b"old")
    link = starter.with_name("link.ods")
    link.symlink_to(real)
    assert run("convert", starter, link, "--force").exit_code == 0
    assert link.is_symlink()
    assert read(real)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_fault_27_a_second_run_on_one_output_ends_in_one_line(
    starter: Path, lang: str, unsolved: list[Path]
) -> None:
    target = target_of(starter)
    with claimed(Console("en"), target):
        result = run("plan", starter, "--json", "--lang", lang)
        target.write_bytes(b"open")  # the run there goes on though the old plan is open meanwhile
        starter.with_name(f"~${target.name}").write_bytes(b"\x05owner")
        assert run("plan", starter).exit_code == 6
    target.unlink()
    starter.with_name(f"~${target.name}").unlink()
    assert (result.exit_code, unsolved) == (6, [])
    assert str(target) in error(result)
    assert str(os.getpid()) in error(result)
    assert result.stderr.strip().endswith(error(result))
    assert list(starter.parent.iterdir()) == [starter]
    assert run("plan", starter).exit_code == 0


def test_fault_28_a_lock_of_a_dead_process_is_taken_over(
    starter: Path, unsolved: list[Path]
) -> None:
    dead, lock = dead_process(), starter.with_name(".shops.plan.xlsx.lock")
    held = {"pid": dead, "host": platform.node(), "since": "2026-01-05 08:00:00+08:00"}
    lock.write_text(json.dumps(held))
    result = run("plan", starter, "--lang", "en")
    assert result.exit_code == 0
    assert f"An earlier run (process {dead}, since 2026-01-05" in result.output
    assert not lock.exists()
    lock.write_text(json.dumps({**held, "host": "another-computer"}))
    result = run("plan", starter, "--json", "--lang", "en")
    assert result.exit_code == 6
    assert f"delete {lock}" in error(result)
    assert len(unsolved) == 1
    lock.write_text("no lock of ours")
    assert run("plan", starter).exit_code == 0


def test_a_database_somebody_is_at_work_in_is_not_replaced(starter: Path) -> None:
    target = starter.with_name("net.db")
    assert run("convert", starter, target).exit_code == 0
    before = target.read_bytes()
    starter.with_name("net.db-wal").write_bytes(b"")
    result = run("convert", starter, target, "--force", "--json", "--lang", "en")
    assert result.exit_code == 6
    assert "another program is at work in it" in error(result)
    assert target.read_bytes() == before


def test_the_folders_of_killed_runs_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tierstock.inputs.writing.scratch import scratch
    from tierstock.inputs.writing.stray import machine

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = write_folder(tmp_path / f"tierstock-{machine()}-{dead_process()}-abc", Lanes=["From"])
    kept = write_folder(tmp_path / f"tierstock-{machine()}-{os.getpid()}-abc", Lanes=["From"])
    with scratch() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert (left.exists(), kept.exists()) == (False, True)
    assert not folder.exists()
