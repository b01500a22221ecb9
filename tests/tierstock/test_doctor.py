"""``tierstock doctor`` finds what is wrong with an installation and says what to do about it."""

import json
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commands import answer, run
from goals import reached

from tierstock import doctor
from tierstock.solvers import SolveError, canaries
from tierstock.solvers import run as running
from tierstock.solvers.canaries import Sung
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

LOOKED_AT = {
    *("python", "packages", "solver", "memory", "working folder", "temporary folder", "encoding"),
    *(f"optional {module}" for module in doctor.OPTIONAL),
}


def states(*words: str) -> dict[str, str]:
    facts = answer(run("doctor", "--json", *words))
    return {check["name"]: check["state"] for check in facts["checks"]}


def quiet(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Let the canaries sing what is said here instead of solving them."""
    sung = replace(Sung("1.16.0", 17, (), 0.1), **changes)
    monkeypatch.setattr(canaries, "sing", lambda: sung)


def test_a_sound_installation_is_told_in_both_languages() -> None:
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "models with known answers solved rightly" in result.output
    assert "fit to plan" in result.output
    result = run("doctor", "--lang", "zh", "--json")
    facts = answer(result)
    assert (result.exit_code, facts["passed"], facts["faults"]) == (0, True, 0)
    assert {check["name"] for check in facts["checks"]} == LOOKED_AT
    assert "安装正常" in result.stderr


def test_a_solver_with_wrong_answers_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(monkeypatch, version="1.14.0", wrong=("HiGHS 2957: 15 instead of 9",))
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 2
    assert "HiGHS 1.14.0 is known to give wrong answers" in result.output
    assert "HiGHS 2957: 15 instead of 9" in result.output
    assert "pip install --upgrade" in result.output
    assert "not fit to plan. Faults: 2" in result.output


def test_a_machine_without_memory_for_the_solver_is_told_with_all_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def starved() -> Sung:
        raise MemoryError("can't start new thread")

    monkeypatch.setattr(canaries, "sing", starved)
    result = run("doctor", "--lang", "en", "--json")
    facts = answer(result)
    assert (result.exit_code, facts["faults"]) == (2, 1)
    assert {check["name"] for check in facts["checks"]} == LOOKED_AT
    assert "could not be started: can't start new thread" in result.stderr


def test_a_wrong_answer_of_the_solver_process_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = canaries.canaries()
    monkeypatch.setattr(canaries, "canaries", lambda: (replace(first, cost=10.0), *others[:2]))
    sung = canaries.sing()
    assert sung.wrong == (f"{first.name}: 9 instead of 10",)
    assert sung.count == 3
    monkeypatch.setattr(canaries, "canaries", lambda: (replace(first, status="kInfeasible"),))
    assert canaries.sing().wrong == (f"{first.name}: kOptimal instead of kInfeasible",)


def test_a_solver_that_cannot_be_started_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Sung:
        raise SolveError("solver-start", value="no memory")

    monkeypatch.setattr(canaries, "sing", broken)
    assert states()["solver"] == "fault"

    def unloaded() -> Sung:
        raise ImportError("libhighs is missing")

    monkeypatch.setattr(canaries, "sing", unloaded)
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 2
    assert "a package cannot be loaded: libhighs is missing" in result.output


def test_a_package_that_is_missing_or_old_is_told_with_the_command_that_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet(monkeypatch)
    real = metadata.version

    def version(name: str) -> str:
        if name == "click":
            raise metadata.PackageNotFoundError(name)
        return {"pyomo": "6.1", "highspy": "9.0.0"}.get(name, real(name))

    monkeypatch.setattr(metadata, "version", version)
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 2
    assert 'pip install "pyomo>=6.9.4" "click>=8.2"' in result.output
    assert "newer than what was tried: highspy 9.0.0" in result.output


def test_small_memory_and_folders_that_cannot_be_written_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    quiet(monkeypatch)
    monkeypatch.setattr("tierstock.solvers.worker.machine_memory_mb", lambda: 200)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    found = states()
    assert (found["memory"], found["temporary folder"]) == ("fault", "fault")
    assert found["working folder"] == "good"
    monkeypatch.setattr("tierstock.solvers.worker.machine_memory_mb", lambda: 1000)
    monkeypatch.setattr(doctor, "TIGHT_MB", 1e12)
    monkeypatch.setattr("tempfile.tempdir", None)
    found = states()
    assert (found["memory"], found["working folder"]) == ("warning", "warning")


@pytest.mark.skipif(sys.platform != "linux", reason="a folder in use can be removed")
def test_a_working_folder_that_is_gone_is_told_with_all_the_rest(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    line = 'cd "$1" && rmdir "$1" && exec "$2" -m tierstock.cli doctor --json --lang en'
    words = ["bash", "-c", line, "bash", str(tmp_path / "gone"), sys.executable]
    done = subprocess.run(words, capture_output=True, text=True)
    facts = json.loads(done.stdout)
    found = {check["name"]: check["state"] for check in facts["checks"]}
    assert (done.returncode, found["working folder"]) == (0, "warning"), done.stderr
    assert set(found) == LOOKED_AT


def test_a_python_and_characters_that_were_not_tried_are_warned_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet(monkeypatch)
    monkeypatch.setattr(doctor, "PYTHONS", ((3, 8), (3, 10)))
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "ascii")
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 0
    assert "Versions 3.8 to 3.10 were tried" in result.output
    assert "ascii holds no Chinese" in result.output
    monkeypatch.setattr(doctor, "PYTHONS", ((4, 0), (4, 1)))
    assert run("doctor").exit_code == 2


def test_packages_nobody_has_to_have_are_told_with_their_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet(monkeypatch)
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 0
    assert "pyscipopt is not installed; only needed for a second solver" in result.output
    assert 'pip install "tierstock[verify]"' in result.output


def test_at_least_twelve_canaries_have_names_of_their_own() -> None:
    names = [bird.name for bird in canaries.canaries()]
    assert len(set(names)) == len(names) >= 12
    assert "1.14.0" in running.KNOWN_BAD


@pytest.mark.slow
def test_another_solver_finds_the_same_answers() -> None:
    pytest.importorskip("pyscipopt")
    from with_scip import least

    birds = [bird for bird in canaries.canaries() if bird.status != "kUnbounded"]
    found = {bird.name: least(bird.arrays) for bird in birds}
    assert found == {
        bird.name: None if bird.cost is None else pytest.approx(bird.cost) for bird in birds
    }


def test_a_busy_machine_is_no_wrong_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the time since the last answer, not that of all models together."""
    now = [0.0]

    class Slow(Worker):
        def next(self, wait_s: float) -> Message | None:
            message = super().next(wait_s)
            now[0] += 0.75 * canaries.PATIENCE_S if message is not None else 0.0
            return message

    monkeypatch.setattr(canaries, "Worker", Slow)
    monkeypatch.setattr(canaries, "time", SimpleNamespace(monotonic=lambda: now[0]))
    sung = canaries.sing()
    assert (sung.wrong, sung.count) == ((), len(canaries.canaries()))
    assert sung.seconds > 10 * canaries.PATIENCE_S


def work(*words: str, folder: Path) -> float:
    """Seconds of processor time of a run of Python and all its processes: the least of three."""
    from resource import RUSAGE_CHILDREN, getrusage

    spent = []
    for _ in range(3):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="reads the processor time of processes")
def test_the_canaries_and_the_doctor_are_quick(tmp_path: Path) -> None:
    """In processor time, which other work on the machine does not lengthen; the clock is told."""
    sung = canaries.sing()
    load = "from tierstock.solvers import canaries"
    song = work("-c", f"{load}; canaries.sing()", folder=tmp_path)
    song -= work("-c", load, folder=tmp_path)
    took = work("-m", "tierstock.cli", "doctor", folder=tmp_path)
    reached(
        21,
        f"{sung.count} canaries right in {song:.2f} s of processor time ({sung.seconds:.2f} s by "
        f"the clock), doctor in {took:.1f} s",
        not sung.wrong and song < 1.0 and took < 2.0,
    )
