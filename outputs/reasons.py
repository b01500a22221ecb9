"""What a shipment is for: what its goods come to where they arrive, first in, first out."""

import numpy as np

from tierstock.inputs.network import Floats, Ints, Texts
from tierstock.outputs.expand import NOISE, Flows
from tierstock.outputs.production import consumed, produced
from tierstock.outputs.returns import disposed, returned
from tierstock.outputs.shelf_life import scrapped
from tierstock.outputs.words import tell

MARK = ": "
"""Between what the goods are for and the periods of it."""


def reasons(plan: Flows, place: Ints, arrive: Ints) -> Texts:
    """Return what goods that come to places are for, ``demand: 2026-W05–2026-W07``; [X].

    What comes in is used in the order in which it comes, what is there at the start first. The
    periods are those in which the place uses up what comes in that period; the word in front is
    demand, onward, production, waste, or several of them, by what the place does with it in these
    periods; ``stock`` where nothing of it is used within the plan, ``later`` where it comes after
    the horizon.

    Args:
        plan: the plan.
        place: [X] place of arrival.
        arrive: [X] period of arrival; T or more = after the horizon.
    """
    (_, last), came, uses = plan.size, _came(plan), _uses(plan)
    total, used = np.cumsum(came, axis=1), np.cumsum(sum(uses.values()), axis=1)
    inside = arrive < last
    when = np.minimum(arrive, last - 1)
    end = total[place, when]
    start = end - came[place, when] + np.where(when == 0, plan.net.places.opening[place], 0.0)
    near = NOISE * np.maximum(end, 1.0)
    first = (used[place] <= (start + near)[:, None]).sum(axis=1)
    final = np.minimum((used[place] < (end - near)[:, None]).sum(axis=1), last - 1)
    text = np.full(len(place), "later", dtype=object)
    text[inside & (first >= last)] = "stock"
    live = np.flatnonzero(inside & (first < last))
    text[live] = _said(plan, uses, place[live], first[live], final[live])
    return text


def _came(plan: Flows) -> Floats:
    """[N, T] all that comes in, in the first period also what is there before."""
    found = plan.arrived + plan.order_in + plan.purchased + produced(plan) + returned(plan)
    found[:, 0] += plan.net.places.opening
    return found


def _uses(plan: Flows) -> dict[str, Floats]:
    """What goods are used for: [N, T] each."""
    return {
        "demand": plan.issued,
        "onward": plan.shipped + plan.order_out,
        "production": consumed(plan),
        "waste": scrapped(plan) + disposed(plan),
    }


def _said(plan: Flows, uses: dict[str, Floats], place: Ints, first: Ints, final: Ints) -> Texts:
    """Uses and their periods as texts, each different one made once."""
    sums = [np.cumsum(np.pad(use, ((0, 0), (1, 0))), axis=1) for use in uses.values()]
    codes = np.zeros(len(place), dtype=np.int64)
    for at, total in enumerate(sums):
        near = NOISE * np.maximum(total[place, -1], 1.0)
        codes += (total[place, final + 1] - total[place, first] > near) * 2**at
    key = (codes * plan.size[1] + first) * plan.size[1] + final
    unique, number = np.unique(key, return_inverse=True)
    names, texts = [*uses], []
    for one in unique.tolist():
        rest, end = divmod(one, plan.size[1])
        code, start = divmod(rest, plan.size[1])
        word = "+".join(name for at, name in enumerate(names) if code >> at & 1)
        period = plan.net.periods.id
        run = str(period[start]) if start == end else f"{period[start]}–{period[end]}"
        texts.append(f"{word}{MARK}{run}")
    return np.asarray(np.array(texts, dtype=object)[number.reshape(-1)])


def reason(text: str, language: str) -> str:
    """Return a reason of a shipment in a language."""
    word, mark, run = text.partition(MARK)
    if not word:
        return text
    said = tell("reason and", language).join(
        tell(f"reason {one}", language) for one in word.split("+")
    )
    return f"{said}{'：' if language == 'zh' else MARK}{run}" if mark else said
