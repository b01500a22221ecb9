"""Plans side by side: their key figures, their costs, and the shipments that differ."""

from tierstock.outputs.compare.book import write_comparison
from tierstock.outputs.compare.comparison import Comparison
from tierstock.outputs.compare.read import read_side
from tierstock.outputs.compare.side import Incomparable, Side, side_of

__all__ = ["Comparison", "Incomparable", "Side", "read_side", "side_of", "write_comparison"]
