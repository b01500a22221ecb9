"""The first page of the results workbook: what a manager reads alone."""

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tierstock.inputs.schema import schema
from tierstock.inputs.templates.template_style import LINE, OPTIONAL, QUIET, Styles, width
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.lead import lead, then
from tierstock.outputs.localise import heading as title_of
from tierstock.outputs.localise import term, words_of
from tierstock.outputs.sheet import (
    DATE,
    DAYS,
    GENERAL,
    HEAD,
    LARGE,
    PARTS,
    SHARE,
    TENTHS,
    TEXT,
    WHOLE,
    Look,
    add_table,
    number_form,
    set_page,
)
from tierstock.outputs.summary import COST
from tierstock.outputs.words import percent, percent_of_gap, tell, units
from tierstock.outputs.worries import quality, worries

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (2, 20, 27, 15, 12, 15, 15, 15, 12, 16, 12)
"""Widths of the columns A to K."""
LEFT, RIGHT = 1, 10
"""First and last column of the page."""
MEASURED = ("Value", "Baseline", "Change")
"""Columns of key figures in the unit of the figure."""
CHANGES = ("Change", "Change %")
"""Columns that show their sign."""
MOVES = 20
"""Moves shown."""
ROOMY = 1.1
"""Characters of running text that fit in the width of a digit."""
DENSER = 0.8
"""Height of a row of key figures, as a share of the mean of those above."""
PIECES = "[>=100]#,##0;[=0]0;#,##0.0"
"""Quantities of the page: a manager reads no tenths of hundreds."""
GAP = 2
"""Indent that parts what stands side by side."""


def site_moves(results: pd.DataFrame, language: str) -> list[str]:
    """Return what happens to each site: it opens, closes, or stays as it is."""
    told = []
    for location, rows in results.groupby("Location", sort=False):
        is_open = rows["Open"].to_numpy() == "Y"
        turns = np.flatnonzero(np.diff(is_open.astype(np.int64)))
        periods = rows["Period"].to_numpy()
        if not len(turns):
            word = "site open" if is_open[0] else "site shut"
            told.append(tell(word, language, location=location))
        for at in turns.tolist():
            word = "site opens" if is_open[at + 1] else "site closes"
            told.append(tell(word, language, location=location, period=periods[at + 1]))
    return told


class Front:
    """Writes the page from top to bottom; ``row`` is the next free row."""

    def __init__(
        self,
        target: "Worksheet",
        styles: Styles,
        tables: dict[str, pd.DataFrame],
        facts: RunFacts,
        language: str,
    ) -> None:
        """Keep what the parts of the page share."""
        self.target, self.styles, self.tables = target, styles, tables
        self.facts, self.language = facts, language
        shown = tables["Summary"].set_index("KPI")
        self.figures: pd.Series = shown["Value"]
        self.before: pd.Series | None = shown.get("Baseline") if facts.baseline else None
        self.row = 0

    def write(self, audit: pd.DataFrame) -> str:
        """Write the page: title, headline figures, cost, moves, worries, quality, all figures.

        Returns:
            What is printed: one page for managers, then all key figures without their definitions.
        """
        for index, size in enumerate(COLUMNS):
            self.target.set_column(index, index, size, self.styles.get())
        self.target.hide_gridlines(2)
        self.target.set_tab_color(HEAD)
        set_page(self.target)
        self.target.set_margins(left=0.4, right=0.4, top=0.35, bottom=0.45)
        self._title()
        self._cards()
        top = self.row
        after_costs = self._costs(top)
        self.row = max(after_costs, self._moves(top)) + 1
        self._sentences("worries", worries(self.tables, self.facts, self.language))
        self._sentences("good", quality(self.facts, audit, self.language))
        return self._printed(self.row - 1, self._all_figures())

    def _printed(self, last: int, told: int) -> str:
        """Make the rows up to the last one fit on one page; ``told`` columns print behind them."""
        from xlsxwriter.utility import quote_sheetname, xl_range_abs

        more = self.row - last
        self.target.fit_to_pages(1, 1 + math.ceil(DENSER * more / max(last, 1)))
        name = quote_sheetname(self.target.get_name())
        areas = ((0, 0, last - 1, RIGHT), (last + 1, 0, self.row - 1, LEFT + told - 1))
        return ",".join(f"{name}!{xl_range_abs(*area)}" for area in areas)

    def _say(self, word: str, **values: object) -> str:
        return tell(word, self.language, **values)

    def _title(self) -> None:
        name = self._say("title", name=self.facts.name)
        self.target.set_row(0, 30)
        self.target.write_string(0, LEFT, name, self.styles.get(bold=True, font_size=18))
        shipped = self.tables["Inventory"]
        text = self._say(
            "sentence",
            places=shipped["Location"].nunique(),
            products=shipped["Product"].nunique(),
            periods=shipped["Period"].nunique(),
            first=self.facts.first_day,
            last=self.facts.last_day,
            shipments=f"{self.figures['Shipments']:,.0f}",
            transfers=f"{self.figures['Transfers']:,.0f}",
        )
        self.target.write_string(1, LEFT, text, self.styles.get(font_color=QUIET))
        if "SiteResults" in self.tables:
            listed = self._say("and").join(site_moves(self.tables["SiteResults"], self.language))
            text = self._say("sites", listed=listed)
            self.target.write_string(2, LEFT, text, self.styles.get(font_color=QUIET))
        self.row = 3
        for line in lead(self.tables["Summary"], self.facts, self.language):
            style = self.styles.get(bold=self.row == 3)
            self.target.write_string(self.row, LEFT, line, style)
            self.row += 1
        self.row += int(self.row > 3)

    def _cards(self) -> None:
        """The five headline figures, each with the figure to hold against it."""
        value, money = self.figures, f'{WHOLE} "{self.facts.currency}"'
        cost = value[value.index.str.startswith(COST)].sort_values(ascending=False)
        largest = term(str(cost.index[0]).removeprefix(COST), self.language) if len(cost) else ""
        total = value["Total cost"]
        share = percent(cost.iloc[0] / total) if len(cost) and total > 0 else "–"
        lost, owed = value["Lost units"], value["Owed at the end"]
        capital, opening = value["Capital tied up (opening)"], value["Opening cover"]
        days = f"{opening:.1f}" if math.isfinite(opening) else "–"
        gap = percent_of_gap(self.facts.gap) if math.isfinite(self.facts.gap) else "–"
        cards: tuple[tuple[str, str, str, dict[str, str]], ...] = (
            ("cost", "Total cost", money, {"term": largest, "share": share}),
            ("fill", "Fill rate (units)", SHARE, {"lost": units(lost), "owed": units(owed)}),
            ("capital", "Capital tied up (end)", money, {"opening": f"{capital:,.0f}"}),
            ("cover", "End cover", f'0.0 "{self._say("days")}"', {"days": days}),
            ("gap", "Gap in money", money, {"share": gap}),
        )
        for height, offset in ((18, 0), (30, 1), (18, 2)):
            self.target.set_row(self.row + offset, height)
        for number, (word, name, form, values) in enumerate(cards):
            first = LEFT + 2 * number
            note = self._say(f"card {word} note", **values)
            if self.before is not None and word != "gap":
                sides = float(value[name]), float(self.before[name])
                note = then(*sides, name, self.facts, self.language)
            self._card(first, f"card {word}", value[name], form, note)
        self.row += 4

    def _card(self, first: int, word: str, value: float, form: str, note: str) -> None:
        paint: dict[str, object] = {"bg_color": OPTIONAL, "indent": 1}
        paint |= {"left": 5, "left_color": HEAD}
        label = self.styles.get(font_color=QUIET, **paint)
        below = self.styles.get(font_color=QUIET, shrink=True, **paint)
        big = self.styles.get(bold=True, font_size=18, align="left", num_format=form, **paint)
        row, last = self.row, first + 1
        self.target.merge_range(row, first, row, last, self._say(word), label)
        shown = value if math.isfinite(value) else "–"
        self.target.merge_range(row + 1, first, row + 1, last, shown, big)
        self.target.merge_range(row + 2, first, row + 2, last, note, below)

    def _section(self, row: int, left: int, right: int, text: str) -> None:
        look = {
            "bold": True,
            "font_size": 13,
            "font_color": HEAD,
            "bottom": 2,
            "bottom_color": HEAD,
        }
        for column in range(left, right + 1):
            self.target.write_blank(row, column, None, self.styles.get(**look))
        gap = {"indent": GAP} if left > LEFT else {}
        self.target.write_string(row, left, text, self.styles.get(**look, **gap))
        self.target.set_row(row, 21)

    def _head(self, row: int, left: int, texts: list[str], right_from: int) -> None:
        for offset, text in enumerate(texts):
            side = {"align": "right"} if offset >= right_from else {"align": "left"}
            gap = {"indent": GAP} if left > LEFT and not offset else {}
            style = self.styles.get(bold=True, font_color=QUIET, **side, **gap)
            self.target.write_string(row, left + offset, text, style)

    def _costs(self, top: int) -> int:
        """The cost split, before and after, with a bar per term; returns the row below."""
        target, styles = self.target, self.styles
        self._section(top, LEFT, LEFT + 3, self._say("costs"))
        self._head(top + 1, LEFT, self._cost_heads(), 1)
        row, total = top + 2, self.figures["Total cost"]
        terms = self._terms()
        form = number_form("number", "money", terms["Value"])
        for name, money, before in terms.itertuples():
            target.write_string(row, LEFT, term(str(name).removeprefix(COST), self.language))
            target.write_number(row, LEFT + 2, money, styles.get(num_format=form))
            if math.isfinite(before):
                style = styles.get(num_format=form, font_color=QUIET)
                target.write_number(row, LEFT + 1, before, style)
            if total > 0:
                target.write_number(row, LEFT + 3, money / total, styles.get(num_format=SHARE))
            row += 1
        rule = {"top": 1, "top_color": LINE, "bold": True}
        target.write_string(row, LEFT, self._say("total"), styles.get(**rule))
        before = math.nan if self.before is None else self.before["Total cost"]
        style = styles.get(num_format=form, **{**rule, "font_color": QUIET})
        if math.isfinite(before):
            target.write_number(row, LEFT + 1, before, style)
        else:
            target.write_blank(row, LEFT + 1, None, style)
        target.write_number(row, LEFT + 2, total, styles.get(num_format=form, **rule))
        target.write_blank(row, LEFT + 3, None, styles.get(**rule))
        positive = int((terms["Value"] > 0).sum())
        if positive:
            bar = {"type": "data_bar", "bar_color": "#9DBCE8", "min_type": "num", "min_value": 0}
            target.conditional_format(top + 2, LEFT + 3, top + 1 + positive, LEFT + 3, bar)
        return row + 1

    def _cost_heads(self) -> list[str]:
        """Return the headings of the cost split; amounts before the plan only where there are."""
        unit = f" ({self.facts.currency})"
        if self.before is None:
            return [self._say("cost"), "", self._say("amount") + unit, self._say("share")]
        sides = (self._say(f"column {self.facts.baseline}"), self._say("column plan"))
        return [self._say("cost"), *(side + unit for side in sides), self._say("share")]

    def _terms(self) -> pd.DataFrame:
        """Return the cost terms of the plan and what is held against it, the largest first."""
        sides = {"Value": self.figures, "Before": self.before}
        terms = pd.DataFrame(sides, index=self.figures.index, dtype=float)
        terms = terms[terms.index.str.startswith(COST)]
        terms = terms[(terms.fillna(0.0) != 0).any(axis=1)]
        return terms.sort_values(["Value", "Before"], ascending=False, kind="stable")

    def _moves(self, top: int) -> int:
        """What to do first; without the sheet Actions the biggest transfers, or shipments."""
        if "Actions" in self.tables:
            name, word, rows = "Actions", "what to do", self.tables["Actions"].head(MOVES)
            done = words_of(schema().sheet(name), rows, self.language)["Action"]
            aside = "（" + done + "）" if self.language == "zh" else "(" + done + ")"
            must = rows["Saving"].astype(object).where(rows["Saving"].notna(), self._say("must"))
            rows = rows.assign(From=rows["From"].where(rows["From"] != "", aside), Saving=must)
            names = ("From", "To", "Product", "Quantity", "Saving", "Do By")
        else:
            name, plan = "Shipments", self.tables["Shipments"]
            plan = plan[plan["Status"] != "firm"]
            lateral = plan[plan["Kind"] == "transfer"]
            word, rows = ("moves", lateral) if len(lateral) else ("moves none", plan)
            rows = rows.sort_values("Value", ascending=False, kind="stable")
            names = ("From", "To", "Product", "Quantity", "Value", "Ship Date")
        left = LEFT + 4
        self._section(top, left, RIGHT, self._say(word))
        sheet, rows = schema().sheet(name), rows.head(MOVES)
        titles = [
            title_of(sheet.column(name), self.language, self.facts.currency)
            if name in ("Value", "Saving")
            else sheet.column(name).heading(self.language)
            for name in names
        ]
        self._head(top + 1, left, titles, 3)
        worth = number_form("number", "money", pd.to_numeric(rows[names[4]], errors="coerce"))
        pieces = number_form("number", "unit", rows["Quantity"])
        pieces = PIECES if pieces == TENTHS else pieces
        forms = (TEXT, TEXT, TEXT, pieces, worth, DATE)
        for offset, (name, form) in enumerate(zip(names, forms, strict=True)):
            gap = {"indent": GAP} if not offset else {}
            side = {"shrink": True} if form == TEXT else {"align": "right"}
            style = self.styles.get(num_format=form, **gap, **side)
            self._column(top + 2, left + offset, rows[name], style)
        return top + 2 + len(rows)

    def _column(self, top: int, column: int, values: pd.Series, style: "Format") -> None:
        for row, value in enumerate(values.tolist(), start=top):
            if isinstance(value, str):
                if value:
                    self.target.write_string(row, column, value, style)
            elif isinstance(value, pd.Timestamp):
                self.target.write_datetime(row, column, value.to_pydatetime(), style)
            elif math.isfinite(value):
                self.target.write_number(row, column, value, style)

    def _sentences(self, word: str, lines: list[str]) -> None:
        """A section of sentences, one row each, wrapped over the whole page."""
        self._section(self.row, LEFT, RIGHT, self._say(word))
        self.row += 1
        style = self.styles.get(text_wrap=True, valign="top")
        room = int(ROOMY * sum(COLUMNS[LEFT : RIGHT + 1]))
        for line in lines:
            bullet = f"• {line}"
            self.target.merge_range(self.row, LEFT, self.row, RIGHT, "", style)
            self.target.write_string(self.row, LEFT, bullet, style)
            self.target.set_row(self.row, 17 * (1 + width(bullet) // room))
            self.row += 1
        self.row += 1

    def _all_figures(self) -> int:
        """The table of all key figures; returns the columns before their definitions."""
        self._section(self.row, LEFT, RIGHT, self._say("figures"))
        top = self.row + 1
        sheet, frame = schema().sheet("Summary"), self.tables["Summary"]
        shown = words_of(sheet, frame, self.language)
        shown["Unit"] = shown["Unit"].replace("%", "")
        looks = [
            Look(
                sheet.column(n).heading(self.language),
                "",
                {**dict.fromkeys(MEASURED, PARTS), "Change %": SHARE, "Unit": TEXT}.get(n, GENERAL),
                n in sheet.key,
            )
            for n in map(str, frame.columns)
        ]
        for index, name in enumerate(frame.columns):
            if name in (*MEASURED, "Change %"):
                self._values(top + 1, LEFT + index, name)
            else:
                style = self.styles.get(indent=int(name == "Unit"))
                self._column(top + 1, LEFT + index, shown[name], style)
        add_table(self.target, self.styles, looks, (top, LEFT), len(frame), "Summary")
        self.row = top + len(frame) + 1
        return list(frame.columns).index("Definition")

    def _values(self, top: int, column: int, name: str) -> None:
        """Key figures of a column, each in the format of its unit; changes with their sign."""
        forms = {"%": SHARE, "day": DAYS, "turns/year": DAYS, "gap": "0.00%"}
        frame = self.tables["Summary"]
        units_of = frame["Unit"].where(frame["KPI"] != "Gap to best possible", "gap").tolist()
        if name == "Change %":
            units_of = ["%"] * len(frame)
        pairs = zip(frame[name].tolist(), units_of, strict=True)
        for row, (value, unit) in enumerate(pairs, start=top):
            if math.isfinite(value):
                whole = WHOLE if abs(value - round(value)) < 1e-6 or abs(value) >= LARGE else PARTS
                form = forms.get(unit, whole)
                if name in CHANGES:
                    form = f"+{form};-{form};{form}"
                style = self.styles.get(num_format=form)
                self.target.write_number(row, column, value, style)
