"""Locations that open and close: published answers, and every pattern of open places tried."""

from collections.abc import Mapping
from itertools import product
from math import hypot, inf
from random import Random
from typing import Any

import pandas as pd
import pytest
from in_process import cost_of, least, least_cost_of
from published import williams

import tierstock as ts
from tierstock.solvers.compile import compile_model

Rows = list[dict[str, Any]]
MUST: Rows = [{"Class": "firm", "Mode": "must"}]


def depots_of_williams() -> dict[str, pd.DataFrame]:
    """Distribution 1 with two depots that may be built, two that may close, one larger.

    Source: H. P. Williams, Model Building in Mathematical Programming, 5th ed., ex. 20
    (Distribution 2). Published: 174,000 a month, with what closing Newcastle and Exeter would
    save counted from today; Birmingham is enlarged, Northampton built, Newcastle closed.
    Here the two cost 10,000 and 5,000 while they are open, so the answer is 15,000 more.
    """
    tables = williams()
    larger = "Birmingham 2"
    freight = {
        ("Liverpool", "Bristol"): 0.6,
        ("Liverpool", "Northampton"): 0.4,
        ("Brighton", "Bristol"): 0.4,
        ("Brighton", "Northampton"): 0.3,
        **{("Bristol", to): c for to, c in zip("12356", (1.2, 0.6, 0.5, 0.3, 0.8), strict=True)},
        **{("Northampton", to): c for to, c in zip("2456", (0.4, 0.5, 0.6, 0.9), strict=True)},
    }
    lanes = [(a, f"C{b}" if len(b) == 1 else b, 0, cost) for (a, b), cost in freight.items()]
    same = tables["Lanes"].replace("Birmingham", larger)
    same = same[(same["From"] == larger) | (same["To"] == larger)]
    new = [(code, "RDC", "N", "consider") for code in ("Bristol", "Northampton", larger)]
    columns = ["Location", "Kind", "Dimension", "Per", "Limit"]
    limits = {"Bristol": 30000, "Northampton": 25000, larger: 20000}
    rooms = [(code, "inbound", "unit", "bucket", most) for code, most in limits.items()]
    fixed = {"Newcastle": 10000, "Exeter": 5000, "Bristol": 12000, "Northampton": 4000}
    sites = [(code, cost, "depots", 2) for code, cost in fixed.items()]
    return {
        **tables,
        "Locations": pd.concat(
            [
                tables["Locations"].assign(Status="open"),
                pd.DataFrame(new, columns=["Location", "Tier", "Holds Stock", "Status"]),
            ]
        ),
        "Lanes": pd.concat(
            [tables["Lanes"], pd.DataFrame(lanes, columns=tables["Lanes"].columns), same]
        ),
        "Capacity": pd.concat([tables["Capacity"], pd.DataFrame(rooms, columns=columns)]),
        "Sites": pd.DataFrame(
            [*sites, (larger, 3000, None, None)],
            columns=["Location", "Fixed Cost", "Group", "Max In Group"],
        ),
    }


def test_the_depots_of_williams_cost_what_is_published() -> None:
    plan = ts.solve(ts.build(ts.read(depots_of_williams())), gap=0, progress=False)
    assert plan.objective == pytest.approx(174_000 + 15_000, abs=0.5)
    results = plan.tables["SiteResults"]
    assert sorted(results[results["Open"] == "Y"]["Location"]) == [
        "Birmingham 2",
        "Exeter",
        "Northampton",
    ]


def stores_and_depots(
    demand: Mapping[str, float],
    most: Mapping[str, float],
    building: Mapping[str, float],
    delivery: Mapping[tuple[str, str], float],
) -> dict[str, Rows]:
    """Depots to build that hold all they may sell, customers that must be served."""
    return {
        "Locations": [
            *({"Location": d, "Tier": "plant", "Status": "consider"} for d in building),
            *({"Location": c, "Tier": "customer"} for c in demand),
        ],
        "Products": [{"Product": "goods", "Unit Value": 0, "Class": "firm"}],
        "ServiceClasses": MUST,
        "Lanes": [
            {"From": d, "To": c, "Lead Time": 0, "Unit Cost": cost / demand[c]}
            for (d, c), cost in delivery.items()
        ],
        "Demand": [
            {"Location": c, "Product": "goods", "Period": "1", "Quantity": quantity}
            for c, quantity in demand.items()
        ],
        "Supply": [{"Location": d, "Product": "goods", "Max": most[d]} for d in building],
        "Sites": [{"Location": d, "Open Cost": cost} for d, cost in building.items()],
    }


def test_twelve_depots_for_twelve_sales_centres_cost_what_is_published() -> None:
    """Source: Gueret, Prins & Sevaux, Applications of Optimization with Xpress-MP (2002), 10.4.

    Published: 18,103 thousand.
    """
    lines = (
        "100 80 50 50 60 100 120 90 60 70 65 110",
        "120 90 60 70 65 110 140 110 80 80 75 130",
        "140 110 80 80 75 130 160 125 100 100 80 150",
        "160 125 100 100 80 150 190 150 130 - - -",
        "190 150 130 - - - 200 180 150 - - -",
        "200 180 150 - - - 100 80 50 50 60 100",
    )
    wanted = (120, 80, 75, 100, 110, 100, 90, 60, 30, 150, 95, 120)
    building = (3500, 9000, 10000, 4000, 3000, 9000, 9000, 3000, 4000, 10000, 9000, 3500)
    room = (300, 250, 100, 180, 275, 300, 200, 220, 270, 250, 230, 180)
    names = [f"D{d + 1}" for d in range(12)]
    tables = stores_and_depots(
        {f"C{c + 1}": quantity for c, quantity in enumerate(wanted)},
        dict(zip(names, room, strict=True)),
        dict(zip(names, building, strict=True)),
        {
            (name, f"C{c + 1}"): float(cost)
            for name, line in zip(names, lines * 2, strict=True)
            for c, cost in enumerate(line.split())
            if cost != "-"
        },
    )
    assert cost_of(tables) == pytest.approx(18_103, abs=0.5)


def test_two_supermarkets_and_nine_places_for_a_warehouse_cost_what_is_published() -> None:
    """Source: Gurobi/modeling-examples, facility_location. Published: 4.72 (million)."""
    markets = {"M1": (0, 1.5), "M2": (2.5, 1.2)}
    places = {f"W{x}{y}": (x, y) for x in range(3) for y in range(3)}
    building = dict(zip(places, (3, 2, 3, 1, 3, 3, 4, 3, 2), strict=True))
    miles = {
        (w, m): hypot(places[w][0] - markets[m][0], places[w][1] - markets[m][1])
        for w in places
        for m in markets
    }
    tables = stores_and_depots(
        dict.fromkeys(markets, 1.0), dict.fromkeys(places, 2.0), building, miles
    )
    assert cost_of(tables) == pytest.approx(4.72, abs=0.005)


def cheapest(network: dict[str, Any]) -> float:
    """Try every pattern of open places over the periods; then goods go the cheapest open way."""
    codes, count = list(network["sites"]), network["periods"]
    best = inf
    for pattern in product((0, 1), repeat=len(codes) * count):
        states = {code: pattern[k * count : (k + 1) * count] for k, code in enumerate(codes)}
        cost = sum(_of_states(network["sites"][code], states[code]) for code in codes)
        for (customer, t), wanted in network["demand"].items():
            ways = [network["lost"]]
            for depot, hub in network["ways"]:
                if states[depot][t] and states[hub][t]:
                    price = network["in"][hub] + network["between"][hub, depot]
                    ways.append(price + network["out"][depot, customer])
            cost += wanted * min(ways)
        best = min(best, cost)
    return best


def _of_states(site: dict[str, Any], states: tuple[int, ...]) -> float:
    before, cost = 0, 0.0
    for t, now in enumerate(states):
        if now > before:
            cost += site["Open Cost"]
            if not all(states[t : t + site["Min Open"]]):
                return inf
        cost += site["Close Cost"] * (before > now) + site["Fixed Cost"] * now
        before = now
    return cost


@pytest.mark.parametrize("seed", range(12))
def test_hubs_and_depots_cost_what_trying_every_pattern_says(seed: int) -> None:
    rng = Random(seed)
    hubs, depots, customers = ("H1", "H2"), ("D1", "D2"), ("C1", "C2", "C3")
    count = rng.choice((2, 2, 3))
    network: dict[str, Any] = {
        "periods": count,
        "lost": rng.randint(8, 25),
        "sites": {
            code: {
                "Open Cost": rng.randint(0, 30),
                "Close Cost": rng.randint(0, 10),
                "Fixed Cost": rng.randint(0, 25),
                "Min Open": rng.choice((0, 1, 2)),
            }
            for code in (*hubs, *depots)
        },
        "in": {hub: rng.randint(0, 4) for hub in hubs},
        "between": {(h, d): rng.randint(0, 6) for h in hubs for d in depots},
        "out": {(d, c): rng.randint(0, 9) for d in depots for c in customers},
        "ways": [(d, h) for d in depots for h in hubs],
        "demand": {(c, t): rng.randint(0, 6) for c in customers for t in range(count)},
    }
    lanes = {("S", hub): cost for hub, cost in network["in"].items()}
    lanes |= network["between"] | network["out"]
    closed = {"Tier": "RDC", "Status": "consider", "Holds Stock": "N"}
    tables: dict[str, Rows] = {
        "Locations": [
            {"Location": "S", "Tier": "supplier"},
            *({"Location": code, **closed} for code in network["sites"]),
            *({"Location": code, "Tier": "customer"} for code in customers),
        ],
        "Products": [{"Product": "A", "Unit Value": 0, "Shortage Cost": network["lost"]}],
        "Lanes": [
            {"From": a, "To": b, "Lead Time": 0, "Unit Cost": cost}
            for (a, b), cost in lanes.items()
        ],
        "Demand": [
            {"Location": c, "Product": "A", "Period": str(t + 1), "Quantity": quantity}
            for (c, t), quantity in network["demand"].items()
        ],
        "Sites": [{"Location": code, **row} for code, row in network["sites"].items()],
    }
    assert cost_of(tables) == pytest.approx(cheapest(network), rel=1e-6, abs=1e-6)


def test_the_relaxation_of_a_depot_location_is_tight() -> None:
    """Per product and customer the links leave no gap here; a common number for all would.

    Two depots, each cheap for its own customer: with x <= d y the linear relaxation is whole.
    """
    tables = stores_and_depots(
        {"C1": 10, "C2": 10},
        {"D1": 20, "D2": 20},
        {"D1": 6, "D2": 6},
        {("D1", "C1"): 10, ("D1", "C2"): 60, ("D2", "C1"): 60, ("D2", "C2"): 10},
    )
    network = ts.read({name: pd.DataFrame(rows) for name, rows in tables.items()})
    model = ts.build(network)
    model.site_open.integer = False
    assert least_cost_of(network) == pytest.approx(32)
    assert least(compile_model(model).arrays) == pytest.approx(32)
