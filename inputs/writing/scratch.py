"""Private folders for what is needed for a moment only."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tierstock.inputs.writing.stray import alive, machine, remove


class NoScratch(OSError):
    """There is no folder in which temporary files can be written."""


@contextmanager
def scratch(beside: Path | None = None) -> Iterator[Path]:
    """Give a folder nobody else may read, which is gone afterwards.

    What killed runs of the same user left is removed.

    Args:
        beside: a file; where the system has no place for temporary files, the folder lies there.

    Raises:
        NoScratch: there is no such place either.
    """
    start = f"tierstock-{machine()}"
    base = _base(beside)
    _sweep(base, start)
    try:
        folder = tempfile.TemporaryDirectory(
            prefix=f"{start}-{os.getpid()}-", dir=base, ignore_cleanup_errors=True
        )
    except FileNotFoundError as fault:
        raise NoScratch(*fault.args) from fault
    with folder as name:
        yield Path(name)


def _base(beside: Path | None) -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as fault:
        if beside is not None and os.access(beside.absolute().parent, os.W_OK):
            return beside.absolute().parent
        raise NoScratch(*fault.args) from fault


def _sweep(base: Path, start: str) -> None:
    """Remove the folders of this user whose processes are gone."""
    left = re.compile(rf"{re.escape(start)}-(\d+)-\w+")
    with suppress(OSError):
        for entry in os.scandir(base):
            found = left.fullmatch(entry.name)
            if found is None or alive(int(found[1])):
                continue
            if entry.is_dir(follow_symlinks=False) and _own(entry):
                with suppress(OSError):
                    remove(Path(entry.path))


def _own(entry: "os.DirEntry[str]") -> bool:
    return os.name == "nt" or entry.stat(follow_symlinks=False).st_uid == os.getuid()
