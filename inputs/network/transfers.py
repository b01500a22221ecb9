"""Terms of transfers: what the donor keeps, what one move is, how many there may be (F18).

Sizes in the shapes are those of :mod:`tierstock.inputs.network`; besides M goods on transfer
lanes, W moves, R limits on moves.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class Moves:
    """What counts as one move: a product from place to place, or all products of an order.

    A move is of one period; its goods are those that share it, by all modes of the pair.
    """

    name: Texts
    """[W] from, to and product; an order has no product."""
    origin: Ints
    """[W] location that sends."""
    product: Ints
    """[W] product, -1 for an order."""
    least_units: Floats
    """[W, T] least quantity of a move."""
    least_value: Floats
    """[W, T] least money a move is worth, at the value of the place that receives."""
    cost: Floats
    """[W, T] money per move."""
    move: Ints
    """[E] move of each membership."""
    goods: Ints
    """[E] number of the good in ``Network.goods``."""
    when: Flags
    """[E, T] periods in which the good belongs to the move."""

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True)
class MoveLimits:
    """Rows with Max Moves; all of them hold."""

    name: Texts
    """[R] from, to, product and period of the row."""
    most: Floats
    """[R, T] moves per period; infinite where the row does not speak."""
    limit: Ints
    """[F] limit of each membership."""
    move: Ints
    """[F] move of each membership."""
    when: Flags
    """[F, T] periods in which the move counts."""

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True)
class Transfers:
    """Terms of the transfer lanes, from the sheet TransferRules."""

    goods: Ints
    """[M] number of the good in ``Network.goods``."""
    cover: Floats
    """[M, T] stock the donor keeps at the end of the ship period, units; 0 where none."""
    cooldown: Ints
    """[M, T] periods in which what is received may not be sent on; 0 where none."""
    only_short: Flags
    """[M, T] the receiver must be below its target without transfers."""
    moves: Moves
    limits: MoveLimits
    order: Ints
    """[Q] open orders between places with a transfer lane, where a cooldown is stated."""
    order_cooldown: Ints
    """[Q] periods in which what they bring may not be sent on."""
