"""Values as databases and Parquet files hold them, as cells."""

import datetime as dt
import math
from collections.abc import Iterable
from decimal import Decimal

INSTALL = 'pip install "tierstock[data]"'
"""What brings the packages that read databases and Parquet files."""
PLAIN = (str, int, float, bool, dt.date, dt.time, dt.timedelta)


def cells_of(values: Iterable[object]) -> list[object]:
    """Return one column as cells: nothing is blank, numbers and dates stay what they are.

    What is no number (NaN), stored as one, becomes a text, so that it is a fault at its place
    and not a blank in silence.
    """
    return [_cell(value) for value in values]


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return value if isinstance(value, PLAIN) else str(value)
