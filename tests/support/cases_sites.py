"""Locations that open and close, small enough to try every pattern on paper."""

from typing import Any

from families import HOLD, TEA, Case, stock
from small import Rows, demand

SUPPLIER: dict[str, Any] = {"Location": "SUP", "Tier": "supplier"}


def depot(code: str, status: str = "consider", **more: object) -> dict[str, object]:
    return {"Location": code, "Tier": "RDC", "Status": status, **more}


def shops(*codes: str) -> Rows:
    return [{"Location": code, "Tier": "customer"} for code in codes]


def route(origin: str, to: str, price: float = 0, **more: object) -> dict[str, object]:
    return {"From": origin, "To": to, "Lead Time": 0, "Unit Cost": price, **more}


CASES: dict[str, Case] = {
    "site_open": Case(
        {
            "Locations": [SUPPLIER, depot("A"), depot("B"), *shops("C1", "C2")],
            "Products": TEA,
            "Lanes": [
                route("SUP", "A"),
                route("SUP", "B"),
                route("A", "C1", 1),
                route("A", "C2", 5),
                route("B", "C1", 5),
                route("B", "C2", 1),
            ],
            "Demand": demand("C1", "tea", 10, 10) + demand("C2", "tea", 10, 10),
            "Sites": [
                {"Location": "A", "Open Cost": 20, "Fixed Cost": 5},
                {"Location": "B", "Open Cost": 75, "Fixed Cost": 5},
            ],
        },
        150.0,
        "A alone: 20 + 2 x 5 + 2 x (10 + 50) = 150. B alone 205, both 95 + 20 + 40 = 155, none "
        "4000.",
    ),
    "site_close": Case(
        {
            "Locations": [depot("A", "open"), *shops("C1")],
            "Products": TEA,
            "Lanes": [route("A", "C1", 1)],
            "Demand": demand("C1", "tea", 4, 4, 0),
            "OpeningStock": [stock("A", 8)],
            "StockCosts": HOLD,
            "Sites": [{"Location": "A", "Fixed Cost": 50, "Close Cost": 30}],
        },
        142.0,
        "Open for two days (100), then empty and closed (30); freight 8, 4 lie one night (4). "
        "Open for the third day it would be 162.",
    ),
    "site_min_open": Case(
        {
            "Locations": [SUPPLIER, depot("A"), *shops("C1")],
            "Products": TEA,
            "Lanes": [route("SUP", "A"), route("A", "C1")],
            "Demand": demand("C1", "tea", 0, 4, 0, 0, 0),
            "Sites": [
                {"Location": "A", "Open Cost": 5, "Close Cost": 1, "Fixed Cost": 10, "Min Open": 3}
            ],
        },
        36.0,
        "Opens on the second day for three days: 5 + 30, and closes on the fifth: 1. Opened on "
        "the first day it could close a day earlier, at the same cost; 400 is lost without it.",
    ),
    "site_decide_by": Case(
        {
            "Locations": [SUPPLIER, depot("A"), *shops("C1")],
            "Products": TEA,
            "Lanes": [route("SUP", "A"), route("A", "C1")],
            "Demand": demand("C1", "tea", 0, 0, 4),
            "Sites": [{"Location": "A", "Fixed Cost": 10, "Must Decide By": "2"}],
        },
        20.0,
        "Wanted on the third day, but to be opened by the second: two days at 10.",
    ),
    "site_group": Case(
        {
            "Locations": [
                *(depot(code, "open") for code in "AB"),
                depot("C", "consider"),
                *shops("C1"),
            ],
            "Products": TEA,
            "Lanes": [
                *(route(code, "C1", price) for code, price in zip("ABC", (3, 2, 1), strict=True))
            ],
            "Demand": demand("C1", "tea", 4, 4, 4),
            "OpeningStock": [stock("A", 2), stock("B", 2)],
            "Supply": [{"Location": "Tier=RDC", "Product": "tea", "Unit Cost": 1, "Max": 9}],
            "Sites": [
                {"Location": "A", "Group": "depots", "Max In Group": 1},
                {"Location": "B", "Group": "depots"},
                {"Location": "C", "Group": "depots", "Open Cost": 1},
            ],
        },
        27.0,
        "A and B hold stock today, so both are open on the first day and sell it for 6 + 4; then "
        "one of the three: C, opened for 1, at 2 a unit. B would be 24 for the 8, C is 16 + 1.",
    ),
    "site_owed": Case(
        {
            "Locations": [depot("A")],
            "Products": TEA,
            "Demand": demand("A", "tea", 2, 0, 3, Class="shop"),
            "Supply": [{"Location": "A", "Product": "tea", "Unit Cost": 1}],
            "ServiceClasses": [
                {"Class": "shop", "Mode": "backorder", "Backorder Cost": 3, "Lost Cost": 90}
            ],
            "Sites": [{"Location": "A", "Fixed Cost": 30}],
        },
        47.0,
        "Open on the last day only: 30 + 5 bought, two wait two days (12). On two days 65.",
    ),
    "site_lost": Case(
        {
            "Locations": [depot("A")],
            "Products": TEA,
            "Demand": demand("A", "tea", 2, 1, 5, Class="walk"),
            "Supply": [{"Location": "A", "Product": "tea", "Unit Cost": 1}],
            "ServiceClasses": [{"Class": "walk", "Mode": "lost", "Lost Cost": 10}],
            "Sites": [{"Location": "A", "Fixed Cost": 30}],
        },
        65.0,
        "Only the last day is worth opening: 30 + 5, and 3 are lost (30).",
    ),
    "site_order": Case(
        {
            "Locations": [depot("A"), depot("B", "open")],
            "Products": TEA,
            "Demand": demand("A", "tea", 0, 1, 0) + demand("B", "tea", 0, 0, 1),
            "InTransit": [
                {
                    "To": "A",
                    "Product": "tea",
                    "Quantity": 4,
                    "Due Date": "2026-01-06",
                    "Firm": "N",
                    "Order No": "PO1",
                },
                {
                    "To": "B",
                    "Product": "tea",
                    "Quantity": 1,
                    "Due Date": "2026-01-07",
                    "Order No": "PO2",
                },
            ],
            "Supply": [{"Location": "A", "Product": "tea", "Max": 0, "Unit Cost": 2}],
            "StockCosts": HOLD,
            "Sites": [{"Location": "A", "Fixed Cost": 99}, {"Location": "B", "Fixed Cost": 7}],
        },
        99.0,
        "B is open when the firm order comes: 7. A stays closed: all 4 are cancelled (-8) and one "
        "is lost (100). Open on the second day it would keep one: 7 + 99 - 6 = 100.",
    ),
    "site_safety": Case(
        {
            "Locations": [SUPPLIER, depot("A"), depot("B"), *shops("C1")],
            "Products": TEA,
            "Lanes": [
                route("SUP", "A", 1),
                route("SUP", "B", 2),
                route("A", "C1"),
                route("B", "C1"),
            ],
            "Demand": demand("C1", "tea", 5, 5),
            "StockCosts": HOLD,
            "StockTargets": [{"Tier": "RDC", "Safety Stock": 3, "Penalty": 4}],
            "Terminal": [
                {
                    "Location": "Tier=RDC",
                    "Rule": "cover",
                    "Quantity": 4,
                    "Level": "location",
                    "Penalty": 7,
                }
            ],
            "Sites": [{"Location": "A", "Fixed Cost": 50}, {"Location": "B", "Fixed Cost": 40}],
        },
        115.0,
        "B is open both days (80), brings 10 + 4 for 2 each and keeps 3 and then 4 (7); nothing is "
        "wanted at A, which is closed. A would be 100 + 14 + 7.",
    ),
    "site_blocked": Case(
        {
            "Locations": [depot("A", "open"), *shops("C1")],
            "Products": TEA,
            "Lanes": [route("A", "C1")],
            "Demand": demand("C1", "tea", 2, 0, 0),
            "OpeningStock": [stock("A", 3, Blocked=1)],
            "Sites": [{"Location": "A", "Fixed Cost": 50}],
        },
        150.0,
        "2 are sold on the first day, but one is blocked and stays, and so does A: 3 x 50.",
    ),
    "site_lead": Case(
        {
            "Locations": [depot("A")],
            "Products": TEA,
            "Demand": demand("A", "tea", 0, 0, 2, 0),
            "Supply": [{"Location": "A", "Product": "tea", "Lead Time": 1, "Unit Cost": 1}],
            "Sites": [{"Location": "A", "Fixed Cost": 10}],
        },
        22.0,
        "Ordered on the second day, there on the third: open on both, 20 + 2.",
    ),
    "site_ends": Case(
        {
            "Locations": [depot("B", "open"), depot("A")],
            "Products": TEA,
            "Lanes": [route("B", "A", 1, **{"Lead Time": 2})],
            "OpeningStock": [stock("B", 4)],
            "Demand": demand("A", "tea", 0, 0),
            "Sites": [{"Location": "A", "Fixed Cost": 10}, {"Location": "B", "Fixed Cost": 20}],
            "Terminal": [
                {"Rule": "value", "Value": 30, "Quantity": 1, "Level": "location", "Location": "A"}
            ],
        },
        4.0,
        "All 4 leave B on the first day (4), which closes then (20); they come to A after the "
        "horizon, which has to be open at the end (10), and one of them earns 30. Kept at B: 40.",
    ),
    "site_of_no_use": Case(
        {
            "Locations": [depot("A"), depot("B", "open")],
            "Products": TEA,
            "Demand": demand("B", "tea", 3, 4),
            "Supply": [{"Location": "A", "Product": "tea"}, {"Location": "B", "Product": "tea"}],
            "Sites": [{"Location": "A", "Fixed Cost": 5}],
        },
        0.0,
        "Nobody wants anything of A, and nothing leads from there: it stays closed and buys "
        "nothing, with no room for a purchase at all.",
    ),
}
