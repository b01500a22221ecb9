"""From a workbook to an audited workbook, phase by phase: ``python -m benchmarks.whole``.

The yardstick is written once as a planner's workbook; each run reads, checks, builds, solves,
audits and writes it in a process of its own, by the functions ``tierstock plan`` calls. Two aims:
``gap``, a plan proven within the gap asked for; ``first``, the first plan there is, audited.

Columns: seconds of each phase and of all, the share of reading, checking, building and writing
(without and with the audit), how far the plan is from its bound, peak memory of the process and of
its solver. At the end the exponent of growth of each phase in the number of products.
"""

import argparse
import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import chart
from benchmarks.harness import (
    OUT,
    Row,
    forget_peak,
    growth,
    in_process,
    load,
    machine,
    peak_mb,
    save,
    show,
)

WATCHED = (
    ("read", "tierstock.inputs.inspection", "read_tables"),
    ("check", "tierstock.inputs.inspection", "assemble"),
    ("check", "tierstock.inputs.inspection", "without_knock_on"),
    ("tables", "tierstock.plan", "build_tables"),
    ("write", "tierstock.plan", "originals"),
    ("write", "tierstock.plan", "rules_in_effect"),
    ("write", "tierstock.plan", "write_draft"),
    ("audit", "tierstock.plan", "audited"),
)
"""Phase, and the function whose seconds it takes."""

PHASES = ("read", "check", "build", "solve", "tables", "write", "audit", "other")
SIDE = ("read", "check", "build", "tables", "write")
"""What stands beside the search; the goal is at most 15 % of all."""

SHOWN = ("products", "kind", "aim", *PHASES, "total_s", "side_pct", "side_audit_pct", "gap_pct")
MORE = ("peak_mb", "solver_mb", "load")
AIMS = ("first", "gap")


class Phases:
    """Seconds and peak memory of each phase; only the outermost one counts."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PHASES, 0.0)
        self.peaks = dict.fromkeys(PHASES, 0.0)
        self._inside = False

    @contextmanager
    def phase(self, name: str) -> Any:
        """Count what is done inside."""
        if self._inside:
            yield
            return
        self._inside = True
        forget_peak()
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - began
            self.peaks[name] = max(self.peaks[name], peak_mb())
            self._inside = False

    @contextmanager
    def watching(self) -> Any:
        """Count the functions of ``WATCHED`` while inside."""

        def watched(name: str, do: Callable[..., Any], *given: Any, **named: Any) -> Any:
            with self.phase(name):
                return do(*given, **named)

        with ExitStack() as stack:
            for name, module, function in WATCHED:
                do = getattr(importlib.import_module(module), function)
                call = partial(watched, name, do)
                stack.enter_context(mock.patch(f"{module}.{function}", call))
            yield


def one(task: Row) -> Row:
    """Plan a workbook in this process; return its figures."""
    from tierstock.inputs import inspect
    from tierstock.model import build_model
    from tierstock.solvers import launch
    from tierstock.solving import solve

    phases, file = Phases(), Path(task["file"])
    gap = 1e6 if task["aim"] == "first" else task["gap"]
    began = time.perf_counter()
    launch.prepare()  # as ``tierstock plan`` does
    with phases.watching():
        net = inspect(file).network
        if net is None:
            raise RuntimeError("the workbook has faults")
        with phases.phase("build"):
            m = build_model(net)
        with phases.phase("solve"):
            found = solve(
                m, gap=gap, time_limit=task["limit"], threads=task["threads"], progress=False
            )
        if found.quality == "none":
            return phases.seconds | {"note": f"no plan: {found.stopped}, {found.seconds:.0f} s"}
        result = found.save(file.with_suffix(".plan.xlsx"))
    total = time.perf_counter() - began
    phases.seconds["other"] = total - sum(phases.seconds.values())
    side = sum(phases.seconds[name] for name in SIDE)
    unit = 2**20 if sys.platform == "darwin" else 1024
    launch.close()  # what its processes used counts only once it has ended
    asked = task["aim"] == "gap" and found.gap > gap
    return {
        **phases.seconds,
        "total_s": total,
        "side_pct": 100 * side / total,
        "side_audit_pct": 100 * (side + phases.seconds["audit"]) / total,
        "gap_pct": 100 * found.gap,
        "peak_mb": max(phases.peaks.values()),
        **{f"peak_mb_{name}": peak for name, peak in phases.peaks.items()},
        "solver_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit,
        "load": load(),
        "audited": result.passed,
        "note": f"the gap was not reached in {task['limit']:g} s" if asked else "",
    }


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.whole", description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[20, 100])
    parser.add_argument("--kind", default="few", choices=["few", "many", "none"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", type=float, default=0.03)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds of the search")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--aims", nargs="+", choices=AIMS, default=list(AIMS))
    parser.add_argument("--short", action="store_true", help="tiny, to see that it works")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.short:
        asked.products, asked.kind, asked.limit = [1], "none", 10.0
        asked.aims = ["gap"]
    return asked


def run(asked: argparse.Namespace, products: int) -> list[Row]:
    """Write the workbook of one size and plan it with each aim."""
    from benchmarks.tables import tables_of, write
    from benchmarks.yardstick import yardstick

    file = asked.out / f"whole-{asked.kind}-{products}.xlsx"
    write(tables_of(yardstick(products, asked.kind, asked.seed)), file)
    rows: list[Row] = []
    for aim in asked.aims:
        task = {"file": str(file), "aim": aim, "gap": asked.gap}
        task |= {"limit": asked.limit, "threads": asked.threads}
        facts = {"products": products, "kind": asked.kind, "aim": aim}
        rows.append(facts | in_process("benchmarks.whole", task, 3 * asked.limit + 1800))
    return rows


def main(words: list[str] | None = None) -> None:
    """Print the tables, write them as CSV and draw the chart."""
    asked = parsed(words)
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    print(f"{machine()}\nseed {asked.seed}, {asked.threads} threads, gap {asked.gap:.1%}\n")
    rows = []
    for products in asked.products:
        rows += run(asked, products)
    show(rows, SHOWN + MORE)
    for aim in asked.aims:
        done = [row for row in rows if row["aim"] == aim and not row.get("note")]
        if len({row["products"] for row in done}) < 2:
            print(f"{aim}: no growth exponent, fewer than two sizes came to their aim")
            continue
        sizes = [row["products"] for row in done]
        told = [
            f"{name} {growth(sizes, [max(row[name], 1e-3) for row in done]):.2f}"
            for name in ("total_s", *PHASES)
        ]
        print(f"{aim}: growth exponents in the number of products: {', '.join(told)}")
    save(rows, asked.out / "whole.csv")
    done = [row for row in rows if "total_s" in row]
    names = [f"P = {row['products']}, {row['aim']}" for row in done]
    parts = {name: [row[name] for row in done] for name in PHASES}
    chart.bars(asked.out / "whole.svg", names, parts, "seconds")


if __name__ == "__main__":
    main()
