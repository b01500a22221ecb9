"""What the planner's own constraints may ask to be moved, kept, bought or made (F37, C.6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network, UserRows
from tierstock.model.fills import full_trip, least_fill

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
COUNTED = ("departures", "open", "issue", "lost")
"""Variables that cannot grow without end: what they may come to is asked for at once."""


@dataclass(frozen=True)
class Asked:
    """What all constraints together ask for."""

    amount: Floats
    """[P] units, whatever is needed."""
    ties: tuple[tuple[Floats, Floats], ...]
    """Gain and weight, both [P]: units asked for by what is needed."""


@dataclass(frozen=True)
class _Term:
    """What a term counts for one unit of each product; both [P], infinite and 0 where nothing."""

    least: Floats
    most: Floats
    known: float
    """Most it can come to besides, whatever is moved."""


def asked_by_rows(net: Network) -> Asked:
    r"""Return what rows >=, = or <= ask for, by product.

    .. math::

        \sum_F c\,X \ge Value + \sum_L c\,X \quad\Rightarrow\quad
        \frac{Value + \sum_{\text{counted}} c\,X^{max}
            + \sum_q \max_L c_q\, need_q}{\min_F c_p} \text{ units of } p

    F: terms that help to keep the row; L: terms that make it harder. All are counted per unit of
    goods: money by the unit cost, trips by what fits into one or fills it. A row that is stated
    for each period or location asks once for each of them.
    """
    amount, ties = np.zeros(len(net.products)), []
    rules = net.user_rows
    for number in range(0 if rules is None else len(rules)):
        assert rules is not None
        for sign in {">=": (1.0,), "<=": (-1.0,)}.get(str(rules.sense[number]), (1.0, -1.0)):
            least, harder, known = _sides(net, rules, number, sign)
            with np.errstate(divide="ignore"):
                gain = np.where(np.isfinite(least), 1.0 / least, 0.0)
            value = max(0.0, sign * float(rules.value[number])) * _times(rules, number)
            amount += gain * (value + known)
            if gain.any() and harder.any():
                ties.append((gain, harder))
    return Asked(amount, tuple(ties))


def _times(rules: UserRows, number: int) -> int:
    """How often a row is stated for one product."""
    terms = rules.row == number
    selected = {"each period": rules.period, "each location": rules.place}
    chosen = selected.get(str(rules.each[number]))
    return 1 if chosen is None else int(chosen[terms].any(axis=0).sum())


def _sides(net: Network, rules: UserRows, number: int, sign: float) -> tuple[Floats, Floats, float]:
    """Least count of a helping unit [P], most of a harmful one [P], most of what is counted."""
    least, most = np.full(len(net.products), np.inf), np.zeros(len(net.products))
    known = 0.0
    for at in np.flatnonzero((rules.row == number) & (rules.coefficient != 0)).tolist():
        size = abs(float(rules.coefficient[at]))
        helps = sign * rules.coefficient[at] > 0
        for term in _terms(net, rules, at):
            if helps:
                least = np.minimum(least, size * term.least)
            else:
                most += size * term.most
                known += size * term.known
    return least, most, known


def _terms(net: Network, rules: UserRows, at: int) -> Iterator[_Term]:
    variable, product = str(rules.variable[at]), rules.product[at]
    nothing = np.full(len(net.products), np.inf), np.zeros(len(net.products))
    if variable in COUNTED:
        yield _Term(*nothing, _most_counted(net, rules, at))
    elif variable == "spend":
        yield _spent(net, rules, at)
    elif variable == "vehicles":
        yield from _trips(net, rules, at)
    else:  # ship, stock, make
        yield _Term(np.where(product, 1.0, np.inf), product.astype(float), 0.0)


def _most_counted(net: Network, rules: UserRows, at: int) -> float:
    """Most that departures, open places, issues or lost sales can come to together."""
    periods, variable = int(rules.period[at].sum()), rules.variable[at]
    if variable == "departures":
        return float(rules.lane[at].sum()) * periods
    if variable == "open":
        return float(rules.place[at].sum()) * periods
    demand = net.demand
    most = float(demand.quantity.sum() + demand.opening_backlog.sum())
    ratio = 1.0 if net.substitutes is None else float(net.substitutes.ratio.max(initial=1.0))
    return most * max(1.0, ratio)


def _spent(net: Network, rules: UserRows, at: int) -> _Term:
    supply, places = net.supply, net.places
    of = places.product[supply.place]
    chosen = rules.place[at][places.location[supply.place]] & rules.product[at][of]
    paid = chosen[:, None] & rules.period[at] & (supply.unit_cost > 0) & (supply.most > 0)
    least, most = np.full(len(net.products), np.inf), np.zeros(len(net.products))
    np.minimum.at(least, of, np.where(paid, supply.unit_cost, np.inf).min(axis=1, initial=np.inf))
    np.maximum.at(most, of, np.where(paid, supply.unit_cost, 0.0).max(axis=1, initial=0.0))
    return _Term(least, most, 0.0)


def _trips(net: Network, rules: UserRows, at: int) -> Iterator[_Term]:
    """Trips that one unit makes: no less than in full trips, no more than in least filled ones.

    Each lane and period may send one more than its goods fill.
    """
    goods, vehicles = net.goods, net.vehicles
    chosen = rules.lane[at]
    for v in np.flatnonzero(net.lanes.vehicles[chosen].any(axis=0)).tolist():
        lanes = chosen & net.lanes.vehicles[:, v]
        carried = np.zeros(len(net.products), dtype=bool)
        carried[goods.product[lanes[goods.lane]]] = True
        full = full_trip(net, v)
        fewest = least_fill(net, v) if vehicles.min_fill[v] > 0 else full
        with np.errstate(divide="ignore"):
            share, most = 1.0 / full, 1.0 / np.minimum(fewest, full)
        counts = carried & np.isfinite(full)
        rounding = float(lanes.sum()) * int(rules.period[at].sum())
        yield _Term(np.where(counts, share, np.inf), np.where(counts, most, 0.0), rounding)
