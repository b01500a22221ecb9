"""Plans over time, beside plain HiGHS on the same model: ``python -m benchmarks.solve``.

Each way runs in a process of its own on the same yardstick network, with the same threads and the
same limit. The table shows the gap of each way's plan to the best bound of both at several moments,
its own proven gap at the end, and when ours was as good as the last plan of plain HiGHS.
"""

import argparse
import csv
import json
import math
import os
import platform
import subprocess
import sys
from pathlib import Path

WAYS = ("tierstock", "highs")
MARKS = (5.0, 15.0, 30.0, 60.0, 120.0, 300.0)
Curve = list[tuple[float, float, float]]
"""Seconds, cost of the best plan, bound."""


def run(way: str, products: int, kind: str, seed: int, limit: float, threads: int) -> Curve:
    """Solve one instance in this process and return its curve."""
    from benchmarks.yardstick import yardstick
    from tierstock.model import build_model
    from tierstock.solvers import SolveOptions, solve

    m = build_model(yardstick(products, kind, seed))
    options = SolveOptions(
        gap=1e-4, time_limit_s=limit, threads=threads, solver="highs" if way == "highs" else "auto"
    )
    found = solve(m, options)
    return [(one.elapsed, one.incumbent, one.bound) for one in found.log] + [
        (found.seconds, found.objective, found.bound)
    ]


def in_process(asked: argparse.Namespace, way: str, products: int, kind: str, seed: int) -> Curve:
    """Run ``run`` in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.solve", "--one", way, "--products", str(products)]
    command += ["--kinds", kind, "--seeds", str(seed)]
    command += ["--limit", str(asked.limit), "--threads", str(asked.threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [(one[0], one[1], one[2]) for one in json.loads(done.stdout.splitlines()[-1])]


def best_until(curve: Curve, moment: float) -> float:
    """Return the cost of the best plan known at a moment, infinite before the first."""
    return min((cost for at, cost, _ in curve if at <= moment), default=math.inf)


def first_as_good(curve: Curve, cost: float) -> float:
    """Return when a curve first had a plan of this cost, infinite where never."""
    return min((at for at, found, _ in curve if found <= cost * (1 + 1e-9)), default=math.inf)


def row(curves: dict[str, Curve], way: str, limit: float) -> dict[str, float]:
    """Return the figures of one way."""
    bound = max(one[2] for curve in curves.values() for one in curve)
    mine, last = curves[way], best_until(curves["highs"], math.inf)
    costs = {mark: best_until(mine, mark) for mark in MARKS if mark <= limit}
    figures = {f"gap at {mark:g} s": 100 * (cost / bound - 1) for mark, cost in costs.items()}
    end, own = best_until(mine, math.inf), max(one[2] for one in mine)
    theirs = first_as_good(curves["highs"], last)
    return figures | {
        "own gap": 100 * (end - own) / end,
        "as good as HiGHS's last, s": first_as_good(mine, last),
        "times sooner": theirs / first_as_good(mine, last),
    }


def main() -> None:
    """Print the table and write it as CSV."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[20])
    parser.add_argument("--kinds", nargs="+", default=["few", "many"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[2, 3])
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/solve.csv"))
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        instance = asked.products[0], asked.kinds[0], asked.seeds[0]
        print(json.dumps(run(asked.one, *instance, asked.limit, asked.threads)))
        return
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {asked.threads} threads, {asked.limit:g} s each")
    rows: list[dict[str, object]] = []
    for products in asked.products:
        for kind in asked.kinds:
            for seed in asked.seeds:
                order = WAYS if seed % 2 else WAYS[::-1]
                curves = {w: in_process(asked, w, products, kind, seed) for w in order}
                for way in WAYS:
                    facts = {"products": products, "kind": kind, "seed": seed, "way": way}
                    rows.append(facts | row(curves, way, asked.limit))
                    print("  ".join(_shown(name, value) for name, value in rows[-1].items()))
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _shown(name: str, value: object) -> str:
    return f"{name} {value:.2f}" if isinstance(value, float) else f"{value}"


if __name__ == "__main__":
    main()
