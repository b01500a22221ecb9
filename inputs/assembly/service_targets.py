"""ServiceTargets: which demand a rule speaks of, and what it asks for (F20, F21)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.fairness import COVER, build_fairness
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.sales import prices
from tierstock.inputs.assembly.service_wishes import Wish, members, wishes
from tierstock.inputs.findings import Findings, show
from tierstock.inputs.network import Flags, Floats, Ints, Network, Texts
from tierstock.inputs.network.service import Service, Targets
from tierstock.inputs.tables import Table

WHOLE = 1e-9
"""Part of a stock-out that is rounding."""


@dataclass(frozen=True)
class _Records:
    """Demand records of one row, by rule."""

    rule: Ints
    """[M] rule of the record, counted within the row."""
    stream: Ints
    period: Ints
    weight: Floats
    units: Floats
    """[M] units wanted."""
    reached: Flags
    """[M] whether goods can have come and the place is open."""


def service_targets(net: Network, ground: Ground, links: Links) -> Service | None:
    """Expand the sheet; None without rows."""
    table, findings = ground.tables.table("ServiceTargets"), ground.findings
    if not len(table):
        return None
    rows = list(wishes(table, net, ground))
    reached = net.servable()
    price, basis = prices(net, ground), ladder.basis(net.products)
    parts = [_targets(wish, net, price, basis, reached, table, findings) for wish in rows]
    joined = _joined(parts)
    fair = build_fairness(
        [row for row in rows if row.fairness], net, basis, reached, table, findings
    )
    return Service(joined, fair)


def _product(net: Network) -> Ints:
    return np.asarray(net.places.product[net.demand.place])


def _targets(
    wish: Wish,
    net: Network,
    price: Floats,
    basis: Floats,
    reached: Flags,
    table: Table,
    findings: Findings,
) -> Targets:
    """Rules of one row: one for every member and window that has demand."""
    records, label, window = _records(wish, net, price, reached)
    cycle, rules = wish.measure == "cycle", len(label)
    if not rules and wish.fairness != COVER:
        findings.add("target-empty", table=table, index=wish.row, field="target")
    if np.isnan(records.weight).any():
        first = records.stream[np.isnan(records.weight)][0]
        product = net.products.code[_product(net)[first]]
        findings.add(
            "target-without-price", table=table, index=wish.row, field="measure", product=product
        )
    amount = records.weight * (1.0 if cycle else records.units)
    wanted: Floats = np.bincount(records.rule, amount, rules).astype(np.float64)
    near: Floats = np.bincount(records.rule, amount * records.reached, rules).astype(np.float64)
    if cycle:
        required = np.floor((1.0 - wish.minimum) * wanted + WHOLE)
        late = required < wanted - near
        required = np.maximum(required, wanted - near) if wish.hard else required
    else:
        required = wish.minimum * wanted
        late = required > near * (1 + 1e-12)
        required = np.minimum(required, near) if wish.hard else required
    if wish.hard and wish.minimum <= 1.0 and late.any():
        _report_late(wish, records, late, net, table, findings)
    last = np.zeros(rules, dtype=np.int64)
    np.maximum.at(last, records.rule, records.period)
    return Targets(
        label=label,
        window=window,
        measure=np.full(rules, wish.measure, dtype=object),
        minimum=np.full(rules, wish.minimum),
        hard=np.full(rules, wish.hard),
        penalty=_penalty(wish, records, wanted, basis, _product(net), table, findings),
        wanted=wanted,
        required=required,
        last=last,
        rule=records.rule,
        stream=records.stream,
        period=records.period,
        weight=records.weight,
    )


def _records(
    wish: Wish, net: Network, price: Floats, reached: Flags
) -> tuple[_Records, Texts, Texts]:
    """Records of a row, and label and window of every rule."""
    quantity = net.demand.quantity
    chosen = wish.stream[:, None] & (wish.window >= 0)
    stream, period = np.nonzero((quantity > 0.0) & chosen)
    member, names = members(wish.each, net.demand.place[stream], net)
    number = member * len(wish.windows) + wish.window[period]
    found, rule = np.unique(number, return_inverse=True)
    tail = np.array([f" / {name}" if name else "" for name in names], dtype=object)
    label = wish.name + tail[found // len(wish.windows)] if len(found) else found.astype(object)
    money = wish.measure == "value-fill"
    records = _Records(
        rule=rule.reshape(-1).astype(np.int64),
        stream=stream,
        period=period,
        weight=price[stream, period] if money else np.ones(len(stream)),
        units=quantity[stream, period],
        reached=reached[stream, period],
    )
    return records, label, wish.windows[found % len(wish.windows)]


def _penalty(
    wish: Wish,
    records: _Records,
    wanted: Floats,
    basis: Floats,
    of: Ints,
    table: Table,
    findings: Findings,
) -> Floats:
    """Price per unit of the measure: stated, else 1.5 b, the mean over the records of the rule.

    Of money short 1.5 per unit of money; a stock-out counts as its whole mean record.
    """
    if wish.hard or not len(wanted):
        return np.zeros(len(wanted))
    if not np.isnan(wish.penalty):
        return np.full(len(wanted), wish.penalty)
    if wish.measure == "value-fill":
        return np.full(len(wanted), ladder.SERVICE)
    worth = np.bincount(records.rule, basis[of[records.stream]] * records.units, len(wanted))
    found = np.asarray(ladder.service(worth / np.maximum(wanted, 1e-300)))
    if (found <= 0.0).any() and wish.minimum > 0.0:
        findings.add("target-without-penalty", table=table, index=wish.row, field="penalty")
    return found


def _report_late(
    wish: Wish, records: _Records, late: Flags, net: Network, table: Table, findings: Findings
) -> None:
    """Warn of a hard target that demand out of reach makes impossible to meet in full."""
    gone = late[records.rule] & ~records.reached
    units = float(records.units[gone].sum())
    when = records.period[gone]
    findings.add(
        "target-out-of-reach",
        table=table,
        index=wish.row,
        field="minimum",
        quantity=show(round(units, 6)),
        first=net.periods.id[when.min()],
        last=net.periods.id[when.max()],
    )


def _joined(parts: list[Targets]) -> Targets:
    """All rules of all rows."""
    start = np.cumsum([0, *(len(part) for part in parts)])
    rule = [part.rule + first for part, first in zip(parts, start, strict=False)]
    return Targets(
        rule=np.concatenate(rule),
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Targets.__dataclass_fields__
            if name != "rule"
        },
    )
