"""What the samples made from client briefs share: words of either language, sheets from rows."""

from collections.abc import Iterable

import pandas as pd

WEEKS = [f"2026-W{number:02d}" for number in range(2, 15)]
"""The weeks of the first quarter, from 5 January 2026."""


class Words:
    """Chooses the language of names and selectors.

    Args:
        chinese: Chinese, else English.
    """

    def __init__(self, chinese: bool) -> None:
        self.chinese = chinese

    def __call__(self, english: str, chinese: str) -> str:
        """Return the word in the language."""
        return chinese if self.chinese else english


def sheet(columns: str, rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Return a sheet from rows; ``columns`` are names separated by bars, blanks stay blank."""
    return pd.DataFrame(list(rows), columns=columns.split("|"))


def weekly(
    keys: str, rows: Iterable[tuple[tuple[object, ...], float]], shape: list[float]
) -> pd.DataFrame:
    """Return a Demand sheet with the weeks side by side: each row's mean times the shape.

    Quantities move up and down by a fixed pattern, so that no two rows are alike.
    """
    found = []
    for number, (key, mean) in enumerate(rows):
        swing = [1.0 + 0.1 * ((number * 7 + week * 5) % 5 - 2) for week in range(len(shape))]
        units = [round(mean * share * wave) for share, wave in zip(shape, swing, strict=True)]
        found.append((*key, *units))
    return sheet("|".join([keys, *WEEKS[: len(shape)]]), found)
