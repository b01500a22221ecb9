"""The charts themselves: what each draws, from which cells, in the colours of the results."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tierstock.inputs.templates.template_style import BAD, LINE, QUIET, TEXT
from tierstock.outputs.charts.figures import CAP, USED
from tierstock.outputs.page.network import TIERS
from tierstock.outputs.sheet import HEAD

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

TIER_COLOURS = ("#4C6A92", "#2E8B8B", "#1F5FBF", "#5AA0E6", "#F0A04B", "#B279C9", "#9AA5B1")
TODAY, WARNING = "#9AA5B1", "#D98A00"
FULL, OVER = 0.95, 1.0000001
"""Shares of a limit from which it is nearly full, and exceeded."""
CAPS = (BAD, WARNING, QUIET)
WIDE, HIGH = 612, 290
"""Pixels of a chart."""
MANY = 8
"""Bars above which their names are written smaller: every one is to be read."""
Options = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """Where the figures of a chart stand: headings in ``top``, items in ``left``."""

    sheet: str
    top: int
    left: int
    grid: pd.DataFrame
    """Rows are items, columns series."""

    @property
    def items(self) -> list[Any]:
        """Range of the items."""
        return [self.sheet, self.top + 1, self.left, self.top + len(self.grid), self.left]

    def series(self, name: str) -> Options:
        """Return name, categories and values of a series."""
        column = self.left + 1 + list(self.grid.columns).index(name)
        return {
            "name": [self.sheet, self.top, column],
            "categories": self.items,
            "values": [self.sheet, self.top + 1, column, self.top + len(self.grid), column],
        }


class Pictures:
    """Makes the charts of a workbook."""

    def __init__(self, workbook: "Workbook", language: str) -> None:
        """Take the font of the language."""
        self.workbook = workbook
        name = "Calibri" if language == "en" else "Microsoft YaHei"
        self.font = {"name": name, "size": 9, "color": QUIET}

    def make(self, name: str, block: Block, title: str) -> "Chart":
        """Return a chart of ``figures.CHARTS`` but the heat map, with its title."""
        draw: dict[str, Callable[[Block], Chart]] = {
            "stock": self._stock,
            "costs": self._costs,
            "capital": self._capital,
            "capacity": self._capacity,
        }
        chart = draw[name](block)
        font = {**self.font, "size": 11, "bold": True, "color": TEXT}
        chart.set_title({"name": title, "name_font": font, "layout": {"x": 0.015, "y": 0.025}})
        chart.set_size({"width": WIDE, "height": HIGH})
        chart.set_chartarea({"border": {"color": LINE}})
        return chart

    def _axis(self, form: str = "", **more: object) -> Options:
        shown: Options = {"num_font": self.font, "line": {"color": LINE}, **more}
        if form:
            lines = {"visible": True, "line": {"color": LINE, "width": 0.5}}
            shown |= {"num_format": form, "major_gridlines": lines, "line": {"none": True}}
        return shown

    def _over_time(
        self, areas: "Chart", lines: "Chart | None", *, stacked: bool = False
    ) -> "Chart":
        """Put lines over areas, periods across, amounts upwards from 0."""
        if lines is not None:
            areas.combine(lines)
        areas.set_x_axis(self._axis())
        areas.set_y_axis(self._axis("#,##0", min=0))
        self._legend(areas, shown=lines is not None or stacked)
        return areas

    def _legend(self, chart: "Chart", *, shown: bool) -> None:
        chart.set_legend({"position": "bottom", "font": self.font} if shown else {"none": True})

    def _kind(self, block: Block) -> str:
        """Return what shows amounts over time: an area, a column where there is one period."""
        return "area" if len(block.grid) > 1 else "column"

    def _line(
        self, block: Block, name: str, colour: str, width: float, *, dashed: bool = False
    ) -> Options:
        """Return a series as a line, with dashes where a period without neighbours makes none."""
        line: Options = {"color": colour, "width": width}
        if dashed:
            line["dash_type"] = "dash"
        found: Options = {**block.series(name), "line": line}
        there = np.concatenate([[False], block.grid[name].notna(), [False]])
        if (there[1:-1] & ~there[:-2] & ~there[2:]).any():
            paint = {"color": colour}
            found["marker"] = {"type": "long_dash", "size": 24, "border": paint, "fill": paint}
        return found

    def _stock(self, block: Block) -> "Chart":
        tiers = {tier: TIER_COLOURS[at] for at, tier in enumerate(TIERS) if tier in block.grid}
        over: Chart | None = None
        if "target" in block.grid:
            over = self.workbook.add_chart({"type": "line"})
            over.add_series(self._line(block, "target", TEXT, 2, dashed=True))
            if not tiers:  # nothing is held anywhere
                return self._over_time(over, None, stacked=True)
        chart = self.workbook.add_chart({"type": self._kind(block), "subtype": "stacked"})
        for tier, colour in tiers.items():
            chart.add_series({**block.series(tier), "fill": {"color": colour}})
        return self._over_time(chart, over, stacked=True)

    def _capital(self, block: Block) -> "Chart":
        chart = self.workbook.add_chart({"type": self._kind(block)})
        chart.add_series({**block.series("capital"), "fill": {"color": HEAD, "transparency": 40}})
        caps = [str(one) for one in block.grid if str(one).startswith(CAP)]
        uses = [str(one) for one in block.grid if str(one).startswith(USED)]
        if not caps:
            return self._over_time(chart, None)
        over = self.workbook.add_chart({"type": "line"})
        colours = {one.removeprefix(CAP): colour for one, colour in zip(caps, CAPS, strict=False)}
        for one in caps:
            over.add_series(
                self._line(block, one, colours[one.removeprefix(CAP)], 2.25, dashed=True)
            )
        for one in uses:
            over.add_series(self._line(block, one, colours[one.removeprefix(USED)], 1.5))
        return self._over_time(chart, over)

    def _bars(self, block: Block, **more: object) -> "Chart":
        """Return a chart of bars, the first item on top, whose labels say the amounts."""
        chart = self.workbook.add_chart({"type": "bar"})
        dark = {**self.font, "color": TEXT}
        if len(block.grid) > MANY:
            dark["size"] = 8
        chart.set_y_axis(self._axis(reverse=True, interval_unit=1, num_font=dark))
        nothing = {"visible": False, "major_gridlines": {"visible": False}}
        chart.set_x_axis(self._axis("0%", **more) if more else nothing)
        return chart

    def _bar(self, form: str, colour: str) -> Options:
        label = {"value": True, "num_format": form, "font": {**self.font, "color": TEXT}}
        return {"fill": {"color": colour}, "gap": 40, "data_labels": label}

    def _costs(self, block: Block) -> "Chart":
        chart = self._bars(block)
        for name, colour in (("baseline", TODAY), ("plan", HEAD)):
            if name in block.grid:
                chart.add_series({**block.series(name), **self._bar("#,##0", colour)})
        self._legend(chart, shown=len(block.grid.columns) > 1)
        return chart

    def _capacity(self, block: Block) -> "Chart":
        shares = block.grid["peak"].tolist()
        chart = self._bars(block, min=0, max=max(1.1, 1.1 * max(shares)), major_unit=1)
        paint = [BAD if one > OVER else WARNING if one >= FULL else HEAD for one in shares]
        points = [{"fill": {"color": colour}} for colour in paint]
        chart.add_series({**block.series("peak"), **self._bar("0%", HEAD), "points": points})
        self._legend(chart, shown=False)
        return chart
