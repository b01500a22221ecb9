"""The answer is right, or it says that it is not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

import tierstock.solvers.drive as drive
import tierstock.solvers.run as run
from tierstock.solvers import SolveError, SolveOptions, load, solve
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.progress import Progress

EXACT = SolveOptions(gap=0, time_limit_s=20, threads=1)


def test_a_model_comes_back_with_its_plan_on_its_variables(model: pyo.ConcreteModel) -> None:
    model.spare = pyo.Var(bounds=(0, 5))
    model.keep = pyo.Constraint(expr=model.spare + model.flow["A→B", "P1", "W1"] == 6)
    model.looked_at_before = pyo.Expression(expr=model.trips["A→B", "W1"])
    found = solve(model, EXACT)
    load(model, found)

    assert (found.stopped, found.quality, found.exact) == ("optimal", "proven", True)
    assert found.objective == pytest.approx(49.0)
    assert found.gap == 0.0
    assert found.size == {"columns": 19, "rows": 11, "nonzeros": 32, "integers": 6}
    assert found.solver.startswith("HiGHS 1.")
    assert pyo.value(model.cost) == pytest.approx(49.0)
    assert model.trips["A→B", "W1"].value == 2.0
    assert model.flow["A→B", "P2", "W2"].value == pytest.approx(8.0)
    assert model.spare.value == pytest.approx(1.0)


def test_a_plan_can_only_be_put_on_its_own_model(model: pyo.ConcreteModel) -> None:
    found = solve(model, EXACT)
    model.another = pyo.Var()
    with pytest.raises(SolveError, match="18 columns, the model has 19"):
        load(model, found)


def test_a_linear_model_has_its_cost_as_bound_and_prices_for_its_rows(blend: Arrays) -> None:
    found = solve_arrays(blend, EXACT)

    assert found.objective == found.bound == pytest.approx(18.0)
    assert found.row_duals is not None
    assert found.reduced_costs is not None
    assert found.row_duals.tolist() == pytest.approx([3.0])
    assert found.reduced_costs.tolist() == pytest.approx([-2.0, 0.0])


def test_with_whole_numbers_fixed_rows_have_prices_too(trucks: Arrays) -> None:
    found = solve_arrays(trucks, EXACT)

    assert found.values.tolist() == [20.0, 3.0]
    assert found.row_duals is not None
    assert found.row_duals.tolist() == pytest.approx([1.0, 0.0])


def test_parts_of_trucks_to_begin_with_are_no_plan(trucks: Arrays) -> None:
    found = solve_arrays(trucks, EXACT, start=np.array([20.0, 2.5]))

    assert (found.quality, found.exact, found.objective) == ("proven", True, 35.0)
    assert found.values.tolist() == [20.0, 3.0]


def test_the_highest_gain_is_found_with_a_bound_above_it(trucks: Arrays) -> None:
    limited = replace(trucks, upper=np.array([50.0, 4.0]), cost=np.array([2.0, -5.0]), sense=-1)
    found = solve_arrays(limited, EXACT)

    assert found.objective == found.bound == pytest.approx(44.0)
    assert found.quality == "proven"


def test_a_wide_gap_is_enough_where_it_is_asked_for(endless: Arrays) -> None:
    found = solve_arrays(endless, SolveOptions(gap=0.2, time_limit_s=20, threads=1))

    assert (found.stopped, found.quality) == ("gap", "proven")
    assert 0 < found.gap <= 0.2


def test_contradicting_rows_are_called_so_after_a_second_look(blend: Arrays) -> None:
    found = solve_arrays(replace(blend, upper=np.array([4.0, 5.0])), EXACT)

    assert (found.stopped, found.quality) == ("infeasible", "none")
    assert found.attempts == ("kInfeasible; retry: presolve",)
    assert np.isnan(found.values).all()
    assert found.objective == np.inf


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("presolve", [False, True])
def test_a_cost_that_falls_without_limit_is_refused_by_name(
    blend: Arrays, whole: bool, presolve: bool
) -> None:
    endless = replace(
        blend, row_upper=np.array([np.inf]), cost=-blend.cost, integer=np.array([False, whole])
    )
    with pytest.raises(SolveError, match="falls without limit, perhaps by column 1") as caught:
        solve_arrays(endless, replace(EXACT, presolve=presolve))
    assert "无限降低" in caught.value.say("zh")


def test_an_unbounded_that_could_not_be_confirmed_is_not_called_so(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, orders = scripted(
        monkeypatch, trucks, Outcome("kUnbounded"), Outcome("kOptimal", **GOOD)
    )
    assert [order.presolve for order in orders] == [True, False]
    assert (found.stopped, found.objective) == ("optimal", 35.0)


def test_a_model_without_decisions_is_solved_or_contradicts_itself(blend: Arrays) -> None:
    none, no = np.zeros(0), np.zeros(0, dtype=np.int32)
    empty = Arrays(
        cost=none,
        lower=none,
        upper=none,
        integer=none.astype(bool),
        starts=np.zeros(2, dtype=np.int32),
        index=no,
        value=none,
        row_lower=np.array([0.0]),
        row_upper=np.array([1.0]),
        offset=7.0,
    )
    found = solve_arrays(empty, EXACT)
    assert (found.stopped, found.quality, found.objective) == ("optimal", "proven", 7.0)

    found = solve_arrays(replace(empty, row_lower=np.array([1.0])), EXACT)
    assert (found.stopped, found.quality) == ("infeasible", "none")


def test_the_same_seed_gives_the_same_plan(trucks: Arrays, endless: Arrays) -> None:
    options = SolveOptions(gap=0.05, time_limit_s=20, threads=1)
    first, second = (solve_arrays(endless, options) for _ in range(2))
    assert first.values.tobytes() == second.values.tobytes()


def test_a_display_that_fails_does_not_disturb_the_plan(trucks: Arrays) -> None:
    def broken(progress: Progress) -> None:
        raise RuntimeError("no screen")

    assert solve_arrays(trucks, EXACT, broken).objective == pytest.approx(35.0)


def test_progress_ends_with_the_cost_and_bound_of_the_plan(trucks: Arrays) -> None:
    heard: list[Progress] = []
    found = solve_arrays(trucks, EXACT, heard.append)

    assert tuple(heard) == found.log
    assert (heard[-1].incumbent, heard[-1].bound, heard[-1].gap) == (35.0, 35.0, 0.0)
    assert heard[-1].limit == 20


def test_a_version_known_to_be_wrong_is_refused_unless_accepted(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "1.14.0" in run.KNOWN_BAD
    import highspy

    here = f"{highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}"
    monkeypatch.setattr(run, "KNOWN_BAD", {f"{here}.{highspy.HIGHS_VERSION_PATCH}"})
    with pytest.raises(SolveError, match=f"HiGHS {here}.* wrong answers"):
        solve_arrays(trucks, EXACT)
    accepted = solve_arrays(trucks, replace(EXACT, any_solver_version=True))
    assert accepted.quality == "proven"


class Scripted:
    """Stands in for ``Run``: gives prepared outcomes and keeps the orders."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.orders: list[Order] = []

    def __call__(self, arrays: Arrays, order: Order, *rest: Any, **named: Any) -> Any:
        self.orders.append(order)
        return self

    def go(self) -> Outcome:
        return self.outcomes.pop(0)


GOOD: dict[str, Any] = {"values": np.array([20.0, 3.0]), "bound": 35.0}


def scripted(monkeypatch: pytest.MonkeyPatch, arrays: Arrays, *outcomes: Outcome) -> Any:
    script = Scripted(*outcomes)
    monkeypatch.setattr(drive, "Run", script)
    monkeypatch.setattr(drive.Drive, "_last_resort", lambda *_: None)
    found = solve_arrays(arrays, SolveOptions(gap=0, seed=3, threads=2))
    assert script.outcomes == []
    return found, script.orders


def test_a_wrong_infeasible_is_not_believed(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, orders = scripted(
        monkeypatch, trucks, Outcome("kInfeasible", bound=99.0), Outcome("kOptimal", **GOOD)
    )
    assert [order.presolve for order in orders] == [True, False]
    assert (found.stopped, found.objective, found.bound) == ("optimal", 35.0, 35.0)


def test_an_infeasible_that_could_not_be_confirmed_is_not_called_so(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = scripted(
        monkeypatch, trucks, Outcome("kInfeasible"), Outcome("kTimeLimit", cause="time")
    )
    assert (found.stopped, found.quality) == ("time", "none")


def test_after_a_crash_one_thread_and_another_seed_go_on_from_the_best_plan(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse = np.array([30.0, 4.0])
    found, orders = scripted(
        monkeypatch,
        trucks,
        Outcome("crash", values=worse, detail="SIGSEGV"),
        Outcome("kOptimal", **GOOD),
    )
    assert (orders[1].threads, orders[1].seed) == (1, 4)
    assert orders[1].start is not None
    assert orders[1].start.tolist() == [30.0, 4.0]
    assert found.objective == 35.0
    assert found.attempts == ("crash SIGSEGV; retry: crash",)


def test_two_crashes_end_the_search_with_the_best_plan_so_far(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse = np.array([30.0, 4.0])
    found, _ = scripted(
        monkeypatch, trucks, Outcome("crash", values=worse, bound=30.0), Outcome("crash")
    )
    assert (found.stopped, found.quality, found.objective) == ("fault", "feasible", 50.0)
    assert found.gap == pytest.approx(0.4)


def test_a_solver_that_does_not_know_is_asked_again(
    trucks: Arrays, blend: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, orders = scripted(monkeypatch, trucks, Outcome("kUnknown"), Outcome("kUnknown"))
    assert [order.seed for order in orders] == [3, 4]
    assert (found.stopped, found.quality, found.detail) == ("fault", "none", "kUnknown")

    best = Outcome("kOptimal", bound=18.0, values=np.array([6.0, 4.0]))
    found, orders = scripted(monkeypatch, blend, Outcome("kUnknown"), Outcome("kUnknown"), best)
    assert [order.method for order in orders] == ["choose", "choose", "ipm"]
    assert found.objective == 18.0


@pytest.mark.parametrize("values", [[20.0, 1.0], [np.nan, 3.0], [0.0, 3.0], [20.0, -3.0]], ids=str)
def test_values_that_break_a_rule_are_no_plan(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch, values: list[float]
) -> None:
    lie = Outcome("kTimeLimit", cause="time", values=np.array(values), bound=30.0)
    found, _ = scripted(monkeypatch, trucks, lie)
    assert (found.stopped, found.quality) == ("time", "none")


def test_a_cost_is_computed_from_the_data_and_a_false_claim_is_a_fault(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie: dict[str, Any] = {"values": np.array([40.0, 5.0]), "bound": 35.0}
    found, orders = scripted(
        monkeypatch, trucks, Outcome("kOptimal", **lie), Outcome("kOptimal", **lie)
    )
    assert orders[1].tolerance == 1e-9
    assert (found.objective, found.stopped, found.quality) == (65.0, "fault", "feasible")


def test_what_breaks_a_rule_after_presolve_is_solved_without_it(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie: dict[str, Any] = {"values": np.array([0.0, 0.0]), "bound": 0.0}
    found, orders = scripted(
        monkeypatch,
        trucks,
        Outcome("kOptimal", **lie),
        Outcome("kOptimal", **lie),
        Outcome("kOptimal", **GOOD),
    )
    assert [(one.tolerance, one.presolve) for one in orders] == [
        (None, True),
        (1e-9, True),
        (1e-9, False),
    ]
    assert (found.objective, found.stopped) == (35.0, "optimal")


def test_a_minimum_shipment_is_not_undercut_by_the_tolerance_of_the_solver(
    at_least_four: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered, cleaned = np.array([3.9999995, 0.9999995, 1.0]), np.array([4.0, 1.0, 1.0])
    found, _ = scripted(
        monkeypatch,
        at_least_four,
        Outcome("kOptimal", bound=11.999999, values=offered, cleaned=cleaned, settled=True),
    )
    assert found.values.tolist() == [4.0, 1.0, 1.0]
    assert (found.objective, found.stopped, found.quality) == (12.0, "optimal", "proven")


def test_an_unfinished_clean_up_does_not_make_a_plan_dearer(
    at_least_four: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    better, unfinished = np.array([4.0, 1.0, 1.0]), np.array([6.0, 3.0, 1.0])
    found, _ = scripted(
        monkeypatch,
        at_least_four,
        Outcome("kTimeLimit", "time", 10.0, better, cleaned=unfinished),
    )
    assert found.objective == 12.0


@pytest.mark.parametrize(
    ("arrays", "plan", "cost"),
    [("trucks", [20.0, 3.0], 35.0), ("without_need", [0.0, 0.0], 0.0)],
)
def test_where_time_ends_without_a_plan_a_simple_one_is_there(
    trucks: Arrays,
    monkeypatch: pytest.MonkeyPatch,
    arrays: str,
    plan: list[float],
    cost: float,
) -> None:
    if arrays == "without_need":  # the plan without trips will do
        trucks = replace(trucks, row_lower=np.full(2, -np.inf))

    class Slow(run.Run):
        """Finds nothing where there are whole numbers."""

        def go(self) -> Outcome:
            return Outcome("kTimeLimit") if self.arrays.whole else super().go()

    monkeypatch.setattr(drive, "Run", Slow)
    found = solve_arrays(trucks, SolveOptions(gap=0, time_limit_s=5))
    assert (found.stopped, found.quality, found.objective) == ("time", "feasible", cost)
    assert found.values.tolist() == plan
    assert found.bound == -np.inf


def test_a_model_the_solver_refuses_is_an_error(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SolveError, match="passing the model"):
        scripted(monkeypatch, trucks, Outcome("refused", detail="passing the model failed"))


def test_a_second_way_to_the_plan_can_be_asked_for(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Scripted(Outcome("kOptimal", **GOOD))
    monkeypatch.setattr(drive, "Run", script)
    solve_arrays(trucks, SolveOptions(gap=0, tolerance=1e-9, presolve=False))
    assert [(order.tolerance, order.presolve) for order in script.orders] == [(1e-9, False)]


def test_without_simplification_a_contradiction_needs_no_second_look(blend: Arrays) -> None:
    contradiction = replace(blend, upper=np.array([4.0, 5.0]))
    found = solve_arrays(contradiction, replace(EXACT, presolve=False))
    assert (found.stopped, found.attempts) == ("infeasible", ())
