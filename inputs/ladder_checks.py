"""Whether stated costs keep the order of the penalty ladder (rulings 29 and 35)."""

import numpy as np

from tierstock.inputs.findings import Both, show
from tierstock.inputs.ground import Ground
from tierstock.inputs.ladder import SAFETY_WEEKS
from tierstock.inputs.network import Floats, Network

LADDER = Both("the ladder", "罚金阶梯")
_LOST = (
    ("Demand", "shortage_cost"),
    ("ServiceClasses", "lost_cost"),
    ("Products", "shortage_cost"),
)


def check_shares(ground: Ground) -> None:
    """A Lost Cost Share needs a Price."""
    classes, streams = ground.classes, ground.streams
    shared = ~np.isnan(classes.lost_share) & np.isnan(classes.lost_cost)
    blank = np.isnan(ground.products.price[streams.product]) & shared[streams.service_class]
    for group in np.unique(streams.service_class[blank]):
        products = streams.product[blank & (streams.service_class == group)]
        ground.findings.add(
            "share-without-price",
            table=ground.tables.table("ServiceClasses"),
            index=int(classes.row[group]),
            field="lost_cost_share",
            product=ground.products.code[products.min()],
            others=len(np.unique(products)) - 1 or "",
        )


def check_priorities(network: Network, ground: Ground) -> None:
    """A lost sale of a higher class must not cost less than one of a lower class.

    An error where a class states its cost, a warning where Demand rows do.
    """
    demand, classes = network.demand, ground.classes
    order = np.lexsort((demand.priority, demand.place))
    high, low = order[:-1], order[1:]
    beside = (demand.place[high] == demand.place[low]) & (
        demand.priority[high] < demand.priority[low]
    )
    high, low = high[beside], low[beside]
    both = (demand.quantity[high] > 0.0) & (demand.quantity[low] > 0.0)
    free = (demand.mode[high] != "must") & (demand.mode[low] != "must")
    less = demand.lost_cost[high] < demand.lost_cost[low] * (1 - 1e-9)
    wrong = np.flatnonzero((both & less).any(axis=1) & free)
    group = ground.streams.service_class
    pairs = np.unique(np.stack([group[high[wrong]], group[low[wrong]]], axis=1), axis=0)
    for first, second in pairs:
        stated = not np.isnan(
            [classes.lost_cost[[first, second]], classes.lost_share[[first, second]]]
        ).all()
        row = int(classes.row[first])
        ground.findings.add(
            "priority-cost",
            table=ground.tables.table("ServiceClasses"),
            index=row if row >= 0 else None,
            field="lost_cost",
            severity="error" if stated else "warning",
            higher=classes.code[first],
            lower=classes.code[second],
        )


def check_ladder(network: Network, ground: Ground) -> None:
    """Warn where terminal < safety over 13 weeks < lost sale does not hold, naming both cells."""
    places, demand = network.places, network.demand
    wanted = places.safety > 0.0
    weekly = np.where(wanted, places.safety_penalty * 7.0 / network.periods.days, 0.0)
    safety = SAFETY_WEEKS * weekly.max(axis=1, initial=0.0)
    lost = np.full(len(places), np.inf)
    counted = (demand.quantity > 0.0) & (demand.mode != "must")[:, None]
    np.minimum.at(lost, demand.place, np.where(counted, demand.lost_cost, np.inf).min(axis=1))
    over = np.where(np.isfinite(lost), safety - lost, -np.inf)
    if len(over) and over.max() > 1e-9:
        at = int(over.argmax())
        ground.findings.add(
            "ladder-safety",
            sheet=_where(ground, (("StockTargets", "penalty"),), weekly[at]),
            **_pair(network, at),
            safety=show(round(float(safety[at]), 6)),
            lost=show(round(float(lost[at]), 6)),
            other=_where(ground, _LOST, lost[at : at + 1]),
        )
    terminal = network.terminal
    above = terminal.penalty[terminal.row] - safety[terminal.place]
    above = np.where(safety[terminal.place] > 0.0, above, -np.inf)
    if len(above) and above.max() > 1e-9:
        at = int(above.argmax())
        place = int(terminal.place[at])
        penalty = terminal.penalty[terminal.row[at : at + 1]]
        ground.findings.add(
            "ladder-terminal",
            sheet=_where(ground, (("Terminal", "penalty"),), penalty),
            **_pair(network, place),
            terminal=show(round(float(penalty[0]), 6)),
            safety=show(round(float(safety[place]), 6)),
            other=_where(ground, (("StockTargets", "penalty"),), weekly[place]),
        )


def _pair(network: Network, place: int) -> dict[str, object]:
    location = network.places.location[place]
    product = network.places.product[place]
    return {
        "location": network.locations.code[location],
        "product": network.products.code[product],
    }


def _where(ground: Ground, columns: tuple[tuple[str, str], ...], values: Floats) -> str:
    """Cell that states one of the values, or the ladder in the language of the reader."""
    for sheet, field in columns:
        table = ground.tables.table(sheet)
        found = np.flatnonzero(table.frame[field].isin(values[values > 0.0]).to_numpy())
        if len(found):
            return f"{table.title}!{table.cell(int(found[0]), field)}"
    return str(getattr(LADDER, ground.findings.language))
