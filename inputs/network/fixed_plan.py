"""Decisions already taken, or the plan of the run before (F29).

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; besides F rows of one kind.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class Decided:
    """Rows about one kind of decision."""

    of: Ints
    """[F] number of the good, of the supply or of the recipe."""
    period: Ints
    """[F] period in which it leaves, is ordered or released."""
    quantity: Floats
    """[F] units, of a recipe gross output units."""
    rule: Texts
    """[F] fix, min, max or reference; always fix in a frozen period."""
    penalty: Floats
    """[F] money per unit changed, for reference."""

    def __len__(self) -> int:
        return len(self.of)


@dataclass(frozen=True)
class FixedPlan:
    """Rows of the sheet FixedPlan, and periods in which nothing else is decided."""

    frozen: Flags
    """[T] nothing is shipped, bought or made but what the rows say; places without stock buy what
    they ship."""
    shipments: Decided
    orders: Decided
    production: Decided
