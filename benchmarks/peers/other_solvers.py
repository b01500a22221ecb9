"""SCIP and CBC on given arrays, with the course of their plans and bounds."""

import math
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.peers import highs
from tierstock.solvers.arrays import Arrays

Curve = list[tuple[float, float, float]]
"""Seconds, cost of the best plan, bound."""

PLAN = re.compile(r"(?:Integer solution of|best solution|objective) ?(-?[\d.]+(?:e[+-]?\d+)?)")
BOUND = re.compile(r"best possible (-?[\d.]+(?:e[+-]?\d+)?)")
FAR = 1e40
"""CBC's sign for none."""


def _written(arrays: Arrays, folder: str) -> str:
    """Write the arrays as an MPS file."""
    file = str(Path(folder) / "model.mps")
    highs.loaded(arrays).writeModel(file)
    return file


def scip(arrays: Arrays, gap: float, limit: float, threads: int) -> Curve:
    """Solve with SCIP, which has one thread; reading the file does not count."""
    from pyscipopt import SCIP_EVENTTYPE, Eventhdlr, Model

    curve: Curve = []
    with tempfile.TemporaryDirectory() as folder:
        model = Model()
        model.hideOutput()
        model.readProblem(_written(arrays, folder))
    began = time.perf_counter()

    def note() -> None:
        plan = model.getPrimalbound() if model.getNSols() else math.inf
        curve.append((time.perf_counter() - began, plan, model.getDualbound()))

    class Course(Eventhdlr):  # type: ignore[misc]
        """Notes each better plan and each node."""

        def eventinit(self) -> None:
            for kind in (SCIP_EVENTTYPE.BESTSOLFOUND, SCIP_EVENTTYPE.NODESOLVED):
                self.model.catchEvent(kind, self)

        def eventexec(self, _: object) -> None:
            note()

    handler = Course()
    model.includeEventhdlr(handler, "course", "course of plans and bounds")
    model.setParam("limits/time", limit)
    model.setParam("limits/gap", gap)
    model.optimize()
    note()
    return curve


def cbc(arrays: Arrays, gap: float, limit: float, threads: int) -> Curve:
    """Solve with the CBC that PuLP brings; its log is read while it runs."""
    import pulp

    curve: Curve = []
    plan, bound = math.inf, -math.inf
    with tempfile.TemporaryDirectory() as folder:
        command = [pulp.PULP_CBC_CMD().path, _written(arrays, folder)]
        command += ["-sec", str(limit), "-ratio", str(gap), "-threads", str(threads)]
        command += ["-timemode", "elapsed", "-solve"]
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            for line in running.stdout:
                for value in PLAN.findall(line) if line.startswith("Cbc") else []:
                    plan = min(plan, float(value)) if abs(float(value)) < FAR else plan
                for value in BOUND.findall(line):
                    bound = max(bound, float(value)) if abs(float(value)) < FAR else bound
                curve.append((time.perf_counter() - began, plan, bound))
    return curve


SOLVERS: dict[str, Callable[[Arrays, float, float, int], Curve]] = {"SCIP": scip, "CBC": cbc}
"""Name -> function of arrays, gap, seconds and threads."""
