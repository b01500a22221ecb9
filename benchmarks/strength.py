"""What each means of strengthening is worth: ``python -m benchmarks.strength``.

Three instances are written as a planner's tables from a seed and built in six forms, each with one
more means than the one before. Printed are rows and coefficients of each form, the bound of its
relaxed model (whole numbers left out) and its distance to the best plan known, and what HiGHS makes
of it in a time limit: best plan, bound, seconds. Every form is solved; the best plan of all counts.

The instances: ``charge``, 4 sources and 8 sites with a fixed cost for every departure; ``trucks``,
the same sites served by whole trucks; ``lots``, plants that pay for every order and hold stock.
"""

import argparse
import csv
import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Size:
    """How large an instance is."""

    sources: int = 4
    sites: int = 8
    products: int = 4
    periods: int = 8


TINY = Size(sources=2, sites=2, products=2, periods=4)
FORMS = ("plain", "+ tight bounds", "+ links", "+ (l,S) windows", "+ truck windows", "+ idle rows")
HEADINGS = (
    "instance",
    "form",
    "columns",
    "rows",
    "nonzeros",
    "build_s",
    "relaxed_bound",
    "relaxed_gap",
    "best_plan",
    "proven_bound",
    "gap",
    "solve_s",
)


def instance(kind: str, size: Size, seed: int) -> Tables:
    """Return the tables of an instance; the same seed gives the same tables."""
    rng = np.random.default_rng([seed, ("charge", "trucks", "lots").index(kind)])
    products = [f"P{n + 1}" for n in range(size.products)]
    sites = [f"S{n + 1:02d}" for n in range(size.sites)]
    names = [str(t + 1) for t in range(size.periods)]
    wanted = rng.gamma(2.0, 10.0, (size.sites, size.products, size.periods))
    wanted = np.round(wanted * (rng.random(wanted.shape) < 0.8))
    tables = {
        "Products": [
            {"Product": one, "Unit Value": 0, "Shortage Cost": 500, "Weight": 1} for one in products
        ],
        "Demand": [
            {"Location": site, "Product": one, "Period": name, "Quantity": wanted[i, p, t]}
            for i, site in enumerate(sites)
            for p, one in enumerate(products)
            for t, name in enumerate(names)
        ],
        "StockCosts": [{"Location": "*", "Holding Cost": 0.5}],
    }
    if kind == "lots":
        tables |= _plants(sites, products, wanted, rng)
    else:
        tables |= _lanes(kind, sites, size.sources, rng)
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


def _plants(
    sites: list[str], products: list[str], wanted: Any, rng: np.random.Generator
) -> dict[str, list[dict[str, Any]]]:
    mean = wanted.mean(axis=2)
    return {
        "Locations": [{"Location": one, "Tier": "plant"} for one in sites],
        "Lanes": [{"From": sites[0], "To": sites[1], "Lead Time": 0, "Unit Cost": 100}],
        "Supply": [
            {
                "Location": site,
                "Product": one,
                "Unit Cost": rng.integers(4, 9) / 4,
                "Fixed Cost": int(rng.integers(20, 60)),
                "Max": float(np.ceil(4 * mean[i, p]) + 1),
            }
            for i, site in enumerate(sites)
            for p, one in enumerate(products)
        ],
    }


def _lanes(
    kind: str, sites: list[str], count: int, rng: np.random.Generator
) -> dict[str, list[dict[str, Any]]]:
    sources = [f"C{n + 1}" for n in range(count)]
    lanes = [
        {"From": source, "To": site, "Lead Time": 0, "Unit Cost": rng.integers(4, 13) / 4}
        for source in sources
        for site in sites
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "Locations": [{"Location": one, "Tier": "supplier"} for one in sources]
        + [{"Location": one, "Tier": "store"} for one in sites],
        "Lanes": lanes,
    }
    if kind == "charge":
        for lane in lanes:
            lane["Fixed Cost"] = int(rng.integers(30, 80))
        return rows
    for lane in lanes:
        lane["Vehicle"] = "truck"
    rows["Vehicles"] = [{"Vehicle": "truck", "Max Weight": 60, "Cost Per Trip": 90}]
    return rows


def forms() -> dict[str, Any]:
    """Return the forms in order, each with its switches."""
    from tierstock.model import PLAIN, Strength

    steps = ("tight_bounds", "links", "windows", "trucks", "drop")
    found = {FORMS[0]: PLAIN}
    for number, form in enumerate(FORMS[1:], start=1):
        switches = {step: at < number for at, step in enumerate(steps)}
        found[form] = Strength(**switches)
    return found


def solved(arrays: Any, seconds: float) -> tuple[float, float, float]:
    """Solve compiled arrays with HiGHS; return best plan, bound and seconds."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 1e-6)
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
    began = time.perf_counter()
    solver.run()
    spent, info = time.perf_counter() - began, solver.getInfo()
    plan = float(info.objective_function_value)
    return plan, float(info.mip_dual_bound) if arrays.whole else plan, spent


def measure(kind: str, size: Size, seed: int, seconds: float) -> list[dict[str, Any]]:
    """Return one row of figures for each form of an instance."""
    from dataclasses import replace

    import tierstock as ts
    from tierstock.solvers.compile import compile_model

    net = ts.read(instance(kind, size, seed))
    rows: list[dict[str, Any]] = []
    for form, strength in forms().items():
        began = time.perf_counter()
        m = ts.build(net, strength=strength)
        built = time.perf_counter() - began
        arrays = compile_model(m).arrays
        nothing_whole = replace(arrays, integer=np.zeros(arrays.columns, dtype=bool))
        relaxed, _, _ = solved(nothing_whole, 600.0)
        plan, bound, spent = solved(arrays, seconds)
        size_of = {"columns": arrays.columns, "rows": arrays.rows, "nonzeros": arrays.nonzeros}
        found = {"relaxed_bound": relaxed, "best_plan": plan, "proven_bound": bound}
        rows.append({"instance": kind, "form": form, **size_of, **found})
        rows[-1] |= {"build_s": built, "solve_s": spent, "gap": (plan - bound) / plan}
    best = min(row["best_plan"] for row in rows)
    for row in rows:
        row["relaxed_gap"] = (best - row["relaxed_bound"]) / best
    return rows


def show(rows: list[dict[str, Any]]) -> None:
    """Print the rows as an aligned table."""
    print(" ".join(f"{name:>15}" for name in HEADINGS))
    for row in rows:
        cells = []
        for name in HEADINGS:
            value = row[name]
            if isinstance(value, float):
                cells.append(f"{value:>15.2%}" if name.endswith("gap") else f"{value:>15,.2f}")
            else:
                cells.append(f"{value:>15}")
        print(" ".join(cells))


def main(words: list[str] | None = None) -> list[dict[str, Any]]:
    """Print the table, write it as CSV, and return its rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", default=["charge", "trucks", "lots"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0, help="limit of each solve")
    parser.add_argument("--tiny", action="store_true", help="instances of a few rows")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/strength.csv"))
    asked = parser.parse_args(words)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    rows = []
    for kind in asked.kinds:
        rows += measure(kind, TINY if asked.tiny else Size(), asked.seed, asked.seconds)
    show(rows)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return rows


if __name__ == "__main__":
    main()
