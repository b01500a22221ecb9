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

    ``policy`` where nothing is stated and the sheet Policy has rows. Where recipes make goods
    nothing is replayed.
    """
    kind = net.settings.baseline or ("policy" if net.policy is not None else "none")
    return "" if kind == "none" or net.production is not None else kind


def simulate(net: Network, kind: str, extra: Extra | None = None) -> State:
    """Replay the horizon and return what happened, period by period.

    Args:
        net: the network.
        kind: ``policy`` for the sheet Policy, ``nothing`` to order nothing, ``previous plan`` for
            the moves of ``net.earlier``.
        extra: what is sent and bought besides what the sheet Policy orders; None for nothing.

    Raises:
        ValueError: the kind is unknown, or the network has no such rules or plan.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")
    if net.production is not None:
        raise ValueError("recipes make goods here; that is not replayed")
    if kind == "policy":
        if net.policy is None:
            raise ValueError("the sheet Policy has no rows")
        ways = policy_ways(net, None if extra is None else extra.flow)
        ordering = Ordering(net, ways, rules_in_force(net, ways))
        return Replay(net, ways, extra).run(ordering, None, None)
    if extra is not None:
        raise ValueError(f"{kind} is replayed as it is, with nothing besides")
    if kind == "nothing":
        still = np.zeros((len(net.goods), len(net.periods)))
        return Replay(net, plan_ways(net, still)).run(None, None, None)
    if net.earlier is None:
        raise ValueError("there is no previous plan: set previous_plan or fill FixedPlan")
    flow = np.where(net.goods.allowed, net.earlier.flow, 0.0)
    return Replay(net, plan_ways(net, flow)).run(None, flow, net.earlier.purchase)


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
