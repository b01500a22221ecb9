"""Faults of the solve path, by their number in the catalogue: each with its exit code."""

import math
import multiprocessing
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from commands import answer, run, write_endless, write_folder
from run_apart import descendants, gone_within, resident_mb, started, wait_for

import tierstock as ts
import tierstock.solvers.run as running
from tierstock.search import OTHER_WAYS
from tierstock.solvers import Solution, SolveError, SolveOptions, highs, order, solve, start
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals")
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    return write_endless(tmp_path / "net", shops=2, weeks=3)


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A network with plans at once and no proof for minutes."""
    return write_endless(tmp_path / "net")


def network(folder: Path, *, supply: str = "", freight: str = "1", mode: str = "lost") -> Path:
    return write_folder(
        folder,
        Locations=["Location,Tier", "SUP,supplier", "S1,store", "S2,store"],
        Products=["Product,Unit Value", "tea,10"],
        Lanes=[
            "From,To,Lead Time,Unit Cost",
            f"SUP,S1,0,{freight}",
            f"S1,S2,0,{freight}",
            f"S2,S1,0,{freight}",
        ],
        Supply=["Location,Product,Max", f"SUP,tea,{supply}"],
        ServiceClasses=["Class,Priority,Mode", f"A,1,{mode}"],
        Demand=["Location,Product,Class,Period,Quantity", "S1,tea,A,1,9", "S2,tea,A,2,4"],
        Settings=["Setting,Value", "bucket,week"],
    )


@LINUX
@pytest.mark.slow
def test_fault_02_a_planner_that_is_killed_leaves_no_process_and_no_file(long: Path) -> None:
    before = sorted(long.parent.iterdir())
    with started("plan", long, "--gap", "0", "--time", "60s", "--progress") as process:
        assert wait_for(process, "cost")
        children = descendants(process.pid)
        assert children
        os.kill(process.pid, signal.SIGKILL)
        assert gone_within(children, 2.0)
    assert not list(long.parent.glob("*.xlsx"))
    assert [path for path in before if not path.exists()] == []


class Mortal(Worker):
    """A solver process that dies with its first plan, or before it."""

    how = signal.SIGKILL
    late = True
    killed_once = False

    def next(self, wait_s: float) -> Message | None:
        message = super().next(wait_s)
        while self.killed_once and message is not None and message.kind in ("incumbent", "result"):
            message = super().next(wait_s)  # told just before the end: a dead process tells nothing
        deadly = "incumbent" if self.late else "hello"
        if message is not None and message.kind == deadly and not self.killed_once:
            self.killed_once = True
            os.kill(self.pid, self.how)
        return message


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_fault_03_the_last_plan_of_a_dead_solver_is_published(
    long: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mortal, "how", signal.Signals[how])
    monkeypatch.setattr(running, "Worker", Mortal)
    result = run("plan", long, "--gap", "0", "--time", "30s", "--threads", "1", "--json")
    facts = answer(result)
    assert (result.exit_code, facts["stopped"], facts["quality"]) == (10, "fault", "feasible")
    assert facts["audit"]["passed"] is True
    assert Path(facts["files"][0]).exists()


@POSIX
def test_fault_03_without_a_plan_the_death_of_the_solver_is_told(
    shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mortal, "late", False)
    monkeypatch.setattr(running, "Worker", Mortal)
    result = run("plan", shops, "--json", "--lang", "en")
    assert result.exit_code == 7
    assert "The solver broke down and left no plan (SIGKILL)" in result.stderr
    assert answer(result)["files"] == []


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("limit", [200, 300, 400, 450, 500, 550])
def test_fault_10_want_of_memory_ends_with_advice(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "big.xlsx"
    assert run("new", path, "--sample", "rebalancing", "--lang", "en").exit_code == 0
    with started("plan", path, "--time", "20s", "--lang", "en", limit_mb=limit) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        code = process.wait()
    assert code in ((0, 5, 10) if limit > 400 else (5,)), said
    assert "Traceback" not in said
    if code == 5:
        assert "Plan fewer products or periods" in said or "No plan within" in said


def test_fault_10_a_model_that_does_not_fit_into_the_solver_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n = 400_000
    wide = Arrays(
        cost=np.ones(n),
        lower=np.zeros(n),
        upper=np.ones(n),
        integer=np.ones(n, dtype=bool),
        starts=np.array([0, n], dtype=np.int32),
        index=np.arange(n, dtype=np.int32),
        value=np.linspace(1.0, 2.0, n),
        row_lower=np.array([n / 3]),
        row_upper=np.array([np.inf]),
    )
    monkeypatch.setattr(start, "LARGE", 10 * n)
    found = solve_arrays(wide, SolveOptions(time_limit_s=60, threads=1, memory_limit_mb=100))
    assert (found.stopped, found.quality) == ("memory", "none")
    assert found.seconds < 30


@pytest.mark.slow
@pytest.mark.parametrize("limit", ["0.01s", "0.1s", "1s"])
def test_fault_11_with_hardly_any_time_there_is_a_plan_or_a_word(
    tmp_path: Path, limit: str
) -> None:
    path = write_endless(tmp_path / "net", shops=30, weeks=40)
    result = run("plan", path, "--gap", "0", "--time", limit, "--json", "--lang", "en")
    facts = answer(result)
    if result.exit_code == 5:
        assert "No plan within" in result.stderr
        return
    assert result.exit_code == 10, result.output
    assert facts["audit"]["passed"] is True


@pytest.mark.slow
def test_fault_12_a_time_limit_keeps_the_plan(long: Path) -> None:
    result = run("plan", long, "--gap", "0", "--time", "5s", "--json")
    facts = answer(result)
    assert (result.exit_code, facts["stopped"], facts["quality"]) == (10, "time", "feasible")
    assert facts["gap"] > 0
    assert facts["audit"]["passed"] is True


@pytest.mark.slow
def test_fault_13_rules_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    result = run("plan", network(tmp_path / "net", supply="5", mode="must"), "--lang", "en")
    assert result.exit_code == 3
    assert "Rows that must hold: ServiceClasses!C2" in result.output


@pytest.mark.slow
def test_fault_14_a_cost_without_limit_is_caught_in_the_input_and_in_the_model(
    tmp_path: Path,
) -> None:
    folder = network(tmp_path / "net", freight="-1")
    result = run("plan", folder, "--json")
    assert result.exit_code == 2
    assert answer(result)["errors"] > 0
    m = ts.build(ts.read(network(tmp_path / "good")))
    m.spare = pyo.Var()
    m.cost.deactivate()
    m.gain = pyo.Objective(expr=m.spare)
    with pytest.raises(SolveError, match="falls without limit, perhaps by spare"):
        ts.solve(m, progress=False)


def test_fault_15_a_number_the_solver_would_misread_is_refused_by_name(tmp_path: Path) -> None:
    m = ts.build(ts.read(network(tmp_path / "net")))
    m.rule = pyo.Constraint(expr=1e12 * m.flow["SUP→S1", "tea", "1"] <= 1e9)
    with pytest.raises(SolveError, match="rule, flow"):
        ts.solve(m, progress=False)


def test_fault_16_values_that_break_a_rule_are_refused_by_the_audit(
    shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = shops.with_name("net.plan.xlsx")
    kept.write_bytes(b"old")

    def bent(*words: Any, **named: Any) -> Solution:
        found = solve(*words, **named)
        values = found.values.copy()
        values[int(np.argmax(values))] += 1.0
        return replace(found, values=values)

    monkeypatch.setattr("tierstock.solvers.solve", bent)
    result = run("plan", shops, "--json", "--lang", "en")
    assert result.exit_code == 4, result.output
    assert "failed its independent audit; nothing was written" in result.stderr
    assert result.stderr.count("solving another way") == len(OTHER_WAYS)
    assert answer(result)["files"] == []
    assert kept.read_bytes() == b"old"


def _lots() -> Arrays:
    """Whole lots, at least so many."""
    return Arrays(
        cost=np.array([3.0]),
        lower=np.zeros(1),
        upper=np.full(1, 9.0),
        integer=np.ones(1, dtype=bool),
        starts=np.array([0, 1], dtype=np.int32),
        index=np.zeros(1, dtype=np.int32),
        value=np.ones(1),
        row_lower=np.array([2.5]),
        row_upper=np.array([np.inf]),
    )


def test_fault_17_a_display_that_breaks_changes_nothing(shops: Path) -> None:
    def broken(progress: Any) -> None:
        raise RuntimeError("no screen")

    m = ts.build(ts.read(shops))
    quiet = ts.solve(m, gap=0, progress=False)
    loud = ts.solve(m, gap=0, progress=broken)
    assert loud.objective == quiet.objective
    assert loud.solution.values.tobytes() == quiet.solution.values.tobytes()


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("signs", [["SIGINT"], ["SIGINT", "SIGINT"], ["SIGTERM"]], ids=str)
def test_fault_18_the_stop_key_keeps_the_plan(long: Path, signs: list[str]) -> None:
    with started("plan", long, "--gap", "0", "--time", "60s", "--progress") as process:
        assert wait_for(process, "cost")
        children = descendants(process.pid)
        for sign in signs:
            os.killpg(process.pid, signal.Signals[sign])
        assert process.stdout is not None
        said = process.stdout.read()
        assert process.wait() == 130, said
        assert gone_within(children, 1.0)
    assert (long.parent / "net.plan.xlsx").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        *(
            pytest.param(words, marks=pytest.mark.slow)
            for words in (
                ["large", "--from"],
                ["--deterministic"],
                ["--from"],
                ["large"],
                ["--verify"],
                ["--effort", "quick"],
            )
        ),
    ],
    ids=" ".join,
)
def test_fault_32_a_solver_known_to_be_wrong_is_refused_on_every_way(
    shops: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, large = [word for word in words if word != "large"], "large" in words
    if "--from" in words:
        assert run("plan", shops, "--gap", "50%").exit_code == 0
        words = ["--from", str(shops.with_name("net.plan.xlsx"))]
    if large:
        monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(running, "KNOWN_BAD", {highs.version()})
    result = run("plan", shops, *words, "--json", "--lang", "en")
    assert result.exit_code == 2, result.output
    assert f"HiGHS {highs.version()} is known to give wrong answers" in answer(result)["error"]
    assert "--any-solver-version" in answer(result)["error"]


@pytest.mark.slow
def test_fault_32_a_solver_known_to_be_wrong_can_be_accepted(
    shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "KNOWN_BAD", {highs.version()})
    result = run("plan", shops, "--any-solver-version", "--json")
    assert result.exit_code == 0, result.output


@pytest.mark.slow
def test_fault_33_an_option_with_a_wrong_name_or_type_is_never_ignored(
    shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["--set", "thread=2"], ["--set", "seed=one"], ["--solver", "hihgs"]):
        assert run("plan", shops, *words).exit_code == 2
    m = ts.build(ts.read(shops))
    with pytest.raises(SolveError, match="option threads: 2.5 is not allowed"):
        ts.solve(m, threads=2.5, progress=False)  # type: ignore[arg-type]
    told = order.Order.solver_options
    for option in ({"mip_rel_gapp": 0.1}, {"threads": "two"}):
        with monkeypatch.context() as patch:
            patch.setattr(order.Order, "solver_options", lambda *all_, o=option: told(*all_) | o)
            result = run("plan", shops, "--json", "--lang", "en")
            assert result.exit_code == 2
            assert "did not accept the model" in answer(result)["error"]


def _solved(path: Path, costs: Any) -> None:
    costs.put(ts.solve(ts.build(ts.read(path)), gap=0, threads=1, progress=False).objective)


@POSIX
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.slow
def test_fault_34_a_fork_of_a_process_with_threads_can_solve(shops: Path) -> None:
    own = ts.solve(ts.build(ts.read(shops)), gap=0, threads=1, progress=False).objective
    idle = threading.Event()
    threads = [threading.Thread(target=idle.wait) for _ in range(4)]
    for thread in threads:
        thread.start()
    fork = multiprocessing.get_context("fork")
    costs = fork.Queue()
    children = [fork.Process(target=_solved, args=(shops, costs)) for _ in range(2)]
    for child in children:
        child.start()
    found = [costs.get(timeout=60) for _ in children]
    for child in children:
        child.join(30)
    idle.set()
    for thread in threads:
        thread.join()
    assert found == pytest.approx([own] * 2)
    assert [child.exitcode for child in children] == [0, 0]
    again = ts.solve(ts.build(ts.read(shops)), gap=0, threads=1, progress=False).objective
    assert math.isclose(again, own)


@LINUX
@pytest.mark.slow
def test_fault_35_many_solves_in_one_process_do_not_grow() -> None:
    """Of a thousand tells ``test_memory``."""
    lots = replace(_lots(), row_lower=np.array([3.0]))
    grown = resident_mb()
    for number in range(120):
        grown = resident_mb() if number == 20 else grown
        found = solve_arrays(lots, SolveOptions(gap=0, threads=1))
        assert (found.objective, found.quality) == (9.0, "proven")
    assert resident_mb() - grown < 10.0
