"""Every check of the repository: ``python3 scripts/test.py``.

Sets up a private Python environment, then runs style, types and tests on the source, builds the
wheel, installs it into a second, empty environment and runs the tests at its front door.
All checks are run even when an early one fails; the exit code is 0 only when all passed.
"""

import signal
import sys
import tempfile
import time
import xml.etree.ElementTree as xml
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import environment

JOBS = "2"
"""Tests run at once; the checks are made for a machine with two cores."""

PYTEST = ("-n", JOBS, "-rs")

AT_THE_DOOR = (
    "tests/tierstock/test_cli.py",
    "tests/tierstock/test_doors.py",
    "tests/tierstock/test_files.py",
    "tests/tierstock/test_first_time.py",
    "tests/tierstock/test_import.py",
    "tests/tierstock/test_languages.py",
    "tests/solvers/test_run.py",
    "tests/notebooks",
    "tests/repo/test_packaging.py",
    "tests/repo/test_exports.py",
)
"""Tests of what a user of the built package meets; the rest has been run on the source."""

REPORTS = environment.ROOT / ".pytest_cache"
"""Where each run of the tests leaves its report; what failed is told again at the very end."""

TOLD = 40
"""Last lines of each failed test told again."""

LENIENT = (
    "--allow-untyped-defs",
    "--allow-incomplete-defs",
    "--allow-untyped-calls",
    "--no-warn-return-any",
    "--disable-error-code=union-attr",
)
"""Tests need no annotations; what they call is still checked."""


def on_source(where: Path) -> dict[str, bool]:
    """Check the source tree; return for each check whether it passed."""
    first = {
        "style": ("ruff", "check", "."),
        "format": ("ruff", "format", "--check", "."),
        "type tree": ("python", "tests/repo/typetree.py"),
    }
    results = {name: passed(name, where, *command) for name, command in first.items()}
    results |= typed(where)
    results["tests"] = passed("tests", where, "pytest", *PYTEST, report("source"))
    return results


def typed(where: Path) -> dict[str, bool]:
    """Check the types side by side, each with a memory of its own; the longest begins."""
    checks = {
        "types of the tests": ("tests", *LENIENT),
        "types": (),
        "types of the scripts": ("scripts",),
    }
    mypy = environment.program(where, "mypy")
    with ThreadPoolExecutor(int(JOBS)) as pool:
        runs = {
            name: pool.submit(environment.heard, mypy, *words, f"--cache-dir=.mypy_cache/{number}")
            for number, (name, words) in enumerate(checks.items())
        }
        for name, run in runs.items():
            print(f"\n--- {name}", run.result()[1].rstrip(), sep="\n", flush=True)
    return {name: run.result()[0] == 0 for name, run in runs.items()}


def on_wheel(where: Path) -> dict[str, bool]:
    """Build the wheel and try it in an environment of its own; return what passed.

    The demo runs first, with nothing but what the wheel itself asks for.
    """
    with tempfile.TemporaryDirectory() as folder:
        built, fresh = Path(folder) / "built", Path(folder) / "venv"
        build = ("python", "-m", "build", "--outdir", str(built), ".")
        if not passed("build", where, *build, quiet=True):
            return {"build": False}
        (wheel,) = built.glob("*.whl")
        environment.create(fresh)
        environment.install(fresh, str(wheel))
        demo = passed("demo of the wheel", fresh, "tierstock", "demo", folder=Path(folder))
        environment.install(fresh, f"{wheel}[test,data]")
        told = (*PYTEST, report("wheel"), *AT_THE_DOOR)
        tests = passed("tests on the wheel", fresh, "pytest", *told)
        return {"build": True, "demo of the wheel": demo, "tests on the wheel": tests}


def report(name: str) -> str:
    """Return the option that makes pytest write its report; an older one is taken away."""
    path = REPORTS / f"{name}.xml"
    path.unlink(missing_ok=True)
    return f"--junitxml={path}"


def tell_failures() -> None:
    """Print the failed tests of all runs once more: of a long log, often only the end is kept."""
    for path in sorted(REPORTS.glob("*.xml")):
        for case in xml.parse(path).iter("testcase"):
            for fault in (*case.iter("failure"), *case.iter("error")):
                name = f"{case.get('classname')}.{case.get('name')}"
                print(f"\n--- failed on the {path.stem}: {name}")
                print("\n".join((fault.text or "").splitlines()[-TOLD:]))


def passed(
    name: str,
    where: Path,
    tool: str,
    *arguments: str,
    folder: Path = environment.ROOT,
    quiet: bool = False,
) -> bool:
    """Run one tool of an environment under a heading; return whether it ended well."""
    print(f"\n--- {name}", flush=True)
    program = environment.program(where, tool)
    return environment.run(program, *arguments, folder=folder, quiet=quiet) == 0


def main() -> int:
    """Run all checks, print one closing line and return the exit code."""
    start = time.monotonic()
    # A shell that starts this in the background has the stop key ignored; the tests press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    where = environment.ready("test,data")
    results = on_source(where) | on_wheel(where)
    failed = [name for name, good in results.items() if not good]
    minutes = (time.monotonic() - start) / 60
    tell_failures()
    verdict = f"FAILED: {', '.join(failed)}" if failed else f"all {len(results)} checks passed"
    print(f"\n{verdict} ({minutes:.1f} minutes)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
