"""Why a shipment is made: what it is for, and what leaving it out costs."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tierstock.inputs.rules.words import run_text
from tierstock.outputs.expand import NOISE
from tierstock.outputs.reasons import reason
from tierstock.saved import SECONDS, lots_of
from tierstock.solvers.leaving_out import Without
from tierstock.solvers.prices import Answer
from tierstock.why.answer import Cause, Why
from tierstock.why.binding import priced, shown
from tierstock.why.program import Program
from tierstock.why.words import tell

if TYPE_CHECKING:
    from tierstock.explained import Explained

LITTLE = 0.01
"""Share of a shipment below which what is lost without it is not told."""


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
    answer, saving = left_out(plan, program, column, float(row["Quantity"]))
    if saving == math.inf:
        note = tell("ship-needed", language)
        return Why(head, (_said("ship-needed", language),), (note,), math.inf, language)
    late = math.isnan(saving)
    costs = {} if late else {"saving": priced(max(saving, 0.0))}
    notes = [tell("ship-late" if late else "ship-saving", language, **costs)]
    lost, name, periods = _lost(program, answer, language) if answer.found else (0.0, "", "")
    if lost > LITTLE * float(row["Quantity"]):
        values = {"units": shown(lost), "unit": unit, "name": name, "periods": periods}
        notes.append(tell("ship-lost", language, **values))
    use = _reason(reason(str(row["Reason"]), language))
    return Why(head, (use,), tuple(notes), float(saving), language)


def left_out(
    plan: "Explained", program: Program, column: int, units: float
) -> tuple[Answer, float]:
    """Return the best plan without a shipment and the whole numbers only it needs; and its saving.

    The saving is the one of the sheet Shipments, money; infinite where there is no plan without
    the shipment, not a number where the time was not enough.

    Args:
        plan: the plan.
        program: its linear program.
        column: column of ``flow``.
        units: units of the shipment, all of the column or a part.
    """
    prices, flow = program.prices, program.family("flow")
    assert flow is not None
    columns = np.array([column], dtype=np.int64)
    to = np.maximum(program.planned[columns] - units, 0.0)
    to = np.where(to > NOISE * max(units, 1.0), to, 0.0)
    own, least = program.leaving.lowered(columns, to)
    answer = prices.held(np.concatenate([columns, own]), np.concatenate([to, least]))
    if not answer.found:
        answer = prices.held(columns, to)
    if to[0] > 0:
        return answer, program.sense * (answer.cost - prices.cost)
    goods = int(flow.codes["goods"][column - flow.start])
    lots = lots_of(program.m, int(program.net.goods.product[goods]))
    seconds = 0.0 if plan.options.deterministic else SECONDS
    return answer, program.leaving.cost(Without(columns, lots), seconds)


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


def _lost(program: Program, answer: Answer, language: str) -> tuple[float, str, str]:
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
    comma = "、" if language == "zh" else ", "
    return float(more.sum()), name, run_text(net.periods.id, mask, comma)


def _said(word: str, language: str) -> Cause:
    return _reason(tell(word, language))


def _reason(text: str) -> Cause:
    return Cause("", "", None, "", math.nan, math.nan, math.nan, text)
