"""The sheet ``Summary``: key figures and the cost split, with definitions in words."""

import numpy as np
import pandas as pd

from tierstock.outputs.costs import TERMS
from tierstock.outputs.kpi import Figures, about, kpis

COLUMNS = ("Scenario", "KPI", "Value", "Unit", "Definition")
BEFORE = ("Baseline", "Change", "Change %")
"""Columns that hold a plan against its baseline, behind Value."""
COST = "Cost: "
"""What the name of a cost term begins with."""
COST_WORDS = "Sum of the cost bucket in the sheet Costs"
"""Definition of every cost term."""


def summary(figures: Figures, scenario: str, baseline: Figures | None = None) -> pd.DataFrame:
    """Return the sheet ``Summary`` in English: the key figures, then the cost terms in use.

    Values are numbers in their unit (ratios 0 to 1), not a number where nothing can be said:
    a fill rate without demand, say. With a baseline every figure is computed for both sides by
    the same formula; Change = Value - Baseline, Change % its share of the baseline, not a number
    where that is 0.
    """
    words, currency = about(), figures.facts.currency
    sides = [figures] if baseline is None else [figures, baseline]
    shown = kpis(sides)
    terms = [
        term for term in TERMS if term != "revenue" and any(side.costs[term] != 0 for side in sides)
    ]
    values = [
        [each[side] for _, each in shown.values()] + [one.costs[term] for term in terms]
        for side, one in enumerate(sides)
    ]
    frame = pd.DataFrame(
        {
            "Scenario": scenario,
            "KPI": [*shown, *(COST + term for term in terms)],
            "Value": values[0],
            "Unit": [words[name]["unit"] for name, _ in shown.values()] + ["money"] * len(terms),
            "Definition": [words[name]["definition_en"] for name, _ in shown.values()]
            + [COST_WORDS] * len(terms),
        }
    )
    frame["Unit"] = frame["Unit"].replace("money", currency)
    if baseline is None:
        return frame[list(COLUMNS)]
    before = np.array(values[1])
    frame["Baseline"] = before
    frame["Change"] = frame["Value"] - before
    frame["Change %"] = frame["Change"] / np.where(before == 0, np.nan, np.abs(before))
    return frame[[*COLUMNS[:3], *BEFORE, *COLUMNS[3:]]]
