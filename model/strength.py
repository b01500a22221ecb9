"""How tight the model is made: one switch for each means, so that its worth can be measured."""

from dataclasses import dataclass

MOST_OF_WINDOWS = 200_000
"""Coefficients that (l,S) inequalities may bring where their switch is None. Lot sizes of 400
places and 20 periods (87,000) end at a gap of 0.13 % instead of 1.11 % after a minute; beyond some
300,000 they cost more time than they save."""
MOST_OF_TRUCKS = 30_000
"""The same for trips, whose rows are long. 16 sites, 8 products and 13 periods (23,000) end at
0.30 % instead of 1.44 %; with 60 sites (63,000) the relaxed model alone takes twenty times as long.
"""


@dataclass(frozen=True)
class Strength:
    """Means that bring the relaxed model closer to its whole-number plan; the plan stays the same.

    Every combination has the same best plans. ``python -m benchmarks.strength`` prints what each
    means is worth.

    Attributes:
        tight_bounds: bound what a binary or a vehicle lets through by what can have come and
            what can be of use there (mathematics C.6.2); otherwise by one total of the network.
        links: link every product to the binary of its lane (C.6.3); otherwise all products of
            the lane together.
        windows: (l,S) inequalities ``ls_window`` (C.6.4).
        trucks: rounded-up trips ``truck_window`` (C.6.5).
        drop: leave out rows that cannot bind (C.6.6).
        extra_need: units of each product that constraints of your own may ask to be moved, kept,
            bought or made beyond what the tables ask for. The bounds grow by them.

    ``windows`` and ``trucks`` are True, False, or None: add them where they bring no more than
    ``MOST_OF_WINDOWS`` and ``MOST_OF_TRUCKS`` coefficients. Deactivate rows of the model, or widen
    a bound, only in a model that is built with ``windows=False, trucks=False, drop=False``: these
    follow from the rows and bounds as they are built.
    """

    tight_bounds: bool = True
    links: bool = True
    windows: bool | None = None
    trucks: bool | None = None
    drop: bool = True
    extra_need: float = 0.0


PLAIN = Strength(tight_bounds=False, links=False, windows=False, trucks=False, drop=False)
"""Nothing beyond what the rules themselves say."""
