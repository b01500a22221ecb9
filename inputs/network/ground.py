"""When, where and what: periods, locations and products.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Dates, Flags, Floats, Texts


@dataclass(frozen=True)
class Periods:
    """Time buckets in order."""

    id: Texts
    """[T] id of the period, as the planner wrote it, e.g. ``2026-W03``."""
    start: Dates
    """[T] first day."""
    end: Dates
    """[T] last day."""
    days: Floats
    """[T] length in calendar days."""
    working_days: Floats
    """[T] days by which daily limits are multiplied."""

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class Locations:
    """Places of the network."""

    code: Texts
    """[L] unique code."""
    name: Texts
    """[L] name shown beside the code."""
    tier: Texts
    """[L] supplier, plant, CDC, RDC, store, ecom or customer."""
    region: Texts
    """[L] region, blank where none."""
    channel: Texts
    """[L] sales channel, blank where none."""
    company: Texts
    """[L] owner, blank where none."""
    active: Flags
    """[L, T] open for flows and stock in the period (Status, Active From, Active To)."""

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Products:
    """What is moved and kept."""

    code: Texts
    """[P] unique code."""
    name: Texts
    """[P] name shown beside the code."""
    family: Texts
    """[P] family, blank where none."""
    type: Texts
    """[P] raw, semi, finished, packaging or kit."""
    base_unit: Texts
    """[P] unit of all quantities, e.g. ``EA``."""
    zone: Texts
    """[P] storage zone."""
    unit_value: Floats
    """[P] standard cost, money per unit."""
    price: Floats
    """[P] sales price, money per unit; not a number where not stated."""
    per_case: Floats
    """[P] units in a case; not a number where not stated."""
    measure: Floats
    """[P, 4] what one unit takes in each of ``DIMENSIONS``; not a number where not stated."""

    def __len__(self) -> int:
        return len(self.code)
