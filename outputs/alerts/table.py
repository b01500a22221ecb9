"""The sheet ``Alerts``: every problem of a plan, how much money is at risk, and what to do."""

import csv
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints
from tierstock.inputs.schema import say
from tierstock.outputs.alerts.anomaly import anomalies
from tierstock.outputs.alerts.capacity import capacity
from tierstock.outputs.alerts.excess import excess
from tierstock.outputs.alerts.expiry import expiry
from tierstock.outputs.alerts.pairs import Pairs, find_pairs
from tierstock.outputs.alerts.scene import Advice, Found, Scene
from tierstock.outputs.alerts.short import late, stock_outs
from tierstock.outputs.alerts.slow import is_slow, slow
from tierstock.outputs.expand import named
from tierstock.outputs.words import tell

COLUMNS = (
    "Scenario",
    "Level",
    "Kind",
    "Location",
    "Product",
    "Period",
    "Quantity",
    "Money At Risk",
    "Suggestion",
)
KINDS = ("stock-out", "excess", "slow", "expiry", "capacity", "late", "anomaly")
"""Kinds of alerts, in the order in which they are told."""
LEVELS = ("high", "medium", "low")
"""Levels, worst first."""
MUCH = (1e-2, 1e-3)
"""Share of the total cost from which on an alert is high, and medium."""
REACHES = (0.5, 0.8)
"""Share of all money at risk up to which smaller ones are high, and medium, too …"""
LITTLE = (1e-3, 1e-4)
"""… if they hold at least this share of the total cost."""
CHOICES = {"kind": "capacity kind", "dimension": "dimension"}
"""Values of a sentence that are words of the dictionary."""


def find(scene: Scene, pairs: Pairs) -> list[Found]:
    """Return the alerts of every kind."""
    lazy = is_slow(scene)
    finders: tuple[Callable[[], Found], ...] = (
        lambda: stock_outs(scene, pairs),
        lambda: excess(scene, pairs, lazy),
        lambda: slow(scene, pairs, np.flatnonzero(lazy)),
        lambda: expiry(scene, pairs),
        lambda: capacity(scene),
        lambda: late(scene),
        lambda: anomalies(scene),
    )
    return [finder() for finder in finders]


def alerts(scene: Scene, language: str, scenario: str = "base") -> pd.DataFrame:
    """Return the sheet ``Alerts``, worst first: by level, then by money.

    Location, Product and Period are blank where an alert is about no single one; Period is the
    first one concerned. What counts for each kind, its quantity and its money stand in
    ``kinds.csv`` beside this module.

    Args:
        scene: the plan.
        language: ``en`` or ``zh``: language of the suggestions.
        scenario: text of the column Scenario.
    """
    found = find(scene, find_pairs(scene))
    net = scene.net
    kind = np.repeat(np.arange(len(KINDS)), [len(one.quantity) for one in found])
    location, product, period = (
        np.concatenate([getattr(one, name) for one in found])
        for name in ("location", "product", "period")
    )
    money = np.concatenate([one.money for one in found])
    amounts = scene.tables["Costs"]["Amount"].to_numpy(np.float64)
    level = levels(money, float(amounts[amounts > 0].sum()))
    frame = pd.DataFrame(
        {
            "Scenario": scenario,
            "Level": named(np.array(LEVELS, dtype=object), level),
            "Kind": named(np.array(KINDS, dtype=object), kind),
            "Location": named(net.locations.code, location),
            "Product": named(net.products.code, product),
            "Period": named(net.periods.id, period),
            "Quantity": np.concatenate([one.quantity for one in found]),
            "Money At Risk": money,
            "Suggestion": pd.Series(
                [spoken(one, language) for part in found for one in part.advice], dtype="str"
            ),
        },
        columns=list(COLUMNS),
    )
    order = np.lexsort((period, product, location, kind, -money, level))
    return frame.iloc[order].reset_index(drop=True)


def levels(money: Floats, cost: float) -> Ints:
    """Return the level of each alert, 0 = high.

    High is what holds a hundredth of the cost of the plan, or a thousandth and belongs to the
    largest alerts that hold half of all money at risk; medium a tenth of that, and four fifths.
    """
    order = np.argsort(-money, kind="stable")
    running = np.cumsum(money[order])
    before = np.zeros(len(money))
    before[order] = running - money[order]
    total = money.sum()
    level = np.full(len(money), len(MUCH), dtype=np.int64)
    for number in (1, 0):
        among = (before < REACHES[number] * total) & (money >= LITTLE[number] * cost)
        level[(money > 0) & (among | (money >= MUCH[number] * cost))] = number
    return level


def spoken(advice: Advice, language: str) -> str:
    """Return a suggestion in a language."""
    values = dict(advice.values)
    for name, kind in CHOICES.items():
        if name in values:
            values[name] = say(str(values[name]), language, kind)
    if "due" in values:
        due = values["due"]
        when = tell("in period", language, period=due) if due else None
        values["due"] = when or tell("after the horizon", language)
    return tell(advice.word, language, **values)


def kinds_of(frame: pd.DataFrame) -> dict[str, int]:
    """Return the number of alerts by kind; kinds without any are left out."""
    count = frame["Kind"].value_counts()
    return {kind: int(count[kind]) for kind in KINDS if kind in count}


@cache
def definitions() -> dict[str, dict[str, str]]:
    """Return kind -> what counts as one, its quantity and its money, in words by language."""
    text = files("tierstock.outputs.alerts").joinpath("kinds.csv").read_text(encoding="utf-8")
    return {row["kind"]: row for row in csv.DictReader(text.splitlines())}
