"""Messages between the two processes arrive whole or not at all."""

import io

import numpy as np
import pytest

from tierstock.solvers import wire


def sent(**arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    wire.send(stream, "plan", {"cost": 3.5, "bound": float("-inf")}, arrays)
    return stream.getvalue()


def test_a_message_arrives_as_it_was_sent() -> None:
    values, flags = np.array([1.5, -2.0]), np.array([True, False, True])
    got = wire.receive(io.BytesIO(sent(values=values, flags=flags, none=np.zeros(0))))

    assert got is not None
    assert (got.kind, got.facts) == ("plan", {"cost": 3.5, "bound": float("-inf")})
    assert {name: array.tolist() for name, array in got.arrays.items()} == {
        "values": [1.5, -2.0],
        "flags": [True, False, True],
        "none": [],
    }


def test_a_message_cut_anywhere_is_no_message() -> None:
    whole = sent(values=np.arange(3.0))
    cut = [wire.receive(io.BytesIO(whole[:length])) for length in range(len(whole))]

    assert cut == [None] * len(whole)


def test_only_plain_numbers_cross() -> None:
    with pytest.raises(TypeError, match="names"):
        sent(names=np.array(["a"], dtype=object))
    forged = sent(values=np.arange(3.0)).replace(b'"<f8"', b'"|O8"')
    with pytest.raises(TypeError, match="do not cross"):
        wire.receive(io.BytesIO(forged))
