"""A process that makes plans cheaper place by place while the search runs."""

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats, Ints
from tierstock.solvers.improve.changes import Change, unpacked
from tierstock.solvers.worker import Worker


class Partner(Worker):
    """The improving process. Use it in a ``with`` block, as every solver process.

    Args:
        arrays: the model; ``arrays.place`` says whose stock each row balances.
        start: [n] plan to begin with.
        seed: order in which places are visited.
        seconds: when to end.
        memory_mb: most memory of the process; None for 90 % of the machine's.
        turn, of: it looks after part number ``turn`` of ``of`` parts of the places.
        first: whether to begin with a quick look at every place.
        anew: whether to make plans anew, too.
        behind: whether it only takes what other processes leave of the processors.
    """

    def __init__(
        self,
        arrays: Arrays,
        start: Floats,
        seed: int,
        seconds: float,
        memory_mb: int | None,
        *,
        turn: int = 0,
        of: int = 1,
        first: bool = True,
        anew: bool = False,
        behind: bool = False,
    ) -> None:
        super().__init__(memory_mb, behind=behind)
        self.open = True
        self.looked = not first
        """Whether it has looked at every place once."""
        self._heard = 0
        self.load(arrays)
        self.send(
            "improve",
            {
                "seconds": seconds,
                "seed": seed,
                "turn": turn,
                "of": of,
                "first": first,
                "anew": anew,
            },
            {**balanced(arrays), "start": start},
        )

    def news(self) -> list[Change]:
        """Return what it has changed since the last time, one change after the other."""
        found: list[Change] = []
        while self.open and (message := self.next(0.0)) is not None:
            if message.kind == "changes":
                found += unpacked(message.arrays)
                self._heard = message.facts["number"]
            self.looked |= message.kind == "looked"
            self.open = message.kind not in ("result", "failure", "ended")
        return found

    def tell(self, values: Floats) -> None:
        """Tell of the plan to go on from, and how many of its changes were heard before."""
        if self.open:
            self.send("plan", {"heard": self._heard}, {"values": values})


def balanced(arrays: Arrays) -> dict[str, Ints]:
    """Return the ``place`` whose stock each row balances, and in which ``period``, [m].

    -1 for other rows, also added ones.
    """
    found = {}
    for name in ("place", "period"):
        found[name] = np.full(arrays.rows, -1, dtype=np.int32)
        known = getattr(arrays, name)
        if known is not None:
            found[name][: len(known)] = known
    return found
