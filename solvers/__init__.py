"""The solvers room: Pyomo model in, ``Solution`` out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tierstock.solvers.drive import solve
    from tierstock.solvers.errors import SolveError
    from tierstock.solvers.foreign import read_solution
    from tierstock.solvers.options import SolveOptions
    from tierstock.solvers.progress import Progress
    from tierstock.solvers.solution import Solution, load

_HOME = {
    "Progress": "progress",
    "Solution": "solution",
    "SolveError": "errors",
    "SolveOptions": "options",
    "load": "solution",
    "read_solution": "foreign",
    "solve": "drive",
}

__all__ = ["Progress", "Solution", "SolveError", "SolveOptions", "load", "read_solution", "solve"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: a solver process is there before pandas is."""
    if name not in _HOME:
        raise AttributeError(f"tierstock.solvers has no {name!r}")
    return getattr(import_module(f"tierstock.solvers.{_HOME[name]}"), name)
