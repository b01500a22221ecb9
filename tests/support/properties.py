"""Properties that must hold for every network, whatever its least cost is: their register.

A property takes a random network and a source of chance, looks, and fails with an assertion where
it does not hold; it returns False where it says nothing about that network.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import pytest
from in_process import cost_of, frames
from random_networks import drawn

import tierstock as ts
from tierstock.inputs import Network
from tierstock.inputs.fingerprint import fingerprint

Sheets = dict[str, list[dict[str, Any]]]

ELSEWHERE = ("Rates", "Returns", "Substitutes", "UserRows", "Budgets", "Finance")
"""Sheets whose columns are changed with the hand-solved networks (tests/model/test_metamorphic)."""


@dataclass(frozen=True)
class Net:
    """A random network in both ways of writing, without the sheets that are changed elsewhere."""

    seed: int
    short: Sheets
    long: Sheets
    features: frozenset[str]

    def copy(self, short: bool = False) -> Sheets:
        """Return its tables to be changed: row for row, or with selectors."""
        return copy.deepcopy(self.short if short else self.long)

    def cost(self, short: bool = False) -> float:
        """Return its least cost; a network without any plan is left out."""
        found = _cost(self.seed, short)
        if found is None:
            raise Nothing
        return found

    def has(self, *features: str) -> bool:
        """Whether it has any of some features."""
        return bool(self.features & set(features))


class Nothing(Exception):
    """The network has no plan, so the property says nothing about it."""


Property = Callable[[Net, Random], bool | None]
PROPERTIES: dict[str, Property] = {}


def holds(name: str) -> Callable[[Property], Property]:
    """Put a property into the register."""

    def register(look: Property) -> Property:
        assert name not in PROPERTIES, name
        PROPERTIES[name] = look
        return look

    return register


def looked_at(name: str, seed: int) -> bool:
    """Look whether a property holds for the network of a seed; False where it says nothing."""
    try:
        return PROPERTIES[name](net(seed), Random(f"{name} {seed}")) is not False
    except Nothing:
        return False


@cache
def net(seed: int) -> Net:
    """Return the network of a seed."""
    network = drawn(seed)
    short, long = (
        {name: rows for name, rows in sheets.items() if name not in ELSEWHERE}
        for sheets in (network.short, network.long)
    )
    return Net(seed, short, long, network.features)


@cache
def _cost(seed: int, short: bool) -> float | None:
    return cost_of(net(seed).short if short else net(seed).long)


def read(sheets: Sheets) -> Network:
    """Return tables as the network they are read as."""
    return ts.read(frames(sheets))


@cache
def read_as(seed: int) -> str:
    """Return the fingerprint of the short tables of a seed."""
    return fingerprint(read(net(seed).short))


def same(cost: float) -> Any:
    """Return what equals a cost but for rounding."""
    return pytest.approx(cost, rel=1e-6, abs=1e-6)


def least_for(sheets: Sheets) -> float:
    """Return the least cost of changed tables; those without any plan are left out."""
    found = cost_of(sheets)
    if found is None:
        raise Nothing
    return found


def no_less(dear: float | None, cheap: float | None) -> bool:
    """Whether a cost is at least another; without any plan it is infinite."""
    if dear is None or cheap is None:
        return dear is None
    return dear >= cheap - 1e-6 * max(1.0, abs(cheap))


def in_levels(network: Net) -> bool:
    """Whether some level comes before cost, so that more of it may mean less of the other."""
    first = any(row.get("Fairness") == "max-min" for row in network.long.get("ServiceTargets", []))
    return first or any("," in f for f in network.features if f.startswith("objective"))
