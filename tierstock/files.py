"""Files: faults told by the name the planner knows, places tried before the work begins."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tierstock.inputs.inspection import content_hash
from tierstock.inputs.reading.folder_door import ENDINGS
from tierstock.inputs.reading.sql_door import LOG, is_sqlite
from tierstock.inputs.reading.xml_scan import Refused as Unwritable
from tierstock.inputs.writing.snapshot import is_indirect, snapshot


class InputChanged(OSError):
    """The input is not the one that was read any more; nothing was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path.name} changed while it was being planned; read and solve it again")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Tell a file fault by the file the planner asked for, not by a helper file beside it.

    Raises:
        OSError: with the reason of the system and ``filename`` the target.
    """
    try:
        yield
    except Exception as fault:
        reason = _reason(fault)
        if reason is None:
            raise
        raise OSError(reason.errno, reason.strerror or str(reason), str(target)) from fault


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a draft beside a file, which takes its place when it is complete.

    Raises:
        OSError: as :func:`writing` tells it; the file stays what it was.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with writing(target):
            yield draft
            os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _reason(fault: Exception) -> OSError | None:
    """Return what the system said: xlsxwriter wraps it, and its errors are no OSErrors."""
    cause = fault.__cause__
    chain = (fault, cause, *fault.args, *(() if cause is None else cause.args))
    said = [one for one in chain if isinstance(one, OSError)]
    return next((one for one in said if one.errno is not None), said[0] if said else None)


def try_place(target: Path) -> None:
    """Make sure a file can be written, before a long run; an existing one is left as it is.

    Raises:
        OSError: the folder or the file is missing its permission, is read-only or locked.
    """
    with writing(target):
        if target.exists():
            with target.open("rb+"):
                pass
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
        os.close(handle)
        os.unlink(name)


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
