"""One source per customer: published instances, and every assignment tried."""

from itertools import product
from random import Random
from typing import Any

import pytest
from in_process import cost_of

Rows = list[dict[str, Any]]
Costs = list[list[int]]


def assigned(cost: Costs, load: Costs, room: list[int]) -> float:
    """Least cost of giving every job to one agent, by trying every assignment."""
    best = float("inf")
    for chosen in product(range(len(room)), repeat=len(cost[0])):
        used = [0] * len(room)
        for job, agent in enumerate(chosen):
            used[agent] += load[agent][job]
        if all(total <= most for total, most in zip(used, room, strict=True)):
            best = min(best, sum(cost[agent][job] for job, agent in enumerate(chosen)))
    return best


def sheets(cost: Costs, size: list[int], room: list[int], rule: dict[str, Any]) -> dict[str, Rows]:
    """Customers that want ``size`` units, warehouses that can send ``room``; cost per customer."""
    customers = [f"C{job + 1}" for job in range(len(size))]
    depots = [f"W{agent + 1}" for agent in range(len(room))]
    return {
        "Locations": [{"Location": code, "Tier": "plant", "Holds Stock": "N"} for code in depots]
        + [{"Location": code, "Tier": "customer"} for code in customers],
        "Products": [{"Product": "P", "Unit Value": 0}],
        "Lanes": [
            {"From": depot, "To": customer, "Lead Time": 0, "Unit Cost": cost[i][j] / size[j]}
            for i, depot in enumerate(depots)
            for j, customer in enumerate(customers)
        ],
        "Demand": [
            {"Location": code, "Product": "P", "Period": "1", "Quantity": units, "Class": "firm"}
            for code, units in zip(customers, size, strict=True)
        ],
        "Supply": [
            {"Location": depot, "Product": "P", "Max": most}
            for depot, most in zip(depots, room, strict=True)
        ],
        "ServiceClasses": [{"Class": "firm", "Mode": "must"}],
        "Sourcing": [rule],
    }


SINGLE = {"To": "Tier=customer", "Rule": "single"}
DUAL = {"To": "Tier=customer", "Rule": "dual"}

PROFIT = """
17 21 22 18 24 15 20 18 19 18 16 22 24 24 16
23 16 21 16 17 16 19 25 18 21 17 15 25 17 24
16 20 16 25 24 16 17 19 19 18 20 16 17 21 24
19 19 22 22 20 16 19 17 21 19 25 23 25 25 25
18 19 15 15 21 25 16 16 23 15 22 17 19 22 24
"""
LOAD = """
 8 15 14 23  8 16  8 25  9 17 25 15 10  8 24
15  7 23 22 11 11 12 10 17 16  7 16 10 18 22
21 20  6 22 24 10 24  9 21 14 11 14 11 19 16
20 11  8 14  9  5  6 19 19  7  6  6 13  9 18
 8 13 13 13 10 20 25 16 16 17 10 10  5 12 23
"""


def test_the_published_generalised_assignment_problem_is_solved() -> None:
    """Instance c515-1 of 5 agents and 15 jobs; published optimum 336 (profit).

    Source: D. G. Cattrysse, M. Salomon and L. N. Van Wassenhove, European Journal of Operational
    Research 72 (1994); OR-Library, file gap1. A job is a customer who wants one unit; of what an
    agent sends to it 1 / load arrives, so the load counts at the agent. Cost is 25 - profit.
    """
    profit = [[int(word) for word in line.split()] for line in PROFIT.split("\n") if line]
    load = [[int(word) for word in line.split()] for line in LOAD.split("\n") if line]
    one_each = sheets([[0] * 15] * 5, [1] * 15, [36, 34, 38, 27, 33], SINGLE)
    for number, lane in enumerate(one_each["Lanes"]):
        agent, job = divmod(number, 15)
        lane["Yield"] = 1 / load[agent][job]
        lane["Unit Cost"] = (25 - profit[agent][job]) / load[agent][job]
    assert cost_of(one_each) == pytest.approx(15 * 25 - 336, abs=1e-5)


@pytest.mark.parametrize("seed", range(24))
def test_one_source_per_customer_costs_what_trying_every_assignment_says(seed: int) -> None:
    rng = Random(seed)
    jobs, agents = rng.randint(3, 6), rng.randint(2, 3)
    size = [rng.randint(5, 25) for _ in range(jobs)]
    room = [int(sum(size) * rng.uniform(0.5, 0.8)) for _ in range(agents)]
    cost = [[rng.randint(10, 50) for _ in range(jobs)] for _ in range(agents)]
    found = cost_of(sheets(cost, size, room, SINGLE))
    best = assigned(cost, [size] * agents, room)
    assert (found if found is not None else float("inf")) == pytest.approx(best, abs=1e-6)


def test_a_second_source_never_costs_more_and_all_sources_least() -> None:
    """What splitting a customer saves, the reason why single sourcing is a rule of its own."""
    saved = 0
    for seed in range(6):
        rng = Random(seed)
        size = [rng.randint(5, 25) for _ in range(5)]
        room = [int(sum(size) * 0.4)] * 3
        cost = [[rng.randint(10, 50) for _ in size] for _ in room]
        one, two = (cost_of(sheets(cost, size, room, rule)) for rule in (SINGLE, DUAL))
        free = cost_of(sheets(cost, size, room, SINGLE) | {"Sourcing": []})
        assert two is not None and free is not None
        assert free <= two + 1e-6
        assert one is None or two <= one + 1e-6
        saved += one is None or free < one - 1e-6
    assert saved


def test_one_warehouse_serves_all_products_of_a_customer() -> None:
    """Two products, one choice or a choice for each, against trying all warehouses."""
    for seed in range(10):
        rng = Random(seed)
        price = {(w, p): rng.randint(1, 9) for w in "AB" for p in ("tea", "cup")}
        wanted = {p: rng.randint(1, 9) for p in ("tea", "cup")}
        tables: dict[str, Rows] = {
            "Locations": [{"Location": w, "Tier": "supplier"} for w in "AB"]
            + [{"Location": "C", "Tier": "customer"}],
            "Products": [{"Product": p, "Unit Value": 0, "Shortage Cost": 99} for p in wanted],
            "Lanes": [
                {"From": w, "To": "C", "Product": p, "Lead Time": 0, "Unit Cost": cost}
                for (w, p), cost in price.items()
            ],
            "Demand": [
                {"Location": "C", "Product": p, "Period": "1", "Quantity": q}
                for p, q in wanted.items()
            ],
            "Sourcing": [{"To": "C", "Product": "*", "Rule": "single"}],
        }
        together = min(sum(price[w, p] * q for p, q in wanted.items()) for w in "AB")
        assert cost_of(tables) == pytest.approx(together)
        tables["Sourcing"][0]["Product"] = "tea, cup"
        apart = sum(q * min(price[w, p] for w in "AB") for p, q in wanted.items())
        assert cost_of(tables) == pytest.approx(apart)
