"""What the charts of the results workbook show: few figures, each a sum of a result sheet."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints
from tierstock.inputs.schema import say
from tierstock.outputs.alerts import Scene
from tierstock.outputs.alerts.capacity import BUDGETS
from tierstock.outputs.alerts.scene import codes
from tierstock.outputs.expand import add_up
from tierstock.outputs.localise import term
from tierstock.outputs.page.network import TIERS
from tierstock.outputs.summary import COST
from tierstock.outputs.words import tell

COLUMNS = ("Chart", "Item", "Series", "Value")
KEYS = ["Location", "Zone", "From", "To", "Kind", "Dimension"]
"""What names a limit in the sheet ``CapacityUse``."""
CHARTS = ("stock", "costs", "capital", "capacity", "service")
"""Charts in their order."""
MOST_TERMS, MOST_LIMITS, MOST_PLACES, MOST_CAPS = 6, 12, 15, 3
"""Cost terms, limits, places and caps shown; what is left of the cost is one more term."""
MOST_SPANS = 26
"""Columns of the heat map; more periods than that share columns."""
ALL = "*"
"""Item of the heat map that stands for all places."""
CAP, USED = "cap ", "use of "
"""What the series of a cap of the sheet Budgets, and of its use, begin with."""


class Figure(NamedTuple):
    """Figures of one chart: rows ``items``, columns ``series``, [items, series] ``values``."""

    chart: str
    items: list[str]
    series: list[str]
    values: Floats

    def frame(self) -> pd.DataFrame:
        """Return one row per figure that there is."""
        item, series = np.nonzero(np.isfinite(self.values))
        names = np.array(self.items, dtype=object), np.array(self.series, dtype=object)
        return pd.DataFrame(
            {
                "Chart": np.full(len(item), self.chart, dtype=object),
                "Item": names[0][item],
                "Series": names[1][series],
                "Value": self.values[item, series],
            },
            columns=list(COLUMNS),
        )


def chart_figures(scene: Scene, language: str) -> pd.DataFrame:
    """Return the sheet ``Charts``, one row per figure: Chart, Item, Series, Value.

    stock: stock at the end of each period by tier, and all safety stocks (``target``), at
    standard cost. costs: terms of the total cost of the plan, and of its baseline where Summary
    has one. capital: stock, usable and blocked, with goods under way to a place, and caps of
    Budgets on all of it; their own use where they count something else. capacity: the largest
    utilisation of each limit, the fullest first. service: on time / demand of the places that
    miss most, and of all places. A chart without figures has no rows.

    Args:
        scene: the plan.
        language: ``en`` or ``zh``, of items that are words: cost terms, kinds of limits.
    """
    made = (_stock(scene), _costs(scene, language), _capital(scene), _capacity(scene, language))
    figures = [*made, _service(scene)]
    return pd.concat([one.frame() for one in figures], ignore_index=True)


def _periods(scene: Scene) -> list[str]:
    return [str(one) for one in scene.net.periods.id]


def _stock(scene: Scene) -> Figure:
    rows, (place, period) = scene.tables["Inventory"], scene.stock_rows
    number = {tier: at for at, tier in enumerate(TIERS)}
    tiers = np.array([number[str(one)] for one in scene.net.locations.tier], dtype=np.int64)
    tier = tiers[scene.net.places.location[place]]
    worth = rows["Value"].to_numpy(np.float64)
    stock = add_up((len(TIERS), scene.size[1]), tier, period, worth)
    there = np.flatnonzero(stock.any(axis=1))
    target = (scene.net.places.value * scene.inventory("Target")).sum(axis=0)
    series, values = [TIERS[at] for at in there], [*stock[there]]
    if target.any():
        series, values = [*series, "target"], [*values, target]
    grid = np.array(values).reshape(len(series), scene.size[1]).T
    return Figure("stock", _periods(scene), series, grid)


def _costs(scene: Scene, language: str) -> Figure:
    summary = scene.tables["Summary"]
    rows = summary[summary["KPI"].str.startswith(COST)]
    columns = {"baseline": "Baseline", "plan": "Value"}
    columns = {name: one for name, one in columns.items() if one in rows}
    values = rows[list(columns.values())].to_numpy(np.float64)
    values = np.where(np.isfinite(values), values, 0.0)
    shown = np.flatnonzero(values.any(axis=1))
    order = shown[np.argsort(-np.abs(values[shown]).max(axis=1), kind="stable")]
    names = [term(str(one).removeprefix(COST), language) for one in rows["KPI"].iloc[order]]
    values = values[order]
    if len(order) > MOST_TERMS + 1:
        rest = values[MOST_TERMS:].sum(axis=0, keepdims=True)
        names = [*names[:MOST_TERMS], tell("chart others", language)]
        values = np.concatenate([values[:MOST_TERMS], rest])
    return Figure("costs", names, list(columns), values)


def _capital(scene: Scene) -> Figure:
    places = scene.net.places
    units = scene.closing + scene.inventory("In Transit") + places.blocked[:, None]
    held = (places.value * units).sum(axis=0)
    series, values = ["capital"], [held]
    for name, limit, used in _caps(scene):
        series, values = [*series, f"{CAP}{name}"], [*values, limit]
        there = np.isfinite(used)
        if not np.allclose(used[there], held[there], rtol=1e-6, atol=0.01):
            series, values = [*series, f"{USED}{name}"], [*values, used]
    return Figure("capital", _periods(scene), series, np.array(values).T)


def _caps(scene: Scene) -> Iterator[tuple[str, Floats, Floats]]:
    """Name, limit and use of caps on the capital of the whole network, the fullest first."""
    use = scene.tables["CapacityUse"]
    whole = (use["Kind"] == "capital") & (use["Location"] == "") & (use["To"] == "")
    rows = use[whole]
    fullest = rows.groupby("From", sort=False)["Utilisation"].max()
    for name in fullest.sort_values(ascending=False, kind="stable").index[:MOST_CAPS]:
        mine = rows[rows["From"] == name]
        found = np.full((2, scene.size[1]), np.nan)
        found[:, scene.periods(mine)] = mine[["Limit", "Used"]].to_numpy(np.float64).T
        yield str(name), found[0], found[1]


def _capacity(scene: Scene, language: str) -> Figure:
    use = scene.tables["CapacityUse"]
    use = use[~use["Kind"].isin(BUDGETS) & use["Utilisation"].notna()]
    fullest = use.loc[use.groupby(KEYS, sort=False)["Utilisation"].idxmax()]
    fullest = fullest.sort_values("Utilisation", ascending=False, kind="stable").head(MOST_LIMITS)
    names = [limit_name(one, language) for one in fullest.to_dict(orient="records")]
    return Figure("capacity", names, ["peak"], fullest[["Utilisation"]].to_numpy(np.float64))


def limit_name(row: dict[object, object], language: str) -> str:
    """Return a limit and the period of its largest use in words: ``CDC · storage · m3 · W07``."""
    location, zone, origin, to, kind, dimension, period = (
        str(row[name]) for name in (*KEYS, "Period")
    )
    ends = f"{origin} → {to}" if to else origin
    where = [one for one in (location, ends) if one not in ("", "*")]
    parts = [*where, say(kind, language, "capacity kind")]
    if zone not in ("", "*"):
        parts.append(say(zone, language, "zone"))
    if kind in ("storage", "inbound", "outbound", "dock"):
        parts.append(say(dimension, language, "dimension"))
    return " · ".join([*parts, period])


def _service(scene: Scene) -> Figure:
    rows, size = scene.tables["Service"], (len(scene.net.locations), scene.size[1])
    at, period = codes(scene.net.locations.code, rows["Location"]), scene.periods(rows)
    wanted, served = (
        add_up(size, at, period, rows[name].to_numpy(np.float64)) for name in ("Demand", "On Time")
    )
    asked = np.flatnonzero(wanted.any(axis=1))
    missing = (wanted - served).sum(axis=1)[asked]
    shown = asked[np.argsort(-missing, kind="stable")][:MOST_PLACES]
    names, starts = _spans(_periods(scene))
    values = np.stack(
        [
            np.add.reduceat(np.vstack([part.sum(axis=0), part[shown]]), starts, axis=1)
            for part in (wanted, served)
        ]
    )
    share = np.full(values.shape[1:], np.nan)
    np.divide(values[1], values[0], out=share, where=values[0] > 0)
    codes_shown = [str(one) for one in scene.net.locations.code[shown]]
    return Figure(
        "service", [ALL, *codes_shown] if len(shown) else [], names, share[: _kept(shown)]
    )


def _kept(shown: Ints) -> int:
    return len(shown) + 1 if len(shown) else 0


def _spans(periods: list[str]) -> tuple[list[str], Ints]:
    """Return names and first periods of the columns of the heat map."""
    each = -(-len(periods) // MOST_SPANS)
    starts = np.arange(0, len(periods), each)
    ends = np.minimum(starts + each, len(periods)) - 1
    names = [
        periods[first] if first == last else f"{periods[first]}–{periods[last]}"
        for first, last in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return names, starts
