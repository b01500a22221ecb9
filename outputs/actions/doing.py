"""Actions as moves that can be replayed."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats
from tierstock.outputs.actions.moves import Moves
from tierstock.outputs.expand import Flows, named
from tierstock.outputs.production import runs_of
from tierstock.outputs.purchases import start_of
from tierstock.outputs.simulate import Extra

KEYS = ("Action", "From", "To", "Product", "Do By")


def extra_of(plan: Flows, moves: Moves, rows: pd.DataFrame) -> Extra:
    """Return what some rows of the sheet ``Actions`` send, buy and make.

    Args:
        plan: the plan.
        moves: its moves.
        rows: rows of the sheet; what is neither sent, bought nor made is left out.
    """
    net = plan.net
    known = pd.MultiIndex.from_arrays(
        [
            moves.rows["action"].astype(str),
            named(net.locations.code, moves.ints("origin")),
            named(net.locations.code, moves.ints("to")),
            named(net.products.code, moves.ints("product")),
            pd.to_datetime(start_of(net.periods, moves.ints("period"))),
        ]
    )
    asked = known.isin(pd.MultiIndex.from_frame(rows[list(KEYS)]))
    parts = moves.parts[moves.parts["move"].isin(np.flatnonzero(asked))]
    runs = runs_of(plan)
    made = np.zeros((0, len(net.periods))) if runs is None else runs.made
    return Extra(
        _grid(plan.flow, parts, "flow"),
        _grid(plan.purchase, parts, "purchase"),
        _grid(made, parts, "make"),
    )


def _grid(planned: Floats, parts: pd.DataFrame, family: str) -> Floats:
    """Return what the plan decides in the cells of some parts; nothing elsewhere."""
    mine = parts[parts["family"] == family]
    at = mine["code"].to_numpy(np.int64), mine["period"].to_numpy(np.int64)
    found = np.zeros(planned.shape)
    found[at] = planned[at]
    return found
