"""Networks in which the strengthening rows touch the best plan, solved by hand."""

from families import TEA, TWO, Case, lane, stock
from small import Rows, demand

CUP = {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}
HELD: Rows = [{"Location": "S1", "Holding Cost": 1}, {"Location": "DC", "Holding Cost": 0}]

CASES: dict[str, Case] = {
    "ls_window": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Fixed Cost": 10}),
            "Demand": demand("S1", "tea", 4, 3, 2),
            "OpeningStock": [stock("DC", 20), stock("S1", 1)],
            "Supply": [{"Location": "S1", "Product": "tea", "Period": "3", "Unit Cost": 1.5}],
            "StockCosts": HELD,
        },
        16.0,
        "One departure on the first day (10) brings 3 for the first day and 3 for the second, held "
        "a night (3); 2 more on the last day are bought for 3 rather than held for two nights (4).",
    ),
    "ls_window_lead": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Fixed Cost": 10, "Lead Time": 1, "Yield": 0.5}),
            "Demand": demand("S1", "tea", 1, 2, 3),
            "OpeningStock": [stock("DC", 20), stock("S1", 1)],
            "InTransit": [
                {"To": "S1", "Product": "tea", "Quantity": 1, "Due Date": "2026-01-06"},
            ],
            "StockCosts": HELD,
        },
        13.0,
        "1 of the second day and 3 of the last are missing; 8 shipped on the first day give 4 for "
        "10, of which 3 are held a night (3).",
    ),
    "truck_window": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Weight": 1}, CUP | {"Weight": 2}],
            "Lanes": lane(**{"Vehicle": "van"}),
            "Demand": demand("S1", "tea", 3, 3, 4) + demand("S1", "cup", 2, 2, 0),
            "OpeningStock": [
                stock("DC", 20),
                stock("DC", 20) | {"Product": "cup"},
                stock("S1", 1),
            ],
            "Supply": [{"Location": "S1", "Product": "tea", "Period": "3", "Unit Cost": 1.2}],
            "StockCosts": HELD,
            "Vehicles": [{"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20}],
        },
        44.2,
        "6 kg and 7 kg are missing on the first two days: two vans (40). 3 of the 4 tea of the "
        "last day fill the second van and are held a night (3); one is bought (1.2), for room in "
        "the second van would cost half a cup held a night and a tea held a night (1.5).",
    ),
    "truck_window_mix": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Weight": 1, "Volume": 1}],
            "Lanes": lane(**{"Vehicle": "van, box"}),
            "Demand": demand("S1", "tea", 11, 5),
            "OpeningStock": [stock("DC", 20), stock("S1", 1)],
            "StockCosts": HELD,
            "Vehicles": [
                {"Vehicle": "van", "Max Weight": 10, "Max Volume": 20, "Cost Per Trip": 20},
                {"Vehicle": "box", "Max Weight": 15, "Max Volume": 14, "Cost Per Trip": 24},
            ],
        },
        40.0,
        "10 and 5 are missing. One van each day: 40. A box carries 14 on the first day (24), 4 of "
        "them held a night (4), and the last one needs a van (20): 48.",
    ),
}
