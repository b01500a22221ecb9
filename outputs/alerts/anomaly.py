"""Demand that is far off what is usual for its place and product."""

from statistics import NormalDist

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.outputs.alerts.scene import Advice, Found, Scene, at_places, without_stock
from tierstock.outputs.words import units

FEWEST = 6
"""Periods that a series must have before anything is usual in it."""
MANY = 10
"""Series from which on what they have in common is no anomaly of one of them."""
TO_SIGMA = 1.4826
"""Standard deviation of a normal distribution / its median absolute deviation."""
LEAST_SPREAD = 0.1
"""Least standard deviation of the ratio to the usual demand."""
COUNTED = 5.0
"""Roots of the usual demand by which an unusual one is off: what customers do by chance."""
AROUND = 7
"""Periods whose median is the usual demand in the midst of them."""


def anomalies(scene: Scene) -> Found:
    """Demand far above or below the usual one of its place and product.

    Usual is the median of the seven periods around, after what most series have in common in a
    period (a season, a holiday) is taken out; with History it is the median of the past. A demand
    is off where it differs by the factor ``spike``, by more than chance explains in all but a
    ``mistakes`` share of quiet series (robust deviation: 1.4826 x the median absolute deviation of
    the ratio, of its own series and of all), and by five roots of the usual demand.
    Periods that follow each other are one alert. Money is the difference at standard cost.
    """
    rate = wanted_per_period(scene)
    past = None if scene.history is None else past_per_period(scene)
    known = rate if past is None else past
    live = ((known > 0).sum(axis=1) * 2 > known.shape[1]) & (rate > 0).any(axis=1)
    at = np.flatnonzero(live & (known.shape[1] >= FEWEST))
    if not len(at):
        return at_places(scene, "anomaly", at, at, np.zeros(0), np.zeros(0), [])
    level = np.median(known[at], axis=1)[:, None]
    common = _common(rate[at] / level)
    if past is None:
        calm = rate[at] / np.where(common > 0, common, 1.0)
        usual = usual_of(calm)
        expected = usual * common
    else:
        calm, usual, expected = past[at], np.broadcast_to(level, past[at].shape), level * common
    odd = off(rate[at], calm, usual, expected, scene)
    length = scene.net.periods.days / scene.net.periods.days.mean()
    row, period, extra = _runs(odd, (rate[at] - expected) * length)
    place = at[row]
    money = np.abs(extra) * scene.net.places.value[place, period]
    advice = [
        Advice(
            "do spike" if more > 0 else "do drop",
            {"units": units(rate[n, t] * length[t]), "usual": units(base * length[t])},
        )
        for n, t, more, base in zip(place, period, extra, expected[row, period], strict=True)
    ]
    return at_places(scene, "anomaly", place, period, np.abs(extra), money, advice)


def off(rate: Floats, calm: Floats, usual: Floats, expected: Floats, scene: Scene) -> Flags:
    """Return [n, T] which demand is off.

    Args:
        rate: [n, T] demand of the plan per period of mean length.
        calm: [n, B] what is usual: History, or the demand without what all have in common.
        usual: [n, B] the usual demand at the time of ``calm``.
        expected: [n, T] the usual demand in the plan; 0 where none can be told.
        scene: for its limits.
    """
    there = expected > 0
    level = np.median(usual, axis=1)[:, None]
    base = np.where(usual > 0, usual, 1.0)
    ratio = np.log(np.maximum(calm, base / 100.0) / base)
    own = TO_SIGMA * np.median(np.abs(ratio), axis=1)[:, None]
    all_of_them = max(float(np.median(own)), LEAST_SPREAD)
    wide = np.maximum(np.sqrt((own**2 + all_of_them**2) / 2.0), all_of_them)
    reach = NormalDist().inv_cdf(1.0 - scene.limits.mistakes / rate.shape[1]) * wide
    least = np.maximum(level / 100.0, np.finfo(float).tiny)  # 0 where nothing is usual
    times = np.log(np.maximum(rate, least) / np.where(there, expected, 1.0))
    spike = times > np.maximum(reach, np.log(scene.limits.spike))
    drop = (times < -np.log(scene.limits.spike)) & (expected - rate > reach * expected)
    enough = np.abs(rate - expected) > COUNTED * np.sqrt(level)
    return np.asarray(there & (spike | drop) & enough)


def usual_of(series: Floats) -> Floats:
    """Return [n, B] the median of the ``AROUND`` periods around each one."""
    count = series.shape[1]
    width = min(AROUND, count)
    windows = np.lib.stride_tricks.sliding_window_view(series, width, axis=1)
    middle = np.median(windows, axis=2)
    at = np.clip(np.arange(count) - width // 2, 0, count - width)
    return np.asarray(middle[:, at])


def wanted_per_period(scene: Scene) -> Floats:
    """Return [N, T] demand of all classes and channels, per period of mean length."""
    demand, length = scene.net.demand, scene.net.periods.days
    wanted = np.zeros(scene.size)
    np.add.at(wanted, demand.place, demand.quantity)
    return np.asarray(wanted / length * length.mean())


def past_per_period(scene: Scene) -> Floats:
    """Return [N, B] past sales per period of mean length; days without stock are filled up.

    The periods go back from the last day of History; what is left at its start is left out. A
    period of which some days had no stock counts its other days for all of it; one that never had
    any counts as a usual one.
    """
    history = scene.history
    assert history is not None
    length = float(scene.net.periods.days.mean())
    day = pd.to_datetime(history["Date"]).to_numpy("datetime64[D]")
    back = (day.max() - day).astype(np.int64) if len(day) else np.zeros(0, np.int64)
    bucket = (back // length).astype(np.int64)
    count = int((back.max(initial=-1) + 1) // length)
    place = scene.places(history)
    kept = (place >= 0) & (bucket < count)
    sold, missing = np.zeros((2, scene.size[0], count))
    out = without_stock(history)
    here = kept & ~out
    np.add.at(sold, (place[here], bucket[here]), history["Sales"].to_numpy(np.float64)[here])
    empty = np.unique(np.stack([place, back])[:, kept & out], axis=1)
    np.add.at(missing, (empty[0], (empty[1] // length).astype(np.int64)), 1.0)
    known = length - missing >= 0.5
    found = np.where(known, sold * length / np.where(known, length - missing, 1.0), 0.0)
    if known.all():
        return found
    usual = pd.DataFrame(found).where(known).median(axis=1).fillna(0.0).to_numpy(np.float64)
    return np.where(known, found, usual[:, None])


def _common(ratio: Floats) -> Floats:
    """Return [T] the median ratio to the usual demand over all series; 1 where there are few."""
    if len(ratio) < MANY:
        return np.ones(ratio.shape[1])
    return np.asarray(np.median(ratio, axis=0))


def _runs(odd: Flags, extra: Floats) -> tuple[Ints, Ints, Floats]:
    """Return row, first period and sum of the runs of odd cells of one sign."""
    sign = np.where(odd, np.sign(extra), 0.0)
    before = np.hstack([np.zeros((len(odd), 1)), sign[:, :-1]])
    row, period = np.nonzero(odd & (sign != before))
    after = np.hstack([sign[:, 1:], np.zeros((len(odd), 1))])
    _, last = np.nonzero(odd & (sign != after))
    total = np.hstack([np.zeros((len(odd), 1)), np.cumsum(np.where(odd, extra, 0.0), axis=1)])
    return row, period, total[row, last + 1] - total[row, period]
