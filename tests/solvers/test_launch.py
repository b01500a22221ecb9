"""Solver processes are forked from one that is ready, and fall back to a fresh start."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tierstock.solvers import launch
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


def test_where_nothing_can_be_forked_each_process_is_started_afresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(launch.Nursery, "fork", lambda self: None)
    with Worker() as worker:
        assert hello(worker)
        assert parent_of(worker.pid) == os.getpid()
