"""Capacity limits and vehicle types reach the model as the planner stated them."""

from typing import Any

import numpy as np

from tierstock.inputs.assembly.calendars import build_calendars
from tierstock.inputs.assembly.limits import capacity
from tierstock.inputs.assembly.places import build_sites
from tierstock.inputs.assembly.vehicles import lane_vehicles, require_measures, vehicles
from tierstock.inputs.network import Capacity, Vehicles


def time_of(made: Any) -> tuple[Any, Any]:
    """Working days of every location, and the calendars of the study."""
    calendars = build_calendars(made.table("Calendars"), made.periods, made.findings)
    return build_sites(made.table("Locations"), made.periods, calendars).working, calendars


def limits(study: Any, *rows: dict[str, Any]) -> tuple[Any, Capacity]:
    made = study(Capacity=[{"dimension": "unit", "kind": "storage"} | row for row in rows])
    found = capacity(
        made.table("Capacity"),
        made.catalog,
        *time_of(made),
        made.pairs,
        made.products,
        made.table("Products"),
        made.findings,
    )
    return made, found


def listed(made: Any, found: Capacity) -> list[tuple[str, str, str, list[float]]]:
    return [
        (made.locations.code[place], kind, zone, limit.tolist())
        for place, kind, zone, limit in zip(
            found.location, found.kind, found.zone, found.limit, strict=True
        )
    ]


def test_each_location_has_its_own_limit_and_zones_hold_besides_the_site(study: Any) -> None:
    made, found = limits(
        study,
        {"location": "Tier=RDC", "limit": 100.0},
        {"location": "R1", "zone": "冷藏", "limit": 10.0},
    )

    assert listed(made, found) == [
        ("R1", "storage", "*", [100.0] * 3),
        ("R1", "storage", "chilled", [10.0] * 3),
        ("R2", "storage", "*", [100.0] * 3),
    ]
    assert not found.extra_limit.any() and not found.extra_cost.any()


def test_daily_limits_are_multiplied_by_working_days_and_storage_never(study: Any) -> None:
    row = {"location": "R1", "limit": 10.0, "extra_limit": 2.0, "extra_cost": 4.0}
    made, found = limits(
        study,
        row | {"kind": "inbound"},
        row | {"kind": "outbound", "per": "bucket"},
        row | {"kind": "storage", "per": "day"},
    )

    assert listed(made, found) == [
        ("R1", "storage", "*", [10.0] * 3),
        ("R1", "inbound", "*", [50.0] * 3),
        ("R1", "outbound", "*", [10.0] * 3),
    ]
    assert found.extra_limit[:, 0].tolist() == [2.0, 10.0, 2.0]
    assert found.extra_cost[:, 0].tolist() == [4.0, 4.0, 4.0]


def test_where_several_rows_meet_all_of_them_hold(study: Any) -> None:
    made, found = limits(
        study,
        {"location": "R1", "limit": 100.0, "extra_limit": 50.0, "extra_cost": 2.0},
        {"location": "R1", "period": "2026-W03", "limit": 80.0, "extra_cost": 9.0},
    )

    assert listed(made, found) == [("R1", "storage", "*", [100.0, 80.0, 100.0])]
    assert found.extra_limit[0].tolist() == [50.0, 0.0, 50.0]
    assert made.said() == []


def test_a_looser_row_beside_a_tighter_one_is_a_warning(study: Any) -> None:
    made, found = limits(
        study,
        {"location": "*", "limit": 100.0},
        {"location": "R1", "period": "2026-W03", "limit": 150.0},
    )

    assert [limit for code, _, _, limit in listed(made, found) if code == "R1"] == [[100.0] * 3]
    assert [(f.code, f.cell) for f in made.findings] == [("limit-without-effect", "G3")]
    assert "G2" in made.said()[0]


def test_a_limit_outside_its_periods_is_infinite(study: Any) -> None:
    made, found = limits(study, {"location": "R1", "period": "2026-W03", "limit": 5.0})

    assert listed(made, found) == [("R1", "storage", "*", [np.inf, 5.0, np.inf])]
    assert np.isfinite(found.extra_limit).all()


def test_a_product_without_weight_at_a_weight_limit_is_an_error_naming_both_cells(
    study: Any,
) -> None:
    made, _ = limits(study, {"location": "R1", "dimension": "kg", "limit": 5.0})

    (finding,) = made.findings
    weight = made.table("Products").cell(1, "weight")
    assert (finding.code, finding.cell) == ("missing-measure", weight)
    assert "Capacity!E2" in finding.message()


def test_a_zone_limit_asks_only_the_products_of_the_zone(study: Any) -> None:
    row = {"location": "R1", "dimension": "m3", "limit": 5.0, "zone": "chilled"}
    made, _ = limits(study, row)

    (finding,) = made.findings
    assert finding.cell == made.table("Products").cell(0, "volume")


def test_a_typed_zero_takes_no_room_on_a_pallet(study: Any) -> None:
    goods = [{"product": "A", "unit_value": 1.0, "units_per_pallet": 0.0}]
    row = {"location": "R1", "dimension": "pallet", "kind": "storage", "limit": 5.0}
    made = study(Products=goods, Capacity=[row])
    capacity(
        made.table("Capacity"),
        made.catalog,
        *time_of(made),
        made.pairs,
        made.products,
        made.table("Products"),
        made.findings,
    )

    assert made.products.measure[0, 3] == 0.0
    assert made.said() == []


def fleet(study: Any, *rows: dict[str, Any], lanes: tuple[str, ...] = ()) -> tuple[Any, Vehicles]:
    made = study(
        Vehicles=list(rows),
        Lanes=[{"from": "CDC1", "to": "R1", "vehicle": text} for text in lanes],
    )
    return made, vehicles(made.table("Vehicles"), made.catalog, made.findings)


def test_vehicle_types_come_by_code_with_their_limits_and_defaults(study: Any) -> None:
    made, found = fleet(
        study,
        {"vehicle": "Van", "max_volume": 12.0, "max_units": 90.0, "home": "Tier=RDC"},
        {
            "vehicle": "Big",
            "max_weight": 18000.0,
            "max_pallets": 33.0,
            "cost_per_trip": 900.0,
            "fleet": 4.0,
            "min_fill": 0.5,
            "fill_basis": "pallet",
        },
    )

    assert found.code.tolist() == ["Big", "Van"]
    np.testing.assert_array_equal(
        found.limit, [[np.nan, 18000, np.nan, 33], [90, np.nan, 12, np.nan]]
    )
    assert found.fleet.tolist() == [4.0, np.inf]
    assert found.trip_cost.tolist() == [900.0, 0.0]
    assert found.min_fill.tolist() == [0.5, 0.0]
    assert found.fill_basis.tolist() == [3, 2]
    assert found.home.tolist() == [[True] * 5, [False, True, True, False, False]]
    assert made.said() == []


def test_tonnes_no_limit_and_a_basis_without_limit_are_found(study: Any) -> None:
    made, _ = fleet(
        study,
        {"vehicle": "A", "max_weight": 18.0},
        {"vehicle": "B"},
        {"vehicle": "C", "max_units": 5.0, "fill_basis": "kg"},
    )

    assert {(f.code, f.severity, f.row) for f in made.findings} == {
        ("light-vehicle", "warning", 2),
        ("vehicle-without-limit", "error", 3),
        ("fill-basis-unlimited", "error", 4),
    }


def test_a_limit_of_nothing_is_an_error_and_blank_does_not_limit(study: Any) -> None:
    made, _ = fleet(study, {"vehicle": "A", "max_units": 0.0, "max_weight": 900.0})

    (found,) = made.findings
    assert (found.code, found.cell) == (
        "vehicle-limit-zero",
        made.table("Vehicles").cell(0, "max_units"),
    )
    assert "blank = not limiting" in found.message()


def test_lanes_name_their_vehicles_by_list_or_all(study: Any) -> None:
    rows = [{"vehicle": name, "max_units": 5.0} for name in ("A", "B", "C")]
    made, _ = fleet(study, *rows, lanes=("A,C", "*", "B", "D"))
    allowed = lane_vehicles(
        np.array([2, 0, 1, -1, 3]), made.table("Lanes"), made.catalog, made.findings
    )

    assert allowed.astype(int).tolist() == [[0, 1, 0], [1, 0, 1], [1, 1, 1], [0, 0, 0], [0, 0, 0]]
    cell = made.table("Lanes").cell(3, "vehicle")
    assert [(f.code, f.cell) for f in made.findings] == [("unknown-selector", cell)]


def test_goods_in_a_vehicle_limited_by_volume_must_state_their_volume(study: Any) -> None:
    made, found = fleet(study, {"vehicle": "V", "max_volume": 12.0, "max_weight": 900.0})
    goods = made.goods(("CDC1", "R1", "B"), ("CDC1", "R2", "A"))
    require_measures(
        np.array([[False], [True]]),
        found,
        goods,
        made.products,
        made.table("Vehicles"),
        made.table("Products"),
        made.catalog,
        made.findings,
    )

    (finding,) = made.findings
    assert finding.cell == made.table("Products").cell(0, "volume")
    assert "Vehicles!C2" in finding.message()
