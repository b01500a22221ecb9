from collections.abc import Callable
from pathlib import Path

from planted_flows import Book

from tierstock.outputs.audit import audit

Write = Callable[..., tuple[Path, Path]]


def test_a_right_plan_passes_every_check(case: tuple[Book, Book], write: Write) -> None:
    result = audit(*write(*case))

    assert [(c.name, c.worst, c.where) for c in result.checks if not c.passed] == []
    assert result.passed
