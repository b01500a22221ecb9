"""Stock feed: append-only movements in, the stock at a moment out.

The way of the data: ``files`` (movements as they come) -> ``events`` (typed, with file and row)
-> ``repeats`` (each event once, contradictions told) -> ``levels`` (exact stock by key) ->
``sheet`` (the rows of OpeningStock). ``stock`` is the walk through all of it.
"""

from tierstock.inputs.feed.stock import Asked, Stock, stock_at

__all__ = ["Asked", "Stock", "stock_at"]
