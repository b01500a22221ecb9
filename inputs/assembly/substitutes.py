"""Substitutes: which products may stand in for which demand (F30)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Floats, Ints, Network, Substitutes
from tierstock.inputs.selecting.precedence import (
    Column,
    always,
    cover,
    report_idle,
    resolve,
)

if TYPE_CHECKING:
    from tierstock.inputs.assembly.goods import Links


@dataclass(frozen=True)
class StandIns:
    """Ways to meet the streams of the demand sheet, before places are numbered."""

    stream: Ints
    """[W] stream as stated in Demand."""
    product: Ints
    """[W] product delivered instead."""
    ratio: Floats
    cost: Floats
    rank: Ints

    def __len__(self) -> int:
        return len(self.stream)


def stand_ins(ground: Ground) -> StandIns:
    """Resolve the sheet Substitutes for every stream of demand.

    The most specific row sets each value, a blank inherits (ruling 10): Product goes before
    Substitute, Channel comes last. A product never stands in for itself.
    """
    table, catalog, findings = ground.tables.table("Substitutes"), ground.catalog, ground.findings
    wanted = catalog.ranks("product", table, "product", findings)
    instead = catalog.ranks("product", table, "substitute", findings)
    served = catalog.ranks("channel", table, "channel", findings)
    streams, other = ground.streams, np.zeros(len(ground.products), dtype=bool)
    for row in range(len(table)):
        other |= instead.mask(row)
    alternatives = np.flatnonzero(other)
    stream = np.repeat(np.arange(len(streams) if len(table) else 0), len(alternatives))
    product = np.tile(alternatives, len(streams) if len(table) else 0)
    apart = streams.product[stream] != product
    stream, product = stream[apart], product[apart]
    names = ground.rule.channels[streams.channel[stream]]
    channel = catalog.positions("channel", names)
    blank = catalog.positions("channel", np.array([""], dtype=object))[0]
    channel = np.where(channel < 0, blank, channel)
    columns = [
        Column(wanted, streams.product[stream], 0),
        Column(instead, product, 1),
        Column(served, channel, 2, False),
    ]
    coverage = cover(columns, always(table), 1)
    report_idle(columns, coverage, table, findings)
    ratio = resolve(coverage, table, "ratio", findings, 1.0)[:, 0]
    cost = resolve(coverage, table, "cost", findings, 0.0)[:, 0]
    rank = resolve(coverage, table, "rank", findings, 1.0)[:, 0]
    found = np.zeros(len(stream), dtype=bool)
    found[coverage.item] = True
    for at in np.flatnonzero(table.frame["ratio"].to_numpy(dtype=np.float64) <= 0):
        findings.add("not-above-zero", table=table, index=int(at), field="ratio")
    return StandIns(
        stream[found], product[found], ratio[found], cost[found], rank[found].astype(np.int64)
    )


def build_substitutes(net: Network, ground: Ground, links: "Links") -> Substitutes | None:
    """The part of the network; None where nothing stands in for anything."""
    found, streams = links.instead, ground.streams
    place = net.places.of[streams.location[found.stream], found.product]
    real = place >= 0
    if not real.any():
        return None
    order = np.lexsort((place[real], found.rank[real], found.stream[real]))
    return Substitutes(
        stream=found.stream[real][order],
        place=place[real][order],
        ratio=found.ratio[real][order],
        cost=found.cost[real][order],
        rank=found.rank[real][order],
    )
