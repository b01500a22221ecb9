"""What a plan tells about itself: alerts, and where one place has what another lacks."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import pandas as pd

from tierstock.inputs import Network
from tierstock.outputs.alerts import Limits, Scene, alerts, pairs
from tierstock.outputs.views import views


class Insight:
    """Tables that are found in those of a plan, when somebody asks for them."""

    network: Network

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables of the plan."""
        raise NotImplementedError

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """What needs attention, worst first: kind, place, money at risk and what to do."""
        return self.find_alerts()

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Where one place has to spare what another lacks, and whether a lane is in time."""
        return pairs(self._scene)

    def find_alerts(
        self,
        *,
        history: pd.DataFrame | None = None,
        limits: Limits | None = None,
        language: str | None = None,
    ) -> pd.DataFrame:
        """Return the sheet ``Alerts`` with past sales, or limits of one's own.

        Args:
            history: past sales in the columns of the sheet History: Location, Product, Date, Sales
                and, where known, Stock Out. Stock that sold is not slow then, and demand is held
                against what was usual.
            limits: from where on something is told; ``tierstock.outputs.alerts.Limits``.
            language: ``en`` or ``zh``; the settings' report language where not given.

        Raises:
            ValueError: there is no plan.
        """
        scene = replace(self._scene, history=history, limits=limits or Limits())
        return alerts(scene, language or self.network.settings.report_language)

    def views(self, language: str | None = None) -> dict[str, pd.DataFrame]:
        """Return the sheets Alerts, SlowMovers, Bullwhip and PlanView that the plan has.

        Args:
            language: of the suggestions; the settings' report language where not given.

        Raises:
            ValueError: there is no plan.
        """
        return views(self._scene, language or self.network.settings.report_language)

    @cached_property
    def _scene(self) -> Scene:
        return Scene(self.network, self.tables)
