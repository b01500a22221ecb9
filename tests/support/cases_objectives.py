"""Profit, discount and lexicographic levels on networks solved by hand."""

from cases_service import SHOP, classes, priced, settings, supply
from families import HOLD, TEA, TWO, Case, lane, stock
from small import demand

CASES: dict[str, Case] = {
    "profit": Case(
        {
            "Locations": SHOP,
            "Products": [{"Product": "tea", "Unit Value": 0, "Price": 10}],
            "Demand": [
                {**row, "Price": price}
                for row, price in zip(priced("S1", 0.5, 2, 2), (None, 5), strict=True)
            ],
            "Settings": settings(objective="profit"),
            "Supply": [{"Location": "S1", "Product": "tea", "Unit Cost": 6}],
            "StockCosts": HOLD,
        },
        -7.0,
        "On the first day a unit costs 6 and sells for 10: 12 - 20; on the second it sells for 5, "
        "and losing it costs 0.5: 2 x 0.5.",
    ),
    "profit_owed": Case(
        {
            "Locations": SHOP,
            "Products": [{"Product": "tea", "Unit Value": 0, "Price": 10}],
            "Demand": demand("S1", "tea", 3, 0, Class="A"),
            "ServiceClasses": classes("backorder", **{"Backorder Cost": 1}),
            "Settings": settings(objective="profit"),
            "Supply": supply(1, 5, **{"Unit Cost": 6}),
        },
        -10.0,
        "All 3 are sold, 2 of them a day late (2): 18 + 2 - 30.",
    ),
    "discount": Case(
        {
            "Locations": SHOP,
            "Products": TEA,
            "Demand": demand("S1", "tea", 0, 3),
            "Settings": settings(discount_per_period="25%"),
            "Supply": [
                {"Location": "S1", "Product": "tea", "Period": "1", "Unit Cost": 2},
                {"Location": "S1", "Product": "tea", "Period": "2", "Unit Cost": 3.5},
            ],
            "StockCosts": HOLD,
        },
        8.4,
        "Buying on the first day costs 2 + 1, on the second 3.5 / 1.25 = 2.8: 3 x 2.8.",
    ),
    "moves_first": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1}),
            "Demand": demand("S1", "tea", 2, 2),
            "OpeningStock": [stock("DC", 9)],
            "StockCosts": [
                {"Location": "S1", "Holding Cost": 2},
                {"Location": "DC", "Holding Cost": 0},
            ],
            "Settings": settings(
                objective="lexicographic",
                objective_levels="service, moves, cost",
                objective_tolerance=0,
            ),
        },
        8.0,
        "One shipment of 4 serves both days: 4 x 1, and 2 lie at S1 over night (4). Two shipments "
        "would cost 4.",
    ),
    "carbon_first": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": [
                {"From": "DC", "To": "S1", "Lead Time": 0, "Mode": m, "Unit Cost": c, "Carbon": kg}
                for m, c, kg in (("air", 1, 9), ("rail", 4, 2))
            ],
            "Demand": demand("S1", "tea", 3),
            "OpeningStock": [stock("DC", 9)],
            "Settings": settings(
                objective="lexicographic",
                objective_levels="service, carbon, cost",
                objective_tolerance=0,
            ),
        },
        12.0,
        "Rail emits 2 kg a unit instead of 9: 3 x 4. By cost alone it would be air, 3 x 1.",
    ),
    "capital_first": Case(
        {
            "Locations": TWO,
            "Products": [{"Product": "tea", "Unit Value": 1, "Shortage Cost": 100}],
            "Lanes": lane(**{"Unit Cost": 1, "Lead Time": 1}),
            "Demand": demand("S1", "tea", 0, 2, 2),
            "Supply": [{"Location": "DC", "Product": "tea", "Fixed Cost": 3}],
            "StockCosts": [{"Location": "*", "Holding Cost": 0, "Carrying Rate": 0}],
            "Settings": settings(
                objective="lexicographic",
                objective_levels="service, capital, cost",
                objective_tolerance=0,
            ),
        },
        10.0,
        "Ordered and shipped a day before it is wanted, twice: 2 x 3 + 4 x 1. One order would save "
        "3 and tie up 2 for a day longer.",
    ),
}
