"""Plans of small networks, with every rule the model may make use of, pass their audit."""

from pathlib import Path

import pytest
from all_cases import ALL
from families import TEA, TWO, Case, lane, stock
from real_plans import Written, failed, least_plan
from small import Rows, demand, tables

import tierstock as ts
from tierstock.plan import Plan

STORES: Rows = [{"Location": "S1", "Tier": "store"}, {"Location": "S2", "Tier": "store"}]
BETWEEN: Rows = [{"From": a, "To": b, "Lead Time": 0} for a, b in (("S1", "S2"), ("S2", "S1"))]
NO_ROOM = {"Location": "S1", "Kind": "storage", "Dimension": "unit", "Period": "1", "Limit": 0}


def order(quantity: float, day: str, **more: object) -> dict[str, object]:
    return {"Product": "tea", "Quantity": quantity, "Due Date": f"2026-01-0{day}", **more}


RULINGS: dict[str, Case] = {
    "safety stock of goods that only return": Case(
        {
            "Locations": STORES,
            "Products": TEA,
            "Lanes": BETWEEN,
            "Demand": demand("S1", "tea", 0, 10),
            "OpeningStock": [stock("S1", 10)],
            "Capacity": [NO_ROOM],
            "StockTargets": [
                {"Location": "S1", "Safety Stock": 15, "Penalty": 0, "Hardness": "hard"}
            ],
        },
        0.0,
        "10 make room by going to S2 and come back: 10 in all, never the 15 of the target.",
    ),
    "safety stock once enough has come": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 5, 5, 5),
            "OpeningStock": [stock("S1", 5)],
            "Supply": [{"Location": "DC", "Product": "tea", "Max": 10}],
            "StockTargets": [
                {"Location": "S1", "Safety Stock": 22, "Penalty": 1, "Hardness": "hard"}
            ],
        },
        707.0,
        "15 can have come by period 1, 25 by period 2. From then on 22 stay: 3 of the first 10 are "
        "served, in period 2, 7 lost for 700; 7 are missing to the target in period 1.",
    ),
    "orders that may be cancelled widen no limit": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Demand": demand("S1", "tea", 20),
            "InTransit": [order(20, "5", To="S1", Firm="N")],
            "Capacity": [
                {
                    "Location": "S1",
                    "Kind": "inbound",
                    "Dimension": "unit",
                    "Per": "bucket",
                    "Limit": 5,
                    "Extra Limit": 100,
                    "Extra Cost": 1,
                }
            ],
        },
        15.0,
        "All 20 are wanted: 15 beyond the limit of 5 for 1 each.",
    ),
    "must before anything can come": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Lead Time": 1}),
            "Demand": demand("S1", "tea", 4, 4, Class="A"),
            "OpeningStock": [stock("DC", 4)],
            "ServiceClasses": [{"Class": "A", "Mode": "must", "Lost Cost": 30}],
        },
        120.0,
        "The first 4 are lost for 30 each, the next 4 must be served and are.",
    ),
    "demand before the opening day": Case(
        {
            "Locations": [TWO[0], TWO[1] | {"Active From": "2026-01-06"}],
            "Products": TEA,
            "Lanes": lane(),
            "Demand": demand("S1", "tea", 3, 3),
            "OpeningStock": [stock("DC", 9), stock("S1", 1)],
        },
        300.0,
        "3 are lost while the store is closed, though one lies there; then 3 are served.",
    ),
}


RARE = (
    *("capital_average", "capital_late_order", "family", "two_resources", "plan_production"),
    *("behind_the_whole_numbers", "returns_disposal", "source_rank_supply", "substitute_rank"),
    *("user_soft", "user_make", "user_open", "horizon_no_capacity", "excess", "terminal"),
    "carbon_cap",
)
"""Cases that alone make use of some rule; every run looks at them."""
CHOSEN = [
    pytest.param(name, marks=() if number % 5 == 1 or name in RARE else pytest.mark.slow)
    for number, name in enumerate(ALL)
]


def solved(case: Case) -> Plan:
    return ts.solve(ts.build(ts.read(tables(**case.sheets))), gap=0, progress=False)


@pytest.mark.parametrize("name", CHOSEN)
def test_a_plan_worked_out_by_hand_passes(name: str, tmp_path: Path) -> None:
    case = ALL[name]
    m = ts.build(ts.read(tables(**case.sheets)))
    plan = solved(case) if m.aims or m.caps else least_plan(case.sheets)
    assert plan is not None
    assert failed(Written.of(case.sheets, plan, tmp_path).audit()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_the_workbook_of_a_plan_worked_out_by_hand_passes(name: str, tmp_path: Path) -> None:
    assert solved(ALL[name]).save(tmp_path / "plan.xlsx").passed


@pytest.mark.parametrize("name", RULINGS)
def test_what_a_ruling_lets_the_model_do_passes(name: str, tmp_path: Path) -> None:
    plan = solved(RULINGS[name])

    assert plan.cost == pytest.approx(RULINGS[name].optimum, abs=1e-6), RULINGS[name].by_hand
    assert plan.save(tmp_path / "plan.xlsx").passed
