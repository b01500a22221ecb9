"""Resources: lines and machine groups with their hours by period (F10)."""

import numpy as np

from tierstock.inputs.assembly.coded import coded
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Ints, Texts
from tierstock.inputs.network.production import Resources
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.precedence import Column, Coverage, cover, resolve
from tierstock.inputs.tables import Table


def build_resources(table: Table, catalog: Catalog, periods: int, findings: Findings) -> Resources:
    """Return the resources by code and location; the most specific period wins cell by cell.

    A resource has no hours in periods of which no row speaks.

    Args:
        table: the Resources sheet.
        catalog: what selectors may name.
        periods: number of periods T.
        findings: takes rows of equal specificity that differ.
    """
    frame = table.frame
    place = catalog.positions("location", frame["location"].to_numpy(dtype=object))
    stated = table.keep((place >= 0) & (frame["resource"] != "").to_numpy())
    coverage, code, location = resource_coverage(stated, catalog, periods, findings)

    def ask(field: str) -> Floats:
        return resolve(coverage, stated, field, findings, 0.0)

    return Resources(
        code=code,
        location=location,
        hours=ask("hours"),
        overtime=ask("overtime_hours"),
        overtime_cost=ask("overtime_cost"),
        fixed_cost=ask("fixed_cost"),
    )


def resource_coverage(
    table: Table, catalog: Catalog, periods: int, findings: Findings
) -> tuple[Coverage, Texts, Ints]:
    """Which rows of Resources speak about which resources, with code and location of each."""
    codes = np.array(sorted({*table.frame["resource"]} - {""}), dtype=object)
    places = catalog.codes("location")
    columns = [coded(table, "resource", codes), coded(table, "location", places)]
    keys = columns[0].exact * max(len(places), 1) + columns[1].exact
    code, location = np.divmod(np.unique(keys), max(len(places), 1))
    when = catalog.ranks("period", table, "period", findings)
    grid = [Column(columns[0], code, 0), Column(columns[1], location, 1)]
    return cover(grid, when, periods), codes[code], location


def find_resource(resources: Resources, code: Texts, location: Ints) -> Ints:
    """Return the resource of every code at a location, -1 where there is none; [X]."""
    every = zip(resources.code, resources.location.tolist(), strict=True)
    known = {pair: at for at, pair in enumerate(every)}
    pairs = zip(code, location.tolist(), strict=True)
    return np.array([known.get(pair, -1) for pair in pairs], dtype=np.int64)
