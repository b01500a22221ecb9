"""What tierstock promises, measured: ``python3 scripts/reliability.py [--quick] [NUMBER ...]``.

Runs the proofs of every goal and prints a table: number, what, goal, what was measured, whether
the goal is met, minutes. ``--quick`` leaves out the long proofs and runs what every change runs;
numbers choose goals. A goal is met only where its whole proof ran and told a figure; ``part``
stands for tests that passed while the long proof was left out. The machine should have nothing else
to do: some proofs read the clock. See docs/reliability.md.
"""

import argparse
import csv
import json
import os
import shlex
import signal
import sys
import tempfile
import textwrap
import time
import xml.etree.ElementTree as xml
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import environment

WIDTHS = (3, 30, 44, 66, 5, 7)
HEADS = ("#", "what", "goal", "measured", "met", "minutes")
FULLY_COVERED = ("outputs/audit/", "inputs/checking/", "outputs/workbook.py", "inputs/writing/")
"""Parts in which every branch has to be run."""
COVERED, COVERED_ALL = 95.0, 100.0


@dataclass(frozen=True)
class Goal:
    """A row of the table.

    Attributes:
        number: number of the goal.
        what: what is looked at.
        goal: what has to come out.
        proofs: arguments for pytest; blank for goals with a way of their own.
    """

    number: int
    what: str
    goal: str
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """What came of the proofs of a goal.

    Attributes:
        figures: what was measured, in words.
        met: whether everything came out as it has to; None where the goal was not measured.
        part: whether tests passed that are a part of the proof.
    """

    figures: tuple[str, ...]
    met: bool | None
    part: bool = False


def goals() -> list[Goal]:
    """Return the rows of ``goals.csv`` beside this script."""
    with Path(__file__).with_name("goals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Goal(int(row["number"]), row["what"], row["goal"], tuple(shlex.split(row["proofs"])))
        for row in rows
    ]


def proven(goal: Goal, where: Path, quick: bool) -> Measured:
    """Run the proofs of a goal and return what they measured."""
    with tempfile.TemporaryDirectory() as folder:
        figures, report = Path(folder) / "figures", Path(folder) / "report.xml"
        os.environ["TIERSTOCK_FIGURES"] = str(figures)
        marks = () if quick else ("-m", "slow or not slow")
        code = environment.run(
            environment.program(where, "pytest"),
            *("-q", "--no-header", f"--junitxml={report}", *marks, *goal.proofs),
            quiet=True,
        )
        found = _figures(figures, goal.number)
        passed, failed, skipped = _counted(report)
    if not passed + failed + skipped and quick:
        return Measured(("only in the full run",), None)
    counts = {"passed": passed, "failed": failed, "skipped": skipped}
    tests = "tests: " + ", ".join(f"{many} {how}" for how, many in counts.items() if many)
    if failed or code:
        return Measured((*found, tests), False)
    if not found or skipped or (quick and _has_more(goal, where)):
        return Measured((*found, tests), None, part=True)
    return Measured((*found, tests), True)


def _has_more(goal: Goal, where: Path) -> bool:
    """Return whether a goal has long proofs."""
    command = ("-q", "--collect-only", "-m", "slow", *goal.proofs)
    return environment.heard(environment.program(where, "pytest"), *command)[0] == 0


def _figures(file: Path, number: int) -> tuple[str, ...]:
    """Return the figures told for a goal."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return tuple(one["figure"] for one in map(json.loads, lines) if one["goal"] == number)


def _counted(report: Path) -> tuple[int, int, int]:
    """Return how many tests passed, failed and were skipped; one failed where nothing is told."""
    if not report.exists():
        return 0, 1, 0
    suites = list(xml.parse(report).iter("testsuite"))
    names = ("tests", "failures", "errors", "skipped")
    count = {name: sum(int(one.get(name, 0)) for one in suites) for name in names}
    failed = count["failures"] + count["errors"]
    return count["tests"] - failed - count["skipped"], failed, count["skipped"]


def coverage(goal: Goal, where: Path, quick: bool) -> Measured:
    """Run the tests of every change with a note of each branch they take."""
    if quick:
        return Measured(("only in the full run",), None)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        code = environment.run(
            environment.program(where, "pytest"),
            *("-q", "-n", "2", "--cov", "--cov-branch", f"--cov-report=json:{report}"),
            quiet=True,
        )
        if not report.exists():
            return Measured(("it could not be measured",), False)
        said = json.loads(report.read_text(encoding="utf-8"))
    whole = said["totals"]["percent_covered"]
    parts = {
        name: one["summary"]["percent_covered"]
        for name, one in said["files"].items()
        if name.replace("\\", "/").startswith(FULLY_COVERED)
    }
    least = sorted(parts, key=lambda name: parts[name])[:3]
    worst = ", ".join(f"{name} {parts[name]:.0f} %" for name in least)
    met = code == 0 and whole >= COVERED and min(parts.values()) >= COVERED_ALL
    return Measured((f"{whole:.1f} % of all; least of those: {worst}",), met)


def mutants(goal: Goal, where: Path, quick: bool) -> Measured:
    """Change the code in many places, one at a time, and see whether a test fails."""
    if quick:
        return Measured(("only in the full run",), None)
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        os.environ["TIERSTOCK_FIGURES"] = str(figures)
        code = environment.script(sys.executable, "mutate.py", quiet=True)
        found = _figures(figures, goal.number)
    return Measured(found or ("it could not be measured",), code == 0)


def oldest(goal: Goal, where: Path, quick: bool) -> Measured:
    """Run the tests with the oldest packages that pyproject.toml allows."""
    if quick:
        return Measured(("only in the full run",), None)
    code = environment.script(sys.executable, "oldest.py", quiet=True)
    return Measured(("every test passes" if code == 0 else "some test fails",), code == 0)


OTHER_WAYS: dict[int, Callable[[Goal, Path, bool], Measured]] = {
    20: coverage,
    23: oldest,
    24: mutants,
}
"""Goals that one call of pytest does not answer."""


def told(goal: Goal, found: Measured, minutes: float) -> str:
    """Return a row of the table, its long cells in several lines."""
    met = {True: "yes", False: "NO", None: "part" if found.part else "-"}[found.met]
    measured = [line for one in found.figures for line in textwrap.wrap(one, WIDTHS[3])]
    cells = [
        [str(goal.number)],
        textwrap.wrap(goal.what, WIDTHS[1]),
        textwrap.wrap(goal.goal, WIDTHS[2]),
        measured,
        [met],
        [f"{minutes:.1f}"],
    ]
    height = max(map(len, cells))
    rows = zip(*(cell + [""] * (height - len(cell)) for cell in cells), strict=True)
    return "\n".join(line(row) for row in rows)


def line(cells: Sequence[str]) -> str:
    """Return one line of the table."""
    return "  ".join(f"{cell:{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def main(words: Sequence[str]) -> int:
    """Measure what was asked for; the code is 0 only where every goal measured is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="what every change runs")
    parser.add_argument("number", nargs="*", type=int, help="goals; default: all of them")
    asked = parser.parse_args(words)
    # A shell that starts this in the background has the stop key ignored; the proofs press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    where = environment.ready("test,data" if asked.quick else "test,data,verify")
    chosen = [one for one in goals() if not asked.number or one.number in asked.number]
    if asked.quick:
        print("The quick part: what every change runs. part = passed, the long proof left out.\n")
    print(line(HEADS), line(["-" * width for width in WIDTHS]), sep="\n", flush=True)
    ends: dict[bool | None, list[int]] = {True: [], False: [], None: []}
    for goal in chosen:
        start = time.monotonic()
        found = OTHER_WAYS.get(goal.number, proven)(goal, where, asked.quick)
        print(told(goal, found, (time.monotonic() - start) / 60), flush=True)
        ends[found.met].append(goal.number)
    print(f"\n{len(ends[True])} of {len(chosen)} goals met", end="")
    for word, numbers in (("missed", ends[False]), ("not measured in full", ends[None])):
        print(f"; {word}: {', '.join(map(str, numbers))}" if numbers else "", end="")
    print()
    return 1 if ends[False] or (ends[None] and not asked.quick) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
