"""Fairness of ServiceTargets: who is compared with whom, and in what (F22)."""

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.service_wishes import Wish, members
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Network, Texts
from tierstock.inputs.network.service import Fairness
from tierstock.inputs.tables import Table

COVER = "equal-cover"


def build_fairness(
    rows: list[Wish],
    net: Network,
    basis: Floats,
    reached: Flags,
    table: Table,
    findings: Findings,
) -> Fairness:
    """Return the groups of the rows that ask for fairness, one for every window.

    The members are what Each names; ``together`` compares the locations. Demand that cannot be
    reached is counted out. A group of one member is nothing to compare and is left out.

    Args:
        rows: rows with fairness, by name.
        net: the network.
        basis: [P] basis b of the penalty ladder.
        reached: [D, T] what can be served at all.
        table: the sheet.
        findings: takes rows that compare nothing and prices that are missing.
    """
    made = _Groups(net, basis)
    for wish in rows:
        before = len(made.label)
        for number, window in enumerate(wish.windows):
            if wish.fairness == COVER:
                made.add_cover(wish, number, str(window))
            else:
                made.add_fill(wish, number, str(window), reached)
        if len(made.label) == before:
            findings.add("fairness-one-member", table=table, index=wish.row, field="fairness")
        priced = [p for p, at in zip(made.penalty, made.row, strict=True) if at == wish.row]
        if not wish.hard and wish.fairness != "max-min" and 0.0 in priced and wish.penalty != 0.0:
            findings.add("target-without-penalty", table=table, index=wish.row, field="penalty")
    return made.fairness()


def compared(wish: Wish, net: Network, last: int) -> tuple[Ints, Floats]:
    """Places whose cover is compared, and their demand per day behind a period.

    Places that may hold stock then, that goods can have reached, and that have demand behind it;
    where the row names a class or channel, only places with such demand of their own.
    """
    places = net.places
    chosen = wish.location[places.location] & wish.product[places.product]
    if wish.by_customer:
        own = np.zeros(len(places), dtype=bool)
        own[net.demand.place[wish.stream]] = True
        chosen &= own
    after = last + 1 == len(net.periods)
    daily = places.daily_demand_after if after else places.daily_demand[:, last + 1]
    chosen &= places.keeps[:, last] & (places.earliest <= last) & (daily > 0.0)
    found = np.flatnonzero(chosen)
    return found, daily[found]


def _members_of(wish: Wish) -> str:
    return "each location" if wish.each == "together" else wish.each


class _Groups:
    """Collects groups and members."""

    def __init__(self, net: Network, basis: Floats) -> None:
        self.net = net
        self.basis = basis
        self.row: list[int] = []
        self.label: list[str] = []
        self.window: list[str] = []
        self.kind: list[str] = []
        self.hard: list[bool] = []
        self.penalty: list[float] = []
        self.before_cost: list[bool] = []
        self.tolerance: list[float] = []
        self.last: list[int] = []
        self.group: list[Ints] = []
        self.member: list[Texts] = []
        self.wanted: list[Floats] = []
        self.fill: list[tuple[Ints, Ints, Ints]] = []
        self.cover: list[tuple[Ints, Ints]] = []
        self.count = 0

    def add_fill(self, wish: Wish, number: int, window: str, reached: Flags) -> None:
        """Add a group that compares fill rates in one window."""
        demand, inside = self.net.demand, wish.window == number
        chosen = wish.stream[:, None] & inside & reached & (demand.quantity > 0.0)
        stream, period = np.nonzero(chosen)
        member, names = members(_members_of(wish), demand.place[stream], self.net)
        if len(names) < 2:
            return
        units = demand.quantity[stream, period]
        product = self.net.places.product[demand.place[stream]]
        wanted = np.bincount(member, units, len(names)).astype(np.float64)
        self._add(wish, window, names, wanted, float(self.basis[product] @ units / units.sum()))
        self.last.append(int(period.max()))
        self.fill.append((member + self.count - len(names), stream, period))

    def add_cover(self, wish: Wish, number: int, window: str) -> None:
        """Add a group that compares days of stock at the end of one window."""
        inside = np.flatnonzero(wish.window == number)
        if not len(inside):
            return
        last = int(inside[-1])
        place, daily = compared(wish, self.net, last)
        member, names = members(_members_of(wish), place, self.net)
        if len(names) < 2:
            return
        worth = self.basis[self.net.places.product[place]]
        wanted = np.bincount(member, daily, len(names)).astype(np.float64)
        self._add(wish, window, names, wanted, float(worth @ daily / daily.sum()))
        self.last.append(last)
        self.cover.append((member + self.count - len(names), place))

    def _add(self, wish: Wish, window: str, names: Texts, wanted: Floats, worth: float) -> None:
        first, stated = wish.fairness == "max-min", not np.isnan(wish.penalty)
        usual = 0.0 if first else float(ladder.fairness(worth))
        price = wish.penalty if stated else usual
        self.group.append(np.full(len(names), len(self.label), dtype=np.int64))
        self.member.append(names)
        self.wanted.append(wanted)
        self.count += len(names)
        self.row.append(wish.row)
        self.label.append(wish.name)
        self.window.append(window)
        self.kind.append(wish.fairness)
        self.hard.append(wish.hard and not first)
        self.penalty.append(0.0 if wish.hard and not first else price)
        self.before_cost.append(first and not stated)
        self.tolerance.append(wish.tolerance)

    def fairness(self) -> Fairness:
        """Return all of them as arrays."""
        none: list[Ints] = [np.zeros(0, dtype=np.int64)]
        text: list[Texts] = [np.zeros(0, dtype=object)]
        member, stream, period = (
            np.concatenate([*none, *(entry[at] for entry in self.fill)]) for at in range(3)
        )
        cover, place = (
            np.concatenate([*none, *(entry[at] for entry in self.cover)]) for at in range(2)
        )
        return Fairness(
            label=np.array(self.label, dtype=object),
            window=np.array(self.window, dtype=object),
            kind=np.array(self.kind, dtype=object),
            hard=np.array(self.hard, dtype=bool),
            penalty=np.array(self.penalty, dtype=np.float64),
            before_cost=np.array(self.before_cost, dtype=bool),
            tolerance=np.array(self.tolerance, dtype=np.float64),
            last=np.array(self.last, dtype=np.int64),
            group=np.concatenate([*none, *self.group]),
            member=np.concatenate([*text, *self.member]),
            wanted=np.concatenate([np.zeros(0), *self.wanted]),
            fill_member=member,
            stream=stream,
            period=period,
            cover_member=cover,
            place=place,
        )
