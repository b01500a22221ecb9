"""The stock as the sheet OpeningStock: a file of its own, or put into a copy of a workbook."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tierstock.inputs.feed.into import write_into
from tierstock.inputs.feed.stock import Stock
from tierstock.inputs.feed.tab import tab_of
from tierstock.inputs.reading.marked import EXCEL
from tierstock.inputs.reading.native import INSTALL
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.writing.place import placing
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_csv import write_csv
from tierstock.inputs.writing.to_parquet import write_parquet
from tierstock.inputs.writing.to_workbook import write_workbook

ENDINGS = (".csv", ".parquet", ".xlsx")
"""Endings of the files that are written."""


def write_stock(
    stock: Stock, at: pd.Timestamp, target: Path, language: str, into: Path | None = None
) -> int:
    """Write the stock; it appears under its name only when it is complete.

    Args:
        stock: the stock.
        at: its moment.
        target: a .csv, .parquet or .xlsx file.
        language: ``en`` or ``zh`` for the headings of a new sheet.
        into: a workbook whose copy takes the stock as its sheet OpeningStock; None = the sheet
            alone.

    Returns:
        How many rows of the workbook's own sheet were replaced.

    Raises:
        Refused: the target cannot hold it, or a package is missing.
        OSError: it cannot be written.
    """
    writers: dict[str, Callable[[Tab, Path], None]] = {
        ".csv": write_csv,
        ".parquet": write_parquet,
        ".xlsx": lambda tab, path: write_workbook([tab], path),
    }
    try:
        with placing(target) as draft:
            if into is not None:
                return write_into(stock, at, into, draft, language)
            writers[target.suffix.lower()](tab_of(stock, at, language), draft)
    except ImportError as error:
        name = error.name or str(error)
        raise Refused("extra-missing", value=name, command=INSTALL) from error
    return 0


def check_target(target: Path, into: Path | None, force: bool) -> None:
    """Refuse a target that is there, or cannot hold the stock.

    Raises:
        Refused: why.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS or (into is not None and ending != ".xlsx"):
        raise Refused("feed-target", file=target.name, value=ending or target.name)
    if into is not None and into.suffix.lower() not in EXCEL:
        raise Refused("feed-into", file=into.name)
    if target.is_dir() or (target.exists() and not force):
        raise Refused("target-there", file=target.name, value="--force")
    if into is not None and target.resolve() == into.resolve():
        raise Refused("feed-same-file", file=into.name)
