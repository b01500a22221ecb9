"""Vehicles: types of vehicle, and which lanes they run on (F13, rulings 15 and 21)."""

import numpy as np

from tierstock.inputs.assembly.physical import dimension_numbers, missing_measures
from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import DIMENSIONS, Flags, Goods, Ints, Products, Vehicles
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.tables import Table

LIMITS = ("max_units", "max_weight", "max_volume", "max_pallets")
"""Columns of Vehicles in the order of ``DIMENSIONS``."""
LIGHTEST = 100.0
"""Less weight than this, in kg, was probably typed in tonnes."""


def vehicles(table: Table, catalog: Catalog, findings: Findings) -> Vehicles:
    """Return the vehicle types by code.

    Fill is counted in Fill Basis, else in the first limit that is stated, in the order weight,
    volume, pallets, units of the sheet.

    Args:
        table: the Vehicles sheet.
        catalog: what the Home selector may name.
        findings: takes types without a limit or with one of 0, suspiciously small weights, and
            a Fill Basis in which the type has no limit.
    """
    codes = catalog.codes("vehicle")
    rows = find_rows(table, catalog)
    frame = table.frame.iloc[rows]
    limit = frame[list(LIMITS)].to_numpy(dtype=np.float64)
    known = ~np.isnan(limit)
    home = catalog.ranks("location", table, "home", findings)
    sheet_order = (1, 2, 3, 0)
    stated = known[:, sheet_order]
    first = np.array(sheet_order, dtype=np.int64)[np.argmax(stated, axis=1)]
    basis = dimension_numbers(table, "fill_basis")[rows]
    basis = np.where(basis >= 0, basis, first)
    empty = ~known.any(axis=1)
    unlimited = ~empty & ~known[np.arange(len(codes)), basis]
    weight = limit[:, DIMENSIONS.index("kg")]
    light = (weight > 0.0) & (weight < LIGHTEST)
    findings.add("vehicle-without-limit", table=table, index=rows[empty], field="vehicle")
    for number, field in enumerate(LIMITS):
        nothing = rows[limit[:, number] <= 0.0]
        findings.add("vehicle-limit-zero", table=table, index=nothing, field=field)
    findings.add("fill-basis-unlimited", table=table, index=rows[unlimited], field="fill_basis")
    findings.add("light-vehicle", table=table, index=rows[light], field="max_weight")
    fleet = frame["fleet"].to_numpy(dtype=np.float64)
    return Vehicles(
        code=codes,
        limit=limit,
        trip_cost=np.nan_to_num(frame["cost_per_trip"].to_numpy(dtype=np.float64)),
        fleet=np.where(np.isnan(fleet), np.inf, fleet),
        home=np.array([home.mask(row) for row in rows], dtype=bool).reshape(
            len(codes), len(catalog.codes("location"))
        ),
        min_fill=np.nan_to_num(frame["min_fill"].to_numpy(dtype=np.float64)),
        fill_basis=basis,
    )


def find_rows(table: Table, catalog: Catalog) -> Ints:
    """Row of the Vehicles sheet of every vehicle type, [V]; of equal codes the first."""
    codes = table.frame["vehicle"].to_numpy(dtype=object)
    unique, first = np.unique(codes.astype(str), return_index=True)
    return first[find(unique.astype(object), catalog.codes("vehicle"))].astype(np.int64)


def lane_vehicles(rows: Ints, table: Table, catalog: Catalog, findings: Findings) -> Flags:
    """Which vehicle types may run on each lane, [A, V].

    Args:
        rows: [A] row of the Lanes sheet that states the lane's Vehicle, -1 where none does.
        table: the Lanes sheet.
        catalog: what the selector may name.
        findings: takes unknown vehicle types.
    """
    allowed = np.zeros((len(rows), len(catalog.codes("vehicle"))), dtype=bool)
    texts = np.append(table.frame["vehicle"].to_numpy(dtype=object), "")[rows]
    stated = np.flatnonzero(texts != "")
    used = np.unique(rows[stated])
    ranked = catalog.ranks(
        "vehicle", table.keep(np.isin(np.arange(len(table)), used)), "vehicle", findings
    )
    for lane, row in zip(stated, np.searchsorted(used, rows[stated]), strict=True):
        allowed[lane] = ranked.mask(int(row))
    return allowed


def require_measures(
    allowed: Flags,
    made: Vehicles,
    goods: Goods,
    products: Products,
    table: Table,
    products_table: Table,
    catalog: Catalog,
    findings: Findings,
) -> None:
    """Demand the weight, volume or pallet of every product carried in a vehicle limited in it.

    Args:
        allowed: [A, V] vehicle types of the lanes.
        made: the vehicle types.
        goods: products on lanes.
        products: gives the measures.
        table: the Vehicles sheet.
        products_table: the Products sheet.
        catalog: gives the rows of the vehicle types.
        findings: takes ``missing-measure``.
    """
    rows = find_rows(table, catalog)
    for number in range(1, len(DIMENSIONS)):
        limits = ~np.isnan(made.limit[:, number])
        row = np.where(allowed & limits, rows, -1).max(axis=1, initial=-1)
        limiting = np.full(len(products), -1, dtype=np.int64)
        np.maximum.at(limiting, goods.product, row[goods.lane])
        missing_measures(
            limiting, table, LIMITS[number], number, products, products_table, findings
        )
