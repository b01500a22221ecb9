"""Rules that may force more of a product than anybody needs, for the bounds (C.6.2)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network

Floats = NDArray[np.float64]


def by_user_rows(net: Network) -> tuple[Floats, Floats]:
    """Factor and amount by which the planner's own constraints may raise the need; both [P].

    A row >= or = may ask for its value, divided by the smallest multiplier. A row with
    multipliers of both signs ties one quantity to another: up to the sum of the multipliers over
    the smallest one must move so that what is needed may.
    """
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    rules = net.user_rows
    for number in range(0 if rules is None else len(rules)):
        assert rules is not None
        terms = np.flatnonzero((rules.row == number) & (rules.coefficient != 0))
        share = rules.coefficient[terms]
        if not len(terms):
            continue
        least = float(np.abs(share).min())
        concerned = rules.product[terms].any(axis=0)
        more = rules.sense[number] != "<=" or rules.value[number] < 0
        if more:
            selected = {"each period": rules.period, "each location": rules.place}
            chosen = selected.get(str(rules.each[number]))
            times = 1 if chosen is None else chosen[terms].any(axis=0).sum()
            amount[concerned] += abs(float(rules.value[number])) / least * times
        if share.min() < 0 < share.max() or rules.sense[number] == "=":
            factor[concerned] *= 1.0 + float(np.abs(share).sum()) / least
    return factor, amount


FORCING: tuple[Callable[[Network], tuple[Floats, Floats]], ...] = (by_user_rows,)
"""Each gives, by product, a factor on the need and an amount besides; 1 and 0 where it is still."""


def forced(net: Network) -> tuple[Floats, Floats]:
    """Return what all rules together force: factor and amount by product, both [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    for force in FORCING:
        times, more = force(net)
        factor, amount = factor * times, amount + more
    return factor, amount
