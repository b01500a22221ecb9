"""No bound cuts off a best plan: with bounds many times as large it costs the same."""

import pyomo.environ as pyo
import pytest
from cases_bounds import CASES
from in_process import cost_of, frames, least_of
from random_networks import drawn
from reference import least_cost
from small import demand, tables

import tierstock as ts
from tierstock.inputs import Network
from tierstock.model import Strength

BATCH = 10
TIMES, BESIDES = 6, 3000
MOST = 20_000
"""Units added at most: rules that tie products multiply them, and numbers have to stay exact."""


def widened(net: Network, m: pyo.ConcreteModel) -> pyo.ConcreteModel:
    """Return the model of a network that may need far more of everything."""
    more = min(TIMES * float(m.bounds.need.max(initial=0.0)) + BESIDES, MOST)
    return ts.build(net, strength=Strength(extra_need=more))


def compare(seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        net = ts.read(frames(drawn(seed).short))
        m = ts.build(net)
        tight, wide = least_of(m), least_of(widened(net, m))
        alike = pytest.approx(wide, rel=1e-6, abs=1e-6) if wide is not None else None
        if tight != alike:
            wrong[seed] = (tight, wide)
    assert wrong == {}


@pytest.mark.parametrize("first", range(5120, 5160, BATCH))
def test_random_networks_cost_the_same_with_wide_bounds(first: int) -> None:
    compare(range(first, first + BATCH))


@pytest.mark.slow
@pytest.mark.parametrize("first", [*range(5100, 5120, BATCH), *range(5160, 5560, BATCH)])
def test_many_random_networks_cost_the_same_with_wide_bounds(first: int) -> None:
    compare(range(first, first + BATCH))


def test_a_row_in_money_asks_for_units() -> None:
    network = drawn(5138)
    assert cost_of(network.short) == pytest.approx(least_cost(network.long))


@pytest.mark.parametrize("name", CASES)
def test_what_rules_ask_for_is_within_the_bounds(name: str) -> None:
    net = ts.read(tables(**CASES[name].sheets))
    m = ts.build(net)
    assert least_of(m) == pytest.approx(CASES[name].optimum)
    assert least_of(widened(net, m)) == pytest.approx(CASES[name].optimum)


def own_row(strength: Strength | None, **more: float) -> float | None:
    """Least cost where a row of one's own asks for 500 units on a lane, and 400 are wanted."""
    sheets = tables(
        Locations=[
            {"Location": "S", "Tier": "supplier"},
            {"Location": "A", "Tier": "RDC"},
        ],
        Products=[{"Product": "tea", "Unit Value": 0, "Shortage Cost": 50}],
        Lanes=[
            {"From": "S", "To": "A", "Lead Time": 0, "Unit Cost": 0.01, "Fixed Cost": 1, **more}
        ],
        Demand=demand("A", "tea", 200, 200),
    )
    m = ts.build(ts.read(sheets), strength=strength)
    m.mine = pyo.Constraint(expr=m.flow["S→A", "tea", "1"] >= 500)
    return least_of(m)


def test_a_row_of_ones_own_may_say_how_much_more_it_asks_for() -> None:
    assert own_row(None) is None
    assert own_row(None, **{"Max Shipment": 1000}) is None
    assert own_row(Strength(extra_need=100)) == pytest.approx(6.0)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_extra_need_is_a_number_of_units(wrong: float) -> None:
    with pytest.raises(ValueError, match="extra_need"):
        own_row(Strength(extra_need=wrong))
