"""``tierstock diff``: what differs between two inputs, cell by cell."""

from pathlib import Path
from typing import Any

import pytest
from commands import answer, run, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from starter import as_folder, save, sheet_of, starter

from tierstock.inputs import Findings
from tierstock.inputs.comparing.difference import difference
from tierstock.inputs.comparing.side import read_side
from tierstock.inputs.samples import sample


def told(one: Path, other: Path, *more: object) -> dict[str, Any]:
    """Return the line for machines of a comparison that ends well."""
    done = run("diff", one, other, "--json", "--lang", "en", *more)
    assert done.exit_code == 0, done.output
    return answer(done)


def test_form_language_and_order_are_no_difference(tmp_path: Path) -> None:
    book = save(starter("en"), tmp_path / "a.xlsx")
    study = starter("zh")
    for rows in study.values():
        rows[1:] = reversed(rows[1:])
    study["产品"][0][0] = "SKU"
    study["产品"][2][1:3] = ["10.0", "２5"]
    study["地点"][3][4] = "2026/1/5"
    study["需求"][2][2] = "2026/1/5"
    (tmp_path / "b").mkdir()

    assert told(book, as_folder(study, tmp_path / "b"))["equal"] is True


def test_every_kind_of_change_is_named_at_both_cells(tmp_path: Path) -> None:
    old = save(starter(), tmp_path / "a.xlsx")
    study = starter()
    lanes = sheet_of(study, "Lanes")
    lanes[1:] = [["DC1", "S02", 3, 1.75, ""], ["S01", "S02", 1, 0.5, ""]]
    new = save(study, tmp_path / "b.xlsx")

    found = told(old, new)

    assert found["sheets"] == {"Lanes": {"added": 1, "removed": 1, "changed": 1, "cells": 1}}
    rows = {row["change"]: row for row in found["rows"]}
    assert rows["changed"]["column"] == "Unit Cost"
    assert (rows["changed"]["place_a"], rows["changed"]["value_a"]) == ("Lanes!D3", "1.5")
    assert (rows["changed"]["place_b"], rows["changed"]["value_b"]) == ("Lanes!D2", "1.75")
    assert rows["added"]["key"] == "S01 · S02 · road · *"
    assert (rows["added"]["place_a"], rows["added"]["place_b"]) == ("", "Lanes!A3")
    assert rows["removed"]["place_a"] == "Lanes!A2"


def stock(folder: Path, *rows: str, unit: str = "") -> Path:
    return write_folder(folder, OpeningStock=[f"Location,Product,Quantity{unit}", *rows])


def test_rows_that_add_up_are_compared_by_their_total(tmp_path: Path) -> None:
    old = stock(tmp_path / "a", "DC,tea,40", "DC,tea,60", "DC,cup,1")

    assert told(old, stock(tmp_path / "b", "DC,cup,1", "DC,tea,100"))["equal"] is True
    (row,) = told(old, stock(tmp_path / "c", "DC,cup,1", "DC,tea,90"))["rows"]
    assert (row["value_a"], row["value_b"]) == ("100", "90")
    assert row["place_a"] == "OpeningStock.csv line 2, Quantity (+1)"
    assert row["place_b"] == "OpeningStock.csv line 3, Quantity"


def test_orders_add_up_and_forecasts_do_not(tmp_path: Path) -> None:
    head = "Location,Product,Period,Quantity,Type"
    old = write_folder(tmp_path / "a", Demand=[head, "S,tea,W1,3,order", "S,tea,W1,4,order"])
    new = write_folder(tmp_path / "b", Demand=[head, "S,tea,W1,7,order"])
    twice = write_folder(tmp_path / "c", Demand=[head, "S,tea,W1,3,", "S,tea,W1,4,"])

    assert told(old, new)["equal"] is True
    done = run("diff", old, twice, "--json")
    assert done.exit_code == 2
    assert [row["code"] for row in answer(done)["findings"]] == ["duplicate-key"]


def test_periods_side_by_side_are_compared_cell_by_cell(tmp_path: Path) -> None:
    old, new = starter(), starter()
    for study, quantity in ((old, 3), (new, 4)):
        rows = sheet_of(study, "Demand")
        rows[:] = [["Location", "Product", "W1", "W2"], ["S01", "P01", 2, quantity]]
    sheet_of(old, "Demand")[0].append("W3")
    sheet_of(old, "Demand")[1].append(0)

    found = told(save(old, tmp_path / "a.xlsx"), save(new, tmp_path / "b.xlsx"))

    row, gone = found["rows"]
    assert (gone["change"], gone["place_a"]) == ("removed", "Demand!E2")
    assert (row["key"], row["place_a"], row["value_b"]) == (
        "S01 · P01 · W2 · forecast",
        "Demand!D2",
        "4",
    )


def test_words_of_the_contract_are_told_in_the_language_asked_for(tmp_path: Path) -> None:
    old, new = starter(), starter()
    sheet_of(new, "Locations")[3][3] = "Y"
    sheet_of(new, "Locations")[2][1] = "RDC"
    sides = save(old, tmp_path / "a.xlsx"), save(new, tmp_path / "b.xlsx")

    rows = answer(run("diff", *sides, "--json", "--lang", "zh"))["rows"]

    assert [(row["value_a"], row["value_b"]) for row in rows] == [("门店", "区域仓"), ("否", "是")]


def test_a_unit_named_in_a_cell_is_part_of_the_quantity(tmp_path: Path) -> None:
    old = stock(tmp_path / "a", "DC,tea,4 case")
    new = stock(tmp_path / "b", "DC,tea,4")

    assert told(old, old)["equal"] is True
    assert told(old, new)["equal"] is False


def test_a_setting_is_compared_by_what_it_means(tmp_path: Path) -> None:
    old = write_folder(tmp_path / "a", Settings=["Setting,Value", "gap,1%", "threads,2"])
    new = write_folder(tmp_path / "b", 设置=["设置项,取值", "目标差距,0.01", "提前期单位,天"])
    other = write_folder(tmp_path / "c", Settings=["Setting,Value", "gap,2%"])

    assert told(old, new)["equal"] is True
    (row,) = told(new, other)["rows"]
    assert (row["key"], row["value_a"], row["value_b"]) == ("gap", "0.01", "2%")


def test_selectors_are_compared_by_what_they_say(tmp_path: Path) -> None:
    head = "From,To,Lead Time"
    old = write_folder(tmp_path / "a", Lanes=[head, "RDC,Tier=store;Region=East,1"])
    new = write_folder(
        tmp_path / "b", 运输线路=["起点,到达地,提前期", "分仓,层级＝门店；区域=East,1"]
    )
    sheet = tmp_path / "b" / "运输线路.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("到达地", "终点"), "utf-8")

    assert told(old, new)["equal"] is True


def test_the_workbook_shows_before_above_after_in_colour(tmp_path: Path) -> None:
    old = save(starter(), tmp_path / "a.xlsx")
    study = starter()
    sheet_of(study, "Products")[1][2] = 26
    sheet_of(study, "Demand").append(["S02", "P02", "2026-01-12", 5])
    target = tmp_path / "diff.xlsx"

    found = told(old, save(study, tmp_path / "b.xlsx"), "-o", target)

    assert found["files"] == [str(target)]
    book = load_workbook(target)
    assert book.sheetnames == ["Summary", "Products", "Demand", "All Changes"]
    before, after = list(book["Products"].iter_rows(min_row=2))
    at = [cell.value for cell in book["Products"][1]].index("Price")
    assert (before[at].value, after[at].value) == (25, 26)
    assert {before[at].fill.fgColor.rgb, after[at].fill.fgColor.rgb} == {"FFF8D7DA", "FFE2F0D9"}
    assert before[at + 1].fill.fgColor.rgb == "00000000"
    assert [cell.value for cell in book["Demand"][2]][:4] == ["added", "Demand!A5", "S02", "P02"]


def test_faults_are_told_and_nothing_is_compared(tmp_path: Path) -> None:
    good = save(starter(), tmp_path / "a.xlsx")
    study = starter()
    sheet_of(study, "Products")[1][1] = "ten"
    target = tmp_path / "diff.xlsx"

    done = run("diff", good, save(study, tmp_path / "b.xlsx"), "-o", target, "--json")

    assert done.exit_code == 2
    assert not target.exists()
    (row,) = answer(done)["findings"]
    assert (row["code"], row["cell"]) == ("not-a-number", "B2")
    assert row["input"].endswith("b.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "out.csv"])
def test_an_input_is_never_written_over(name: str, tmp_path: Path) -> None:
    book = save(starter(), tmp_path / "a.xlsx")
    before = book.read_bytes()

    assert run("diff", book, book, "-o", tmp_path / name).exit_code == 2
    assert book.read_bytes() == before


def test_a_misspelt_file_is_told_with_the_nearest(tmp_path: Path) -> None:
    book = save(starter(), tmp_path / "network.xlsx")

    done = run("diff", book, tmp_path / "netwrok.xlsx", "--lang", "zh")

    assert done.exit_code == 2
    assert "最接近的是“network.xlsx”" in done.stdout


@pytest.mark.parametrize("name", ["rebalancing", "medicine"])
def test_a_sample_is_equal_to_itself(name: str) -> None:
    tables = read_side(sample(name, "en"), Findings())

    assert difference(tables, tables).equal


demands = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz"), st.sampled_from(["W1", "W2"])),
    st.integers(0, 99),
    max_size=12,
)


@settings(max_examples=15, deadline=None)
@given(demands, demands)
def test_what_differs_applied_to_the_first_gives_the_second(
    old: dict[tuple[str, str, str], int], new: dict[tuple[str, str, str], int]
) -> None:
    import pandas as pd

    def tables(rows: dict[tuple[str, str, str], int]) -> Any:
        head = ["Location", "Product", "Period", "Quantity"]
        frame = pd.DataFrame([(*key, value) for key, value in rows.items()], columns=head)
        return read_side({"Demand": frame.astype(object)}, Findings())

    found = difference(tables(old), tables(new))
    applied = dict(old)
    for one in found.sheets:
        for _, row in one.rows.iterrows():
            key = (row["location"], row["product"], row["period"])
            if row["change"] == "removed":
                del applied[key]
            else:
                applied[key] = int(row["quantity_b"])

    assert applied == new
    assert found.equal == (old == new)


def test_a_field_that_ends_like_a_unit_is_a_column(tmp_path: Path) -> None:
    books = []
    for cost in (1, 2):
        study = starter()
        study["StockCosts"] = [["Location", "Product", "Handling In"], ["DC1", "*", cost]]
        books.append(save(study, tmp_path / f"{cost}.xlsx"))

    (row,) = told(*books)["rows"]
    assert (row["column"], row["value_a"], row["value_b"]) == ("Handling In", "1", "2")
