"""Duty, prices between companies, and carbon at a price or under a cap."""

from families import TEA, TWO, Case, lane, stock
from small import demand

PAIR = [TWO[0] | {"Company": "North"}, TWO[1] | {"Company": "South"}]
WAYS = [
    {"From": "DC", "To": "S1", "Mode": "air", "Lead Time": 0, "Unit Cost": 1, "Carbon": 5},
    {"From": "DC", "To": "S1", "Mode": "rail", "Lead Time": 0, "Unit Cost": 3, "Carbon": 1},
]

CASES: dict[str, Case] = {
    "duty": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Unit Value": 10, "Shortage Cost": 4}],
            "Settings": [{"Setting": "carrying_rate", "Value": 0}],
            "Lanes": lane(**{"Duty": "20%", "Unit Cost": 1}),
            "Demand": demand("S1", "tea", 2, 2),
            "OpeningStock": [stock("DC", 4)],
            "StockCosts": [
                {"Location": "S1", "Unit Value": 20, "Period": "2"},
            ],
        },
        12.0,
        "On the first day duty is 20 % of 10, on the second 20 % of 20, which with the freight is "
        "more than a lost sale: all four are shipped at once for 1 + 2 each.",
    ),
    "transfer_price": Case(
        {
            "Locations": PAIR,
            "Products": TEA,
            "Lanes": lane(**{"Transfer Price": 500, "Unit Cost": 1}),
            "Demand": demand("S1", "tea", 3),
            "OpeningStock": [stock("DC", 9)],
        },
        3.0,
        "South pays North 1500 for 3 units; nothing of it is a cost of the whole.",
    ),
    "carbon_price": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Settings": [{"Setting": "carbon_price", "Value": 0.4}],
            "Lanes": WAYS,
            "Demand": demand("S1", "tea", 10),
            "OpeningStock": [stock("DC", 10)],
        },
        30.0,
        "By air a unit costs 1 + 5 x 0.4 = 3, by rail 3 + 0.4.",
    ),
    "carbon_trips": Case(
        {
            "Locations": [TWO[0] | {"Status": "consider"}, TWO[1]],
            "Products": TEA,
            "Settings": [{"Setting": "carbon_price", "Value": 2}],
            "Lanes": lane(**{"Vehicle": "van"}),
            "Demand": demand("S1", "tea", 3, 3),
            "Supply": [{"Location": "DC", "Product": "tea"}],
            "Sites": [{"Location": "DC", "Carbon": 3}],
            "Vehicles": [{"Vehicle": "van", "Max Units": 6, "Cost Per Trip": 1, "Carbon": 4}],
        },
        15.0,
        "DC open on the first day only (3 kg), one van with all 6 (4 kg): 14 + 1.",
    ),
}
