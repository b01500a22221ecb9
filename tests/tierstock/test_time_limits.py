"""Time limits hold, and a plan is there; the stop key ends a run at once and keeps its plan.

These proofs read the clock: nothing else may run on the machine meanwhile.
"""

import os
import random
import signal
import statistics
import time
from importlib import import_module
from pathlib import Path

import pytest
from commands import write_endless
from goals import reached
from run_apart import descendants, gone_within, started, wait_for

import tierstock as ts
from tierstock.solvers import SolveOptions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc"),
]

ROOT = Path(__file__).resolve().parents[2]
LIMITS = (5.0, 15.0)
PRODUCTS = (5, 30, 112)
"""Sizes of the yardstick network: 16,000, 100,000 and 350,000 rows."""
REPEATS = 3
STOPS = 50


def test_time_limits_hold_and_a_plan_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    yardstick = import_module("benchmarks.yardstick").yardstick
    late, shares, planless, runs, rows = [], [], 0, 0, 0
    for products in PRODUCTS:
        m = ts.build(yardstick(products, "few"))
        for limit in LIMITS:
            room = SolveOptions(time_limit_s=limit).grace_s
            for repeat in range(REPEATS):
                began = time.monotonic()
                plan = ts.solve(m, gap=0, time_limit=limit, seed=repeat, progress=False)
                spent = time.monotonic() - began
                rows, runs = max(rows, plan.solution.size["rows"]), runs + 1
                planless += plan.quality == "none"
                late.append(spent - limit - room)
                shares.append(spent / limit)
                print(f"{plan.solution.size['rows']} rows, {limit:g} s: {spent:.2f} s")
    percentile = statistics.quantiles(late, n=100, method="inclusive")[98]
    reached(
        10,
        f"{runs} runs to {rows:,} rows: p99 {percentile:+.2f} s around limit + max(1 s, 5 %), "
        f"at most {max(shares) - 1:+.1%}, without a plan {planless}",
        percentile <= 0 and max(shares) <= 1.2 and not planless,
    )


def test_the_stop_key_ends_a_run_and_keeps_its_plan(tmp_path: Path) -> None:
    chance = random.Random(11)
    source = write_endless(tmp_path / "net")
    target = tmp_path / "net.plan.xlsx"
    slowest, lost, orphans, wrong = 0.0, 0, 0, 0
    for _ in range(STOPS):
        target.unlink(missing_ok=True)
        with started("plan", source, "--gap", "0", "--time", "60s", "--progress") as process:
            had_plan = wait_for(process, "cost")
            time.sleep(chance.uniform(0.0, 4.0))
            children = descendants(process.pid)
            began = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            assert process.stdout is not None
            process.stdout.read()
            wrong += process.wait() != 130
            slowest = max(slowest, time.monotonic() - began)
            orphans += not gone_within(children, 0.5)
        lost += had_plan and not target.exists()
    reached(
        11,
        f"{STOPS} stops: at most {slowest:.2f} s to the end, {lost} plans lost, {orphans} with "
        f"orphans, {wrong} with another exit code than 130",
        slowest <= 2.0 and not (lost or orphans or wrong),
    )
