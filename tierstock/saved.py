"""What the moves of a plan save: estimated for all, confirmed for the first ones."""

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.network import Flags, Floats, Ints, Network, Texts
from tierstock.outputs.actions import Moves, Risk, Saved, estimate, urgency
from tierstock.outputs.expand import Flows, expand
from tierstock.solvers.leaving_out import LeavingOut, Without, tied
from tierstock.solvers.prices import LARGE, LIMIT_S

if TYPE_CHECKING:
    from tierstock.plan import Plan
    from tierstock.solvers.prices import Prices

CONFIRMED = 20
"""Moves at the top whose saving is confirmed."""
ASKED = 60
"""Moves asked about at most."""
WORK = 5_000_000
"""Coefficients of the models solved again, all together: larger models ask fewer questions."""
SHARE = 0.05
"""Most that the prices of a plan may take, and confirming, each, as a share of what its search
took; where the same answer is wanted on every run, neither goes by the clock."""
PRICED, SECONDS = 1.0, 2.0
"""The same in seconds, after a short search."""
PER_SECOND = 35_000
"""Coefficients of a large model whose prices a second is enough for: they are not begun where the
time for them is less."""
FEW = 3
"""Confirmed moves of a kind from which on they correct the estimates of the others."""
REPLACED = 0.5
"""Share of the estimate below which a shortage is made up for in another way."""
LOTS = ("order_lots", "shipment_lots", "batches")
"""Whole lots of goods, which may change in parts where a move of the same product is left out."""


def savings(plan: "Plan", flows: Flows, moves: Moves) -> Saved:
    """Return what each move saves.

    All are estimated at the prices of the plan; then the plan is solved again without the first
    ones, until the 20 first are confirmed: those that save most of what is at risk. What was
    confirmed corrects the estimates of its kind.
    How often depends on the size of the model, and nothing is asked after ``SHARE``; in a
    deterministic run the size alone counts, and whole numbers are not decided anew. Where the
    prices cannot be had in the time for them (``PRICED``), and where the user stopped the search,
    which wants its plan written at once, estimates stand in which a unit itself is worth nothing.
    Nothing is known where somebody changed the objective.

    Args:
        plan: the plan.
        flows: the same as arrays.
        moves: its moves.
    """
    if plan.own_objective:
        blank = np.zeros(len(moves))
        found = estimate(flows, moves, None)
        return replace(found, money=blank * np.nan)
    prices = _prices(plan)
    found = estimate(flows, moves, None if prices is None else _values(plan, prices))
    risk = _risk(plan, flows, moves)
    at_risk = found.at_risk if risk is None else risk.money(found.money)
    if prices is None or not len(moves):
        return replace(found, at_risk=at_risk)
    leaving, twin = LeavingOut(prices), _twins(plan, moves, tied(prices.free))
    parts = moves.parts.groupby("move").indices
    money, sure = found.money.copy(), found.confirmed.copy()
    steady = plan.options.deterministic
    until = time.monotonic() + _time_for(plan, SECONDS)
    most = min(ASKED, max(1, WORK // max(1, prices.arrays.nonzeros)))
    worth, fresh = moves.floats("value"), True
    kind = moves.rows["action"].to_numpy(object)
    for _ in range(most):
        money = np.where(sure, money, found.money * _ratio(kind, found.money, money, sure))
        asked = _first(money, at_risk, worth, sure)
        if not len(asked) and not fresh:
            at_risk, fresh = risk.money(money) if risk else at_risk, True
            asked = _first(money, at_risk, worth, sure)
        left = 0.0 if steady else until - time.monotonic()
        if not len(asked) or (left <= 0 and not steady):
            break
        move = int(asked[0])
        mine = moves.parts.iloc[parts[move]]
        left_out = _without(plan, mine, int(moves.ints("product")[move]))
        cost = leaving.cost(left_out, left)
        if math.isnan(cost):
            break
        same = twin == twin[move]
        money[same], sure[same], fresh = max(cost, 0.0), True, False
    prices.seconds = LIMIT_S
    replaced = sure & (money < REPLACED * found.money)
    at_risk = at_risk if risk is None else risk.money(money)
    return Saved(money, sure, np.where(replaced, 0.0, found.short), found.when, at_risk)


def _risk(plan: "Plan", flows: Flows, moves: Moves) -> Risk | None:
    """Return the shortages of what the plan is held against; None where that is nothing."""
    before = plan.replayed
    if before is None or not len(moves):
        return None
    return Risk(flows, moves, expand(plan.network, before.decisions))


def _first(money: Floats, at_risk: Floats, worth: Floats, sure: Flags) -> Ints:
    """Return those of the 20 first moves that are not confirmed, most worthwhile first."""
    known = np.where(np.isnan(money), np.inf, urgency(money, at_risk))
    first = np.lexsort((-np.nan_to_num(worth), -known))[:CONFIRMED]
    return np.asarray(first[~sure[first]])


def _ratio(kind: Texts, guess: Floats, money: Floats, sure: Flags) -> Floats:
    """Return [M] what the estimates of a kind of action came to where they were confirmed.

    One for a kind of which fewer than ``FEW`` were.
    """
    ratio = np.ones(len(guess))
    for one in np.unique(kind[sure].astype(str)):
        mine = sure & (kind == one) & np.isfinite(money) & (guess > 0)
        if mine.sum() >= FEW:
            ratio[kind == one] = money[mine].sum() / guess[mine].sum()
    return ratio


def _time_for(plan: "Plan", least: float) -> float:
    """Return the seconds that may be spent on one thing beside the search."""
    return max(least, SHARE * plan.solution.seconds)


def _prices(plan: "Plan") -> "Prices | None":
    """Return the prices of the plan; None for a large model, and where they take too long."""
    size, steady = plan.solution.size.get("nonzeros", 0), plan.options.deterministic
    seconds = _time_for(plan, PRICED)
    most = LARGE if steady else max(LARGE, PER_SECOND * seconds)
    if plan.stopped == "user" or size > most:
        return None
    return plan.prices_within(LIMIT_S if steady else seconds)


def _values(plan: "Plan", prices: "Prices") -> Floats | None:
    """Return [N, T] money that one unit more at a place in a period saves; None if not known."""
    rows, places = plan.model.component("stock_balance"), plan.network.places
    where = prices.arrays.place
    if rows is None or where is None:
        return None
    at = np.flatnonzero(where >= 0)
    location, product, period = (codes.astype(np.int64) for codes in rows.key_list.codes)
    if len(at) != len(location):  # somebody switched rows off
        return None
    found = np.zeros((len(places), len(plan.network.periods)))
    found[places.of[location, product], period] = -prices.row_duals[at]
    return found


def _without(plan: "Plan", parts: pd.DataFrame, product: int) -> Without:
    return Without(np.unique(_columns(plan, parts)), lots_of(plan.model, product))


def _columns(plan: "Plan", parts: pd.DataFrame) -> Ints:
    """Return the column of the model that decides each part of a move."""
    found = np.zeros(len(parts), dtype=np.int64)
    for family, at in parts.groupby("family").indices.items():
        held = plan.model.component(str(family))
        code, period = (parts[name].to_numpy(np.int64)[at] for name in ("code", "period"))
        found[at] = held.start + held.grid[(code,) if held.grid.ndim == 1 else (code, period)]
    return found


def _twins(plan: "Plan", moves: Moves, number: Ints) -> Ints:
    """Return [M] a number of each move, the same for those that are only made together.

    Args:
        plan: the plan.
        moves: its moves.
        number: [n] number of each column of the model, the same for those that are tied.
    """
    move = moves.parts["move"].to_numpy(np.int64)
    twin = -1 - np.arange(len(moves))
    single = np.bincount(move, minlength=len(moves))[move] == 1
    twin[move[single]] = number[_columns(plan, moves.parts[single])]
    return twin


def lots_of(m: Any, product: int) -> NDArray[np.int64]:
    """Return the columns of a model that are whole lots of a product."""
    net: Network = m.network
    of = {"goods": net.goods.product, "supply": net.places.product[net.supply.place]}
    if net.production is not None:
        of["recipe"] = net.production.recipes.product
    found = [np.zeros(0, dtype=np.int64)]
    for name in LOTS:
        family = m.component(name)
        if family is not None:
            code = next(key for key in family.codes if key in of)
            found.append(family.start + np.flatnonzero(of[code][family.codes[code]] == product))
    return np.concatenate(found)
