"""FixedPlan and Periods.Frozen: what of the plan is decided already (F29, ruling 18)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.fixed_plan_checks import Row, check_frozen, check_plan
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lanes import DEFAULT_MODE
from tierstock.inputs.assembly.periods import BEFORE, UNKNOWN, locate_names
from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Decided, FixedPlan, Flags, Floats, Ints, Network, Texts
from tierstock.inputs.tables import Table

KINDS = ("shipments", "orders", "production")
"""What a row may speak of: From filled, neither From nor Recipe, Recipe filled."""


@dataclass(frozen=True)
class _Rows:
    """The rows in numbers; -1 = unknown, or never possible."""

    kind: Ints
    """[R] position in ``KINDS``."""
    of: Ints
    """[R] good, supply or recipe."""
    period: Ints
    """[R] period; -1 before the horizon, T behind it."""
    product: Ints
    """[R] product."""


def fixed_plan(net: Network, ground: Ground, links: Links) -> FixedPlan | None:
    """Resolve the rows of FixedPlan; None where there are none and no period is frozen.

    In a frozen period every row counts as ``fix`` and what no row lists is 0: the plan of the
    run before stands. Rows that cannot be kept are errors at their cells; a row that asks for
    nothing where nothing is possible has no effect.
    """
    table, findings = ground.tables.table("FixedPlan"), ground.findings
    frozen = _frozen(net, ground)
    if not len(table) and not frozen.any():
        return None
    rows = _numbers(net, ground, table)
    _tell_unknown(net, ground, table, rows)
    rule, quantity = _rules(table, rows.period, frozen), _quantity(table)
    penalty = _penalty(ground, table, rows.product)
    kept = _once(table, rows, (rows.of >= 0) & _inside(net, rows.period), quantity, findings)
    plan = FixedPlan(
        frozen,
        *(
            _decided(kept[rows.kind[kept] == number], rows, quantity, rule, penalty)
            for number in range(len(KINDS))
        ),
    )
    lines = [
        Row(int(row), KINDS[rows.kind[row]], int(rows.of[row]), int(rows.period[row]))
        for row in kept
    ]
    check_plan(net, ground, plan, lines)
    check_frozen(net, ground, plan)
    return plan


def _frozen(net: Network, ground: Ground) -> Flags:
    """[T] periods that the Periods sheet freezes."""
    table = ground.tables.table("Periods")
    frozen = table.frame["frozen"].to_numpy(np.float64) > 0.0
    names = table.frame["period"].to_numpy(dtype=object)[frozen]
    return np.asarray(np.isin(net.periods.id.astype(str), names.astype(str)))


def _inside(net: Network, period: Ints) -> Flags:
    return np.asarray((period >= 0) & (period < len(net.periods)))


def _quantity(table: Table) -> Floats:
    stated = np.nan_to_num(table.frame["quantity"].to_numpy(np.float64))
    return np.asarray(np.maximum(stated, 0.0))


def _rules(table: Table, period: Ints, frozen: Flags) -> Texts:
    """Rule in force: fix in a frozen period and where none is stated."""
    stated = table.frame["rule"].to_numpy(dtype=object)
    shut = np.append(frozen, False)[np.clip(period, -1, len(frozen))]
    return np.where((stated == "") | shut, "fix", stated)


def _penalty(ground: Ground, table: Table, product: Ints) -> Floats:
    """Price of one unit changed: stated, else Settings change_penalty, else the ladder."""
    usual = ground.tables.settings.change_penalty
    basis = np.append(ladder.change(ladder.basis(ground.products)), 0.0)
    price = basis[product] if isinstance(usual, str) else np.full(len(product), usual)
    stated = table.frame["penalty"].to_numpy(np.float64)
    return np.where(np.isnan(stated), price, stated)


def _numbers(net: Network, ground: Ground, table: Table) -> _Rows:
    frame = table.frame
    texts = {
        name: frame[name].to_numpy(dtype=object)
        for name in ("from", "to", "product", "mode", "recipe", "period")
    }
    kind = np.where(texts["recipe"] != "", 2, np.where(texts["from"] != "", 0, 1))
    product = find(ground.products.code, texts["product"])
    origin = find(net.locations.code, texts["from"])
    to = find(net.locations.code, texts["to"])
    of = np.select(
        [kind == 0, kind == 1],
        [goods_of(net, origin, to, texts["mode"], product), supplies_of(net, to, product)],
        recipes_of(net, to, texts["recipe"], product),
    )
    period = locate_names(net.periods, texts["period"])
    return _Rows(kind, of.astype(np.int64), period, product)


def goods_of(net: Network, origin: Ints, to: Ints, mode: Texts, product: Ints) -> Ints:
    """Good of each row; a blank mode is the only one there is, else road."""
    lanes, goods = net.lanes, net.goods
    words = np.concatenate([lanes.mode.astype(str), [DEFAULT_MODE], mode.astype(str)])
    modes, number = np.unique(words, return_inverse=True)
    of_lane, usual, of_row = np.split(number, [len(lanes), len(lanes) + 1])
    ends = lanes.origin * len(net.locations) + lanes.destination
    pair = origin * len(net.locations) + to
    order = np.sort(ends)
    count = np.searchsorted(order, pair, side="right") - np.searchsorted(order, pair)
    known = (origin >= 0) & (to >= 0) & (product >= 0)
    named = _lookup(ends * len(modes) + of_lane, pair * len(modes) + of_row)
    single = _lookup(ends, pair)
    road = _lookup(ends * len(modes) + of_lane, pair * len(modes) + usual)
    lane = np.where(mode != "", named, np.where(count == 1, single, road))
    good = _lookup(
        goods.lane * len(net.products) + goods.product, lane * len(net.products) + product
    )
    return np.where(known & (lane >= 0), good, -1)


def _lookup(keys: Ints, wanted: Ints) -> Ints:
    """Position of each wanted key, -1 where it is not there."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    at = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    return np.where(keys[order][at] == wanted, order[at], -1)


def supplies_of(net: Network, to: Ints, product: Ints) -> Ints:
    """Supply of each row: what the place buys or makes of the product; -1 where it does not."""
    supply = np.full(len(net.places) + 1, -1, dtype=np.int64)
    supply[net.supply.place] = np.arange(len(net.supply))
    known = (to >= 0) & (product >= 0)
    place = np.where(known, net.places.of[to, product], -1)
    return supply[place]


def recipes_of(net: Network, to: Ints, recipe: Texts, product: Ints) -> Ints:
    """Recipe of each row at its place; -1 where there is no such."""
    found = np.full(len(to), -1, dtype=np.int64)
    if net.production is not None:
        recipes = net.production.recipes
        number = {
            (str(code), int(location), int(output)): at
            for at, (code, location, output) in enumerate(
                zip(recipes.code, recipes.location, recipes.product, strict=True)
            )
        }
        for row, code in enumerate(recipe):
            found[row] = number.get((str(code), int(to[row]), int(product[row])), -1)
    return found


def _once(table: Table, rows: _Rows, usable: Flags, quantity: Floats, findings: Findings) -> Ints:
    """Rows in order of what they are about; of several about one cell the first, with an error."""
    chosen = np.flatnonzero(usable)
    order = chosen[np.lexsort((chosen, rows.period[chosen], rows.of[chosen], rows.kind[chosen]))]
    key = np.stack([rows.kind[order], rows.of[order], rows.period[order]], axis=1)
    again = np.zeros(len(order), dtype=bool)
    again[1:] = (key[1:] == key[:-1]).all(axis=1)
    lead = order[np.flatnonzero(~again)][np.cumsum(~again) - 1]
    for row, first in zip(order[again], lead[again], strict=True):
        findings.add(
            "plan-twice",
            table=table,
            index=int(row),
            field="quantity",
            other=table.cell(int(first), "quantity"),
            stated=float(quantity[first]),
        )
    return order[~again]


def _decided(chosen: Ints, rows: _Rows, quantity: Floats, rule: Texts, penalty: Floats) -> Decided:
    return Decided(
        of=rows.of[chosen],
        period=rows.period[chosen],
        quantity=quantity[chosen],
        rule=rule[chosen],
        penalty=penalty[chosen],
    )


def _named(net: Network, ground: Ground, table: Table) -> Flags:
    """Rows whose codes are all in their sheets; others are told by the reader."""
    frame = table.frame
    places = np.append(net.locations.code, "").astype(str)
    recipes = np.append(ground.tables.table("Recipes").frame["recipe"].to_numpy(object), "")
    found = frame["to"].isin(net.locations.code) & frame["from"].isin(places)
    found &= frame["product"].isin(ground.products.code) & frame["recipe"].isin(recipes)
    return np.asarray(found.to_numpy(dtype=bool))


def _tell_unknown(net: Network, ground: Ground, table: Table, rows: _Rows) -> None:
    """Rows about lanes, supplies, recipes and periods that are not there."""
    findings = ground.findings
    wanted = _quantity(table) > 0.0
    last = len(net.periods)
    at = np.flatnonzero(rows.period == UNKNOWN)
    findings.add("unknown-period", table=table, index=at, field="period")
    outside = ((rows.period == BEFORE) | (rows.period >= last)) & (rows.period != UNKNOWN)
    findings.add("plan-outside", table=table, index=np.flatnonzero(outside), field="period")
    both = (table.frame["from"] != "") & (table.frame["recipe"] != "")
    findings.add("plan-both", table=table, index=np.flatnonzero(both.to_numpy()), field="recipe")
    missing = (rows.of < 0) & wanted & _named(net, ground, table) & ~both.to_numpy() & ~outside
    for number, (code, field) in enumerate(
        (("plan-no-lane", "from"), ("plan-no-supply", "to"), ("plan-no-recipe", "recipe"))
    ):
        for row in np.flatnonzero(missing & (rows.kind == number)):
            findings.add(code, table=table, index=int(row), field=field)
