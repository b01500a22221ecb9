"""Is this installation fit to plan? What is wrong with it, and what to do about each fault."""

import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from tierstock.console import Console
from tierstock.exits import Exit
from tierstock.words import tell

State = Literal["good", "note", "warning", "fault"]

PYTHONS = ((3, 11), (3, 13))
"""First and last version of Python that was tried."""
TRIED = {"pyomo": (6, 10), "highspy": (1, 16)}
"""Last versions that were tried, of the packages whose answers matter most."""
LEAST_MB, ROOMY_MB = 300, 2000
"""Memory below which not even a small network can be planned, and below which large ones cannot."""
FULL_MB, TIGHT_MB = 20, 500
"""Free space of a disk below which nothing can be written, and below which it may get full."""
CHINESE = "库存"
"""A word every console and file name should be able to hold."""

OPTIONAL = {
    "sqlalchemy": "databases",
    "pyarrow": "parquet",
    "yaml": "maps",
    "pyscipopt": "second-solver",
    "ipykernel": "notebooks",
}
"""Module -> word for what it is for."""
INSTALL = {
    "sqlalchemy": "tierstock[data]",
    "pyarrow": "tierstock[data]",
    "yaml": "tierstock[data]",
    "pyscipopt": "tierstock[verify]",
    "ipykernel": "tierstock[notebook]",
}
"""Module -> what pip installs it with."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what; a key for machines.
        state: good, note (for information), warning (some things will not work) or fault.
        found: what was found, in words.
        remedy: what to do about it; blank where nothing is to be done.
    """

    name: str
    state: State
    found: str
    remedy: str = ""


def examine(console: Console) -> Exit:
    """Check the installation and say what was found; the code of ``tierstock doctor``."""
    from tierstock.solvers.launch import prepare

    began, checks = time.monotonic(), list[Check]()
    prepare()
    for look in LOOKS:
        for check in _seen(look, console.language):
            checks.append(check)
            _tell(console, check)
    spent = time.monotonic() - began
    faults = sum(check.state == "fault" for check in checks)
    warnings = sum(check.state == "warning" for check in checks)
    console.line()
    console.say("doctor-ill" if faults else "doctor-well", faults=faults, warnings=warnings)
    console.answer(
        {
            "passed": not faults,
            "faults": faults,
            "warnings": warnings,
            "seconds": round(spent, 3),
            "checks": [asdict(check) for check in checks],
        }
    )
    return Exit.BAD_INPUT if faults else Exit.DONE


def _seen(look: Callable[[str], Iterator[Check]], language: str) -> Iterator[Check]:
    """Look at one thing; a package that cannot be loaded is a fault of it."""
    try:
        yield from look(language)
    except ImportError as fault:
        name = look.__name__.strip("_")
        yield Check(name, "fault", tell("doctor-unloaded", language, detail=fault))


def _tell(console: Console, check: Check) -> None:
    style = {"fault": "red", "warning": "yellow"}.get(check.state, "")
    sign = "·" if check.state == "note" else console.mark(check.state == "good")
    if check.state == "warning":
        sign = "!"
    console.line(f"{sign} {check.found}", style=style)
    if check.remedy:
        console.line(f"  {check.remedy}", style=style)


def _python(language: str) -> Iterator[Check]:
    version, (first, last) = sys.version_info[:2], PYTHONS
    state: State = "fault" if version < first else "warning" if version > last else "good"
    found = tell("doctor-python", language, version=platform.python_version(), path=sys.executable)
    remedy = ""
    if state != "good":
        span = [".".join(map(str, one)) for one in PYTHONS]
        remedy = tell("doctor-python-other", language, first=span[0], last=span[1])
    yield Check("python", state, found, remedy)


def _packages(language: str) -> Iterator[Check]:
    """Compare what is installed with what the package asks for."""
    there, lacking, untried = [], [], []
    for need in metadata.requires("tierstock") or []:
        name, least = _requirement(need)
        if "extra ==" in need:
            continue
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            lacking.append(need)
            continue
        there.append(f"{name} {version}")
        if _numbers(version) < least:
            lacking.append(need)
        elif _numbers(version)[:2] > TRIED.get(name, (10**9,)):
            untried.append(f"{name} {version}")
    listed = ", ".join(there)
    yield Check("packages", "good", tell("doctor-packages", language, listed=listed))
    if lacking:
        found = tell("doctor-lacking", language, listed=", ".join(lacking))
        command = "pip install " + " ".join(f'"{need}"' for need in lacking)
        yield Check("packages", "fault", found, tell("doctor-install", language, command=command))
    if untried:
        found = tell("doctor-untried", language, listed=", ".join(untried))
        yield Check("packages", "warning", found, tell("doctor-untried-do", language))


def _requirement(need: str) -> tuple[str, tuple[int, ...]]:
    """Return the name and the least version of a requirement.

    >>> _requirement("pyomo>=6.9.4")
    ('pyomo', (6, 9, 4))
    """
    name = re.match(r"[A-Za-z0-9._-]+", need)
    least = re.search(r">=\s*([0-9.]+)", need)
    return name.group() if name else need, _numbers(least.group(1)) if least else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.split("+")[0])[:3])


def _solver(language: str) -> Iterator[Check]:
    """Start a solver process and let it solve models with known answers."""
    from tierstock.solvers.canaries import sing
    from tierstock.solvers.errors import SolveError
    from tierstock.solvers.run import KNOWN_BAD

    try:
        sung = sing()
    except SolveError as fault:
        yield Check("solver", "fault", fault.say(language), tell("doctor-solver-do", language))
        return
    except MemoryError as fault:
        starved = SolveError("solver-start", value=fault)
        remedy = tell("doctor-memory-do", language)
        yield Check("solver", "fault", starved.say(language), remedy)
        return
    if sung.version in KNOWN_BAD:
        bad = SolveError("solver-version", value=sung.version)
        yield Check("solver", "fault", bad.say(language), tell("doctor-solver-do", language))
    if sung.wrong:
        found = tell("doctor-wrong", language, version=sung.version or "?", count=len(sung.wrong))
        lines = "; ".join(sung.wrong)
        yield Check("solver", "fault", f"{found} {lines}", tell("doctor-solver-do", language))
        return
    values = {"version": sung.version, "count": sung.count, "seconds": f"{sung.seconds:.1f}"}
    yield Check("solver", "good", tell("doctor-solver", language, **values))


def _memory(language: str) -> Iterator[Check]:
    from tierstock.solvers.worker import machine_memory_mb

    there = machine_memory_mb()
    state: State = "fault" if there < LEAST_MB else "warning" if there < ROOMY_MB else "good"
    remedy = "" if state == "good" else tell("doctor-memory-do", language)
    found = tell("doctor-memory", language, memory=_gigabytes(there), cores=os.cpu_count() or 1)
    yield Check("memory", state, found, remedy)


def _folders(language: str) -> Iterator[Check]:
    """Try to write in the working folder and in the one for temporary files."""
    yield _folder("working folder", _here(), "warning", language)
    try:
        place = Path(tempfile.gettempdir())
    except OSError:
        found = tell("doctor-no-temporary", language)
        yield Check(
            "temporary folder", "fault", found, tell("doctor-temporary-folder-do", language)
        )
        return
    yield _folder("temporary folder", place, "fault", language)


def _here() -> Path:
    """Return the working folder, by its name where it is still there."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


def _folder(name: str, place: Path, unwritable: State, language: str) -> Check:
    code = name.replace(" ", "-")
    try:
        handle, file = tempfile.mkstemp(prefix="tierstock-", dir=place)
        os.close(handle)
        os.unlink(file)
        free = shutil.disk_usage(place).free / 2**20
    except OSError:
        found = tell("doctor-unwritable", language, folder=tell(code, language), path=place)
        return Check(name, unwritable, found, tell(f"doctor-{code}-do", language))
    values = {"folder": tell(code, language), "path": place, "free": _gigabytes(free)}
    state: State = "fault" if free < FULL_MB else "warning" if free < TIGHT_MB else "good"
    remedy = "" if state == "good" else tell("doctor-disk-do", language)
    return Check(name, state, tell("doctor-folder", language, **values), remedy)


def _gigabytes(megabytes: float) -> str:
    return f"{megabytes / 1024:.1f} GB"


def _encoding(language: str) -> Iterator[Check]:
    """Can the console and the names of files hold Chinese?"""
    console, files = sys.stdout.encoding or "ascii", sys.getfilesystemencoding()
    lost = [one for one in dict.fromkeys((console, files)) if not _holds(one)]
    values = {"console": console, "files": files}
    if lost:
        found = tell("doctor-encoding-lost", language, listed=", ".join(lost), **values)
        yield Check("encoding", "warning", found, tell("doctor-encoding-do", language))
    else:
        yield Check("encoding", "good", tell("doctor-encoding", language, **values))


def _holds(encoding: str) -> bool:
    try:
        CHINESE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _optional(language: str) -> Iterator[Check]:
    """Which packages that nobody has to have are there, and what each is for."""
    for module, word in OPTIONAL.items():
        there = find_spec(module) is not None
        code = "doctor-optional" if there else "doctor-optional-missing"
        values = {"name": module, "use": tell(f"doctor-{word}", language)}
        command = f'pip install "{INSTALL[module]}"'
        remedy = "" if there else tell("doctor-install", language, command=command)
        state: State = "good" if there else "note"
        yield Check(f"optional {module}", state, tell(code, language, **values), remedy)


LOOKS: tuple[Callable[[str], Iterator[Check]], ...] = (
    _python,
    _packages,
    _solver,
    _memory,
    _folders,
    _encoding,
    _optional,
)
"""Everything that is looked at, in this order."""
