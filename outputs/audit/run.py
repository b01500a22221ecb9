"""One audit from start to end."""

from collections.abc import Callable
from pathlib import Path

from tierstock.outputs.audit.actions import check_actions
from tierstock.outputs.audit.amounts import check_amounts
from tierstock.outputs.audit.book import content_hash, read_grids, titles
from tierstock.outputs.audit.budgets import check_budgets
from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.cash import check_cash
from tierstock.outputs.audit.causes import check_causes
from tierstock.outputs.audit.charts import check_charts
from tierstock.outputs.audit.costs import (
    Ledger,
    add_cancelled,
    check_costs,
    ledger,
    shown_costs,
)
from tierstock.outputs.audit.fixed_plan import charge_changes, check_fixed_plan
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.front import check_front
from tierstock.outputs.audit.limits import check_capacity, check_lanes, check_supply
from tierstock.outputs.audit.lots import check_lots, check_quotas
from tierstock.outputs.audit.places import place_of
from tierstock.outputs.audit.plan import SHEETS, Plan
from tierstock.outputs.audit.priorities import check_priorities
from tierstock.outputs.audit.production import (
    charge_production,
    check_production,
    move_production,
)
from tierstock.outputs.audit.report import NAMES, AuditResult, Report
from tierstock.outputs.audit.returns import charge_returns, move_returns
from tierstock.outputs.audit.sales import charge_sales
from tierstock.outputs.audit.served import check_served
from tierstock.outputs.audit.service import check_service
from tierstock.outputs.audit.service_targets import (
    charge_service_targets,
    check_service_targets,
)
from tierstock.outputs.audit.shelf_life import charge_scrap, check_life
from tierstock.outputs.audit.sites import charge_sites, check_sites
from tierstock.outputs.audit.sourcing_checks import check_sourcing
from tierstock.outputs.audit.stamp import check_stamp, results_hash
from tierstock.outputs.audit.stock import check_stock
from tierstock.outputs.audit.substitutes import charge_substitutes, check_substitutes
from tierstock.outputs.audit.tariffs import charge_carbon, charge_tariffs
from tierstock.outputs.audit.terminal import add_terminal
from tierstock.outputs.audit.totals import check_hash, check_totals
from tierstock.outputs.audit.transfers import charge_moves, check_transfers
from tierstock.outputs.audit.undisturbed import undisturbed
from tierstock.outputs.audit.user_rows import charge_user_rows, check_user_rows
from tierstock.outputs.audit.values import bare, number
from tierstock.outputs.audit.vehicles import check_vehicles
from tierstock.outputs.audit.view import check_view
from tierstock.outputs.audit.words import Table, read_tables, sheets_of, tables_in, words

CHECKS: tuple[Callable[[World], None], ...] = (
    check_lanes,
    move_production,
    move_returns,
    check_life,
    check_stock,
    check_service,
    check_priorities,
    check_service_targets,
    check_supply,
    check_lots,
    check_quotas,
    check_capacity,
    check_production,
    check_vehicles,
    check_sites,
    check_substitutes,
    check_transfers,
    check_sourcing,
    check_fixed_plan,
    check_user_rows,
)
"""Checks in their order; what fills ``World.moves`` comes before the check of stock."""
CHARGES: tuple[Callable[[World, Ledger], None], ...] = (
    charge_production,
    charge_returns,
    charge_scrap,
    charge_substitutes,
    charge_moves,
    charge_changes,
    charge_sites,
    charge_tariffs,
    charge_carbon,
    charge_user_rows,
    charge_service_targets,
    charge_sales,
    check_cash,
    check_budgets,
)
"""Cost lines of further families, added to the ledger; budgets count what others have charged."""
CHINESE = {"总览", "成本构成", "库存轨迹"}


def audit(
    input_path: str | Path,
    plan_path: str | Path,
    tolerance: float | None = None,
    language: str | None = None,
) -> AuditResult:
    """Recompute a written plan from the input and the results alone.

    Args:
        input_path: workbook or folder of CSV files that was planned.
        plan_path: results workbook, or a folder of its sheets as CSV files.
        tolerance: |deviation| <= tolerance x max(1, |terms|); None = Settings audit_tolerance.
        language: ``en`` or ``zh`` for the names of the checks; None = that of the results.

    Returns:
        One line per check, in a fixed order.

    Raises:
        ValueError: a file is no workbook or holds what no plan may hold.
        OSError: a file cannot be read.
    """
    with undisturbed():
        return _audit(Path(input_path), Path(plan_path), tolerance, language)


def _audit(
    input_path: Path, plan_path: Path, tolerance: float | None, language: str | None
) -> AuditResult:
    inputs, grids = read_tables(input_path, "input"), read_grids(plan_path, set(titles(plan_path)))
    outputs = tables_in(grids, sheets_of(grids, "output", SHEETS))
    settings = read_settings(inputs, outputs)
    stated = {"decimal_point": "point"} | settings | read_settings(inputs, {})
    for table in inputs.values() if stated["decimal_point"] == "comma" else ():
        table.point_decimals()
    if tolerance is None:
        tolerance = number(settings.get("audit_tolerance", ""), default=1e-6)
    report = Report(tolerance)
    case = Case(inputs, settings)
    case.previous = previous_end(input_path, settings.get("previous_plan", ""))
    plan = Plan(outputs, case, report)
    world = World(plan.case, plan)
    input_hash = content_hash(input_path)
    for check in CHECKS:
        check(world)
    lines = ledger(world)
    for charge in CHARGES:
        charge(world, lines)
    shown = shown_costs(world)
    add_cancelled(world, lines, shown)
    add_terminal(world, lines)
    check_amounts(world)
    check_totals(world, check_costs(world, lines, shown))
    check_front(world)
    check_view(world, grids)
    check_causes(world)
    check_actions(world)
    check_served(world)
    check_charts(world, grids)
    check_hash(world, input_hash)
    language = language or ("zh" if CHINESE & grids.keys() else "en")
    stamps = [grids.pop(title) for title in sheets_of(grids, "output", ("Audit",))]
    plan_hash = results_hash(grids)
    stamped = check_stamp(report, stamps[0] if stamps else None, input_hash, plan_hash)
    report.locate(lambda check, where: place_of(plan, check, where, language == "zh"))
    checks = report.checks(language)
    passed = all(check.passed for check in checks)
    return AuditResult(passed, checks, input_hash, plan_hash, stamped)


def audit_stamp(input_path: str | Path, plan_path: str | Path, language: str = "en") -> AuditResult:
    """Hold input and results against the hashes in the sheet Audit alone; recompute nothing.

    Args:
        input_path: as for ``audit``.
        plan_path: as for ``audit``.
        language: ``en`` or ``zh`` for the names of the checks.

    Returns:
        The two checks of the hashes; they fail where the results carry none.
    """
    grids = read_grids(plan_path, set(titles(plan_path)))
    stamps = [grids.pop(title) for title in sheets_of(grids, "output", ("Audit",))]
    input_hash, plan_hash = content_hash(input_path), results_hash(grids)
    report = Report(0.0)
    stamp = stamps[0] if stamps else None
    stamped = check_stamp(report, stamp, input_hash, plan_hash, demanded=True)
    names = {NAMES[check][language == "zh"] for check in ("hash", "stamp")}
    checks = tuple(one for one in report.checks(language) if one.name in names)
    passed = all(one.passed for one in checks)
    return AuditResult(passed, checks, input_hash, plan_hash, stamped)


def previous_end(input_path: str | Path, name: str) -> dict[tuple[str, str], float]:
    """Return what a previous plan leaves in stock and under way, by location and product."""
    if not name:
        return {}
    folder = Path(input_path).absolute().parent
    near = [folder / name, folder / Path(name).name]
    path = next((path for path in near if path.exists()), Path(name))
    table = read_tables(path, "output", ("Inventory",))["Inventory"]
    found = {}
    for row in table.records():
        left = row.number("Closing", 0.0) + row.number("In Transit", 0.0)
        found[row.text("Location"), row.text("Product")] = left
    return found


def read_settings(inputs: dict[str, Table], outputs: dict[str, Table]) -> dict[str, str]:
    """Return the settings by English name; what RunInfo says was in force beats the input.

    RunInfo names them ``Setting: gap``; a run may be started with settings of its own.
    """
    book, found = words(), {}
    sheet, facts = inputs.get("Settings"), outputs.get("RunInfo")
    pairs: list[tuple[str, str]] = []
    if sheet is not None:
        pairs += zip(sheet.column("Setting"), sheet.column("Value"), strict=True)
    if facts is not None:
        stated = zip(facts.column("Item"), facts.column("Value"), strict=True)
        pairs += [
            (n.replace("：", ":").split(":")[-1], v) for n, v in stated if ":" in n or "：" in n
        ]
    for name, value in pairs:
        row = book.settings.get(bare(name))
        if row is not None:
            folded = book.choice(value, row["choices"]) if row["choices"] else value.strip()
            if folded:
                found[row["setting"]] = folded
    return found
