"""Terminal: what should be left when the horizon ends (F26, rulings 11, 12 and 38)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.forward_demand import ForwardDemand
from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.assembly.unique import told_apart
from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.network import Flags, Floats, Ints, Locations, Orders, Terminal, Texts
from tierstock.inputs.schema import say
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.tables import Table

UNUSED = {
    "opening": ("days", "quantity", "value"),
    "baseline": ("days", "quantity", "value"),
    "value": ("days", "penalty"),
    "cover": ("value",),
}
"""Columns that a rule has no use for."""


@dataclass(frozen=True)
class _Part:
    """Rules made of one row of Terminal, or of the setting."""

    label: Texts
    """[R] ``cover network P1``."""
    rule: str
    target: Floats
    penalty: Floats
    credit: Floats
    """[R] money for one unit left, rule value."""
    row: Ints
    """[M] rule of each membership."""
    place: Ints
    """[M] place of each membership."""
    origin: str
    """Where it is stated, to tell equal labels apart."""


@dataclass(frozen=True)
class Wish:
    """What one row asks for; not a number where blank."""

    rule: str
    level: str
    days: float
    quantity: float
    penalty: float
    value: float
    origin: str


@dataclass(frozen=True)
class TerminalData:
    """What the terminal rules are computed from."""

    locations: Locations
    products: Texts
    """[P] codes."""
    pairs: Pairs
    counts: Flags
    """[N] may hold stock at the end of the horizon; other places are left out."""
    forward: ForwardDemand
    start: Floats
    """[N] opening stock and open orders, see ``left_at_start``."""
    basis: Floats
    """[P] basis b of the penalty ladder."""
    unit_value: Floats
    """[P] what a unit left is worth by the setting terminal_rule = value."""
    ended: Flags
    """[P] End Of Life is in the horizon: nothing of it is wanted at the end."""
    previous: Floats | None
    """[N] what the previous plan leaves; None without one."""


def left_at_start(opening: Floats, orders: Orders) -> Floats:
    """Opening stock and all open orders, [N]: due after the horizon, or not firm, too (F26).

    What leaves a place inside the horizon is counted where it arrives, not where it leaves.
    """
    start = opening.copy()
    np.add.at(start, orders.place, orders.quantity)
    sent = (orders.origin >= 0) & (orders.ship >= 0)
    np.subtract.at(start, orders.origin[sent], orders.quantity[sent])
    return np.maximum(start, 0.0)


def terminal(
    table: Table,
    catalog: Catalog,
    data: TerminalData,
    rule: str,
    days: float,
    findings: Findings,
) -> Terminal:
    """Make one terminal rule per product and group of places (network, tier or location).

    * cover: Days of the forward demand after the horizon (blank: ``days``); a stated Quantity
      is the least. Demand handed on inside the group is counted once, so ``network`` asks for
      days of what leaves the network, not of every tier again.
    * opening: what was there and under way at the start.
    * baseline: what a previous plan (Settings.previous_plan) leaves, stock and under way.
    * value: a credit of Value per unit, up to Quantity. The setting credits the Unit Value, up to
      ``days`` of the forward demand after the horizon.

    Places that a row names, with rule none too, are not touched by the setting.

    Args:
        table: the Terminal sheet.
        catalog: what selectors may name.
        data: places, forward demand, stock at the start, ladder.
        rule: Settings.terminal_rule.
        days: Settings.terminal_days.
        findings: takes incomplete rows.
    """
    places = np.flatnonzero(data.counts)
    untouched = data.counts.copy()
    location = catalog.ranks("location", table, "location", findings)
    product = catalog.ranks("product", table, "product", findings)
    parts = []
    for row in range(len(table)):
        here = location.mask(row)[data.pairs.location[places]]
        chosen = places[here & product.mask(row)[data.pairs.product[places]]]
        untouched[chosen] = False
        wish = _wish(table, row)
        if wish.rule == "baseline" and data.previous is None:
            findings.add("terminal-without-plan", table=table, index=row, field="rule")
        elif _complete(wish, table, row, findings):
            parts.append(_part(wish, chosen, data, days))
    if rule == "baseline" and data.previous is None:
        findings.add("terminal-without-plan", sheet="Settings", value=rule)
    elif rule != "none":
        wish = Wish(rule, "network", np.nan, np.nan, np.nan, np.nan, "Settings")
        parts.append(_part(wish, np.flatnonzero(untouched), data, days))
    return _joined(parts)


def _wish(table: Table, row: int) -> Wish:
    frame = table.frame
    numbers = frame[["days", "quantity", "penalty", "value"]].to_numpy(dtype=np.float64)[row]
    days, quantity, penalty, value = numbers.tolist()
    rule, level = str(frame["rule"].iat[row]), str(frame["level"].iat[row]) or "network"
    return Wish(rule, level, days, quantity, penalty, value, str(table.row(row)))


def _complete(wish: Wish, table: Table, row: int, findings: Findings) -> bool:
    """Whether a row makes a rule; tells what is missing and what has no use."""
    for field in UNUSED.get(wish.rule, ()):
        if not np.isnan(getattr(wish, field)):
            findings.add(
                "terminal-unused",
                table=table,
                index=row,
                field=field,
                rule=Both(say(wish.rule, "en"), say(wish.rule, "zh")),
            )
    missing = [f for f in ("value", "quantity") if np.isnan(getattr(wish, f))]
    if wish.rule == "value":
        for field in missing:
            findings.add("terminal-value-incomplete", table=table, index=row, field=field)
        return not missing
    return wish.rule in ("cover", "opening", "baseline")


def _part(wish: Wish, places: Ints, data: TerminalData, default_days: float) -> _Part:
    """Rules of one row: places of each product summed by level."""
    product = data.pairs.product[places]
    location = data.pairs.location[places]
    tiers, tier = np.unique(data.locations.tier.astype(str), return_inverse=True)
    area = {"network": np.zeros_like(location), "tier": tier[location], "location": location}
    keys = np.stack([product, area[wish.level]], axis=1)
    unique, row = np.unique(keys, axis=0, return_inverse=True)
    row = row.reshape(-1)
    target = _target(wish, places, row, len(unique), data, default_days)
    names = {"network": np.array(["network"]), "tier": tiers, "location": data.locations.code}
    where = names[wish.level].astype(object)[unique[:, 1]]
    label = wish.rule + " " + where + " " + data.products[unique[:, 0]]
    penalty = ladder.terminal(data.basis[unique[:, 0]])
    if not np.isnan(wish.penalty):
        penalty = np.full(len(unique), wish.penalty)
    valued = wish.rule == "value"
    target = np.where(data.ended[unique[:, 0]] & (not valued), 0.0, target)
    return _Part(
        label=label,
        rule=wish.rule,
        target=target,
        penalty=np.zeros(len(unique)) if valued else penalty,
        credit=_credit(wish, data.unit_value[unique[:, 0]]),
        row=row,
        place=places,
        origin=wish.origin,
    )


def _credit(wish: Wish, unit_value: Floats) -> Floats:
    """Money for one unit left, [R]: the row's Value, or by the setting the Unit Value."""
    if wish.rule != "value":
        return np.zeros_like(unit_value)
    return unit_value if np.isnan(wish.value) else np.full_like(unit_value, wish.value)


def _target(
    wish: Wish, places: Ints, row: Ints, rules: int, data: TerminalData, default_days: float
) -> Floats:
    """Units wanted by each rule, [R]."""
    if wish.rule == "value" and not np.isnan(wish.quantity):
        return np.full(rules, wish.quantity)
    if wish.rule == "opening":
        return np.bincount(row, data.start[places], rules).astype(np.float64)
    if wish.rule == "baseline" and data.previous is not None:
        return np.bincount(row, data.previous[places], rules).astype(np.float64)
    days = wish.days
    if np.isnan(days):
        days = default_days if np.isnan(wish.quantity) else 0.0
    group = np.full(len(data.pairs), -1, dtype=np.int64)
    group[places] = row
    forward = data.forward
    feeder = np.atleast_2d(forward.fed_by)[:, places]
    inside = (feeder >= 0) & (group[feeder] == row)
    share = 1.0 if forward.fed_share is None else forward.fed_share[:, places]
    daily = forward.after[places] * (1.0 - (inside * share).sum(axis=0))
    return np.asarray(np.fmax(np.bincount(row, daily, rules) * days, wish.quantity))


def _joined(parts: list[_Part]) -> Terminal:
    """All rules that ask for anything, with unique labels."""
    size = np.array([len(part.label) for part in parts], dtype=np.int64)
    start = np.cumsum(size) - size
    none: list[Floats] = [np.zeros(0)]
    target = np.concatenate([*none, *(part.target for part in parts)])
    label = np.array([name for part in parts for name in part.label], dtype=object)
    origin = np.repeat(np.array([part.origin for part in parts], dtype=object), size)
    _, number, count = np.unique(label.astype(str), return_inverse=True, return_counts=True)
    twice = count[number.reshape(-1)] > 1
    label = told_apart(np.where(twice, label + " (" + origin + ")", label).astype(object))
    row = np.concatenate([*none, *(p.row + at for p, at in zip(parts, start, strict=True))])
    place = np.concatenate([*none, *(part.place for part in parts)])
    wanted = target > 0.0
    keep = wanted[row.astype(np.int64)]
    number = np.cumsum(wanted) - 1
    rule = np.repeat(np.array([part.rule for part in parts], dtype=object), size)
    credit = np.concatenate([*none, *(part.credit for part in parts)])
    penalty = np.concatenate([*none, *(part.penalty for part in parts)])
    return Terminal(
        label=label[wanted],
        rule=rule[wanted],
        target=target[wanted],
        penalty=penalty[wanted],
        credit=credit[wanted],
        row=number[row.astype(np.int64)][keep],
        place=place.astype(np.int64)[keep],
    )
