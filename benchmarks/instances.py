"""Varied instances: the yardstick in kinds and sizes, and drawn networks with chosen features.

A drawn network has sources, hubs and stores over some weeks; a feature adds what its name says.
The same seed gives the same instance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import strength
from benchmarks.yardstick import yardstick
from tierstock.inputs.network import Network

Rows = dict[str, list[dict[str, Any]]]

FEATURES = (
    "trucks",
    "charge",
    "minimum",
    "multiples",
    "moq",
    "life",
    "backorder",
    "safety",
    "storage",
    "sites",
    "lots",
)
"""trucks of two sizes; a fixed cost per lane and week; a least shipment; whole cases; least and
fixed-cost orders; shelf life; backorders; safety stock; storage limits; hubs that may open;
plants with setups and hours in place of suppliers."""


@dataclass(frozen=True)
class Size:
    """How many of what a drawn network has."""

    sources: int = 2
    hubs: int = 3
    stores: int = 8
    products: int = 6
    weeks: int = 10


def instances() -> dict[str, Callable[[int], Network]]:
    """Return name -> function from a seed to the network."""
    found: dict[str, Callable[[int], Network]] = {}
    for products in (2, 5, 10, 20, 50):
        for kind in ("few", "many", "none"):
            found[f"yardstick {products} {kind}"] = _yardstick(products, kind)
    for kind in ("charge", "trucks", "lots"):
        found[f"strength {kind}"] = _strengthened(kind)
    big = Size(hubs=5, stores=20, products=12, weeks=13)
    for name, size, features in (
        ("lot sizing 6 x 15", Size(1, 0, 0, 6, 15), ("lots",)),
        ("lot sizing 12 x 15", Size(1, 0, 0, 12, 15), ("lots",)),
        ("lot sizing 24 x 30", Size(1, 0, 0, 24, 30), ("lots",)),
        ("lots, two tiers", Size(), ("lots", "trucks", "storage")),
        ("facilities 3", Size(), ("sites", "storage")),
        ("facilities 5", big, ("sites",)),
        ("minimum shipments", Size(), ("minimum",)),
        ("minimum and multiples", big, ("minimum", "multiples")),
        ("orders and charges", Size(), ("moq", "charge")),
        ("shelf life", Size(), ("life", "trucks")),
        ("shelf life and orders", Size(products=4), ("life", "moq")),
        ("backorders", Size(), ("backorder", "trucks")),
        ("backorders and multiples", Size(), ("backorder", "multiples")),
    ):
        found[name] = _drawn(size, features)
    for number in range(1, 6):
        found[f"random {number}"] = _random(number)
    return found


def _yardstick(products: int, kind: str) -> Callable[[int], Network]:
    return lambda seed: yardstick(products, kind, seed)


def _strengthened(kind: str) -> Callable[[int], Network]:
    return lambda seed: _read(strength.instance(kind, strength.Size(), seed))


def _drawn(size: Size, features: tuple[str, ...]) -> Callable[[int], Network]:
    return lambda seed: _read(frames(drawn(size, features, seed)))


def _random(number: int) -> Callable[[int], Network]:
    def network(seed: int) -> Network:
        rng = np.random.default_rng([seed, number])
        limits = ((1, 4), (1, 5), (4, 13), (3, 9), (6, 14))
        counts = [int(rng.integers(low, high)) for low, high in limits]
        count = int(rng.integers(2, 6))
        features = tuple(rng.choice(FEATURES, count, replace=False).tolist())
        return _read(frames(drawn(Size(*counts), features, seed)))

    return network


def _read(tables: dict[str, pd.DataFrame]) -> Network:
    from tierstock.inputs import read

    return read(tables)


def frames(rows: Rows) -> dict[str, pd.DataFrame]:
    """Return the sheets as data frames; those without rows are left out, but for Lanes."""
    tables = {name: pd.DataFrame(found) for name, found in rows.items() if found}
    return {"Lanes": pd.DataFrame(columns=["From", "To", "Lead Time"])} | tables


def drawn(size: Size, features: tuple[str, ...], seed: int) -> Rows:
    """Return the sheets of a drawn network."""
    rng = np.random.default_rng([seed, size.stores, size.products])
    stores = [f"S{n + 1:02d}" for n in range(size.stores)] or ["P1"]
    products = [f"A{n + 1:02d}" for n in range(size.products)]
    weeks = [f"W{t + 1:02d}" for t in range(size.weeks)]
    mean = rng.gamma(2.0, 15.0, (len(stores), len(products)))
    noise = rng.gamma(4.0, 0.25, (*mean.shape, len(weeks)))
    wanted = np.round(mean[:, :, None] * noise * (rng.random(noise.shape) < 0.85))
    value = rng.integers(20, 80, len(products)).tolist()
    rows: Rows = {
        "Periods": [
            {"Period": week, "Start Date": pd.Timestamp("2026-01-05") + pd.Timedelta(weeks=t)}
            for t, week in enumerate(weeks)
        ],
        "Products": [
            {"Product": one, "Unit Value": cost, "Price": 2 * cost, "Weight": 10, "Volume": 0.1}
            for one, cost in zip(products, value, strict=True)
        ],
        "Demand": [
            {"Location": store, "Product": one, **dict(zip(weeks, wanted[i, p], strict=True))}
            for i, store in enumerate(stores)
            for p, one in enumerate(products)
        ],
        "OpeningStock": [
            {"Location": store, "Product": one, "Quantity": round(float(mean[i, p] * share))}
            for i, store in enumerate(stores)
            for p, one in enumerate(products)
            if (share := float(rng.gamma(1.0, 1.0))) * mean[i, p] >= 0.5
        ],
    }
    _places(rows, size, stores, features, rng)
    _sources(rows, size, products, mean.sum(axis=0), features, rng)
    _extras(rows, size, float(mean.sum()), features)
    return rows


def _places(
    rows: Rows, size: Size, stores: list[str], features: tuple[str, ...], rng: np.random.Generator
) -> None:
    """Add locations and lanes: every source feeds every hub, two hubs feed a store."""
    made = "lots" in features
    sources = [f"{'P' if made else 'V'}{n + 1}" for n in range(size.sources)]
    hubs = [f"D{n + 1}" for n in range(size.hubs)]
    status = "consider" if "sites" in features else "open"
    places = [{"Location": one, "Tier": "plant" if made else "supplier"} for one in sources]
    places += [{"Location": one, "Tier": "RDC", "Status": status} for one in hubs]
    places += [{"Location": one, "Tier": "store"} for one in stores if one not in sources]
    pairs = [(one, hub, 7) for one in sources for hub in hubs]
    for n, store in enumerate(stores):
        if hubs:
            near = dict.fromkeys((hubs[n % len(hubs)], hubs[(n + 1) % len(hubs)]))
            pairs += [(hub, store, 0) for hub in near]
        elif store not in sources:
            pairs += [(one, store, 7) for one in sources]
    lanes = []
    for origin, destination, days in pairs:
        lane: dict[str, Any] = {"From": origin, "To": destination, "Lead Time": days}
        lane["Unit Cost"] = float(rng.integers(2, 9)) / 4
        lane |= {"Vehicle": "*"} if "trucks" in features else {}
        lane |= {"Fixed Cost": int(rng.integers(60, 240))} if "charge" in features else {}
        lane |= {"Min Shipment": int(rng.integers(20, 80))} if "minimum" in features else {}
        lane |= {"Order Multiple": int(rng.integers(4, 13))} if "multiples" in features else {}
        lanes.append(lane)
    rows["Locations"] = places
    rows["Lanes"] = lanes
    if "sites" in features:
        open_, run = rng.integers(500, 3000, len(hubs)), rng.integers(50, 400, len(hubs))
        rows["Sites"] = [
            {"Location": hub, "Open Cost": int(once), "Fixed Cost": int(each)}
            for hub, once, each in zip(hubs, open_, run, strict=True)
        ]


def _sources(
    rows: Rows,
    size: Size,
    products: list[str],
    weekly: np.ndarray,
    features: tuple[str, ...],
    rng: np.random.Generator,
) -> None:
    """Add what the sources can give: orders, or recipes on lines with few hours."""
    share = 1.3 / size.sources
    supply, recipes, resources = [], [], []
    for n in range(size.sources):
        hours = 0.0
        for p, one in enumerate(products):
            cost = float(rng.integers(0, 12)) / 4
            if "lots" in features:
                per_unit, setup = float(rng.uniform(0.01, 0.03)), float(rng.uniform(0.5, 3.0))
                hours += per_unit * float(weekly[p]) * share + setup / 2
                recipe: dict[str, Any] = {
                    "Recipe": f"{one} P{n + 1}",
                    "Location": f"P{n + 1}",
                    "Output": one,
                }
                recipe |= {"Resource": "line", "Hours Per Unit": per_unit, "Setup Hours": setup}
                recipes.append(recipe | {"Setup Cost": int(rng.integers(50, 400))})
                continue
            row: dict[str, Any] = {"Location": f"V{n + 1}", "Product": one, "Unit Cost": cost}
            row["Max"] = float(np.ceil(share * weekly[p] * 1.5))
            if "moq" in features:
                row |= {"MOQ": float(np.ceil(weekly[p])), "Fixed Cost": int(rng.integers(20, 90))}
                row["Max"] *= 4
            supply.append(row)
        if "lots" in features:
            resources.append({"Resource": "line", "Location": f"P{n + 1}", "Hours": hours})
    rows |= {"Supply": supply, "Recipes": recipes, "Resources": resources}


def _extras(rows: Rows, size: Size, weekly: float, features: tuple[str, ...]) -> None:
    """Add the sheets of the other features."""
    if "trucks" in features:
        load = max(200.0, weekly * 10 / max(1, size.stores))
        rows["Vehicles"] = [
            {"Vehicle": "large", "Max Weight": round(load), "Cost Per Trip": 300},
            {"Vehicle": "small", "Max Weight": round(load / 3), "Cost Per Trip": 130},
        ]
    if "life" in features:
        for number, product in enumerate(rows["Products"]):
            product["Shelf Life"] = 28 + 7 * (number % 3)
    if "backorder" in features:
        rows["ServiceClasses"] = [{"Class": "standard", "Mode": "backorder"}]
    if "safety" in features:
        rows["StockTargets"] = [{"Tier": "store", "Safety Days": 5}]
    if "storage" in features and size.hubs:
        limit = {"Kind": "storage", "Dimension": "unit", "Limit": round(2 * weekly / size.hubs)}
        rows["Capacity"] = [{"Location": f"D{n + 1}"} | limit for n in range(size.hubs)]
