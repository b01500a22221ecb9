"""Weight, volume and pallet data that a limit needs (ruling 15)."""

import numpy as np

from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import DIMENSIONS, Ints, Products
from tierstock.inputs.tables import Table

COLUMNS = {"kg": "weight", "m3": "volume", "pallet": "units_per_pallet"}
"""Column of Products behind each dimension but unit, which every product has."""


def dimension_numbers(table: Table, field: str) -> Ints:
    """Number of the dimension in each row of a column of dimensions, -1 where none stands."""
    return find(np.array(DIMENSIONS, dtype=object), table.frame[field].to_numpy(dtype=object))


def missing_measures(
    limiting: Ints,
    table: Table,
    field: str,
    dimension: int,
    products: Products,
    products_table: Table,
    findings: Findings,
) -> None:
    """Name every product that meets a limit but does not state what a unit takes of it.

    Args:
        limiting: [P] row of ``table`` that limits each product, -1 where none does.
        table: sheet of the limit, Capacity or Vehicles.
        field: column of the limit.
        dimension: index into ``DIMENSIONS``.
        products: gives the measures.
        products_table: the Products sheet.
        findings: takes ``missing-measure`` at the cells of Products, once per limit.
    """
    unknown = np.isnan(products.measure[:, dimension]) & (limiting >= 0)
    codes = products_table.frame["product"].to_numpy(dtype=object)
    rows = find(codes[np.sort(np.unique(codes.astype(str), return_index=True)[1])], products.code)
    for limit in np.unique(limiting[unknown]):
        findings.add(
            "missing-measure",
            table=products_table,
            index=rows[unknown & (limiting == limit)],
            field=COLUMNS[DIMENSIONS[dimension]],
            limit=f"{table.title}!{table.cell(int(limit), field)}",
        )
