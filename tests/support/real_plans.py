"""Plans as a planner gets them, solved without a child process, as tables beside their input."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyomo.environ as pyo
from in_process import Sheets, frames, least

import tierstock as ts
from tierstock.inputs.inspection import content_hash
from tierstock.outputs.audit import AuditResult, audit
from tierstock.outputs.run_info import run_info
from tierstock.plan import Plan
from tierstock.solvers import SolveOptions
from tierstock.solvers.compile import compile_model
from tierstock.solvers.solution import Solution

Tables = dict[str, pd.DataFrame]


def least_plan(sheets: Sheets) -> Plan | None:
    """Return a plan of least cost; None when nothing is feasible.

    Networks with levels or with caps that today's stock breaks need more than one solve and are
    not for this way.
    """
    m = ts.build(ts.read(frames(sheets)))
    assert not m.aims and not m.caps
    arrays = compile_model(m).arrays
    values = np.zeros(arrays.columns)
    value = least(arrays, values)
    return None if value is None else as_plan(m, values, value)


def as_plan(m: pyo.ConcreteModel, values: np.ndarray, value: float) -> Plan:
    """Return the plan that a best point of a model stands for."""
    whole = compile_model(m).arrays.integer.astype(bool)
    values = np.where(whole, np.round(values), values)
    solution = Solution(
        values=values,
        objective=value,
        bound=value,
        gap=0.0,
        stopped="optimal",
        quality="proven",
        exact=True,
        log=(),
        seconds=0.0,
        size={},
        solver="HiGHS",
    )
    return Plan(m, solution, SolveOptions(gap=0.0, deterministic=True))


@dataclass
class Written:
    """An input and the plan made from it, as two folders of tables."""

    source: Path
    folder: Path
    tables: Tables

    @classmethod
    def of(cls, sheets: Sheets, plan: Plan, folder: Path) -> "Written":
        """Write both."""
        source = folder / "input"
        source.mkdir(parents=True)
        for name, frame in frames(sheets).items():
            frame.to_csv(source / f"{name}.csv", index=False)
        facts = replace(plan.facts(content_hash(source)), objective=plan.cost)
        written = cls(source, folder / "plan", {**plan.tables, "RunInfo": run_info(facts)})
        written.folder.mkdir()
        for name in written.tables:
            written.put(name, written.tables[name])
        return written

    def put(self, name: str, frame: pd.DataFrame | None) -> None:
        """Write one table of the plan, or take it away."""
        file = self.folder / f"{name}.csv"
        if frame is None:
            file.unlink(missing_ok=True)
        else:
            frame.to_csv(file, index=False)

    def audit(self) -> AuditResult:
        """Audit what is written."""
        return audit(self.source, self.folder, language="en")


def failed(result: AuditResult) -> list[tuple[str, float, str]]:
    """Return name, worst deviation and place of the checks that did not pass."""
    return [(one.name, one.worst, one.where) for one in result.checks if not one.passed]
