"""How tight the model is made: one switch for each means, so that its worth can be measured."""

from dataclasses import dataclass

MOST_COEFFICIENTS = 200_000
"""Coefficients that inequalities of one kind may bring where their switch is ``None``."""


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

    ``windows`` and ``trucks`` are True, False, or None: add them where they stay below
    ``MOST_COEFFICIENTS``. Deactivate rows of the model, or widen a bound, only in a model that is
    built with ``windows=False, trucks=False, drop=False``: these follow from the rows and bounds
    as they are built.
    """

    tight_bounds: bool = True
    links: bool = True
    windows: bool | None = None
    trucks: bool | None = None
    drop: bool = True


PLAIN = Strength(tight_bounds=False, links=False, windows=False, trucks=False, drop=False)
"""Nothing beyond what the rules themselves say."""
