"""What a run needs is known before anything is built."""

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pyomo.environ as pyo
import pytest
from commands import answer, run
from goals import reached
from in_process import frames
from random_networks import drawn

import tierstock as ts
from tierstock.inputs import InputError, Network
from tierstock.inputs.samples import NAMES
from tierstock.model import ArrayConstraint
from tierstock.model import builder as building

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def benchmark_module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return a function that imports a module of ``benchmarks``, no part of the package."""
    monkeypatch.syspath_prepend(str(ROOT))
    return lambda name: import_module(f"benchmarks.{name}")


FEW = 12
"""Columns or rows by which the smallest networks may be off."""


def size(net: Network) -> tuple[int, int, int]:
    """Columns, rows and coefficients of the model, counted in the model itself."""
    m = ts.build(net)
    rows = [one for one in m.component_objects(pyo.Constraint) if isinstance(one, ArrayConstraint)]
    return m.columns.count, sum(map(len, rows)), sum(len(one.values_) for one in rows)


def near(found: float, real: float, factor: float = 1.5) -> bool:
    return real / factor - FEW <= found <= real * factor + FEW


@pytest.mark.parametrize("name", NAMES)
def test_the_size_of_a_sample_is_known_before(name: str) -> None:
    net = ts.read(ts.sample(name))
    columns, rows, coefficients = size(net)
    seen = ts.forecast(net)
    assert near(seen.columns, columns) and near(seen.rows, rows)
    assert near(seen.coefficients, coefficients)


@pytest.mark.parametrize("products", [5, 20, 100])
def test_the_size_of_the_yardstick_is_known_before(
    products: int, benchmark_module: Callable[[str], ModuleType]
) -> None:
    net = benchmark_module("yardstick").yardstick(products, "few")
    columns, rows, coefficients = size(net)
    seen = ts.forecast(net)
    assert seen.columns == pytest.approx(columns, rel=0.01)
    assert seen.rows == pytest.approx(rows, rel=0.01)
    assert seen.coefficients == pytest.approx(coefficients, rel=0.02)
    assert seen.integers == 3120


def missed(seeds: range) -> list[int]:
    """Random networks whose size was not foreseen."""
    found = []
    for seed in seeds:
        try:
            net = ts.read(frames(drawn(seed).short))
        except InputError:
            continue
        columns, rows, _ = size(net)
        seen = ts.forecast(net)
        if not (near(seen.columns, columns) and near(seen.rows, rows)):
            found.append(seed)
    return found


def test_the_size_of_random_networks_is_known_before() -> None:
    assert missed(range(700, 704)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(704, 800, 24))
def test_the_size_of_many_more_random_networks_is_known_before(first: int) -> None:
    assert missed(range(first, first + 24)) == []


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(("products", "seconds"), [(20, 20), (50, 40)])
def test_the_memory_of_a_run_is_known_within_a_factor_of_two(
    products: int, seconds: int, benchmark_module: Callable[[str], ModuleType]
) -> None:
    seen = ts.forecast(benchmark_module("yardstick").yardstick(products, "few"))
    words = [ROOT / "tests" / "support" / "peak_memory.py", ROOT, products, seconds]
    command = [sys.executable, "-W", "ignore", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    real = float(done.stdout.split()[-1])
    share = seen.memory_mb / real
    told = f"memory of a run with {products} products foreseen at {share:.2f} of its real peak"
    reached(16, told, 0.5 <= share <= 2)


@pytest.fixture
def small_machine(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A machine with next to no memory; the list holds the networks that were built on it."""
    built: list[object] = []
    real = building.build_model

    def noted(net: Network) -> pyo.ConcreteModel:
        built.append(net)
        return real(net)

    monkeypatch.setattr("tierstock.size_forecast.machine_memory_mb", lambda: 200)
    monkeypatch.setattr("tierstock.model.build_model", noted)
    return built


@pytest.mark.parametrize(("lang", "word"), [("en", "Nothing was built"), ("zh", "未建模")])
def test_what_cannot_fit_is_refused_before_it_is_built(
    starter: Path, small_machine: list[object], lang: str, word: str
) -> None:
    result = run("plan", starter, "--json", "--lang", lang)
    assert result.exit_code == 5, result.output
    assert word in result.stderr and "--try-anyway" in result.stderr
    assert small_machine == []
    facts = answer(result)
    assert facts["stopped"] is None and facts["forecast"]["memory_mb"] > 200
    assert not starter.with_name("shops.plan.xlsx").exists()


def test_it_can_be_tried_anyway(starter: Path, small_machine: list[object]) -> None:
    result = run("plan", starter, "--gap", "0", "--try-anyway", "--json")
    assert result.exit_code == 0, result.output
    assert len(small_machine) == 1 and "all the same" in result.stderr
