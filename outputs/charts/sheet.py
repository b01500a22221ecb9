"""The sheet ``Charts`` as Excel shows it: one page of pictures, and beside it their figures.

Each chart draws cells of this sheet, so that everybody sees what it stands on.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tierstock.inputs.schema import say
from tierstock.inputs.templates.template_style import LINE, OPTIONAL, QUIET, Styles
from tierstock.outputs.charts.figures import ALL, CAP, CHARTS, USED
from tierstock.outputs.charts.pictures import Block, Pictures
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.page.network import TIERS
from tierstock.outputs.sheet import HEAD, SHARE, number_form, set_page
from tierstock.outputs.words import tell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NAMES, CELLS, GAP = 130, 1120, 28
"""Pixels of the names of the heat map, of all its cells, and before the figures."""
FEWEST = 13
"""Columns of cells that the page has at least."""
TOP, LINES = 2, 15
"""First row of the charts, and the rows each takes."""
ACROSS = 634
"""Pixels from the left edge of a chart to that of the next one."""
WORDS, NUMBERS = 34, 15
"""Widths of the columns of figures."""
LAST = 11
"""Columns of figures at most, but for that of the items."""
BANDS = (
    ("fill bad", "<0.9", "#E08379"),
    ("fill warn", "<0.98", "#F3C46B"),
    ("fill near", "<0.99995", "#F8E7BD"),
    ("fill met", ">=0.99995", "#DBE7F7"),
)
"""Words, fill rates and colours of the cells of the heat map, as on the page."""
MET = "[>=0.99995]100%;0.0%"


class ChartSheet:
    """Writes the sheet."""

    def __init__(
        self,
        workbook: "Workbook",
        target: "Worksheet",
        styles: Styles,
        facts: RunFacts,
        language: str,
    ) -> None:
        """Keep what the parts share; ``target`` is the sheet, still empty."""
        self.workbook, self.target, self.styles = workbook, target, styles
        self.facts, self.language = facts, language

    def write(self, frame: pd.DataFrame) -> None:
        """Write the page and the figures.

        Args:
            frame: the sheet ``Charts`` as ``chart_figures`` returns it.
        """
        pictures = Pictures(self.workbook, self.language)
        grids = {name: _grid(frame, name) for name in CHARTS}
        heat = grids.pop("service")
        cells = max(FEWEST, heat.shape[1])
        left, row, shown = 3 + cells, TOP, 0
        self._columns(cells)
        for name, grid in grids.items():
            if not grid.empty:
                block = self._block(name, grid, row, left)
                chart = pictures.make(name, block, self._title(name))
                place = {"x_offset": ACROSS * (shown % 2), "y_offset": 4}
                self.target.insert_chart(TOP + LINES * (shown // 2), 1, chart, place)
                row, shown = block.top + len(grid) + 2, shown + 1
        last = TOP + LINES * -(-shown // 2)
        if not heat.empty:
            last = self._heat(heat, last, cells)
        self._page(last, cells)

    def _say(self, word: str, **values: object) -> str:
        return tell(word, self.language, **values)

    def _title(self, name: str) -> str:
        title = self._say(f"chart {name}")
        in_money = name in ("stock", "costs", "capital")
        return f"{title} ({self.facts.currency})" if in_money else title

    def _columns(self, cells: int) -> None:
        plain = self.styles.get()
        self.target.set_column(0, 0, 2, plain)
        self.target.set_column_pixels(1, 1, NAMES, plain)
        self.target.set_column_pixels(2, 1 + cells, CELLS // cells, plain)
        self.target.set_column_pixels(2 + cells, 2 + cells, GAP, plain)
        self.target.set_column(3 + cells, 3 + cells, WORDS, plain)
        self.target.set_column(4 + cells, 3 + cells + LAST, NUMBERS, plain)

    def _page(self, last: int, cells: int) -> None:
        """Head the page, and print it alone: the figures beside it are for the screen."""
        self.target.set_row(0, 30)
        title = self._say("charts title", name=self.facts.name)
        self.target.write_string(0, 1, title, self.styles.get(bold=True, font_size=18))
        note = self._say("charts note")
        self.target.write_string(1, 1, note, self.styles.get(font_color=QUIET))
        self.target.hide_gridlines(2)
        self.target.set_tab_color(HEAD)
        set_page(self.target)
        self.target.fit_to_pages(1, 1)
        self.target.print_area(0, 0, last, 1 + cells)

    def _section(self, row: int, column: int, text: str) -> None:
        style = self.styles.get(bold=True, font_size=12, font_color=HEAD)
        self.target.write_string(row, column, text, style)

    def _block(self, name: str, grid: pd.DataFrame, row: int, left: int) -> Block:
        """Write the figures of a chart: title, where they come from, headings, rows."""
        self._section(row, left, self._title(name))
        source = self._say(f"chart {name} source")
        self.target.write_string(row + 1, left, source, self.styles.get(font_color=QUIET))
        block = Block(self.target.get_name(), row + 2, left, grid)
        paint = {"bold": True, "bg_color": OPTIONAL, "border": 1, "border_color": LINE}
        first = self.styles.get(indent=1, **paint)
        self.target.write_string(block.top, left, self._say(f"chart {name} item"), first)
        style = self.styles.get(align="right", text_wrap=True, valign="vcenter", **paint)
        for at, one in enumerate(grid.columns, start=1):
            self.target.write_string(block.top, left + at, self._series(str(one)), style)
        form = (
            SHARE
            if name == "capacity"
            else number_form("number", "money", pd.Series(grid.to_numpy().ravel()))
        )
        number, text = self.styles.get(num_format=form), self.styles.get(indent=1, num_format="@")
        for at, item in enumerate(grid.index, start=block.top + 1):
            self.target.write_string(at, left, str(item), text)
        self._numbers(block, number)
        return block

    def _numbers(self, block: Block, style: object) -> None:
        values = block.grid.to_numpy(np.float64)
        for row, column in np.argwhere(np.isfinite(values)).tolist():
            place = block.top + 1 + row, block.left + 1 + column
            self.target.write_number(*place, float(values[row, column]), style)

    def _series(self, name: str) -> str:
        """Return the heading of a series."""
        if name in TIERS:
            return say(name, self.language, "tier")
        if name == "baseline":
            return self._say(f"before {self.facts.baseline}")
        for start, word in ((CAP, "chart cap"), (USED, "chart used")):
            if name.startswith(start):
                return self._say(word, name=name.removeprefix(start))
        return self._say(f"chart series {name}")

    def _heat(self, grid: pd.DataFrame, row: int, cells: int) -> int:
        """Write the heat map and what its colours mean; returns its last row."""
        self._section(row, 1, self._say("chart service"))
        for at, (word, _, colour) in enumerate(BANDS):
            first = 2 + cells - 2 * (len(BANDS) - at)
            style = self.styles.get(bg_color=colour, align="center", font_size=9)
            self.target.merge_range(row, first, row, first + 1, self._say(word), style)
        block = Block(self.target.get_name(), row + 1, 1, grid)
        head = {"bold": True, "bg_color": OPTIONAL, "font_size": 9, "shrink": True}
        item = self._say("chart service item")
        self.target.write_string(block.top, 1, item, self.styles.get(**head))
        for at, one in enumerate(grid.columns, start=2):
            self.target.write_string(
                block.top, at, str(one), self.styles.get(align="center", **head)
            )
        for at, one in enumerate(grid.index, start=block.top + 1):
            text = self._say("chart all") if one == ALL else str(one)
            style = self.styles.get(bold=one == ALL, shrink=True, num_format="@", font_size=9)
            self.target.write_string(at, 1, text, style)
        line = {"border": 1, "border_color": "#FFFFFF"}
        self._numbers(block, self.styles.get(num_format=MET, align="center", font_size=9, **line))
        self._bands(block)
        return block.top + len(grid)

    def _bands(self, block: Block) -> None:
        """Colour the cells by their fill rate; the number says the same."""
        ends = block.top + 1, block.left + 1, block.top + len(block.grid), block.left + 1
        corner = f"C{block.top + 2}"
        for _, rule, colour in BANDS:
            options = {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({corner}),{corner}{rule})",
                "format": self.workbook.add_format({"bg_color": colour}),
                "stop_if_true": True,
            }
            self.target.conditional_format(
                ends[0], ends[1], ends[2], block.left + len(block.grid.columns), options
            )


def _grid(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the figures of a chart with items as rows and series as columns, in their order."""
    rows = frame[frame["Chart"] == name]
    grid = rows.pivot(index="Item", columns="Series", values="Value")
    return grid.reindex(index=rows["Item"].unique(), columns=rows["Series"].unique())
