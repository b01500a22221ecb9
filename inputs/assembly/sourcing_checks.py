"""Rows of Sourcing that say nothing, contradict each other or cannot be kept (F25)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.sourcing_rows import ROUNDED, Ruled, Wares, holds, shares, wares
from tierstock.inputs.findings import Both, Findings, show
from tierstock.inputs.network import Flags, Ints, Network
from tierstock.inputs.schema import say
from tierstock.inputs.tables import Table

NEEDS_VALUE = ("ratio", "priority")
"""Rules that need a Value."""
HOLDS = ("single", "dual", "ratio")
"""Rules for which Hold says something."""


def check_rows(table: Table, findings: Findings) -> bool:
    """A Value for rules that need one, within its range; nothing typed that has no use.

    Returns:
        Whether every rule has a Value it can be kept by.
    """
    rule = table.frame["rule"].to_numpy(dtype=object)
    value = table.frame["value"].to_numpy(np.float64)
    needs = np.isin(rule, NEEDS_VALUE)
    for row in np.flatnonzero(needs & np.isnan(value)):
        field = "value"
        findings.add(
            "sourcing-value", table=table, index=int(row), field=field, rule=_word(rule[row])
        )
    over = (rule == "ratio") & (value > 1.0)
    for row in np.flatnonzero(over):
        percent = show(round(float(value[row]), 6)) + "%" if value[row] <= 100.0 else ""
        findings.add(
            "ratio-above-one",
            table=table,
            index=int(row),
            field="value",
            percent=percent,
            share=show(round(float(value[row]) / 100.0, 8)),
        )
    ranks = (rule == "priority") & ~np.isnan(value)
    broken = ranks & ((value != np.rint(value)) | (value < 1.0))
    findings.add("sourcing-rank", table=table, index=np.flatnonzero(broken), field="value")
    unused = (("value", ~needs & ~np.isnan(value)), ("hold", _idle_hold(table, rule)))
    for field, idle in unused:
        for row in np.flatnonzero(idle & (rule != "")):
            findings.add(
                "value-unused", table=table, index=int(row), field=field, rule=_word(rule[row])
            )
    return not (over | broken | (needs & np.isnan(value))).any()


def _idle_hold(table: Table, rule: np.ndarray) -> Flags:
    hold = table.frame["hold"].to_numpy(dtype=object)
    return np.asarray((hold != "") & (hold != "horizon") & ~np.isin(rule, HOLDS))


def _word(rule: object) -> Both:
    return Both(say(str(rule), "en"), say(str(rule), "zh"))


def check_shares(net: Network, ground: Ground, links: Links, entries: Ruled, goods: Wares) -> None:
    """One kind of rule per place; shares that make a whole; no share in Supply besides."""
    _one_kind(net, ground, entries, goods)
    found = shares(entries, goods, ground.findings)
    if not len(found.place):
        return
    table, places = entries.table, net.places
    hold = holds(table)[found.row]
    first = np.flatnonzero(np.diff(found.place, prepend=-1) != 0)
    lead = np.repeat(first, np.diff(np.append(first, len(found.place))))
    for at in np.flatnonzero(hold != hold[lead]):
        one, other = sorted((int(found.row[at]), int(found.row[lead[at]])))
        ground.findings.add(
            "conflicting-rows",
            table=table,
            index=other,
            field="hold",
            other=table.cell(one, "hold"),
            stated=holds(table)[one],
        )
    others = _others(net, links, found.place, found.origin)
    total = np.bincount(found.place, found.share, minlength=len(places))
    wrong = (total > 1.0 + ROUNDED) | ((total < 1.0 - ROUNDED) & ~others)
    for at in first[wrong[found.place[first]]]:
        place = found.place[at]
        ground.findings.add(
            "sourcing-shares",
            table=table,
            index=np.unique(found.row[found.place == place]),
            field="value",
            location=net.locations.code[places.location[place]],
            product=net.products.code[places.product[place]],
            total=show(round(float(total[place]), 6)),
        )
    _beside_supply(ground, entries, goods)


def _others(net: Network, links: Links, place: Ints, origin: Ints) -> Flags:
    """Places that have a lane from an origin without a share, be it of use or not; [N]."""
    lane, product = links.goods.lane, links.goods.product
    sink = net.places.of[links.lanes.destination[lane], product]
    every = wares(links.lanes, lane, product, sink)
    size = len(net.locations)
    listed = np.isin(every.sink * size + every.origin, place * size + origin)
    return np.asarray(
        np.bincount(every.sink[every.source & ~listed], minlength=len(net.places)) > 0
    )


def _one_kind(net: Network, ground: Ground, entries: Ruled, goods: Wares) -> None:
    """Choices, shares and ranks exclude each other at one place."""
    table, places = entries.table, net.places
    rule = table.frame["rule"].to_numpy(dtype=object).astype(str)
    kind = np.where(np.isin(rule, ("single", "dual")), "choice", rule)[entries.row]
    place = goods.sink[entries.good]
    order = np.lexsort((entries.row, place))
    place, kind, row = place[order], kind[order], entries.row[order]
    lead = np.flatnonzero(np.diff(place, prepend=-1) != 0)
    first = np.repeat(lead, np.diff(np.append(lead, len(place))))
    told = set()
    for at in np.flatnonzero(kind != kind[first]):
        one, other = int(row[first[at]]), int(row[at])
        if (one, other) not in told:
            told.add((one, other))
            ground.findings.add(
                "sourcing-mixed",
                table=table,
                index=other,
                field="rule",
                location=net.locations.code[places.location[place[at]]],
                product=net.products.code[places.product[place[at]]],
                other=table.cell(one, "rule"),
                stated=_word(rule[one]),
                rule=_word(rule[other]),
            )


def _beside_supply(ground: Ground, entries: Ruled, goods: Wares) -> None:
    """Sourcing ratio beats Supply Share: both stated is an error (ruling 12)."""
    supply, catalog = ground.tables.table("Supply"), ground.catalog
    stated = supply.frame[["share_min", "share_max"]].notna().any(axis=1).to_numpy()
    if not stated.any():
        return
    quiet = Findings()
    places = catalog.ranks("location", supply, "location", quiet)
    products = catalog.ranks("product", supply, "product", quiet)
    ratio = entries.of("ratio")
    least = supply.frame["share_min"].to_numpy(np.float64)
    for row in np.flatnonzero(stated).tolist():
        both = places.mask(row)[goods.origin[ratio.good]]
        both &= products.mask(row)[goods.product[ratio.good]]
        field = "share_max" if np.isnan(least[row]) else "share_min"
        ground.findings.add(
            "share-and-ratio",
            table=entries.table,
            index=np.unique(ratio.row[both]),
            field="value",
            other=f"{supply.title}!{supply.cell(row, field)}",
        )


def check_ranks(
    net: Network, ground: Ground, entries: Ruled, goods: Wares, by_supply: Flags
) -> None:
    """An origin before another needs a limit, or it is never used up."""
    ranked = entries.of("priority")
    if not len(ranked.row):
        return
    _tell_lots(net, ground, ranked)
    value = ranked.table.frame["value"].to_numpy(np.float64)[ranked.row]
    last = np.full(len(net.places), -np.inf)
    np.maximum.at(last, goods.sink[ranked.good], np.nan_to_num(value))
    listed = np.zeros(len(goods.product), dtype=bool)
    listed[ranked.good] = True
    last[goods.sink[goods.source & ~listed]] = np.inf
    limited = by_supply[ranked.good] | _lane_limited(net, ranked.good)
    wrong = ~limited & (value < last[goods.sink[ranked.good]])
    for row in np.unique(ranked.row[wrong]):
        good = int(ranked.good[np.flatnonzero(wrong & (ranked.row == row))[0]])
        ground.findings.add(
            "sourcing-no-limit",
            table=ranked.table,
            index=int(row),
            field="value",
            lane=net.lanes.label[net.goods.lane[good]],
            product=net.products.code[goods.product[good]],
        )


def _tell_lots(net: Network, ground: Ground, ranked: Ruled) -> None:
    """Refuse ranks on a lane whose products come in different lots: how full it gets is open."""
    if net.lots is None:
        return
    limited = np.isfinite(net.lanes.max_shipment)
    least, most = np.full(limited.shape, np.inf), np.zeros(limited.shape)
    lot = np.where(net.goods.allowed, net.lots.shipment, np.nan)
    np.fmin.at(least, net.goods.lane, lot)
    np.fmax.at(most, net.goods.lane, lot)
    mixed: Flags = np.asarray((limited & (least > 0.0) & (least < most)).any(axis=1))
    wrong = mixed[net.goods.lane[ranked.good]]
    for row in np.unique(ranked.row[wrong]):
        good = int(ranked.good[np.flatnonzero(wrong & (ranked.row == row))[0]])
        label = net.lanes.label[net.goods.lane[good]]
        table = ranked.table
        ground.findings.add("sourcing-lots", table=table, index=int(row), field="value", lane=label)


def _lane_limited(net: Network, good: Ints) -> Flags:
    """Whether the lane has a Max Shipment in every period in which the good may be shipped."""
    limit = np.isfinite(net.lanes.max_shipment[net.goods.lane[good]])
    return np.asarray((limit | ~net.goods.allowed[good]).all(axis=1))
