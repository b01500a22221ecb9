"""Demand that is far off what is usual for its place and product."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.outputs.alerts.scene import Advice, Found, Scene, at_places
from tierstock.outputs.words import units

FEWEST = 6
"""Periods that a series must have before anything is usual in it."""
MANY = 10
"""Series from which on what they have in common is no anomaly of one of them."""
TO_SIGMA = 1.4826
"""Standard deviation of a normal distribution / its median absolute deviation."""
LEAST_SPREAD = 0.1
"""Share of the usual demand that it may always vary by."""


def anomalies(scene: Scene) -> Found:
    """Demand far above or below the usual one of its place and product.

    Usual is the median, of History where one is given and else of the plan's own periods; what
    most series have in common in a period (a season, a holiday) is taken out before. A demand is
    off by the factor ``spike`` and by ``spread`` robust standard deviations, counted both in units
    and in ratios (1.4826 x the median absolute deviation; in units at least the root of the usual
    demand, in ratios at least a tenth). Periods that follow each other are one alert. Money is the
    difference at standard cost.
    """
    rate = wanted_per_period(scene)
    past = rate if scene.history is None else past_per_period(scene)
    live = (past > 0).sum(axis=1) * 2 > past.shape[1]
    live &= (past.shape[1] >= FEWEST) & (rate > 0).any(axis=1)
    if not live.any():
        nobody = np.zeros(0, dtype=np.int64)
        return at_places(scene, "anomaly", nobody, nobody, np.zeros(0), np.zeros(0), [])
    at = np.flatnonzero(live)
    level = np.median(past[at], axis=1)
    common = _common(rate[at] / level[:, None])
    calm = past[at] if scene.history is not None else rate[at] / np.where(common > 0, common, 1.0)
    odd, expected = off(rate[at], calm, common, scene)
    row, period, extra, last = _runs(odd, rate[at] - expected)
    place, length = at[row], scene.net.periods.days
    extra = extra * length[period] / length.mean()
    money = np.abs(extra) * scene.net.places.value[place, period]
    advice = [
        Advice(
            "do spike" if more > 0 else "do drop",
            {"units": units(rate[n, t] * length[t] / length.mean()), "usual": units(base)},
        )
        for n, t, more, base in zip(place, period, extra, expected[row, period], strict=True)
    ]
    return at_places(scene, "anomaly", place, period, np.abs(extra), money, advice)


def off(rate: Floats, calm: Floats, common: Floats, scene: Scene) -> tuple[Flags, Floats]:
    """Return [n, T] which demand is off, and the demand expected.

    Args:
        rate: [n, T] demand of the plan per period of mean length.
        calm: [n, B] what is usual: History, or the demand without what all have in common.
        common: [T] what all series have in common, 1 = usual.
        scene: for its limits.
    """
    usual = np.median(calm, axis=1)[:, None]
    spread = TO_SIGMA * np.median(np.abs(calm - usual), axis=1)[:, None]
    spread = np.maximum(spread, np.sqrt(usual))
    floor = usual / 100.0
    ratio = np.log(np.maximum(calm, floor) / usual)
    wide = TO_SIGMA * np.median(np.abs(ratio), axis=1)[:, None]
    wide = np.maximum(wide, LEAST_SPREAD)
    expected = usual * common
    there = expected > 0
    times = np.log(np.maximum(rate, floor) / np.where(there, expected, 1.0))
    far = np.abs(rate - expected) > scene.limits.spread * spread * np.maximum(common, 1.0)
    wild = np.abs(times) > np.maximum(scene.limits.ratio_spread * wide, np.log(scene.limits.spike))
    drop = (times < 0) & (expected > scene.limits.spread * np.sqrt(usual))
    return there & wild & (far | drop), expected


def wanted_per_period(scene: Scene) -> Floats:
    """Return [N, T] demand of all classes and channels, per period of mean length."""
    demand, length = scene.net.demand, scene.net.periods.days
    wanted = np.zeros(scene.size)
    np.add.at(wanted, demand.place, demand.quantity)
    return np.asarray(wanted / length * length.mean())


def past_per_period(scene: Scene) -> Floats:
    """Return [N, B] past sales per period of mean length; days without stock are filled up.

    The periods go back from the last day of History; what is left at its start is left out. A
    period of which some days had no stock counts its other days for all of it.
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
    np.add.at(sold, (place[kept], bucket[kept]), history["Sales"].to_numpy(np.float64)[kept])
    if "Stock Out" in history:
        out = kept & history["Stock Out"].isin(["Y", "是", True, 1]).to_numpy()
        np.add.at(missing, (place[out], bucket[out]), 1.0)
    return np.asarray(sold * length / np.maximum(length - missing, 1.0))


def _common(ratio: Floats) -> Floats:
    """Return [T] the median ratio to the usual demand over all series; 1 where there are few."""
    if len(ratio) < MANY:
        return np.ones(ratio.shape[1])
    return np.asarray(np.median(ratio, axis=0))


def _runs(odd: Flags, extra: Floats) -> tuple[Ints, Ints, Floats, Ints]:
    """Return row, first period, sum and last period of the runs of odd cells of one sign."""
    sign = np.where(odd, np.sign(extra), 0.0)
    before = np.hstack([np.zeros((len(odd), 1)), sign[:, :-1]])
    row, period = np.nonzero(odd & (sign != before))
    after = np.hstack([sign[:, 1:], np.zeros((len(odd), 1))])
    _, last = np.nonzero(odd & (sign != after))
    total = np.hstack([np.zeros((len(odd), 1)), np.cumsum(np.where(odd, extra, 0.0), axis=1)])
    return row, period, total[row, last + 1] - total[row, period], last
