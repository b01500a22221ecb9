"""Ctrl-C keeps the best plan, a second one ends at once, and nothing outlives the planner."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from run_apart import gone_within

from tierstock.solvers import run
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import STOP_GRACE_S, Clock, StopKey
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.order import Order
from tierstock.solvers.progress import Progress
from tierstock.solvers.run import Run
from tierstock.solvers.worker import Worker

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

SCRIPT = """
import os, sys, time
import numpy as np
import tierstock.solvers.run as run
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.options import SolveOptions

class Loud(run.Worker):
    def __init__(self, memory_mb=None):
        super().__init__(memory_mb)
        print("child", self.pid, flush=True)

run.Worker = Loud
held = dict(np.load(sys.argv[1], allow_pickle=False))
heard = False

def tell(progress):
    global heard
    if progress.incumbent < 0 and not heard:
        heard = True
        print("plan", flush=True)

found = solve_arrays(Arrays(**held), SolveOptions(gap=0, time_limit_s=60, threads=1), tell)
print("end", found.stopped, found.quality, found.exact, found.objective < 0, flush=True)
"""
"""A planner's script that is given on standard input, as from a notebook: no main module."""


@pytest.fixture
def planner(endless: Arrays, tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """A script that solves for a minute, in a process group of its own as in a terminal."""
    fields = ("cost", "lower", "upper", "integer", "starts", "index", "value")
    held = {name: getattr(endless, name) for name in (*fields, "row_lower", "row_upper")}
    np.savez(tmp_path / "arrays.npz", **held)
    process = subprocess.Popen(
        [sys.executable, "-", str(tmp_path / "arrays.npz")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(SCRIPT)
    process.stdin.close()
    yield process
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def wait_for_plan(process: "subprocess.Popen[str]") -> int:
    """Wait until the first plan is known; return the number of the solver process."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.split())
        if lines[-1] == ["plan"]:
            (child,) = (int(words[1]) for words in lines if words[0] == "child")
            return child
    raise AssertionError(lines)


def rest(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout is not None
    return process.stdout.read().splitlines()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_stop_key_keeps_the_best_plan(
    planner: "subprocess.Popen[str]", sign: signal.Signals
) -> None:
    child = wait_for_plan(planner)
    began = time.monotonic()
    os.killpg(planner.pid, sign)  # a terminal sends it to the whole group
    said = rest(planner)

    assert said[-1] == "end user feasible True True"
    assert time.monotonic() - began < 2.0
    assert planner.wait() == 0
    assert gone_within([child], 0.5)


def test_the_solver_does_not_outlive_a_planner_that_was_killed(
    planner: "subprocess.Popen[str]",
) -> None:
    child = wait_for_plan(planner)
    os.kill(planner.pid, signal.SIGKILL)
    assert gone_within([child], 2.0)


def test_a_second_press_ends_the_search_at_once_and_keeps_the_best_plan(endless: Arrays) -> None:
    stop = StopKey()

    def press_twice(progress: Progress) -> None:
        if math.isfinite(progress.incumbent) and not stop.presses:
            stop.press()
            stop.press()

    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    outcome = Run(endless, Order(0, 1, 0), Clock(options, endless, stop), press_twice).go()

    assert (outcome.status, outcome.cause) == ("killed", "user")
    assert time.monotonic() - stop.pressed_at < 0.5
    assert outcome.values is not None
    assert endless.violation(outcome.values) <= 1e-6


def test_a_search_that_does_not_listen_is_ended_and_its_plan_made_clean(
    endless: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf(Worker):
        def send(self, kind: str, *more: Any) -> None:
            if kind != "stop":
                super().send(kind, *more)

    class Patient(Clock):
        """Leaves the clean-up all the time it needs on a busy machine."""

        def left(self, until: float, grace_s: float = STOP_GRACE_S) -> float:
            return super().left(until, grace_s if grace_s < STOP_GRACE_S else 30.0)

    stop = StopKey()

    def press(progress: Progress) -> None:
        if math.isfinite(progress.incumbent) and not stop.presses:
            stop.press()

    monkeypatch.setattr(run, "Worker", Deaf)
    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    outcome = Run(endless, Order(0, 1, 0), Patient(options, endless, stop), press).go()

    assert (outcome.status, outcome.cause) == ("killed", "user")
    assert outcome.cleaned is not None and outcome.settled
    assert endless.violation(outcome.cleaned) <= 1e-6


def test_signals_mean_what_they_meant_before_when_the_solve_is_over() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with StopKey() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.presses == 2
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_press_before_the_search_begins_still_stops_it() -> None:
    with StopKey() as outer:
        os.kill(os.getpid(), signal.SIGINT)
        with StopKey() as inner:
            assert inner.presses == 1
            os.kill(os.getpid(), signal.SIGTERM)
        assert (inner.presses, outer.presses) == (2, 1)
        assert inner.pressed_at == outer.pressed_at
