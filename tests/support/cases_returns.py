"""Networks whose customers bring goods back, solved by hand."""

from families import HOLD, TEA, TWO, Case, stock
from small import demand

CASES: dict[str, Case] = {
    "returns": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 8, 8, 8),
            "OpeningStock": [stock("S1", 14)],
            "Returns": [{"Location": "S1", "Product": "tea", "Ratio": 0.25, "Lag": 1}],
        },
        600.0,
        "8 are issued, then the other 6 and the 2 that came back, then the 2 that came back of "
        "those: 6 of the last 8 are lost for 100 each.",
    ),
    "returns_disposal": Case(
        {
            "Locations": [{"Location": "C1", "Tier": "customer"}, TWO[0]],
            "Products": [*TEA, {"Product": "used", "Unit Value": 0, "Shortage Cost": 9}],
            "Lanes": [
                {"From": "DC", "To": "C1", "Lead Time": 0, "Product": "tea"},
                {
                    "From": "C1",
                    "To": "DC",
                    "Lead Time": 0,
                    "Product": "used",
                    "Kind": "return",
                    "Unit Cost": 1,
                    "Max Shipment": 3,
                },
            ],
            "Demand": [
                *demand("C1", "tea", 10),
                *demand("DC", "used", 0, 2),
            ],
            "OpeningStock": [stock("DC", 10)],
            "StockCosts": HOLD,
            "Returns": [
                {
                    "Location": "C1",
                    "Product": "tea",
                    "Ratio": 0.5,
                    "Lag": 1,
                    "Return Product": "used",
                    "Disposal Cost": 3,
                }
            ],
        },
        10.0,
        "5 used ones come back to a place that keeps nothing: 3 go back for 1 each, of which 2 are "
        "wanted and 1 lies at DC for 1; 2 are thrown away for 3 each.",
    ),
    "returns_out_of_reach": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 4),
            "OpeningStock": [stock("S1", 1)],
            "StockTargets": [{"Safety Stock": 2, "Hardness": "hard", "Penalty": 3}],
            "Returns": [{"Location": "S1", "Product": "tea", "Ratio": 0.5}],
        },
        206.0,
        "What comes back has been there before: never more than 1 can lie there, so the hard 2 are "
        "missing for 3 each. The 1, its half and so on are issued: 2 of 4 are lost for 100 each.",
    ),
    "returns_out_of_reach_as_another": Case(
        {
            "Locations": TWO[1:],
            "Products": [*TEA, {"Product": "used", "Unit Value": 0, "Shortage Cost": 9}],
            "Demand": demand("S1", "tea", 4, 0),
            "OpeningStock": [stock("S1", 2)],
            "StockTargets": [
                {"Product": "used", "Safety Stock": 2, "Hardness": "hard", "Penalty": 3}
            ],
            "Returns": [
                {
                    "Location": "S1",
                    "Product": "tea",
                    "Ratio": 0.5,
                    "Lag": 1,
                    "Return Product": "used",
                }
            ],
        },
        209.0,
        "Only 2 of 4 can be issued, so no more than 1 used one can come back in period 2: 2 are "
        "lost for 100 each, 2 and then 1 used ones are missing for 3 each.",
    ),
    "returns_issued_again": Case(
        {
            "Locations": [TWO[1] | {"Status": "consider"}],
            "Products": [*TEA, {"Product": "mate", "Unit Value": 0, "Shortage Cost": 9}],
            "Demand": demand("S1", "tea", 3) + demand("S1", "mate", 1),
            "Supply": [{"Location": "S1", "Product": "mate", "Max": 2}],
            "Sites": [{"Location": "S1", "Fixed Cost": 1}],
            "Returns": [{"Location": "S1", "Product": "mate", "Ratio": 0.5}],
            "Substitutes": [{"Product": "tea", "Substitute": "mate"}],
        },
        1.0,
        "Half of what is issued is back at once and issued again: 2 mate serve 3 teas and 1 mate.",
    ),
    "returns_after_the_end": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 2, 0, 0),
            "OpeningStock": [stock("S1", 2)],
            "Sites": [{"Location": "S1", "Fixed Cost": 10, "Close Cost": 3}],
            "Returns": [{"Location": "S1", "Product": "tea", "Ratio": 0.5, "Lag": 3}],
        },
        13.0,
        "Open for the day it sells (10), then empty and closed (3): what comes back on day 4 does "
        "not count. Open until then it would be 30, without the sale 203.",
    ),
    "returns_after_the_end_of_late_issues": Case(
        {
            "Locations": [TWO[1] | {"Class": "A"}],
            "Products": TEA,
            "Demand": demand("S1", "tea", 2, 0, 0),
            "InTransit": [
                {"To": "S1", "Product": "tea", "Quantity": 2, "Due Date": "2026-01-06"},
            ],
            "ServiceClasses": [{"Class": "A", "Mode": "backorder", "Backorder Cost": 1}],
            "Sites": [{"Location": "S1", "Fixed Cost": 10, "Close Cost": 3}],
            "Returns": [{"Location": "S1", "Product": "tea", "Ratio": 0.5, "Lag": 2}],
        },
        18.0,
        "2 are owed for a day (2) and issued on day 2, the only one that is open (10): closed "
        "before and after (6). Open on the last day, too, it would be 25; what comes back of them "
        "on day 4 does not count.",
    ),
}
