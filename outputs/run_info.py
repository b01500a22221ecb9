"""The sheet ``RunInfo``: how the plan was made, so that it can be made again."""

import math

import pandas as pd

from tierstock.outputs.facts import RunFacts

COLUMNS = ("Item", "Value")


def plain(number: float) -> str:
    """Return a number as text, full precision and no trailing zeros; blank if not finite."""
    return f"{number:.15g}" if math.isfinite(number) else ""


def run_info(facts: RunFacts) -> pd.DataFrame:
    """Return the sheet ``RunInfo``: items and their values as text.

    Items of a group read ``Seconds: solve``, ``Size: columns``, ``Setting: gap``, ``Warning 1``,
    ``Note 1``.
    """
    rows = [
        ("Model", facts.name),
        ("First day", facts.first_day),
        ("Last day", facts.last_day),
        ("Currency", facts.currency),
        ("Objective", plain(facts.objective)),
        ("Bound", plain(facts.bound)),
        ("Gap", plain(facts.gap)),
        ("Asked gap", plain(facts.asked_gap)),
        ("Stopped", facts.stopped),
        ("Quality", facts.quality),
        ("Solver", facts.solver),
        ("Solver version", facts.solver_version),
        ("Tierstock version", facts.version),
        ("Input hash", facts.input_hash),
    ]
    rows += [(f"Seconds: {phase}", f"{took:.2f}") for phase, took in facts.seconds.items()]
    rows += [(f"Size: {part}", str(count)) for part, count in facts.size.items()]
    rows += [(f"Setting: {name}", value) for name, value in facts.settings.items()]
    rows += [(f"Warning {n}", text) for n, text in enumerate(facts.warnings, 1)]
    rows += [(f"Note {n}", text) for n, text in enumerate(facts.notes, 1)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
