"""Names of files on their way, and what killed runs left of them."""

import hashlib
import itertools
import os
import platform
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

LONGEST = 255
"""Bytes a name may have on the file systems in use."""
_TAIL = 60
"""Bytes kept free for what is put behind a name."""

_numbers = itertools.count(1)


def beside(target: Path, tail: str) -> Path:
    """Return the hidden file that belongs to a file or folder and lies beside it.

    >>> beside(Path("net.plan.xlsx"), ".lock").name
    '.net.plan.xlsx.lock'
    """
    return target.with_name(f".{_clipped(target.name)}{tail}")


def draft_of(target: Path, kind: str = "part") -> Path:
    """Return a name for a draft, which tells the process that writes it.

    Args:
        target: what the draft is of.
        kind: ``part`` for what is not complete yet, ``old`` for what is being replaced.
    """
    return beside(target, f".{machine()}-{os.getpid()}-{next(_numbers)}.{kind}")


def sweep(target: Path) -> None:
    """Remove the drafts that killed runs on this machine left of a file or folder.

    Where such a run had just moved the old one away, it is put back.
    """
    start = re.escape(beside(target, f".{machine()}").name)
    left = re.compile(rf"{start}-(\d+)-\d+\.(part|old)(?:-journal|-wal|-shm)?")
    try:
        names = os.listdir(target.parent)
    except OSError:
        return  # who writes there tells
    for name in names:
        found = left.fullmatch(name)
        if found is None or alive(int(found[1])):
            continue
        with suppress(OSError):
            if found[2] == "old" and not os.path.lexists(target):
                os.rename(target.with_name(name), target)
            else:
                remove(target.with_name(name))


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def machine() -> str:
    """Return a short sign of this machine, for the names of files it is writing."""
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:6]


def alive(pid: int) -> bool:
    """Return whether a process of this machine is running."""
    if sys.platform == "win32":  # a signal would end the process there
        import ctypes

        may_ask, running = 0x1000, 259
        system = ctypes.windll.kernel32
        handle = system.OpenProcess(may_ask, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        system.GetExitCodeProcess(handle, ctypes.byref(code))
        system.CloseHandle(handle)
        return code.value == running
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _clipped(name: str) -> str:
    """Return a name that leaves room behind it; a cut one ends with a sign of the whole."""
    whole = os.fsencode(name)
    if len(whole) <= LONGEST - _TAIL:
        return name
    sign = hashlib.sha256(whole).hexdigest()[:8]
    return f"{whole[: LONGEST - _TAIL - len(sign) - 1].decode('utf-8', 'ignore')}~{sign}"
