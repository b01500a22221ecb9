"""One run at a time for each output: a lock file beside it tells who is at work.

The system holds the lock and lets it go when the process ends, however that is; what is written
in the file is for people, and says after a crash that the run before did not come to its end.
"""

import datetime as dt
import errno
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tierstock.console import Console
from tierstock.files import Written, at_place, free_place, writing
from tierstock.inputs.writing.place import real_place
from tierstock.inputs.writing.stray import alive, beside
from tierstock.words import tell

FAR = 1 << 30
"""Byte that is locked on Windows, beyond what is written, so that others can read that."""
MOST_READ = 10_000
NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)
"""What file systems say that know no locks."""


@dataclass(frozen=True)
class Holder:
    """Who wrote a lock file."""

    pid: int
    host: str
    since: str


class Busy(OSError):
    """Another run is writing the same output."""

    def __init__(self, target: Path, lock: Path, holder: Holder | None) -> None:
        super().__init__(errno.EBUSY, os.strerror(errno.EBUSY), str(target))
        self.lock = lock
        self.holder = holder

    def say(self, language: str) -> str:
        """Return what is wrong and what to do."""
        if self.holder is None:
            return tell("busy", language, path=self.filename)
        code = "busy-here" if self.holder.host == platform.node() else "busy-there"
        return tell(code, language, path=self.filename, lock=self.lock, **asdict(self.holder))


@contextmanager
def claimed(console: Console, *targets: Path | str) -> Iterator[None]:
    """Keep outputs for this run; tell where an earlier run left its lock behind.

    Args:
        console: where it speaks.
        targets: files and folders; addresses of databases, which lock by themselves, pass.

    Raises:
        Busy: another run is writing one of them.
        OSError: there is no place for a lock file.
    """
    with ExitStack() as held:
        for target in targets:
            if isinstance(target, Path):
                held.enter_context(_claim(console, target))
        yield


def written(
    console: Console,
    target: Path | str,
    write: Callable[[Path | str], Written],
    *,
    folder: bool = False,
) -> tuple[Path | str, Written]:
    """Write an output that nobody else may write meanwhile.

    Args:
        console: where it speaks.
        target: file, folder or address of a database.
        write: writes it, given where.
        folder: whether the target is a folder.

    Returns:
        Where it was written, which is a numbered name where another program holds the old one;
        and what ``write`` returned.

    Raises:
        Busy: another run is writing it.
        OSError: it cannot be written.
    """
    if isinstance(target, str):
        return target, write(target)
    target = target if folder else free_place(console, target)
    with claimed(console, target):
        return at_place(console, target, write)


@contextmanager
def _claim(console: Console, target: Path) -> Iterator[None]:
    with writing(target):
        real = real_place(target, folder=target.is_dir())
        lock = beside(real, ".lock")
    handle, left = _taken(target, lock)
    try:
        if left is not None:
            told = tell("lock-left", console.language, path=target, **asdict(left))
            console.line(told, style="yellow")
        now = dt.datetime.now(dt.UTC).astimezone().isoformat(sep=" ", timespec="seconds")
        text = json.dumps(asdict(Holder(os.getpid(), platform.node(), now)))
        with suppress(OSError):  # on a full disk the lock holds all the same
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, text.encode())
        yield
    finally:
        with suppress(OSError):
            if os.name != "nt" and _is_at(handle, lock):
                lock.unlink()
        os.close(handle)
        if os.name == "nt":  # where no open file can be removed
            with suppress(OSError):
                lock.unlink()


def _taken(target: Path, lock: Path) -> tuple[int, Holder | None]:
    """Return the locked lock file, and who left it behind."""
    while True:
        handle = _opened(target, lock)
        try:
            here, holder = _lock(handle), _read(handle)
            if here is None:  # no locks here: only what is written counts
                here = holder is None or holder.host != platform.node() or not alive(holder.pid)
            elsewhere = holder is not None and holder.host != platform.node()
            if not here or elsewhere:
                raise Busy(target, lock, holder)
            if _is_at(handle, lock):
                return handle, holder
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the run before has just ended and removed it


def _opened(target: Path, lock: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with writing(target):
        return os.open(lock, flags, 0o666)


def _lock(handle: int) -> bool | None:
    """Lock a file for this process; return whether it could be, None where nothing can."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as fault:
        if fault.errno in NO_LOCKS:
            return None
        raise
    return True


def _read(handle: int) -> Holder | None:
    """Return who a lock file says is at work; None where it says nothing."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        told = json.loads(os.read(handle, MOST_READ))
        return Holder(int(told["pid"]), str(told["host"]), str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_at(handle: int, lock: Path) -> bool:
    """Return whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except OSError:
        return False
