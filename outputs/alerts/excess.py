"""Stock above what is wanted."""

from collections import defaultdict

import numpy as np

from tierstock.inputs.network import Flags, Floats
from tierstock.outputs.alerts.pairs import Pairs
from tierstock.outputs.alerts.scene import FEW, Advice, Found, Scene, at_places
from tierstock.outputs.words import units

PART = 0.05
"""Share of the wanted stock that may be exceeded where no Max Stock is stated."""


def excess(scene: Scene, pairs: Pairs, slow: Flags) -> Found:
    """Stock above Max Stock; where none is stated, above the target and ``excess_days`` of cover.

    Quantity is the most that is too much, in its period; money is what keeping all of it costs:
    holding, and the over stock penalty that Costs charges.

    Args:
        scene: the plan.
        pairs: surplus-shortage pairs.
        slow: [N] places told as slow; without a Max Stock they are not told twice.
    """
    places = scene.net.places
    above = _above(scene, slow)
    at = np.flatnonzero(above.max(axis=1, initial=0.0) > FEW)
    worst = above[at].argmax(axis=1)
    cost = (above[at] * places.holding[at]).sum(axis=1)
    money = cost + scene.charged("over stock")[at].sum(axis=1)
    advice = remedies(scene, pairs, at.tolist())
    return at_places(scene, "excess", at, worst, above[at, worst], money, advice)


def _above(scene: Scene, slow: Flags) -> Floats:
    """[N, T] units too much."""
    most = scene.net.places.max_stock
    stated = np.isfinite(most)
    wanted = scene.needed(scene.limits.excess_days)
    by_cover = scene.closing - wanted
    by_cover = np.where((by_cover > PART * wanted) & ~slow[:, None], by_cover, 0.0)
    found = np.where(stated, scene.inventory("Excess"), by_cover)
    return np.where(scene.kept & (found > FEW), found, 0.0)


def remedies(scene: Scene, pairs: Pairs, places: list[int]) -> list[Advice]:
    """Return what to do with too much stock: feed a shortage, buy less, or offer it elsewhere."""
    given: dict[int, list[int]] = defaultdict(list)
    for pair, giver in enumerate(pairs.giver.tolist()):
        given[giver].append(pair)
    coming = (
        scene.inventory("Received") + scene.inventory("Purchased") + scene.inventory("Produced")
    ).sum(axis=1)
    leaving = scene.inventory("Shipped").sum(axis=1)
    wanting = _wanting(scene, set(places))
    found = []
    for place in places:
        if place in given:
            best = max(given[place], key=lambda pair: (pairs.lane[pair], pairs.units[pair]))
            values = {"units": units(pairs.units[best]), "place": _to(scene, pairs.taker[best])}
            found.append(Advice("do give" if pairs.lane[best] else "do give lane", values))
        elif coming[place] > FEW:
            found.append(Advice("do stop", {"units": units(coming[place])}))
        elif leaving[place] > FEW:
            found.append(Advice("do leaves", {"units": units(leaving[place])}))
        elif place in wanting:
            found.append(Advice("do offer", {"place": _to(scene, wanting[place])}))
        else:
            found.append(Advice("do clear"))
    return found


def _wanting(scene: Scene, places: set[int]) -> dict[int, int]:
    """Return for places with too much another one that has demand for the product, by lane."""
    goods, rate = scene.net.goods, scene.net.places.daily_demand
    wants = np.append(rate.sum(axis=1), 0.0)
    mine = np.flatnonzero(
        np.isin(goods.source, list(places)) & goods.allowed.any(axis=1) & (wants[goods.sink] > 0)
    )
    order = mine[np.argsort(wants[goods.sink[mine]], kind="stable")]
    return dict(zip(goods.source[order].tolist(), goods.sink[order].tolist(), strict=True))


def _to(scene: Scene, place: int) -> str:
    return str(scene.net.locations.code[scene.net.places.location[place]])
