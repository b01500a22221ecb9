"""The formulation: a network becomes a Pyomo model whose rows live in arrays."""

from tierstock.model.builder import build_model
from tierstock.model.objective import ArrayObjective
from tierstock.model.rows import ArrayConstraint
from tierstock.model.strength import PLAIN, Strength
from tierstock.model.variables import ArrayVar

__all__ = [
    "ArrayConstraint",
    "ArrayObjective",
    "ArrayVar",
    "PLAIN",
    "Strength",
    "build_model",
]
