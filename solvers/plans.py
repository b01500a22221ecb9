"""Which of the values a solver returned are a plan."""

from dataclasses import dataclass

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, exact, rounded
from tierstock.solvers.order import Outcome
from tierstock.solvers.trim import tightened, trimmed


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan, its cost from the data, and its prices.

    ``exact`` says whether its whole numbers are exactly whole; ``row_duals`` and
    ``reduced_costs`` are None where its last linear solve was not finished.
    """

    values: Floats
    objective: float
    exact: bool
    row_duals: Floats | None = None
    reduced_costs: Floats | None = None

    def better_than(self, other: "Plan | None", sense: int) -> bool:
        """Return whether this plan is to be kept instead of another one; exact ones come first."""
        if other is None or self.exact != other.exact:
            return other is None or self.exact
        return self.objective * sense < other.objective * sense


def believable(arrays: Arrays, outcome: Outcome) -> Plan | None:
    """Return the best plan of an attempt, None where its values break a rule.

    The cleaned plan counts where its last solve was finished: a plan that looks cheaper only
    uses the tolerance of the solver.
    """
    found = []
    duals = (outcome.row_duals, outcome.reduced_costs)
    if outcome.cleaned is not None:
        cleaned = exact(arrays, outcome.cleaned)
        if arrays.violation(cleaned) <= TOLERANCE:
            found.append(_plan(arrays, cleaned, *duals))
    if outcome.values is not None and not (found and outcome.settled):
        whole = rounded(arrays, outcome.values)
        if whole is not None:
            found.append(_plan(arrays, whole, *((None, None) if arrays.whole else duals)))
    if found:
        return min(found, key=lambda plan: arrays.sense * plan.objective)
    raw = outcome.values
    if raw is None or not arrays.violation(raw) <= TOLERANCE:
        return None
    return Plan(raw, arrays.objective(raw), False)


def whole_plan(arrays: Arrays, outcome: Outcome) -> Plan | None:
    """Return the plan in values of a simpler program, None where its whole numbers are not whole:
    what such a program leaves in parts was never a plan."""
    plan = believable(arrays, outcome)
    return plan if plan is not None and plan.exact else None


def _plan(
    arrays: Arrays, values: Floats, row_duals: Floats | None, reduced_costs: Floats | None
) -> Plan:
    values = tightened(arrays, trimmed(arrays, values))
    return Plan(values, arrays.objective(values), True, row_duals, reduced_costs)
