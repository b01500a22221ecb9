"""Plans over time, beside plain HiGHS on the same model: ``python -m benchmarks.solve``.

Each way runs in a process of its own on the same yardstick network, with the same threads and the
same limit, in another order each time. ``--peers`` adds SCIP and CBC on the same arrays.

Columns: seconds of the first plan; the gap of the plan at several moments to the best bound that
anybody proved (``common``); the own gap at the end; the primal integral (the mean of that gap over
the time limit, 100 % while there is no plan); when a plan was as good as the last one of plain
HiGHS, and as its plan of 60 s, and how many times sooner than HiGHS had it; when the bound first
came within 0.1 % of the LP bound (``--no-lp`` leaves that out). What never came is ``never``.
"""

import argparse
import json
import math
from importlib.util import find_spec
from pathlib import Path

from benchmarks import chart
from benchmarks.harness import OUT, Row, in_process, load, machine, rotated, save, show
from benchmarks.solving import OURS, PLAIN, WAYS, model, solved

MARKS = (5.0, 15.0, 30.0, 60.0, 120.0, 300.0)
REFERENCE_S = 60.0
"""The plan of plain HiGHS after so many seconds is what "sooner" refers to."""

NEAR = 1e-3
"""A bound this close to the LP bound counts as having it."""

PEERS = {"SCIP": "pyscipopt", "CBC": "pulp"}
"""Other solvers, and the package each needs."""

Curve = list[tuple[float, float, float]]
"""Seconds, cost of the best plan, bound."""

INSTANCE = ("products", "kind", "seed")
SHOWN = ("way", "first_plan_s", "own_gap_pct", "primal_integral_pct")
SOONER = ("as_their_last_s", "sooner_last", "as_their_60_s", "sooner_60", "lp_bound_s", "load")


def one(task: Row) -> Row:
    """Solve one instance one way in this process."""
    from benchmarks.yardstick import yardstick

    way = task["way"]
    if way in PEERS and find_spec(PEERS[way]) is None:
        return {"note": f"not installed: {PEERS[way]}"}
    net = yardstick(task["products"], task["kind"], task["seed"])
    if way in WAYS:
        return solved(net, way, task["gap"], task["limit"], task["threads"]) | {"load": load()}
    from benchmarks.peers import highs, other_solvers
    from tierstock.solvers.compile import compile_model

    arrays = compile_model(model(net)).arrays
    if way == "LP":
        return {"optimum": highs.optimum(highs.loaded(arrays, whole=False))}
    curve = other_solvers.SOLVERS[way](arrays, task["gap"], task["limit"], task["threads"])
    return {"curve": curve, "load": load()}


def best_until(curve: Curve, moment: float) -> float:
    """Return the cost of the best plan known at a moment, infinite before the first."""
    return min((cost for at, cost, _ in curve if at <= moment), default=math.inf)


def first_as_good(curve: Curve, cost: float) -> float:
    """Return when a curve first had a plan of this cost, infinite where never."""
    if math.isinf(cost):
        return math.inf
    return min((at for at, found, _ in curve if found <= cost + 1e-9 * abs(cost)), default=math.inf)


def first_bound(curve: Curve, bound: float) -> float:
    """Return when a curve first had a bound within 0.1 % of one, infinite where never."""
    least = bound - NEAR * abs(bound)
    return min((at for at, _, found in curve if found >= least), default=math.inf)


def gap_to(cost: float, bound: float) -> float:
    """Return the distance of a cost above a bound in percent, at most 100."""
    if math.isinf(cost):
        return 100.0
    return min(100.0, 100 * (cost - bound) / max(1e-9, abs(cost)))


def primal_integral(curve: Curve, bound: float, limit: float) -> float:
    """Return the mean gap of the best plan to a bound over the time limit, in percent."""
    area, since, cost = 0.0, 0.0, math.inf
    for at, found, _ in sorted(curve):
        until = min(at, limit)
        area += (until - since) * gap_to(cost, bound)
        since, cost = until, min(cost, found)
    return (area + (limit - since) * gap_to(cost, bound)) / limit


def times_sooner(mine: float, theirs: float) -> float:
    """Return how many times sooner; not a number where neither had such a plan."""
    if math.isinf(mine):
        return math.nan if math.isinf(theirs) else 0.0
    return theirs / max(mine, 1e-9)


def figures(curves: dict[str, Curve], way: str, limit: float, lp: float | None) -> Row:
    """Return the figures of one way; ``curves`` holds every way that came to an end."""
    mine, theirs = curves[way], curves.get(PLAIN, [])
    common = max(one[2] for curve in curves.values() for one in curve)
    cost, own = best_until(mine, math.inf), max(one[2] for one in mine)
    found: Row = {
        "first_plan_s": min((at for at, one, _ in mine if math.isfinite(one)), default=math.inf),
        "cost": cost,
        "bound": own,
        "common_bound": common,
        "own_gap_pct": gap_to(cost, own),
        "primal_integral_pct": primal_integral(mine, common, limit),
    }
    for mark in marks(limit):
        found[f"at_{mark:g}_s"] = gap_to(best_until(mine, mark), common)
        known = max((one[2] for one in mine if one[0] <= mark), default=-math.inf)
        found[f"own_at_{mark:g}_s"] = gap_to(best_until(mine, mark), known)
    for name, moment in (("last", math.inf), ("60", REFERENCE_S)):
        plan = best_until(theirs, moment)
        at = first_as_good(mine, plan)
        found[f"as_their_{name}_s"] = at
        found[f"sooner_{name}"] = times_sooner(at, first_as_good(theirs, plan))
    return found if lp is None else found | {"lp_bound_s": first_bound(mine, lp)}


def marks(limit: float) -> list[float]:
    """Return the moments that are looked at."""
    return [mark for mark in MARKS if mark <= limit] or [limit]


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.solve", description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[20])
    parser.add_argument("--kinds", nargs="+", default=["few", "many"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[2, 3])
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), default=[])
    parser.add_argument("--no-lp", action="store_true", help="without the LP bound")
    parser.add_argument("--short", action="store_true", help="tiny, to see that it works")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.short:
        asked.products, asked.kinds, asked.seeds, asked.limit = [2], ["none"], [2], 3.0
    return asked


def compared(asked: argparse.Namespace, instance: Row, turn: int) -> tuple[list[Row], Row]:
    """Solve one instance in all ways; return the rows of the table and the curves."""
    limit = 3 * asked.limit + 600
    task = instance | {"gap": asked.gap, "limit": asked.limit, "threads": asked.threads}
    found = {
        way: in_process("benchmarks.solve", task | {"way": way}, limit)
        for way in rotated([OURS, PLAIN, *asked.peers], turn)
    }
    lp = {} if asked.no_lp else in_process("benchmarks.solve", task | {"way": "LP"}, limit)
    curves = {way: one["curve"] for way, one in found.items() if one.get("curve")}
    rows = []
    for way in (OURS, PLAIN, *asked.peers):
        row = instance | {"way": way, "note": found[way].get("note", "")}
        if way in curves:
            row |= figures(curves, way, asked.limit, lp.get("optimum"))
            row["load"] = found[way]["load"]
        rows.append(row | {"lp_bound": lp.get("optimum")})
    return rows, curves


def main(words: list[str] | None = None) -> None:
    """Print the table, write it and the curves as CSV, draw the chart."""
    asked = parsed(words)
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    print(f"{machine()}\n{asked.threads} threads, {asked.limit:g} s each, gap {asked.gap:g}\n")
    instances = [
        {"products": products, "kind": kind, "seed": seed}
        for products in asked.products
        for kind in asked.kinds
        for seed in asked.seeds
    ]
    names = [f"at_{mark:g}_s" for mark in marks(asked.limit)]
    shown = (*INSTANCE, *SHOWN[:2], *names, *SHOWN[2:], *SOONER)
    rows: list[Row] = []
    course: list[Row] = []
    panels: dict[str, chart.Series] = {}
    for turn, instance in enumerate(instances):
        found, curves = compared(asked, instance, turn)
        show(found, shown)
        rows += found
        for way, curve in curves.items():
            points = [dict(zip(("seconds", "cost", "bound"), one, strict=True)) for one in curve]
            course += [instance | {"way": way} | point for point in points]
        panels["P = {products}, {kind}, seed {seed}".format(**instance)] = {
            name: line for way, curve in curves.items() for name, line in _lines(way, curve)
        }
    save(rows, asked.out / "solve.csv")
    save(course, asked.out / "solve-curves.csv")
    chart.lines(asked.out / "solve.svg", panels, ("seconds", "cost and bound"), steps=True)


def _lines(way: str, curve: Curve) -> list[tuple[str, tuple[list[float], list[float]]]]:
    """Return the lines of a chart: costs, and bounds that are not far off."""
    plans = [(at, best_until(curve, at)) for at, *_ in curve]
    plans = [one for one in plans if math.isfinite(one[1])]
    least = 0.5 * plans[-1][1] if plans else -math.inf
    bounds = [(at, bound) for at, _, bound in curve if bound > max(least, -1e300)]
    named = ((f"{way}, plan", plans), (f"{way}, bound", bounds))
    return [(name, ([x for x, _ in one], [y for _, y in one])) for name, one in named if one]


if __name__ == "__main__":
    main()
