"""A lane of Max Shipment 0 is as good as none: it reaches no place and feeds none."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from real_plans import Written, failed
from small import Rows, cost, demand, model, tables

import tierstock as ts

SUP, DC, DC2, SHOP = (
    {"Location": code, "Tier": tier}
    for code, tier in (("SUP", "supplier"), ("DC", "RDC"), ("DC2", "RDC"), ("S", "store"))
)
GOODS: Rows = [{"Product": "P", "Unit Value": 10, "Shortage Cost": 20}]
FREE: Rows = [{"Location": "*", "Carrying Rate": 0}]


def lane(start: str, end: str, lead: int, price: float, **more: Any) -> dict[str, Any]:
    return {"From": start, "To": end, "Lead Time": lead, "Unit Cost": price, **more}


SHUT = lane("DC", "S", 0, 0, Mode="air", **{"Max Shipment": 0})


def one_warehouse(*lanes: dict[str, Any], **more: Rows) -> dict[str, Rows]:
    """10 units at DC; the shop wants 5 on each of two days, and the road takes a day."""
    return {
        "Locations": [DC, SHOP],
        "Products": GOODS,
        "Lanes": [lane("DC", "S", 1, 1), *lanes],
        "Demand": demand("S", "P", 5, 5),
        "OpeningStock": [{"Location": "DC", "Product": "P", "Quantity": 10}],
        "StockCosts": FREE,
        **more,
    }


def test_what_only_a_shut_lane_reaches_need_not_be_served() -> None:
    """The first day is lost, 5 x 20, the second comes by road, 5 x 1."""
    must: dict[str, Rows] = {
        "ServiceClasses": [{"Class": "M", "Mode": "must"}],
        "Demand": demand("S", "P", 5, 5, Class="M"),
    }
    assert cost(model(**one_warehouse(**must))) == pytest.approx(105)
    assert cost(model(**one_warehouse(SHUT, **must))) == pytest.approx(105)


def test_a_fill_that_counts_what_can_be_reached_counts_no_shut_lane() -> None:
    """All of the second day is 100 % of what can be reached; 10 units could not be."""
    target: Rows = [{"Target": "T", "Measure": "fill", "Minimum": 1, "Hardness": "hard"}]
    for lanes in ((), (SHUT,)):
        assert cost(model(**one_warehouse(*lanes, ServiceTargets=target))) == pytest.approx(105)


def test_a_shut_lane_feeds_no_place_however_cheap_it_is(tmp_path: Path) -> None:
    """DC feeds the shop: a day of its demand is 5 units; nothing goes on from DC2."""
    sheets: dict[str, Rows] = {
        "Locations": [SUP, DC, DC2, SHOP],
        "Products": GOODS,
        "Lanes": [
            lane("SUP", "DC", 0, 1),
            lane("SUP", "DC2", 0, 1),
            lane("DC", "S", 0, 2),
            lane("DC2", "S", 0, 1, **{"Max Shipment": 0}),
        ],
        "Demand": demand("S", "P", 5, 5),
        "StockTargets": [{"Location": "DC,DC2", "Safety Days": 1, "Penalty": 1}],
    }
    net = ts.read(tables(**sheets))
    at = {str(net.locations.code[net.places.location[n]]): n for n in range(len(net.places))}
    daily, safety = net.places.daily_demand, net.places.safety
    np.testing.assert_allclose([daily[at["DC"]], daily[at["DC2"]]], [[5, 5], [0, 0]])
    np.testing.assert_allclose([safety[at["DC"]], safety[at["DC2"]]], [[5, 5], [0, 0]])

    plan = ts.solve(ts.build(net), gap=0, progress=False)
    assert failed(Written.of(sheets, plan, tmp_path).audit()) == []


def test_a_shortage_behind_a_shut_lane_names_its_row() -> None:
    plan = ts.solve(
        model(**one_warehouse() | {"Lanes": [lane("DC", "S", 0, 1, **{"Max Shipment": 0})]}),
        gap=0,
        progress=False,
    )
    why = plan.why("S", "P", "2")
    assert "Lanes row 2: lane DC→S is full in 2." in str(why)
    assert why.frame["Column"].tolist() == ["Max Shipment"]
