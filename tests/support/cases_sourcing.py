"""Rules of sourcing: one source, two, shares, ranks, none (F25)."""

from families import TEA, TWO, Case, stock
from small import Rows, demand

CUP = {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}
PLACES: Rows = [
    {"Location": "A", "Tier": "supplier"},
    {"Location": "B", "Tier": "supplier"},
    {"Location": "S1", "Tier": "store"},
]


def ways(a: float, b: float, **more: object) -> Rows:
    """Lanes from A and B to S1 with their freight; ``more`` holds for A."""
    return [
        {"From": "A", "To": "S1", "Lead Time": 0, "Unit Cost": a, **more},
        {"From": "B", "To": "S1", "Lead Time": 0, "Unit Cost": b},
    ]


CASES: dict[str, Case] = {
    "single_source": Case(
        {
            "Locations": PLACES,
            "Products": [*TEA, CUP],
            "Lanes": [
                {"From": "A", "To": "S1", "Product": "tea", "Lead Time": 0, "Unit Cost": 1},
                {"From": "A", "To": "S1", "Product": "cup", "Lead Time": 0, "Unit Cost": 4},
                {"From": "B", "To": "S1", "Product": "tea", "Lead Time": 0, "Unit Cost": 5},
                {"From": "B", "To": "S1", "Product": "cup", "Lead Time": 0, "Unit Cost": 2},
            ],
            "Demand": demand("S1", "tea", 3, 1) + demand("S1", "cup", 2, 2),
            "Sourcing": [{"To": "S1", "Rule": "single"}],
        },
        20.0,
        "All products from one place: A 4 x 1 + 4 x 4 = 20, B 4 x 5 + 4 x 2 = 28.",
    ),
    "single_each": Case(
        {
            "Locations": PLACES,
            "Products": [*TEA, CUP],
            "Lanes": ways(1, 2, **{"Max Shipment": 3}),
            "Demand": demand("S1", "tea", 3, 3) + demand("S1", "cup", 2, 0),
            "Sourcing": [{"To": "S1", "Product": "tea, cup", "Rule": "single", "Hold": "period"}],
        },
        10.0,
        "Each product chooses for itself, anew in each period: tea 3 from A twice, cups from B.",
    ),
    "single_modes": Case(
        {
            "Locations": PLACES,
            "Products": TEA,
            "Lanes": [
                *ways(1, 4, **{"Max Shipment": 3}),
                {"From": "A", "To": "S1", "Lead Time": 0, "Mode": "air", "Unit Cost": 6},
            ],
            "Demand": demand("S1", "tea", 5),
            "Sourcing": [{"To": "S1", "Rule": "single"}],
        },
        15.0,
        "Modes of one origin are one source: 3 by road for 1 and 2 by air for 6; B would be 20.",
    ),
    "dual_source": Case(
        {
            "Locations": [*PLACES, {"Location": "C", "Tier": "supplier"}],
            "Products": TEA,
            "Lanes": [
                *ways(1, 2, **{"Max Shipment": 3}),
                {"From": "C", "To": "S1", "Lead Time": 0, "Unit Cost": 9},
            ],
            "Demand": demand("S1", "tea", 5, 4),
            "Supply": [
                {"Location": "A", "Product": "tea"},
                {"Location": "C", "Product": "tea"},
                {"Location": "B", "Product": "tea", "Period": "1", "Max": 1},
            ],
            "Sourcing": [{"To": "S1", "Rule": "dual"}],
        },
        33.0,
        "A carries 3 a period for 1 each. With B besides 2 are lost; with C 3 come for 9.",
    ),
    "source_share": Case(
        {
            "Locations": PLACES,
            "Products": TEA,
            "Lanes": ways(1, 4),
            "Demand": demand("S1", "tea", 6, 4),
            "Sourcing": [
                {"To": "S1", "From": "A", "Rule": "ratio", "Value": 0.7},
                {"To": "S1", "From": "B", "Rule": "ratio", "Value": 0.3},
            ],
        },
        19.0,
        "7 of 10 from A for 1, 3 from B for 4, at whatever time.",
    ),
    "source_share_late": Case(
        {
            "Locations": PLACES,
            "Products": TEA,
            "Lanes": ways(1, 4),
            "Demand": demand("S1", "tea", 6, 4),
            "Supply": [
                {"Location": "A", "Product": "tea"},
                {"Location": "B", "Product": "tea", "Period": "2"},
            ],
            "StockCosts": [{"Location": "*", "Holding Cost": 9}],
            "Sourcing": [
                {"To": "S1", "From": "A", "Rule": "ratio", "Value": 0.5, "Hold": "period"},
                {"To": "S1", "From": "B", "Rule": "ratio", "Value": 0.5, "Hold": "period"},
            ],
        },
        16.0,
        "B has nothing in period 1, so the ratio is not asked: 6 from A. Then 2 from each.",
    ),
    "source_rank": Case(
        {
            "Locations": PLACES,
            "Products": TEA,
            "Lanes": ways(5, 1, **{"Max Shipment": 4}),
            "Demand": demand("S1", "tea", 6, 3),
            "StockCosts": [{"Location": "S1", "Holding Cost": 1}],
            "Sourcing": [
                {"To": "S1", "From": "A", "Rule": "priority", "Value": 1},
                {"To": "S1", "From": "B", "Rule": "priority", "Value": 2},
            ],
        },
        28.0,
        "Of 9 the dear A carries 4 in period 1; B then sends 5, of which 3 wait a night.",
    ),
    "source_rank_lots": Case(
        {
            "Locations": PLACES,
            "Products": TEA,
            "Lanes": ways(5, 1, **{"Max Shipment": 10, "Order Multiple": 4}),
            "Demand": demand("S1", "tea", 12),
            "Sourcing": [{"To": "S1", "From": "A", "Rule": "priority", "Value": 1}],
        },
        44.0,
        "Two lots of 4 are all that A carries within 10; then B sends 4 for 1 each.",
    ),
    "source_rank_supply": Case(
        {
            "Locations": [
                {"Location": "A", "Tier": "plant"},
                {"Location": "B", "Tier": "supplier"},
                *TWO[1:],
                {"Location": "S2", "Tier": "store"},
            ],
            "Products": TEA,
            "Lanes": [
                {"From": "A", "To": "S1, S2", "Lead Time": 0, "Unit Cost": 5},
                {"From": "B", "To": "S1, S2", "Lead Time": 0, "Unit Cost": 1},
            ],
            "Demand": demand("S1", "tea", 3) + demand("S2", "tea", 4),
            "OpeningStock": [stock("A", 1)],
            "Supply": [
                {"Location": "A", "Product": "tea", "Max": 4},
                {"Location": "B", "Product": "tea"},
            ],
            "Sourcing": [{"To": "Tier=store", "From": "A", "Rule": "priority", "Value": 1}],
        },
        27.0,
        "A has 1 and buys 4: all 5 must go for 5 each before B sends the last 2 for 1 each.",
    ),
    "source_forbidden": Case(
        {
            "Locations": PLACES,
            "Products": [*TEA, CUP],
            "Lanes": ways(1, 4),
            "Demand": demand("S1", "tea", 2) + demand("S1", "cup", 2),
            "Sourcing": [
                {"To": "S1", "Product": "cup", "From": "A", "Rule": "forbid"},
            ],
        },
        10.0,
        "Tea from A for 1 each, cups only from B for 4 each.",
    ),
    "share_of_lots": Case(
        {
            "Locations": PLACES,
            "Products": TEA,
            "Lanes": ways(0, 0, **{"Min Shipment": 6})[:1]
            + [{"From": "B", "To": "S1", "Lead Time": 0, "Fixed Cost": 5}],
            "Demand": demand("S1", "tea", 2),
            "Sourcing": [
                {"To": "S1", "From": "A", "Rule": "ratio", "Value": 0.1},
                {"To": "S1", "From": "B", "Rule": "ratio", "Value": 0.9},
            ],
        },
        5.0,
        "The least of 6 on A is a tenth: B sends 54 with one departure, far beyond the need of 2.",
    ),
}
