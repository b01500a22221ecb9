"""A second process that makes plans cheaper place by place while the search runs."""

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.worker import Worker


class Partner(Worker):
    """The improving process. Use it in a ``with`` block, as every solver process.

    Args:
        arrays: the model; ``arrays.place`` says whose stock each row balances.
        start: [n] plan to begin with.
        seed: order in which places are visited.
        seconds: when to end.
        memory_mb: most memory of the process; None for 90 % of the machine's.
    """

    def __init__(
        self, arrays: Arrays, start: Floats, seed: int, seconds: float, memory_mb: int | None
    ) -> None:
        super().__init__(memory_mb)
        self._arrays = arrays
        self._cost = arrays.objective(start)
        self._open = True
        self.load(arrays)
        self.send(
            "improve",
            {"seconds": seconds, "seed": seed},
            {"place": place_of(arrays), "start": start},
        )

    def news(self) -> Floats | None:
        """Return the latest plan, None where none has come since the last time."""
        latest = None
        while self._open and (message := self.next(0.0)) is not None:
            if message.kind == "incumbent":
                latest = message.arrays["values"]
            self._open = message.kind not in ("result", "failure", "ended")
        if latest is not None:
            self._cost = self._arrays.objective(latest)
        return latest

    def offer(self, values: Floats) -> None:
        """Tell of a plan found elsewhere, unless it is no better than what came from here."""
        cost, sense = self._arrays.objective(values), self._arrays.sense
        if self._open and sense * cost < sense * self._cost:
            self._cost = cost
            self.send("plan", {}, {"values": values})


def place_of(arrays: Arrays) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the place whose stock each row balances, [m]; -1 for other rows, also added ones."""
    found = np.full(arrays.rows, -1, dtype=np.int32)
    if arrays.place is not None:
        found[: len(arrays.place)] = arrays.place
    return found
