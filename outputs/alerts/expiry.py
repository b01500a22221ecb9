"""Goods that expire before anybody uses them."""

import numpy as np

from tierstock.inputs.network import Floats, Ints, ShelfLife
from tierstock.outputs.alerts.excess import remedies
from tierstock.outputs.alerts.pairs import Pairs
from tierstock.outputs.alerts.scene import FEW, Advice, Found, Scene, at_places, first
from tierstock.outputs.words import units


def expiry(scene: Scene, pairs: Pairs) -> Found:
    """Goods scrapped in the plan, and stock at its end that expires before demand comes for it.

    Money is the value of the goods, and the scrap cost that Costs charges.
    """
    life, places = scene.net.shelf_life, scene.net.places
    if life is None:
        nobody = np.zeros(0, dtype=np.int64)
        return at_places(scene, "expiry", nobody, nobody, np.zeros(0), np.zeros(0), [])
    gone = scene.inventory("Scrapped")
    too_long = _too_long(scene, life)
    at = np.flatnonzero(gone.sum(axis=1) + too_long > FEW)
    scrapped = gone[at].sum(axis=1)
    begins = np.where(scrapped > FEW, first(gone[at] > FEW), scene.size[1] - 1)
    quantity = scrapped + too_long[at]
    money = (gone[at] * places.value[at]).sum(axis=1) + too_long[at] * places.value[at, -1]
    money += scene.charged("scrap")[at].sum(axis=1)
    feeds = remedies(scene, pairs, at.tolist())
    advice = [
        one
        if one.word in ("do give", "do give lane")
        else Advice("do fresh", {"units": units(much)})
        if one.word == "do stop"
        else Advice("do sell first", {"units": units(much)})
        for one, much in zip(feeds, quantity, strict=True)
    ]
    return at_places(scene, "expiry", at, begins, quantity, money, advice)


def _too_long(scene: Scene, life: ShelfLife) -> Floats:
    """[N] units of opening lots left at the end that the demand after it cannot use up in time.

    Older goods go first: of the lots that last beyond the horizon those are left that the stock at
    the end holds. Of the lots up to a last day, what the demand until that day does not take is
    lost.
    """
    end = scene.net.periods.end[-1].astype("datetime64[D]")
    late = np.flatnonzero(life.lot_age >= 0)
    late = late[life.age_last[life.lot_age[late]] >= scene.size[1]]
    day = life.age_day[life.lot_age[late]].astype("datetime64[D]")
    place = life.lot_place[late]
    order = np.lexsort((day, place))
    late, day, place = late[order], day[order], place[order]
    held = np.minimum(_running(life.lot_units[late], place), scene.closing[place, -1])
    days = (day - end).astype(np.int64).astype(np.float64)
    lost = held - days * scene.net.places.daily_demand_after[place]
    worst = np.zeros(scene.size[0])
    np.maximum.at(worst, place, np.maximum(lost, 0.0))
    return worst


def _running(values: Floats, groups: Ints) -> Floats:
    """Running sums within groups that follow each other."""
    total = np.cumsum(values)
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1])) if len(groups) else groups
    before = np.append(0.0, total)[starts]
    lengths = np.diff(np.append(starts, len(groups)))
    return np.asarray(total - np.repeat(before, lengths))
