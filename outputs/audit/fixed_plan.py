"""What FixedPlan fixes, bounds or prices, and periods that are frozen (F29, ruling 18)."""

from collections import defaultdict
from dataclasses import dataclass

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.demand import basis
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lanes import ROAD
from tierstock.outputs.audit.limits import FLOW
from tierstock.outputs.audit.production import runs
from tierstock.outputs.audit.values import flag, number
from tierstock.outputs.audit.words import Record

CHECK = "fixed plan"
Key = tuple[str, str, str, str, int]
"""From and mode, or recipe, then to and product, and the period; blank where not filled."""
SAME = 1e-6


@dataclass(frozen=True)
class _Line:
    row: Record
    rule: str
    quantity: float


def check_fixed_plan(world: World) -> None:
    """Check every row, the status of shipments, and what happens in frozen periods."""
    frozen = _frozen(world)
    lines, done = _lines(world, frozen), _done(world)
    for key, line in lines.items():
        found, where = done.get(key, 0.0), _where(world, key)
        if line.rule in ("fix", "min"):
            missing = line.quantity - found
            world.report.at_most(CHECK, missing, 0.0, *where, line.rule, terms=line.quantity)
        if line.rule in ("fix", "max"):
            world.report.at_most(CHECK, found, line.quantity, *where, line.rule)
    for key, units in done.items():
        origin, _, to, _, t = key
        bought = not origin and not key[1]
        follows = bought and not world.case.holds(to)
        if t in frozen and key not in lines and units > FLOW and not follows:
            least = world.supply.number("Min", to, key[3], t, 0.0) if bought else 0.0
            world.report.at_most(CHECK, units, least, *_where(world, key), "frozen")
    _check_status(world, lines, done)


def charge_changes(world: World, lines: Ledger) -> None:
    """plan change = penalty x units that differ from the reference."""
    done = _done(world)
    usual = world.case.settings.get("change_penalty") or "ladder"
    for (origin, mode, to, product, t), line in _lines(world, _frozen(world)).items():
        if line.rule == "reference":
            b = basis(world.case.products[product])
            price = 0.01 * b if usual == "ladder" else number(usual)
            price = line.row.number("Penalty", price)
            gap = abs(done.get((origin, mode, to, product, t), 0.0) - line.quantity)
            place = to if mode == RECIPE or not origin else origin
            lines["plan change", place, product, t] += price * gap


RECIPE = "\0recipe"
"""Stands for the mode where the first name is that of a recipe."""


def _frozen(world: World) -> set[int]:
    rows = world.case.rows("Periods")
    names = {row.text("Period") for row in rows if flag(row.text("Frozen"), False)}
    return {t for t, name in enumerate(world.horizon.ids) if name in names}


def _lines(world: World, frozen: set[int]) -> dict[Key, _Line]:
    """Rows inside the horizon by what they are about, with the rule in force."""
    found: dict[Key, _Line] = {}
    for row in world.case.rows("FixedPlan"):
        picked = world.case.of_period.ranked(row.text("Period"))
        if len(picked) != 1:
            continue
        t = world.plan.period(next(iter(picked)))
        to, product = row.text("To"), row.text("Product")
        origin, mode = row.text("From"), _mode(world, row)
        if row.text("Recipe"):
            origin, mode = row.text("Recipe"), RECIPE
        rule = "fix" if t in frozen else row.text("Rule") or "fix"
        found[origin, mode, to, product, t] = _Line(row, rule, row.number("Quantity", 0.0))
    return found


def _mode(world: World, row: Record) -> str:
    """The mode of a shipment: stated, else the only one of the lane, else road."""
    origin, to = row.text("From"), row.text("To")
    if not origin:
        return ""
    modes = {lane[2] for lane in world.lanes.entries if lane[:2] == (origin, to)}
    return row.text("Mode") or (modes.pop() if len(modes) == 1 else ROAD)


def _done(world: World) -> dict[Key, float]:
    """What the plan ships, buys and makes."""
    done: dict[Key, float] = defaultdict(float)
    for ship in world.plan.shipments:
        origin, to, mode = ship.lane
        done[origin, mode, to, ship.product, ship.t] += ship.quantity
    for (to, product), ordered in world.plan.purchases.items():
        for t, units in enumerate(ordered):
            if units:
                done["", "", to, product, t] += units
    for run in runs(world):
        key = (run.recipe.code, RECIPE, run.recipe.place, run.recipe.output, run.t)
        done[key] += run.quantity
    return done


def _where(world: World, key: Key) -> tuple[str, ...]:
    first, _, to, product, t = key
    return (f"{first} → {to}" if first else to), product, world.horizon.ids[t]


def _check_status(world: World, lines: dict[Key, _Line], done: dict[Key, float]) -> None:
    """A shipment of which FixedPlan speaks is fixed where it is as planned, else changed."""
    table = world.plan.tables["Shipments"]
    if "Status" not in table.texts:
        return
    shown = table.column("Status")
    for ship in world.plan.shipments:
        key = (ship.lane[0], ship.lane[2], ship.lane[1], ship.product, ship.t)
        if key in lines:
            asked = lines[key].quantity
            same = abs(done[key] - asked) <= SAME * max(1.0, abs(asked))
            wanted = "fixed" if same else "changed"
            if shown[ship.row] != wanted:
                where = _where(world, key)
                world.report.fail(CHECK, *where, f"Status {shown[ship.row]} ≠ {wanted}")
