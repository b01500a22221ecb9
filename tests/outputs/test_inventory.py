"""Stock rows close, and tell what is under way, missing and how long stock lasts."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, network
from small import demand, model

import tierstock as ts
from tierstock.outputs.expand import Flows, expand
from tierstock.outputs.inventory import cover, inventory

Pick = Callable[..., list[Any]]
IN = ("Opening", "Received", "Purchased", "Produced", "Returned", "Adjusted")
OUT = ("Consumed", "Shipped", "Issued", "Scrapped", "Disposed")


def test_every_row_closes(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["Inventory"]
    closing = rows[list(IN)].sum(axis=1) - rows[list(OUT)].sum(axis=1)
    np.testing.assert_allclose(rows["Closing"], closing, atol=1e-9)


def test_closing_stock_is_the_next_opening_stock(tables: dict[str, pd.DataFrame]) -> None:
    for _, rows in tables["Inventory"].groupby(["Location", "Product"]):
        assert list(rows["Opening"])[1:] == list(rows["Closing"])[:-1]


def test_receipts_hold_lanes_with_their_yield_and_open_orders(pick: Pick) -> None:
    north = pick("Inventory", "Received", Location="R1", Product="A")
    assert north == pytest.approx([0, 30 * 0.9, 20 * 0.9 + 20 * 0.75])
    assert pick("Inventory", "Received", Location="R2") == [10, 40 + 15, 0]


def test_open_orders_that_leave_count_as_shipped(pick: Pick) -> None:
    assert pick("Inventory", "Shipped", Location="CDC", Product="A") == [30 + 15, 60, 12]


def test_purchases_come_in_where_they_are_made(pick: Pick) -> None:
    assert pick("Inventory", "Purchased", Location="SUP") == [60, 50, 0]
    assert pick("Inventory", "Closing", Location="SUP") == [0, 0, 0]


def test_goods_under_way_count_at_their_destination(pick: Pick) -> None:
    assert pick("Inventory", "In Transit", Location="CDC", Product="A") == [60, 50, 0]
    assert pick("Inventory", "In Transit", Location="R1", Product="A") == [30 + 15, 20 + 15, 12]
    assert pick("Inventory", "In Transit", Location="R2") == [15 + 8, 8, 8]


def test_shortfall_and_excess_are_measured_against_the_targets(pick: Pick) -> None:
    assert pick("Inventory", "Shortfall", Location="R1", Product="A") == [2, 5, 0]
    assert pick("Inventory", "Excess", Location="CDC", Product="A") == [0, 0, 3]


def test_a_shortfall_before_anything_can_arrive_is_shown_as_it_is_charged() -> None:
    m = model(
        Locations=[{"Location": "SUP", "Tier": "supplier"}, {"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 10}],
        Lanes=[{"From": "SUP", "To": "S1", "Lead Time": 2}],
        Demand=demand("S1", "tea", 0, 0, 0, 4),
        StockTargets=[
            {"Location": "S1", "Product": "tea", "Safety Stock": 5, "Penalty": 3},
            {"Location": "SUP", "Product": "tea", "Safety Stock": 5, "Penalty": 3},
        ],
    )
    plan = ts.solve(m, gap=0.0, progress=False)
    rows, costs = plan.inventory, plan.costs
    charged = costs[costs["Cost Bucket"] == "safety shortfall"]
    short = rows.groupby("Period", sort=False)["Shortfall"].sum()
    assert list(short) == pytest.approx([5, 5, 0, 0])
    assert dict(charged.groupby("Period")["Amount"].sum()) == pytest.approx({"1": 15, "2": 15})


def test_a_place_that_keeps_no_stock_has_no_shortfall() -> None:
    net = network()
    net.places.keeps[4, 0] = False
    rows = inventory(expand(net, decisions()), "base")
    assert list(rows.loc[rows["Location"] == "R2", "Shortfall"]) == [0, 0, 6]


def test_places_where_nothing_is_are_left_out(tables: dict[str, pd.DataFrame]) -> None:
    pairs = tables["Inventory"][["Location", "Product"]].drop_duplicates()
    assert [tuple(pair) for pair in pairs.to_numpy()] == [
        ("CDC", "A"),
        ("CDC", "B"),
        ("R1", "A"),
        ("R1", "B"),
        ("R2", "A"),
        ("SUP", "A"),
    ]


def test_cover_walks_through_the_weeks_that_follow() -> None:
    net = network()
    net.places.daily_demand[2] = [5, 10, 2]
    plan = expand(net, decisions())
    stock = np.zeros(7)
    stock[2] = 70 + 7
    assert cover(plan, stock, 0)[2] == pytest.approx(7 + 3.5)
    assert cover(plan, stock, 1)[2] == pytest.approx(7 + 63 / (30 / 7))
    assert cover(plan, stock, -1)[2] == pytest.approx(7 + 42 / 10)


def test_cover_of_empty_stock_is_zero_and_without_demand_it_is_not_known(plan: Flows) -> None:
    stock = np.array([0, 0, 0, 0, 0, 0, 4.0])
    days = cover(plan, stock, 0)
    assert days[:6].tolist() == [0] * 6
    assert np.isnan(days[6])


def test_cover_is_blank_where_no_stock_may_be_kept(pick: Pick) -> None:
    assert np.isnan(pick("Inventory", "Days Cover", Location="SUP")).all()
    assert pick("Inventory", "Days Cover", Location="CDC", Product="A") == [5.5, 5.5, 9.3]


def test_value_is_closing_stock_at_the_local_standard_cost(pick: Pick) -> None:
    assert pick("Inventory", "Value", Location="R2") == [0, 25 * 11, 0]


def test_the_scenario_is_named_on_every_row(plan: Flows) -> None:
    assert set(inventory(plan, "cap+10%")["Scenario"]) == {"cap+10%"}
