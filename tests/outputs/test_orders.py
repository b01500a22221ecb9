"""Orders of a plan: documents, lots, files, and the same ones from the results workbook."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from commands import answer, run
from two_shops import two_shops

import tierstock as ts
from tierstock.outputs.orders import NotOurs, order_lines, write_orders
from tierstock.outputs.orders.files import file_names


@pytest.fixture(scope="module")
def plan() -> ts.Plan:
    multiple = [
        {"From": "SUP", "To": "DC", "Lead Time": 7, "Unit Cost": 1, "Order Multiple": 24},
        {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 0.5, "Vehicle": "van"},
        {"From": "DC", "To": "S2", "Lead Time": 7, "Unit Cost": 0.5, "Mode": "=rail"},
    ]
    return ts.solve(ts.build(two_shops(Lanes=multiple)), gap=0.0, progress=False)


def test_lines_hold_every_move_of_the_plan_in_lots(tmp_path: Path, plan: ts.Plan) -> None:
    lines = plan.orders(tmp_path / "all")
    sent = lines[lines["Kind"] != "buy"].set_index("Plan No")["Quantity"].sort_index()
    planned = plan.shipments.set_index("Plan No")["Quantity"]
    pd.testing.assert_series_equal(sent, planned)
    assert lines[lines["Kind"] == "buy"]["Quantity"].sum() == plan.purchases["Quantity"].sum()
    assert (lines[lines["To"] == "DC"]["Quantity"] % 24 == 0).all()
    assert lines["Cases"].tolist() == pytest.approx((lines["Quantity"] / 10).tolist())
    numbers = lines.groupby(["Kind", "From", "To", "Date"])["Order No"].nunique()
    assert (numbers == 1).all()
    carriers = sorted(one.name for one in (tmp_path / "all" / "carriers").iterdir())
    assert carriers == ["=rail.csv", "road van.csv", "road.csv"]
    supplier = pd.read_csv(tmp_path / "all" / "suppliers" / "SUP.csv")
    tasks = supplier.groupby("Task")["Quantity"].sum().to_dict()
    assert tasks == {"have ready": 72, "send": 72}, "two steps of the same goods"
    assert lines["Order No"].str.match(r"(PO|RP)-2026\d{4}-\d{3}").all()


def test_files_are_by_location_supplier_and_carrier(tmp_path: Path, plan: ts.Plan) -> None:
    folder = tmp_path / "monday"
    lines = plan.orders(folder, until="2026-01-05", language="zh")
    files = sorted(str(one.relative_to(folder)) for one in folder.rglob("*.csv"))
    assert [name for name in files if name.startswith("carriers")] == ["carriers/=rail.csv"]
    text = (folder / "locations" / "S2.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("任务,订单号,行号,类别")
    assert "'=rail" in text
    book = openpyxl.load_workbook(folder / "orders.xlsx")
    assert book.sheetnames == ["订单", "按地点", "按承运方式"]
    assert book["订单"].max_row == len(lines) + 1
    modes = [cell.value for cell in book["订单"]["L"]]
    assert "=rail" in modes
    assert all(cell.data_type == "s" for cell in book["订单"]["L"] if cell.value)


def test_parts_of_units_are_short_on_paper_and_whole_in_the_cells(
    tmp_path: Path, plan: ts.Plan
) -> None:
    lines = plan.orders(tmp_path / "whole")
    parts = lines.assign(Quantity=lines["Quantity"] / 7, Cases=lines["Cases"] / 7)
    write_orders(parts, tmp_path / "parts", "en")
    sheet = openpyxl.load_workbook(tmp_path / "parts" / "orders.xlsx")["Orders"]
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, sheet[2], strict=True))
    assert first["Quantity"].value == parts["Quantity"][0]
    assert (first["Quantity"].number_format, first["Date"].number_format) == (
        "[=0]0;[>=100000]#,##0;#,##0.0",
        "yyyy-mm-dd",
    )
    assert sheet.print_title_rows == "$1:$1" and sheet.tables["orders"].autoFilter
    text = pd.read_csv(tmp_path / "parts" / "locations" / "DC.csv")
    made = parts[(parts["From"] == "DC") | (parts["To"] == "DC")]
    assert sorted(text["Quantity"]) == pytest.approx(sorted(made["Quantity"]), rel=1e-14)
    assert sorted(text["Cases"]) == sorted(made["Cases"].round(4))


def test_the_lines_of_each_party_begin_on_a_page_of_their_own(
    tmp_path: Path, plan: ts.Plan
) -> None:
    plan.orders(tmp_path / "print")
    book = openpyxl.load_workbook(tmp_path / "print" / "orders.xlsx")
    sheet = book["By location"]
    starts = [one.id + 1 for one in sheet.row_breaks.brk]
    party = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert starts == [row for row in range(3, len(party) + 1) if party[row - 1] != party[row - 2]]
    assert len(starts) + 1 == len({*party[1:]}) > 1
    fitted = sheet.sheet_properties.pageSetUpPr  # Excel has no breaks on what is fitted
    assert not (fitted and fitted.fitToPage) and 40 <= sheet.page_setup.scale < 100
    assert not book["Orders"].row_breaks.brk


def test_only_a_folder_of_orders_is_replaced(tmp_path: Path, plan: ts.Plan) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(NotOurs):
        plan.orders(folder)
    assert [one.name for one in folder.iterdir()] == ["notes.txt"]
    (folder / "notes.txt").unlink()
    plan.orders(folder)
    plan.orders(folder, until="2026-01-05")
    assert (folder / "orders.xlsx").is_file()


def test_the_command_writes_the_same_from_the_workbook(tmp_path: Path, plan: ts.Plan) -> None:
    plan.orders(tmp_path / "here", language="zh")
    plan.save(tmp_path / "net.plan.xlsx", language="zh")
    result = run("orders", tmp_path / "net.plan.xlsx", "--json")
    told = answer(result)
    assert result.exit_code == 0
    assert told["lines"] == len(plan.shipments) + len(plan.purchases)
    assert (tmp_path / "here" / "carriers" / "公路 van.csv").is_file()
    for one in (tmp_path / "here").rglob("*.csv"):
        other = tmp_path / "net.orders" / one.relative_to(tmp_path / "here")
        assert one.read_bytes() == other.read_bytes()


def test_made_goods_are_orders_of_their_place() -> None:
    """A shop that bakes: nothing is sent, and the order is released before it is there."""
    blank = pd.DataFrame(columns=["Status", "Kind", "From", "To", "Mode", "Product", "Quantity"])
    blank = blank.assign(**dict.fromkeys(["Arrive Date", "Vehicle", "Plan No", "Ship Date"], ""))
    days = pd.to_datetime(["2026-01-05", "2026-01-12"])
    made = pd.DataFrame({"Recipe": "R", "Location": "S1", "Product": "bun", "Quantity": [5.0, 0.0]})
    made = made.assign(**{"Release Date": days, "Available Date": days + pd.Timedelta(days=2)})
    lines = order_lines({"Shipments": blank, "Production": made}, {}, {"bun": "Bun"})
    assert lines[["Order No", "To", "Recipe", "Quantity"]].to_numpy().tolist() == [
        ["MO-20260105-001", "S1", "R", 5.0]
    ]


def test_file_names_suit_every_system() -> None:
    names = file_names(["A/B", "A:B", "con", "a/b", "上海仓", ".."])
    assert names == {
        "A/B": "A_B",
        "A:B": "A_B (2)",
        "con": "_con",
        "a/b": "a_b (3)",
        "上海仓": "上海仓",
        "..": "_",
    }
