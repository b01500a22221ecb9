"""What is lost where a move is left out, as far as it can be told without solving again."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.outputs.actions.moves import EXTRA, SITE, Moves
from tierstock.outputs.expand import NOISE, Flows, add_up
from tierstock.outputs.production import consumed

ROUNDS = 12
"""Tiers at most through which a shortage is followed to customers."""


@dataclass(frozen=True)
class Saved:
    """What moves save, [M]."""

    money: Floats
    """Money lost where the move is left out; not a number where that is not known, infinite where
    the plan cannot do without it."""
    confirmed: Flags
    """Whether that was found by solving again without the move."""
    short: Floats
    """Units that run short without it, estimated."""
    when: Ints
    """First period in which they do; -1 for none."""
    at_risk: Floats
    """Money that shortages cost which the move prevents, were all done as what the plan is held
    against; not a number where that is not known."""


def estimate(plan: Flows, moves: Moves, price: Floats | None) -> Saved:
    """Estimate what is lost where a move is left out, and all others stay.

    What it brings is missing until the next goods can be there. What stock does not make up for
    runs short, at what a shortage costs the customers behind it less what the unit costs::

        short  = max(0, units - least closing stock from arrival to then)
        saving = short x (loss - price) + missing safety stock x its penalty

    loss is the cost of a unit not served, of the place or of those it sends to; price the dual
    value of its stock balance with the whole numbers of the plan held, 0 where not known. An order
    that is cancelled saves what its row states, less the price of what it would have brought.

    Args:
        plan: the plan.
        moves: moves of it.
        price: [N, T] money one unit more at a place in a period saves; None where not known.
    """
    net, last = plan.net, plan.size[1]
    sink, arrive = moves.ints("sink"), moves.ints("arrive")
    units = np.maximum(moves.floats("arriving"), 0.0)
    inside = (sink >= 0) & (arrive < last) & (units > 0)
    place, here = np.where(inside, sink, 0), np.minimum(arrive, last - 1)
    until = np.maximum(_next(plan, moves), here + 1)
    periods = np.arange(last)
    gap = (periods >= here[:, None]) & (periods < until[:, None]) & inside[:, None]
    closing = np.where(net.places.keeps, plan.stock, 0.0)[place]
    left = np.where(gap, closing, np.inf).min(axis=1)
    short = np.where(inside, np.clip(units - left, 0.0, units), 0.0)
    runs_out = gap & (closing < units[:, None] - NOISE)
    when = np.where(short > NOISE, runs_out.argmax(axis=1), -1)
    known = np.zeros(plan.size) if price is None else np.maximum(price, 0.0)
    loss = np.maximum(_loss(plan)[place, here] - known[place, here], 0.0)
    after = np.maximum(closing - units[:, None], 0.0)
    safety = plan.safety[place]
    missing = np.maximum(safety - after, 0.0) - np.maximum(safety - closing, 0.0)
    penalty = np.where(gap, missing * np.nan_to_num(net.places.safety_penalty[place]), 0.0)
    money = short * loss + penalty.sum(axis=1)
    money = np.where(moves.rows["action"].isin([EXTRA, SITE]), np.nan, money)
    cancelled = np.flatnonzero(moves.rows["action"] == "cancel")
    money[cancelled] = _spared(plan, moves, cancelled, known)
    unknown = np.full(len(moves), np.nan)
    return Saved(money, np.zeros(len(moves), dtype=bool), short, when, unknown)


def _spared(plan: Flows, moves: Moves, which: Ints, known: Floats) -> Floats:
    """Return what cancelling orders saves by their rows, less the price of what they would bring.

    Args:
        plan: the plan.
        moves: its moves.
        which: numbers of those that cancel an order.
        known: [N, T] money one unit more at a place in a period saves.
    """
    saving = plan.net.orders.saving[moves.ints("order")[which]]
    sink = np.maximum(moves.ints("sink")[which], 0)
    arrive = np.minimum(moves.ints("arrive")[which], plan.size[1])
    worth = np.append(known, np.zeros((len(known), 1)), axis=1)[sink, arrive]
    return np.asarray(moves.floats("units")[which] * np.maximum(saving - worth, 0.0))


def _next(plan: Flows, moves: Moves) -> Ints:
    """Return [M] the first period after the arrival in which other goods can be there; T for none.

    Goods of the same kind that leave, are ordered or released later than the move.
    """
    net, last = plan.net, plan.size[1]
    soonest = np.full((plan.size[0], last + 1), last, dtype=np.int64)
    ways = [
        (net.goods.sink, net.goods.allowed, plan.arrival),
        (net.supply.place, net.supply.most > 0, plan.receipt),
    ]
    if net.production is not None:
        recipes, outputs = net.production.recipes, net.production.outputs
        due = np.arange(last) + recipes.lead
        made = net.production.place(net.places.of, outputs)
        ways.append((made, recipes.most[outputs.recipe] > 0, due[outputs.recipe]))
    for sink, allowed, arrival in ways:
        row, leaves = np.nonzero(allowed)
        np.minimum.at(soonest, (sink[row], leaves), arrival[row, leaves])
    soonest = np.minimum.accumulate(soonest[:, ::-1], axis=1)[:, ::-1]
    sink, after = np.maximum(moves.ints("sink"), 0), moves.ints("period") + 1
    return np.minimum(soonest[sink, np.minimum(after, last)], last)


def _loss(plan: Flows) -> Floats:
    """Return [N, T] what a unit lacking at a place costs: its own demand, or those it feeds."""
    net, demand = plan.net, plan.net.demand
    wait = demand.owed_share[:, None]
    earned = 0.0 if net.sales is None or not net.sales.counted else np.nan_to_num(net.sales.price)
    cost = (1.0 - wait) * (np.nan_to_num(demand.lost_cost, posinf=0.0) + earned)
    cost = cost + wait * np.nan_to_num(demand.back_cost, posinf=0.0)
    periods = np.broadcast_to(np.arange(plan.size[1]), cost.shape)
    place = np.broadcast_to(demand.place[:, None], cost.shape)
    own_units = add_up(plan.size, place.ravel(), periods.ravel(), demand.quantity.ravel())
    own = add_up(plan.size, place.ravel(), periods.ravel(), (demand.quantity * cost).ravel())
    k, t = np.nonzero((plan.flow > NOISE) & (plan.arrival < plan.size[1]))
    source, sink, there = net.goods.source[k], net.goods.sink[k], plan.arrival[k, t]
    units = plan.flow[k, t]
    share = net.goods.arriving_share[k, t]
    total = own_units + add_up(plan.size, source, t, units)
    found = np.zeros(plan.size)
    for _ in range(ROUNDS):
        before = found
        passed = add_up(plan.size, source, t, units * share * before[sink, there])
        found = np.divide(own + passed, total, out=np.zeros(plan.size), where=total > 0)
        found = np.maximum(found, _of_parts(plan, found))
        found = np.maximum(found, np.where(total > 0, 0.0, _ahead(found)))
        if np.allclose(found, before):
            break
    return found


def _ahead(loss: Floats) -> Floats:
    """Return [N, T] the loss of the next period in which there is any."""
    found = loss.copy()
    for period in range(loss.shape[1] - 2, -1, -1):
        found[:, period] = np.where(found[:, period] > 0, found[:, period], found[:, period + 1])
    return found


def _of_parts(plan: Flows, loss: Floats) -> Floats:
    """Return [N, T] what a unit of a component lacking costs: the goods that are not made of it."""
    production = plan.net.production
    found = np.zeros(plan.size)
    if production is None or not consumed(plan).any():
        return found
    recipes, inputs = production.recipes, production.inputs
    made = plan.net.places.of[recipes.location, recipes.product]
    periods = np.arange(plan.size[1])
    there = np.minimum(periods + recipes.lead, plan.size[1] - 1)
    worth = np.where(made[:, None] >= 0, loss[made[:, None], there], 0.0)[inputs.recipe]
    needs = np.where(inputs.units > 0, inputs.units, np.inf)[:, None]
    place = production.place(plan.net.places.of, inputs)
    t = np.broadcast_to(periods, worth.shape)
    np.maximum.at(found, (np.broadcast_to(place[:, None], worth.shape), t), worth / needs)
    return found


def with_saving(shipments: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    """Return the sheet ``Shipments`` with its column Saving, where the list of actions knows it.

    A move of several rows, and moves by several modes on one day, share their money by quantity;
    rows of later periods are blank.
    """
    keys = ["From", "To", "Product", "Kind", "Ship Date"]
    told = actions[np.isfinite(actions["Saving"])]
    money = told.groupby(["From", "To", "Product", "Action", "Do By"])["Saving"].sum()
    own = shipments["Status"] != "firm"
    total = (
        shipments["Quantity"].where(own).groupby([shipments[key] for key in keys]).transform("sum")
    )
    rows = pd.MultiIndex.from_frame(shipments[keys])
    found = money.reindex(rows).to_numpy(np.float64) * (shipments["Quantity"] / total)
    return shipments.assign(Saving=found.where(own))
