"""Messages between the planning process and the solver process: a header and raw arrays.

Only plain numbers cross; nothing is pickled. A message is the length of its header, the header as
JSON, and the bytes of its arrays, whose names, types and lengths stand in the header.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

TYPES = frozenset({"<f8", "<i4", "|b1"})
"""Types of number that cross: floats, 32-bit integers and flags."""

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class Message:
    """One message: what it is, its small facts, its arrays."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)


def send(
    stream: IO[bytes],
    kind: str,
    facts: Mapping[str, Any] | None = None,
    arrays: Mapping[str, NDArray[Any]] | None = None,
) -> None:
    """Write one message and flush it.

    Args:
        stream: binary stream.
        kind: what the message is.
        facts: small values that JSON can hold.
        arrays: one-dimensional arrays of a type in ``TYPES``.
    """
    held = {name: np.ascontiguousarray(array) for name, array in (arrays or {}).items()}
    shapes = [(name, array.dtype.str, len(array)) for name, array in held.items()]
    unknown = [name for name, kind_, _ in shapes if kind_ not in TYPES]
    if unknown:
        raise TypeError(f"arrays of this type do not cross: {', '.join(unknown)}")
    header = json.dumps({"kind": kind, "facts": dict(facts or {}), "arrays": shapes}).encode()
    stream.write(_LENGTH.pack(len(header)) + header)
    for array in held.values():
        stream.write(array.data)
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """Read one message; None at the end of the stream, also in the middle of a message."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    text = stream.read(length)
    if len(text) < length:
        return None
    header = json.loads(text)
    arrays: dict[str, NDArray[Any]] = {}
    for name, kind, count in header["arrays"]:
        if kind not in TYPES:
            raise TypeError(f"arrays of type {kind} do not cross")
        array = np.empty(count, dtype=kind)
        if count and not _fill(stream, array.data.cast("B")):
            return None
        arrays[name] = array
    return Message(header["kind"], header["facts"], arrays)


def _fill(stream: IO[bytes], view: memoryview) -> bool:
    """Fill a buffer from the stream; return whether there was enough."""
    done = 0
    while done < len(view):
        got = stream.readinto(view[done:])  # type: ignore[attr-defined]
        if not got:
            return False
        done += got
    return True
