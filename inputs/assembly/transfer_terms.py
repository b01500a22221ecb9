"""TransferRules: on which terms goods may be transferred, one value per good and period (F18)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.forward_demand import ForwardDemand
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.moves import OF_A_MOVE, Terms, build_moves
from tierstock.inputs.assembly.transfer_rules import rule_coverage
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Moves, Network, Transfers
from tierstock.inputs.selecting.precedence import Coverage, numbers, winners
from tierstock.inputs.tables import Table

TERMS = (
    "donor_min_days",
    "donor_min_qty",
    "min_qty",
    "min_value",
    "cooldown",
    "max_moves",
    "move_cost",
    "only_if_shortage",
)
"""Columns that say more than who may send to whom."""
WHOLE = ("cooldown", "max_moves")
"""Columns of whole numbers."""


def transfer_terms(net: Network, ground: Ground, links: Links) -> Transfers | None:
    """Resolve the terms of every good on a transfer lane; None where no row states any.

    Each value comes from the most specific row that states it (ruling 10). Rows with Max Moves
    limit the moves of all pairs they match and are never beaten (ruling 11). Of Donor Min Days
    and Donor Min Qty the larger applies.
    """
    table, findings = ground.tables.table("TransferRules"), ground.findings
    stated = (table.frame[list(TERMS)].fillna(0.0) > 0.0).any(axis=1)
    stated |= table.frame["max_moves"].notna()
    goods = np.flatnonzero(net.lanes.kind[net.goods.lane] == "transfer")
    if not stated.any() or not len(goods):
        return None
    for field in WHOLE:
        typed = table.frame[field].to_numpy(np.float64)
        broken = np.flatnonzero(~np.isnan(typed) & (typed != np.rint(typed)))
        findings.add("not-whole", table=table, index=broken, field=field)
    lane = net.goods.lane[goods]
    ends = net.lanes.origin[lane], net.lanes.destination[lane]
    product, periods = net.goods.product[goods], len(net.periods)
    _, coverage = rule_coverage(table, ground.catalog, *ends, product, periods, Findings())
    ask = _Asking(table, coverage, findings)
    allowed = net.goods.allowed[goods]
    cover = np.maximum(ask.number("donor_min_qty"), _cover(net, goods, ask))
    cooldown = np.rint(np.where(allowed, ask.number("cooldown"), 0.0)).astype(np.int64)
    row = {field: ask.winner(field) for field in OF_A_MOVE}
    value = {field: numbers(row[field], table, field, 0.0) for field in OF_A_MOVE}
    terms = Terms(goods, coverage, allowed, row, value, ask.by_order())
    moves, limits = build_moves(net, table, terms, findings)
    _tell_worthless(net, table, moves, findings)
    _tell_round_trips(net, table, terms, cooldown, findings)
    order, order_cooldown = _orders(net, ground, table)
    return Transfers(
        goods=goods,
        cover=np.where(allowed, cover, 0.0),
        cooldown=cooldown,
        only_short=allowed & (ask.number("only_if_shortage") > 0.0),
        moves=moves,
        limits=limits,
        order=order,
        order_cooldown=order_cooldown,
    )


@dataclass(frozen=True)
class _Asking:
    """Asks the rules for one column over goods and periods, [M, T]."""

    table: Table
    coverage: Coverage
    findings: Findings

    def winner(self, field: str) -> Ints:
        """Row that states the value, -1 where none does."""
        return winners(self.coverage, self.table, field, self.findings)

    def number(self, field: str) -> Floats:
        """Value of a column of numbers or flags; 0 where no row states one."""
        return numbers(self.winner(field), self.table, field, 0.0)

    def by_order(self) -> Flags:
        """Whether all products of a pair are one move, [M, T]; otherwise each is one."""
        row = self.winner("count_by")
        order = (self.table.frame["count_by"] == "order").to_numpy()
        return np.asarray((row >= 0) & order[row])


def _cover(net: Network, goods: Ints, ask: _Asking) -> Floats:
    """Units of forward demand of the donor that Donor Min Days ask for, [M, T]."""
    days = ask.number("donor_min_days")
    if not days.any():
        return days
    source, places = net.goods.source[goods], net.places
    none = np.full(len(goods), -1, dtype=np.int64)
    forward = ForwardDemand(
        places.daily_demand[source], places.daily_demand_after[source], none, net.periods.days
    )
    return forward.cover(days)


def _orders(net: Network, ground: Ground, table: Table) -> tuple[Ints, Ints]:
    """Open orders between places with a transfer lane, and the cooldown of what they bring.

    An order that left before the horizon has the cooldown of the first period.
    """
    coming, lanes, last = ground.orders, net.lanes, len(net.periods)
    transfer = lanes.kind == "transfer"
    pairs = lanes.origin[transfer] * len(net.locations) + lanes.destination[transfer]
    mine = coming.origin * len(net.locations) + coming.destination
    found = np.flatnonzero((coming.origin >= 0) & np.isin(mine, pairs))
    ends = coming.origin[found], coming.destination[found]
    product = coming.product[found]
    _, coverage = rule_coverage(table, ground.catalog, *ends, product, last, Findings())
    stated = _Asking(table, coverage, Findings()).number("cooldown")
    length = np.rint(stated[np.arange(len(found)), np.maximum(coming.ship[found], 0)])
    number = {str(label): at for at, label in enumerate(net.orders.label)}
    order = np.array([number[str(label)] for label in coming.label[found]], dtype=np.int64)
    binds = (length > 0.0) & (net.orders.due[order] < last)
    return order[binds], length[binds].astype(np.int64)


def _tell_worthless(net: Network, table: Table, moves: Moves, findings: Findings) -> None:
    """Warn of a Min Value over goods that are worth nothing: they are never transferred."""
    worth = net.places.value[net.goods.sink[moves.goods]] > 0.0
    some = np.zeros(moves.least_value.shape, dtype=bool)
    np.logical_or.at(some, moves.move, moves.when & worth)
    empty = np.flatnonzero(((moves.least_value > 0.0) & ~some).any(axis=1))
    if len(empty):
        rows = np.flatnonzero(table.frame["min_value"].to_numpy(np.float64) > 0.0)
        findings.add(
            "transfer-worthless",
            table=table,
            index=rows,
            field="min_value",
            move=moves.name[empty[0]],
            further=len(empty) - 1 or "",
        )


def _tell_round_trips(
    net: Network, table: Table, terms: Terms, cooldown: Ints, findings: Findings
) -> None:
    """Warn of a minimum that goods sent forth and back in one period would fill (F2)."""
    goods = net.goods
    least = (terms.value["min_qty"] > 0.0) | (terms.value["min_value"] > 0.0)
    free = terms.allowed & (goods.lead[terms.goods] == 0) & (cooldown == 0)
    forth = goods.source[terms.goods] * len(net.places) + goods.sink[terms.goods]
    back = goods.sink[terms.goods] * len(net.places) + goods.source[terms.goods]
    for period in np.flatnonzero((free & least).any(axis=0)):
        at_once = free[:, period]
        both = np.flatnonzero(at_once & least[:, period] & np.isin(forth, back[at_once]))
        if len(both):
            field = "min_qty" if terms.value["min_qty"][both[0], period] > 0.0 else "min_value"
            findings.add(
                "transfer-round-trip",
                table=table,
                index=int(terms.row[field][both[0], period]),
                field=field,
                lane=net.lanes.label[goods.lane[terms.goods[both[0]]]],
            )
            return
