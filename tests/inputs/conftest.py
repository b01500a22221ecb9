"""A small study in typed tables, for tests of selectors and policy sheets."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tierstock.inputs.assembly.periods import ONE_DAY, from_bounds
from tierstock.inputs.assembly.places import Pairs, build_products, build_sites, number_pairs
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Goods, Locations, Periods, Products
from tierstock.inputs.schema import schema
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.catalog_build import build_catalog
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Table, Tables, blank_column

PLACES = [
    {"location": "CDC1", "tier": "CDC", "region": "East", "company": "Alpha"},
    {"location": "R1", "tier": "RDC", "region": "East", "channel": "shop"},
    {"location": "R2", "tier": "RDC", "region": "West", "channel": "web"},
    {"location": "S1", "tier": "store", "region": "East", "company": "Alpha"},
    {"location": "S2", "tier": "store", "region": "West"},
]
GOODS = [
    {"product": "A", "family": "Tea", "unit_value": 10.0, "weight": 2.0, "zone": "chilled"},
    {"product": "B", "family": "Tea", "unit_value": 20.0, "price": 50.0},
    {"product": "C", "family": "Coffee", "unit_value": 5.0, "weight": 1.0},
]


def typed(sheet: str, rows: list[dict[str, Any]]) -> Table:
    """Rows by schema field as the typed table of a sheet, headings in English."""
    columns = schema().sheet(sheet).columns
    frame = {}
    for column in columns:
        values = blank_column(column.type, len(rows))
        for at, row in enumerate(rows):
            if column.field in row:
                values.iat[at] = row[column.field]
        frame[column.field] = values
    known = {name for row in rows for name in row}
    assert known <= set(frame)
    frame["row"] = pd.Series(np.arange(2, len(rows) + 2))
    headings = {column.field: column.name for column in columns}
    places = {column.field: at for at, column in enumerate(columns)}
    return Table(sheet, pd.DataFrame(frame), sheet, headings, places)


def weeks(count: int) -> Periods:
    """Weeks from 2026-01-05, named 2026-W02 and on."""
    start = np.datetime64("2026-01-05") + 7 * np.arange(count) * ONE_DAY
    names = np.array([f"2026-W{2 + at:02d}" for at in range(count)], dtype=object)
    return from_bounds(names, start, start + 6 * ONE_DAY, np.full(count, 5.0))


@dataclass
class Study:
    """Tables and what is built from them before the policy sheets."""

    tables: Tables
    periods: Periods
    locations: Locations
    products: Products
    pairs: Pairs
    findings: Findings = field(default_factory=Findings)
    abc: Any = None

    def __post_init__(self) -> None:
        self.catalog: Catalog = build_catalog(
            self.tables,
            self.locations.code,
            self.products.code,
            self.periods,
            self.findings,
            self.abc,
        )

    def table(self, sheet: str) -> Table:
        return self.tables.table(sheet)

    def place(self, location: str, product: str) -> int:
        at = list(self.locations.code).index(location), list(self.products.code).index(product)
        return int(self.pairs.of[at])

    def said(self) -> list[str]:
        """Everything found, as the planner reads it."""
        return [finding.say() for finding in self.findings]

    def codes(self, kind: str, text: str) -> str:
        """Codes a selector stands for, joined."""
        return " ".join(self.catalog.codes(kind)[self.catalog.match(kind, text).mask])

    def goods(self, *lanes: tuple[str, str, str], cost: Any = 0.0, lead: Any = 0) -> Goods:
        """One product on lanes (from, to, product), with the same data in every period."""
        source = np.array([self.place(start, product) for start, _, product in lanes])
        sink = np.array([self.place(end, product) for _, end, product in lanes])
        shape = (len(lanes), len(self.periods))

        def wide(value: Any, kind: Any) -> Any:
            return np.broadcast_to(np.asarray(value, dtype=kind).reshape(-1, 1), shape).copy()

        zero = wide(0.0, float)
        return Goods(
            lane=np.arange(len(lanes)),
            product=self.pairs.product[source],
            source=source,
            sink=sink,
            allowed=wide(True, bool),
            lead=wide(lead, int),
            lead_days=7.0 * wide(lead, float),
            arrival_days=7.0 * wide(lead, float),
            unit_cost=wide(cost, float),
            transit_cost=zero,
            arriving_share=zero + 1.0,
        )


@pytest.fixture
def study() -> Any:
    """Return a maker of studies: 5 places, 3 products, weeks; sheets by name as rows."""

    def make(*, periods: Any = 3, abc: Any = None, **sheets: list[dict[str, Any]]) -> Study:
        rows: dict[str, list[dict[str, Any]]] = {"Locations": PLACES, "Products": GOODS, **sheets}
        tables = Tables("", "study", "en", Settings(), {n: typed(n, r) for n, r in rows.items()})
        time = weeks(periods) if isinstance(periods, int) else periods
        locations = build_sites(tables.table("Locations"), time).locations
        products = build_products(tables.table("Products"))
        place, product = np.divmod(np.arange(len(locations) * len(products)), len(products))
        pairs = number_pairs(place, product, len(locations), len(products))
        return Study(tables, time, locations, products, pairs, abc=abc)

    return make
