"""Texts of cells into numbers, exact decimals, flags and days."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache

EXACT = Context(prec=400)
"""Wide enough that sums of printed decimals are exact."""

SCALES = {"百万": 1e6, "万": 1e4, "千": 1e3, "亿": 1e8}
"""Words for powers of ten behind a number."""
TRUE_WORDS = {"y", "yes", "true", "1", "是"}


@lru_cache(maxsize=100_000)
def bare(text: str) -> str:
    """Fold a name for matching: full width, case, spaces and ``_`` do not count."""
    return re.sub(r"[\s_\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=10_000)
def head(text: str) -> str:
    """Fold a header; a unit in parentheses does not count."""
    return bare(re.sub(r"\([^)]*\)", "", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=10_000)
def header_unit(text: str) -> str:
    """Return the unit in parentheses of a header, blank where none."""
    found = re.search(r"\(([^)]*)\)", unicodedata.normalize("NFKC", text))
    return found.group(1) if found else ""


def number(
    text: str, factor: Callable[[str], float] = lambda word: 1.0, default: float = math.nan
) -> float:
    """Read a planner's number: ``1,234.5``, ``12%``, ``18t``, ``2000万``; blank = default.

    ``factor`` says what one unit written behind the number is in the contract's unit.
    """
    word = unicodedata.normalize("NFKC", text).strip()
    if not word:
        return default
    try:
        return float(word)
    except ValueError:
        pass
    if "/" in word:
        above, _, below = word.partition("/")
        return number(above) / number(below)
    found = re.fullmatch(r"([-+]?[\d,]*\.?\d*(?:[eE][-+]?\d+)?)\s*(.*)", word.lstrip("¥$€"))
    if not found or not found.group(1):
        raise ValueError(f"{text!r} is not a number")
    value, suffix = float(found.group(1).replace(",", "")), found.group(2).strip("()")
    if suffix == "%":
        return value / 100
    for scale, times in SCALES.items():
        if suffix.startswith(scale) and suffix not in ("千克", "千米"):
            value, suffix = value * times, suffix.removeprefix(scale)
            break
    return value * (factor(suffix) if suffix else 1.0)


def rate(text: str, default: float = math.nan) -> float:
    """Read a yearly rate: below 1 a share, from 1 on a percentage, ``0.5%`` as written."""
    value = number(text, default=default)
    return value / 100 if value >= 1 and "%" not in text and text.strip() else value


def exact(text: str) -> Decimal | None:
    """Return the printed decimal of a cell of the plan, None where it is no finite number."""
    try:
        percent = text.endswith("%")
        value = Decimal(text.removesuffix("%") or 0).scaleb(-2 * percent)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def finite(text: str) -> float | None:
    """Return the number of a cell of the plan, 0 for a blank, None for what is no finite number."""
    try:
        value = float(text or 0.0)
    except ValueError:
        printed = exact(text)
        return None if printed is None else float(printed)
    return value if math.isfinite(value) else None


def finites(texts: set[str]) -> dict[str, float | None]:
    """Return the numbers of cells of the plan as ``finite`` does, of all at once."""
    filled = texts - {""}
    try:
        numbers = list(map(float, filled))
    except ValueError:
        numbers = [math.nan]
    if not all(map(math.isfinite, numbers)):
        return {text: finite(text) for text in texts}
    blank: dict[str, float | None] = dict.fromkeys(texts - filled, 0.0)
    return blank | dict(zip(filled, numbers, strict=True))


def total(terms: Iterable[Decimal]) -> Decimal:
    """Add decimals without any rounding."""
    result = Decimal(0)
    for term in terms:
        result = EXACT.add(result, term) if term else result
    return result


def flag(text: str, default: bool) -> bool:
    """Read Y/N, 是/否, TRUE/FALSE, 1/0; blank = default."""
    word = bare(text)
    return word in TRUE_WORDS if word else default


@lru_cache(maxsize=100_000)
def day(text: str) -> date | None:
    """Read an Excel serial number, ISO, ``yyyy/m/d`` or ``yyyymmdd``; None where it is no date."""
    word = unicodedata.normalize("NFKC", text).strip()
    found = re.match(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$", word)
    if found:
        year, month, number_ = map(int, found.groups())
        return date(year, month, number_)
    if re.fullmatch(r"(19|20)\d{6}", word):
        return date(int(word[:4]), int(word[4:6]), int(word[6:]))
    if re.fullmatch(r"\d{5}(\.\d*)?", word):
        return date(1899, 12, 30) + timedelta(days=int(float(word)))
    return None
