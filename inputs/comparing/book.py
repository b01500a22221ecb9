"""What differs between two inputs as a workbook: before above after, changed cells in colour."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from tierstock.inputs.comparing.difference import ADDED, CHANGED, REMOVED, Difference
from tierstock.inputs.comparing.difference import SheetDifference as One
from tierstock.inputs.comparing.lines import keys_of
from tierstock.inputs.comparing.side import spoken
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.tables import own_unit

COLOURS = {ADDED: "#E2F0D9", REMOVED: "#F8D7DA", "before": "#F8D7DA", "after": "#E2F0D9"}
WORDS = {
    "summary": ("Summary", "汇总"),
    "cells": ("All Changes", "全部变更"),
    "settings": ("Settings", "设置"),
    "sheet": ("Sheet", "工作表"),
    "change": ("Change", "变更"),
    "key": ("Key", "关键字段"),
    "column": ("Column", "列"),
    "place_a": ("Place in A", "A 中位置"),
    "value_a": ("Value in A", "A 中取值"),
    "place_b": ("Place in B", "B 中位置"),
    "value_b": ("Value in B", "B 中取值"),
    ADDED: ("added", "新增"),
    REMOVED: ("removed", "删除"),
    CHANGED: ("changed", "修改"),
    "before": ("changed: A", "修改：A"),
    "after": ("changed: B", "修改：B"),
    "changed-cells": ("cells changed", "修改的单元格"),
    "place": ("Place", "位置"),
    "equal": ("The two inputs say the same.", "两份输入内容相同。"),
}
OF_NUMBERS = " of numbers"
"""A look of numbers and the headings over them: they stand right, apart from the next column."""

WIDEST = 40


def word(code: str, language: str) -> str:
    """Return a word of the workbook and of the console."""
    return WORDS[code][language == "zh"]


def write_book(found: Difference, names: tuple[str, str], path: Path, language: str = "en") -> None:
    """Write a workbook: a summary, a tab per sheet that differs, and a list of every change.

    In the tab of a sheet a changed row stands twice, as it is in A and below as it is in B.

    Args:
        found: the difference.
        names: names of the two inputs, A and B.
        path: an .xlsx.
        language: ``en`` or ``zh``.

    Raises:
        OSError: the file cannot be written.
    """
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(str(path), plain) as book:
        looks: dict[str, dict[str, Any]] = {
            "head": {"bold": True, "bottom": 1, "text_wrap": True},
            "": {},
        }
        looks |= {name: {"bg_color": colour} for name, colour in COLOURS.items()}
        for name in ("before", "after"):
            looks[f"{name}-cell"] = {"bg_color": COLOURS[name], "bold": True, "border": 1}
        styles = {name: book.add_format(look) for name, look in looks.items()}
        for name, look in looks.items():
            styles[name + OF_NUMBERS] = book.add_format(look | {"align": "right", "indent": 1})
        _summary(book.add_worksheet(word("summary", language)), found, names, styles, language)
        for one in found.sheets:
            title = schema().sheet(one.sheet).heading(language)
            _tab(book.add_worksheet(title), one, styles, language)
        if not found.equal:
            _list(book.add_worksheet(word("cells", language)), found, styles, language)


def _summary(
    sheet: Any, found: Difference, names: tuple[str, str], styles: dict[str, Any], language: str
) -> None:
    for number, (letter, name) in enumerate(zip("AB", names, strict=True)):
        sheet.write_string(number, 0, letter, styles["head"])
        sheet.write_string(number, 1, name)
    heads = ["sheet", ADDED, REMOVED, CHANGED, "changed-cells"]
    for at, head in enumerate(heads):
        look = "head" + (OF_NUMBERS if at else "")
        sheet.write_string(3, at, word(head, language), styles[look])
    for number, (name, counts) in enumerate(found.counts().items()):
        sheet.write_string(4 + number, 0, schema().sheet(name).heading(language))
        for at, (kind, count) in enumerate(counts.items()):
            look = kind if count and kind in styles else ""
            sheet.write_number(4 + number, 1 + at, count, styles[look + OF_NUMBERS])
    if found.equal:
        sheet.write_string(4, 0, word("equal", language))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 4, 14)
    sheet.fit_to_pages(1, 0)


def _list(sheet: Any, found: Difference, styles: dict[str, Any], language: str) -> None:
    frame = found.frame(language)
    widths = []
    for at, name in enumerate(map(str, frame)):
        texts = [word(name, language), *map(str, frame[name])]
        if name == "change":
            texts[1:] = [word(text, language) for text in texts[1:]]
        for number, text in enumerate(texts):
            sheet.write_string(number, at, text, styles["head" if number == 0 else ""])
        widths.append(max(map(_size, texts[:200])))
    _finish(sheet, widths, len(frame), 1)


def _tab(sheet: Any, one: One, styles: dict[str, Any], language: str) -> None:
    """Write the rows of one sheet that differ, with the columns that say something."""
    columns = _columns(one)
    heads = [word("change", language), word("place", language)]
    heads += [column.heading(language) for column in columns]
    widths = [_size(head) + 2 for head in heads]
    numeric = [False, False] + [column.type in ("number", "integer") for column in columns]
    for at, head in enumerate(heads):
        look = "head" + (OF_NUMBERS if numeric[at] else "")
        sheet.write_string(0, at, head, styles[look])
    line, first = 1, keys_of(schema().sheet(one.sheet))[0]
    for number, change in enumerate(one.rows["change"]):
        pair = {ADDED: (("b", ADDED),), REMOVED: (("a", REMOVED),)}
        for side, kind in pair.get(change, (("a", "before"), ("b", "after"))):
            place = one.place(number, side, first, language)
            sheet.write_string(line, 0, word(kind, language), styles[kind])
            sheet.write_string(line, 1, place)
            widths[1] = max(widths[1], _size(place))
            for at, column in enumerate(columns, start=2):
                differs = change == CHANGED and _differs(one, number, column)
                shade = f"{kind}-cell" if differs else "" if change == CHANGED else kind
                shade += OF_NUMBERS if numeric[at] else ""
                value = _value(one, number, side, column, language)
                text = _write(sheet, line, at, value, styles[shade])
                widths[at] = max(widths[at], _size(text) + 2)
            line += 1
    _finish(sheet, widths, line - 1, 2 + len(keys_of(schema().sheet(one.sheet))))


def _columns(one: One) -> list[Column]:
    """Return the key columns, then those in which a value stands."""
    sheet = schema().sheet(one.sheet)
    keys = keys_of(sheet)
    used = [column for column in sheet.columns if column.field not in keys and _used(one, column)]
    return [sheet.column(name) for name in sheet.key] + used


def _used(one: One, column: Column) -> bool:
    texts = [one.rows[f"{column.field}_{side}"] for side in "ab"]
    return any(bool((~text.isna() & (text != "")).any()) for text in texts)


def _differs(one: One, number: int, column: Column) -> bool:
    names = [name for name in (column.field, own_unit(column.field)) if name in one.cells]
    return any(bool(one.cells[name].iat[number]) for name in names)


def _value(one: One, number: int, side: str, column: Column, language: str) -> object:
    """Return a value of a line; a quantity that names its unit as a text with it."""
    name = column.field if column.field in one.rows else f"{column.field}_{side}"
    value = one.rows[name].iat[number]
    unit = one.rows.get(f"{own_unit(column.field)}_{side}")
    if unit is not None and isinstance(unit.iat[number], str) and unit.iat[number]:
        return f"{value:g} {unit.iat[number]}"
    return spoken(column, value, language) if column.type in ("flag", "choice") else value


def _write(sheet: Any, line: int, at: int, value: object, style: Any) -> str:
    """Write a value as what it is; return it as text."""
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        sheet.write_blank(line, at, None, style)
        return ""
    if isinstance(value, int | float):
        sheet.write_number(line, at, value, style)
        return f"{value:g}"
    text = str(value.date()) if isinstance(value, pd.Timestamp) else str(value)
    sheet.write_string(line, at, text, style)
    return text


def _size(text: str) -> int:
    """Return the width of a text in letters; a Chinese character is as wide as two."""
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in text)


def _finish(sheet: Any, widths: Sequence[int], rows: int, frozen: int) -> None:
    for at, size in enumerate(widths):
        sheet.set_column(at, at, min(size + 2, WIDEST))
    sheet.freeze_panes(1, frozen)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows, 1), len(widths) - 1)
