"""SCIP and CBC on given arrays, with the course of their plans and bounds."""

import math
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

from benchmarks.peers import highs
from tierstock.solvers.arrays import Arrays

Curve = list[tuple[float, float, float]]
"""Seconds, cost of the best plan, bound."""

NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"
PLAN = re.compile(rf"Integer solution of {NUMBER}|{NUMBER} best solution|best objective {NUMBER}")
BOUND = re.compile(rf"best possible {NUMBER}|Continuous objective value is {NUMBER}")
SECONDS = re.compile(r"([\d.]+) seconds")
FAR = 1e20
"""From here on a number means that there is none."""


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
        both = model.getPrimalbound(), model.getDualbound()
        plan, bound = (math.copysign(math.inf, one) if abs(one) >= FAR else one for one in both)
        curve.append((time.perf_counter() - began, plan, bound))

    class Course(Eventhdlr):
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
    """Solve with the CBC that PuLP brings; plans, bounds and their seconds are those of its log."""
    from benchmarks.peers.with_pulp import cbc as bundled

    curve: Curve = []
    at, plan, bound = 0.0, math.inf, -math.inf
    with tempfile.TemporaryDirectory() as folder:
        command = [bundled().path, _written(arrays, folder)]
        command += ["-sec", str(limit), "-ratio", str(gap), "-threads", str(threads)]
        command += ["-timemode", "elapsed", "-solve"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            end = Timer(1.05 * limit + 1, running.kill)  # it overruns its own limit at the root
            end.start()
            for line in running.stdout:
                plan = min([plan, *_numbers(PLAN, line)])
                bound = max([bound, *_numbers(BOUND, line)])
                at = max([at, *map(float, SECONDS.findall(line))])
                curve.append((at, plan, bound))
            end.cancel()
    return curve


def _numbers(pattern: re.Pattern[str], line: str) -> list[float]:
    found = [float(one) for groups in pattern.findall(line) for one in groups if one]
    return [one for one in found if abs(one) < FAR]


SOLVERS: dict[str, Callable[[Arrays, float, float, int], Curve]] = {"SCIP": scip, "CBC": cbc}
"""Name -> function of arrays, gap, seconds and threads."""
