"""The short form of each benchmark runs and writes what it promises; no time is judged.

All of them: ``pytest -m "slow or not slow" tests/benchmarks/test_commands.py``.
"""

import csv
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Modules = Callable[[str], ModuleType]

ROOT = Path(__file__).resolve().parents[2]


def run(out: Path, name: str, *words: str) -> tuple[str, list[dict[str, str]]]:
    """Run a benchmark from the top folder; return what it printed and the rows it wrote."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    command = [sys.executable, "-m", f"benchmarks.{name}", "--short", "--out", str(out), *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cores" in done.stdout  # the machine
    drawn = importlib.util.find_spec("matplotlib") is not None
    assert (out / f"{name}.svg").exists() == drawn
    assert ("no chart" in done.stdout) != drawn
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return done.stdout, list(csv.DictReader(file))


@pytest.mark.slow
def test_build_compares_ways_in_one_run(tmp_path: Path) -> None:
    told, rows = run(tmp_path, "build", "--ways", "tierstock", "numpy to HiGHS")

    assert [row["way"] for row in rows] == ["tierstock", "numpy to HiGHS"]
    assert all(float(row["total_s"]) > 0 and int(row["columns"]) > 0 for row in rows)
    assert "growth exponent of total_s" in told


def test_solve_writes_curves_beside_plain_highs(tmp_path: Path) -> None:
    _, rows = run(tmp_path, "solve", "--no-lp")

    assert [row["way"] for row in rows] == ["tierstock", "HiGHS"]
    for row in rows:
        assert float(row["bound"]) <= float(row["cost"]) * (1 + 1e-6)
        assert float(row["own_gap_pct"]) == pytest.approx(0.0, abs=0.02)
    with (tmp_path / "solve-curves.csv").open(encoding="utf-8", newline="") as file:
        assert {row["way"] for row in csv.DictReader(file)} == {"tierstock", "HiGHS"}


@pytest.mark.slow
def test_bound_measures_the_lp_and_ours(tmp_path: Path) -> None:
    _, rows = run(tmp_path, "bound")

    assert [row["way"] for row in rows] == ["one LP", "tierstock"]
    assert float(rows[1]["of_lp_pct"]) == pytest.approx(100.0, abs=0.2)


@pytest.mark.slow
def test_varied_finds_all_bounds_right(tmp_path: Path) -> None:
    told, rows = run(tmp_path, "varied")

    assert "wrong bounds: 0; failed: 0" in told
    assert {row["bounds"] for row in rows} == {"right"}


def test_whole_comes_to_an_audited_workbook(tmp_path: Path) -> None:
    told, rows = run(tmp_path, "whole")

    assert {row["audited"] for row in rows} == {"True"}
    for row in rows:
        phases = ("read", "check", "build", "solve", "tables", "write", "audit")
        assert 0 < sum(float(row[phase]) for phase in phases) <= float(row["total_s"])
    assert "gap: no growth exponent" in told
    assert (tmp_path / "whole-none-1.plan.xlsx").exists()


def test_the_list_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"},
        capture_output=True,
        text=True,
        check=True,
    )

    for name in ("build", "solve", "bound", "varied", "whole", "strength"):
        assert f"python -m benchmarks.{name}" in done.stdout


def test_a_failure_and_a_time_out_are_rows(
    benchmark_module: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = benchmark_module("harness")
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)

    failed = harness.in_process("benchmarks.build", {"way": "no such way"}, 60.0)
    late = harness.in_process("benchmarks.build", {"way": "tierstock"}, 0.01)

    assert failed["note"].startswith("failed: KeyError")
    assert late["note"] == "time-out after 0.01 s"


@pytest.mark.slow
def test_reading_compares_readers_and_feeds_events(tmp_path: Path) -> None:
    _, rows = run(tmp_path, "reading")

    assert {int(row["rows"]) for row in rows if row["way"].startswith("feed")} == {10_000}
    assert {int(row["rows"]) for row in rows if not row["way"].startswith("feed")} == {1_000}
    assert {"tables", "ts.read", "openpyxl read-only", "pandas calamine"} < {r["way"] for r in rows}
