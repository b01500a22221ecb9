"""A map is proposed from headings; nothing is imported before it is confirmed."""

from pathlib import Path

import pytest
from commands import answer, run

from tierstock.inputs.extracts.suggest import suggest
from tierstock.inputs.findings import Findings

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")

DIALECTS = {
    "sap-stock": (
        "Plnt,Name 1,SLoc,Material,Material Description,BUn,Unrestricted,In Quality Insp.,Blocked",
        "MANDT,MATNR,WERKS,LGORT,LABST,INSME,SPEME,UMLME",
        "工厂,库存地点,物料,物料描述,批次,基本计量单位,非限制使用的库存,质检中,已冻结",
    ),
    "sap-movements": (
        "Material,Material Description,Plant,SLoc,MvT,S,Mat. Doc.,Item,Pstng Date,Quantity,EUn",
    ),
    "sap-orders": (
        "Purch.Doc.,Item,Doc. Date,Vendor/supplying plant,Material,Plnt,Order Quantity,OUn,"
        "Still to be delivered (qty),Deliv. Date",
    ),
    "oracle-stock": (
        "ORGANIZATION_CODE,SUBINVENTORY_CODE,LOCATOR,ITEM_NUMBER,PRIMARY_UOM_CODE,"
        "TRANSACTION_QUANTITY,LOT_NUMBER",
        "Organization,Item,Subinventory,Locator,Lot,On-Hand,Primary UOM",
    ),
    "nav-ledger": (
        "Posting Date,Entry Type,Document Type,Document No.,Item No.,Description,Location Code,"
        "Quantity,Invoiced Quantity,Remaining Quantity,Lot No.,Entry No.",
    ),
    "dynamics-stock": (
        "Item number,Product name,Site,Warehouse,Location,Batch number,Physical inventory,"
        "Physical reserved,Unit",
    ),
    "odoo-stock": (
        "Location,Product,Product Category,Lot/Serial Number,Quantity,Reserved Quantity,"
        "Unit of Measure",
    ),
    "netsuite-stock": (
        "Item,Display Name,Location,On Hand,Available,On Order,Inventory Number,Bin Number",
    ),
    "kingdee-stock": (
        "物料代码,物料名称,规格型号,仓库代码,仓库名称,批号,基本单位,基本单位数量,常用单位数量",
        "物料编码,物料名称,仓库,仓位,批号,库存状态,库存量(主单位),库存主单位,生产日期,有效期至",
    ),
    "yonyou-stock": (
        "仓库编码,仓库名称,存货编码,存货名称,规格型号,主计量单位,批号,失效日期,结存数量,冻结数量",
    ),
    "wms-stock": (
        "Warehouse,Bin,SKU,SKU Description,Lot Number,Qty On Hand,Qty Allocated,Qty On Hold,UOM,"
        "Expiry Date,Received Date",
    ),
    "wms-stock-zh": (
        "仓库,库位,货品编码,货品名称,批次号,库存数量,可用数量,冻结数量,单位,生产日期,失效日期,入库时间",
    ),
    "wms-moves-zh": ("单据编号,业务类型,仓库,商品编码,商品名称,数量,单位,出入库时间",),
    "pos-sales": ("Store No,Business Date,Receipt No,Line,SKU,Description,Qty Sold,Net Sales",),
    "pos-sales-zh": ("门店编码,门店名称,销售日期,小票号,商品条码,商品名称,销售数量,销售金额",),
    "orders-en": (
        "PO Number,Line,Supplier,Item,Description,Ship To,Order Qty,Received Qty,UOM,Due Date",
    ),
    "orders-zh": (
        "采购订单号,行号,供应商,物料编码,物料名称,收货仓库,订购数量,已入库数量,单位,交货日期",
    ),
    "shipments-en": (
        "ASN No,PO Number,PO Line,Ship From,Ship To,SKU,Shipped Qty,UOM,Ship Date,ETA",
    ),
    "shipments-zh": (
        "发货单号,采购订单号,发货仓库,收货仓库,商品编码,发货数量,发货日期,预计到达日期",
    ),
    "items": (
        "Item Code,Description,Category,Base UOM,Case Pack,Standard Cost,List Price",
        "存货编码,存货名称,存货大类,主计量单位,箱规,参考成本,售价",
    ),
    "sites": ("Site Code,Site Name,Site Type,Region",),
    "forecast": ("Site,Item,Week,Forecast Qty",),
    "sales-orders": ("Sales Order,Line,Warehouse,SKU,Order Qty,Requested Date,Channel",),
}
"""Headings as the systems write them, by the dialect they are of."""


def test_the_dialects_are_recognised_by_their_headings(tmp_path: Path) -> None:
    taken = {}
    for code, samples in DIALECTS.items():
        for number, headings in enumerate(samples):
            file = tmp_path / f"{code}{number}.csv"
            file.write_text(f"{headings}\n{',' * headings.count(',')}\n", encoding="utf-8")
            (about,) = suggest([file], Findings(), "en").tables
            taken[file.stem.rstrip("0123456789"), number] = about["dialect"]

    assert {place: code for place, code in taken.items() if code != place[0]} == {}
    assert len(DIALECTS) >= 12


def write_moves(folder: Path) -> Path:
    file = folder / "流水.csv"
    lines = [
        "出入库流水,,,,,",
        "单据编号,业务类型,仓库,商品编码,数量(箱),出入库时间",
        "A1,采购入库,北京仓,P01,10,31/01/2026",
        "A2,销售出库,北京仓,P01,3,02/02/2026",
        "A3,盘点,北京仓,P01,1,02/02/2026",
    ]
    file.write_text("\n".join(lines), encoding="gb18030")
    return file


def test_a_proposal_tells_units_days_and_directions_with_their_shares(tmp_path: Path) -> None:
    text = suggest([write_moves(tmp_path)], Findings(), "zh").text

    assert "数量: {取自: 数量(箱), 单位: 箱}" in text
    assert "日期格式: dd/mm/yyyy" in text
    assert "表头行: 2" in text
    assert "入库: [采购入库]" in text and "出库: [销售出库]" in text
    assert "请说明以下类型是入库还是出库: 盘点" in text
    assert all("%" in line for line in text.splitlines() if line.startswith("      数量"))


def test_days_that_may_be_either_are_left_to_the_planner(tmp_path: Path) -> None:
    file = tmp_path / "asn.csv"
    rows = "ASN No,Ship To,SKU,Shipped Qty,ETA\nA1,DC1,P1,5,03/04/2026\n"
    file.write_text(rows, encoding="utf-8")
    text = suggest([file], Findings(), "en").text

    assert "# dates: dd/mm/yyyy / mm/dd/yyyy" in text


@pytest.mark.parametrize(("language", "answers"), [("en", ("no", "yes")), ("zh", ("否", "是"))])
def test_a_proposal_is_imported_only_when_it_is_confirmed(
    tmp_path: Path, language: str, answers: tuple[str, str]
) -> None:
    stock = tmp_path / "odd name: stock.csv"
    stock.write_text("Warehouse,SKU,Qty On Hand,#1\nDC1,007,12.5,x\n", encoding="utf-8")
    proposed = tmp_path / "map.yaml"
    words = ("--lang", language, "--json")
    assert run("import", "--suggest", stock, "-o", proposed, *words).exit_code == 0
    refused = run("import", "--map", proposed, stock, *words)
    text = proposed.read_text(encoding="utf-8").replace(f": {answers[0]}\n", f": {answers[1]}\n", 1)
    proposed.write_text(text, encoding="utf-8")
    done = run("import", "--map", proposed, stock, *words)

    assert refused.exit_code == 2
    assert [one["code"] for one in answer(refused)["findings"]] == ["map-unconfirmed"]
    assert done.exit_code == 0, done.output
    assert answer(done)["balance"][0]["out"] == 12.5


def test_a_table_of_no_known_kind_is_left_to_the_planner(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("a,b,c,d\n1,2,3,4\n", encoding="utf-8")
    done = run("import", "--suggest", file, "-o", tmp_path / "map.yaml", "--json")

    assert answer(done)["tables"][0]["dialect"] == ""
    assert "a, b, c, d" in (tmp_path / "map.yaml").read_text(encoding="utf-8")
