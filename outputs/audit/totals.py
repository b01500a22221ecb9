"""Checks of totals, headline figures and hashes: Summary and RunInfo."""

import math
import re
from collections.abc import Iterable

from tierstock.outputs.audit.before import COLUMN, check_changes, compared, response, saved
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.headline import Figures, figures, served
from tierstock.outputs.audit.indicators import TIERS, bullwhip, fills, forward_cover
from tierstock.outputs.audit.values import bare, exact
from tierstock.outputs.audit.words import Table, words

FACTS = {
    "Objective": {"objective", "目标值", "目标函数值", "目标"},
    "Bound": {"bound", "下界"},
}
"""Items of RunInfo, folded."""
SOMETIMES = ("Expired value", "Carbon emitted", "Expiry value", "Excess value")
"""Key figures of families, left out where there are none."""
PARTED = ("Fill rate by class", "Forward cover", "Bullwhip ratio")
"""Key figures with a value for each class (the first) or tier."""
COST = "Cost"
"""What the names of cost terms begin with."""
Key = tuple[str, str]
"""Key figure or ``COST``, and its class, tier or term; blank for none."""
ROUNDED = 1e-6
"""What rounding may take from terms that cancel out, as a share of them, before the tolerance."""
HASH = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


def check_totals(world: World, terms: dict[str, float]) -> None:
    """Check that Costs, Summary and RunInfo tell one total: the sum of the recomputed terms."""
    plan, report = world.plan, world.report
    total = math.fsum(terms.values())
    scale = math.fsum(map(abs, terms.values())) * ROUNDED
    shown = math.fsum(plan.numbers("Costs", "Amount"))
    report.equal("total", shown, total, "Costs", terms=scale)
    facts = {name: exact(item(plan.tables["RunInfo"], words)) for name, words in FACTS.items()}
    objective, bound = facts["Objective"], facts["Bound"]
    if objective is None or not item(plan.tables["RunInfo"], FACTS["Objective"]):
        report.fail("total", "RunInfo", "Objective", "is missing")
    else:
        report.equal("total", float(objective), total, "RunInfo", "Objective", terms=scale)
    said = item(plan.tables["RunInfo"], FACTS["Bound"])
    proven = float(bound or 0.0) if said else math.nan
    wanted = figures(world, total, terms.get("revenue", 0.0), proven) | compared(world)
    wanted["Response time"] = response(world)
    check_summary(world, wanted, terms | saved(world, terms))
    check_changes(world)


def check_summary(world: World, wanted: Figures, terms: dict[str, float]) -> None:
    """Check every row of Summary, and that none is left out where it tells what its rows mean."""
    report, summary = world.report, world.plan.tables["Summary"]
    scale, seen = math.fsum(map(abs, terms.values())) * ROUNDED, set()
    right = {(name, ""): value for name, value in wanted.items()} | parted(world)
    right |= {(COST, term): money for term, money in terms.items() if term != "revenue"}
    whole = "Definition" in summary.texts
    rows = zip(summary.column("KPI"), summary.column("Value"), summary.lines, strict=True)
    for text, shown, line in rows:
        key = key_of(text, right)
        figure, value = right.get(key, math.nan), exact(shown)
        where = ("Summary", f"row {line}", *filter(None, key))
        seen.add(key)
        if key not in right:
            of_baseline = key[0] in PARTED and not shown and COLUMN in summary.texts
            if whole and not of_baseline:
                report.fail("total", *where, "no such figure")
        elif value is None or bool(shown) != math.isfinite(figure):
            report.fail("total", *where, shown or "is missing")
        elif shown:
            report.equal("total", float(value), figure, *where, terms=scale)
    zero = {key for key, value in right.items() if abs(value) <= report.tolerance}
    needed = {key for key in right if whole and (key not in zero or key[0] != COST)}
    needed -= {(name, "") for name in SOMETIMES if (name, "") in zero}
    for key in sorted((needed | {("Total cost", "")}) - seen):
        report.fail("total", "Summary", *filter(None, key), "is missing")


def parted(world: World) -> dict[Key, float]:
    """Return the key figures that have a value for each class or tier."""
    by_class = fills(world, world.plan.floats("Service", served(world)))[1]
    return by_class | forward_cover(world) | bullwhip(world)


def key_of(text: str, right: Iterable[Key]) -> Key:
    """Return the key figure, class or tier that a row of Summary names, or a cost term."""
    head, *rest = re.split("[:：]", text, maxsplit=1)
    if not rest:
        return words().choice(head, "|".join(one for one, part in right if not part)), ""
    name, part = words().choice(head, "|".join(PARTED)), rest[0].strip()
    if name == PARTED[0]:
        return name, part if (name, part) in set(right) else words().choice(part, "standard")
    if name in PARTED:
        return name, words().choice(part, "|".join(TIERS))
    return COST, words().choice(part, "|".join(term for one, term in right if one == COST))


def item(run_info: Table, names: set[str]) -> str:
    """Return the value of an item of RunInfo, blank where it is missing."""
    pairs = zip(run_info.column("Item"), run_info.column("Value"), strict=True)
    return next((value for name, value in pairs if bare(name) in names), "")


def check_hash(world: World, input_hash: str) -> None:
    """Check that RunInfo names the hash of the input that was read."""
    values = world.plan.tables["RunInfo"].column("Value")
    found = [match.group(1) for match in map(HASH.fullmatch, values) if match]
    if input_hash not in found:
        world.report.fail("hash", "RunInfo", *found or ["no hash"], "≠", input_hash)
