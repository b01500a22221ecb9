"""Files take their place whole also where a system lacks what others have."""

import ctypes
import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from writers import strays

from tierstock.inputs.writing import place, scratch, stray
from tierstock.inputs.writing.place import placing, placing_all

DARWIN = SimpleNamespace(platform="darwin")
WINDOWS = SimpleNamespace(platform="win32")


def refusing(code: int) -> Any:
    """A call of the system that is always refused."""

    def refused(*words: object, **more: object) -> Any:
        raise OSError(code, os.strerror(code))

    return refused


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@pytest.mark.parametrize("lacks", ["nothing", "a system that knows", "the call"])
def test_a_folder_takes_the_place_of_another_on_any_system(
    lacks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if lacks == "a system that knows":
        monkeypatch.setattr(place, "sys", DARWIN)
    elif lacks == "the call":
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace())
    for content in ("old", "new"):
        with placing(tmp_path / "net", folder=True) as draft:
            (draft / content).write_text(content)
    assert [one.name for one in (tmp_path / "net").iterdir()] == ["new"]
    assert strays(tmp_path) == []


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_a_pair_of_which_the_second_is_refused_is_what_it_was(
    there: bool, links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = tmp_path / "log", tmp_path / "table"
    for file in pair if there else ():
        file.write_text("old")
    if not links:
        monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    replace = os.replace
    with monkeypatch.context() as patch:
        patch.setattr(
            os,
            "replace",
            lambda old, new: refusing(errno.EACCES)() if new == pair[1] else replace(old, new),
        )
        with pytest.raises(PermissionError), placing_all(*pair) as drafts:
            for draft in drafts:
                draft.write_text("new")
    assert [file.read_text() for file in pair if file.exists()] == ["old", "old"] * there
    with placing_all(*pair) as drafts:
        for draft in drafts:
            draft.write_text("newer")
    assert [file.read_text() for file in pair] == ["newer", "newer"]
    assert strays(tmp_path) == []


def test_a_disk_that_cannot_be_asked_to_write_at_once_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refusing(errno.EINVAL))
    with placing(tmp_path / "x") as draft:
        draft.write_text("whole")
    assert (tmp_path / "x").read_text() == "whole"


def test_who_writes_keeps_what_others_may_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_text("old")
    (tmp_path / "x").chmod(0o640)
    with placing(tmp_path / "x") as draft:
        draft.write_text("new")
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640
    for wrong in (tmp_path / "x", tmp_path):
        with pytest.raises(OSError), placing(wrong, folder=wrong.is_file()):
            raise AssertionError
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError), placing(tmp_path / "x"):
        raise AssertionError
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_process_of_another_user_is_alive_and_a_number_too_large_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert stray.alive(os.getpid()) and not stray.alive(10**30)
    monkeypatch.setattr(os, "kill", refusing(errno.EPERM))
    assert stray.alive(1)


@pytest.mark.parametrize(
    ("handle", "code", "alive"), [(0, 259, False), (7, 259, True), (7, 0, False)]
)
def test_windows_is_asked_for_the_end_of_a_process(
    handle: int, code: int, alive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []

    def told(asked: int, into: Any) -> None:
        into._obj.value = code

    kernel = SimpleNamespace(
        OpenProcess=lambda *_: handle, GetExitCodeProcess=told, CloseHandle=closed.append
    )
    monkeypatch.setattr(stray, "sys", WINDOWS)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert stray.alive(4) is alive
    assert closed == [handle] * bool(handle)


def test_only_folders_of_ones_own_dead_runs_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    start = f"tierstock-{stray.machine()}-{dead_process()}"
    (tmp_path / f"{start}-file").write_text("mine")
    (tmp_path / f"{start}-link").symlink_to(tmp_path)
    (tmp_path / f"{start}-theirs").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(scratch, "_own", lambda _: False)
        with scratch.scratch():
            pass
    kept = sorted(one.name for one in tmp_path.iterdir())
    assert kept == [f"{start}-{what}" for what in ("file", "link", "theirs")]
    with scratch.scratch():
        pass
    assert sorted(one.name for one in tmp_path.iterdir()) == kept[:2]


def test_without_any_place_for_temporary_files_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(scratch.NoScratch), scratch.scratch():
        raise AssertionError
    monkeypatch.setattr(tempfile, "gettempdir", refusing(errno.ENOENT))
    for beside in (None, tmp_path / "gone" / "x"):
        with pytest.raises(scratch.NoScratch), scratch.scratch(beside):
            raise AssertionError
    with scratch.scratch(tmp_path / "x") as folder:
        assert folder.parent == tmp_path
