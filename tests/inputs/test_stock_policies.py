"""Stock targets and costs of stock are set as the planner wrote them."""

from typing import Any

import numpy as np
import pytest

from tierstock.inputs.assembly.forward_demand import ForwardDemand
from tierstock.inputs.assembly.stock_costs import StockCosts, stock_costs
from tierstock.inputs.assembly.stock_targets import StockTargets, stock_targets


def targets(study: Any, *rows: dict[str, Any], closed: tuple[str, ...] = ()) -> tuple[Any, Any]:
    """Study and targets where every place sells 2 a day, in three weeks."""
    made = study(StockTargets=list(rows))
    count = len(made.pairs)
    keeps = ~np.isin(made.locations.code, closed)[made.pairs.location]
    forward = ForwardDemand(
        np.full((count, 3), 2.0), np.full(count, 2.0), np.full(count, -1), made.periods.days
    )
    found = stock_targets(
        made.table("StockTargets"),
        made.catalog,
        made.locations,
        made.pairs,
        np.broadcast_to(keeps[:, None], (count, 3)),
        forward,
        np.array([20.0, 50.0, 10.0]),
        made.findings,
    )
    return made, found


def at(made: Any, found: StockTargets | StockCosts, name: str, place: str, product: str) -> Any:
    return getattr(found, name)[made.place(place, product), 0]


def test_without_rows_nothing_is_wanted_and_a_shortfall_would_cost_the_ladder(study: Any) -> None:
    made, found = targets(study)

    assert not found.safety.any() and np.isinf(found.max_stock).all()
    assert not found.safety_hard.any() and not found.max_hard.any()
    assert at(made, found, "safety_penalty", "R1", "B") == pytest.approx(0.02 * 50)


def test_of_units_and_days_the_larger_safety_and_the_smaller_maximum_apply(study: Any) -> None:
    made, found = targets(
        study,
        {"safety_stock": 20.0, "safety_days": 7.0, "max_stock": 60.0, "max_days": 35.0},
        {"location": "R1", "safety_days": 14.0, "max_days": 21.0},
    )

    assert at(made, found, "safety", "R2", "A") == 20.0
    assert at(made, found, "safety", "R1", "A") == 28.0
    assert at(made, found, "max_stock", "R2", "A") == 60.0
    assert at(made, found, "max_stock", "R1", "A") == 42.0


def test_zero_is_a_target_and_blank_is_none(study: Any) -> None:
    made, found = targets(
        study,
        {"safety_stock": 5.0},
        {"location": "R1", "safety_stock": 0.0, "max_stock": 0.0},
    )

    assert at(made, found, "safety", "R1", "A") == 0.0
    assert at(made, found, "max_stock", "R1", "A") == 0.0
    assert at(made, found, "max_stock", "R2", "A") == np.inf


def test_hard_makes_both_the_safety_stock_and_the_maximum_hard(study: Any) -> None:
    made, found = targets(
        study,
        {"safety_stock": 5.0, "max_stock": 9.0},
        {"tier": "RDC", "hardness": "hard", "penalty": 3.0, "over_penalty": 0.5},
        {"location": "R2", "hardness": "soft"},
    )

    assert at(made, found, "safety_hard", "R1", "A") and at(made, found, "max_hard", "R1", "A")
    assert not at(made, found, "safety_hard", "R2", "A")
    assert not at(made, found, "max_hard", "CDC1", "A")
    assert at(made, found, "safety_penalty", "R1", "A") == 3.0
    assert at(made, found, "over_penalty", "R1", "A") == 0.5
    assert at(made, found, "over_penalty", "S1", "A") == 0.0


def test_places_that_keep_no_stock_have_no_target(study: Any) -> None:
    made, found = targets(
        study, {"safety_stock": 5.0, "max_stock": 9.0, "hardness": "hard"}, closed=("S1",)
    )

    assert at(made, found, "safety", "S1", "A") == 0.0
    assert at(made, found, "max_stock", "S1", "A") == np.inf
    assert not at(made, found, "safety_hard", "S1", "A")


def test_channel_and_tier_choose_among_the_locations_in_either_language(study: Any) -> None:
    made, found = targets(
        study, {"channel": "web", "safety_stock": 5.0}, {"tier": "门店", "safety_stock": 6.0}
    )

    held = {code: at(made, found, "safety", code, "A") for code in made.locations.code}
    assert held == {"CDC1": 0.0, "R1": 0.0, "R2": 5.0, "S1": 6.0, "S2": 6.0}


def test_a_list_of_channels_leaves_out_places_without_a_channel(study: Any) -> None:
    made, found = targets(study, {"channel": "shop,web", "safety_stock": 5.0})

    assert at(made, found, "safety", "R1", "A") == at(made, found, "safety", "R2", "A") == 5.0
    assert at(made, found, "safety", "S1", "A") == 0.0


def test_a_maximum_below_the_safety_stock_is_a_warning_naming_both_cells(study: Any) -> None:
    made, _ = targets(
        study, {"safety_days": 7.0}, {"location": "R1", "max_stock": 3.0, "over_penalty": 1.0}
    )

    assert [(f.code, f.cell, f.severity) for f in made.findings] == [
        ("max-below-safety", "J3", "warning")
    ]
    assert "G2" in made.said()[0]


def costs(study: Any, *rows: dict[str, Any]) -> tuple[Any, Any]:
    made = study(StockCosts=list(rows))
    found = stock_costs(
        made.table("StockCosts"),
        made.catalog,
        made.pairs,
        made.products.unit_value,
        made.periods.days,
        0.12,
        made.findings,
    )
    return made, found


def test_holding_is_carrying_cost_and_storage_for_the_days_of_the_period(study: Any) -> None:
    made, found = costs(
        study,
        {"location": "Tier=RDC", "storage_cost": 0.01, "handling_in": 0.3},
        {"location": "R2", "carrying_rate": 0.24, "unit_value": 40.0, "handling_out": 0.2},
    )

    assert at(made, found, "holding", "S1", "A") == pytest.approx(10 * 0.12 * 7 / 365)
    assert at(made, found, "holding", "R1", "A") == pytest.approx(10 * 0.12 * 7 / 365 + 0.07)
    assert at(made, found, "holding", "R2", "A") == pytest.approx(40 * 0.24 * 7 / 365 + 0.07)
    assert at(made, found, "value", "R2", "A") == 40.0
    assert at(made, found, "value", "R1", "B") == 20.0
    assert at(made, found, "rate", "R2", "A") == 0.24
    assert at(made, found, "handling_in", "R2", "A") == 0.3
    assert at(made, found, "handling_out", "R1", "A") == 0.0


def test_a_stated_holding_cost_replaces_carrying_and_storage(study: Any) -> None:
    made, found = costs(
        study,
        {"location": "*", "holding_cost": 0.5},
        {"location": "R1", "storage_cost": 9.0},
        {"location": "R2", "holding_cost": 0.0},
    )

    assert at(made, found, "holding", "R1", "A") == 0.5
    assert at(made, found, "holding", "R2", "A") == 0.0
    assert at(made, found, "rate", "R1", "A") == 0.12
