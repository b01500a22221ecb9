r"""Numbers that stand out from their like as if typed in another unit: × 10, × 100, × 1,000.

A cell is compared with its peers on a logarithmic scale. With the median m and the scale s of
log10 of the peers (1.4826 times the median absolute deviation) it stands out if

.. math::

    |\log_{10} x - m| \ge \max(0.9,\ 6 s) \quad\text{and}\quad
    |\,|\log_{10} x - m| - k\,| \le 0.25 \text{ for some } k \in \{1, 2, 3, 4, 5, 6\}

where s is at least 0.05, the usual scale of all groups of peers (that of one small group may be low
by chance) and, for quantities, the noise of a count of that size. So a column that
spreads widely by nature needs a wider gap, and one bulk order among small ones is no slip.

Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993), ch. 3 (modified z-scores).
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import KEPT, show
from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.tables import Table

LEAST_GAP = 0.9
"""A slip is at least so many powers of ten: a little less than × 10."""
NEAR = 0.25
"""How near to a whole power of ten a slip lies."""
SIGMAS = 6.0
"""How many scales of its peers a slip is away from their median."""
LEAST_SCALE = 0.05
"""Scale of peers that are all but equal, in powers of ten."""
FEWEST = 6
"""Peers below which nothing is said."""
TO_NORMAL = 1.4826
"""Makes the median absolute deviation the standard deviation of a normal distribution."""
COUNT_NOISE = 0.434
"""Standard deviation of log10 of a count is about this, divided by the root of the count."""

PEERS = (
    ("Lanes", "unit_cost", ("mode", "cost_basis")),
    ("Lanes", "lead_time", ("mode",)),
    ("Products", "unit_value", ()),
    ("Products", "price", ()),
    ("Products", "weight", ()),
    ("Products", "volume", ()),
    ("Supply", "unit_cost", ("product",)),
    ("Supply", "max", ("product", "location")),
    ("Capacity", "limit", ("kind", "dimension", "zone")),
)
"""Sheet, field and what peers have in common."""
RATIOS = (
    ("Products", "price", "unit_value"),
    ("Products", "weight", "volume"),
)
"""Sheet and two fields whose ratio is much the same for all rows."""
TWO_WAY = (("Demand", "quantity"), ("OpeningStock", "quantity"))
"""Sheet and field of quantities by location and product: both are taken out before comparing."""


def check_magnitudes(ground: Ground) -> None:
    """Warn of numbers that seem to be typed in another unit than those like them."""
    told: set[tuple[str, str, int]] = set()
    for table, field, rows, usual in _candidates(ground):
        column = table.frame[field].to_numpy(np.float64)
        fresh = [at for at, row in enumerate(rows) if (table.sheet, field, int(row)) not in told]
        for at in fresh[:KEPT]:
            row = int(rows[at])
            told.add((table.sheet, field, row))
            ground.findings.add(
                "unit-slip",
                table=table,
                index=row,
                field=field,
                usual=show(float(f"{usual[at]:.3g}")),
                factor=_factor(column[row] / usual[at]),
            )


def _candidates(ground: Ground) -> Iterator[tuple[Table, str, Ints, Floats]]:
    """Go through table, field, rows that stand out and what would be usual there."""
    for sheet, field, keys in PEERS:
        table = ground.tables.table(sheet)
        if len(table.frame) < FEWEST:
            continue
        numbers = table.frame[field].to_numpy(np.float64)
        groups = _groups(table.frame, keys)
        yield table, field, *_outside(numbers, groups)
    for sheet, field, other in RATIOS:
        table = ground.tables.table(sheet)
        if len(table.frame) >= FEWEST:
            yield from _by_ratio(table, field, other)
    for sheet, field in TWO_WAY:
        table = ground.tables.table(sheet)
        if len(table.frame) >= FEWEST:
            yield table, field, *_within(table, field)
            yield table, field, *_across(table, field)


def _groups(frame: pd.DataFrame, keys: tuple[str, ...]) -> Ints:
    """[R] number of the group of peers of every row."""
    if not keys:
        return np.zeros(len(frame), dtype=np.int64)
    return np.asarray(frame.groupby(list(keys), sort=False, dropna=False).ngroup())


def stands_out(logs: Floats, groups: Ints, noise: Floats | float = 0.0) -> tuple[Flags, Floats]:
    """Return which values stand out from their group, and the median of the group.

    Args:
        logs: [X] log10 of the values; not a number = not compared.
        groups: [X] number of the group.
        noise: [X] scale below which nothing can be told, in powers of ten.
    """
    by = pd.Series(logs).groupby(groups)
    middle = by.transform("median").to_numpy()
    count = by.transform("count").to_numpy()
    away = np.abs(logs - middle)
    scale = TO_NORMAL * pd.Series(away).groupby(groups).transform("median").to_numpy()
    known = scale[np.isfinite(scale)]
    usual = float(np.median(known)) if len(known) else 0.0
    scale = np.maximum(np.maximum(scale, max(LEAST_SCALE, usual)), noise)
    power = np.clip(np.rint(away), 1.0, 6.0)
    with np.errstate(invalid="ignore"):
        found = (count >= FEWEST) & (away >= np.maximum(LEAST_GAP, SIGMAS * scale))
        found &= np.abs(away - power) <= NEAR
    return np.asarray(found), middle


def _outside(numbers: Floats, groups: Ints) -> tuple[Ints, Floats]:
    logs = _logs(numbers)
    found, middle = stands_out(logs, groups)
    rows = np.flatnonzero(found)
    return rows, 10.0 ** middle[rows]


def _by_ratio(table: Table, field: str, other: str) -> Iterator[tuple[Table, str, Ints, Floats]]:
    """Rows whose ratio stands out; the number that is farther from its own column is told."""
    one = _logs(table.frame[field].to_numpy(np.float64))
    two = _logs(table.frame[other].to_numpy(np.float64))
    whole = np.zeros(len(one), dtype=np.int64)
    found, middle = stands_out(one - two, whole)
    far = [np.abs(logs - np.nanmedian(logs)) if found.any() else logs for logs in (one, two)]
    first = found & (far[0] >= far[1])
    second = found & ~first
    yield table, field, np.flatnonzero(first), 10.0 ** (two + middle)[first]
    yield table, other, np.flatnonzero(second), 10.0 ** (one - middle)[second]


def _within(table: Table, field: str) -> tuple[Ints, Floats]:
    """Cells that stand out from the other periods of one place and product."""
    numbers = table.frame[field].to_numpy(np.float64)
    groups = _groups(table.frame, ("location", "product"))
    logs = _logs(numbers)
    middle = pd.Series(logs).groupby(groups).transform("median").to_numpy()
    found, middle = stands_out(logs, groups, COUNT_NOISE * 10.0 ** (-middle / 2.0))
    rows = np.flatnonzero(found)
    return rows, 10.0 ** middle[rows]


def _across(table: Table, field: str) -> tuple[Ints, Floats]:
    """First cells of places and products that stand out from other places and products.

    The median of the place and that of the product are taken out in turn (median polish).
    """
    frame = table.frame
    numbers = frame[field].to_numpy(np.float64)
    some = numbers > 0.0
    if not some.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    pair = frame[["location", "product"]][some]
    cells = pair.assign(x=_logs(numbers)[some], row=np.flatnonzero(some))
    cells = cells.groupby(["location", "product"], sort=False).agg(
        x=("x", "median"), row=("row", "min")
    )
    cells = cells.reset_index()
    level = cells["x"].to_numpy(np.float64)
    rest = cells["x"].copy()
    counts = {key: cells.groupby(key)["x"].transform("count") for key in ("product", "location")}
    for key in ("product", "location", "product", "location"):
        usual = rest.groupby(cells[key]).transform("median")
        rest = rest - usual.where(counts[key] >= FEWEST / 2, 0.0)
    whole = np.zeros(len(rest), dtype=np.int64)
    enough = (counts["product"].to_numpy() >= FEWEST / 2) & (len(rest) >= 2 * FEWEST)
    found, middle = stands_out(rest.to_numpy(), whole, COUNT_NOISE * 10.0 ** (-level / 2.0))
    found &= enough
    rows = cells["row"].to_numpy()[found]
    return rows, numbers[rows] * 10.0 ** (middle - rest.to_numpy())[found]


def _logs(numbers: Floats) -> Floats:
    """Return log10 of positive numbers, not a number for others."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(numbers > 0.0, np.log10(np.maximum(numbers, 1e-300)), np.nan)


def _factor(ratio: float) -> str:
    """Return how far a number is off: ``1,000`` or ``1/1,000``."""
    whole = f"{10 ** round(abs(float(np.log10(ratio)))):,}"
    return whole if ratio > 1.0 else f"1/{whole}"
