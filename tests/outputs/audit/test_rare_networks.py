"""Plans of networks in which rules meet that seldom do pass their audit."""

from pathlib import Path

import pytest
from families import HOLD, TWO, lane, stock
from real_plans import Written, failed, least_plan
from small import Rows, demand

STORES: Rows = [*TWO, {"Location": "S2", "Tier": "store", "Company": "B"}]
FEED: Rows = [{"From": "DC", "To": "S1, S2", "Lead Time": 0, "Unit Cost": 1}]
GOODS: Rows = [{"Product": one, "Unit Value": 10, "Shortage Cost": 100} for one in ("tea", "mate")]
DEAR = ("mate", "oat")


def of(product: str, place: str, quantity: float, **more: object) -> dict[str, object]:
    return stock(place, quantity, **{"Product": product, **more})


def order(quantity: float, due: str, **more: object) -> dict[str, object]:
    known = {"To": "S1", "Product": "tea", "Quantity": quantity, "Due Date": f"2026-01-{due}"}
    return {**known, **more}


NETWORKS: dict[str, dict[str, Rows]] = {
    "an order to a place that has nothing once it is cancelled": {
        "Locations": STORES,
        "Products": GOODS,
        "Lanes": lane(**{"Lead Time": 1, "Unit Cost": 1}),
        "Demand": demand("S1", "tea", 4, 4),
        "OpeningStock": [of("tea", "DC", 8)],
        "InTransit": [
            order(9, "06", To="S2", Firm="N"),
            order(2, "28", To="S2", Product="mate", Firm="N"),
        ],
        "StockCosts": HOLD,
    },
    "budgets, rows and targets for each product, place, company and month": {
        "Locations": STORES,
        "Products": GOODS,
        "Lanes": FEED,
        "Demand": demand("S1", "tea", 4, 4) + demand("S2", "mate", 4, 4),
        "OpeningStock": [of("tea", "DC", 7), of("mate", "DC", 9), of("tea", "S2", 1)],
        "InTransit": [order(1, "06", Product="mate", To="DC")],
        "Budgets": [
            {"Budget": "A", "Kind": "capital", "Limit": 20, "Hardness": "soft"}
            | {"Location": "S1, S2", "Product": "mate", "Each": "each company"},
            {"Budget": "B", "Kind": "freight", "Limit": 3, "Hardness": "soft"}
            | {"Location": "S1", "Product": "tea", "Each": "each product"},
            {"Budget": "C", "Kind": "capital", "Limit": 5, "Averaging": "end", "Hardness": "soft"},
        ],
        "UserRows": [
            {"Row": "A", "Variable": "ship", "Sense": "<=", "Value": 5, "Penalty": 1}
            | {"Product": "tea, mate", "Each": "each product"},
            {"Row": "B", "Variable": "stock", "Sense": "<=", "Value": 5, "Penalty": 1}
            | {"From": "S1, S2", "Each": "each location"},
        ],
        "ServiceTargets": [
            {"Target": one, "Window": window, "Minimum": 0.9, "Penalty": 5}
            for one, window in zip("ABC", ("each period", "month", "quarter"), strict=True)
        ],
    },
    "orders that swing less than the demand, and dear demands that all but stand still": {
        "Locations": TWO,
        "Products": [GOODS[0], *({**GOODS[1], "Product": p, "Unit Value": 9000} for p in DEAR)],
        "Lanes": lane(**{"Lead Time": 0, "Unit Cost": 1, "Product": "tea", "Max Shipment": 20})
        + lane(**{"Lead Time": 0, "Unit Cost": 1, "Product": "mate, oat"}),
        "Demand": demand("S1", "tea", 10, 30, 10, 30)
        + demand("S1", "mate", 1e5, 1e5, 1e5, 100000.01)
        + demand("S1", "oat", 0.1, 0.1, 0.1, 0.10005),
        "OpeningStock": [of("oat", "S1", 0.1)],
        "Supply": [{"Location": "DC", "Product": "*", "Unit Cost": 1}],
        "StockCosts": HOLD,
    },
    "stock of a class that is to last equally long at both shops": {
        "Locations": STORES[1:],
        "Products": GOODS,
        "Lanes": [{"From": "S1", "To": "S2", "Lead Time": 0, "Unit Cost": 1}],
        "Demand": demand("S1", "tea", 1, 2, Class="A")
        + demand("S2", "tea", 2, 2, Class="A")
        + demand("S2", "mate", 1, 1),
        "OpeningStock": [of("tea", "S1", 9), of("mate", "S2", 9)],
        "ServiceClasses": [{"Class": "A", "Mode": "lost"}],
        "ServiceTargets": [
            {"Target": "A", "Minimum": 0, "Fairness": "equal-cover", "Class": "A"}
            | {"Tolerance": 0.1, "Penalty": 5}
        ],
    },
    "goods that expire behind orders, targets, substitutes and a class that must be served": {
        "Locations": TWO,
        "Products": [
            {"Product": "tea", "Unit Value": 0, "Shortage Cost": 100, "Shelf Life": 4},
            {"Product": "mate", "Unit Value": 0, "Shortage Cost": 10, "Shelf Life": 9},
            {"Product": "mix", "Unit Value": 0, "Shortage Cost": 50, "Shelf Life": 3},
        ],
        "Lanes": lane(**{"Lead Time": 1, "Unit Cost": 1}),
        "Demand": demand("S1", "tea", 3, 3, 3, Class="A") + demand("DC", "mix", 0, 2, Class="A"),
        "OpeningStock": [
            of("tea", "DC", 6, **{"Expiry Date": "2026-01-08"}),
            of("tea", "S1", 3, **{"Expiry Date": "2026-01-05"}),
            of("mate", "S1", 4, **{"Expiry Date": "2026-01-09"}),
        ],
        "InTransit": [
            order(1, "06", **{"Expiry Date": "2026-01-09"}),
            order(2, "06", Firm="N", **{"Expiry Date": "2026-01-08", "Order No": "N1"}),
            order(2, "06", Firm="N", **{"Expiry Date": "2026-01-09", "Order No": "N2"}),
            order(1, "07", **{"From": "DC", "Ship Date": "2026-01-06", "Order No": "N3"}),
        ],
        "Supply": [{"Location": "DC", "Product": "tea", "Max": 2, "Unit Cost": 1}],
        "Recipes": [{"Recipe": "R", "Location": "DC", "Output": "mix", "Lead Time": 1}],
        "RecipeInputs": [{"Recipe": "R", "Component": "tea", "Quantity": 1}],
        "ServiceClasses": [{"Class": "A", "Mode": "must", "Lost Cost": 300}],
        "StockTargets": [
            {"Location": "S1", "Product": "mate", "Safety Stock": 2, "Hardness": "hard"}
        ],
        "Substitutes": [{"Product": "tea", "Substitute": "mate", "Ratio": 1, "Cost": 2}],
        "StockCosts": HOLD,
    },
    "stock above a hard maximum that is too old for its customers in every period": {
        "Locations": TWO[1:],
        "Products": [GOODS[0] | {"Shelf Life": 9}],
        "Demand": demand("S1", "tea", 1, 1, 1, Class="A"),
        "OpeningStock": [of("tea", "S1", 10, **{"Expiry Date": "2026-01-08"})],
        "ServiceClasses": [{"Class": "A", "Mode": "lost", "Min Remaining Life": 5}],
        "StockTargets": [{"Location": "S1", "Max Stock": 5, "Hardness": "hard"}],
    },
}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_plan_in_which_rare_rules_meet_passes(name: str, tmp_path: Path) -> None:
    plan = least_plan(NETWORKS[name])
    assert plan is not None
    assert failed(Written.of(NETWORKS[name], plan, tmp_path).audit()) == []
