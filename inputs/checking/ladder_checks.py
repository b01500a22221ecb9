"""Whether stated costs keep the order of the penalty ladder (rulings 29 and 35)."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.ladder import SAFETY_WEEKS
from tierstock.inputs.findings import Both, show
from tierstock.inputs.network import Demand, Floats, Ints, Network
from tierstock.inputs.network.service import ranked_pairs
from tierstock.inputs.tables import Table

LADDER = Both("the ladder", "罚金阶梯")
Cells = tuple[tuple[str, str], ...]
_SAFETY: Cells = (("StockTargets", "penalty"),)
_TERMINAL: Cells = (("Terminal", "penalty"),)
_LOST: Cells = (
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
            further=len(np.unique(products)) - 1 or "",
        )


def check_priorities(network: Network, ground: Ground) -> None:
    """Priorities must be kept by the costs of classes that lose what is short (ruling 29).

    A lost sale of a higher class must not cost less than one of a lower class: an error where a
    class states its cost, a warning where Demand rows do.
    """
    demand, classes = network.demand, ground.classes
    high, low = ranked_pairs(demand)
    _warn_must_below(demand, ground, high, low)
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


def _warn_must_below(demand: Demand, ground: Ground, high: Ints, low: Ints) -> None:
    """Tell where a class that must be served forces those above it to be served, too."""
    classes, group = ground.classes, ground.streams.service_class
    both = (demand.quantity[high] > 0.0) & (demand.quantity[low] > 0.0)
    forced = (demand.mode[low] == "must") & (demand.mode[high] != "must") & both.any(axis=1)
    wrong = np.flatnonzero(forced)
    pairs = np.unique(np.stack([group[high[wrong]], group[low[wrong]]], axis=1), axis=0)
    for first, second in pairs:
        row = int(classes.row[second])
        ground.findings.add(
            "must-below-priority",
            table=ground.tables.table("ServiceClasses"),
            index=row,
            field="priority",
            higher=classes.code[first],
            lower=classes.code[second],
        )


def check_ladder(network: Network, ground: Ground) -> None:
    """Warn where terminal < safety over 13 weeks < lost sale does not hold, naming both cells.

    Only the place where it is worst is told.
    """
    places, demand, terminal = network.places, network.demand, network.terminal
    wanted = places.safety > 0.0
    weekly = np.where(wanted, places.safety_penalty * 7.0 / network.periods.days, 0.0)
    safety = SAFETY_WEEKS * weekly.max(axis=1, initial=0.0)
    lost = np.full(len(places), np.inf)
    counted = (demand.quantity > 0.0) & (demand.mode != "must")[:, None]
    least = np.where(counted, demand.lost_cost, np.inf).min(axis=1, initial=np.inf)
    np.minimum.at(lost, demand.place, least)
    at = _worst(safety, np.where(safety > 0.0, lost, np.inf))
    if at is not None:
        at_lost = lost[at : at + 1]
        _tell(
            network,
            ground,
            "ladder-safety",
            _SAFETY,
            places.safety_penalty[at],
            at,
            _LOST,
            at_lost,
            above=float(safety[at]),
            below=float(lost[at]),
        )
    penalty, here = terminal.penalty[terminal.row], safety[terminal.place]
    member = _worst(penalty, np.where(here > 0.0, here, np.inf))
    if member is not None:
        at = int(terminal.place[member])
        stated = penalty[member : member + 1]
        _tell(
            network,
            ground,
            "ladder-terminal",
            _TERMINAL,
            stated,
            at,
            _SAFETY,
            places.safety_penalty[at],
            above=float(penalty[member]),
            below=float(here[member]),
        )


def _worst(above: Floats, below: Floats) -> int | None:
    """Number at which ``above`` exceeds ``below`` most; None where it never does."""
    over = above - below
    return int(over.argmax()) if len(over) and over.max() > 1e-9 else None


def _tell(
    network: Network,
    ground: Ground,
    code: str,
    columns: Cells,
    values: Floats,
    place: int,
    others: Cells,
    other_values: Floats,
    *,
    above: float,
    below: float,
) -> None:
    """Add the warning at the cell that states one of the values, and name the other cell."""
    found = _stated(ground, columns, values)
    other = _stated(ground, others, other_values)
    cell = getattr(LADDER, ground.findings.language)
    if other is not None:
        cell = f"{other[0].title}!{other[0].cell(other[1], other[2])}"
    table = ground.tables.table(columns[0][0])
    ground.findings.add(
        code,
        table=table if found is None else found[0],
        index=None if found is None else found[1],
        field="" if found is None else found[2],
        location=network.locations.code[network.places.location[place]],
        product=network.products.code[network.places.product[place]],
        above=show(round(above, 6)),
        below=show(round(below, 6)),
        other=cell,
    )


def _stated(ground: Ground, columns: Cells, values: Floats) -> tuple[Table, int, str] | None:
    """First row that states one of the values in one of the columns; None for the ladder."""
    for sheet, field in columns:
        table = ground.tables.table(sheet)
        found = np.flatnonzero(table.frame[field].isin(values[values > 0.0]).to_numpy())
        if len(found):
            return table, int(found[0]), field
    return None
