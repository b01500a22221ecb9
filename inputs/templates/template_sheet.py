"""One sheet of the template: headings with notes, drop-downs, formats, and sample rows."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tierstock.inputs.schema import Column, Sheet, say, schema
from tierstock.inputs.templates.guide import example_widths
from tierstock.inputs.templates.template_layout import (
    FIRST_WEEK,
    Field,
    Rows,
    default,
    layout,
    note,
    sheet_title,
    spoken,
)
from tierstock.inputs.templates.template_rules import cell_rule
from tierstock.inputs.templates.template_style import (
    BAD,
    COMPUTED,
    DATE,
    NUMBER,
    QUIET,
    TEXT_CELL,
    Styles,
)
from tierstock.inputs.templates.template_style import width as text_width

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 10_000
"""Drop-downs and number checks reach down to this row."""

_WIDEST, _NARROWEST = 40, 10
_CODED, _CODES = ("text", "selector"), 16
"""Columns in which a row is named, and the room for a code or a short name."""
_ARROW = 4


class SheetWriter:
    """Writes one sheet of the template."""

    def __init__(self, workbook: "Workbook", styles: Styles, language: str) -> None:
        """Keep what all sheets share."""
        self._workbook = workbook
        self._styles = styles
        self._language = language

    def write(self, sheet: Sheet, rows: Rows, lists: dict[str, str]) -> None:
        """Write a sheet.

        Args:
            sheet: the sheet of the schema.
            rows: sample rows with English headings, or nothing.
            lists: formula of the code list of each sheet in the workbook, by English name.
        """
        target = self._workbook.get_worksheet_by_name(sheet_title(sheet, self._language))
        fields = layout(sheet, rows, self._language)
        count = max(map(len, rows.values()), default=0)
        widths = self._headings(target, fields)
        room = example_widths(sheet.name, self._language)
        for index, field in enumerate(fields):
            name = field.column.name if field.column is not None else ""
            widths[index] = max(widths[index], room.get(name, 0) + _ARROW)
        self._rows(target, sheet, fields, rows, widths)
        self._columns(target, fields, widths)
        for index, field in enumerate(fields):
            self._check(target, sheet, index, field, lists)
        self._frame(target, sheet, fields, count)
        if sheet.name == "Settings":
            self._list_settings(target, len(fields))

    def _headings(self, target: "Worksheet", fields: Sequence[Field]) -> list[int]:
        widths = []
        for index, field in enumerate(fields):
            if field.column is None:
                self._period_heading(target, index, field, fields)
                widths.append(max(12, text_width(field.label) + _ARROW))
                continue
            style = self._styles.heading(field.column.required)
            target.write_string(0, index, field.label, style)
            text = note(field.column, self._language)
            lines = sum(1 + text_width(line) // 44 for line in text.split("\n"))
            size = {"width": 300, "height": 14 + 17 * lines, "font_size": 9}
            target.write_comment(0, index, text, size)
            parts = field.label.replace("(", "\n(").split("\n")
            widths.append(max(text_width(part.strip()) for part in parts) + _ARROW)
        return widths

    def _period_heading(
        self, target: "Worksheet", index: int, field: Field, fields: Sequence[Field]
    ) -> None:
        style = self._styles.date_heading()
        if field.label:
            target.write_string(0, index, field.label, style)
            return
        first = next(place for place, each in enumerate(fields) if each.column is None)
        day = FIRST_WEEK + dt.timedelta(days=7 * (index - first))
        target.write_datetime(0, index, _moment(day), style)

    def _rows(
        self,
        target: "Worksheet",
        sheet: Sheet,
        fields: Sequence[Field],
        rows: Rows,
        widths: list[int],
    ) -> None:
        for index, field in enumerate(fields):
            if not field.filled:
                continue
            name = field.label if field.column is None else field.column.name
            for row, value in enumerate(rows[name], start=1):
                setting = rows["Setting"][row - 1] if sheet.name == "Settings" else ""
                shown = self._cell(target, row, index, field.column, value, setting)
                widths[index] = max(widths[index], text_width(shown) + 2)

    def _cell(
        self,
        target: "Worksheet",
        row: int,
        index: int,
        column: Column | None,
        value: Any,
        setting: str,
    ) -> str:
        if value is None or value != value or value == "":
            return ""
        kind = "number" if column is None else column.type
        style = self._styles.cell(_format(kind))
        if isinstance(value, dt.date):
            target.write_datetime(row, index, _moment(value), style)
            return "2026-01-05"
        if kind in ("number", "integer") and not isinstance(value, str):
            target.write_number(row, index, float(value), style)
            return f"{float(value):,.10g}"
        word = str(value)
        if kind in ("choice", "flag") or _is_setting_word(column, setting):
            kind_of_word = "setting" if column is not None and column.name == "Setting" else ""
            word = say(word, spoken(self._language), kind_of_word)
        target.write_string(row, index, word, style)
        return word

    def _columns(self, target: "Worksheet", fields: Sequence[Field], widths: list[int]) -> None:
        for index, field in enumerate(fields):
            size = min(max(widths[index], _NARROWEST), _WIDEST)
            kind = "number" if field.column is None else field.column.type
            if field.column is not None and field.column.required and kind in _CODED:
                size = max(size, _CODES)
            style = self._styles.cell(_format(kind))
            options = {"level": 1, "hidden": True} if field.folded else {}
            target.set_column(index, index, size, style, options)
        if any(field.folded for field in fields):
            target.set_column(len(fields), len(fields), None, None, {"collapsed": True})

    def _check(
        self,
        target: "Worksheet",
        sheet: Sheet,
        index: int,
        field: Field,
        lists: dict[str, str],
    ) -> None:
        rule = cell_rule(field.column, lists, spoken(self._language))
        if sheet.name == "Settings" and field.column is not None and field.column.name == "Setting":
            rule = {"validate": "list", "source": self._settings_range(), "error_type": "warning"}
        if rule is not None:
            target.data_validation(1, index, LAST_ROW, index, rule)
        if field.column is not None and sheet.key == (field.column.name,):
            twice = self._styles.get(font_color=BAD, bold=True)
            target.conditional_format(
                1, index, LAST_ROW, index, {"type": "duplicate", "format": twice}
            )

    def _frame(
        self, target: "Worksheet", sheet: Sheet, fields: Sequence[Field], count: int
    ) -> None:
        target.set_row(0, 50 if self._language == "both" else 33)
        keys = 0
        for field in fields[:2]:
            if field.column is None or field.column.name not in sheet.key or field.folded:
                break
            keys += 1
        target.freeze_panes(1, keys)
        target.autofilter(0, 0, max(count, 1), len(fields) - 1)
        target.set_landscape()
        target.set_paper(9)
        target.fit_to_pages(1, 0)
        target.repeat_rows(0)
        target.set_footer("&L&A&R&P / &N")

    def _settings_range(self) -> str:
        count = sum(setting.status == "model" for setting in schema().settings)
        return f"=$D$2:$D${count + 1}"

    def _list_settings(self, target: "Worksheet", start: int) -> None:
        """Write the list of settings beside the data, in columns that are not read (``#``)."""
        chinese = self._language == "zh"
        titles = ("# 可用设置项", "# 默认值", "# 含义") if chinese else _SETTING_TITLES
        head = self._styles.get(bg_color=COMPUTED, font_color=QUIET, valign="vcenter", bottom=1)
        cell = self._styles.get(bg_color=COMPUTED, font_color=QUIET, valign="top", text_wrap=True)
        for index, title in enumerate(titles):
            target.write_string(0, start + index, title, head)
            target.set_column(start + index, start + index, _HELPER_WIDTHS[index])
        listed = [setting for setting in schema().settings if setting.status == "model"]
        for row, setting in enumerate(listed, start=1):
            language = spoken(self._language)
            shown = default(setting, language)
            meaning = setting.description(language)
            if self._language == "both":
                meaning = f"{setting.zh}: {setting.description_zh} / {setting.description_en}"
            texts = (setting.heading(language), shown, meaning)
            for index, text in enumerate(texts):
                target.write_string(row, start + index, text, cell)
            room = zip(texts, _HELPER_WIDTHS, strict=True)
            lines = max(-(-text_width(text) // int(size * _ROOMY)) for text, size in room)
            if lines > 1:
                target.set_row(row, _LINE * lines)


_HELPER_WIDTHS = (27, 30, 70)
_ROOMY = 1.05
"""Characters of running text that fit in the width of a digit."""
_LINE = 15
"""Height of a line of text, in points."""
_SETTING_TITLES = ("# Settings to choose from", "# Default", "# Meaning")


def _is_setting_word(column: Column | None, setting: str) -> bool:
    """Return whether a cell of the Settings sheet holds a word of the dictionary."""
    if column is None or column.sheet != "Settings":
        return False
    if column.name == "Setting":
        return True
    return column.name == "Value" and schema().setting(setting).type in ("choice", "flag")


def _format(kind: str) -> str:
    if kind in ("number", "integer"):
        return NUMBER
    return DATE if kind == "date" else TEXT_CELL


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)
