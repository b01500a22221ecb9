"""Checks of totals, headline figures and hashes: Summary and RunInfo."""

import math
import re

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.tariffs import emissions
from tierstock.outputs.audit.values import bare, exact
from tierstock.outputs.audit.words import Table, words

OBJECTIVE = {"objective", "目标值", "目标函数值", "目标"}
HASH = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


def check_totals(world: World, terms: dict[str, float]) -> None:
    """Check that Costs, Summary and RunInfo tell one total: the sum of the recomputed terms."""
    plan, report = world.plan, world.report
    total = math.fsum(terms.values())
    scale = math.fsum(map(abs, terms.values()))
    shown = math.fsum(plan.numbers("Costs", "Amount"))
    report.equal("total", shown, total, "Costs", terms=scale)
    revenue = terms.get("revenue", 0.0)
    figures = {**_headline(world), "Total cost": total - revenue}
    figures |= {"Revenue": -revenue, "Profit": -total}
    seen = set()
    summary = plan.tables["Summary"]
    for i, text in enumerate(summary.column("KPI")):
        name = words().choice(text)
        value = exact(summary.column("Value")[i])
        if name in figures and value is not None and summary.column("Value")[i]:
            report.equal("total", float(value), figures[name], "Summary", name, terms=scale / 1e6)
            seen.add(name)
        term = words().choice(re.split("[:：]", text)[-1])
        if re.search("[:：]", text) and term in terms and value is not None:
            report.equal("total", float(value), terms[term], "Summary", term, terms=scale)
    if "Total cost" not in seen:
        report.fail("total", "Summary", "Total cost", "is missing")
    objective = item(plan.tables["RunInfo"], OBJECTIVE)
    value = exact(objective) if objective else None
    if value is None:
        report.fail("total", "RunInfo", "Objective", objective or "is missing")
    else:
        report.equal("total", float(value), total, "RunInfo", "Objective", terms=scale)


def _headline(world: World) -> dict[str, float]:
    """Return the key figures that are recomputed, by English name."""
    plan, prices = world.plan, world.prices
    last = len(world.horizon) - 1
    worth = [0.0] * (last + 1)
    for pair in plan.inventory:
        for t in range(last + 1):
            worth[t] += prices.value(*pair, t) * world.stock(pair, t)
    opening = world.case.opening.items()
    wanted = math.fsum(sum(s.wanted) for s in world.case.streams.values())
    table = plan.tables["Service"]
    served = math.fsum(plan.numbers("Service", "On Time" if "On Time" in table.texts else "Issued"))
    owed = [rows[last] for rows in plan.service.values() if rows[last] >= 0]
    transfers = [s for s in plan.shipments if world.lanes.kind(s.lane) == "transfer"]
    found = {
        "Lost units": math.fsum(plan.numbers("Service", "Lost")),
        "Owed at the end": math.fsum(float(plan.number("Service", "Backlog", i)) for i in owed),
        "Vehicle trips": math.fsum(plan.numbers("VehicleUse", "Trips")),
        "Stock value (average)": math.fsum(worth) / len(worth),
        "Stock value (end)": worth[-1],
        "Stock value (opening)": math.fsum(prices.value(*p, 0) * q for p, q in opening),
        "Shipments": float(len(plan.shipments)),
        "Transfers": float(len(transfers)),
        "Transfer quantity": math.fsum(ship.quantity for ship in transfers),
    }
    kilograms = emissions(world)
    if kilograms:
        found["Carbon emitted"] = math.fsum(kilograms.values())
    if world.case.rows("Finance") and world.plan.good["Cash"]:
        found["Cash minimum"] = min(plan.numbers("Cash", "Closing Cash"))
    if wanted > 0:
        found["Fill rate (units)"] = served / wanted
    return found


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
