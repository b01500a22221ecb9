"""How far the cells of a worksheet reach, read from many references at once."""

import re

import numpy as np

_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d+)""")
_LONGEST = 16
"""Most marks of a reference that is read with the others."""
_PAD = bytes(_LONGEST + 4)
_BLANK, _QUOTE, _EQUALS, _R = 32, 34, 61, 114


def extent(text: bytes) -> tuple[int, int]:
    """Return the highest row and the number of columns that ``r`` attributes of a text name.

    References as Excel writes them, ``r="B17"``, are read all at once; a text with any other is
    searched one by one, so that none is overlooked.

    >>> extent(b'<row r="17"><c r="B17"/></row>'), extent(b"<c r = 'aa3'/>"), extent(b"<v>5</v>")
    ((17, 2), (3, 27), (0, 0))
    """
    marks = np.frombuffer(text + _PAD, dtype=np.uint8)
    at = np.flatnonzero(marks[1 : len(text)] == _R)
    at = at[marks[at] <= _BLANK]
    after = marks[at + 2]
    at = at[(after == _EQUALS) | (after <= _BLANK)]
    if (marks[at + 2] != _EQUALS).any() or (marks[at + 3] != _QUOTE).any():
        return _one_by_one(text)
    column, row = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    open_ = np.ones(len(at), dtype=np.bool_)
    for step in range(4, 4 + _LONGEST):
        mark = marks[at + step].astype(np.int64)
        letter = open_ & (mark >= 65) & (mark <= 90) & (row == 0)
        digit = open_ & (mark >= 48) & (mark <= 57)
        open_ &= mark != _QUOTE
        if (open_ & ~letter & ~digit).any():
            return _one_by_one(text)
        column[letter] = column[letter] * 26 + mark[letter] - 64
        row[digit] = row[digit] * 10 + mark[digit] - 48
        if not open_.any():
            return int(row.max(initial=0)), int(column.max(initial=0))
    return _one_by_one(text)


def may_lack_places(text: bytes) -> bool:
    """Return whether a cell or row may not say where it is; False where all begin with ``r=``.

    >>> may_lack_places(b'<row r="1"><c r="A1"><v>5</v></c>'), may_lack_places(b"<c><v>5</v></c>")
    (False, True)
    """
    marks = np.frombuffer(text + _PAD, dtype=np.uint8)
    for name in (b"c", b"row"):
        at = np.flatnonzero(marks[1 : len(text)] == name[0])
        at = at[(marks[at] == ord("<")) | (marks[at] == ord(":"))]
        for step, letter in enumerate(name[1:], start=2):
            at = at[marks[at + step] == letter]
        after = at + 1 + len(name)
        tag = (marks[after] <= _BLANK) | (marks[after] == ord(">")) | (marks[after] == ord("/"))
        placed = (marks[at] == ord("<")) & (marks[after] == _BLANK)
        placed &= (marks[after + 1] == _R) & (marks[after + 2] == _EQUALS)
        if (tag & ~placed).any():
            return True
    return False


def _one_by_one(text: bytes) -> tuple[int, int]:
    found = _REFERENCE.findall(text)
    rows = max(map(int, {number for _, number in found}), default=0)
    return rows, max((column_number(name) + 1 for name in {name for name, _ in found}), default=0)


def column_number(name: bytes) -> int:
    """Return the number, from 0, of a column's letters; -1 where there are none."""
    number = 0
    for letter in name.upper()[:8]:
        number = number * 26 + letter - 64
    return number - 1
