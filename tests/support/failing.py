"""A disk that fails: the n-th operation of a writer is refused, or it and all after it."""

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = ("replace", "rename", "link", "fsync", "mkdir", "sendfile", "chmod")
"""Functions of ``os`` that count besides opening a file for writing and writing."""


class Disk:
    """Counts operations.

    Args:
        number: the operation that fails, counted from 1; 0 = none.
        for_good: whether all after it fail as well.
    """

    def __init__(self, number: int = 0, for_good: bool = False) -> None:
        self.number, self.for_good = number, for_good
        self.done = 0
        self.names: list[str] = []

    def step(self, name: str) -> None:
        """Count an operation, or refuse it."""
        self.done += 1
        self.names.append(name)
        if self.number and (
            self.done >= self.number if self.for_good else self.done == self.number
        ):
            raise OSError(errno.EIO, os.strerror(errno.EIO))


class Raw(io.FileIO):
    """A file open for writing, whose writes by the system count."""

    def __init__(self, file: Any, mode: str, disk: Disk, opener: Any) -> None:
        super().__init__(file, mode, opener=opener)
        self._disk = disk

    def write(self, data: Any) -> int:
        """Write, or be refused."""
        self._disk.step("write")
        return super().write(data)


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """Let a disk fail inside."""
    opened = io.open

    def open_counted(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        if isinstance(file, int) or not set(mode) & set("wax+"):
            return opened(file, mode, buffering, encoding, errors, newline, closefd, opener)
        disk.step("open")
        raw = Raw(file, mode.translate({ord(sign): None for sign in "bt"}), disk, opener)
        kept: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return kept if "b" in mode else io.TextIOWrapper(kept, encoding, errors, newline)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", open_counted)
        patch.setattr(builtins, "open", open_counted)
        for name in CALLS:
            patch.setattr(os, name, _counted(getattr(os, name), name, disk))
        yield disk


def _counted(call: Callable[..., Any], name: str, disk: Disk) -> Callable[..., Any]:
    def counted(*words: Any, **more: Any) -> Any:
        disk.step(name)
        return call(*words, **more)

    return counted
