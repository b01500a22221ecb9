"""Shipments say what leaves when, arrives when, and in which part of which truck."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, frame, network
from in_process import frames

import tierstock as ts
from tierstock.outputs.expand import Flows, expand
from tierstock.outputs.loads import carried
from tierstock.outputs.shipments import shipments

Pick = Callable[..., list[Any]]


def test_rows_are_numbered_in_the_order_in_which_goods_leave(
    tables: dict[str, pd.DataFrame],
) -> None:
    rows = tables["Shipments"]
    planned = rows[rows["Status"] != "firm"]
    assert list(planned["Plan No"]) == [f"S-{n:05d}" for n in range(1, 9)]
    assert list(rows["Ship Period"]) == sorted(rows["Ship Period"])


def test_an_open_order_that_leaves_keeps_its_number_and_is_firm(pick: Pick) -> None:
    order = {"Plan_No": "F-1"}
    assert pick("Shipments", "Status", **order) == ["firm"]
    assert pick("Shipments", "Kind", **order) == ["replenish"]
    assert pick("Shipments", "Quantity", **order) == [15]
    assert pick("Shipments", "Freight", **order) == [0]


def test_orders_already_under_way_are_not_shipments(pick: Pick) -> None:
    assert not {"PO-2", "PO-3"} & set(pick("Shipments", "Plan No"))


def test_what_arrives_after_the_horizon_says_so(pick: Pick) -> None:
    late = {"Status": "after horizon"}
    assert pick("Shipments", "Arrive Period", **late) == [""]
    assert pick("Shipments", "Arrive Date", **late) == [pd.Timestamp("2026-01-26")]
    assert pick("Shipments", "Quantity", **late) == [12]


def test_goods_arrive_the_stated_days_after_the_first_day_of_their_period(pick: Pick) -> None:
    first = {"From": "SUP", "Ship_Period": "W1"}
    assert pick("Shipments", "Ship Date", **first) == [pd.Timestamp("2026-01-05")]
    assert pick("Shipments", "Arrive Period", **first) == ["W2"]
    assert pick("Shipments", "Arrive Date", **first) == [pd.Timestamp("2026-01-14")]
    fast = {"From": "CDC", "To": "R2", "Status": "new"}
    assert pick("Shipments", "Arrive Period", **fast) == ["W2"]
    assert pick("Shipments", "Arrive Date", **fast) == [pd.Timestamp("2026-01-14")]


def test_an_open_order_arrives_on_the_first_day_of_its_due_period(pick: Pick) -> None:
    assert pick("Shipments", "Arrive Date", Plan_No="F-1") == [pd.Timestamp("2026-01-12")]


def test_physical_data_and_value_follow_the_quantity(pick: Pick) -> None:
    transfer = {"Kind": "transfer"}
    wanted = {"Quantity": 10, "Cases": 1, "Pallets": 0.1, "Weight": 20, "Volume": 5}
    for column, value in {**wanted, "Value": 110, "Freight": 30}.items():
        assert pick("Shipments", column, **transfer) == pytest.approx([value])
    assert np.isnan(pick("Shipments", "Volume", Product="B")).all()


def test_trips_are_shared_by_the_dimension_that_fills_the_truck(pick: Pick) -> None:
    week = {"From": "CDC", "To": "R1", "Ship_Period": "W1"}
    assert pick("Shipments", "Vehicle Share", **week) == pytest.approx([1.5, 0.5])
    assert pick("Shipments", "Vehicle", **week) == ["T5", "T5"]


def test_shares_of_a_lane_add_up_to_its_trips(plan: Flows) -> None:
    ride = carried(plan)
    lane = plan.net.goods.lane[ride.goods]
    for number in (1, 2):
        for period in range(3):
            mine = (lane == number) & (ride.period == period)
            trips = plan.trips.value[
                (plan.trips["lane"] == number) & (plan.trips["period"] == period)
            ]
            assert ride.share[mine].sum() == pytest.approx(trips.sum())


def test_a_lane_that_counts_no_trips_has_no_share(pick: Pick) -> None:
    assert np.isnan(pick("Shipments", "Vehicle Share", From="R1")).all()


def test_goods_assigned_to_vehicle_types_have_a_row_per_type() -> None:
    made = decisions()
    loaded = np.zeros((5, 2, 3))
    loaded[3, :, 1] = [25, 15]
    made["loaded"] = frame(loaded, "goods", "vehicle", "period")
    rows = shipments(expand(network(), made), "base")
    south = rows[(rows["To"] == "R2") & (rows["Ship Period"] == "W2")]
    assert list(south["Vehicle"]) == ["T1", "T5"]
    assert list(south["Quantity"]) == [15, 25]
    assert list(south["Vehicle Share"]) == pytest.approx([3, 1])


def test_a_network_without_shipments_has_an_empty_sheet_with_all_columns() -> None:
    rows = shipments(expand(network(), {}), "base")
    assert list(rows["Plan No"]) == ["F-1"]
    net = network()
    net.orders.origin[:] = -1
    assert len(shipments(expand(net, {}), "base")) == 0


@pytest.mark.parametrize(
    ("days", "period", "date"),
    [
        (0, "b", "2026-01-06"),
        (5, "d", "2026-01-14"),  # 11 January lies in c, nearer to the start of d
        (8, "d", "2026-01-14"),
        (10, "d", "2026-01-16"),
        (60, "", "2026-03-07"),
        (36, "", "2026-02-11"),
    ],
)
def test_goods_arrive_on_a_day_of_the_period_they_are_counted_in(
    days: int, period: str, date: str
) -> None:
    begins = {"a": "2026-01-05", "b": "2026-01-06", "c": "2026-01-07", "d": "2026-01-14"}
    tables: dict[str, list[dict[str, Any]]] = {
        "Periods": [
            {"Period": name, "Start Date": day, "End Date": "2026-02-10" if name == "d" else None}
            for name, day in begins.items()
        ],
        "Locations": [
            {"Location": "S", "Tier": "supplier"},
            {"Location": "A", "Tier": "RDC"},
        ],
        "Products": [{"Product": "P", "Unit Value": 1, "Shortage Cost": 9}],
        "Lanes": [{"From": "S", "To": "A", "Lead Time": days}],
        "FixedPlan": [
            {"From": "S", "To": "A", "Product": "P", "Period": "b", "Quantity": 4, "Rule": "min"}
        ],
        "Demand": [{"Location": "A", "Product": "P", "Period": "d", "Quantity": 4}],
    }
    plan = ts.solve(ts.build(ts.read(frames(tables))), progress=False)
    (row,) = plan.shipments.query("`Ship Period` == 'b'").to_dict("records")
    assert (row["Arrive Period"], row["Arrive Date"]) == (period, pd.Timestamp(date))
