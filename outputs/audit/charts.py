"""Figures that the charts are drawn from: each is recomputed from the plan."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.grid import Grid
from tierstock.outputs.audit.plan import BUDGETS
from tierstock.outputs.audit.values import bare, finite
from tierstock.outputs.audit.words import words

SHEET = ("charts", "图表")
"""The sheet in either language."""
TITLES = {
    "stock": ("stockbytierattheendofeachperiod", "各层级期末库存"),
    "costs": ("costbyterm", "各项成本"),
    "capital": ("capitaltiedupattheendofeachperiod", "各期末资金占用"),
    "capacity": ("capacityuse,fullestperiodofeachlimit", "各项能力的最高利用率"),
    "service": ("fillratebyplaceandperiod", "各地点各期满足率"),
}
"""What stands above the figures of each chart begins with it."""
TIERS = "supplier|plant|CDC|RDC|store|ecom|customer"
TARGET = ("target(safetystock)", "目标(安全库存)")
HELD = ("capital", "资金占用")
PLAN = ("plan", "计划")
COST = ("cost", "成本")
"""What the names of cost terms in Summary begin with."""
OTHERS = ("otherterms", "其他成本项")
ALL = ("allplaces", "全部地点")
CAP = (("cap ", ""), ("", " 上限"))
USED = (("use of ", ""), ("", " 占用"))
"""What stands before and behind the name of a cap, in English and Chinese."""
MOST_LIMITS, MOST_PLACES, MOST_CAPS = 12, 15, 3
SAME = 1e-9
KEYS = ("Location", "Zone", "From", "To", "Kind", "Dimension")
Numbers = dict[str, dict[str, float]]
"""Item -> series -> figure."""


@dataclass
class Block:
    """Figures of a chart as they stand in the sheet."""

    world: World
    name: str
    heads: list[str]
    figures: Numbers

    def fail(self, *where: object) -> None:
        """Report a figure or heading that should not be, or is not, there."""
        self.world.report.fail("total", "Charts", self.name, *where)

    def compare(self, item: str, series: str, wanted: float) -> None:
        """Compare a figure; not a number where none is wanted."""
        shown = self.figures.get(item, {}).get(series, math.nan)
        where = (self.name, item, series)
        if math.isnan(shown) != math.isnan(wanted):
            self.fail(item, series, "is missing" if math.isnan(shown) else shown)
        elif not math.isnan(shown):
            self.world.report.equal("total", shown, wanted, "Charts", *where)

    def over_time(self, series: str, wanted: Iterable[float]) -> None:
        """Compare a series that has a figure in each period."""
        for period, value in zip(self.world.horizon.ids, wanted, strict=True):
            self.compare(period, series, value)

    def series(self, names: tuple[str, ...]) -> str:
        """Return the heading of a series of one name per language, blank for none."""
        return next((head for head in self.heads if bare(head) in names), "")


def check_charts(world: World, grids: Mapping[str, Grid]) -> None:
    """Compare the sheet with a recomputation; a plan without the sheet passes."""
    grid = next((grid for title, grid in grids.items() if bare(title) in SHEET), None)
    if grid is None:
        return
    for cell in grid.formulas:
        world.report.fail("numbers", grid.title, cell, "formula")
    checks: dict[str, Callable[[Block], None]] = {
        "stock": _stock,
        "costs": _costs,
        "capital": _capital,
        "capacity": _capacity,
        "service": _service,
    }
    found = {block.name: block for block in _blocks(world, grid)}
    for name, check in checks.items():
        check(found.get(name) or Block(world, name, [], {}))


def _blocks(world: World, grid: Grid) -> Iterable[Block]:
    """Find the figures of each chart: below its title, the headings, then the items."""
    rows = dict(grid.rows)
    for line, cells in grid.rows:
        for at, text in enumerate(cells):
            starts = ((name, one) for name, both in TITLES.items() for one in both)
            name = next((name for name, one in starts if text and bare(text).startswith(one)), "")
            if name:
                below = [n for n in (line + 1, line + 2) if any(rows.get(n, [])[at + 1 : at + 2])]
                yield _block(world, name, rows, below[0] if below else line, at)


def _block(world: World, name: str, rows: Mapping[int, list[str]], top: int, at: int) -> Block:
    heads: list[str] = []
    for text in rows[top][at + 1 :]:
        if not text:
            break
        heads.append(text)
    block, line = Block(world, name, heads, {}), top + 1
    while len(cells := rows.get(line, [])) > at and cells[at]:
        if cells[at] in block.figures:
            block.fail(f"row {line}", cells[at], "is double")
        figures = block.figures.setdefault(cells[at], {})
        for head, text in zip(heads, cells[at + 1 :], strict=False):
            value = finite(text) if text else math.nan
            if value is None:
                block.fail(f"row {line}", text)
            else:
                figures[head] = value
        line += 1
    return block


def _stock(block: Block) -> None:
    world = block.world
    tier_of = {code: row.text("Tier") for code, row in world.case.locations.items()}
    worth: dict[str, list[float]] = defaultdict(world.plan.nothing)
    target = world.plan.nothing()
    for pair, rows in world.plan.inventory.items():
        values = world.prices.values(pair)
        for t, i in enumerate(rows):
            if i >= 0:
                worth[tier_of[pair[0]]][t] += values[t] * world.plan.closing[pair][t]
                target[t] += values[t] * world.plan.number("Inventory", "Target", i)
    heads = {words().choice(head, TIERS): head for head in block.heads}
    for tier, row in worth.items():
        if tier in heads or any(abs(one) > world.report.tolerance for one in row):
            block.over_time(heads.get(tier, tier), row)
    head = block.series(TARGET)
    if head or any(target):
        block.over_time(head, target)
    known = {*worth, *TARGET}
    for word, head in heads.items():
        if word not in known and bare(head) not in known:
            block.fail(head)


def _costs(block: Block) -> None:
    summary = block.world.plan.tables["Summary"]
    names = [text.replace("：", ":") for text in summary.column("KPI")]
    terms: Numbers = {}
    for i, name in enumerate(names):
        if bare(name.split(":", 1)[0]) in COST and ":" in name:
            pair = [finite(summary.column(one)[i] or "0") or 0.0 for one in ("Value", "Baseline")]
            terms[bare(name.split(":", 1)[1])] = dict(zip(("plan", "before"), pair, strict=True))
    other = [head for head in block.heads if bare(head) not in PLAN]
    shown = {bare(item) for item in block.figures}
    rest = [both for name, both in terms.items() if name not in shown]
    heads = {block.series(PLAN) or "plan": "plan"} | dict.fromkeys(other, "before")
    for head, side in heads.items():
        if any(both[side] for both in terms.values()) or head in other:
            left = math.fsum(both[side] for both in rest)
            for item in block.figures:
                if bare(item) in OTHERS:
                    block.compare(item, head, left)
                    left = 0.0
                elif bare(item) in terms:
                    block.compare(item, head, terms[bare(item)][side])
                else:
                    block.fail(item)
            if abs(left) > block.world.report.tolerance:
                block.fail(head, "terms are missing", left)


def _capital(block: Block) -> None:
    world = block.world
    pairs: set[Pair] = {*world.plan.closing, *world.way, *world.case.blocked}
    held = world.plan.nothing()
    for pair in pairs:
        values, blocked = world.prices.values(pair), world.case.blocked.get(pair, 0.0)
        for t, value in enumerate(values):
            held[t] += value * (world.stock(pair, t) + blocked + world.on_the_way(pair, t))
    head = block.series(HELD)
    if head or any(held):
        block.over_time(head, held)
    caps = _caps(world)
    known = {head}
    for name, sides in caps.items():
        for side, both in enumerate((CAP, USED)):
            for before, behind in both:
                if (said := f"{before}{name}{behind}") in block.heads:
                    known.add(said)
                    block.over_time(said, sides[side])
    limits = sum(f"{a}{name}{b}" in known for name in caps for a, b in CAP)
    if limits < min(MOST_CAPS, len(caps)):
        block.fail("caps are missing")
    for head in block.heads:
        if head not in known:
            block.fail(head)


def _caps(world: World) -> dict[str, tuple[list[float], list[float]]]:
    """Limit and use by period of each cap on all capital."""
    use = world.plan.tables["CapacityUse"]
    columns = [use.column(name) for name in ("Kind", "Location", "To", "From", "Period")]
    caps: dict[str, tuple[list[float], list[float]]] = {}
    for i, (kind, location, to, name, period) in enumerate(zip(*columns, strict=True)):
        if kind == "capital" and not location and not to:
            blank = [math.nan] * len(world.horizon)
            sides = caps.setdefault(name, (blank[:], blank[:]))
            for side, column in zip(sides, ("Limit", "Used"), strict=True):
                side[world.plan.period(period)] = world.plan.number("CapacityUse", column, i)
    return caps


def _capacity(block: Block) -> None:
    use = block.world.plan.tables["CapacityUse"]
    columns = [use.column(name) for name in (*KEYS, "Period")]
    shares: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for i, (*key, period) in enumerate(zip(*columns, strict=True)):
        limit = block.world.plan.number("CapacityUse", "Limit", i)
        if key[4] not in BUDGETS and limit > 0:
            used = block.world.plan.number("CapacityUse", "Used", i)
            shares[tuple(key)][period] = max(used / limit, shares[tuple(key)].get(period, -1e99))
    fullest = sorted((max(one.values()) for one in shares.values()), reverse=True)[:MOST_LIMITS]
    if len(fullest) != len(block.figures):
        block.fail(len(block.figures), "≠", len(fullest))
    for (item, figures), wanted in zip(block.figures.items(), fullest, strict=False):
        (shown,) = figures.values() or (math.nan,)
        block.world.report.equal("total", shown, wanted, "Charts", block.name, item)
        named = [used for key, one in shares.items() for used in _named(key, one, item)]
        if not any(abs(one - shown) <= SAME * max(1.0, shown) for one in named):
            block.fail(item)


def _named(key: tuple[str, ...], shares: Mapping[str, float], item: str) -> Iterable[float]:
    """Use of a limit in the periods an item can speak of: it begins with the place, else ends."""
    location, _, origin, to = key[:4]
    ends = f"{origin} → {to}" if to else origin
    where = location if location not in ("", "*") else ends
    if item.startswith(f"{where} · "):
        yield from (used for period, used in shares.items() if item.endswith(f" · {period}"))


def _service(block: Block) -> None:
    world = block.world
    column = "On Time" if "On Time" in world.plan.tables["Service"].texts else "Issued"
    wanted: dict[str, list[float]] = defaultdict(world.plan.nothing)
    served: dict[str, list[float]] = defaultdict(world.plan.nothing)
    for (location, *_), rows in world.plan.service.items():
        for t, i in enumerate(rows):
            if i >= 0:
                wanted[location][t] += world.plan.number("Service", "Demand", i)
                served[location][t] += world.plan.number("Service", column, i)
    missing = {one: math.fsum(row) - math.fsum(served[one]) for one, row in wanted.items()}
    missing = {one: units for one, units in missing.items() if any(wanted[one])}
    shown = [item for item in block.figures if bare(item) not in ALL]
    most = sorted(missing.values(), reverse=True)[: len(shown)]
    for item, units in zip(shown, most, strict=False):
        world.report.equal("total", missing.get(item, math.nan), units, "Charts", item)
    if len(shown) != min(MOST_PLACES, len(missing)):
        block.fail(len(shown), "places")
    spans = {head: _span(world, head) for head in block.heads}
    told = [t for span in spans.values() for t in span]
    asked_in = {t for row in wanted.values() for t, units in enumerate(row) if units > 0}
    if len(told) != len(set(told)) or not asked_in <= set(told):
        block.fail("periods")
    for item in block.figures:
        members = list(wanted) if bare(item) in ALL else [item]
        for head, span in spans.items():
            asked = math.fsum(wanted[one][t] for one in members for t in span)
            met = math.fsum(served[one][t] for one in members for t in span)
            block.compare(item, head, met / asked if asked > 0 else math.nan)


def _span(world: World, head: str) -> range:
    """Return the periods of a column of the heat map, ``W01`` or ``W01–W02``."""
    ids = list(world.horizon.ids)
    if head in ids:
        return range(ids.index(head), ids.index(head) + 1)
    for at, first in enumerate(ids):
        last = head.removeprefix(f"{first}–")
        if last != head and last in ids:
            return range(at, ids.index(last) + 1)
    return range(0)
