"""Array-backed variables and rows behave like ordinary Pyomo components."""

import pickle
from pathlib import Path

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.contrib.solver.common.factory import SolverFactory
from pyomo.core.expr.visitor import identify_variables

from tierstock.model.keys import Keys, Level
from tierstock.model.objective import ArrayObjective, Costs
from tierstock.model.rows import Rows
from tierstock.model.variables import Columns, declare

LANES, PRODUCTS, WEEKS = ("A→B", "C→B", "A→D"), ("P1", "P2"), ("W1", "W2")


def grid(*sizes: int) -> list[np.ndarray]:
    return [axis.ravel() for axis in np.meshgrid(*map(np.arange, sizes), indexing="ij")]


@pytest.fixture
def model() -> pyo.ConcreteModel:
    """Ship 5, 6, 7 and 8 units of two products over two weeks in trucks of 7, on three lanes."""
    m = pyo.ConcreteModel()
    m.columns = Columns()
    lane, product, week = Level(LANES), Level(PRODUCTS), Level(WEEKS)
    a, p, t = grid(3, 2, 2)
    codes = {"lane": a, "product": p, "period": t}
    keys = Keys((lane, product, week), (a, p, t))
    flow = declare(m, "flow", keys, codes, (3, 2, 2), upper=10.0, doc="x")
    la, lt = grid(3, 2)
    trip_keys = Keys((lane, week), (la, lt))
    trips = declare(
        m, "trips", trip_keys, {"lane": la, "period": lt}, (3, 2), integer=True, doc="n"
    )
    assert trips is not None
    rows = Rows(m, "vehicle_load", trip_keys, "load")
    rows.add(flow, 1.0, at=np.arange(12), row=trips.grid[a, t])
    rows.add(trips, -7.0, at=np.arange(6))
    rows.at_most(0.0)
    rows = Rows(m, "need", Keys((product, week), grid(2, 2)), "need")
    rows.add(flow, 1.0, at=np.arange(12), row=p * 2 + t)
    rows.equals(np.arange(4) + 5.0)
    costs = Costs()
    costs.add("freight", flow, 1.0 + 0.1 * a)
    costs.add("trips", trips, 5.0)
    costs.add_constant("holding", 3.0, 0)
    m.costs = costs
    m.cost = ArrayObjective(costs, m.columns.count)
    return m


def optimum(m: pyo.ConcreteModel) -> float:
    return float(SolverFactory("highs").solve(m).incumbent_objective)


# By hand: week 1 moves 5 + 7 = 12 and week 2 moves 6 + 8 = 14, each in two trucks of 7 on the
# cheapest lane: 26 freight + 4 trucks x 5 + 3 = 49.
# At most 10 of each product fit the lane, which does not bind.
BY_HAND = 49.0


def test_two_trucks_a_week_on_the_cheapest_lane_are_optimal(model: pyo.ConcreteModel) -> None:
    assert optimum(model) == pytest.approx(BY_HAND)
    assert model.trips["A→B", "W1"].value == pytest.approx(2)


def test_clone_and_pickle_are_models_of_their_own(model: pyo.ConcreteModel) -> None:
    assert len(model.vehicle_load["A→B", "W1"].expr.args) == 2
    for copy in (model.clone(), pickle.loads(pickle.dumps(model))):
        copy.flow["A→B", "P1", "W1"].fix(0)
        assert optimum(copy) > BY_HAND
    assert optimum(model) == pytest.approx(BY_HAND)


def test_keys_read_place_first_and_iterate_in_order(model: pyo.ConcreteModel) -> None:
    assert list(model.flow)[:3] == [("A→B", "P1", "W1"), ("A→B", "P1", "W2"), ("A→B", "P2", "W1")]
    assert ("A→B", "P1", "W1") in model.flow
    assert ("A→B", "P1", "W9") not in model.flow
    assert len(model.flow) == 12
    with pytest.raises(KeyError, match="flow"):
        model.flow["A→B", "P9", "W1"]
    assert [v.index() for v in model.flow["C→B", :, "W2"]] == [
        ("C→B", "P1", "W2"),
        ("C→B", "P2", "W2"),
    ]


def test_a_client_rule_in_one_line_binds(model: pyo.ConcreteModel) -> None:
    model.cap = pyo.Constraint(
        expr=sum(model.flow[k] for k in model.flow if k[0].startswith("A→")) <= 20
    )
    # 6 units move to lane C→B at 0.1 more; with 6 fewer on A→B the trucks stay 4.
    assert optimum(model) == pytest.approx(BY_HAND + 0.6)


def test_a_row_shows_its_expression_and_its_slack(model: pyo.ConcreteModel) -> None:
    row = model.vehicle_load["A→B", "W1"]
    assert str(row.expr) == "flow[A→B,P1,W1] + flow[A→B,P2,W1] - 7.0*trips[A→B,W1]  <=  0.0"
    assert {v.name for v in identify_variables(row.body)} == {
        "flow[A→B,P1,W1]",
        "flow[A→B,P2,W1]",
        "trips[A→B,W1]",
    }
    optimum(model)
    assert row.uslack() == pytest.approx(2.0)  # 12 units in two trucks of 7
    assert model.need["P1", "W1"].equality


def test_a_row_refuses_to_be_rewritten_and_can_be_deactivated(model: pyo.ConcreteModel) -> None:
    with pytest.raises(ValueError, match="Deactivate it"):
        model.need["P1", "W1"].set_value(model.flow["A→B", "P1", "W1"] == 1)
    model.vehicle_load.deactivate()
    assert optimum(model) == pytest.approx(26 + 3)


def test_trips_may_be_relaxed_by_pyomos_own_transformation(model: pyo.ConcreteModel) -> None:
    pyo.TransformationFactory("core.relax_integer_vars").apply_to(model)
    assert model.trips["A→B", "W1"].domain is pyo.Reals
    assert optimum(model) == pytest.approx(26 + 5 * 26 / 7 + 3)


@pytest.mark.parametrize("ending", ["lp", "mps", "nl", "gms", "bar"])
def test_model_files_can_be_written(model: pyo.ConcreteModel, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"model.{ending}"
    model.write(str(path))
    assert path.stat().st_size > 300


def test_the_objective_is_the_sum_of_its_terms(model: pyo.ConcreteModel) -> None:
    optimum(model)
    values = np.array([model.columns.variable(c).value for c in range(model.columns.count)])
    terms = model.costs.by_term(values)
    assert terms == pytest.approx({"freight": 26.0, "trips": 20.0, "holding": 3.0})
    assert pyo.value(model.cost) == pytest.approx(sum(terms.values()))


def test_a_replaced_objective_is_noticed(model: pyo.ConcreteModel) -> None:
    assert not model.cost.custom
    assert pyo.value(model.cost.expr, exception=False) is None
    assert not model.cost.custom
    model.cost.expr += 100 * model.trips["A→B", "W1"]
    assert model.cost.custom
    assert optimum(model) > BY_HAND


def test_entries_that_meet_in_one_cell_add_up(model: pyo.ConcreteModel) -> None:
    rows = Rows(model, "twice", Keys((Level(WEEKS),), (np.arange(2),)), "twice")
    at = np.array([0, 0, 1])
    rows.add(model.trips, [2.0, 3.0, 1.0], at=at, row=np.array([0, 0, 1]))
    rows.at_most(10.0)
    assert str(model.twice["W1"].body) == "5.0*trips[A→B,W1]"
