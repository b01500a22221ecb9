"""The first page says why the search ended and what to worry about."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from by_hand import facts, network

from tierstock.outputs.tables import build_tables
from tierstock.outputs.workbook import write_workbook

Tables = dict[str, pd.DataFrame]


def cells(sheet: Any) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


@pytest.mark.parametrize("stopped", ["optimal", "gap", "time", "memory", "user", "fault"])
def test_every_reason_to_stop_has_its_sentence(
    tables: Tables, tmp_path: Path, stopped: str
) -> None:
    path = tmp_path / "plan.xlsx"
    unknown = facts(stopped=stopped, quality="feasible", bound=float("-inf"), gap=float("nan"))
    write_workbook(path, tables, "zh", {}, unknown)
    said = cells(openpyxl.load_workbook(path)["总览"])
    assert "• 尚未证明成本下界：与最优方案的差距未知。" in said
    assert sum(text.startswith(("• 搜索", "• 求解器")) for text in said) == 1


def test_a_plan_without_worries_says_so(tmp_path: Path) -> None:
    net = network()
    net.places.safety[:] = 0
    net.demand.quantity[:] = 0
    net.demand.opening_backlog[:] = 0
    path = tmp_path / "plan.xlsx"
    write_workbook(path, build_tables(net, {}, facts()), "en", {}, facts())
    said = cells(openpyxl.load_workbook(path)["Summary"])
    assert "• Nothing: no shortage, no warning, all targets met." in said
    assert "Biggest shipments (the plan has no transfers)" in said


def test_warnings_beyond_the_first_are_counted(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    warned = facts(warnings=tuple(f"Warning number {n}." for n in range(8)))
    write_workbook(path, tables, "en", {}, warned)
    said = cells(openpyxl.load_workbook(path)["Summary"])
    assert "• Warning number 3." in said
    assert "• Warning number 4." not in said
    assert "• 4 more warnings in the sheet RunInfo." in said
