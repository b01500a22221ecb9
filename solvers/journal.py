"""The best plan so far on disk, so that a long run that was broken off can go on.

A journal is one line of JSON (what it is of, bound, checksum) and the values of the columns
as little-endian doubles. It is replaced as a whole, so that there is always one or none.
"""

import hashlib
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tierstock.inputs.writing.place import placing
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, rounded

EVERY_S = 2.0
"""Seconds between two writings at least."""
SHARE = 50
"""A writing is followed by a pause of so many times the seconds it took."""
KIND = "tierstock journal 1"

RESUMED = "resumed from the journal"
OTHER_MODEL = "not resumed: the journal is of another model"
UNUSABLE = "not resumed: there is no plan in the journal"


@dataclass(frozen=True)
class Kept:
    """A plan and the bound known with it; NaN where none was."""

    values: Floats
    bound: float


class Journal:
    """Keeps the best plan of a run in a file.

    A file that cannot be written disturbs nothing: the run goes on without it.

    Args:
        path: the file.
        arrays: the model the plans are of.
        bounds: whether bounds heard are bounds of this model; they are not while a level of the
            objective is optimised.
    """

    def __init__(self, path: Path, arrays: Arrays, *, bounds: bool = True) -> None:
        self.path, self._arrays, self._bounds = path, arrays, bounds
        self._mark = fingerprint(arrays)
        self._values: Floats | None = None
        self._bound = math.nan
        self._fresh = False
        self._next = time.monotonic() + EVERY_S
        self._broken = False

    def keep(self, values: Floats) -> None:
        """Take a plan; it is written at the next ``tick`` that is due."""
        self._values, self._fresh = values, True

    def tick(self, bound: float) -> None:
        """Write what is new where it is time.

        Args:
            bound: limit no plan can beat, infinite where none is known.
        """
        better = math.isnan(self._bound) or self._arrays.sense * (bound - self._bound) > 0
        if self._bounds and math.isfinite(bound) and better:
            self._bound, self._fresh = bound, True
        if time.monotonic() >= self._next:
            self.write()

    def write(self) -> None:
        """Write what is new now."""
        if self._values is None or not self._fresh or self._broken:
            return
        began = time.monotonic()
        try:
            _write(self.path, self._mark, self._values, self._bound)
        except OSError:
            self._broken = True
        self._fresh = False
        self._next = time.monotonic() + max(EVERY_S, SHARE * (time.monotonic() - began))

    def kept(self) -> Kept | str:
        """Return what an earlier run left, or why it cannot be used."""
        found = _read(self.path)
        if found is None:
            return UNUSABLE
        mark, kept = found
        if mark != self._mark or len(kept.values) != self._arrays.columns:
            return OTHER_MODEL
        whole = rounded(self._arrays, kept.values)
        if whole is None or self._arrays.violation(whole) > TOLERANCE:
            return UNUSABLE
        return Kept(whole, kept.bound)


def fingerprint(arrays: Arrays) -> str:
    """Return what tells one model from another: the SHA-256 of all its numbers."""
    digest = hashlib.sha256(f"{arrays.offset!r} {arrays.sense}".encode())
    for name in arrays.NAMES:
        digest.update(np.ascontiguousarray(getattr(arrays, name)).tobytes())
    return digest.hexdigest()


def _write(path: Path, mark: str, values: Floats, bound: float) -> None:
    body = np.ascontiguousarray(values, dtype="<f8").tobytes()
    head = {
        "kind": KIND,
        "model": mark,
        "bound": None if math.isnan(bound) else bound,
        "sum": hashlib.sha256(body).hexdigest(),
    }
    with placing(path) as draft:
        draft.write_bytes(json.dumps(head).encode() + b"\n" + body)


def _read(path: Path) -> tuple[str, Kept] | None:
    """Return fingerprint and plan of a journal; None where it is none, or a damaged one."""
    try:
        line, _, body = path.read_bytes().partition(b"\n")
        head = json.loads(line)
        if head["kind"] != KIND or head["sum"] != hashlib.sha256(body).hexdigest():
            return None
        bound = math.nan if head["bound"] is None else float(head["bound"])
        return str(head["model"]), Kept(np.frombuffer(body, dtype="<f8").copy(), bound)
    except (OSError, ValueError, KeyError, TypeError):
        return None
