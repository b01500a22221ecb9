"""Rows of Lanes become lanes and goods."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, LOCATIONS, PRODUCTS, built, good, said, seen

from tierstock.inputs import Network

SUPPLY_LANE = LANES[0]


def lane(end: Any = "S1", **more: Any) -> dict[str, Any]:
    return {"From": "DC", "To": end, "Lead Time": 7.0, **more}


def study(*rows: dict[str, Any], **sheets: Any) -> Network:
    return built(Lanes=[SUPPLY_LANE, lane("S2"), *rows], **sheets)


def test_selectors_stand_for_every_pair_but_a_place_with_itself() -> None:
    network = built(Lanes=[{"From": "*", "To": "*", "Lead Time": 1.0}])

    assert len(network.lanes) == 12
    assert "DC→DC" not in network.lanes.label


def test_region_same_joins_the_places_of_one_region() -> None:
    locations = [{**row, "Region": region} for row, region in zip(LOCATIONS, "xxxy", strict=True)]
    network = built(
        Locations=locations,
        Lanes=[SUPPLY_LANE, {"From": "DC", "To": "Region=same", "Lead Time": 1.0}, lane("S2")],
    )

    assert network.lanes.label.tolist() == ["DC→S1", "DC→S2", "DC→SUP", "SUP→DC"]


def test_a_lane_is_named_with_its_mode_where_a_pair_has_several() -> None:
    network = study(lane(), lane(Mode="rail"))

    assert network.lanes.label.tolist() == [
        "DC→S1 (rail)",
        "DC→S1 (road)",
        "DC→S2",
        "SUP→DC",
    ]


def test_kind_is_transfer_between_equal_tiers_unless_stated() -> None:
    network = study(lane(), lane("S2", From="S1"), lane("S1", From="S2", Kind="expedite"))
    kinds = dict(zip(network.lanes.label, network.lanes.kind, strict=True))

    assert kinds["DC→S1"] == "replenish"
    assert kinds["S1→S2"] == "transfer"
    assert kinds["S2→S1"] == "expedite"


def test_the_more_specific_row_wins_and_blanks_inherit() -> None:
    network = built(
        Lanes=[
            SUPPLY_LANE,
            {"From": "DC", "To": "*", "Lead Time": 7.0, "Unit Cost": 3.0, "Yield": 0.5},
            {"From": "DC", "To": "Tier=store", "Product": "A", "Lead Time": 14.0},
            {"From": "DC", "To": "S1", "Product": "*", "Lead Time": 21.0, "Unit Cost": 9.0},
        ]
    )
    goods, to_s1, to_s2 = network.goods, *(good(network, name, "A") for name in ("DC→S1", "DC→S2"))

    # To is compared before Product: the exact S1 beats the group with the exact product.
    assert goods.lead[to_s1].tolist() == [3, 3, 3, 3]
    assert goods.unit_cost[to_s1, 0] == 9.0
    assert goods.lead[to_s2].tolist() == [2, 2, 2, 2]
    assert goods.unit_cost[to_s2, 0] == 3.0
    assert goods.arriving_share[to_s1, 0] == 0.5


def test_equal_specificity_with_different_values_is_an_error_with_both_cells() -> None:
    found = said(seen(Lanes=[SUPPLY_LANE, lane("S2"), lane(), lane("S1,S2", **{"Unit Cost": 4.0})]))
    clash = said(
        seen(
            Lanes=[
                SUPPLY_LANE,
                lane("S1,S2", **{"Unit Cost": 4.0}),
                lane("S2,S1", **{"Unit Cost": 5.0}),
            ]
        )
    )

    assert "conflicting-rows" not in found
    assert clash["conflicting-rows"].startswith("Lanes!D4")
    assert "D3" in clash["conflicting-rows"]


def test_rows_of_one_lane_state_lane_values_once_for_all_products() -> None:
    rows = [lane(Product="A", **{"Max Shipment": 5.0}), lane(Product="B")]
    network = study(*rows)
    other = said(seen(Lanes=[SUPPLY_LANE, lane("S2"), rows[0], {**rows[1], "Max Shipment": 6.0}]))

    assert network.lanes.max_shipment[0].tolist() == [5.0] * 4
    assert network.lanes.min_shipment[0].tolist() == [0.0] * 4
    assert "conflicting-rows" in other


def test_windows_hold_by_ship_date() -> None:
    early = lane(**{"Unit Cost": 1.0, "Active To": "2026-01-14"})
    late = lane(**{"Unit Cost": 2.0, "Active From": "2026-01-15", "Active To": "2026-01-25"})
    network = study(early, late)
    at = good(network, "DC→S1", "A")

    # Periods start on 5, 12, 19 and 26 January; the source can have goods from the second on.
    assert network.goods.unit_cost[at, :3].tolist() == [1.0, 1.0, 2.0]
    assert network.goods.allowed[at].tolist() == [False, True, True, False]


def test_overlapping_windows_with_different_values_are_an_error() -> None:
    rows = [
        lane(**{"Unit Cost": 1.0, "Active From": "2026-01-05", "Active To": "2026-01-20"}),
        lane(**{"Unit Cost": 2.0, "Active From": "2026-01-15"}),
    ]

    assert "conflicting-rows" in said(seen(Lanes=[SUPPLY_LANE, lane("S2"), *rows]))


@pytest.mark.parametrize(
    ("basis", "cost", "expected"),
    [
        ("unit", 3.0, 3.0),
        ("kg", 3.0, 6.0),
        ("m3", 3.0, 0.3),
        ("pallet", 3.0, 0.06),
        ("value%", 2.0, 0.2),
        ("value%", 0.02, 0.2),
        ("t-km", 3.0, 0.6),
        ("unit-km", 0.01, 1.0),
    ],
)
def test_freight_is_counted_in_its_basis(basis: str, cost: float, expected: float) -> None:
    product = {"Weight": 2.0, "Volume": 0.1, "Units Per Pallet": 50.0}
    network = study(
        lane(**{"Unit Cost": cost, "Cost Basis": basis, "Distance": 100.0}),
        Products=[{**PRODUCTS[0], **product}, {**PRODUCTS[1], **product}],
    )

    assert network.goods.unit_cost[good(network, "DC→S1", "A"), 0] == pytest.approx(expected)


def test_a_basis_without_its_data_is_an_error() -> None:
    by_weight = {"Unit Cost": 1.0, "Cost Basis": "kg"}
    by_way = {"Unit Cost": 1.0, "Cost Basis": "unit-km"}
    weight = said(seen(Lanes=[SUPPLY_LANE, lane("S2"), lane(**by_weight)]))
    way = said(seen(Lanes=[SUPPLY_LANE, lane("S2"), lane(**by_way)]))

    assert "Lanes!" in weight["missing-measure"]
    assert "DC→S1" in way["missing-distance"]


def test_distance_comes_from_coordinates_where_none_is_stated() -> None:
    spots = [(0.0, 0.0), (0.0, 0.0), (0.0, 1.0), (0.0, 180.0)]
    locations = [
        {**row, "Latitude": lat, "Longitude": lon}
        for row, (lat, lon) in zip(LOCATIONS, spots, strict=True)
    ]
    network = study(lane(), Locations=locations)

    assert network.lanes.distance[0] == pytest.approx(111.195, abs=0.001)
    assert network.lanes.distance[1] == pytest.approx(np.pi * 6371.0088)


def test_goods_on_the_way_carry_the_destination_rate() -> None:
    network = built(StockCosts=[{"Location": "S1", "Carrying Rate": 0.365, "Unit Value": 20.0}])

    # 20 x 36.5 % a year x 7 of 365 days
    assert network.goods.transit_cost[good(network, "DC→S1", "A"), 0] == pytest.approx(0.14)


def test_goods_that_can_never_be_at_their_origin_are_left_out() -> None:
    network = built(
        Lanes=[{**SUPPLY_LANE, "Product": "A"}, LANES[1]],
        Demand=[{"Location": "S1", "Product": "A", "Period": "2026-W02", "Quantity": 1.0}],
    )

    assert set(network.products.code[network.goods.product]) == {"A"}


def test_wildcards_equal_the_explicit_table() -> None:
    from tierstock.inputs import fingerprint

    explicit = [
        {**SUPPLY_LANE, "Product": "A"},
        {**SUPPLY_LANE, "Product": "B"},
        *({**LANES[1], "To": end, "Product": item} for end in ("S1", "S2") for item in "AB"),
    ]

    assert fingerprint(built(Lanes=explicit)) == fingerprint(built())


def test_a_lane_to_itself_and_an_unknown_place_are_errors() -> None:
    found = seen(Lanes=[*LANES, lane("DC"), lane("S3"), lane(From="Tier=hub")])
    unknown = [one.say() for one in found.findings if one.code == "unknown-selector"]

    assert said(found)["self-lane"].startswith("Lanes!B4")
    assert unknown[0].startswith('Lanes!B5  "S3"')
    assert unknown[1].startswith('Lanes!A6  "hub"')


def test_a_minimum_above_the_maximum_of_a_lane_is_an_error() -> None:
    found = said(
        seen(
            Lanes=[
                SUPPLY_LANE,
                lane("*", **{"Max Shipment": 5.0}),
                lane("S1", **{"Min Shipment": 6.0}),
            ]
        )
    )

    assert "DC→S1" in found["min-over-max"]


def test_lanes_name_the_vehicles_that_may_run_on_them() -> None:
    trucks = [{"Vehicle": name, "Max Units": 10.0} for name in ("big", "small")]
    network = study(lane(Vehicle="small"), Vehicles=trucks)

    assert network.lanes.vehicles.tolist() == [[False, True], [False, False], [False, False]]


def test_lead_times_in_periods_must_be_whole() -> None:
    settings = [{"Setting": "lead_time_unit", "Value": "period"}]
    lanes = [{**SUPPLY_LANE, "Lead Time": 1.0}, {**LANES[1], "Lead Time": 2.0}]
    network = built(Settings=settings, Lanes=lanes)
    half = said(seen(Settings=settings, Lanes=[lanes[0], {**lanes[1], "Lead Time": 1.5}]))

    assert network.goods.lead[good(network, "DC→S1", "A"), 0] == 2
    assert network.goods.lead_days[good(network, "DC→S1", "A"), 0] == 14.0
    assert "lead-not-whole" in half
