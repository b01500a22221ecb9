"""Replays of today's policy are plans: the independent audit finds nothing wrong with them.

::

    pytest -m slow -s tests/outputs/test_replay_proof.py

Random networks with recipes, lots, limits and classes, without what the replay says it leaves out
(ages, substitutes, sourcing, quotas, own constraints, credit, least fill) and without rules that
bind only a plan (fixed rows, targets, budgets, numbers of moves, sites to open). No replay may cost
less than the least that any plan can cost.
"""

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from random_networks import drawn
from small import tables

import tierstock as ts
from tierstock.audited import passing_rows
from tierstock.inputs.inspection import content_hash
from tierstock.inputs.reading.originals import originals
from tierstock.outputs import build_tables, write_draft
from tierstock.outputs.audit import audit
from tierstock.outputs.costs import totals
from tierstock.outputs.expand import expand
from tierstock.outputs.run_info import run_info
from tierstock.outputs.simulate import replay

SEEDS = 200
LEFT_OUT = {
    *("FixedPlan", "ServiceTargets", "Budgets", "UserRows", "Sourcing", "Substitutes", "Finance"),
    *("TransferRules", "Sites"),
}
UNTOLD = {
    *("Shelf Life", "Maturation", "Remaining Life", "Expiry Date", "Production Date"),
    *("Share Min", "Share Max", "Hardness", "Min Fill"),
}
LEVELS = ("objective", "objective_levels")
"""Settings with which a plan is not the cheapest."""
RULES = (
    {"Policy": "lot-for-lot"},
    {"Policy": "base-stock", "Parameter 1": 9},
    {"Policy": "min-max", "Parameter 1": 3, "Parameter 2": 12},
)


def replayed(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what became of a network, and the checks of the audit that its replay fails."""
    sheets: dict[str, Any] = {
        name: [{key: cell for key, cell in row.items() if key not in UNTOLD} for row in rows]
        for name, rows in drawn(seed).short.items()
        if rows and name not in LEFT_OUT
    }
    stated = [row for row in sheets.pop("Settings", []) if row["Setting"] not in LEVELS]
    sheets |= {"Settings": stated} if stated else {}
    sheets["Policy"] = [{"Location": "*", **RULES[seed % len(RULES)]}]
    try:
        net = ts.read(tables(**sheets))
    except ts.InputError:
        return "no network", []
    run = replay(net, "policy")
    if run.notes:
        return "told", []
    plan = ts.solve(ts.build(net), gap=0.0, threads=1, time_limit=20, progress=False)
    if plan.quality == "none":
        return "no plan", []
    cost = math.fsum(totals(expand(net, run.decisions)).values())
    assert cost >= plan.bound - 1e-6 * max(abs(cost), 1.0), (seed, cost, plan.bound)
    plan.stopped, plan.quality = "time", "feasible"
    plan.objective = plan.cost = cost
    plan.gap = (cost - plan.bound) / max(abs(cost), 1e-9)
    place = folder / str(seed)
    place.mkdir()
    for name, frame in tables(**sheets).items():
        frame.to_csv(place / f"{name}.csv", index=False)
    found = plan.facts(content_hash(place))
    made = build_tables(net, run.decisions, found, net.findings, baseline=plan.before)
    made = {**made, "RunInfo": run_info(found)}
    book = folder / f"{seed}.xlsx"
    write_draft(book, made, "en", originals(place), found, passing_rows("en"))
    failed = [check.name for check in audit(place, book).checks if not check.passed]
    return ("makes" if net.production is not None else "buys"), failed


@pytest.mark.slow
def test_replays_of_random_networks_pass_the_audit_of_plans(tmp_path: Path) -> None:
    ends, failed = Counter[str](), dict[int, list[str]]()
    for seed in range(SEEDS):
        end, wrong = replayed(seed, tmp_path)
        ends[end] += 1
        if wrong:
            failed[seed] = wrong
    print(f"\n{SEEDS} networks: {dict(ends)}; {len(failed)} fail the audit: {failed}")
    assert not failed
    assert ends["makes"] >= 10
