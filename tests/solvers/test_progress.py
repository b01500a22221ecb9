"""Progress reads well in both languages, on a terminal, in a file and in a notebook."""

import io
import math
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from tierstock.solvers import show
from tierstock.solvers.progress import Progress, sparkline

HALFWAY = Progress("searching", 1234567.0, 1200000.0, 0.028, 75.0, 300.0)


def test_a_record_is_one_line_in_either_language() -> None:
    assert HALFWAY.line() == "searching  1:15 of 5:00  cost 1,234,567  bound 1,200,000  gap 2.80%"
    assert HALFWAY.line("zh") == "搜索  1:15 / 5:00  成本 1,234,567  下界 1,200,000  差距 2.80%"


def test_what_is_not_known_yet_is_said_or_left_out() -> None:
    assert Progress("reading", elapsed=2.4).line() == "reading  2 s"
    bounded = Progress("searching", math.inf, 5000.0, elapsed=4000.0, limit=7200.0)
    assert bounded.line() == "searching  1:06:40 of 2:00:00  cost none yet  bound 5,000"


def test_the_course_of_the_gap_is_a_row_of_bars() -> None:
    assert sparkline([math.inf, 0.08, 0.04, 0.02, 0.01]) == "█▄▂▁"
    assert sparkline([0.0, 0.0]) == "▁▁"
    assert sparkline([]) == ""
    assert len(sparkline([0.1] * 99)) == 24


def test_a_pipe_gets_plain_lines_now_and_then() -> None:
    stream = io.StringIO()
    with show.display(stream=stream) as tell:
        for second in range(12):
            tell(Progress("searching", elapsed=float(second)))
        tell(Progress("improving", elapsed=12.0))
        tell(Progress("improving", 10.0, 10.0, 0.0, elapsed=12.5))
    assert stream.getvalue().splitlines() == [
        "searching  0 s",
        "searching  5 s",
        "searching  10 s",
        "improving  12 s",
        "improving  12 s  cost 10  bound 10  gap 0.00%",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_live_line_with_the_course_of_the_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    stream = Terminal()
    with show.display("zh", stream) as tell:
        assert isinstance(tell, show.LiveLine)
        tell(Progress("searching", 100.0, 50.0, 0.5, 1.0, 9.0))
        tell(Progress("searching", 100.0, 75.0, 0.25, 2.0, 9.0))
    assert "搜索" in stream.getvalue()
    assert "█▄" in stream.getvalue()


def test_a_notebook_gets_one_line_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []

    def display(data: dict[str, str], *, raw: bool, display_id: bool) -> Any:
        return SimpleNamespace(update=lambda data, raw: shown.append(data))

    ipython = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(
        sys.modules,
        "IPython.display",
        SimpleNamespace(display=display),
    )
    with show.display() as tell:
        assert isinstance(tell, show.NotebookLine)
        tell(HALFWAY)
    assert shown == [
        {
            "text/html": f"<pre>{HALFWAY.line()}  █</pre>",
            "text/plain": f"{HALFWAY.line()}  █",
        }
    ]


def test_a_bound_that_says_nothing_yet_is_not_shown() -> None:
    first = Progress("searching", 1000.0, -494_800.0, 495.8, 1.0)
    assert first.line() == "searching  1 s  cost 1,000  bound none yet"
    assert Progress("searching", math.inf, -494_800.0, elapsed=1.0).line() == "searching  1 s"
    assert sparkline([495.8, 0.02]) == "█"
