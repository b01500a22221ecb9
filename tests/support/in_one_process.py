"""Stands in for a solver process: carries out the orders of blocks and master where it is."""

import threading
from types import TracebackType
from typing import Any, Self

from tierstock.solvers.blocks.master import Master
from tierstock.solvers.blocks.pieces import Pieces
from tierstock.solvers.wire import Message


class Here:
    """Takes orders and has the answers ready, as ``Worker`` does from another process."""

    gone = False

    def __init__(self, memory_mb: int | None = None) -> None:
        self.stop = threading.Event()
        self._part: Any = None
        self._answers: list[Message] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return

    def send(
        self,
        kind: str,
        facts: dict[str, Any] | None = None,
        arrays: dict[str, Any] | None = None,
    ) -> None:
        """Carry out an order; also takes the answer of the part that carries it out."""
        facts, given = facts or {}, arrays or {}
        if kind in ("blocks", "master"):
            self._part = Pieces(given) if kind == "blocks" else Master(given)
        elif kind == "price":
            self._part.price(given["cost"], facts["seconds"], self)
        elif kind == "duals":
            self._part.duals(self)
        elif kind == "share":
            self._part.share(given, facts["seconds"], self)
        elif kind == "mix":
            self._part.solve(given, facts["seconds"], self)
        else:
            self._answers.append(Message(kind, facts, given))

    def next(self, wait_s: float) -> Message | None:
        """Return the next answer."""
        return self._answers.pop(0) if self._answers else None
