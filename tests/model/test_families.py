"""Every family against an optimum worked out by hand, and its rows against a stored LP file."""

from pathlib import Path

import pyomo.environ as pyo
import pytest
from all_cases import ALL as CASES
from small import cost, model

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("name", CASES)
def test_the_best_plan_costs_what_it_costs_by_hand(name: str) -> None:
    case = CASES[name]
    assert cost(model(**case.sheets)) == pytest.approx(case.optimum, abs=1e-6), case.by_hand


def lp_of(m: pyo.ConcreteModel, path: Path) -> str:
    m.write(str(path), io_options={"symbolic_solver_labels": True})
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_rows_are_the_stored_ones(name: str, tmp_path: Path) -> None:
    written = lp_of(model(**CASES[name].sheets), tmp_path / "model.lp")
    assert written == (GOLDEN / f"{name}.lp").read_text(encoding="utf-8")
