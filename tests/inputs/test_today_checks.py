"""Hard limits that today's stock breaks are warnings with date and amount."""

from typing import Any

from retail import PRODUCTS, WEEKS, demand, said, seen

ORDER = {"To": "S1", "Product": "A", "Quantity": 20.0, "Due Date": "2026-01-06"}


def hard(**more: Any) -> list[dict[str, Any]]:
    return [{"Location": "S1", "Product": "A", "Hardness": "hard", **more}]


def test_stock_above_a_hard_maximum_is_told_with_date_and_amount() -> None:
    found = seen(StockTargets=hard(**{"Max Stock": 50.0}), InTransit=[ORDER])

    told = said(found)["stock-over-max"]
    assert found.network is not None
    assert told.startswith("OpeningStock!C2")
    assert "120 units on 2026-01-05 are 70 above the hard maximum of 50" in told


def test_stock_above_a_hard_maximum_is_told_to_the_millionth_of_a_unit() -> None:
    order = {**ORDER, "Quantity": 20.123456}
    found = seen(StockTargets=hard(**{"Max Stock": 50.654321}), InTransit=[order])

    told = said(found)["stock-over-max"]
    assert "120.123456 units on" in told
    assert "69.469135 above the hard maximum of 50.654321" in told


def test_a_soft_maximum_and_stock_below_a_hard_one_are_no_warning() -> None:
    soft = [{"Location": "S1", "Product": "A", "Max Stock": 50.0}]

    assert "stock-over-max" not in said(seen(StockTargets=soft))
    assert "stock-over-max" not in said(seen(StockTargets=hard(**{"Max Stock": 100.0})))


def test_of_maxima_by_period_that_of_today_counts() -> None:
    def limits(first: float, later: float) -> list[dict[str, Any]]:
        most = zip(WEEKS, (first, later, later, later), strict=True)
        return [row for week, units in most for row in hard(Period=week, **{"Max Stock": units})]

    assert (
        "70 above the hard maximum of 30"
        in said(seen(StockTargets=limits(30.0, 500.0)))["stock-over-max"]
    )
    assert "stock-over-max" not in said(seen(StockTargets=limits(500.0, 30.0)))


def test_stock_above_a_storage_limit_is_told_blocked_stock_included() -> None:
    stock = [{"Location": "S1", "Product": "A", "Quantity": 30.0, "Blocked": 10.0}]
    limit = {"Location": "S1", "Kind": "storage", "Dimension": "m3"}
    products = [{**row, "Volume": 2.0} for row in PRODUCTS]

    def told(**more: Any) -> dict[str, str]:
        return said(seen(Products=products, OpeningStock=stock, Capacity=[{**limit, **more}]))

    over = told(Limit=50.0)["stock-over-storage"]
    assert over.startswith("Capacity!D2")
    assert "takes 60 m3, 10 more than the storage limit of 50" in over
    assert "stock-over-storage" not in told(Limit=50.0, **{"Extra Limit": 10.0})
    assert "stock-over-storage" not in told(Limit=60.0)
    assert "zone ambient" in told(Limit=50.0, Zone="ambient")["stock-over-storage"]


def test_a_place_that_may_store_nothing_and_holds_nothing_is_no_warning() -> None:
    limit = {"Location": "S2", "Kind": "storage", "Dimension": "unit", "Limit": 0.0}

    assert "stock-over-storage" not in said(seen(Capacity=[limit]))
    assert "stock-over-storage" in said(seen(Capacity=[{**limit, "Location": "S1"}]))


def test_a_hard_safety_stock_nothing_can_reach_in_time_is_told_with_the_first_arrival() -> None:
    target = [{"Location": "S2", "Product": "B", "Hardness": "hard", "Safety Stock": 9.0}]
    found = said(seen(StockTargets=target))["safety-too-early"]

    assert found.startswith("StockTargets!C2")
    assert "cannot be reached before 2026-W04, which starts on 2026-01-19" in found
    assert "safety-too-early" not in said(seen(StockTargets=hard(**{"Safety Stock": 100.0})))


def test_must_demand_before_the_first_arrival_counts_as_lost() -> None:
    rows = demand("S2", "A", 5.0, 6.0, 7.0, 8.0, Class="key")
    found = said(seen(Demand=rows, ServiceClasses=[{"Class": "key", "Mode": "must"}]))

    assert "11 units that must be served" in found["must-unreachable"]
    assert "count as lost" in found["must-unreachable"]
    assert "demand-unreachable" not in found
