"""Where in the results a deviation is: sheet and row."""

from tierstock.outputs.audit.plan import KEYS, Plan

SHEETS_OF = {
    "Inventory": (
        *("balance", "chain", "opening", "received", "purchased", "shipped", "issued", "moves"),
        *("places", "targets", "target figures", "life", "amounts"),
    ),
    "Service": ("demand", "service", "promise", "priorities", "places"),
    "Costs": ("costs", "terminal"),
    "Purchases": ("supply", "lots", "quotas", "amounts"),
    "CapacityUse": ("capacity", "use", "budgets", "amounts"),
    "TargetResults": ("service targets",),
    "Production": ("recipes", "lines"),
    "Cash": ("cash",),
    "SiteResults": ("sites",),
}
"""Sheets in which the deviation of a check may be, by sheet."""


def place_of(plan: Plan, check: str, where: tuple[str, ...], chinese: bool) -> str:
    """Return sheet and row of a deviation, its names where no row is about it."""
    if len(where) > 1 and where[0] in plan.tables and where[1].startswith("row "):
        return _row(plan, where[0], int(where[1].removeprefix("row ")), chinese)
    for sheet, checks in SHEETS_OF.items():
        if check in checks and (i := _found(plan, sheet, where)) >= 0:
            return _row(plan, sheet, plan.tables[sheet].lines[i], chinese)
    return " · ".join(part for part in where if part)


def _found(plan: Plan, sheet: str, where: tuple[str, ...]) -> int:
    """Return the row whose key the names begin with, blanks left out or not; -1 for none."""
    exact = where[: len(KEYS[sheet])]
    if exact in plan.keys[sheet]:
        return plan.keys[sheet].index(exact)
    named = [part for part in where if part and part != "*"]
    for i, key in enumerate(plan.keys[sheet]) if set(named) & plan.case.locations.keys() else ():
        parts = [part for part in key if part and part != "*"]
        if parts == named[: len(parts)]:
            return i
    return -1


def _row(plan: Plan, sheet: str, line: int, chinese: bool) -> str:
    title = plan.tables[sheet].title or sheet
    return f"{title} · 第 {line} 行" if chinese else f"{title} · row {line}"
