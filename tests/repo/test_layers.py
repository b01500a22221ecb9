"""The rooms of the package know each other in one direction only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAY: dict[str, set[str]] = {
    "inputs": set(),
    "model": {"inputs"},
    "solvers": {"model", "inputs"},
    "outputs": {"inputs"},
}
"""Which rooms a room may import besides itself; the facade may import all."""

HEAVY = ("click", "highspy", "openpyxl", "pyomo", "python_calamine", "rich", "xlsxwriter")
"""Packages that are only loaded by the function that needs them."""


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import of our own package in a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # `from tierstock import model` names the room only in the list behind it.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, n) for n in names if n.split(".")[0] == "tierstock")


def faults(room: str) -> list[str]:
    """Imports of a room that break the direction, as ``file:line name``."""
    found = []
    for file in sorted((ROOT / room).rglob("*.py")):
        audit = (ROOT / "outputs" / "audit") in file.parents
        for line, name in imported(file):
            parts = name.split(".")
            target = parts[1] if len(parts) > 1 else ""
            good = target == room or target in MAY[room]
            if audit:
                good = parts[1:3] == ["outputs", "audit"]
            if not good:
                found.append(f"{file.relative_to(ROOT)}:{line} {name}")
    return found


@pytest.mark.parametrize("room", MAY)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    assert faults(room) == []


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    code = f"import sys, tierstock; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
