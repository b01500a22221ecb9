"""How a command speaks: phases with their seconds, sentences, one line for machines."""

import json
import math
import os
import sys
import time
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO, cast

from tierstock.words import tell

GAP = "  "
"""What stands between two columns of a table."""


class Outlet:
    """A stream that falls silent when its reader is gone (``| head -1``): the work goes on."""

    fault: OSError | None = None
    """Why nothing can be written any more, where it is not that nobody reads it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text, or nothing any more."""
        try:
            return self._stream.write(text)
        except OSError as fault:
            self._hush(fault)
            return len(text)

    def flush(self) -> None:
        """Send what is written."""
        try:
            self._stream.flush()
        except OSError as fault:
            self._hush(fault)

    def _hush(self, fault: OSError) -> None:
        if not isinstance(fault, BrokenPipeError):
            self.fault = self.fault or fault
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


class Told(list[str]):
    """What a phase has to say."""

    good = True
    """Whether the work can go on after it."""


class Console:
    """Writes to the terminal in one language.

    Args:
        language: ``en`` or ``zh``.
        machine: whether the last line of standard output is for a machine; then everything else
            goes to standard error.
    """

    def __init__(self, language: str, *, machine: bool = False) -> None:
        self.language = language
        self.machine = machine
        self.answers: TextIO = cast(TextIO, Outlet(sys.stdout))
        self.stream: TextIO = cast(TextIO, Outlet(sys.stderr)) if machine else self.answers
        self.seconds: dict[str, float] = {}
        self.usual: dict[str, Any] = {}
        """Keys the line for machines has in every ending of this command."""

    def say(self, code: str, **values: object) -> None:
        """Write a sentence of ``words.TEXT``."""
        self.line(tell(code, self.language, **values))

    def line(self, text: str = "", style: str = "") -> None:
        """Write a line; ``style`` colours it on a terminal only."""
        if style and self.stream.isatty():
            from rich.console import Console as Rich
            from rich.text import Text

            Rich(file=self.stream, highlight=False, soft_wrap=True).print(Text(text, style=style))
            return
        print(text, file=self.stream, flush=True)

    def title(self, code: str, text: str) -> None:
        """Write a line with a word in front, aligned with the others."""
        word = tell(code, self.language)
        gap = " " * max(1, 10 - width(word))
        self.line(f"{word}{gap}{text}")

    @contextmanager
    def phase(self, code: str, name: str) -> Iterator[Told]:
        """Time a phase, and say what it did when it is over.

        Args:
            code: word of ``words.TEXT``.
            name: key under which the seconds are kept.

        Yields:
            A list; texts put into it stand behind the phase, and ``good`` says how it ended.
        """
        began = time.monotonic()
        told = Told()
        yield told
        self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - began
        word = tell(code, self.language)
        gap = " " * max(1, 22 - width(word))
        spent = f"{self.seconds[name]:6.1f} s   {'  '.join(told)}"
        self.line(f"{self.mark(told.good)} {word}{gap}{spent}".rstrip())

    def mark(self, good: bool) -> str:
        """Return a tick or a cross, in letters where the terminal knows neither."""
        sign, word = ("✓", "ok") if good else ("✗", "no")
        return sign if _can_write(sign, self.stream) else word

    def answer(self, facts: Mapping[str, Any]) -> None:
        """Write the line for machines as the last line of standard output."""
        if self.machine:
            known = _can_write("中", self.answers)
            text = json.dumps(_finite(facts), ensure_ascii=not known)
            print(text, file=self.answers, flush=True)

    @property
    def lost(self) -> OSError | None:
        """Why a part of what was said did not arrive; None where all did, or nobody read on."""
        return cast(Outlet, self.answers).fault

    def fail(self, message: str, code: int) -> None:
        """Write the line for machines of a command that could not do its work."""
        self.answer({**self.usual, "error": message, "exit": code})


def width(text: str) -> int:
    """Columns a text takes on a terminal; a Chinese character takes two.

    >>> width("RDC"), width("区域仓"), width("ﾃｽﾄ")
    (3, 6, 3)
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def aligned(rows: Sequence[Sequence[str]], right: Container[int]) -> list[str]:
    """Return rows of texts as lines with their columns below each other, Chinese text too.

    Args:
        rows: cells; all rows are of one length.
        right: columns of numbers, which stand right.

    >>> aligned([["", "基准", "b"], ["Cost", "1,000", "9"]], range(1, 3))
    ['       基准  b', 'Cost  1,000  9']
    """
    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for at, (text, size) in enumerate(zip(row, sizes, strict=True)):
            space = " " * (size - width(text))
            cells.append(space + text if at in right else text + space)
        lines.append(GAP.join(cells).rstrip())
    return lines


def _can_write(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _finite(value: Any) -> Any:
    """Return a value that JSON can hold: numbers that are not finite become null."""
    if isinstance(value, Mapping):
        return {str(key): _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "item"):
        return _finite(value.item())
    return value
