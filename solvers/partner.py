"""A process that makes plans cheaper place by place while the search runs."""

from dataclasses import dataclass

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats, Ints
from tierstock.solvers.worker import Worker


@dataclass(frozen=True, eq=False)
class News:
    """A cheaper plan.

    Attributes:
        before: [n] plan from which it was made.
        values: [n] the plan.
    """

    before: Floats
    values: Floats


class Partner(Worker):
    """The improving process. Use it in a ``with`` block, as every solver process.

    Args:
        arrays: the model; ``arrays.place`` says whose stock each row balances.
        start: [n] plan to begin with.
        seed: order in which places are visited.
        seconds: when to end.
        memory_mb: most memory of the process; None for 90 % of the machine's.
        turn, of: it looks after part number ``turn`` of ``of`` parts of the places.
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
        behind: bool = False,
    ) -> None:
        super().__init__(memory_mb, behind=behind)
        self.open = True
        self.load(arrays)
        self.send(
            "improve",
            {"seconds": seconds, "seed": seed, "turn": turn, "of": of},
            {**balanced(arrays), "start": start},
        )

    def news(self) -> News | None:
        """Return all that was found since the last time as one step, None where nothing was."""
        first, latest = None, None
        while self.open and (message := self.next(0.0)) is not None:
            if message.kind == "incumbent":
                latest = message.arrays["values"]
                first = message.arrays["before"] if first is None else first
            self.open = message.kind not in ("result", "failure", "ended")
        return None if latest is None or first is None else News(first, latest)

    def tell(self, values: Floats) -> None:
        """Tell of a plan found elsewhere."""
        if self.open:
            self.send("plan", {}, {"values": values})


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
