"""Service targets recomputed from the input and the sheet Service (F20, F21, rulings 30, 39)."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.demand import Key
from tierstock.outputs.audit.fairness import Group, groups
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.selection import Wish, common, member_name, reached, wishes
from tierstock.outputs.audit.substitutes import Ways
from tierstock.outputs.audit.words import words

SHORT = 1e-6
"""Share of a demand that must be missing to call it a stock-out."""
TERM = "target shortfall"
FAIR = "max-min|proportional|equal-cover"


@dataclass
class Rule:
    """What one row asks of one member in one window."""

    wish: Wish
    label: str
    window: str
    records: list[tuple[Key, int]] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Last period with demand."""
        return max(t for _, t in self.records)


@dataclass(frozen=True)
class Sums:
    """What the records of a rule add up to, in the unit of its measure."""

    wanted: float
    served: float
    near: float
    """What goods can reach in time."""
    required: float
    """To be served; for cycle the stock-outs allowed."""
    missed: float
    """Short of what is required, or stock-outs beyond those allowed."""
    worth: float
    """Basis of the ladder x units, all records."""


def rules(world: World) -> Iterator[Rule]:
    """Return a rule for every member and window that has demand."""
    for wish in wishes(world):
        found: dict[tuple[str, str], Rule] = {}
        for window, periods in wish.windows:
            for key in wish.streams:
                for t in periods:
                    if world.case.streams[key].wanted[t] > 0:
                        name = member_name(wish.each, key[0], key[1])
                        label = f"{wish.name} / {name}" if name else wish.name
                        rule = found.setdefault((label, window), Rule(wish, label, window))
                        rule.records.append((key, t))
        yield from found.values()


def sums(world: World, rule: Rule) -> Sums:
    """Add up the records of a rule."""
    wish, case, ways = rule.wish, world.case, Ways(world)
    wanted = served = near = worth = 0.0
    for key, t in rule.records:
        stream = case.streams[key]
        units, done = stream.wanted[t], on_time(world, key, t)
        weight = stream.price[t] if wish.measure == "value-fill" else 1.0
        full = float(units - done <= SHORT * max(units, 1.0))
        cycle = wish.measure == "cycle"
        amount, good = (1.0, full) if cycle else (weight * units, weight * done)
        wanted, served, worth = wanted + amount, served + good, worth + case.basis(key[1]) * units
        near += amount if reached(world, ways, key, t) else 0.0
    if wish.measure == "cycle":
        allowed = math.floor((1 - wish.minimum) * wanted + 1e-9)
        required = max(allowed, wanted - near) if wish.hard else float(allowed)
        missed = wanted - served - required
    else:
        required = min(wish.minimum * wanted, near) if wish.hard else wish.minimum * wanted
        missed = required - served
    return Sums(wanted, served, near, required, max(0.0, missed), worth)


def on_time(world: World, key: Key, t: int) -> float:
    """Return what was issued in the period of its demand."""
    i = world.plan.service[key][t]
    return world.plan.number("Service", "On Time", i) if i >= 0 else 0.0


def check_service_targets(world: World) -> None:
    """Check hard targets, and every row of TargetResults."""
    report, shown = world.report, _shown(world)
    for rule in rules(world):
        found = sums(world, rule)
        where = (rule.label, rule.window)
        if rule.wish.hard:
            report.at_most("service targets", found.missed, 0.0, *where, terms=found.wanted)
        reached = found.served / found.wanted if found.wanted > 0 else math.nan
        _compare(world, shown, where, rule.wish.minimum, reached)
    for group in groups(world):
        where = (f"{group.wish.name} [{group.wish.fairness}]", group.window)
        least, worst = group.least_and_worst()
        if group.wish.hard:
            for name, (beyond, terms) in group.beyond().items():
                report.at_most("service targets", beyond, 0.0, *where, name, terms=terms)
        _compare(world, shown, where, least, worst)
    for name, window in shown:
        report.fail("service targets", name, window, "no such target")


def _shown(world: World) -> dict[tuple[str, str], int]:
    """Rows of TargetResults by target and window, both in English."""
    found = {}
    for i in world.plan.good["TargetResults"]:
        name, window = world.plan.key("TargetResults", i)
        head, bracket, kind = name.rpartition(" [")
        if bracket and kind.endswith("]"):
            name = f"{head} [{words().choice(kind[:-1], FAIR)}]"
        found[name, words().choice(window, "horizon")] = i
    return found


def _compare(
    world: World,
    shown: dict[tuple[str, str], int],
    where: tuple[str, str],
    minimum: float,
    reached: float,
) -> None:
    """Compare a row of TargetResults with what is right; the row is taken off the list."""
    i = shown.pop(where, None)
    if i is None:
        world.report.fail("keys", "TargetResults", *where, "row missing")
        return
    gap = 0.0 if math.isnan(minimum) else max(0.0, minimum - reached) * 100
    for column, right in (("Minimum", minimum), ("Achieved", reached), ("Gap", gap)):
        if not math.isnan(right):
            number = world.plan.number("TargetResults", column, i)
            world.report.equal("service targets", number, right, *where, column)


def charge_service_targets(world: World, lines: Ledger) -> None:
    """target shortfall = Penalty x what a soft target or fairness is missed by."""
    for rule in rules(world):
        found, wish = sums(world, rule), rule.wish
        if wish.hard or not found.missed:
            continue
        price = wish.penalty
        if math.isnan(price):
            money = wish.measure == "value-fill"
            price = 1.5 if money else 1.5 * found.worth / found.wanted
        place = common({(key[0], key[1]) for key, _ in rule.records})
        lines[TERM, *place, rule.last] += price * found.missed
    for group in groups(world):
        _charge_fairness(lines, group)


def _charge_fairness(lines: Ledger, group: Group) -> None:
    wish, price = group.wish, group.price()
    if wish.fairness == "max-min":
        _, worst = group.least_and_worst()
        everybody = {pair for member in group.members.values() for pair in member.pairs}
        lacking = group.whole() * (1.0 - worst)
        lines[TERM, *common(everybody), group.last] += price * lacking
    elif not wish.hard:
        by_place: dict[Pair, float] = defaultdict(float)
        for name, (beyond, _) in group.beyond().items():
            by_place[common(set(group.members[name].pairs))] += beyond
        for place, beyond in by_place.items():
            lines[TERM, *place, group.last] += price * beyond
