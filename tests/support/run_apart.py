"""A command in a process of its own, seen from outside: its children, its end, its time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) * 2**20,) * 2)
from tierstock.cli import main
main(sys.argv[2:])
"""
"""A command within so many megabytes of address space."""


@contextmanager
def started(*words: object, limit_mb: int | None = None) -> "Iterator[subprocess.Popen[str]]":
    """Start a command in a session of its own, as a terminal does; it never outlives the block."""
    command = ["-m", "tierstock.cli"] if limit_mb is None else ["-c", LIMIT, str(limit_mb)]
    process = subprocess.Popen(
        [sys.executable, *command, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        for pid in [process.pid, *descendants(process.pid)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def wait_for(process: "subprocess.Popen[str]", word: str) -> bool:
    """Read what the command says until a word comes; whether it came before the end."""
    assert process.stdout is not None
    return any(word in line for line in process.stdout)


def descendants(pid: int) -> list[int]:
    """Process numbers of the children of a process, their children, and so on."""
    found = [pid]
    parents = _parents()
    for known in found:  # grows while it is walked
        found += [child for child, parent in parents.items() if parent == known]
    return found[1:]


def _parents() -> dict[int, int]:
    parents = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:  # it has ended
            continue
        state, parent = text.rpartition(")")[2].split()[:2]
        if state != "Z":
            parents[int(folder.name)] = int(parent)
    return parents


def alive(pid: int) -> bool:
    """Whether a process runs; where the system tells, one that has ended but was not waited for
    does not."""
    if Path("/proc/self/stat").exists():
        return pid in _parents()
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone_within(pids: list[int], seconds: float) -> bool:
    """Whether all processes have ended before so many seconds are over."""
    until = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def resident_mb() -> float:
    """Memory of this process that is really there."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20
