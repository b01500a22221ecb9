"""What follows from the flows of a replay: trips, brackets, shortfalls and whatever is charged."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints, Network
from tierstock.outputs.budgets import used as budget_use
from tierstock.outputs.expand import NOISE, Flows, expand
from tierstock.outputs.kpi import left_at_end
from tierstock.outputs.production import Runs, produced, runs_of
from tierstock.outputs.simulate.state import State
from tierstock.outputs.simulate.ways import NEAR
from tierstock.outputs.use import used_capacity

Frames = dict[str, pd.DataFrame]


def frame(values: Floats, *codes: str) -> pd.DataFrame:
    """Return the cells of an array that are not 0, as a table of decisions."""
    at = np.nonzero(np.abs(values) > NOISE)
    return pd.DataFrame({**dict(zip(codes, at, strict=True)), "value": values[at]})


def decided(net: Network, state: State) -> Frames:
    """Return the decisions of a replay as a plan has them: what happened and what follows."""
    frames = _happened(net, state)
    frames |= _of_supply(net, state) | _of_lanes(net, state)
    frames |= _of_recipes(net, frames)
    if net.sites is not None:
        frames["site_open"] = _open_sites(net, expand(net, frames))
    return frames | _of_stock(net, expand(net, frames))


def _open_sites(net: Network, plan: Flows) -> pd.DataFrame:
    """Sites stay as they are today, but for those that a plan made before uses: they open then."""
    sites, places = net.sites, net.places
    assert sites is not None
    busy = plan.arrived + plan.shipped + plan.issued + plan.stock + produced(plan) > NEAR
    used = np.zeros((len(net.locations), len(net.periods)), dtype=bool)
    np.logical_or.at(used, places.location, busy)
    since = np.logical_or.accumulate(used[sites.location], axis=1)
    still = np.zeros(used.shape)
    still[sites.location] = (sites.open_before[:, None] | since) & sites.active
    return frame(still, "location", "period")


def _happened(net: Network, state: State) -> Frames:
    names = ("lost", "owed_new", "owed_served", "given_up", "backlog")
    return {
        "flow": frame(state.flow, "goods", "period"),
        "purchase": frame(state.purchase, "supply", "period"),
        "make": frame(state.make, "recipe", "period"),
        "stock": frame(state.stock, "place", "period"),
        **{name: frame(getattr(state, name), "stream", "period") for name in names},
    }


def _of_supply(net: Network, state: State) -> Frames:
    """Orders placed, and what is missing to the quantity that is paid anyway."""
    supply = net.supply
    short = np.where(np.isfinite(supply.least_penalty), supply.least - state.purchase, 0.0)
    return {
        "order_placed": frame(_switched(net, state.purchase, supply.most), "supply", "period"),
        "purchase_short": frame(np.maximum(short, 0.0), "supply", "period"),
    }


def _switched(net: Network, units: Floats, most: Floats) -> Floats:
    """Return [., T] 1 where anything goes; behind the integrality horizon its share of the most."""
    shared = ~net.whole() & np.isfinite(most) & (most > 0)
    share = np.divide(units, most, out=np.zeros(units.shape), where=shared)
    return np.where(units > NEAR, np.where(shared, share, 1.0), 0.0)


def _of_recipes(net: Network, frames: Frames) -> Frames:
    """Setups of what runs, lines in use, and the hours beyond the normal ones."""
    runs = runs_of(expand(net, frames))
    if runs is None:
        return {}
    of, on = runs.of, runs.made > NEAR
    family = np.zeros((len(of.families), len(net.periods)), dtype=bool)
    member = np.flatnonzero(of.recipes.changeover >= 0)
    np.logical_or.at(family, of.recipes.changeover[member], on[member])
    line = np.zeros(of.resources.hours.shape, dtype=bool)
    np.logical_or.at(line, of.hours.resource, on[of.hours.recipe])
    found = {
        "setup": frame(on.astype(np.float64), "recipe", "period"),
        "family_setup": frame(family.astype(np.float64), "family", "period"),
        "line_used": frame(line.astype(np.float64), "resource", "period"),
    }
    runs = Runs(expand(net, {**frames, **found}), of)
    return {**found, "overtime": frame(runs.overtime, "resource", "period")}


def _of_lanes(net: Network, state: State) -> Frames:
    """Departures, trips in the cheapest vehicle type of the lane, brackets, and moves."""
    lanes, goods, periods = net.lanes, net.goods, len(net.periods)
    units = np.zeros((len(lanes), periods))
    np.add.at(units, goods.lane, state.flow)
    frames = {"lane_used": frame(_switched(net, units, lanes.max_shipment), "lane", "period")}
    measure = np.nan_to_num(net.products.measure)[goods.product]
    load = np.zeros((len(lanes), periods, measure.shape[1]))
    for dimension in range(measure.shape[1]):
        np.add.at(load[:, :, dimension], goods.lane, state.flow * measure[:, dimension, None])
    frames["trips"] = frame(_trips(net, load, units > NEAR), "lane", "vehicle", "period")
    frames |= _brackets(net, load)
    if net.transfers is not None:
        moves = net.transfers.moves
        made = np.zeros((len(moves), periods))
        on = (state.flow[moves.goods] > NEAR) & moves.when
        np.maximum.at(made, moves.move, on.astype(np.float64))
        frames["move"] = frame(made, "move", "period")
    return frames


def _trips(net: Network, load: Floats, goes: Flags) -> Floats:
    """Return [A, V, T] trips: of the types of a lane the one that costs least for the load."""
    lanes, cost = net.lanes, net.trip_cost()
    needed = np.full((len(lanes), len(net.vehicles), goes.shape[1]), np.inf)
    for v in range(len(net.vehicles)):
        limit = net.vehicles.limit[v]
        full = load / np.where(limit > 0, limit, np.nan)
        trips = np.nan_to_num(np.fmax.reduce(full, axis=2), nan=0.0)
        trips = np.where(net.whole(), np.ceil(trips - NEAR), trips)
        needed[:, v] = np.where(lanes.vehicles[:, v, None], trips, np.inf)
    found = np.zeros(needed.shape)
    if not len(net.vehicles):
        return found
    price = np.where(np.isfinite(needed), needed * (cost[:, :, None] + NOISE), np.inf)
    best = price.argmin(axis=1)
    a, t = np.nonzero(goes & np.asarray(lanes.vehicles.any(axis=1))[:, None])
    found[a, best[a, t], t] = needed[a, best[a, t], t]
    return found


def _brackets(net: Network, load: Floats) -> Frames:
    """The bracket each rated lane's total lies in; part loads beside vehicles are not used."""
    rates = net.rates
    if rates is None or not len(rates):
        return {}
    total = load[rates.lane, :, rates.basis]
    first = rates.low[:, None] <= 0
    inside = (total > NEAR) & ~rates.part_load[rates.lane][:, None]
    inside &= (first | (total > rates.low[:, None])) & (total <= rates.high[:, None])
    return {
        "bracket_load": frame(np.where(inside, total, 0.0), "bracket", "period"),
        "bracket_used": frame(np.where(inside, 1.0, 0.0), "bracket", "period"),
    }


def _of_stock(net: Network, plan: Flows) -> Frames:
    """What misses targets, goes beyond limits, and is missing or left at the end."""
    places, capacity, rules = net.places, net.capacity, net.terminal
    keeps = places.keeps
    short = np.where(keeps & ~places.safety_hard, np.maximum(plan.safety - plan.stock, 0.0), 0.0)
    above = np.where(keeps & ~places.max_hard, np.maximum(plan.stock - places.max_stock, 0.0), 0.0)
    over = np.maximum(used_capacity(plan) - capacity.limit, 0.0)
    left = np.bincount(rules.row, left_at_end(plan)[rules.place], len(rules))
    shut = plan.closed[places.location[rules.place], -1]
    gone = np.bincount(rules.row, ~shut, len(rules)) == 0
    worth = rules.rule.astype(str) == "value"
    missing = np.where(worth | gone, 0.0, np.maximum(rules.target - left, 0.0))
    frames = {
        "shortfall": frame(short, "place", "period"),
        "excess": frame(above, "place", "period"),
        "extra_capacity": frame(np.minimum(over, capacity.extra_limit), "limit", "period"),
        "terminal_short": frame(missing, "rule"),
        "terminal_credit": frame(np.where(worth, np.minimum(rules.target, left), 0.0), "rule"),
    }
    if net.budgets is not None:
        frames["budget_over"] = _over_budget(plan)
    return frames


def _over_budget(plan: Flows) -> pd.DataFrame:
    """What goes beyond each budget, by its row."""
    budgets = plan.net.budgets
    assert budgets is not None
    of = budgets.group[budgets.row_group]
    used = budget_use(plan)
    cash = np.asarray(budgets.kind == "cash", dtype=bool)[of]
    beyond = np.maximum(np.where(cash, -used, used) - budgets.most[of], 0.0)
    row: Ints = np.flatnonzero(beyond > NOISE)
    found: Mapping[str, object] = {
        "budget_row": row,
        "period": budgets.row_period[row],
        "value": beyond[row],
    }
    return pd.DataFrame(found)
