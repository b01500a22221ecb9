"""One table on one sheet of the results workbook: a real Excel table, ready to filter and print."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tierstock.inputs.templates.template_style import LINE, OPTIONAL, Styles, width
from tierstock.outputs.pour import Body

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD = "#1F5FBF"
WHOLE, PARTS, DAYS, SHARE, DATE, TEXT = "#,##0", "#,##0.00", "0.0", "0.0%", "yyyy-mm-dd", "@"
TENTHS = "[=0]0;[>=100000]#,##0;#,##0.0"
TINY, GENERAL = "[=0]0;[<0.001]0.0E+00;#,##0.00", "General"
COUNTED = ("unit", "case", "kg", "")
"""Units of quantities that one decimal is enough for."""
LARGE = 999.995
"""Money from here on is shown without decimals."""

WIDEST, NARROWEST, ARROW = 40, 8, 4
LINE_HIGH = 15.0
"""Points of a line."""
PIECES = re.compile(r"\([^)]*\)|[!-~]+ *|.")
"""What a heading is made of that stays on one line: its unit, a word, a Chinese sign."""
CJK = 3
"""Columns by which a Chinese heading in bold is wider than its letters count, button and all."""
BUTTON = 2
"""Indent that keeps the heading of a column of numbers clear of its filter button."""
LONG, UPRIGHT = 33, 175
"""Lines that a page holds across; a longer table that is not wider than that prints upright."""
SMALL, FITS = 65, 112
"""Percent at which it prints, still easy to read, and the width that fits on a page then, also
where a program has no Calibri and draws columns wider."""
ACROSS, ALONG = 149, 102
"""Width that a page holds across and upright at its full size, in characters."""
PADDING = 0.71
"""Characters by which a column is wider than what it holds."""
SPARE = 0.72
"""Part of them that is used, for programs that draw columns wider."""
MOST_BREAKS = 1023
"""Page breaks that Excel keeps on a sheet."""
FIRST, FILL = 70, 500
"""Rows that print of a table that is there to be filtered, a page upright, and from how many rows
on: what is shorter prints whole."""
FROZEN = 60
"""Widest part of the screen that frozen columns may take, in characters."""
MOST_ROWS = 1_048_575
"""Rows of data that fit under the headings of a sheet."""
MOST_COLUMNS = 16_384
"""Columns of a sheet."""


@dataclass(frozen=True)
class Look:
    """How a column is shown."""

    title: str
    """Heading, with its unit."""
    note: str
    """Note on the heading; blank for none."""
    form: str
    """Number format."""
    key: bool
    """Whether it names the row."""
    wrap: bool = False
    """Whether a long text goes on on the next line."""
    folded: bool = False
    """Whether the column is hidden behind an outline button."""
    shrink: bool = False
    """Whether a text that would be cut off by the column beside it is drawn smaller."""
    right: bool = False
    """Whether a heading stands over numbers whose format does not say so."""


def number_form(kind: str, unit: str, values: pd.Series) -> str:
    """Return the one number format of a column by its type, its unit and what it holds.

    Whole numbers if all are whole; else one decimal, two for small measures (m3, pallets) and
    for money below 1,000; larger money and squares are shown without decimals.
    """
    if kind == "date":
        return DATE
    if kind not in ("number", "integer"):
        return TEXT
    if unit in ("%", "day", "trip") and kind == "number":
        return {"%": SHARE, "day": DAYS, "trip": PARTS}[unit]
    numbers = pd.to_numeric(values).dropna().to_numpy(np.float64)
    if bool(np.all(np.abs(numbers - np.rint(numbers)) < 1e-6)):
        return WHOLE
    if unit in ("money", "unit²"):
        return WHOLE if np.abs(numbers).max() >= LARGE else PARTS
    return TENTHS if unit in COUNTED else PARTS


def table_name(title: str) -> str:
    """Return a name Excel accepts for a table, e.g. ``In_Lanes``."""
    return re.sub(r"\W", "_", title, flags=re.ASCII)


def write_table(
    target: "Worksheet",
    styles: Styles,
    frame: pd.DataFrame,
    looks: Sequence[Look],
    name: str,
    colour: str,
    *,
    packed: bool = False,
    first: str = "",
    apart: Sequence[int] = (),
) -> Body:
    """Write the headings and the looks of a table that is the whole of a sheet.

    Args:
        target: the sheet, still empty.
        styles: formats of the workbook.
        frame: cells; texts stay texts whatever they begin with, blanks stay empty.
        looks: one per column of the frame.
        name: name of the Excel table, unique in the workbook.
        colour: colour of the tab.
        packed: whether ``package.pack`` states the length of the Excel table. It is drawn with a
            single row then, as the writer looks at each cell of a table.
        first: what the footer says where only the first rows of a long table print; blank prints
            all rows.
        apart: rows of the frame that begin a page of their own.

    Returns:
        The rows, which are still to be written: by ``draw``, or poured into the file.
    """
    size = [_size(look, frame.iloc[:, index]) for index, look in enumerate(looks)]
    for index, look in enumerate(looks):
        wrap = {"text_wrap": True, "valign": "top"} if look.wrap else {}
        indent = {"indent": 1, "align": "left"} if look.form == TEXT else {}
        shrink = {"shrink": True} if look.shrink else {}
        style = styles.get(num_format=look.form, **wrap, **indent, **shrink)
        target.set_column(index, index, size[index], style, _outline(looks, index))
        if look.note:
            lines = sum(1 + width(line) // 44 for line in look.note.split("\n"))
            box = {"width": 300, "height": 14 + 17 * lines, "font_size": 9}
            target.write_comment(0, index, look.note, box)
    add_table(target, styles, looks, (0, 0), len(frame), name, drawn=1 if packed else None)
    keys = sum(look.key for look in looks)
    frozen = keys if sum(size[:keys]) <= FROZEN else 0
    target.freeze_panes(1, frozen)
    target.set_row(0, 34)
    target.set_tab_color(colour)
    seen = [PADDING + one for one, look in zip(size, looks, strict=True) if not look.folded]
    heights = _heights(frame, looks, size)
    lines = len(frame) + int(sum(heights.values()) / LINE_HIGH) - len(heights)
    set_page(target, lines, sum(seen))
    target.repeat_rows(0)
    if len(apart):
        part_pages(target, [1 + row for row in apart], seen)
    if first and len(frame) > FILL:
        target.print_area(0, 0, FIRST, len(looks) - 1)
        target.set_footer(f"&L&A: {first.replace('&', '&&')}&R&P / &N", {"margin": 0.2})
    return Body(frame, heights)


def draw(target: "Worksheet", body: Body) -> None:
    """Write the rows of a table cell by cell."""
    for index in range(len(body.frame.columns)):
        write_cells(target, 1, index, body.frame.iloc[:, index])
    for row, height in body.heights.items():
        target.set_row(1 + row, height)


def _outline(looks: Sequence[Look], index: int) -> dict[str, object]:
    """Return the options of a column: folded, or the one with the button of those before it."""
    if looks[index].folded:
        return {"level": 1, "hidden": True}
    return {"collapsed": True} if index and looks[index - 1].folded else {}


def _heights(frame: pd.DataFrame, looks: Sequence[Look], size: Sequence[int]) -> dict[int, float]:
    """Return the points of rows with wrapped texts; not every program makes them high enough."""
    lines = np.ones(len(frame), dtype=np.int64)
    for index, look in enumerate(looks):
        if look.wrap and look.form == TEXT and size[index] == WIDEST:
            long = np.array([width(str(text)) for text in frame.iloc[:, index]], dtype=np.int64)
            lines = np.maximum(lines, np.where(long > WIDEST + 2, -(-long // (WIDEST - 2)), 1))
    return {row: LINE_HIGH * int(lines[row]) + 2 for row in np.flatnonzero(lines > 1).tolist()}


def add_table(
    target: "Worksheet",
    styles: Styles,
    looks: Sequence[Look],
    corner: tuple[int, int],
    rows: int,
    name: str,
    drawn: int | None = None,
) -> None:
    """Make an Excel table of cells: headings, filter buttons, banded rows.

    Headings that Excel would refuse in a table (blank or double) get a plain filter instead.

    Args:
        target: the sheet.
        styles: formats of the workbook.
        looks: one per column.
        corner: row and column of the first heading.
        rows: rows below the headings.
        name: name of the table, unique in the workbook.
        drawn: rows that the table has in the file as drawn; None = all.
    """
    top, left = corner
    titles = [look.title for look in looks]
    right, bottom = left + len(looks) - 1, top + max(rows, 1)
    if "" in titles or len({title.casefold() for title in titles}) < len(titles):
        for index, look in enumerate(looks):
            target.write_string(top, left + index, look.title, heading(styles, look))
        target.autofilter(top, left, bottom, right)
        return
    columns = [{"header": k.title, "header_format": heading(styles, k)} for k in looks]
    options = {"name": name, "style": "Table Style Light 1", "columns": columns}
    target.add_table(top, left, bottom if drawn is None else top + drawn, right, options)


def heading(styles: Styles, look: Look) -> "Format":
    """Return the format of a heading: what names the row stands out."""
    paint: dict[str, object] = (
        {"bg_color": HEAD, "font_color": "#FFFFFF"} if look.key else {"bg_color": OPTIONAL}
    )
    if look.form == TEXT:
        paint["indent"] = 1
    elif look.form != GENERAL or look.right:
        paint |= {"align": "right", "indent": BUTTON}
    return styles.get(
        bold=True, text_wrap=True, valign="vcenter", border=1, border_color=LINE, **paint
    )


def set_page(target: "Worksheet", lines: int = 0, wide: float = 0.0) -> None:
    """Print on A4 with sheet name and page number: landscape, as wide as one page.

    A long and narrow table prints upright and small, which saves most of its pages.

    Args:
        target: the sheet.
        lines: lines of data.
        wide: width of the columns shown, in characters.
    """
    target.set_paper(9)
    target.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    target.set_footer("&L&A&R&P / &N", {"margin": 0.2})
    upright = lines > LONG and wide <= UPRIGHT
    if upright:
        target.set_portrait()
    else:
        target.set_landscape()
    if upright and wide <= FITS:
        target.set_print_scale(SMALL)
    else:
        target.fit_to_pages(1, 0)


def part_pages(target: "Worksheet", breaks: Sequence[int], widths: Sequence[float]) -> None:
    """Begin a new page at some rows of the sheet, its columns as wide as one page.

    Excel keeps breaks only where the scale is stated, so it is worked out here.

    Args:
        target: the sheet, its page set.
        breaks: rows of the sheet above which a page ends.
        widths: widths of the columns shown, in characters.
    """
    upright = sum(widths) <= FITS
    room = SPARE * (ALONG if upright else ACROSS)
    target.set_print_scale(max(40, min(100, int(100 * room / sum(widths)))))
    (target.set_portrait if upright else target.set_landscape)()
    target.set_h_pagebreaks(list(breaks)[:MOST_BREAKS])


def write_cells(target: "Worksheet", top: int, column: int, values: pd.Series) -> None:
    """Write a column of cells below a heading; blanks and what is no number stay empty."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days = values.to_numpy("datetime64[D]") - np.datetime64("1899-12-30")
        serial = np.where(np.isnat(days), np.nan, days.astype(np.float64))
        _numbers(target, top, column, serial)
    elif pd.api.types.is_numeric_dtype(values.dtype) and values.dtype != np.bool_:
        _numbers(target, top, column, values.to_numpy(np.float64, na_value=np.nan))
    else:
        for row, value in enumerate(values.tolist(), start=top):
            _cell(target, row, column, value)


def _numbers(
    target: "Worksheet",
    top: int,
    column: int,
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> None:
    for row in np.flatnonzero(np.isfinite(values)).tolist():
        target.write_number(top + row, column, float(values[row]))


def _cell(target: "Worksheet", row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        if value:
            target.write_string(row, column, value)
    elif isinstance(value, bool | np.bool_):
        target.write_boolean(row, column, bool(value))
    elif isinstance(value, int | float | np.number):
        if np.isfinite(value):
            target.write_number(row, column, float(value))
    elif isinstance(value, dt.date) and not pd.isna(value):
        moment = value if isinstance(value, dt.datetime) else dt.datetime(*value.timetuple()[:3])
        target.write_datetime(row, column, moment)


def shown(values: pd.Series, form: str) -> int:
    """Return the characters that the widest cell of a column takes."""
    if form in (DATE, TINY):
        return 10
    if form in (TEXT, GENERAL):
        return max((width(str(v)) for v in values.dropna().unique()), default=0)
    numbers = pd.to_numeric(values).abs().to_numpy(np.float64)
    largest = float(np.max(numbers, initial=0.0, where=np.isfinite(numbers)))
    decimals = {PARTS: 3, TENTHS: 2, SHARE: 3, DAYS: 2}.get(form, 0)
    return len(f"{largest:,.0f}") + decimals + 1


def on_two_lines(title: str) -> int:
    """Return the characters that a heading takes where it is narrowest on two lines."""
    if "\n" in title:
        return max(width(line) for line in title.split("\n"))
    words = PIECES.findall(title)
    cuts = ((words[:cut], words[cut:]) for cut in range(1, len(words) + 1))
    return min((max(width("".join(part).strip()) for part in cut) for cut in cuts), default=0)


def _size(look: Look, values: pd.Series) -> int:
    drawn = 0 if look.title.isascii() else CJK
    head = on_two_lines(look.title) + ARROW + drawn
    return int(min(max(head, shown(values, look.form) + 2, NARROWEST), WIDEST))
