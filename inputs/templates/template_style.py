"""Colours, fonts and cell formats of the template, and the width of texts on screen."""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

TEXT, QUIET, LINE = "#1B2430", "#5B6675", "#D9DEE5"
REQUIRED, OPTIONAL, COMPUTED = "#173F7F", "#E4E8ED", "#F3F5F7"
BAD = "#C8372D"
TAB_CORE, TAB_INPUT = "#1B2430", "#9AA5B1"

NUMBER = "[>=1000]#,##0;[<=-1000]-#,##0;General"
DATE = "yyyy-mm-dd"
TEXT_CELL = "@"


def width(text: str) -> int:
    """Return how many columns of the console font a text takes: Chinese marks take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, workbook: "Workbook", language: str) -> None:
        """Start with the font of the language."""
        self._workbook = workbook
        font, size = ("Calibri", 11) if language == "en" else ("Microsoft YaHei", 10)
        self._base = {"font_name": font, "font_size": size, "font_color": TEXT}
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **options: object) -> "Format":
        """Return the format with these xlsxwriter options on top of the font."""
        key = tuple(sorted(options.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**self._base, **options})
        return self._made[key]

    def cell(self, number_format: str) -> "Format":
        """Return the format of a data cell; texts stand off the numbers on their left."""
        indent = {"indent": 1} if number_format == TEXT_CELL else {}
        return self.get(num_format=number_format, **indent)

    def heading(self, required: bool) -> "Format":
        """Return the format of a heading cell."""
        paint: dict[str, object] = (
            {"bg_color": REQUIRED, "font_color": "#FFFFFF", "bold": True}
            if required
            else {"bg_color": OPTIONAL}
        )
        line = {"border": 1, "border_color": LINE}
        return self.get(text_wrap=True, valign="vcenter", indent=1, **line, **paint)

    def date_heading(self) -> "Format":
        """Return the format of a period heading that holds a date."""
        return self.get(
            valign="vcenter",
            border=1,
            border_color=LINE,
            bg_color=REQUIRED,
            font_color="#FFFFFF",
            bold=True,
            num_format=DATE,
            align="center",
        )
