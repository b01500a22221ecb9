"""Levels are solved one after the other, each keeping what the earlier ones reached."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from small import Rows, demand, model

import tierstock as ts
import tierstock.solvers.levels as levels
import tierstock.solvers.steady as steady
from tierstock.model.levels import Aim
from tierstock.solvers import SolveOptions, solve, start
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import Drive
from tierstock.solvers.levels import solve_levels
from tierstock.solvers.progress import Progress

EXACT = SolveOptions(gap=0, time_limit_s=20, threads=1)


def settings(**values: object) -> Rows:
    return [{"Setting": name, "Value": value} for name, value in values.items()]


def aim(name: str, arrays: Arrays, sense: int, **amounts: float) -> Aim:
    """A level that counts columns by number: ``c0=1.0``."""
    coefficients = np.zeros(arrays.columns)
    for column, amount in amounts.items():
        coefficients[int(column[1:])] = amount
    return Aim(name, sense, coefficients, 0.0)


@pytest.fixture
def goods() -> Arrays:
    """Two goods share room for 10; the first costs 3 a unit, the second 1, at most 6 of each."""
    return Arrays(
        cost=np.array([3.0, 1.0]),
        lower=np.zeros(2),
        upper=np.full(2, 6.0),
        integer=np.array([True, False]),
        starts=np.array([0, 2], dtype=np.int32),
        index=np.array([0, 1], dtype=np.int32),
        value=np.ones(2),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([10.0]),
    )


def test_the_first_level_decides_and_the_next_one_has_what_it_leaves_open(goods: Arrays) -> None:
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    found = solve_levels(goods, [most, Aim("cost", 1, goods.cost, 0.0)], 0.0, EXACT)

    assert found.values.tolist() == pytest.approx([4.0, 6.0])
    assert [one.name for one in found.levels] == ["service", "cost"]
    assert [one.value for one in found.levels] == pytest.approx([10.0, 18.0])
    assert [one.bound for one in found.levels] == pytest.approx([10.0, 18.0])
    assert (found.objective, found.bound, found.gap) == pytest.approx((18.0, 18.0, 0.0))
    assert (found.stopped, found.quality) == ("optimal", "proven")
    assert found.size["rows"] == 1


def test_the_room_of_a_search_leaves_no_plan_unproven(goods: Arrays) -> None:
    """A millionth of the 10 less of the first would save 0.00003 of 18, more than is noise."""
    parts = replace(goods, integer=np.array([False, True]))
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    found = solve_levels(parts, [most, Aim("cost", 1, goods.cost, 0.0)], 0.0, EXACT)

    assert found.objective == pytest.approx(18.0, abs=1e-6)
    assert found.bound == pytest.approx(18.0, abs=1e-6)
    assert (found.stopped, found.quality, found.gap) == ("optimal", "proven", 0.0)


def test_the_cost_of_the_last_plan_comes_down_all_the_way_on_large_networks_too(
    goods: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What solves large models by prices stops at the gap asked for; the last program must not."""
    made: list[tuple[bool, Drive]] = []

    def noted(arrays: Arrays, *more: Any, **named: Any) -> Drive:
        made.append((arrays.whole, steady.driver(arrays, *more, **named)))
        return made[-1][1]

    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(levels, "driver", noted)
    first = aim("service", goods, -1, c1=1.0)
    parts = replace(goods, integer=np.array([False, True]))
    found = solve_levels(parts, [first, aim("moves", goods, 1, c0=1.0)], 0.0, EXACT)
    assert found.objective == pytest.approx(6.0)
    linear = [type(one) for whole, one in made if not whole]
    assert linear and set(linear) == {Drive}


def test_later_levels_may_give_up_the_tolerance_and_no_more(goods: Arrays) -> None:
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    cost = Aim("cost", 1, goods.cost, 0.0)
    found = solve_levels(goods, [most, cost], 0.2, EXACT)

    assert found.values.tolist() == pytest.approx([2.0, 6.0])
    assert [one.value for one in found.levels] == pytest.approx([8.0, 12.0])
    assert found.levels[0].bound == pytest.approx(10.0)


def test_what_the_levels_leave_open_costs_as_little_as_it_can(goods: Arrays) -> None:
    first = aim("service", goods, -1, c1=1.0)
    found = solve_levels(goods, [Aim("cost", 1, goods.cost, 0.0), first], 0.0, EXACT)
    assert found.values.tolist() == [0.0, 0.0]  # cost came first, and nothing is cheapest

    found = solve_levels(goods, [first, aim("moves", goods, 1, c0=1.0)], 0.0, EXACT)
    assert found.values.tolist() == pytest.approx([0.0, 6.0])
    assert found.objective == pytest.approx(6.0)
    assert found.bound == -math.inf  # cost was no level: nothing is proven about it


def test_the_last_named_level_keeps_its_value(goods: Arrays) -> None:
    """3 of the second have to be made; half as much cost again makes 4.5 of them, and nothing of
    that is given up for cost at the end."""
    first = Aim("cost", 1, goods.cost, 0.0)
    made = replace(goods, lower=np.array([0.0, 3.0]))
    found = solve_levels(made, [first, aim("service", made, -1, c1=1.0)], 0.5, EXACT)
    assert found.values.tolist() == pytest.approx([0.0, 4.5])  # 3 and the half of it
    assert [one.value for one in found.levels] == pytest.approx([4.5, 4.5])


def test_a_level_that_nobody_named_is_given_no_tolerance(goods: Arrays) -> None:
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    cost = Aim("cost", 1, goods.cost, 0.0)
    by_name = solve_levels(goods, [most, cost], 0.2, EXACT)
    behind = solve_levels(goods, [most, replace(cost, named=False)], 0.2, EXACT)
    assert by_name.levels[0].value == pytest.approx(8.0)
    assert behind.levels[0].value == pytest.approx(10.0)
    assert behind.objective == pytest.approx(18.0)

    between = replace(aim("fairness", goods, -1, c0=-1.0), named=False)
    three = solve_levels(goods, [most, between, cost], 0.2, EXACT)
    assert three.levels[1].bound == pytest.approx(-4.0)  # 10 are still served when it is its turn
    assert three.values.tolist() == pytest.approx([2.0, 6.0])  # and cost takes what it may


def test_each_level_begins_with_the_plan_of_the_one_before(
    goods: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    class Watched(Drive):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            seen.append(None if self.best is None else self.best.values.tolist())

    monkeypatch.setattr(steady, "Drive", Watched)
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    solve_levels(goods, [most, Aim("cost", 1, goods.cost, 0.0)], 0.0, EXACT)

    assert seen[0] is None
    assert sum(seen[1]) == pytest.approx(10.0)
    assert len(seen) == 3  # two levels, and the cost of the last plan


def test_a_start_that_breaks_a_rule_is_no_plan(goods: Arrays) -> None:
    from tierstock.solvers.clock import Clock, StopKey

    with StopKey() as stop:
        clock = Clock(EXACT, goods, stop)
        assert Drive(goods, EXACT, clock, None, np.array([9.0, 9.0])).best is None
        assert Drive(goods, EXACT, clock, None, np.array([1.0, 0.5])).best is not None


def test_the_levels_share_the_time(goods: Arrays, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float] = []

    class Watched(Drive):
        def __init__(self, arrays: Arrays, options: SolveOptions, *more: Any) -> None:
            limits.append(options.time_limit_s)
            super().__init__(arrays, options, *more)

    monkeypatch.setattr(steady, "Drive", Watched)
    aims = [
        aim("service", goods, -1, c1=1.0),
        Aim("cost", 1, goods.cost, 0.0),
        aim("moves", goods, 1, c0=1.0),
    ]
    solve_levels(goods, aims, 0.0, replace(EXACT, gap=0.01, time_limit_s=10))

    assert limits[0] == pytest.approx(3.0, abs=0.1)  # a tenth is kept for the last cost
    assert limits[0] < limits[1] < limits[2] < limits[3] <= 10.0


def test_when_time_is_over_the_last_plan_stands(
    goods: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levels._Levels, "_over", lambda self: len(self.solved) > 0)
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    found = solve_levels(goods, [most, Aim("cost", 1, goods.cost, 0.0)], 0.0, EXACT)

    assert (found.stopped, found.quality) == ("time", "feasible")
    assert sum(found.values) == pytest.approx(10.0)
    assert found.levels[1].gap == math.inf
    assert found.objective == pytest.approx(found.levels[1].value)


def test_a_contradiction_is_one_of_the_first_level(goods: Arrays) -> None:
    broken = replace(goods, row_lower=np.array([11.0]), row_upper=np.array([20.0]))
    broken = replace(broken, upper=np.full(2, 5.0))
    most = aim("service", goods, -1, c0=1.0, c1=1.0)
    found = solve_levels(broken, [most, Aim("cost", 1, goods.cost, 0.0)], 0.0, EXACT)

    assert (found.stopped, found.quality) == ("infeasible", "none")


def test_progress_tells_the_level(goods: Arrays) -> None:
    told: list[Progress] = []
    most = aim("service 1", goods, -1, c0=1.0, c1=1.0)
    aims = [most, Aim("cost", 1, goods.cost, 0.0)]
    solve_levels(goods, aims, 0.0, EXACT, told.append)

    assert {one.level for one in told} == {"service 1", "cost"}
    assert {one.limit for one in told} == {20.0}
    line = next(one for one in told if one.level == "service 1" and math.isfinite(one.incumbent))
    assert "service 1 10" in line.line("en")
    assert "服务 1 10" in line.line("zh")


def network(**values: object) -> pyo.ConcreteModel:
    """8 units for two stores; serving S1 costs more than losing its sale."""
    return model(
        Locations=[
            {"Location": "DC", "Tier": "RDC"},
            {"Location": "S1", "Tier": "store"},
            {"Location": "S2", "Tier": "store"},
        ],
        Products=[{"Product": "tea", "Unit Value": 0, "Price": 10}],
        Lanes=[
            {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 12},
            {"From": "DC", "To": "S2", "Lead Time": 0, "Unit Cost": 1},
        ],
        Demand=demand("S1", "tea", 2, 2) + demand("S2", "tea", 2, 2),
        OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 8}],
        Settings=settings(**values),
    )


def test_the_settings_of_the_network_ask_for_levels() -> None:
    by_cost = ts.solve(network(gap=0), progress=False)
    by_service = ts.solve(
        network(gap=0, objective="lexicographic", objective_levels="service, cost"),
        progress=False,
    )

    assert by_cost.solution.levels == ()
    assert by_cost.objective == pytest.approx(4 * 1 + 4 * 10)
    assert [one.name for one in by_service.solution.levels] == ["service", "cost"]
    assert by_service.solution.levels[0].value == pytest.approx(8 * 0.99)
    assert by_service.objective == pytest.approx(4 + 3.92 * 12 + 0.08 * 10)
    assert by_service.costs["Amount"].sum() == pytest.approx(by_service.objective)


def test_cost_comes_last_where_neither_cost_nor_profit_is_named() -> None:
    m = network(objective="lexicographic", objective_levels="service", objective_tolerance=0)
    plan = ts.solve(m, gap=0, progress=False)

    assert [one.name for one in plan.solution.levels] == ["service", "cost"]
    assert plan.objective == pytest.approx(4 + 4 * 12)


def test_a_level_behind_cost_is_not_given_up_for_cost() -> None:
    """All lost costs 30; a unit served costs 1 more, and 10 % of 30 serve 3."""
    for tolerance, served in ((0.1, 3.0), (0.3, 9.0)):
        m = model(
            Locations=[{"Location": "S", "Tier": "supplier"}, {"Location": "A", "Tier": "RDC"}],
            Products=[{"Product": "P", "Unit Value": 0, "Price": 10, "Shortage Cost": 3}],
            Lanes=[{"From": "S", "To": "A", "Lead Time": 0, "Unit Cost": 4}],
            Demand=demand("A", "P", 10),
            Settings=settings(
                objective="lexicographic",
                objective_levels="cost, service",
                objective_tolerance=tolerance,
            ),
        )
        plan = ts.solve(m, gap=0, progress=False)
        assert plan.objective == pytest.approx(30 + served)
        assert plan.service["Issued"].sum() == pytest.approx(served)


def test_service_alone_is_not_given_up_for_cost() -> None:
    m = network(objective="lexicographic", objective_levels="service", objective_tolerance=0.5)
    assert [one.named for one in m.aims] == [True, False]
    plan = ts.solve(m, gap=0, progress=False)
    assert plan.solution.levels[0].value == pytest.approx(8.0)


def test_profit_is_told_as_what_is_earned() -> None:
    m = network(objective="lexicographic", objective_levels="profit, moves")
    plan = ts.solve(m, gap=0, progress=False)

    profit, moves = plan.solution.levels
    assert plan.objective == pytest.approx(-profit.value)
    assert profit.bound == pytest.approx(8 * 10 - 4 - 4 * 12)
    assert moves.value == 2.0
    assert plan.bound == pytest.approx(-profit.bound)


def test_an_objective_of_ones_own_is_the_only_one() -> None:
    m = network(objective="lexicographic", objective_levels="service, cost")
    m.cost.deactivate()
    m.own = pyo.Objective(expr=sum(m.flow.values()), sense=pyo.minimize)
    found = solve(m, EXACT)

    assert found.levels == ()
    assert found.objective == pytest.approx(0.0)


def test_columns_of_ones_own_go_through_all_levels() -> None:
    m = network(objective="lexicographic", objective_levels="service, cost")
    m.extra = pyo.Var(bounds=(0, 3))
    m.less = pyo.Constraint(expr=m.flow["DC→S1", "tea", "1"] + m.extra <= 1)
    found = solve(m, EXACT)

    assert found.levels[0].bound == pytest.approx(7.0)  # of the first day S1 has 1 at most
    assert len(found.values) == m.columns.count + 1
