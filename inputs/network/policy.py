"""How stock is replenished today, and the moves of a plan made before: what a baseline replays.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Floats, Ints, Texts

NO_RULE = ""
"""In place of a rule: no row of the sheet Policy speaks of the place."""


@dataclass(frozen=True)
class Policy:
    """Rules of the sheet Policy, one per place."""

    rule: Texts
    """[N] min-max, reorder-qty, base-stock, days-cover, lot-for-lot or fixed-share; blank where
    no row speaks of the place."""
    first: Floats
    """[N] Parameter 1: reorder point or level in units, days, or a share; not a number without."""
    second: Floats
    """[N] Parameter 2: order-up-to level or order quantity in units; not a number without."""
    every: Ints
    """[N] periods from one review to the next, at least 1; the first period is a review."""
    lag: Ints
    """[N] periods from a decision to its release."""
    source: Ints
    """[N] location it orders from, its own where it buys; -1 = the cheapest lane."""


@dataclass(frozen=True)
class Earlier:
    """Shipments and orders of a plan made before, as far as this network still has their ways."""

    flow: Floats
    """[K, T] units shipped."""
    purchase: Floats
    """[S, T] units bought."""
    make: Floats
    """[B, T] gross units made by recipes; no rows without recipes."""
    unknown: int
    """Rows of that plan whose lane, supply, recipe or period is not in this network."""
