"""Is our plan ever worse than plain HiGHS's, a bound ever wrong: ``python -m benchmarks.varied``.

Each of the varied instances is solved by each way in a process of its own, at the same time limit,
in another order each time. An instance is ``worse`` when our plan costs more than that of plain
HiGHS by more than 1e-6 of it, unless ours is proven within the gap asked for. A bound is wrong when
it lies above the cost of a plan that anybody found, optima that were proven among them; then the
command ends with code 1. ``--bare`` adds plain HiGHS on the model without any strengthening rows:
its plans check the rows as well.
"""

import argparse
import json
import math
from pathlib import Path

from benchmarks import chart
from benchmarks.harness import OUT, Row, in_process, load, machine, rotated, save, show
from benchmarks.instances import instances
from benchmarks.solving import BARE, OURS, PLAIN, solved

EXACT = 1e-6
"""Relative difference of costs that counts as none."""

SHOWN = ("instance", "seed", "columns", "integers", "cost", "bound", "gap_pct", "seconds")
THEIRS = ("their_cost", "their_bound", "their_gap_pct", "cheaper_pct", "winner", "bounds", "load")
SHORT = ("strength lots",)


def one(task: Row) -> Row:
    """Solve one instance one way in this process."""
    network = instances()[task["instance"]](task["seed"])
    found = solved(network, task["way"], task["gap"], task["limit"], task["threads"])
    return found | {"load": load()}


def compared(name: str, seed: int, found: dict[str, Row], gap: float) -> Row:
    """Return one row: ours beside plain HiGHS, who wins, and whether all bounds are right."""
    row: Row = {"instance": name, "seed": seed}
    notes = [f"{way}: {one['note']}" for way, one in found.items() if "note" in one]
    good = {way: one for way, one in found.items() if "note" not in one}
    ours, theirs = good.get(OURS), good.get(PLAIN)
    if ours is not None:
        row |= {key: ours[key] for key in ("columns", "integers", "cost", "bound", "seconds")}
        row["gap_pct"] = 100 * ours["gap"]
    if theirs is not None:
        row |= {"their_cost": theirs["cost"], "their_bound": theirs["bound"]}
        row["their_gap_pct"] = 100 * theirs["gap"]
    if BARE in good:
        row |= {"bare_cost": good[BARE]["cost"], "bare_bound": good[BARE]["bound"]}
    if ours is not None and theirs is not None:
        row |= judged(ours, theirs, gap)
    wrong = wrong_bounds(good)
    row["bounds"] = "WRONG" if wrong else "right" if good else "-"
    row["note"] = "; ".join(notes + wrong)
    return row


def judged(ours: Row, theirs: Row, gap: float) -> Row:
    """Return by how much our plan is cheaper, and who wins."""
    mine, other = ours["cost"], theirs["cost"]
    if math.isinf(mine) or math.isinf(other):
        winner = "nobody" if mine == other else OURS if mine < other else PLAIN
        return {"winner": winner, "worse": mine > other}
    same = abs(mine - other) <= EXACT * max(1.0, abs(other))
    cheaper = 100 * (other - mine) / max(1e-9, abs(other))
    winner = "same" if same else OURS if mine < other else PLAIN
    return {
        "cheaper_pct": cheaper,
        "winner": winner,
        "worse": winner == PLAIN and not ours["gap"] <= gap,
    }


def wrong_bounds(good: dict[str, Row]) -> list[str]:
    """Return a sentence for each bound above the cost of a plan that was found."""
    best = min((one["cost"] for one in good.values()), default=math.inf)
    if math.isinf(best):
        return []
    most = best + EXACT * max(1.0, abs(best))
    return [
        f"the bound of {way} is {one['bound']:,.6f}, a plan costs {best:,.6f}"
        for way, one in good.items()
        if one["bound"] > most
    ]


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.varied", description=__doc__)
    parser.add_argument("--instances", nargs="+", choices=list(instances()), metavar="NAME")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds of one solve")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bare", action="store_true", help="also without strengthening rows")
    parser.add_argument("--short", action="store_true", help="tiny, to see that it works")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.short:
        asked.instances, asked.limit = list(SHORT), 2.0
    return asked


def main(words: list[str] | None = None) -> int:
    """Print the table, write it as CSV, draw the chart; return 1 where a bound is wrong."""
    asked = parsed(words)
    if asked.one:
        print(json.dumps(one(asked.one)))
        return 0
    print(f"{machine()}\n{asked.limit:g} s each, {asked.threads} threads, gap {asked.gap:g}\n")
    ways = [OURS, PLAIN, *([BARE] if asked.bare else [])]
    rows: list[Row] = []
    for name in asked.instances or instances():
        for seed in asked.seeds:
            found: dict[str, Row] = {}
            for way in rotated(ways, len(rows)):
                task = {"instance": name, "seed": seed, "way": way, "gap": asked.gap}
                task |= {"limit": asked.limit, "threads": asked.threads}
                found[way] = in_process("benchmarks.varied", task, 2 * asked.limit + 300)
            row = compared(name, seed, found, asked.gap) | {"load": load()}
            rows.append(row)
            print(f"{name}, seed {seed}: {row.get('winner', '-')} {row['note']}", flush=True)
    print()
    show(rows, SHOWN + THEIRS)
    both = [row for row in rows if "winner" in row]
    count = {
        who: sum(row["winner"] == who for row in both) for who in (OURS, "same", PLAIN, "nobody")
    }
    worse, wrong = (sum(map(bool, one)) for one in zip(*map(_faults, rows), strict=True))
    print(f"\n{len(both)} compared: " + ", ".join(f"{who} {n}" for who, n in count.items()))
    failed = len(rows) - len(both)
    print(f"worse than plain HiGHS: {worse}; wrong bounds: {wrong}; failed: {failed}")
    save(rows, asked.out / "varied.csv")
    drawn = [row for row in both if "cheaper_pct" in row]
    names = [f"{row['instance']}, {row['seed']}" for row in drawn]
    parts = {"our plan is cheaper by": [row["cheaper_pct"] for row in drawn]}
    chart.bars(asked.out / "varied.svg", names, parts, "% of the cost of plain HiGHS's plan")
    return 1 if wrong else 0


def _faults(row: Row) -> tuple[bool, bool]:
    return bool(row.get("worse")), row["bounds"] == "WRONG"


if __name__ == "__main__":
    raise SystemExit(main())
