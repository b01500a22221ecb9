"""A centre with two shops, small enough to say what each move of its best plan is worth."""

import pytest
from small import Rows, demand, tables

import tierstock as ts


def two_shops(**more: Rows) -> ts.Network:
    """Return the network; the second shop is a week away, but next door to the first."""
    places = {"SUP": "supplier", "DC": "CDC", "S1": "store", "S2": "store"}
    lanes = [
        ("SUP", "DC", 7, 1.0),
        ("DC", "S1", 0, 0.5),
        ("DC", "S2", 7, 0.5),
        ("S1", "S2", 0, 0.2),
    ]
    sheets: dict[str, Rows] = {
        "Settings": [{"Setting": "bucket", "Value": "week"}],
        "Locations": [{"Location": code, "Tier": tier} for code, tier in places.items()],
        "Products": [
            {"Product": "tea", "Unit Value": 10, "Price": 20, "Weight": 1, "Units Per Case": 10}
        ],
        "Vehicles": [{"Vehicle": "van", "Max Weight": 100, "Cost Per Trip": 50}],
        "Lanes": [
            {
                **{"From": a, "To": b, "Lead Time": days, "Unit Cost": cost},
                "Vehicle": "van" if a == "DC" else "",
            }
            for a, b, days, cost in lanes
        ],
        "Demand": demand("S1", "tea", 30, 40, 50, 60) + demand("S2", "tea", 20, 30, 20, 20),
        "OpeningStock": [
            {"Location": "DC", "Product": "tea", "Quantity": 120},
            {"Location": "S1", "Product": "tea", "Quantity": 60},
        ],
        **more,
    }
    return ts.read(tables(**sheets))


def acted_on(plan: ts.Plan) -> ts.Plan:
    """Return a plan whose savings are confirmed, however slow the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tierstock.saved.SECONDS", 1e6)
        if plan.quality != "none":
            assert plan.saved is not None
    return plan
