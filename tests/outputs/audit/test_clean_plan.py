import gc
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from planted_flows import Book

from tierstock.outputs.audit import audit
from tierstock.outputs.audit.undisturbed import undisturbed
from tierstock.outputs.audit.words import data_folder

Write = Callable[..., tuple[Path, Path]]


def test_a_right_plan_passes_every_check(case: tuple[Book, Book], write: Write) -> None:
    result = audit(*write(*case))

    assert [(c.name, c.worst, c.where) for c in result.checks if not c.passed] == []
    assert result.passed


def test_the_collector_of_dead_objects_is_on_or_off_as_before() -> None:
    seen = []
    for switch in (gc.disable, gc.enable):
        switch()
        with undisturbed():
            seen.append(gc.isenabled())
        seen.append(gc.isenabled())

    assert seen == [False, False, False, True]


def test_a_dictionary_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(FileNotFoundError, match="not installed"):
        data_folder()
