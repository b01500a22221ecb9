"""What is to be reached for customers: service targets, fairness, sales prices (F20 to F22).

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; a record is the demand of one
stream in one period.
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts
from tierstock.inputs.network.keeping import Demand


@dataclass(frozen=True)
class Targets:
    """Service targets: G rules, each over some of M records.

    A row of ServiceTargets gives a rule for every member (``Each``) and window.
    """

    label: Texts
    """[G] name of the target, with the member behind it: ``A fill / S1``."""
    window: Texts
    """[G] ``horizon``, a period, ``2026-01``, ``2026-Q1`` or the planner's own selection."""
    measure: Texts
    """[G] fill, on-time, value-fill or cycle."""
    minimum: Floats
    """[G] share that is asked for."""
    hard: Flags
    """[G] whether it must hold."""
    penalty: Floats
    """[G] money per unit short (of money short for value-fill, per stock-out too many for cycle);
    0 where hard."""
    wanted: Floats
    """[G] units or money wanted, or number of records (cycle)."""
    required: Floats
    """[G] units or money to be served at once; the most stock-outs allowed (cycle)."""
    last: Ints
    """[G] last period of the window with demand, in which a shortfall is charged."""
    rule: Ints
    """[M] rule of the record."""
    stream: Ints
    """[M] stream of the record."""
    period: Ints
    """[M] period of the record."""
    weight: Floats
    """[M] what one unit of the record counts: 1, its price (value-fill)."""

    def __len__(self) -> int:
        return len(self.label)

    @property
    def cycle(self) -> Flags:
        """[G] whether records are counted instead of units or money."""
        found: Flags = self.measure == "cycle"
        return found


@dataclass(frozen=True)
class Fairness:
    """Fairness between members: F groups (a row of ServiceTargets and a window), I members.

    ``max-min`` and ``proportional`` compare fill rates, over M records that can be served at all;
    ``equal-cover`` compares days of stock at the end of the window, over C places.
    """

    label: Texts
    """[F] name of the target."""
    window: Texts
    """[F] as in ``Targets``."""
    kind: Texts
    """[F] max-min, proportional or equal-cover."""
    hard: Flags
    """[F] whether proportional or equal-cover must hold."""
    penalty: Floats
    """[F] money per unit beyond the tolerance; for max-min per unit of demand times what the
    worst fill lacks to 1, 0 where it comes before cost; 0 where hard."""
    before_cost: Flags
    """[F] max-min without a stated penalty: its worst fill is raised before cost counts."""
    tolerance: Floats
    """[F] share by which members may differ from the whole."""
    last: Ints
    """[F] last period of the window."""
    group: Ints
    """[I] group of the member."""
    member: Texts
    """[I] what the member is: a location, a product, or ``location / product``."""
    wanted: Floats
    """[I] units wanted that can be served; equal-cover: units per day after the window."""
    fill_member: Ints
    """[M] member of the record."""
    stream: Ints
    """[M] stream of the record."""
    period: Ints
    """[M] period of the record."""
    cover_member: Ints
    """[C] member of the place."""
    place: Ints
    """[C] place whose stock is compared."""

    def __len__(self) -> int:
        return len(self.label)

    def of_kind(self, *kinds: str) -> Ints:
        """Return the numbers of the members whose group is of some kinds."""
        found: Ints = (self.kind[self.group][:, None] == list(kinds)).any(axis=1).nonzero()[0]
        return found


@dataclass(frozen=True)
class Service:
    """All rules of the sheet ServiceTargets."""

    targets: Targets
    fairness: Fairness


@dataclass(frozen=True)
class ServiceOrder:
    """Two streams of one place, one of which comes first: X pairs."""

    high: Ints
    """[X] stream that is served first."""
    low: Ints
    """[X] stream that is served only where the other one lacks nothing."""


@dataclass(frozen=True)
class Sales:
    """What is earned, where profit or cash counts or a target is measured in money."""

    price: Floats
    """[D, T] sales price, money per unit issued in the period."""
    counted: bool
    """Whether revenue is part of the objective."""


def ranked_pairs(demand: Demand) -> tuple[Ints, Ints]:
    """Return the higher and the lower of every two streams of one place that differ in priority."""
    order = np.lexsort((demand.priority, demand.place))
    place, priority = demand.place[order], demand.priority[order]
    found = [np.zeros((2, 0), dtype=np.int64)]
    for apart in range(1, int(np.bincount(place).max(initial=1))):
        beside = (place[apart:] == place[:-apart]) & (priority[apart:] > priority[:-apart])
        at = np.flatnonzero(beside)
        found.append(np.stack([order[at], order[at + apart]]))
    high, low = np.concatenate(found, axis=1)
    return high, low
