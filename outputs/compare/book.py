"""A comparison as a workbook, in the looks of the results: Compare, differences, the plans."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from tierstock.inputs.schema import schema
from tierstock.inputs.templates.template_style import BAD, QUIET, Styles
from tierstock.inputs.writing.place import placing
from tierstock.outputs.compare.spoken import (
    costs_in,
    form_of,
    heads_in,
    kpis_in,
    moves_in,
    plans_in,
)
from tierstock.outputs.compare.words import tell
from tierstock.outputs.localise import sheet_title
from tierstock.outputs.sheet import (
    HEAD,
    PARTS,
    TEXT,
    WHOLE,
    Look,
    draw,
    number_form,
    write_table,
)

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from tierstock.outputs.compare.comparison import Comparison

GOOD = "#1B8A5A"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_comparison(path: Path, found: "Comparison") -> None:
    """Write a comparison as a workbook in its language.

    Args:
        path: file to write, ``.xlsx``; an existing one is replaced only by a complete one.
        found: the comparison.

    Raises:
        OSError: the file cannot be written; an existing one is untouched.
    """
    import xlsxwriter

    with placing(path) as draft, xlsxwriter.Workbook(str(draft), {**PLAIN}) as book:
        first = pd.to_datetime(found.sides[0].first, errors="coerce")
        if not pd.isna(first):  # the same plans give the same file: no date of today is in it
            book.set_properties({"created": first.to_pydatetime()})
        _Book(book, found).write()


class _Book:
    """The workbook while it is written."""

    def __init__(self, book: "Workbook", found: "Comparison") -> None:
        self.book, self.found, self.language = book, found, found.language
        self.styles = Styles(book, found.language)

    def write(self) -> None:
        """Write all sheets; notes only where there are any."""
        first = self._compare()
        self._notes()
        self._costs()
        self._moves()
        self._plans()
        first.activate()

    def _compare(self) -> "Worksheet":
        """The sheet Compare of the contract: every figure in the format of its unit."""
        found, language = self.found, self.language
        frame = kpis_in(found, language)
        sheet = schema().sheet("Compare")
        heads = heads_in(found, language)
        notes = [tell("kpi note", language, name=side.name) for side in found.sides]
        looks = [
            Look(str(frame.columns[0]), sheet.column("KPI").description(language), TEXT, True),
            *(Look(head, note, PARTS, False) for head, note in zip(heads, notes, strict=True)),
            Look(str(frame.columns[-1]), tell("best note", language), TEXT, False),
        ]
        target = self._table(sheet_title("Compare", language), frame, looks, "Compare", HEAD)
        rows = zip(found.kpis.itertuples(index=False), found.leaders, strict=True)
        for row, ((name, *values, _), leaders) in enumerate(rows, start=1):
            for column, (plan, value) in enumerate(zip(found.names, values, strict=True), 1):
                if math.isfinite(value):
                    lead = {"font_color": GOOD, "bold": True} if plan in leaders else {}
                    style = self.styles.get(num_format=form_of(str(name), value), **lead)
                    target.write_number(row, column, value, style)
        return target

    def _notes(self) -> None:
        if self.found.notes:
            head = tell("note", self.language)
            frame = pd.DataFrame({head: list(self.found.notes)})
            looks = [Look(head, "", TEXT, False, wrap=True)]
            self._table(tell("notes", self.language), frame, looks, "Notes", BAD)

    def _costs(self) -> None:
        """Cost terms, what each plan adds to the base, and their sum."""
        frame = costs_in(self.found, self.language)
        numbers = frame.iloc[:, 1:].to_numpy(float).ravel()
        form = number_form("number", "money", pd.Series(numbers)) if len(frame) else WHOLE
        plans = len(self.found.names)
        looks = [
            Look(str(name), "", TEXT, True)
            if at == 0
            else Look(str(name), "", f"+{form};-{form};{form}" if at > plans else form, False)
            for at, name in enumerate(frame.columns)
        ]
        title = tell("costs", self.language)
        target = self._table(title, frame, looks, "CostDifferences", HEAD)
        for at in range(plans + 1, frame.shape[1]) if len(frame) else ():
            for sign, colour in ((">", BAD), ("<", GOOD)):
                rule = {"type": "cell", "criteria": sign, "value": 0}
                style = self.styles.get(font_color=colour)
                target.conditional_format(1, at, len(frame), at, {**rule, "format": style})
        if len(frame):
            rule = {"bold": True, "top": 1, "top_color": QUIET}
            row = len(frame) + 1
            style = self.styles.get(indent=1, **rule)
            target.write_string(row, 0, tell("total", self.language), style)
            for at, total in enumerate(frame.iloc[:, 1:].sum().tolist(), start=1):
                style = self.styles.get(num_format=looks[at].form, **rule)
                target.write_number(row, at, total, style)
        else:
            self._empty(target, "no difference")

    def _moves(self) -> None:
        """Shipments that differ, the largest difference first."""
        frame = moves_in(self.found, self.language)
        plans = len(self.found.names)
        texts = frame.shape[1] - plans - 1
        units = number_form(
            "number", "unit", pd.Series(self.found.moves[self.found.names].to_numpy(float).ravel())
        )
        money = number_form("number", "money", frame.iloc[:, -1])
        quantity = [tell("quantity note", self.language, name=one.name) for one in self.found.sides]
        forms = [TEXT] * texts + [units] * plans + [f"+{money};-{money};{money}"]
        notes = [""] * texts + quantity + [tell("value note", self.language)]
        looks = [
            Look(str(name), note, form, at < texts)
            for at, (name, note, form) in enumerate(zip(frame, notes, forms, strict=True))
        ]
        title = tell("moves", self.language)
        target = self._table(title, frame, looks, "MoveDifferences", HEAD)
        if not len(frame):
            self._empty(target, "no move")

    def _plans(self) -> None:
        """What the plans are: file, horizon, currency, how good, hash of the input."""
        frame = plans_in(self.found, self.language)
        looks = [Look(str(name), "", TEXT, at == 0, wrap=True) for at, name in enumerate(frame)]
        self._table(tell("plans", self.language), frame, looks, "Plans", HEAD)

    def _table(
        self, title: str, frame: pd.DataFrame, looks: list[Look], name: str, colour: str
    ) -> "Worksheet":
        target = self.book.add_worksheet(title)
        draw(target, write_table(target, self.styles, frame, looks, name, colour))
        return target

    def _empty(self, target: "Worksheet", word: str) -> None:
        box = {"width": 320, "height": 28, "line": {"none": True}, "font": {"italic": True}}
        target.insert_textbox(2, 0, tell(word, self.language), box)
