"""Shortages that a move serves and does not end: how much is missing, when, and why."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Floats, Ints, Texts
from tierstock.outputs.actions.moves import Moves
from tierstock.outputs.alerts.scene import Scene

FEW = 1e-3
"""Units whose lack is not worth a word."""
SENT = ("buy", "replenish", "transfer", "return", "expedite")
"""Actions that bring goods from elsewhere."""


@dataclass(frozen=True)
class Served:
    """What stays short where moves bring goods, [M]."""

    units: Floats
    """Units that are short; 0 for none."""
    period: Ints
    """Period in which they are; -1 for none."""
    cause: Texts
    """Cause of the largest of these shortages, as in ``Service.Cause``; blank for none."""


def served(scene: Scene, moves: Moves) -> Served:
    """Return what the plan leaves short in the period in which a move arrives, else just before it.

    Args:
        scene: the plan as tables.
        moves: moves of it.
    """
    service = scene.tables["Service"]
    told = service[service["Cause"] != ""]
    missing = told["Demand"].to_numpy(np.float64) - told["On Time"].to_numpy(np.float64)
    place, period = scene.places(told), scene.periods(told)
    short = scene.grid(place, period, missing)
    cause = np.full(scene.size, "", dtype=object)
    rising = np.argsort(missing, kind="stable")
    cause[place[rising], period[rising]] = told["Cause"].to_numpy(object)[rising]
    sink, arrive = moves.ints("sink"), moves.ints("arrive")
    brought = moves.rows["action"].isin(SENT).to_numpy() & (sink >= 0) & (arrive < scene.size[1])
    units, when = np.zeros(len(moves)), np.full(len(moves), -1, dtype=np.int64)
    for back in (1, 0):
        row = np.flatnonzero(brought & (arrive >= back))
        at = arrive[row] - back
        missed = short[sink[row], at]
        lacks = missed > FEW
        units[row[lacks]], when[row[lacks]] = missed[lacks], at[lacks]
    words = np.where(when >= 0, cause[np.maximum(sink, 0), when], "")
    return Served(units, when, words.astype(object))
