"""One run of HiGHS inside the solver process, with every answer of the library checked."""

import time
from collections.abc import Callable
from typing import Any, Protocol

import highspy
import numpy as np

ROWWISE = 2
"""HiGHS's code for a matrix given row by row."""

FEASIBLE = 2
"""HiGHS's code for a solution that keeps its rules."""


class Line(Protocol):
    """What a run needs of the connection to the planning process."""

    stop: Any

    def given(self) -> Any:
        """Return the message of a plan found elsewhere, once; None where there is none."""

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        """Answer the planning process."""


def version() -> str:
    """Return the version of HiGHS, e.g. ``1.16.0``."""
    return (
        f"{highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"
    )


def harmless(call: Callable[[Any], None]) -> Callable[[Any], None]:
    """Wrap a callback so that its failure never reaches HiGHS, which would drop the plan."""

    def safe(event: Any) -> None:
        try:
            call(event)
        except Exception:
            return

    return safe


def solve(arrays: dict[str, Any], facts: dict[str, Any], order: dict[str, Any], line: Line) -> None:
    """Load a model, run it, stream what is found and send the result.

    Args:
        arrays: fields of ``Arrays`` by name; ``start``, where given, is a plan to begin with.
        facts: ``offset`` and ``sense`` of the model.
        order: ``options`` by HiGHS name; ``looks`` among them, where given, is how often a search
            may look whether to go on.
        line: connection to the planning process; ``line.stop`` ends the run softly.
    """
    solver = highspy.Highs()
    options = dict(order["options"])
    looks = Looks(options.pop("looks", None))
    for name, value in options.items():
        _set_option(solver, name, value)
    pass_model(solver, arrays, facts)
    if "start" in arrays:
        begin = highspy.HighsSolution()
        begin.col_value = arrays["start"]
        solver.setSolution(begin)  # a start HiGHS cannot use is no fault of the model
    _listen(solver, line, looks)
    began = time.monotonic()
    run = solver.run()
    facts_found, arrays_found = _result(solver, mip=bool(arrays["integer"].any()))
    if looks.spent or facts_found["status"] == "kIterationLimit":
        facts_found["status"] = "kTimeLimit"  # its work is done
    if looks.spent:
        facts_found["bound"] = looks.bound
    facts_found["run"] = run.name
    facts_found["seconds"] = time.monotonic() - began
    line.send("result", facts_found, arrays_found)


def _set_option(solver: Any, name: str, value: Any) -> None:
    status = solver.setOptionValue(name, value)
    answer, kept = solver.getOptionValue(name)
    good = highspy.HighsStatus.kOk
    if status != good or answer != good or kept != value:
        raise ValueError(f"option {name}={value!r} was not taken")


def pass_model(solver: Any, arrays: dict[str, Any], facts: dict[str, Any]) -> None:
    """Give a model to HiGHS, which has to keep all of it.

    Raises:
        ValueError: HiGHS refuses or changes something.
    """
    sizes = (len(arrays["cost"]), len(arrays["row_lower"]), len(arrays["value"]))
    status = solver.passModel(
        *sizes,
        ROWWISE,
        facts["sense"],
        facts["offset"],
        arrays["cost"],
        arrays["lower"],
        arrays["upper"],
        arrays["row_lower"],
        arrays["row_upper"],
        arrays["starts"],
        arrays["index"],
        arrays["value"],
        arrays["integer"].astype(np.int32),
    )
    if status != highspy.HighsStatus.kOk:
        raise ValueError(f"passing the model ended with {status.name}")
    kept = (solver.getNumCol(), solver.getNumRow(), solver.getNumNz())
    if kept != sizes:
        raise ValueError(f"columns, rows, coefficients sent {sizes}, kept {kept}")


ROOT = 20
"""What a look before the first node counts: rounds of cuts and heuristics lie between them."""


class Looks:
    """Counts how often a search looks whether to go on, and says when it has looked enough."""

    def __init__(self, most: int | None) -> None:
        self._most, self._count = most, 0
        self.spent = False
        self.bound: float | None = None
        """Bound at the last look; what is heard in between comes when a clock says so."""

    def over(self, bound: float, nodes: int) -> bool:
        """Count one look."""
        self._count += ROOT if nodes == 0 else 1
        self.bound = bound
        self.spent = self.spent or (self._most is not None and self._count >= self._most)
        return self.spent


def _listen(solver: Any, line: Line, looks: Looks) -> None:
    @harmless
    def improved(event: Any) -> None:
        values = np.array(event.data_out.mip_solution, dtype=float)
        line.send("incumbent", {}, {"values": values})

    @harmless
    def searched(event: Any) -> None:
        found = event.data_out
        line.send(
            "progress",
            {
                "incumbent": found.mip_primal_bound,
                "bound": found.mip_dual_bound,
                "nodes": found.mip_node_count,
            },
        )

    @harmless
    def said(event: Any) -> None:
        line.send("text", {"text": event.message})

    @harmless
    def interruptible(event: Any) -> None:
        found = event.data_out
        if looks.over(found.mip_dual_bound, found.mip_node_count) or line.stop.is_set():
            event.interrupt()

    @harmless
    def helped(event: Any) -> None:
        plan = line.given()
        if plan is not None:
            event.data_in.setSolution(plan.arrays["values"])

    solver.cbMipUserSolution.subscribe(helped)
    solver.cbMipImprovingSolution.subscribe(improved)
    solver.cbMipLogging.subscribe(searched)
    solver.cbLogging.subscribe(said)
    solver.cbMipInterrupt.subscribe(interruptible)


def _result(solver: Any, *, mip: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    info, status = solver.getInfo(), solver.getModelStatus()
    has_plan = info.primal_solution_status == FEASIBLE
    optimal = status == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if mip else info.objective_function_value if optimal else None
    facts = {"status": status.name, "has_plan": has_plan, "bound": bound}
    if not has_plan:
        return facts, {}
    found = solver.getSolution()
    arrays = {"values": np.array(found.col_value, dtype=float)}
    if not mip and info.dual_solution_status == FEASIBLE:
        arrays["row_duals"] = np.array(found.row_dual, dtype=float)
        arrays["reduced_costs"] = np.array(found.col_dual, dtype=float)
    return facts, arrays
