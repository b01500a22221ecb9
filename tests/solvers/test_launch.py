"""Solver processes are forked from one that is ready, and fall back to a fresh start."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import run_apart
from commands import run, write_endless, write_folder

from tierstock import inputs
from tierstock.exits import Exit
from tierstock.solvers import launch
from tierstock.solvers.errors import SolveError
from tierstock.solvers.launch import Forked, started
from tierstock.solvers.worker import Worker

pytestmark = pytest.mark.skipif(not launch.FORKS, reason="no forking here")


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(200):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def hello(worker: Worker) -> bool:
    said = worker.next(30)
    return said is not None and said.kind == "hello"


def test_processes_come_from_one_that_is_ready_and_leave_nothing() -> None:
    with Worker() as one, Worker() as two:
        assert hello(one) and hello(two)
        pids = one.pid, two.pid
        assert parent_of(one.pid) == parent_of(two.pid) != os.getpid()
    assert all(map(gone, pids))


def test_a_process_is_waited_for_though_a_thousand_files_are_open() -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2048, limits[1]), limits[1]))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1024)]
    try:
        with Worker() as worker:
            assert hello(worker)
    finally:
        for one in held:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert held[-1] >= 1024


def test_how_a_process_ended_is_known() -> None:
    with Worker() as worker:
        assert hello(worker)
        os.kill(worker.pid, signal.SIGSEGV)
        assert worker.last_words() == "SIGSEGV"


def test_another_environment_gets_processes_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker() as one:
        assert hello(one)
        monkeypatch.setenv("TIERSTOCK_TEST", "other")
        with Worker() as two:
            assert hello(two)
            assert parent_of(one.pid) != parent_of(two.pid)
            assert not one.gone


def test_a_lost_one_is_replaced() -> None:
    first = started()
    assert isinstance(first, Forked)
    os.kill(parent_of(first.pid), signal.SIGKILL)
    lost = first.wait() == launch.LOST and gone(first.pid)
    for stream in (first.stdin, first.stdout, first.stderr):
        stream.close()
    assert lost
    with Worker() as worker:
        assert hello(worker)
        assert parent_of(worker.pid) != os.getpid()


def test_a_fork_that_comes_too_late_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker() as one:
        assert hello(one)
        monkeypatch.setattr(launch, "PATIENCE_S", 0.01)
        os.kill(parent_of(one.pid), signal.SIGSTOP)
        with Worker() as two:
            assert parent_of(two.pid) == os.getpid()
            os.kill(parent_of(one.pid), signal.SIGCONT)
            assert hello(two)
        monkeypatch.undo()
        with Worker() as three:
            assert hello(three)
            assert parent_of(three.pid) == parent_of(one.pid)
        assert not one.gone


SCRIPT = """
import time
from tierstock.solvers.worker import Worker
with Worker() as worker:
    worker.next(30)
    print(worker.pid, flush=True)
    time.sleep(60)
"""


def test_all_of_them_end_with_the_planning_process() -> None:
    with subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE) as planner:
        assert planner.stdout is not None
        pid = int(planner.stdout.readline())
        nursery = parent_of(pid)
        planner.kill()
    assert gone(pid) and gone(nursery)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[launch.Nursery]:
    """What loads the solver from now on; nothing that is there already is used."""
    found: list[launch.Nursery] = []

    class Counted(launch.Nursery):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            found.append(self)

    monkeypatch.setattr(launch, "Nursery", Counted)
    monkeypatch.setattr(launch, "_nurseries", [])
    monkeypatch.setenv("TIERSTOCK_TEST", "own")
    return found


def test_what_is_prepared_once_is_used(made: list[launch.Nursery]) -> None:
    launch.prepare()
    launch.prepare()
    with Worker() as worker:
        assert hello(worker)
        (nursery,) = made
        assert parent_of(worker.pid) == nursery._process.pid
    nursery.close()


def test_who_prepares_hears_of_no_fault_and_who_solves_does(
    made: list[launch.Nursery], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", none)
    launch.prepare()
    assert not made
    with pytest.raises(SolveError, match="no more processes"):
        Worker()


def test_a_plan_and_a_look_at_the_solver_load_it_once(
    made: list[launch.Nursery], tmp_path: Path
) -> None:
    file = write_endless(tmp_path / "net", shops=1, weeks=2)
    assert run("plan", file).exit_code == 0
    assert run("doctor").exit_code == 0
    (nursery,) = made
    nursery.close()


def test_the_solver_is_loaded_beside_the_reading(
    made: list[launch.Nursery], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[int] = []

    def reading(*_: object) -> None:
        seen.append(len(made))
        raise OSError(errno.EIO, "disk lost")

    monkeypatch.setattr(inputs, "inspect", reading)
    file = write_endless(tmp_path / "net", shops=1, weeks=2)
    assert run("plan", file).exit_code == Exit.FILE_FAILED
    assert seen == [1] and made[0].idle
    made[0].close()


def test_with_an_input_that_is_refused_it_ends_at_once(tmp_path: Path) -> None:
    faulty = write_folder(tmp_path / "net", Locations=["Location,Tier", "DC,nowhere"])
    with run_apart.started("plan", faulty) as process:
        assert process.stdout is not None
        process.stdout.readline()
        children = run_apart.descendants(process.pid)
        process.stdout.read()
        assert process.wait() == Exit.BAD_INPUT
        assert run_apart.gone_within(children, 1.0)


def test_where_nothing_can_be_forked_each_process_is_started_afresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(launch.Nursery, "fork", lambda self: None)
    with Worker() as worker:
        assert hello(worker)
        assert parent_of(worker.pid) == os.getpid()
