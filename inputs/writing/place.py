"""The one place where files come into being: whole under their name, or not at all.

A file is written as a draft beside its name, brought to the disk, and then moved over the old one
in one step of the system. Whatever stops the run, the name stands for the old content or for the
new one. What a killed run leaves, the next one that writes the same file removes.
"""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tierstock.inputs.writing.stray import draft_of, remove, sweep

_EXCHANGE = 2
"""Flag of renameat2: the two names change places."""
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What file systems say that cannot bring a file to the disk at a given moment."""


@contextmanager
def placing(target: Path, *, folder: bool = False, mode: int = 0o666) -> Iterator[Path]:
    """Give a draft beside a file or folder, which takes its place when it is complete.

    Args:
        target: the file, or the folder. A link stays one; what it leads to is replaced.
        folder: whether the draft is a folder to be filled.
        mode: permissions of a file that was not there, less those the system takes away; one
            that was there keeps its own.

    Yields:
        The draft: an empty file to be written over, or an empty folder.

    Raises:
        OSError: it cannot be written; the old one is what it was.
    """
    with _drafted((target,), folder, mode) as (draft,):
        yield draft


@contextmanager
def placing_all(*targets: Path) -> Iterator[tuple[Path, ...]]:
    """Give a draft for each of some files, which take their places when all are complete.

    Where one cannot take its place, those before it are taken back.

    Raises:
        OSError: one cannot be written; the old ones are what they were.
    """
    with _drafted(targets, False, 0o666) as drafts:
        yield drafts


def real_place(target: Path, *, folder: bool = False) -> Path:
    """Return the file or folder a name leads to, which may be replaced or is not there yet.

    Raises:
        OSError: links go round in a circle; it is a folder, a file or a device where it may not
            be; it may not be written.
    """
    real = Path(os.path.realpath(target))
    if real.is_symlink():
        raise _fault(errno.ELOOP, target)
    try:
        kind = real.stat().st_mode
    except FileNotFoundError:
        return real
    if folder and not stat.S_ISDIR(kind):
        raise _fault(errno.ENOTDIR, target)
    if not folder and stat.S_ISDIR(kind):
        raise _fault(errno.EISDIR, target)
    if not folder and not stat.S_ISREG(kind):
        raise _fault(errno.ENXIO, target)
    if not folder and not os.access(real, os.W_OK):
        raise _fault(errno.EACCES, target)
    return real


@contextmanager
def _drafted(targets: Sequence[Path], folder: bool, mode: int) -> Iterator[tuple[Path, ...]]:
    reals = [real_place(target, folder=folder) for target in targets]
    drafts: list[Path] = []
    try:
        for real in reals:
            sweep(real)
            drafts.append(draft_of(real))
            if folder:
                drafts[-1].mkdir()
            else:
                _begin(drafts[-1], real, mode)
        yield tuple(drafts)
        for draft in drafts:
            _to_disk(draft)
        _publish(dict(zip(reals, drafts, strict=True)), folder)
    finally:
        for draft in drafts:
            with suppress(OSError):
                remove(draft)


def _begin(draft: Path, real: Path, mode: int) -> None:
    """Make an empty file nobody may see who may not see the one it replaces."""
    old = stat.S_IMODE(real.stat().st_mode) if real.exists() else None
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode if old is None else old))
    if old is not None:
        draft.chmod(old)


def _to_disk(path: Path) -> None:
    """Bring a file, or a folder with all that is in it, to the disk."""
    if path.is_dir():
        for one in path.iterdir():
            _to_disk(one)
        _folder_to_disk(path)
        return
    with path.open("rb+") as file:
        try:
            os.fsync(file.fileno())
        except OSError as fault:
            if fault.errno not in _NO_SYNC:
                raise


def _folder_to_disk(path: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _publish(drafts: dict[Path, Path], folder: bool) -> None:
    """Move drafts to their places; where the last one fails, the others are taken back."""
    *first, last = drafts
    olds = {real: _kept(real) for real in first}
    moved = []
    try:
        for real in first:
            os.replace(drafts[real], real)
            moved.append(real)
        (_replace_folder if folder else os.replace)(drafts[last], last)
    except BaseException:  # Ctrl-C, too, must not leave one of them new and another old
        for real in moved:
            old = olds.pop(real)
            if old is None:
                real.unlink(missing_ok=True)
            else:
                os.replace(old, real)
        raise
    finally:
        for old in filter(None, olds.values()):
            old.unlink(missing_ok=True)
    for parent in {real.parent for real in drafts}:
        _folder_to_disk(parent)


def _kept(real: Path) -> Path | None:
    """Return a second name of a file that is about to be replaced."""
    if not real.exists():
        return None
    old = draft_of(real, "old")
    try:
        os.link(real, old)
    except OSError:  # not every file system gives second names
        shutil.copy2(real, old)
    return old


def _replace_folder(draft: Path, real: Path) -> None:
    """Put a folder in the place of another; the draft is then the old one."""
    if not real.exists():
        os.rename(draft, real)
        return
    if _exchanged(draft, real):
        return
    old = draft_of(real, "old")
    os.rename(real, old)
    try:
        os.rename(draft, real)
    except OSError:
        os.rename(old, real)
        raise
    with suppress(OSError):
        remove(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two names change places in one step; return whether the system can do that."""
    if sys.platform != "linux":
        return False
    import ctypes

    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    here = -100  # names count from the working folder
    names = (os.fsencode(one.absolute()), os.fsencode(other.absolute()))
    return bool(exchange(here, names[0], here, names[1], _EXCHANGE) == 0)


def _fault(code: int, target: Path) -> OSError:
    return OSError(code, os.strerror(code), str(target))
