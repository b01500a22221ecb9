"""One network per constraint family, small enough to solve on paper, with its optimum.

Periods are 1, 2, 3 ..., each one day long; lead times are days. Unit values are 0 unless the
family is about them, so that nothing but the costs named here is paid.
"""

from dataclasses import dataclass

from small import Rows, demand

TEA: Rows = [{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100}]
TWO: Rows = [
    {"Location": "DC", "Tier": "RDC"},
    {"Location": "S1", "Tier": "store"},
]
HOLD: Rows = [{"Location": "*", "Holding Cost": 1}]


@dataclass(frozen=True)
class Case:
    """A network and what its best plan costs, worked out by hand."""

    sheets: dict[str, Rows]
    optimum: float
    by_hand: str


def lane(**more: object) -> Rows:
    return [{"From": "DC", "To": "S1", "Lead Time": 0, **more}]


def stock(location: str, quantity: float, **more: object) -> dict[str, object]:
    return {"Location": location, "Product": "tea", "Quantity": quantity, **more}


CASES: dict[str, Case] = {
    "balance": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Lead Time": 1, "Unit Cost": 1}),
            "Demand": demand("S1", "tea", 4, 4, 4),
            "OpeningStock": [stock("DC", 8), stock("S1", 2)],
            "StockCosts": HOLD,
        },
        212.0,
        "2 of period 1 are out of reach: 200. 8 are shipped for 1 each, 4 in each of the first two "
        "periods; the last 4 lie one night at DC: 4.",
    ),
    "pipeline": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Lead Time": 1, "Yield": 0.5}),
            "Demand": demand("S1", "tea", 0, 3, 6),
            "OpeningStock": [stock("DC", 10)],
            "InTransit": [
                {"To": "S1", "Product": "tea", "Quantity": 2, "Due Date": "2026-01-06"},
            ],
        },
        200.0,
        "10 shipped give 5, 2 arrive in period 2: 7 of 9 are served, 2 lost.",
    ),
    "cancel": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 0, 3),
            "InTransit": [
                {
                    "From": "DC",
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 8,
                    "Due Date": "2026-01-06",
                    "Firm": "N",
                    "Order No": "PO1",
                },
            ],
            "Supply": [{"Location": "DC", "Product": "tea", "Max": 0, "Unit Cost": 5}],
            "StockCosts": HOLD,
        },
        -25.0,
        "3 of 8 are needed; the other 5 are cancelled and save 5 each.",
    ),
    "demand": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 4, 9, 2, Class="shop"),
            "Supply": [{"Location": "S1", "Product": "tea", "Max": 5}],
            "ServiceClasses": [
                {"Class": "shop", "Mode": "backorder", "Backorder Cost": 7, "Lost Cost": 100}
            ],
            "StockCosts": HOLD,
        },
        22.0,
        "One of period 1 is kept for period 2 (1); 9 - 6 = 3 wait one day (21); period 3 has 5 for "
        "3 + 2.",
    ),
    "max_wait": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 6, 0, 0, Class="shop"),
            "Supply": [
                {"Location": "S1", "Product": "tea", "Period": "1", "Max": 1},
                {"Location": "S1", "Product": "tea", "Period": "2", "Max": 2},
                {"Location": "S1", "Product": "tea", "Period": "3", "Max": 9},
            ],
            "ServiceClasses": [
                {
                    "Class": "shop",
                    "Mode": "backorder",
                    "Backorder Cost": 1,
                    "Lost Cost": 50,
                    "Max Wait": 1,
                }
            ],
        },
        152.0,
        "1 at once; 2 wait a day (2) and are served; 3 cannot be in time and are given up (150).",
    ),
    "safety_stock": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 2}),
            "Demand": demand("S1", "tea", 1, 1),
            "OpeningStock": [stock("DC", 9)],
            "StockTargets": [{"Location": "S1", "Safety Stock": 3, "Penalty": 1.5}],
        },
        9.5,
        "A unit brought for 2 saves 1.5 a day. 3 more in period 1 save both days; in period 2 the "
        "demand takes one of them, and bringing it back would not pay: 4 x 2 + 1.5.",
    ),
    "safety_stock_hard": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 2, "Lead Time": 1}),
            "Demand": demand("S1", "tea", 0, 1, 1),
            "OpeningStock": [stock("DC", 9)],
            "StockTargets": [
                {"Location": "S1", "Safety Stock": 3, "Penalty": 0.5, "Hardness": "hard"}
            ],
        },
        11.5,
        "Period 1 cannot be reached: 3 x 0.5. From period 2 on 3 must lie there: ship 4, then 1.",
    ),
    "max_stock": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1, "Max Shipment": 2}),
            "Demand": demand("S1", "tea", 0, 2),
            "OpeningStock": [stock("DC", 5)],
            "StockTargets": [{"Location": "DC", "Max Stock": 2, "Over Penalty": 4}],
        },
        7.0,
        "3 are above the maximum; the lane takes 2 of them in period 1 and 1 in period 2 for 1 "
        "each; one night one is above it: 4.",
    ),
    "storage": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Volume": 2}],
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 0, 6),
            "Supply": [{"Location": "DC", "Product": "tea", "Max": 3}],
            "Capacity": [
                {
                    "Location": "DC",
                    "Kind": "storage",
                    "Dimension": "m3",
                    "Limit": 2,
                    "Extra Limit": 2,
                    "Extra Cost": 5,
                },
                {"Location": "S1", "Kind": "storage", "Dimension": "m3", "Limit": 0},
            ],
        },
        115.0,
        "3 come each day; overnight DC keeps 1 unit (2 m3) and 1 more for 2 x 5: 5 are sold for 1 "
        "each, 1 is lost (100).",
    ),
    "throughput": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Weight": 2}],
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 4, 4),
            "OpeningStock": [stock("DC", 20)],
            "StockCosts": HOLD,
            "Capacity": [
                {
                    "Location": "DC",
                    "Kind": "outbound",
                    "Dimension": "kg",
                    "Limit": 6,
                    "Extra Limit": 2,
                    "Extra Cost": 3,
                }
            ],
        },
        48.0,
        "3 a day leave for nothing, the fourth for 2 kg x 3 = 6 a day: 8 + 12. DC keeps 16, 12.",
    ),
    "supply": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 5, 5, 5),
            "Supply": [
                {
                    "Location": "S1",
                    "Product": "tea",
                    "Unit Cost": 2,
                    "Fixed Cost": 8,
                    "Min": 6,
                    "Min Penalty": 1,
                }
            ],
            "StockCosts": HOLD,
        },
        57.0,
        "15 cost 30. One order: 8 + stock 10 + 5 + 12 not taken = 35; two orders of 10 and 5: "
        "16 + 5 + 1 + 6 = 28; three of 5: 24 + 3 = 27. Three.",
    ),
    "lane_use": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Fixed Cost": 10, "Min Shipment": 4, "Max Shipment": 6}),
            "Demand": demand("S1", "tea", 2, 2, 3),
            "OpeningStock": [stock("DC", 20)],
            "StockCosts": [
                {"Location": "S1", "Holding Cost": 2},
                {"Location": "DC", "Holding Cost": 0},
            ],
        },
        26.0,
        "7 need two departures (20). 4 and then 4 in period 3: 2 over the first night (4), 1 over "
        "the last (2).",
    ),
    "vehicles": Case(
        {
            "Locations": TWO,
            "Products": [
                TEA[0] | {"Weight": 1},
                {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100, "Weight": 2},
            ],
            "Lanes": lane(**{"Vehicle": "van"}),
            "Demand": demand("S1", "tea", 3, 3) + demand("S1", "cup", 2, 2),
            "OpeningStock": [stock("DC", 20), stock("DC", 20) | {"Product": "cup"}],
            "StockCosts": [
                {"Location": "S1", "Holding Cost": 1},
                {"Location": "DC", "Holding Cost": 0},
            ],
            "Vehicles": [{"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20}],
        },
        40.0,
        "7 kg a day in one van each day; one van for each product would be 80.",
    ),
    "vehicle_mix": Case(
        {
            "Locations": TWO,
            "Products": [
                TEA[0] | {"Weight": 1, "Volume": 3},
                {
                    "Product": "cup",
                    "Unit Value": 0,
                    "Shortage Cost": 100,
                    "Weight": 2,
                    "Volume": 1,
                },
            ],
            "Lanes": lane(**{"Vehicle": "van, box"}),
            "Demand": demand("S1", "tea", 4) + demand("S1", "cup", 5),
            "OpeningStock": [stock("DC", 20), stock("DC", 20) | {"Product": "cup"}],
            "Vehicles": [
                {"Vehicle": "van", "Max Weight": 5, "Cost Per Trip": 20},
                {"Vehicle": "box", "Max Volume": 12, "Cost Per Trip": 22},
            ],
        },
        42.0,
        "14 kg and 17 m3. Two boxes 44, three vans 60; a van with 1 tea and 2 cups (5 kg) and a "
        "box with 3 and 3 (12 m3): 42.",
    ),
    "terminal": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1, "Lead Time": 1}),
            "Demand": demand("S1", "tea", 1, 1),
            "OpeningStock": [stock("S1", 4)],
            "Supply": [{"Location": "DC", "Product": "tea", "Period": "2", "Unit Cost": 3}],
            "Terminal": [
                {"Rule": "cover", "Days": 4, "Level": "location", "Location": "S1", "Penalty": 5}
            ],
        },
        8.0,
        "4 days of 1 are wanted at S1 and 2 stay. Two more, bought for 3 and shipped for 1 on the "
        "last day, arrive after the horizon and count.",
    ),
    "terminal_value": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 1),
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 3}],
            "Terminal": [
                {"Rule": "value", "Value": 5, "Quantity": 6, "Level": "location", "Location": "S1"}
            ],
        },
        -2.0,
        "7 units at 4 are 28; 6 of them stay and earn 30.",
    ),
    "terminal_value_setting": Case(
        {
            "Locations": TWO,
            "Products": [{"Product": "tea", "Unit Value": 6, "Shortage Cost": 100}],
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 1),
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 3}],
            "StockCosts": [{"Location": "*", "Holding Cost": 0}],
            "Settings": [
                {"Setting": "terminal_rule", "Value": "value"},
                {"Setting": "terminal_days", "Value": 5},
            ],
        },
        -11.0,
        "One unit is sold for 4. 5 days of 1 earn their Unit Value of 6: five more stay at the DC "
        "for 3 each.",
    ),
}
