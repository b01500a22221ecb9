"""The audit's own look-ups: brackets of freight, windows, places of rows, goods by age."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tierstock.outputs.audit.grid import Grid
from tierstock.outputs.audit.horizon import build_horizon
from tierstock.outputs.audit.places import place_of
from tierstock.outputs.audit.rates import Tariff
from tierstock.outputs.audit.run import previous_end
from tierstock.outputs.audit.selection import Windows, windows_of
from tierstock.outputs.audit.shelf_life import Use, take
from tierstock.outputs.audit.sourcing import SourcingRules
from tierstock.outputs.audit.stock import linked
from tierstock.outputs.audit.words import Record, Table, words

TWO_BRACKETS = ({"Bracket From": "0", "Rate": "2"}, {"Bracket From": "10", "Rate": "1"})


def record(**cells: str) -> Record:
    return Record({name.replace("_", " "): text for name, text in cells.items()}, Table("Rates"), 2)


def tariff(*rows: dict[str, str], **all_rows: str) -> Tariff:
    return Tariff([Record({**row, **all_rows}, Table("Rates"), 2) for row in rows])


@pytest.mark.parametrize(
    ("total", "money"), [(0.0, 0.0), (0.5, 31.0), (10.0, 50.0), (10.5, 54.5), (25.0, 71.5)]
)
def test_the_fixed_part_of_a_bracket_is_paid_once_it_is_entered(total: float, money: float) -> None:
    found = tariff(
        {"Bracket From": "20", "Rate": "1.5"},
        {"Bracket From": "10", "Rate": "1", "Fixed": "4"},
        {"Bracket From": "0", "Rate": "2", "Fixed": "30"},
    )
    assert found.cost(total, 0.0) == money


@pytest.mark.parametrize(("total", "money"), [(0.0, 0.0), (5.0, 10.0), (10.0, 10.0), (15.0, 15.0)])
def test_at_its_edge_the_cheaper_of_two_whole_rates_counts(total: float, money: float) -> None:
    falling = tariff(*TWO_BRACKETS, Rule="all-unit")
    assert falling.cost(total, 0.0) == falling.cost(total, 1e-6) == money
    rising = tariff(*TWO_BRACKETS, Rule="all-unit")
    rising.rate.reverse()
    assert rising.cost(10.0, 1e-6) == rising.cost(10.0 + 1e-7, 1e-6) - 1e-7 == 10.0
    assert rising.cost(11.0, 1e-6) == 22.0


def months(*starts: str) -> Any:
    rows = [
        Record({"Period": f"P{at}", "Start Date": one}, Table("Periods"), at)
        for at, one in enumerate(starts)
    ]
    table = Table("Periods", lines=list(range(len(rows))))
    table.texts = {name: [row.text(name) for row in rows] for name in ("Period", "Start Date")}
    return build_horizon({"Periods": table}, {})


ACROSS = ("2025-11-03", "2025-12-01", "2025-12-29", "2026-01-05", "2026-03-30", "2026-04-06")


@pytest.mark.parametrize(
    ("hold", "windows"),
    [
        ("", [[0, 1, 2, 3, 4, 5]]),
        ("horizon", [[0, 1, 2, 3, 4, 5]]),
        ("period", [[0], [1], [2], [3], [4], [5]]),
        ("month", [[0], [1, 2], [3], [4], [5]]),
        ("quarter", [[0, 1, 2], [3, 4], [5]]),
    ],
)
def test_a_choice_of_sources_holds_for_its_window(hold: str, windows: list[list[int]]) -> None:
    case: Any = SimpleNamespace(horizon=months(*ACROSS), rows=lambda _: [])
    assert SourcingRules(case).windows(record(Hold=hold)) == windows


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        (
            "month",
            [
                ("2025-11", [0]),
                ("2025-12", [1, 2]),
                ("2026-01", [3]),
                ("2026-03", [4]),
                ("2026-04", [5]),
            ],
        ),
        ("quarter", [("2025-Q4", [0, 1, 2]), ("2026-Q1", [3, 4]), ("2026-Q2", [5])]),
    ],
)
def test_a_target_holds_for_its_window(text: str, windows: Windows) -> None:
    world: Any = SimpleNamespace(horizon=months(*ACROSS))
    assert windows_of(world, text) == windows


def test_what_a_plan_before_left_is_its_stock_and_what_was_under_way(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    lines = ("Location,Product,Period,Closing,In Transit", "A,P,W1,1,2", "A,P,W2,3,", "B,P,W2,,4")
    (folder / "Inventory.csv").write_text("\n".join(lines), encoding="utf-8")
    assert previous_end(tmp_path / "net.xlsx", "before") == {("A", "P"): 3, ("B", "P"): 4}
    assert previous_end(tmp_path / "net.xlsx", "elsewhere/before") == {("A", "P"): 3, ("B", "P"): 4}
    assert previous_end(tmp_path / "net.xlsx", "") == {}


KEYS_OF_STOCK = [("A", "P", "W1"), ("A", "P", "W2"), ("B", "P", "W1")]
KEYS_OF_USE = [("A", "*", "", "", "storage", "unit", "W1"), ("*", "*", "T", "", "fleet", "", "W1")]


@pytest.mark.parametrize(
    ("check", "where", "places"),
    [
        ("total", ("Costs",), ("Costs", "Costs")),
        ("total", ("Costs", "row 7"), ("Costs · row 7", "Costs · 第 7 行")),
        ("numbers", ("Costs", "Amount", "row 7"), ("Costs · Amount · row 7",) * 2),
        ("balance", ("A", "P", "W1"), ("库存轨迹 · row 4", "库存轨迹 · 第 4 行")),
        ("moves", ("B", "P", "W1", "Scrapped"), ("库存轨迹 · row 6", "库存轨迹 · 第 6 行")),
        ("balance", ("B", "P", "W2"), ("B · P · W2", "B · P · W2")),
        ("capacity", ("A", "*", "storage", "unit", "W1"), ("Use · row 2", "Use · 第 2 行")),
        ("capacity", ("T", "fleet", "", "W1"), ("T · fleet · W1", "T · fleet · W1")),
        ("hash", ("A", "P", "W1"), ("A · P · W1", "A · P · W1")),
    ],
)
def test_a_deviation_is_told_with_the_row_that_is_about_it(
    check: str, where: tuple[str, ...], places: tuple[str, str]
) -> None:
    lines = {"Inventory": [4, 5, 6], "CapacityUse": [2, 3]}
    names = {"Inventory": "库存轨迹", "CapacityUse": "Use"}
    tables = {one: Table(one, names[one], lines=lines[one]) for one in lines}
    plan: Any = SimpleNamespace(
        tables=tables | {"Costs": Table("Costs")},
        keys={"Inventory": KEYS_OF_STOCK, "CapacityUse": KEYS_OF_USE, "Costs": []},
        case=SimpleNamespace(locations={"A": 1, "B": 2}),
    )
    assert tuple(place_of(plan, check, where, chinese) for chinese in (False, True)) == places


@pytest.mark.parametrize(
    ("left", "missing", "then"),
    [
        ([9.0, 9.0], 0.0, {1: 0.0, 2: 3.0, 5: 4.0}),
        ([0.5, 9.0], 0.0, {1: 1.5, 2: 1.5, 5: 4.0}),
        ([0.5, 0.25], 0.0, {1: 1.5, 2: 2.75, 5: 2.75}),
        ([-3.0, 0.0], 0.0, {1: 2.0, 2: 3.0, 5: 2.0}),
    ],
)
def test_the_oldest_goods_are_taken_but_for_what_is_left_for_the_scrap(
    left: list[float], missing: float, then: dict[int, float]
) -> None:
    """Of two units, 2 that last up to day 1, 3 up to day 2 and 4 for long may be taken."""
    lives: Any = SimpleNamespace(last=lambda until: {1: 0, 2: 1}.get(until, 2))
    there = {5: 4.0, 2: 3.0, 1: 2.0}
    before = list(left)
    assert take(lives, Use(1, 9, 2.0), there, left) == missing
    assert there == then
    assert left == [before[0] - 2.0 + then[1], before[1] - 3.0 + then[2]]
    assert take(lives, Use(2, 4, 99.0), {1: 1.0, 5: 1.0}, [9.0, 9.0]) == 99.0
    assert take(lives, Use(1, 5, 99.0), {1: 1.0, 5: 1.0}, [9.0, 9.0]) == 97.0


def test_places_are_linked_over_others() -> None:
    pairs: list[tuple[str, ...]] = [("A", "B"), ("B", "C"), ("C", "A"), ("D", "A")]
    assert linked("A", pairs) == {"A", "B", "C"}
    assert linked("D", pairs) == {"A", "B", "C", "D"}


def test_headings_are_looked_for_in_the_first_rows() -> None:
    """Of Summary, which may begin with charts and words about the plan."""
    for above, found in ((0, ["5"]), (199, ["5"]), (200, [])):
        rows = [(line, ["some words"]) for line in range(1, above + 1)]
        rows += [(above + 1, ["KPI", "Value"]), (above + 2, ["Total cost", "5"])]
        assert words().table("Summary", Grid("Summary", rows)).texts.get("Value", []) == found


def test_a_sheet_of_notes_alone_has_no_rows() -> None:
    rows = [(1, ["# about this", "_"]), (2, ["words", "more"])]
    assert words().table("Lanes", Grid("Lanes", rows)).records() == []
    assert words().table("Lanes", Grid("Lanes", [(1, ["x_", " "])])).unknown == ["x_"]


def test_units_of_two_parts_are_read_part_by_part() -> None:
    stated = ("", "t", "t/foo", "kg/unit", "foo/unit")
    assert [words().factor("kg/unit", one) for one in stated] == [1, 1000, 1000, 1, 1]
    assert words().factor("unit/kg", "unit/t") == 0.001
