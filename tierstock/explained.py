"""What a plan can say about itself when somebody asks why: ``Plan`` has it."""

from functools import cached_property
from typing import TYPE_CHECKING

import pyomo.environ as pyo

from tierstock.inputs import Network
from tierstock.solvers import Solution, SolveOptions

if TYPE_CHECKING:
    from tierstock.solvers.prices import Prices


class Explained:
    """Prices and causes, found when somebody asks for them."""

    model: pyo.ConcreteModel
    network: Network
    solution: Solution
    options: SolveOptions

    @cached_property
    def prices(self) -> "Prices":
        """Prices of the plan's limits, and what small changes of it cost; see ``Prices``.

        Raises:
            SolveError: there is no plan, or the model was changed since it was solved.
        """
        from tierstock.solvers.prices import prices_of

        any_version = self.options.any_solver_version
        return prices_of(self.model, self.solution, any_version=any_version)
