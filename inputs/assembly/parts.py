"""The optional parts of the network, each from its own sheets; None where they are absent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tierstock.inputs.assembly.budgets import budgets
from tierstock.inputs.assembly.cash import cash
from tierstock.inputs.assembly.earlier import earlier
from tierstock.inputs.assembly.fixed_plan import fixed_plan
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.integral import integral
from tierstock.inputs.assembly.lots import build_lots
from tierstock.inputs.assembly.policy import policy
from tierstock.inputs.assembly.rates import build_rates
from tierstock.inputs.assembly.returns import build_returns
from tierstock.inputs.assembly.sales import sales
from tierstock.inputs.assembly.service_order import service_order
from tierstock.inputs.assembly.service_targets import service_targets
from tierstock.inputs.assembly.shelf_life import shelf_life
from tierstock.inputs.assembly.sites import sites
from tierstock.inputs.assembly.sourcing import sourcing
from tierstock.inputs.assembly.substitutes import build_substitutes
from tierstock.inputs.assembly.tariffs import carbon, tariffs
from tierstock.inputs.assembly.transfer_terms import transfer_terms
from tierstock.inputs.assembly.user_rows import user_rows
from tierstock.inputs.network import Network, Production


def made(net: Network, ground: Ground, links: Links) -> Production | None:
    """Return the recipes, which were read with the lanes: what is made can be shipped."""
    return None if links.making is None else links.making.production


PARTS: tuple[tuple[str, Callable[[Network, Ground, Links], Any]], ...] = (
    ("sites", sites),
    ("tariffs", tariffs),
    ("carbon", carbon),
    ("lots", build_lots),
    ("integral", integral),
    ("rates", build_rates),
    ("returns", build_returns),
    ("production", made),
    ("substitutes", build_substitutes),
    ("user_rows", user_rows),
    ("transfers", transfer_terms),
    ("sourcing", sourcing),
    ("fixed_plan", fixed_plan),
    ("policy", policy),
    ("earlier", earlier),
    ("sales", sales),
    ("shelf_life", shelf_life),
    ("service", service_targets),
    ("service_order", service_order),
    ("cash", cash),
    ("budgets", budgets),
)
"""Field of ``Network`` and what builds it from the tables, in the order of building."""


def add_parts(network: Network, ground: Ground, links: Links) -> Network:
    """Return the network with every optional part whose sheets have rows."""
    for name, build in PARTS:
        network = replace(network, **{name: build(network, ground, links)})
    return network
