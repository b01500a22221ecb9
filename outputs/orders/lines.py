"""Order lines of a plan: what is bought, made and sent, numbered as documents."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

SHEETS = ("Shipments", "Purchases", "Production")
"""Result sheets that orders are made of."""
PREFIX = {
    "buy": "PO",
    "make": "MO",
    "replenish": "RP",
    "transfer": "TR",
    "return": "RT",
    "expedite": "EX",
}
"""What the number of an order begins with, by its kind."""
DOCUMENT = ("Date", "Kind", "From", "To", "Mode", "Vehicle", "Recipe")
"""What the lines of one order have in common."""
COLUMNS = (
    "Order No",
    "Line",
    "Kind",
    "From",
    "To",
    "Product",
    "Product Name",
    "Quantity",
    "Cases",
    "Date",
    "Arrive Date",
    "Mode",
    "Vehicle",
    "Recipe",
    "Plan No",
)
BLANK = ("From", "Mode", "Vehicle", "Recipe", "Plan No")


def order_lines(
    tables: Mapping[str, pd.DataFrame],
    per_case: Mapping[str, float],
    names: Mapping[str, str],
    until: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return order lines, in the order of their numbers.

    One order holds all products that one place buys, makes or sends to another on one day, by one
    mode and vehicle. Its number is made of its kind, its day and a count, ``TR-20260105-001``: the
    same plan gives the same numbers. Quantities are those of the plan, in base units; lots, least
    orders and cases are kept as the plan keeps them. Orders that are out already (Status firm) are
    not in here.

    Args:
        tables: Shipments, and Purchases and Production where the plan has them, in English.
        per_case: units in a case, by product; products without are left out.
        names: name of each product.
        until: last day on which an order may have to be placed; None for the whole plan.

    Returns:
        Columns ``COLUMNS``: Date is the day on which it is ordered, released or sent, Arrive Date
        the day it can be used.
    """
    parts = [_sent(tables["Shipments"])]
    for name, make in (("Purchases", _bought), ("Production", _made)):
        if len(tables.get(name, ())):
            parts.append(make(tables[name]))
    lines = pd.concat(parts, ignore_index=True)
    lines = lines.reindex(columns=list(dict.fromkeys((*lines.columns, *BLANK))))
    told = {name: lines[name].astype(object).fillna("").astype("str") for name in BLANK}
    lines = lines.assign(**told)
    if until is not None:
        lines = lines[lines["Date"] <= until]
    size = lines["Product"].map(per_case).astype(np.float64)
    named = lines["Product"].map(names).astype(object).fillna("").astype("str")
    lines = lines.assign(**{"Cases": lines["Quantity"] / size, "Product Name": named})
    lines = lines.sort_values([*DOCUMENT, "Product"], kind="stable", ignore_index=True)
    return _numbered(lines)[list(COLUMNS)]


def _sent(plan: pd.DataFrame) -> pd.DataFrame:
    plan = plan[plan["Status"] != "firm"]
    same = ("Kind", "From", "To", "Mode", "Product", "Quantity", "Arrive Date", "Vehicle")
    return plan[[*same, "Plan No"]].assign(Date=plan["Ship Date"])


def _bought(plan: pd.DataFrame) -> pd.DataFrame:
    same = plan[["To", "Product", "Quantity", "Arrive Date"]]
    return same.assign(Kind="buy", From=plan["Supplier"], Date=plan["Order Date"])


def _made(plan: pd.DataFrame) -> pd.DataFrame:
    plan = plan[plan["Quantity"] > 0]
    same = plan[["Recipe", "Product", "Quantity"]]
    return same.assign(
        Kind="make",
        To=plan["Location"],
        Date=plan["Release Date"],
        **{"Arrive Date": plan["Available Date"]},
    )


def _numbered(lines: pd.DataFrame) -> pd.DataFrame:
    """Give each document a number and each of its lines a count."""
    document = lines.groupby(list(DOCUMENT), sort=True)
    first = lines.loc[document.head(1).index, ["Kind", "Date"]]
    count = first.groupby(["Kind", "Date"]).cumcount() + 1
    number = pd.Series(
        [
            f"{PREFIX[kind]}-{day:%Y%m%d}-{one:03d}"
            for kind, day, one in zip(first["Kind"], first["Date"], count, strict=True)
        ],
        dtype="str",
    )
    of = document.ngroup().to_numpy(np.int64)
    lines = lines.assign(Line=document.cumcount() + 1)
    lines["Order No"] = number.to_numpy()[of]
    return lines
