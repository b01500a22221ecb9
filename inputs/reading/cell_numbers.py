"""Cells of number columns: what counts as a number, and what a wrong one was meant to be."""

import re
import unicodedata
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import Both
from tierstock.inputs.reading.cell_parts import (
    Cells,
    Fault,
    Reading,
    booleans,
    dates,
    distinct,
    percents,
    plain_numbers,
    texts,
)
from tierstock.inputs.schema import say
from tierstock.inputs.units import (
    MONEY,
    RATE_UNITS,
    RATIO_UNIT,
    money_word,
    suffix_factor,
    unit_noun,
)

LARGEST = 1e15
"""Numbers beyond this are no quantity or price; blank is the word for unlimited."""
SMALLEST = 1e-9
"""Numbers nearer to zero than this, zero apart, are slips."""

SIGNED = frozenset(
    (
        ("OpeningStock", "quantity"),
        ("Locations", "latitude"),
        ("Locations", "longitude"),
        ("UserRows", "coefficient"),
        ("UserRows", "value"),
        ("Events", "demand_add"),
        ("Events", "lead_time_add"),
        ("Substitutes", "cost"),
        ("Finance", "amount"),
    )
)
"""Sheet and field of numbers that may be negative."""

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_FRACTION = re.compile(r"(\d+)/(\d+)", re.ASCII)
_PARTS = re.compile(r"([¥￥]?)\s*([+-]?[\d.,]*\d[\d.,]*(?:[eE][+-]?\d+)?)\s*(\D.*)?", re.ASCII)
_WORDED = re.compile(r"(\d+(?:\.\d+)?)\s*(?:个)?([^\W\d_]+)")
_THOUSANDS = {"k": 1e3, "thousand": 1e3, "千": 1e3, "million": 1e6, "mio": 1e6, "百万": 1e6}
_DAYS = {"month": 30, "月": 30, "year": 365, "年": 365}
_FOREIGN = re.compile(r"[$€£]|[A-Z]{3}")
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "О": "0", "о": "0"})


class Number(NamedTuple):
    """A number read from a text."""

    value: float
    percent: bool = False
    """Whether it was written with a percent sign."""
    own_unit: bool = False
    """Whether it was written with its unit, which then beats the one in the heading."""
    converted: bool = False
    """Whether that unit is another than the column's, so that the number is not the typed one."""


def plain_text(text: str) -> str:
    """Return a text without full-width forms, invisible marks and blanks around it."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("\u200b\u200c\ufeff").strip()
    return folded.replace("−", "-").replace("\u2212", "-")


def read_digits(text: str, decimal: str = "point") -> float | None:
    """Return a number written in digits: ``1234.5``, ``1,234.5``, ``1e-6``; None for others.

    With ``decimal="comma"`` the marks change places: ``1.234,5``. Nothing is guessed: ``12,5``
    is no number where the point is the decimal mark.
    """
    if decimal == "comma":
        text = text.translate(str.maketrans(",.", ".,"))
    if _PLAIN.fullmatch(text):
        return float(text)
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    return None


def read_number(text: str, unit: str = "", reading: Reading = Reading()) -> Number | None:  # noqa: B008
    """Return the number a text stands for; None where it is none.

    Understood are digits (see :func:`read_digits`), full-width forms, a percent sign, a currency
    sign before, a unit or 万 behind (``18t``, ``18 (吨)``, ``2000万``), and ``2/3`` in ratio
    columns.

    Args:
        text: what stands in the cell.
        unit: unit of the column.
        reading: decimal mark and home currency.
    """
    plain = plain_text(text)
    digits = read_digits(plain, reading.decimal)
    if digits is not None:
        return Number(digits)
    fraction = _FRACTION.fullmatch(plain) if unit == RATIO_UNIT else None
    if fraction is not None and int(fraction[2]):
        return Number(int(fraction[1]) / int(fraction[2]))
    parts = _PARTS.fullmatch(plain)
    digits = read_digits(parts[2], reading.decimal) if parts else None
    if parts is None or digits is None:
        return None
    suffix = (parts[3] or "").strip()
    if suffix == "%":
        return Number(float(f"{digits!r}e-2"), percent=True)
    if not suffix:
        return Number(digits) if unit.startswith("money") or not parts[1] else None
    factor = suffix_factor(suffix, unit, reading.currency, reading.worth)
    if factor is None:
        return None
    return Number(digits * factor, own_unit=True, converted=factor != 1.0)


def suggestion(text: str, unit: str = "", reading: Reading = Reading()) -> tuple[str, str]:  # noqa: B008
    """Return what a text that is no number was probably meant to be, and why it is none.

    Returns:
        The number to write (blank where no guess is good) and ``letter``, ``comma`` or blank.

    >>> suggestion("12,5O")
    ('12.50', 'letter')
    >>> suggestion("12,5")
    ('12.5', 'comma')
    """
    plain = plain_text(text)
    if worded := _multiplied(plain, unit):
        return worded, ""
    swapped = plain.translate(_LETTERS)
    reason = "letter" if swapped != plain and re.search(r"\d", plain) else ""
    if reason and read_number(swapped, unit, reading) is not None:
        return swapped, reason
    if re.fullmatch(r"[+-]?\d+,\d+", swapped) and reading.decimal == "point":
        return swapped.replace(",", "."), reason or "comma"
    if re.fullmatch(r"[+-]?\d+\.\d+", swapped) and reading.decimal == "comma":
        return swapped.replace(".", ","), reason or "comma"
    if re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})*,\d+", swapped):
        return swapped.replace(".", "").replace(",", "."), reason or "comma"
    spaced = re.sub(r"(?<=\d)[\s'](?=\d{3}\b)", "", swapped)
    if spaced != swapped and read_digits(spaced, reading.decimal) is not None:
        return spaced, reason
    return "", reason


def _multiplied(text: str, unit: str) -> str:
    """Return the number of ``20 million``, ``1.5k`` or, in days, ``6 months``; else blank.

    >>> _multiplied("20 million", "money")
    '20,000,000'
    >>> _multiplied("6 months", "day")
    '180'
    """
    parts = _WORDED.fullmatch(text)
    if parts is None:
        return ""
    word = parts[2].casefold()
    factor = _THOUSANDS.get(word, 0)
    if unit == "day":
        factor = _DAYS.get(word.removesuffix("s"), 0)
    return f"{float(parts[1]) * factor:,.12g}" if factor else ""


def parse_numbers(
    cells: Cells, unit: str, reading: Reading, header_factor: float = 1.0
) -> tuple[NDArray[np.float64], list[Fault]]:
    """Read the cells of a number column.

    Args:
        cells: the column; "" is blank.
        unit: unit of the schema.
        reading: decimal mark and currency.
        header_factor: what one of the heading's unit is in the schema's.

    Returns:
        The numbers in the schema's unit (blank and faulty cells are not a number), and the faults.
    """
    result = np.full(len(cells), np.nan)
    plain = plain_numbers(cells)
    result[plain] = cells[plain].astype(np.float64)
    percent = np.zeros(len(cells), dtype=np.bool_)
    percent[percents(cells)] = True
    scaled = np.ones(len(cells), dtype=np.bool_)
    faults = []
    at = texts(cells)
    if len(at):
        codes, values = pd.factorize(cells[at])
        read = [read_number(str(value), unit, reading) for value in values]
        numbers = [one or Number(np.nan) for one in read]
        result[at] = np.array([one.value for one in numbers])[codes]
        percent[at] = np.array([one.percent for one in numbers])[codes]
        scaled[at] = ~np.array([one.own_unit for one in numbers])[codes]
        bad = [number for number, one in enumerate(read) if one is None]
        faults += [_not_a_number(str(values[one]), at[codes == one], unit, reading) for one in bad]
        other = [number for number, one in enumerate(numbers) if one.converted]
        faults += [
            _converted(str(values[one]), at[codes == one], numbers[one].value, unit, reading)
            for one in other
        ]
    faults += [
        Fault("not-a-number", where, value) for value, where in distinct(cells, booleans(cells))
    ]
    code = "date-in-ratio" if unit == RATIO_UNIT else "date-in-number"
    faults += [Fault(code, where, value) for value, where in distinct(cells, dates(cells))]
    if unit in RATE_UNITS:
        shares = (result >= 1) & ~percent
        result[shares] /= 100
    if header_factor != 1.0:
        result[scaled] *= header_factor
    return result, faults


def _converted(
    text: str, at: NDArray[np.int64], number: float, unit: str, reading: Reading
) -> Fault:
    """Tell what a number with a unit of its own is in the unit of the column."""
    meant = _unit_word(unit, reading, number)
    return Fault("unit-in-cell", at, text, {"read": f"{number:,.12g}", "unit": meant})


def _not_a_number(text: str, at: NDArray[np.int64], unit: str, reading: Reading) -> Fault:
    meant, reason = suggestion(text, unit, reading)
    code = {"letter": "letter-in-number", "comma": "decimal-comma", "": "not-a-number"}[reason]
    if code == "letter-in-number" and not meant:
        code = "not-a-number"
    letter = next((mark for mark in plain_text(text) if ord(mark) in _LETTERS), "")
    wanted = "" if meant or code != "not-a-number" else _wanted(text, unit, reading)
    return Fault(code, at, text, {"nearest": meant, "letter": letter, "wanted": wanted})


def _wanted(text: str, unit: str, reading: Reading) -> Both:
    """Say what belongs into a number column, where no guess at the number is good."""
    if _FOREIGN.search(plain_text(text)) and unit.startswith(MONEY):
        return Both(
            "Write the number alone, and the currency in the column Currency.",
            "请只填写数字，并在“币种”列填写币种。",
        )
    if unit == RATIO_UNIT:
        return Both("Write a share such as 0.95 or 95%.", "请填写比例，例如 0.95 或 95%。")
    if unit in RATE_UNITS:
        return Both("Write a percentage such as 12%.", "请填写百分比，例如 12%。")
    if not unit:
        return Both("Write one number alone.", "请只填写一个数字。")
    named = _unit_word(unit, reading)
    return Both(
        f"Write one number alone; it counts in {named.en}.", f"请只填写一个数字，单位为{named.zh}。"
    )


def _unit_word(unit: str, reading: Reading, number: float = 2.0) -> Both:
    """Return the unit of a column for a number of it in both languages, money by its currency."""
    english, chinese = unit_noun(unit, number), say(unit, "zh", kind="unit")
    if unit.split("/")[0] == MONEY:
        english = english.replace(MONEY, money_word(reading.currency, reading.worth, "en"))
        chinese = chinese.replace("元", money_word(reading.currency, reading.worth, "zh"))
    return Both(english, chinese)


def check_numbers(
    numbers: NDArray[np.float64], unit: str, whole: bool, signed: bool
) -> list[Fault]:
    """Return the faults of size and sign in a number column; mark nothing, change nothing.

    Args:
        numbers: the column in the schema's unit.
        unit: unit of the schema.
        whole: whether only whole numbers are allowed.
        signed: whether negative numbers are allowed.
    """
    faults = []
    with np.errstate(invalid="ignore"):
        size = np.abs(numbers)
        tests = {
            "number-too-large": size > LARGEST,
            "number-too-small": (size > 0) & (size < SMALLEST),
            "negative-number": (numbers < 0) & (not signed),
            "not-whole": (numbers != np.floor(numbers)) & (size <= LARGEST) & whole,
        }
        if unit == RATIO_UNIT:
            tests["ratio-above-one"] = numbers > 1
    for code, wrong in tests.items():
        at = np.flatnonzero(wrong)
        if code == "ratio-above-one":
            faults += [_ratio(float(numbers[one]), int(one)) for one in at]
        elif len(at):
            faults.append(Fault(code, at, each=True))
    return faults


def _ratio(number: float, at: int) -> Fault:
    slip = 2 < number <= 100
    values: dict[str, object] = {
        "percent": f"{number:.6g}%" if slip else "",
        "share": f"{number / 100:.6g}" if slip else "",
        "meant": f"{100 * number:.6g}%" if number <= 2 else "",
    }
    return Fault("ratio-above-one", np.array([at], dtype=np.int64), None, values)
