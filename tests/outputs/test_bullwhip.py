"""How orders swing against the demand that they serve, by tier."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from real_plans import Written, failed
from small import Rows, demand, tables

import tierstock as ts
from tierstock.outputs.alerts import Scene
from tierstock.outputs.bullwhip import bullwhip

WANTED = (10.0, 20.0, 10.0, 40.0)


@pytest.fixture(scope="module")
def chain() -> ts.Plan:
    """A shop that keeps no stock, and a warehouse that buys once for all weeks."""
    net = tables(
        Locations=[
            {"Location": "DC", "Tier": "CDC"},
            {"Location": "S1", "Tier": "store", "Holds Stock": "N"},
        ],
        Products=[{"Product": "tea", "Unit Value": 1, "Price": 50}],
        Lanes=[{"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 1}],
        Demand=demand("S1", "tea", *WANTED),
        Supply=[{"Location": "DC", "Product": "tea", "Unit Cost": 2, "Fixed Cost": 900}],
    )
    return ts.solve(ts.build(ts.read(net)), gap=0, progress=False)


def test_a_warehouse_that_buys_once_swings_more_than_its_customers(chain: ts.Plan) -> None:
    sheet = chain.views()["Bullwhip"].set_index("Tier")
    assert list(sheet.index) == ["store", "CDC"]  # from the customer upwards
    assert sheet.loc["store", "Ratio"] == pytest.approx(1.0)
    assert sheet.loc["store", "Order Variance"] == pytest.approx(np.var(WANTED))
    assert sheet.loc["CDC", "Order Variance"] == pytest.approx(np.var([80, 0, 0, 0]))
    assert sheet.loc["CDC", "Ratio"] == pytest.approx(np.var([80, 0, 0, 0]) / np.var(WANTED))


def test_a_demand_that_never_changes_has_no_ratio(chain: ts.Plan) -> None:
    level = np.ones_like(chain.network.places.daily_demand)
    net = replace(chain.network, places=replace(chain.network.places, daily_demand=level))
    sheet = bullwhip(Scene(net, chain.tables))
    assert sheet["Ratio"].isna().all() and (sheet["Demand Variance"] == 0).all()


def test_goods_that_come_back_are_no_orders(tmp_path: Path) -> None:
    """The store sends all empties back to the warehouse, which fills them again."""
    empties = {"Product": "empty", "Unit Value": 3, "Shortage Cost": 9}
    back = {"From": "S1", "To": "DC", "Product": "empty", "Kind": "return", "Lead Time": 0}
    sheets: dict[str, Rows] = {
        "Locations": [{"Location": "DC", "Tier": "CDC"}, {"Location": "S1", "Tier": "store"}],
        "Products": [{"Product": "tea", "Unit Value": 1, "Price": 50}, empties],
        "Lanes": [{"From": "DC", "To": "S1", "Product": "tea", "Lead Time": 0}, back],
        "Demand": [*demand("S1", "tea", *WANTED), *demand("DC", "empty", 5, 10, 5, 20)],
        "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 2}],
        "OpeningStock": [{"Location": "S1", "Product": "empty", "Quantity": 40}],
    }
    plan = ts.solve(ts.build(ts.read(tables(**sheets))), gap=0, progress=False)

    assert set(plan.shipments["Kind"]) == {"replenish", "return"}
    assert set(plan.views()["Bullwhip"]["Product"]) == {"tea"}
    assert "Bullwhip ratio: CDC" in set(plan.kpis["KPI"])
    assert failed(Written.of(sheets, plan, tmp_path).audit()) == []
