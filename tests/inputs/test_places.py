"""Locations, products, active windows, and which pairs there are."""

import numpy as np
from retail import LANES, LOCATIONS, PRODUCTS, built, demand, good, place, said, seen


def test_codes_stand_in_canonical_order_with_their_defaults() -> None:
    network = built(
        Products=[
            {"Product": "B", "Unit Value": 4.0, "Units Per Pallet": 8.0, "Weight": 2.0},
            {"Product": "A", "Unit Value": 10.0, "Name": "Amber"},
        ]
    )

    assert network.locations.code.tolist() == ["DC", "S1", "S2", "SUP"]
    assert network.products.name.tolist() == ["Amber", "B"]
    assert network.products.zone.tolist() == ["ambient", "ambient"]
    assert network.products.measure[1].tolist()[:2] == [1.0, 2.0]
    assert network.products.measure[1, 3] == 0.125
    assert np.isnan(network.products.measure[0, 1:]).all()


def test_suppliers_and_customers_hold_no_stock_unless_told() -> None:
    keeps = built().places.keeps
    network = built(
        Locations=[{**LOCATIONS[0], "Holds Stock": "Y"}, {**LOCATIONS[1], "Holds Stock": "N"}]
        + LOCATIONS[2:]
    )

    assert not keeps[place(built(), "SUP", "A")].any()
    assert keeps[place(built(), "DC", "A")].all()
    assert network.places.keeps[place(network, "SUP", "A")].all()
    assert not network.places.keeps[place(network, "DC", "A")].any()


def test_a_place_is_active_in_the_periods_that_start_in_its_window() -> None:
    window = {"Active From": "2026-01-08", "Active To": "2026-01-21"}
    network = built(Locations=[*LOCATIONS[:2], {**LOCATIONS[2], **window}, LOCATIONS[3]])
    at = place(network, "S1", "A")

    assert network.locations.active[1].tolist() == [False, True, True, False]
    # Stock that is there may wait for the opening, and must be gone after the last active period.
    assert network.places.keeps[at].tolist() == [True, True, False, False]
    # Shipped in week 2 it arrives in week 3, shipped in week 4 the store is closed.
    assert network.goods.allowed[good(network, "DC→S1", "A")].tolist() == [
        False,
        True,
        False,
        False,
    ]


def test_a_window_that_ends_with_the_horizon_changes_nothing() -> None:
    last = {"Active To": "2026-02-01"}
    network = built(Locations=[*LOCATIONS[:2], {**LOCATIONS[2], **last}, LOCATIONS[3]])

    assert network.places.keeps[place(network, "S1", "A")].all()


def test_only_pairs_that_occur_are_places() -> None:
    network = built(
        Lanes=[{**row, "Product": "A"} for row in LANES], Demand=demand("S1", "A", 1, 2)
    )
    pairs = {
        (network.locations.code[place], network.products.code[product])
        for place, product in zip(network.places.location, network.places.product, strict=True)
    }

    assert ("DC", "A") in pairs
    assert ("DC", "B") not in pairs
    assert (network.places.of >= 0).sum() == len(network.places)


def test_a_closed_place_takes_part_in_nothing() -> None:
    locations = [*LOCATIONS[:3], {**LOCATIONS[3], "Status": "closed"}]
    found = said(seen(Locations=locations))

    assert found["demand-closed"].startswith("Demand!A6")
    assert not seen(Locations=locations).network


def test_demand_outside_a_window_is_a_warning_with_its_quantity() -> None:
    locations = [*LOCATIONS[:3], {**LOCATIONS[3], "Active From": "2026-01-12"}]

    assert "5 units" in said(seen(Locations=locations))["demand-inactive"]


def test_stock_where_none_may_stand_is_an_error() -> None:
    stock = [{"Location": "SUP", "Product": "A", "Quantity": 3.0}]

    assert said(seen(OpeningStock=stock))["stock-not-kept"].startswith("OpeningStock!A2")


def test_sheets_without_rows_leave_nothing_to_plan() -> None:
    import pandas as pd

    from tierstock.inputs import inspect

    frames = {
        "Locations": pd.DataFrame(columns=["Location", "Tier"]),
        "Products": pd.DataFrame(PRODUCTS),
        "Lanes": pd.DataFrame(columns=["From", "To", "Lead Time"]),
        "Demand": pd.DataFrame(columns=["Location", "Product", "Period", "Quantity"]),
    }

    found = inspect(frames)

    assert found.network is None
    assert said(found)["sheet-without-rows"].startswith("Locations")
