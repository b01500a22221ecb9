"""From a network to a loaded solver, beside other ways: ``python -m benchmarks.build``.

Each way runs in a process of its own on the same yardstick network, in another order each time.
Before anything is timed the models are compared: equal relaxed optimum on a small instance, else
the run stops. All peers write the plain formulation; ours has its strengthening rows as well.

Columns of the table: size of the model, median seconds to build it, from the model to the solver,
and together with their range; CPU seconds per second; how many times our seconds and those of the
floor (numpy straight to HiGHS); peak memory above what the process held before; load average.
No ratio is printed where CPU / wall is below 0.9: the machine was then busy with other things.
At the end ours alone is built in growing sizes, and the exponent of growth is fitted.
"""

import argparse
import importlib
import json
from importlib.util import find_spec
from pathlib import Path

from benchmarks import chart
from benchmarks.harness import (
    BUSY,
    OUT,
    Row,
    growth,
    in_process,
    load,
    machine,
    middle,
    rotated,
    save,
    show,
    spending,
    spread,
)
from benchmarks.peers import FLOOR, OURS, PEERS, Loaded

SIZE = ("columns", "rows", "nonzeros")
SHOWN = ("way", "products", *SIZE, "build_s", "load_s", "total_s", "range_s", "cpu_per_wall")
MORE = ("x_ours", "x_floor", "peak_mb", "bytes_per_column", "load")
GROWTH = (20, 50, 100, 200, 400)
EQUAL = 1e-6


def one(task: Row) -> Row:
    """Load one network in one way in this process; return its figures."""
    module, package = PEERS[task["way"]]
    if find_spec(package) is None:
        return {"note": f"not installed: {package}"}
    way = importlib.import_module(f"benchmarks.peers.{module}")
    from benchmarks.yardstick import yardstick

    net = yardstick(task["products"], task["kind"], task["seed"])
    if task["relaxed"]:
        return {"optimum": way.load(net, whole=False).optimum()}
    with spending() as spent:
        loaded: Loaded = way.load(net)
    return {
        **{name: getattr(loaded, name) for name in SIZE},
        "build_s": loaded.build_s,
        "load_s": loaded.load_s,
        "total_s": loaded.build_s + loaded.load_s,
        "cpu_per_wall": spent.cpu_s / spent.wall_s,
        "peak_mb": spent.peak_mb,
        "bytes_per_column": spent.peak_mb * 2**20 / loaded.columns,
        "load": load(),
    }


def equal(asked: argparse.Namespace) -> list[Row]:
    """Return the relaxed optimum of each way on a small instance; end the run where two differ."""
    rows = []
    for way in asked.ways:
        task = {"way": way, "products": 2, "kind": asked.kind, "seed": asked.seed, "relaxed": True}
        rows.append({"way": way} | in_process("benchmarks.build", task, asked.limit))
    show(rows, ("way", "optimum"))
    found = [row["optimum"] for row in rows if "optimum" in row]
    if not found or max(found) - min(found) > EQUAL * abs(max(found)):
        raise SystemExit("The models differ: nothing is timed.")
    return rows


def runs_of(asked: argparse.Namespace, ways: list[str], products: int) -> dict[str, list[Row]]:
    """Run each way as often as asked, in another order each time; failures are kept."""
    runs: dict[str, list[Row]] = {way: [] for way in ways}
    for turn in range(asked.repeats):
        for way in rotated(ways, turn):
            if runs[way] and "note" in runs[way][-1]:
                continue  # what failed or took too long once is not tried again
            task = {"way": way, "products": products, "kind": asked.kind, "seed": asked.seed}
            found = in_process("benchmarks.build", task | {"relaxed": False}, asked.limit)
            runs[way].append(found)
    return runs


def summary(way: str, products: int, runs: list[Row]) -> Row:
    """Return the medians of the runs of a way."""
    row: Row = {"way": way, "products": products}
    good = [run for run in runs if "note" not in run]
    row["note"] = "; ".join(dict.fromkeys(run["note"] for run in runs if "note" in run))
    if not good:
        return row
    row |= {name: good[0][name] for name in SIZE}
    for name in ("build_s", "load_s", "total_s", "cpu_per_wall", *MORE[2:]):
        row[name] = middle([run[name] for run in good])
    return row | {"range_s": spread([run["total_s"] for run in good])}


def add_ratios(rows: list[Row]) -> None:
    """Add how many times ours and the floor each way takes, where both had the machine."""
    for name, base in (("x_ours", OURS), ("x_floor", FLOOR)):
        against = next((row for row in rows if row["way"] == base and "total_s" in row), None)
        for row in rows:
            if against is None or "total_s" not in row:
                continue
            least = min(row["cpu_per_wall"], against["cpu_per_wall"])
            if least >= BUSY:
                row[name] = row["total_s"] / against["total_s"]
            else:
                why = f"no {name}: CPU / wall {least:.2f}"
                row["note"] = "; ".join(filter(None, (row["note"], why)))


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[20, 100])
    parser.add_argument("--growth", type=int, nargs="*", default=list(GROWTH), help="ours alone")
    parser.add_argument("--ways", nargs="+", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--kind", default="many", choices=["few", "many", "none"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds of one run")
    parser.add_argument("--short", action="store_true", help="tiny, to see that it works")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.short:
        asked.products, asked.growth, asked.repeats = [2], [2, 4], 1
    return asked


def main(words: list[str] | None = None) -> None:
    """Print the tables, write them as CSV and draw the chart."""
    asked = parsed(words)
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    print(f"{machine()}\n{asked.kind}, seed {asked.seed}, {asked.repeats} repeats\n")
    ways = [row["way"] for row in equal(asked) if "optimum" in row]
    rows: list[Row] = []
    for products in asked.products:
        runs = runs_of(asked, ways, products)
        found = [summary(way, products, runs[way]) for way in ways]
        add_ratios(found)
        print()
        show(found, SHOWN + MORE)
        rows += found
    save(rows, asked.out / "build.csv")
    series = {way: [row for row in rows if row["way"] == way and "total_s" in row] for way in ways}
    if asked.growth:
        series["tierstock, growth"] = grown(asked, series.get(OURS, []))
    panels = {
        label: {
            way: ([row["columns"] for row in found], [row[name] for row in found])
            for way, found in series.items()
        }
        for label, name in (("seconds to a loaded solver", "total_s"), ("peak MB", "peak_mb"))
    }
    chart.lines(asked.out / "build.svg", panels, ("columns", ""), logs="xy")


def grown(asked: argparse.Namespace, known: list[Row]) -> list[Row]:
    """Build ours alone in growing sizes; print and write the exponents of growth.

    A size that was measured beside the peers is not measured again.
    """
    found = {row["products"]: row for row in known}
    for products in asked.growth:
        if products not in found:
            found[products] = summary(OURS, products, runs_of(asked, [OURS], products)[OURS])
    rows = [found[products] for products in asked.growth]
    print("\ngrowth")
    show(rows, SHOWN + MORE[2:])
    good = [row for row in rows if "total_s" in row]
    sizes = [row["columns"] for row in good]
    for name in ("total_s", "peak_mb"):
        exponent = growth(sizes, [row[name] for row in good])
        print(f"growth exponent of {name} in the number of columns: {exponent:.2f}")
    save(rows, asked.out / "build-growth.csv")
    return good


if __name__ == "__main__":
    main()
