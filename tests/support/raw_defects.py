"""Defects planted into raw extracts: twelve classes, each where only it can be found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from raw_extracts import Company, Row

STOCK, ORDERS, SHIPMENTS, MOVES = "stock.xlsx", "po.csv", "asn.csv", "moves.csv"


@dataclass(frozen=True)
class Defect:
    """One planted defect and how the log must tell it."""

    kind: str
    reasons: tuple[str, ...]
    """Reasons of the log, any of which tells it."""
    table: str
    row: Row
    """The record itself; its place is known when the file is written."""
    pair: tuple[str, str]
    """Location and product."""


Planter = Callable[[Company, tuple[str, str], int], Defect]


def lots(made: Company, pair: tuple[str, str]) -> list[Row]:
    """Return the stock rows of a pair."""
    site, item = pair
    code = f"W{site[2:]}"
    return [r for r in made.tables[STOCK] if r["Warehouse"] == code and r["SKU"] == item]


def of(made: Company, table: str, pair: tuple[str, str], site: str, item: str) -> Row:
    """Return the first row of a pair in a table."""
    rows = made.tables[table]
    return next(row for row in rows if (row[site], row[item]) == pair)


def _gone(made: Company, pair: tuple[str, str], row: Row) -> None:
    """Take the quantity of a row that cannot be imported off what must come out."""
    made.stock[pair] -= row["Qty On Hand"]


def exact_duplicate(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    again = dict(lots(made, pair)[0])
    made.tables[STOCK].append(again)
    return Defect("exact duplicate", ("exact duplicate",), STOCK, again, pair)


def near_duplicate(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    again = {**lots(made, pair)[0], "Counted By": "shift 2"}
    if turn % 2:
        again["Qty On Hand"] += 3
    made.tables[STOCK].append(again)
    reasons = ("near duplicate", "conflicting quantity")
    return Defect("near duplicate", reasons, STOCK, again, pair)


def unit_mismatch(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = lots(made, pair)[0]
    row["UOM"] = ("CS", "BX", "箱", "KG")[turn % 4]
    if row["UOM"] in ("CS", "箱"):
        row["UOM"] = "case" if row["UOM"] == "CS" else "箱"
        row["Qty On Hand"] = Decimal(int(row["Qty On Hand"]) + 1)
        made.stock[pair] = sum((one["Qty On Hand"] for one in lots(made, pair)), Decimal(0))
        made.stock[pair] += row["Qty On Hand"] * (made.case[pair[1]] - 1)
    else:
        _gone(made, pair, row)
    reasons = ("unknown unit", "converted to the base unit")
    return Defect("unit mismatch", reasons, STOCK, row, pair)


def unknown_code(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = lots(made, pair)[0]
    _gone(made, pair, row)
    row["SKU" if turn % 2 else "Warehouse"] = f"X9{turn:03d}"
    return Defect("unknown code", ("unknown code",), STOCK, row, pair)


def alias_code(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = lots(made, pair)[0]
    item = pair[1]
    wide = "".join(chr(ord(mark) + 0xFEE0) for mark in item)
    row["SKU"] = (item.lower(), wide, f"{item[:1]} {item[1:]}", f"00{item}")[turn % 4]
    return Defect("alias code", ("code in another spelling",), STOCK, row, pair)


def ambiguous_date(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = lots(made, pair)[0]
    _gone(made, pair, row)
    row["Expiry"] = ("05/06/2026", "3.4.2026", "07-08-2026")[turn % 3]
    return Defect("ambiguous date", ("wrong or ambiguous date",), STOCK, row, pair)


def missing_key(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = lots(made, pair)[0]
    _gone(made, pair, row)
    row[("SKU", "Warehouse", "Qty On Hand")[turn % 3]] = ""
    return Defect("missing key", ("missing key",), STOCK, row, pair)


def negative_quantity(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    if turn % 2:
        order = of(made, ORDERS, pair, "Ship To", "Item")
        made.coming -= order["Order Qty"] - order["Received Qty"]
        order["Order Qty"] = -order["Order Qty"]
        return Defect("negative quantity", ("negative quantity",), ORDERS, order, pair)
    row = lots(made, pair)[0]
    _gone(made, pair, row)
    row["Qty On Hand"] = -row["Qty On Hand"]
    return Defect("negative quantity", ("negative quantity",), STOCK, row, pair)


def double_counted(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    order = of(made, ORDERS, pair, "Ship To", "Item")
    shipment = of(made, SHIPMENTS, pair, "Ship To", "SKU")
    made.coming -= shipment["Shipped Qty"]
    shipment["PO Number"] = order["PO Number"]
    shipment["PO Line"] = "" if turn % 3 == 1 else order["PO Line"]
    if turn % 3 == 2:
        whole = order["Order Qty"] - order["Received Qty"]
        shipment["Shipped Qty"] = whole
    return Defect(
        "double-counted in-transit", ("on the way under the same order",), ORDERS, order, pair
    )


def not_reconciling(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    moves = [r for r in made.tables[MOVES] if (r["Plant"], r["Material"]) == pair]
    if turn % 2:
        made.tables[MOVES] = [row for row in made.tables[MOVES] if row is not moves[0]]
    else:
        moves[1]["Quantity"] = f"{int(moves[1]['Quantity'].split(',')[0]) + 7},500"
    reasons = ("stock differs from movements",)
    return Defect("movement not reconciling", reasons, "", {}, pair)


def conflicting_masters(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = next(one for one in made.tables["items_wms.ods"] if one["SKU"] == pair[1])
    if turn % 3 == 0:
        row["Cost"] += 1
    elif turn % 3 == 1:
        row["Pack"] += 4
    else:
        row["UOM"] = "KG"
    reasons = ("conflicting master data",)
    return Defect("conflicting masters", reasons, "items_wms.ods", row, pair)


def broken_number(made: Company, pair: tuple[str, str], turn: int) -> Defect:
    row = lots(made, pair)[0]
    _gone(made, pair, row)
    row["Qty On Hand"] = ("1O5", "12,5", "n/a", "4 + 5", "12.5.1", "--7")[turn % 6]
    return Defect("broken number", ("broken number",), STOCK, row, pair)


PLANTERS: tuple[Planter, ...] = (
    exact_duplicate,
    near_duplicate,
    unit_mismatch,
    unknown_code,
    alias_code,
    ambiguous_date,
    missing_key,
    negative_quantity,
    double_counted,
    not_reconciling,
    conflicting_masters,
    broken_number,
)


def plant(made: Company, count: int) -> list[Defect]:
    """Plant defects class by class, each at a pair of its own; masters at items of their own."""
    found = []
    free = _pairs(made)
    masters = iter(made.items)
    for turn in range(count):
        planter = PLANTERS[turn % len(PLANTERS)]
        if planter is conflicting_masters:
            pair: tuple[str, str] = (made.sites[0], next(masters))
        else:
            pair = next(free)
        found.append(planter(made, pair, turn // len(PLANTERS)))
    return found


def _pairs(made: Company) -> Iterator[tuple[str, str]]:
    pairs = list(made.stock)
    made.chance.shuffle(pairs)
    return iter(pairs)


def raw_total(made: Company, table: str, column: str, number: Any, decimal: str = ".") -> Decimal:
    """Return the sum of a raw column, counted by other means than the import's."""
    return sum((number(row[column], decimal) for row in made.tables[table]), Decimal(0))
