"""A process that has loaded the solver and forks one process after the other from itself.

Loading numpy and HiGHS takes longer than solving a small model. This process does it once; it never
solves anything, has a single thread, and ends when the planning process ends. It runs in the light
surroundings of ``launch.BOOT``, on Linux only.
"""

import gc
import os
import select
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from tierstock.solvers import child

ORDER = struct.Struct("<cq")
"""An order: ``S`` start (with the four ends of ``STREAMS``), or ``K`` kill, and the process."""

LIFE = struct.Struct("<q")
"""What is said of a process on its own pipe: first its number, 0 for none; last its end."""

STREAMS = 4
"""Standard input, output, errors, and the pipe that tells of the process's life."""

LOOK_S = 0.5
"""Seconds between two looks whether the planning process still lives."""


def main() -> None:
    """Serve orders on the socket whose number is the last argument until nobody gives any."""
    parent = os.getppid()
    _load()
    orders = socket.socket(fileno=int(sys.argv[-1]))
    woken, waking = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
    alive: dict[int, int] = {}
    sources: list[Any] = [orders, woken]
    while os.getppid() == parent:
        ready, _, _ = select.select(sources, [], [], LOOK_S)
        if woken in ready:
            os.read(woken, 4096)
        _reap(alive)
        if orders in ready and not _obey(orders, alive, (woken, waking)):
            break
    os._exit(0)


def _load() -> None:
    """Load everything a solver process needs, and keep it out of later collections."""
    from tierstock.solvers import highs  # noqa: F401
    from tierstock.solvers.blocks import master, pieces  # noqa: F401
    from tierstock.solvers.improve import seek  # noqa: F401

    gc.collect()
    gc.freeze()


def _obey(orders: socket.socket, alive: dict[int, int], own: tuple[int, int]) -> bool:
    """Carry out one order; False where there will be no more."""
    said, streams, _, _ = socket.recv_fds(orders, ORDER.size, STREAMS)
    if len(said) < ORDER.size:
        return False
    kind, number = ORDER.unpack(said)
    if kind == b"K":
        if number in alive:
            os.kill(number, signal.SIGKILL)
        return True
    life = streams[-1]
    pid = _forked(streams, [orders.fileno(), *own, *alive.values()])
    for stream in streams[:-1]:
        os.close(stream)
    if pid:
        alive[pid] = life
    _say(life, pid)
    if not pid:
        os.close(life)
    return True


def _forked(streams: list[int], foreign: list[int]) -> int:
    """Return the number of a new solver process; 0 where there can be none.

    There is none where another thread makes forking unsafe, and where the system gives none.
    """
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return 0
    own = os.getpid()
    try:
        pid = os.fork()
    except OSError:  # no memory or no number for another process
        return 0
    if pid == 0:
        _become(own, streams, foreign)
    return pid


def _become(parent: int, streams: list[int], foreign: list[int]) -> NoReturn:
    """Turn this fork into a solver process with the given streams; end with it."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, stream in enumerate(streams[:-1]):
            os.dup2(stream, number)
        for stream in (*streams, *foreign):
            os.close(stream)
        child.main(parent)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _reap(alive: dict[int, int]) -> None:
    """Tell of each process that has ended how it ended."""
    for pid in list(alive):
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            life = alive.pop(pid)
            _say(life, os.waitstatus_to_exitcode(status))
            os.close(life)


def _say(life: int, number: int) -> None:
    """Tell on the pipe of a process its number or its end, where anybody still listens."""
    with suppress(BrokenPipeError):
        os.write(life, LIFE.pack(number))
