"""The bound of a large model, beside one LP in one piece: ``python -m benchmarks.bound``.

``one LP``: HiGHS on the model without whole numbers, seconds with and without handing it over.
``tierstock``: the log of ``solve`` on the model as it is; when its first bound came, when it first
came within 0.1 % of the optimum of the LP, how many times sooner that was than the LP, and the
bound then as a share of that optimum. Each in a process of its own; ``--bare`` also measures the LP
without any strengthening rows, whose bound is lower.
"""

import argparse
import json
import math
import time
from pathlib import Path

from benchmarks import chart
from benchmarks.harness import OUT, Row, in_process, load, machine, save, show
from benchmarks.solve import NEAR, first_bound
from benchmarks.solving import OURS, model, solved

LP, BARE_LP = "one LP", "one LP, bare model"
SHOWN = ("products", "kind", "seed", "way", "columns", "bound", "of_lp_pct", "first_s", "seconds")
MORE = ("highs_s", "sooner", "load")


def one(task: Row) -> Row:
    """Find the bound of one instance one way in this process."""
    from benchmarks.yardstick import yardstick

    net = yardstick(task["products"], task["kind"], task["seed"])
    if task["way"] == OURS:
        return solved(net, OURS, 1e-4, task["limit"], task["threads"]) | {"load": load()}
    from benchmarks.peers import highs
    from tierstock.solvers.compile import compile_model

    arrays = compile_model(model(net, strengthened=task["way"] == LP)).arrays
    began = time.perf_counter()
    solver = highs.loaded(arrays, whole=False)
    solver.setOptionValue("threads", task["threads"])
    optimum = highs.optimum(solver)
    return {
        "columns": arrays.columns,
        "bound": optimum,
        "seconds": time.perf_counter() - began,
        "highs_s": solver.getRunTime(),
        "load": load(),
    }


def ours(found: Row, lp: Row) -> Row:
    """Return the figures of our own way beside those of the LP."""
    if "note" in found:
        return found
    curve, optimum = found["curve"], lp.get("bound", math.inf)
    at = first_bound(curve, optimum)
    then = max((bound for moment, _, bound in curve if moment <= at), default=-math.inf)
    return {
        "columns": found["columns"],
        "bound": then,
        "of_lp_pct": 100 * then / optimum if math.isfinite(optimum) else math.nan,
        "first_s": min((one[0] for one in curve if math.isfinite(one[2])), default=math.inf),
        "seconds": at,
        "sooner": lp["seconds"] / at if "seconds" in lp and at > 0 else math.nan,
        "load": found["load"],
        "note": "" if math.isfinite(at) else f"never within {NEAR:.1%} of the LP",
    }


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bound", description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[20, 100])
    parser.add_argument("--kinds", nargs="+", default=["few", "many"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[2])
    parser.add_argument("--limit", type=float, default=180.0, help="seconds of our own way")
    parser.add_argument("--lp-limit", type=float, default=1800.0, help="seconds of the LP")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bare", action="store_true", help="also the LP of the bare model")
    parser.add_argument("--short", action="store_true", help="tiny, to see that it works")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.short:
        asked.products, asked.kinds, asked.limit = [2], ["none"], 3.0
    return asked


def main(words: list[str] | None = None) -> None:
    """Print the table, write it as CSV and draw the chart."""
    asked = parsed(words)
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    print(f"{machine()}\n{asked.threads} threads, our own way {asked.limit:g} s\n")
    rows: list[Row] = []
    for products in asked.products:
        for kind in asked.kinds:
            for seed in asked.seeds:
                facts = {"products": products, "kind": kind, "seed": seed}
                task = facts | {"limit": asked.limit, "threads": asked.threads}
                found = {
                    way: in_process("benchmarks.bound", task | {"way": way}, seconds)
                    for way, seconds in (
                        (LP, asked.lp_limit),
                        *([(BARE_LP, asked.lp_limit)] if asked.bare else []),
                        (OURS, 2 * asked.limit + 600),
                    )
                }
                found[OURS] = ours(found[OURS], found[LP])
                rows += [facts | {"way": way} | row for way, row in found.items()]
    show(rows, SHOWN + MORE)
    save(rows, asked.out / "bound.csv")
    done = [row for row in rows if math.isfinite(row.get("seconds", math.inf))]
    names = ["P = {products}, {kind}, {seed}: {way}".format(**row) for row in done]
    parts = {"seconds": [row["seconds"] for row in done]}
    chart.bars(asked.out / "bound.svg", names, parts, "seconds to the bound")


if __name__ == "__main__":
    main()
