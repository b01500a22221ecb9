"""Limits that are full, or exceeded."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import DIMENSIONS, Floats, Ints
from tierstock.outputs.alerts.scene import FEW, Advice, Found, Scene, codes
from tierstock.outputs.use import limits_of
from tierstock.outputs.words import percent, units

BUDGETS = ("capital", "spend", "freight", "carbon", "moves", "cash")
"""Kinds of CapacityUse that are money or counts: told only where exceeded."""
LIMIT = ("Location", "Zone", "From", "Kind", "Dimension")


def capacity(scene: Scene) -> Found:
    """Limits used to ``full`` in at least ``full_periods`` periods, or exceeded in one.

    Quantity is the largest use, in the dimension of the limit; money is what the use beyond the
    limit costs: extra capacity of places, overtime of resources.
    """
    use = scene.tables["CapacityUse"].reset_index(drop=True)
    limit, used = (use[name].to_numpy(np.float64) for name in ("Limit", "Used"))
    extra = use["Extra"].to_numpy(np.float64)
    budget = use["Kind"].isin(BUDGETS).to_numpy()
    over = np.where(
        (use["Kind"] == "cash").to_numpy(),
        extra > FEW,
        (used - limit > FEW * np.maximum(limit, 1.0)) | (extra > FEW),
    )
    full = over | (~budget & (limit > 0) & (used >= scene.limits.full * limit))
    group = limits_of(use)
    groups = int(group.max(initial=-1)) + 1
    count = np.bincount(group, full, groups)
    told = (count >= scene.limits.full_periods) | (np.bincount(group, over, groups) > 0)
    period = scene.periods(use)
    rows = np.flatnonzero(full & told[group])
    rows = rows[np.lexsort((period[rows], group[rows]))]
    of, start = np.unique(group[rows], return_index=True)
    share = np.divide(used, limit, out=np.zeros(len(use)), where=limit > 0)
    rank = np.where(over, np.inf, share)
    worst = rows[np.lexsort((-rank[rows], group[rows]))][start]
    cost = np.zeros(groups)
    np.add.at(cost, group, _cost(scene, use, period, extra))
    begins = rows[start]
    place = use["Location"].where(use["Location"] != "", use["From"]).iloc[begins]
    advice = [_advice(use, int(row), int(many)) for row, many in zip(worst, count[of], strict=True)]
    nothing = np.full(len(of), -1, dtype=np.int64)
    where = codes(scene.net.locations.code, place)
    return Found("capacity", where, nothing, period[begins], used[worst], cost[of], advice)


def _advice(use: pd.DataFrame, row: int, periods: int) -> Advice:
    """Name the limit, how full it is, and what to change."""
    found = use.iloc[row]
    ends = "→".join(end for end in (found["From"], found["To"]) if end)
    name = found["Location"] or ends
    if found["Kind"] in ("line", "fleet", *BUDGETS) and found["From"]:
        name = found["From"]
    zone = "" if found["Zone"] in ("", "*") else f" {found['Zone']}"
    values: dict[str, object] = {
        "limit": f"{name}{zone}",
        "kind": found["Kind"],
        "used": units(found["Used"]),
        "most": units(found["Limit"]),
        "dimension": found["Dimension"],
        "share": percent(found["Used"] / found["Limit"]) if found["Limit"] > 0 else "–",
        "period": found["Period"],
        "count": periods,
    }
    over = found["Used"] > found["Limit"] * (1 + FEW) or found["Extra"] > FEW
    if found["Kind"] == "cash":
        return Advice("do cash", values)
    if found["Kind"] in BUDGETS:
        return Advice("do budget", values)
    return Advice("do over" if over else "do full", values)


def _cost(scene: Scene, use: pd.DataFrame, period: Ints, extra: Floats) -> Floats:
    """Money of what each row uses beyond its limit."""
    prices: dict[tuple[str, ...], tuple[Floats, int]] = {}
    net = scene.net
    for row in range(len(net.capacity)):
        at, dimension = net.capacity.location[row], DIMENSIONS[net.capacity.dimension[row]]
        kind, zone = str(net.capacity.kind[row]), str(net.capacity.zone[row])
        prices[str(net.locations.code[at]), zone, "", kind, dimension] = (
            net.capacity.extra_cost,
            row,
        )
    if net.production is not None:
        resources = net.production.resources
        for row in range(len(resources)):
            at = str(net.locations.code[resources.location[row]])
            prices[at, "", str(resources.code[row]), "line", "h"] = resources.overtime_cost, row
    money = np.zeros(len(use))
    for i in np.flatnonzero(extra > FEW).tolist():
        found = use.iloc[i]
        key = tuple(str(found[k]) for k in LIMIT)
        if key in prices:
            price, row = prices[key]
            money[i] = float(price[row, period[i]]) * extra[i]
    return money
