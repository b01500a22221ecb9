"""Memory: many solves in one process, and what happens where it is short."""

import gc
from pathlib import Path

import numpy as np
import pytest
from commands import run
from goals import reached
from run_apart import resident_mb, started
from small_arrays import dense

from tierstock.solvers import SolveOptions
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc"),
]

SOLVES, FIRST = 1000, 100
"""Solves, and those after which growth is counted: the first ones load what is needed."""
LIMITS = (350, 420, 470, 480, 490, 500, 520, 540, 560, 580)
"""Megabytes of address space within which the sample cannot be planned: too little to begin with,
then to read, to build, to start the solver."""


def trucks(need: float) -> Arrays:
    return dense([1, 5], [[1, 0], [1, -8]], [need, -np.inf], [np.inf, 0], integer=[False, True])


def test_a_thousand_solves_in_one_process_do_not_grow() -> None:
    before = 0.0
    for number in range(SOLVES + FIRST):
        if number == FIRST:
            gc.collect()
            before = resident_mb()
        need = 1.0 + number % 40
        found = solve_arrays(trucks(need), SolveOptions(gap=0, threads=1))
        assert found.objective == need + 5 * -(-need // 8)
    gc.collect()
    grown = resident_mb() - before
    reached(16, f"{SOLVES} solves in one process: {grown:+.1f} MB resident", grown < 50)


def test_without_memory_a_run_ends_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    assert run("new", path, "--sample", "rebalancing", "--lang", "en").exit_code == 0
    ends = {}
    for limit in LIMITS:
        with started("plan", path, "--time", "60s", "--lang", "en", limit_mb=limit) as process:
            assert process.stdout is not None
            said = process.stdout.read()
            clean = "Traceback" not in said and "does not fit into memory" in said
            ends[limit] = process.wait() if clean else said[-200:]
    good = sum(end == 5 for end in ends.values())
    print(ends)
    told = f"{good} of {len(LIMITS)} runs without memory end with code 5 and advice"
    reached(16, told, good == len(LIMITS))
