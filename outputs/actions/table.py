"""The sheet ``Actions``: what to do first, with what is lost where it is left out."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Texts
from tierstock.outputs.actions.days import cover
from tierstock.outputs.actions.moves import EXTRA, SITE, Moves
from tierstock.outputs.actions.reasons import Case, clear_reason, reasons
from tierstock.outputs.actions.risk import urgency
from tierstock.outputs.actions.served import served
from tierstock.outputs.actions.worth import Saved
from tierstock.outputs.alerts import Scene
from tierstock.outputs.alerts.pairs import find_pairs
from tierstock.outputs.alerts.slow import done_with, is_slow, slow
from tierstock.outputs.expand import Flows, named
from tierstock.outputs.purchases import start_of

ACTIONS = (
    "buy",
    "make",
    "replenish",
    "transfer",
    "return",
    "expedite",
    "cancel",
    "clear",
    "open",
)
"""What can be done."""
COLUMNS = (
    "Rank",
    "Do By",
    "Action",
    "From",
    "To",
    "Product",
    "Product Name",
    "Quantity",
    "Cases",
    "Value",
    "Saving",
    "At Risk",
    "Reason",
    "Donor Days Before",
    "Donor Days After",
    "Receiver Days Before",
    "Receiver Days After",
    "Owner",
    "Done",
)


def actions(scene: Scene, plan: Flows, moves: Moves, saved: Saved, language: str) -> pd.DataFrame:
    """Return the sheet ``Actions``, most worthwhile first.

    One row per action, from, to, product and period of what is due first (``moves_of``), and one
    per slow stock that nobody needs. Do By is the first day of the period in which a move leaves,
    is ordered or released. Quantity, Cases and Value are those of Shipments, Purchases and
    Production; of extra capacity the reason names the amount. Saving is the money lost where the
    move is left out: blank where it is not known or where the plan cannot do without the move,
    which then comes first. At Risk is the money that shortages cost which the move prevents, if
    all goes on as in what the plan is held against: the rows are in the order of the saving as far
    as it is at risk and a fifth of the rest; blank where nothing is known of it, and for what
    brings no goods. Days of cover: of who gives at the end of the period in which the move
    leaves, of who receives at the end of the one in which it arrives; After is Days Cover of
    Inventory, Before what it would be without the move. Owner and Done are left empty.

    Args:
        scene: the plan as tables.
        plan: the plan as arrays.
        moves: the moves of it.
        saved: what they save.
        language: ``en`` or ``zh``: language of the reasons.
    """
    found = pd.concat(
        [_moves(scene, plan, moves, saved, language), _cleared(scene, language)], ignore_index=True
    )
    must = np.isinf(found["Saving"].to_numpy(np.float64))
    urgent = urgency(found["Saving"].to_numpy(np.float64), found["At Risk"].to_numpy(np.float64))
    known = np.nan_to_num(np.where(must, 0.0, urgent), nan=-1.0)
    worth = np.nan_to_num(found["Value"].to_numpy(np.float64))
    order = np.lexsort((-worth, -known, ~must))
    found = found.assign(Saving=found["Saving"].where(~must)).iloc[order]
    rank = pd.Series(np.arange(1, len(found) + 1), found.index)
    return found.assign(Rank=rank)[list(COLUMNS)].reset_index(drop=True)


def _moves(scene: Scene, plan: Flows, moves: Moves, saved: Saved, language: str) -> pd.DataFrame:
    net, rows = plan.net, moves.rows
    action: Texts = rows["action"].to_numpy(object)
    source, sink = moves.ints("source"), moves.ints("sink")
    period, arrive = moves.ints("period"), moves.ints("arrive")
    units = moves.floats("units")
    giver = np.where(action == "cancel", -1, source)
    nothing = np.zeros(len(moves))
    days = {
        "Donor Days Before": cover(plan, giver, period, units),
        "Donor Days After": cover(plan, giver, period, nothing),
        "Receiver Days Before": cover(plan, sink, arrive, -moves.floats("arriving")),
        "Receiver Days After": cover(plan, sink, arrive, nothing),
    }
    goods: Flags = ~np.isin(action, [EXTRA, SITE])
    per_case = np.append(net.products.per_case, np.nan)[moves.ints("product")]
    quantity = np.where(goods, units, np.nan)
    case = Case(plan, moves, saved, served(scene, moves), days)
    return pd.DataFrame(
        {
            "Do By": start_of(net.periods, period),
            "Action": pd.Series(np.where(goods, action, "open"), dtype="str"),
            "From": named(net.locations.code, moves.ints("origin")),
            "To": named(net.locations.code, moves.ints("to")),
            "Product": named(net.products.code, moves.ints("product")),
            "Product Name": named(net.products.name, moves.ints("product")),
            "Quantity": quantity,
            "Cases": quantity / per_case,
            "Value": moves.floats("value"),
            "Saving": saved.money,
            "At Risk": saved.at_risk,
            "Reason": pd.Series(reasons(case, language), dtype="str"),
            **days,
            **_blank(len(moves)),
        }
    )


def _cleared(scene: Scene, language: str) -> pd.DataFrame:
    """Slow stock that nobody needs: what is beyond the days from which on stock is slow.

    Stock that expires in the plan is left out, which ``SlowMovers`` says to scrap. Saving is what
    keeping it costs over the periods of the plan.
    """
    net, places = scene.net, scene.net.places
    at = np.flatnonzero(is_slow(scene))
    found = slow(scene, find_pairs(scene), at)
    mine = np.flatnonzero(done_with(scene, at, found.advice) == "clear")
    place, units = at[mine], found.quantity[mine]
    product = places.product[place]
    holding = np.where(places.keeps, places.holding, 0.0)[place].sum(axis=1)
    start = np.zeros(len(place), dtype=np.int64)
    before = scene.cover_at_start(places.opening)[place]
    text = [clear_reason(float(one), language) for one in before]
    return pd.DataFrame(
        {
            "Do By": start_of(net.periods, start),
            "Action": pd.Series(["clear"] * len(place), dtype="str"),
            "From": named(net.locations.code, places.location[place]),
            "To": pd.Series([""] * len(place), dtype="str"),
            "Product": named(net.products.code, product),
            "Product Name": named(net.products.name, product),
            "Quantity": units,
            "Cases": units / net.products.per_case[product],
            "Value": found.money[mine],
            "Saving": units * holding,
            "At Risk": np.full(len(place), np.nan),
            "Reason": pd.Series(text, dtype="str"),
            **dict.fromkeys(COLUMNS[13:17], np.full(len(place), np.nan)),
            **_blank(len(place)),
        }
    )


def _blank(count: int) -> dict[str, pd.Series]:
    return {name: pd.Series([""] * count, dtype="str") for name in ("Owner", "Done")}
