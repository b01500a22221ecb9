"""StockCosts: what a unit in stock costs at every place (ruling 36)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.precedence import Column, cover, report_idle, resolve
from tierstock.inputs.tables import Table

YEAR = 365.0
"""Days of a year in which rates are stated."""


@dataclass(frozen=True)
class StockCosts:
    """Costs of stock at every place, all [N, T]."""

    holding: Floats
    """Money per unit of end-of-period stock."""
    value: Floats
    """Standard cost, money per unit, with local overrides."""
    handling_in: Floats
    """Money per unit received."""
    handling_out: Floats
    """Money per unit shipped or issued."""
    rate: Floats
    """Carrying rate as a share of the value per year; the destination's rate prices transit."""


def stock_costs(
    table: Table,
    catalog: Catalog,
    pairs: Pairs,
    unit_value: Floats,
    days: Floats,
    carrying_rate: float,
    findings: Findings,
) -> StockCosts:
    """Resolve the costs of stock per place and period.

    holding = value x carrying rate x days / 365 + storage cost x days; a stated Holding Cost
    replaces the whole of it.

    Args:
        table: the StockCosts sheet.
        catalog: what selectors may name.
        pairs: the places.
        unit_value: [P] standard cost of the products.
        days: [T] length of the periods.
        carrying_rate: Settings.carrying_rate, share of the value per year.
        findings: takes conflicting rows.
    """
    columns = [
        Column(catalog.ranks("location", table, "location", findings), pairs.location, 0),
        Column(catalog.ranks("product", table, "product", findings), pairs.product, 1),
    ]
    coverage = cover(columns, catalog.ranks("period", table, "period", findings), len(days))
    report_idle(columns, coverage, table, findings)
    rate = resolve(coverage, table, "carrying_rate", findings, carrying_rate)
    local = resolve(coverage, table, "unit_value", findings)
    value = np.where(np.isnan(local), unit_value[pairs.product][:, None], local)
    storage = resolve(coverage, table, "storage_cost", findings, 0.0)
    stated = resolve(coverage, table, "holding_cost", findings)
    computed = value * rate * days / YEAR + storage * days
    return StockCosts(
        holding=np.where(np.isnan(stated), computed, stated),
        value=value,
        handling_in=resolve(coverage, table, "handling_in", findings, 0.0),
        handling_out=resolve(coverage, table, "handling_out", findings, 0.0),
        rate=rate,
    )
