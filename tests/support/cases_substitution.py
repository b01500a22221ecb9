"""Networks where products stand in for others, solved by hand."""

from families import TEA, Case, stock
from small import Rows, demand

SHOP: Rows = [
    {"Location": "S1", "Tier": "store", "Channel": "shop"},
    {"Location": "S2", "Tier": "store", "Channel": "web"},
]
TEAS: Rows = [
    *TEA,
    {"Product": "mate", "Unit Value": 0, "Shortage Cost": 40},
    {"Product": "mint", "Unit Value": 0, "Shortage Cost": 30},
]


def of(product: str, location: str, quantity: float) -> dict[str, object]:
    return stock(location, quantity) | {"Product": product}


CASES: dict[str, Case] = {
    "substitute": Case(
        {
            "Locations": SHOP,
            "Products": TEAS,
            "Demand": [
                *demand("S1", "tea", 10),
                *demand("S1", "mate", 4),
                *demand("S2", "tea", 5),
            ],
            "OpeningStock": [
                of("tea", "S1", 3),
                of("mate", "S1", 9),
                of("tea", "S2", 1),
                of("mate", "S2", 9),
            ],
            "Substitutes": [
                {
                    "Product": "tea",
                    "Substitute": "mate",
                    "Ratio": 2,
                    "Cost": 10,
                    "Channel": "shop",
                }
            ],
        },
        855.0,
        "In the shop 2 mate stand in for a tea for 10: even where both were wanted as mate, that "
        "saves 100 - 10 - 80. All 9 mate make 4.5 tea: 45; 2.5 tea and 4 mate are lost there: 250 "
        "and 160; on the web nothing stands in for 4 tea: 400.",
    ),
    "substitute_owed": Case(
        {
            "Locations": SHOP[:1],
            "Products": TEAS,
            "Demand": demand("S1", "tea", 6, 0, Class="A"),
            "InTransit": [{"To": "S1", "Product": "mate", "Quantity": 5, "Due Date": "2026-01-06"}],
            "ServiceClasses": [
                {"Class": "A", "Mode": "backorder", "Backorder Cost": 1, "Lost Cost": 50}
            ],
            "Substitutes": [{"Product": "tea", "Substitute": "mate"}],
        },
        57.0,
        "6 wait a night for 1 each; 5 get mate; one still waits (1) and is lost at the end (50).",
    ),
    "substitute_rank": Case(
        {
            "Locations": SHOP[:1],
            "Products": TEAS,
            "Demand": demand("S1", "tea", 6, 0) + demand("S1", "mate", 0, 4),
            "OpeningStock": [of("mate", "S1", 4), of("mint", "S1", 9)],
            "Substitutes": [
                {"Product": "tea", "Substitute": "mate", "Rank": 1},
                {"Product": "tea", "Substitute": "mint", "Rank": 2, "Cost": 1},
            ],
        },
        162.0,
        "Mint comes after mate: all 4 mate go first, 2 mint for 1 each, and tomorrow's 4 mate are "
        "lost for 40 each. Keeping mate back would lose tea.",
    ),
    "substitute_for_lower_class": Case(
        {
            "Locations": SHOP[:1],
            "Products": TEAS,
            "Demand": demand("S1", "tea", 2, Class="A") + demand("S1", "tea", 4, Class="B"),
            "OpeningStock": [of("tea", "S1", 1), of("mate", "S1", 8)],
            "ServiceClasses": [
                {"Class": "A", "Priority": 1, "Lost Cost": 60},
                {"Class": "B", "Priority": 2, "Lost Cost": 50},
            ],
            "Substitutes": [{"Product": "tea", "Substitute": "mate", "Ratio": 2}],
        },
        50.0,
        "1 tea and 8 mate make 5: A gets 2, and B 3 of 4, more than there is tea.",
    ),
}
