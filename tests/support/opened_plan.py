"""A results workbook of the plan solved by hand, written and opened again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from by_hand import facts

from tierstock.inputs.schema import schema
from tierstock.outputs.workbook import SHEETS, write_workbook

Tables = dict[str, pd.DataFrame]
Open = Callable[..., Any]

INPUT: Tables = {
    "Settings": pd.DataFrame(
        {"Setting": ["gap"], "Value": ["1%"], "Note": [""], "# Settings": ["gap"]}
    ),
    "Locations": pd.DataFrame({"Location": ["CDC", "007", "=R2"], "Tier": ["CDC", "RDC", ""]}),
    "Demand": pd.DataFrame(
        {"Product": ["A"], "2026-01-05": [12.5], "2026-01-12": ["x"]}, dtype=object
    ),
}
AUDIT = pd.DataFrame(
    {
        "Check": ["Stock identity", "Costs"],
        "Result": ["pass", "fail"],
        "Worst Violation": [0.0, 2.5],
        "Where": ["", "R1 · A"],
    }
)


def opener(tables: Tables, folder: Path) -> Open:
    """Return what writes these tables, some of them changed, and opens the workbook."""

    def write(language: str = "en", audit: pd.DataFrame | None = AUDIT, **changes: Any) -> Any:
        path = folder / f"plan.{language}.xlsx"
        write_workbook(path, {**tables, **changes}, language, INPUT, facts(), audit)
        return openpyxl.load_workbook(path)

    return write


def present(tables: Tables) -> list[str]:
    """Result sheets of the plan in their order; those of families it has not are left out."""
    return [name for name in SHEETS if name in tables or name == "Audit"]


def heading(name: str) -> str:
    return schema().sheet(name).heading("zh")


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def cells(sheet: Any) -> list[str]:
    return [str(cell) for row in values(sheet) for cell in row if cell is not None]
