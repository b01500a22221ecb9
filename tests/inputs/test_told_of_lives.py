"""What the checks say of lives, money, recipes and slips of whole studies, line by line."""

from typing import Any

import pytest
from families import TWO, stock
from families import lane as only
from retail import LANES, LOCATIONS, Rows, seen
from small import demand as days
from small import tables
from told_lines import told_lines

from tierstock.inputs import inspect


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


def goods(product: str, **more: Any) -> dict[str, Any]:
    return {"Product": product, "Unit Value": 4.0, **more}


def lot(location: str, product: str, quantity: float, expires: str = "") -> dict[str, Any]:
    return stock(location, quantity, **{"Expiry Date": expires or None}) | {"Product": product}


def order(to: str, product: str, due: str, expires: str, ship: str = "") -> dict[str, Any]:
    found = {"To": to, "Product": product, "Quantity": 2, "Due Date": due, "Expiry Date": expires}
    return found | {"From": "DC" if ship else None, "Ship Date": ship or None}


LIVES: dict[str, Rows] = {
    "Locations": TWO,
    "Lanes": only(),
    "Periods": [
        {"Period": "1", "Start Date": "2026-01-05", "End Date": "2026-01-06"},
        {"Period": "2", "Start Date": "2026-01-07", "End Date": "2026-01-11"},
        {"Period": "3", "Start Date": "2026-01-12", "End Date": "2026-01-13"},
    ],
    "Products": [
        goods("tea", **{"Shelf Life": 3}),
        goods("ade", **{"Shelf Life": 1}),
        goods("ham", **{"Shelf Life": 9, "Maturation": 9}),
        goods("gin", Maturation=1),
        goods("rye"),
        goods("oat", **{"Shelf Life": 9}),
        goods("rum"),
        goods("ale"),
    ],
    "Demand": days("S1", "tea", 2, 2, 2, Class="long")
    + days("DC", "rye", 2, 2, 2, Class="long")
    + days("S1", "rye", 2, 2, 2, Class="share")
    + days("S1", "rum", 2, 2, 2, Class="third")
    + days("S1", "ale", 2, 2, 2, Class="tenth")
    + days("S1", "ale", 2, 2, 2, Class="share")
    + days("S1", "oat", 2, 2, 2, Class="long"),
    "ServiceClasses": [
        {"Class": "long", "Min Remaining Life": 4},
        {"Class": "share", "Min Life Share": 0.5},
        {"Class": "third", "Min Life Share": 0.3},
        {"Class": "tenth", "Min Life Share": 0.1},
    ],
    "OpeningStock": [
        lot("DC", "tea", 5, "2026-01-04"),
        lot("S1", "tea", 2.1234567, "2026-01-03"),
        lot("S1", "rye", 1, "2026-01-06"),
        lot("DC", "gin", 1, "2026-02-04"),
        lot("DC", "oat", 1),
        lot("DC", "rye", 1, "2026-02-04"),
        lot("S1", "gin", 1),
    ],
    "InTransit": [
        order("S1", "tea", "2026-01-12", "2026-01-11"),
        order("S1", "tea", "2026-01-12", "2026-02-11", "2026-01-06"),
        order("S1", "gin", "2026-01-12", "2026-03-11"),
        order("S1", "oat", "2026-01-07", "2026-02-11", "2026-01-01"),
        order("S1", "rum", "2026-01-12", "2026-02-11"),
    ],
    "Supply": [
        {"Location": "DC", "Product": "tea", "Remaining Life": 3.5},
        {"Location": "DC", "Product": "oat", "Remaining Life": 1.5},
        {"Location": "DC", "Product": "gin", "Remaining Life": 30.0},
        {"Location": "S1", "Product": "ale", "Remaining Life": 4.5},
        {"Location": "Tier=RDC", "Product": "tea", "Remaining Life": 2.5},
    ],
    "Returns": [{"Location": "S1", "Product": "rye", "Ratio": 0.5, "Return Product": "oat"}],
}


def test_lives_and_dates_that_cannot_be() -> None:
    assert sorted(told_lines(inspect(tables(**LIVES)))) == sorted(
        lines_of("""
        Products!C3 life-under-bucket: 2, every period [error]
        Products!D4 maturation-over-life [error]
        ServiceClasses!C3 share-without-life: ale [error]
        ServiceClasses!C4 share-without-life: rum [error]
        ServiceClasses!C5 share-without-life: ale [error]
        OpeningStock!D5 maturation-needs-life [error]
        InTransit!E3 order-expiry-unshipped [error]
        InTransit!E4 maturation-needs-life [error]
        Supply!C3 life-under-bucket: 2, every period [error]
        Supply!C4 maturation-needs-life [error]
        Returns!D2 returned-age: oat [error]
        Products!C2 life-under-bucket: 5, some periods
        ServiceClasses!B2 class-over-life: tea, 3
        OpeningStock!D2 D3 lot-expired: 7.123457, 2026-01-06
        OpeningStock!D6 D8 lot-without-date
        InTransit!E2 order-expired
        Supply!C2 life-under-bucket: 5, some periods
        Supply!C2 remaining-over-life: tea, 3
        Supply!C5 life-under-bucket: 5, some periods
    """)
    )


MONEY: dict[str, Rows] = {
    "Locations": [
        {"Location": "A", "Tier": "RDC", "Company": "North"},
        {"Location": "S", "Tier": "store", "Company": "South"},
        {"Location": "T", "Tier": "store", "Company": "North"},
    ],
    "Products": [goods("P", Price=20.0), goods("Q", Price=9.0)],
    "Lanes": [
        {"From": "A", "To": "S", "Lead Time": 1, "Transfer Price": 9.0},
        {"From": "A", "To": "T", "Lead Time": 0},
    ],
    "Demand": [*days("S", "P", 3, 2, 1), *days("T", "Q", 1, 1, 1)],
    "Supply": [{"Location": "A", "Product": "*", "Max": 9.0}],
}
CASH: Rows = [
    {"Party": "North", "Kind": "opening cash", "Amount": 0.5},
    {"Party": "South", "Kind": "opening cash", "Amount": 1.25},
]
CAPITAL: dict[str, Rows] = {
    "OpeningStock": [
        {"Location": "A", "Product": "P", "Quantity": 15.5, "Blocked": 3.25},
        {"Location": "S", "Product": "P", "Quantity": 5.0},
        {"Location": "T", "Product": "Q", "Quantity": -2.0},
    ],
    "InTransit": [
        {"To": "S", "Product": "P", "Quantity": 4.5, "Due Date": "2026-01-07"},
        {"From": "A", "To": "T", "Product": "P", "Quantity": 1.5, "Ship Date": "2026-01-06"}
        | {"Due Date": "2026-01-07"},
        {"To": "S", "Product": "Q", "Quantity": 4.5, "Due Date": "2026-01-07", "Firm": "N"},
        {"To": "T", "Product": "Q", "Quantity": 3.0, "Due Date": "2026-01-05"},
    ],
    "Demand": [*days("S", "P", 3, 2, 1), *days("T", "Q", 1, 1, 1, Class="wait")],
    "ServiceClasses": [{"Class": "wait", "Mode": "backorder"}],
}


def budgets(kind: str, *rows: tuple[str, float, dict[str, Any]]) -> Rows:
    spend = {"Budget": "spend", "Kind": "spend", "Limit": 99.0}
    return [spend, *({"Budget": n, "Kind": kind, "Limit": most, **more} for n, most, more in rows)]


def money(**sheets: Rows) -> list[str]:
    """Lines of the sheets that limit money."""
    found = told_lines(inspect(tables(**{**MONEY, **sheets})))
    return [line for line in found if "budget" in line or "finance" in line]


KEPT, OWN = {"Averaging": "end"}, {"Include In Transit": "N"}


@pytest.mark.parametrize(
    ("sheets", "lines"),
    [
        (
            {
                **CAPITAL,
                "Budgets": budgets(
                    "capital",
                    ("all", 87.5, {}),
                    ("all kept", 88.0, {}),
                    ("each", 17.5, {"Each": "each location"}),
                    ("own", 75.5, OWN),
                    ("own kept", 76.0, OWN),
                    ("end", 75.5, KEPT),
                    ("end kept", 76.5, KEPT),
                    ("mean", 81.0, {"Averaging": "average"}),
                    ("mean kept", 82.0, {"Averaging": "average"}),
                    ("soft", 1.0, {"Hardness": "soft"}),
                    ("P", 75.5, {"Product": "P", "Period": "3"}),
                    ("never", 1.0, {"Period": "2026-02-01"}),
                ),
            },
            """
            Budgets!C3 budget-over-today: all, 130, 87.5, 42.5, 2026-01-05
            Budgets!C5 budget-over-today: each, A, 62, 17.5, 44.5, 2026-01-05
            Budgets!C5 budget-over-today: each, S, 56, 17.5, 38.5, 2026-01-05
            Budgets!C6 budget-over-today: own, 82, 75.5, 6.5, 2026-01-05
            Budgets!C8 budget-over-today: end, 130, 75.5, 54.5, 2026-01-05
            Budgets!C10 budget-over-today: mean, 130, 81, 49, 2026-01-05
            Budgets!C13 budget-over-today: P, 100, 75.5, 24.5, 2026-01-05
            """,
        ),
        (
            {
                "OpeningStock": [{"Location": "S", "Product": "P", "Quantity": 19.0000012}],
                "Budgets": budgets("capital", ("all", 63.5, {})),
            },
            "Budgets!C3 budget-over-today: all, 76.000005, 63.5, 12.500005, 2026-01-05",
        ),
        (
            {
                "Finance": CASH,
                "Budgets": budgets(
                    "cash",
                    ("B", 3.0, {"Each": "each company"}),
                    ("C", 1.75, {"Location": "Company=North, Company=South"}),
                    ("D", 1.8, {}),
                    ("soft", 3.0, {"Hardness": "soft"}),
                    ("end", 3.0, KEPT),
                ),
            },
            """
            Budgets!C3 budget-cash-today: B, North, 0.5, 3, 1
            Budgets!C3 budget-cash-today: B, South, 1.25, 3, 1
            Budgets!C5 budget-cash-today: D, 1.75, 1.8, 1
            """,
        ),
        (
            {"Finance": CASH, "Budgets": budgets("cash", ("E", 3.0, {"Location": "A"}))},
            "Budgets!D3 budget-cash-part: North [error]",
        ),
        (
            {"Budgets": budgets("cash", ("B", 3.0, {}))},
            "Budgets!B3 budget-cash-idle [error]",
        ),
        (
            {
                "Finance": CASH,
                "Budgets": budgets("cash", ("B", 0.1, {})),
                "Supply": [{"Location": "A", "Product": "*"}],
            },
            "Lanes!D1 finance-trade: P, 1 [error]",
        ),
        (
            {
                "Finance": CASH,
                "Budgets": budgets("cash", ("B", 0.1, {})),
                "Supply": [{"Location": "A", "Product": "P", "Max": 9.0}],
                "Recipes": [{"Recipe": "R", "Location": "A", "Output": "Q"}],
                "RecipeInputs": [{"Recipe": "R", "Component": "P", "Quantity": 2.0}],
            },
            "Lanes!D1 finance-trade: Q [error]",
        ),
    ],
    ids=["capital", "few", "cash", "part of a company", "no accounts", "unlimited", "made"],
)
def test_limits_of_money_are_told_with_every_figure(sheets: Any, lines: str) -> None:
    assert money(**sheets) == lines_of(lines)


def test_numbers_in_another_unit_are_told_with_what_would_be_usual() -> None:
    shops = [f"T{n}" for n in range(8)]
    worth = [9000.0 if n == 2 else 3.0**n for n in range(8)]
    price = [200.0 if n == 6 else 2.0 for n in range(8)]
    cost = [2.0, 2.1, 2.2, 2.3, 2.4, 230.0, 2.6, 2.7]
    found = seen(
        Products=[
            {"Product": f"P{n}", "Unit Value": worth[n], "Price": price[n] * 3.0**n}
            | {"Weight": 2500.0 if n == 3 else 2.0 + n % 2, "Volume": 0.5 + n % 2 / 4}
            for n in range(8)
        ],
        Locations=[*LOCATIONS, *({"Location": one, "Tier": "store"} for one in shops)],
        Lanes=[
            LANES[0],
            *(
                {"From": "DC", "To": one, "Unit Cost": cost[n], "Mode": "van"}
                | {"Lead Time": 700.0 if n == 5 else 7.0}
                for n, one in enumerate(shops)
            ),
            {"From": "DC", "To": "S1", "Lead Time": 70.0, "Unit Cost": 200.0},
            {"From": "DC", "To": "S2", "Lead Time": 7.0, "Unit Cost": 0.0, "Mode": "van"},
        ],
        Demand=[
            {"Location": shops[n], "Product": "P1", "Period": f"2026-W{week:02d}"}
            | {"Quantity": (20 + n) * (1000 if (n, week) == (2, 6) else 1)}
            for n in range(4)
            for week in range(2, 12)
        ],
        OpeningStock=[
            {"Location": shops[n], "Product": f"P{p}"}
            | {"Quantity": (n + 2) * (40, 900, 7)[p] * (100 if (n, p) == (4, 1) else 1)}
            for n in range(8)
            for p in range(3)
        ],
        Supply=[{"Location": "SUP", "Product": f"P{p}", "Unit Cost": 5.0 + p} for p in range(8)],
        Capacity=[
            {"Location": one, "Kind": "storage", "Dimension": "unit", "Per": "bucket"}
            | {"Limit": 9e7 if n == 7 else 9e4}
            for n, one in enumerate(shops)
        ],
    )
    assert [line for line in told_lines(found) if "unit-slip" in line or "storage" in line] == [
        "Products!B4 unit-slip: 9, 1,000",
        "Products!D5 unit-slip: 2.45, 1,000",
        "Products!C8 unit-slip: 1460, 100",
        "Lanes!C8 unit-slip: 7, 100",
        "Lanes!D8 unit-slip: 2.35, 100",
        "Demand!D26 unit-slip: 22, 1,000",
        "OpeningStock!C15 unit-slip: 5400, 100",
        "Capacity!E6 stock-over-storage: T4, 540282, units, 90000, 450282, 2026-01-05",
        "Capacity!E9 unit-slip: 90000, 1,000",
    ]
