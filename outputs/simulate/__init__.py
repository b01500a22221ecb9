"""Replay of a rule, of doing nothing or of a plan made before, on the demand of a network.

The replay decides what a plan decides and is expanded into the same tables, so that every figure
of a plan and of its baseline has one formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Network
from tierstock.outputs.expand import expand
from tierstock.outputs.simulate.derived import decided
from tierstock.outputs.simulate.replay import Extra, Replay
from tierstock.outputs.simulate.rules import Ordering, rules_in_force
from tierstock.outputs.simulate.state import State
from tierstock.outputs.simulate.told import notes
from tierstock.outputs.simulate.ways import plan_ways, policy_ways

KINDS = ("policy", "nothing", "previous plan")
"""What a plan can be held against."""

__all__ = ["Extra", "KINDS", "Run", "kind_of", "replay", "simulate"]


@dataclass(frozen=True)
class Run:
    """A replay: what it decided and what it could not honour."""

    kind: str
    """policy, nothing or previous plan."""
    decisions: Mapping[str, pd.DataFrame]
    """Variable name -> frame with its codes and ``value``, as of a plan."""
    notes: tuple[str, ...]
    """Sentences, in the language of the report."""


def kind_of(net: Network) -> str:
    """Return what the settings hold a plan against; blank for nothing at all.

    ``policy`` where nothing is stated and the sheet Policy has rows: nothing that is filled in is
    ignored in silence.
    """
    kind = net.settings.baseline or ("policy" if net.policy is not None else "none")
    return "" if kind == "none" else kind


def simulate(net: Network, kind: str, extra: Extra | None = None) -> State:
    """Replay the horizon and return what happened, period by period.

    Args:
        net: the network.
        kind: ``policy`` for the sheet Policy, ``nothing`` to order nothing, ``previous plan`` for
            the moves of ``net.earlier``.
        extra: what is sent, bought and made besides what the sheet Policy orders; None for nothing.

    Raises:
        ValueError: the kind is unknown, or the network has no such rules or plan.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")
    if kind == "policy":
        if net.policy is None:
            raise ValueError("the sheet Policy has no rows")
        ways = policy_ways(net) if extra is None else policy_ways(net, extra.flow, extra.make)
        ordering = Ordering(net, ways, rules_in_force(net, ways))
        return Replay(net, ways).run(ordering, extra)
    if extra is not None:
        raise ValueError(f"{kind} is replayed as it is, with nothing besides")
    recipes = 0 if net.production is None else len(net.production.recipes)
    if kind == "nothing":
        still, unmade = (np.zeros((rows, len(net.periods))) for rows in (len(net.goods), recipes))
        return Replay(net, plan_ways(net, still, unmade)).run(None, None)
    before = net.earlier
    if before is None:
        raise ValueError("there is no previous plan: set previous_plan or fill FixedPlan")
    flow = np.where(net.goods.allowed, before.flow, 0.0)
    moves = Extra(flow, before.purchase, before.make)
    return Replay(net, plan_ways(net, flow, before.make)).run(None, moves)


def replay(net: Network, kind: str, extra: Extra | None = None) -> Run:
    """Replay the horizon and return its decisions, in the form of a plan's.

    Args:
        net: the network.
        kind: as for ``simulate``.
        extra: as for ``simulate``.
    """
    state = simulate(net, kind, extra)
    decisions = decided(net, state)
    plan = expand(net, decisions)
    return Run(kind, decisions, notes(net, state, plan, kind, net.settings.report_language))
