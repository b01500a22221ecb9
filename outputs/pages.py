"""The sheets of the results workbook, each with its headings, its looks and its rows."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from tierstock.inputs.schema import Column, say, schema
from tierstock.inputs.templates.template_style import BAD, LINE, QUIET, TAB_INPUT, Styles
from tierstock.outputs.charts.sheet import ChartSheet
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.inventory import MOVES
from tierstock.outputs.localise import copy_title, heading, note, sheet_title, words_of
from tierstock.outputs.pour import Body, pourable
from tierstock.outputs.run_info import MONEY, SHARES
from tierstock.outputs.sheet import (
    DATE,
    DAYS,
    FIRST,
    GENERAL,
    HEAD,
    LARGE,
    MOST_COLUMNS,
    MOST_ROWS,
    PARTS,
    TENTHS,
    TEXT,
    TINY,
    WHOLE,
    Look,
    draw,
    number_form,
    table_name,
    write_table,
)
from tierstock.outputs.words import tell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

PROBLEMS = ("Alerts", "DataIssues", "Audit")
SENTENCES = ("Alerts", "Actions", "DataIssues", "Audit", "RunInfo")
"""Sheets whose long texts go on on the next line."""
SAME = ("Scenario", "Mode", "Status")
"""Columns that say nothing where each row has the same."""
SAID_BY = {"Product Name": "Product", "Ship Period": "Ship Date"}
"""Columns that say nothing where another says the same: names that are codes, periods by date."""
LEFT_EMPTY = ("Owner", "Done")
"""Columns that the planner fills in."""
FILTERED = ("Costs", "RulesInEffect")
"""Long sheets that are there to be filtered and summed up: nobody reads them on paper."""
PERCENT = "0.00%"


class Results:
    """One results workbook while it is written."""

    def __init__(self, workbook: "Workbook", facts: RunFacts, language: str) -> None:
        """Keep what all sheets share."""
        self.workbook, self.facts, self.language = workbook, facts, language
        self.styles = Styles(workbook, language)
        self.bodies: dict[int, Body] = {}
        """Rows that are poured in, by number of the sheet."""
        self.lengths: dict[int, int] = {}
        """Rows of the table that a sheet is, by number of the sheet."""
        self.audit = 0
        """Number of the sheet Audit."""

    def result(self, name: str, frame: pd.DataFrame) -> None:
        """Write one result sheet in the language of the report."""
        if name == "PlanView":
            self._grid(frame)
            return
        if name == "Charts":
            target = self.workbook.add_worksheet(sheet_title(name, self.language))
            shared = self.workbook, target, self.styles, self.facts, self.language
            ChartSheet(*shared).write(frame)
            return
        sheet = schema().sheet(name)
        columns = [sheet.column(column) for column in frame.columns]
        shown = words_of(sheet, frame, self.language)
        looks = [
            Look(
                heading(column, self.language, self.facts.currency),
                note(column, self.language),
                TINY
                if column.name == "Worst Violation"
                else number_form(column.type, column.unit, frame[column.name]),
                column.name in sheet.key,
                name in SENTENCES,
                _folded(name, column, frame),
                shrink=column.type == "text" and name not in SENTENCES,
            )
            for column in columns
        ]
        looks = _alike(looks, [column.unit for column in columns])
        bad = name in PROBLEMS and _has_problem(name, frame)
        for target, part, table in self._parts(sheet_title(name, self.language), shown, name):
            colour = BAD if bad else HEAD
            first = self._first(part) if name in FILTERED else ""
            body = write_table(
                target, self.styles, part, looks, table, colour, packed=True, first=first
            )
            number = self._rows(target, body, drawn=name == "RunInfo")
            if name == "Audit":
                self.audit = number
            if name == "RunInfo":
                self._figures(target, frame)
            self._colour(target, name, part)
            if not len(frame):
                box = {"width": 240, "height": 28, "line": {"none": True}, "font": {"italic": True}}
                target.insert_textbox(2, 0, tell("nothing", self.language), box)

    def _grid(self, frame: pd.DataFrame) -> None:
        """Write the sheet PlanView; what has more periods than a sheet columns goes on behind."""
        sheet = schema().sheet("PlanView")
        shown = words_of(sheet, frame, self.language)
        keys = len(sheet.key)
        titles = [
            Look(column.heading(self.language), note(column, self.language), TEXT, True)
            for column in sheet.columns[:keys]
        ]
        units = frame[frame["Measure"] != "cover"].iloc[:, keys:]
        form = number_form("number", "unit", pd.Series(units.to_numpy().ravel()))
        wide = MOST_COLUMNS - keys
        pieces = [
            shown.iloc[first : first + MOST_ROWS, [*range(keys), *range(start, end)]]
            for start in range(keys, frame.shape[1], wide)
            for end in [min(start + wide, frame.shape[1])]
            for first in range(0, len(frame), MOST_ROWS)
        ]
        for number, piece in enumerate(pieces, start=1):
            more = f" ({number})" if number > 1 else ""
            target = self.workbook.add_worksheet(sheet_title("PlanView", self.language) + more)
            looks = [*titles, *(Look(str(one), "", form, False) for one in piece.columns[keys:])]
            name = table_name("PlanView" + more)
            body = write_table(target, self.styles, piece, looks, name, HEAD, packed=True)
            self._rows(target, body)
            self._mark_grid(target, piece, keys)

    def _mark_grid(self, target: "Worksheet", piece: pd.DataFrame, keys: int) -> None:
        """Part the places by a line, show days as days, and mark stock below its target."""
        word = {
            one: tell(f"measure {one}", self.language) for one in ("cover", "closing", "target")
        }
        below = f'AND($C2="{word["closing"]}",$C3="{word["target"]}",D2<D3-0.000001)'
        amber = self.styles.get(font_color="#B36F00", bold=True)
        days = self.styles.get(num_format=DAYS, font_color=QUIET)
        rules = (
            (0, "$A2&$B2<>$A1&$B1", self.styles.get(top=1, top_color=LINE)),
            (keys, below, amber),
            (keys, f'$C2="{word["cover"]}"', days),
            (0, f'$C2="{word["closing"]}"', self.styles.get(bold=True)),
        )
        for left, formula, style in rules:
            options = {"type": "formula", "criteria": f"={formula}", "format": style}
            target.conditional_format(1, left, len(piece), piece.shape[1] - 1, options)

    def _rows(self, target: "Worksheet", body: Body, *, drawn: bool = False) -> int:
        """Keep the rows of a sheet for later, draw those that cannot be poured; say its number."""
        number: int = self.workbook.worksheets().index(target) + 1
        self.lengths[number] = len(body.frame)
        if drawn or not all(pourable(body.frame.iloc[:, k]) for k in range(body.frame.shape[1])):
            draw(target, body)
        else:
            self.bodies[number] = body
        return number

    def _figures(self, target: "Worksheet", frame: pd.DataFrame) -> None:
        """Write the figures of RunInfo again, each in its own format."""
        for row, (item, value) in enumerate(zip(frame["Item"], frame["Value"], strict=True)):
            if not isinstance(value, str):
                style = self.styles.get(num_format=figure_form(item, value), indent=1, align="left")
                target.write_number(1 + row, 1, value, style)

    def copy(self, name: str, frame: pd.DataFrame) -> None:
        """Write the copy of an input sheet, values as read; without the helper columns ``# …``."""
        frame = frame.loc[:, [not _title(column).startswith("#") for column in frame.columns]]
        keys = {s.name: s.columns for s in schema().inputs}.get(name, ())
        needed = {form for c in keys if c.required for form in (c.name, c.zh)}
        looks = [
            Look(
                _title(column),
                "",
                _copy_form(frame.iloc[:, index]),
                key=_plain(column) in needed,
                folded=_plain(column) not in needed and _blank(frame.iloc[:, index]),
                right=_counts(frame.iloc[:, index]),
            )
            for index, column in enumerate(frame.columns)
        ]
        title = copy_title(name, self.language)
        for target, part, table in self._parts(title, frame, f"In_{name}"):
            first = self._first(part)
            body = write_table(
                target, self.styles, part, looks, table, TAB_INPUT, packed=True, first=first
            )
            self._rows(target, body)

    def _first(self, rows: pd.DataFrame) -> str:
        """Return what the footer says of a sheet of which only the first rows print."""
        return tell("print first", self.language, first=FIRST, count=f"{len(rows):,}")

    def _parts(
        self, title: str, frame: pd.DataFrame, name: str
    ) -> list[tuple["Worksheet", pd.DataFrame, str]]:
        """Return new sheets and their rows; what does not fit on one goes on on the next."""
        parts = []
        for number, first in enumerate(range(0, max(len(frame), 1), MOST_ROWS), start=1):
            more = f" ({number})" if number > 1 else ""
            target = self.workbook.add_worksheet(title + more)
            rows = frame.iloc[first : first + MOST_ROWS]
            parts.append((target, rows, table_name(name + more)))
        return parts

    def _colour(self, target: "Worksheet", name: str, frame: pd.DataFrame) -> None:
        """Colour what needs attention; the number or word itself says the same."""
        red = self.styles.get(font_color=BAD, bold=True)
        amber = self.styles.get(font_color="#B36F00")
        rules: dict[str, list[dict[str, Any]]] = {
            "Lost": [{"type": "cell", "criteria": ">", "value": 0, "format": red}],
            "Backlog": [{"type": "cell", "criteria": ">", "value": 0, "format": amber}],
            "Shortfall": [{"type": "cell", "criteria": ">", "value": 0, "format": amber}],
            "Ratio": [{"type": "cell", "criteria": ">", "value": 1.0000001, "format": amber}],
            "Level": [
                {
                    "type": "cell",
                    "criteria": "==",
                    "value": f'"{self._word(word)}"',
                    "format": style,
                }
                for word, style in (("high", red), ("medium", amber))
            ],
            "Utilisation": [
                {"type": "cell", "criteria": ">", "value": 1.0000001, "format": red},
                {"type": "cell", "criteria": ">=", "value": 0.95, "format": amber},
            ],
        }
        if name == "Audit":
            word = self._word("fail")
            rules["Result"] = [
                {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": red}
            ]
        for index, column in enumerate(frame.columns):
            for rule in rules.get(column, []) if len(frame) else []:
                target.conditional_format(1, index, len(frame), index, rule)

    def _word(self, word: str) -> str:
        """Return a word of a result in the language of the report."""
        return say(word, self.language, "result status")


def figure_form(item: str, value: float) -> str:
    """Return the number format of a figure of RunInfo."""
    if item in SHARES or item.startswith("Level gap"):
        return PERCENT
    if item in MONEY:
        return WHOLE if abs(value) >= LARGE else PARTS
    return DAYS if isinstance(value, float) else WHOLE


def _folded(sheet: str, column: Column, frame: pd.DataFrame) -> bool:
    """Tell whether a column says nothing.

    That is: all blank; all 0 in moves of Inventory; one word throughout; what another column says.
    """
    values = frame[column.name]
    if sheet == "Inventory" and column.name in MOVES:
        return not values.any()
    if not len(values):
        return False
    if column.name in SAME:
        return values.nunique() == 1
    if (other := SAID_BY.get(column.name)) in frame:
        pairs = frame[[column.name, other]].drop_duplicates().astype(str)
        if (pairs[column.name] == pairs[other]).all():
            return True
    return column.name not in LEFT_EMPTY and _blank(values)


def _blank(values: pd.Series) -> bool:
    return bool((values.isna() | (values == "")).all())


def _alike(looks: list[Look], units: list[str]) -> list[Look]:
    """Return the columns with tenths in all quantities of a unit where one of them has any."""
    tenths = {unit for look, unit in zip(looks, units, strict=True) if look.form == TENTHS}
    return [
        replace(look, form=TENTHS) if unit in tenths and unit and look.form == WHOLE else look
        for look, unit in zip(looks, units, strict=True)
    ]


def _has_problem(name: str, frame: pd.DataFrame) -> bool:
    if name == "Alerts":
        return bool((frame["Level"] == "high").any())
    return len(frame) > 0 if name == "DataIssues" else bool((frame["Result"] != "pass").any())


def _title(column: object) -> str:
    return column.date().isoformat() if isinstance(column, pd.Timestamp) else str(column)


def _plain(column: object) -> str:
    """Return a heading of an input without its unit and its name in the other language."""
    return re.split(r"[(（/\n]", _title(column))[0].strip()


def _copy_form(values: pd.Series) -> str:
    """Return the format of a column of the input copy, by what it holds."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return DATE
    return TEXT if all(isinstance(value, str) for value in values.dropna()) else GENERAL


def _counts(values: pd.Series) -> bool:
    """Tell whether a column of the input copy holds numbers or days, which stand on the right."""
    there = values.dropna()
    return len(there) > 0 and not any(isinstance(one, str) for one in there)
