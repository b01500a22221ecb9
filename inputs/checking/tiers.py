"""Lanes against the flow of goods: a store that replenishes a supplier."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.selecting.selectors import EXACT

ORDER = ("supplier", "plant", "CDC", "RDC", "store", "ecom", "customer")
LEVEL = {"ecom": 4, "customer": 5}
"""Tiers in the order of the flow; a shop on the web stands beside the stores."""


def check_tiers(ground: Ground, links: Links) -> None:
    """Warn at rows of Lanes that lead from a later tier to an earlier one as if to replenish it.

    Only rows that name both ends by their codes are told: a selector over all places may well hold
    some pairs against the flow.
    """
    pairs, table = links.pairs, ground.tables.table("Lanes")
    tier = ground.sites.locations.tier
    level = np.array([LEVEL.get(one, ORDER.index(one) if one in ORDER else -1) for one in tier])
    known = (level[pairs.origin] >= 0) & (level[pairs.destination] >= 0)
    stated = table.frame["kind"].to_numpy(dtype=object)[pairs.row]
    against = known & (level[pairs.origin] > level[pairs.destination])
    against &= np.isin(stated, ("", "replenish")) & (pairs.rank == 4 * EXACT)
    rows, first = np.unique(pairs.row[against], return_index=True)
    for row, at in zip(rows, np.flatnonzero(against)[first], strict=True):
        ground.findings.add(
            "lane-upstream",
            table=table,
            index=int(row),
            field="from",
            origin=tier[pairs.origin[at]],
            destination=tier[pairs.destination[at]],
        )
