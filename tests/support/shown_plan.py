"""A small plan with everything the page can show: map, transfer, promotion, shelf life, cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

import tierstock as ts
from tierstock.inputs import Network
from tierstock.inputs.schema import LANGUAGES
from tierstock.outputs.facts import RunFacts

PERIODS = ["2026-W02", "2026-W03", "2026-W04", "2026-W05"]


@dataclass(frozen=True)
class Shown:
    """What a page is made from."""

    net: Network
    tables: Mapping[str, pd.DataFrame]
    facts: RunFacts

    @property
    def spoken(self) -> dict[str, Mapping[str, pd.DataFrame]]:
        """The tables by language."""
        return dict.fromkeys(LANGUAGES, self.tables)


def sheets() -> dict[str, pd.DataFrame]:
    """A maker, a warehouse and two shops; a promotion of nuts, a warehouse that is too small."""
    shops = ["SHOP-N"] * 8 + ["SHOP-S"] * 9
    settings = {"model_name": "Small", "start_date": "2026-01-05", "periods": "4", "gap": "0"}
    made: dict[str, dict[str, list[Any]]] = {
        "Settings": {"Setting": list(settings), "Value": list(settings.values())},
        "Locations": {
            "Location": ["MAKER", "CDC", "SHOP-N", "SHOP-S"],
            "Tier": ["supplier", "CDC", "store", "store"],
            "Region": ["", "North", "North", "South"],
            "Channel": ["", "", "shop", "web"],
            "Company": ["", "Acme", "Acme", "Beta"],
            "Latitude": [30.0, 31.0, 39.0, 23.0],
            "Longitude": [114.0, 115.0, 116.0, 113.0],
        },
        "Products": {
            "Product": ["TEA", "NUT"],
            "Unit Value": [10, 20],
            "Price": [30, 50],
            "Volume": [1, 1],
            "Shelf Life": [60, 20],
        },
        "Lanes": {
            "From": ["MAKER", "CDC", "SHOP-N"],
            "To": ["CDC", "Tier=store", "SHOP-S"],
            "Lead Time": [7, 3, 3],
            "Unit Cost": [1, 1, 1],
        },
        "Demand": {
            "Location": shops,
            "Product": (["TEA"] * 4 + ["NUT"] * 4) * 2 + ["NUT"],
            "Period": [*PERIODS * 4, "2026-W03"],
            "Quantity": [10.0] * 8 + [20.0] * 8 + [15.0],
            "Type": ["forecast"] * 16 + ["promotion"],
        },
        "OpeningStock": {
            "Location": ["SHOP-N", "SHOP-N", "SHOP-S"],
            "Product": ["TEA", "NUT", "TEA"],
            "Quantity": [30, 5, 6],
            "Production Date": ["2026-01-01", "2025-12-31", "2026-01-01"],
        },
        "StockTargets": {"Location": ["Tier=store"], "Safety Days": [4]},
        "Capacity": {"Location": ["CDC"], "Kind": ["outbound"], "Dimension": ["m3"], "Limit": [8]},
        "Budgets": {
            "Budget": ["CAP"],
            "Kind": ["capital"],
            "Limit": [900],
            "Hardness": ["soft"],
        },
    }
    return {name: pd.DataFrame(columns) for name, columns in made.items()}


@cache
def shown() -> Shown:
    """The plan of the sheets."""
    plan = ts.solve(ts.build(ts.read(sheets())), progress=False)
    return Shown(plan.network, plan.tables, plan.facts())
