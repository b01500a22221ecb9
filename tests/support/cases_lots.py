"""Hand-solved networks of least orders, whole lots and quotas (F9, F15)."""

from families import HOLD, TEA, TWO, Case, lane, stock
from small import Rows, demand

SHOP: Rows = TWO[1:]
MAKERS: Rows = [
    {"Location": "A", "Tier": "supplier"},
    {"Location": "B", "Tier": "supplier"},
    {"Location": "S1", "Tier": "store"},
]


def buy(**more: object) -> Rows:
    return [{"Location": "S1", "Product": "tea", "Unit Cost": 1, **more}]


def quota(cheap: dict[str, object], dear: dict[str, object]) -> dict[str, Rows]:
    """A sells for 1, B for 3; both bring it to the shop at once."""
    item = {"Product": "tea"}
    return {
        "Locations": MAKERS,
        "Products": TEA,
        "Lanes": [{"From": "A,B", "To": "S1", "Lead Time": 0}],
        "Demand": demand("S1", "tea", 10, 10),
        "Supply": [
            {"Location": "A", **item, "Unit Cost": 1, **cheap},
            {"Location": "B", **item, "Unit Cost": 3, **dear},
        ],
    }


CASES: dict[str, Case] = {
    "order_moq": Case(
        {
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 2, 2, 2, 3),
            "Supply": buy(MOQ=6),
            "StockCosts": HOLD,
        },
        21.0,
        "6 on day 1 (hold 4 + 2) and 6 on day 4 (hold 3): 12 + 9. One order of 9 would lie 15 "
        "unit-nights: 24.",
    ),
    "order_multiple": Case(
        {
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 3, 3, 3),
            "Supply": buy(**{"Order Multiple": 4}),
            "StockCosts": HOLD,
        },
        18.0,
        "4 a day, of which 1, 2 and 3 lie over night: 12 + 6.",
    ),
    "order_moq_in_lots": Case(
        {
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 4, 4),
            "Supply": buy(**{"MOQ": 5, "Order Multiple": 4}),
            "StockCosts": HOLD,
        },
        12.0,
        "The least order of at least 5 in fours is 8: 8 bought at once, 4 lie over night. In lots "
        "of 4 alone it would be 8.",
    ),
    "order_moq_cost": Case(
        {
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 2, 0, 2),
            "Supply": buy(**{"MOQ": 3, "Fixed Cost": 2}),
            "StockCosts": HOLD,
        },
        10.0,
        "One order of 4: 2 + 4, and 2 lie two nights. Two orders of 3: 4 + 6 + 1 + 1 + 2.",
    ),
    "shipment_multiple": Case(
        {
            "Locations": TWO,
            "Products": [*TEA, {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}],
            "Lanes": lane(**{"Unit Cost": 1, "Order Multiple": 5}),
            "Demand": demand("S1", "tea", 3, 3) + demand("S1", "cup", 4, 0),
            "OpeningStock": [stock("DC", 20), stock("DC", 20) | {"Product": "cup"}],
            "StockCosts": [
                {"Location": "S1", "Holding Cost": 1},
                {"Location": "DC", "Holding Cost": 0},
            ],
        },
        23.0,
        "Tea: 5 a day, 2 and 4 lie over night: 16. Cups: 5, of which 1 lies two nights: 7.",
    ),
    "shipment_pallets": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Units Per Pallet": 4, "Units Per Case": 2}],
            "Lanes": lane(**{"Unit Cost": 1, "Order Multiple": "2 箱"}),
            "Demand": demand("S1", "tea", 5),
            "Supply": [
                {"Location": "DC", "Product": "tea", "MOQ": "3 pallet", "Order Multiple": "托"}
            ],
            "StockCosts": HOLD,
        },
        15.0,
        "12 are bought; two lots of 4 are shipped for 8; 3 lie in the shop and 4 at DC: 7. Losing "
        "the fifth unit would cost 100.",
    ),
    "share_min": Case(
        quota({}, {"Share Min": "30%"}),
        32.0,
        "B gives 3 of 10: 7 + 9 on each of two days.",
    ),
    "share_max": Case(
        quota({"Share Max": 0.6, "Max": 9}, {}),
        36.0,
        "A gives at most 6 of 10: 6 + 12 on each of two days.",
    ),
    "share_of_made": Case(
        {
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 8),
            "Supply": buy(**{"Share Max": "50%"}),
            "Recipes": [
                {
                    "Recipe": "brew",
                    "Location": "S1",
                    "Output": "tea",
                    "Unit Cost": 2,
                    "Yield": 0.5,
                }
            ],
        },
        20.0,
        "4 are bought for 1 each; the other 4 are half of 8 that are made for 2 each.",
    ),
}
