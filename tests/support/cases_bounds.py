"""Rules that ask for more of a product than demand does, behind a binary or a vehicle (C.6.2)."""

from families import TEA, TWO, Case, lane, stock
from small import Rows, demand

THREE: Rows = [
    {"Location": "S", "Tier": "supplier"},
    {"Location": "A", "Tier": "RDC"},
    {"Location": "B", "Tier": "RDC"},
]
BOUGHT = {"Lead Time": 0, "Unit Cost": 0.01, "Fixed Cost": 1}
COVER = {
    "Locations": THREE,
    "Products": TEA,
    "Lanes": [{"From": "S", "To": "B", **BOUGHT}],
    "Demand": demand("A", "tea", 1) + demand("B", "tea", 3),
    "OpeningStock": [stock("A", 41)],
}
ALIKE = {
    "Target": "fair",
    "Each": "each location",
    "Minimum": 0,
    "Fairness": "equal-cover",
    "Tolerance": 0,
}
SUPPLIER: Rows = [{"Location": "DC", "Tier": "supplier"}, TWO[1]]
ROW = {"Row": "least", "Sense": ">="}
LEAF: Rows = [{"Product": "leaf", "Unit Value": 0}]


def kits(leaves: float, wanted: float, **pack: object) -> dict[str, Rows]:
    """A shop that packs two leaves into one tea and opens it again, with leaves at hand."""
    return {
        "Locations": [TWO[1]],
        "Products": [*TEA, *LEAF],
        "Demand": demand("S1", "tea", wanted),
        "OpeningStock": [stock("S1", leaves) | {"Product": "leaf"}],
        "Recipes": [
            {"Recipe": "pack", "Location": "S1", "Output": "tea", **pack},
            {"Recipe": "open", "Location": "S1", "Output": "leaf"},
        ],
        "RecipeInputs": [
            {"Recipe": "pack", "Component": "leaf", "Quantity": 2},
            {"Recipe": "open", "Component": "tea", "Quantity": 0.5},
        ],
    }


CASES: dict[str, Case] = {
    "need_donor_cover": Case(
        {
            "Locations": THREE,
            "Products": TEA,
            "Lanes": [
                {"From": "S", "To": "A", **BOUGHT},
                {"From": "A", "To": "B", "Lead Time": 0},
            ],
            "Demand": demand("B", "tea", 5),
            "TransferRules": [{"From": "A", "To": "B", "Donor Min Qty": 8}],
        },
        1.13,
        "A sends 5 only while it keeps 8: 13 come in one departure, 1 + 13 x 0.01.",
    ),
    "need_donor_cover_order": Case(
        {
            "Locations": THREE,
            "Products": TEA,
            "Lanes": [
                {"From": "S", "To": "A", "Lead Time": 0, "Unit Cost": 0.01},
                {"From": "A", "To": "B", "Lead Time": 0},
            ],
            "Supply": [{"Location": "S", "Product": "tea", "Fixed Cost": 1}],
            "Demand": demand("B", "tea", 5),
            "TransferRules": [{"From": "A", "To": "B", "Donor Min Qty": 8}],
        },
        1.13,
        "As need_donor_cover, with the fixed cost on the order.",
    ),
    "need_equal_cover": Case(
        {**COVER, "ServiceTargets": [{**ALIKE, "Hardness": "hard"}]},
        2.23,
        "A has 40 left, 40 days of its demand: B, which wants 3 a day, has to keep 120. With its "
        "demand 123 come: 1 + 1.23.",
    ),
    "need_equal_cover_soft": Case(
        {**COVER, "ServiceTargets": [{**ALIKE, "Penalty": 20}]},
        2.23,
        "A unit that is missing to equal cover costs 20 and comes for 0.01: as need_equal_cover.",
    ),
    "need_fill": Case(
        {
            "Locations": SUPPLIER,
            "Products": [
                TEA[0] | {"Weight": 1, "Volume": 0.01},
                {
                    "Product": "cup",
                    "Unit Value": 0,
                    "Shortage Cost": 100,
                    "Weight": 0.1,
                    "Volume": 1,
                },
            ],
            "Lanes": lane(**{"Vehicle": "van", "Fixed Cost": 1}),
            "Demand": demand("S1", "tea", 100) + demand("S1", "cup", 1),
            "Vehicles": [
                {
                    "Vehicle": "van",
                    "Max Weight": 10,
                    "Max Volume": 10,
                    "Min Fill": 0.5,
                    "Fill Basis": "m3",
                    "Cost Per Trip": 10,
                }
            ],
        },
        111.0,
        "100 kg of tea and the cups, 0.1 kg each, are 11 vans; half of 110 m3 is 54 cups and the "
        "1 m3 of the tea: 11 x 10 + 1. With 10 vans no cup fits, and no van is half full.",
    ),
    "need_packed_again": Case(
        kits(6, 3, **{"Min Batch": 10, "Unit Cost": 1}),
        10.0,
        "6 leaves are 3 teas, but a batch is 10: 7 of them are opened at once and packed again.",
    ),
    "need_packed_for_quota": Case(
        {
            **kits(2, 8, **{"Setup Cost": 2}),
            "Supply": [
                {
                    "Location": "S1",
                    "Product": "tea",
                    "Unit Cost": 1,
                    "Max": 10,
                    "Share Max": 0.125,
                }
            ],
        },
        9.0,
        "1 tea is packed for good, 7 are bought. These are an eighth of all that enters once 49 "
        "are packed, 48 of which are opened again: 7 + 2.",
    ),
    "need_rest_of_shares": Case(
        {
            "Locations": [*SUPPLIER, {"Location": "FAR", "Tier": "supplier"}],
            "Products": TEA,
            "Lanes": [
                {"From": "DC", "To": "S1", "Lead Time": 0},
                {"From": "FAR", "To": "S1", **BOUGHT, "Lead Time": 9},
            ],
            "Demand": demand("S1", "tea", 5),
            "Sourcing": [{"To": "S1", "Rule": "ratio", "From": "FAR", "Value": 0.75}],
        },
        1.15,
        "5 from DC are the quarter that FAR leaves over: it has to send 15, though they come when "
        "nobody wants them any more: 1 + 0.15.",
    ),
    "need_spend": Case(
        {
            "Locations": SUPPLIER,
            "Products": TEA,
            "Lanes": lane(**BOUGHT),
            "Demand": demand("S1", "tea", 5),
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 0.01}],
            "UserRows": [{**ROW, "Variable": "spend", "Value": 5}],
        },
        11.0,
        "5 of money buy 500 units at 0.01. A supplier keeps nothing, so that all of them are "
        "shipped: 5 + 5 + 1.",
    ),
    "need_trips": Case(
        {
            "Locations": SUPPLIER,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 0.01, "Vehicle": "van"}),
            "Demand": demand("S1", "tea", 5),
            "Vehicles": [{"Vehicle": "van", "Max Units": 100, "Min Fill": 0.5}],
            "UserRows": [{**ROW, "Variable": "vehicles", "Value": 3}],
        },
        1.5,
        "Three vans, each at least half full: 150 units at 0.01.",
    ),
    "need_tied_products": Case(
        {
            "Locations": SUPPLIER,
            "Products": [*TEA, {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}],
            "Lanes": lane(**BOUGHT),
            "Demand": demand("S1", "tea", 5),
            "UserRows": [
                {"Row": "set", "Variable": "ship", "Product": "cup", "Sense": ">=", "Value": 0},
                {"Row": "set", "Variable": "ship", "Product": "tea", "Coefficient": -4},
            ],
        },
        1.25,
        "Nobody wants cups, but 4 go with every tea: 25 units in one departure, 1 + 0.25.",
    ),
}
"""Every optimum takes more of a product in one go than is wanted, kept or owed anywhere."""
