"""Cash of companies, small enough for a ledger on paper."""

from typing import Any

from families import TEA, TWO, Case, lane, stock
from small import demand

SOLD = [TEA[0] | {"Price": 10, "Shortage Cost": 100}]
OURS = [row | {"Company": "Ours"} for row in TWO]
PAIR = [TWO[0] | {"Company": "North"}, TWO[1] | {"Company": "South"}]
STILL = [{"Setting": "carrying_rate", "Value": 0}]
BUYING: dict[str, Any] = {
    "Locations": OURS,
    "Products": SOLD,
    "Settings": STILL,
    "Lanes": lane(),
    "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 4}],
}


def terms(party: str, kind: str, **more: object) -> dict[str, object]:
    return {"Party": party, "Kind": kind, **more}


def opening(amount: float, party: str = "Ours") -> dict[str, object]:
    return terms(party, "opening cash", Amount=amount)


def credit(amount: float, rate: str = "0%", party: str = "Ours") -> dict[str, object]:
    return terms(party, "credit line", Amount=amount, Interest=rate)


def least(limit: float, **more: object) -> list[dict[str, object]]:
    return [{"Budget": "B", "Kind": "cash", "Limit": limit, **more}]


CASES: dict[str, Case] = {
    "cash_limits_buying": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5, 5),
            "Finance": [opening(12), credit(0), terms("*", "collect", Days=1)],
        },
        232.0,
        "12 buy 3 on the first day, of whose 30 all 5 are bought on the second: 8 x 4 and 2 lost.",
    ),
    "cash_credit": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5, 5),
            "Finance": [opening(12), credit(6, "3650%"), terms("Ours", "collect", Days=1)],
        },
        88.6,
        "12 and a credit of 6 buy 4 and a half: half a unit is lost for 50. 9.5 are bought for 38, "
        "and 6 for a day at 10 % cost 0.6.",
    ),
    "cash_interest_carried": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5, 0, 0),
            "Finance": [
                opening(10),
                credit(20, "3650%"),
                terms("S1", "collect", Days=2),
                terms("Ours", "collect", Days=1),
            ],
        },
        22.1,
        "10 of the 20 for 5 units are borrowed. S1 pays after two days, whatever holds for the "
        "company: 1 interest on the second day is borrowed too, 1.1 on the third.",
    ),
    "cash_discounted": Case(
        {
            **BUYING,
            "Settings": [*STILL, {"Setting": "discount_per_period", "Value": 0.25}],
            "Demand": demand("S1", "tea", 5, 0, 0),
            "Finance": [opening(10), credit(20, "3650%"), terms("*", "collect", Days=2)],
        },
        21.504,
        "As above: 1 counts 0.8 a day later and 1.1 counts 0.64. Money itself is not discounted: "
        "11 are owed on the second day.",
    ),
    "cash_pay_later": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5, 5, 5),
            "Finance": [
                opening(0),
                credit(0),
                terms("DC", "pay", Days=1),
                terms("S1", "collect", Days=1),
            ],
        },
        60.0,
        "Every 20 for 5 units are due on the day on which their 50 come in.",
    ),
    "cash_due_after_the_end": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5),
            "Finance": [credit(0), terms("DC", "pay", Days=2), terms("*", "collect", Days=9)],
        },
        20.0,
        "Neither purchase nor sale is paid within the one day.",
    ),
    "cash_least": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5, 5),
            "Finance": [opening(12), terms("*", "collect", Days=1)],
            "Budgets": least(8, Period="1"),
        },
        424.0,
        "Only 4 of the 12 may be spent on the first day, 4 units lost; then there are 18 for 20: "
        "without a line the balance may fall below 0.",
    ),
    "cash_least_soft": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5),
            "Finance": [opening(30), terms("*", "collect", Days=1)],
            "Budgets": least(25, Hardness="soft", Penalty=2, Each="each company"),
        },
        50.0,
        "30 - 20 = 10 are left, 15 too few at 2 each.",
    ),
    "cash_mean_of_companies": Case(
        {
            **BUYING,
            "Locations": PAIR,
            "Lanes": lane(**{"Transfer Price": 12}),
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 4, "Max": 9}],
            "Demand": demand("S1", "tea", 4, 4),
            "Finance": [opening(20, "North"), opening(40, "South")],
            "Budgets": least(33, Averaging="average", Location="Company=South"),
        },
        272.0,
        "South loses 2 on each unit: 40 - 2 on the first and 40 - 1 on the second day count for "
        "the mean. 1.5 and 4 are sold, 2.5 lost.",
    ),
    "cash_end": Case(
        {
            **BUYING,
            "Demand": demand("S1", "tea", 5, 5),
            "Finance": [opening(30), terms("*", "collect", Days=1)],
            "Budgets": least(45, Averaging="end"),
        },
        160.0,
        "30 - 20 + 50 leave 15 for the second day: 3.75 are bought, 1.25 lost.",
    ),
    "cash_trade": Case(
        {
            "Locations": PAIR,
            "Products": SOLD,
            "Settings": STILL,
            "Lanes": lane(**{"Transfer Price": 10, "Unit Cost": 1, "Fixed Cost": 2}),
            "Supply": [{"Location": "DC", "Product": "tea", "Max": 9}],
            "Demand": demand("S1", "tea", 1),
            "Finance": [opening(0, "North"), opening(90, "South")],
            "Budgets": least(34, Location="DC"),
        },
        6.0,
        "North needs 34 = 9 n - 2: it sells 4 units, of which only one is needed.",
    ),
    "cash_everything_is_paid": Case(
        {
            "Locations": OURS,
            "Products": [SOLD[0] | {"Unit Value": 10}],
            "Settings": STILL,
            "Lanes": lane(
                **{"Unit Cost": 1, "Fixed Cost": 2, "Duty": "10%", "Vehicle": "van"},
            ),
            "Vehicles": [{"Vehicle": "van", "Max Units": 9, "Cost Per Trip": 3}],
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 1, "Fixed Cost": 4}],
            "StockCosts": [
                {"Location": "*", "Handling In": 0.25, "Handling Out": 0.5, "Holding Cost": 1}
            ],
            "Demand": demand("S1", "tea", 4),
            "OpeningStock": [stock("DC", 1, Blocked=1)],
            "Finance": [opening(30), terms("*", "collect", Days=1)],
            "Budgets": least(10, Hardness="soft"),
        },
        35.0,
        "4 units: 1 bought, 1 freight, 1 duty, 0.25 in and 0.5 out at both places, 4.5 in all; "
        "order 4, departure 2, van 3: 27 of the 30, so 7 too few. What is blocked is held "
        "for 1, which nobody pays.",
    ),
}
