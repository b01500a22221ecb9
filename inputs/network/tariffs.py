"""What crossing from company to company or over a border costs, and what is emitted.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Floats


@dataclass(frozen=True)
class Tariffs:
    """Duty, and prices at which companies sell to each other."""

    duty: Floats
    """[K, T] money per unit shipped: the stated share of its value at the destination."""
    transfer_price: Floats
    """[K, T] money per unit shipped that the receiving company pays to the sending one; 0 where
    none is stated or both ends belong to one company."""


@dataclass(frozen=True)
class Carbon:
    """Emission factors, and what a kilogram costs."""

    goods: Floats
    """[K, T] kg per unit shipped."""
    vehicle: Floats
    """[V] kg per trip."""
    site: Floats
    """[L] kg per period in which a location that may open or close is open."""
    price: float
    """Money per kg in the objective."""
