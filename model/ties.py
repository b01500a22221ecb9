"""Rules that tie what is moved or kept of one thing to another, for the bounds (C.6.2)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Fairness, Network
from tierstock.model.asked import asked_by_rows
from tierstock.model.fills import filled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tie:
    r"""Units rules ask for by what is needed: :math:`\sum_g gain_{gp} \sum_q weight_{gq} need_q`.

    None of its G parts asks for more because of what another one asks for.
    """

    gain: Floats
    """[G, P] units per unit of the weighted need; 0 where nothing is asked for."""
    weight: Floats
    """[G, P] what one unit needed counts."""

    def asked(self, need: Floats) -> Floats:
        """Units asked for by a need; both [P]."""
        units: Floats = (self.weight @ need) @ self.gain
        return units


def ties(net: Network) -> list[Tie]:
    """Return all rules that ask for more, the more is needed.

    Least fills beside other limits (``fills``), the planner's own constraints with quantities on
    both sides (``asked``), equal days of stock.
    """
    fills = filled(net)
    found = [] if fills is None else [Tie(*fills)]
    found += [Tie(gain[None, :], weight[None, :]) for gain, weight in asked_by_rows(net).ties]
    if net.service is not None:
        found += _equal_cover(net, net.service.fairness)
    return found


def tied(rules: Sequence[Tie], need: Floats) -> Floats:
    """Units that rules ask for besides the need, what one asks for counted by the others; [P].

    Args:
        rules: what is tied.
        need: [P] most of each product that is needed anyway.
    """
    more = np.zeros(len(need))
    counted = [np.zeros(len(need)) for _ in rules]
    for _ in range(min(2, len(rules))):
        for at, rule in enumerate(rules):
            more = more + rule.asked(need + more - counted[at])
            counted[at] = need + more
    return more


def _equal_cover(net: Network, fairness: Fairness) -> Iterator[Tie]:
    r"""Days of stock that one member keeps must be there at all others.

    .. math:: \sum_i I_i = A \sum_i dem_i \le \frac{I_j}{(1 + \tau)\, dem_j} \sum_i dem_i

    Windows of the same places come one after the other: where the shares of their demand change,
    what one of them left may be too much for the next.
    """
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for group in np.flatnonzero(fairness.kind == "equal-cover").tolist():
        groups[tuple(sorted(_places(fairness, group).tolist()))].append(group)
    for places, same in groups.items():
        first, growth, before = 0.0, 1.0, np.zeros(0)
        for group in sorted(same, key=lambda one: int(fairness.last[one])):
            members = np.flatnonzero(fairness.group == group)
            members = members[np.argsort(fairness.member[members])]
            wanted = fairness.wanted[members]
            if not (wanted > 0).any():
                continue
            least = wanted[wanted > 0].min() * (1.0 + fairness.tolerance[group])
            first = max(first, float(wanted.sum() / least))
            if len(before) == len(wanted):
                both = (before > 0) & (wanted > 0)
                change = (before[both] / wanted[both]) / (before.sum() / wanted.sum())
                growth *= max(1.0, float(change.max(initial=1.0)))
            before = wanted
        one = np.zeros(len(net.products))
        one[net.places.product[list(places)]] = 1.0
        yield Tie(first * growth * one[None, :], one[None, :])


def _places(fairness: Fairness, group: int) -> Ints:
    """Places whose stock a group compares."""
    found: Ints = fairness.place[fairness.group[fairness.cover_member] == group]
    return found
