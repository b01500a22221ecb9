"""What a planner stumbles over is told once, at its cause, in plain words."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from retail import LANES, LOCATIONS, built, demand, place, said, seen
from starter import codes, look, only, save, sheet_of, starter

from tierstock.inputs import inspect
from tierstock.inputs.assembly.period_names import numbered
from tierstock.inputs.schema import schema


def frames(study: dict[str, Any]) -> dict[str, pd.DataFrame]:
    return {
        title: pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
        for title, rows in study.items()
    }


def wide(*columns: tuple[str, list[Any]], language: str = "en") -> dict[str, Any]:
    study = starter(language)
    demand = schema().sheet("Demand")
    names = [demand.column(field).heading(language) for field in ("location", "product")]
    rows = [["S01", "P01"], ["S02", "P01"]]
    study[demand.heading(language)] = [
        [*names, *(title for title, _ in columns)],
        *([*row, *(cells[at] for _, cells in columns)] for at, row in enumerate(rows)),
    ]
    return study


WEEKS: list[tuple[str, list[Any]]] = [
    ("2026-01-05", [4, 5]),
    ("2026-01-12", ["", ""]),
    ("2026-01-19", [6, ""]),
    ("2026-01-26", ["", ""]),
    ("2026-02-02", ["", ""]),
]


def test_empty_weeks_at_the_end_are_left_out_of_the_horizon_and_told() -> None:
    tables, findings = look(frames(wide(*WEEKS)))

    found = only(findings, "periods-empty")
    assert (found.severity, found.cell) == ("info", "F1")
    assert "2 period column(s) at the end are empty, from 2026-01-26 to 2026-02-02" in found.say()
    assert sorted(set(tables.table("Demand").frame["period"])) == [
        "2026-01-05",
        "2026-01-12",
        "2026-01-19",
    ]


def test_a_typed_zero_and_a_stated_number_of_periods_keep_the_empty_weeks() -> None:
    zero: list[tuple[str, list[Any]]] = [*WEEKS[:4], ("2026-02-02", ["", 0])]
    typed, findings = look(frames(wide(*zero)))
    stated, other = look(frames(wide(*WEEKS)), {"periods": "5"})

    assert codes(findings) == codes(other) == []
    assert len(set(typed.table("Demand").frame["period"])) == 5
    assert len(set(stated.table("Demand").frame["period"])) == 5


def test_a_sheet_without_any_quantity_keeps_all_its_weeks() -> None:
    tables, findings = look(frames(wide(*((name, ["", ""]) for name, _ in WEEKS))))

    assert codes(findings) == []
    assert len(set(tables.table("Demand").frame["period"])) == 5


def test_a_broken_formula_keeps_its_week(tmp_path: Path) -> None:
    study = wide(*WEEKS[:3], ("2026-01-26", ["=1+1", ""]))
    _, findings = look(save(study, tmp_path / "study.xlsx"))

    assert codes(findings) == ["formula-not-calculated"]


def test_a_cover_rule_without_demand_behind_the_horizon_is_a_rule() -> None:
    def warned(*settings: tuple[str, str], **more: Any) -> bool:
        rows = [{"Setting": name, "Value": value} for name, value in settings]
        network = built(Demand=demand("S1", "A", 4, 0, 0, 0, 0), Settings=rows, **more)
        return any("no terminal rule" in note for note in network.notes)

    assert warned()
    assert not warned(("terminal_rule", "cover"))
    assert not warned(Terminal=[{"Rule": "none"}])


def test_rows_of_one_key_complete_each_other_where_no_filled_cell_differs() -> None:
    rows: list[dict[str, Any]] = [
        {"Location": "S1", "Product": "A", "Safety Stock": 5.0, "Max Stock": None},
        {"Location": "S1", "Product": "A", "Safety Stock": None, "Max Stock": 90.0},
    ]
    network = built(StockTargets=rows)
    clash = said(seen(StockTargets=[rows[0], {**rows[1], "Safety Stock": 6.0}]))
    at = place(network, "S1", "A")

    assert network.places.safety[at].tolist() == [5.0] * 4
    assert network.places.max_stock[at].tolist() == [90.0] * 4
    assert clash["duplicate-key"] == (
        "StockTargets!C3  Same Location, Product as row 2, but Safety Stock is 6 here and 5 in C2. "
        "Keep one of the rows."
    )
    assert "conflicting-rows" not in clash


def test_rows_of_one_lane_complete_each_other() -> None:
    lanes = [{**LANES[0], "Unit Cost": None}, {**LANES[0], "Max Shipment": 9.0}, LANES[1]]
    found = seen(Lanes=[{"Max Shipment": None, **row} for row in lanes])

    assert found.network is not None, said(found)
    assert found.network.lanes.max_shipment[-1].tolist() == [9.0] * 4
    assert found.network.goods.unit_cost[-1].tolist() == [1.0] * 4


def test_a_row_of_many_weeks_repeated_with_other_numbers_is_one_finding() -> None:
    study = wide(*((f"2026-{month:02d}-01", [month, 7]) for month in range(1, 9)))
    study["Demand"].append(["S01", "P01", 1, *range(20, 27)])

    _, findings = look(frames(study))

    assert codes(findings) == ["duplicate-key"]
    told = only(findings, "duplicate-key")
    assert told.cell == "D4"
    assert "Same Location, Product as row 2" in told.message()


def test_a_location_repeated_with_other_values_is_one_finding() -> None:
    twice = [*LOCATIONS, {"Location": "DC", "Tier": "RDC", "Region": "East", "Company": "X"}]
    found = seen(Locations=twice)

    assert [one.code for one in found.findings.errors] == ["duplicate-key"]
    assert (
        "Same Location as row 3, but Tier is RDC here and CDC in B3" in said(found)["duplicate-key"]
    )


@pytest.mark.parametrize(
    ("names", "bucket"),
    [
        (["Wk 10", "Wk 11"], "week"),
        (["Week 10", "Week 11"], "week"),
        (["第10周", "第11周"], "week"),
        (["W10", "W11"], "week"),
        (["Month 1", "Month 2"], "month"),
        (["1月", "2月"], "month"),
        (["Day 1", "Day 2"], ""),
        (["1", "2"], ""),
    ],
)
def test_periods_called_weeks_or_months_but_planned_as_days_are_a_warning(
    names: list[str], bucket: str
) -> None:
    rows = [{"Location": "S1", "Product": "A", "Period": name, "Quantity": 1.0} for name in names]
    stated = [{"Setting": "bucket", "Value": "day"}]
    found = said(seen(Demand=rows))

    row = numbered(pd.Series(names).to_numpy(dtype=object))
    assert row is not None
    assert row.bucket == bucket
    assert ("periods-as-days" in found) == bool(bucket)
    assert f"bucket = {bucket}" in found.get("periods-as-days", "bucket = ")
    assert "periods-as-days" not in said(seen(Demand=rows, Settings=stated))


@pytest.mark.parametrize("names", [["02/03/2026", "09/03/2026"], ["2026-01-05", "13/03/2026"]])
def test_dates_typed_as_text_are_told_with_the_date_to_type(names: list[str]) -> None:
    study = wide(*((name, [1, 2]) for name in names))
    rows = [row for row in sheet_of(study, "Demand")]
    found = seen(
        Demand=[
            {"Location": "S1", "Product": "A", "Period": name, "Quantity": 1.0}
            for name in rows[0][2:]
        ]
    )
    near = "2026-03-02" if names[0].startswith("02") else "2026-03-13"

    assert found.network is None
    assert f"is text, not a date. Type a real date, e.g. {near}" in said(found)["period-text-date"]


def test_a_quantity_that_cannot_be_read_has_no_consequence_for_blocked() -> None:
    stock = [{"Location": "S1", "Product": "A", "Quantity": "12O", "Blocked": 4.0}]
    found = said(seen(OpeningStock=stock))

    assert "letter-in-number" in found
    assert "blocked-over-stock" not in found


def test_a_misspelt_sheet_is_not_missing_too() -> None:
    study = starter()
    study["Lnaes"] = study.pop("Lanes")
    _, findings = look(frames(study))

    assert codes(findings, "error") == ["unknown-sheet"]


@pytest.mark.parametrize("word", ["Total", "TOTAL", "合计", "小计", "Grand Total"])
def test_a_row_of_totals_is_to_be_deleted(word: str) -> None:
    total = {"Location": word, "Product": "A", "Period": "2026-W02", "Quantity": 9.0}
    found = seen(Demand=[*demand("S1", "A", 1.0), total])
    target = [{"Location": word, "Safety Stock": 1.0}]

    assert [one.code for one in found.findings.errors] == ["total-row"]
    assert "Delete the row" in said(found)["total-row"]
    assert said(seen(StockTargets=target))["total-row"].startswith("StockTargets!A2")


def test_orders_due_after_the_horizon_are_told_and_far_ones_are_a_warning() -> None:
    order = {"To": "DC", "Product": "A", "Quantity": 1.0}
    due = ("2026-01-20", "2026-03-02", "2036-01-20")
    found = seen(InTransit=[{**order, "Due Date": day} for day in due])

    told = {one.code: (one.severity, one.row) for one in found.findings}
    assert told["order-after-horizon"] == ("info", 3)
    assert told["order-far"] == ("warning", 4)
    assert found.network is not None


def test_codes_go_before_other_words_as_the_nearest_name() -> None:
    locations = [{**LOCATIONS[0]}, {"Location": "CDC1", "Tier": "CDC"}, *LOCATIONS[2:]]
    lanes = [
        {**LANES[0], "To": "CDC2"},
        {**LANES[1], "From": "CDC1", "To": "Tier=stor"},
        {**LANES[1], "From": "CDC1", "To": "stroe"},
    ]
    told = [
        one.say()
        for one in seen(Locations=locations, Lanes=lanes).findings
        if one.code == "unknown-selector"
    ]

    assert told == [
        'Lanes!B2  "CDC2" is no location, group or attribute value. Nearest: "CDC1".',
        'Lanes!B3  "stor" is no location, group or attribute value. Nearest: "store".',
        'Lanes!B4  "stroe" is no location, group or attribute value. Nearest: "store".',
    ]


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "all", "*"),
        ("en", "Tier:store", "Tier=store"),
        ("zh", "全部", "*"),
        ("zh", "层级：门店", "层级=门店"),
    ],
)
def test_a_selector_written_as_planners_speak_is_told_how_it_is_written(
    language: str, typed: str, meant: str
) -> None:
    study = starter(language)
    sheet_of(study, "Lanes")[1][1] = typed

    found = only(inspect(frames(study)).findings, "unknown-selector")

    assert found.values["nearest"] == meant


def test_a_row_of_totals_is_told_once() -> None:
    study = starter()
    study["Demand"].append(["Total", "", "", 200])

    errors = inspect(frames(study)).findings.errors

    assert [one.code for one in errors if one.row == 5] == ["total-row"]
