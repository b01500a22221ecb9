"""Published production plans as planner's tables, with the cost their sources give.

What a source maximises is entered as the cost of sales that are lost: least cost = revenue of all
demand - greatest profit. Unit Value 0 takes away carrying cost; a period is one day.
"""

from collections.abc import Sequence
from typing import Any

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


def wanted(place: str, product: str, quantities: Sequence[float], **more: object) -> Rows:
    return [
        {"Location": place, "Product": product, "Period": str(t), "Quantity": quantity, **more}
        for t, quantity in enumerate(quantities, 1)
    ]


def sailco() -> tuple[Tables, float]:
    """Sailboats for four quarters: 40 a quarter at $400, more in overtime at $450, stock at $20.

    Source: W. L. Winston, Operations Research: Applications and Algorithms, 4th ed., ch. 3.10,
    example 14 (Sailco). Published: $78,450.
    """
    place = {"Location": "YARD"}
    tables: Tables = {
        "Locations": [place | {"Tier": "plant"}],
        "Products": [{"Product": "boat", "Unit Value": 0}],
        "ServiceClasses": [{"Class": "firm", "Mode": "must"}],
        "Demand": wanted("YARD", "boat", [40, 60, 75, 25], Class="firm"),
        "OpeningStock": [place | {"Product": "boat", "Quantity": 10}],
        "StockCosts": [place | {"Holding Cost": 20}],
        "Resources": [
            place | {"Resource": "crew", "Hours": 40, "Overtime Hours": 1000, "Overtime Cost": 50}
        ],
        "Recipes": [
            place
            | {"Recipe": "BUILD", "Output": "boat", "Resource": "crew", "Hours Per Unit": 1}
            | {"Unit Cost": 400}
        ],
    }
    return tables, 78_450.0


def steel() -> tuple[Tables, float]:
    """Bands and coils of one mill in four weeks, limited by its hours and by the market.

    Source: R. Fourer, D. M. Gay and B. W. Kernighan, AMPL: A Modeling Language for Mathematical
    Programming, 2nd ed., ch. 4.2 (steelT). Published: profit 515,033.
    """
    market = {"bands": [6000, 6000, 4000, 6500], "coils": [4000, 2500, 3500, 4200]}
    revenue = {"bands": [25, 26, 27, 27], "coils": [30, 35, 37, 39]}
    rate, cost = {"bands": 200, "coils": 140}, {"bands": 10, "coils": 11}
    stock, place = {"bands": 2.5, "coils": 3}, {"Location": "MILL"}
    tables: Tables = {
        "Locations": [place | {"Tier": "plant"}],
        "Products": [{"Product": code, "Unit Value": 0, "Shortage Cost": 1} for code in market],
        "Demand": [
            row | {"Shortage Cost": price}
            for code in market
            for row, price in zip(wanted("MILL", code, market[code]), revenue[code], strict=True)
        ],
        "OpeningStock": [place | {"Product": "bands", "Quantity": 10}],
        "StockCosts": [
            place | {"Product": code, "Holding Cost": money} for code, money in stock.items()
        ],
        "Resources": [
            place | {"Resource": "mill", "Period": str(t), "Hours": hours}
            for t, hours in enumerate((40, 40, 32, 40), 1)
        ],
        "Recipes": [
            place
            | {"Recipe": f"ROLL {code}", "Output": code, "Resource": "mill"}
            | {"Hours Per Unit": 1 / rate[code], "Unit Cost": cost[code]}
            for code in market
        ],
    }
    return tables, _value(market, revenue) - 515_033.0


MACHINES = {"grinder": 4, "vertical drill": 2, "horizontal drill": 3, "borer": 1, "planer": 1}
HOURS_OF_MACHINE = 24 * 2 * 8
MAINTENANCE = {
    1: {"grinder": 1},
    2: {"horizontal drill": 2},
    3: {"borer": 1},
    4: {"vertical drill": 1},
    5: {"grinder": 1, "vertical drill": 1},
    6: {"planer": 1, "horizontal drill": 1},
}
WORK = {
    "grinder": [0.5, 0.7, 0, 0, 0.3, 0.2, 0.5],
    "vertical drill": [0.1, 0.2, 0, 0.3, 0, 0.6, 0],
    "horizontal drill": [0.2, 0, 0.8, 0, 0, 0, 0.6],
    "borer": [0.05, 0.03, 0, 0.07, 0.1, 0, 0.08],
    "planer": [0, 0, 0.01, 0, 0.05, 0, 0.05],
}
PROFIT = [10, 6, 8, 4, 11, 9, 3]
MARKET = [
    [500, 600, 300, 200, 0, 500],
    [1000, 500, 600, 300, 100, 500],
    [300, 200, 0, 400, 500, 100],
    [300, 0, 0, 500, 100, 300],
    [800, 400, 500, 200, 1000, 1100],
    [200, 300, 400, 0, 300, 500],
    [100, 150, 100, 100, 0, 60],
]


def factory_planning() -> tuple[Tables, float]:
    """Seven products on five kinds of machines that are down for maintenance in their turn.

    At most 100 of each product may be kept, at 0.5 a month; 50 of each are wanted at the end.
    Source: H. P. Williams, Model Building in Mathematical Programming, 5th ed., ex. 3 (Factory
    planning), also Gurobi/modeling-examples, factory_planning_1. Published: profit 93,715.18.
    """
    codes = [f"PROD{number}" for number in range(1, 8)]
    place = {"Location": "FACTORY"}
    need = {
        code: {machine: hours[at] for machine, hours in WORK.items() if hours[at]}
        for at, code in enumerate(codes)
    }
    first = {code: next(iter(machines)) for code, machines in need.items()}
    market, price = dict(zip(codes, MARKET, strict=True)), dict(zip(codes, PROFIT, strict=True))
    tables: Tables = {
        "Locations": [place | {"Tier": "plant"}],
        "Products": [
            {"Product": code, "Unit Value": 0, "Shortage Cost": price[code]} for code in codes
        ],
        "Demand": [row for code in codes for row in wanted("FACTORY", code, market[code])],
        "StockCosts": [place | {"Holding Cost": 0.5}],
        "StockTargets": [
            place | {"Max Stock": 100, "Hardness": "hard"},
            place | {"Period": "6", "Safety Stock": 50},
        ],
        "Resources": [
            place
            | {"Resource": machine, "Period": str(month)}
            | {"Hours": (count - down.get(machine, 0)) * HOURS_OF_MACHINE}
            for month, down in MAINTENANCE.items()
            for machine, count in MACHINES.items()
        ],
        "Recipes": [
            place
            | {"Recipe": f"MAKE {code}", "Output": code, "Resource": first[code]}
            | {"Hours Per Unit": need[code][first[code]]}
            for code in codes
        ],
        "RecipeResources": [
            {"Recipe": f"MAKE {code}", "Resource": machine, "Hours Per Unit": hours}
            for code in codes
            for machine, hours in need[code].items()
            if machine != first[code]
        ],
    }
    all_sold = _value(market, {code: [price[code]] * 6 for code in codes})
    return tables, all_sold - 93_715.178_571


def wagner_whitin() -> tuple[Tables, float]:
    """When to make how much in twelve months; the setup of a month is the fixed cost of the line.

    Source: H. M. Wagner and T. M. Whitin, Management Science 5 (1958); data repeated in many
    places as the example of the paper. Published: 864.
    """
    demand = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56]
    setup = [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114]
    place = {"Location": "PLANT"}
    tables: Tables = {
        "Locations": [place | {"Tier": "plant"}],
        "Products": [{"Product": "item", "Unit Value": 0}],
        "ServiceClasses": [{"Class": "firm", "Mode": "must"}],
        "Demand": wanted("PLANT", "item", demand, Class="firm"),
        "StockCosts": [place | {"Holding Cost": 1}],
        "Resources": [
            place | {"Resource": "line", "Period": str(month), "Hours": 1000, "Fixed Cost": money}
            for month, money in enumerate(setup, 1)
        ],
        "Recipes": [
            place | {"Recipe": "MAKE", "Output": "item", "Resource": "line", "Hours Per Unit": 1}
        ],
    }
    return tables, 864.0


def _value(market: dict[str, Any], price: dict[str, Any]) -> float:
    """Revenue of all that the market would take."""
    return float(
        sum(
            quantity * money
            for code in market
            for quantity, money in zip(market[code], price[code], strict=True)
        )
    )


CASES = {
    "sailco": sailco,
    "steel": steel,
    "factory planning": factory_planning,
    "wagner-whitin": wagner_whitin,
}
