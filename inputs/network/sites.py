"""Locations that may open or close.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; X locations that may open or
close, G groups of them.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class Sites:
    """Decisions on locations: those of Status consider, and open ones with a row of Sites."""

    location: Ints
    """[X] location."""
    open_before: Flags
    """[X] open before the horizon (Status open)."""
    active: Flags
    """[X, T] may be open at all (Active From, Active To)."""
    may_start: Flags
    """[X, T] may open in the period (Must Decide By)."""
    open_cost: Floats
    """[X] money in the period it opens."""
    close_cost: Floats
    """[X] money in the period it closes."""
    fixed_cost: Floats
    """[X] money per period in which it is open, used or not."""
    min_open: Ints
    """[X] periods it stays open at least once it has opened."""
    carbon: Floats
    """[X] kg per period in which it is open."""
    group: Ints
    """[X] group, -1 where none."""
    group_name: Texts
    """[G] name of the group."""
    most_open: Floats
    """[G] most members that are open at once; infinite where not stated."""

    def __len__(self) -> int:
        return len(self.location)
