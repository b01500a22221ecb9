"""From the columns of a solved model to tables of decisions."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs import Settings
from tierstock.inputs.schema import schema


def decisions(m: pyo.ConcreteModel, values: NDArray[np.float64]) -> dict[str, pd.DataFrame]:
    """Return one table per variable family: its integer codes and ``value``.

    Args:
        m: model of ``tierstock.build``.
        values: [columns] solution, aligned with the model's columns.
    """
    return {
        family.local_name: pd.DataFrame(
            {**family.codes, "value": values[family.start : family.start + len(family)]}
        )
        for family in m.columns.families
    }


def settings_in_force(settings: Settings) -> Mapping[str, str]:
    """Return the settings the planner stated, as texts that read back to the same values."""
    known = {setting.name: setting for setting in schema().settings}
    return {
        name: _text(name, known[name].unit, getattr(settings, name))
        for name in sorted(settings.stated & known.keys())
    }


def _text(name: str, unit: str, value: object) -> str:
    if name == "objective_levels":
        return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if isinstance(value, tuple):
        return "/".join(f"{100 * part:.12g}%" for part in value)
    if isinstance(value, float):
        if name == "time_limit":
            return f"{value:.12g}s"
        return f"{100 * value:.12g}%" if unit in ("ratio", "%/year") else f"{value:.12g}"
    return str(value)
