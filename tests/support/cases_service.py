"""Service targets, fairness and priorities on networks solved by hand."""

from families import HOLD, TWO, Case, lane, stock
from small import Rows, demand

SHOP: Rows = [{"Location": "S1", "Tier": "store"}]
SHOPS: Rows = [
    {"Location": "DC", "Tier": "RDC"},
    {"Location": "S1", "Tier": "store"},
    {"Location": "S2", "Tier": "store"},
]
FEED: Rows = [{"From": "DC", "To": "S1, S2", "Lead Time": 0}]
FREE: Rows = [{"Product": "tea", "Unit Value": 0}]
TEN: Rows = [stock("DC", 10)]


def priced(location: str, lost: float, *quantities: float, **more: object) -> Rows:
    """Demand rows with the price of a lost unit."""
    return demand(location, "tea", *quantities, **{"Shortage Cost": lost, **more})


def settings(**values: object) -> Rows:
    return [{"Setting": name, "Value": value} for name, value in values.items()]


TARGETS: dict[str, Case] = {
    "target_fill": Case(
        {
            "Locations": SHOP,
            "Products": FREE,
            "Demand": priced("S1", 2, 8, 4),
            "Supply": [{"Location": "S1", "Product": "tea", "Max": 5, "Unit Cost": 3}],
            "StockCosts": HOLD,
            "ServiceTargets": [
                {"Target": "A", "Window": "each period", "Minimum": 0.75, "Penalty": 10}
            ],
        },
        42.0,
        "A unit costs 3 and its loss only 2, so no more is bought than the target asks: 6, of "
        "which 5 can be had (15 + 3 x 2 + 10 for the one short), then 3 (9 + 2).",
    ),
    "target_value": Case(
        {
            "Locations": TWO,
            "Products": [*FREE, {"Product": "cup", "Unit Value": 0, "Price": 4}],
            "Lanes": lane(**{"Max Shipment": 5}),
            "Demand": priced("S1", 1, 5, Price=10) + demand("S1", "cup", 5, **{"Shortage Cost": 2}),
            "OpeningStock": [stock("DC", 9), stock("DC", 9) | {"Product": "cup"}],
            "ServiceTargets": [
                {"Target": "A", "Measure": "value-fill", "Minimum": 0.5, "Hardness": "hard"}
            ],
        },
        7.5,
        "The lane takes 5. Cups are dearer to lose, but half of the 70 money wanted must be "
        "served: 10 x + 4 (5 - x) >= 35 at x = 2.5 tea: 2.5 x 1 + 2.5 x 2.",
    ),
    "target_cycle": Case(
        {
            "Locations": SHOP,
            "Products": FREE,
            "Demand": priced("S1", 0.2, 4, 2, 4),
            "Supply": [{"Location": "S1", "Product": "tea", "Max": 3}],
            "StockCosts": [{"Location": "*", "Holding Cost": 0.21}],
            "ServiceTargets": [
                {"Target": "A", "Measure": "cycle", "Minimum": 0.6, "Penalty": 1},
                {"Target": "B", "Measure": "cycle", "Minimum": 1, "Penalty": 0.01},
            ],
        },
        0.42,
        "One is lost on the first day (0.2), whatever happens: the one stock-out that A allows and "
        "B counts (0.01). Keeping one for the third day costs 0.21, losing it 0.2 + 1 + 0.01.",
    ),
    "target_hard": Case(
        {
            "Locations": TWO,
            "Products": FREE,
            "Lanes": lane(**{"Lead Time": 1, "Unit Cost": 3}),
            "Demand": priced("S1", 1, 2, 2, 2),
            "OpeningStock": [stock("DC", 9)],
            "ServiceTargets": [
                {"Target": "A", "Minimum": 1, "Hardness": "hard", "Window": "1, 2"},
                {"Target": "B", "Minimum": 0.5, "Hardness": "hard", "Measure": "cycle"},
            ],
        },
        14.0,
        "The first day cannot be reached (2 lost): A gives way to it and asks for the second day; "
        "B allows one stock-out of three, and that is the first day: 2 x 1 + 4 x 3.",
    ),
}

FAIR: dict[str, Case] = {
    "fair_max_min": Case(
        {
            "Locations": SHOPS,
            "Products": FREE,
            "Lanes": FEED,
            "Demand": priced("S1", 3, 10) + priced("S2", 1, 10),
            "OpeningStock": TEN,
            "ServiceTargets": [{"Target": "A", "Minimum": 0, "Fairness": "max-min", "Penalty": 2}],
        },
        40.0,
        "5 for each: 15 + 5 lost and 2 x 20 x (1 - 1/2). All 10 for S1 would be 10 + 2 x 20.",
    ),
    "fair_first": Case(
        {
            "Locations": SHOPS,
            "Products": FREE,
            "Lanes": FEED,
            "Demand": priced("S1", 0.03, 10) + priced("S2", 0.01, 30),
            "OpeningStock": TEN,
            "Settings": settings(objective_tolerance=0),
            "ServiceTargets": [{"Target": "A", "Minimum": 0, "Fairness": "max-min"}],
        },
        0.45,
        "Without a price fairness comes before cost: a quarter for each, 2.5 and 7.5: "
        "7.5 x 0.03 + 22.5 x 0.01.",
    ),
    "fair_proportional": Case(
        {
            "Locations": SHOPS,
            "Products": FREE,
            "Lanes": FEED,
            "Demand": priced("S1", 3, 10) + priced("S2", 1, 30),
            "OpeningStock": TEN,
            "ServiceTargets": [
                {
                    "Target": "A",
                    "Minimum": 0,
                    "Fairness": "proportional",
                    "Tolerance": 0.1,
                    "Hardness": "hard",
                }
            ],
        },
        43.0,
        "A quarter of all can be served; S1 may have 0.35 x 10 = 3.5, S2 has 6.5: 6.5 x 3 + 23.5.",
    ),
    "fair_proportional_soft": Case(
        {
            "Locations": SHOPS,
            "Products": FREE,
            "Lanes": [
                {"From": "DC", "To": "S1", "Lead Time": 0},
                {"From": "DC", "To": "S2", "Lead Time": 0, "Max Shipment": 4},
            ],
            "Demand": priced("S1", 3, 10) + priced("S2", 1, 30),
            "OpeningStock": TEN,
            "ServiceTargets": [
                {
                    "Target": "A",
                    "Minimum": 0,
                    "Fairness": "proportional",
                    "Tolerance": 0.1,
                    "Penalty": 3,
                }
            ],
        },
        46.0,
        "S2 gets 4 at most. A unit more for S1 saves 3 and puts S1 0.75 units more beyond its "
        "share (2.25), from 16/3 on S2 as much below its own (4.5): S1 gets 16/3, 14/3 x 3 + 26 "
        "lost, and is 16/3 - 7/3 - 1 = 2 beyond the tolerance: 6.",
    ),
    "fair_late": Case(
        {
            "Locations": SHOPS,
            "Products": FREE,
            "Lanes": [{"From": "DC", "To": "S2", "Lead Time": 0, "Max Shipment": 1}],
            "Demand": demand("S1", "tea", 1, 4, Class="A") + demand("S2", "tea", 0, 4, Class="B"),
            "ServiceClasses": [
                {"Class": "A", "Mode": "backorder", "Backorder Cost": 0.25, "Lost Cost": 50},
                {"Class": "B", "Lost Cost": 1},
            ],
            "OpeningStock": TEN,
            "InTransit": [
                {"To": "S1", "Product": "tea", "Quantity": 9, "Due Date": "2026-01-06"},
            ],
            "ServiceTargets": [
                {
                    "Target": "A",
                    "Minimum": 0,
                    "Window": "2",
                    "Fairness": "proportional",
                    "Tolerance": 0,
                    "Penalty": 1,
                }
            ],
        },
        4.25,
        "S1 owes 1 over night (0.25). On the second day it has all 4, S2 only 2 (2 lost): each is "
        "1 off its share. What S1 serves of its 4 is served at once, whatever it is called.",
    ),
    "fair_cover": Case(
        {
            "Locations": SHOPS[1:],
            "Products": FREE,
            "Lanes": [{"From": "S1", "To": "S2", "Lead Time": 0, "Unit Cost": 1.5}],
            "Demand": priced("S1", 9, 1, 1) + priced("S2", 9, 2, 2),
            "OpeningStock": [stock("S1", 8), stock("S2", 4)],
            "ServiceTargets": [
                {
                    "Target": "A",
                    "Minimum": 0,
                    "Fairness": "equal-cover",
                    "Tolerance": 0.25,
                    "Penalty": 1,
                }
            ],
        },
        5.0,
        "6 are left at S1, for 3 a day in both: 2 days. S1 may keep 2.5, S2 must have 3: the first "
        "3 moved save 2 each for 1.5, the next would save 1: 3 x 1.5, and 0.5 too much at S1.",
    ),
}


def classes(*modes: str, **more: object) -> Rows:
    """The classes A, B ... in the order of their priority."""
    return [
        {"Class": "AB"[n], "Priority": n + 1, "Mode": mode, "Lost Cost": 50 - 20 * n, **more}
        for n, mode in enumerate(modes)
    ]


def supply(*most: float, **more: object) -> Rows:
    """What can be bought at S1 on each day."""
    return [
        {"Location": "S1", "Product": "tea", "Period": str(t), "Max": units, **more}
        for t, units in enumerate(most, start=1)
    ]


PRIORITIES: dict[str, Case] = {
    "priority_waiting": Case(
        {
            "Locations": SHOP,
            "Products": FREE,
            "Demand": demand("S1", "tea", 4, 0, Class="A") + demand("S1", "tea", 2, 0, Class="B"),
            "ServiceClasses": classes("backorder", "lost", **{"Backorder Cost": 1}),
            "Supply": supply(3, 9),
        },
        61.0,
        "All 3 go to A though letting it wait is cheap: A waits for one (1), B loses 2 (60). By "
        "cost alone B would be served and A wait for 3.",
    ),
    "priority_must": Case(
        {
            "Locations": SHOP,
            "Products": FREE,
            "Demand": demand("S1", "tea", 2, Class="A") + demand("S1", "tea", 2, Class="B"),
            "ServiceClasses": classes("lost", "must"),
            "Supply": supply(4, **{"Unit Cost": 60}),
        },
        240.0,
        "B must be served, so A may not be short: 4 x 60, though losing A's costs only 50 each.",
    ),
    "priority_owed": Case(
        {
            "Locations": SHOP,
            "Products": FREE,
            "Demand": demand("S1", "tea", 2, 2, 0, Class="A")
            + demand("S1", "tea", 2, 0, 0, Class="B"),
            "ServiceClasses": [
                {
                    "Class": "A",
                    "Priority": 1,
                    "Mode": "backorder",
                    "Backorder Cost": 1,
                    "Lost Cost": 50,
                },
                {
                    "Class": "B",
                    "Priority": 2,
                    "Mode": "backorder",
                    "Backorder Cost": 3,
                    "Lost Cost": 30,
                },
            ],
            "Supply": supply(2, 3, 9),
        },
        9.0,
        "A comes first on both days: B waits with 2 (6) and then with 1 (3). By cost alone A "
        "waits.",
    ),
    "priority_given_up": Case(
        {
            "Locations": SHOP,
            "Products": FREE,
            "Demand": demand("S1", "tea", 4, 0, Class="A") + demand("S1", "tea", 0, 3, Class="B"),
            "ServiceClasses": classes(
                "partial", "lost", **{"Backorder Cost": 1, "Max Wait": 1, "Backorder Share": 0.5}
            ),
            "Supply": supply(0, 4, **{"Unit Cost": 40}),
        },
        272.0,
        "Half of A's 4 is lost on the first day (100), 2 wait (2). On the second a unit costs 40: "
        "A's 2 are served (80), B loses its 3 (90).",
    ),
}

CASES: dict[str, Case] = {**TARGETS, **FAIR, **PRIORITIES}
"""All of them, by name."""
