"""Whatever happens to a writer, a file is the old one or the new one, whole.

Long proofs, goals 12 and 14: ``pytest -m slow -s tests/tierstock/test_write_safety.py``.
"""

import gc
import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from failing import Disk, failing
from goals import reached
from writers import WRITERS, log_of, read, strays

from tierstock.inputs.writing.place import placing_all

SUPPORT = Path(__file__).resolve().parents[1] / "support"
KILLS = {
    "plan": 100,
    "workbook": 60,
    "open document": 60,
    "folder": 100,
    "database": 60,
    "marked copy": 40,
    "template": 30,
    "comparison": 20,
    "pair": 30,
}

posix = pytest.mark.skipif(sys.platform != "linux", reason="splits off processes, kills them")


def tool(name: str, *words: object, before: tuple[str, ...] = ()) -> dict[str, Any]:
    """Run a script of the support folder; return the line it prints."""
    command = [*before, sys.executable, str(SUPPORT / f"{name}.py"), *map(str, words)]
    there = {**os.environ, "PYTHONPATH": str(SUPPORT)}
    done = subprocess.run(command, capture_output=True, text=True, env=there)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def faults_of(name: str, folder: Path, for_good: bool, step: int = 1) -> tuple[int, list[str]]:
    """Let every n-th operation of a writer fail; return how many, and what went wrong."""
    file, write = WRITERS[name]
    target = folder / file
    whole = {}
    for content in "BA":
        write(target, content)
        whole[content] = read(target)
    with failing(Disk()) as disk:
        write(target, "B")
    wrong = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # some leave files open that failed
        for number in range(1, disk.done + 1, step):
            write(target, "A")
            raised = False
            with failing(Disk(number, for_good)):
                try:
                    write(target, "B")
                except Exception:  # some wrap what the system said in errors of their own
                    raised = True
            now = [
                read(each) for each in ((target, log_of(target)) if name == "pair" else (target,))
            ]
            allowed = [whole["A"] if raised else whole["B"]]
            if for_good and name == "pair":  # what cannot be taken back stays, whole
                allowed = list(whole.values())
            left = strays(folder)
            if for_good and name == "pair":  # so does its second name
                left = [stray for stray in left if not stray.endswith(".old")]
            if any(one not in allowed for one in now) or left:
                wrong.append(f"{name} {number} {disk.names[number - 1]}")
            for stray in strays(folder):
                (folder / stray).unlink()
        gc.collect()
    return len(range(1, disk.done + 1, step)), wrong


@posix
def test_a_killed_writer_leaves_a_whole_file_and_the_next_one_removes_its_draft(
    tmp_path: Path,
) -> None:
    found = tool("killed", "folder", 15, 7, tmp_path)
    assert found["in a write"] > 0
    assert (found["corrupt"], found["lost"], found["left"]) == (0, 0, 0)


@pytest.mark.parametrize("name", ["open document", "folder", "database"])
def test_a_disk_that_fails_once_leaves_the_old_file(name: str, tmp_path: Path) -> None:
    done, wrong = faults_of(name, tmp_path, False)
    assert done > 4
    assert wrong == []


@posix
def test_a_pair_broken_off_between_its_files_is_the_old_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = tmp_path / "log", tmp_path / "table"
    for file in pair:
        file.write_text("old")

    def broken_off(source: Path, target: Path, replace: Any = os.replace) -> None:
        if target == pair[1]:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", broken_off)
    with pytest.raises(KeyboardInterrupt), placing_all(*pair) as drafts:
        for draft in drafts:
            draft.write_text("new")
    assert [file.read_text() for file in pair] == ["old", "old"]
    assert sorted(tmp_path.iterdir()) == sorted(pair)


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    found = {}
    for number, (name, kills) in enumerate(KILLS.items()):
        (tmp_path / name).mkdir()
        found[name] = tool("killed", name, kills, number, tmp_path / name)
        print(name, found[name])
    total = {key: sum(one[key] for one in found.values()) for key in found["plan"]}
    bad = total["corrupt"] + total["lost"] + total["left"]
    figure = (
        f"{total['corrupt']} corrupt and {total['lost']} lost of {total['kills']} kills of "
        f"{len(found)} writers, {total['in a write']} of them within a write; drafts left after "
        f"the next run: {total['left']}"
    )
    reached(12, figure, bad == 0 and total["kills"] >= 500)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_every_operation_failing(for_good: bool, tmp_path: Path) -> None:
    count = 0
    wrong: list[str] = []
    for name in WRITERS:
        (tmp_path / name).mkdir()
        done, bad = faults_of(name, tmp_path / name, for_good)
        count, wrong = count + done, wrong + bad
    print(*wrong, sep="\n")
    kind = "from the n-th on" if for_good else "the n-th alone"
    figure = f"{len(wrong)} wrong of {count} writes, syncs and renames failing, {kind}"
    reached(12, figure, not wrong)


@posix
@pytest.mark.slow
def test_full_disks(tmp_path: Path) -> None:
    found = []
    for number, name in enumerate(WRITERS):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(tool("full_disk", name, folder, "limit"))
        if can_mount(folder):
            mount = ("unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size=1m t {folder} && "$@"')
            found.append(tool("full_disk", name, folder, "disk", before=(*mount, "sh")))
        print(name, found[-2:])
    total = {key: sum(one[key] for one in found) for key in found[0]}
    figure = (
        f"{total['wrong']} wrong of {total['tries']} writes on disks of 20 sizes, of which "
        f"{total['refused']} were refused; drafts left: {total['left']}"
    )
    reached(12, figure, total["wrong"] == 0 and total["left"] == 0 and total["refused"] > 0)


def can_mount(folder: Path) -> bool:
    """Return whether a small disk can be had here."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "t", str(folder)]
    return subprocess.run(command, capture_output=True).returncode == 0


@posix
@pytest.mark.slow
def test_eight_runs_on_one_output(tmp_path: Path) -> None:
    found = tool("eight_runs", 20, 8, tmp_path)
    print(found)
    figure = (
        f"{found['mixed']} mixed of {found['rounds']} rounds of 8 runs on one output; "
        f"{found['written']} wrote, {found['busy']} were told that another run writes, "
        f"{found['other']} ended otherwise"
    )
    reached(14, figure, found["mixed"] == 0 and found["other"] == 0)


def test_the_draft_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tierstock.inputs.writing.place import placing

    seen: list[str] = []

    def noted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def told(*words: Any) -> Any:
            seen.append(name)
            return call(*words)

        return told

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    with placing(tmp_path / "x") as draft:
        draft.write_text("whole")
    assert seen == ["fsync", "replace", "fsync"]
    assert (tmp_path / "x").read_text() == "whole"
    assert strays(tmp_path) == []


def test_a_folder_is_replaced_also_where_two_names_cannot_change_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tierstock.inputs.writing.place._exchanged", lambda *_: False)
    done, wrong = faults_of("folder", tmp_path, False)
    assert done > 4
    assert wrong == []


def test_a_folder_a_killed_run_had_moved_away_comes_back(tmp_path: Path) -> None:
    from tierstock.inputs.writing.stray import draft_of, machine, sweep

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    WRITERS["folder"][1](tmp_path / "net", "A")
    before = read(tmp_path / "net")
    name = draft_of(tmp_path / "net", "old").name
    assert name.startswith(f".net.{machine()}-{os.getpid()}-")
    (tmp_path / "net").rename(tmp_path / name.replace(f"-{os.getpid()}-", f"-{gone.pid}-"))
    sweep(tmp_path / "net")
    assert read(tmp_path / "net") == before
    assert strays(tmp_path) == []
