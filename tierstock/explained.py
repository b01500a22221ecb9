"""What a plan can say about itself when somebody asks why: ``Plan`` has it."""

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
import pyomo.environ as pyo

from tierstock.inputs import Network
from tierstock.solvers import Solution, SolveOptions

if TYPE_CHECKING:
    from tierstock.solvers.prices import Prices
    from tierstock.why.answer import Why
    from tierstock.why.program import Program


class Explained:
    """Prices and causes, found when somebody asks for them."""

    model: pyo.ConcreteModel
    network: Network
    solution: Solution
    options: SolveOptions

    @property
    def shipments(self) -> pd.DataFrame:
        """The sheet Shipments of the plan."""
        raise NotImplementedError

    @cached_property
    def prices(self) -> "Prices":
        """Prices of the plan's limits, and what small changes of it cost; see ``Prices``.

        Raises:
            SolveError: there is no plan, or the model was changed since it was solved.
        """
        return self._priced()

    def _priced(self, **limit: float) -> "Prices":
        from tierstock.solvers.prices import prices_of

        any_version = self.options.any_solver_version
        return prices_of(self.model, self.solution, any_version=any_version, **limit)

    def prices_within(self, seconds: float) -> "Prices | None":
        """Return ``prices``; None where they cannot be had in so many seconds."""
        from tierstock.solvers.errors import SolveError

        if "prices" not in self.__dict__:
            try:
                self.__dict__["prices"] = self._priced(seconds=seconds)
            except SolveError:
                return None
        return self.prices

    def why(self, *asked: object, language: str = "") -> "Why":
        """Return why a demand is short, or why a shipment is made.

        ``plan.why("S17", "Tea-01", "2026-W05")`` names the row that holds more back first, what
        it would have to say instead, and what that is worth; ``plan.why("S-00012")``, or a row of
        ``plan.shipments``, what a shipment is for and what leaving it out costs. The answer shows
        itself as text and in a notebook; ``.frame`` is a table, ``.cause`` the cause in a word.

        Args:
            asked: location, product and period; or a Plan No; or a row of ``shipments``.
            language: ``en`` or ``zh``; the settings' report language where not given.

        Raises:
            ValueError: there is no such location, product, period or shipment; the message names
                the nearest one. Or the network was not read from tables.
            SolveError: there is no plan, or the model was changed since it was solved.
        """
        from tierstock.why.ask import answer

        words = language or self.network.settings.report_language
        return answer(self, self._program, asked, words)

    @cached_property
    def _program(self) -> "Program":
        from tierstock.why.program import Program

        return Program(self.model, self.prices, self.solution.values)
