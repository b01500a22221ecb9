"""What is known about a run besides its decisions: how good, how long, made by what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class LevelFacts(NamedTuple):
    """One level of a lexicographic objective, in the unit it counts."""

    name: str
    """``service 1`` (the first priority), ``service``, ``fairness``, ``cost`` and the like."""
    value: float
    """What the plan reaches."""
    bound: float
    """No plan that keeps the earlier levels is better; infinite where nothing is proven."""
    gap: float
    """Distance of the level's own best plan to the bound, as a share."""


@dataclass(frozen=True)
class RunFacts:
    """Facts of one run, as they are shown in the sheets Summary and RunInfo.

    Why the search stopped and how good the plan is are two facts and stay two fields.
    """

    name: str
    """Name of the model, the title of the results."""
    currency: str
    """Unit of all money: the home currency, e.g. ``CNY``, or a multiple of it, ``万 CNY``."""
    first_day: str
    """First day of the horizon, ISO."""
    last_day: str
    """Last day of the horizon, ISO."""
    objective: float
    """Cost of the plan, less revenue where profit counts, money."""
    bound: float
    """No plan can cost less, money; not a number where nothing is proven."""
    gap: float
    """(objective - bound) / objective as a share; not a number where nothing is proven."""
    asked_gap: float
    """Gap that was asked for, as a share."""
    stopped: str
    """optimal, gap, time, memory, user, infeasible or fault."""
    quality: str
    """proven (gap within the asked one), feasible or none."""
    version: str
    """Version of tierstock."""
    solver: str
    """Name of the solver, e.g. ``HiGHS``."""
    solver_version: str
    """Version of the solver."""
    input_hash: str
    """Hash of the input, e.g. ``sha256:...``."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Seconds by phase: read, build, solve, write; none where the same run gives the same file."""
    size: Mapping[str, int] = field(default_factory=dict)
    """Size of the model: columns, rows, nonzeros, integers."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Setting -> its value in force, as text."""
    warnings: tuple[str, ...] = ()
    """Sentences to worry about, worst first, in the language of the report."""
    levels: tuple[LevelFacts, ...] = ()
    """Levels of the objective, the first one first; none where there is one objective."""
    verified: str = ""
    """Sentence on a second solve in other ways, in the language of the report; blank without."""
    baseline: str = ""
    """What Summary holds the plan against: policy, nothing or previous plan; blank = nothing."""
    notes: tuple[str, ...] = ()
    """Sentences that explain the run, in the language of the report."""

    @property
    def earns(self) -> bool:
        """Whether profit is the objective or one of its levels."""
        levels = (level.name for level in self.levels)
        return self.settings.get("objective") == "profit" or "profit" in levels

    @property
    def money_gap(self) -> float:
        """Most by which the plan can cost more than the best possible one, money."""
        return max(0.0, self.objective - self.bound)
