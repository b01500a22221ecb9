"""Freight rates: which rows hold on a lane, and tables of brackets that are none."""

from typing import Any

import numpy as np
import pytest
from retail import PRODUCTS, built, said, seen

WEIGHED = [one | {"Weight": 2.0} for one in PRODUCTS]
LOW = {"From": "DC", "To": "S1", "Bracket From": 0, "Rate": 3, "Basis": "unit"}
HIGH = LOW | {"Bracket From": 10, "Rate": 2}


def rated(*rows: dict[str, Any], **more: Any) -> Any:
    return built(Rates=list(rows), **more).rates


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([HIGH], "rate-first-bracket"),
        ([LOW, HIGH | {"Basis": "kg"}], "rate-mixed"),
        ([LOW, HIGH | {"Rule": "all-unit"}], "rate-mixed"),
        ([LOW | {"Rule": "LTL-to-FTL"}], "rate-without-vehicle"),
        ([LOW | {"Basis": "trip", "Bracket From": 5}], "rate-trip-bracket"),
        ([LOW | {"Basis": "kg"}], "missing-measure"),
        ([LOW | {"From": "DX"}], "unknown-selector"),
    ],
)
def test_rows_that_make_no_table_of_brackets_are_named(
    rows: list[dict[str, Any]], code: str
) -> None:
    assert code in said(seen(Rates=rows))


def test_a_vehicle_belongs_to_a_rate_per_trip_only() -> None:
    vans = [{"Vehicle": "VAN", "Max Units": 5}]
    assert "rate-vehicle" in said(seen(Vehicles=vans, Rates=[LOW | {"Vehicle": "VAN"}]))


def test_the_most_specific_rows_hold_all_their_brackets_together() -> None:
    rates = rated({**LOW, "From": "*", "To": "*", "Rate": 9}, LOW, HIGH)
    lanes = built().lanes.label[rates.lane]

    assert lanes.tolist().count("DC→S1") == 2
    assert rates.rate[lanes == "DC→S1"].tolist() == [3.0, 2.0]
    assert set(rates.rate[lanes != "DC→S1"]) == {9.0}


def test_incremental_brackets_carry_what_the_ones_below_cost_more() -> None:
    rates = rated(LOW | {"Fixed": 1}, HIGH | {"Fixed": 4})

    assert rates.start.tolist() == [1.0, 1 + 4 + 3 * 10 - 2 * 10]
    assert not rates.convex.any()
    assert rated(LOW, HIGH | {"Rate": 5}).convex.all()


def test_brackets_replace_the_unit_cost_of_their_lane_alone() -> None:
    net = built(Rates=[LOW])
    rated_goods = net.lanes.label[net.goods.lane] == "DC→S1"

    assert (net.goods.unit_cost[rated_goods] == 0).all()
    assert (net.goods.unit_cost[~rated_goods] > 0).any()


def test_a_trip_row_replaces_the_cost_of_a_trip_on_its_lane() -> None:
    net = built(
        Products=WEIGHED,
        Lanes=[
            {"From": "SUP", "To": "DC", "Lead Time": 7},
            {"From": "DC", "To": "S1, S2", "Lead Time": 7, "Vehicle": "*"},
        ],
        Vehicles=[
            {"Vehicle": "BOX", "Max Weight": 500, "Cost Per Trip": 40},
            {"Vehicle": "VAN", "Max Weight": 200, "Cost Per Trip": 10},
        ],
        Rates=[
            LOW | {"To": "*", "Basis": "trip", "Rate": 70},
            LOW | {"Basis": "trip", "Vehicle": "VAN", "Rate": 7},
        ],
    )
    cost = dict(zip(net.lanes.label, net.trip_cost().tolist(), strict=True))

    assert cost["DC→S1"] == [70.0, 7.0]
    assert cost["DC→S2"] == [70.0, 70.0]
    assert np.array_equal(cost["SUP→DC"], [40.0, 10.0])
