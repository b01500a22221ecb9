"""How soon, and over how many steps, goods that are somewhere can be elsewhere."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints
from tierstock.outputs.expand import Flows

SIDEWAYS = ("transfer", "return")
"""Kinds of lanes by which goods are not expected to go on."""
STEPS = 12
"""Steps at most that goods are followed."""


@dataclass(frozen=True)
class Reach:
    """Places that goods can reach in time, rows in the order of their starts, [R]."""

    begin: Ints
    """[S + 1] first row of each start."""
    place: Ints
    step: Ints
    """Number of steps to the place; 0 where they start."""
    when: Ints
    """First period in which they can be there."""
    share: Floats
    """Units that come of one unit."""
    steps: int
    """One more than the most steps."""


@dataclass(frozen=True)
class _Ways:
    """Lanes and recipes that goods can take, sorted by the place they leave, [W]."""

    begin: Ints
    """[N + 1] first way of each place."""
    sink: Ints
    soonest: Ints
    """[W, T] first period in which goods that are there in a period can have arrived."""
    share: Floats
    """[W, T] units that arrive for one that is there in a period."""


def reach_of(plan: Flows, place: Ints, period: Ints, wanted: Floats) -> Reach:
    """Return where goods can be in time for what is wanted.

    Args:
        plan: the plan.
        place: [S] where goods are.
        period: [S] since when; T or more for after the horizon.
        wanted: [N, T] units wanted; places without any from that time on are left out.
    """
    ways, (count, last) = _ways(plan), plan.size
    start = np.flatnonzero(period < last)
    new = pd.DataFrame(
        {"key": start * count + place[start], "when": period[start], "share": 1.0, "step": 0}
    )
    found = new
    for step in range(1, STEPS + 1):
        at, since = new["key"].to_numpy(np.int64), new["when"].to_numpy(np.int64)
        row, way = _onward(ways, at % count)
        when = ways.soonest[way, since[row]]
        share = new["share"].to_numpy(np.float64)[row] * ways.share[way, since[row]]
        key = at[row] // count * count + ways.sink[way]
        ok = (when < last) & (share > 0)
        more = {"key": key[ok], "when": when[ok], "share": share[ok], "step": step}
        both = pd.concat([found, pd.DataFrame(more)], ignore_index=True)
        first = both.sort_values(["key", "when", "step"], kind="stable").drop_duplicates("key")
        new = first[first["step"] == step]
        found = first
        if not len(new):
            break
    until = np.where(wanted > 0, np.arange(last), -1).max(axis=1, initial=-1)
    useful = until[found["key"].to_numpy(np.int64) % count] >= found["when"].to_numpy(np.int64)
    found = found[useful].sort_values("key")
    key, step = found["key"].to_numpy(np.int64), found["step"].to_numpy(np.int64)
    return Reach(
        np.searchsorted(key // count, np.arange(len(place) + 1)),
        key % count,
        step,
        found["when"].to_numpy(np.int64),
        found["share"].to_numpy(np.float64),
        int(step.max(initial=0)) + 1,
    )


def _onward(ways: _Ways, place: Ints) -> tuple[Ints, Ints]:
    """Return (row, way) for every way that leaves one of the places."""
    many = ways.begin[place + 1] - ways.begin[place]
    row = np.repeat(np.arange(len(place)), many)
    before = np.repeat(np.cumsum(many) - many, many)
    return row, ways.begin[place][row] + np.arange(len(row)) - before


def _ways(plan: Flows) -> _Ways:
    net, last = plan.net, plan.size[1]
    goods = net.goods
    k = np.flatnonzero(~np.isin(net.lanes.kind[goods.lane].astype(str), SIDEWAYS))
    source, sink = [goods.source[k]], [goods.sink[k]]
    arrives = [np.where(goods.allowed[k], plan.arrival[k], last)]
    share = [goods.arriving_share[k]]
    if net.production is not None:
        recipes, of = net.production.recipes, net.places.of
        into, out = net.production.inputs, net.production.outputs
        pairs = pd.DataFrame({"recipe": into.recipe, "into": np.arange(len(into.recipe))}).merge(
            pd.DataFrame({"recipe": out.recipe, "out": np.arange(len(out.recipe))}), on="recipe"
        )
        recipe, i, o = (pairs[name].to_numpy(np.int64) for name in ("recipe", "into", "out"))
        due = np.where(recipes.most > 0, np.arange(last) + recipes.lead, last)[recipe]
        each = out.units[o] / np.where(into.units[i] > 0, into.units[i], np.inf)
        source.append(net.production.place(of, into)[i])
        sink.append(net.production.place(of, out)[o])
        arrives.append(due)
        share.append(np.repeat(each[:, None], last, axis=1))
    leaves, comes = np.concatenate(source), np.concatenate(sink)
    order = np.argsort(leaves, kind="stable")
    order = order[(leaves[order] >= 0) & (comes[order] >= 0)]
    soonest = np.minimum(np.concatenate(arrives)[order], last)
    soonest = np.minimum.accumulate(soonest[:, ::-1], axis=1)[:, ::-1]
    return _Ways(
        np.searchsorted(leaves[order], np.arange(plan.size[0] + 1)),
        comes[order],
        soonest,
        np.concatenate(share)[order],
    )
