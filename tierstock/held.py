"""Sentences on caps on capital that today's stock breaks: from when on the plan keeps them."""

from collections.abc import Iterator, Sequence
from typing import Any

from tierstock.inputs import Network
from tierstock.words import tell


def cap_notes(net: Network, held: Sequence[Any], language: str) -> Iterator[str]:
    """Tell of each cap how it holds.

    Args:
        net: the network.
        held: caps as the solve set them (``tierstock.solvers.compliance.Held``).
        language: ``en`` or ``zh``.
    """
    for one in held:
        cap, each = one.cap, len(one.cap.excess) > 0
        values = {
            "name": f"{cap.name}, {cap.label}" if cap.label else cap.name,
            "limit": _amount(float(cap.room[0] + cap.known[0])),
        }
        if each and one.waiting < len(cap.rows):
            values["period"] = str(net.periods.id[cap.period[one.waiting]])
            yield tell("cap-from" if one.sure else "cap-from-unsure", language, **values)
        elif each:
            yield tell("cap-never", language, **values)
        elif one.least is not None:
            values["least"] = _amount(one.least)
            yield tell("cap-least" if one.sure else "cap-least-unsure", language, **values)
        elif not one.sure:
            yield tell("cap-unsure", language, **values)


def _amount(money: float) -> str:
    """Return an amount with its thousands separated, and decimals only where there are any."""
    return f"{money:,.2f}".removesuffix(".00")
