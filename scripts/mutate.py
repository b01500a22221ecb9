"""Do the tests notice small faults of the code? ``python3 scripts/mutate.py [--count N]``.

Changes one place of the code at a time (``<`` into ``<=``, ``+`` into ``-``, ``and`` into ``or``,
1 into 2, a loop that never runs, ...) in a copy of the package, and runs the tests that pass that
place until one fails. A change that no test notices is printed with its place: either it changes
nothing, then it stands with its reason in ``unnoticeable.csv``, or a test is missing.

The operators are those of cosmic-ray; what is changed is drawn by a seed. Needs forks, so it does
not run on Windows. See docs/reliability.md.
"""

import argparse
import compileall
import csv
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import environment

GOAL = 24
ROOT = environment.ROOT
UNNOTICEABLE = Path(__file__).with_name("unnoticeable.csv")
HEAVY = ["pandas", "pyomo.environ", "highspy", "openpyxl", "xlsxwriter", "python_calamine"]
"""Modules loaded once for all runs."""
LIMIT_S = 600.0
"""Seconds after which the tests of a change are ended; it counts as noticed."""
NOT_RUN = (4, 5)
"""Codes of pytest for tests that it does not find: no test failed then, so nothing was noticed."""

OPERATORS = tuple(
    f"core/{name}"
    for name in (
        *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "NumberReplacer"),
        *("ReplaceAndWithOr", "ReplaceOrWithAnd", "ZeroIterationForLoop"),
        *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
        *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd"),
        *(f"ReplaceBinaryOperator_{two}" for two in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")),
        *(f"ReplaceBinaryOperator_{two}" for two in ("FloorDiv_Mul", "Mod_Mul", "Pow_Mul")),
        *(f"ReplaceComparisonOperator_{two}" for two in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot")),
        *(f"ReplaceComparisonOperator_{two}" for two in ("IsNot_Is", "Lt_LtE", "Lt_GtE")),
        *(f"ReplaceComparisonOperator_{two}" for two in ("LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE")),
        *(f"ReplaceComparisonOperator_{two}" for two in ("GtE_Gt", "GtE_Lt")),
    )
)


@dataclass(frozen=True)
class Part:
    """A part of the code, the tests that are to notice its faults, and how many of 100 they must.

    Attributes:
        folder: folder of its code.
        tests: files and folders of its tests.
        least: share of the changes that have to be noticed, in %.
    """

    folder: str
    tests: tuple[str, ...]
    least: float


PARTS = (
    Part("outputs/audit", ("tests/outputs/audit",), 95.0),
    Part(
        "inputs/checking",
        tuple(
            f"tests/inputs/test_{name}.py"
            for name in (
                *("semantic_checks", "idle_checks", "lane_checks", "today_checks", "limits"),
                *("readiness", "demand", "supply", "openings", "production", "shelf_life", "cash"),
                *("budgets", "transfer_rules", "sourcing", "sites", "service_targets", "rulings"),
                *("stock_policies", "returns", "terminal", "integral", "planner_slips", "lots"),
                *("told_in_full", "told_of_costs", "told_of_lives", "told_of_recipes"),
            )
        ),
        85.0,
    ),
)


@dataclass(frozen=True)
class Change:
    """A change of one place.

    Attributes:
        file: of the code, seen from the top folder.
        line: number of the line.
        before, after: the line.
        code: the whole changed file.
    """

    file: str
    line: int
    before: str
    after: str
    code: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before} -> {self.after}"


class Seen:
    """Which tests pass which line.

    Args:
        file: data of coverage, with the test beside each line.
        folder: folder of the code.
    """

    def __init__(self, file: Path, folder: Path) -> None:
        from coverage import CoverageData

        data = CoverageData(str(file))
        data.read()
        mine = (name for name in data.measured_files() if Path(name).parent == folder)
        self._lines = {name: data.contexts_by_lineno(name) for name in mine}
        tests = (lines.values() for lines in self._lines.values())
        self._work = Counter(chain.from_iterable(chain.from_iterable(tests)))

    def tests(self, file: str, line: int) -> list[str]:
        """Return the tests that pass a line: one of each file in turn, the least work first.

        Of a line that only the import of its file passes, all tests that pass any line of it.
        """
        lines = self._lines.get(str(ROOT / file), {})
        found = set(lines.get(line, ()))
        if found == {""}:
            found.update(*lines.values())
        told = sorted(filter(None, found), key=lambda one: (self._work[one], one))
        ordered = dict.fromkeys(one.rsplit("|", 1)[0] for one in told)
        files: dict[str, list[str]] = {}
        for test in ordered:
            files.setdefault(test.partition("::")[0], []).append(test)
        return [one for turn in zip_longest(*files.values()) for one in turn if one is not None]


def changes(file: Path) -> Iterator[tuple[str, int]]:
    """Return every change of a file as operator and number of the place."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator

    tree = get_ast(file.read_text(encoding="utf-8"))
    for name in OPERATORS:
        operator = get_operator(name)()
        places = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))
        yield from ((name, at) for at in range(places))


def changed(file: str, name: str, at: int) -> Change:
    """Return one change of a file."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    old = (ROOT / file).read_text(encoding="utf-8")
    new = mutate_code(old, get_operator(name)(), at)
    pairs = enumerate(zip(old.splitlines(), new.splitlines(), strict=True), start=1)
    line, (before, after) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
    return Change(file, line, before.strip(), after.strip(), new)


def unchanged(change: Change) -> Change:
    """Return the file of a change as it is."""
    return replace(change, code=(ROOT / change.file).read_text(encoding="utf-8"))


def drawn(part: Part, count: int, seed: int) -> list[Change]:
    """Return changes of a part, drawn by the seed."""
    files = sorted((ROOT / part.folder).glob("*.py"))
    every = [(file.relative_to(ROOT).as_posix(), *one) for file in files for one in changes(file)]
    chosen = random.Random(f"{seed} {part.folder}").sample(every, min(count, len(every)))
    return [changed(*one) for one in sorted(chosen)]


def copied(folder: Path) -> None:
    """Copy the package into a folder, as it lies once it is installed."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rooms: dict[str, str] = tomllib.loads(text)["tool"]["setuptools"]["package-dir"]
    for package, room in rooms.items():
        place = folder.joinpath(*package.split("."))
        shutil.copytree(ROOT / room, place, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder, quiet=1)


def noticed(change: Change, tests: Sequence[str], folder: Path, context: Any) -> bool:
    """Return whether one of the tests fails with the change, or takes too long."""
    place = folder / "tierstock" / change.file.removeprefix("tierstock/")
    whole = place.read_text(encoding="utf-8")
    for old in (place.parent / "__pycache__").glob(f"{place.stem}.*.pyc"):
        old.unlink()
    place.write_text(change.code, encoding="utf-8")
    try:
        run = context.Process(target=tried, args=(str(folder), list(tests)))
        run.start()
        run.join(LIMIT_S)
        if run.exitcode is None:
            run.kill()
            run.join()
        if run.exitcode in NOT_RUN:
            sys.exit(f"The tests could not be run (code {run.exitcode}): {' '.join(tests)}")
        return bool(run.exitcode)
    finally:
        place.write_text(whole, encoding="utf-8")


def tried(folder: str, tests: list[str]) -> None:
    """Run tests with the package of a folder; the process ends with the code of pytest."""
    sys.path.insert(0, folder)
    os.environ |= {"PYTHONPATH": folder, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    sys.dont_write_bytecode = True
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    os.chdir(ROOT)
    import pytest

    sys.exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])))


def seen(part: Part, folder: Path) -> Path:
    """Run the tests of a part once and return the file that says which of them pass which line."""
    file = folder / f"{part.folder.replace('/', '-')}.coverage"
    os.environ["COVERAGE_FILE"] = str(file)
    pytest = environment.program(Path(sys.prefix), "pytest")
    asked = ("-q", "--cov", "--cov-context=test", "--cov-report=", *part.tests)
    if code := environment.run(pytest, *asked, quiet=True):
        sys.exit(f"The tests of {part.folder} fail as they are (code {code}).")
    return file


def known() -> set[tuple[str, str, str]]:
    """Return the changes that nothing can notice: file, line before and after."""
    with UNNOTICEABLE.open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["before"], row["after"]) for row in csv.DictReader(file)}


def judged(part: Part, asked: argparse.Namespace, folder: Path, context: Any) -> tuple[str, bool]:
    """Try changes of a part, print those not noticed; return the figure and whether it will do."""
    passing = Seen(asked.seen or seen(part, folder), ROOT / part.folder)
    equal, found = known(), {True: 0, False: 0}
    for number, change in enumerate(drawn(part, asked.count, asked.seed)):
        if (change.file, change.before, change.after) in equal:
            print(f"nothing to notice  {change}", flush=True)
            continue
        tests = passing.tests(change.file, change.line)[: asked.most]
        if number == 0 and noticed(unchanged(change), tests, folder, context):
            sys.exit(f"The tests of {part.folder} fail on a copy of the package.")
        good = bool(tests) and noticed(change, tests, folder, context)
        found[good] += 1
        how = "noticed" if good else "NOT NOTICED" if tests else "NOT RUN BY A TEST"
        print(f"{how:17}  {change}", flush=True)
    count = sum(found.values())
    share = 100 * found[True] / max(count, 1)
    return f"{part.folder}: {found[True]} of {count} noticed ({share:.1f} %)", share >= part.least


def tell(figure: str, met: bool) -> None:
    """Print a figure and keep it for the table of goals, where that is asked for."""
    print(figure)
    if path := os.environ.get("TIERSTOCK_FIGURES"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"goal": GOAL, "figure": figure, "met": met}) + "\n")


def main(words: Sequence[str]) -> int:
    """Try changes of every part; the code is 0 only where enough of each are noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=60, help="changes of each part")
    parser.add_argument("--seed", type=int, default=1, help="other changes are drawn by another")
    parser.add_argument("--part", choices=[one.folder for one in PARTS], help="default: all")
    parser.add_argument(
        "--most", type=int, help="tests run for a change; default: all that pass it"
    )
    parser.add_argument("--seen", type=Path, help="data of coverage with tests, measured before")
    asked = parser.parse_args(words)
    where = environment.ready("test,data,mutants")
    if Path(sys.prefix).resolve() != where.resolve():
        return environment.script(environment.program(where, "python"), "mutate.py", *words)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(HEAVY)
    every = True
    with tempfile.TemporaryDirectory() as name:
        copied(Path(name))
        for part in PARTS:
            if asked.part in (None, part.folder):
                figure, met = judged(part, asked, Path(name), context)
                tell(figure, met)
                every &= met
    return 0 if every else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
