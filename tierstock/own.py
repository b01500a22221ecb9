"""What a consultant added to a model, as tables beside those of the plan."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.model import ArrayObjective, ArrayVar

COSTS = "costs"
"""Name of the table of own cost terms."""


def own_objective(m: pyo.ConcreteModel) -> bool:
    """Return whether the objective is not, or not only, that of ``tierstock.build``."""
    active = m.component_data_objects(pyo.Objective, active=True, descend_into=True)
    changed = not all(isinstance(one, ArrayObjective) and not one.custom for one in active)
    return changed or bool(m.own_costs.entries or m.own_costs.constants)


def own_results(m: pyo.ConcreteModel, values: NDArray[Any]) -> Mapping[str, pd.DataFrame]:
    """Return one table per own variable, by its name, and one of the own cost terms.

    Args:
        m: model with the values of the plan on its variables.
        values: [columns] the same values in the order of the columns.

    Returns:
        Name -> ``Index 1``, ``Index 2``, ... and ``Value``; ``costs`` -> ``Cost Bucket`` and
        ``Amount``. A name that something of tierstock has as well cannot occur.
    """
    found = {}
    for name in m.own_families:
        family = m.component(name)
        there = values[family.start : family.start + len(family)]
        found[name] = _table(family.key_list, there.tolist())
    for variable in m.component_objects(pyo.Var, descend_into=True):
        if not isinstance(variable, ArrayVar):
            found[variable.name] = _table(variable, [one.value for one in variable.values()])
    terms = m.own_costs.by_term(values)
    if terms:
        columns = ["Cost Bucket", "Amount"]
        found[COSTS] = pd.DataFrame(list(terms.items()), columns=columns)
    return found


def _table(keys: Iterable[Any], values: list[Any]) -> pd.DataFrame:
    rows = [key if isinstance(key, tuple) else () if key is None else (key,) for key in keys]
    width = max(map(len, rows), default=0)
    frame = pd.DataFrame(rows, columns=[f"Index {n + 1}" for n in range(width)])
    return frame.assign(Value=values)
