"""Key figures: one function each, with its formula.

Names come from the dictionary of the schema; units and definitions in words from ``kpi.csv``
beside this module. Sums run over l locations, p products, t periods; v is the standard cost.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.forward_demand import MEAN_OF
from tierstock.inputs.network import Floats, Network
from tierstock.outputs.cash import accounts
from tierstock.outputs.costs import totals
from tierstock.outputs.expand import Flows
from tierstock.outputs.facts import RunFacts
from tierstock.outputs.inventory import in_transit
from tierstock.outputs.response import response_days
from tierstock.outputs.shelf_life import scrapped
from tierstock.outputs.tariffs import emitted


@dataclass(frozen=True)
class Figures:
    """What key figures are computed from."""

    plan: Flows
    """The plan as arrays."""
    facts: RunFacts
    """Bound and gap."""
    shipments: pd.DataFrame
    """The sheet ``Shipments``."""
    vehicles: pd.DataFrame
    """The sheet ``VehicleUse``."""

    @cached_property
    def costs(self) -> dict[str, float]:
        """Money by cost term."""
        return totals(self.plan)

    @property
    def value(self) -> Floats:
        """[N, T] standard cost of the places."""
        return self.plan.net.places.value

    @property
    def planned(self) -> pd.DataFrame:
        """Shipments that the plan decides."""
        return self.shipments[self.shipments["Status"] != "firm"]

    @property
    def transfers(self) -> pd.DataFrame:
        """Lateral shipments that the plan decides."""
        return self.planned[self.planned["Kind"] == "transfer"]


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
    return -f.facts.bound if f.facts.earns and np.isfinite(f.facts.bound) else np.nan


def fill_rate(f: Figures) -> float:
    """Fill = Σ on time ÷ Σ demand."""
    wanted = f.plan.net.demand.quantity.sum()
    return float(f.plan.on_time.sum() / wanted) if wanted > 0 else np.nan


def capital_end(f: Figures) -> float:
    """Capital = Σ_{l,p} v[T] · (I[T] + blocked + way[T]) (F23)."""
    places = f.plan.net.places
    units = f.plan.stock[:, -1] + places.blocked + in_transit(f.plan)[:, -1]
    return float(f.value[:, -1] @ units)


def capital_opening(f: Figures) -> float:
    """Capital = Σ_{l,p} v[1] · (I[0] + blocked + way[0]): as at the end, on the way what has left.

    An open order is on the way at the start unless its Ship Date lies within the horizon.
    """
    places, orders = f.plan.net.places, f.plan.net.orders
    units = places.opening + places.blocked
    away = orders.ship < 0
    np.add.at(units, orders.place[away], orders.quantity[away])
    return float(f.value[:, 0] @ units)


def left_at_end(plan: Flows) -> Floats:
    """Left [N] = I[T] + what comes after T by lanes (x yield), purchase, open orders (F26)."""
    net, last = plan.net, plan.size[1]
    left = plan.stock[:, -1].copy()
    for codes, units, arrival in (
        (net.goods.sink, plan.flow * net.goods.arriving_share, plan.arrival),
        (net.supply.place, plan.purchase, plan.receipt),
    ):
        np.add.at(left, codes, np.where(arrival >= last, units, 0.0).sum(axis=1))
    late = net.orders.due >= last
    np.add.at(left, net.orders.place[late], plan.order_units[late])
    return left


def value_left(f: Figures) -> float:
    """Left = Σ_{l,p} v[T] · left, left as for the end cover."""
    return float(f.value[:, -1] @ left_at_end(f.plan))


def response_time(f: Figures) -> float:
    """Response = mean over signals of the days until the goods that answer it are there."""
    return response_days(f.plan)


def _daily_value(f: Figures, periods: slice) -> float:
    """Demand per day at standard cost, mean of some periods."""
    net = f.plan.net
    units = net.demand.quantity[:, periods].sum(axis=1) / net.periods.days[periods].sum()
    return float(f.value[net.demand.place, -1] @ units)


def end_cover(f: Figures) -> float:
    """End cover = Σ v·left ÷ Σ v·d per day, d the mean of the last min(T, 4) periods."""
    daily = _daily_value(f, slice(-MEAN_OF, None))
    return float(f.value[:, -1] @ left_at_end(f.plan)) / daily if daily > 0 else np.nan


def end_cover_asked(f: Figures) -> float:
    """Asked = Σ v·d·days ÷ Σ v·d, days of a product = the largest target ÷ d of its cover rules.

    Only rules over all places that keep stock and have demand for their product count, over all
    that keep stock where only customers, who keep none, want it; not a number where a product
    with demand has none. v and d as for the end cover, so that the two compare.
    """
    net, rules = f.plan.net, f.plan.net.terminal
    days, of = net.periods.days[-MEAN_OF:].sum(), net.places.product
    daily = np.zeros(len(net.places))
    np.add.at(daily, net.demand.place, net.demand.quantity[:, -MEAN_OF:].sum(axis=1) / days)
    wanted = np.bincount(of, daily, len(net.products))
    worth = np.bincount(of, daily * f.value[:, -1], len(net.products))
    counts = net.places.keeps[:, -1] & (daily > 0)
    only_customers = np.bincount(of, counts, len(net.products))[of] == 0
    counts |= net.places.keeps[:, -1] & only_customers
    needed = np.bincount(of, counts, len(net.products))
    inside = np.bincount(rules.row, counts[rules.place], len(rules))
    product = np.zeros(len(rules), dtype=np.int64)
    product[rules.row] = of[rules.place]
    whole = (rules.rule == "cover") & (inside > 0) & (inside == needed[product])
    asked = np.zeros(len(net.products))
    np.maximum.at(
        asked, product[whole], rules.target[whole] / np.maximum(wanted[product[whole]], 1e-300)
    )
    if not worth.any() or not (asked[wanted > 0] > 0).all():
        return np.nan
    return float(asked @ worth / worth.sum())


def opening_cover(f: Figures) -> float:
    """Opening cover = Σ v·(I[0] + open orders) ÷ Σ v·d per day of the first min(T, 4) periods.

    An open order that moves goods between two places counts once.
    """
    net = f.plan.net
    units = net.places.opening.copy()
    np.add.at(units, net.orders.place, net.orders.quantity)
    inside = net.orders.origin >= 0
    np.add.at(units, net.orders.origin[inside], -net.orders.quantity[inside])
    daily = _daily_value(f, slice(0, MEAN_OF))
    return float(f.value[:, 0] @ units) / daily if daily > 0 else np.nan


def money_gap(f: Figures) -> float:
    """Gap in money = objective − bound."""
    return f.facts.money_gap if np.isfinite(f.facts.bound) else np.nan


def gap(f: Figures) -> float:
    """Gap = (objective − bound) ÷ objective."""
    return f.facts.gap if np.isfinite(f.facts.bound) else np.nan


def bound(f: Figures) -> float:
    """Best possible cost = bound."""
    return f.facts.bound if np.isfinite(f.facts.bound) and not f.facts.earns else np.nan


def lost_units(f: Figures) -> float:
    """Lost = Σ (U + c)."""
    return float(f.plan.lost.sum())


def owed_end(f: Figures) -> float:
    """Owed = Σ B[T]."""
    return float(f.plan.backlog[:, -1].sum())


def stock_out_rate(f: Figures) -> float:
    """Stock-out rate = #(l,p,t short) ÷ #(l,p,t with demand)."""
    demand, size = f.plan.net.demand, f.plan.size
    wanted, served = np.zeros(size), np.zeros(size)
    np.add.at(wanted, demand.place, demand.quantity)
    np.add.at(served, demand.place, f.plan.on_time)
    live = wanted > 0
    short = live & (wanted - served > 1e-6 * np.maximum(wanted, 1.0))
    return float(short.sum() / live.sum()) if live.any() else np.nan


def safety_missing(f: Figures) -> float:
    """Missing = mean_t Σ_{l,p} max(0, target − I)."""
    missing = np.maximum(f.plan.safety - f.plan.stock, 0.0)
    return float(missing.sum(axis=0).mean())


def stock_value_opening(f: Figures) -> float:
    """Value = Σ v·I[0]."""
    return float(f.value[:, 0] @ f.plan.net.places.opening)


def stock_value_average(f: Figures) -> float:
    """Value = mean_t Σ v·I[t]."""
    return float((f.value * f.plan.stock).sum(axis=0).mean())


def stock_value_end(f: Figures) -> float:
    """Value = Σ v·I[T]."""
    return float(f.value[:, -1] @ f.plan.stock[:, -1])


def turnover(f: Figures) -> float:
    """Turnover = Σ v·issued · 365 ÷ days ÷ average stock value."""
    average = stock_value_average(f)
    year = 365.0 / f.plan.net.periods.days.sum()
    return float((f.value * f.plan.issued).sum()) * year / average if average > 0 else np.nan


def shipment_count(f: Figures) -> float:
    """Shipments = #rows with x > 0."""
    return float(len(f.planned))


def transfer_count(f: Figures) -> float:
    """Transfers = #rows with x > 0 and Kind transfer."""
    return float(len(f.transfers))


def transfer_quantity(f: Figures) -> float:
    """Quantity = Σ x over transfer lanes."""
    return float(f.transfers["Quantity"].sum())


def expired_value(f: Figures) -> float:
    """Expired = Σ v·w."""
    return float((f.value * scrapped(f.plan)).sum())


def transfer_value(f: Figures) -> float:
    """Value = Σ v·x over transfer lanes."""
    return float(f.transfers["Value"].sum())


def trips(f: Figures) -> float:
    """Trips = Σ n."""
    return float(f.vehicles["Trips"].sum())


def vehicle_fill(f: Figures) -> float:
    """Fill = Σ n·fill ÷ Σ n, over trips whose fill is known."""
    known = f.vehicles[f.vehicles["Fill %"].notna()]
    number = known["Trips"].sum()
    return float((known["Trips"] * known["Fill %"]).sum() / number) if number > 0 else np.nan


def carbon_emitted(f: Figures) -> float:
    """Carbon = Σ kg of shipments, trips and open sites (F28)."""
    return float(sum(one.amount.sum() for one in emitted(f.plan)))


def cash_minimum(f: Figures) -> float:
    """Cash minimum = min over companies and t of the cash at the end (F32)."""
    return float(accounts(f.plan).closing.min()) if f.plan.net.cash is not None else np.nan


KPIS: dict[str, Callable[[Figures], float]] = {
    "Total cost": total_cost,
    "Fill rate (units)": fill_rate,
    "Capital tied up (end)": capital_end,
    "End cover": end_cover,
    "Stock left at the end": value_left,
    "Opening cover": opening_cover,
    "Gap in money": money_gap,
    "Gap to best possible": gap,
    "Best possible cost": bound,
    "Revenue": revenue,
    "Profit": profit,
    "Best possible profit": best_profit,
    "Capital tied up (opening)": capital_opening,
    "End cover asked": end_cover_asked,
    "Lost units": lost_units,
    "Owed at the end": owed_end,
    "Stock-out rate": stock_out_rate,
    "Response time": response_time,
    "Safety stock missing": safety_missing,
    "Stock value (opening)": stock_value_opening,
    "Stock value (average)": stock_value_average,
    "Stock value (end)": stock_value_end,
    "Expired value": expired_value,
    "Inventory turnover": turnover,
    "Shipments": shipment_count,
    "Transfers": transfer_count,
    "Transfer quantity": transfer_quantity,
    "Transfer value": transfer_value,
    "Vehicle trips": trips,
    "Vehicle fill": vehicle_fill,
    "Carbon emitted": carbon_emitted,
    "Cash minimum": cash_minimum,
}
"""Key figures by English name, in the order in which they are shown."""

SHOWN: dict[str, Callable[[Network], bool]] = {
    "Expired value": lambda net: net.shelf_life is not None,
    "Carbon emitted": lambda net: net.carbon is not None,
    "Cash minimum": lambda net: net.cash is not None,
}
"""Key figures shown only where the network has what they are about."""
OF_BASELINE = ("Stock left at the end", "Response time")
"""Key figures shown only beside a baseline, to which they are compared."""
OF_PROFIT = ("Revenue", "Profit", "Best possible profit")
"""Key figures shown only where profit counts."""


@cache
def about() -> dict[str, dict[str, str]]:
    """Return KPI -> its unit, definition_en and definition_zh."""
    text = files("tierstock.outputs").joinpath("kpi.csv").read_text(encoding="utf-8")
    return {row["kpi"]: row for row in csv.DictReader(text.splitlines())}
