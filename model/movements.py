"""The ledger of stock: what every family brings to a place and takes from it.

A family that moves goods posts its movements here once. Families that add movements up (stock
balance, capacity, what is left at the end) read the ledger and need not know who posted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray

from tierstock.model.variables import ArrayVar

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

INTO = ("received", "order in", "purchased", "produced", "returned")
"""Kinds of movements that add to the stock of a place."""
OUT_OF = ("shipped", "order out", "issued", "consumed", "scrapped", "disposed")
"""Kinds of movements that take from it."""


@dataclass(frozen=True)
class Entry:
    """Movements of one kind that follow from one family of variables."""

    kind: str
    variable: str
    """Name of the family on the model."""
    at: Codes
    """[n] position in the family."""
    place: Codes
    """[n] place it comes to or leaves."""
    period: Codes
    """[n] period in which it happens; T = after the horizon."""
    amount: Floats
    """[n] units moved per unit of the variable; negative where it means less of the kind."""


class Movements:
    """Collects the movements while the families are added.

    Args:
        places: number of places N.
        periods: number of periods T.
    """

    def __init__(self, places: int, periods: int) -> None:
        self.size = (places, periods + 1)
        self.entries: list[Entry] = []
        self.constants: dict[str, Floats] = {}

    def post(
        self,
        kind: str,
        variable: ArrayVar | None,
        amount: ArrayLike,
        *,
        place: NDArray[np.integer],
        period: NDArray[np.integer],
        at: NDArray[np.integer] | None = None,
    ) -> None:
        """Note movements that depend on a decision.

        Args:
            kind: one of ``INTO`` or ``OUT_OF``.
            variable: family, or None where the model has none (nothing is posted).
            amount: units moved per unit of the variable, one number or one per entry.
            place: place of each entry, -1 where there is none (left out).
            period: period of each entry; whatever is not before T counts as T, after the horizon.
            at: position in the family of each entry, -1 where there is no variable (left out);
                all of the family, one entry each, where not given.
        """
        if kind not in INTO and kind not in OUT_OF:
            raise ValueError(f"{kind!r} is no kind of movement")
        if variable is None:
            return
        where = np.arange(len(variable)) if at is None else np.asarray(at)
        units = np.broadcast_to(np.asarray(amount, dtype=np.float64), where.shape)
        real = (where >= 0) & (place >= 0) & (units != 0.0)
        whole = bool(real.all())
        when = np.minimum(period, self.size[1] - 1)
        self.entries.append(
            Entry(
                kind,
                variable.local_name,
                (where if whole else where[real]).astype(np.int32),
                (place if whole else place[real]).astype(np.int32),
                (when if whole else when[real]).astype(np.int32),
                units if whole else units[real],
            )
        )

    def post_known(self, kind: str, amounts: Floats) -> None:
        """Note movements that no decision changes; ``amounts`` [N, T] or, with after, [N, T+1]."""
        total = self.constants.setdefault(kind, np.zeros(self.size))
        total[:, : amounts.shape[1]] += amounts

    def of(self, *kinds: str) -> Iterator[Entry]:
        """Return the entries of some kinds, in the order in which they were posted."""
        return (entry for entry in self.entries if entry.kind in kinds)

    def known(self, *kinds: str) -> Floats:
        """Return what moves without a decision, all kinds together; shape [N, T+1]."""
        total = np.zeros(self.size)
        for kind in kinds:
            total += self.constants.get(kind, 0.0)
        return total


def brought(m: pyo.ConcreteModel) -> Floats:
    """Return the most that comes to each place in each period from outside; [N, T].

    What is known, and of every decision its upper bound, infinite where it has none. Lanes and
    recipes only pass on what is there, and customers bring back what has been there.
    """
    ledger, last = m.movements, m.movements.size[1] - 1
    kinds = [kind for kind in INTO if kind != "returned"]
    most: Floats = ledger.known(*kinds)[:, :last]
    for entry in ledger.of(*kinds):
        if entry.variable not in ("flow", "make"):
            here = (entry.period < last) & (entry.amount > 0)
            units = entry.amount[here] * m.component(entry.variable).upper[entry.at[here]]
            np.add.at(most, (entry.place[here], entry.period[here]), units)
    return most
