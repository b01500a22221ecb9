"""Key figures of service: what customers got, when, and how long they went without."""

import numpy as np

from tierstock.outputs.kpi.figures import Figures, share
from tierstock.outputs.response import response_days


def fill_rate(f: Figures) -> float:
    """Fill = Σ on time ÷ Σ demand."""
    return share(f.plan.on_time.sum(), f.plan.net.demand.quantity.sum())


def fill_rate_value(f: Figures) -> float:
    """Fill = Σ v·on time ÷ Σ v·demand."""
    demand = f.plan.net.demand
    value = f.value[demand.place]
    return share((value * f.plan.on_time).sum(), (value * demand.quantity).sum())


def fill_rate_by_class(f: Figures) -> dict[str, float]:
    """Fill of a class = Σ on time ÷ Σ demand of the class, where there are several."""
    demand = f.plan.net.demand
    names, of = np.unique(demand.service_class.astype(str), return_inverse=True)
    wanted = np.bincount(of, demand.quantity.sum(axis=1), len(names))
    served = np.bincount(of, f.plan.on_time.sum(axis=1), len(names))
    there = np.flatnonzero(wanted > 0)
    if len(there) < 2:
        return {}
    return {str(names[at]): float(served[at] / wanted[at]) for at in there.tolist()}


def on_time_rate(f: Figures) -> float:
    """On time = Σ on time ÷ Σ issued, late deliveries included."""
    return share(f.plan.on_time.sum(), f.plan.issued_streams.sum())


def lost_units(f: Figures) -> float:
    """Lost = Σ (U + c)."""
    return float(f.plan.lost.sum())


def owed_end(f: Figures) -> float:
    """Owed = Σ B[T]."""
    return float(f.plan.backlog[:, -1].sum())


def stock_out_rate(f: Figures) -> float:
    """Stock-out rate = #(l,p,t short) ÷ #(l,p,t with demand)."""
    return share(f.short.sum(), f.live.sum())


def stock_out_spell(f: Figures) -> float:
    """Spell = Σ days of (l,p,t short) ÷ #runs of periods short one after the other."""
    before = np.hstack([np.zeros((len(f.short), 1), dtype=bool), f.short[:, :-1]])
    return share((f.short * f.days).sum(), (f.short & ~before).sum())


def response_time(f: Figures) -> float:
    """Response = mean over signals of the days until the goods that answer it are there."""
    return response_days(f.plan)


def safety_missing(f: Figures) -> float:
    """Missing = mean_t Σ_{l,p} max(0, target − I)."""
    missing = np.maximum(f.plan.safety - f.plan.stock, 0.0)
    return float(missing.sum(axis=0).mean())
