"""F37 user rows: the planner's own constraints over selections of variables."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network, UserRows
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare, positions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Keep the constraints of the sheet UserRows.

    .. math::

        \sum_{i} coef_i \sum_{j \in sel_i} X_j\ -\ \tau^+ + \tau^-\ \lessgtr\ Value, \qquad
        \text{cost} = \sum Penalty\,(\tau^+ + \tau^-)

    =======  ============================  =======================================  ==========
    sign     in code                       meaning                                  unit
    =======  ============================  =======================================  ==========
    X        chosen by Variable            shipped, in stock, issued, lost, made,   of X
                                           trips, lanes in use, open or money spent
    coef     ``net.user_rows.coefficient`` multiplier of a term                     number
    Value    ``net.user_rows.value``       right-hand side                          of the row
    τ+, τ-   ``m.user_over, user_short``   missed, only where a Penalty is stated   of the row
    =======  ============================  =======================================  ==========

    Rows with one name are the terms of one constraint; with Each there is one row per period,
    location or product that is selected; the location of what goes by lanes is the origin. Issues
    count what was served at once and late; lost
    counts what was given up too. Without a Penalty the row must hold. A share of a mode (F17) is
    such a row: 1 - θ on the mode, -θ on the others, <= 0.
    Source: the user-defined constraints of network design tools (mathematics F37).
    Sheet: UserRows.
    """
    rules = net.user_rows
    if rules is None:
        return
    entries = [entry for at in range(len(rules.row)) for entry in _entries(m, net, rules, at)]
    rule, group = _groups(rules, entries)
    number = {pair: at for at, pair in enumerate(zip(rule.tolist(), group.tolist(), strict=True))}
    keys = Keys((Level(_labels(net, rules, rule, group)),), (np.arange(len(rule)),))
    last = len(net.periods) - 1
    when = np.where(rules.each[rule] == "each period", group, last)
    missed = _missed(m, rules, (rule, when), keys, last + 1)
    rows = Rows(m, "user_row", keys, "the planner's own constraint")
    known = np.zeros(len(rule))
    for entry in entries:
        code = _code(rules, entry)
        row = np.array([number[entry.rule, int(c)] for c in np.unique(code)], dtype=np.int64)
        row = row[np.unique(code, return_inverse=True)[1].reshape(-1)]
        if entry.variable is None:
            np.add.at(known, row, entry.coefficient)
        else:
            rows.add(entry.variable, entry.coefficient, at=entry.at, row=row)
    for sign, name in ((-1.0, "user_over"), (1.0, "user_short")):
        family = missed.get(name)
        if family is not None:
            at = np.arange(len(family))
            rows.add(family, sign, at=at, row=family.codes["row"].astype(np.int64))
    right = rules.value[rule] - known
    sense = rules.sense[rule]
    rows.between(np.where(sense == "<=", -np.inf, right), np.where(sense == ">=", np.inf, right))


@dataclass(frozen=True)
class _Entries:
    """What one term adds to its constraint: coefficients of a variable, or known amounts."""

    rule: int
    variable: ArrayVar | None
    at: Ints
    coefficient: Floats
    period: Ints
    location: Ints
    product: Ints
    """-1 where the variable belongs to no single product."""


def _entries(
    m: pyo.ConcreteModel, net: Network, rules: UserRows, number: int
) -> Iterator[_Entries]:
    """Entries of one term, one set for each variable family it sums."""
    places, factor = net.places, float(rules.coefficient[number])
    for name, at, weight, period, location, product, lane in _sources(m, net, rules, number):
        if lane is not None:
            chosen = rules.lane[number][lane]
        else:
            chosen = rules.place[number][location]
        chosen = chosen & rules.period[number][period]
        chosen &= np.where(product >= 0, rules.product[number][product], True)
        yield _Entries(
            int(rules.row[number]),
            None if name is None else m.component(name),
            at[chosen],
            factor * weight[chosen],
            period[chosen],
            location[chosen],
            product[chosen],
        )
    if rules.variable[number] == "open":
        sites = positions(m, "site_open", (len(net.locations), len(net.periods)))
        where, t = np.nonzero(net.locations.active & (sites < 0))
        chosen = rules.place[number][where] & rules.period[number][t]
        where, t = where[chosen], t[chosen]
        one, none = np.full(len(t), factor), np.full(len(t), -1)
        yield _Entries(int(rules.row[number]), None, where, one, t, where, none)
    if rules.variable[number] == "issue":
        known = m.movements.known("issued")[:, : len(net.periods)]
        n, t = np.nonzero(known)
        chosen = rules.place[number][places.location[n]] & rules.period[number][t]
        chosen &= rules.product[number][places.product[n]]
        n, t = n[chosen], t[chosen]
        amount = factor * known[n, t]
        location, product = places.location[n], places.product[n]
        yield _Entries(int(rules.row[number]), None, n, amount, t, location, product)


_Source = tuple[str | None, Ints, Floats, Ints, Ints, Ints, Ints | None]
"""Variable, positions, weights, periods, locations, products, lanes (None where at a place)."""


def _sources(m: pyo.ConcreteModel, net: Network, rules: UserRows, number: int) -> Iterator[_Source]:
    """Variable families a term sums, with where and when each of their columns is."""
    variable, goods, places = str(rules.variable[number]), net.goods, net.places
    names = {"ship": "flow", "departures": "lane_used", "vehicles": "trips", "open": "site_open"}
    family = m.component(names.get(variable, "stock"))
    if variable in names and family is not None:
        t = family.codes["period"]
        at, one = np.arange(len(family)), np.ones(len(family))
        if variable == "open":
            yield names[variable], at, one, t, family.codes["location"], one.astype(int) * -1, None
            return
        k = family.codes.get("goods")
        lane = family.codes["lane"] if k is None else goods.lane[k]
        product = np.full(len(family), -1) if k is None else goods.product[k]
        yield names[variable], at, one, t, net.lanes.origin[lane], product, lane
    elif variable in ("stock", "spend"):
        family = m.component("stock" if variable == "stock" else "purchase")
        if family is not None:
            t = family.codes["period"]
            s = family.codes["place" if variable == "stock" else "supply"]
            weight = np.ones(len(s)) if variable == "stock" else net.supply.unit_cost[s, t]
            place = s if variable == "stock" else net.supply.place[s]
            where = places.location[place], places.product[place]
            yield family.local_name, np.arange(len(s)), weight, t, *where, None
    elif variable == "make":
        family, made = m.component("make"), net.production
        if family is not None and made is not None:
            b, t = family.codes["recipe"], family.codes["period"]
            where = made.recipes.location[b], made.recipes.product[b]
            yield "make", np.arange(len(b)), np.ones(len(b)), t, *where, None
    elif variable == "issue":
        for entry in m.movements.of("issued"):
            where = places.location[entry.place], places.product[entry.place]
            yield entry.variable, entry.at, entry.amount, entry.period, *where, None
    elif variable == "lost":
        for name in ("lost", "given_up"):
            family = m.component(name)
            if family is not None:
                place = net.demand.place[family.codes["stream"]]
                at, t = np.arange(len(place)), family.codes["period"]
                where = places.location[place], places.product[place]
                yield name, at, np.ones(len(place)), t, *where, None


def _code(rules: UserRows, entry: _Entries) -> Ints:
    """Period, location or product of each entry, by what its constraint is stated for."""
    codes = {
        "each period": entry.period,
        "each location": entry.location,
        "each product": entry.product,
    }
    return codes.get(str(rules.each[entry.rule]), np.zeros(len(entry.period), dtype=np.int64))


def _groups(rules: UserRows, entries: list[_Entries]) -> tuple[Ints, Ints]:
    """Constraint and group of every row: what the terms select, whether a variable is there."""
    pairs: set[tuple[int, int]] = set()
    for at, rule in enumerate(rules.row.tolist()):
        each = str(rules.each[rule])
        selected = {
            "each period": rules.period[at],
            "each location": rules.place[at],
            "each product": rules.product[at],
        }
        mask = selected.get(each, np.ones(1, dtype=bool))
        pairs |= {(rule, int(code)) for code in np.flatnonzero(mask)}
    for entry in entries:
        pairs |= {(entry.rule, int(code)) for code in np.unique(_code(rules, entry))}
    found = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _labels(net: Network, rules: UserRows, rule: Ints, group: Ints) -> list[str]:
    """Name of every row: that of the constraint, with the period, place or product behind it."""
    names = {
        "each period": net.periods.id,
        "each location": net.locations.code,
        "each product": net.products.code,
    }
    labels = []
    for number, code in zip(rule.tolist(), group.tolist(), strict=True):
        among = names.get(str(rules.each[number]))
        name = str(rules.name[number])
        labels.append(name if among is None else f"{name} | {among[code]}")
    return labels


def _missed(
    m: pyo.ConcreteModel, rules: UserRows, of: tuple[Ints, Ints], keys: Keys, periods: int
) -> dict[str, ArrayVar | None]:
    """What a priced constraint may be missed by, above and below; ``of`` = rule, period."""
    rule, period = of
    soft = np.isfinite(rules.penalty[rule])
    shape = (len(rule), len(rules), periods)
    found = {}
    for name, sense, doc in (
        ("user_over", "<=", "above the value of a priced constraint"),
        ("user_short", ">=", "below the value of a priced constraint"),
    ):
        at = np.flatnonzero(soft & np.isin(rules.sense[rule], (sense, "=")))
        codes = {"row": at, "user_rule": rule[at], "period": period[at]}
        found[name] = declare(m, name, Keys(keys.levels, (at,)), codes, shape, doc=doc)
        m.costs.add("user rule", found[name], rules.penalty[rule[at]])
    return found
