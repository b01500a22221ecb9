"""The sheet ``Summary``: key figures and the cost split, with definitions in words."""

import pandas as pd

from tierstock.outputs.costs import TERMS
from tierstock.outputs.kpi import KPIS, OF_PROFIT, SHOWN, Figures, about

COLUMNS = ("Scenario", "KPI", "Value", "Unit", "Definition")
COST = "Cost: "
"""What the name of a cost term begins with."""
COST_WORDS = "Sum of the cost bucket in the sheet Costs"
"""Definition of every cost term."""


def summary(figures: Figures, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Summary`` in English: the key figures, then the cost terms in use.

    Values are numbers in their unit (ratios 0 to 1), not a number where nothing can be said:
    a fill rate without demand, say.
    """
    words, currency = about(), figures.facts.currency
    rows = [
        (scenario, name, function(figures), words[name]["unit"], words[name]["definition_en"])
        for name, function in KPIS.items()
        if figures.facts.earns or name not in OF_PROFIT
        if name not in SHOWN or SHOWN[name](figures.plan.net)
    ]
    rows += [
        (scenario, COST + term, figures.costs[term], "money", COST_WORDS)
        for term in TERMS
        if figures.costs[term] != 0 and term != "revenue"
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["Unit"] = frame["Unit"].replace("money", currency)
    return frame
