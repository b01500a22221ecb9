"""``tierstock merge``: several planners' files made into one, contradictions at both cells."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from column_networks import NETWORKS
from commands import answer, run, write_folder
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from in_process import frames
from openpyxl import load_workbook
from starter import Rows, as_folder, save, sheet_of, starter

import tierstock as ts
from tierstock.inputs import Findings, fingerprint
from tierstock.inputs.comparing.merge import merge
from tierstock.inputs.comparing.parts import read_part
from tierstock.inputs.samples import sample

Frames = Mapping[str, pd.DataFrame]


def network_hash(source: Any) -> str:
    return fingerprint(ts.read(source))


def merged(*words: object) -> dict[str, Any]:
    """Return the line for machines of a merge that ends well."""
    done = run("merge", *words, "--json", "--lang", "en")
    assert done.exit_code == 0, done.output
    return answer(done)


def refused(*words: object) -> dict[str, Any]:
    """Return the line for machines of a merge that is refused."""
    done = run("merge", *words, "--json", "--lang", "en")
    assert done.exit_code == 2, done.output
    return answer(done)


def parted(frames: Frames, sides: Mapping[tuple[str, Any], str]) -> tuple[Frames, Frames]:
    """Part a network: rows of one first cell go to part a, part b or both."""
    parts: tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]] = ({}, {})
    for name, frame in frames.items():
        first = frame.iloc[:, 0].astype(object).where(frame.iloc[:, 0].notna(), "")
        for part, letter in zip(parts, "ab", strict=True):
            mask = [letter in sides.get((name, value), "ab") for value in first]
            part[name] = frame[mask].reset_index(drop=True)
    return parts


def whole(first: Frames, second: Frames, language: str = "en") -> dict[str, pd.DataFrame]:
    """Merge two parts through the library; return what would be written as DataFrames."""
    parts = [read_part(part, name, Findings()) for part, name in ((first, "a"), (second, "b"))]
    found = merge(parts, language=language)
    assert (found.conflicts(), found.apart) == ([], [])
    return {
        tab.title: pd.DataFrame(tab.body, columns=tab.rows[0], dtype=object) for tab in found.tabs()
    }


NAMES = sorted(NETWORKS)
WHOLE = {name: frames(NETWORKS[name]) for name in NAMES}


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_a_parted_network_merged_is_the_network(data: st.DataObject) -> None:
    tables = WHOLE[data.draw(st.sampled_from(NAMES))]
    things = [
        (name, value)
        for name, frame in tables.items()
        if name != "UserRows"  # the hash of a network knows the order of its rows
        for value in dict.fromkeys(frame.iloc[:, 0].where(frame.iloc[:, 0].notna(), ""))
    ]
    sides = {thing: data.draw(st.sampled_from(("a", "b", "ab"))) for thing in things}
    language = data.draw(st.sampled_from(("en", "zh")))

    assert network_hash(whole(*parted(tables, sides), language)) == network_hash(tables)


def test_two_planners_workbooks_become_one(tmp_path: Path) -> None:
    study = supplied()
    north, south = supplied(), supplied("zh")
    sheet_of(north, "Demand")[3:] = []
    sheet_of(north, "Locations")[3:] = []
    sheet_of(north, "Lanes")[2:] = []
    sheet_of(south, "Demand")[1:3] = []
    del south["产品"]
    (tmp_path / "south").mkdir()
    target = tmp_path / "network.ods"

    found = merged(
        target, save(north, tmp_path / "north.xlsx"), as_folder(south, tmp_path / "south")
    )

    assert found["sheets"] == {"Locations": 3, "Products": 2, "Lanes": 2, "Demand": 3}
    by = {(row["sheet"], row["file"]): row for row in found["merged"]}
    assert by["Locations", "south"] == {
        "sheet": "Locations", "file": "south", "rows": 3, "kept": 1, "equal": 2, "beaten": 0,
    }  # fmt: skip
    assert network_hash(target) == network_hash(save(study, tmp_path / "study.xlsx"))


def supplied(language: str = "en") -> dict[str, Rows]:
    """Return the smallest study with a supplier in it."""
    study = starter(language)
    sheet_of(study, "Locations")[1][1] = "supplier"
    return study


def both(tmp_path: Path, price: float = 26) -> tuple[Path, Path]:
    """Write two workbooks that differ in one price; both say whose it is."""
    north, south = supplied(), supplied()
    for study, owner in ((north, "Li"), (south, "Wang")):
        rows = sheet_of(study, "Products")
        rows[0].append("# Owner")
        for row in rows[1:]:
            row.append(owner)
    sheet_of(south, "Products")[1][2] = price
    return save(north, tmp_path / "north.xlsx"), save(south, tmp_path / "south.xlsx")


def test_a_contradiction_is_told_with_both_cells_and_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "network.xlsx"

    found = refused(target, *both(tmp_path))

    assert found["conflicts"] == [
        {
            "sheet": "Products", "key": "P01", "column": "Price",
            "file_a": "north.xlsx", "place_a": "Products!C2", "value_a": "25", "owner_a": "Li",
            "file_b": "south.xlsx", "place_b": "Products!C2", "value_b": "26", "owner_b": "Wang",
        }
    ]  # fmt: skip
    assert not target.exists()


@pytest.mark.parametrize(
    ("prefer", "price", "kept"),
    [("south.xlsx", 26, "Wang"), ("first", 25, "Li"), ("last", 26, "Wang")],
)
def test_who_is_preferred_wins_and_the_log_says_so(
    prefer: str, price: float, kept: str, tmp_path: Path
) -> None:
    target = tmp_path / "network.xlsx"

    found = merged(target, *both(tmp_path), "--prefer", prefer)

    assert ts.read(target).products.price[0] == price
    assert [row["owner_a"] for row in found["decisions"]] == [kept]
    log = load_workbook(target)["#Merge Decisions"]
    row = dict(zip(*(([cell.value for cell in one]) for one in log.iter_rows()), strict=True))
    assert (row["Kept Value"], row["Kept Owner"]) == (str(price), kept)


def test_a_row_of_another_planner_is_told_in_chinese(tmp_path: Path) -> None:
    done = run("merge", tmp_path / "n.xlsx", *both(tmp_path), "--lang", "zh")

    assert done.exit_code == 2
    assert "产品 P01 售价：“25”（" in done.stdout
    assert "Products!C2，Li）" in done.stdout


def stock(folder: Path, *rows: str, name: str = "OpeningStock", head: str = "") -> Path:
    """Write a small network with some stock or orders."""
    core = {
        "Locations": ["Location,Tier", "SUP,supplier", "DC,CDC", "S,store"],
        "Products": ["Product,Unit Value,Price", "tea,10,30"],
        "Lanes": ["From,To,Lead Time", "SUP,DC,0", "DC,S,0"],
        "Demand": ["Location,Product,Period,Quantity", "S,tea,2026-01-05,50"],
    }
    head = head or "Location,Product,Quantity,Lot"
    return write_folder(folder, **core, **({name: [head, *rows]} if rows else {}))


def test_stock_that_two_planners_report_alike_counts_once(tmp_path: Path) -> None:
    one = stock(tmp_path / "a", "DC,tea,30,", "DC,tea,10,")
    other = stock(tmp_path / "b", "DC,tea,10,", "DC,tea,30,")

    found = merged(tmp_path / "out", one, other)

    assert found["sheets"]["OpeningStock"] == 2
    assert found["conflicts"] == []


def test_stock_that_two_planners_report_differently_is_a_contradiction(tmp_path: Path) -> None:
    one, other = (
        stock(tmp_path / "a", "DC,tea,30,"),
        stock(tmp_path / "b", "DC,tea,20,", "DC,tea,5,"),
    )

    (row,) = refused(tmp_path / "out", one, other)["conflicts"]

    assert (row["value_a"], row["value_b"]) == ("30", "25")
    assert row["place_b"] == "OpeningStock.csv line 2, Quantity (+1)"


def test_stock_adds_up_where_it_is_asked_for_but_a_lot_counts_once(tmp_path: Path) -> None:
    one = stock(tmp_path / "a", "DC,tea,30,", "DC,tea,7,L1")
    other = stock(tmp_path / "b", "DC,tea,30,", "DC,tea,7,L1")

    found = merged(tmp_path / "out", one, other, "--add", "期初库存")

    assert found["sheets"]["OpeningStock"] == 3
    frame = pd.read_csv(tmp_path / "out" / "OpeningStock.csv", encoding="utf-8-sig")
    assert frame["Quantity"].sum() == 67


def test_one_order_with_two_due_dates_is_not_counted_twice(tmp_path: Path) -> None:
    head = "From,To,Product,Quantity,Due Date,Order No"
    one = stock(tmp_path / "a", "DC,S,tea,5,2026-01-05,PO1", name="InTransit", head=head)
    other = stock(tmp_path / "b", "DC,S,tea,5,2026-01-06,PO1", name="InTransit", head=head)

    rows = refused(tmp_path / "out", one, other)["conflicts"]

    assert {row["key"] for row in rows} == {
        "DC · S · tea · 2026-01-05 · PO1",
        "DC · S · tea · 2026-01-06 · PO1",
    }
    found = merged(tmp_path / "out", one, other, "--prefer", "last")
    assert found["sheets"]["InTransit"] == 1


def test_policy_rows_that_complete_each_other_are_both_kept(tmp_path: Path) -> None:
    head = "Location,Product,Safety Stock,Max Stock"
    one = stock(tmp_path / "a", "S,tea,5,", name="StockTargets", head=head)
    other = stock(tmp_path / "b", "S,tea,,9", name="StockTargets", head=head)
    third = stock(tmp_path / "c", "S,tea,6,", name="StockTargets", head=head)

    assert merged(tmp_path / "out", one, other)["sheets"]["StockTargets"] == 2
    (row,) = refused(tmp_path / "again", one, third)["conflicts"]
    assert (row["column"], row["value_a"], row["value_b"]) == ("Safety Stock", "5", "6")


def test_a_recipe_is_kept_whole(tmp_path: Path) -> None:
    head = "Recipe,Component,Quantity"
    one = stock(tmp_path / "a", "R,tea,1", name="RecipeInputs", head=head)
    other = stock(tmp_path / "b", "R,tea,1", "R,box,1", name="RecipeInputs", head=head)

    (row,) = refused(tmp_path / "out", one, other)["conflicts"]

    assert (row["key"], row["place_b"]) == ("R · box", "RecipeInputs.csv line 3, Recipe")


def test_settings_that_differ_are_a_contradiction_unless_they_mean_the_same(tmp_path: Path) -> None:
    def with_(folder: str, *lines: str) -> Path:
        path = stock(tmp_path / folder)
        return write_folder(path, Settings=["Setting,Value", *lines])

    one = with_("a", "gap,1%", "model_name,North")
    other = with_("b", "gap,0.01", "model_name,South")
    third, fourth = with_("c", "gap,2%"), with_("d", "money_unit,万")

    found = merged(tmp_path / "out", one, other)
    assert [(row["key"], row["value_a"]) for row in found["decisions"]] == [("model_name", "North")]
    (row,) = refused(tmp_path / "x", one, third)["conflicts"]
    assert (row["place_a"], row["value_b"]) == ("Settings.csv line 2, Value", "2%")
    (row,) = refused(tmp_path / "x", one, fourth, "--prefer", "last")["conflicts"]
    assert (row["key"], row["value_a"], row["value_b"]) == ("money_unit", "1", "万")


def test_faults_of_the_whole_are_told_at_the_cells_of_the_parts(tmp_path: Path) -> None:
    one, other = stock(tmp_path / "a"), stock(tmp_path / "b", "DC,tee,20,")

    found = refused(tmp_path / "out", one, other)

    (fault,) = [row for row in found["findings"] if row["severity"] == "error"]
    assert (fault["code"], fault["origin"]) == (
        "unknown-reference",
        "b OpeningStock.csv line 2, Product",
    )
    assert not (tmp_path / "out").exists()


def test_warnings_of_the_whole_are_counted_and_empty_sheets_are_not_told(tmp_path: Path) -> None:
    one, other = stock(tmp_path / "a"), stock(tmp_path / "b", "DC,tea,20,")
    write_folder(
        one, Vehicles=["Vehicle,Max Weight", "van,900"], Capacity=["Location,Dimension,Limit"]
    )

    done = run("merge", tmp_path / "out", one, other, "--lang", "zh")

    assert done.exit_code == 0
    assert "警告：" in done.stdout and "tierstock check" in done.stdout
    assert "保留 3 行（a 3、b 0）" in done.stdout
    assert "保留 0 行" not in done.stdout


def test_notes_of_rows_that_are_alike_are_all_kept(tmp_path: Path) -> None:
    head = "Location,Product,Quantity,Note"
    one = stock(tmp_path / "a", "DC,tea,9,counted", head=head)
    other = stock(tmp_path / "b", "DC,tea,9,checked", head=head)

    merged(tmp_path / "out", one, other)

    frame = pd.read_csv(tmp_path / "out" / "OpeningStock.csv", encoding="utf-8-sig")
    assert frame["Note"].tolist() == ["counted | checked"]


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        ("W1,W2", ["Location,Product,W1,W2", "S,tea,3,4", "T,tea,3,4"]),
        (
            "W2,W3",
            ["Location,Product,Period,Quantity", "S,tea,W1,3", "S,tea,W2,4"]
            + ["T,tea,W2,3", "T,tea,W3,4"],
        ),
    ],
)
def test_periods_side_by_side_stay_so_where_they_are_the_same(
    tmp_path: Path, second: str, lines: list[str]
) -> None:
    def wide(folder: str, location: str, periods: str) -> Path:
        core = stock(tmp_path / folder)
        (core / "Locations.csv").write_text("Location,Tier\nDC,supplier\nS,store\nT,store\n")
        (core / "Lanes.csv").write_text("From,To,Lead Time\nDC,S,0\nDC,T,0\n")
        return write_folder(core, Demand=[f"Location,Product,{periods}", f"{location},tea,3,4"])

    merged(tmp_path / "out", wide("a", "S", "W1,W2"), wide("b", "T", second))

    text = (tmp_path / "out" / "Demand.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines() == lines


@pytest.mark.parametrize(
    "words",
    [("--prefer", "nroth.xlsx"), ("--add", "Lanes"), ("--prefer", "zzz")],
)
def test_a_wrong_wish_is_refused_with_what_is_known(words: tuple[str, str], tmp_path: Path) -> None:
    found = refused(tmp_path / "n.xlsx", *both(tmp_path), *words)

    assert words[1] in found["error"]
    assert "north.xlsx" in found["error"] or "OpeningStock" in found["error"]


def test_no_input_is_written_over_and_none_given_twice(tmp_path: Path) -> None:
    north, south = both(tmp_path)

    assert "input" in refused(north, north, south, "--force")["error"]
    assert "twice" in refused(tmp_path / "n.xlsx", north, north)["error"]
    assert "two" in refused(tmp_path / "n.xlsx", north)["error"]


def test_of_three_the_first_named_wins_where_it_says_something(tmp_path: Path) -> None:
    paths = []
    for number, prices in enumerate(((25, 20), (26, 20), (27, 21))):
        study = supplied()
        for row, price in zip(sheet_of(study, "Products")[1:], prices, strict=True):
            row[2] = price
        paths.append(save(study, tmp_path / f"{number}.xlsx"))
    del study["Products"][1]
    paths[2] = save(study, tmp_path / "2.xlsx")
    target = tmp_path / "network.db"

    left = refused(target, *paths, "--prefer", "2.xlsx")["conflicts"]
    found = merged(target, *paths, "--prefer", "2.xlsx", "--prefer", "1.xlsx")

    assert [(row["key"], row["file_b"]) for row in left] == [("P01", "1.xlsx")]
    assert ts.read(target).products.price.tolist() == [26, 21]
    assert {(row["key"], row["file_a"], row["file_b"]) for row in found["decisions"]} == {
        ("P01", "1.xlsx", "0.xlsx"),
        ("P02", "2.xlsx", "0.xlsx"),
        ("P02", "2.xlsx", "1.xlsx"),
    }
    by = {row["file"]: row for row in found["merged"] if row["sheet"] == "Products"}
    assert [by[f"{n}.xlsx"]["beaten"] for n in range(3)] == [2, 1, 0]


def test_what_is_merged_can_be_merged_again(tmp_path: Path) -> None:
    north, south = both(tmp_path)
    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    merged(first, north, south, "--prefer", "first")

    found = merged(again, first, north)

    assert found["decisions"] == []
    assert network_hash(again) == network_hash(first) == network_hash(north)
    assert "#Owner" in [cell.value for cell in load_workbook(again)["Products"][1]]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "network.xlsx"

    found = merged(target, *both(tmp_path, price=25), "--dry-run")

    assert not target.exists()
    assert [row["equal"] for row in found["merged"] if row["sheet"] == "Products"] == [0, 2]


def test_a_sample_parted_by_region_is_itself_again(tmp_path: Path) -> None:
    tables = sample("rebalancing", "en")
    places = sorted(tables["Locations"]["Location"])
    sides = {("Demand", place): "ab"[number % 2] for number, place in enumerate(places)}

    assert network_hash(whole(*parted(tables, sides))) == network_hash(tables)
