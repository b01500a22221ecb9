"""Rows of FixedPlan that contradict what is possible, told at their cells (F29)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Both, show
from tierstock.inputs.network import Decided, FixedPlan, Floats, Network
from tierstock.inputs.network.lots import SLACK
from tierstock.inputs.schema import say

FORCED = ("fix", "min")
"""Rules that force a quantity."""
TINY = 1e-6
"""Units that do not count."""


@dataclass(frozen=True)
class Row:
    """A row of the sheet and what it is about."""

    row: int
    """Row of the table."""
    kind: str
    """shipments, orders or production."""
    of: int
    """Good, supply or recipe."""
    period: int


def check_plan(net: Network, ground: Ground, plan: FixedPlan, lines: list[Row]) -> None:
    """Check the rows against what is open, the limits, the lots, and what can be there."""
    table, findings = ground.tables.table("FixedPlan"), ground.findings
    rule = table.frame["rule"].to_numpy(dtype=object)
    penalty = table.frame["penalty"].to_numpy(np.float64)
    idle = (rule != "reference") & ~np.isnan(penalty) & (penalty > 0.0)
    for number in np.flatnonzero(idle):
        word = str(rule[number] or "fix")
        findings.add(
            "value-unused",
            table=table,
            index=int(number),
            field="penalty",
            rule=Both(say(word, "en"), say(word, "zh")),
        )
    kinds = {
        "shipments": (plan.shipments, *_of_shipments(net)),
        "orders": (plan.orders, *_of_orders(net)),
        "production": (plan.production, *_of_production(net)),
    }
    for kind, (rows, most, least, lot) in kinds.items():
        mine = [line for line in lines if line.kind == kind]
        _check_rows(ground, rows, mine, most, least, lot)
    _check_lanes(net, ground, plan.shipments, [line for line in lines if line.kind == "shipments"])
    _check_stock(net, ground, plan, [line for line in lines if line.kind == "shipments"])


def _of_shipments(net: Network) -> tuple[Floats, Floats, Floats]:
    """Most, least and lot of every good, [K, T]; most is 0 where nothing can be shipped."""
    goods, places = net.goods, net.places
    live = goods.allowed & (places.earliest[goods.source][:, None] <= np.arange(len(net.periods)))
    most = np.where(live, net.lanes.max_shipment[goods.lane], 0.0)
    lot = np.zeros(most.shape) if net.lots is None else net.lots.shipment
    return most, np.zeros(most.shape), lot


def _of_orders(net: Network) -> tuple[Floats, Floats, Floats]:
    supply = net.supply
    hard = np.isinf(supply.least_penalty)
    lot = np.zeros(supply.most.shape) if net.lots is None else net.lots.order
    return supply.most, np.where(hard, supply.least, 0.0), lot


def _of_production(net: Network) -> tuple[Floats, Floats, Floats]:
    if net.production is None:
        none = np.zeros((0, len(net.periods)))
        return none, none, none
    recipes = net.production.recipes
    lot = np.broadcast_to(recipes.multiple[:, None], recipes.most.shape)
    return recipes.most, np.zeros(recipes.most.shape), np.asarray(lot)


def _check_rows(
    ground: Ground, rows: Decided, lines: list[Row], most: Floats, least: Floats, lot: Floats
) -> None:
    """Tell rows that want more or less than their one decision may be."""
    table, findings = ground.tables.table("FixedPlan"), ground.findings
    at = rows.of, rows.period
    top, low, size = most[at], least[at], lot[at]
    forced = np.isin(rows.rule.astype(str), FORCED)
    wanted = rows.quantity > TINY
    shut = wanted & (top <= 0.0)
    over = forced & ~shut & (rows.quantity > top * (1 + SLACK) + TINY)
    under = np.isin(rows.rule.astype(str), ("fix", "max")) & (rows.quantity < low - TINY)
    times = rows.quantity / np.where(size > 0.0, size, 1.0)
    broken = (rows.rule == "fix") & (size > 0.0) & (np.abs(times - np.rint(times)) > TINY)
    for number, line in enumerate(lines):
        code, severity, limit = "", "", 0.0
        if shut[number] and rows.rule[number] != "max":
            code, severity = "plan-shut", "error" if forced[number] else "warning"
        elif over[number]:
            code, limit = "plan-over", top[number]
        elif under[number]:
            code, limit = "plan-under", low[number]
        elif broken[number]:
            code, limit = "plan-lots", size[number]
        if code:
            findings.add(
                code,
                table=table,
                index=line.row,
                field="quantity",
                severity=severity,
                limit=show(round(float(limit), 6)),
            )


def _check_lanes(net: Network, ground: Ground, rows: Decided, lines: list[Row]) -> None:
    """Tell lanes on which the rows together force more than Max Shipment."""
    forced = np.isin(rows.rule.astype(str), FORCED)
    total = np.zeros(net.lanes.max_shipment.shape)
    lane = net.goods.lane[rows.of]
    np.add.at(total, (lane, rows.period), np.where(forced, rows.quantity, 0.0))
    most = net.lanes.max_shipment
    over = total > most * (1 + SLACK) + TINY
    told: set[tuple[int, int]] = set()
    table = ground.tables.table("FixedPlan")
    for number, line in enumerate(lines):
        cell = (int(lane[number]), line.period)
        alone = rows.quantity[number] > most[cell] * (1 + SLACK) + TINY
        if over[cell] and forced[number] and not alone and cell not in told:
            told.add(cell)
            ground.findings.add(
                "plan-over-lane",
                table=table,
                index=sorted(
                    one.row
                    for other, one in enumerate(lines)
                    if forced[other] and (int(lane[other]), one.period) == cell
                ),
                field="quantity",
                lane=net.lanes.label[cell[0]],
                total=show(round(float(total[cell]), 6)),
                most=show(round(float(most[cell]), 6)),
            )


def _check_stock(net: Network, ground: Ground, plan: FixedPlan, lines: list[Row]) -> None:
    """Tell the row by which more is forced to leave a place than can have come there.

    Only places are looked at to which nothing comes by lanes or production: what these bring is
    for the plan to find.
    """
    rows, places = plan.shipments, net.places
    forced = np.isin(rows.rule.astype(str), FORCED)
    source = net.goods.source[rows.of]
    leaves = np.zeros(places.arriving.shape)
    np.add.at(leaves, (source, rows.period), np.where(forced, rows.quantity, 0.0))
    short = _most_there(net) - np.cumsum(leaves + places.leaving, axis=1) < -TINY
    table, told = ground.tables.table("FixedPlan"), set()
    for number in np.lexsort((rows.period,)):
        line, place = lines[number], int(source[number])
        if forced[number] and short[place, line.period] and place not in told:
            told.add(place)
            ground.findings.add(
                "plan-no-stock",
                table=table,
                index=line.row,
                field="quantity",
                location=net.locations.code[places.location[place]],
                product=net.products.code[places.product[place]],
                period=net.periods.id[line.period],
            )


def _most_there(net: Network) -> Floats:
    """Most that can have come to each place by each period, [N, T]; infinite where it is open."""
    places, supply, last = net.places, net.supply, len(net.periods)
    come = places.arriving.copy()
    loose = np.flatnonzero(~net.orders.firm & (net.orders.due < last))
    np.add.at(come, (net.orders.place[loose], net.orders.due[loose]), net.orders.quantity[loose])
    due = np.arange(last) + supply.lead
    s, t = np.nonzero((due < last) & (supply.most > 0.0))
    np.add.at(come, (supply.place[s], due[s, t]), supply.most[s, t])
    most = places.opening[:, None] + np.cumsum(come, axis=1)
    most[net.goods.sink] = np.inf
    if net.production is not None:
        most[net.production.place(places.of, net.production.outputs)] = np.inf
    if net.returns is not None:
        most[:] = np.inf
    return np.asarray(most)


def check_frozen(net: Network, ground: Ground, plan: FixedPlan) -> None:
    """A frozen period without any row: an error where the sheet is empty, else a warning."""
    if not plan.frozen.any():
        return
    table, periods = ground.tables.table("Periods"), net.periods.id.astype(str)
    names = table.frame["period"].to_numpy(dtype=object).astype(str)
    stated = table.frame["frozen"].to_numpy(np.float64) > 0.0
    if not ground.tables.has("FixedPlan"):
        every = np.flatnonzero(stated)
        ground.findings.add("frozen-without-plan", table=table, index=every, field="frozen")
        return
    spoken = np.zeros(len(periods), dtype=bool)
    for rows in (plan.shipments, plan.orders, plan.production):
        spoken[rows.period] = True
    silent = np.isin(names, periods[plan.frozen & ~spoken])
    at = np.flatnonzero(stated & silent)
    ground.findings.add("frozen-empty", table=table, index=at, field="frozen")
