"""The optional parts of the network, each from its own sheets; None where they are absent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.user_rows import user_rows
from tierstock.inputs.network import Network

PARTS: tuple[tuple[str, Callable[[Network, Ground, Links], Any]], ...] = (
    ("user_rows", user_rows),
)
"""Field of ``Network`` and what builds it from the tables, in the order of building."""


def add_parts(network: Network, ground: Ground, links: Links) -> Network:
    """Return the network with every optional part whose sheets have rows."""
    for name, build in PARTS:
        network = replace(network, **{name: build(network, ground, links)})
    return network
