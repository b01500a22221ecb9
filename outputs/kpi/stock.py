"""Key figures of stock: its value, the capital it ties up, how fast it turns, what hardly moves."""

import numpy as np

from tierstock.inputs.assembly.forward_demand import TIER_ORDER
from tierstock.outputs.alerts import Limits
from tierstock.outputs.inventory import cover, forward_demand, mattering
from tierstock.outputs.kpi.figures import Figures, share
from tierstock.outputs.shelf_life import expiring, scrapped

YEAR = 365.0
"""Days of a year."""
NEAR = 1e-6
"""Days by which a cover may miss a whole number and still be that."""


def stock_value_opening(f: Figures) -> float:
    """Value = Σ v·I[0]."""
    return float(f.value[:, 0] @ f.plan.net.places.opening)


def stock_value_average(f: Figures) -> float:
    """Value = mean_t Σ v·I[t]."""
    return float(f.stock_value.mean())


def stock_value_peak(f: Figures) -> float:
    """Value = max_t Σ v·I[t]."""
    return float(f.stock_value.max())


def stock_value_end(f: Figures) -> float:
    """Value = Σ v·I[T]."""
    return float(f.stock_value[-1])


def capital_opening(f: Figures) -> float:
    """Capital = Σ_{l,p} v[1] · (I[0] + blocked + way[0]): as at the end, on the way what has left.

    An open order is on the way at the start unless its Ship Date lies within the horizon.
    """
    places, orders = f.plan.net.places, f.plan.net.orders
    units = places.opening + places.blocked
    away = orders.ship < 0
    np.add.at(units, orders.place[away], orders.quantity[away])
    return float(f.value[:, 0] @ units)


def capital_average(f: Figures) -> float:
    """Capital = mean_t Σ_{l,p} v[t] · (I[t] + blocked + way[t]) (F23)."""
    return float(f.capital.mean())


def capital_peak(f: Figures) -> float:
    """Capital = max_t Σ_{l,p} v[t] · (I[t] + blocked + way[t]) (F23)."""
    return float(f.capital.max())


def capital_end(f: Figures) -> float:
    """Capital = Σ_{l,p} v[T] · (I[T] + blocked + way[T]) (F23)."""
    return float(f.capital[-1])


def turnover(f: Figures) -> float:
    """Turnover = Σ v·issued · 365 ÷ days ÷ average stock value."""
    return share(f.issues_per_day * YEAR, stock_value_average(f))


def days_on_hand(f: Figures) -> float:
    """Days = average stock value · days ÷ Σ v·issued = 365 ÷ turnover."""
    return share(stock_value_average(f), f.issues_per_day)


def forward_cover(f: Figures) -> dict[str, float]:
    """Cover of a tier = Σ_{l,p,t} v·I ÷ Σ_{l,p,t} v·f, f the forward demand per day after t.

    Over the places of the sheet Inventory, in the periods in which they may keep stock.
    """
    net = f.plan.net
    counts = net.places.keeps & mattering(f.plan)[:, None]
    held = np.where(counts, f.value * f.plan.stock, 0.0).sum(axis=1)
    used = np.where(counts, f.value * forward_demand(f.plan), 0.0).sum(axis=1)
    tier = net.locations.tier[net.places.location].astype(str)
    found = {}
    for name in sorted(set(tier.tolist()), key=lambda name: TIER_ORDER.get(name, 0)):
        here = tier == name
        if used[here].sum() > 0:
            found[name] = float(held[here].sum() / used[here].sum())
    return found


def slow_share(f: Figures) -> float:
    """Slow = Σ v·I[T] with more than 90 days of cover, or none to use it ÷ Σ v·I[T]."""
    days = cover(f.plan, f.plan.stock[:, -1], f.plan.size[1] - 1)
    slow = f.plan.net.places.keeps[:, -1] & ~(days <= Limits.slow_days + NEAR)
    return share((f.value * f.plan.stock)[slow, -1].sum(), stock_value_end(f))


def excess_value(f: Figures) -> float:
    """Excess = mean_t Σ v·max(0, I − Max Stock), where any maximum is stated."""
    most = f.plan.net.places.max_stock
    if not np.isfinite(most).any():
        return np.nan
    above = np.maximum(f.plan.stock - most, 0.0)
    return float((f.value * above).sum(axis=0).mean())


def expiry_value(f: Figures) -> float:
    """Expiry = mean_t Σ v·(units at hand that expire in t unless used), where goods expire."""
    if f.plan.net.shelf_life is None:
        return np.nan
    return float((f.value * expiring(f.plan)).sum(axis=0).mean())


def expired_value(f: Figures) -> float:
    """Expired = Σ v·w, where goods expire."""
    if f.plan.net.shelf_life is None:
        return np.nan
    return float((f.value * scrapped(f.plan)).sum())
