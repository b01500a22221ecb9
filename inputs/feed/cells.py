"""Columns of movements read at once: fast where all is as it should be, exact where it is not."""

import datetime as dt
import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.feed.columns import kind_of
from tierstock.inputs.reading.cell_dates import FIRST_YEAR, LAST_YEAR, read_date
from tierstock.inputs.reading.cell_numbers import LARGEST, read_number
from tierstock.inputs.reading.cell_texts import clean_code
from tierstock.inputs.reading.csv_door import GUARDED

Faults = dict[str, NDArray[np.bool_]]
"""Rows with a fault, by code."""

Stamps = NDArray[np.datetime64]
MILLION = 1_000_000
"""Parts of a unit that are counted: six decimals."""
NEVER = np.iinfo(np.int64).min
"""The moment of a cell that states none."""

_FAR = pd.Timestamp(FIRST_YEAR - 1, 1, 1), pd.Timestamp(LAST_YEAR + 2, 1, 1)
_ZONED = re.compile(r":\d\d(?:[.,]\d+)?[ ]?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$")
_SHORT_DAY = re.compile(r"(?<=-)(\d)(?=[-T ])")
_SHORT_HOUR = re.compile(r"(?<=[T ])(\d)(?=:)")


def plain(cells: pd.Series) -> NDArray[np.object_]:
    """Return a column as texts; blank is ""; numbers lose a trailing ``.0``."""
    values = cells.to_numpy(dtype=object, copy=True)
    values[cells.isna().to_numpy()] = ""
    if cells.dtype.kind in "iufb" or not _all_texts(values):
        values = np.array([_text(one) for one in values], dtype=object)
    return values


def _all_texts(values: NDArray[np.object_]) -> bool:
    try:
        "".join(values)
    except TypeError:
        return False
    return True


def _text(value: object) -> str:
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value)


def clean(text: str) -> str:
    """Return a code as it is compared, without the mark that guards it in a CSV file."""
    code = clean_code(text)
    return code[1:] if code.startswith("'") and GUARDED.match(code) else code


def ids(cells: pd.Series) -> NDArray[np.object_]:
    """Return the numbers of events as texts, cleaned as codes are."""
    values = plain(cells)
    joined = "".join(values)
    if joined.isascii() and joined.isprintable() and " " not in joined and "'" not in joined:
        return values
    return np.array([clean(one) for one in values], dtype=object)


def codes(cells: pd.Series) -> pd.Categorical:
    """Return a column of codes; blank is "". Spellings that differ in blanks only are one."""
    numbers, values = pd.factorize(cells)
    spelled = [clean(_text(value)) for value in values] + [""]
    names, ranks = np.unique(np.array(spelled, dtype=object), return_inverse=True)
    return pd.Categorical.from_codes(ranks[numbers], categories=pd.Index(names, dtype=object))


def kinds(cells: pd.Series) -> NDArray[np.int8]:
    """Return the type of every movement, see ``columns``; -1 where it is unknown."""
    found = codes(cells)
    known = [kind_of(str(word)) for word in found.categories]
    ranks = np.array([-1 if one is None else one for one in known], dtype=np.int8)
    return np.asarray(ranks[found.codes])


def quantities(cells: pd.Series) -> tuple[NDArray[np.int64], Faults]:
    """Return quantities in whole millionths, so that sums are exact in any order."""
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=np.float64, copy=True)
    bad = ~np.isfinite(numbers)
    blank = np.zeros(len(numbers), dtype=np.bool_)
    if bad.any():
        blank[bad] = plain(cells[bad]) == ""
        bad &= ~blank
        values = pd.Series(plain(cells[bad]))
        numbers[bad] = values.map({one: _number(one) for one in values.unique()}).to_numpy()
        bad &= ~np.isfinite(numbers)
    huge = np.abs(numbers) * MILLION > LARGEST * 8
    numbers[bad | blank | huge] = 0.0
    parts = np.rint(numbers * MILLION)
    fine = (parts / MILLION != numbers) & ~huge
    faults = {
        "blank-required": blank,
        "feed-quantity": bad,
        "number-too-large": huge,
        "feed-decimals": fine,
    }
    return parts.astype(np.int64), faults


def _number(text: str) -> float:
    found = read_number(text)
    return np.nan if found is None or found.percent or found.own_unit else found.value


def moments(cells: pd.Series, zone: str) -> tuple[NDArray[np.int64], Faults]:
    """Return moments in nanoseconds since 1970 (UTC).

    Args:
        cells: moments with their zone, as stored or as ISO text; ``2026/1/5 8:00`` is understood.
        zone: zone of those that state none; blank = they are faults.
    """
    naive = np.zeros(len(cells), dtype=np.bool_)
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        found = _stamps(cells)
    elif cells.dtype.kind == "M":
        found, naive = _local(cells, zone), np.full(len(cells), zone == "")
    else:
        found, naive = _of_texts(plain(cells), zone)
    years = pd.DatetimeIndex(found).year
    lost = np.isnat(found) | np.asarray((years < FIRST_YEAR) | (years > LAST_YEAR))
    blank = np.zeros(len(cells), dtype=np.bool_)
    blank[lost] = plain(cells[lost]) == ""
    faults = {
        "blank-required": blank,
        "feed-zone": naive & ~blank,
        "feed-time": lost & ~blank & ~naive,
    }
    return np.where(lost, NEVER, found.astype(np.int64)), faults


def _of_texts(values: NDArray[np.object_], zone: str) -> tuple[Stamps, NDArray[np.bool_]]:
    """Return the moments of texts (UTC), and which state no zone where none is known."""
    found, naive = _iso(values, zone)
    lost = np.isnat(found) & ~naive & (values != "")
    if lost.any():
        again = [_SHORT_DAY.sub(r"0\1", str(one).replace("/", "-")) for one in values[lost]]
        again = [_SHORT_HOUR.sub(r"0\1", one) for one in again]
        found[lost], naive[lost] = _iso(np.array(again, dtype=object), zone)
    return found, naive


def _iso(values: NDArray[np.object_], zone: str) -> tuple[Stamps, NDArray[np.bool_]]:
    """Return the moments of ISO texts (UTC), and which state no zone where none is known."""
    texts, stated = pd.Series(values, dtype=object), _zoned(values)
    zoned = texts if stated.all() else texts.where(stated)
    found = _stamps(pd.to_datetime(zoned, format="ISO8601", utc=True, errors="coerce"))
    naive = np.zeros(len(values), dtype=np.bool_)
    if not stated.all():
        others = pd.to_datetime(texts[~stated], format="ISO8601", errors="coerce")
        found[~stated] = _local(others, zone)
        naive[~stated] = others.notna().to_numpy(dtype=np.bool_) & (zone == "")
    return found, naive


def _local(moments: pd.Series, zone: str) -> Stamps:
    """Return moments of a zone; those that a change of clocks skips or repeats are lost."""
    local = (
        _counted(moments)
        .dt.as_unit("ns")
        .dt.tz_localize(zone or "UTC", ambiguous="NaT", nonexistent="NaT")
    )
    return _stamps(local)


def _stamps(moments: pd.Series) -> Stamps:
    """Return moments of any zone in UTC."""
    stamps = _counted(moments).dt.tz_convert("UTC").dt.tz_localize(None)
    return np.array(stamps, dtype="datetime64[ns]")


def _counted(moments: pd.Series) -> pd.Series:
    """Return moments without those so far off that no nanoseconds count them."""
    zone = moments.dt.tz
    low, high = _FAR[0].tz_localize(zone), _FAR[1].tz_localize(zone)
    if moments.min() >= low and moments.max() <= high:
        return moments
    return moments.where((moments >= low) & (moments <= high))


def _zoned(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which texts end in a zone; ``Z`` and ``+08:00`` are seen at once."""
    joined = "\n".join([*values, ""])
    found = np.zeros(len(values), dtype=np.bool_)
    if joined.isascii():
        marks = np.frombuffer(b"\n" * 6 + joined.encode(), dtype=np.uint8)
        ends = np.flatnonzero(marks[6:] == ord("\n")) + 6
        if len(ends) == len(values):
            sign = (marks[ends - 6] == ord("+")) | (marks[ends - 6] == ord("-"))
            found = (marks[ends - 1] == ord("Z")) | (sign & (marks[ends - 3] == ord(":")))
    others = np.flatnonzero(~found)
    found[others] = [bool(_ZONED.search(str(one))) for one in values[others]]
    return found


def days(cells: pd.Series) -> tuple[NDArray[np.datetime64], Faults]:
    """Return days; "not a time" where blank."""
    numbers, values = pd.factorize(cells)
    known = [_day(value) for value in values] + [None]
    stamps = np.array([np.datetime64(one or "NaT", "D") for one in known])
    blank = np.array([str(value).strip() == "" for value in values] + [True])
    lost = np.array([one is None for one in known]) & ~blank
    return stamps[numbers].astype("datetime64[s]"), {"not-a-date": lost[numbers]}


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else read_date(str(value))
