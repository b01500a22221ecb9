"""Where one place has to spare what another lacks, and whether a lane gets there in time."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.outputs.alerts.scene import FEW, Scene
from tierstock.outputs.expand import named

COLUMNS = (
    "Product",
    "From",
    "To",
    "Period",
    "Quantity",
    "Lane",
    "In Time",
    "Ship Period",
    "Arrive Period",
)
NEVER = -1
"""In place of a period: there is no lane, or nothing may be sent."""


@dataclass(frozen=True)
class Pairs:
    """Surplus given to shortages, one entry each; no unit is given twice."""

    giver: Ints
    """Place that has units to spare."""
    taker: Ints
    """Place that runs short."""
    units: Floats
    """Units that can be given."""
    lane: Flags
    """Whether goods may be sent from one to the other."""
    in_time: Flags
    """Whether they arrive by the first period in which the taker is short."""
    ship: Ints
    """Period in which they are sent, ``NEVER`` without a lane."""
    arrive: Ints
    """Period in which they arrive, T and more after the horizon; ``NEVER`` without a lane."""

    def __len__(self) -> int:
        return len(self.giver)


@dataclass(frozen=True)
class _Ways:
    """Lanes from a place with surplus to one that is short."""

    giver: Ints
    taker: Ints
    most: Floats
    ship: Ints
    arrive: Ints
    in_time: Flags
    cost: Floats


def _ways(scene: Scene, needs: Ints) -> _Ways:
    """Return the lanes, each with the best period to ship.

    In time: the last period that still arrives when the shortage begins, since what a place can
    spare only grows. Else the first one that is open, for the shortage that is left by then.
    """
    goods, spare, short = scene.net.goods, scene.spare, scene.short
    mine = np.flatnonzero(
        np.isin(goods.sink, needs) & (spare[goods.source, -1] > FEW) & goods.allowed.any(axis=1)
    )
    giver, taker, allowed = goods.source[mine], goods.sink[mine], goods.allowed[mine]
    periods = np.arange(scene.size[1])
    arrive = periods + goods.lead[mine]
    begins = (short[taker] > 0).argmax(axis=1)
    timely = allowed & (arrive <= begins[:, None])
    in_time = timely.any(axis=1)
    last = scene.size[1] - 1 - timely[:, ::-1].argmax(axis=1)
    ship = np.where(in_time, last, allowed.argmax(axis=1))
    row = np.arange(len(mine))
    there = arrive[row, ship]
    to_come = np.where(in_time[:, None], True, periods >= there[:, None])
    most = np.minimum(spare[giver, ship], (short[taker] * to_come).sum(axis=1))
    cost = goods.unit_cost[mine, ship]
    return _Ways(giver, taker, most, ship, there, in_time, cost)


def find_pairs(scene: Scene) -> Pairs:
    """Match surplus and shortage of each product: lanes in time first, then lanes, then the rest.

    Among lanes the cheapest comes first; without a lane the largest surplus meets the largest
    shortage.
    """
    needs = np.flatnonzero(scene.short.any(axis=1))
    ways = _ways(scene, needs)
    left = dict(zip(needs.tolist(), scene.short[needs].sum(axis=1).tolist(), strict=True))
    given: dict[int, float] = defaultdict(float)
    rows: list[tuple[int, int, float, bool, bool, int, int]] = []
    for w in np.lexsort((-ways.most, ways.cost, ~ways.in_time)).tolist():
        giver, taker, ship = int(ways.giver[w]), int(ways.taker[w]), int(ways.ship[w])
        here = float(scene.spare[giver, ship]) - given[giver]
        units = min(here, left[taker], float(ways.most[w]))
        if units > FEW:
            given[giver] += units
            left[taker] -= units
            rows.append((giver, taker, units, True, bool(ways.in_time[w]), ship, ways.arrive[w]))
    rows += _without_lane(scene, left, given, set(zip(ways.giver, ways.taker, strict=True)))
    rows.sort(key=lambda row: (row[1], not row[4], not row[3], -row[2]))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 7
    ints = [np.array(columns[k], dtype=np.int64) for k in (0, 1, 5, 6)]
    flags = [np.array(columns[k], dtype=bool) for k in (3, 4)]
    return Pairs(ints[0], ints[1], np.array(columns[2], dtype=np.float64), *flags, *ints[2:])


def _without_lane(
    scene: Scene,
    left: dict[int, float],
    given: dict[int, float],
    linked: set[tuple[int, int]],
) -> list[tuple[int, int, float, bool, bool, int, int]]:
    """Match what is still short with surplus that no lane brings there."""
    product = scene.net.places.product
    lacking: dict[int, list[int]] = defaultdict(list)
    for place, units in left.items():
        if units > FEW:
            lacking[int(product[place])].append(place)
    now = scene.spare[:, 0]
    owners = np.flatnonzero((now > FEW) & np.isin(product, list(lacking)))
    having: dict[int, list[int]] = defaultdict(list)
    for place in owners[np.argsort(-now[owners], kind="stable")].tolist():
        having[int(product[place])].append(place)
    rows = []
    for code, takers in lacking.items():
        for taker in sorted(takers, key=lambda place: -left[place]):
            for giver in having[code]:
                units = min(float(now[giver]) - given[giver], left[taker])
                if units > FEW and (giver, taker) not in linked:
                    given[giver] += units
                    left[taker] -= units
                    rows.append((giver, taker, units, False, False, NEVER, NEVER))
    return rows


def pairs(scene: Scene) -> pd.DataFrame:
    """Return surplus-shortage pairs: Product, From (surplus), To (shortage), Period, Quantity ….

    Period is the first one in which the place is short. Lane tells (Y or N) whether goods may be
    sent there, In Time whether they arrive by then; Ship Period and Arrive Period are blank
    without a lane, Arrive Period also after the horizon. Sorted by product and place that lacks.
    """
    net, found = scene.net, find_pairs(scene)
    places, flag = net.places, np.array(["N", "Y"], dtype=object)
    periods = np.append(net.periods.id, "")
    begins = (scene.short[found.taker] > 0).argmax(axis=1) if len(found) else found.taker
    there = np.where(found.arrive < 0, len(net.periods), found.arrive)
    columns = {
        "Product": named(net.products.code, places.product[found.giver]),
        "From": named(net.locations.code, places.location[found.giver]),
        "To": named(net.locations.code, places.location[found.taker]),
        "Period": named(net.periods.id, begins),
        "Quantity": found.units,
        "Lane": pd.Series(flag[found.lane.astype(int)], dtype="str"),
        "In Time": pd.Series(flag[found.in_time.astype(int)], dtype="str"),
        "Ship Period": named(net.periods.id, found.ship),
        "Arrive Period": pd.Series(periods[np.minimum(there, len(net.periods))], dtype="str"),
    }
    frame = pd.DataFrame(columns, columns=list(COLUMNS))
    order = np.lexsort((places.location[found.taker], places.product[found.giver]))
    return frame.iloc[order].reset_index(drop=True)
