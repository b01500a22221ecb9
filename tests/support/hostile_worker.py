"""Checks the files it is told of, one a line, and says what happened: a process of its own.

A file that ends or stops the process is known by the answer that does not come. What a check
must never do is watched from inside: start a program, open a connection, load an object, or
open a file that is not its business.
"""

import contextlib
import io
import json
import mimetypes
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

FORBIDDEN = (
    "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.forkpty", "os.startfile",
    "subprocess.Popen", "socket.connect", "socket.bind", "socket.getaddrinfo", "pickle.find_class",
    "webbrowser.open", "urllib.Request", "ftplib.connect", "os.remove", "os.rename", "shutil.move",
)  # fmt: skip
"""What the interpreter tells of that a check has no use for."""
OURS = "reading/trial.py"
"""The only program a check starts: the reader itself, on trial."""
MOST_MEMORY = 4_000_000_000
"""Address space of the process, so that a fault here does not stop the machine."""


class Watch:
    """Takes note of what is done while a file is checked."""

    def __init__(self) -> None:
        self.folder = ""
        self.scratch = sys.argv[1]
        self.seen: list[str] = []

    def hook(self, event: str, values: tuple[Any, ...]) -> None:
        """Take note of an event; see ``sys.addaudithook``."""
        if not self.folder:
            return
        if event == "open":
            name, mode, flags = (*values, None, None)[:3]
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if isinstance(name, str | bytes) and not self._allowed(os.fsdecode(name), bool(writes)):
                self.seen.append(f"open {os.fsdecode(name)}")
        elif event in FORBIDDEN and OURS not in str(values):
            own = event in ("os.remove", "os.rename") and self._own(_whole(values))
            if not own:
                self.seen.append(f"{event} {str(values)[:200]}")

    def _own(self, name: str) -> bool:
        return os.path.abspath(name).startswith((self.folder, self.scratch))

    def _allowed(self, name: str, writes: bool) -> bool:
        if self._own(name) or name == os.devnull:
            return True
        return not writes and not os.path.abspath(name).startswith("/etc/")


def _whole(values: tuple[Any, ...]) -> str:
    """Return the path of a file that is removed or renamed, also one told from its folder."""
    name, place = os.fsdecode(values[0]), values[-1]
    return os.path.join(os.readlink(f"/proc/self/fd/{place}"), name) if place > 0 else name


def peak() -> int:
    """Return the most memory this process and those it started ever held, in bytes."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) * 1024


def worked() -> float:
    """Return the seconds this process and those it started have worked."""
    return sum(os.times()[:4])


def main() -> None:
    """Answer every line of standard input with a line of standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    from tierstock.cli import main as program

    tempfile.tempdir = sys.argv[1]
    mimetypes.init()
    watch = Watch()
    sys.addaudithook(watch.hook)
    for line in sys.stdin:
        path = Path(json.loads(line))
        out, start = io.StringIO(), worked()
        watch.seen, watch.folder = [], str(path.parent)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                program(["check", str(path), "--json"])
                code: object = 0
            except SystemExit as end:
                code = end.code
            except BaseException as fault:
                code = f"{type(fault).__name__}: {fault}"
        watch.folder = ""
        answer = {"code": code, "seconds": worked() - start, "peak": peak()}
        text = out.getvalue().encode("utf-8", "backslashreplace").decode()
        print(json.dumps({**answer, "seen": watch.seen, "text": text[-100_000:]}), file=answers)
        answers.flush()


if __name__ == "__main__":
    main()
