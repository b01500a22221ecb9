"""The most specific row of a policy sheet wins, cell by cell."""

import time
from typing import Any

import numpy as np
import pytest

from tierstock.inputs.assembly.forward_demand import ForwardDemand
from tierstock.inputs.assembly.stock_targets import stock_targets, target_coverage
from tierstock.inputs.selecting.precedence import resolve

WEEKS = 3


def safety(made: Any) -> Any:
    """Safety Stock in force, [N, T]."""
    table = made.table("StockTargets")
    coverage = target_coverage(
        table, made.catalog, made.locations, made.pairs, WEEKS, made.findings
    )
    return resolve(coverage, table, "safety_stock", made.findings, 0.0)


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ({"location": "*"}, {"location": "Tier=RDC"}),
        ({"location": "Tier=RDC"}, {"location": "R1"}),
        ({"location": "*", "product": "A"}, {"location": "Tier=RDC"}),
        ({"location": "Region=East", "product": "A"}, {"location": "R1", "product": "*"}),
        ({"product": "Family=Tea"}, {"product": "A"}),
        ({"product": "Family=Tea", "channel": "shop"}, {"product": "A"}),
        ({"period": "2026-W02"}, {"channel": "shop"}),
        ({"period": "2026-W02..2026-W03"}, {"period": "2026-W02"}),
        ({"product": "A", "period": "2026-W02"}, {"tier": "RDC"}),
        ({"product": "*"}, {"product": "A,B"}),
    ],
)
def test_the_more_specific_row_wins(study: Any, weak: Any, strong: Any) -> None:
    low, high = weak | {"safety_stock": 1.0}, strong | {"safety_stock": 2.0}
    for rows in ([low, high], [high, low]):
        made = study(StockTargets=rows)

        assert safety(made)[made.place("R1", "A"), 0] == 2.0
        assert made.said() == []


def test_a_blank_inherits_from_the_next_less_specific_row(study: Any) -> None:
    made = study(
        StockTargets=[
            {"safety_stock": 5.0, "max_stock": 50.0},
            {"location": "R1", "max_stock": 90.0},
        ]
    )

    assert safety(made)[made.place("R1", "A")].tolist() == [5.0] * WEEKS


def test_equally_specific_rows_that_differ_are_an_error_naming_both_cells(study: Any) -> None:
    made = study(
        StockTargets=[
            {"location": "Tier=RDC", "safety_stock": 5.0},
            {"location": "Region=West", "safety_stock": 6.0},
            {"location": "Region=East", "safety_stock": 5.0},
        ]
    )
    safety(made)

    assert made.said() == [
        "StockTargets!F3  Safety Stock 6 and F2 (5) are equally specific and differ. "
        "Make one of them more specific, or state the same value."
    ]


def test_rows_with_exact_codes_that_differ_are_an_error_too(study: Any) -> None:
    exact = {"location": "R1", "product": "A"}
    made = study(
        StockTargets=[
            exact | {"period": "2026-W03", "safety_stock": 5.0},
            exact | {"period": "2026-01-12", "safety_stock": 6.0},
            exact | {"period": "2026-W04", "safety_stock": 6.0},
        ]
    )

    assert safety(made)[made.place("R1", "A")].tolist()[2] == 6.0
    assert [(finding.code, finding.cell) for finding in made.findings] == [
        ("conflicting-rows", "F3")
    ]


def test_a_row_whose_selectors_never_meet_is_a_warning(study: Any) -> None:
    made = study(
        StockTargets=[{"location": "R1", "tier": "store", "safety_stock": 5.0}, {"tier": "store"}]
    )
    safety(made)

    assert [(f.code, f.row) for f in made.findings] == [("row-without-effect", 2)]


def test_one_wildcard_row_equals_its_explicit_rows(study: Any) -> None:
    row = {"location": "Tier=RDC", "product": "Tea", "safety_stock": 7.0}
    explicit = [
        {"location": place, "product": product, "safety_stock": 7.0}
        for place in ("R1", "R2")
        for product in ("A", "B")
    ]

    np.testing.assert_array_equal(
        safety(study(StockTargets=[row])), safety(study(StockTargets=explicit))
    )


def test_ten_thousand_exact_rows_over_eight_thousand_places_take_under_a_second(study: Any) -> None:
    places = [{"location": f"L{at:03d}", "tier": "RDC"} for at in range(80)]
    goods = [{"product": f"P{at:03d}", "unit_value": 1.0} for at in range(100)]
    cells = [(at // 100, at % 100) for at in range(8000)]
    rows = [
        {
            "location": f"L{place:03d}",
            "product": f"P{product:03d}",
            "safety_stock": float(place + product),
            "max_stock": 1000.0,
            "over_penalty": 1.0,
        }
        for place, product in cells
    ]
    rows += [row | {"period": "2026-W05", "safety_stock": 1.0} for row in rows[:2000]]
    made = study(periods=13, Locations=places, Products=goods, StockTargets=rows)
    size = (8000, 13)
    forward = ForwardDemand(np.ones(size), np.ones(8000), np.full(8000, -1), np.full(13, 7.0))

    start = time.process_time()
    targets = stock_targets(
        made.table("StockTargets"),
        made.catalog,
        made.locations,
        made.pairs,
        np.ones(size, dtype=bool),
        forward,
        np.ones(100),
        made.findings,
    )
    seconds = time.process_time() - start

    assert seconds < 1.0
    assert targets.safety[made.place("L019", "P099")].tolist() == [118.0] * 3 + [1.0] + [118.0] * 9
    assert made.said() == []
