"""Terminal rules: what is left, what is wanted, and what a difference costs (F26)."""

from collections import defaultdict
from dataclasses import dataclass

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World


@dataclass(frozen=True)
class Rule:
    """A rule for one product and the places of one group."""

    rule: str
    members: tuple[Pair, ...]
    target: float
    penalty: float
    credit: float


def terminal_rules(world: World) -> list[Rule]:
    """Return the rules of the Terminal sheet, and of the setting for places no row names."""
    case = world.case
    places = places_kept(world)
    untouched, rules = set(places), []
    for row in case.rows("Terminal"):
        here = case.of_location.ranked(row.text("Location"))
        goods = case.of_product.ranked(row.text("Product"))
        chosen = [pair for pair in places if pair[0] in here and pair[1] in goods]
        untouched -= set(chosen)
        wish = {c: row.number(c) for c in ("Days", "Quantity", "Penalty", "Value") if row.text(c)}
        rules += _rules(world, row.text("Rule"), row.text("Level") or "network", chosen, wish)
    usual = case.settings.get("terminal_rule", "none")
    if usual != "none":
        rules += _rules(world, usual, "network", sorted(untouched), {})
    return rules


def places_kept(world: World) -> list[Pair]:
    """Return where goods can be that keep stock at the end of the horizon."""
    known, last = {*world.pairs(), *world.supply.first}, len(world.horizon) - 1
    return sorted(pair for pair in known if world.case.keeps(pair[0], last))


def _rules(
    world: World, rule: str, level: str, places: list[Pair], wish: dict[str, float]
) -> list[Rule]:
    if rule not in ("cover", "opening", "baseline", "value"):
        return []
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in places:
        area = {"network": "", "tier": world.case.tier(pair[0])}.get(level, pair[0])
        groups[area, pair[1]].append(pair)
    found = []
    for (_, product), members in groups.items():
        ended = rule != "value" and not world.case.targeted(product, len(world.horizon) - 1)
        target = 0.0 if ended else _target(world, rule, members, wish)
        penalty = wish.get("Penalty", 0.15 * world.case.basis(product))
        if target > 0:
            worth = world.case.products[product].number("Unit Value", 0.0)
            credit = wish.get("Value", worth) if rule == "value" else 0.0
            found.append(Rule(rule, tuple(members), target, penalty, credit))
    return found


def _target(world: World, rule: str, members: list[Pair], wish: dict[str, float]) -> float:
    """Return units wanted: days of what the group feeds, or what it had at the start."""
    if rule == "value" and "Quantity" in wish:
        return wish["Quantity"]
    if rule == "opening":
        return sum(_at_start(world, pair) for pair in members)
    if rule == "baseline":
        return sum(world.case.previous.get(pair, 0.0) for pair in members)
    usual = float(world.case.settings.get("terminal_days") or 14)
    days = wish.get("Days", 0.0 if "Quantity" in wish else usual)
    last, inside = len(world.horizon) - 1, set(members)
    daily = 0.0
    for place, product in members:
        feeding = world.prices.forward.sources(place, product)[last]
        handed_on = sum(share for lane, share in feeding if (lane[0], product) in inside)
        daily += (1.0 - handed_on) * world.prices.forward.daily(place, product)[-1]
    return max(daily * days, wish.get("Quantity", 0.0))


def _at_start(world: World, pair: Pair) -> float:
    """Return opening stock and all open orders, less those that leave inside the horizon."""
    case, start = world.case, world.case.opening.get(pair, 0.0)
    for order in case.orders:
        if (order.to, order.product) == pair:
            start += order.quantity
        if order.leaves >= 0 and (order.origin, order.product) == pair:
            start -= order.quantity
    return max(start, 0.0)


def left(world: World, pair: Pair) -> float:
    """Return closing stock and everything that arrives at a place behind the horizon."""
    return world.stock(pair, len(world.horizon) - 1) + world.late.get(pair, 0.0)


def add_terminal(world: World, lines: Ledger) -> None:
    """Add what the rules cost to the lines, in the last period.

    The location is blank where a rule sums over several.
    """
    last = len(world.horizon) - 1
    for rule in terminal_rules(world):
        places = {pair[0] for pair in rule.members}
        place = places.pop() if len(places) == 1 else ""
        term = "terminal credit" if rule.rule == "value" else "terminal shortfall"
        key = (term, place, rule.members[0][1], last)
        have = sum(left(world, pair) for pair in rule.members)
        if rule.rule == "value":
            lines[key] -= rule.credit * min(have, rule.target)
        elif (place, last) not in world.plan.closed:
            lines[key] += rule.penalty * max(0.0, rule.target - have)
