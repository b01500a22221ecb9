"""``tierstock rules``: which row sets each value, asked on the command line and in a notebook."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import answer, run, write_folder

import tierstock as ts
from tierstock.console import Console, aligned
from tierstock.exits import Exit
from tierstock.rules_table import rules_file

COLUMNS = ["Location", "Product", "Rule", "Value", "Sheet", "Excel Row", "Beat"]


@pytest.fixture
def shops(starter: Path) -> Path:
    """The study with three rows of targets, the most specific one last."""
    book = openpyxl.load_workbook(starter)
    sheet = book["StockTargets"]
    heads = [str(cell.value).partition(" (")[0] for cell in sheet[1]]
    at = {name: heads.index(name) + 1 for name in ("Location", "Product", "Safety Days")}
    rows = (("*", "*", 7), ("Tier=store", "*", 10), ("S1", "TEA-G", 14))
    for row, values in enumerate(rows, start=2):
        for name, value in zip(at, values, strict=True):
            sheet.cell(row, at[name], value)
    book.save(starter)
    return starter


def safety(rows: Sequence[Mapping[Any, Any]]) -> list[tuple[Any, ...]]:
    """Value, sheet, row and beaten rows of Safety Days."""
    return [
        (row["Value"], row["Sheet"], row["Excel Row"], row["Beat"])
        for row in rows
        if row["Rule"] in ("StockTargets Safety Days", "库存目标 安全天数")
    ]


RULING = [("14", "StockTargets", 4, "row 3 (10), row 2 (7)")]


def test_a_place_is_named_by_two_words_or_by_one(shops: Path) -> None:
    two = run("rules", shops, "S1", "TEA-G", "--json")
    one = run("rules", shops, "--at", "S1,TEA-G", "--json")

    assert two.exit_code == one.exit_code == 0, two.output
    assert answer(two) == answer(one)
    rows = answer(two)["rows"]
    assert safety(rows) == RULING
    assert all(list(row) == COLUMNS for row in rows)
    assert {row["Location"] for row in rows} == {"S1"}


def test_without_a_place_every_place_is_told(shops: Path) -> None:
    rows = answer(run("rules", shops, "--json"))["rows"]

    told = {(row["Location"], row["Product"]): safety([row]) for row in rows if safety([row])}
    assert told["S1", "TEA-G"] == RULING
    assert told["S1", "TEA-B"] == [("10", "StockTargets", 3, "row 2 (7)")]
    assert told["DC1", "TEA-B"] == [("7", "StockTargets", 2, "")]
    assert set(told) == {(place, tea) for place in ("DC1", "S1", "S2") for tea in _TEAS}


_TEAS = ("TEA-G", "TEA-B")


def test_a_location_alone_tells_all_its_products(shops: Path) -> None:
    rows = answer(run("rules", shops, "S1", "--json"))["rows"]

    assert {row["Location"] for row in rows} == {"S1"}
    assert {row["Product"] for row in rows} >= set(_TEAS)


def test_the_table_stands_in_columns(shops: Path) -> None:
    shown = run("rules", shops, "S1", "TEA-G")
    lines = shown.output.splitlines()

    assert lines[0] == "S1 East Shop · TEA-G Green Tea 100 g"
    place = lines[1].index("Value")
    row = next(line for line in lines if line.startswith("StockTargets Safety Days"))
    assert row[place:].split()[:3] == ["14", "StockTargets", "4"]
    assert row.endswith("row 3 (10), row 2 (7)")
    assert "\x1b" not in shown.output


def test_the_same_in_chinese(shops: Path) -> None:
    shown = run("rules", shops, "S1", "TEA-G", "--lang", "zh")

    assert shown.exit_code == 0, shown.output
    assert shown.output.splitlines()[1].split() == ["规则", "取值", "工作表", "行号", "被覆盖的行"]
    row = next(line for line in shown.output.splitlines() if "安全天数" in line)
    assert row.split("  ")[-1] == "第 3 行（10）、第 2 行（7）"
    assert safety(answer(run("rules", shops, "S1", "TEA-G", "--lang", "zh", "--json"))["rows"]) == [
        ("14", "StockTargets", 4, "第 3 行（10）、第 2 行（7）")
    ]


def test_chinese_columns_are_as_wide_as_they_look() -> None:
    lines = aligned([["规则", "值"], ["ab", "12"]], [1])

    assert lines == ["规则  值", "ab    12"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("S1", "TEA-X"), 'Product "TEA-X" is not in Products. Nearest: "TEA-G".'),
        (("S11", "TEA-G"), 'Location "S11" is not in Locations. Nearest: "S1".'),
        (("--at", "Nowhere,TEA-G"), 'Location "Nowhere" is not in Locations. Known are'),
        (("TEA-G", "S1"), "the wrong way round. Write: S1 TEA-G"),
        (("Tier=store", "TEA-G"), "only the code of one location"),
        (("S1", "TEA-G", "more"), "write one location and one product"),
        (("S1", "--at", "S1,TEA-G"), "given twice"),
    ],
)
def test_a_place_that_is_not_there_is_told_with_the_nearest(
    shops: Path, words: tuple[str, ...], says: str
) -> None:
    shown = run("rules", shops, *words, "--lang", "en")

    assert shown.exit_code == 2
    assert says in shown.output
    machine = answer(run("rules", shops, *words, "--lang", "en", "--json"))
    assert (machine["rows"], machine["exit"]) == ([], 2)


def test_a_target_is_told_only_where_its_class_has_demand(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "classes",
        Locations=["Location,Tier", "SUP,supplier", "DC,RDC", "S1,store"],
        Products=["Product,Unit Value", "tea,10", "raw,1"],
        Lanes=["From,To,Lead Time", "SUP,DC,0", "DC,S1,0"],
        Demand=["Location,Product,Class,Period,Quantity", "S1,tea,B,1,5", "DC,raw,A,1,5"],
        ServiceClasses=["Class,Priority", "A,1", "B,2"],
        ServiceTargets=[
            "Target,Location,Product,Class,Minimum",
            "FA,*,*,A,0.9",
            "FB,*,*,B,0.8",
        ],
        Settings=["Setting,Value", "bucket,week"],
    )

    def targets(location: str, product: str) -> list[str]:
        rows = ts.rules(folder, location, product)
        return [rule for rule in rows["Rule"] if rule.startswith("ServiceTargets Minimum")]

    (told,) = targets("S1", "tea")
    assert "FB" in told
    assert targets("DC", "tea") == []
    assert len(targets("DC", "raw")) == 1


class Screen(io.StringIO):
    """A terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_bold_headings_and_no_cell_is_cut(
    shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "84")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    console, screen = Console("en"), Screen()
    console.stream = screen

    assert rules_file(console, shops, ("S1", "TEA-G"), {}, "en") is Exit.DONE
    shown = screen.getvalue()
    assert "\x1b[1mRule" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert max(map(len, plain.splitlines()[:-1])) <= 84
    assert "…" not in plain
    assert all(part in plain for part in ("row 3 (10)", "row 2 (7)", "Safety Days"))


def test_bad_input_ends_with_its_findings(shops: Path) -> None:
    book = openpyxl.load_workbook(shops)
    book["StockTargets"].cell(3, 1, "S9")
    book.save(shops)
    facts = answer(run("rules", shops, "S1", "TEA-G", "--json"))

    assert run("rules", shops, "S1", "TEA-G").exit_code == 2
    assert facts["errors"] == 1
    assert facts["rows"] == []


def test_a_setting_of_the_command_line_is_told(shops: Path) -> None:
    rows = answer(run("rules", shops, "S1", "TEA-G", "--set", "carrying_rate=15%", "--json"))[
        "rows"
    ]

    (rate,) = [row for row in rows if row["Rule"] == "StockCosts Carrying Rate"]
    assert (rate["Value"], rate["Sheet"], rate["Excel Row"]) == ("15%", "--set", None)


def test_a_notebook_gets_a_table(shops: Path) -> None:
    net = ts.read(shops)
    frame = ts.rules(shops, "S1", "TEA-G")

    assert list(frame.columns) == COLUMNS
    assert safety(frame.to_dict(orient="records")) == RULING
    pd.testing.assert_frame_equal(ts.rules(net, "S1", "TEA-G"), frame)
    with pytest.raises(ValueError, match='Nearest: "S1"'):
        ts.rules(net, "S11")


def test_the_plan_carries_the_rules_it_was_made_under(shops: Path) -> None:
    plan = ts.solve(ts.build(ts.read(shops)), progress=False)
    plan.save(shops.with_name("rules.plan.xlsx"))
    book = openpyxl.load_workbook(shops.with_name("rules.plan.xlsx"))
    cells = [list(row) for row in book["RulesInEffect"].iter_rows(values_only=True)]
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in cells[1:]]

    assert cells[0] == COLUMNS
    assert len(rows) == len(plan.rules)
    assert safety([r for r in rows if (r["Location"], r["Product"]) == ("S1", "TEA-G")]) == RULING
    assert ts.read(shops.with_name("rules.plan.xlsx")).places.safety.shape == (
        plan.network.places.safety.shape
    )
