"""Revenue, where profit counts."""

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.words import words

LEVELS = "service|fairness|cost|profit|moves|capital|carbon"


def earns(settings: dict[str, str]) -> bool:
    """Tell whether profit is the objective or one of its levels."""
    objective = settings.get("objective", "cost")
    text = settings.get("objective_levels", "")
    for mark in "，;；、>＞→":
        text = text.replace(mark, ",")
    levels = [words().choice(part.strip(), LEVELS) for part in text.split(",")]
    return objective == "profit" or (objective == "lexicographic" and "profit" in levels)


def charge_sales(world: World, lines: Ledger) -> None:
    """revenue = - Price x issued, late deliveries included, where profit counts."""
    if not earns(world.case.settings):
        return
    for key, stream in world.case.streams.items():
        for t, i in enumerate(world.plan.service[key]):
            issued = world.plan.number("Service", "Issued", i) if i >= 0 else 0.0
            if issued:
                lines["revenue", key[0], key[1], t] -= stream.price[t] * issued
