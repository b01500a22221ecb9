"""The worked examples of docs/extend.md do what the page shows, in both languages."""

import io
import re
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyomo.environ as pyo
import pytest

import tierstock as ts
from tierstock.model.variables import declare

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("extend.md", "extend.zh.md")
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    """Language and text of every block of code and of output."""
    return BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def run(page: str, folder: Path) -> list[tuple[str, str]]:
    """Run the code of a page in order; return what was printed beside what the page shows."""
    found, names, printed = [], dict[str, Any](), ""
    for kind, text in blocks(page):
        if kind == "text":
            found.append((printed, text))
            continue
        file = re.match(r"# (\w+\.py)\n", text)
        if file:
            (folder / file[1]).write_text(text, encoding="utf-8")
            sys.modules.pop(file[1].removesuffix(".py"), None)
            continue
        with redirect_stdout(io.StringIO()) as out:
            exec(compile(text, page, "exec"), names)
        printed = out.getvalue()
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_example_prints_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    shown = run(page, tmp_path)
    assert len(shown) == 4
    for printed, text in shown:
        assert printed == text


def test_both_pages_hold_the_same_examples() -> None:
    assert blocks(PAGES[0]) == blocks(PAGES[1])


def test_a_family_that_moves_stock_is_in_the_plan_but_not_in_an_audited_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = (text for kind, text in blocks(PAGES[0]) if text.startswith("# outlet.py"))
    names: dict[str, Any] = {}
    exec(compile(code, "outlet.py", "exec"), names)
    sheets = ts.sample("starter")
    stock = pd.DataFrame([{"Location": "DC1", "Product": "TEA-B", "Quantity": 250}])
    net = ts.read({**sheets, "OpeningStock": stock})
    plan = ts.solve(ts.build(net, families=[names["add"]]), gap=0, progress=False)

    assert plan.own["outlet"]["Value"].sum() > 0
    assert plan.objective == pytest.approx(plan.cost + plan.own["costs"]["Amount"].sum())
    with pytest.raises(ts.AuditError):
        plan.save(tmp_path / "plan.xlsx")


def test_what_takes_stock_without_a_bound_is_refused() -> None:
    def add(m: pyo.ConcreteModel, net: ts.Network) -> None:
        place, period = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        codes = {"place": place, "period": period}
        shape = (len(net.places), len(net.periods))
        gone = declare(m, "gone", m.names.at_place(place, period), codes, shape, doc="gone")
        m.movements.post("scrapped", gone, 1.0, place=place, period=period)

    with pytest.raises(ValueError, match="gone takes stock: give it an upper bound"):
        ts.build(ts.read(ts.sample("starter")), families=[add])


def test_lanes_with_a_fixed_cost_let_pass_what_an_own_family_takes() -> None:
    def add(m: pyo.ConcreteModel, net: ts.Network) -> None:
        place = net.places.of[list(net.locations.code).index("S1")][:1]
        period = np.zeros(1, dtype=np.int64)
        codes = {"place": place, "period": period}
        shape = (len(net.places), len(net.periods))
        sold = declare(
            m, "fair", m.names.at_place(place, period), codes, shape, lower=70.0, upper=70.0, doc=""
        )
        m.movements.post("disposed", sold, 1.0, place=place, period=period)

    sheets: dict[str, Any] = {
        "Locations": [{"Location": "DC", "Tier": "RDC"}, {"Location": "S1", "Tier": "store"}],
        "Products": [{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100}],
        "Lanes": [{"From": "DC", "To": "S1", "Lead Time": 0, "Fixed Cost": 10}],
        "Demand": [{"Location": "S1", "Product": "tea", "Period": "1", "Quantity": 5}],
        "Supply": [{"Location": "DC", "Product": "tea", "Fixed Cost": 3}],
    }
    net = ts.read({name: pd.DataFrame(rows) for name, rows in sheets.items()})
    plan = ts.solve(ts.build(net, families=[add]), gap=0, progress=False)
    assert plan.objective == pytest.approx(13)  # one departure and one order for all 75


PROGRAMS = {"cbc": "cbc", "glpk": "glpsol", "scip": "scip"}
"""Other solvers of Pyomo and the programs they need."""


@pytest.mark.parametrize(
    "name", ["appsi_highs", *(one for one, program in PROGRAMS.items() if shutil.which(program))]
)
def test_another_solver_gives_the_same_plan(name: str, tmp_path: Path) -> None:
    net = ts.read(ts.sample("starter"))
    best = ts.solve(ts.build(net), gap=0, progress=False)
    m = ts.build(net)
    pyo.SolverFactory(name).solve(m)
    plan = ts.collect(m, bound=best.bound, solver=name)
    assert (plan.quality, plan.stopped) == ("proven", "optimal")
    assert plan.objective == pytest.approx(best.objective, rel=1e-6)
    assert plan.save(tmp_path / "plan.xlsx").passed
    assert ts.collect(m).quality == "feasible"


def test_values_that_are_no_plan_are_refused() -> None:
    m = ts.build(ts.read(ts.sample("starter")))
    with pytest.raises(ts.SolveError, match="No variable of the model has a value"):
        ts.collect(m)
    for one in m.flow.values():
        one.set_value(1000.0)
    with pytest.raises(ts.SolveError, match="break its rules"):
        ts.collect(m)


def test_whole_numbers_of_another_solver_are_made_exact_and_spare_trips_taken_back() -> None:
    sheets: dict[str, Any] = {
        "Locations": [{"Location": "DC", "Tier": "RDC"}, {"Location": "S1", "Tier": "store"}],
        "Products": [{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100, "Weight": 1}],
        "Lanes": [{"From": "DC", "To": "S1", "Lead Time": 0, "Vehicle": "van"}],
        "Demand": [{"Location": "S1", "Product": "tea", "Period": "1", "Quantity": 15}],
        "OpeningStock": [{"Location": "DC", "Product": "tea", "Quantity": 40}],
        "Vehicles": [{"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20}],
    }
    m = ts.build(ts.read({name: pd.DataFrame(rows) for name, rows in sheets.items()}))
    m.flow["DC→S1", "tea", "1"].set_value(15.00005)
    m.stock["DC", "tea", "1"].set_value(25)
    m.stock["S1", "tea", "1"].set_value(0)
    m.lost["S1", "tea", "standard", "1"].set_value(0)
    m.trips["DC→S1", "van", "1"].set_value(2.99997, skip_validation=True)
    plan = ts.collect(m)

    assert plan.objective == pytest.approx(40)  # two vans carry 15
    assert m.trips["DC→S1", "van", "1"].value == 2
    assert m.flow["DC→S1", "tea", "1"].value == pytest.approx(15)
