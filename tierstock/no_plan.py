"""What the console says where there is no plan."""

from typing import Any

from tierstock.console import Console

SHOWN_RULES = 5
"""Cells of hard rules named of each sheet."""
HARD = {
    "ServiceClasses": ("mode", ("must",)),
    "ServiceTargets": ("hardness", ("hard",)),
    "StockTargets": ("hardness", ("hard",)),
    "Budgets": ("hardness", ("hard",)),
    "Sourcing": ("rule", ("single", "dual", "priority", "ratio", "forbid")),
    "FixedPlan": ("rule", ("fix", "min", "max")),
}
"""Sheet -> the field that makes its rows hard, and the words that do."""
UNPRICED = {"UserRows": ("value", "penalty"), "Supply": ("min", "min_penalty")}
"""Sheet -> the field that states a rule, and the price without which it is hard."""


def tell_no_plan(console: Console, plan: Any, findings: Any, tables: Any) -> None:
    """Say why there is no plan; of a contradiction also the warnings and the hard rules.

    Args:
        console: where it speaks.
        plan: the plan without quantities.
        findings: what was found in the input.
        tables: the typed tables.
    """
    limit = f"{plan.network.settings.time_limit:g} s"
    code = {
        "infeasible": "contradiction",
        "time": "no-plan-time",
        "memory": "no-plan-memory",
        "user": "stopped-no-plan",
    }.get(plan.stopped, "crashed")
    if code == "contradiction":
        _tell_causes(console, findings)
    console.say(code, limit=limit, detail=plan.solution.detail)
    rules = hard_rules(tables)
    if code == "contradiction" and rules:
        console.say("hard-rules", listed="; ".join(rules))
    for note in plan.notes:
        console.line(note)


def _tell_causes(console: Console, findings: Any) -> None:
    """Write the warnings, those that can take away every plan first."""
    from tierstock.inputs.importance import BLOCKING, by_importance

    warnings = by_importance(findings.warnings)
    if not warnings:
        return
    console.say("perhaps" if warnings[0].code in BLOCKING else "warned")
    for finding in warnings:
        console.line(f"  {finding.say(console.language)}", style="yellow")


def hard_rules(tables: Any) -> list[str]:
    """Return the cells of all rows that must hold, one text per sheet: ``Budgets!A2, A3``."""
    from tierstock.inputs.schema import schema

    found = []
    for sheet in (*HARD, *UNPRICED):
        if not tables.has(sheet):
            continue
        table = tables.sheets[sheet]
        if sheet in HARD:
            field, words = HARD[sheet]
            default = schema().sheet(sheet).column(field).default
            word = table.frame[field].astype(str).replace("", default)
            hard = word.isin(words)
        else:
            field, price = UNPRICED[sheet]
            stated = table.frame[field]
            hard = stated.notna() & (stated != "") & (stated != 0.0) & table.frame[price].isna()
        rows = hard.to_numpy().nonzero()[0]
        if len(rows):
            cells = [table.cell(int(at), field) for at in rows[:SHOWN_RULES]]
            more = f" (+{len(rows) - SHOWN_RULES})" if len(rows) > SHOWN_RULES else ""
            found.append(f"{table.title}!{', '.join(cells)}{more}")
    return found
