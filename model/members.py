"""Which rows a place belongs to, and with what weight: sums over groups of places as arrays."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Members:
    """Memberships of places in groups, looked up for many places at once.

    Args:
        place: [M] place of each membership.
        group: [M] group of each membership.
        weight: [M] weight of the place in the group.
    """

    def __init__(self, place: Ints, group: Ints, weight: Floats) -> None:
        order = np.argsort(place, kind="stable")
        self.place, self.group, self.weight = place[order], group[order], weight[order]

    def of(self, places: Ints) -> tuple[Ints, Ints, Floats]:
        """Return one entry for every group of every place asked for.

        Returns:
            number of the place in ``places``, its group, its weight there.
        """
        first = np.searchsorted(self.place, places, side="left")
        count = np.searchsorted(self.place, places, side="right") - first
        entry = np.repeat(np.arange(len(places)), count)
        offset = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
        at = np.repeat(first, count) + offset
        return entry, self.group[at], self.weight[at]

    def total(self, amounts: Floats, groups: int) -> Floats:
        """Return the weighted sum of each group; ``amounts`` [places, T], result [groups, T]."""
        result = np.zeros((groups, amounts.shape[1]))
        np.add.at(result, self.group, self.weight[:, None] * amounts[self.place])
        return result
