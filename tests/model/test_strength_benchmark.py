"""The benchmark of the strengthening runs, and each of its instances gains from it."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "strength.py"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_strength", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_form_has_the_same_best_plan_and_the_last_the_best_bound(
    benchmark: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = benchmark.main(["--tiny", "--out", str(tmp_path / "strength.csv")])

    assert capsys.readouterr().out.count("\n") >= len(rows) + 1
    with (tmp_path / "strength.csv").open(encoding="utf-8", newline="") as file:
        assert [row["form"] for row in csv.DictReader(file)] == [row["form"] for row in rows]
    for kind in ("charge", "trucks", "lots"):
        forms = {row["form"]: row for row in rows if row["instance"] == kind}
        plain, full = forms["plain"], forms["+ idle rows"]
        assert len(forms) == 6
        for row in forms.values():
            assert row["best_plan"] == pytest.approx(plain["best_plan"], rel=1e-6)
            assert row["proven_bound"] == pytest.approx(plain["best_plan"], rel=1e-5)
        assert plain["relaxed_gap"] > 2 * full["relaxed_gap"]
        assert full["relaxed_gap"] < 0.05


def test_the_instances_come_from_their_seed_alone(benchmark: ModuleType) -> None:
    one, again, other = (
        benchmark.instance("charge", benchmark.TINY, seed)["Demand"] for seed in (1, 1, 2)
    )
    assert one.equals(again)
    assert not one.equals(other)
