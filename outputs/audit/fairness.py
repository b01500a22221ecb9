"""Fairness recomputed: worst fill, proportional fill, equal days of stock (F22)."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.selection import Wish, member_name, reached, wishes
from tierstock.outputs.audit.substitutes import Ways


@dataclass
class Member:
    """What one member wants and has: units of demand and issues, or demand per day and stock."""

    wanted: float = 0.0
    has: float = 0.0
    pairs: list[Pair] = field(default_factory=list)
    worth: float = 0.0
    """Basis of the ladder x wanted."""


@dataclass
class Group:
    """Members that are compared in one window."""

    wish: Wish
    window: str
    last: int
    members: dict[str, Member]

    def whole(self) -> float:
        """Return what all members want."""
        return math.fsum(m.wanted for m in self.members.values())

    def mean(self) -> float:
        """Return what all members have, by what they want."""
        return math.fsum(m.has for m in self.members.values()) / self.whole()

    def price(self) -> float:
        """Return the price of a unit beyond the tolerance, or of max-min."""
        if not math.isnan(self.wish.penalty):
            return self.wish.penalty
        if self.wish.fairness == "max-min":
            return 0.0
        return 0.15 * math.fsum(m.worth for m in self.members.values()) / self.whole()

    def least_and_worst(self) -> tuple[float, float]:
        """Return the least share allowed (not a number for max-min) and the worst member's."""
        mean = self.mean()
        worst = min(m.has / m.wanted for m in self.members.values())
        if self.wish.fairness == "max-min":
            return math.nan, worst
        if self.wish.fairness == "equal-cover":
            return 1 - self.wish.tolerance, worst / mean if mean > 0 else 1.0
        return max(0.0, mean - self.wish.tolerance), worst

    def beyond(self) -> dict[str, tuple[float, float]]:
        """Return by member the units beyond the tolerance, and the size of the terms."""
        found, mean = {}, self.mean()
        for name, member in self.members.items():
            fair = member.wanted * mean
            cover = self.wish.fairness == "equal-cover"
            room = self.wish.tolerance * (fair if cover else member.wanted)
            beyond = 0.0 if self.wish.fairness == "max-min" else abs(member.has - fair) - room
            found[name] = max(0.0, beyond), max(member.has, fair, member.wanted)
        return found


def groups(world: World) -> Iterator[Group]:
    """Return the groups of all rows; one member alone is not compared."""
    for wish in wishes(world):
        for window, periods in wish.windows if wish.fairness else ():
            if not periods:
                continue
            if wish.fairness == "equal-cover":
                group = _covers(world, wish, window, periods[-1])
            else:
                group = _fills(world, wish, window, periods)
            if len(group.members) > 1:
                yield group


def _name(wish: Wish, pair: Pair) -> str:
    return member_name("each location" if wish.each == "together" else wish.each, *pair)


def _fills(world: World, wish: Wish, window: str, periods: list[int]) -> Group:
    """Compare fill rates over the demand that can be reached."""
    members: dict[str, Member] = defaultdict(Member)
    last, ways = periods[0], Ways(world)
    for key in wish.streams:
        pair, stream = (key[0], key[1]), world.case.streams[key]
        for t in periods:
            if stream.wanted[t] > 0 and reached(world, ways, key, t):
                member, i = members[_name(wish, pair)], world.plan.service[key][t]
                member.wanted += stream.wanted[t]
                member.has += world.plan.number("Service", "On Time", i) if i >= 0 else 0.0
                member.worth += world.case.basis(pair[1]) * stream.wanted[t]
                member.pairs.append(pair)
                last = max(last, t)
    return Group(wish, window, last, members)


def _covers(world: World, wish: Wish, window: str, last: int) -> Group:
    """Compare stock at the end of a period by the demand per day behind it."""
    case = world.case
    members: dict[str, Member] = defaultdict(Member)
    own = {(key[0], key[1]) for key in wish.streams}
    for pair, first in sorted(world.supply.first.items()):
        chosen = pair[0] in wish.locations and pair[1] in wish.products
        if not chosen or first > last or not case.keeps(pair[0], last):
            continue
        daily = world.prices.forward.daily(*pair)[last + 1]
        if daily > 0 and (pair in own or not wish.by_customer):
            member = members[_name(wish, pair)]
            member.wanted += daily
            member.has += world.stock(pair, last)
            member.worth += case.basis(pair[1]) * daily
            member.pairs.append(pair)
    return Group(wish, window, last, members)
