"""Transfers between three places against trying every set of moves, and what C.8 demands.

Whole units, no lead time, one product: a plan is a quantity for every pair and period. All of
them are tried, so the optimum comes from no formulation at all.
"""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from in_process import cost_of
from turns import part

Rows = list[dict[str, Any]]
Network = dict[str, Any]
PLACES = ("A", "B", "C")
SEEDS = range(60)


def drawn(seed: int) -> Network:
    """Three places, two or three periods, one or two lanes, terms of transfers."""
    rng = Random(seed)
    lanes = rng.sample([("A", "B"), ("B", "C"), ("A", "C"), ("B", "A")], 2)
    count = rng.choice((2, 2, 3))
    return {
        "T": count,
        "lanes": lanes,
        "opening": {place: rng.randint(1, 5) for place in PLACES},
        "demand": {place: [rng.randint(0, 3) for _ in range(count)] for place in PLACES},
        "lost": rng.randint(3, 12),
        "hold": rng.choice((0, 1)),
        "freight": rng.choice((0, 1)),
        "keep": rng.choice((0, 1, 2)),
        "least": rng.choice((0, 0, 2, 3)),
        "cooldown": rng.choice((0, 1, 2)) if ("B", "A") not in lanes else rng.choice((1, 2)),
        "most": rng.choice((None, 1)),
        "price": rng.choice((0, 2)),
    }


def sheets(net: Network) -> dict[str, Rows]:
    rule = {
        "From": "*",
        "To": "*",
        "Donor Min Qty": net["keep"],
        "Min Qty": net["least"],
        "Cooldown": net["cooldown"],
        "Max Moves": net["most"],
        "Move Cost": net["price"],
    }
    return {
        "Locations": [{"Location": place, "Tier": "store"} for place in PLACES],
        "Products": [{"Product": "P", "Unit Value": 0, "Shortage Cost": net["lost"]}],
        "Lanes": [
            {"From": a, "To": b, "Lead Time": 0, "Unit Cost": net["freight"]}
            for a, b in net["lanes"]
        ],
        "Demand": [
            {"Location": place, "Product": "P", "Period": str(t + 1), "Quantity": quantity}
            for place, quantities in net["demand"].items()
            for t, quantity in enumerate(quantities)
        ],
        "OpeningStock": [
            {"Location": place, "Product": "P", "Quantity": quantity}
            for place, quantity in net["opening"].items()
        ],
        "StockCosts": [{"Location": "*", "Holding Cost": net["hold"]}],
        "TransferRules": [rule],
    }


def least_by_trying(net: Network) -> float:
    """Walk through the periods; of equal stock and cooldown the cheapest way counts."""
    start = (tuple(net["opening"][place] for place in PLACES), (-1, -1, -1))
    known = {start: 0.0}
    for t in range(net["T"]):
        found: dict[Any, float] = {}
        for state, cost in known.items():
            for after, more in _steps(net, t, state):
                if cost + more < found.get(after, float("inf")):
                    found[after] = cost + more
        known = found
    return min(known.values())


def _steps(net: Network, t: int, state: Any) -> Iterator[tuple[Any, float]]:
    """Every choice of quantities and issues in a period: what it leaves and what it costs."""
    stock, shut = state
    total = sum(stock)
    for sent in product(range(total + 1), repeat=len(net["lanes"])):
        moves = [(lane, units) for lane, units in zip(net["lanes"], sent, strict=True) if units]
        if any(units < net["least"] for _, units in moves):
            continue
        if net["most"] is not None and len(moves) > net["most"]:
            continue
        donors = {PLACES.index(a) for (a, _), _ in moves}
        getters = {PLACES.index(b) for (_, b), _ in moves}
        waits = net["cooldown"]
        until = [t + waits if waits and n in getters else shut[n] for n in range(len(PLACES))]
        if any(until[donor] >= t for donor in donors):
            continue
        there = list(stock)
        for (a, b), units in moves:
            there[PLACES.index(a)] -= units
            there[PLACES.index(b)] += units
        if min(there) < 0:
            continue
        cost = sum(net["freight"] * units + net["price"] for _, units in moves)
        wanted = [net["demand"][place][t] for place in PLACES]
        for issued in product(*(range(min(a, b) + 1) for a, b in zip(there, wanted, strict=True))):
            left = tuple(a - b for a, b in zip(there, issued, strict=True))
            if any(left[donor] < net["keep"] for donor in donors):
                continue
            lost = sum(wanted) - sum(issued)
            yield (left, tuple(until)), cost + net["lost"] * lost + net["hold"] * sum(left)


@pytest.mark.parametrize("seed", part(SEEDS, 0, parts=2))
def test_transfers_cost_what_trying_every_plan_says(seed: int) -> None:
    net = drawn(seed)
    assert cost_of(sheets(net)) == pytest.approx(least_by_trying(net), abs=1e-6)


TERMS = ("Donor Min Qty", "Min Qty", "Cooldown", "Move Cost")


@pytest.mark.parametrize("seed", part(range(8), 0))
def test_terms_that_ask_nothing_change_nothing(seed: int) -> None:
    net = drawn(seed) | {"keep": 0, "least": 0, "cooldown": 0, "most": None, "price": 0}
    loose = sheets(net)
    loose["TransferRules"][0] |= {"Max Moves": 99, "Count By": "order", "Only If Shortage": "N"}
    assert cost_of(loose) == pytest.approx(cost_of(sheets(net) | {"TransferRules": []}))


@pytest.mark.parametrize("column", [*TERMS, "Donor Min Days", "Max Moves"])
def test_stricter_terms_never_cost_less(column: str) -> None:
    dearer = 0
    free = {"least": 0, "most": None, "keep": 0, "cooldown": 0, "price": 0, "lost": 9}
    for seed in range(6):
        net = drawn(seed) | free | {"lanes": [("A", "B"), ("B", "C")], "freight": 0}
        for place in PLACES[:2]:
            net["demand"][place] = [1] * net["T"]
        net["demand"]["C"] = [4] * net["T"]
        loose, strict = sheets(net), sheets(net)
        strict["TransferRules"][0][column] = 0 if column == "Max Moves" else 3
        before, after = cost_of(loose), cost_of(strict)
        assert before is not None and after is not None
        assert after >= before - 1e-6
        dearer += after > before + 1e-6
    assert dearer


@pytest.mark.parametrize("seed", range(6))
def test_ten_times_the_money_of_transfers_costs_ten_times(seed: int) -> None:
    net = drawn(seed)
    dear = net | {name: 10 * net[name] for name in ("lost", "hold", "freight", "price")}
    cost = cost_of(sheets(net))
    assert cost is not None
    assert cost_of(sheets(dear)) == pytest.approx(10 * cost)
