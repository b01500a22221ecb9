"""Which locations are open, what that costs, and what passes through them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats
from tierstock.outputs.charge import Charge, grid, nowhere
from tierstock.outputs.expand import Flows, add_up, named

COLUMNS = ("Scenario", "Location", "Period", "Open", "Fixed Cost", "Throughput")


def _open(plan: Flows) -> Floats:
    """Return [X, T] 1 where a location that may open or close is open."""
    assert plan.net.sites is not None
    return np.where(plan.closed[plan.net.sites.location], 0.0, 1.0)


def site_charges(plan: Flows) -> Iterator[Charge]:
    """site opening and closing once, where open changes; site fixed per open period."""
    sites = plan.net.sites
    if sites is None:
        return
    now = _open(plan)
    change = np.diff(now, axis=1, prepend=sites.open_before[:, None].astype(float))
    where = sites.location, nowhere(sites.location)
    yield grid("site opening", *where, sites.open_cost[:, None] * np.maximum(change, 0.0))
    yield grid("site closing", *where, sites.close_cost[:, None] * np.maximum(-change, 0.0))
    yield grid("site fixed", *where, sites.fixed_cost[:, None] * now)


def throughput(plan: Flows) -> Floats:
    """Return [L, T] units that leave a location: shipped, open orders that leave, issued."""
    out = plan.shipped + plan.order_out + plan.issued
    period = np.broadcast_to(np.arange(plan.size[1]), plan.size)
    location = np.broadcast_to(plan.net.places.location[:, None], plan.size)
    size = len(plan.net.locations), plan.size[1]
    return add_up(size, location.ravel(), period.ravel(), out.ravel())


def site_results(plan: Flows, scenario: str) -> pd.DataFrame | None:
    """Return the sheet ``SiteResults``: one row per location that may open or close and period.

    Fixed Cost is what is charged in the period; Throughput is all that leaves the location, in
    units. None without such locations.
    """
    sites, last = plan.net.sites, plan.size[1]
    if sites is None:
        return None
    now = _open(plan)
    frame = {
        "Scenario": scenario,
        "Location": named(plan.net.locations.code, np.repeat(sites.location, last)),
        "Period": named(plan.net.periods.id, np.tile(np.arange(last), len(sites))),
        "Open": np.where(now.ravel() > 0, "Y", "N"),
        "Fixed Cost": (sites.fixed_cost[:, None] * now).ravel(),
        "Throughput": throughput(plan)[sites.location].ravel(),
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
