"""A plan in a notebook, and a consultant's own objective."""

import math
from pathlib import Path

import pandas as pd
import pyomo.environ as pyo
import pytest
from small import demand, tables

import tierstock as ts
from tierstock.inputs.reading.originals import holdable


def starter() -> pyo.ConcreteModel:
    return ts.build(ts.read(ts.sample("starter")))


def test_without_a_plan_a_notebook_shows_why() -> None:
    net = tables(
        Locations=[{"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 1}],
        Demand=demand("S1", "tea", 5, Class="A"),
        Supply=[{"Location": "S1", "Product": "tea", "Max": 4}],
        ServiceClasses=[{"Class": "A", "Mode": "must"}],
    )
    plan = ts.solve(ts.build(ts.read(net)), progress=False)
    assert plan.stopped == "infeasible"
    assert "There is no plan: rules contradict each other." in plan._repr_html_()
    with pytest.raises(ValueError, match="infeasible"):
        _ = plan.costs


def test_with_a_plan_a_notebook_shows_its_figures() -> None:
    shown = ts.solve(starter(), gap=0, progress=False)._repr_html_()
    assert "<table" in shown and "<svg" in shown
    assert "Total cost" in shown


@pytest.mark.parametrize("how", ["added to", "replaced", "turned round"])
def test_a_plan_for_an_objective_of_ones_own_is_published_with_its_costs(
    tmp_path: Path, how: str
) -> None:
    usual = ts.solve(starter(), gap=0, progress=False)
    m = starter()
    trouble = 7.0 * sum(m.flow[key] for key in m.flow) + 1000
    if how == "added to":
        m.cost.expr += trouble
    else:
        sign = 1 if how == "replaced" else -1
        sense = pyo.minimize if how == "replaced" else pyo.maximize
        m.own = pyo.Objective(expr=sign * (m.cost.expr + trouble), sense=sense)
        m.cost.deactivate()
    plan = ts.solve(m, gap=0, progress=False)

    assert plan.save(tmp_path / "p.xlsx").passed
    assert plan.own_objective and not usual.own_objective
    assert plan.quality == "proven"
    assert abs(plan.objective) > plan.cost + 1000
    assert plan.cost == pytest.approx(plan.costs["Amount"].sum())
    assert plan.cost >= usual.objective - 1e-6
    info = plan.tables["RunInfo"].set_index("Item")["Value"]
    assert float(info["Objective"]) == pytest.approx(plan.cost)
    assert info["Bound"] == ""  # nothing is proven about these costs alone
    assert float(info["Gap"]) == plan.gap
    assert f"{plan.objective:,.6g}" in plan.notes[0]
    assert plan.notes[0] in set(info)
    figures = plan.kpis.set_index("KPI")["Value"]
    assert figures["Total cost"] == pytest.approx(plan.cost)
    assert math.isnan(figures["Gap in money"])


def test_a_constraint_of_ones_own_does_not_change_what_a_plan_costs() -> None:
    m = starter()
    first = next(iter(m.flow))
    m.less = pyo.Constraint(expr=m.flow[first] <= 1)
    plan = ts.solve(m, gap=0, progress=False)
    assert not plan.own_objective
    assert plan.notes == ()
    assert plan.cost == plan.objective


def test_a_network_made_in_memory_has_no_input_to_audit(tmp_path: Path) -> None:
    from dataclasses import replace

    net = replace(ts.read(ts.sample("starter")), source="")
    plan = ts.solve(ts.build(net), gap=0, progress=False)
    with pytest.raises(ValueError, match="not read from a file"):
        plan.save(tmp_path / "p.xlsx")


def test_a_plan_without_a_family_somebody_deleted_passes_its_audit(tmp_path: Path) -> None:
    m = starter()
    m.del_component("excess" if m.component("excess") is not None else "lost")
    plan = ts.solve(m, gap=0, progress=False)
    assert plan.quality == "proven"
    assert plan.save(tmp_path / "p.xlsx").passed


def test_half_a_character_in_a_column_of_ones_own_does_not_keep_a_plan_from_its_file(
    tmp_path: Path,
) -> None:
    """Python holds it, no file can: the audit reads a mark; in all other columns it is refused."""
    sheets = {name: frame.copy() for name, frame in ts.sample("starter").items()}
    places = sheets["Locations"]
    places.columns = places.columns.astype(object)
    places["# tea \ud83c"] = pd.Series(["cup \ud83c", *[5] * (len(places) - 1)], dtype=object)
    net = ts.read(sheets)
    plan = ts.solve(ts.build(net), gap=0, progress=False)

    assert plan.save(tmp_path / "p.xlsx").passed
    assert holdable(sheets)["Locations"]["# tea \ufffd"][0] == "cup \ufffd"
    assert places["# tea \ud83c"][0] == "cup \ud83c"
    places["Name"] = pd.Series(["tea \ud83c"] * len(places), dtype=object)
    with pytest.raises(ts.InputError, match="Locations"):
        ts.read(sheets)
