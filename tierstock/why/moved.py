"""Why a shipment is made: what it is for, and what leaving it out costs."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.rules.words import run_text
from tierstock.outputs.reasons import reason
from tierstock.solvers.prices import Answer
from tierstock.why.answer import Cause, Why
from tierstock.why.binding import priced, shown
from tierstock.why.program import Program
from tierstock.why.words import tell

if TYPE_CHECKING:
    from tierstock.explained import Explained

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LITTLE = 0.01
"""Share of a shipment below which what is lost without it is not told."""
OF_LANE = ("trips", "lane_used")
"""Whole numbers of a lane that a shipment left out may save."""


def moved(plan: "Explained", program: Program, row: Any, language: str) -> Why:
    """Return why a row of ``shipments`` is shipped.

    Args:
        plan: the plan.
        program: its linear program.
        row: the row.
        language: ``en`` or ``zh``.
    """
    net = program.net
    unit = net.products.base_unit[[*net.products.code].index(row["Product"])]
    comes = row["Arrive Period"] or str(row["Arrive Date"])[:10]
    head = tell(
        "ship",
        language,
        number=row["Plan No"],
        units=shown(float(row["Quantity"])),
        unit=unit,
        product=row["Product"],
        origin=row["From"],
        end=row["To"],
        leaves=row["Ship Period"],
        comes=comes,
    )
    column = _column(program, row)
    if column < 0 or row["Status"] in ("firm", "fixed"):
        return Why(head, (_said("ship-fixed", language),), (), math.nan, language)
    answer = left_out(program, np.array([column]), np.array([float(row["Quantity"])]))
    if not answer.found:
        note = tell("ship-needed", language)
        return Why(head, (_said("ship-needed", language),), (note,), math.inf, language)
    saving = program.sense * (answer.cost - program.prices.cost)
    notes = [tell("ship-saving", language, saving=priced(max(saving, 0.0)))]
    lost, name, periods = _lost(program, answer)
    if lost > LITTLE * float(row["Quantity"]):
        values = {"units": shown(lost), "unit": unit, "name": name, "periods": periods}
        notes.append(tell("ship-lost", language, **values))
    use = _reason(reason(str(row["Reason"]), language))
    return Why(head, (use,), tuple(notes), float(saving), language)


def left_out(program: Program, columns: Ints, units: Floats) -> Answer:
    """Return the best plan with less on some shipments, and without the trips that only they need.

    Args:
        program: the linear program of the plan.
        columns: columns of ``flow``.
        units: units less of each.
    """
    prices = program.prices
    at = np.maximum(prices.values[columns] - units, 0.0)
    kept = prices.held(columns, at)
    saved, count = _needless(program, columns, at)
    if not len(saved):
        return kept
    fewer = prices.held(np.concatenate([columns, saved]), np.concatenate([at, count]))
    better = fewer.found and (
        not kept.found or program.sense * fewer.cost < program.sense * kept.cost
    )
    return fewer if better else kept


def _needless(program: Program, columns: Ints, at: Floats) -> tuple[Ints, Floats]:
    """Whole numbers of the lanes that fewer units need less of, and how many they need."""
    prices, flow = program.prices, program.family("flow")
    assert flow is not None
    less = prices.values.copy()
    less[columns] = at
    activity = prices.arrays.activity(less)
    which, row, _ = program.entries(columns)
    found: dict[int, float] = {}
    for name in OF_LANE:
        family = program.family(name)
        if family is None:
            continue
        own = np.arange(family.start, family.start + len(family), dtype=np.int64)
        mine, rows, value = program.entries(own[family.whole])
        shared = np.isin(rows, row) & (value < 0) & np.isfinite(prices.arrays.row_upper[rows])
        whole = own[family.whole][mine[shared]]
        slack = prices.arrays.row_upper[rows[shared]] - activity[rows[shared]]
        spare = np.floor(slack / -value[shared] + 1e-6)
        for column, count in zip(whole.tolist(), spare.tolist(), strict=True):
            found[column] = min(found.get(column, np.inf), count)
    kept = {c: n for c, n in found.items() if n >= 1 and prices.values[c] >= 1}
    saved = np.array([*kept], dtype=np.int64)
    count = np.array([*kept.values()])
    lower = prices.free.lower[saved]
    return saved, np.maximum(prices.values[saved] - count, lower) if len(saved) else count


def _column(program: Program, row: Any) -> int:
    """Column of a shipment, -1 where the plan does not decide it."""
    net, flow = program.net, program.family("flow")
    code = [*map(str, net.locations.code)]
    lanes, goods = net.lanes, net.goods
    if flow is None or row["Mode"] == "":
        return -1
    mine = (lanes.origin == code.index(row["From"])) & (lanes.destination == code.index(row["To"]))
    mine &= lanes.mode.astype(str) == row["Mode"]
    product = [*map(str, net.products.code)].index(row["Product"])
    found = np.flatnonzero(mine[goods.lane] & (goods.product == product))
    period = [*map(str, net.periods.id)].index(row["Ship Period"])
    at = int(flow.grid[found[0], period]) if len(found) else -1
    return flow.start + at if at >= 0 else -1


def _lost(program: Program, answer: Answer) -> tuple[float, str, str]:
    """Units of demand that are lost or late without a shipment, most of them where and when."""
    net = program.net
    more = np.zeros((len(net.places), len(net.periods)))
    for name in ("lost", "owed_new"):
        family = program.family(name)
        if family is not None:
            here = slice(family.start, family.start + len(family))
            units = answer.values[here] - program.prices.values[here]
            codes = net.demand.place[family.codes["stream"]], family.codes["period"]
            np.add.at(more, codes, units)
    by_place = more.sum(axis=1)
    place = int(by_place.argmax())
    mask = more[place] > LITTLE * max(float(by_place[place]), 1e-9)
    name = str(net.locations.code[net.places.location[place]])
    return float(more.sum()), name, run_text(net.periods.id, mask)


def _said(word: str, language: str) -> Cause:
    return _reason(tell(word, language))


def _reason(text: str) -> Cause:
    return Cause("", "", None, "", math.nan, math.nan, math.nan, text)
