"""What is asked: a demand by place, product and period, or a shipment."""

from typing import TYPE_CHECKING

import pandas as pd

from tierstock.inputs.schema import schema
from tierstock.inputs.selecting.selectors import nearest
from tierstock.why.answer import Why
from tierstock.why.moved import moved
from tierstock.why.program import Program
from tierstock.why.short import Short
from tierstock.why.words import tell

if TYPE_CHECKING:
    from tierstock.explained import Explained


def answer(plan: "Explained", program: Program, asked: tuple[object, ...], language: str) -> Why:
    """Return the answer to what was asked of a plan; see ``Plan.why``."""
    if len(asked) == 3:
        net = program.net
        known = (
            ("Locations", net.locations.code),
            ("Products", net.products.code),
            ("Periods", net.periods.id),
        )
        codes = [
            _number(str(word), [*map(str, names)], sheet, language)
            for word, (sheet, names) in zip(asked, known, strict=True)
        ]
        return Short(program, language).ask(codes[0], codes[1], codes[2])
    if len(asked) != 1:
        raise TypeError("why takes a location, a product and a period, or one shipment")
    one = asked[0]
    number = str(one["Plan No"]) if isinstance(one, pd.Series | dict) else str(one)
    frame = plan.shipments
    rows = frame[frame["Plan No"] == number]
    if not len(rows):
        raise ValueError(tell("unknown-shipment", language, word=number))
    return moved(plan, program, rows.iloc[0], language)


def _number(word: str, names: list[str], sheet: str, language: str) -> int:
    """Return the number of a code.

    Raises:
        ValueError: there is none like this; the message names the nearest.
    """
    if word in names:
        return names.index(word)
    near = nearest(word, names)
    hint = tell("nearest", language, nearest=near) if near else ""
    where = schema().sheet(sheet).heading(language)
    raise ValueError(tell("unknown-cell", language, word=word, where=where, hint=hint))
