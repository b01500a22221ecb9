"""Goods that customers bring back (F31)."""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Floats, Ints


@dataclass(frozen=True)
class Returns:
    """Places whose issues come back in part: Q of them."""

    place: Ints
    """[Q] place that issues."""
    back: Ints
    """[Q] place the returned goods come to: the same location, the Return Product."""
    ratio: Floats
    """[Q] share of what is issued that comes back."""
    lag: Ints
    """[Q, T] whole periods from the issue until it is back."""
    disposal_cost: Floats
    """[Q] money per unit of the returned goods thrown away."""

    def __len__(self) -> int:
        return len(self.place)
