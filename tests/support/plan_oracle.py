"""Decides, without the audit, whether tables of a plan are wrong: by the model itself.

What the tables say was decided is set in the model. If no plan does so, a rule is broken; if one
does, the tables that belong to it must be the tables that are looked at.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyomo.environ as pyo
from in_process import least
from real_plans import as_plan

import tierstock as ts
from tierstock.outputs.run_info import run_info
from tierstock.plan import Plan
from tierstock.solvers.compile import compile_model
from tierstock.solvers.status import gap_of

Tables = dict[str, pd.DataFrame]
Start = Mapping[str, tuple[Sequence[Any], np.ndarray]]
KEYS = {
    "Summary": ("KPI",),
    "RunInfo": ("Item",),
    "Costs": ("Cost Bucket", "Location", "Product", "Period"),
    "Shipments": ("From", "To", "Mode", "Product", "Ship Period", "Vehicle"),
    "Inventory": ("Location", "Product", "Period"),
    "Service": ("Location", "Product", "Class", "Channel", "Period"),
    "Purchases": ("To", "Product", "Order Period"),
    "CapacityUse": ("Location", "Zone", "From", "To", "Kind", "Dimension", "Period"),
    "VehicleUse": ("From", "To", "Mode", "Vehicle", "Period"),
    "Production": ("Recipe", "Location", "Period"),
    "Cash": ("Company", "Period"),
    "SiteResults": ("Location", "Period"),
    "TargetResults": ("Target", "Window"),
    "Substitutions": ("Location", "Product", "Class", "Channel", "Period", "Substitute"),
}
DECIDED = {
    "Shipments": ("Quantity",),
    "Inventory": ("Closing",),
    "Purchases": ("Quantity",),
    "VehicleUse": ("Trips",),
    "Production": ("Quantity", "Setups"),
    "Service": ("Issued", "On Time", "Lost", "Backlog"),
    "SiteResults": ("Open",),
    "Cash": ("Debt",),
    "CapacityUse": ("Extra",),
    "Substitutions": ("Quantity",),
}
"""What a plan chooses; all other numbers follow from that and the input."""
SAME = 3e-6
"""Deviation up to which two numbers are the same, of 1 or of their size."""
LEAST = 1e-3
"""Figures below count as this size."""
NOISE = 1e-9
HELD = 1e-7
"""Room for what is set in the model, as a share of it."""
Cells = dict[tuple[str, str, tuple[str, ...], int], Any]


def cells(sheet: str, frame: pd.DataFrame | None) -> Cells:
    """Return every number of a sheet by column and key; a key that comes again counts up."""
    found: Cells = {}
    if frame is None:
        return found
    names = [name for name in KEYS[sheet] if name in frame]
    keys = list(zip(*(frame[name].astype(str).tolist() for name in names), strict=True))
    numbers = [keys[:i].count(key) for i, key in enumerate(keys)]
    for column in frame.columns.difference(list(KEYS[sheet])):
        for key, number, value in zip(keys, numbers, frame[column].tolist(), strict=True):
            if isinstance(value, int | float):
                if not math.isnan(value):
                    found[sheet, column, key, number] = float(value)
            elif (sheet, column) in TEXTS and isinstance(value, str):
                found[sheet, column, key, number] = value
    return found


TEXTS = {
    ("Shipments", "Quantity"),
    ("Shipments", "Arrive Period"),
    ("Inventory", "Closing"),
    ("Costs", "Amount"),
    ("SiteResults", "Open"),
}
"""Texts that count, and numbers in place of which a fault may put a text."""


def apart(one: Cells, other: Cells) -> Iterator[tuple[object, Any, Any]]:
    """Return what is in one and not in the other, 0 counting as nothing."""
    for key in one.keys() | other.keys():
        a, b = one.get(key, 0.0), other.get(key, 0.0)
        if isinstance(a, str) or isinstance(b, str):
            if a != b:
                yield key, a, b
        elif abs(a - b) > SAME * max(1.0, abs(a), abs(b)):
            yield key, a, b


def _decided(found: Cells) -> Cells:
    return {key: value for key, value in found.items() if key[1] in DECIDED.get(key[0], ())}


class Oracle:
    """Knows a right plan, its tables and the model of its network."""

    def __init__(self, plan: Plan, right: Tables) -> None:
        """Build the model once."""
        self.right = right
        self.usual = {sheet: cells(sheet, right.get(sheet)) for sheet in KEYS}
        self.m = ts.build(plan.network)
        self.arrays = compile_model(self.m).arrays
        self.columns = list(columns(self.m))

    def wrong(self, tables: Tables, decided: Start | None = None) -> str:
        """Return why tables are wrong for the network; blank where they are not.

        ``decided`` are the keys and values of each family of variables of the plan that the
        tables came from, where they came from one; else the tables say what was decided.
        """
        new, usual = self._cells(tables), self._cells(self.right)
        first = next(apart(new, usual), None)
        if first is None:
            return ""
        if next(apart(_decided(new), _decided(usual)), None) is None:
            return f"follows from no decision: {first}"
        found = self.following(tables, decided)
        if found is None:
            return "no plan decides that"
        other = next(apart(new, self._cells(found)), None)
        return "" if other is None else f"belongs to no plan: {other}"

    def _cells(self, tables: Tables) -> Cells:
        """Return the numbers of all sheets."""
        found: Cells = {}
        for sheet in KEYS:
            same = tables.get(sheet) is self.right.get(sheet)
            found |= self.usual[sheet] if same else cells(sheet, tables.get(sheet))
        return found

    def following(self, tables: Tables, decided: Start | None) -> Tables | None:
        """Return the tables of the best plan that decides the same; None for none."""
        low, high = self.arrays.lower.copy(), self.arrays.upper.copy()
        held = self._told(tables) if decided is None else self._taken(decided)
        if held is None:
            return None
        for column, value in held:
            room = HELD * abs(value)
            low[column] = max(low[column], value - room)
            high[column] = min(high[column], value + room)
        if (low > high).any():
            return None
        values = np.zeros(self.arrays.columns)
        cost = least(replace(self.arrays, lower=low, upper=high), values)
        told = tables["RunInfo"].set_index("Item")["Value"]
        if cost is None or not isinstance(told.get("Bound"), int | float):
            return None
        bound = float(told["Bound"])
        found = as_plan(self.m, values, cost)
        found.bound, found.gap = bound, gap_of(found.cost, bound)
        facts = replace(found.facts(), objective=found.cost)
        return {**found.tables, "RunInfo": run_info(facts)}

    def _told(self, tables: Tables) -> list[tuple[int, float]] | None:
        """Return the columns of the model that tables state, with their values."""
        said = stated(tables)
        if said is None:
            return None
        usual = {"stock": math.nan}
        known = [(c, said[name].get(key, usual.get(name, 0.0))) for c, name, key in self.columns]
        return [(column, value) for column, value in known if not math.isnan(value)]

    def _taken(self, decided: Start) -> list[tuple[int, float]]:
        """Return the columns of the model that another one has, too, with their values there."""
        found = []
        for family in self.m.columns.families:
            keys, values = decided.get(family.local_name, ((), np.zeros(0)))
            there = dict(zip(keys, values, strict=True))
            for at, key in enumerate(family.key_list):
                if key in there:
                    value = float(there[key])
                    found.append((family.start + at, value if abs(value) > NOISE else 0.0))
        return found

    def moved(self, tables: Tables) -> float:
        """Return the largest change of a figure of Summary, as a share of it."""
        figures, usual = cells("Summary", tables.get("Summary")), self.usual["Summary"]
        return max(
            (
                abs(a - b) / max(abs(b), LEAST)
                for _, a, b in apart(figures, usual)
                if not isinstance(a, str) and not isinstance(b, str)
            ),
            default=0.0,
        )


def stated(tables: Tables) -> dict[str, dict[tuple[str, ...], float]] | None:
    """Return what was shipped, bought, kept and driven; None where that is no number."""
    parts = {
        "flow": ("Shipments", ("From", "To", "Mode", "Product", "Ship Period"), "Quantity"),
        "purchase": ("Purchases", ("To", "Product", "Order Period"), "Quantity"),
        "stock": ("Inventory", ("Location", "Product", "Period"), "Closing"),
        "trips": ("VehicleUse", ("From", "To", "Mode", "Vehicle", "Period"), "Trips"),
    }
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for name, (sheet, keys, column) in parts.items():
        frame = tables[sheet]
        if sheet == "Shipments":
            frame = frame[frame["Status"] != "firm"]
        sums: dict[tuple[str, ...], float] = defaultdict(float)
        for *key, value in frame[[*keys, column]].itertuples(index=False):
            try:
                sums[tuple(map(str, key))] += float(value)
            except ValueError:
                return None
        if not all(map(math.isfinite, sums.values())):
            return None
        found[name] = sums
    return found


def columns(m: pyo.ConcreteModel) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Go through the columns of the model that tables state, each with its key in the tables."""
    net = m.network
    places, lanes = net.places, net.lanes
    location, product, period = net.locations.code, net.products.code, net.periods.id

    def ends(lane: int) -> tuple[str, ...]:
        origin, to = location[lanes.origin[lane]], location[lanes.destination[lane]]
        return str(origin), str(to), str(lanes.mode[lane])

    def spot(place: int) -> tuple[str, ...]:
        return str(location[places.location[place]]), str(product[places.product[place]])

    for family in m.columns.families:
        name, codes = family.local_name, family.codes
        if name not in ("flow", "purchase", "stock", "trips"):
            continue
        for at in range(len(family)):
            when = str(period[codes["period"][at]])
            if name == "flow":
                g = codes["goods"][at]
                key = (*ends(net.goods.lane[g]), str(product[net.goods.product[g]]), when)
            elif name == "trips":
                vehicle = str(net.vehicles.code[codes["vehicle"][at]])
                key = (*ends(codes["lane"][at]), vehicle, when)
            else:
                held = codes["place"][at] if name == "stock" else codes["supply"][at]
                key = (*spot(held if name == "stock" else net.supply.place[held]), when)
            yield family.start + at, name, key
