"""The formulation: a network becomes a Pyomo model whose rows live in arrays.

Time is a list of periods t = 1, ..., T. Within a period the order is fixed: receipts arrive, then
production and kitting, then shipments and issues to customers, then expiry; at last the end stock
is measured, held and checked against its targets. A lead time in days becomes whole periods by one
rule (setting lead_time_rounding). Quantities are in the base unit of the product, money in the
home currency.

A family whose sheet is absent has neither variables nor rows, and a decision exists only where
goods can have come. What is not said to be whole, or 0 or 1, may take any value. No bound is a
constant: each follows from the data, so that nothing passes a closed door unpaid.
"""

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
