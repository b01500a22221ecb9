"""The numbers of the sample study ``rebalancing``: demand, stock, orders and supply.

Drawn from a generator with a fixed seed; only its plain uniform draws are used, which are the same
in every version of numpy.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEED = 20260105

PERIODS = tuple(f"2026-W{week:02d}" for week in range(2, 15))
"""Thirteen calendar weeks from Monday 5 January 2026."""

STARTS = pd.date_range("2026-01-05", periods=len(PERIODS), freq="7D")

WORKING_DAYS = (6, 6, 6, 6, 6, 5, 2, 5, 6, 6, 6, 6, 6)
"""The Spring Festival closes warehouses from 14 to 22 February 2026 (weeks 7 to 9)."""

PLANT_OUTPUT = (1.0, 1.0, 1.0, 1.0, 0.9, 0.5, 0.0, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0)
"""Share of the usual output of the sources in each week."""

PROMOTION = "2026-W06"

UPLIFT = {"TV": 0.9, "Cooling": 0.6, "Kitchen": 0.4}
"""What the promotion week adds to the usual demand of a family."""

ONLINE_SHARE = 0.06
"""Online demand, delivered from a regional warehouse, per unit of store demand of the region."""

SEASON = {
    "Air": (0.8, 0.8, 0.8, 0.85, 0.9, 0.85, 0.5, 0.75, 0.95, 1.05, 1.15, 1.25, 1.35),
    "Cooling": (1.0, 1.0, 1.05, 1.1, 1.1, 1.0, 0.5, 0.8, 1.0, 1.0, 1.0, 1.05, 1.05),
    "Kitchen": (1.0, 1.0, 1.1, 1.15, 1.2, 1.1, 0.6, 0.85, 1.0, 1.0, 1.0, 1.0, 1.0),
    "Laundry": (1.0, 1.0, 1.05, 1.1, 1.1, 1.0, 0.5, 0.8, 1.0, 1.0, 1.0, 1.0, 1.0),
    "TV": (1.0, 1.05, 1.1, 1.2, 1.25, 1.2, 0.6, 0.75, 0.9, 0.9, 0.95, 0.95, 0.95),
}
"""Demand of a week against the usual week, by family."""

IMBALANCE = {
    "East": {"Air": 1.5, "Cooling": 0.2, "Kitchen": 0.9, "Laundry": 1.1, "TV": 1.6},
    "North": {"Air": 0.5, "Cooling": 3.0, "Kitchen": 1.0, "Laundry": 1.8, "TV": 0.15},
    "South": {"Air": 2.6, "Cooling": 0.8, "Kitchen": 0.3, "Laundry": 0.35, "TV": 3.2},
    "West": {"Air": 0.25, "Cooling": 1.4, "Kitchen": 2.2, "Laundry": 1.6, "TV": 0.9},
    "Central": {"Air": 0.5, "Cooling": 0.3, "Kitchen": 1.0, "Laundry": 0.7, "TV": 0.25},
}
"""Opening stock against the usual cover, by region and family: the year-end sales left it so."""

COVER_WEEKS = {"CDC": 0.6, "RDC": 1.3, "store": 1.3}
"""Usual cover of the opening stock, in weeks of the demand a place feeds."""


ON_ORDER = {"Air": 0.6, "Cooling": 0.4, "Kitchen": 0.8, "Laundry": 0.7, "TV": 0.35}
"""What is on its way to arrive in each of the first two weeks, in weeks of usual demand."""


@dataclass(frozen=True)
class Place:
    """One location of the study; ``size`` is a store's demand against the usual store."""

    code: str
    tier: str
    region: str
    latitude: float
    longitude: float
    size: float
    names: tuple[str, str]
    regions: tuple[str, str]
    city_only: bool


@dataclass(frozen=True)
class Product:
    """One product; ``premiums`` are purchase prices over the cheapest source, by source."""

    code: str
    family: str
    value: float
    price: float
    weight: float
    volume: float
    per_pallet: float
    per_case: float
    service_class: str
    weekly: float
    premiums: dict[str, float]
    names: tuple[str, str]
    families: tuple[str, str]


def stores(places: list[Place]) -> list[Place]:
    """Return the stores among the places, in their order."""
    return [place for place in places if place.tier == "store"]


def _draws(kind: int, rows: int, columns: int, low: float, high: float) -> Floats:
    """Uniform draws [rows, columns]; ``kind`` keeps the draws of different things apart."""
    return low + (high - low) * np.random.default_rng([SEED, kind]).random((rows, columns))


def usual(places: list[Place], products: list[Product]) -> Floats:
    """Return the demand of a usual week, units [store, product]."""
    size = np.array([store.size for store in stores(places)])
    weekly = np.array([product.weekly for product in products])
    taste = _draws(1, len(size), len(weekly), 0.8, 1.2)
    mean: Floats = size[:, None] * weekly * taste
    return mean


def demand(places: list[Place], products: list[Product]) -> pd.DataFrame:
    """Return the Demand sheet, periods side by side: forecasts, the promotion, online orders."""
    shops, base = stores(places), usual(places, products)
    noise = _draws(2, base.size, len(PERIODS), 0.88, 1.12).reshape(*base.shape, len(PERIODS))
    season = np.array([SEASON[product.family] for product in products])
    forecast = np.rint(base[:, :, None] * season * noise)
    regional = [place for place in places if place.tier == "RDC"]
    member = np.array([[shop.region == place.region for shop in shops] for place in regional])
    online = np.rint(ONLINE_SHARE * np.einsum("rs,spt->rpt", member, forecast))
    added = np.rint(base * np.array([UPLIFT.get(product.family, 0.0) for product in products]))
    promoted = added[:, :, None] * (np.array(PERIODS) == PROMOTION)
    parts = (
        (shops, "retail", "forecast", forecast),
        (shops, "retail", "promotion", promoted),
        (regional, "online", "forecast", online),
    )
    rows = [
        (place.code, product.code, channel, kind, *numbers[i, j])
        for where, channel, kind, numbers in parts
        for i, place in enumerate(where)
        for j, product in enumerate(products)
        if numbers[i, j].any()
    ]
    return pd.DataFrame(rows, columns=["Location", "Product", "Channel", "Type", *PERIODS])


def opening_stock(places: list[Place], products: list[Product]) -> pd.DataFrame:
    """Return the OpeningStock sheet: enough in total, but much of it in the wrong region."""
    shops, base = stores(places), usual(places, products)
    rows = []
    holders = [place for place in places if place.tier in COVER_WEEKS]
    luck = _draws(3, len(holders), len(products), 0.2, 1.8)
    for i, place in enumerate(holders):
        fed = [
            place.tier == "CDC"
            or shop.code == place.code
            or (place.tier == "RDC" and shop.region == place.region)
            for shop in shops
        ]
        for j, product in enumerate(products):
            weeks = COVER_WEEKS[place.tier] * IMBALANCE[place.region][product.family]
            quantity = round(weeks * luck[i, j] * float(base[fed, j].sum()))
            held = round(0.1 * quantity) if (place.code, product.code) == ("RDC-S", "TV-75") else 0
            rows.append((place.code, product.code, quantity, held))
    return pd.DataFrame(rows, columns=["Location", "Product", "Quantity", "Blocked"])


def in_transit(places: list[Place], products: list[Product]) -> pd.DataFrame:
    """Return the InTransit sheet: two weeks of orders on their way to the central warehouse.

    The partner works holds a third order of televisions that may still be cancelled.
    """
    network = usual(places, products).sum(axis=0)
    orders = [
        (
            min(product.premiums, key=product.premiums.__getitem__),
            product,
            ON_ORDER[product.family] * units,
            week,
            "Y",
        )
        for week in (0, 1)
        for product, units in zip(products, network, strict=True)
    ]
    orders += [
        ("OEM1", product, 0.4 * units, 2, "N")
        for product, units in zip(products, network, strict=True)
        if product.family == "TV"
    ]
    return pd.DataFrame(
        {
            "From": [source for source, *_ in orders],
            "To": "CDC1",
            "Product": [product.code for _, product, *_ in orders],
            "Quantity": [round(units) for *_, units, _, _ in orders],
            "Due Date": [STARTS[week] + pd.Timedelta(days=2) for *_, week, _ in orders],
            "Order No": [f"PO-26{number:03d}" for number in range(1, len(orders) + 1)],
            "Firm": [firm for *_, firm in orders],
        }
    )


def supply(places: list[Place], products: list[Product]) -> pd.DataFrame:
    """Return the Supply sheet: output and premium of every source, less in the festival weeks."""
    network = usual(places, products).sum(axis=0)
    lead = {"OEM1": 10, "PLA": 7, "PLB": 7}
    rows = []
    for product, units in zip(products, network, strict=True):
        for source, premium in product.premiums.items():
            share = 0.35 if source == "OEM1" else 1.15 / (len(product.premiums) - 1) ** 0.5
            most = round(share * units, -1)
            limits = [("*", most)] + [
                (period, round(output * most))
                for period, output in zip(PERIODS, PLANT_OUTPUT, strict=True)
                if output < 1.0
            ]
            rows += [
                (source, product.code, period, limit, premium, lead[source])
                for period, limit in limits
            ]
    columns = ["Location", "Product", "Period", "Max", "Unit Cost", "Lead Time"]
    return pd.DataFrame(rows, columns=columns)
