"""A run that was broken off is gone on with from the file that kept its best plan."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import run

from tierstock.console import Console
from tierstock.exits import Exit
from tierstock.resume import finish
from tierstock.solvers import journal

MAIN = "from tierstock.cli import main; main()"


@pytest.fixture
def quarter(tmp_path: Path) -> Path:
    file = tmp_path / "net.xlsx"
    assert run("new", file, "--sample", "quarter").exit_code == 0
    return file


def test_a_run_goes_on_where_the_last_one_ended(
    quarter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "EVERY_S", 0.1)
    kept = quarter.with_name("net.plan.journal")
    first = run("plan", quarter, "--gap", "0", "--time", "2s", "--json")
    assert first.exit_code == 10, first.output
    assert kept.is_file() and "--resume" in first.stderr

    again = run("plan", quarter, "--gap", "99%", "--time", "20s", "--resume", "--json")
    assert again.exit_code == 0, again.output
    assert "Going on from the plan that was kept" in again.stderr
    costs = [json.loads(one.stdout.splitlines()[-1])["objective"] for one in (first, again)]
    assert costs[1] <= costs[0] + 1e-6
    assert not kept.exists()


def test_a_journal_of_other_data_is_told_and_the_last_plan_stands_in(starter: Path) -> None:
    assert run("plan", starter).exit_code == 0
    kept = starter.with_name(f"{starter.stem}.plan.journal")
    assert not kept.exists()
    done = run("plan", starter, "--resume")
    assert done.exit_code == 0
    assert f"the search begins from the trips of {starter.stem}.plan.xlsx" in done.output

    head = {"kind": journal.KIND, "model": "another", "bound": None}
    head["sum"] = hashlib.sha256(b"").hexdigest()
    kept.write_bytes(json.dumps(head).encode() + b"\n")
    done = run("plan", starter, "--resume", "--lang", "zh")
    assert done.exit_code == 0
    assert "对应的数据、限制或选项不同" in done.output


@pytest.mark.parametrize("code", Exit)
def test_only_a_run_that_is_done_removes_what_was_kept(tmp_path: Path, code: Exit) -> None:
    kept = tmp_path / "net.plan.journal"
    kept.write_bytes(b"of an earlier run")
    finish(Console("en"), kept, code)
    over = {Exit.DONE, Exit.CONTRADICTION, Exit.AUDIT_FAILED}
    assert kept.exists() == (code not in over)


def test_a_journal_that_was_left_is_told(starter: Path) -> None:
    starter.with_name(f"{starter.stem}.plan.journal").write_bytes(b"left")
    assert "--resume" in run("plan", starter).output


def test_a_plan_by_the_clock_is_no_start_for_one_that_is_not(starter: Path) -> None:
    done = run("plan", starter, "--resume", "--deterministic")
    assert done.exit_code == 2
    assert "--deterministic" in done.output


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_run_loses_its_last_seconds_only(quarter: Path) -> None:
    kept = quarter.with_name("net.plan.journal")
    command = [sys.executable, "-c", MAIN, "plan", str(quarter), "--gap", "0"]
    with subprocess.Popen([*command, "--time", "5m"], stderr=subprocess.DEVNULL) as planner:
        for _ in range(600):
            if kept.exists():
                break
            time.sleep(0.1)
        planner.send_signal(signal.SIGKILL)
    assert kept.exists()
    assert not quarter.with_name("net.plan.xlsx").exists()
    done = run("plan", quarter, "--gap", "99%", "--time", "20s", "--resume")
    assert done.exit_code == 0
    assert "Going on from the plan that was kept" in done.output
