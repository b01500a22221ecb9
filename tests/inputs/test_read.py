"""The same tables come in by every door, and what they hold is typed."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from starter import (
    Rows,
    as_folder,
    assert_same_tables,
    codes,
    look,
    only,
    save,
    sheet_of,
    starter,
)

from tierstock.inputs.schema import schema


def as_frames(study: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    return {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in study.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_workbook_folder_and_frames_give_the_same_tables(language: str, tmp_path: Path) -> None:
    study = starter(language)
    book, _ = look(save(study, tmp_path / "study.xlsx"))
    (tmp_path / "study").mkdir()
    folder, _ = look(as_folder(study, tmp_path / "study"))
    frames, found = look(as_frames(study))

    assert codes(found) == []
    assert_same_tables(book, folder)
    assert_same_tables(book, frames)


def test_both_languages_give_the_same_tables(tmp_path: Path) -> None:
    english, _ = look(save(starter("en"), tmp_path / "en.xlsx"))
    chinese, _ = look(save(starter("zh"), tmp_path / "zh.xlsx"))

    assert_same_tables(english, chinese)


def test_a_macro_workbook_is_read_as_data(tmp_path: Path) -> None:
    path = save(starter(), tmp_path / "study.xlsx").rename(tmp_path / "study.xlsm")

    tables, findings = look(path)

    assert codes(findings) == []
    assert len(tables.table("Demand")) == 3


def test_columns_have_the_types_of_the_contract() -> None:
    tables, _ = look(as_frames(starter()))
    frame = tables.table("Locations").frame

    assert list(frame.columns) == [c.field for c in schema().sheet("Locations").columns] + ["row"]
    assert list(frame["tier"]) == ["CDC", "store", "store"]
    assert frame["holds_stock"].tolist()[0] == 1.0
    assert np.isnan(frame["holds_stock"][1])
    assert frame["holds_stock"][2] == 0.0
    assert frame["active_from"].dtype == "datetime64[ns]"
    assert frame["active_from"][0] == pd.Timestamp("2026-01-05")
    assert frame["active_from"].isna().tolist() == [False, True, True]
    assert frame["latitude"].isna().all()
    assert frame["region"].tolist() == ["East", "East", "West"]
    assert frame["row"].tolist() == [2, 3, 4]


def test_a_missing_sheet_is_a_typed_table_without_rows() -> None:
    tables, _ = look(as_frames(starter()))
    table = tables.table("Capacity")

    assert not tables.has("Capacity")
    assert len(table) == 0
    assert table.frame["limit"].dtype == np.float64


def test_cells_are_named_where_they_stand() -> None:
    tables, _ = look(as_frames(starter()))
    lanes = tables.table("Lanes")

    assert lanes.cell(1, "unit_cost") == "D3"
    assert lanes.heading("unit_cost") == "Unit Cost"
    assert lanes.heading("lead_time") == "Lead Time"
    assert lanes.cell(0, "kind") == "A2"
    assert lanes.row(1) == 3


def test_demand_may_stand_wide() -> None:
    study = starter()
    study["Demand"] = [
        ["Location", "Product", "2026-01-05", dt.datetime(2026, 1, 12), 46041],
        ["S01", "P01", 10, "", 30],
        ["S02", "P02", 5, 6, -7],
    ]

    tables, findings = look(as_frames_with_headings(study))
    demand = tables.table("Demand")

    assert demand.frame["period"].tolist() == ["2026-01-05", "2026-01-12", "2026-01-19"] * 2
    assert demand.frame["quantity"].tolist() == [10, 0, 30, 5, 6, -7]
    assert demand.frame["location"].tolist() == ["S01"] * 3 + ["S02"] * 3
    assert demand.cell(5, "quantity") == "E3"
    assert demand.cell(5, "period") == "E1"
    assert demand.cell(5, "product") == "B3"
    assert only(findings, "negative-number").cell == "E3"


def as_frames_with_headings(study: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    """Frames whose headings keep their types (dates and numbers as periods)."""
    frames = {}
    for title, rows in study.items():
        frame = pd.DataFrame(rows[1:])
        frame.columns = pd.Index(rows[0], dtype=object)
        frames[title] = frame
    return frames


def test_a_misspelt_column_of_wide_demand_is_no_period() -> None:
    study = starter()
    study["Demand"] = [["Locaton", "Product", "W1", "W2"], ["S01", "P01", 1, 2]]

    _, findings = look(as_frames(study))

    assert {"unknown-column", "missing-column"} == set(codes(findings, "error"))
    assert 'Nearest: "Location"' in only(findings, "unknown-column").message()


def test_periods_of_the_periods_sheet_may_head_wide_demand() -> None:
    study = starter()
    study["Periods"] = [
        ["Period", "Start Date"],
        ["first", "2026-01-05"],
        ["second", "2026-01-12"],
    ]
    study["Demand"] = [["Location", "Product", "first", "second"], ["S01", "P01", 1, 2]]

    tables, findings = look(as_frames(study))

    assert codes(findings) == []
    assert tables.table("Demand").frame["period"].tolist() == ["first", "second"]


def test_a_results_workbook_is_read_from_its_copies_of_the_input(tmp_path: Path) -> None:
    english = {f"In {title}": rows for title, rows in starter().items()}
    english["Summary"] = [["Scenario", "KPI"], ["base", "Total cost"]]
    chinese = {f"输入 {title}": rows for title, rows in starter("zh").items()}
    chinese["总览"] = [["情景", "指标"], ["基准", "总成本"]]

    for number, study in enumerate((english, chinese)):
        tables, findings = look(save(study, tmp_path / f"{number}.xlsx"))
        assert codes(findings) == []
        assert len(tables.table("Lanes")) == 2


def test_guides_and_sheets_begun_with_a_hash_are_left_out(tmp_path: Path) -> None:
    study = starter()
    study |= {"Guide": [["how"]], "说明": [["怎样"]], "# sums": [[1]], "_old": [[2]]}
    sheet_of(study, "Demand")[0].append("# remark")

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    assert codes(findings) == []


def test_a_title_above_the_headings_and_blank_rows_are_told_and_accepted(tmp_path: Path) -> None:
    study = starter()
    rows = sheet_of(study, "Demand")
    rows[0:0] = [["Demand of spring"], []]
    rows[4:4] = [[], []]

    tables, findings = look(save(study, tmp_path / "study.xlsx"))

    assert codes(findings, "error", "warning") == []
    assert only(findings, "headings-found").row == 3
    assert "2 blank rows" in only(findings, "blank-rows").message()
    assert tables.table("Demand").frame["row"].tolist() == [4, 7, 8]


def test_aliases_units_and_mixed_languages_are_understood() -> None:
    study = starter()
    study["线路"] = study.pop("Lanes")
    study["线路"][0] = ["Origin", "终点", "Lead Time 提前期 (h)", "UNIT_COST（万元）", "yield"]
    study["线路"][1] = ["DC1", "S01", 48, "2千", 1]

    tables, findings = look(as_frames(study))
    lanes = tables.table("Lanes").frame

    assert codes(findings, "error", "warning") == []
    assert {"sheet-alias", "heading-alias", "unit-converted", "unit-in-cell"} == set(
        codes(findings)
    )
    assert lanes["lead_time"][0] == pytest.approx(2)
    assert lanes["unit_cost"][1] == pytest.approx(15_000)


def test_codes_keep_what_other_readers_lose(tmp_path: Path) -> None:
    study = starter()
    products = sheet_of(study, "Products")
    products += [[code, 1, "", ""] for code in ("NA", "null", "007", "1E5", "1/2", "nan")]

    tables, findings = look(save(study, tmp_path / "study.xlsx"))

    assert codes(findings) == []
    wanted = ["P01", "P02", "NA", "null", "007", "1E5", "1/2", "nan"]
    assert tables.table("Products").frame["product"].tolist() == wanted


def test_a_code_as_number_matches_the_same_code_as_text(tmp_path: Path) -> None:
    study = starter()
    sheet_of(study, "Products")[1][0] = 12
    for row in sheet_of(study, "Demand")[1:]:
        row[1] = "12" if row[1] == "P01" else row[1]

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    assert codes(findings) == ["code-as-number"]


def test_rows_that_repeat_count_once_and_those_that_add_up_stay() -> None:
    study = starter()
    demand = sheet_of(study, "Demand")
    demand[0].append("Type")
    for row, kind in zip(demand[1:], ["forecast", "order", ""], strict=True):
        row.append(kind)
    demand += [list(demand[1]), list(demand[2])]
    study["OpeningStock"] = [
        ["Location", "Product", "Quantity", "Lot"],
        ["DC1", "P01", 5, ""],
        ["DC1", "P01", 5, ""],
        ["DC1", "P02", 5, "L1"],
        ["DC1", "P02", 5, "L1"],
        ["DC1", "P02", 9, "L1"],
    ]

    tables, findings = look(as_frames(study))

    assert tables.table("Demand").frame["row"].tolist() == [2, 3, 4, 6]
    assert codes(findings, "info") == ["duplicate-row"] * 2
    assert only(findings, "duplicate-key").cell == "C6"
    assert tables.table("OpeningStock").frame["row"].tolist() == [2, 3, 4]


def test_defaults_count_in_keys() -> None:
    study = starter()
    lanes = sheet_of(study, "Lanes")
    lanes[0] += ["Product", "Mode"]
    lanes[1] += ["*", "road"]
    lanes[2] += ["", ""]
    lanes.append(["DC1", "S01", 2, 9, 0.98, "", ""])

    _, findings = look(as_frames(study))

    assert only(findings, "duplicate-key").cell == "D4"


def test_values_of_a_later_version_that_change_nothing_are_accepted() -> None:
    study = starter()
    products = sheet_of(study, "Products")
    products[0] += ["Maturation", "Lifecycle", "Currency"]
    products[1] += [0, "active", "cny"]
    products[2] += ["", "新品", ""]
    study["Budgets"] = [["Budget", "Kind", "Limit"]]

    _, findings = look(as_frames(study))

    assert codes(findings) == []


def test_the_chinese_csv_of_excel_is_read(tmp_path: Path) -> None:
    _, findings = look(as_folder(starter("zh"), tmp_path, encoding="gb18030"))

    assert codes(findings) == []


def test_faults_of_a_csv_file_give_file_and_line(tmp_path: Path) -> None:
    as_folder(starter(), tmp_path)
    lines = (tmp_path / "Demand.csv").read_text(encoding="utf-8").splitlines()
    lines[2:2] = ['S01,P01,"2026\n-02-02",5']
    (tmp_path / "Demand.csv").write_text("\n".join([*lines, "S01,P01,2026-03-02,x,9"]))

    _, findings = look(tmp_path)

    wrong = only(findings, "not-a-number")
    assert (wrong.file, wrong.line, wrong.cell) == ("Demand.csv", 7, "")
    assert wrong.say() == (
        'Demand.csv line 7, Quantity  Quantity is "x" – not a number. '
        "Write one number alone; it counts in units."
    )
    assert only(findings, "csv-too-many-cells").line == 7
    assert only(findings, "control-character").line == 3


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(mark: str, tmp_path: Path) -> None:
    as_folder(starter(), tmp_path)
    for file in tmp_path.glob("*.csv"):
        file.write_text(file.read_text(encoding="utf-8").replace(",", mark), encoding="utf-8")

    _, findings = look(tmp_path)

    assert codes(findings) == []


def test_decimal_commas_are_read_where_settings_say_so() -> None:
    study = starter()
    study["Settings"] = [["Setting", "Value"], ["decimal_point", "comma"]]
    sheet_of(study, "Products")[1][1] = "1.234,5"

    tables, findings = look(as_frames(study))

    assert codes(findings) == []
    assert tables.table("Products").frame["unit_value"].tolist() == [1234.5, 8.5]


def test_many_faults_of_one_kind_are_counted() -> None:
    study = starter()
    sheet_of(study, "Demand").extend([["S01", "P01", f"W{n}", f"x{n}"] for n in range(50)])

    _, findings = look(as_frames(study))

    told = [one for one in findings if one.code == "not-a-number"]
    assert len(told) == 20
    assert len(told[-1].others) == 30
    assert "(and 30 more: D25, D26, D27, D28, D29, …)" in told[-1].message()


def test_one_wrong_code_in_many_rows_is_one_finding() -> None:
    study = starter()
    rows = [["S09", "P01", f"2026-02-{n:02d}", 1] for n in range(1, 20)]
    sheet_of(study, "Demand").extend(rows)

    _, findings = look(as_frames(study))

    assert len(only(findings, "unknown-reference").others) == 18


def test_no_row_of_a_large_demand_is_lost() -> None:
    count = 100_000
    places, goods = np.arange(count) % 200, np.arange(count) // 200 % 100
    frame = pd.DataFrame(
        {
            "Location": pd.Series(places).map("S{:03d}".format),
            "Product": pd.Series(goods).map("P{:03d}".format),
            "Period": pd.Series(np.arange(count) // 20_000).map("2026-W{:02d}".format),
            "Quantity": np.arange(count, dtype=float),
        }
    )
    study = as_frames(starter()) | {"Demand": frame}

    tables, _ = look(study)

    read = tables.table("Demand").frame
    assert len(read) == count
    assert read["quantity"].sum() == frame["Quantity"].sum()
