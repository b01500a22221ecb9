"""Periods in which whole numbers are kept (F36)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Flags, Network


def integral(network: Network, ground: Ground, links: Links) -> Flags | None:
    """Return the periods inside the integrality horizon, [T]; None where all are.

    ``Periods.Integer`` beats the setting in its period.
    """
    count = network.settings.integrality_horizon
    found = np.arange(len(network.periods)) < (len(network.periods) if count is None else count)
    frame = ground.tables.table("Periods").frame
    names = [str(name).strip() for name in frame["period"]]
    stated = dict(zip(names, frame["integer"].to_numpy(np.float64), strict=True))
    for at, name in enumerate(network.periods.id):
        flag = stated.get(str(name), np.nan)
        found[at] = found[at] if np.isnan(flag) else flag > 0
    return None if found.all() else found
