"""Files: faults told by the name the planner knows, places tried before the work begins."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tierstock.console import Console
from tierstock.inputs.inspection import content_hash
from tierstock.inputs.reading.folder_door import ENDINGS
from tierstock.inputs.reading.sql_door import LOG, is_sqlite
from tierstock.inputs.reading.steady import InputChanged, open_elsewhere
from tierstock.inputs.reading.xml_scan import Refused as Unwritable
from tierstock.inputs.writing.place import real_place
from tierstock.inputs.writing.scratch import NoScratch, scratch
from tierstock.inputs.writing.snapshot import is_indirect, snapshot
from tierstock.inputs.writing.stray import draft_of, sweep
from tierstock.words import tell

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where no more can be written."""
LEAST, LEAST_OF_ROW = 50_000, 20
"""Bytes a results workbook takes at least, and for each row of the input."""
BLOCK = 1_000_000
"""Bytes written at a time to try a disk."""
SHARED = (32, 33)
"""What Windows says of a file that another program holds."""

Written = TypeVar("Written")


class DiskFull(OSError):
    """No more can be written; ``needed`` and ``free`` are bytes of a disk, None where not known."""

    needed: int | None = None
    free: int | None = None


@contextmanager
def writing(target: Path, needed: int | None = None) -> Iterator[None]:
    """Tell a file fault by the file the planner asked for, not by a helper file beside it.

    Args:
        target: the file the planner asked for.
        needed: bytes it takes, where they are known.

    Raises:
        OSError: with the reason of the system and ``filename`` the target; ``DiskFull`` where
            no more can be written.
    """
    try:
        yield
    except Exception as fault:
        told_already = isinstance(fault, InputChanged | NoScratch | DiskFull)
        reason = None if told_already else _reason(fault)
        if reason is None:
            raise
        told = (reason.errno, reason.strerror or str(reason), str(target))
        if reason.errno not in FULL:
            raise OSError(*told) from fault
        full = DiskFull(*told)
        full.needed, full.free = needed, _free(target) if reason.errno == errno.ENOSPC else None
        raise full from fault


def _free(target: Path) -> int | None:
    try:
        return shutil.disk_usage(target.parent).free
    except OSError:
        return None


def _reason(fault: Exception) -> OSError | None:
    """Return what the system said: xlsxwriter wraps it, and its errors are no OSErrors."""
    cause = fault.__cause__
    chain = (fault, cause, *fault.args, *(() if cause is None else cause.args))
    said = [one for one in chain if isinstance(one, OSError)]
    return next((one for one in said if one.errno is not None), said[0] if said else None)


def free_place(console: Console, target: Path, needed: int = LEAST) -> Path:
    """Return where a file can go, before a long run; tell it where that is another name.

    A file that is open in Excel is not written over: a numbered one goes beside it.

    Args:
        console: where it speaks.
        target: the file.
        needed: bytes it takes at least.

    Raises:
        OSError: as :func:`try_place` tells it.
    """
    if target.is_file() and (open_elsewhere(target) or _shared(target)):
        target = _told_other(console, target)
    try_place(target, needed)
    return target


def at_place(
    console: Console, target: Path, write: Callable[[Path], Written]
) -> tuple[Path, Written]:
    """Write a file; under a numbered name, and tell it, where another program holds the old one.

    Args:
        console: where it speaks.
        target: the file.
        write: writes it, given its path.

    Returns:
        The path, and what ``write`` returned.

    Raises:
        OSError: as :func:`writing` tells it.
    """
    try:
        with writing(target):
            return target, write(target)
    except PermissionError:
        held = target.is_file() and os.access(target, os.W_OK)
        if not (held and os.access(target.resolve().parent, os.W_OK)):
            raise
    target = _told_other(console, target)
    with writing(target):
        return target, write(target)


def _told_other(console: Console, target: Path) -> Path:
    numbers = range(2, 10_000)
    names = (target.with_name(f"{target.stem} ({n}){target.suffix}") for n in numbers)
    other = next(name for name in names if not os.path.lexists(name))
    console.line(tell("held-output", console.language, path=target, other=other), style="yellow")
    return other


def _shared(target: Path) -> bool:
    """Return whether another program holds a file, as Excel does on Windows."""
    try:
        with target.open("rb+"):
            return False
    except OSError as fault:
        return getattr(fault, "winerror", None) in SHARED


def try_room(target: Path, rows: int) -> int:
    """Make sure the temporary files of a plan find room; return the bytes the plan takes at least.

    Args:
        target: the results workbook.
        rows: rows of the input.

    Raises:
        OSError: there is no room.
    """
    needed = LEAST + LEAST_OF_ROW * rows
    with scratch(target) as folder:
        try_place(folder / "plan.xlsx", needed)
    return needed


def try_place(target: Path, needed: int = LEAST) -> None:
    """Make sure a file can be written, before a long run; an existing one is left as it is.

    Args:
        target: the file.
        needed: bytes it takes at least; so many are written and removed again.

    Raises:
        OSError: the folder or the file is missing its permission, is read-only or locked, or the
            disk is full.
    """
    with writing(target, needed):
        real = real_place(target)
        if real.exists():
            with real.open("rb+"):
                pass
        sweep(real)
        trial = draft_of(real)
        try:
            with trial.open("xb") as file:
                for done in range(0, needed, BLOCK):
                    file.write(bytes(min(BLOCK, needed - done)))
        finally:
            trial.unlink(missing_ok=True)


def copied(source: Path | str, folder: Path, wanted: str) -> Path:
    """Copy an input into a folder; what the copy holds cannot change any more.

    What the audit cannot read by itself becomes a folder of CSV files.

    Args:
        source: workbook, folder or database.
        folder: where the copy goes.
        wanted: hash of the input when it was read.

    Raises:
        InputChanged: the input is gone or another one.
    """
    if isinstance(source, str) or is_indirect(source):
        try:
            copy = snapshot(source, folder / "input")
        except Unwritable as fault:
            raise InputChanged(Path(source)) from fault
        return _as_read(source, copy, wanted)
    copy = folder / f"input{source.suffix}"
    try:
        if source.is_dir():
            copy.mkdir()
            for file in source.iterdir():
                if file.is_file() and file.suffix.lower() in ENDINGS:
                    shutil.copyfile(file, copy / file.name)
        else:
            shutil.copyfile(source, copy)
            log = source.with_name(f"{source.name}{LOG}")
            if log.is_file() and is_sqlite(source):
                shutil.copyfile(log, copy.with_name(f"{copy.name}{LOG}"))
    except OSError as fault:
        if fault.errno in (errno.ENOENT, errno.ENOTDIR):
            raise InputChanged(source) from fault
        raise
    return _as_read(source, copy, wanted)


def _as_read(source: Path | str, copy: Path, wanted: str) -> Path:
    if content_hash(copy) != wanted:
        raise InputChanged(Path(source))
    return copy
