"""A small study in planner's tables, changed sheet by sheet, and what is made of it."""

from typing import Any

import numpy as np
import pandas as pd

from tierstock.inputs import Inspection, Network, inspect

Rows = list[dict[str, Any]]

LOCATIONS: Rows = [
    {"Location": "SUP", "Tier": "supplier"},
    {"Location": "DC", "Tier": "CDC"},
    {"Location": "S1", "Tier": "store", "Region": "East"},
    {"Location": "S2", "Tier": "store", "Region": "West"},
]
PRODUCTS: Rows = [
    {"Product": "A", "Unit Value": 10.0, "Price": 25.0},
    {"Product": "B", "Unit Value": 4.0},
]
LANES: Rows = [
    {"From": "SUP", "To": "DC", "Lead Time": 7.0, "Unit Cost": 1.0},
    {"From": "DC", "To": "Tier=store", "Lead Time": 7.0, "Unit Cost": 2.0},
]
WEEKS = ("2026-W02", "2026-W03", "2026-W04", "2026-W05")


def demand(location: str, product: str, *quantities: float, **more: Any) -> Rows:
    """Rows of Demand for the weeks in order."""
    return [
        {"Location": location, "Product": product, "Period": week, "Quantity": quantity, **more}
        for week, quantity in zip(WEEKS, quantities, strict=False)
    ]


def seen(**sheets: Rows) -> Inspection:
    """Inspect the study, some of its sheets replaced or added."""
    rows = {
        "Locations": LOCATIONS,
        "Products": PRODUCTS,
        "Lanes": LANES,
        "Demand": demand("S1", "A", 1, 2, 3, 4) + demand("S2", "B", 5, 6, 7, 8),
        "OpeningStock": [{"Location": "S1", "Product": "A", "Quantity": 100.0}],
        **sheets,
    }
    columns = {"Lanes": ["From", "To", "Lead Time"]}
    return inspect(
        {
            name: pd.DataFrame(table, columns=None if table else columns.get(name))
            for name, table in rows.items()
        }
    )


def built(**sheets: Rows) -> Network:
    """Network of the study; every error is told."""
    found = seen(**sheets)
    assert found.network is not None, [finding.say() for finding in found.findings.errors]
    return found.network


def said(found: Inspection) -> dict[str, str]:
    """Sentence of every code found, errors and warnings."""
    return {finding.code: finding.say() for finding in found.findings if finding.severity != "info"}


def place(network: Network, location: str, product: str) -> int:
    """Number of the place of a location and a product."""
    at = int(np.flatnonzero(network.locations.code == location)[0])
    return int(network.places.of[at, np.flatnonzero(network.products.code == product)[0]])


def good(network: Network, lane: str, product: str) -> int:
    """Number of the good of a lane and a product."""
    lanes = np.flatnonzero(network.lanes.label == lane)
    products = np.flatnonzero(network.products.code == product)
    (found,) = np.flatnonzero(
        np.isin(network.goods.lane, lanes) & np.isin(network.goods.product, products)
    )
    return int(found)
