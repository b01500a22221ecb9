"""Rows of Demand become streams with modes and costs."""

from typing import Any

import numpy as np
import pytest
from retail import LOCATIONS, PRODUCTS, WEEKS, built, demand, said, seen

BACK = {"Class": "web", "Mode": "backorder"}
FIRST = {"Class": "vip", "Priority": 1}
SECOND = {"Class": "all", "Priority": 2}


def row(quantity: float, week: Any = WEEKS[0], **more: Any) -> dict[str, Any]:
    return {"Location": "S1", "Product": "A", "Period": week, "Quantity": quantity, **more}


def test_orders_use_up_the_forecast_and_promotions_come_on_top() -> None:
    rows = [
        row(10.0),
        row(4.0, Type="order"),
        row(3.0, Type="order"),
        row(5.0, Type="promotion"),
        row(2.0, WEEKS[1]),
        row(6.0, WEEKS[1], Type="order"),
    ]
    every = [{"Setting": "forecast_consumption", "Value": "none"}]

    assert built(Demand=rows).demand.quantity.tolist() == [[15.0, 6.0]]
    assert built(Demand=rows, Settings=every).demand.quantity.tolist() == [[22.0, 8.0]]


def test_the_class_of_a_demand_follows_the_ruling() -> None:
    locations = [
        *LOCATIONS[:2],
        {**LOCATIONS[2], "Class": "place", "Channel": "shop"},
        LOCATIONS[3],
    ]
    products = [{**PRODUCTS[0], "Class": "item"}, PRODUCTS[1]]
    classes = [
        {"Class": "row"},
        {"Class": "channel", "Channel": "web"},
        {"Class": "place"},
        {"Class": "item"},
    ]
    rows = [
        row(1.0, Class="row", Channel="web"),
        row(2.0, Channel="web"),
        row(3.0),
        {**row(4.0), "Location": "S2"},
        {**row(5.0), "Location": "S2", "Product": "B"},
    ]

    stream = built(
        Locations=locations, Products=products, ServiceClasses=classes, Demand=rows
    ).demand
    found = dict(zip(stream.service_class, stream.quantity[:, 0], strict=True))

    assert found == {"row": 1.0, "channel": 2.0, "place": 3.0, "item": 4.0, "standard": 5.0}
    assert stream.channel[stream.service_class == "place"].tolist() == ["shop"]


def test_a_class_with_several_channels_at_a_place_is_told_apart_in_the_label() -> None:
    labels = built(Demand=[row(1.0, Channel="web"), row(2.0, Channel="shop")]).demand.label

    assert labels.tolist() == ["standard/shop", "standard/web"]


def test_a_channel_belongs_to_one_class_and_must_be_known() -> None:
    classes = [{"Class": "a", "Channel": "web"}, {"Class": "b", "Channel": "web"}]
    rows = [row(1.0, Channel="web")]
    typo = [{"Class": "a", "Channel": "wbe"}]

    assert "channel-in-two-classes" in said(seen(Demand=rows, ServiceClasses=classes))
    assert "web" in said(seen(Demand=rows, ServiceClasses=typo))["class-channel-unknown"]


def test_costs_of_being_short_inherit_from_row_to_class_to_product_to_ladder() -> None:
    products = [{**PRODUCTS[0], "Shortage Cost": 7.0}, PRODUCTS[1]]
    classes = [{"Class": "cost", "Lost Cost": 11.0}, {"Class": "share", "Lost Cost Share": 2.0}]

    def lost(**more: Any) -> float:
        network = built(
            Products=products, ServiceClasses=classes, Demand=[row(1.0, **more), row(1.0, WEEKS[1])]
        )
        stated = network.demand.service_class == more.get("Class", "standard")
        return float(network.demand.lost_cost[stated, 0][0])

    assert lost(Class="cost", **{"Shortage Cost": 3.0}) == 3.0
    assert lost(Class="cost") == 11.0
    assert lost(Class="share") == 50.0
    assert lost() == 7.0
    assert built(Demand=[row(1.0)]).demand.lost_cost.tolist() == [[25.0]]


def test_the_ladder_counts_priorities_from_below_and_waiting_by_week() -> None:
    classes = [
        {"Class": "vip", "Priority": 1, "Mode": "backorder"},
        {"Class": "mid", "Priority": 5},
        {"Class": "all", "Priority": 9},
    ]
    rows = [row(1.0, Class=name) for name in ("mid", "all")]
    rows.append({**row(1.0, Class="vip"), "Location": "S2"})
    found = built(ServiceClasses=classes, Demand=rows).demand
    cost = dict(zip(found.service_class, found.lost_cost[:, 0], strict=True))

    assert cost == {"vip": 75.0, "mid": 50.0, "all": 25.0}
    vip = found.service_class == "vip"
    assert found.back_cost[vip, 0] == pytest.approx(0.05 * 25.0 * 3)
    multiple = [{"Setting": "shortage_default_cost", "Value": "4"}]
    tripled = built(ServiceClasses=classes, Demand=rows, Settings=multiple).demand
    assert sorted(tripled.lost_cost[:, 0]) == [100.0, 200.0, 300.0]


def test_without_price_the_ladder_stands_on_twice_the_value() -> None:
    found = built(Demand=demand("S1", "B", 1.0)).demand

    assert found.lost_cost.tolist() == [[8.0]]


def test_demand_that_costs_nothing_when_short_is_an_error_unless_it_must_be_met() -> None:
    products = [{"Product": "A", "Unit Value": 0.0}, PRODUCTS[1]]
    must = [{"Class": "must", "Mode": "must"}]

    found = said(seen(Products=products))
    assert found["no-shortage-price"].startswith("Products!")
    assert "no-shortage-price" not in said(
        seen(Products=[{**products[0], "Shortage Cost": 0.0}, PRODUCTS[1]])
    )
    assert "no-shortage-price" not in said(
        seen(Products=products, ServiceClasses=must, Demand=[row(1.0, Class="must")])
    )


def test_modes_say_how_much_may_wait() -> None:
    classes: list[dict[str, Any]] = [
        {"Class": "a-lost"},
        {"Class": "b-back", "Mode": "backorder"},
        {"Class": "c-part", "Mode": "partial", "Backorder Share": 0.4},
        {"Class": "d-must", "Mode": "must"},
    ]
    rows = [row(1.0, Class=item["Class"]) for item in classes]
    found = built(ServiceClasses=classes, Demand=rows).demand

    assert found.mode.tolist() == ["lost", "backorder", "partial", "must"]
    assert found.owed_share.tolist() == [0.0, 1.0, 0.4, 0.0]


@pytest.mark.parametrize(
    ("wait", "last", "opening"),
    [(None, [4, 4, 4, 4], 4), (14.0, [2, 3, 4, 4], 1), (13.0, [1, 2, 3, 4], 0), (60.0, [4] * 4, 4)],
)
def test_the_longest_wait_is_counted_in_whole_buckets(
    wait: float | None, last: list[int], opening: int
) -> None:
    classes = [BACK if wait is None else {**BACK, "Max Wait": wait}]
    found = built(ServiceClasses=classes, Demand=demand("S1", "A", 1, 1, 1, 1, Class="web")).demand

    assert found.clear_by[0].tolist() == last
    assert found.opening_clear_by[0] == opening


def test_demand_that_may_not_wait_one_bucket_is_lost_when_short() -> None:
    found = built(
        ServiceClasses=[{**BACK, "Max Wait": 6.0}], Demand=demand("S1", "A", 1, Class="web")
    ).demand

    assert found.mode.tolist() == ["lost"]
    assert found.owed_share.tolist() == [0.0]


def test_negative_stock_is_owed_by_a_class_that_waits() -> None:
    classes = [{"Class": name} for name in ("all", "vip")]
    classes.append({"Class": "web", "Mode": "backorder"})
    rows = [row(1.0, Class=name) for name in ("vip", "web", "all")]
    stock = [{"Location": "S1", "Product": "A", "Quantity": -6.0}]
    found = built(ServiceClasses=classes, Demand=rows, OpeningStock=stock).demand

    assert found.opening_backlog.tolist() == [0.0, 0.0, 6.0]
    assert found.service_class.tolist() == ["all", "vip", "web"]


def test_negative_stock_without_demand_makes_a_stream_of_the_class_of_its_place() -> None:
    locations = [*LOCATIONS[:3], {**LOCATIONS[3], "Class": "web"}]
    stock = [{"Location": "S2", "Product": "A", "Quantity": -2.0}]
    found = built(Locations=locations, ServiceClasses=[BACK], OpeningStock=stock).demand

    owed = found.opening_backlog > 0.0
    assert found.service_class[owed].tolist() == ["web"]
    assert found.quantity[owed].sum() == 0.0


def test_negative_stock_that_nobody_waits_for_is_an_error_at_its_cell() -> None:
    stock = [{"Location": "S1", "Product": "A", "Quantity": -2.0}]

    found = said(seen(OpeningStock=stock))
    assert found["backlog-without-class"].startswith("OpeningStock!C2")


def test_a_higher_class_must_not_be_cheaper_to_lose() -> None:
    rows = [row(1.0, Class="vip"), row(1.0, Class="all")]
    dear = seen(ServiceClasses=[{**FIRST, "Lost Cost": 5.0}, SECOND], Demand=rows)
    by_row = seen(
        ServiceClasses=[FIRST, SECOND], Demand=[{**rows[0], "Shortage Cost": 5.0}, rows[1]]
    )

    assert dear.network is None
    assert "vip" in said(dear)["priority-cost"]
    assert by_row.network is not None
    assert "priority-cost" in said(by_row)


def test_classes_of_any_mode_may_have_different_priorities() -> None:
    rows = [row(1.0, Class="vip"), row(1.0, Class="all")]
    for mode in ("lost", "backorder", "partial", "must"):
        found = seen(ServiceClasses=[FIRST, {**SECOND, "Mode": mode}], Demand=rows)
        assert found.network is not None
        assert sorted(found.network.demand.priority[:2].tolist()) == [1, 2]


def test_demand_while_its_location_is_not_active_is_told_once() -> None:
    locations = [*LOCATIONS[:3], {**LOCATIONS[3], "Active From": "2026-01-26"}]
    found = said(seen(Locations=locations))

    assert "18 units" in found["demand-inactive"]
    assert "demand-unreachable" not in found


def test_a_share_of_the_price_needs_a_price() -> None:
    classes = [{"Class": "web", "Lost Cost Share": 2.0}]
    rows = [{**item, "Class": "web"} for item in demand("S2", "B", 1.0)]

    assert '"B"' in said(seen(ServiceClasses=classes, Demand=rows))["share-without-price"]


def test_two_stated_costs_in_one_cell_count_as_the_higher() -> None:
    rows = [
        row(1.0, **{"Shortage Cost": 3.0}),
        row(1.0, Type="promotion", **{"Shortage Cost": 9.0}),
    ]

    assert built(Demand=rows).demand.lost_cost.tolist() == [[9.0]]


def test_streams_that_want_nothing_are_left_out() -> None:
    found = built(Demand=[*demand("S1", "A", 1.0), *demand("S2", "A", 0.0)]).demand

    assert len(found) == 1
    assert np.isfinite(found.lost_cost).all()


def test_every_two_classes_of_a_place_are_compared() -> None:
    classes = [{**FIRST, "Lost Cost": 5.0}, {"Class": "web", "Priority": 1}, SECOND]
    rows = [row(1.0, Class=name) for name in ("vip", "web", "all")]

    assert '"vip"' in said(seen(ServiceClasses=classes, Demand=rows))["priority-cost"]
