"""A results workbook as it lies on the disk: its sheets in English, read with code of its own."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

INPUTS = Path(__file__).parents[2] / "inputs"
COPIES = ("In ", "输入 ")
KINDS = {
    ("Shipments", "Kind"): "lane kind",
    ("Shipments", "Status"): "result status",
    ("Costs", "Cost Bucket"): "cost",
    ("Costs", "Tier"): "tier",
    ("CapacityUse", "Kind"): "capacity kind",
    ("CapacityUse", "Dimension"): "dimension",
    ("Bullwhip", "Tier"): "tier",
    ("Alerts", "Level"): "result status",
    ("Alerts", "Kind"): "result status",
    ("Actions", "Action"): "result status",
    ("SlowMovers", "Action"): "result status",
    ("Service", "Stock Out"): "setting choice",
}
"""Columns whose words are translated, and what kind of words they are."""


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a dictionary file of the inputs."""
    return list(csv.DictReader((INPUTS / name).read_text(encoding="utf-8-sig").splitlines()))


@cache
def english(kind: str) -> dict[str, str]:
    """Return word in either language -> English word; that of a kind goes before others."""
    rows = rows_of("choices.csv")
    mine = [row for row in rows if row["kind"] != kind] + [r for r in rows if r["kind"] == kind]
    return {row[one]: row["word"] for row in mine for one in ("word", "zh")}


def bare(heading: object) -> str:
    """Return a heading without its unit."""
    return re.sub(r"\s*\((?!S\)).*\)$", "", str(heading)).strip()


class Book:
    """The sheets of a results workbook by English name; ``front`` is Summary above its table."""

    def __init__(self, path: Path) -> None:
        self.sheets: dict[str, pd.DataFrame] = {}
        self.inputs: dict[str, pd.DataFrame] = {}
        titles = {
            row[one]: row["sheet"] for row in rows_of("sheets.csv") for one in ("sheet", "zh")
        }
        grids = pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine="calamine")
        for title, grid in grids.items():
            start = next((one for one in COPIES if str(title).startswith(one)), "")
            name = titles.get(str(title).removeprefix(start))
            if name == "Summary":
                self._summary(grid)
            elif name is not None:
                found = self.inputs if start else self.sheets
                found[name] = self._frame(name, grid)

    def _summary(self, grid: pd.DataFrame) -> None:
        heads = self._heads("Summary")
        known = grid.apply(lambda row: sum(bare(cell) in heads for cell in row), axis=1)
        top = int(known.to_numpy().argmax())
        self.front: list[list[Any]] = grid.iloc[:top].to_numpy(dtype=object).tolist()
        self.sheets["Summary"] = self._frame("Summary", grid.iloc[top:, 1:])

    @staticmethod
    def _heads(sheet: str) -> dict[str, str]:
        mine = [row for row in rows_of("schema.csv") if row["sheet"] == sheet]
        return {row[one]: row["column"] for row in mine for one in ("column", "zh")}

    def _frame(self, name: str, grid: pd.DataFrame) -> pd.DataFrame:
        types = {
            row["column"]: row["type"] for row in rows_of("schema.csv") if row["sheet"] == name
        }
        grid = grid.loc[:, grid.iloc[0].notna()]
        heads, top = self._heads(name), [bare(cell) for cell in grid.iloc[0]]
        frame = grid.iloc[1:].reset_index(drop=True)
        frame.columns = pd.Index([heads.get(one, one) for one in top])
        for column in frame.columns:
            kind = KINDS.get((name, column))
            if kind is not None:
                frame[column] = frame[column].map(lambda one, k=kind: english(k).get(one, one))
            if types.get(str(column), "number") in ("number", "integer"):
                numbers = pd.to_numeric(frame[column], errors="coerce")
                if numbers.notna().sum() == frame[column].notna().sum() and numbers.notna().any():
                    frame[column] = numbers.astype(float)
            elif types[str(column)] not in ("date", "text/date"):
                frame[column] = frame[column].map(str, na_action="ignore")
        return frame

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.sheets.get(name, pd.DataFrame())

    def numbers(self, sheet: str, column: str) -> np.ndarray:
        """Return a column of numbers, 0 where blank; nothing where there is no such column."""
        frame = self[sheet]
        if column not in frame:
            return np.zeros(len(frame))
        return frame[column].fillna(0.0).to_numpy(float)

    def fact(self, item: str, zh: str) -> float:
        """Return a number of RunInfo, not a number where it is blank or missing."""
        info = self["RunInfo"]
        found = info.loc[info["Item"].isin([item, zh]), "Value"]
        return float(found.iloc[0]) if len(found) and pd.notna(found.iloc[0]) else np.nan

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting as the input or RunInfo states it."""
        rows = self.inputs.get("Settings", pd.DataFrame(columns=["Setting", "Value"]))
        zh = {row["setting"]: row["zh"] for row in rows_of("settings.csv")}[name]
        found = rows.loc[rows["Setting"].isin([name, zh]), "Value"]
        return str(found.iloc[0]) if len(found) and pd.notna(found.iloc[0]) else default
