"""Stock that hardly moves, and what to do with it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tierstock.inputs.network import Dates, Flags, Floats, Ints, Texts
from tierstock.outputs.alerts.excess import remedies
from tierstock.outputs.alerts.pairs import Pairs, find_pairs
from tierstock.outputs.alerts.scene import FEW, Advice, Found, Scene, at_places, without_stock
from tierstock.outputs.expand import named

COLUMNS = ("Scenario", "Location", "Product", "Stock", "Days Cover", "Value", "Action")
ACTIONS = {
    "do give": "transfer",
    "do give lane": "transfer",
    "do leaves": "stop",
    "do offer": "transfer",
    "do stop": "stop",
    "do clear": "clear",
}
"""What is done with slow stock, by what is advised."""


def sales(scene: Scene) -> tuple[Floats, Dates]:
    """Return [N] units sold per day in the last ``slow_days`` of History, and the last sale.

    Of the days of the rate, those on which stock was out count neither as sales nor as days.
    """
    last = np.full(scene.size[0], np.datetime64("NaT", "D"), dtype="datetime64[D]")
    history = scene.history
    if history is None or history.empty:
        return np.zeros(scene.size[0]), last
    place = scene.places(history)
    day = pd.to_datetime(history["Date"]).to_numpy("datetime64[D]")
    sold = history["Sales"].to_numpy(np.float64)
    moved = (place >= 0) & (sold > 0)
    order = np.flatnonzero(moved)[np.argsort(day[moved], kind="stable")]
    last[place[order]] = day[order]
    until = day.max()
    recent = (place >= 0) & (day > until - np.timedelta64(int(scene.limits.slow_days), "D"))
    length = min(scene.limits.slow_days, float((until - day.min()).astype(int) + 1))
    out = without_stock(history)
    counted = recent & ~out
    total = np.bincount(place[counted], sold[counted], scene.size[0])
    empty = pd.DataFrame({"place": place, "day": day})[recent & out].drop_duplicates()
    days = length - np.bincount(empty["place"], minlength=scene.size[0])
    return np.divide(total, days, out=np.zeros(len(total)), where=days >= 0.5), last


def is_slow(scene: Scene) -> Flags:
    """Return [N] places whose stock today lasts longer than ``slow_days``.

    Counted in the forward demand, or in what the plan uses; stock that History shows to sell
    faster is not slow.
    """
    opening = scene.net.places.opening
    rate, _ = sales(scene)
    moves = rate * scene.limits.slow_days >= opening
    lasting = scene.cover_at_start(opening) > scene.limits.slow_days
    return np.asarray((opening > FEW) & scene.kept.any(axis=1) & lasting & ~moves)


def slow(scene: Scene, pairs: Pairs, at: Ints) -> Found:
    """Stock of slow places beyond ``slow_days`` of cover; money is its value."""
    opening = scene.net.places.opening[at]
    extra = opening - _used_within(scene, scene.limits.slow_days)[at]
    money = extra * scene.net.places.value[at, 0]
    advice = remedies(scene, pairs, at.tolist())
    return at_places(scene, "slow", at, np.zeros(len(at), np.int64), extra, money, advice)


def done_with(scene: Scene, at: Ints, advice: Sequence[Advice]) -> Texts:
    """Return what is done with the stock of slow places, in the words of ``SlowMovers``."""
    action = np.array([ACTIONS[one.word] for one in advice], dtype=object)
    action[scene.inventory("Scrapped")[at].sum(axis=1) > FEW] = "scrap"
    return action


def _used_within(scene: Scene, days: float) -> Floats:
    """[N] units used in the first so many days."""
    length, (daily, after) = scene.net.periods.days, scene.used
    starts = np.cumsum(length) - length
    share = np.clip((days - starts) / length, 0.0, 1.0)
    beyond = max(days - length.sum(), 0.0)
    used = (daily * (length * share)).sum(axis=1)
    return np.asarray(used + after * beyond)


def slow_movers(scene: Scene, scenario: str = "base") -> pd.DataFrame:
    """Return the sheet ``SlowMovers``: one row per place whose stock today hardly moves.

    Stock is usable stock at the start, Days Cover how long the forward demand needs for it (blank
    where there is none), Value its worth. Action: transfer (somebody else needs it), stop (more is
    coming, or the plan uses it up later), scrap (it expires in the plan), clear (nobody wants it).
    With History, Last Movement is the day of the last sale.
    """
    net, at = scene.net, np.flatnonzero(is_slow(scene))
    at = at[np.lexsort((net.places.product[at], net.places.location[at]))]
    cover = scene.cover_at_start(net.places.opening)[at]
    advice = remedies(scene, find_pairs(scene), at.tolist())
    frame = {
        "Scenario": scenario,
        "Location": named(net.locations.code, net.places.location[at]),
        "Product": named(net.products.code, net.places.product[at]),
        "Stock": net.places.opening[at],
        "Days Cover": np.where(np.isfinite(cover), cover, np.nan),
        "Value": net.places.opening[at] * net.places.value[at, 0],
        "Action": pd.Series(done_with(scene, at, advice), dtype="str"),
    }
    found = pd.DataFrame(frame, columns=list(COLUMNS))
    if scene.history is not None:
        found.insert(5, "Last Movement", sales(scene)[1][at])
    return found
