"""The row of Capacity behind a limit of the network."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.limits import WHOLE_SITE
from tierstock.inputs.assembly.physical import dimension_numbers
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Network


def limit_row(network: Network, ground: Ground, number: int, period: int) -> int:
    """Return the row that states a limit in a period; of several that hold, the tightest.

    Args:
        network: the network.
        ground: gives the sheet.
        number: the limit.
        period: a period in which it holds.
    """
    capacity, table, catalog = network.capacity, ground.tables.table("Capacity"), ground.catalog
    zone = capacity.zone[[number]]
    whole = np.isin(table.frame["zone"].to_numpy(dtype=object), ("", WHOLE_SITE))
    same: Flags = whole == (zone[0] == WHOLE_SITE)
    same &= (table.frame["kind"] == capacity.kind[number]).to_numpy()
    same &= dimension_numbers(table, "dimension") == capacity.dimension[number]
    meant = {"location": int(capacity.location[number]), "period": period}
    if zone[0] != WHOLE_SITE:
        meant["zone"] = int(catalog.positions("zone", zone)[0])
    for field, at in meant.items():
        ranks = catalog.ranks(field, table, field, Findings())
        same[[row for row in np.flatnonzero(same) if not ranks.mask(int(row))[at]]] = False
    rows = np.flatnonzero(same)
    limits = np.nan_to_num(table.frame["limit"].to_numpy(np.float64)[rows], nan=np.inf)
    return int(rows[limits.argmin()])
