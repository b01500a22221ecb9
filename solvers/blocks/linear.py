"""Prices of shared rows of a model without whole numbers, where every mix within them is a plan."""

from collections.abc import Iterator

import numpy as np

from tierstock.solvers.arrays import Floats
from tierstock.solvers.blocks.prices import Mix, PriceSearch, Round

FIRST = 3.0
"""Times the first box of whole numbers; measured on the yardstick of 20 and 50 products: 48 and 61
rounds to 0.01 % of the cost, with 1: 50 and 67; with a box round zero that grows: 68 and 107."""
MISSED = 1e4
"""Times the first box: price of a unit by which a block misses its part of a row, or a mix a row,
where that is to be avoided."""
PLANS_AT = (10, 20, 40)
"""Rounds after which shared rows are shared out for a plan as long as no mix is one."""
WITHOUT_PLAN = 60
"""Rounds after which no more are tried where no plan is known yet: there may be none."""
STRICT_EVERY = 3
"""Rounds between two mixes that avoid all excess, as long as the others do not; such a mix takes
a tenth of the time of a round, sharing out three times it."""


class LinearPriceSearch(PriceSearch):
    """Rounds each with a plan where its mix is one.

    With a known plan there is a better one in the first round, number 0.
    """

    close, trust = 1e-9, 0.7

    def _before(self, values: Floats) -> Iterator[Round]:
        if self._known is not None:
            within = np.clip(values, self._arrays.lower, self._arrays.upper)
            plan = self._shared(within, self._known)
            yield Round(0, self._limit(), np.inf, plan, done=False)

    def _first_box(self) -> Floats:
        box: Floats = FIRST * super()._first_box()
        return box

    def _gap(self, mixed: Mix) -> float:
        return np.inf if self._tight(mixed).any() else super()._gap(mixed)

    def _hopeless(self, number: int) -> bool:
        planless = self._known is None and number >= WITHOUT_PLAN
        return planless or super()._hopeless(number)

    def _plan(self, mixed: Mix, number: int, *, done: bool) -> Floats | None:
        found = self._offered(mixed, number)
        if found is not None and (self._known is None or self._cheaper(found, self._known)):
            self._known = found
        return found

    def _cheaper(self, values: Floats, other: Floats) -> bool:
        return bool((self._cost * (values - other)).sum() < 0)

    def _offered(self, mixed: Mix, number: int) -> Floats | None:
        """Return a plan of this round, None where there is none."""
        values = self._mixed(mixed)
        if np.isfinite(self._gap(mixed)):
            return values
        if number not in PLANS_AT:
            return self._strict() if number % STRICT_EVERY == 0 else None
        if self._known is not None:
            return self._shared(values, self._known)
        cost, penalty = self._priced(self._price), MISSED * self._box
        return self._shares.plan(values, None, cost, penalty)

    def _strict(self) -> Floats | None:
        """Return the mix that avoids all excess, None where there is none."""
        most = MISSED * self._box
        mixed = self._mix(-most, most)
        kept = mixed is not None and np.isfinite(self._gap(mixed))
        return self._mixed(mixed) if mixed is not None and kept else None

    def _shared(self, values: Floats, known: Floats) -> Floats | None:
        """Return a plan between these values and a known one; the cheaper one is known then."""
        cost, penalty = self._priced(self._price), MISSED * self._box
        found = self._shares.between(values, known, cost, penalty)
        if found is not None and self._cheaper(found, known):
            self._known = found
            self._pool.add(found)
        return found
