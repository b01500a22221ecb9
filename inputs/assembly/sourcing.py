"""Sourcing: chosen sources, shares and ranks of the goods of the network (F25)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.sourcing_checks import check_ranks, check_rows, check_shares
from tierstock.inputs.assembly.sourcing_rows import (
    Ruled,
    Wares,
    holds,
    ruled,
    shares,
    wares,
    windows,
)
from tierstock.inputs.assembly.unique import told_apart
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import (
    Flags,
    Ints,
    Network,
    SourceChoices,
    SourceRanks,
    SourceShares,
    Sourcing,
    Texts,
)

MOST = {"single": 1, "dual": 2}
"""Origins that may be chosen."""
ALL = ("", "*")
"""Product of a row whose choice holds for all products it rules together."""


def sourcing(net: Network, ground: Ground, links: Links) -> Sourcing | None:
    """Resolve the rules of the sheet; None where no row but ``forbid`` is there.

    A place is ruled by the rows whose To and Product are most specific for it; all of these
    hold. Single and dual with Product ``*`` choose once for all products, with any other
    selector once for each. Ratio and priority hold for each product by itself.
    """
    table, findings = ground.tables.table("Sourcing"), ground.findings
    sound = check_rows(table, findings)
    if not (table.frame["rule"] != "forbid").any():
        return None
    goods = wares(net.lanes, net.goods.lane, net.goods.product, net.goods.sink)
    entries = ruled(ground, goods, findings)
    by_supply = _by_supply(net)[net.goods.source]
    if sound:
        check_shares(net, ground, links, entries, goods)
        check_ranks(net, ground, entries, goods, by_supply)
    return Sourcing(
        goods=np.flatnonzero(goods.source),
        choices=_choices(net, entries, goods),
        shares=_shares(net, entries, goods),
        ranks=_ranks(entries, by_supply),
    )


def _choices(net: Network, entries: Ruled, goods: Wares) -> SourceChoices:
    """One choice per row and place, or per row and location where all products go together."""
    table, rule = entries.table, entries.table.frame["rule"].to_numpy(dtype=object)
    mine = np.isin(rule[entries.row], tuple(MOST))
    row, good = entries.row[mine], entries.good[mine]
    together = np.isin(table.frame["product"].to_numpy(dtype=object), ALL)[row]
    target = goods.destination[good]
    product = np.where(together, -1, goods.product[good])
    keys = np.stack([target, product, row], axis=1)
    unique, choice = np.unique(keys, axis=0, return_inverse=True)
    choice = choice.reshape(-1)
    most = np.array([MOST.get(str(rule[at]), 1) for at in unique[:, 2]], dtype=np.int64)
    hold = holds(table)[unique[:, 2]]
    number = _in_order(unique, most, hold, choice, good)
    order = np.argsort(number)
    names = np.append(net.products.code, "*")
    label = net.locations.code[unique[order, 0]] + " " + names[unique[order, 1]]
    members = np.lexsort((good, number[choice]))
    window = {name: windows(net.periods, name) for name in np.unique(hold.astype(str))}
    shape = len(unique), len(net.periods)
    return SourceChoices(
        label=told_apart(label.astype(object)),
        most=most[order],
        window=np.array([window[str(name)] for name in hold[order]], np.int64).reshape(shape),
        choice=number[choice][members],
        goods=good[members],
    )


def _in_order(keys: Ints, most: Ints, hold: Texts, choice: Ints, good: Ints) -> Ints:
    """Number of each choice by place, product and goods, whatever the order of the rows."""
    sums = np.zeros(len(keys), dtype=np.int64)
    np.add.at(sums, choice, (good + 1) ** 2)
    order = np.lexsort((hold.astype(str), most, sums, keys[:, 1], keys[:, 0]))
    number = np.empty(len(keys), dtype=np.int64)
    number[order] = np.arange(len(keys))
    return number


def _shares(net: Network, entries: Ruled, goods: Wares) -> SourceShares:
    found = shares(entries, goods, Findings())
    hold = holds(entries.table)[found.row]
    window = np.array([windows(net.periods, str(name)) for name in hold], dtype=np.int64)
    return SourceShares(
        place=found.place,
        origin=found.origin,
        share=found.share,
        window=window.reshape(len(found.place), len(net.periods)),
    )


def _ranks(entries: Ruled, by_supply: Flags) -> SourceRanks:
    """Of rows that match one good the one with the most specific From gives the rank."""
    mine = entries.of("priority")
    order = np.lexsort((mine.row, -mine.specific, mine.good))
    good, row = mine.good[order], mine.row[order]
    first = np.diff(good, prepend=-1) != 0
    value = entries.table.frame["value"].to_numpy(np.float64)[row[first]]
    return SourceRanks(
        goods=good[first],
        rank=np.rint(np.nan_to_num(value)).astype(np.int64),
        by_supply=by_supply[good[first]],
    )


def _by_supply(net: Network) -> Flags:
    """Places whose only source is Supply with a Max in every period: bought out is used up; [N]."""
    supply, places = net.supply, len(net.places)
    limited = np.zeros(places, dtype=bool)
    limited[supply.place] = np.isfinite(supply.most).all(axis=1)
    limited[net.goods.sink] = False
    if net.production is not None:
        limited[net.production.place(net.places.of, net.production.outputs)] = False
    return limited
