"""Columns of numbers and words, packed for a JSON block.

A column of numbers is cut to whole multiples of a power of ten, compressed and written in base64:
a tenth of what the digits would take, and a browser unpacks it without reading a number.
"""

import base64
import json
import zlib

import numpy as np

from tierstock.inputs.network import Floats, Ints

MISSING = -(2**31)
"""What stands for a number that is not there."""
SCALES = (1, 10, 100, 1000)
"""Parts of one that are kept."""
SAME = 1e-9
"""Share by which a number may miss a whole one and still be that."""
FINE = 1e-3
"""Share of itself that a number may lose in a fine column."""
DIGITS = 12
"""Significant digits of a number that is written out."""


def pack(values: Floats | Ints, *, fine: bool = False) -> dict[str, object]:
    """Return numbers of any shape as one packed column, row after row.

    Args:
        values: numbers; infinite ones and those that are none count as missing.
        fine: whether small ones matter beside large ones, as shares do beside amounts of money.

    Returns:
        ``s``: the scale, 0 for double precision; ``z``: base64 of the compressed numbers, 32-bit
        whole multiples of 1/s, ``MISSING`` for none. Errors are below 0.5/s; s is 1000 unless
        less is exact, or more would not fit. Where that is too little for a fine column, s is 0.
    """
    flat = np.asarray(values, dtype=np.float64).ravel()
    there = np.isfinite(flat)
    known = flat[there]
    scale = _scale(known)
    if fine and scale:
        lost = np.abs(np.round(known * scale) / scale - known)
        scale = 0 if (lost > FINE * np.abs(known)).any() else scale
    if scale:
        whole = np.full(len(flat), MISSING, dtype="<i4")
        whole[there] = np.round(known * scale)
        data = whole.tobytes()
    else:
        data = np.where(there, flat, np.nan).astype("<f8").tobytes()
    return {"s": scale, "z": base64.b64encode(zlib.compress(data, 6)).decode("ascii")}


def _scale(known: Floats) -> int:
    """Return the least scale that is exact, else the largest one that fits, 0 where none does."""
    most = np.abs(known).max(initial=0.0)
    fitting = [scale for scale in SCALES if most * scale < -MISSING - 1]
    for scale in fitting:
        shown = known * scale
        if (np.abs(shown - np.round(shown)) <= SAME * np.maximum(np.abs(shown), 1.0)).all():
            return scale
    return fitting[-1] if fitting else 0


def unpack(packed: dict[str, object]) -> Floats:
    """Return the numbers of a packed column, not a number where one is missing."""
    data = zlib.decompress(base64.b64decode(str(packed["z"])))
    if packed["s"] == 0:
        return np.frombuffer(data, dtype="<f8").astype(np.float64)
    whole = np.frombuffer(data, dtype="<i4").astype(np.float64)
    return np.where(whole == MISSING, np.nan, whole / float(str(packed["s"])))


def tidy(values: Floats) -> list[object]:
    """Return numbers as nested lists with ``DIGITS`` digits, None where there is no number."""

    def shown(value: object) -> object:
        if isinstance(value, list):
            return [shown(one) for one in value]
        number = float(f"{value:.{DIGITS}g}")
        if not np.isfinite(number):
            return None
        return int(number) if number.is_integer() and abs(number) < 2**53 else number

    made = shown(np.asarray(values, dtype=np.float64).tolist())
    assert isinstance(made, list)
    return made


def block(facts: object) -> str:
    """Return facts as JSON that can stand in a page: no mark of it can end or begin a tag.

    ``<``, ``>`` and ``&`` are written as escapes, and so are U+2028 and U+2029, which end a line
    of a script.
    """
    text = json.dumps(facts, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
