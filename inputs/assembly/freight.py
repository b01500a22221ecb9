"""Freight per unit from the Cost Basis of a lane, and distances from coordinates."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.physical import missing_measures
from tierstock.inputs.assembly.places import Sites
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import DIMENSIONS, Flags, Floats, Ints, Lanes, Products
from tierstock.inputs.tables import Table

EARTH_RADIUS = 6371.0088
"""Mean radius of the earth, km."""
VALUE, TONNE_KM, UNIT_KM = "value%", "t-km", "unit-km"
KILOGRAM = DIMENSIONS.index("kg")


def great_circle(sites: Sites, origin: Ints, destination: Ints) -> Floats:
    """Distance over the globe of each lane, km; not a number without coordinates.

    Haversine formula, sphere of mean earth radius.
    """
    lat, lon = np.radians(sites.latitude), np.radians(sites.longitude)
    half_lat = np.sin((lat[destination] - lat[origin]) / 2) ** 2
    half_lon = np.sin((lon[destination] - lon[origin]) / 2) ** 2
    chord = half_lat + np.cos(lat[origin]) * np.cos(lat[destination]) * half_lon
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


@dataclass(frozen=True)
class Freight:
    """Unit Cost as stated, with what turns it into money per unit."""

    cost: Floats
    """[K, T] Unit Cost."""
    rate: Floats
    """[K, T] home money for one unit of its currency; a share of the value needs none."""
    basis: Ints
    """[K, T] Cost Basis, a number in ``names``."""
    names: list[str]
    """Bases in use."""
    lane: Ints
    """[K] lane of the goods."""
    product: Ints
    """[K] product of the goods."""
    lanes: Lanes
    products: Products

    def per_unit(self) -> Floats:
        """Money per unit shipped, [K, T]; 0 where data are missing."""
        rate = np.where(self.basis == self._shares(), 1.0, self.rate)
        return np.nan_to_num(self._factor()) * self.cost * rate

    def _shares(self) -> int:
        """Number of the basis that is no money, -1 where none uses it."""
        return self.names.index(VALUE) if VALUE in self.names else -1

    def missing(self) -> Flags:
        """[K, T] a cost is stated, but a measure or distance it needs is not."""
        return np.asarray(np.isnan(self._factor()) & (self.cost != 0.0))

    def _factor(self) -> Floats:
        factors = [np.broadcast_to(self._of(name), self.cost.shape) for name in self.names]
        return np.asarray(np.take_along_axis(np.stack(factors), self.basis[None], axis=0)[0])

    def _of(self, name: str) -> Floats:
        """What the Unit Cost is multiplied by, [K, 1] or [K, T]."""
        distance = self.lanes.distance[self.lane][:, None]
        if name == UNIT_KM:
            return np.asarray(distance)
        if name == TONNE_KM:
            tonnes = self.products.measure[self.product, KILOGRAM][:, None] / 1000.0
            return np.asarray(tonnes * distance)
        if name in DIMENSIONS:
            return np.asarray(self.products.measure[self.product, DIMENSIONS.index(name), None])
        value = self.products.unit_value[self.product][:, None]
        return np.where(self.cost < 1.0, value, value / 100.0)


def report_missing(
    freight: Freight, table: Table, products_table: Table, findings: Findings
) -> None:
    """Name products without the measure and lanes without the distance their basis needs.

    A cost on the basis ``value%`` needs neither: below 1 it is a share, from 1 on percent of the
    Unit Value (ruling 13).

    Args:
        freight: costs as stated.
        table: the Lanes sheet.
        products_table: the Products sheet.
        findings: takes ``missing-measure`` and ``missing-distance``.
    """
    missing = freight.missing()
    if not missing.any():
        return
    stated = table.frame["cost_basis"].to_numpy(dtype=object)
    for number, name in enumerate(freight.names):
        good = np.flatnonzero((missing & (freight.basis == number)).any(axis=1))
        row = int(np.argmax(stated == name))
        if name in DIMENSIONS or name == TONNE_KM:
            dimension = KILOGRAM if name == TONNE_KM else DIMENSIONS.index(name)
            limiting = np.full(len(freight.products), -1, dtype=np.int64)
            limiting[freight.product[good]] = row
            missing_measures(
                limiting, table, "cost_basis", dimension, freight.products, products_table, findings
            )
        if name in (TONNE_KM, UNIT_KM):
            far = freight.lane[good[np.isnan(freight.lanes.distance[freight.lane[good]])]]
            if len(far):
                label = freight.lanes.label[far[0]]
                count = len(np.unique(far))
                findings.add(
                    "missing-distance",
                    table=table,
                    index=row,
                    field="cost_basis",
                    lane=label,
                    further=count - 1 or "",
                )
