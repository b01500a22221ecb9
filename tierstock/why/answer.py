"""What ``plan.why`` answers: causes in words, the binding rule first."""

from dataclasses import dataclass
from html import escape

import pandas as pd

from tierstock.inputs.schema import schema
from tierstock.why.words import tell

COLUMNS = ("Cause", "Sheet", "Excel Row", "Column", "Now", "Needed", "Price", "Text")
"""Columns of the table of an answer."""


@dataclass(frozen=True)
class Cause:
    """One reason.

    Attributes:
        cause: no stock, capacity, lead time, budget, priority or no route; of a shipment blank.
        sheet: English name of the sheet whose row binds; blank where none does.
        row: its Excel row, None where no row says it.
        column: English name of the column.
        now: what the cell says, not a number where it says none.
        needed: what it would have to say for the demand to be served.
        price: money that one more unit of the limit saves; not a number where it has none.
        text: all of it in a sentence.
    """

    cause: str
    sheet: str
    row: int | None
    column: str
    now: float
    needed: float
    price: float
    text: str


@dataclass(frozen=True)
class Why:
    """The answer to one question.

    Attributes:
        head: the question and what is the matter, in words.
        causes: reasons, the binding rule first.
        notes: further sentences.
        serving: money that serving a unit costs; of a shipment what leaving it out costs.
        language: ``en`` or ``zh``.
    """

    head: str
    causes: tuple[Cause, ...]
    notes: tuple[str, ...]
    serving: float
    language: str

    @property
    def cause(self) -> str:
        """The first cause as the sheet Service names it; blank where nothing is short."""
        return self.causes[0].cause if self.causes else ""

    @property
    def frame(self) -> pd.DataFrame:
        """The causes as a table, one row each, the binding rule first."""
        rows = [
            (c.cause, c.sheet, c.row, c.column, c.now, c.needed, c.price, c.text)
            for c in self.causes
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"Excel Row": "Int64"})

    def __str__(self) -> str:
        numbered = [f"{at}. {one.text}" for at, one in enumerate(self.causes, start=1)]
        return "\n".join([self.head, *numbered, *self.notes])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        causes = "".join(f"<li>{escape(one.text)}</li>" for one in self.causes)
        notes = "".join(f"<p>{escape(one)}</p>" for one in self.notes)
        title = escape(tell("title", self.language))
        return f"<b>{title}: {escape(self.head)}</b><ol>{causes}</ol>{notes}"


def column_name(sheet: str, field: str) -> str:
    """Return the English name of a column of a sheet."""
    return schema().sheet(sheet).column(field).name
