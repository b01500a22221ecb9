"""Who serves whom: chosen sources, shares, ranks (F25).

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; besides G choices, H shares.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class SourceChoices:
    """Places that take a product, or all products together, from one origin or two."""

    label: Texts
    """[G] place and product; ``*`` where one choice holds for several products."""
    most: Ints
    """[G] origins that may be chosen in a window: 1 single, 2 dual."""
    window: Ints
    """[G, T] number of the window of each period, rising; a choice holds for a window."""
    choice: Ints
    """[E] choice of each membership."""
    goods: Ints
    """[E] number of the good in ``Network.goods``."""

    def __len__(self) -> int:
        return len(self.label)


@dataclass(frozen=True)
class SourceShares:
    """Shares of origins in what a place takes of a product in a window."""

    place: Ints
    """[H] place that receives."""
    origin: Ints
    """[H] location that sends."""
    share: Floats
    """[H] share of all that is sent there in the window, 0 to 1."""
    window: Ints
    """[H, T] number of the window of each period, rising."""

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class SourceRanks:
    """Order in which the origins of a place are used up."""

    goods: Ints
    """[E] number of the good in ``Network.goods``."""
    rank: Ints
    """[E] 1 first; origins without a rank come last."""
    by_supply: Flags
    """[E] the origin is used up, too, when it has bought its most and nothing is left of it."""

    def __len__(self) -> int:
        return len(self.goods)


@dataclass(frozen=True)
class Sourcing:
    """Rules of the sheet Sourcing, but for lanes it forbids: these are not open."""

    goods: Ints
    """[M] goods on lanes that count as sources: replenish and expedite."""
    choices: SourceChoices
    shares: SourceShares
    ranks: SourceRanks
