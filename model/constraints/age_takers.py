"""F19 shelf life: classes that ask for fresh goods, and goods that have to mature."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import EXPIRED, Network, ShelfLife
from tierstock.model.by_age import Floats, Ints, Part, numbers
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, positions


@dataclass(frozen=True)
class Issue:
    """Issues that a decision changes, by taker: one entry each."""

    variable: ArrayVar
    at: Ints
    amount: Floats
    taker: Ints
    period: Ints


def add_takers(
    m: pyo.ConcreteModel, net: Network, life: ShelfLife, parts: list[Part], fixed: Floats
) -> None:
    """Let nobody get goods that he does not take; the rows are explained in ``ages``.

    Args:
        m: the model.
        net: the network.
        life: ages.
        parts: what decisions bring to batches and take from them.
        fixed: [Y, T] what comes to batches without a decision.
    """
    issues = _issues(m, net, life)
    _fresh(m, net, life, parts, fixed, issues)
    _ripe(m, net, life, parts, fixed)


def _issues(m: pyo.ConcreteModel, net: Network, life: ShelfLife) -> list[Issue]:
    """Return the issues at places planned by age, from the ledger."""
    size = len(net.places)
    keys = life.taker_stream * size + life.taker_place
    order = np.argsort(keys)
    found = []
    for entry in m.movements.of("issued"):
        variable = m.component(entry.variable)
        here = np.flatnonzero(life.by_age[net.places.product[entry.place]])
        if not len(here):
            continue
        stream = variable.codes["stream"][entry.at[here]].astype(np.int64)
        wanted = stream * size + entry.place[here]
        taker = order[np.searchsorted(keys[order], wanted)]
        at, when = entry.at[here].astype(np.int64), entry.period[here].astype(np.int64)
        found.append(Issue(variable, at, entry.amount[here], taker, when))
    return found


@dataclass(frozen=True)
class Claims:
    """Rows of classes: at a place and period all that ask for an age or younger ones."""

    place: Ints
    """[rows] sorted by place, period and age."""
    period: Ints
    oldest: Ints
    taker: Ints
    """[rows] one of the takers that ask for it, for the name."""

    def spread(self, place: Ints, period: Ints, age: Ints, size: int) -> tuple[Ints, Ints]:
        """Rows in which each entry counts: those of its place and period up to its age.

        Returns:
            number of the entry, its row; an entry counts in several rows.
        """
        keys = (self.place * size + self.period).astype(np.int64)
        cells = place * size + period
        start = np.searchsorted(keys, cells, side="left")
        stop = np.searchsorted(keys, cells, side="right")
        count = np.zeros(len(cells), dtype=np.int64)
        longest = int((stop - start).max(initial=0))
        for step in range(longest):
            at = np.minimum(start + step, max(len(keys) - 1, 0))
            count += (start + step < stop) & (self.oldest[at] <= age)
        entry = np.repeat(np.arange(len(cells)), count)
        offset = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
        return entry, start[entry] + offset


def _claims(net: Network, life: ShelfLife) -> Claims:
    """Takers that refuse an age which can be at their place; equal ones are told once.

    Where nobody can be served the bounds of the demand say so.
    """
    place, oldest = life.taker_place, life.oldest_age
    here = (life.here[place] != EXPIRED) & life.by_age[net.places.product[place]][:, None]
    here &= life.served[life.taker_stream]
    there = np.full(life.here.shape, np.iinfo(np.int64).max)
    y, t = np.nonzero(life.batch_there)
    np.minimum.at(there, (life.batch_place[y], t), life.batch_age[y])
    v, t = np.nonzero(here & (oldest > there[place]))
    order = np.lexsort((v, oldest[v, t], t, place[v]))
    v, t = v[order], t[order]
    new = np.ones(len(v), dtype=bool)
    table = np.stack([place[v], t, oldest[v, t]])
    new[1:] = (table[:, 1:] != table[:, :-1]).any(axis=0)
    return Claims(place[v[new]], t[new], oldest[v[new], t[new]], v[new])


def _fresh(
    m: pyo.ConcreteModel,
    net: Network,
    life: ShelfLife,
    parts: list[Part],
    fixed: Floats,
    issues: list[Issue],
) -> None:
    """Issues to all that ask for an age or younger <= what is used of those ages."""
    claims, last = _claims(net, life), len(net.periods)
    stream = life.taker_stream[claims.taker]
    names = m.names.of_stream(stream, claims.period)
    product = net.places.product[claims.place]
    keys = Keys(names.levels, (names.codes[0], product, *names.codes[2:]))
    rows = Rows(m, "fresh_enough", keys, "issued to who asks for it <= used of young ages")
    known = np.zeros(len(claims.place))
    d, t = np.nonzero(net.demand.quantity)
    own = net.demand.place[d]
    entry, row = claims.spread(own, t, life.oldest_age[d, t], last)
    np.add.at(known, row, net.demand.quantity[d, t][entry])
    for issue in issues:
        place, t = life.taker_place[issue.taker], issue.period
        entry, row = claims.spread(place, t, life.oldest_age[issue.taker, t], last)
        rows.add(issue.variable, -issue.amount[entry], at=issue.at[entry], row=row)
    ripe = life.ripe_age[net.places.product[life.batch_place]] >= life.batch_age[:, None]
    for part in parts:
        inside = np.flatnonzero((part.batch >= 0) & (part.period < last))
        y, t = part.batch[inside], part.period[inside]
        mature = ripe[y, t]
        inside, y, t = inside[mature], y[mature], t[mature]
        entry, row = claims.spread(life.batch_place[y], t, life.batch_age[y], last)
        at = inside[entry]
        rows.add(part.variable, part.amount[at], at=part.at[at], row=row)
    y, t = np.nonzero(ripe & (fixed != 0.0))
    entry, row = claims.spread(life.batch_place[y], t, life.batch_age[y], last)
    np.add.at(known, row, -fixed[y, t][entry])
    rows.at_least(known)


def _ripe(
    m: pyo.ConcreteModel, net: Network, life: ShelfLife, parts: list[Part], fixed: Floats
) -> None:
    """All that is issued, used in recipes or expires <= what is used of mature or expiring ages.

    Where an age expires before it is mature, what is issued and used is also told without it.
    """
    places, shape, place = net.places, life.here.shape, life.batch_place
    now = np.arange(shape[1])
    ripe = life.ripe_age[places.product[place]] >= life.batch_age[:, None]
    ends = life.age_last[life.batch_age][:, None] == now
    some_age = (life.here != EXPIRED) & life.by_age[places.product][:, None]
    takes = m.movements.known("issued", "consumed")[:, : shape[1]] > 0.0
    for entry in m.movements.of("issued", "consumed"):
        inside = entry.period < shape[1]
        takes[entry.place[inside], entry.period[inside]] = True
    for name, counted, raw in (
        ("ripe_enough", ripe | ends, ~ripe),
        ("ripe_enough_to_issue", ripe, ~ripe & ends),
    ):
        some = np.zeros(shape, dtype=bool)
        y, t = np.nonzero(life.batch_there & raw)
        some[place[y], t] = True
        n, t = np.nonzero(some & takes & some_age)
        keys = m.names.at_place(n, t)
        rows = Rows(m, name, keys, "issued + consumed (+ w) <= used of ripe (or expiring) ages")
        number = numbers(shape, n, t)
        _uses(m, rows, number)
        if name == "ripe_enough":
            gone = positions(m, "scrapped", shape)[n, t]
            rows.add(m.component("scrapped"), -1.0, at=gone)
        by_batch = np.where(counted, number[place], -1)
        known = m.movements.known("issued", "consumed")[n, t]
        y, t = np.nonzero((by_batch >= 0) & (fixed != 0.0))
        np.add.at(known, by_batch[y, t], -fixed[y, t])
        for part in parts:
            rows.add(part.variable, part.amount, at=part.at, row=part.row(by_batch), partial=True)
        rows.at_least(known)


def _uses(m: pyo.ConcreteModel, rows: Rows, number: Ints) -> None:
    """Add what is issued and used in recipes to rows by place and period, with a minus."""
    for entry in m.movements.of("issued", "consumed"):
        inside = np.flatnonzero(entry.period < number.shape[1])
        row = number[entry.place[inside], entry.period[inside]]
        at, variable = entry.at[inside], m.component(entry.variable)
        rows.add(variable, -entry.amount[inside], at=at, row=row, partial=True)
