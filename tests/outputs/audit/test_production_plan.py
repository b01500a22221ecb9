"""A plan in which something is made, worked out by hand, passes the audit."""

from collections.abc import Callable
from pathlib import Path

from planted_flows import Book
from planted_production import brewed

from tierstock.outputs.audit import audit


def test_what_is_made_is_recomputed_without_a_false_alarm(
    case: tuple[Book, Book], write: Callable[..., tuple[Path, Path]]
) -> None:
    given, plan = case
    brewed(given, plan)

    result = audit(*write(given, plan))

    assert [(c.name, c.where) for c in result.checks if not c.passed] == []
