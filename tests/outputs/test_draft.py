"""The file of a results workbook: rows poured in, the sheet Audit put in last."""

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from by_hand import facts

from tierstock.outputs import write_draft, write_workbook
from tierstock.outputs.pour import LONGEST, letters

Tables = dict[str, pd.DataFrame]

CHECKS = pd.DataFrame(
    {
        "Check": [
            "Stock identity",
            "A check with a name too long for the line it stands in",
        ],
        "Result": ["pass", "pass"],
        "Worst Violation": [0.0, 0.0],
        "Where": ["", ""],
    }
)
FOUND = CHECKS.assign(**{"Worst Violation": [3e-9, 0.25]})
TEXTS = [
    "=1+1",
    "@x",
    "-3",
    "a & b < c",
    " kept ",
    "two\nlines",
    "_x0041_",
    "tab\tend",
    "中文",
]


def parts(path: Path) -> dict[str, bytes]:
    """Return what a workbook is made of, but the moment it was written."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert len(set(file.namelist())) == len(file.namelist())
        found = {name: file.read(name) for name in file.namelist()}
    core = found["docProps/core.xml"]
    return found | {"docProps/core.xml": re.sub(rb"[-0-9]{10}T[:0-9]{8}Z", b"", core)}


def copied(tables: Tables, path: Path, frame: pd.DataFrame) -> list[list[Any]]:
    """Write a frame as a copy of an input and return its rows as read."""
    write_workbook(path, tables, "en", {"Lanes": frame}, facts())
    sheet = openpyxl.load_workbook(path)["In Lanes"]
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_only_the_sheet_audit_comes_after_the_audit(tables: Tables, tmp_path: Path) -> None:
    path, target = tmp_path / "draft.xlsx", tmp_path / "plan.xlsx"
    draft = write_draft(path, tables, "en", {}, facts(), CHECKS)
    before = parts(path)
    draft.publish(target, FOUND)
    after = parts(target)
    assert parts(path) == before
    added = set(after) - set(before)
    assert len(added) == 1
    assert {name: after[name] for name in before} == before
    rows = openpyxl.load_workbook(target)["Audit"].iter_rows(min_row=2, values_only=True)
    assert [row[2] for row in rows] == [3e-9, 0.25]
    write_workbook(tmp_path / "at once.xlsx", tables, "en", {}, facts(), FOUND)
    assert parts(tmp_path / "at once.xlsx") == after


def test_an_audit_the_draft_does_not_know_is_refused(tables: Tables, tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    (tmp_path / "own").mkdir()
    draft = write_draft(tmp_path / "own" / "d.xlsx", tables, "zh", {}, facts(), CHECKS)
    with pytest.raises(ValueError, match="other rows"):
        draft.publish(target, FOUND.assign(Result="fail"))
    assert target.read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["own", "plan.xlsx"]


def test_texts_stay_what_they_are(tables: Tables, tmp_path: Path) -> None:
    frame = pd.DataFrame({"From": [*TEXTS, "", "bell\x07"], "To": "x"})
    rows = copied(tables, tmp_path / "a.xlsx", frame)
    assert [row[0] or "" for row in rows] == [*TEXTS, "", "bell_x0007_"]


def test_a_text_is_cut_to_what_a_cell_holds(tables: Tables, tmp_path: Path) -> None:
    frame = pd.DataFrame({"From": ["x" * (LONGEST + 9), "😀" * LONGEST]})
    rows = copied(tables, tmp_path / "a.xlsx", frame)
    assert [len(row[0]) for row in rows] == [LONGEST, LONGEST // 2]


def test_every_kind_of_cell_comes_back(tables: Tables, tmp_path: Path) -> None:
    day = dt.datetime(2026, 1, 5)
    frame = pd.DataFrame(
        {
            "From": ["a", "b", None],
            "Mixed": pd.Series([1.5, "t", True], dtype=object),
            "Lead Time": [0.1, np.nan, np.inf],
            "Days": pd.to_datetime(["2026-01-05", "NaT", "2026-01-06"]),
            "Whole": pd.array([1, None, 3], dtype="Int64"),
        }
    )
    rows = copied(tables, tmp_path / "a.xlsx", frame)
    assert rows == [
        ["a", 1.5, 0.1, day, 1],
        ["b", "t", None, None, None],
        [None, True, None, day + dt.timedelta(days=1), 3],
    ]
    among = pd.DataFrame({"From": ["a", "b"], "When": pd.Series(["x", day.date()], dtype=object)})
    assert copied(tables, tmp_path / "b.xlsx", among) == [["a", "x"], ["b", day]]


def test_columns_have_their_letters() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
