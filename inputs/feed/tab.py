"""The stock as the rows of the sheet OpeningStock."""

import pandas as pd

from tierstock.inputs.feed.columns import FORMER
from tierstock.inputs.feed.stock import Stock
from tierstock.inputs.schema import schema
from tierstock.inputs.writing.tabs import Tab

SHEET = "OpeningStock"
FIELDS = {
    "location": "location",
    "product": "product",
    "quantity": "quantity",
    "unit": "unit",
    "expiry_date": "expiry",
    "lot": "lot",
}
"""Fields of the sheet, and the columns of the stock they take."""


def tab_of(stock: Stock, at: pd.Timestamp, language: str) -> Tab:
    """Return the stock as a sheet; unit, lot and expiry date only where some row has one.

    The column ``#As Of`` says of which moment it is; tierstock leaves it out when it reads the
    sheet, and starts from it when it is given as a former snapshot.
    """
    sheet = schema().sheet(SHEET)
    cells = cells_of(stock)
    rows: list[list[object]] = [
        [*(sheet.column(name).heading(language) for name in cells), as_of(language)]
    ]
    rows += [[*row, at.isoformat()] for row in zip(*cells.values(), strict=True)]
    return Tab(sheet.heading(language), rows, sheet=SHEET)


def as_of(language: str) -> str:
    """Return the heading of the column that holds the moment."""
    one = next(one for one in FORMER if one.name == "time")
    return one.zh if language == "zh" else one.en


def cells_of(stock: Stock) -> dict[str, list[object]]:
    """Return the columns by field of the sheet; blank is ""."""
    found: dict[str, list[object]] = {}
    for name, column in FIELDS.items():
        values = stock.frame[column]
        if column == "expiry":
            listed = [day.date() if day is not pd.NaT else "" for day in values]
        else:
            listed = values.tolist()
        if column in ("location", "product", "quantity") or any(one != "" for one in listed):
            found[name] = listed
    return found
