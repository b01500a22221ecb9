"""Published fixed-charge networks and lot sizes as planner's tables, with their least cost.

Unit Value 0 takes away carrying cost, "must be met in full" is a class with mode ``must``, and a
period is one day.
"""

from functools import cache
from itertools import product
from typing import Any

import numpy as np
from published_production import wanted
from scipy.optimize import linprog

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
MUST: Rows = [{"Class": "firm", "Mode": "must"}]


def _places(tier: str, codes: Any, **more: object) -> Rows:
    """Places that pass on in the period what comes in."""
    return [{"Location": code, "Tier": tier, "Holds Stock": "N", **more} for code in codes]


def _products(codes: Any) -> Rows:
    return [{"Product": code, "Unit Value": 0, "Class": "firm"} for code in codes]


def _numbers(text: str) -> list[list[float]]:
    """Lines of numbers."""
    return [[float(word) for word in line.split()] for line in text.strip().splitlines()]


MILLS, MARKETS = ("GARY", "CLEV", "PITT"), ("FRA", "DET", "LAN", "WIN", "STL", "FRE", "LAF")
MADE = {"bands": (400, 700, 800), "coils": (800, 1600, 1800), "plate": (200, 300, 300)}
MARKET = {
    "bands": (300, 300, 100, 75, 650, 225, 250),
    "coils": (500, 750, 400, 250, 950, 850, 500),
    "plate": (100, 100, 0, 50, 200, 100, 250),
}
FREIGHT = {
    "bands": "30 10 8 10 11 71 6 \n 22 7 10 7 21 82 13 \n 19 11 12 10 25 83 15",
    "coils": "39 14 11 14 16 82 8 \n 27 9 12 9 26 95 17 \n 24 14 17 13 28 99 20",
    "plate": "41 15 12 16 17 86 8 \n 29 9 13 9 28 99 18 \n 26 14 17 13 31 104 20",
}
DEPARTURE = """
3000 1200 1200 1200 2500 3500 2500
2000 1000 1500 1200 2500 3000 2200
2000 1200 1500 1500 2500 3500 2200
"""


def steel_lanes(most_markets: int | None) -> Tables:
    """Three products, 21 lanes with a fixed cost, at least 375 on a lane that is used.

    A lane carries 625 at most, all products together; a mill serves ``most_markets`` at most.
    """
    fixed = _numbers(DEPARTURE)
    lanes = [
        {"From": mill, "To": market, "Product": code, "Lead Time": 0}
        | {"Unit Cost": _numbers(lines)[i][j], "Fixed Cost": fixed[i][j]}
        | {"Min Shipment": 375, "Max Shipment": 625}
        for code, lines in FREIGHT.items()
        for i, mill in enumerate(MILLS)
        for j, market in enumerate(MARKETS)
    ]
    served = {"Variable": "departures", "Sense": "<=", "Value": most_markets}
    return {
        "Locations": _places("plant", MILLS) + _places("customer", MARKETS),
        "Products": _products(MADE),
        "ServiceClasses": MUST,
        "Lanes": lanes,
        "Demand": [
            {"Location": market, "Product": code, "Period": "1", "Quantity": quantity}
            for code, row in MARKET.items()
            for market, quantity in zip(MARKETS, row, strict=True)
            if quantity
        ],
        "Supply": [
            {"Location": mill, "Product": code, "Max": most}
            for code, row in MADE.items()
            for mill, most in zip(MILLS, row, strict=True)
        ],
        "UserRows": [{"Row": f"markets of {mill}", "From": mill, **served} for mill in MILLS]
        if most_markets is not None
        else [],
    }


def steel_with_minimum_loads() -> tuple[Tables, float]:
    """Source: R. Fourer, D. M. Gay and B. W. Kernighan, AMPL: A Modeling Language for Mathematical
    Programming, 2nd ed., ch. 20.1 (multmip2). Published: 233,150.
    """
    return steel_lanes(None), 233_150.0


def steel_with_five_markets_each() -> tuple[Tables, float]:
    """Source: Fourer, Gay and Kernighan, 2nd ed., ch. 20.1 (multmip3, figure 20-2). Published:
    235,625.
    """
    return steel_lanes(5), 235_625.0


ARCS = """
1-out 28.21 0.979, 1-3 18.57 0.034, 2-3 8.45 0.016, 2-out 21.16 0.914, 3-5 28.38 0.057,
4-5 9.8 0.016, 4-out 23.29 0.969, 5-7 5.07 0.006, 6-7 6.78 0.01, 7-8 2.9 0.002,
8-out 27.89 0.976, 8-9 10.03 0.017, 10-12 14.74 0.027, 11-12 6.19 0.009, 12-out 22.1 0.964,
12-13 15.82 0.025, 13-16 11.33 0.015, 14-15 5.79 0.01, 15-16 3.9 0.006, 16-out 24.79 0.97,
16-17 16.36 0.022, 17-18 3.45 0.003, 9-18 2.26 0.002, 18-19 3.86 0.004, 19-24 8.41 0.969,
24-out 26.46 0.021, 23-24 16.01 0.026, 22-23 16.73 0.022, 20-22 11.75 0.005, 21-22 3.25 0.971,
22-out 27.41 0.004, 24-26 5.98 0.054, 25-26 21.88 0.054, 25-out 43.71 1.017, 26-27 11.42 0.02,
27-out 23.4 0.967, 27-32 7.5 0.011, 30-31 6.73 0.012, 31-32 5.92 0.004, 29-31 9.7 0.012,
28-29 12.67 0.024, 28-out 26.45 0.975, 32-33 2.71 0.002, 33-37 5.89 0.004, 36-37 9.85 0.018,
34-36 8.5 0.016, 35-36 9 0.015, 37-38 2.27 0.001, 38-40 6.37 0.009, 39-40 16.2 0.025,
40-out 23.58 0.967, 41-out 29.93 0.98, 40-41 6.73 0.01, 41-42 20.66 0.035, 42-out 30.92 0.978
"""
INFLOW = """
1 2.45, 2 0.61, 4 7.91, 6 4.54, 7 1.14, 9 0.28, 10 1.13, 11 21.46, 13 4.64, 14 0.31, 15 1.24,
17 0.07, 19 2.41, 20 0.39, 21 7.41, 23 0.07, 25 19.22, 26 10.49, 28 0.88, 29 5.7, 30 0.28,
31 0.28, 33 0.19, 34 0.19, 35 0.28, 36 0.57, 38 5.3, 39 5.32, 40 0.76, 41 5.08, 42 6.44
"""
ALL_OF_IT = 117.04


def drainage() -> tuple[Tables, float]:
    """Pipes with a fixed cost through up to a dozen stages of 42 nodes.

    Goods go the other way than the water, from the outlet to the nodes, which is the same
    network: a works sends to places that are served or pass on.
    Source: egout of MIPLIB 3.0 (R. E. Bixby, S. Ceria, C. M. McZeal and M. W. P. Savelsbergh,
    Optima 58, 1998), from E. Loute and L. A. Wolsey: drainage system design, 42 nodes, 55 arcs.
    Published: 568.101.
    """
    lanes: Rows = []
    nodes: dict[str, None] = {}
    for words in (arc.split() for arc in ARCS.replace("\n", " ").split(",")):
        start, end = words[0].split("-")
        nodes |= {one: None for one in (start, end) if one != "out"}
        lanes.append(
            {"From": "WORKS" if end == "out" else f"N{end}", "To": f"N{start}", "Lead Time": 0}
            | {"Fixed Cost": float(words[1]), "Unit Cost": float(words[2])}
            | {"Max Shipment": ALL_OF_IT}
        )
    inflow = [pair.split() for pair in INFLOW.replace("\n", " ").split(",")]
    tables: Tables = {
        "Locations": _places("plant", ["WORKS"]) + _places("RDC", [f"N{node}" for node in nodes]),
        "Products": _products(["goods"]),
        "ServiceClasses": MUST,
        "Lanes": [lane | {"Kind": "replenish"} for lane in lanes],
        "Demand": [
            {"Location": f"N{node}", "Product": "goods", "Period": "1", "Quantity": float(units)}
            for node, units in inflow
        ],
        "Supply": [{"Location": "WORKS", "Product": "goods"}],
    }
    return tables, 568.1007


PLANT_MOST = {"A": (80, 40, 75), "B": (20, 60, 75)}
TO_CENTRE = {
    "A": "1 3 3 5 \n 4 4.5 1.5 3.8 \n 2 3.3 2.2 3.2",
    "B": "1 2 2 5 \n 4 4.6 1.3 3.5 \n 1.8 3 2 3.5",
}
TO_CUSTOMER = {
    "A": "5 5 3 2 4 \n 5.1 4.9 3.3 2.5 2.7 \n 3.5 2 1.9 4 4.3 \n 1 1.8 4.9 4.8 2",
    "B": "5 4.9 3.3 2.5 4.1 \n 5 4.8 3 2.2 2.5 \n 3.2 2 1.7 3.5 4 \n 1.5 2 5 5 2.3",
}
OPENING = (100, 150, 160, 139)
WANTED = {"A": (25, 30, 50, 15, 35), "B": (25, 8, 0, 30, 30)}


def distribution() -> tuple[Tables, float]:
    """Plants, centres with a fixed cost, customers that one centre serves with both products.

    Source: Lindo Systems, LINGO sample model MULLDC by K. Tanner, after A. M. Geoffrion and
    G. W. Graves, Management Science 20 (1974). No answer is published with it: the optimum is
    proven here by ``every_assignment``.
    """
    lanes = []
    for origin, ends, freight in (("P", "DC", TO_CENTRE), ("DC", "C", TO_CUSTOMER)):
        lanes += [
            {"From": f"{origin}{i}", "To": f"{ends}{j}", "Product": code, "Lead Time": 0}
            | {"Unit Cost": cost}
            for code, lines in freight.items()
            for i, row in enumerate(_numbers(lines), 1)
            for j, cost in enumerate(row, 1)
        ]
    centres = [f"DC{k}" for k in range(1, 5)]
    tables: Tables = {
        "Locations": _places("plant", ("P1", "P2", "P3"))
        + _places("CDC", centres, Status="consider")
        + _places("customer", [f"C{c}" for c in range(1, 6)]),
        "Products": _products(WANTED),
        "ServiceClasses": MUST,
        "Lanes": lanes,
        "Demand": [
            {"Location": f"C{c}", "Product": code, "Period": "1", "Quantity": quantity}
            for code, row in WANTED.items()
            for c, quantity in enumerate(row, 1)
            if quantity
        ],
        "Supply": [
            {"Location": f"P{j}", "Product": code, "Max": most}
            for code, row in PLANT_MOST.items()
            for j, most in enumerate(row, 1)
        ],
        "Sites": [
            {"Location": centre, "Open Cost": cost}
            for centre, cost in zip(centres, OPENING, strict=True)
        ],
        "Sourcing": [{"To": "Tier=customer", "Product": "*", "Rule": "single"}],
    }
    return tables, every_assignment()


@cache
def every_assignment() -> float:
    """Least cost of giving each customer to a centre: all 1,024 ways, each a transport problem."""
    best = float("inf")
    out = {code: np.array(_numbers(lines)) for code, lines in TO_CUSTOMER.items()}
    for centres in product(range(4), repeat=5):
        cost = float(sum(OPENING[k] for k in set(centres)))
        cost += sum(
            out[one][k, c] * row[c] for one, row in WANTED.items() for c, k in enumerate(centres)
        )
        if cost >= best:
            continue
        for code, row in WANTED.items():
            needs = np.bincount(centres, row, minlength=4)
            cost += _brought(np.array(_numbers(TO_CENTRE[code])), PLANT_MOST[code], needs)
        best = min(best, cost)
    return best


def _brought(cost: np.ndarray, most: tuple[int, ...], needs: np.ndarray) -> float:
    """Least cost of bringing what the centres need from the plants; infinite where they cannot."""
    plants, centres = cost.shape
    sent, came = np.kron(np.eye(plants), np.ones(centres)), np.tile(np.eye(centres), plants)
    found = linprog(cost.ravel(), sent, most, came, needs)
    return float(found.fun) if found.success else float("inf")


ITEMS = """
3 30 600 \n 1 20 1000 \n 1 30 800 \n 3 40 400 \n 2 40 800 \n 2 10 400
3 30 800 \n 1 20 600 \n 3 10 800 \n 4 50 800 \n 1 30 800 \n 2 20 200
"""
DEMAND = """
0 98 106 98 0 103 110 85 122 120 117 125
95 96 0 121 124 102 93 92 116 124 96 112
110 96 89 0 113 0 0 101 109 94 78 75
96 98 123 105 123 95 112 110 0 105 0 0
86 103 96 98 123 107 84 93 105 92 108 116
124 104 105 96 79 105 124 96 108 86 87 103
83 122 83 101 111 107 98 120 88 101 114 122
108 101 82 81 98 105 101 109 98 106 107 88
114 89 112 117 97 75 83 121 77 75 110 85
121 108 109 76 80 93 87 87 90 109 94 84
110 101 119 103 98 115 105 92 110 83 104 76
124 109 85 81 124 113 118 85 102 95 101 102
104 106 99 95 78 111 115 91 107 79 108 84
86 108 80 105 108 105 106 93 99 108 110 88
87 76 123 102 109 85 78 109 96 100 80 82
"""
HOURS = 1456


def lot_sizes_with_setup_times() -> tuple[Tables, float]:
    """Twelve items on one line in fifteen periods: setups take hours and money, stock costs money.

    Source: G53 of W. W. Trigeiro, L. J. Thomas and J. O. McClain, Capacitated lot sizing with
    setup times, Management Science 35 (1989), as in github.com/gsamaro/trigeiro_fdata; tr12-15 of
    LOTSIZELIB (G. Belvaux and L. A. Wolsey, bc-prod, Management Science 46, 2000). Published:
    74,634.
    """
    place = {"Location": "PLANT"}
    codes = [f"item {number}" for number in range(1, 13)]
    items = dict(zip(codes, _numbers(ITEMS), strict=True))
    quantities = dict(zip(codes, zip(*_numbers(DEMAND), strict=True), strict=True))
    tables: Tables = {
        "Locations": [place | {"Tier": "plant"}],
        "Products": _products(codes),
        "ServiceClasses": MUST,
        "Demand": [row for code in codes for row in wanted("PLANT", code, quantities[code])],
        "StockCosts": [
            place | {"Product": code, "Holding Cost": item[0]} for code, item in items.items()
        ],
        "Resources": [place | {"Resource": "line", "Hours": HOURS}],
        "Recipes": [
            place
            | {"Recipe": f"MAKE {code}", "Output": code, "Resource": "line"}
            | {"Hours Per Unit": 1, "Setup Hours": hours, "Setup Cost": money}
            for code, (_, hours, money) in items.items()
        ],
    }
    return tables, 74_634.0


CASES = {
    "minimum loads": steel_with_minimum_loads,
    "minimum loads, five markets a mill": steel_with_five_markets_each,
    "drainage": drainage,
    "distribution": distribution,
    "lot sizes with setup times": lot_sizes_with_setup_times,
}
