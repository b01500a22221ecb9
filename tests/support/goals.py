"""Figures of the goals of reliability, gathered for the table of ``scripts/reliability.py``.

A proof ends with ``reached(5, "0 wrong of 500", wrong == 0)``: the figure is printed, kept where
the variable ``TIERSTOCK_FIGURES`` names a file, and the test fails when the goal is missed.
"""

import json
import os
from pathlib import Path


def reached(goal: int, figure: str, met: bool) -> None:
    """Tell the figure measured for a goal, and fail when it misses the goal.

    Args:
        goal: number of the row in the table of goals, see ``docs/reliability.md``.
        figure: what was measured, in words a reader understands alone.
        met: whether the goal is met.
    """
    print(f"\ngoal {goal}: {figure}")
    if path := os.environ.get("TIERSTOCK_FIGURES"):
        line = {"goal": goal, "figure": figure, "met": bool(met)}
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    assert met, f"goal {goal} is missed: {figure}"
