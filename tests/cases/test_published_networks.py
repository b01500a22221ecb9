"""Published fixed-charge networks and lot sizes: read from tables, solved, and audited."""

from pathlib import Path

import pytest
from in_process import frames
from published_networks import CASES

import tierstock as ts


def solved(name: str) -> tuple[ts.Plan, float]:
    """Plan an instance to the end; return the plan and what its source says."""
    tables, least = CASES[name]()
    return ts.solve(ts.build(ts.read(frames(tables))), gap=0, progress=False), least


@pytest.mark.parametrize("name", CASES)
def test_an_audited_plan_costs_what_the_source_says(name: str, tmp_path: Path) -> None:
    plan, least = solved(name)
    assert plan.quality == "proven"
    assert plan.objective == pytest.approx(least, rel=0, abs=1e-3)
    assert plan.save(tmp_path / "plan.xlsx").passed
    assert plan.costs["Amount"].sum() == pytest.approx(least, rel=0, abs=1e-3)


def test_a_lane_that_is_used_carries_its_minimum_load() -> None:
    plan, _ = solved("minimum loads, five markets a mill")
    loads = plan.shipments.groupby(["From", "To"])["Quantity"].sum()
    assert loads.between(375 - 1e-6, 625 + 1e-6).all()
    assert loads.groupby("From").size().max() == 5
    free, _ = solved("minimum loads")
    assert free.shipments.groupby("From")["To"].nunique().max() > 5


def test_two_centres_serve_every_customer_alone() -> None:
    plan, _ = solved("distribution")
    results = plan.tables["SiteResults"]
    assert set(results[results["Open"] == "Y"]["Location"]) == {"DC1", "DC3"}
    out = plan.shipments[plan.shipments["To"].str.startswith("C")]
    assert out.groupby("To")["From"].nunique().eq(1).all()
