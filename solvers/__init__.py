"""The solvers room: Pyomo model in, ``Solution`` out."""

from tierstock.solvers.drive import solve
from tierstock.solvers.errors import SolveError
from tierstock.solvers.foreign import read_solution
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.progress import Progress
from tierstock.solvers.solution import Solution, load

__all__ = ["Progress", "Solution", "SolveError", "SolveOptions", "load", "read_solution", "solve"]
