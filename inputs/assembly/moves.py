"""Moves of transfers: which goods share one, what it must be worth, how many there may be (F18)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.unique import told_apart
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, MoveLimits, Moves, Network, Texts
from tierstock.inputs.selecting.precedence import Coverage
from tierstock.inputs.tables import Table

OF_A_MOVE = ("min_qty", "min_value", "move_cost")
"""Columns that hold for a move as a whole."""


@dataclass(frozen=True)
class Terms:
    """What the rules say about the goods on transfer lanes."""

    goods: Ints
    """[M] number of the good."""
    coverage: Coverage
    allowed: Flags
    """[M, T] may be shipped."""
    row: Mapping[str, Ints]
    """Rows that state the columns of ``OF_A_MOVE``, [M, T]; -1 where none does."""
    value: Mapping[str, Floats]
    """Their values, [M, T]; 0 where no row states one."""
    by_order: Flags
    """[M, T] all products of a pair are one move."""


@dataclass(frozen=True)
class _Groups:
    """Goods by pair of places, and by pair and product: parallel modes share a move."""

    pair: Ints
    """[M] pair."""
    line: Ints
    """[M] pair and product."""
    first_of_pair: Ints
    first_of_line: Ints

    def any_of_pair(self, marked: Flags) -> Flags:
        """Whether any good of each pair is marked, [pairs, T]."""
        return _any(self.pair, marked, len(self.first_of_pair))


@dataclass(frozen=True)
class _Limit:
    """One row with Max Moves."""

    name: str
    most: Floats
    """[T] infinite where the row does not speak."""
    when: Flags
    """[M, T] goods it matches."""
    by_order: Flags
    """[M, T] counted by orders."""


@dataclass(frozen=True)
class _Part:
    """Moves of one kind with their goods."""

    group: Ints
    """[W] pair or line, by which members find their move."""
    goods: Ints
    """[E] position among the transfer goods."""
    move: Ints
    """[E] position in the part."""
    when: Flags
    """[E, T]."""


def build_moves(
    net: Network, table: Table, terms: Terms, findings: Findings
) -> tuple[Moves, MoveLimits]:
    """Return the moves that have terms of their own or count somewhere, and the limits on them.

    A row with Max Moves counts by its own Count By; where it states none, every good is counted
    as its cell says. An order that a limit matches only in part counts there where one of the
    matched products moves.
    """
    groups = _groups(net, terms)
    priced = np.logical_or.reduce([terms.value[field] > 0.0 for field in OF_A_MOVE])
    _check_orders(table, terms, groups, findings)
    limits = _limits(table, terms)
    line_use: Flags = np.asarray(terms.allowed & ~terms.by_order & priced)
    order_base = terms.allowed & terms.by_order
    order_use = groups.any_of_pair(order_base & priced)
    apart: list[Flags] = [np.zeros(0, dtype=bool)] * len(limits)
    for at, limit in enumerate(limits):
        line_use |= limit.when & ~limit.by_order
        orders = limit.when & limit.by_order
        counted = groups.any_of_pair(orders)
        differs = (orders != order_base) & counted[groups.pair]
        apart[at] = np.asarray(groups.any_of_pair(differs).any(axis=1))
        order_use |= counted & ~apart[at][:, None]
    parts = [
        _part(groups.line, line_use),
        _part(groups.pair, order_base & order_use[groups.pair]),
    ]
    for limit, own in zip(limits, apart, strict=True):
        parts.append(_part(groups.pair, limit.when & limit.by_order & own[groups.pair][:, None]))
    return (
        _moves(net, terms, groups, parts, limits),
        _limits_on(groups, parts, limits, apart),
    )


def _groups(net: Network, terms: Terms) -> _Groups:
    lane = net.goods.lane[terms.goods]
    ends = net.lanes.origin[lane] * len(net.locations) + net.lanes.destination[lane]
    product = net.goods.product[terms.goods]
    _, pair_first, pair = np.unique(ends, return_index=True, return_inverse=True)
    _, line_first, line = np.unique(
        ends * len(net.products) + product, return_index=True, return_inverse=True
    )
    return _Groups(pair, line, pair_first, line_first)


def _any(group: Ints, marked: Flags, count: int) -> Flags:
    found = np.zeros((count, marked.shape[1]), dtype=bool)
    np.logical_or.at(found, group, marked)
    return found


def _check_orders(table: Table, terms: Terms, groups: _Groups, findings: Findings) -> None:
    """Products of one order must not differ in what holds for the order as a whole."""
    orders = terms.allowed & terms.by_order
    for field in OF_A_MOVE:
        value = terms.value[field]
        least = np.full((len(groups.first_of_pair), value.shape[1]), np.inf)
        np.minimum.at(least, groups.pair, np.where(orders, value, np.inf))
        wrong = orders & (value > least[groups.pair])
        if wrong.any():
            good, period = (int(part[0]) for part in np.nonzero(wrong))
            row = int(terms.row[field][good, period])
            findings.add("order-terms-differ", table=table, index=row, field=field)


def _limits(table: Table, terms: Terms) -> list[_Limit]:
    """The rows with Max Moves in an order that does not depend on that of the sheet."""
    coverage, frame = terms.coverage, table.frame
    found = []
    limit = frame["max_moves"].to_numpy(np.float64)
    for row in np.flatnonzero(~np.isnan(limit)).tolist():
        speaks = coverage.period.mask(row)
        items = coverage.item[coverage.row == row]
        when = np.zeros(terms.allowed.shape, dtype=bool)
        when[items] = speaks
        when &= terms.allowed
        own = str(frame["count_by"].iat[row])
        by_order = terms.by_order if not own else np.full(when.shape, own == "order")
        most = np.where(speaks, limit[row], np.inf)
        if when.any():
            found.append(_Limit(_title(table, row), most, when, by_order & when))
    return sorted(found, key=lambda one: (one.when.tobytes(), tuple(one.most), one.name))


def _title(table: Table, row: int) -> str:
    """The selectors of a row: ``R1→* tea W3``."""
    text = {name: str(table.frame[name].iat[row]) for name in ("product", "period", "within")}
    ends = (str(table.frame[name].iat[row]) or "*" for name in ("from", "to"))
    more = (text[name] for name in text if text[name] not in ("", "*", "any"))
    return " ".join(["→".join(ends), *more])


def _part(group: Ints, when: Flags) -> _Part:
    goods = np.flatnonzero(when.any(axis=1))
    numbers, move = np.unique(group[goods], return_inverse=True)
    return _Part(numbers, goods, move, when[goods])


def _moves(
    net: Network, terms: Terms, groups: _Groups, parts: list[_Part], limits: list[_Limit]
) -> Moves:
    code, products = net.locations.code, net.products.code
    start = np.cumsum([0, *(len(part.group) for part in parts)])
    first = [groups.first_of_line[parts[0].group]]
    first += [groups.first_of_pair[part.group] for part in parts[1:]]
    lane = net.goods.lane[terms.goods[np.concatenate(first)]]
    origin, end = net.lanes.origin[lane], net.lanes.destination[lane]
    product = np.full(len(lane), -1, dtype=np.int64)
    product[: start[1]] = net.goods.product[terms.goods[first[0]]]
    name = code[origin] + "→" + code[end]
    name[: start[1]] += " " + products[product[: start[1]]]
    for limit, here, after in zip(limits, start[2:-1], start[3:], strict=True):
        name[here:after] += f" [{limit.name}]"
    shape = (len(lane), terms.allowed.shape[1])
    value = {field: np.zeros(shape) for field in OF_A_MOVE}
    kinds = (terms.allowed & ~terms.by_order, terms.allowed & terms.by_order)
    for part, here, kind in zip(parts[:2], start, kinds, strict=False):
        for field, stated in terms.value.items():
            own = np.where(kind[part.goods], stated[part.goods], 0.0)
            np.maximum.at(value[field], here + part.move, own)
    return Moves(
        name=told_apart(name),
        origin=origin,
        product=product,
        least_units=value["min_qty"],
        least_value=value["min_value"],
        cost=value["move_cost"],
        move=np.concatenate([a + p.move for a, p in zip(start[:-1], parts, strict=True)]),
        goods=terms.goods[np.concatenate([part.goods for part in parts])],
        when=np.concatenate([part.when for part in parts]),
    )


def _limits_on(
    groups: _Groups, parts: list[_Part], limits: list[_Limit], apart: list[Flags]
) -> MoveLimits:
    start = np.cumsum([0, *(len(part.group) for part in parts)])
    none = np.zeros((0, parts[0].when.shape[1]), dtype=bool)
    owner, move, when = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [none]
    for at, (limit, own) in enumerate(zip(limits, apart, strict=True)):
        lines = _any(groups.line, limit.when & ~limit.by_order, len(groups.first_of_line))
        orders = groups.any_of_pair(limit.when & limit.by_order)
        counted = (
            (parts[0], start[0], lines[parts[0].group]),
            (parts[1], start[1], orders[parts[1].group] & ~own[parts[1].group][:, None]),
            (parts[2 + at], start[2 + at], orders[parts[2 + at].group]),
        )
        for _, here, there in counted:
            some = np.flatnonzero(there.any(axis=1))
            owner.append(np.full(len(some), at))
            move.append(here + some)
            when.append(there[some])
    periods = none.shape[1]
    return MoveLimits(
        name=_names([limit.name for limit in limits]),
        most=np.array([limit.most for limit in limits]).reshape(len(limits), periods),
        limit=np.concatenate(owner),
        move=np.concatenate(move),
        when=np.concatenate(when),
    )


def _names(names: list[str]) -> Texts:
    return told_apart(np.array(names, dtype=object))
