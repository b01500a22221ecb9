"""Rows of a worksheet as XML, a column at a time: no object and no call per cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

BLOCK = 4096
"""Rows that are turned into text at once."""
LONGEST = 32_767
"""UTF-16 units that a cell of Excel holds."""
PIXELS = 4 / 3
"""Pixels of a point."""
EPOCH = np.datetime64("1899-12-30")
"""Day 0 of Excel."""
ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")

Pieces: TypeAlias = tuple[Iterable[str], ...]
"""The cells of a column, row by row: whole ones, or their pieces one after the other."""


@dataclass(frozen=True)
class Body:
    """The rows of a sheet below its headings.

    ``heights`` are points by row of the frame, for rows of several lines.
    """

    frame: pd.DataFrame
    heights: Mapping[int, float] = field(default_factory=dict)


class Strings:
    """Texts shared by all sheets, each stored once: those of the headings, and the cells' behind.

    ``first`` is the number of the first text that is not known yet.
    """

    def __init__(self, first: int) -> None:
        """Start without texts of cells."""
        self.first = first
        self.known: dict[str, int] = {}
        self.used = 0
        """Cells that show one of them."""
        self.closed = False
        """Whether the file holds the texts already: others then stand in their cells."""

    def number(self, text: str) -> int:
        """Return the number of a text, cut to what a cell holds."""
        if len(text) > LONGEST // 2:
            text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        return self.known.setdefault(text, self.first + len(self.known))

    def cell(self, text: str) -> str:
        """Return the end of a cell that shows a text, behind its style."""
        if self.closed and text not in self.known:
            return f' t="inlineStr"><is>{_text(text)}</is></c>'
        return f' t="s"><v>{self.number(text)}</v></c>'

    def xml(self) -> str:
        """Return the texts as the file holds them."""
        return "".join(map(_item, self.known))


def _item(text: str) -> str:
    return f"<si>{_text(text)}</si>"


def _text(text: str) -> str:
    """Return one text; control characters and what looks like one of them are written out."""
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    safe = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", ESCAPED.sub(r"_x005F\1", text))
    return f"<t{keep}>{escape(safe)}</t>"


def pourable(values: pd.Series) -> bool:
    """Tell whether a column can be poured: numbers, days or texts, without days among texts."""
    if values.dtype != np.object_:
        return True
    return all(one is None or issubclass(one, str | float | int) for one in set(map(type, values)))


def rows(body: Body, styles: Sequence[str], strings: Strings) -> Iterator[str]:
    """Go through the rows below the headings, in blocks of text.

    Blanks and what is no finite number give no cell.

    Args:
        body: the cells, in row 2 of the sheet and below.
        styles: number of the style of each column, blank for none.
        strings: where texts are kept; those of the cells are added.
    """
    frame, heights = body.frame, body.heights
    starts = [
        (f'<c r="{letters(index)}', f'" s="{style}"' if style else '"')
        for index, style in enumerate(styles)
    ]
    for first in range(0, len(frame), BLOCK):
        part = frame.iloc[first : first + BLOCK]
        lines = range(first + 2, first + 2 + len(part))
        numbers = list(map(str, lines))
        pieces: list[Iterable[str]] = [[_row(line, heights.get(line - 2)) for line in lines]]
        for index, (start, style) in enumerate(starts):
            pieces += _cells(part.iloc[:, index], start, style, numbers, strings)
        yield "".join(map("".join, zip(*pieces, ["</row>"] * len(part), strict=True)))


def letters(index: int) -> str:
    """Return the letters of a column: ``A`` for 0, ``AB`` for 27."""
    name = ""
    while index >= 0:
        index, last = divmod(index, 26)
        name, index = chr(65 + last) + name, index - 1
    return name


def _row(line: int, height: float | None) -> str:
    if height is None:
        return f'<row r="{line}">'
    pixels = round(height * PIXELS)
    return f'<row r="{line}" ht="{pixels / PIXELS:.16g}" customHeight="1">'


def _cells(
    values: pd.Series, start: str, style: str, lines: Sequence[str], strings: Strings
) -> Pieces:
    """Return the cells of a column, blank where there is none."""
    dtype = values.dtype
    if pd.api.types.is_datetime64_any_dtype(dtype):
        days = values.to_numpy("datetime64[D]") - EPOCH
        return _numbers(np.where(np.isnat(days), np.nan, days.astype(float)), start, style, lines)
    if pd.api.types.is_numeric_dtype(dtype) and dtype != np.bool_:
        return _numbers(values.to_numpy(float, na_value=np.nan), start, style, lines)
    if dtype != np.object_ and pd.api.types.is_string_dtype(dtype):
        return _texts(values, start, style, lines, strings)
    held = values.tolist()
    texts = {
        text: style + strings.cell(text)
        for text in dict.fromkeys(one for one in held if isinstance(one, str))
        if text
    }
    ends = [texts.get(one, "") if isinstance(one, str) else _end(one, style) for one in held]
    strings.used += sum(isinstance(one, str) and one != "" for one in held)
    return _placed(ends, start, lines)


def _texts(
    values: pd.Series, start: str, style: str, lines: Sequence[str], strings: Strings
) -> Pieces:
    """Return cells of texts; each different text is written once."""
    codes, different = pd.factorize(values)
    ends = [style + strings.cell(text) if text else "" for text in different.tolist()]
    shown = np.array([end != "" for end in ends] + [False])[codes]
    strings.used += int(shown.sum())
    return _joined(codes.tolist(), [*ends, ""], start, lines)


def _joined(codes: list[int], ends: list[str], start: str, lines: Sequence[str]) -> Pieces:
    """Return cells by the number of their end, of which the last is blank."""
    if -1 in codes or "" in ends[:-1]:
        return _placed(map(ends.__getitem__, codes), start, lines)
    return [start] * len(lines), lines, map(ends.__getitem__, codes)


def _placed(ends: Iterable[str], start: str, lines: Sequence[str]) -> Pieces:
    """Return cells by their ends; an end that is blank gives no cell."""
    return ([start + line + end if end else "" for line, end in zip(lines, ends, strict=True)],)


def _end(value: object, style: str) -> str:
    """Return the end of a cell that holds no text."""
    if isinstance(value, bool | np.bool_):
        return f'{style} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | np.number) and np.isfinite(value):
        return f"{style}><v>{float(value):.16G}</v></c>"
    return ""


def _numbers(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    start: str,
    style: str,
    lines: Sequence[str],
) -> Pieces:
    """Return cells of numbers, in the digits in which xlsxwriter writes them."""
    codes, different = pd.factorize(values)
    ends = [
        f"{style}><v>{value:.16G}</v></c>" if finite else ""
        for value, finite in zip(different.tolist(), np.isfinite(different).tolist(), strict=True)
    ]
    return _joined(codes.tolist(), [*ends, ""], start, lines)
