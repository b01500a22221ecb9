"""Budgets of every kind, small enough to spend on paper."""

from families import HOLD, TEA, TWO, Case, lane, stock
from small import demand

WORTH = [{"Product": "tea", "Unit Value": 10, "Shortage Cost": 100}]
STILL = [{"Setting": "carrying_rate", "Value": 0}]
CARRY = {"Locations": TWO, "Products": WORTH, "Settings": STILL}


def budget(kind: str, limit: float, **more: object) -> list[dict[str, object]]:
    return [{"Budget": "B", "Kind": kind, "Limit": limit, **more}]


CASES: dict[str, Case] = {
    "capital": Case(
        {
            **CARRY,
            "Lanes": lane(**{"Lead Time": 1}),
            "Demand": demand("S1", "tea", 2, 3, 4),
            "OpeningStock": [stock("S1", 2)],
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 1}],
            "Budgets": budget("capital", 30),
        },
        106.0,
        "3 can be under way over each night (30): 3 and 3 are bought for 1 each, one is lost.",
    ),
    "capital_stock_only": Case(
        {
            **CARRY,
            "Lanes": lane(**{"Lead Time": 1}),
            "Demand": demand("S1", "tea", 2, 3, 4),
            "OpeningStock": [stock("S1", 2)],
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 1}],
            "Budgets": budget("capital", 0, **{"Include In Transit": "N"}),
        },
        7.0,
        "What is on the way does not count: 3 and 4 are bought for 1 each.",
    ),
    "capital_soft": Case(
        {
            **CARRY,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 0, 5),
            "OpeningStock": [stock("S1", 8, Blocked=2)],
            "Budgets": budget("capital", 40, Hardness="soft"),
        },
        40.0,
        "8 units are worth 80 on the first night: 40 too much at 1 each; 3 are left on the second "
        "night, with 2 of them blocked: 30.",
    ),
    "capital_today": Case(
        {
            **CARRY,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 4, 4, 4, 4),
            "OpeningStock": [stock("DC", 15)],
            "Budgets": budget("capital", 80),
        },
        115.0,
        "110 are bound after the first night, 70 after the second: from then on the cap holds. "
        "Until then nothing may be added, and nothing would: 15 sold for 1 each, one lost.",
    ),
    "capital_grows_not": Case(
        {
            **CARRY,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 1, 4, 1),
            "OpeningStock": [stock("DC", 4)],
            "Supply": [{"Location": "DC", "Product": "tea", "Period": "1", "Max": 9}],
            "Budgets": budget("capital", 20),
        },
        105.0,
        "At least 30 are bound on the first night: the cap holds from the second on. Until then "
        "there may be no more than the 40 of today, so one unit is bought, and one lost: 5 + 100.",
    ),
    "capital_average": Case(
        {
            **CARRY,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 0, 4, 0, 0),
            "Supply": [{"Location": "S1", "Product": "tea", "Period": "1"}],
            "Budgets": budget("capital", 5, Averaging="average"),
        },
        200.0,
        "A mean of 5 over four nights is 20 once: 2 units lie one night, 2 are lost.",
    ),
    "capital_average_by_days": Case(
        {
            **CARRY,
            "Periods": [
                {"Period": "1", "Start Date": "2026-01-05"},
                {"Period": "2", "Start Date": "2026-01-06", "End Date": "2026-01-08"},
            ],
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 0, 4),
            "Supply": [{"Location": "S1", "Product": "tea", "Period": "1"}],
            "Budgets": budget("capital", 5, Averaging="average"),
        },
        200.0,
        "A mean of 5 over four days is 20 for one: 2 units lie there on the first, 2 are lost.",
    ),
    "capital_whole_lots": Case(
        {
            **CARRY,
            "Lanes": [{"From": "S1", "To": "DC", "Lead Time": 0, "Order Multiple": 10}],
            "Demand": demand("S1", "tea", 1, 1, 2),
            "OpeningStock": [stock("S1", 3)],
            "Budgets": budget("capital", 10, Location="S1"),
        },
        100.0,
        "20 are bound after the first night, 10 after the second: from then on the cap holds. A "
        "tenth of a lot, sent away on the first day, would keep it at once. One is lost.",
    ),
    "capital_while_open": Case(
        {
            **CARRY,
            "Locations": TWO[1:],
            "Demand": demand("S1", "tea", 0, 4),
            "OpeningStock": [stock("S1", 4)],
            "StockTargets": [{"Safety Stock": 2, "Hardness": "hard"}],
            "Sites": [{"Location": "S1", "Fixed Cost": 1}],
            "Budgets": budget("capital", 15),
        },
        202.0,
        "4 lie there on the first night. S1 has to be open on the second day to sell any, and then "
        "keeps 2, worth 20: the cap of 15 cannot be kept. 2 are lost, S1 is open for two days.",
    ),
    "capital_late_order": Case(
        {
            **CARRY,
            "Locations": TWO[1:],
            "Demand": demand("S1", "tea", 0, 0),
            "InTransit": [
                {
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 2,
                    "Due Date": "2026-01-09",
                    "Firm": "N",
                    "Order No": "PO1",
                }
            ],
            "Terminal": [
                {"Rule": "value", "Value": 10, "Quantity": 9, "Level": "location", "Location": "S1"}
            ],
            "Budgets": budget("capital", 5),
        },
        -5.0,
        "Only half a unit, worth 5, may be under way: three quarters of the order are cancelled, "
        "which saves nothing, and what is left earns 5.",
    ),
    "capital_end": Case(
        {
            **CARRY,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 0, 4, 0),
            "Supply": [{"Location": "S1", "Product": "tea", "Period": "1"}],
            "Budgets": budget("capital", 10, Averaging="end"),
            "Terminal": [{"Rule": "cover", "Quantity": 3, "Penalty": 7}],
        },
        14.0,
        "Only the last night counts: one of 3 wanted stays.",
    ),
    "capital_company": Case(
        {
            "Locations": [
                TWO[0] | {"Company": "North"},
                TWO[1] | {"Company": "South"},
                {"Location": "S2", "Tier": "store", "Company": "South"},
            ],
            "Products": WORTH,
            "Settings": STILL,
            "Lanes": [
                {"From": "DC", "To": to, "Lead Time": 1, "Unit Cost": 1} for to in ("S1", "S2")
            ],
            "Demand": demand("S1", "tea", 0, 3) + demand("S2", "tea", 0, 3),
            "OpeningStock": [stock("DC", 6)],
            "Budgets": budget("capital", 40, Each="each company"),
        },
        204.0,
        "North has 60 today, more than its cap; what is on the way belongs to South: 4 leave for 1 "
        "each on the first day, 2 are lost.",
    ),
    "spend": Case(
        {
            **CARRY,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 5, 5),
            "Supply": [{"Location": "S1", "Product": "tea", "Unit Cost": 2, "Fixed Cost": 1}],
            "Budgets": budget("spend", 14, Averaging="end"),
        },
        315.0,
        "7 units for 14; an order costs 1 besides and does not count: with stock free one order "
        "is enough. 3 are lost.",
    ),
    "freight": Case(
        {
            **CARRY,
            "Lanes": lane(**{"Unit Cost": 1, "Fixed Cost": 2, "Vehicle": "van"}),
            "Demand": demand("S1", "tea", 5, 5),
            "OpeningStock": [stock("DC", 10)],
            "Vehicles": [{"Vehicle": "van", "Max Units": 9, "Cost Per Trip": 3}],
            "Budgets": budget("freight", 8, Location="DC"),
        },
        416.0,
        "A departure takes 2 + 3 of the 8 a day: 3 units a day, 4 are lost.",
    ),
    "carbon_cap": Case(
        {
            **CARRY,
            "Lanes": [
                {"From": "DC", "To": "S1", "Mode": "air", "Lead Time": 0, "Unit Cost": 1}
                | {"Carbon": 5},
                {"From": "DC", "To": "S1", "Mode": "rail", "Lead Time": 0, "Unit Cost": 3}
                | {"Carbon": 1},
            ],
            "Demand": demand("S1", "tea", 10),
            "OpeningStock": [stock("DC", 10)],
            "Budgets": budget("carbon", 30, Hardness="soft", Penalty=9),
        },
        20.0,
        "10 by air are 50 kg; each one by rail saves 4 kg for 2: 5 by rail make 30 kg. 5 + 15.",
    ),
    "moves": Case(
        {
            "Locations": [{"Location": code, "Tier": "store"} for code in ("S1", "S2", "S3")],
            "Products": TEA,
            "Lanes": [
                {"From": "S1", "To": to, "Mode": mode, "Lead Time": 0, "Max Shipment": 3}
                for to in ("S2", "S3")
                for mode in ("road", "rail")
            ],
            "Demand": demand("S2", "tea", 6, 0) + demand("S3", "tea", 4, 1),
            "OpeningStock": [stock("S1", 20)],
            "Budgets": budget("moves", 1),
            "StockCosts": HOLD,
        },
        427.0,
        "One move a day: on the first S2 gets 6, 3 by each mode, and 4 are lost (400); 14 stay at "
        "S1 for a night, and 13 when S3 has got its one on the second.",
    ),
}
