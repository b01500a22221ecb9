"""Thousands of spoilt files, each known by its number, and the process that checks them."""

import json
import select
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import hostile_book  # noqa: F401
import hostile_cells  # noqa: F401
import hostile_flat
import hostile_zip
from hostile_zip import good, packed

MOST_SECONDS = 10.0
"""Work on one file; the clock depends on what else the machine does."""
PATIENCE = 60.0
"""Seconds on the clock after which a check counts as a hang."""
MOST_BYTES = 1_000_000_000
WORKER = Path(__file__).with_name("hostile_worker.py")
MOST_KEPT = 400_000_000
"""A worker that once held more is replaced, so that the next file is measured by itself."""

KINDS = (*hostile_zip.KINDS, *hostile_flat.KINDS)
"""Names of all ways to spoil a file."""


def level_of(kind: str) -> str:
    """Return whether a kind spoils the container, what is written in it, or cells."""
    return (hostile_zip.KINDS.get(kind) or hostile_flat.KINDS[kind])[0]


def spoil(number: int, folder: Path) -> tuple[str, Path]:
    """Write spoilt file ``number`` into an empty folder; return its kind and its path."""
    rng, kind = Random(f"hostile {number}"), KINDS[number % len(KINDS)]
    if kind in hostile_flat.KINDS:
        return kind, hostile_flat.KINDS[kind][2](folder, rng)
    _, forms, make = hostile_zip.KINDS[kind]
    form = rng.choice([one for one in forms for _ in range(3 if one == "xlsx" else 1)])
    looks = "plain" if form == "ods" else rng.choice(("plain", "plain", "chinese", "template"))
    made = make(dict(good(form, looks)), rng)
    path = folder / f"study.{form}"
    path.write_bytes(made if isinstance(made, bytes) else packed(made))
    return kind, path


@dataclass(frozen=True)
class Answer:
    """What became of one file."""

    number: int
    kind: str
    path: Path
    code: Any
    """Exit code of the check; what ended the process where there was none."""
    seconds: float
    peak: int
    """Most bytes the process ever held."""
    seen: list[str]
    """What was done that must not be done."""
    text: str

    @property
    def fault(self) -> str:
        """What is wrong; blank where the file was read or refused as it should."""
        if self.code not in (0, 2, 6):
            return f"ended with {self.code}: {self.text[-300:]}"
        if "Traceback" in self.text:
            return "traceback"
        if self.seen:
            return f"did {self.seen[0]}"
        if self.seconds > MOST_SECONDS:
            return f"{self.seconds:.1f} s"
        if self.peak > MOST_BYTES:
            return f"{self.peak / 1e6:.0f} MB"
        return ""


class Checker:
    """Checks files in a process of its own, which is started anew when it ends or hangs."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        scratch.mkdir(parents=True, exist_ok=True)
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Checker":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> str:
        """End the process; return how it ended."""
        if self._process is None:
            return ""
        self._process.kill()
        self._process.communicate()
        code, self._process = self._process.returncode, None
        return f"signal {-code}" if code < 0 else f"exit {code}"

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, str(WORKER), str(self._scratch)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        return self._process

    def check(self, path: Path) -> dict[str, Any]:
        """Return what became of a file."""
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(str(path)) + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        line = process.stdout.readline() if ready else ""
        if not line:
            dead = process.poll() is not None or bool(ready)
            seconds = 0.0 if dead else PATIENCE
            if dead:
                process.wait()
                how = f"process died ({process.returncode})"
                self._end()
            else:
                how = f"hang ({self._end()})"
            return {"code": how, "seconds": seconds, "peak": 0, "seen": [], "text": ""}
        answer: dict[str, Any] = json.loads(line)
        if answer["peak"] > MOST_KEPT:
            self._end()
        return answer


def checked(numbers: Iterable[int], folder: Path) -> Iterator[Answer]:
    """Spoil and check files one after the other; what is faulty is kept in the folder."""
    from shutil import rmtree

    with Checker(folder / "scratch") as checker:
        for number in numbers:
            place = folder / str(number)
            place.mkdir(parents=True)
            kind, path = spoil(number, place)
            answer = Answer(number, kind, path, **checker.check(path))
            yield answer
            if not answer.fault:
                rmtree(place, ignore_errors=True)
