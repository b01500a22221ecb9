"""The solver process: takes arrays from its standard input, answers on its standard output.

It is light on purpose: numpy and highspy, nothing of the package but ``wire``, ``highs``, ``scip``,
``improve`` and ``blocks``. It knows the orders ``setup`` (memory), ``model`` (arrays), ``solve`` by
HiGHS or ``scip``, ``improve``, ``plan`` (one found elsewhere), ``blocks`` with ``price``, ``share``
and ``duals``, ``master`` with ``mix``, and ``stop``. It ends when its input ends, so it never
outlives the planning process.
"""

import os
import queue
import signal
import sys
import threading
import time
from collections import deque
from typing import IO, Any

from tierstock.solvers import wire

PARENT_CHECK_S = 0.5
"""Seconds between two looks whether the planning process still lives."""
BEHIND = 19
"""How nice a process is that goes behind others: as far as it goes."""


class Line:
    """The connection to the planning process; messages of several threads do not mix."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self.stop = threading.Event()
        self._plans: deque[Any] = deque(maxlen=1)
        self.orders: queue.Queue[wire.Message] = queue.Queue()

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        """Answer the planning process."""
        with self._lock:
            wire.send(self._stream, kind, facts, arrays)

    def given(self) -> Any:
        """Return the message of the latest plan found elsewhere, once; None where there is none."""
        return self._plans.pop() if self._plans else None  # nobody else takes one

    def listen(self, stream: IO[bytes]) -> None:
        """Take orders until the planning process hangs up, then end at once."""
        try:
            while (message := wire.receive(stream)) is not None:
                if message.kind == "stop":
                    self.stop.set()
                elif message.kind == "plan":
                    self._plans.append(message)
                else:
                    self.orders.put(message)
        except MemoryError:
            self.send("failure", {"reason": "memory", "detail": "the model takes all memory"})
        os._exit(0)


def watch_parent(parent: int) -> None:
    """End at once when the planning process is gone, even if somebody else holds our input."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_S)
    os._exit(0)


def limit_memory(megabytes: int) -> None:
    """Limit the address space of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    most = megabytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def step_back() -> None:
    """Let other processes go first, where the system can."""
    if os.name == "posix":
        os.nice(BEHIND)


def work(line: Line) -> None:
    """Carry out the orders one after the other."""
    from tierstock.solvers import highs

    arrays: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    part: Any = None
    line.send("hello", {"version": highs.version()})
    while True:
        order = line.orders.get()
        try:
            if order.kind == "setup":
                limit_memory(order.facts["memory_mb"])
                if order.facts["behind"]:
                    step_back()
            elif order.kind == "model":
                arrays, facts = order.arrays, order.facts
            elif order.kind == "solve":
                highs.solve({**arrays, **order.arrays}, facts, order.facts, line)
            elif order.kind == "scip":
                from tierstock.solvers import scip

                scip.solve({**arrays, **order.arrays}, facts, order.facts, line)
            elif order.kind == "improve":
                from tierstock.solvers.improve.seek import seek

                seek({**arrays, **order.arrays}, facts, order.facts, line)
            elif order.kind in ("blocks", "master"):
                part = _part(order.kind, order.arrays)
            elif order.kind == "price":
                part.price(order.arrays["cost"], order.facts["seconds"], line)
            elif order.kind == "duals":
                part.duals(line)
            elif order.kind == "share":
                part.share(order.arrays, order.facts["seconds"], line)
            elif order.kind == "mix":
                part.solve(order.arrays, order.facts["seconds"], line)
        except MemoryError:
            line.send("failure", {"reason": "memory", "detail": "out of memory"})
        except Exception as fault:
            detail = f"{type(fault).__name__}: {fault}"
            line.send("failure", {"reason": "refused", "detail": detail})


def _part(kind: str, arrays: dict[str, Any]) -> Any:
    """Load blocks, or the program between them, for the orders that follow."""
    from tierstock.solvers.blocks.master import Master
    from tierstock.solvers.blocks.pieces import Pieces

    return Pieces(arrays) if kind == "blocks" else Master(arrays)


def main(parent: int | None = None) -> None:
    """Run the solver process.

    Args:
        parent: the process with which it ends; None for the one that runs now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the planning process decides when to stop
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # nothing printed by a library gets between the messages
    line = Line(answers)
    threading.Thread(target=line.listen, args=(sys.stdin.buffer,), daemon=True).start()
    if os.name == "posix":
        threading.Thread(target=watch_parent, args=(parent or os.getppid(),), daemon=True).start()
    work(line)
