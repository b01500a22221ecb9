"""What a previous plan leaves at its end: the target of the terminal rule ``baseline`` (F26)."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.places import Pairs, find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Texts
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.schema import fold, schema
from tierstock.inputs.settings import Settings

SHEET = "Inventory"
COUNTED = ("closing", "in_transit")
"""Columns that make up what is left at the end of the last period."""


def beside(source: object, name: str) -> Path:
    """Where a file named in a setting is: beside the input, else where the command is given."""
    path = Path(name)
    if not path.is_absolute() and isinstance(source, str) and source:
        near = Path(source).absolute().parent / path
        return near if near.exists() else path
    return path


def located(settings: Settings, source: object) -> Settings:
    """The settings with the whole path of the previous plan, wherever the input is read next."""
    if not settings.previous_plan:
        return settings
    path = beside(source, settings.previous_plan).absolute()
    return replace(settings, previous_plan=str(path))


def previous_end(
    settings: Settings,
    pairs: Pairs,
    locations: Texts,
    products: Texts,
    findings: Findings,
) -> Floats | None:
    """Units the previous plan leaves at each place, stock and under way, [N]; None without one.

    Args:
        settings: ``previous_plan`` names its results workbook, or its folder of CSV files.
        pairs: the places.
        locations: [L] codes.
        products: [P] codes.
        findings: takes what is wrong with the file.
    """
    if not settings.previous_plan:
        return None
    door = open_door(settings.previous_plan, findings)
    if door is None:
        return None
    sheet = schema().sheet(SHEET)
    known = {fold(sheet.name), fold(sheet.zh)}
    name = next((name for name in door.names if fold(name) in known), "")
    raw = door.load(name) if name else None
    frame = None if raw is None or not raw.grid else _last_rows(raw.grid)
    if frame is None:
        findings.add("previous-plan-empty", sheet="Settings", value=settings.previous_plan)
        return None
    place = pairs.at(
        find(locations, frame["location"].to_numpy(dtype=object)),
        find(products, frame["product"].to_numpy(dtype=object)),
    )
    left = np.zeros(len(pairs))
    inside = place >= 0
    np.add.at(left, place[inside], frame["left"].to_numpy(dtype=np.float64)[inside])
    return left


def _last_rows(grid: list[list[object]]) -> pd.DataFrame | None:
    """Location, product and units left of the last row of each; None without the columns."""
    sheet = schema().sheet(SHEET)
    named = {fold(word): c.field for c in sheet.columns for word in (c.name, c.zh, c.field)}
    headings = [named.get(fold(str(cell).split("(")[0].split("（")[0]), "") for cell in grid[0]]
    if not {"location", "product", *COUNTED} <= set(headings):
        return None
    frame = pd.DataFrame(grid[1:], columns=headings, dtype=object)
    frame = frame.drop_duplicates(["location", "product"], keep="last")
    units = [pd.to_numeric(frame[name], errors="coerce").fillna(0.0) for name in COUNTED]
    codes = {name: frame[name].astype(str) for name in ("location", "product")}
    return pd.DataFrame({**codes, "left": units[0] + units[1]})
