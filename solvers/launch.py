"""Starts solver processes: forked from one that has loaded the solver, where the system can."""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, TypeAlias

from tierstock.solvers.nursery import LIFE, ORDER

FORKS = sys.platform == "linux"
"""Whether processes are forked; elsewhere, and where forking fails, each is started afresh."""

PATIENCE_S = 20.0
"""Seconds a fork may take; the first one waits until the solver is loaded."""

LOST = -9
"""How a process ended of which nobody can say it any more."""

BOOT = """
import json, sys, types
sys.path[:] = json.loads(sys.argv[1])
for name, path in (("tierstock", []), ("tierstock.solvers", [sys.argv[2]])):
    package = types.ModuleType(name)
    package.__path__ = path
    sys.modules[name] = package
from importlib import import_module
import_module("tierstock.solvers." + sys.argv[3]).main()
"""
"""What a new process runs. It sees the same folders as this one, also from a notebook or a script
on standard input, and leaves out the rest of the package, which it does not need."""


class Forked:
    """A process that another one forked for us; its life is told on a pipe."""

    def __init__(self, nursery: "Nursery", pid: int, life: int, streams: list[int]) -> None:
        self.pid = pid
        self.stdin: IO[bytes] = os.fdopen(streams[0], "wb")
        self.stdout: IO[bytes] = os.fdopen(streams[1], "rb")
        self.stderr: IO[bytes] = os.fdopen(streams[2], "rb")
        self._nursery = nursery
        self._life = life
        self._lock = threading.Lock()
        self._code: int | None = None

    def poll(self) -> int | None:
        """Return how the process ended, None while it runs."""
        return self._look(0.0)

    def wait(self) -> int:
        """Wait until the process has ended; return how."""
        code = self._look(None)
        assert code is not None
        return code

    def kill(self) -> None:
        """End the process at once."""
        if self.poll() is None:
            self._nursery.kill(self.pid)

    def _look(self, seconds: float | None) -> int | None:
        with self._lock:
            if self._code is None and _heard(self._life, seconds):
                said = os.read(self._life, LIFE.size)
                self._code = LIFE.unpack(said)[0] if len(said) == LIFE.size else LOST
                os.close(self._life)
            return self._code


Process: TypeAlias = "Forked | subprocess.Popen[bytes]"
"""A solver process seen from the planning process."""


class Nursery:
    """The process that forks, seen from here; it belongs to one process and one environment."""

    def __init__(self, world: tuple[Any, ...]) -> None:
        self.world = world
        self.closed = False
        self._made: list[Forked] = []
        self._orders, theirs = socket.socketpair()
        with theirs, ExitStack() as undone:
            undone.callback(self._orders.close)
            self._process = _run(
                "nursery",
                str(theirs.fileno()),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            undone.pop_all()

    def fork(self) -> Forked | None:
        """Return a new solver process; None where this one cannot make any."""
        ours: list[int] = []
        theirs: list[int] = []
        for inward in (True, False, False, False):
            read, write = os.pipe()
            ours.append(write if inward else read)
            theirs.append(read if inward else write)
        pid = 0
        try:
            socket.send_fds(self._orders, [ORDER.pack(b"S", 0)], theirs)
        except OSError:
            pass
        finally:
            for stream in theirs:
                os.close(stream)
        if _heard(ours[-1], PATIENCE_S):
            said = os.read(ours[-1], LIFE.size)
            pid = LIFE.unpack(said)[0] if len(said) == LIFE.size else 0
        if pid:
            made = Forked(self, pid, ours[-1], ours[:-1])
            self._made = [one for one in self._made if one.poll() is None] + [made]
            return made
        for stream in ours:
            os.close(stream)
        return None

    def kill(self, pid: int) -> None:
        """End one of its processes at once; all end by themselves when this one is gone."""
        try:
            self._orders.send(ORDER.pack(b"K", pid))
        except OSError:
            pass

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return not self.closed and self._process.poll() is None

    @property
    def idle(self) -> bool:
        """Whether none of its processes runs."""
        return all(one.poll() is not None for one in self._made)

    def close(self) -> None:
        """End the process; those it made end with it."""
        self.closed = True
        self._orders.close()
        self._process.kill()
        self._process.wait()


def _heard(stream: int, seconds: float | None) -> bool:
    """Wait for something to read; of any number, where ``select`` ends at 1,023."""
    waiting = select.poll()
    waiting.register(stream, select.POLLIN)
    return bool(waiting.poll(None if seconds is None else 1000 * seconds))


def started() -> Process:
    """Start a solver process.

    Raises:
        OSError, ValueError: the system cannot start one.
    """
    forked = _forked() if FORKS else None
    return forked or _run("child", stdin=-1, stdout=-1, stderr=-1)


def _run(module: str, *words: str, **more: Any) -> "subprocess.Popen[bytes]":
    paths = json.dumps([str(path) for path in sys.path])
    folder = str(Path(__file__).parent)
    windows = sys.platform == "win32"
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", BOOT, paths, folder, module, *words],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=not windows,  # Ctrl-C reaches the planning process only
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        **more,
    )


_nurseries: list[Nursery] = []
"""The one in use, last, and older ones of which processes still run."""

_lock = threading.Lock()


def prepare() -> None:
    """Begin to load the solver, beside what is done before a solve; nothing is waited for.

    Where no process can be started now, whoever needs one is told.
    """
    if FORKS:
        with _lock, suppress(OSError, ValueError, MemoryError):
            _nursery()


def _forked() -> Forked | None:
    """Return a process forked by the nursery of this process and environment."""
    with _lock:
        return _nursery().fork()


def _nursery() -> Nursery:
    """Return the nursery of this process and environment, made when needed."""
    world = (os.getpid(), list(sys.path), dict(os.environ), sys.executable)
    current = [one for one in _nurseries if one.world == world and one.alive]
    for one in _nurseries:
        if one.world[0] == os.getpid() and one not in current and one.idle:
            one.close()
    _nurseries[:] = [one for one in _nurseries if not one.closed]
    if not current:
        current = [Nursery(world)]
        _nurseries.extend(current)
    return current[0]


@atexit.register
def close() -> None:
    """End the nurseries, but those of the process this one was forked from."""
    for one in _nurseries:
        if one.world[0] == os.getpid() and not one.closed:
            one.close()
