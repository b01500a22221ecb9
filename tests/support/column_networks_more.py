"""More networks for the walk over all columns."""

from typing import Any

from families import TEA, TWO, lane, stock
from small import Rows, demand

SHOPS: Rows = [*TWO, {"Location": "S2", "Tier": "store"}]
CUP: dict[str, Any] = {"Product": "cup", "Unit Value": 4, "Shortage Cost": 60}

MORE: dict[str, dict[str, Rows]] = {
    "today": {
        "Locations": [{"Location": "PL", "Tier": "supplier"}, *TWO],
        "Products": [*TEA, CUP],
        "Lanes": [
            {"From": "PL", "To": "DC", "Lead Time": 0},
            {"From": "PL", "To": "S1", "Lead Time": 0, "Unit Cost": 2},
            {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 1},
        ],
        "Demand": demand("S1", "tea", 3, 3, 5) + demand("S1", "cup", 1, 2, 2),
        "OpeningStock": [stock("DC", 4)],
        "StockCosts": [{"Location": "*", "Holding Cost": 1}],
        "Policy": [
            {
                "Location": "S1",
                "Product": "tea",
                "Policy": "min-max",
                "Parameter 1": 1,
                "Parameter 2": 4,
                "Review Every": 1,
                "Approval Lag": 0,
                "Source": "DC",
            },
            {"Location": "DC", "Product": "tea", "Policy": "base-stock", "Parameter 1": 6},
        ],
        "FixedPlan": [
            {"From": "DC", "To": "S1", "Product": "tea", "Period": 1, "Quantity": 4}
            | {"Rule": "reference", "Penalty": 0},
        ],
    },
    "groups": {
        "Locations": SHOPS,
        "Products": [*TEA, CUP],
        "Lanes": [{"From": "DC", "To": "store", "Lead Time": 0, "Product": "!cup"}],
        "Demand": demand("S1", "tea", 3, 3) + demand("S2", "tea", 2, 2),
        "OpeningStock": [stock("DC", 9)],
        "Groups": [
            {"Group": "north", "Kind": "location", "Member": "S1"},
            {"Group": "late", "Kind": "period", "Member": "2"},
        ],
        "StockTargets": [{"Location": "north", "Period": "late", "Safety Stock": 2, "Penalty": 1}],
    },
    "hours": {
        "Locations": [{"Location": "PL", "Tier": "plant"}],
        "Products": [*TEA, CUP],
        "Demand": demand("PL", "tea", 3, 3),
        "Supply": [{"Location": "PL", "Product": "cup"}],
        "Recipes": [
            {
                "Recipe": "MIX",
                "Location": "PL",
                "Output": "tea",
                "Resource": "mill",
                "Hours Per Unit": 1,
            }
        ],
        "RecipeInputs": [{"Recipe": "MIX", "Component": "cup", "Quantity": 1}],
        "Resources": [
            {"Resource": "mill", "Location": "PL", "Period": "1", "Hours": 2},
            {
                "Resource": "mill",
                "Location": "PL",
                "Period": "2",
                "Hours": 2,
                "Overtime Hours": 1,
                "Overtime Cost": 4,
            },
        ],
    },
    "plants": {
        "Locations": [
            {"Location": "PL", "Tier": "plant"},
            {"Location": "QL", "Tier": "plant"},
        ],
        "Products": [TEA[0] | {"Unit Value": 2}, CUP],
        "Lanes": [
            {"From": "PL", "To": "QL", "Lead Time": 0},
            {"From": "QL", "To": "PL", "Lead Time": 0},
        ],
        "Demand": [
            *demand("PL", "tea", 3, 3),
            *demand("QL", "tea", 2, 2),
            *demand("PL", "cup", 1, 1),
            *demand("QL", "cup", 1, 1),
        ],
        "Recipes": [
            {
                "Recipe": code,
                "Location": "PL, QL",
                "Output": output,
                "Resource": "mill",
                "Hours Per Unit": 1,
            }
            for code, output in (("BREW", "tea"), ("FORM", "cup"), ("STEEP", "tea"))
        ],
        "Resources": [
            {"Resource": "mill", "Location": "PL", "Hours": 5},
            {"Resource": "mill", "Location": "QL", "Hours": 6},
            {"Resource": "kiln", "Location": "PL", "Hours": 9},
            {"Resource": "kiln", "Location": "QL", "Hours": 9},
            {"Resource": "oven", "Location": "PL", "Hours": 2},
        ],
        "RecipeResources": [
            {"Recipe": "FORM", "Resource": "kiln", "Hours Per Unit": 0.5},
            {"Recipe": "BREW", "Resource": "oven", "Hours Per Unit": 0.5},
        ],
        "Supply": [{"Location": "QL", "Product": "tea", "Unit Cost": 9}],
        "Returns": [{"Location": "PL", "Product": "tea", "Ratio": 0.5}],
        "UserRows": [
            {"Row": "tea here", "Variable": "make", "From": "PL", "Product": "tea"},
            {
                "Row": "tea here",
                "Variable": "stock",
                "From": "QL",
                "Product": "tea",
                "Sense": "<=",
                "Value": 4,
            },
            {
                "Row": "cups",
                "Variable": "make",
                "From": "QL",
                "Product": "cup",
                "Sense": "<=",
                "Value": 3,
            },
        ],
        "FixedPlan": [
            {
                "From": "PL",
                "To": "QL",
                "Product": "tea",
                "Period": "1",
                "Quantity": 1,
                "Rule": "reference",
                "Penalty": 1,
            },
            {
                "To": "PL",
                "Product": "tea",
                "Recipe": "BREW",
                "Period": "2",
                "Quantity": 1,
                "Rule": "min",
            },
            {"To": "QL", "Product": "tea", "Period": "2", "Quantity": 1, "Rule": "max"},
        ],
        "Budgets": [
            {
                "Budget": "tied up",
                "Kind": "capital",
                "Product": "tea",
                "Limit": 3,
                "Hardness": "soft",
                "Penalty": 1,
            }
        ],
    },
    "dated": {
        "Settings": [
            {"Setting": "bucket", "Value": "week"},
            {"Setting": "terminal_rule", "Value": "cover"},
            {"Setting": "terminal_days", "Value": 7},
        ],
        "Locations": TWO,
        "Products": [
            TEA[0] | {"Unit Value": 4, "Shelf Life": 90},
            {"Product": "cup", "Unit Value": 6, "Price": 9},
        ],
        "Lanes": lane(**{"Lead Time": 10, "Unit Cost": 1}),
        "Demand": [
            {"Location": "S1", "Product": product, "Period": day, "Quantity": quantity}
            for product, quantity in (("tea", 4), ("cup", 1))
            for day in ("2026-01-07", "2026-01-12", "2026-01-15", "2026-01-18", "2026-01-29")
        ],
        "OpeningStock": [stock("DC", 30), stock("S1", 5), stock("S1", 9) | {"Product": "cup"}],
        "StockTargets": [{"Location": "S1", "Product": "ABC=A", "Safety Stock": 2}],
    },
}
