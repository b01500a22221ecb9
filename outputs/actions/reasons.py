"""Why a plan wants a move, in words of either language."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import DIMENSIONS, Floats
from tierstock.inputs.schema import say
from tierstock.outputs.actions.moves import EXTRA, SITE, Moves
from tierstock.outputs.actions.served import Served
from tierstock.outputs.actions.worth import Saved
from tierstock.outputs.expand import NOISE, Flows, named
from tierstock.outputs.words import tell, units

SAME = 0.05
"""Days of cover below which a move does not show in them."""
LONG = 999.5
"""Days of cover from which on they are told as ``more than 999``."""


@dataclass(frozen=True)
class Case:
    """What reasons are made of."""

    plan: Flows
    moves: Moves
    saved: Saved
    served: Served
    days: Mapping[str, Floats]
    """[M] days of cover by column of the sheet."""


def reasons(case: Case, language: str) -> list[str]:
    """Return [M] a few sentences for each move: what it is for, and how sure its saving is.

    What stays short all the same where it arrives is told with its cause.
    """
    moves, saved, net = case.moves, case.saved, case.plan.net
    action, order = moves.rows["action"].tolist(), moves.ints("order")
    to, arrive = named(net.locations.code, moves.ints("to")).tolist(), moves.ints("arrive").tolist()
    gap = "" if language == "zh" else " "
    found = []
    for row, word in enumerate(action):
        place = to[row]
        if word == EXTRA:
            parts = [_extra(case, row, int(order[row]), language)]
        elif word == SITE:
            parts = [tell("act site", language, place=place)]
        elif word == "cancel":
            parts = [tell("act cancel", language, order=net.orders.label[order[row]])]
        else:
            said = _goods(case, row, place, arrive[row], language)
            parts = [said, *_still(case, row, language)]
        if np.isinf(saved.money[row]):
            parts.append(tell("act must", language))
        elif np.isfinite(saved.money[row]) and not saved.confirmed[row]:
            parts.append(tell("act estimated", language))
        found.append(gap.join(parts))
    return found


def clear_reason(days: float, language: str) -> str:
    """Return why slow stock is cleared."""
    return tell("act clear", language, days=_days(days, language))


def _goods(case: Case, row: int, place: str, arrive: int, language: str) -> str:
    """Why goods are bought, made or sent: a shortage, cover, what comes later, or passing on."""
    net, saved = case.plan.net, case.saved
    if arrive >= len(net.periods):
        return tell("act later", language, place=place)
    if saved.short[row] > NOISE and saved.money[row] > 0:
        period = net.periods.id[int(saved.when[row])]
        return tell(
            "act short", language, place=place, units=units(saved.short[row]), period=period
        )
    before, after = (float(case.days[f"Receiver Days {one}"][row]) for one in ("Before", "After"))
    values = {"place": place, "period": net.periods.id[arrive]}
    if np.isnan(before) or np.isnan(after) or after - before < SAME:
        return tell("act pass", language, **values)
    sides = {"before": _days(before, language), "after": _days(after, language)}
    return tell("act cover", language, **values, **sides)


def _still(case: Case, row: int, language: str) -> list[str]:
    """What is short all the same where the goods arrive, and why; nothing where nothing is."""
    short = case.served
    if short.period[row] < 0:
        return []
    return [
        tell(
            "act still",
            language,
            units=units(float(short.units[row])),
            period=case.plan.net.periods.id[int(short.period[row])],
            cause=say(str(short.cause[row]), language, "result status"),
        )
    ]


def _extra(case: Case, row: int, limit: int, language: str) -> str:
    capacity, moves = case.plan.net.capacity, case.moves
    dimension = DIMENSIONS[int(capacity.dimension[limit])]
    return tell(
        "act extra",
        language,
        units=units(moves.floats("units")[row]),
        dimension=say(dimension, language, "dimension"),
        kind=say(str(capacity.kind[limit]), language, "capacity kind"),
        period=case.plan.net.periods.id[int(moves.ints("period")[row])],
    )


def _days(days: float, language: str) -> str:
    if not np.isfinite(days) or days > LONG:
        return tell("act many days", language)
    return tell("act days", language, days=f"{days:.1f}")
