"""What must hold for every hand-solved network, whatever its family is (mathematics C.8).

Every rule is tried on a third of the networks in every run, on all of them by
``pytest -m "slow or not slow" tests/model/test_metamorphic.py``.
"""

from functools import cache
from math import inf
from random import Random
from typing import Any

import pytest
from all_cases import ALL
from in_process import cost_of
from neutral import with_nothing
from renamed import beside
from scaled import dearer, larger, tighter
from turns import part

import tierstock as ts

NOT_A_LIMIT = {
    ("excess", "Max Shipment"): "a hard maximum asks for no more than the lane can take away",
    ("used_up", "Max"): "a hard maximum asks for no more than the oven can use up",
    ("source_rank", "Max Shipment"): "the next origin may serve once this one is used up",
    ("source_rank_lots", "Max Shipment"): "the next origin may serve once this one is used up",
    ("source_rank_supply", "Max"): "the next origin may serve once this one is used up",
    ("min_fill", "Max Weight"): "a smaller van is full sooner",
    ("min_fill_mix", "Max Weight"): "a smaller van is full sooner",
    ("need_trips", "Max Units"): "a smaller van is full sooner",
    ("horizon_mixed_vans", "Min Fill"): "behind the whole numbers a kilo pays its share of a load",
    ("transfer_shortage", "Safety Stock"): "below its target a place may be sent something",
    ("transfer_shortage_hub", "Safety Stock"): "below its target a place may be sent something",
}
"""Cells in which a smaller limit, or a larger wish, also gives leave to something else."""


def same(cost: float) -> Any:
    return pytest.approx(cost, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", part(ALL, 0, parts=6))
def test_rows_that_ask_for_nothing_change_nothing(name: str) -> None:
    assert cost_of(with_nothing(ALL[name].sheets)) == same(ALL[name].optimum)


@pytest.mark.parametrize("name", part(ALL, 1, parts=6))
def test_ten_times_the_money_for_twice_the_goods_is_twenty_times_the_cost(name: str) -> None:
    """In lots, loads and runs twice as large and twice as dear, where there are such."""
    assert cost_of(larger(dearer(ALL[name].sheets, 10), 2)) == same(20 * ALL[name].optimum)


@pytest.mark.parametrize("name", part(ALL, 2, parts=6))
def test_a_network_costs_twice_beside_its_copy_of_other_codes_in_another_order(name: str) -> None:
    both = beside(ALL[name].sheets, lambda code, number: f"{99 - number}号 {code}")
    for sheet, rows in both.items():
        if sheet != "Periods":
            Random(name).shuffle(rows)
    assert cost_of(both) == same(2 * ALL[name].optimum)


@cache
def with_tighter_limits(name: str) -> dict[tuple[str, str], float]:
    """Least cost with each limit tighter; infinite where no plan is left, or rows contradict."""
    found = {}
    for at, sheets in tighter(ALL[name].sheets):
        try:
            cost = cost_of(sheets)
        except ts.InputError:
            cost = None
        if (name, at[1]) not in NOT_A_LIMIT:
            found[at] = inf if cost is None else cost
    return found


LIMITED = [name for name in ALL if any(tighter(ALL[name].sheets))]


@pytest.mark.parametrize("name", part(LIMITED, 0))
def test_tighter_limits_never_cost_less(name: str) -> None:
    for at, cost in with_tighter_limits(name).items():
        assert cost >= ALL[name].optimum - 1e-6, at


@pytest.mark.slow
def test_every_kind_of_limit_is_felt_somewhere() -> None:
    costs = {(name, at): cost for name in LIMITED for at, cost in with_tighter_limits(name).items()}
    felt = {at for (name, at), cost in costs.items() if cost > ALL[name].optimum + 1e-6}
    assert {at for _, at in costs} == felt
