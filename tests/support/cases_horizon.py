"""Hand-solved networks of the integrality horizon, and of arrivals after the plan (F36, F1)."""

from families import TEA, TWO, Case, lane, stock
from small import Rows, demand

FIRST_DAY: Rows = [{"Setting": "integrality_horizon", "Value": 1}]
NOTHING_AFTER: Rows = [{"Setting": "allow_after_horizon", "Value": "N"}]
WORTH_FIVE: dict[str, object] = {
    "Rule": "value",
    "Value": 5,
    "Quantity": 30,
    "Level": "location",
    "Location": "S1",
}
SHOP_HOLDS: Rows = [
    {"Location": "S1", "Holding Cost": 5},
    {"Location": "DC", "Holding Cost": 0},
]
VAN = {"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20}
HEAVY: Rows = [TEA[0] | {"Weight": 1}]
SHOP: Rows = TWO[1:]


def by_van(*quantities: float, **van: object) -> dict[str, Rows]:
    return {
        "Settings": FIRST_DAY,
        "Locations": TWO,
        "Products": HEAVY,
        "Lanes": lane(Vehicle="van"),
        "Demand": demand("S1", "tea", *quantities),
        "OpeningStock": [stock("DC", 20)],
        "StockCosts": SHOP_HOLDS,
        "Vehicles": [VAN | van],
    }


def by_lane(**terms: object) -> dict[str, Rows]:
    return {
        "Settings": FIRST_DAY,
        "Locations": TWO,
        "Products": TEA,
        "Lanes": lane(**terms),
        "Demand": demand("S1", "tea", 4, 2),
        "OpeningStock": [stock("DC", 20)],
        "StockCosts": SHOP_HOLDS,
    }


def counting(period: str) -> Rows:
    row = {"Row": "stops", "Variable": "departures", "Sense": "<=", "Value": 9}
    return [row | {"Period": period}]


def bought(*quantities: float, **terms: object) -> dict[str, Rows]:
    return {
        "Settings": FIRST_DAY,
        "Locations": SHOP,
        "Products": TEA,
        "Demand": demand("S1", "tea", *quantities),
        "Supply": [{"Location": "S1", "Product": "tea", **terms}],
        "StockCosts": SHOP_HOLDS,
    }


CASES: dict[str, Case] = {
    "horizon_trips": Case(
        by_van(3, 3),
        26.0,
        "A whole van on day 1 (20), three tenths of one on day 2 (6). One van for both would let "
        "3 lie over night for 15.",
    ),
    "horizon_mean_fill": Case(
        by_van(8, 3, **{"Min Fill": 0.8}),
        27.5,
        "Day 2 counts its 3 kg at 8 kg a trip, the least fill: 20 x 3 / 8.",
    ),
    "horizon_mixed_vans": Case(
        {
            **by_van(8, 12, **{"Min Fill": 0.8}),
            "Lanes": lane(Vehicle="van, box"),
            "Vehicles": [
                VAN | {"Min Fill": 0.8},
                {"Vehicle": "box", "Max Weight": 20, "Cost Per Trip": 60},
            ],
        },
        50.0,
        "A van on day 1; on day 2 the van costs 20 / 8 a kg at its mean fill, the box 60 / 20: 30.",
    ),
    "horizon_departure": Case(
        by_lane(**{"Fixed Cost": 10, "Max Shipment": 5, "Min Shipment": 4}),
        14.0,
        "A departure on day 1 (10); on day 2 two of at most five units: 4, and no minimum.",
    ),
    "horizon_counted_departure": Case(
        {
            **by_lane(**{"Fixed Cost": 10, "Max Shipment": 5}),
            "UserRows": counting("2"),
        },
        20.0,
        "A row counts the departures of day 2, so the one of that day is a whole one: 10 each day.",
    ),
    "horizon_departure_not_counted": Case(
        {
            **by_lane(**{"Fixed Cost": 10, "Max Shipment": 5}),
            "UserRows": counting("1"),
        },
        14.0,
        "The row counts day 1 alone; on day 2 there are two of at most five units: 4.",
    ),
    "horizon_no_capacity": Case(
        by_lane(**{"Fixed Cost": 10, "Min Shipment": 4}),
        20.0,
        "Without a Max Shipment there is nothing to share a departure by: 10 on each day; the "
        "minimum of 4 is not asked on day 2.",
    ),
    "horizon_order": Case(
        bought(6, 3, **{"Fixed Cost": 8, "MOQ": 6, "Max": 10}),
        10.4,
        "An order on day 1 (8); on day 2 three tenths of one.",
    ),
    "horizon_lots": Case(
        {
            **bought(4, 3, **{"Unit Cost": 1, "MOQ": 4, "Order Multiple": 4}),
        },
        7.0,
        "4 on day 1; on day 2 neither lots nor a least order are asked: 3.",
    ),
    "horizon_shipment_lots": Case(
        by_lane(**{"Unit Cost": 1, "Order Multiple": 4}),
        6.0,
        "4 on day 1, 2 on day 2.",
    ),
    "period_integer": Case(
        {
            **{name: rows for name, rows in by_van(3, 3).items() if name != "Settings"},
            "Periods": [
                {"Period": "1", "Start Date": "2026-01-05", "Integer": "N"},
                {"Period": "2", "Start Date": "2026-01-06"},
            ],
        },
        26.0,
        "Part of a van on day 1 (6), a whole one on day 2.",
    ),
    "nothing_after": Case(
        {
            "Settings": NOTHING_AFTER,
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1, "Lead Time": 1, "Max Shipment": 4}),
            "Demand": demand("S1", "tea", 0, 0),
            "OpeningStock": [stock("DC", 10)],
            "Terminal": [WORTH_FIVE],
        },
        -16.0,
        "4 leave on day 1 for 1 each and earn 5 each at the end; what leaves on day 2 would come "
        "too late.",
    ),
    "nothing_bought_after": Case(
        {
            "Settings": NOTHING_AFTER,
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 0, 0),
            "Supply": [
                {"Location": "S1", "Product": "tea", "Lead Time": 1, "Unit Cost": 1, "Max": 9}
            ],
            "Terminal": [WORTH_FIVE],
        },
        -36.0,
        "9 ordered on day 1 for 1 each earn 5 each; nothing can be ordered on day 2.",
    ),
}
