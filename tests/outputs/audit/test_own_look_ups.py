"""The audit's own look-ups: brackets of freight, windows of sourcing, what a plan before left."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tierstock.outputs.audit.horizon import build_horizon
from tierstock.outputs.audit.rates import Tariff
from tierstock.outputs.audit.run import previous_end
from tierstock.outputs.audit.selection import Windows, _windows
from tierstock.outputs.audit.sourcing import SourcingRules
from tierstock.outputs.audit.words import Record, Table

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
    assert _windows(world, text) == windows


def test_what_a_plan_before_left_is_its_stock_and_what_was_under_way(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    lines = ("Location,Product,Period,Closing,In Transit", "A,P,W1,1,2", "A,P,W2,3,", "B,P,W2,,4")
    (folder / "Inventory.csv").write_text("\n".join(lines), encoding="utf-8")
    assert previous_end(tmp_path / "net.xlsx", "before") == {("A", "P"): 3, ("B", "P"): 4}
    assert previous_end(tmp_path / "net.xlsx", "elsewhere/before") == {("A", "P"): 3, ("B", "P"): 4}
    assert previous_end(tmp_path / "net.xlsx", "") == {}
