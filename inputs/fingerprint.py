"""Networks made read-only, and a hash by which two of them are known to be equal."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import numpy as np

from tierstock.inputs.network import Network

UNCOUNTED = frozenset(
    {
        "name",
        "region",
        "company",
        "family",
        "notes",
        "source",
        "input_hash",
        "findings",
        "language",
        "report_language",
        "model_name",
        "stated",
    }
)
"""Attributes that say how a network is called and grouped in reports, not what it is."""


def _walk(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Attributes of nested dataclasses with their paths, in the order they are declared."""
    if is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from _walk(getattr(value, item.name), f"{path}.{item.name}")
    else:
        yield path, value


def freeze(network: Network) -> Network:
    """Make every array of a network read-only, in place, and return it."""
    for _, value in _walk(network, ""):
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return network


def fingerprint(network: Network) -> str:
    """SHA-256 over all codes, numbers and settings of a network, as hexadecimal text.

    Names, report groups (region, company, family), notes and languages do not count: an English
    and a Chinese workbook of one network, and workbooks with their rows in another order, have
    equal fingerprints.
    """
    digest = hashlib.sha256()
    for path, value in _walk(network, ""):
        if path.rpartition(".")[2] in UNCOUNTED or path.startswith(".ground."):
            continue
        digest.update(path.encode())
        digest.update(_bytes(value))
    return digest.hexdigest()


def _bytes(value: object) -> bytes:
    if not isinstance(value, np.ndarray):
        return repr(value).encode()
    shape = repr(value.shape).encode()
    if value.dtype == object:
        return shape + "\0".join(map(str, value.ravel())).encode()
    if value.dtype.kind == "f":
        plain = np.where(np.isnan(value), np.nan, value + 0.0)
        return shape + np.ascontiguousarray(plain, dtype="<f8").tobytes()
    if value.dtype.kind == "M":
        value = value.astype("datetime64[D]").astype(np.int64)
    return shape + np.ascontiguousarray(value, dtype="<i8").tobytes()
