"""Cells that hold codes, free text, choices and flags."""

import re
import unicodedata
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import Both, show
from tierstock.inputs.reading.cell_parts import (
    Cells,
    Fault,
    booleans,
    dates,
    distinct,
    percents,
    plain_numbers,
    texts,
)
from tierstock.inputs.reading.headings import nearest
from tierstock.inputs.schema import LATE_KINDS, canonical, fold, say, schema

LONGEST = 32_767
"""Most characters of a cell; Excel cuts what is longer."""
MOST_DIGITS = 15
"""Excel keeps so many digits of a number; a longer code has lost its end."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x00[01][0-9A-Fa-f]_")
"""What no workbook can hold, among it halves of a character."""
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_YES = frozenset(("y", "yes", "true", "t", "1", "是", "√", "对", "有"))
_NO = frozenset(("n", "no", "false", "f", "0", "否", "×", "x", "不", "无"))
_ALIKE = str.maketrans("АВЕКМНОРСТХУаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXYaeopcyxiABEZHIKMNOPTYXo")
"""Cyrillic and Greek letters that look like Latin ones."""
_DIGITS = str.maketrans("oli", "011")


def clean_code(text: str) -> str:
    """Return a code as it is compared: no blanks around it, no invisible or full-width marks.

    Only full-width ASCII is folded, so that ① and ㎏ stay what they are.

    >>> clean_code("ＤＣ１ ")
    'DC1'
    """
    return _SPACES.sub(" ", _INVISIBLE.sub("", text.translate(_FULL_WIDTH))).strip()


def skeleton(code: str) -> str:
    """Return a code without what the eye misses: case, kinds of dashes, letters that look alike."""
    plain = unicodedata.normalize("NFKC", code).translate(_ALIKE).casefold()
    return re.sub(r"[\s_\-./]+", "-", plain).translate(_DIGITS)


def parse_texts(
    cells: Cells, *, code: bool, label: bool, dates_allowed: bool
) -> tuple[NDArray[np.object_], list[Fault]]:
    """Read the cells of a text or selector column; blank is "".

    Args:
        cells: the column.
        code: whether codes stand here that must keep every digit.
        label: whether it is free text, kept as typed.
        dates_allowed: whether a date is fine and becomes ``2026-01-05``.
    """
    result = np.full(len(cells), "", dtype=object)
    faults: list[Fault] = []
    at = texts(cells)
    if len(at):
        codes, values = pd.factorize(cells[at])
        cleaned = [str(value).strip() if label else clean_code(str(value)) for value in values]
        result[at] = np.array(cleaned, dtype=object)[codes]
        for number, value in enumerate(values):
            found = _text_fault(str(value), cleaned[number], label)
            if found:
                read: dict[str, object] = {"read": cleaned[number]}
                faults.append(Fault(found, at[codes == number], visible(str(value)), read))
    faults += _numbers_as_text(cells, result, code)
    for value, where in distinct(cells, booleans(cells)):
        result[where] = show(bool(value))
    for value, where in distinct(cells, dates(cells)):
        result[where] = show(value)
        if not dates_allowed:
            faults.append(Fault("date-in-code", where, value))
    return result, faults


def visible(text: str) -> str:
    """Return a text fit for a message: invisible marks written out, not too long."""
    marked = _INVISIBLE.sub(lambda mark: f"<U+{ord(mark[0]):04X}>", text)
    marked = _CONTROL.sub(lambda mark: f"<U+{ord(mark[0][0]):04X}>", marked)
    return marked if len(marked) <= 80 else f"{marked[:77]}…"


def unprintable(text: str) -> bool:
    """Return whether a code holds a line break or a character that cannot be printed."""
    return "\n" in text or bool(_CONTROL.search(text))


def _text_fault(text: str, cleaned: str, label: bool) -> str:
    if len(text) > LONGEST:
        return "text-too-long"
    if _CONTROL.search(text) or (not label and "\n" in cleaned):
        return "control-character"
    if label:
        return ""
    odd = _INVISIBLE.search(text) or "\u00a0" in text
    wide = any(0xFF10 <= ord(mark) <= 0xFF5A and chr(ord(mark) - 0xFEE0).isalnum() for mark in text)
    return "odd-characters" if odd or wide else ""


def _numbers_as_text(cells: Cells, result: NDArray[np.object_], code: bool) -> list[Fault]:
    """Write numbers as texts: 12.0 is 12; warn where a code may have lost digits."""
    at = np.flatnonzero(plain_numbers(cells))
    lost = []
    for value, where in distinct(cells, at):
        number = float(str(value))
        whole = number.is_integer()
        result[where] = str(int(number)) if whole else show(number)
        if abs(number) >= 10**MOST_DIGITS:
            lost.append(Fault("code-lost-digits", where, str(int(number)) if whole else value))
    for one in percents(cells):
        result[one] = cells[one].text()
    if code and len(at) and not lost:
        return [Fault("code-as-number", at, result[at[0]])]
    return lost


def parse_choices(
    cells: Cells, choices: tuple[str, ...], open_choices: bool
) -> tuple[NDArray[np.object_], list[Fault]]:
    """Read the cells of a choice column; both languages and aliases become the English word.

    Args:
        cells: the column.
        choices: canonical English words.
        open_choices: whether the planner's own words are kept.
    """
    found, faults = parse_texts(cells, code=False, label=False, dates_allowed=True)
    faults = [fault for fault in faults if fault.code != "odd-characters"]
    result = np.full(len(cells), "", dtype=object)
    for value, at in distinct(found, np.flatnonzero(found != "")):
        word = read_choice(str(value), choices)
        if word is None and not open_choices:
            faults.append(Fault("bad-choice", at, value, choice_values(str(value), choices)))
        result[at] = word or (value if open_choices else "")
    return result, faults


@cache
def choice_words(choices: tuple[str, ...]) -> dict[str, str]:
    """Return the canonical word of every accepted spelling, folded."""
    known = {fold(word): word for word in choices}
    for word in choices:
        known.setdefault(fold(say(word, "zh")), word)
    for entry in schema().words:
        if entry.word in choices and entry.kind not in LATE_KINDS:
            for spelling in (entry.zh, *entry.aliases):
                known.setdefault(fold(spelling), entry.word)
    return known


def read_choice(text: str, choices: tuple[str, ...]) -> str | None:
    """Return the canonical choice a text stands for; None where it is none of them."""
    found = choice_words(choices).get(fold(text))
    if found is not None:
        return found
    meant = canonical(text)
    return meant if meant in choices else None


def choice_values(text: str, choices: tuple[str, ...]) -> dict[str, object]:
    """Return what a sentence about a wrong choice tells: what is allowed and what is nearest."""
    words = [(say(word, "en"), say(word, "zh")) for word in choices]
    meant = nearest(text, [one for pair in words for one in pair])
    pair = next((pair for pair in words if meant in pair), ("", ""))
    english, chinese = (", ".join(pair[side] for pair in words) for side in (0, 1))
    return {"allowed": Both(english, chinese), "nearest": Both(*pair)}


def parse_flags(cells: Cells) -> tuple[NDArray[np.float64], list[Fault]]:
    """Read the cells of a yes-no column: 1, 0, or not a number where blank or faulty."""
    result = np.full(len(cells), np.nan)
    faults = []
    for value, at in distinct(cells, booleans(cells)):
        result[at] = float(bool(value))
    for value, at in distinct(cells, np.flatnonzero(plain_numbers(cells))):
        if float(str(value)) in (0.0, 1.0):
            result[at] = float(str(value))
        else:
            faults.append(Fault("bad-flag", at, value))
    for value, at in distinct(cells, texts(cells)):
        flag = read_flag(str(value))
        if flag is None:
            faults.append(Fault("bad-flag", at, value))
        else:
            result[at] = float(flag)
    for value, at in distinct(cells, dates(cells)):
        faults.append(Fault("bad-flag", at, value))
    return result, faults


def read_flag(text: str) -> bool | None:
    """Return yes or no: Y/N, 是/否, TRUE/FALSE, 1/0; None for other texts."""
    word = fold(text)
    return True if word in _YES else False if word in _NO else None
