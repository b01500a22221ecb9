"""Conditions under which a command may have to work: no permissions, jumping clocks, odd names."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

OVERRIDES = 0b1110
"""CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER: what lets root pass over permissions."""
VERSION = 0x20080522
JUMPS = """
import itertools, time
real, turn = time.time, itertools.count()
time.time = lambda: real() + (86400 if next(turn) % 2 else -86400)
"""
"""A clock that jumps by a day to and fro, in every process."""


@contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Take from root the right to pass over permissions; others have none to lose."""
    if sys.platform != "linux" or os.geteuid():
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(VERSION, 0)
    had = (ctypes.c_uint32 * 6)()
    assert libc.capget(head, had) == 0
    less = (ctypes.c_uint32 * 6)(*had)
    less[0] = had[0] & ~OVERRIDES
    assert libc.capset(head, less) == 0
    try:
        yield
    finally:
        assert libc.capset(head, had) == 0


def command(
    *words: object, shell: str = "", variables: Mapping[str, str | None] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run a command in a process of its own.

    Args:
        words: its words.
        shell: what a shell appends, e.g. ``| head -1``.
        variables: of the environment, to set; None = to take away.
    """
    every: dict[str, str | None] = {**os.environ, **(variables or {})}
    line = [sys.executable, "-m", "tierstock.cli", *map(str, words)]
    given = {name: value for name, value in every.items() if value is not None}
    if shell:
        line = ["bash", "-c", f'set -o pipefail; "$@" {shell}', "bash", *line]
    return subprocess.run(line, capture_output=True, env=given)


def jumping_clock(folder: Path) -> str:
    """Write what makes the clock of every process jump; return the value of PYTHONPATH."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(JUMPS)
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
