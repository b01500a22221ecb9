"""Key figures of money: cost, profit, how good the plan is, cash."""

import numpy as np

from tierstock.outputs.cash import accounts
from tierstock.outputs.kpi.figures import Figures

TINY = 1e-9
"""Least cost that a gap is a share of."""


def total_cost(f: Figures) -> float:
    """Total cost = Σ terms, without revenue."""
    return sum(f.costs.values()) - f.costs["revenue"]


def revenue(f: Figures) -> float:
    """Revenue = Σ price · issued, where profit counts."""
    return -f.costs["revenue"] if f.facts.earns else np.nan


def profit(f: Figures) -> float:
    """Profit = revenue − total cost."""
    return -sum(f.costs.values()) if f.facts.earns else np.nan


def best_profit(f: Figures) -> float:
    """Best possible profit = −bound."""
    return -f.facts.bound if f.facts.earns and _bounded(f) else np.nan


def money_gap(f: Figures) -> float:
    """Gap in money = objective − bound."""
    return f.facts.money_gap if _bounded(f) else np.nan


def gap(f: Figures) -> float:
    """Gap = (objective − bound) ÷ |objective|."""
    return f.facts.money_gap / max(abs(f.facts.objective), TINY) if _bounded(f) else np.nan


def bound(f: Figures) -> float:
    """Best possible cost = bound."""
    return f.facts.bound if _bounded(f) and not f.facts.earns else np.nan


def cash_minimum(f: Figures) -> float:
    """Cash minimum = min over companies and t of the cash at the end (F32)."""
    return float(accounts(f.plan).closing.min()) if f.plan.net.cash is not None else np.nan


def _bounded(f: Figures) -> bool:
    """Tell whether it is proven how good a plan can be."""
    return bool(np.isfinite(f.facts.bound))
