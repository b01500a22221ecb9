"""Today's policy replayed: each rule worked out by hand, and what holds for every replay."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import Rows, demand, tables

import tierstock as ts
from tierstock.inputs.network import Floats, Network
from tierstock.outputs.costs import totals
from tierstock.outputs.expand import expand
from tierstock.outputs.inventory import quantities
from tierstock.outputs.simulate import replay, simulate
from tierstock.outputs.simulate.state import State

TEA: Rows = [{"Product": "tea", "Unit Value": 10, "Price": 20}]
CHAIN: Rows = [{"Location": "SUP", "Tier": "supplier"}, {"Location": "S1", "Tier": "store"}]


def shop(
    *wanted: float, rule: dict[str, Any], lead: int = 0, stock: float = 0, **more: Rows
) -> Network:
    """One store, a supplier without limit, lead time in whole periods."""
    sheets: dict[str, Rows] = {
        "Settings": [{"Setting": "lead_time_unit", "Value": "period"}],
        "Locations": CHAIN,
        "Products": TEA,
        "Lanes": [{"From": "SUP", "To": "S1", "Lead Time": lead, "Unit Cost": 1}],
        "Demand": demand("S1", "tea", *wanted),
        "Policy": [{"Location": "S1", **rule}],
    }
    if stock:
        sheets["OpeningStock"] = [{"Location": "S1", "Product": "tea", "Quantity": stock}]
    return ts.read(tables(**{**sheets, **more}))


def shipped(state: State) -> list[float]:
    return state.flow.sum(axis=0).round(9).tolist()


def closing(net: Network, state: State, location: str = "S1") -> list[float]:
    at = net.places.location == net.locations.code.tolist().index(location)
    return state.stock[at].sum(axis=0).round(9).tolist()


def test_min_max_orders_up_to_the_maximum_when_stock_is_at_the_minimum() -> None:
    # 10 there, 4 a period, s = 4, S = 12. Position 10, 6, 2: the third review orders 12 - 2 = 10.
    # Lead 0: 2 + 10 - 4 = 8 left, then 4; at the fifth review 4 <= 4 orders 8: 4 + 8 - 4 = 8.
    net = shop(
        4, 4, 4, 4, 4, rule={"Policy": "min-max", "Parameter 1": 4, "Parameter 2": 12}, stock=10
    )
    state = simulate(net, "policy")
    assert shipped(state) == [0, 0, 10, 0, 8]
    assert closing(net, state) == [6, 2, 8, 4, 8]


def test_reorder_quantity_orders_whole_lots_until_it_is_above_the_point() -> None:
    # R = 5, Q = 3. Position 1: 2 lots give 7 > 5. 1 + 6 - 4 = 3, then 1 lot gives 6 > 5.
    net = shop(4, 4, rule={"Policy": "reorder-qty", "Parameter 1": 5, "Parameter 2": 3}, stock=1)
    state = simulate(net, "policy")
    assert shipped(state) == [6, 3]
    assert closing(net, state) == [3, 2]


def test_base_stock_counts_what_is_on_the_way() -> None:
    # S = 10, lead 1. Period 1: position 6 orders 4; 6 - 3 = 3 left. Period 2: 3 + 4 came = 7,
    # orders 3; 7 - 3 = 4. Period 3: 4 + 3 = 7, orders 3; 7 - 3 = 4.
    net = shop(3, 3, 3, rule={"Policy": "base-stock", "Parameter 1": 10}, lead=1, stock=6)
    state = simulate(net, "policy")
    assert shipped(state) == [4, 3, 3]
    assert closing(net, state) == [3, 4, 4]


def test_days_cover_looks_at_the_mean_of_past_demand_only() -> None:
    # Days of 1 day each, cover 3 days. Period 1 knows its own demand: 3 x 2 = 6. Period 2 has seen
    # 2: up to 6, has 4, orders 2. Period 3 has seen 2 and 6: rate 4, up to 12, has 0, orders 12.
    net = shop(2, 6, 4, rule={"Policy": "days-cover", "Parameter 1": 3})
    state = simulate(net, "policy")
    assert shipped(state) == [6, 2, 12]
    assert closing(net, state) == [4, 0, 8]


def test_lot_for_lot_orders_what_is_asked_for_and_not_there() -> None:
    # 5 there: 3 needs nothing; 2 left, 4 needs 2; then 6 needs 6.
    net = shop(3, 4, 6, rule={"Policy": "lot-for-lot"}, stock=5)
    state = simulate(net, "policy")
    assert shipped(state) == [0, 2, 6]
    assert closing(net, state) == [2, 0, 0]


def two_shops(policy: Rows, stock: float, *, wanted: tuple[float, float] = (3, 6)) -> Network:
    places: Rows = [{"Location": "DC", "Tier": "RDC"}] + [
        {"Location": code, "Tier": "store"} for code in ("S1", "S2")
    ]
    return ts.read(
        tables(
            Locations=places,
            Products=TEA,
            Lanes=[{"From": "DC", "To": "store", "Lead Time": 0}],
            Demand=demand("S1", "tea", wanted[0]) + demand("S2", "tea", wanted[1]),
            OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": stock}],
            Policy=policy,
        )
    )


def test_fixed_share_sends_a_share_of_the_free_stock_of_the_source() -> None:
    # 20 in the DC: a quarter and a half of it.
    share = [
        {"Location": "S1", "Policy": "fixed-share", "Parameter 1": 0.25},
        {"Location": "S2", "Policy": "fixed-share", "Parameter 1": 0.5},
    ]
    net = two_shops(share, 20)
    state = simulate(net, "policy")
    assert state.flow[:, 0].tolist() == [5, 10]
    assert closing(net, state, "DC") == [5]


def test_places_that_order_together_get_the_same_share_of_what_is_there() -> None:
    # 3 and 6 are asked, 6 is there: two thirds of each.
    net = two_shops([{"Location": "store", "Policy": "lot-for-lot"}], 6)
    state = simulate(net, "policy")
    assert state.flow[:, 0] == pytest.approx([2, 4])
    assert state.lost[:, 0] == pytest.approx([1, 2])


def test_goods_that_nobody_makes_are_shared_out_to_the_last_bit() -> None:
    # The shares of 4.62, 4.01 and 3.43 in 9.25 add up to a bit more than 9.25.
    shops = {"S1": 3.43, "S2": 4.01, "S3": 4.62}
    wanted = [row for shop, units in shops.items() for row in demand(shop, "tea", units)]
    net = ts.read(
        tables(
            Locations=[{"Location": "DC", "Tier": "RDC"}]
            + [{"Location": shop, "Tier": "store"} for shop in shops],
            Products=TEA,
            Lanes=[{"From": "DC", "To": "*", "Lead Time": 0, "Unit Cost": 1}],
            Demand=wanted,
            OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 9.25}],
            Policy=[{"Location": "Tier=store", "Policy": "lot-for-lot"}],
        )
    )
    assert len(net.supply) == 0
    assert shipped(simulate(net, "policy")) == [9.25]


def test_a_review_cycle_and_an_approval_lag_delay_the_order() -> None:
    # Reviews in periods 1 and 3; what is decided in 1 is released in 2, what is decided in 3 in 4.
    rule = {"Policy": "base-stock", "Parameter 1": 4, "Review Every": 2, "Approval Lag": 1}
    net = shop(2, 2, 2, 2, rule=rule)
    state = simulate(net, "policy")
    # Period 1: nothing there, decides 4. Period 2: 4 come, 2 go. Period 3: 2 there, decides 2.
    assert shipped(state) == [0, 4, 0, 2]
    assert state.lost.sum(axis=0).tolist() == [2, 0, 0, 0]


def test_a_named_source_goes_before_a_cheaper_one_and_lots_are_whole() -> None:
    net = ts.read(
        tables(
            Locations=[*CHAIN, {"Location": "DEAR", "Tier": "supplier"}],
            Products=TEA,
            Lanes=[
                {"From": "SUP", "To": "S1", "Lead Time": 0, "Unit Cost": 1},
                {"From": "DEAR", "To": "S1", "Lead Time": 0, "Unit Cost": 9, "Order Multiple": 4},
            ],
            Demand=demand("S1", "tea", 5),
            Policy=[{"Location": "S1", "Policy": "lot-for-lot", "Source": "DEAR"}],
        )
    )
    dear = net.lanes.origin[net.goods.lane] == net.locations.code.tolist().index("DEAR")
    assert simulate(net, "policy").flow[dear].sum() == 8  # 5 rounded up to lots of 4


def test_what_the_cheapest_source_cannot_send_comes_from_the_next() -> None:
    net = ts.read(
        tables(
            Locations=[*CHAIN, {"Location": "DEAR", "Tier": "supplier"}],
            Products=TEA,
            Lanes=[
                {"From": "SUP", "To": "S1", "Lead Time": 0, "Unit Cost": 1, "Max Shipment": 3},
                {"From": "DEAR", "To": "S1", "Lead Time": 0, "Unit Cost": 9},
            ],
            Demand=demand("S1", "tea", 5),
            Policy=[{"Location": "S1", "Policy": "lot-for-lot"}],
        )
    )
    assert sorted(simulate(net, "policy").flow[:, 0].tolist()) == [2, 3]


def test_doing_nothing_lets_only_arrive_what_is_on_the_way() -> None:
    coming: Rows = [{"To": "S1", "Product": "tea", "Due Date": "2026-01-06", "Quantity": 5}]
    rule = {"Policy": "base-stock", "Parameter 1": 90}
    net = shop(3, 3, 3, rule=rule, stock=4, InTransit=coming)
    state = simulate(net, "nothing")
    assert shipped(state) == [0, 0, 0]
    assert closing(net, state) == [1, 3, 0]


def test_a_site_that_the_plan_before_opens_is_paid_for() -> None:
    # 5 go through DC in the second of three periods: it opens for 100 and costs 10 in two periods.
    moves = [
        {"From": one, "To": other, "Product": "tea", "Period": "2", "Quantity": 5}
        for one, other in (("SUP", "DC"), ("DC", "S1"))
    ]
    net = ts.read(
        tables(
            Settings=[{"Setting": "baseline", "Value": "previous plan"}],
            Locations=[*CHAIN, {"Location": "DC", "Tier": "RDC", "Status": "consider"}],
            Products=TEA,
            Lanes=[
                {"From": one, "To": other, "Lead Time": 0, "Unit Cost": 1}
                for one, other in (("SUP", "DC"), ("DC", "S1"), ("SUP", "S1"))
            ],
            Sites=[{"Location": "DC", "Open Cost": 100, "Fixed Cost": 10}],
            Demand=demand("S1", "tea", 0, 5, 0),
            FixedPlan=[{**one, "Rule": "reference"} for one in moves],
        )
    )
    costs = totals(expand(net, replay(net, "previous plan").decisions))
    assert (costs["site opening"], costs["site fixed"], costs["lost sales"]) == (100, 20, 0)


def test_owed_demand_waits_and_is_served_first_then_given_up() -> None:
    # Nothing can come before period 3 (lead 2); Max Wait of 1 day: what is owed of 1 is given up.
    classes: Rows = [{"Class": "standard", "Mode": "backorder", "Max Wait": 1}]
    rule = {"Policy": "base-stock", "Parameter 1": 9}
    net = shop(2, 3, 1, rule=rule, lead=2, ServiceClasses=classes)
    state = simulate(net, "policy")
    assert state.owed_new.tolist() == [[2, 3, 0]]
    assert state.given_up.tolist() == [[0, 2, 0]]
    assert state.owed_served.tolist() == [[0, 0, 3]]


RULES = st.one_of(
    st.tuples(st.just("min-max"), st.integers(0, 8), st.integers(8, 20)),
    st.tuples(st.just("reorder-qty"), st.integers(0, 8), st.integers(1, 6)),
    st.tuples(st.just("base-stock"), st.integers(0, 20), st.none()),
    st.tuples(st.just("days-cover"), st.integers(0, 5), st.none()),
    st.tuples(st.just("lot-for-lot"), st.none(), st.none()),
    st.tuples(st.just("fixed-share"), st.sampled_from([0.2, 0.6]), st.none()),
)
PATH = st.lists(st.integers(0, 9), min_size=6, max_size=6)


@cache
def limited(lead: int) -> Network:
    """Supplier, depot and two stores, with limits that bind; rules and demand are put in later."""
    kinds = (("DC", "storage", 25), ("S1", "inbound", 7))
    return ts.read(
        tables(
            Settings=[{"Setting": "lead_time_unit", "Value": "period"}],
            Locations=[
                {"Location": "SUP", "Tier": "supplier"},
                {"Location": "DC", "Tier": "RDC"},
                {"Location": "S1", "Tier": "store"},
                {"Location": "S2", "Tier": "store"},
            ],
            Products=[{**TEA[0], "Volume": 1, "Shortage Cost": 50}],
            Lanes=[
                {"From": "SUP", "To": "DC", "Lead Time": lead, "Max Shipment": 9},
                {"From": "DC", "To": "store", "Lead Time": 1 - min(lead, 1)},
            ],
            Demand=demand("S1", "tea", *[1] * 6) + demand("S2", "tea", *[1] * 6),
            OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 1}],
            Capacity=[
                {"Location": where, "Kind": kind, "Dimension": "m3", "Per": "bucket", "Limit": most}
                for where, kind, most in kinds
            ],
            ServiceClasses=[{"Class": "standard", "Mode": "backorder"}],
            Policy=[{"Location": "*", "Policy": "lot-for-lot"}],
        )
    )


def put(
    net: Network,
    wanted: list[list[int]],
    stock: float,
    rules: dict[str, tuple[Any, ...]],
    every: int = 1,
    lag: int = 0,
) -> Network:
    """The network with other demand, rules by location, and stock where there is some."""
    policy, places = net.policy, net.places
    assert policy is not None
    names = net.locations.code[places.location]
    rule, first, second = policy.rule.copy(), policy.first.copy(), policy.second.copy()
    steps, lags = policy.every.copy(), policy.lag.copy()
    for where, (word, one, two) in rules.items():
        at = names == where
        rule[at], steps[at], lags[at] = word, every, lag
        first[at] = np.nan if one is None else one
        second[at] = np.nan if two is None else two
    return replace(
        net,
        policy=replace(policy, rule=rule, first=first, second=second, every=steps, lag=lags),
        places=replace(places, opening=np.where(places.opening > 0, float(stock), 0.0)),
        demand=replace(net.demand, quantity=np.array(wanted, dtype=np.float64)),
    )


def chain(
    store: tuple[Any, ...],
    depot: tuple[Any, ...],
    wanted: tuple[list[int], list[int]],
    terms: tuple[int, int, int, int, int],
) -> Network:
    """The chain with two rules, demand, lead time, review, approval, stock and a lane limit."""
    lead, every, lag, stock, most = terms
    net = limited(lead)
    supplied = net.lanes.origin == net.locations.code.tolist().index("SUP")
    limit = np.where(supplied[:, None], float(most), net.lanes.max_shipment)
    net = replace(net, lanes=replace(net.lanes, max_shipment=limit))
    return put(net, list(wanted), stock, {"S1": store, "S2": store, "DC": depot}, every, lag)


CASE = (
    RULES,
    RULES,
    st.tuples(PATH, PATH),
    st.tuples(
        st.integers(0, 2),
        st.integers(1, 3),
        st.integers(0, 2),
        st.integers(0, 20),
        st.integers(4, 30),
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(*CASE)
def test_nothing_comes_from_nowhere_and_limits_hold(
    store: Any, depot: Any, wanted: Any, terms: Any
) -> None:
    net = chain(store, depot, wanted, terms)
    run = replay(net, "policy")
    plan = expand(net, run.decisions)
    told = quantities(plan)
    gone = told["Shipped"] + told["Issued"]
    flows = told["Opening"] + told["Received"] + told["Purchased"] - gone
    assert np.abs(flows - told["Closing"]).max() < 1e-9
    assert told["Closing"].min() >= 0
    served = plan.issued_streams + plan.backlog + plan.lost
    assert served == pytest.approx(net.demand.quantity + plan.owed_before)
    dc = net.places.location == net.locations.code.tolist().index("DC")
    s1 = net.places.location == net.locations.code.tolist().index("S1")
    full = told["Closing"][dc].max() > 25 * (1 + 1e-6)
    assert full == any("capacity limit" in note for note in run.notes)
    assert plan.arrived[s1].max() <= 7 + 1e-9
    assert (plan.flow <= net.lanes.max_shipment[net.goods.lane] + 1e-9).all()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(*CASE, st.integers(0, 4), PATH)
def test_no_order_looks_ahead(
    store: Any, depot: Any, wanted: Any, terms: Any, t: int, other: Any
) -> None:
    first = simulate(chain(store, depot, wanted, terms), "policy")
    later = [path[: t + 1] + new[t + 1 :] for path, new in zip(wanted, (other, other), strict=True)]
    second = simulate(chain(store, depot, (later[0], later[1]), terms), "policy")
    assert first.flow[:, : t + 1] == pytest.approx(second.flow[:, : t + 1])
    assert first.purchase[:, : t + 1] == pytest.approx(second.purchase[:, : t + 1])


@cache
def plain(lead: int) -> Network:
    return shop(*[1] * 7, rule={"Policy": "lot-for-lot"}, lead=lead, stock=1)


def by_hand(wanted: list[int], low: int, high: int, lead: int, stock: int) -> tuple[Floats, Floats]:
    """Min-max at one place, in plain words: receive, review, hand out, lose the rest."""
    hand, orders, lost = float(stock), np.zeros(len(wanted)), np.zeros(len(wanted))
    for t, units in enumerate(wanted):
        hand += orders[t - lead] if lead and t >= lead else 0.0
        way = sum(orders[max(0, t - lead + 1) : t]) if lead else 0.0
        if hand + way <= low:
            orders[t] = high - hand - way
        hand += orders[t] if not lead else 0.0
        lost[t] = max(0.0, units - hand)
        hand = max(0.0, hand - units)
    return orders, lost


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(PATH, st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.integers(0, 12))
def test_min_max_is_what_a_slow_replay_in_plain_words_says(
    wanted: list[int], low: int, above: int, lead: int, stock: int
) -> None:
    net = put(plain(lead), [[*wanted, 1]], stock, {"S1": ("min-max", low, low + above)})
    state = simulate(net, "policy")
    orders, lost = by_hand([*wanted, 1], low, low + above, lead, stock)
    assert state.flow.sum(axis=0) == pytest.approx(orders)
    assert state.lost.sum(axis=0) == pytest.approx(lost)
