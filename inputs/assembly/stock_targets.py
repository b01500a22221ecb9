"""StockTargets: the stock wanted at every place, at least and at most (F5, F6)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.forward_demand import ForwardDemand
from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Locations
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.precedence import (
    Column,
    Coverage,
    cover,
    numbers,
    report_idle,
    winners,
)
from tierstock.inputs.selecting.selectors import GROUP
from tierstock.inputs.tables import Table


@dataclass(frozen=True)
class StockTargets:
    """Targets of every place; the attributes of ``Places`` with the same names, all [N, T]."""

    safety: Floats
    safety_hard: Flags
    safety_penalty: Floats
    max_stock: Floats
    max_hard: Flags
    over_penalty: Floats


def stock_targets(
    table: Table,
    catalog: Catalog,
    locations: Locations,
    pairs: Pairs,
    keeps: Flags,
    forward: ForwardDemand,
    basis: Floats,
    findings: Findings,
) -> StockTargets:
    """Resolve the targets per place and period.

    Of Safety Stock and Safety Days the larger applies, of Max Stock and Max Days the smaller.
    Places that may not hold stock have no target.

    Args:
        table: the StockTargets sheet.
        catalog: what selectors may name.
        locations: gives tier and channel.
        pairs: the places.
        keeps: [N, T] the place may hold stock.
        forward: demand in which days are counted.
        basis: [P] basis b of the penalty ladder.
        findings: takes conflicts, and maxima below the safety stock.
    """
    days = forward.days
    ladder_penalty = ladder.safety(basis[pairs.product], days)
    coverage = target_coverage(table, catalog, locations, pairs, len(days), findings)
    won = {
        field: winners(coverage, table, field, findings)
        for field in (
            "safety_stock",
            "safety_days",
            "max_stock",
            "max_days",
            "hardness",
            "penalty",
            "over_penalty",
        )
    }
    value = {field: numbers(won[field], table, field) for field in won if field != "hardness"}
    least_days, most_days = forward.cover(value["safety_days"]), forward.cover(value["max_days"])
    least = np.fmax(value["safety_stock"], least_days)
    most = np.fmin(value["max_stock"], most_days)
    safety = np.where(keeps, np.nan_to_num(least), 0.0)
    max_stock = np.where(keeps & ~np.isnan(most), most, np.inf)
    hard = _is_hard(won["hardness"], table)
    in_days = least == least_days, most == most_days
    _compare(safety > max_stock + 1e-9, in_days, won, table, findings)
    _report_nowhere(coverage, keeps, table, findings)
    free = np.isfinite(max_stock) & ~hard & (won["over_penalty"] < 0)
    _report_free(free, in_days[1], won, table, findings)
    return StockTargets(
        safety=safety,
        safety_hard=hard & (safety > 0.0),
        safety_penalty=np.where(np.isnan(value["penalty"]), ladder_penalty, value["penalty"]),
        max_stock=max_stock,
        max_hard=hard & np.isfinite(max_stock),
        over_penalty=np.nan_to_num(value["over_penalty"]),
    )


def target_coverage(
    table: Table,
    catalog: Catalog,
    locations: Locations,
    pairs: Pairs,
    periods: int,
    findings: Findings,
) -> Coverage:
    """Which places the rows of StockTargets speak about; Tier and Channel filter the locations."""
    tier = catalog.positions("tier", locations.tier)
    channel = catalog.positions("channel", locations.channel)
    columns = [
        Column(catalog.ranks("location", table, "location", findings), pairs.location, 0),
        Column(
            catalog.ranks("tier", table, "tier", findings), tier[pairs.location], 0, False, GROUP
        ),
        Column(catalog.ranks("product", table, "product", findings), pairs.product, 1),
        Column(
            catalog.ranks("channel", table, "channel", findings), channel[pairs.location], 2, False
        ),
    ]
    coverage = cover(columns, catalog.ranks("period", table, "period", findings), periods)
    report_idle(columns, coverage, table, findings)
    return coverage


def _is_hard(winner: Ints, table: Table) -> Flags:
    if not len(table):
        return np.zeros(winner.shape, dtype=bool)
    stated = (table.frame["hardness"] == "hard").to_numpy()
    return np.asarray((winner >= 0) & stated[winner])


def _report_nowhere(coverage: Coverage, keeps: Flags, table: Table, findings: Findings) -> None:
    """Warn at every row all of whose places may never hold stock."""
    speaks, holds = np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    speaks[coverage.row] = True
    kept = np.asarray(keeps.any(axis=1))
    holds[coverage.row[kept[coverage.item]]] = True
    stated = np.zeros(len(table), dtype=bool)
    for field in ("safety_stock", "safety_days"):
        stated |= table.frame[field].to_numpy(dtype=np.float64) > 0.0
    for field in ("max_stock", "max_days"):
        stated |= ~np.isnan(table.frame[field].to_numpy(dtype=np.float64))
    rows = np.flatnonzero(speaks & ~holds & stated)
    findings.add("target-nowhere", table=table, index=rows, field="location")


def _report_free(
    free: Flags, in_days: Flags, won: dict[str, Ints], table: Table, findings: Findings
) -> None:
    """Warn at every soft maximum for which no row states what the excess costs."""
    for field, mine in (("max_stock", free & ~in_days), ("max_days", free & in_days)):
        findings.add(
            "max-without-price",
            table=table,
            index=np.unique(won[field][mine]),
            field=field,
            over=table.heading("over_penalty"),
        )


def _compare(
    wrong: Flags,
    in_days: tuple[Flags, Flags],
    won: dict[str, Ints],
    table: Table,
    findings: Findings,
) -> None:
    """Warn at every maximum that is somewhere below the safety stock, naming both cells."""
    low = np.where(in_days[0], won["safety_days"], won["safety_stock"])
    high = np.where(in_days[1], won["max_days"], won["max_stock"])
    cells, first = np.unique(2 * high[wrong] + in_days[1][wrong], return_index=True)
    others = (2 * low[wrong] + in_days[0][wrong])[first]
    for cell, other in zip(cells.tolist(), others.tolist(), strict=True):
        findings.add(
            "max-below-safety",
            table=table,
            index=cell // 2,
            field="max_days" if cell % 2 else "max_stock",
            other=table.cell(other // 2, "safety_days" if other % 2 else "safety_stock"),
        )
