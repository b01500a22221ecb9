"""Rows of ServiceTargets: what they select and over which windows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Flags, Ints, Network, Texts
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.selectors import ALL, Axis, Ranks
from tierstock.inputs.tables import Table

WINDOWS = ("", "horizon", "each period", "month", "quarter")
"""Words of the column Window; any other text selects periods, which then count together."""


@dataclass(frozen=True)
class Wish:
    """One row of ServiceTargets."""

    row: int
    name: str
    measure: str
    each: str
    minimum: float
    hard: bool
    penalty: float
    """Not a number where blank."""
    fairness: str
    tolerance: float
    location: Flags
    """[L] locations it selects."""
    product: Flags
    """[P] products it selects."""
    stream: Flags
    """[D] streams it selects, by class and channel too."""
    by_customer: bool
    """Whether it selects by class or channel."""
    window: Ints
    """[T] window of each period, -1 = none."""
    windows: Texts
    """[W] names of the windows."""


def wishes(table: Table, net: Network, ground: Ground) -> Iterator[Wish]:
    """Rows by name of the target, so that their order in the sheet does not matter."""
    frame, demand, places = table.frame, net.demand, net.places
    catalog = _catalog(ground)
    ranked = {
        field: catalog.ranks(field, table, field, ground.findings)
        for field in ("location", "product", "class", "channel")
    }
    when = catalog.ranked("period", table, "window", ground.findings, _window_rank(catalog))
    number = {
        field: frame[field].to_numpy(dtype=np.float64)
        for field in ("minimum", "penalty", "tolerance")
    }
    kind = catalog.positions("class", demand.service_class)
    channel = catalog.positions("channel", demand.channel)
    at, of = places.location[demand.place], places.product[demand.place]
    for row in np.argsort(frame["target"].to_numpy(dtype=str), kind="stable").tolist():
        location, product = ranked["location"].mask(row), ranked["product"].mask(row)
        customer = ranked["class"].mask(row)[kind] & ranked["channel"].mask(row)[channel]
        text = str(frame["window"].iat[row])
        window, windows = _windows(text, net, when.mask(row))
        fairness = str(frame["fairness"].iat[row])
        yield Wish(
            row=row,
            name=str(frame["target"].iat[row]),
            measure=str(frame["measure"].iat[row]) or "fill",
            each=str(frame["each"].iat[row]) or "together",
            minimum=float(np.nan_to_num(number["minimum"][row])),
            hard=str(frame["hardness"].iat[row]) == "hard",
            penalty=float(number["penalty"][row]),
            fairness="" if fairness == "none" else fairness,
            tolerance=float(np.nan_to_num(number["tolerance"][row], nan=0.05)),
            location=location,
            product=product,
            stream=location[at] & product[of] & customer,
            by_customer=any(frame[f].iat[row] not in ("", "*") for f in ("class", "channel")),
            window=window,
            windows=windows,
        )


def _catalog(ground: Ground) -> Catalog:
    """The catalog with every class and channel that demand can have."""
    known = ground.catalog.axes
    classes = Axis(ground.classes.code, groups=known["class"].groups)
    channels = Axis(ground.rule.channels, groups=known["channel"].groups)
    return replace(ground.catalog, axes={**known, "class": classes, "channel": channels})


def _window_rank(catalog: Catalog) -> Callable[[str], Ranks]:
    """Ranks of a Window cell: every period for the known words, else its selection."""
    axis = catalog.axes["period"]

    def rank(text: str) -> Ranks:
        if text in WINDOWS:
            return np.full(len(axis), ALL, dtype=np.int8)
        return axis.match(text).rank

    return rank


def _windows(text: str, net: Network, chosen: Flags) -> tuple[Ints, Texts]:
    """Window of every period [T] and the names of the windows [W]."""
    periods = net.periods
    if text == "each period":
        return np.arange(len(periods)), periods.id
    month = periods.start.astype("datetime64[M]")
    if text in ("month", "quarter"):
        year, number = np.divmod(month.astype(np.int64), 12)
        part = number // 3 + 1 if text == "quarter" else number + 1
        form = "{}-Q{}" if text == "quarter" else "{}-{:02}"
        pairs = zip((year + 1970).tolist(), part.tolist(), strict=True)
        names, window = np.unique([form.format(*pair) for pair in pairs], return_inverse=True)
        return window.reshape(-1).astype(np.int64), names.astype(object)
    name = "horizon" if text in WINDOWS else text
    return np.where(chosen, 0, -1), np.array([name], dtype=object)


def members(each: str, place: Ints, net: Network) -> tuple[Ints, Texts]:
    """Member of every place [X] and the names of the members; together = one without a name."""
    location, product = net.places.location[place], net.places.product[place]
    at, of = net.locations.code[location], net.products.code[product]
    count = len(net.products)
    key, text = {
        "together": (np.zeros(len(place), np.int64), np.full(len(place), "", dtype=object)),
        "each location": (location, at),
        "each product": (product, of),
    }.get(each, (location * count + product, at + " / " + of if len(place) else at))
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    return number.reshape(-1).astype(np.int64), np.asarray(text[first])
