"""What all benchmarks share: processes, memory, figures, tables, files.

Each measurement runs in a fresh process, ``python -m benchmarks.X --one TASK``, whose last line of
output is its result as JSON. A failure or a time-out is a result, too: a row with a ``note``.
"""

import csv
import gc
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

OUT = Path("benchmarks/out")
"""Folder of all files a benchmark writes."""

BUSY = 0.9
"""CPU seconds per second below which the machine was doing something else: no ratio then."""

PACKAGES = ("tierstock", "highspy", "pyomo", "numpy", "pandas")

Row = dict[str, Any]


@dataclass
class Spent:
    """What a piece of work took."""

    wall_s: float = math.nan
    cpu_s: float = math.nan
    peak_mb: float = math.nan
    """Memory above what the process held before."""


def held_mb() -> float:
    """Return the memory the process holds now, MB (Linux; elsewhere the most it has held)."""
    return _status("VmRSS")


def peak_mb() -> float:
    """Return the most memory the process has held since ``forget_peak``, MB."""
    return _status("VmHWM")


def _status(name: str) -> float:
    file = Path("/proc/self/status")
    if file.exists():
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def forget_peak() -> None:
    """Let the peak of the process begin anew, where the system can do that (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return  # the peak is then that of the whole process: never too small


@contextmanager
def spending() -> Iterator[Spent]:
    """Measure seconds, CPU seconds and memory of what is done inside."""
    gc.collect()
    forget_peak()
    spent, before = Spent(), held_mb()
    wall, cpu = time.perf_counter(), time.process_time()
    yield spent
    spent.wall_s, spent.cpu_s = time.perf_counter() - wall, time.process_time() - cpu
    spent.peak_mb = peak_mb() - before


def in_process(module: str, task: Row, limit: float) -> Row:
    """Run a task of a benchmark in a fresh process.

    Args:
        module: the benchmark, e.g. ``benchmarks.build``.
        task: what it reads from ``--one``.
        limit: seconds after which it is ended.

    Returns:
        Its result; where there is none, ``{"note": why}``.
    """
    command = [sys.executable, "-m", module, "--one", json.dumps(task)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"note": f"time-out after {limit:g} s"}
    if done.returncode:
        told = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        return {"note": f"failed: {told[:120]}"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def rotated(names: Sequence[str], turn: int) -> list[str]:
    """Return names in another order each turn."""
    at = turn % max(1, len(names))
    return [*names[at:], *names[:at]]


def middle(values: Sequence[float]) -> float:
    """Return the median, not a number where there is none."""
    return float(statistics.median(values)) if values else math.nan


def spread(values: Sequence[float]) -> str:
    """Return the range as text."""
    return f"{min(values):.2f}–{max(values):.2f}" if values else ""


def growth(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the exponent of growth: the slope of a line fitted through the logarithms."""
    if len(set(sizes)) < 2:
        return math.nan
    x, y = [math.log(one) for one in sizes], [math.log(one) for one in values]
    return float(statistics.linear_regression(x, y).slope)


def machine() -> str:
    """Return one line on the machine and the versions at work."""
    model = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        lines = facts.read_text().splitlines()
        model = next((one.split(":")[1].strip() for one in lines if "model name" in one), model)
    versions = [f"{name} {metadata.version(name)}" for name in PACKAGES]
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}, {', '.join(versions)}; load {load():.1f}"
    )


def load() -> float:
    """Return how many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def show(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Print the named columns of rows as an aligned table; a note stands at the end of its row."""
    cells = [[_text(row.get(name)) for name in names] for row in rows]
    wide = [max(len(text) for text in column) for column in zip(names, *cells, strict=True)]
    print("  ".join(name.rjust(size) for name, size in zip(names, wide, strict=True)))
    for row, line in zip(rows, cells, strict=True):
        text = "  ".join(cell.rjust(size) for cell, size in zip(line, wide, strict=True))
        print(f"{text}  {row.get('note') or ''}".rstrip())
    sys.stdout.flush()


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, float):
        if math.isinf(value):
            return "never"
        return f"{value:,.2f}" if abs(value) < 1e4 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def save(rows: Sequence[Row], file: Path) -> None:
    """Write rows as CSV; the columns are all that any row has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows)
    print(f"written: {file}")
