"""Selectors written again: in canonical words, or with other names for what they name."""

from collections.abc import Callable, Collection

from tierstock.inputs.reading.cell_texts import read_choice, read_flag
from tierstock.inputs.reading.headings import find_column
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.selecting.selectors import SelectorError, Term, parse

Rename = Callable[[str, str], str]
"""Field (blank for a word alone) and word -> the word to write."""


def respelled(text: str, sheet: str, codes: Collection[str], rename: Rename) -> str:
    """Return a selector in one spelling: ``Tier=RDC;Region=East``, ``!S01``, ``*``.

    Args:
        text: the selector; one that cannot be read comes back as it is.
        sheet: the sheet whose columns are tested; blank where none is.
        codes: codes of that sheet: a text that is exactly one is no selector.
        rename: gives the word to write for a word: called with the field of the test, or with a
            blank field for a code, a group or a value that stands alone.
    """
    if not text or text in codes:
        return rename("", text) if text else text
    try:
        parts = parse(text)
    except SelectorError:
        return text
    return ";".join(",".join(_terms(terms, sheet, codes, rename)) for terms in parts)


def is_readable(text: str, sheet: str) -> bool:
    """Return whether a selector can be read and tests only columns its sheet has."""
    try:
        parts = parse(text) if text else ()
    except SelectorError:
        return False
    return all(not one.column or _column(sheet, one.column) for terms in parts for one in terms)


def _terms(
    terms: tuple[Term, ...], sheet: str, codes: Collection[str], rename: Rename
) -> list[str]:
    """Write the terms of a list; ``ABC=A,B`` tests ABC twice, unless B is a code."""
    written, column = [], None
    for term in terms:
        not_ = "!" if term.negated else ""
        if term.column:
            column = _column(sheet, term.column)
            name = column.name if column is not None else term.column
            written.append(f"{not_}{name}={_value(term, column, rename)}")
        elif column is not None and term.value not in codes:
            written.append(f"{not_}{_value(term, column, rename)}")
        else:
            written.append(f"{not_}{'*' if term.value == '＊' else rename('', term.value)}")
    return written


def _column(sheet: str, name: str) -> Column | None:
    found = find_column(sheet, name) if sheet else None
    return found.column if found else None


def _value(term: Term, column: Column | None, rename: Rename) -> str:
    """Return the value of a test: choices and flags in English, texts as they are to be called."""
    if term.same:
        return "same"
    if column is None:
        return rename("?", term.value)
    if column.type == "choice" and (word := read_choice(term.value, column.choices)):
        return word
    if column.type == "flag" and (flag := read_flag(term.value)) is not None:
        return "Y" if flag else "N"
    return rename(column.field, term.value)


def tested_sheet(column: Column, kind: str = "") -> str:
    """Return the sheet whose columns a selector column tests; blank where none is.

    Args:
        column: the column in which the selectors stand.
        kind: of a row of Groups: location, product, period or class.
    """
    kinds = {"location": "Locations", "product": "Products", "period": "Periods"}
    if column.sheet == "Groups":
        return kinds.get(kind, "ServiceClasses" if kind == "class" else "")
    return column.refers_to if column.refers_to in {one.name for one in schema().inputs} else ""
