"""Raw extracts of a made-up company, right to the last unit, for defects to be planted in."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_open_document import write_open_document

Row = dict[str, Any]

MAP = """
language: en
codes:
  warehouses: {file: codes.csv, from: WMS Code, to: Site}
units: {DZ: 12}
faults:
  broken-number: set aside
  missing-key: set aside
  unknown-code: set aside
  bad-date: set aside
  unknown-unit: set aside
  negative: set aside
  near-duplicate: set aside
  conflict: set aside
  master-conflict: set aside
sources:
  - file: sites.csv
    sheet: Locations
    columns: {Location: Site Code, Tier: Site Type}
  - file: items_erp.csv
    sheet: Products
    columns:
      Product: Item Code
      Unit Value: Standard Cost
      Base Unit: Base UOM
      Units Per Case: Case Pack
  - file: items_wms.ods
    sheet: Products
    columns: {Product: SKU, Unit Value: Cost, Base Unit: UOM, Units Per Case: Pack}
  - file: stock.xlsx
    tab: Stock
    sheet: OpeningStock
    columns:
      Location: {from: Warehouse, codes: warehouses}
      Product: SKU
      Quantity: Qty On Hand
      Unit: UOM
      Lot: Lot
      Bin: Bin
      Expiry Date: Expiry
  - file: earlier.csv
    sheet: EarlierStock
    columns: {Location: Site, Product: Item, Quantity: Closing}
  - file: moves.csv
    sheet: Movements
    dates: dd.mm.yyyy
    decimal: comma
    columns:
      Location: Plant
      Product: Material
      Quantity: Quantity
      Document: Mat. Doc.
      Line: Item
      Posting Date: Pstng Date
    signs: {column: MvT, in: ["101"], out: ["601"]}
  - file: po.csv
    sheet: InTransit
    kind: orders
    columns:
      To: Ship To
      Product: Item
      Quantity: Order Qty
      Received: Received Qty
      Order No: PO Number
      Line: PO Line
      Due Date: Due Date
  - file: asn.csv
    sheet: InTransit
    kind: shipments
    columns:
      To: Ship To
      Product: SKU
      Quantity: Shipped Qty
      Order No: PO Number
      Line: PO Line
      Document: ASN
      Due Date: ETA
"""
FILES = (
    "sites.csv",
    "items_erp.csv",
    "items_wms.ods",
    "stock.xlsx",
    "earlier.csv",
    "moves.csv",
    "po.csv",
    "asn.csv",
)
FIRST_ROW = {"stock.xlsx": 5}
"""Row of the first record where it is not the second."""


@dataclass
class Company:
    """Tables by file, and what of them is right."""

    chance: random.Random
    tables: dict[str, list[Row]] = field(default_factory=dict)
    sites: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    stock: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    """What the opening stock must be, in base units, by location and product."""
    coming: Decimal = Decimal(0)
    """What must be on order and on the way, each unit once."""
    case: dict[str, int] = field(default_factory=dict)

    def place(self, table: str, row: Row) -> tuple[str, int]:
        """Return file and row of a record as it will be written."""
        at = next(n for n, one in enumerate(self.tables[table]) if one is row)
        return table, at + FIRST_ROW.get(table, 2)


def company(seed: int, sites: int, items: int) -> Company:
    """Return extracts without any defect; every pair of site and item has stock in three lots."""
    made = Company(random.Random(seed))
    made.sites = [f"DC{number:02d}" for number in range(1, sites + 1)]
    made.items = [f"P{number:04d}" for number in range(1, items + 1)]
    made.tables = {name: [] for name in FILES}
    for site in made.sites:
        made.tables["sites.csv"].append({"Site Code": site, "Site Type": "RDC"})
    for item in made.items:
        _item(made, item)
    for site in made.sites:
        for item in made.items:
            _pair(made, site, item)
    return made


def _item(made: Company, item: str) -> None:
    cost, pack = made.chance.randint(5, 90), made.chance.choice((6, 12, 24))
    made.case[item] = pack
    made.tables["items_erp.csv"].append(
        {"Item Code": item, "Standard Cost": cost, "Base UOM": "EA", "Case Pack": pack}
    )
    made.tables["items_wms.ods"].append({"SKU": item, "UOM": "EA", "Cost": cost, "Pack": pack})


def _pair(made: Company, site: str, item: str) -> None:
    """Add stock in three lots, what was there before, movements, an order and a shipment."""
    chance, number = made.chance, len(made.tables["earlier.csv"]) + 1
    total = Decimal(0)
    for lot in range(3):
        quantity = Decimal(chance.randint(1, 4000)) / chance.choice((1, 1, 1, 2, 8))
        total += quantity
        made.tables["stock.xlsx"].append(
            {
                "Warehouse": f"W{site[2:]}",
                "Bin": f"A-{number:04d}-{lot}",
                "SKU": item,
                "Lot": f"L{number:05d}{lot}",
                "Qty On Hand": quantity,
                "UOM": "EA",
                "Expiry": f"2026-{chance.randint(6, 12):02d}-{chance.randint(1, 28):02d}",
                "Counted By": "shift 1",
            }
        )
    made.stock[site, item] = total
    came, went = chance.randint(10, 500), chance.randint(1, 400)
    made.tables["earlier.csv"].append({"Site": site, "Item": item, "Closing": total - came + went})
    for kind, moved, line in (("101", came, 1), ("601", went, 2)):
        made.tables["moves.csv"].append(
            {
                "Material": item,
                "Plant": site,
                "MvT": kind,
                "Mat. Doc.": f"49{number:08d}",
                "Item": line,
                "Pstng Date": f"{chance.randint(1, 28):02d}.12.2025",
                "Quantity": f"{moved},000",
            }
        )
    ordered, received = chance.randint(200, 900), chance.choice((0, 0, 50))
    made.tables["po.csv"].append(
        {
            "PO Number": f"45{number:06d}",
            "PO Line": 10,
            "Item": item,
            "Ship To": site,
            "Order Qty": ordered,
            "Received Qty": received,
            "Due Date": "2026-03-15",
        }
    )
    made.tables["asn.csv"].append(
        {
            "ASN": f"ASN{number:06d}",
            "PO Number": "",
            "PO Line": "",
            "SKU": item,
            "Ship To": site,
            "Shipped Qty": chance.randint(5, 60),
            "ETA": "2026-02-20",
        }
    )
    made.coming += ordered - received + made.tables["asn.csv"][-1]["Shipped Qty"]


def write(made: Company, folder: Path) -> list[Path]:
    """Write all extracts, each as another system would, with the map and its codes."""
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    codes = [f"W{site[2:]},{site}" for site in made.sites]
    (folder / "codes.csv").write_text("\n".join(["WMS Code,Site", *codes]), encoding="utf-8")
    ways: dict[str, dict[str, Any]] = {
        "sites.csv": {"sep": ","},
        "items_erp.csv": {"sep": ";", "encoding": "gb18030"},
        "earlier.csv": {"sep": "|"},
        "moves.csv": {"sep": "\t", "encoding": "utf-16"},
        "po.csv": {"sep": ";"},
        "asn.csv": {"sep": ","},
    }
    for name, way in ways.items():
        pd.DataFrame(made.tables[name]).to_csv(folder / name, index=False, **way)
    _workbook(made.tables["stock.xlsx"], folder / "stock.xlsx")
    rows = made.tables["items_wms.ods"]
    grid: list[list[object]] = [list(rows[0]), *(list(row.values()) for row in rows)]
    write_open_document([Tab("Items", grid)], folder / "items_wms.ods")
    return [folder / name for name in FILES]


def _workbook(rows: Sequence[Row], path: Path) -> None:
    """Write the stock with a title above its headings, as reports have it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Stock"
    sheet.append(["Stock by lot"])
    sheet.append(["printed 2026-01-05 06:00"])
    sheet.append([])
    sheet.append(list(rows[0]))
    for row in rows:
        cells = [float(one) if isinstance(one, Decimal) else one for one in row.values()]
        sheet.append([None if one == "" else one for one in cells])
    book.save(path)


def number(value: Any, decimal: str = ".") -> Decimal:
    """Return what a raw cell counts: 0 for what is no number, as the balance has it."""
    text = str(value).replace(decimal, ".") if decimal == "," else str(value)
    try:
        found = Decimal(text)
    except ArithmeticError:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)
