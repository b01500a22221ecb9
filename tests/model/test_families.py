"""Every family against an optimum worked out by hand, and its rows against a stored LP file."""

from pathlib import Path

import pyomo.environ as pyo
import pytest
from all_cases import ALL as CASES
from in_process import ask
from small import cost, model, tables

import tierstock as ts
from tierstock.model import Strength
from tierstock.solvers.compliance import hold_caps

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("name", CASES)
def test_the_best_plan_costs_what_it_costs_by_hand(name: str) -> None:
    case = CASES[name]
    assert cost(model(**case.sheets)) == pytest.approx(case.optimum, abs=1e-6), case.by_hand


def lp_of(m: pyo.ConcreteModel, path: Path) -> str:
    if m.caps:
        hold_caps(m, ask)
    m.write(str(path), io_options={"symbolic_solver_labels": True})
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_rows_are_the_stored_ones(name: str, tmp_path: Path) -> None:
    rules = Strength(windows=False, trucks=False, drop=False)
    m = ts.build(ts.read(tables(**CASES[name].sheets)), strength=rules)
    written = lp_of(m, tmp_path / "model.lp")
    assert written == (GOLDEN / f"{name}.lp").read_text(encoding="utf-8")
