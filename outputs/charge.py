"""Amounts of one cost term at places and periods."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Floats, Ints


@dataclass(frozen=True)
class Charge:
    """Amounts of one term at places; -1 stands for "no single one"."""

    term: str
    location: Ints
    product: Ints
    period: Ints
    amount: Floats


def grid(term: str, location: Ints, product: Ints, amounts: Floats) -> Charge:
    """Return a term from amounts [rows, T] with one location and product per row."""
    row, period = np.nonzero(amounts)
    return Charge(term, location[row], product[row], period, amounts[row, period])


def nowhere(codes: Ints) -> Ints:
    """Return -1 for each code: a cost that belongs to no single one."""
    return np.full(len(codes), -1, dtype=np.int64)


def free(price: Floats, units: Floats) -> Floats:
    """Return price x units, 0 where there are no units (the price may be infinite there)."""
    return np.multiply(price, units, out=np.zeros(units.shape), where=units != 0)
