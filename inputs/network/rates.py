"""Freight rates by bracket (F14)."""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints


@dataclass(frozen=True)
class Rates:
    """Freight of rated lanes: E brackets, each of one lane, in rising order."""

    lane: Ints
    """[E] lane of the bracket."""
    basis: Ints
    """[E] index into ``DIMENSIONS`` in which the lane's total is counted."""
    low: Floats
    """[E] lower end of the bracket, in the basis; the first one of a lane is 0."""
    high: Floats
    """[E] upper end; infinite for the last bracket of a lane."""
    rate: Floats
    """[E] money per unit of the basis inside the bracket."""
    start: Floats
    """[E] money that the bracket costs besides: its Fixed, and with incremental rates what the
    brackets below cost more than its own rate."""
    convex: Flags
    """[E] the lane's rates rise and have no Fixed: brackets fill up one after the other."""
    rated: Flags
    """[A] the lane has brackets; they replace its Unit Cost."""
    part_load: Flags
    """[A] the brackets price what does not go in whole vehicles (LTL-to-FTL)."""
    trip_cost: Floats
    """[A, V] money per trip of a vehicle on a lane; not a number where Rates state none."""

    def __len__(self) -> int:
        return len(self.lane)
