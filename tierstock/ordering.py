"""Orders out of a plan, or out of its results workbook."""

from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.console import Console
from tierstock.exits import Exit, Refused
from tierstock.files import writing
from tierstock.inputs import InputError, Network, read
from tierstock.outputs.audit.book import titles
from tierstock.outputs.audit.run import CHINESE
from tierstock.outputs.audit.values import day, finite
from tierstock.outputs.audit.words import Table, read_tables
from tierstock.outputs.orders import SHEETS, NotOurs, order_lines, write_orders
from tierstock.words import tell

ENDING = ".orders"
"""What the folder of the orders of a plan is called behind its name."""
WHOLE = 1e-6


def ordered(net: Network, tables: Mapping[str, pd.DataFrame], until: object = None) -> pd.DataFrame:
    """Return the order lines of a plan; see ``tierstock.outputs.orders.order_lines``.

    Args:
        net: the network that was planned.
        tables: its result sheets in English.
        until: last day on which an order may have to be placed; None for the whole plan.
    """
    products = net.products
    code = [str(one) for one in products.code]
    per_case = dict(zip(code, products.per_case.tolist(), strict=True))
    names = dict(zip(code, map(str, products.name), strict=True))
    found = {name: tables[name] for name in SHEETS if name in tables}
    if "Production" in found:
        start = dict(zip(map(str, net.periods.id), pd.to_datetime(net.periods.start), strict=True))
        release = pd.to_datetime(found["Production"]["Period"].map(start))
        found["Production"] = found["Production"].assign(**{"Release Date": release})
    last = None if until is None else pd.Timestamp(str(until))
    return order_lines(found, {k: v for k, v in per_case.items() if v > 0}, names, last)


def save_orders(lines: pd.DataFrame, folder: str | PathLike[str], language: str) -> list[Path]:
    """Write the files of orders into a folder.

    Raises:
        NotOurs: the folder holds something else.
        OSError: it cannot be written; an old one is untouched.
    """
    target = Path(fspath(folder))
    with writing(target):
        return write_orders(lines, target, language)


def orders_file(
    console: Console, plan: Path, folder: Path | None, until: str, language: str
) -> Exit:
    """Write the orders of a results workbook; the code of ``tierstock orders``.

    Args:
        console: where it speaks.
        plan: results workbook.
        folder: where to write; None = beside the plan.
        until: last day on which an order may have to be placed; blank for the whole plan.
        language: ``en`` or ``zh``; blank = that of the plan.

    Raises:
        Refused: the file is no plan, the day is none, or the folder holds something else.
        OSError: a file cannot be read or written.
    """
    last = day(until) if until else None
    if until and last is None:
        raise Refused(tell("orders-no-day", console.language, value=until))
    tables = _tables(console, plan)
    chinese = bool(set(titles(plan)) & CHINESE)
    console.language = language or ("zh" if chinese else "en")
    try:
        net = read(plan)
    except InputError as fault:
        raise Refused(tell("orders-no-plan", console.language, path=plan)) from fault
    lines = ordered(net, tables, last)
    target = folder or plan.with_name(plan.name.split(".plan")[0].removesuffix(".xlsx") + ENDING)
    try:
        files = save_orders(lines, target, console.language)
    except NotOurs as fault:
        raise Refused(tell("orders-not-ours", console.language, path=target)) from fault
    count = int(lines["Order No"].nunique())
    console.say("orders-written", orders=count, lines=len(lines), path=target)
    parts = int((abs(lines["Quantity"] - lines["Quantity"].round()) > WHOLE).sum())
    if parts:
        console.line(tell("orders-parts", console.language, count=parts), style="yellow")
    console.answer({"orders": count, "lines": len(lines), "files": [str(one) for one in files]})
    return Exit.DONE


def _tables(console: Console, plan: Path) -> dict[str, pd.DataFrame]:
    try:
        known = read_tables(plan, "output", SHEETS)
    except OSError:
        raise
    except Exception as fault:  # whatever a damaged file makes of its reader
        raise Refused(tell("orders-no-plan", console.language, path=plan)) from fault
    if "Shipments" not in known:
        raise Refused(tell("orders-no-plan", console.language, path=plan))
    return {name: _frame(table) for name, table in known.items()}


def _frame(table: Table) -> pd.DataFrame:
    """Return a sheet read as texts with its numbers and days."""
    found: dict[str, object] = {}
    for name, texts in table.texts.items():
        if name.endswith("Date"):
            found[name] = pd.DatetimeIndex([day(text) or pd.NaT for text in texts])
        elif name == "Quantity":
            found[name] = np.array([finite(text) or 0.0 for text in texts], dtype=np.float64)
        else:
            found[name] = pd.Series(texts, dtype="str")
    return pd.DataFrame(found)
