"""Demand of the network: modes, waiting, and the costs of being short (rulings 27 to 31, 34)."""

from dataclasses import dataclass, replace

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.classes import Classes, ClassRule
from tierstock.inputs.assembly.demand_rows import Streams
from tierstock.inputs.assembly.openings import Opening
from tierstock.inputs.assembly.periods import locate_dates
from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.assembly.unique import told_apart
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Demand, Flags, Floats, Ints, Periods, Products, Texts
from tierstock.inputs.tables import Table

WAITS = ("backorder", "partial")
"""Modes in which demand may be served later."""


@dataclass(frozen=True)
class ShortCosts:
    """Prices of what is short, and where nothing but the ladder speaks."""

    lost: Floats
    """[D, T] money per unit not served."""
    back: Floats
    """[D, T] money per unit owed at the end of the period."""
    unknown: Flags
    """[D] may go short, but nothing is stated and the ladder's basis is 0."""


def with_backlog(
    streams: Streams,
    opening: Opening,
    classes: Classes,
    rule: ClassRule,
    location_channel: Texts,
    table: Table,
    findings: Findings,
) -> tuple[Streams, Floats]:
    """Give each opening backlog to the highest-priority class that waits at its place, ruling 31.

    Where no demand waits there, the class the place's demand would have is taken if it waits;
    else the negative stock is an error at its cell. Streams that want nothing are left out.

    Returns:
        The streams in canonical order, and the units owed at the start, [D].
    """
    owed = np.flatnonzero(opening.backlog > 0.0)
    channel = np.searchsorted(rule.channels.astype(str), location_channel.astype(str))
    usual = rule.resolve(
        np.full(len(owed), -1, dtype=np.int64),
        channel[opening.location[owed]],
        opening.location[owed],
        opening.product[owed],
    )
    waits = np.isin(classes.mode, WAITS)
    order = np.lexsort(
        (streams.channel, streams.service_class, classes.priority[streams.service_class])
    )
    order = order[waits[streams.service_class[order]]]
    place = [(int(streams.location[d]), int(streams.product[d])) for d in order[::-1]]
    first = dict(zip(place, order[::-1].tolist(), strict=True))
    backlog = np.zeros(len(streams))
    added: list[tuple[int, int, int, int, float]] = []
    for at, group in zip(owed.tolist(), usual.tolist(), strict=True):
        pair = (int(opening.location[at]), int(opening.product[at]))
        if pair in first:
            backlog[first[pair]] += opening.backlog[at]
        elif waits[group]:
            added.append((*pair, group, int(channel[pair[0]]), float(opening.backlog[at])))
        else:
            findings.add(
                "backlog-without-class", table=table, index=int(opening.row[at]), field="quantity"
            )
    return _joined(streams, backlog, added)


def _joined(
    streams: Streams, backlog: Floats, added: list[tuple[int, int, int, int, float]]
) -> tuple[Streams, Floats]:
    kept = (streams.quantity.sum(axis=1) > 0.0) | (backlog > 0.0)
    count, width = len(added), streams.quantity.shape[1]
    codes = np.asarray([row[:4] for row in added], dtype=np.int64).reshape(count, 4)
    extra = np.asarray([row[4] for row in added], dtype=np.float64)
    blank = np.full((count, width), np.nan)
    whole = Streams(
        np.concatenate([streams.location[kept], codes[:, 0]]),
        np.concatenate([streams.product[kept], codes[:, 1]]),
        np.concatenate([streams.service_class[kept], codes[:, 2]]),
        np.concatenate([streams.channel[kept], codes[:, 3]]),
        np.concatenate([streams.quantity[kept], np.zeros((count, width))]),
        np.concatenate([streams.lost_cost[kept], blank]),
        np.concatenate([streams.back_cost[kept], blank]),
        np.concatenate([streams.price[kept], blank]),
    )
    owed = np.concatenate([backlog[kept], extra])
    order = np.lexsort((whole.channel, whole.service_class, whole.product, whole.location))
    names = whole.__dataclass_fields__
    return replace(whole, **{name: getattr(whole, name)[order] for name in names}), owed[order]


def short_costs(
    streams: Streams,
    classes: Classes,
    products: Products,
    product_cost: Floats,
    days: Floats,
    default: str | float,
) -> ShortCosts:
    """Resolve the costs of being short, ruling 34.

    Lost sale: the Demand row, else the class (Lost Cost, or Lost Cost Share x Price), else the
    product, else the ladder b x (K - k + 1), or the stated multiple of it. Waiting: the Demand
    row, else the class, else the ladder 0.05 b x (K - k + 1) x days / 7.

    Args:
        streams: demand.
        classes: service classes.
        products: for price and value.
        product_cost: [P] Products.Shortage Cost, not a number where blank.
        days: [T] length of the periods.
        default: Settings.shortage_default_cost.
    """
    group, product = streams.service_class, streams.product
    b, step = ladder.basis(products)[product], classes.step[group]
    by_class = classes.lost_cost[group]
    share = classes.lost_share[group] * products.price[product]
    stated = np.where(np.isnan(by_class), share, by_class)
    stated = np.where(np.isnan(stated), product_cost[product], stated)[:, None]
    stated = np.where(np.isnan(streams.lost_cost), stated, streams.lost_cost)
    multiple = 1.0 if isinstance(default, str) else float(default)
    lost = np.where(np.isnan(stated), ladder.lost(b, step, multiple)[:, None], stated)
    waiting = np.where(
        np.isnan(streams.back_cost), classes.back_cost[group][:, None], streams.back_cost
    )
    back = np.where(np.isnan(waiting), ladder.backorder(b, step, days), waiting)
    wanted = streams.quantity > 0.0
    no_lost = (np.isnan(stated) & wanted).any(axis=1) & (classes.mode[group] != "must")
    no_back = (np.isnan(waiting) & wanted).any(axis=1) & (classes.owed_share[group] > 0.0)
    return ShortCosts(lost, back, np.asarray((b <= 0.0) & (no_lost | no_back)))


def clear_by(periods: Periods, wait: Floats) -> tuple[Ints, Ints]:
    """Last period in which what is owed is served or given up (F3).

    W = floor(Max Wait / length of the periods): what is owed since t by t + W. The opening
    backlog counts as owed since the bucket before the first one, and has that first bucket at
    least.

    Args:
        periods: the buckets.
        wait: [D] longest wait in days; infinite = no limit.

    Returns:
        [D, T] for demand of each period and [D] for the opening backlog; T = no limit.
    """
    count = len(periods)
    length = periods.end[-1] - periods.start[0]
    days = np.minimum(wait, float(length.astype(np.int64)) + 2.0 + float(periods.days[0]))
    whole = np.floor(days + 1e-9).astype(np.int64).astype("timedelta64[D]")
    last = locate_dates(periods, (periods.start + whole[:, None]).ravel())
    before = periods.start[0] - np.timedelta64(int(periods.days[0]), "D")
    opening = np.maximum(locate_dates(periods, before + whole), 0)
    unlimited = np.isinf(wait)
    return (
        np.where(unlimited[:, None], count, last.reshape(len(wait), count)),
        np.where(unlimited, count, opening),
    )


def build_demand(
    streams: Streams,
    owed: Floats,
    costs: ShortCosts,
    classes: Classes,
    rule: ClassRule,
    pairs: Pairs,
    periods: Periods,
) -> Demand:
    """Return the demand streams of the network; a class that may not wait a bucket is lost."""
    group = streams.service_class
    last, opening_last = clear_by(periods, classes.max_wait[group])
    never = (last <= np.arange(len(periods))).all(axis=1)
    mode = np.where(never & np.isin(classes.mode[group], WAITS), "lost", classes.mode[group])
    code, channel = classes.code[group], rule.channels[streams.channel]
    return Demand(
        place=pairs.at(streams.location, streams.product),
        service_class=code,
        channel=channel,
        label=_labels(streams, code, channel),
        mode=mode.astype(object),
        priority=classes.priority[group],
        quantity=streams.quantity,
        opening_backlog=owed,
        lost_cost=costs.lost,
        back_cost=costs.back,
        owed_share=np.where(never, 0.0, classes.owed_share[group]),
        clear_by=last,
        opening_clear_by=opening_last,
    )


def _labels(streams: Streams, code: Texts, channel: Texts) -> Texts:
    """Class, and ``/channel`` where one place has several channels in the class."""
    key = np.stack([streams.location, streams.product, streams.service_class])
    _, pair, count = np.unique(key, axis=1, return_inverse=True, return_counts=True)
    several = count[pair.reshape(-1)] > 1
    name = np.where(several, code + "/" + channel, code).astype(object)
    place = streams.location * (streams.product.max(initial=0) + 1) + streams.product
    return told_apart(name, place)
