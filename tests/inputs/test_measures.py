"""Quantities in cases, pallets and the planner's own units, product by product."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, PRODUCTS, demand, place, said, seen

from tierstock.inputs import Inspection, Network

PACKED = [
    {**PRODUCTS[0], "Units Per Case": 12.0, "Units Per Pallet": 480.0},
    {**PRODUCTS[1], "Units Per Case": 6.0},
]
DRUMS = [
    {"Product": "*", "Unit": "drum", "Per Base": 200.0},
    {"Product": "B", "Unit": "drum", "Per Base": 180.0},
]


def network(**sheets: list[dict[str, Any]]) -> Network:
    found = seen(**{"Products": PACKED, **sheets})
    assert found.network is not None, [one.say() for one in found.findings.errors]
    return found.network


def errors(**sheets: list[dict[str, Any]]) -> list[str]:
    return [one.say() for one in seen(**{"Products": PACKED, **sheets}).findings.errors]


@pytest.mark.parametrize("word", ["case", "Cases", "箱", "CTN"])
def test_a_demand_in_cases_is_planned_in_units(word: str) -> None:
    rows = demand("S1", "A", 1.0, 2.5, Unit=word) + demand("S2", "B", 4.0, Unit=word)
    found = network(Demand=rows)
    assert found.demand.quantity[:, :2].tolist() == [[12.0, 30.0], [24.0, 0.0]]


def test_every_sheet_with_a_unit_column_is_converted() -> None:
    item = {"Product": "A", "Unit": "pallet"}
    found = network(
        OpeningStock=[{"Location": "DC", **item, "Quantity": 2.0, "Blocked": 0.5}],
        InTransit=[{"To": "DC", **item, "Quantity": 1.0, "Due Date": "2026-01-12"}],
        Supply=[{"Location": "SUP", "Product": "A", "Unit": "托", "Max": 3.0, "Min": 0.25}],
        Demand=demand("S1", "A", 1.0, 0.0),
    )
    here = place(found, "DC", "A")
    assert (found.places.opening[here], found.places.blocked[here]) == (720.0, 240.0)
    assert found.places.arriving[here, 1] == 480.0
    assert (found.supply.most == 1440.0).all()
    assert (found.supply.least == 120.0).all()


def test_the_most_specific_row_of_units_counts() -> None:
    rows = demand("S1", "A", 1.0, Unit="DRUM") + demand("S1", "B", 1.0, Unit="drum")
    assert network(Units=DRUMS, Demand=rows).demand.quantity[:, 0].tolist() == [200.0, 180.0]


def test_products_say_what_a_case_is_as_specifically_as_a_code_can() -> None:
    everywhere = [{"Product": "*", "Unit": "case", "Per Base": 99.0}]
    rows = demand("S1", "A", 1.0, Unit="case")
    assert network(Units=everywhere, Demand=rows).demand.quantity[0, 0] == 12.0
    other = [{"Product": "A", "Unit": "箱", "Per Base": 10.0}]
    assert errors(Units=other, Demand=rows) == [
        "Units!C2  Per Base 10 contradicts what is said of this unit for product A elsewhere just"
        " as specifically (Units, or Products). Keep one."
    ]


def test_one_row_of_supply_means_cases_of_every_product() -> None:
    found = network(Supply=[{"Location": "SUP", "Product": "*", "Unit": "case", "Max": 10.0}])
    assert found.supply.most[:, 0].tolist() == [120.0, 60.0]


def test_a_cell_may_name_its_own_unit() -> None:
    item = {"Location": "SUP", "Product": "A", "Unit": "case"}
    found = network(
        Supply=[{**item, "Max": "2 pallet", "Min": 3.0}],
        Demand=demand("S1", "A", 1.0) + demand("S2", "A", "2 箱", "1.2千件"),  # type: ignore[arg-type]
    )
    assert (found.supply.most[0, 0], found.supply.least[0, 0]) == (960.0, 36.0)
    assert found.demand.quantity[:, :2].tolist() == [[1.0, 0.0], [24.0, 1200.0]]


@pytest.mark.parametrize(
    ("base", "unit", "times"),
    [("", "件", 1.0), ("", "pcs", 1.0), ("kg", "t", 1000.0), ("箱", "case", 1.0), ("L", "L", 1.0)],
)
def test_words_of_the_same_measure_need_no_row(base: str, unit: str, times: float) -> None:
    products = [{**PRODUCTS[0], "Base Unit": base}, PRODUCTS[1]]
    found = network(Products=products, Demand=demand("S1", "A", 3.0, Unit=unit))
    assert found.demand.quantity[0, 0] == 3.0 * times


@pytest.mark.parametrize(
    ("sheet", "row", "cell"),
    [
        ("Demand", {"Unit": "drumm"}, "Demand!E2"),
        ("OpeningStock", {"Unit": "drumm"}, "OpeningStock!E2"),
        ("InTransit", {"Unit": "drumm"}, "InTransit!E2"),
        ("Supply", {"Unit": "drumm"}, "Supply!E2"),
        ("Supply", {"Max": "2 drumm"}, "Supply!D2"),
    ],
)
def test_an_unknown_unit_is_told_at_its_cell(sheet: str, row: dict[str, Any], cell: str) -> None:
    base: dict[str, dict[str, Any]] = {
        "Demand": {"Location": "S1", "Product": "A", "Period": "2026-W02", "Quantity": 1.0},
        "OpeningStock": {"Location": "DC", "Product": "A", "Lot": "", "Quantity": 1.0},
        "InTransit": {"To": "DC", "Product": "A", "Due Date": "2026-01-12", "Quantity": 1.0},
        "Supply": {"Location": "SUP", "Product": "A", "Min": 0.0, "Max": 9.0},
    }
    assert errors(Units=DRUMS, **{sheet: [base[sheet] | row]}) == [
        f'{cell}  Unit "drumm" is not known. Nearest: "drum". Add it to the sheet Units, or write'
        " the product's Base Unit, case or pallet."
    ]


def test_a_word_without_its_column_in_products_names_both_cells() -> None:
    told = errors(Demand=demand("S1", "B", 1.0, Unit="pallet"))
    assert told == [
        "Products!E3  Units Per Pallet is blank, but Demand!E2 counts in pallet. State it, above 0."
    ]


def test_a_unit_that_only_other_products_have_is_told_with_the_product() -> None:
    only_b = [{"Product": "B", "Unit": "drum", "Per Base": 5.0}]
    told = errors(Units=only_b, Demand=demand("S1", "A", 1.0, Unit="drum"))
    assert told == [
        'Demand!E2  The sheet Units does not say what "drum" is for product A. Add a row for it.'
    ]


def test_rows_of_units_are_checked() -> None:
    units = [
        {"Product": "A", "Unit": "drum", "Per Base": 0.0},
        {"Product": "A", "Unit": "EA", "Per Base": 2.0},
        {"Product": "*", "Unit": "keg", "Per Base": 2.0},
        {"Product": "Unit Value=10", "Unit": "crate", "Per Base": 3.0},
        {"Product": "Price=25", "Unit": "crate", "Per Base": 4.0},
    ]
    rows = demand("S1", "A", 1.0, Unit="crate")
    found = {one.code: one.cell for one in seen(Units=units, Demand=rows).findings.errors}
    assert found == {"not-above-zero": "C2", "unit-is-base": "C3", "unit-twice": "C6"}


def test_rows_that_state_the_same_in_other_units_are_a_conflict() -> None:
    base = {"Product": "A", "Min": 0.0}
    rows = [
        {"Location": "Tier=supplier", **base, "Max": 10.0, "Unit": "case"},
        {"Location": "Tier=supplier;Location=SUP", **base, "Max": 10.0, "Unit": "EA"},
    ]
    told = said(seen(Products=PACKED, Supply=rows))
    assert "equally specific and differ" in told["conflicting-rows"]


def test_a_minimum_in_pallets_may_be_above_a_maximum_in_cases() -> None:
    rows = [{"Location": "SUP", "Product": "A", "Max": "2 case", "Min": "1 pallet"}]
    assert said(seen(Products=PACKED, Supply=rows))["min-over-max"].startswith("Supply!D2")


def test_rows_that_differ_in_the_unit_of_a_cell_are_not_repeated_rows() -> None:
    rows = [{"Location": "SUP", "Product": "A", "Max": cell} for cell in ("2 case", "2 pallet")]
    assert "duplicate-key" in said(seen(Products=PACKED, Supply=rows))


@pytest.mark.parametrize("cell", ["tbd", "12,5O", "1_000", "(12)"])
def test_a_word_alone_is_no_quantity(cell: Any) -> None:
    found: Inspection = seen(Products=PACKED, Demand=demand("S1", "A", cell))
    codes = {one.code for one in found.findings.errors}
    assert codes & {"not-a-number", "letter-in-number"}
    assert "unknown-unit" not in codes


def test_units_cost_nothing_where_none_is_named() -> None:
    plain, packed = network(), network(Units=DRUMS)
    np.testing.assert_array_equal(plain.demand.quantity, packed.demand.quantity)
    assert LANES[0]["Unit Cost"] == plain.goods.unit_cost[-1, 0]
