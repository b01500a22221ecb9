"""Shows progress: plain lines, a live line in a terminal, a line in a notebook."""

import math
import sys
from importlib import import_module
from typing import Any, Protocol, TextIO

from tierstock.solvers.progress import Progress, sparkline


class Display(Protocol):
    """A context that shows records of progress."""

    def __call__(self, progress: Progress) -> None:
        """Show one record."""

    def __enter__(self) -> "Display":
        """Begin to show."""

    def __exit__(self, *_: object) -> None:
        """End, leaving the last record behind."""


class PlainLines:
    """One line at each change of phase, at the first plan and every few seconds, for pipes."""

    def __init__(self, stream: TextIO, language: str = "en", every_s: float = 5.0) -> None:
        self._stream, self._language, self._every = stream, language, every_s
        self._phase = ""
        self._shown = 0.0
        self._planned = False
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        """Write a line where one is due."""
        first = not self._planned and math.isfinite(progress.incumbent)
        late = progress.elapsed - self._shown >= self._every
        due = first or late or progress.phase != self._phase
        self._planned = self._planned or first
        self._last = None if due else progress
        if due:
            self._phase, self._shown = progress.phase, progress.elapsed
            self._write(progress)

    def _write(self, progress: Progress) -> None:
        print(progress.line(self._language), file=self._stream, flush=True)

    def __enter__(self) -> "PlainLines":
        return self

    def __exit__(self, *_: object) -> None:
        if self._last is not None:
            self._write(self._last)


class LiveLine:
    """One line that changes in place, with the course of the gap, for a terminal."""

    def __init__(self, stream: TextIO, language: str = "en") -> None:
        from rich.console import Console
        from rich.live import Live

        self._language = language
        self._gaps: list[float] = []
        self._live = Live(console=Console(file=stream), refresh_per_second=8)

    def __call__(self, progress: Progress) -> None:
        """Change the line."""
        from rich.text import Text

        self._gaps.append(progress.gap)
        text = f"{progress.line(self._language)}  {sparkline(self._gaps)}"
        self._live.update(Text(text.rstrip(), no_wrap=True, overflow="ellipsis"))

    def __enter__(self) -> "LiveLine":
        self._live.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.__exit__(None, None, None)


class NotebookLine:
    """One line below the cell that changes in place; needs no widgets."""

    def __init__(self, language: str = "en") -> None:
        self._language = language
        self._gaps: list[float] = []
        self._handle: Any = None

    def __call__(self, progress: Progress) -> None:
        """Change the line."""
        self._gaps.append(progress.gap)
        text = f"{progress.line(self._language)}  {sparkline(self._gaps)}".rstrip()
        if self._handle is not None:
            self._handle.update({"text/html": f"<pre>{text}</pre>", "text/plain": text}, raw=True)

    def __enter__(self) -> "NotebookLine":
        notebook: Any = import_module("IPython.display")
        self._handle = notebook.display({"text/plain": ""}, raw=True, display_id=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._handle = None


def in_notebook() -> bool:
    """Return whether this runs in a notebook kernel."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return running is not None and hasattr(running, "kernel")


def display(language: str = "en", stream: TextIO | None = None) -> Display:
    """Return the display that fits: notebook, terminal, or plain lines.

    Args:
        language: ``en`` or ``zh``.
        stream: where to write; standard error where not given.
    """
    if stream is None and in_notebook():
        return NotebookLine(language)
    out = sys.stderr if stream is None else stream
    return LiveLine(out, language) if out.isatty() else PlainLines(out, language)
