"""A plan to start from: of an earlier solve, or what a results workbook tells of one."""

from collections.abc import Mapping
from os import fspath
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.model.keys import Keys, Level
from tierstock.solvers.restart import Start, positions

if TYPE_CHECKING:
    from tierstock.plan import Plan


class NoStart(ValueError):
    """There is no plan in what a search was to start from."""


SHEET = "VehicleUse"
COLUMNS = ("from", "to", "mode", "vehicle", "period", "trips")
"""Columns of the sheet that make up the trips."""


def start_of(m: Any, source: Any) -> Start:
    """Return what a plan says of the variables of a model, by family.

    Args:
        m: the model that is to be solved.
        source: a plan, the path of a results workbook (or of its folder of CSV files), or its
            sheets as DataFrames by English name. Of a workbook the trips count; what else is
            whole is found anew.

    Raises:
        NoStart: there is no plan in it (a ValueError).
        OSError: it cannot be read.
    """
    if hasattr(source, "keyed"):
        plan: Plan = source
        if plan.quality == "none":
            raise NoStart(f"There is no plan to start from (stopped: {plan.stopped}).")
        return plan.keyed
    frame = _frame(source) if isinstance(source, Mapping) else _read(fspath(source))
    if frame is None:
        raise NoStart(f"There is no sheet {SHEET} to start from; give a results workbook.")
    return _trips(m, frame)


def keyed(m: Any, values: NDArray[np.float64]) -> Start:
    """Return keys and values of each family of a solved model.

    Args:
        m: the model.
        values: [columns] the plan.
    """
    return {
        one.local_name: (one.key_list, values[one.start : one.start + len(one)])
        for one in m.columns.families
    }


def _fields() -> dict[str, str]:
    """Folded name of each column -> its field."""
    from tierstock.inputs.schema import fold, schema

    sheet = next(one for one in schema().outputs if one.name == SHEET)
    return {fold(word): c.field for c in sheet.columns for word in (c.name, c.zh, c.field)}


def _frame(sheets: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    from tierstock.inputs.schema import fold

    if SHEET not in sheets:
        return None
    fields = _fields()
    return _complete(sheets[SHEET].rename(columns=lambda name: fields.get(fold(str(name)), "")))


def _read(path: str) -> pd.DataFrame | None:
    from tierstock.inputs.findings import Findings
    from tierstock.inputs.reading.doors import open_door
    from tierstock.inputs.schema import fold, schema

    sheet = next(one for one in schema().outputs if one.name == SHEET)
    door = open_door(path, Findings("en"))
    names = () if door is None else door.names
    name = next((one for one in names if fold(one) in {fold(sheet.name), fold(sheet.zh)}), "")
    raw = door.load(name) if door is not None and name else None
    if raw is None or not raw.grid:
        return None
    fields = _fields()
    titles = [fields.get(fold(str(c).split("(")[0].split("（")[0]), "") for c in raw.grid[0]]
    return _complete(pd.DataFrame(raw.grid[1:], columns=titles, dtype=object))


def _complete(frame: pd.DataFrame) -> pd.DataFrame | None:
    return frame if set(COLUMNS) <= set(frame.columns) else None


def _trips(m: Any, frame: pd.DataFrame) -> Start:
    """Return the trips of a sheet; what it does not list in one of its periods is no trip."""
    family = m.component("trips")
    if family is None:
        return {}
    text = {name: frame[name].fillna("").astype(str) for name in COLUMNS[:-1]}
    plain = text["from"] + "→" + text["to"]
    with_mode = plain + " (" + text["mode"] + ")"
    lane = with_mode.where(with_mode.isin(m.names.lane.names), plain)
    levels, codes = [], []
    for column in (lane, text["vehicle"], text["period"]):
        code, names = pd.factorize(column)
        levels.append(Level(list(names)))
        codes.append(code)
    keys = family.key_list
    told = np.array([levels[-1].code(name) >= 0 for name in keys.levels[-1].names], dtype=bool)
    values = np.where(told[keys.codes[-1]], 0.0, np.nan)
    at = positions(keys, Keys(levels, codes))
    count = pd.to_numeric(frame["trips"], errors="coerce").fillna(0.0).to_numpy(dtype=np.float64)
    values[at[at >= 0]] = count[at >= 0]
    return {"trips": (keys, values)}
