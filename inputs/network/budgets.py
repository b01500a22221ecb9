"""Limits on capital, spend, freight, carbon, moves and cash.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; besides B budgets, G groups
(one per budget, or one per location, product or company of it), R rows (a group in a period, or
over several).
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class Budgets:
    """Rows of the sheet Budgets."""

    name: Texts
    """[B] unique name."""
    kind: Texts
    """[B] capital, spend, freight, carbon, moves or cash."""
    limit: Floats
    """[B] most of each row; of cash the least."""
    penalty: Floats
    """[B] money per unit beyond the limit; infinite = must hold."""
    in_transit: Flags
    """[B] capital counts what is on the way to a place."""
    by_location: Ints
    """[B, L] location's part in the number of its group, -1 = not selected."""
    by_product: Ints
    """[B, P] product's part in the number of its group, -1 = not selected."""
    whole: Flags
    """[B] all products together: amounts that belong to no single product count."""
    by_place: Flags
    """[B] one group per location."""
    by_period: Flags
    """[B] one row per period; else one for a mean, an end or a total."""
    weight: Floats
    """[B, T] weight of each period in its row; 0 where the period does not count."""
    first: Ints
    """[B] number of the first group."""
    group: Ints
    """[G] budget of the group."""
    label: Texts
    """[G] location, product or company; blank for all together or no company."""
    row: Ints
    """[G, T] row in which a period of the group counts, -1 = none."""
    row_group: Ints
    """[R] group of the row."""
    row_period: Ints
    """[R] period of the row; of several the last."""

    @property
    def most(self) -> Floats:
        """[B] most of each row of what a budget counts; cash counts as what is missing."""
        return np.where(self.kind == "cash", -self.limit, self.limit)

    def __len__(self) -> int:
        return len(self.name)

    def groups(self, budget: int, location: Ints, product: Ints) -> Ints:
        """Return the group of each amount, -1 where the budget does not count it.

        Args:
            budget: number of the budget.
            location: [n] location.
            product: [n] product, -1 where the amount belongs to no single one.
        """
        place = self.by_location[budget, location]
        goods = self.by_product[budget, product]
        goods[product < 0] = 0 if self.whole[budget] else -1
        found: Ints = self.first[budget] + place + goods
        found[(place < 0) | (goods < 0)] = -1
        return found
