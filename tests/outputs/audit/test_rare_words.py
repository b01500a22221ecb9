"""A right plan passes however its input is written, and rare faults of its tables are named."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from planted_flows import Book, cost, flow, row

from tierstock.outputs.audit import audit

Write = Callable[..., tuple[Path, Path]]
DEGREE_KM = 6371.0088 * math.pi / 180


def wrong(files: tuple[Path, Path]) -> list[str]:
    return [check.where for check in audit(*files).checks if not check.passed]


def raise_total(plan: Book, by: float) -> None:
    plan["Summary"][0]["Value"] += by
    plan["RunInfo"][0]["Value"] = repr(plan["Summary"][0]["Value"])


def test_costs_lanes_targets_and_classes_written_in_rare_ways(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    places, lanes = given["Locations"], given["Lanes"]
    places[1] |= {"Latitude": 30, "Longitude": 120, "Channel": ""}
    places[2] |= {"Channel": "shop"}
    places[3] |= {"Latitude": 31, "Longitude": 120, "Channel": "web"}
    lanes[1] |= {
        "Unit Cost": 0.25,
        "Cost Basis": "unit-km",
        "Distance": 2,
        "Departure Days": "周一至周日",
    }
    lanes[2] |= {"Unit Cost": 50 / DEGREE_KM, "Cost Basis": "t-km"}
    lanes[3] |= {"Unit Cost": 20, "Cost Basis": "value%"}
    lanes[4] |= {"Unit Cost": 0.2, "Cost Basis": "value%"}
    given["Groups"] = [{"Group": "Near", "Kind": "location", "Member": "S1"}]
    given["StockTargets"][0] |= {"Location": "near, DC", "Tier": "store", "Channel": "shop"}
    given["ServiceClasses"][0] |= {"Channel": "web", "Mode": "partial", "Backorder Share": 0.2}
    given["Demand"][1]["Class"] = ""
    given["InTransit"] = [
        {"From": "SUP", "To": "DC", "Product": "P1", "Quantity": 5}
        | {"Ship Date": "2026-03-02", "Due Date": "2026-03-09"}
    ]
    given["FixedPlan"] = [
        {"From": "DC", "To": "S1", "Product": "P1", "Period": "2027-01-04", "Quantity": 5}
    ]
    given["Budgets"] = [{"Budget": "B", "Kind": "spend", "Limit": 1, "Period": "2027-01-04"}]
    given["Settings"].append({"Setting": "lead_time_rounding", "Value": ""})
    given["Supply"].append({"Location": "DC", "Product": "P1", "Max": 0, "Share Min": "10%"})
    for line in plan["Service"]:
        line["Channel"] = "shop" if line["Location"] == "S1" else "web"
    assert wrong(write(given, plan)) == []
    given["ServiceClasses"][0]["Backorder Share"] = 0.1
    assert "S2 · P1 · VIP · web · W1 · waiting" in wrong(write(given, plan))[0]


def test_stock_below_zero_is_owed_and_the_end_is_held_to_the_start(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    given["OpeningStock"].append({"Location": "S2", "Product": "P1", "Quantity": -2})
    given["Demand"][1]["W1"] = 8
    row(plan, "Service", Location="S2", Period="W1").update(
        {"Owed Before": 2, "Demand": 8, "On Time": 6, "Fill Rate": 6 / 8}
    )
    plan["Summary"][1]["Value"] = 146 / 148
    given["Terminal"][0] = {"Location": "DC", "Rule": "opening", "Level": "location"}
    cost(plan, "terminal shortfall", "DC", "W3")["Amount"] = 0.15 * 20 * 60
    raise_total(plan, 0.15 * 20 * 30)
    assert wrong(write(given, plan)) == []
    given["Demand"].pop()
    assert wrong(write(given, plan)) != []


@pytest.mark.parametrize(
    ("said", "lies"),
    [("before", "before"), ("gone/before", "before"), ("was/before", "cwd/was/before")],
)
def test_the_end_is_held_to_that_of_a_previous_plan(
    case: tuple[Book, Book],
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    lies: str,
) -> None:
    """It lies beside the input as it is said, or by its name, or below the working directory."""
    given, plan = case
    (tmp_path / lies).mkdir(parents=True)
    (tmp_path / "cwd").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / "cwd")
    rows = ("Location,Product,Period,Closing,In Transit", "DC,P1,W2,1,1", "DC,P1,W3,70,10")
    (tmp_path / lies / "Inventory.csv").write_text("\n".join(rows), encoding="utf-8")
    given["Settings"].append({"Setting": "previous_plan", "Value": said})
    given["Terminal"][0] = {"Location": "DC", "Rule": "baseline", "Level": "location"}
    cost(plan, "terminal shortfall", "DC", "W3")["Amount"] = 0.15 * 20 * 60
    raise_total(plan, 0.15 * 20 * 30)
    assert wrong(write(given, plan)) == []


def test_columns_that_only_tell_more_may_be_missing(case: tuple[Book, Book], write: Write) -> None:
    given, plan = case
    for line in plan["Service"]:
        del line["Owed Before"], line["On Time"], line["Fill Rate"]
    for line in plan["Shipments"]:
        del line["Status"]
    for line in plan["VehicleUse"]:
        del line["Cost"]
    plan["Summary"][1]["Value"] = (
        1  # what is issued late counts, where nothing says when it was due
    )
    assert wrong(write(given, plan)) == []


def no_sheet(plan: Book) -> None:
    del plan["Summary"]


def no_column(plan: Book) -> None:
    for line in plan["Purchases"]:
        del line["Quantity"]


def a_shipment_twice(plan: Book) -> None:
    plan["Shipments"].append(dict(flow(plan, "DC", "S1", "W3")))


def a_shipment_under_two_numbers(plan: Book) -> None:
    plan["Shipments"].append(flow(plan, "DC", "S1", "W3") | {"Plan No": "9"})


def no_objective(plan: Book) -> None:
    plan["RunInfo"].clear()


def another_tier(plan: Book) -> None:
    for line in plan["Costs"]:
        line["Tier"] = "RDC" if line["Location"] == "DC" else ""
    cost(plan, "trips", "DC", "W2")["Tier"] = "store"


def a_limit_made_up(plan: Book) -> None:
    some = row(plan, "CapacityUse", Kind="storage", Period="W1")
    plan["CapacityUse"].append(some | {"Location": "S1", "Limit": 99, "Used": 12})


def ordered_on_another_day(plan: Book) -> None:
    for line, when in zip(plan["Purchases"], ("2026-01-05", "2026-01-20"), strict=True):
        line["Order Date"] = when


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (no_sheet, "sheet Summary is missing"),
        (no_column, "Purchases · column Quantity is missing"),
        (a_shipment_twice, "Shipments · row 10 is double"),
        (a_shipment_under_two_numbers, "Shipments · row 10 is double"),
        (no_objective, "RunInfo · Objective · is missing"),
        (another_tier, "DC · store"),
        (a_limit_made_up, "no such limit"),
        (ordered_on_another_day, "SUP · P1 · W3 · Order Date · 2026-01-20"),
    ],
)
def test_a_rare_fault_of_a_table_is_named(
    case: tuple[Book, Book], write: Write, plant: Callable[[Book], None], named: str
) -> None:
    given, plan = case
    plant(plan)
    assert named in " | ".join(wrong(write(given, plan)))
