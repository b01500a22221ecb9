"""Plans side by side: every figure is one of the Summary sheets, every move one of Shipments."""

import datetime as dt
import math
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from compared import write_plan, write_results

from tierstock.outputs.compare import Comparison, Incomparable, read_side
from tierstock.outputs.compare.best import best
from tierstock.outputs.kpi import about

FIGURES = ("Total cost,1000", "Fill rate (units),0.9", "Cost: freight,400", "Cost: holding,600")


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Results workbooks: Monday in English, Friday in Chinese."""
    folder = tmp_path_factory.mktemp("plans")
    return [
        write_plan(folder / "monday.plan.xlsx"),
        write_plan(folder / "friday.plan.xlsx", "zh", later=True),
    ]


@pytest.fixture(scope="module")
def found(plans: list[Path]) -> Comparison:
    return Comparison([read_side(plan, plan.name.split(".")[0]) for plan in plans])


def two(folder: Path, one: Any = (), other: Any = (), **facts: Any) -> Comparison:
    """Compare two plans of rows of Summary; the facts are those of the second."""
    language = facts.pop("language", "en")
    base = write_results(folder / "a", [*FIGURES, *one])
    second = write_results(folder / "b", [*FIGURES, *other], (), language, **facts)
    return Comparison([read_side(base, "a"), read_side(second, "b")])


def summary_of(book: Any, title: str, heads: tuple[str, str]) -> list[tuple[str, Any]]:
    """Names and values of the table of Summary, looked up cell by cell."""
    sheet = book[title]
    row, left = next(
        (cell.row, cell.column) for line in sheet for cell in line if cell.value == heads[0]
    )
    right = next(cell.column for cell in sheet[row] if cell.value == heads[1])
    rows = range(row + 1, sheet.max_row + 1)
    cells = [(sheet.cell(at, left).value, sheet.cell(at, right).value) for at in rows]
    return [(name, value) for name, value in cells if name]


def test_every_figure_is_one_of_the_two_summaries(
    plans: list[Path], found: Comparison, tmp_path: Path
) -> None:
    found.save(tmp_path / "compare.xlsx")
    book = openpyxl.load_workbook(tmp_path / "compare.xlsx")
    assert book.properties.created == dt.datetime(2026, 1, 5)  # no date of today is in it
    told = book["Compare"]
    books = [openpyxl.load_workbook(plan) for plan in plans]
    one = summary_of(books[0], "Summary", ("KPI", "Value"))
    other = summary_of(books[1], "总览", ("指标", "取值"))
    rows = list(told.iter_rows(min_row=2, values_only=True))

    assert [cell.value for cell in told[1]] == ["KPI", "Base", "friday", "Best"]
    assert len(rows) == len(one) == len(other) == len(found.kpis)
    for at, (name, base, friday, _) in enumerate(rows):
        assert name.split(" (")[0] == one[at][0].split(" (")[0]
        assert (base, friday) == (one[at][1], other[at][1])
        exact = found.kpis.iloc[at]
        assert [exact["KPI"], base] == [one[at][0], None if math.isnan(exact["Base"]) else base]
        if base is not None:
            assert (exact["Base"], exact["friday"]) == (base, friday)


def test_the_better_plan_is_named_where_a_figure_has_a_better_side(found: Comparison) -> None:
    best_of = found.kpis.set_index("KPI")["Best"]

    assert best_of["Total cost"] == best_of["Fill rate (units)"] == "friday"
    assert best_of["Lost units"] == best_of["Cost: lost sales"] == "friday"
    assert best_of["Gap in money"] == "friday"
    assert best_of["Shipments"] == best_of["End cover"] == best_of["Cost: freight"] == ""
    costs = found.costs.set_index("Cost Bucket")
    assert list(costs.loc["lost sales"]) == pytest.approx([140.0, 60.0, -80.0])
    assert costs.loc["handling", "friday − Base"] == pytest.approx(0.2)
    others = costs["friday − Base"].drop(["lost sales", "handling"])
    assert others.abs().max() < 1e-9
    total = found.kpis.set_index("KPI").loc["Total cost", ["Base", "friday"]].to_numpy(float)
    assert costs[["Base", "friday"]].sum().tolist() == pytest.approx(total.tolist())


def test_shipments_that_differ_are_told_with_both_quantities(found: Comparison) -> None:
    rows = found.moves.to_numpy().tolist()

    assert list(found.moves)[:8] == "Kind From To Mode Product Period Base friday".split()
    assert rows == [
        ["transfer", "R1", "R2", "road", "A", "W1", 10.0, 4.0, -66.0],
        ["transfer", "R1", "R2", "road", "A", "W2", 0.0, 6.0, 66.0],
    ]


def test_a_plan_in_another_language_is_the_same_plan(plans: list[Path], tmp_path: Path) -> None:
    again = write_plan(tmp_path / "again.plan.xlsx", "zh")
    same = Comparison([read_side(plans[0], "en"), read_side(again, "zh")])

    assert len(same.moves) == 0 and same.notes == ()
    assert (same.kpis["Best"] == "").all()
    pd.testing.assert_series_equal(same.kpis["Base"], same.kpis["zh"], check_names=False)
    assert not same.kpis["KPI"].str.contains("[\u4e00-\u9fff]").any()


def test_what_one_plan_lacks_is_blank(tmp_path: Path) -> None:
    kpis = two(tmp_path, ["Carbon emitted,5"], ["Cost: trips,7", "Own figure,3"]).kpis
    rows = kpis.set_index("KPI").astype(object).where(kpis.set_index("KPI").notna(), None)

    assert list(rows.loc["Carbon emitted"]) == [5.0, None, ""]
    assert list(rows.loc["Cost: trips"]) == [None, 7.0, ""]
    assert rows.index[-1] == "Own figure"


@pytest.mark.parametrize(
    ("name", "values", "plans"),
    [
        ("Total cost", [3, 2, 2], ["b", "c"]),
        ("Fill rate by class: gold", [0.9, 0.8, math.nan], ["a"]),
        ("Cash minimum", [-5, 3, 1], ["b"]),
        ("Total cost", [2, math.nan, math.nan], []),
        ("Lost units", [0, 0, 0], []),
        ("Shipments", [1, 2, 3], []),
    ],
)
def test_the_best_of_values(name: str, values: list[float], plans: list[str]) -> None:
    assert best(name, values, ["a", "b", "c"]) == plans


def test_money_in_another_unit_is_made_alike(tmp_path: Path) -> None:
    figures = ["Total cost,0.2", "Fill rate (units),0.9", "Cost: freight,0.04"]
    move = "补货,DC,S1,公路,A,W1,8,0.008"
    base = write_results(tmp_path / "a", FIGURES, ["replenish,DC,S1,road,A,W1,5,50"])
    second = write_results(tmp_path / "b", figures, [move], "zh", currency="万 CNY")
    found = Comparison([read_side(base, "a"), read_side(second, "b")])

    assert found.kpis.set_index("KPI")["b"].to_dict() == {
        "Total cost": 2000.0,
        "Fill rate (units)": 0.9,
        "Cost: freight": 400.0,
        "Cost: holding": pytest.approx(math.nan, nan_ok=True),
    }
    assert found.moves["Value of Difference"].tolist() == [30.0]


def test_what_does_not_compare_is_told_in_both_languages(tmp_path: Path) -> None:
    later = {"first": "2026-02-02", "last": "2026-02-22", "locations": ["DC", "S2"]}
    found = two(tmp_path, ["Lost units,5"], ["Lost units,4"], **later)

    assert found.notes == (
        "b covers 2026-02-02 to 2026-02-22, a 2026-01-05 to 2026-01-25: sums over the horizon do "
        "not compare, and Best stays blank.",
        "b has locations that a lacks: S2.",
        "b lacks locations that a has: S1.",
    )
    assert (found.kpis["Best"] == "").all()
    assert found.notes_in("zh")[1] == "b 比 a 多出的地点：S2。"


def test_sums_of_the_same_money_do_not_differ(tmp_path: Path) -> None:
    found = two(tmp_path, ["Cost: trips,0.3"], ["Cost: trips,0.30000000000000004"])
    added = found.costs.set_index("Cost Bucket")["b − Base"]
    assert added["trips"] == 0.0


def test_a_search_that_may_be_why_one_plan_costs_more_is_told(tmp_path: Path) -> None:
    base = write_results(tmp_path / "a", ["Total cost,1000", "Best possible cost,950"])
    second = write_results(tmp_path / "b", ["Total cost,980", "Best possible cost,940"])
    third = write_results(tmp_path / "c", ["Total cost,940", "Best possible cost,930"])
    found = Comparison([read_side(one, one.name) for one in (base, second, third)])

    assert found.notes == (
        "a costs 20.00 CNY more than b, but a plan for its data may cost 50.00 CNY less than the "
        "one found: a longer search could turn this around.",
    )


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"currency": "EUR"}, "b counts money in EUR, a in CNY"),
        ({"locations": ["X"]}, "b and a have no location in common"),
        ({"products": ["X"]}, "b and a have no product in common"),
    ],
)
def test_plans_that_cannot_be_compared_are_refused(
    tmp_path: Path, facts: dict[str, Any], told: str
) -> None:
    with pytest.raises(Incomparable, match=told) as caught:
        two(tmp_path, **facts)
    assert caught.value.say("zh") != str(caught.value)


def test_what_is_no_results_workbook_is_refused_by_name_and_sheet(tmp_path: Path) -> None:
    good = write_results(tmp_path / "a", FIGURES)
    (good / "Shipments.csv").write_text("From,To\nDC,S1\n", encoding="utf-8")
    with pytest.raises(Incomparable, match="a: the sheet Shipments has no column Kind"):
        read_side(good, "a")
    (good / "Shipments.csv").unlink()
    with pytest.raises(Incomparable, match="a: the sheet Shipments of a plan's results is miss"):
        read_side(good, "a")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(Incomparable, match=r"broken\.xlsx: "):
        read_side(broken, "broken")
    word = write_results(tmp_path / "c", ["Total cost,dear"])
    with pytest.raises(Incomparable, match="Summary has no number for Total cost, but “dear”"):
        read_side(word, "c")
    with pytest.raises(FileNotFoundError):
        read_side(tmp_path / "nothing.xlsx", "nothing")


def test_names_of_plans_stay_apart(tmp_path: Path) -> None:
    base = read_side(write_results(tmp_path / "a", FIGURES), "a")
    assert Comparison([base, base, base]).names == ["Base", "a (2)", "a (3)"]
    assert Comparison([base, read_side(tmp_path / "a", "Best")]).names == ["Base", "Best (2)"]


def test_figures_with_a_better_side_are_known() -> None:
    from tierstock.outputs.compare.best import LESS, MORE

    assert {*LESS, *MORE} <= set(about())
    assert not set(LESS) & set(MORE)


def test_sheets_of_the_workbook_say_the_differences(found: Comparison, tmp_path: Path) -> None:
    from dataclasses import replace

    late = replace(found.sides[1], first="2026-01-12")
    chinese = Comparison([found.sides[0], late], "zh")
    chinese.save(tmp_path / "compare.xlsx")
    book = openpyxl.load_workbook(tmp_path / "compare.xlsx")

    assert book.sheetnames == ["情景对比", "注意事项", "成本差异", "发运差异", "方案清单"]
    assert book["注意事项"]["A2"].value == chinese.notes[0]
    last = book["成本差异"].max_row
    assert [cell.value for cell in book["成本差异"][last]] == pytest.approx(
        ["合计", 2837.4, 2757.6, -79.8]
    )
    moves = list(book["发运差异"].iter_rows(values_only=True))
    assert moves[1] == ("调拨", "R1", "R2", "公路", "A", "W1", 10, 4, -66)
    plans = {row[0]: row[1:] for row in book["方案清单"].iter_rows(values_only=True)}
    assert plans["文件"] == ("monday.plan.xlsx", "friday.plan.xlsx")
    assert plans["质量"] == ("已证明", "已证明") and plans["差距"][1] == "0.30%"
