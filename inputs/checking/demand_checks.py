"""Demand that is missing, in all or at the end of the horizon."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import locate_names
from tierstock.inputs.network import Network


def check_horizon(network: Network, ground: Ground) -> None:
    """Warn where nothing is wanted at all, and of periods behind the last one with demand."""
    if ground.findings.errors:
        return
    table, last = ground.tables.table("Demand"), len(network.periods) - 1
    wanted = network.demand.quantity.any() or network.demand.opening_backlog.any()
    if not wanted:
        ground.findings.add("no-demand", table=table)
        return
    stated = ~np.isnan(table.frame["quantity"].to_numpy(np.float64))
    period = locate_names(network.periods, table.frame["period"].to_numpy(dtype=object)[stated])
    end = int(np.minimum(period, last).max(initial=-1))
    if 0 <= end < last:
        ground.findings.add(
            "demand-ends-early",
            table=table,
            last=network.periods.id[end],
            count=last - end,
            end=network.periods.id[last],
        )
