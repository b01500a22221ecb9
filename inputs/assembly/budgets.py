"""Budgets: limits on capital, spend, freight, carbon, moves and cash (F23, ruling 11)."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.checking.cash import check_cash
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Budgets, Flags, Floats, Ints, Network, Texts
from tierstock.inputs.tables import Table

LEVELS = ("capital", "cash")
"""Kinds that are a state of the end of a period; amounts of the other kinds add up."""


def budgets(net: Network, ground: Ground, links: Links) -> Budgets | None:
    """Return the budgets by name; None without rows.

    ``each period``: one row for each selected period. ``average``: the mean of the selected
    periods, of capital and cash by their days. ``end``: capital or cash at the end of the last
    one; of amounts that add up, the total of the selected periods.
    """
    whole, findings = ground.tables.table("Budgets"), ground.findings
    if not len(whole):
        return None
    order = np.argsort(whole.frame["budget"].to_numpy(dtype=object).astype(str), kind="stable")
    _check(whole, net, findings)
    frame = whole.frame.iloc[order]
    each = np.where(frame["each"] == "", "together", frame["each"])
    kind = frame["kind"].to_numpy(dtype=object)
    selected = _selected(whole, order, ground)
    by_location, by_product, first, group, label = _groups(each, kind, selected, net)
    weight, row, row_group, row_period = _rows(frame, kind, selected[2], group, net.periods.days)
    hard = (frame["hardness"] != "soft").to_numpy()
    stated = frame["penalty"].to_numpy(dtype=np.float64)
    priced = np.where(np.isnan(stated), ladder.BUDGET, stated)
    made = Budgets(
        name=frame["budget"].to_numpy(dtype=object),
        kind=kind,
        limit=np.nan_to_num(frame["limit"].to_numpy(dtype=np.float64)),
        penalty=np.where(hard, np.inf, priced),
        in_transit=~(frame["include_in_transit"].to_numpy(dtype=np.float64) == 0.0),
        by_location=by_location,
        by_product=by_product,
        whole=(by_product == 0).all(axis=1),
        by_place=each == "each location",
        by_period=~frame["averaging"].isin(["average", "end"]).to_numpy(),
        weight=weight,
        first=first,
        group=group,
        label=label,
        row=row,
        row_group=row_group,
        row_period=row_period,
    )
    _check_products(made, whole, order, net, findings)
    check_cash(made, whole, order, net, findings)
    _check_moves(made, whole, ground.tables.table("TransferRules"), order, net, findings)
    return made


def _selected(table: Table, order: Ints, ground: Ground) -> tuple[Flags, Flags, Flags]:
    """Locations [B, L], products [B, P] and periods [B, T] of every budget."""
    found = []
    for kind in ("location", "product", "period"):
        ranked = ground.catalog.ranks(kind, table, kind, ground.findings)
        size = len(ground.catalog.codes(kind))
        masks = [ranked.mask(int(at)) for at in order]
        found.append(np.array(masks, dtype=bool).reshape(len(order), size))
    return found[0], found[1], found[2]


def _groups(
    each: Texts, kind: Texts, selected: tuple[Flags, Flags, Flags], net: Network
) -> tuple[Ints, Ints, Ints, Ints, Texts]:
    """Parts of the group numbers by location and product; first, budget and label of groups."""
    by_location = np.where(selected[0], 0, -1).astype(np.int64)
    by_product = np.where(selected[1], 0, -1).astype(np.int64)
    first: list[int] = []
    group: list[int] = []
    label: list[str] = []
    for b, word in enumerate(each):
        first.append(len(group))
        names: Texts = np.array([""], dtype=object)
        if word in ("each location", "each company"):
            at = np.flatnonzero(selected[0][b])
            own = net.locations.code if word == "each location" else net.locations.company
            names, part = np.unique(own[at].astype(str), return_inverse=True)
            by_location[b, at] = part.reshape(-1)
        elif word == "each product":
            at = np.flatnonzero(selected[1][b])
            names, by_product[b, at] = net.products.code[at], np.arange(len(at))
        group += [b] * len(names)
        label += names.tolist()
    return (
        by_location,
        by_product,
        np.array(first, dtype=np.int64),
        np.array(group, dtype=np.int64),
        np.array(label, dtype=object),
    )


def _rows(
    frame: pd.DataFrame, kind: Texts, period: Flags, group: Ints, days: Floats
) -> tuple[Floats, Ints, Ints, Ints]:
    """Weight of every period [B, T], and the rows of every group."""
    averaging = frame["averaging"].to_numpy(dtype=object)
    weight, count = period.astype(np.float64), period.sum(axis=1)
    last = np.where(count > 0, period.shape[1] - 1 - period[:, ::-1].argmax(axis=1), -1)
    mean, level = averaging == "average", np.isin(kind.astype(str), LEVELS)
    weight[mean & level] *= days
    whole = weight[mean].sum(axis=1, keepdims=True)
    weight[mean] /= np.where(whole > 0, whole, 1.0)
    state = (averaging == "end") & level
    weight[state] = np.arange(period.shape[1]) == last[state, None]
    alone = ~np.isin(averaging, ("average", "end"))
    row = np.full((len(group), period.shape[1]), -1, dtype=np.int64)
    row_group: list[int] = []
    row_period: list[int] = []
    for g, b in enumerate(group):
        when = np.flatnonzero(weight[b] > 0)
        if alone[b]:
            row[g, when] = len(row_group) + np.arange(len(when))
            row_group += [g] * len(when)
            row_period += when.tolist()
        elif len(when):
            row[g, when] = len(row_group)
            row_group.append(g)
            row_period.append(int(last[b]))
    return weight, row, np.array(row_group, dtype=np.int64), np.array(row_period, dtype=np.int64)


def _check(table: Table, net: Network, findings: Findings) -> None:
    """Cells that mean nothing for the kind of the budget."""
    frame = table.frame
    capital, cash = (frame["kind"] == "capital").to_numpy(), (frame["kind"] == "cash").to_numpy()
    transit = ~np.isnan(frame["include_in_transit"].to_numpy(dtype=np.float64)) & ~capital
    hard = ~(frame["hardness"] == "soft").to_numpy()
    priced = ~np.isnan(frame["penalty"].to_numpy(dtype=np.float64)) & hard
    product = ~frame["product"].isin(["", "*"]).to_numpy() & cash
    each = frame["each"].isin(["each location", "each product"]).to_numpy() & cash
    for field, wrong in (("include_in_transit", transit), ("penalty", priced)):
        findings.add("budget-unused", table=table, index=np.flatnonzero(wrong), field=field)
    for field, wrong in (("product", product), ("each", each)):
        findings.add("budget-cash", table=table, index=np.flatnonzero(wrong), field=field)
    idle = (frame["kind"] == "carbon").to_numpy() & (net.carbon is None)
    idle |= (frame["kind"] == "moves").to_numpy() & ~(net.lanes.kind == "transfer").any()
    findings.add("budget-idle", table=table, index=np.flatnonzero(idle), field="kind")


def _check_products(
    made: Budgets, table: Table, order: Ints, net: Network, findings: Findings
) -> None:
    """Freight and carbon that belong to no single product cannot be split by product."""
    lanes = net.lanes
    running = lanes.vehicles & (net.trip_cost() > 0)
    shared = (lanes.fixed_cost > 0).any(axis=1) | running.any(axis=1)
    if net.rates is not None:
        shared |= net.rates.rated
    emits = np.zeros(len(net.locations))
    if net.carbon is not None:
        emits += net.carbon.site
        np.maximum.at(
            emits, lanes.origin, (lanes.vehicles * net.carbon.vehicle).max(axis=1, initial=0)
        )
    costs = np.zeros(len(net.locations), dtype=bool)
    costs[lanes.origin[shared]] = True
    for b, kind in enumerate(made.kind):
        concerned = {"freight": costs, "carbon": emits > 0}.get(str(kind))
        if concerned is None or made.whole[b]:
            continue
        at = np.flatnonzero(concerned & (made.by_location[b] >= 0))
        if len(at):
            field = "product" if (made.by_product[b] < 0).any() else "each"
            findings.add(
                "budget-not-by-product",
                table=table,
                index=int(order[b]),
                field=field,
                location=net.locations.code[at[0]],
            )


def _check_moves(
    made: Budgets, table: Table, rules: Table, order: Ints, net: Network, findings: Findings
) -> None:
    """Where transfers count by order, a budget that counts by product would contradict."""
    if net.transfers is None:
        return
    origin = net.transfers.moves.origin[net.transfers.moves.product < 0]
    stated = np.flatnonzero(rules.frame["count_by"] == "order")
    for b in np.flatnonzero(made.kind == "moves"):
        if (made.by_location[b, origin] >= 0).any():
            other = rules.cell(int(stated[0]), "count_by")
            index = int(order[b])
            findings.add("budget-orders", table=table, index=index, field="kind", other=other)
