"""What to do with a plan, most worthwhile first: its moves, what they save, and orders of them."""

from tierstock.outputs.actions.doing import extra_of
from tierstock.outputs.actions.moves import Moves, moves_of
from tierstock.outputs.actions.risk import Risk, urgency
from tierstock.outputs.actions.table import ACTIONS, actions
from tierstock.outputs.actions.worth import Saved, estimate, with_saving

__all__ = [
    "ACTIONS",
    "Moves",
    "Risk",
    "Saved",
    "actions",
    "estimate",
    "extra_of",
    "moves_of",
    "urgency",
    "with_saving",
]
