"""How large the model of a network will be, counted from its tables before anything is built.

Families that make most of a model are counted by the conditions under which they are built; what
is only known when bounds are computed (rows that cannot bind, some windows) is taken at its most,
and rare families are left out. So the figures are near, not exact.
"""

from dataclasses import dataclass

from tierstock.inputs.network import Network
from tierstock.model.sizing.basics import Count, count_basics
from tierstock.model.sizing.extras import count_extras

__all__ = ["Size", "size_of"]


@dataclass(frozen=True)
class Size:
    """Columns, rows, coefficients and whole-number columns of a model, roughly."""

    columns: int
    rows: int
    coefficients: int
    integers: int


def size_of(net: Network) -> Size:
    """Return how large ``build_model(net)`` will be, in milliseconds and without building it.

    Args:
        net: a checked network.
    """
    count = Count(net)
    count_basics(count)
    count_extras(count)
    return Size(count.columns, count.rows, count.coefficients, count.integers)
