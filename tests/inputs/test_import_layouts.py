"""The same stock out of three systems, by proposals from their headings, is the same workbook."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import run
from openpyxl import Workbook, load_workbook

from tierstock.inputs.extracts.suggest import suggest
from tierstock.inputs.findings import Findings

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

LOTS = [
    ("DC-East", "0017", "L1", 1200.5, date(2026, 5, 3)),
    ("DC-East", "0017", "L2", 24, date(2026, 5, 3)),
    ("DC-West", "0017", "L3", 48, date(2026, 11, 12)),
    ("DC-West", "0020", "L4", 12, date(2026, 12, 1)),
]
"""Location, product, lot, quantity in pieces and expiry date."""


def sap(folder: Path) -> Path:
    """MB52: plants, points for thousands and commas for decimals, days first."""
    lines = ["Plnt\tMaterial\tBatch\tSLoc\tBUn\tUnrestricted\tBlocked\tSLED/BBD"]
    for site, item, lot, quantity, day in LOTS:
        plant = {"DC-East": "1000", "DC-West": "2000"}[site]
        text = f"{quantity:,.2f}".translate(str.maketrans(",.", ".,"))
        lines.append(f"{plant}\t{item}\t{lot}\t0001\tEA\t{text}\t0,00\t{day:%d.%m.%Y}")
    file = folder / "mb52.txt"
    file.write_text("\n".join(lines), encoding="utf-16")
    return file


def warehouse(folder: Path) -> Path:
    """A Chinese WMS: a workbook with a title, its own codes, full cartons where there are any."""
    book = Workbook()
    sheet = book.active
    sheet.append(["库存明细表"])
    sheet.append(["仓库", "库位", "货品编码", "批次号", "库存数量", "单位", "失效日期"])
    for number, (site, item, lot, quantity, day) in enumerate(LOTS):
        name = {"DC-East": "华东仓", "DC-West": "华西仓"}[site]
        whole = quantity % 12 == 0
        amount, unit = (quantity / 12, "箱") if whole else (quantity, "件")
        sheet.append([name, f"A{number}", item, lot, amount, unit, f"{day:%Y年%m月%d日}"])
    sheet.append(["合计", None, None, None, sum(row[3] for row in LOTS), None, None])
    book.save(folder / "wms.xlsx")
    return folder / "wms.xlsx"


def odoo(folder: Path) -> Path:
    """stock.quant: quantities as numbers, months first."""
    lines = ["Location,Product,Lot/Serial Number,On Hand Quantity,Unit of Measure,Expiration Date"]
    for site, item, lot, quantity, day in LOTS:
        lines.append(f"{site},{item},{lot},{quantity},pcs,{day:%m/%d/%Y}")
    lines.append("DC-East,0017,L0,0,pcs,10/31/2026")
    file = folder / "quants.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def stock(folder: Path, export: Any) -> list[tuple[Any, ...]]:
    """Import an export by the map proposed for it, confirmed, with the codes put in."""
    folder.mkdir()
    file = export(folder)
    items = folder / "items.csv"
    items.write_text("SKU,Standard Cost,Base UOM,Case Pack\n0017,5,EA,12\n0020,6,EA,12\n")
    text = suggest([file, items], Findings(), "en").text.replace("confirmed: no", "confirmed: yes")
    pairs = "1000: DC-East, 2000: DC-West, 华东仓: DC-East, 华西仓: DC-West"
    codes = f"codes: {{sites: {{map: {{{pairs}}}}}}}\n"
    line = next(one for one in text.splitlines() if one.lstrip().startswith("Location:"))
    heading = line.split("#")[0].split(":")[1].strip()
    text = text.replace(line, f"      Location: {{from: {heading}, codes: sites}}", 1)
    (folder / "map.yaml").write_text(codes + text, encoding="utf-8")
    done = run("import", "--map", folder / "map.yaml", file, items, "--json")
    assert done.exit_code == 0, (text, done.output)
    headings, *rows = load_workbook(folder / "map.xlsx")["OpeningStock"].values
    assert headings == ("Location", "Product", "Quantity", "Expiry Date")
    return [(*row[:3], str(row[3])[:10]) for row in rows if row[2] != 0]


def test_three_systems_give_the_same_stock(tmp_path: Path) -> None:
    found = {one.__name__: stock(tmp_path / one.__name__, one) for one in (sap, warehouse, odoo)}

    assert found["sap"] == [
        ("DC-East", "0017", 1224.5, "2026-05-03"),
        ("DC-West", "0017", 48, "2026-11-12"),
        ("DC-West", "0020", 12, "2026-12-01"),
    ]
    assert found["warehouse"] == found["sap"]
    assert found["odoo"] == found["sap"]
