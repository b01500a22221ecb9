"""The marked copy shows every fault at its cell and leaves the planner's file alone."""

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from starter import codes, look, save, sheet_of, starter

from tierstock.inputs.reading import marked, workbook_door
from tierstock.inputs.reading.marked import write_marked

RED, YELLOW = "00FFC7CE", "00FFEB9C"


def spoilt(tmp_path: Path, language: str = "en") -> Path:
    study = starter(language)
    sheet_of(study, "Lanes")[1][3] = "12,5O"
    sheet_of(study, "Demand")[2][0] = "S0I"
    sheet_of(study, "Locations")[3][0] = "s01"
    return save(study, tmp_path / "study.xlsx")


def test_wrong_cells_are_coloured_and_explained(tmp_path: Path) -> None:
    path = spoilt(tmp_path)
    before = path.read_bytes()
    _, findings = look(path)

    made = write_marked(path, findings, tmp_path / "study.checked.xlsx")
    book = load_workbook(made)

    assert path.read_bytes() == before
    wrong, odd = book["Lanes"]["D2"], book["Locations"]["A4"]
    assert wrong.fill.fgColor.rgb == RED
    assert "Write 12.50" in wrong.comment.text
    assert wrong.value == "12,5O"
    assert odd.fill.fgColor.rgb == YELLOW
    assert book["Lanes"]["D3"].comment is None
    assert len(list(tmp_path.iterdir())) == 2


def test_a_hidden_column_or_row_with_a_mark_is_shown(tmp_path: Path) -> None:
    path = spoilt(tmp_path)
    book = load_workbook(path)
    book["Lanes"].column_dimensions.group("C", "D", hidden=True)
    book["Lanes"].column_dimensions["E"].hidden = True
    book["Demand"].row_dimensions[3].hidden = True
    book.save(path)
    _, findings = look(path)

    made = load_workbook(write_marked(path, findings, tmp_path / "copy.xlsx"))

    columns = made["Lanes"].column_dimensions
    assert not columns["C"].hidden
    assert columns["E"].hidden
    assert not made["Demand"].row_dimensions[3].hidden


def test_the_list_of_issues_is_sorted_and_printed_on_its_width(tmp_path: Path) -> None:
    path = spoilt(tmp_path)
    _, findings = look(path)

    sheet = load_workbook(write_marked(path, findings, tmp_path / "copy.xlsx"))["Issues"]
    listed = [row[:3] for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert listed == [
        ("error", "Lanes", "D2"),
        ("error", "Demand", "A3"),
        ("error", "Demand", "A4"),
        ("warning", "Locations", "A4"),
    ]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))


def test_the_list_of_issues_links_to_the_cells(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "zh")
    _, findings = look(path)

    book = load_workbook(write_marked(path, findings, tmp_path / "copy.xlsx"))
    sheet = book["问题"]
    listed = list(sheet.iter_rows(min_row=2, values_only=True))

    assert book.sheetnames[0] == "问题"
    assert len(listed) == len(findings)
    assert listed[0][0] == "错误"
    assert sheet["C2"].hyperlink.location == f"'{listed[0][1]}'!{listed[0][2]}"
    assert [row[6] for row in listed] == [one.message("zh") for one in findings]


def test_a_marked_copy_can_be_read_mended_and_marked_again(tmp_path: Path) -> None:
    path = spoilt(tmp_path)
    _, findings = look(path)
    first = write_marked(path, findings, tmp_path / "first.xlsx")
    assert first is not None
    _, again = look(first)
    assert codes(again) == codes(findings)

    book = load_workbook(first)
    book["Lanes"]["D2"], book["Demand"]["A3"] = 12.5, "S01"
    book["Locations"]["A4"] = "S02"
    book.save(first)
    _, mended = look(first)
    second = load_workbook(write_marked(first, mended, tmp_path / "second.xlsx"))

    assert codes(mended) == []
    assert second["Lanes"]["D2"].comment is None
    assert second["Lanes"]["D2"].fill.fill_type is None
    assert second.sheetnames.count("Issues") == 1


def test_csv_files_and_frames_become_a_marked_workbook(tmp_path: Path) -> None:
    study = starter()
    sheet_of(study, "Lanes")[1][3] = "12,5O"
    sheet_of(study, "Products")[1][0] = "=cmd|' /C calc'!A0"
    frames = {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in study.items()}
    folder = tmp_path / "study"
    folder.mkdir()
    for title, frame in frames.items():
        frame.to_csv(folder / f"{title}.csv", index=False)

    for source in (folder, frames):
        _, findings = look(source)
        book = load_workbook(write_marked(source, findings, tmp_path / "study.checked.xlsx"))
        assert book["Lanes"]["D2"].fill.fgColor.rgb == RED
        assert book["Products"]["A2"].data_type == "s"
        assert book["Products"]["A2"].value.startswith("=cmd")
        assert book["Demand"]["B4"].value == "P01"


def test_the_input_is_never_replaced(tmp_path: Path) -> None:
    path = spoilt(tmp_path)
    _, findings = look(path)

    with pytest.raises(ValueError, match="must not replace"):
        write_marked(path, findings, path)


def test_an_unreadable_file_has_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(b"PK\x03\x04 cut")
    _, findings = look(path)

    assert write_marked(path, findings, tmp_path / "copy.xlsx") is None
    assert not (tmp_path / "copy.xlsx").exists()


def test_a_failed_write_leaves_the_earlier_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spoilt(tmp_path)
    _, findings = look(path)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(b"earlier")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("tierstock.inputs.reading.marked.os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_marked(path, findings, copy)

    assert copy.read_bytes() == b"earlier"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.xlsx", "study.xlsx"]


def test_of_a_large_input_only_rows_with_a_finding_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked, "MOST_COPIED", 100)
    monkeypatch.setattr(workbook_door, "MOST_COPIED", 100)
    study = starter()
    study["Demand"] += [["S01", "P01", f"2026-{n:03d}", 5] for n in range(60)]
    study["Demand"][40][0] = "S0I"
    path = save(study, tmp_path / "study.xlsx")
    _, findings = look(path)

    book = load_workbook(write_marked(path, findings, tmp_path / "copy.xlsx"))
    sheet, issues = book["Demand"], book["Issues"]

    assert "only rows with a finding" in issues.cell(issues.max_row, 7).value
    assert sheet["A41"].value == "S0I"
    assert sheet["A41"].fill.fgColor.rgb == RED
    assert sheet["A1"].value == "Location"
    assert (sheet["A40"].value, sheet["A42"].value) == (None, None)
