"""Parametrised tests of which every run takes a part, and the whole on demand."""

from collections.abc import Iterable
from typing import Any

import pytest

PARTS = 3


def part(names: Iterable[Any], *turns: int, parts: int = PARTS) -> list[Any]:
    """All names, those of other thirds (or other ``parts``) than these marked slow.

    ``pytest -m "slow or not slow"`` runs all of them.
    """
    return [
        pytest.param(name, marks=() if number % parts in turns else pytest.mark.slow)
        for number, name in enumerate(names)
    ]
