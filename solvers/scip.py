"""One run of SCIP inside the solver process: a solver that shares no code with HiGHS."""

import time
from pathlib import Path
from typing import Any

import numpy as np

from tierstock.solvers import highs

STATUSES = {
    "optimal": "kOptimal",
    "gaplimit": "kOptimal",
    "infeasible": "kInfeasible",
    "unbounded": "kUnbounded",
    "inforunbd": "kUnboundedOrInfeasible",
    "timelimit": "kTimeLimit",
    "memlimit": "kMemoryLimit",
}
"""Word of SCIP -> status of HiGHS that says the same; all others are not known."""

FAR = 1e19
"""From here on a bound of SCIP means that there is none."""


def solve(
    arrays: dict[str, Any], facts: dict[str, Any], order: dict[str, Any], line: highs.Line
) -> None:
    """Load a model, solve it and send the result, as ``highs.solve`` does.

    Args:
        arrays: fields of ``Arrays`` by name.
        facts: ``offset`` and ``sense`` of the model.
        order: ``folder`` for the file that hands the model over, ``seconds``, ``gap``, ``seed``,
            and ``memory_mb``, the most memory.
        line: connection to the planning process.
    """
    from pyscipopt import Model

    began, sense = time.monotonic(), facts["sense"]
    model = Model()
    model.hideOutput()
    model.readProblem(_written(arrays, sense, Path(order["folder"])))
    model.setParams(
        {
            "limits/time": order["seconds"],
            "limits/gap": order["gap"],
            "limits/memory": order["memory_mb"],
            "randomization/randomseedshift": order["seed"],
        }
    )
    model.optimize()
    status, bound = model.getStatus(), model.getDualbound()
    has_plan = model.getNSols() > 0 and status not in ("unbounded", "inforunbd")
    known = abs(bound) < FAR and status != "infeasible"
    line.send(
        "result",
        {
            "status": STATUSES.get(status, "kUnknown"),
            "has_plan": has_plan,
            "bound": sense * bound + facts["offset"] if known else None,
            "seconds": time.monotonic() - began,
            "version": f"SCIP {model.version()}",
        },
        {"values": _values(model, len(arrays["cost"]))} if has_plan else {},
    )


def _written(arrays: dict[str, Any], sense: int, folder: Path) -> str:
    """Write the model, to be made small, as a file SCIP reads; its columns are c0, c1, ..."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    highs.pass_model(solver, arrays | {"cost": sense * arrays["cost"]}, {"offset": 0.0, "sense": 1})
    file = folder / "model.mps"
    if solver.writeModel(str(file)) == highspy.HighsStatus.kError:
        raise ValueError("the model could not be written")
    return str(file)


def _values(model: Any, columns: int) -> Any:
    """Return the value of each column in SCIP's best plan."""
    values, best = np.zeros(columns), model.getBestSol()
    for variable in model.getVars():
        values[int(variable.name[1:])] = model.getSolVal(best, variable)
    return values
