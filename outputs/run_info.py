"""The sheet ``RunInfo``: how the plan was made, so that it can be made again."""

import math

import pandas as pd

from tierstock.outputs.facts import RunFacts

MONEY, SHARES = ("Objective", "Bound"), ("Gap", "Asked gap")
"""Items that are amounts of money and shares."""


def known(number: float) -> float | str:
    """Return a number; blank where it is not finite."""
    return number if math.isfinite(number) else ""


def run_info(facts: RunFacts) -> pd.DataFrame:
    """Return the sheet ``RunInfo``: items and their values; figures are numbers, the rest is text.

    Of a lexicographic objective every level tells its value, its bound and its gap. Money, shares
    (0.01 = 1 %), seconds and sizes are figures; a setting is the text that reads
    back to it. Items of a group read ``Seconds: solve``, ``Size: columns``, ``Setting: gap``,
    ``Warning 1``, ``Note 1``.
    """
    rows: list[tuple[str, str | float]] = [
        ("Model", facts.name),
        ("First day", facts.first_day),
        ("Last day", facts.last_day),
        ("Currency", facts.currency),
        ("Objective", known(facts.objective)),
        ("Bound", known(facts.bound)),
        ("Gap", known(facts.gap)),
        ("Asked gap", known(facts.asked_gap)),
        ("Stopped", facts.stopped),
        ("Quality", facts.quality),
        ("Solver", facts.solver),
        ("Solver version", facts.solver_version),
        ("Tierstock version", facts.version),
        ("Input hash", facts.input_hash),
    ]
    for level in facts.levels:
        rows += [
            (f"Level: {level.name}", known(level.value)),
            (f"Level bound: {level.name}", known(level.bound)),
            (f"Level gap: {level.name}", known(level.gap)),
        ]
    rows += [(f"Seconds: {phase}", float(took)) for phase, took in facts.seconds.items()]
    rows += [(f"Size: {part}", int(count)) for part, count in facts.size.items()]
    rows += [(f"Setting: {name}", value) for name, value in facts.settings.items()]
    rows += [(f"Warning {n}", text) for n, text in enumerate(facts.warnings, 1)]
    rows += [(f"Note {n}", text) for n, text in enumerate(facts.notes, 1)]
    items, values = zip(*rows, strict=True)
    return pd.DataFrame(
        {"Item": pd.Series(items, dtype="str"), "Value": pd.Series(values, dtype="object")}
    )
