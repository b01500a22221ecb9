"""Freight per unit from the Cost Basis of a lane, and distances from coordinates."""

import numpy as np

from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.network import DIMENSIONS, Flags, Floats, Ints, Lanes, Products
from tierstock.inputs.places import Sites
from tierstock.inputs.schema import schema
from tierstock.inputs.tables import Table

EARTH_RADIUS = 6371.0088
"""Mean radius of the earth, km."""
KILOGRAM = DIMENSIONS.index("kg")
_MEASURED = {"kg": "weight", "m3": "volume", "pallet": "units_per_pallet", "t-km": "weight"}


def great_circle(sites: Sites, origin: Ints, destination: Ints) -> Floats:
    """Distance over the globe of each lane, km; not a number without coordinates.

    Haversine formula, sphere of mean earth radius.
    """
    lat, lon = np.radians(sites.latitude), np.radians(sites.longitude)
    half_lat = np.sin((lat[destination] - lat[origin]) / 2) ** 2
    half_lon = np.sin((lon[destination] - lon[origin]) / 2) ** 2
    chord = half_lat + np.cos(lat[origin]) * np.cos(lat[destination]) * half_lon
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def unit_freight(
    cost: Floats,
    basis: Ints,
    names: list[str],
    lane: Ints,
    product: Ints,
    lanes: Lanes,
    products: Products,
    table: Table,
    findings: Findings,
) -> Floats:
    """Freight in money per unit, [K, T], from costs stated per kg, m3, pallet, value or distance.

    Args:
        cost: [K, T] Unit Cost as stated.
        basis: [K, T] Cost Basis, a number in ``names``.
        names: the bases in use.
        lane: [K] lane of the goods.
        product: [K] product of the goods.
        lanes: for the distances.
        products: for weight, volume, pallets and value.
        table: the Lanes sheet, where faults are found.
        findings: a product without the data its basis needs, a lane without a distance.
    """
    factors = np.stack(
        [
            _value_share(cost, products, product)
            if name == "value%"
            else np.broadcast_to(_factor(name, lane, product, lanes, products)[:, None], cost.shape)
            for name in names
        ]
    )
    factor = np.take_along_axis(factors, basis[None], axis=0)[0]
    missing = np.isnan(factor) & (cost != 0)
    if missing.any():
        _report(missing, basis, names, lane, product, lanes, products, table, findings)
    return np.where(missing, 0.0, np.nan_to_num(factor) * cost)


def _factor(name: str, lane: Ints, product: Ints, lanes: Lanes, products: Products) -> Floats:
    """[K] what the Unit Cost is multiplied by."""
    if name in DIMENSIONS:
        return np.asarray(products.measure[product, DIMENSIONS.index(name)])
    distance = lanes.distance[lane]
    if name == "t-km":
        return np.asarray(products.measure[product, KILOGRAM] / 1000.0 * distance)
    return np.asarray(distance)


def _value_share(cost: Floats, products: Products, product: Ints) -> Floats:
    """[K, T] Unit Value, per cent of it where the cost is 1 or more (ruling 13)."""
    value = products.unit_value[product][:, None]
    return np.where(cost < 1.0, value, value / 100.0)


def _report(
    missing: Flags,
    basis: Ints,
    names: list[str],
    lane: Ints,
    product: Ints,
    lanes: Lanes,
    products: Products,
    table: Table,
    findings: Findings,
) -> None:
    """One finding per basis: the product or the lane whose data are missing."""
    bases = table.frame["cost_basis"].to_numpy(dtype=object)
    for number in np.unique(basis[missing]):
        name = names[number]
        at = np.flatnonzero((missing & (basis == number)).any(axis=1))
        rows = np.flatnonzero(bases == name)
        measure = DIMENSIONS.index("kg" if name == "t-km" else name) if name in _MEASURED else 0
        lacking = at[np.isnan(products.measure[product[at], measure])]
        if len(lacking):
            column = schema().sheet("Products").column(_MEASURED[name])
            codes = np.unique(products.code[product[lacking]].astype(str))
            findings.add(
                "basis-needs-measure",
                table=table,
                index=rows[:1],
                field="cost_basis",
                product=codes[0],
                count=len(codes),
                needed=Both(column.name, column.zh),
            )
        far = at[np.isnan(lanes.distance[lane[at]])] if name.endswith("-km") else at[:0]
        if len(far):
            label = lanes.label[lane[far[0]]]
            findings.add(
                "basis-needs-distance", table=table, index=rows[:1], field="cost_basis", lane=label
            )
