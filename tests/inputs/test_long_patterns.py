"""Words of ten thousand characters are understood, or refused, in a moment.

With figures::

    pytest -m slow -s tests/inputs/test_long_patterns.py
"""

from collections.abc import Callable
from time import process_time

import numpy as np
import pytest
from goals import reached

from tierstock.inputs.reading.cell_dates import read_date
from tierstock.inputs.reading.cell_numbers import read_number
from tierstock.inputs.reading.headings import find_column, find_sheet, nearest_sheet
from tierstock.inputs.reading.query_file import Queries, escaped
from tierstock.inputs.selecting.selectors import Attribute, Axis, SelectorError

SECURITY = 18
LONG = 10_000
MOST_MS = 50.0
PIECES = (
    "*",
    "a*",
    "!",
    ",",
    ";",
    "(a+)+$",
    "Region=",
    "a=b;",
    "S1,",
    "9",
    "1/",
    "'",
    "A\u0301",
    "%",
)
"""Each is repeated until it is long."""


def axis() -> Axis:
    region = Attribute("region", "text", np.array(["East"] * 500), {})
    codes = np.array([f"S{number}" for number in range(500)])
    return Axis(codes, {"region": region}, ("region",), {"shops": ("S1,S2",)})


def selected(text: str) -> None:
    try:
        axis().match(text)
    except SelectorError:
        pass


def queried(text: str) -> None:
    escaped(f"select '{text}")
    Queries(url="x").bound(f"select :a {text}")


def headed(text: str) -> None:
    if find_sheet(text) is None and find_column("Lanes", text) is None:
        nearest_sheet(text)


READERS: tuple[Callable[[str], object], ...] = (selected, queried, headed, read_date, read_number)


def work(reader: Callable[[str], object], text: str) -> float:
    """Return the least milliseconds of work of three tries."""
    tries = []
    for _ in range(3):
        start = process_time()
        reader(text)
        tries.append(1000 * (process_time() - start))
    return min(tries)


@pytest.mark.slow
def test_long_words_take_no_longer_than_a_moment() -> None:
    longest = {
        piece: max(work(reader, (piece * LONG)[:LONG]) for reader in READERS) for piece in PIECES
    }
    slow = {piece: ms for piece, ms in longest.items() if ms > MOST_MS}
    print(slow)
    figure = (
        f"{len(slow)} of {len(PIECES)} words of {LONG:,} characters take over {MOST_MS:.0f} ms, "
        f"at most {max(longest.values()):.0f} ms"
    )
    reached(SECURITY, figure, not slow)
