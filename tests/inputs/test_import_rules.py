"""What the import does with units, codes, orders, movements and masters, case by case."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import answer, run
from openpyxl import load_workbook

from tierstock.inputs.extracts.books import workbook_tabs
from tierstock.inputs.extracts.run import import_extracts
from tierstock.inputs.findings import Findings

pytest.importorskip("yaml", reason="pyyaml is not installed (extra data)")


class Case:
    """A folder with a map and extracts as texts."""

    def __init__(self, folder: Path, text: str, **tables: str) -> None:
        self.folder = folder
        (folder / "map.yaml").write_text(text, encoding="utf-8")
        for name, table in tables.items():
            (folder / f"{name}.csv").write_text(table, encoding="utf-8")
        self.files = [folder / f"{name}.csv" for name in tables]

    def run(self, *more: object) -> Any:
        return run("import", "--map", self.folder / "map.yaml", *self.files, "--json", *more)

    def sheet(self, name: str, book: str = "map.xlsx") -> list[dict[str, Any]]:
        headings, *rows = load_workbook(self.folder / book)[name].values
        return [dict(zip(map(str, headings), row, strict=True)) for row in rows]

    def read(self) -> tuple[dict[str, list[dict[str, Any]]], set[str]]:
        """Import without writing; return the rows by sheet and the codes of what is found."""
        found = Findings()
        made = import_extracts(self.folder / "map.yaml", self.files, found)
        tabs = workbook_tabs(made, "en") if made is not None else []
        rows = {
            tab.title: [dict(zip(tab.headings, row, strict=True)) for row in tab.body]
            for tab in tabs
        }
        return rows, {one.code for one in found}

    def codes(self) -> set[str]:
        return self.read()[1]

    def done(self) -> dict[str, Any]:
        result = self.run()
        assert result.exit_code == 0, result.output
        return answer(result)


def source(file: str, sheet: str, columns: str, more: str = "") -> str:
    return f"  - {{file: {file}.csv, sheet: {sheet}, columns: {{{columns}}}{more}}}\n"


PLACED = "Location: site, Product: item, Quantity: qty"
ORDERS = source(
    "po",
    "InTransit",
    "To: site, Product: item, Quantity: qty, Received: got, Order No: po, Line: line, "
    "Due Date: due",
)
SHIPMENTS = source(
    "asn",
    "InTransit",
    "To: site, Product: item, Quantity: qty, Order No: po, Line: line, Due Date: eta",
    ", kind: shipments",
)


def netted(folder: Path, po: list[str], asn: list[str]) -> tuple[Case, list[tuple[Any, Any, Any]]]:
    case = Case(
        folder,
        "sources:\n" + ORDERS + SHIPMENTS,
        po="\n".join(["po,line,item,site,qty,got,due", *po]),
        asn="\n".join(["po,line,item,site,qty,eta", *asn]),
    )
    rows = case.read()[0]["InTransit"]
    return case, [(row["Order No"], f"{row['Due Date']:%m-%d}", row["Quantity"]) for row in rows]


@pytest.mark.parametrize(
    ("po", "asn", "expected"),
    [
        (["A,10,P,D,100,30,2026-03-01"], ["A,10,P,D,40,2026-02-20"], [30, 40]),
        (["A,10,P,D,100,0,2026-03-01"], ["A,10,P,D,100,2026-02-20"], [100]),
        (["A,10,P,D,100,0,2026-03-01"], ["A,,P,D,40,2026-02-20"], [60, 40]),
        (["A,10,P,D,100,0,2026-03-01"], ["B,10,P,D,40,2026-02-20"], [100, 40]),
        (["A,10,P,D,100,0,2026-03-01"], ["A,10,Q,D,40,2026-02-20"], [100, 40]),
        (["A,10,P,D,100,0,2026-03-01"], [",,P,D,40,2026-02-20"], [100, 40]),
        (["A,10,P,D,100,120,2026-03-01"], ["B,10,P,D,1,2026-02-20"], [1]),
        (
            ["A,10,P,D,50,0,2026-03-08", "A,20,P,D,50,0,2026-03-01"],
            ["A,20,P,D,30,2026-02-20", "A,,P,D,40,2026-02-21"],
            [30, 30, 40],
        ),
        (
            ["A,,P,D,50,0,2026-03-08", "A,,P,D,50,0,2026-03-01"],
            ["A,10,P,D,30,2026-02-20", "A,20,P,D,40,2026-02-21"],
            [30, 30, 40],
        ),
    ],
)
def test_a_unit_on_order_and_on_the_way_counts_once(
    tmp_path: Path, po: list[str], asn: list[str], expected: list[int]
) -> None:
    _, rows = netted(tmp_path, po, asn)
    assert [quantity for _, _, quantity in rows] == expected


def test_what_is_due_first_is_on_the_way_first_and_the_log_names_the_shipment(
    tmp_path: Path,
) -> None:
    po = ["A,10,P,D,50,0,2026-03-08", "A,20,P,D,50,0,2026-03-01"]
    case, rows = netted(tmp_path, po, ["A,,P,D,60,2026-02-20"])
    case.done()
    log = [row for row in case.sheet("Log", "map.import.xlsx") if row["Action"] == "netted"]

    assert rows == [("A", "03-08", 40), ("A", "02-20", 60)]
    assert [(row["Row"], row["Quantity"], row["Other file"], row["Other row"]) for row in log] == [
        (2, -10, "asn.csv", 2),
        (3, -50, "asn.csv", 2),
    ]


def test_more_on_the_way_than_ordered_is_told(tmp_path: Path) -> None:
    case, rows = netted(tmp_path, ["A,1,P,D,50,0,2026-03-01"], ["A,1,P,D,60,2026-02-20"])
    (found,) = answer(case.run("--force"))["findings"]

    assert [quantity for _, _, quantity in rows] == [60]
    assert (found["code"], found["line"]) == ("extract-over-shipped", 2)
    assert found["message"].startswith("10 more units")


UNITS = (
    "sources:\n"
    + source(
        "items",
        "Products",
        "Product: item, Unit Value: cost, Base Unit: base, Units Per Case: case",
    )
    + source("uom", "Units", "Product: item, Unit: unit, Per Base: per")
    + source("stock", "OpeningStock", f"{PLACED}, Unit: unit, Bin: bin")
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("D,P,2,case,b", 24),
        ("D,P,2,箱,b", 24),
        ("D,P,2,LAYER,b", 80),
        ("D,P,2,pcs,b", 2),
        ("D,P,2,,b", 2),
        ("D,P,2箱,,b", 24),
        ('D,P,"1,200.5",EA,b', 1200.5),
        ("D,P,１２,EA,b", 12),
        ("D,P,2万,EA,b", 20000),
        ("D,K,2,t,b", 2000),
        ("D,K,0.0000015,kg,b", 0.000002),
    ],
)
def test_quantities_come_out_in_the_base_unit(tmp_path: Path, row: str, expected: float) -> None:
    case = Case(
        tmp_path,
        UNITS,
        items="item,cost,base,case\nP,5,EA,12\nK,5,kg,\n",
        uom="item,unit,per\nP,LAYER,40\n",
        stock=f"site,item,qty,unit,bin\n{row}\n",
    )
    assert [one["Quantity"] for one in case.read()[0]["OpeningStock"]] == [expected]


@pytest.mark.parametrize("row", ["D,P,2,kg,b", "D,P,2,BX,b", "D,K,2,case,b", "D,K,2,LAYER,b"])
def test_a_unit_nobody_explains_is_refused(tmp_path: Path, row: str) -> None:
    case = Case(
        tmp_path,
        UNITS,
        items="item,cost,base,case\nP,5,EA,12\nK,5,kg,\n",
        uom="item,unit,per\nP,LAYER,40\n",
        stock=f"site,item,qty,unit,bin\n{row}\n",
    )
    assert case.codes() == {"extract-unknown-unit"}


def test_the_unit_in_a_heading_counts(tmp_path: Path) -> None:
    columns = PLACED.replace("qty", '"qty (case)"')
    case = Case(
        tmp_path,
        "sources:\n"
        + source("items", "Products", "Product: item, Unit Value: cost, Units Per Case: case")
        + source("stock", "OpeningStock", columns),
        items="item,cost,case\nP,5,12\n",
        stock="site,item,qty (case)\nD,P,2\n",
    )
    assert case.read()[0]["OpeningStock"][0]["Quantity"] == 24


MOVES = (
    "faults: {not-reconciled: keep}\nsources:\n"
    + source("stock", "OpeningStock", PLACED)
    + source("old", "EarlierStock", PLACED)
    + source(
        "moves",
        "Movements",
        PLACED,
        ", signs: {column: type, in: [GR, IN], out: [GI], ignore: [QC], signed: [ADJ]}",
    )
)


def test_stock_is_reconciled_with_movements_by_place_and_product(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        MOVES,
        stock="site,item,qty\nD,P,10\nD,Q,7\nE,P,3\n",
        old="site,item,qty\nD,P,4\nD,Q,5\n",
        moves="site,item,qty,type\nD,P,9,GR\nD,P,5,GI\nD,P,99,QC\nD,P,2,ADJ\nD,R,1,IN\nD,R,-1,ADJ\n",
    )
    told = case.done()
    rows = case.sheet("Stock check", "map.import.xlsx")
    found = [one["message"] for one in told["findings"]]

    assert [(row["Location"], row["Product"], row["Difference"]) for row in rows] == [
        ("D", "P", 0),
        ("D", "Q", 2),
        ("D", "R", 0),
    ]
    assert len(found) == 1
    assert "Q at D: opening 5 + movements 0 = 5, but the stock is 7 (difference 2)" in found[0]


def test_movements_of_an_unknown_type_or_wrong_sign_are_refused(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        MOVES,
        stock="site,item,qty\nD,P,10\n",
        old="site,item,qty\nD,P,4\n",
        moves="site,item,qty,type\nD,P,9,XX\nD,P,-5,GI\n",
    )
    assert {"extract-unknown-movement", "extract-negative"} <= case.codes()


def test_masters_of_two_systems_fill_each_other_and_tell_where_they_differ(tmp_path: Path) -> None:
    columns = "Product: item, Unit Value: cost, Name: name, Weight: weight"
    text = "sources:\n" + source("erp", "Products", columns) + source("wms", "Products", columns)
    erp = "item,cost,name,weight\nP,5,Tea,\nQ,6,,2\n"
    good = Case(tmp_path, text, erp=erp, wms="item,cost,name,weight\nP,5,,1.5\np,5,Tea,\n")
    assert [tuple(row.values()) for row in good.read()[0]["Products"]] == [
        ("P", "Tea", 5, 1.5),
        ("Q", "", 6, 2),
    ]

    bad = Case(tmp_path, text, erp=erp, wms="item,cost,name,weight\nP,5.5,Teа,\n")
    found = sorted(answer(bad.run())["findings"], key=lambda one: str(one["column"]))
    assert [(one["code"], one["column"], one["value"]) for one in found] == [
        ("extract-master-conflict", "cost", "5.5"),
        ("extract-master-conflict", "name", "Teа"),
    ]
    assert all("erp.csv 2" in one["message"] for one in found)


def test_two_files_that_state_the_same_stock_are_a_conflict(tmp_path: Path) -> None:
    text = (
        "sources:\n" + source("erp", "OpeningStock", PLACED) + source("wms", "OpeningStock", PLACED)
    )
    case = Case(
        tmp_path,
        text,
        erp="site,item,qty\nD,P,10\nE,P,4\n",
        wms="site,item,qty\nD,P,9\nE,P,4\nF,P,1\n",
    )
    found = answer(case.run())["findings"]

    assert [(one["code"], one["severity"], one["line"]) for one in found] == [
        ("extract-conflict", "error", 2),
        ("extract-near-duplicate", "warning", 3),
    ]
    assert "erp.csv 2" in found[0]["message"] and "erp.csv 3" in found[1]["message"]


def test_equal_sales_without_a_receipt_are_two_sales(tmp_path: Path) -> None:
    columns = "Location: site, Product: item, Date: day, Sales: qty"
    rows = "site,item,day,qty\nS,P,2026-01-05,1\nS,P,2026-01-05,1\n"
    case = Case(tmp_path, "sources:\n" + source("pos", "History", columns), pos=rows)
    told = case.done()

    assert [one["code"] for one in told["findings"]] == ["extract-duplicates-kept"]
    assert case.sheet("History")[0]["Sales"] == 2
    removed = Case(
        tmp_path, "sources:\n" + source("pos", "History", columns, ", duplicates: remove"), pos=rows
    )
    assert removed.read()[0]["History"][0]["Sales"] == 1


def test_a_filter_that_no_row_meets_is_told(tmp_path: Path) -> None:
    text = "sources:\n" + source(
        "stock", "OpeningStock", PLACED, ", where: {state: [fre]}, except: {site: [E]}"
    )
    case = Case(tmp_path, text, stock="site,item,qty,state\nD,P,10,free\nE,P,4,free\n")
    (found,) = case.done()["findings"]

    assert (found["code"], found["file"]) == ("map-value-unseen", "map.yaml")
    assert '"free"' in found["message"]


def test_places_are_put_together_from_two_columns_and_mapped(tmp_path: Path) -> None:
    text = "codes: {c: {map: {1000-01: DC1}}}\nsources:\n" + source(
        "stock",
        "OpeningStock",
        "Location: {from: [plant, sloc], join: '-', codes: c}, Product: item, Quantity: [free, qi],"
        " Blocked: qi",
    )
    case = Case(tmp_path, text, stock="plant,sloc,item,free,qi\n1000,01,P,10,2.5\n")
    assert case.read()[0]["OpeningStock"] == [
        {"Location": "DC1", "Product": "P", "Quantity": 12.5, "Blocked": 2.5}
    ]


@pytest.mark.parametrize("kind", ["parquet", "xlsx", "ods"])
def test_every_kind_of_file_gives_the_same(tmp_path: Path, kind: str) -> None:
    if kind == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
    frame = pd.DataFrame(
        {
            "site": ["007", "D"],
            "item": ["P", "P"],
            "qty": [1.5, 2.0],
            "day": [pd.Timestamp("2026-05-01")] * 2,
        }
    )
    file = tmp_path / f"stock.{kind}"
    if kind == "ods":
        from tierstock.inputs.writing.tabs import Tab
        from tierstock.inputs.writing.to_open_document import write_open_document

        cells = frame.astype(object).assign(day=frame["day"].dt.date)
        write_open_document([Tab("S", [list(cells), *cells.to_numpy().tolist()])], file)
    elif kind == "xlsx":
        frame.to_excel(file, index=False)
    else:
        frame.to_parquet(file)
    text = "sources:\n" + source("stock", "OpeningStock", f"{PLACED}, Expiry Date: day")
    text = text.replace("stock.csv", f"'*.{kind}'")
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    done = run("import", "--map", tmp_path / "map.yaml", file, "-o", tmp_path / "out.xlsx")

    assert done.exit_code == 0, done.output
    rows = list(load_workbook(tmp_path / "out.xlsx")["OpeningStock"].values)
    assert [(*row[:3], str(row[3])[:10]) for row in rows[1:]] == [
        ("007", "P", 1.5, "2026-05-01"),
        ("D", "P", 2, "2026-05-01"),
    ]


def test_periods_in_a_stated_form_become_days_and_unsure_ones_are_refused(tmp_path: Path) -> None:
    columns = "Location: site, Product: item, Period: week, Quantity: qty"
    rows = "site,item,week,qty\nS,P,05.01.2026,3\nS,P,12.01.2026,4\n"
    stated = source("fc", "Demand", columns, ", dates: dd.mm.yyyy")
    case = Case(tmp_path, "sources:\n" + stated, fc=rows)
    assert [row["Period"] for row in case.read()[0]["Demand"]] == ["2026-01-05", "2026-01-12"]

    unsure = Case(tmp_path, "sources:\n" + source("fc", "Demand", columns), fc=rows)
    assert unsure.codes() == {"extract-bad-date"}
    assert '"05.01.2026" may be 2026-01-05 or 2026-05-01: no day' in unsure.run().output


def test_a_word_that_is_no_choice_is_told_with_the_choices(tmp_path: Path) -> None:
    text = "sources:\n" + source("sites", "Locations", "Location: code, Tier: kind")
    case = Case(tmp_path, text, sites="code,kind\nD,regional\nE,RDC\nF,门店\n")
    (found,) = answer(case.run("--lang", "zh"))["findings"]

    assert (found["code"], found["line"], found["value"]) == ("extract-unknown-code", 2, "regional")
    assert "区域仓" in found["message"]


def test_rows_of_one_key_that_differ_otherwise_stay_apart(tmp_path: Path) -> None:
    columns = "To: site, Product: item, Quantity: qty, Due Date: due, Ship Date: left"
    case = Case(
        tmp_path,
        "sources:\n" + source("asn", "InTransit", columns, ", kind: shipments"),
        asn="site,item,qty,due,left\nD,P,5,2026-03-01,2026-02-01\nD,P,6,2026-03-01,2026-02-02\n"
        "D,P,7,2026-03-01,2026-02-01\n",
    )
    rows = case.read()[0]["InTransit"]
    assert [(f"{row['Ship Date']:%d}", row["Quantity"]) for row in rows] == [("01", 12), ("02", 6)]


def test_a_transfer_with_one_document_at_two_places_is_no_conflict(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        "opening: zero\nsources:\n" + source("moves", "Movements", f"{PLACED}, Document: doc"),
        moves="site,item,qty,doc\nD,P,9,A\nD,P,-5,B\nE,P,5,B\n",
    )
    assert case.read()[1] == {"extract-not-reconciled"}
