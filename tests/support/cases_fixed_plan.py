"""Decisions already taken, frozen periods and the price of changes (F29)."""

from families import TEA, TWO, Case, lane, stock
from small import Rows, demand

DATED: Rows = [
    {"Period": "1", "Start Date": "2026-01-05", "End Date": "2026-01-05", "Frozen": "Y"},
    {"Period": "2", "Start Date": "2026-01-06", "End Date": "2026-01-06"},
    {"Period": "3", "Start Date": "2026-01-07", "End Date": "2026-01-07"},
]


def planned(period: str, quantity: float, **more: object) -> dict[str, object]:
    """One shipment of the plan before."""
    row: dict[str, object] = {"From": "DC", "To": "S1", "Product": "tea"}
    return {**row, "Period": period, "Quantity": quantity, **more}


CASES: dict[str, Case] = {
    "plan_bounds": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 2, 5, 4),
            "OpeningStock": [stock("DC", 30)],
            "StockCosts": [
                {"Location": "S1", "Holding Cost": 3},
                {"Location": "DC", "Holding Cost": 0},
            ],
            "FixedPlan": [
                planned("1", 3),
                planned("2", 3, Rule="max"),
                planned("3", 6, Rule="min"),
            ],
        },
        121.0,
        "3 + 3 + 6 go for 1 each. One of period 1 waits a night (3) for period 2, where 1 of 5 is "
        "lost (100); 2 of the last 6 are left over (6).",
    ),
    "plan_reference": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 2, 6),
            "OpeningStock": [stock("DC", 30)],
            "FixedPlan": [
                planned("1", 5, Rule="reference", Penalty=2),
                planned("2", 4, Rule="reference", Penalty=0.5),
            ],
        },
        8.5,
        "5 + 4 is one too many, and a unit not sent saves 1 for 0.5 in period 2: 5 and 3.",
    ),
    "plan_frozen": Case(
        {
            "Periods": DATED,
            "Locations": [*TWO, {"Location": "S2", "Tier": "store"}],
            "Products": TEA,
            "Lanes": [*lane(**{"Unit Cost": 1}), {"From": "DC", "To": "S2", "Lead Time": 0}],
            "Demand": demand("S1", "tea", 3, 2, 1) + demand("S2", "tea", 2, 0, 0),
            "OpeningStock": [stock("DC", 2)],
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 4}],
            "FixedPlan": [
                planned("1", 4, Rule="min"),
                planned("2", 1, Rule="reference", Penalty=0),
                {"To": "DC", "Product": "tea", "Period": "1", "Quantity": 2, "Rule": "reference"},
            ],
        },
        222.0,
        "Period 1 stands: 2 are bought (8) and 4 sent (4), nothing to S2: 2 are lost (200). Then 2 "
        "more are bought and sent for 5 each: 212 + 10.",
    ),
    "plan_purchase": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 0, 6),
            "Supply": [{"Location": "S1", "Product": "tea", "Unit Cost": 2, "Fixed Cost": 9}],
            "FixedPlan": [
                {"To": "S1", "Product": "tea", "Period": "1", "Quantity": 4, "Rule": "reference"}
                | {"Penalty": 1.5},
                {"To": "S1", "Product": "tea", "Period": "2", "Quantity": 5, "Rule": "max"},
            ],
        },
        24.0,
        "6 in one order cost 21. In period 1 two more than planned (3): 24. In period 2 only 5 may "
        "be bought: one is lost.",
    ),
    "plan_production": Case(
        {
            "Locations": [{"Location": "PL", "Tier": "plant"}],
            "Products": TEA,
            "Demand": demand("PL", "tea", 3, 3),
            "Recipes": [{"Recipe": "brew", "Location": "PL", "Output": "tea", "Unit Cost": 2}],
            "StockCosts": [{"Location": "PL", "Holding Cost": 1}],
            "FixedPlan": [
                {"To": "PL", "Product": "tea", "Recipe": "brew", "Period": "1", "Quantity": 5},
                {"To": "PL", "Product": "tea", "Recipe": "brew", "Period": "2", "Quantity": 4}
                | {"Rule": "reference", "Penalty": 0.5},
            ],
        },
        15.5,
        "5 are made in period 1 (10), 2 wait a night (2), 1 is made in period 2 (2), 3 fewer than "
        "planned (1.5).",
    ),
    "plan_beyond_need": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Fixed Cost": 5}),
            "Demand": demand("S1", "tea", 2),
            "Supply": [{"Location": "DC", "Product": "tea"}],
            "FixedPlan": [planned("1", 40)],
        },
        5.0,
        "40 are fixed though 2 are wanted; one departure carries them.",
    ),
}
