"""The Guide sheet of a template: five steps and a table of wishes, on one screen."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tierstock.inputs.schema import schema
from tierstock.inputs.templates.template_layout import sheet_title, spoken
from tierstock.inputs.templates.template_style import LINE, OPTIONAL, QUIET, REQUIRED, Styles, width

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLES = {"en": "Guide", "zh": "说明", "both": "Guide"}
"""Name of the sheet; the reader leaves it out."""


@dataclass(frozen=True)
class Line:
    """One text of the guide."""

    part: str
    """title, lead, step, table (a heading of the table), wish, more, word or foot.

    A ``more`` is a wish that is shown even where its sheet is not in the workbook.
    """
    sheet: str
    """English name of the sheet that grants the wish."""
    columns: tuple[str, ...]
    """English headings to fill."""
    example: dict[str, tuple[str, ...]]
    """Values of these columns by language."""
    text: dict[str, str]
    """Words by language."""


@cache
def lines() -> tuple[Line, ...]:
    """Return the texts of the guide in order."""
    raw = files("tierstock.inputs").joinpath("guide.csv").read_text(encoding="utf-8")
    return tuple(
        Line(
            row["part"],
            row["sheet"],
            tuple(row["columns"].split("|")),
            {name: tuple(row[f"example_{name}"].split("|")) for name in ("en", "zh")},
            {name: row[f"text_{name}"] for name in ("en", "zh")},
        )
        for row in csv.DictReader(raw.splitlines())
    )


def example_widths(sheet: str, language: str) -> dict[str, int]:
    """Return the width of the longest example of every column of a sheet, by English heading."""
    widths: dict[str, int] = {}
    for line in lines():
        if line.sheet == sheet:
            for name, text in zip(line.columns, line.example[spoken(language)], strict=True):
                widths[name] = max(widths.get(name, 0), width(text))
    return widths


def write_guide(workbook: "Workbook", styles: Styles, language: str, sheets: Iterable[str]) -> None:
    """Write the Guide sheet.

    Args:
        workbook: the workbook, which has the sheet already.
        styles: its formats.
        language: en, zh or both.
        sheets: English names of the sheets in the workbook; other wishes are left out.
    """
    target = workbook.get_worksheet_by_name(TITLES[language])
    present = set(sheets)
    parts = {part: [line for line in lines() if line.part == part] for part in _PARTS}
    wishes = [
        line
        for line in lines()
        if line.part == "more" or (line.part == "wish" and line.sheet in present)
    ]
    target.hide_gridlines(2)
    for index, size in enumerate(_WIDTHS[language]):
        target.set_column(index, index, size)
    title = styles.get(bold=True, font_size=16, font_color=REQUIRED)
    target.write_string(0, 0, _text(parts["title"][0], language), title)
    target.write_string(1, 0, _text(parts["lead"][0], language), styles.get(font_color=QUIET))
    row = 2
    for number, step in enumerate(parts["step"], start=1):
        for place, text in enumerate(_both(step, language)):
            mark = f"{number}." if place == 0 else "   "
            target.write_string(row, 0, f"{mark}  {text}", styles.get())
            row += 1
    row = _table(target, styles, language, row + 1, parts["table"], wishes, present) + 1
    for text in _both(parts["word"][0], language):
        target.write_string(row, 0, text, styles.get(font_color=QUIET))
        row += 1
    if "Vehicles" in present:
        foot = _text(parts["foot"][0], language)
        target.write_string(row, 0, foot, styles.get(font_color=QUIET))
    target.set_landscape()
    target.set_paper(9)
    target.fit_to_pages(1, 1)


_PARTS = ("title", "lead", "step", "table", "word", "foot")
_NEW_TAB = {"en": "add a tab of this name", "zh": "新建同名工作表"}
_WIDTHS = {"en": (44, 16, 38, 44), "zh": (44, 18, 36, 40), "both": (66, 26, 54, 44)}


def _text(line: Line, language: str) -> str:
    return " ".join(_both(line, language))


def _both(line: Line, language: str) -> list[str]:
    names = ("en", "zh") if language == "both" else (language,)
    return [line.text[name] for name in names]


def _table(
    target: "Worksheet",
    styles: Styles,
    language: str,
    row: int,
    headings: list[Line],
    wishes: list[Line],
    present: set[str],
) -> int:
    """Write the table of wishes from a row on; returns the row below it."""
    head = styles.get(bold=True, bg_color=OPTIONAL, bottom=1, bottom_color=LINE)
    for index, heading in enumerate(headings):
        target.write_string(row, index, _text(heading, language), head)
    plain = styles.get(bottom=1, bottom_color=LINE)
    for wish in wishes:
        row += 1
        sheet = schema().sheet(wish.sheet)
        tab = sheet_title(sheet, language)
        core = styles.get(bottom=1, bottom_color=LINE, bold=True, font_color=REQUIRED)
        link = core if sheet.level == "core" else plain
        names = [
            f"{column.name} {column.zh}" if language == "both" else column.heading(language)
            for column in map(sheet.column, wish.columns)
        ]
        target.write_string(row, 0, _text(wish, language), plain)
        example = " · ".join(wish.example[spoken(language)])
        if wish.sheet in present:
            target.write_url(row, 1, f"internal:'{tab}'!A1", link, tab)
        else:
            target.write_string(row, 1, tab, plain)
            example = f"{example}   ({_NEW_TAB[spoken(language)]})"
        target.write_string(row, 2, " · ".join(names), plain)
        target.write_string(row, 3, example, plain)
    return row + 1
