"""Networks with goods that expire, small enough to solve on paper (F19)."""

from families import HOLD, TWO, Case, lane, stock
from small import Rows, demand

Row = dict[str, object]


def tea(**more: object) -> Rows:
    return [{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100, "Scrap Cost": 5, **more}]


def lot(location: str, quantity: float, day: int) -> Row:
    return stock(location, quantity, **{"Expiry Date": f"2026-01-{day:02d}"})


def supply(location: str, **more: object) -> Row:
    return {"Location": location, "Product": "tea", **more}


STORES: Rows = [{"Location": "S1", "Tier": "store"}, {"Location": "S2", "Tier": "store"}]
UNEVEN: Rows = [
    {"Period": "1", "Start Date": "2026-01-05", "End Date": "2026-01-05"},
    {"Period": "2", "Start Date": "2026-01-06", "End Date": "2026-01-08"},
]
CREDIT: Rows = [
    {"Rule": "value", "Value": 10, "Quantity": 9, "Level": "location", "Location": "S1"}
]

CASES: dict[str, Case] = {
    "shelf_life": Case(
        {
            "Locations": TWO[1:],
            "Products": tea(**{"Shelf Life": 2}),
            "Demand": demand("S1", "tea", 2, 2, 2),
            "Supply": [
                supply("S1", **{"Unit Cost": 1, "Fixed Cost": 10}),
                supply("S1", Period="3", **{"Fixed Cost": 20}),
            ],
            "StockCosts": HOLD,
        },
        28.0,
        "An order lasts two periods: 2 units in period 1, 4 in period 2, two orders for 20, 6 "
        "units for 6, 2 of them over one night for 2. One order for all would cost 22, but its "
        "last 2 units would have expired.",
    ),
    "scrap_not_before": Case(
        {
            "Locations": TWO[1:],
            "Products": tea(**{"Scrap Cost": 0}),
            "Demand": demand("S1", "tea", 0, 0, 2),
            "OpeningStock": [lot("S1", 1, 6), lot("S1", 5, 7)],
            "StockCosts": HOLD,
        },
        11.0,
        "Scrapping is free, and 4 are never wanted; but only one expires in period 2, and 3 of the "
        "others in period 3. Nights: 6 + 5.",
    ),
    "scrap_what_is_there": Case(
        {
            "Locations": TWO[1:],
            "Products": tea(**{"Scrap Cost": 0, "Shelf Life": 5}),
            "Demand": demand("S1", "tea", 1, 0, 0),
            "OpeningStock": [lot("S1", 1, 6)],
            "Supply": [supply("S1", Period="2", Min=1, Max=1), supply("S1", Max=0)],
            "StockCosts": HOLD,
        },
        2.0,
        "The old unit is sold in period 1, so nothing is left to expire in period 2: the unit that "
        "must be taken then stays two nights.",
    ),
    "dead_on_arrival": Case(
        {
            "Periods": UNEVEN,
            "Locations": TWO[1:],
            "Products": tea(**{"Shelf Life": 9}),
            "Demand": demand("S1", "tea", 1, 0),
            "OpeningStock": [lot("S1", 2, 4)],
            "InTransit": [
                {
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 4,
                    "Due Date": "2026-01-06",
                    "Expiry Date": "2026-01-07",
                    "Firm": "N",
                    "Order No": "PO1",
                }
            ],
            "Supply": [
                supply("S1", Period="2", Min=3, Max=3, **{"Unit Cost": 1, "Remaining Life": 2}),
                supply("S1", Max=0),
            ],
        },
        128.0,
        "Yesterday's 2 are scrapped for 10, the 1 wanted is lost for 100. The 3 that must be taken "
        "in period 2 do not live to its end: 3 + 15. The order does not either; it is cancelled.",
    ),
    "dead_later": Case(
        {
            "Periods": UNEVEN,
            "Locations": TWO[1:],
            "Products": tea(**{"Shelf Life": 9}),
            "Demand": demand("S1", "tea", 1, 0),
            "OpeningStock": [stock("S1", 1)],
            "Supply": [
                supply("S1", **{"Unit Cost": 1, "Lead Time": 3, "Remaining Life": 2}),
            ],
            "Terminal": CREDIT,
        },
        0.0,
        "What is left earns 10 a unit, but what is ordered comes behind the horizon and does not "
        "live to the end of the period in which it comes: nothing is ordered.",
    ),
    "new_behind_the_end": Case(
        {
            "Locations": TWO[1:],
            "Products": tea(**{"Shelf Life": 1}),
            "Demand": demand("S1", "tea", 0, 0),
            "Supply": [supply("S1", Max=5, **{"Unit Cost": 1, "Lead Time": 2})],
            "Terminal": CREDIT,
        },
        -81.0,
        "Both orders come behind the horizon, one day apart and new: 5 + 4 are bought for 1 each, "
        "and 9 are worth 10 each.",
    ),
    "ages": Case(
        {
            "Locations": TWO,
            "Products": tea(),
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 2, 0, 5),
            "OpeningStock": [lot("DC", 3, 6), lot("DC", 5, 8)],
            "StockCosts": HOLD,
        },
        16.0,
        "2 old units are sold at once, the third expires in period 2: 5. The 5 young ones wait for "
        "period 3. Nights: 6 + 5.",
    ),
    "scrap_no_other_age": Case(
        {
            "Locations": TWO,
            "Products": tea(**{"Scrap Cost": 0}),
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 0, 2, 4),
            "OpeningStock": [lot("DC", 3, 6), lot("DC", 7, 8)],
            "StockCosts": HOLD,
        },
        16.0,
        "Scrapping is free, but only the 3 old units may be scrapped, in period 2; so young ones "
        "are sold then, and one stays to the end. Nights: 10 + 5 + 1.",
    ),
    "age_on_the_way": Case(
        {
            "Locations": TWO,
            "Products": tea(),
            "Lanes": lane(**{"Lead Time": 1, "Unit Cost": 1}),
            "Demand": demand("S1", "tea", 0, 3, 3),
            "OpeningStock": [lot("DC", 4, 6), lot("DC", 3, 7)],
        },
        11.0,
        "The 3 young units must leave in period 2 to be of use in period 3; of the old ones 3 go "
        "in period 1, and the fourth is scrapped: 6 freight, 5 scrap.",
    ),
    "age_of_transfers": Case(
        {
            "Locations": STORES,
            "Products": tea(),
            "Lanes": [{"From": "S1", "To": "S2", "Lead Time": 1, "Unit Cost": 1}],
            "Demand": [*demand("S1", "tea", 0, 2, 0), *demand("S2", "tea", 0, 0, 2)],
            "OpeningStock": [lot("S1", 2, 6), lot("S1", 4, 7)],
        },
        12.0,
        "The older 2 are sold at S1 in period 2. 2 of the others go to S2 for 2, the last 2 are "
        "scrapped in period 3 for 10.",
    ),
    "fresh_enough": Case(
        {
            "Locations": TWO[1:],
            "Products": tea(**{"Shelf Life": 9}),
            "Demand": [
                *demand("S1", "tea", 2, 0, 2, Class="picky"),
                *demand("S1", "tea", 1, 0, 0, Class="easy"),
            ],
            "ServiceClasses": [
                {"Class": "picky", "Min Life Share": "2/3"},
                {"Class": "easy", "Min Remaining Life": 2},
            ],
            "OpeningStock": [lot("S1", 3, 8), lot("S1", 3, 12)],
        },
        100.0,
        "2/3 of 9 days are 6. The lot of January 12 has 8 days left on the 5th and 6 on the 7th; "
        "the lot of the 8th is good for the easy class only. 3 of 4 for the picky one: 1 is lost.",
    ),
    "mature": Case(
        {
            "Locations": TWO[1:],
            "Products": tea(Maturation=2, **{"Shelf Life": 9, "Scrap Cost": 0}),
            "Demand": demand("S1", "tea", 1, 0, 3),
            "OpeningStock": [stock("S1", 5, **{"Expiry Date": "2026-01-07"})],
            "Supply": [supply("S1", Min=1, **{"Unit Cost": 1})],
            "StockCosts": HOLD,
        },
        16.0,
        "One unit has to be bought every day: 3. The lot of 5 is mature; 1 is sold in period 1. In "
        "period 3 the unit of period 1 is mature, too, and sold with 2 of the lot, of which the "
        "last 2 expire for nothing; the other units bought stay. Nights: 5 + 6 + 2.",
    ),
    "mature_components": Case(
        {
            "Locations": [{"Location": "PL", "Tier": "plant"}],
            "Products": [
                *tea(Maturation=1, **{"Shelf Life": 9}),
                {"Product": "box", "Unit Value": 0, "Shortage Cost": 100},
            ],
            "Demand": demand("PL", "box", 1, 2),
            "Supply": [supply("PL", **{"Unit Cost": 1})],
            "Recipes": [{"Recipe": "pack", "Location": "PL", "Output": "box"}],
            "RecipeInputs": [{"Recipe": "pack", "Component": "tea", "Quantity": 1}],
            "StockCosts": HOLD,
        },
        104.0,
        "Tea may be packed a day after it came: the box of period 1 is lost; 2 units are bought "
        "then for 2 and lie one night for 2.",
    ),
    "order_takes_ages": Case(
        {
            "Locations": TWO,
            "Products": tea(),
            "Demand": demand("S1", "tea", 0, 0, 4),
            "OpeningStock": [lot("DC", 4, 6), lot("DC", 1, 9)],
            "InTransit": [
                {
                    "From": "DC",
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 4,
                    "Ship Date": "2026-01-06",
                    "Due Date": "2026-01-07",
                    "Order No": "TO1",
                }
            ],
        },
        320.0,
        "4 must leave in period 2: the young one, and 3 that arrive expired (15). The fourth old "
        "one is scrapped at DC (5), 3 are lost at S1.",
    ),
    "order_cancelled": Case(
        {
            "Locations": TWO,
            "Products": tea(),
            "Demand": demand("DC", "tea", 0, 2, 2),
            "OpeningStock": [lot("DC", 2, 6), lot("DC", 2, 9)],
            "InTransit": [
                {
                    "From": "DC",
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 2,
                    "Ship Date": "2026-01-06",
                    "Due Date": "2026-01-07",
                    "Order No": "TO1",
                    "Firm": "N",
                }
            ],
        },
        0.0,
        "All 4 are wanted at DC, the old ones first; the order is cancelled.",
    ),
    "order_may_stay": Case(
        {
            "Locations": TWO,
            "Products": tea(),
            "Demand": [*demand("DC", "tea", 0, 0, 2), *demand("S1", "tea", 0, 0, 1)],
            "OpeningStock": [lot("DC", 2, 6), lot("DC", 2, 9)],
            "InTransit": [
                {
                    "From": "DC",
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 2,
                    "Ship Date": "2026-01-06",
                    "Due Date": "2026-01-20",
                    "Order No": "TO1",
                    "Firm": "N",
                }
            ],
            "Terminal": CREDIT,
        },
        100.0,
        "The 2 young ones serve DC. The order takes the old ones, which arrive expired behind the "
        "horizon and earn nothing; the unit wanted at S1 is lost.",
    ),
    "phase_out": Case(
        {
            "Locations": [{"Location": "SUP", "Tier": "supplier"}, *TWO[1:]],
            "Products": tea(Lifecycle="phase-out", **{"End Of Life": "2026-01-06"}),
            "Lanes": [{"From": "SUP", "To": "S1", "Lead Time": 0, "Unit Cost": 1}],
            "Demand": demand("S1", "tea", 1, 1, 5, 5),
            "StockCosts": [{"Location": "*", "Holding Cost": 2}],
            "StockTargets": [{"Location": "S1", "Safety Stock": 3, "Penalty": 90}],
            "Terminal": [{"Rule": "cover", "Days": 2}],
        },
        48.0,
        "Shipments go on to January 6: 12 units for 12. The safety stock of 3 is wanted at the end "
        "of period 1 only, and nothing at the end. Nights: 3 + 10 + 5, 2 each.",
    ),
}
