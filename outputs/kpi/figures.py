"""What key figures are computed from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats
from tierstock.outputs.costs import totals
from tierstock.outputs.expand import Flows
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.inventory import in_transit

SHORT = 1e-6
"""Share of a demand that must be missing to call it a stock-out."""


@dataclass(frozen=True)
class Figures:
    """A plan, its facts and some of its sheets; sums that several key figures share."""

    plan: Flows
    """The plan as arrays."""
    facts: RunFacts
    """Bound and gap."""
    tables: Mapping[str, pd.DataFrame]
    """The sheets Shipments, Purchases, CapacityUse and VehicleUse."""

    @cached_property
    def costs(self) -> dict[str, float]:
        """Money by cost term."""
        return totals(self.plan)

    @property
    def value(self) -> Floats:
        """[N, T] standard cost of the places."""
        return self.plan.net.places.value

    @property
    def days(self) -> Floats:
        """[T] days of the periods."""
        return self.plan.net.periods.days

    @cached_property
    def stock_value(self) -> Floats:
        """[T] usable stock at the end of each period at standard cost."""
        return np.asarray((self.value * self.plan.stock).sum(axis=0))

    @cached_property
    def capital(self) -> Floats:
        """[T] stock, usable and blocked, and what is under way, at standard cost (F23)."""
        beside = self.plan.net.places.blocked[:, None] + in_transit(self.plan)
        return np.asarray(self.stock_value + (self.value * beside).sum(axis=0))

    @cached_property
    def issues_per_day(self) -> float:
        """Issues to customers at standard cost, per day of the horizon."""
        return float((self.value * self.plan.issued).sum() / self.days.sum())

    @cached_property
    def live(self) -> Flags:
        """[N, T] places and periods with demand."""
        return self._wanted > 0

    @cached_property
    def short(self) -> Flags:
        """[N, T] places and periods with demand that is not all issued in its period."""
        missing = self._wanted - self.at_places(self.plan.on_time)
        return np.asarray(self.live & (missing > SHORT * np.maximum(self._wanted, 1.0)))

    @cached_property
    def _wanted(self) -> Floats:
        return self.at_places(self.plan.net.demand.quantity)

    def at_places(self, streams: Floats) -> Floats:
        """Return [N, T] the sums of [D, T] values of demand streams."""
        found = np.zeros(self.plan.size)
        np.add.at(found, self.plan.net.demand.place, streams)
        return found

    @property
    def vehicles(self) -> pd.DataFrame:
        """The sheet ``VehicleUse``."""
        return self.tables["VehicleUse"]

    @property
    def planned(self) -> pd.DataFrame:
        """Shipments that the plan decides."""
        shipments = self.tables["Shipments"]
        return shipments[shipments["Status"] != "firm"]

    @property
    def transfers(self) -> pd.DataFrame:
        """Lateral shipments that the plan decides."""
        return self.planned[self.planned["Kind"] == "transfer"]


def share(part: float, whole: float) -> float:
    """Return a part of a whole; not a number where the whole is nothing."""
    return float(part / whole) if whole > 0 else np.nan
