"""The solver process seen from the planning process: start, orders, answers, end."""

import os
import queue
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Self

from tierstock.solvers import wire
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.errors import SolveError, starved
from tierstock.solvers.launch import Process, started

STDERR_KEPT = 4000
"""Characters kept of what the solver process wrote before it ended."""


CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says how much memory this container may use."""


def machine_memory_mb() -> int:
    """Return the memory of this machine, container or process (``ulimit -v``), or 16 GB where the
    system does not say."""
    try:
        size = int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return 16384
    try:
        size = min(size, int(CONTAINER_LIMIT.read_text(encoding="ascii")))
    except (OSError, ValueError):  # no container, or one without a limit ("max")
        pass
    return min(size, _address_space()) // 2**20


def _address_space() -> int:
    """Return the bytes this process may use at most, as far as the system limits that."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return sys.maxsize
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return sys.maxsize if most == resource.RLIM_INFINITY else most


class Worker:
    """One solver process. Use it in a ``with`` block: it never outlives the block.

    Args:
        memory_mb: most memory of the process; None for 90 % of the machine's.
        behind: whether it only takes what other processes leave of the processors.
    """

    def __init__(self, memory_mb: int | None = None, *, behind: bool = False) -> None:
        self._inbox: queue.Queue[wire.Message] = queue.Queue()
        self._outbox: queue.Queue[wire.Message | None] = queue.Queue()
        self._stderr = b""
        self.killed = False
        self._process = self._start()
        self._threads = [
            threading.Thread(target=target, daemon=True)
            for target in (self._read, self._write, self._read_errors)
        ]
        try:
            for thread in self._threads:
                thread.start()
        except RuntimeError as fault:  # no memory for another thread
            self._process.kill()
            raise MemoryError(str(fault)) from fault
        memory_mb = memory_mb or int(0.9 * machine_memory_mb())
        self.send("setup", {"memory_mb": memory_mb, "behind": behind})

    @staticmethod
    def _start() -> Process:
        try:
            return started()
        except (OSError, ValueError) as fault:
            if starved(str(fault)):
                raise MemoryError(str(fault)) from fault
            raise SolveError("solver-start", value=fault) from fault

    @property
    def pid(self) -> int:
        """Process number."""
        return self._process.pid

    def send(
        self,
        kind: str,
        facts: Mapping[str, Any] | None = None,
        arrays: Mapping[str, Any] | None = None,
    ) -> None:
        """Queue an order; never waits for the process."""
        self._outbox.put(wire.Message(kind, dict(facts or {}), dict(arrays or {})))

    def load(self, arrays: Arrays) -> None:
        """Queue a model for the orders that follow."""
        held = {name: getattr(arrays, name) for name in arrays.NAMES}
        self.send("model", {"offset": arrays.offset, "sense": arrays.sense}, held)

    def next(self, wait_s: float) -> wire.Message | None:
        """Return the next answer, None where none came in time, ``ended`` after the last one."""
        try:
            return self._inbox.get(timeout=wait_s)
        except queue.Empty:
            return None

    @property
    def gone(self) -> bool:
        """Whether the process has ended and all it said was heard."""
        return self._process.poll() is not None and self._inbox.empty()

    def kill(self) -> None:
        """End the process at once."""
        self.killed = True
        self._process.kill()

    def last_words(self) -> str:
        """Return how the process ended, after it has ended."""
        code = self._process.wait()
        said = self._stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        try:
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        except ValueError:
            how = f"exit code {code}"
        return ": ".join([how, *said])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._outbox.put(None)
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            try:
                if stream is not None:
                    stream.close()
            except OSError:  # the process died while an order was on its way
                continue

    def _read(self) -> None:
        stream: IO[bytes] | None = self._process.stdout
        assert stream is not None
        try:
            while (message := wire.receive(stream)) is not None:
                self._inbox.put(message)
        except MemoryError:
            self._inbox.put(wire.Message("failure", {"reason": "memory", "detail": "answers"}))
        self._inbox.put(wire.Message("ended"))

    def _write(self) -> None:
        stream: IO[bytes] | None = self._process.stdin
        assert stream is not None
        while (order := self._outbox.get()) is not None:
            try:
                wire.send(stream, order.kind, order.facts, order.arrays)
            except OSError:  # the process is gone; its end is reported by ``_read``
                return

    def _read_errors(self) -> None:
        stream: IO[bytes] | None = self._process.stderr
        assert stream is not None
        while said := stream.read1(STDERR_KEPT):  # type: ignore[attr-defined]
            self._stderr = (self._stderr + said)[-STDERR_KEPT:]
