"""Hand-solved networks of calendars and departure days (F16). Day 1 is Monday 2026-01-05."""

from families import HOLD, TEA, TWO, Case, lane, stock
from small import Rows, demand

SHOP_HOLDS: Rows = [
    {"Location": "S1", "Holding Cost": 1},
    {"Location": "DC", "Holding Cost": 0},
]
TUESDAY = {"Date From": "2026-01-06", "Open": "N"}

CASES: dict[str, Case] = {
    "departure_days": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Departure Days": "Mon,Thu"}),
            "Demand": demand("S1", "tea", 2, 2, 2, 2),
            "OpeningStock": [stock("DC", 20)],
            "StockCosts": SHOP_HOLDS,
        },
        6.0,
        "Monday's shipment of 6 lasts till Wednesday: 4 lie over the first night, 2 over the "
        "second. 2 more leave on Thursday.",
    ),
    "departure_calendar": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Departure Days": "boat", "Lead Time": 1}),
            "Calendars": [{"Calendar": "boat", "Date From": "2026-01-06", "Open": "Y"}],
            "Demand": demand("S1", "tea", 1, 1, 1, 1),
            "OpeningStock": [stock("DC", 20), stock("S1", 1)],
            "StockCosts": SHOP_HOLDS,
        },
        101.0,
        "The boat leaves on day 2 only and brings 2 on day 3, one of them for day 4 (1 night); "
        "1 lies in the shop for day 1, and day 2 is lost (100).",
    ),
    "closed_place": Case(
        {
            "Locations": [TWO[0], {**TWO[1], "Calendar": "shop"}],
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Calendars": [{"Calendar": "shop", **TUESDAY}],
            "Demand": demand("S1", "tea", 3, 2, 4),
            "OpeningStock": [stock("DC", 20), stock("S1", 5)],
            "StockCosts": [{"Location": "S1", "Holding Cost": 0.25}],
        },
        203.0,
        "On day 2 the shop issues and receives nothing: 2 lost (200). 3 of 5 are sold on day 1, 2 "
        "lie two nights (1) and are sold on day 3 with 2 more, brought for 1 each.",
    ),
    "closed_arrival": Case(
        {
            "Locations": [TWO[0], {**TWO[1], "Calendar": "shop"}],
            "Products": TEA,
            "Lanes": lane(**{"Lead Time": 1}),
            "Calendars": [{"Calendar": "shop", **TUESDAY}],
            "Demand": demand("S1", "tea", 0, 0, 4, 4),
            "OpeningStock": [stock("DC", 20)],
            "Capacity": [{"Location": "DC", "Kind": "outbound", "Dimension": "unit", "Limit": 3}],
            "StockCosts": SHOP_HOLDS,
        },
        200.0,
        "Nothing can arrive on day 2, so nothing leaves on day 1; 3 leave on day 2 and 3 on day 3: "
        "one is lost on each of the last days.",
    ),
    "working_days": Case(
        {
            "Locations": [{**TWO[0], "Calendar": "half"}, TWO[1]],
            "Products": TEA,
            "Lanes": lane(),
            "Calendars": [
                {"Calendar": "half", "Date From": "2026-01-06", "Open": "Y", "Factor": 0.5}
            ],
            "Demand": demand("S1", "tea", 4, 4),
            "OpeningStock": [stock("DC", 20)],
            "Capacity": [
                {
                    "Location": "DC",
                    "Kind": "outbound",
                    "Dimension": "unit",
                    "Limit": 4,
                    "Extra Limit": 4,
                    "Extra Cost": 3,
                }
            ],
            "StockCosts": SHOP_HOLDS,
        },
        6.0,
        "Half a day's work lets 2 leave on day 2; 2 more for 3 each. A day earlier they would be "
        "as dear and lie one night.",
    ),
    "purchase_received": Case(
        {
            "Locations": [{**TWO[1], "Calendar": "shop"}],
            "Products": TEA,
            "Calendars": [{"Calendar": "shop", **TUESDAY}],
            "Demand": demand("S1", "tea", 0, 0, 3),
            "Supply": [{"Location": "S1", "Product": "tea", "Unit Cost": 2, "Lead Time": 1}],
            "StockCosts": HOLD,
        },
        300.0,
        "What is ordered on day 1 would come on day 2, when nobody receives it; day 2 takes no "
        "order; what is ordered on day 3 comes too late: 3 lost.",
    ),
}
