"""Networks with constraints of the planner's own, solved by hand."""

from families import TEA, TWO, Case, lane, stock
from small import Rows, demand

MODES: Rows = [
    {"From": "DC", "To": "S1", "Lead Time": 0, "Mode": "air", "Unit Cost": 5},
    {"From": "DC", "To": "S1", "Lead Time": 1, "Mode": "road", "Unit Cost": 1},
]

CASES: dict[str, Case] = {
    "user_ship": Case(
        {
            "Locations": [*TWO, {"Location": "S2", "Tier": "store"}],
            "Products": TEA,
            "Lanes": [{"From": "DC", "To": "S1, S2", "Lead Time": 0}],
            "Demand": demand("S1", "tea", 5, 5) + demand("S2", "tea", 5, 5),
            "OpeningStock": [stock("DC", 40)],
            "UserRows": [
                {
                    "Row": "one van",
                    "Variable": "ship",
                    "From": "DC",
                    "Sense": "<=",
                    "Value": 8,
                    "Each": "each period",
                }
            ],
        },
        400.0,
        "8 of the 10 wanted a day leave DC: 2 are lost each day, 4 x 100.",
    ),
    "user_mode_share": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": MODES,
            "Demand": demand("S1", "tea", 10, 10),
            "OpeningStock": [stock("DC", 40)],
            "UserRows": [
                {"Row": "air", "Variable": "ship", "Mode": "air", "Coefficient": 0.6},
                {
                    "Row": "air",
                    "Variable": "ship",
                    "Mode": "road",
                    "Coefficient": -0.4,
                    "Sense": "<=",
                    "Value": 0,
                },
            ],
        },
        65.0,
        "10 must fly on the first day for 5 each; 0.6 x 10 <= 0.4 x 15: 15 go by road for 1 each, "
        "5 more than anybody needs.",
    ),
    "user_departures": Case(
        {
            "Locations": [*TWO, {"Location": "S2", "Tier": "store"}],
            "Products": TEA,
            "Lanes": [{"From": "DC", "To": "S1, S2", "Lead Time": 0}],
            "Demand": demand("S1", "tea", 5) + demand("S2", "tea", 7),
            "OpeningStock": [stock("DC", 40)],
            "UserRows": [
                {"Row": "one stop", "Variable": "departures", "Sense": "<=", "Value": 1},
            ],
        },
        500.0,
        "One store is served: the one that wants 7.",
    ),
    "user_soft": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 4),
            "OpeningStock": [stock("DC", 10)],
            "UserRows": [
                {
                    "Row": "keep six",
                    "Variable": "stock",
                    "From": "DC",
                    "Sense": "=",
                    "Value": 8,
                    "Penalty": 2,
                },
                {
                    "Row": "never short",
                    "Variable": "lost",
                    "Sense": "<=",
                    "Value": 1,
                    "Penalty": 1000,
                },
                {
                    "Row": "issue",
                    "Variable": "issue",
                    "From": "S1",
                    "Sense": ">=",
                    "Value": 5,
                    "Penalty": 3,
                },
            ],
        },
        11.0,
        "4 are shipped for 1 each; 6 stay at DC, 2 under the 8 for 2 each; 4 of 5 are issued: 3.",
    ),
    "user_over": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 4),
            "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 5}],
            "UserRows": [
                {
                    "Row": "purse",
                    "Variable": "spend",
                    "From": "DC",
                    "Sense": "<=",
                    "Value": 15,
                    "Penalty": 2,
                },
            ],
        },
        30.0,
        "4 are bought for 5 each; 5 of the 20 lie above the purse and cost 2 each.",
    ),
    "user_vehicles": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Weight": 1}],
            "Lanes": lane(Vehicle="van"),
            "Demand": demand("S1", "tea", 9, 9),
            "OpeningStock": [stock("DC", 40)],
            "Vehicles": [{"Vehicle": "van", "Max Weight": 4, "Cost Per Trip": 1}],
            "UserRows": [
                {
                    "Row": "two trips",
                    "Variable": "vehicles",
                    "From": "DC",
                    "Sense": "<=",
                    "Value": 2,
                    "Each": "each period",
                },
            ],
        },
        204.0,
        "Two trips a day carry 8 of 9: 1 is lost each day, and 4 trips cost 1 each.",
    ),
    "user_make": Case(
        {
            "Locations": [{"Location": "PL", "Tier": "plant"}],
            "Products": [*TEA, {"Product": "mint", "Unit Value": 0, "Shortage Cost": 10}],
            "Demand": demand("PL", "tea", 6) + demand("PL", "mint", 6),
            "Recipes": [
                {"Recipe": "T", "Location": "PL", "Output": "tea"},
                {"Recipe": "M", "Location": "PL", "Output": "mint", "Yield": 0.5},
            ],
            "UserRows": [
                {"Row": "both", "Variable": "make", "From": "PL", "Sense": "<=", "Value": 10},
            ],
        },
        40.0,
        "10 are made in all, gross: 6 tea, and 4 mint of which 2 are good: 4 mint are lost for 10.",
    ),
    "user_open": Case(
        {
            "Locations": [
                {"Location": "DC", "Tier": "RDC", "Status": "consider"},
                {"Location": "D2", "Tier": "RDC", "Status": "consider"},
                {"Location": "S1", "Tier": "store"},
                {"Location": "S2", "Tier": "store"},
            ],
            "Products": TEA,
            "Lanes": [
                {"From": "DC", "To": "S1", "Lead Time": 0},
                {"From": "D2", "To": "S2", "Lead Time": 0},
            ],
            "Demand": demand("S1", "tea", 5) + demand("S2", "tea", 7),
            "Supply": [
                {"Location": "DC", "Product": "tea"},
                {"Location": "D2", "Product": "tea"},
            ],
            "Sites": [
                {"Location": "DC", "Fixed Cost": 10},
                {"Location": "D2", "Fixed Cost": 10},
            ],
            "UserRows": [
                {"Row": "one of them", "Variable": "open", "Sense": "<=", "Value": 3},
            ],
        },
        510.0,
        "With the two stores, which are open, one warehouse may be: that for the store wanting 7.",
    ),
}
