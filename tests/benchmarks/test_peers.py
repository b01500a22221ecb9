"""Every peer states the same model, and the tables of the yardstick say what its network says."""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

Modules = Callable[[str], ModuleType]

NEEDED = {
    "with_tierstock": "highspy",
    "with_pyomo": "pyomo",
    "with_linopy": "linopy",
    "with_pulp": "pulp",
    "with_scip": "pyscipopt",
}


@pytest.fixture
def floor(benchmark_module: Modules) -> float:
    """Relaxed optimum of the plain formulation as arrays."""
    net = benchmark_module("yardstick").yardstick(1, "many", 3)
    return float(benchmark_module("peers.with_numpy").load(net, whole=False).optimum())


@pytest.mark.parametrize("peer", NEEDED)
def test_a_peer_has_the_same_relaxed_optimum(
    peer: str, floor: float, benchmark_module: Modules
) -> None:
    pytest.importorskip(NEEDED[peer], reason=f"{NEEDED[peer]} is not installed (extra: bench)")
    net = benchmark_module("yardstick").yardstick(1, "many", 3)

    loaded = benchmark_module(f"peers.{peer}").load(net, whole=False)

    assert loaded.optimum() == pytest.approx(floor, rel=1e-6)


def test_every_peer_of_the_benchmark_is_compared(benchmark_module: Modules) -> None:
    peers = {module for module, _ in benchmark_module("peers").PEERS.values()}

    assert peers == {*NEEDED, "with_numpy"}


def test_the_whole_numbers_count_where_they_are_asked_for(benchmark_module: Modules) -> None:
    net = benchmark_module("yardstick").yardstick(1, "many", 3)
    arrays = benchmark_module("peers.with_numpy").plain_arrays(benchmark_module("plain").Plain(net))

    assert arrays.integer.sum() == len(net.lanes) * len(net.periods)


@pytest.mark.parametrize("kind", ["few", "none"])
def test_the_tables_of_the_yardstick_say_what_its_network_says(
    kind: str, benchmark_module: Modules
) -> None:
    from tierstock.inputs import read

    net = benchmark_module("yardstick").yardstick(2, kind, 3)
    with_tierstock = import_module("benchmarks.peers.with_tierstock")

    again = read(benchmark_module("tables").tables_of(net))

    here, there = (with_tierstock.load(one, whole=False) for one in (net, again))
    assert (here.columns, here.rows, here.nonzeros) == (there.columns, there.rows, there.nonzeros)
    assert there.optimum() == pytest.approx(here.optimum(), rel=1e-9)


def test_there_are_thirty_instances_and_kinds_are_what_they_say(benchmark_module: Modules) -> None:
    instances = benchmark_module("instances").instances()

    named = ("lot sizing 6 x 15", "facilities 5", "backorders", "random 3", "minimum and multiples")
    drawn = {name: instances[name](1) for name in named}

    assert len(instances) >= 30
    assert len(drawn["lot sizing 6 x 15"].production.recipes.location) == 6
    assert len(drawn["facilities 5"].sites.location) == 5
    assert drawn["backorders"].demand.mode[0] == "backorder"


def test_an_instance_comes_from_its_seed_alone(benchmark_module: Modules) -> None:
    make = benchmark_module("instances").instances()["random 2"]

    one, again, other = make(1), make(1), make(2)

    assert (one.demand.quantity == again.demand.quantity).all()
    assert one.demand.quantity.shape != other.demand.quantity.shape
