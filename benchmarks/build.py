"""From a network to a loaded solver, beside the usual Pyomo road: ``python -m benchmarks.build``.

Each way runs in a process of its own on the same yardstick network. Before anything is timed, both
models are compared: equal relaxed optimum on a small instance, else the run stops.

Columns of the table: seconds to build the Pyomo model, seconds from the model to the solver
(ours: compiled arrays given to HiGHS; idiomatic: Pyomo's own HiGHS interface), their sum, the
ratio to ours, peak memory of the process above what it held before, also per column of the model.
"""

import argparse
import csv
import json
import os
import platform
import resource
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

WAYS = ("tierstock", "idiomatic Pyomo")
HEADINGS = ("way", "products", "columns", "rows", "nonzeros", "build_s", "load_s", "total_s")
MORE = ("ratio", "peak_mb", "bytes_per_column", "load_average")


def peak_mb() -> float:
    """Return the most memory the process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def held_mb() -> float:
    """Return the memory the process holds now, MB (Linux; elsewhere the most it has held)."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return peak_mb()
    return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20


def ours(net):  # type: ignore[no-untyped-def]
    """Build with array-backed rows and hand the arrays to HiGHS."""
    import highspy
    import numpy as np

    from tierstock.model import build_model
    from tierstock.solvers.compile import compile_model

    began = time.perf_counter()
    m = build_model(net)
    built = time.perf_counter()
    arrays = compile_model(m).arrays
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    status = solver.passModel(
        arrays.columns,
        arrays.rows,
        arrays.nonzeros,
        2,
        1,
        arrays.offset,
        arrays.cost,
        arrays.lower,
        arrays.upper,
        arrays.row_lower,
        arrays.row_upper,
        arrays.starts,
        arrays.index,
        arrays.value,
        arrays.integer.astype(np.int32),
    )
    if status != highspy.HighsStatus.kOk:
        raise SystemExit(f"HiGHS refused the model: {status}")
    return m, solver, built - began, time.perf_counter() - built


def idiomatic(net):  # type: ignore[no-untyped-def]
    """Build with a rule per row and hand over through Pyomo's official interface."""
    from pyomo.contrib.solver.solvers.highs import Highs

    from benchmarks.idiomatic import idiomatic as build

    began = time.perf_counter()
    m = build(net)
    built = time.perf_counter()
    interface = Highs()
    interface.set_instance(m)
    return m, interface._solver_model, built - began, time.perf_counter() - built


def measure(way: str, products: int, kind: str, seed: int) -> dict[str, float | str]:
    """Run one way once and return its figures."""
    import highspy  # noqa: F401  imports are not what is measured

    import tierstock.model
    import tierstock.solvers.compile  # noqa: F401
    from benchmarks.yardstick import yardstick

    net = yardstick(products, kind, seed)
    before = held_mb()
    _, solver, build, load = (ours if way == WAYS[0] else idiomatic)(net)
    columns, rows, nonzeros = solver.getNumCol(), solver.getNumRow(), solver.getNumNz()
    peak = peak_mb() - before
    return {
        "way": way,
        "products": products,
        "columns": columns,
        "rows": rows,
        "nonzeros": nonzeros,
        "build_s": build,
        "load_s": load,
        "total_s": build + load,
        "peak_mb": peak,
        "bytes_per_column": peak * 2**20 / columns,
        "load_average": os.getloadavg()[0],
    }


def same_optimum(kind: str, seed: int) -> float:
    """Return the relaxed optimum both ways agree on; end the program where they do not.

    Without the rows that only cut off parts of trips, which the other way does not write.
    """
    import pyomo.environ as pyo
    from pyomo.contrib.solver.common.factory import SolverFactory

    from benchmarks.idiomatic import idiomatic as build
    from benchmarks.yardstick import yardstick
    from tierstock.model import build_model
    from tierstock.model.strength import Strength

    ours = partial(build_model, strength=Strength(windows=False, trucks=False))
    found = []
    for make in (ours, build):
        m = make(yardstick(2, kind, seed))
        pyo.TransformationFactory("core.relax_integer_vars").apply_to(m)
        found.append(SolverFactory("highs").solve(m).incumbent_objective)
    if abs(found[0] - found[1]) > 1e-6 * abs(found[0]):
        raise SystemExit(f"The two models differ: {found[0]} and {found[1]}.")
    return float(found[0])


def in_process(way: str, products: int, kind: str, seed: int) -> dict[str, float | str]:
    """Run ``measure`` in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.build", "--one", way]
    command += ["--products", str(products), "--kind", kind, "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print the table and write it as CSV."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[20, 100])
    parser.add_argument("--kind", default="many", choices=["few", "many", "none"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/build.csv"))
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.products[0], asked.kind, asked.seed)))
        return
    optimum = same_optimum(asked.kind, asked.seed)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}; equal relaxed optimum {optimum:,.2f}")
    rows = []
    for products in asked.products:
        runs: dict[str, list[dict[str, float | str]]] = {way: [] for way in WAYS}
        for turn in range(asked.repeats):
            for way in WAYS if turn % 2 == 0 else WAYS[::-1]:
                runs[way].append(in_process(way, products, asked.kind, asked.seed))
        for way in WAYS:
            best = sorted(runs[way], key=lambda run: run["total_s"])[asked.repeats // 2]
            rows.append(best)
        rows[-2]["ratio"] = 1.0
        rows[-1]["ratio"] = float(rows[-1]["total_s"]) / float(rows[-2]["total_s"])
    show(rows)
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADINGS + MORE)
        writer.writeheader()
        writer.writerows(rows)


def show(rows: list[dict[str, float | str]]) -> None:
    """Print the rows as an aligned table."""
    print(" ".join(f"{name:>16}" for name in HEADINGS + MORE))
    for row in rows:
        cells = []
        for name in HEADINGS + MORE:
            value = row[name]
            cells.append(f"{value:>16,.2f}" if isinstance(value, float) else f"{value:>16}")
        print(" ".join(cells))


if __name__ == "__main__":
    main()
