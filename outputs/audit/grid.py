"""One sheet as texts, the same from every kind of file."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass
class Grid:
    """One sheet: its title, its rows as (row number, cells), and the cells that hold formulas."""

    title: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def add(self, number: int, cells: list[str]) -> None:
        """Add a row up to its last filled cell, in place; none where no cell is filled."""
        while cells and not cells[-1]:
            del cells[-1]
        if cells:
            self.rows.append((number, cells))


class Stored(str):
    """A number stored as one: its decimal mark is a point, whatever that of texts is."""

    __slots__ = ()


def written(value: object) -> str:
    """Return a stored value as a cell shows it: a day in ISO form, a flag ``TRUE``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float | Decimal):
        return Stored(value)
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def percentage(raw: str) -> str:
    """Return a number as its cell shows it in a percent format: ``120%`` for ``1.2``."""
    return Stored(f"{Decimal(raw).scaleb(2).normalize():f}%")
