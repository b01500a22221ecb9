"""The moves of a plan that are due first: what is bought, made, sent, cancelled or added."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints, Texts
from tierstock.outputs.expand import NOISE, Flows

WINDOW = np.timedelta64(7, "D")
"""Periods that begin within so many days of the first one are planned to be acted on now."""
KEYS = ("action", "origin", "to", "product", "period", "source", "sink", "order")
"""What tells one move from another; ``order`` is also the limit of extra capacity."""
EXTRA, SITE = "extra capacity", "open site"
"""Actions that are shown as ``open``."""


@dataclass(frozen=True)
class Moves:
    """Moves as rows, [M]; codes of the network, -1 where there is none."""

    rows: pd.DataFrame
    """Columns ``action`` (word), ``origin`` and ``to`` (locations), ``product``, ``period`` (in
    which it leaves, is ordered or released), ``arrive`` (T and more after the horizon), ``source``
    and ``sink`` (places), ``order`` (open order cancelled), ``units``, ``arriving`` (units that
    come of them), ``value`` (money at standard cost, of extra capacity what it costs)."""
    parts: pd.DataFrame
    """What the moves are decided by, several rows each: ``move`` (row), ``family`` (name of the
    variable), ``code`` (goods, supply, recipe, order or limit) and ``period`` (-1 for none)."""
    until: int
    """Number of periods looked at."""
    later: int
    """Moves behind them."""
    later_value: float
    """Their value, money."""

    def __len__(self) -> int:
        return len(self.rows)

    def ints(self, column: str) -> Ints:
        """Return a column of codes, [M]."""
        return self.rows[column].to_numpy(np.int64)

    def floats(self, column: str) -> Floats:
        """Return a column of amounts, [M]."""
        return self.rows[column].to_numpy(np.float64)


def moves_of(plan: Flows) -> Moves:
    """Return the moves that are due first, one for each action, from, to, product and period.

    What leaves in the periods that begin within a week of the first day; where nothing does, up
    to the first period in which anything leaves. A planner plans again before the rest is due.
    """
    every = pd.concat([*_found(plan)], ignore_index=True)
    periods = plan.net.periods
    start = periods.start.astype("datetime64[D]")
    until = max(1, int((start < start[0] + WINDOW).sum()))
    first = int(every["period"].clip(lower=0).min()) if len(every) else 0
    until = max(until, first + 1)
    now = every["period"].to_numpy() < until
    parts = every[now]
    grouped = parts.groupby(list(KEYS), sort=True)
    at_first = parts["arrive"] == grouped["arrive"].transform("min")
    parts = parts.assign(arriving=parts["arriving"].where(at_first, 0.0))
    grouped = parts.groupby(list(KEYS), sort=True)
    sums = grouped[["units", "arriving", "value"]].sum(min_count=1)
    rows = sums.assign(arrive=grouped["arrive"].min()).reset_index()
    number = grouped.ngroup().to_numpy(np.int64)
    mine = parts.assign(move=number)[["move", "family", "code", "period"]]
    later = every[~now]
    return Moves(
        rows,
        mine.reset_index(drop=True),
        until,
        later.groupby(list(KEYS)).ngroups,
        float(later["value"].sum()),
    )


def _frame(
    action: str | Texts, family: str, code: Ints, period: Ints, **more: object
) -> pd.DataFrame:
    blank = dict.fromkeys(("origin", "source", "order"), -1)
    facts = {"action": action, "family": family, "code": code, "period": period, **blank, **more}
    frame = pd.DataFrame(facts)
    return frame[[*KEYS, "arrive", "family", "code", "units", "arriving", "value"]]


def _found(plan: Flows) -> Iterator[pd.DataFrame]:
    yield _sent(plan)
    yield _bought(plan)
    yield _made(plan)
    yield _cancelled(plan)
    yield _added(plan)
    yield _opened(plan)


def _sent(plan: Flows) -> pd.DataFrame:
    net, goods, lanes = plan.net, plan.net.goods, plan.net.lanes
    k, t = np.nonzero(plan.flow > NOISE)
    units = plan.flow[k, t]
    return _frame(
        lanes.kind[goods.lane[k]].astype(object),
        "flow",
        k,
        t,
        origin=lanes.origin[goods.lane[k]],
        to=lanes.destination[goods.lane[k]],
        product=goods.product[k],
        arrive=plan.arrival[k, t],
        source=goods.source[k],
        sink=goods.sink[k],
        units=units,
        arriving=units * goods.arriving_share[k, t],
        value=units * net.places.value[goods.sink[k], t],
    )


def _bought(plan: Flows) -> pd.DataFrame:
    net, supply = plan.net, plan.net.supply
    s, t = np.nonzero(plan.purchase > NOISE)
    sink, units = supply.place[s], plan.purchase[s, t]
    return _frame(
        "buy",
        "purchase",
        s,
        t,
        to=net.places.location[sink],
        product=net.places.product[sink],
        arrive=plan.receipt[s, t],
        sink=sink,
        units=units,
        arriving=units,
        value=units * net.places.value[sink, t],
    )


def _made(plan: Flows) -> pd.DataFrame:
    net, production = plan.net, plan.net.production
    made = plan.made.dense("make", "recipe", "period")
    b, t = np.nonzero(made > NOISE)
    nothing = np.zeros(0, dtype=np.int64)
    if production is None or not len(b):
        blank = dict.fromkeys(("to", "product", "arrive", "sink"), nothing)
        amounts = dict.fromkeys(("units", "arriving", "value"), np.zeros(0))
        return _frame("make", "make", nothing, nothing, **blank, **amounts)
    recipes = production.recipes
    to, product = recipes.location[b], recipes.product[b]
    sink, units = net.places.of[to, product], made[b, t]
    share = np.ones(len(recipes))
    main = production.outputs.product == recipes.product[production.outputs.recipe]
    share[production.outputs.recipe[main]] = production.outputs.units[main]
    return _frame(
        "make",
        "make",
        b,
        t,
        to=to,
        product=product,
        arrive=t + recipes.lead[b, t],
        sink=sink,
        units=units,
        arriving=units * share[b],
        value=units * np.where(sink >= 0, net.places.value[sink, t], 0.0),
    )


def _cancelled(plan: Flows) -> pd.DataFrame:
    """Open orders that are given up: what they would have brought does not come."""
    net, orders = plan.net, plan.net.orders
    o = np.flatnonzero(plan.cancelled * orders.quantity > NOISE)
    sink, units = orders.place[o], (plan.cancelled * orders.quantity)[o]
    first = np.maximum(orders.ship[o], 0)
    return _frame(
        "cancel",
        "cancelled",
        o,
        first,
        origin=np.where(orders.origin[o] >= 0, net.places.location[orders.origin[o]], -1),
        to=net.places.location[sink],
        product=net.places.product[sink],
        arrive=orders.due[o],
        source=orders.origin[o],
        sink=sink,
        order=o,
        units=units,
        arriving=-units,
        value=units * net.places.value[sink, first],
    )


def _added(plan: Flows) -> pd.DataFrame:
    """Capacity that is used beyond its limit, at a price."""
    capacity = plan.net.capacity
    c, t = np.nonzero(plan.extra > NOISE)
    return _frame(
        EXTRA,
        "extra_capacity",
        c,
        t,
        to=capacity.location[c],
        product=-1,
        arrive=t,
        sink=-1,
        order=c,
        units=plan.extra[c, t],
        arriving=0.0,
        value=plan.extra[c, t] * capacity.extra_cost[c, t],
    )


def _opened(plan: Flows) -> pd.DataFrame:
    """Locations that open: closed in the period before, or before the plan."""
    sites, nothing = plan.net.sites, np.zeros(0, dtype=np.int64)
    here, t = nothing, nothing
    if sites is not None:
        is_open = plan.made.dense("site_open", "location", "period")[sites.location] > 0.5
        before = np.hstack([sites.open_before[:, None], is_open[:, :-1]])
        row, t = np.nonzero(is_open & ~before)
        here = sites.location[row]
    return _frame(
        SITE,
        "site_open",
        here,
        t,
        to=here,
        product=-1,
        arrive=t,
        sink=-1,
        units=1.0,
        arriving=0.0,
        value=np.nan,
    )
