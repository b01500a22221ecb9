"""The table of ``scripts/reliability.py`` names every proof, and every proof it names is there."""

import csv
import importlib
import re
import shlex
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(\.\./(tests/[^)]+)\)")
CALLS = re.compile(r"^ +reached\(", re.MULTILINE)
OTHER_WAYS = {20, 23, 24}
"""Goals that a command of their own answers."""


def rows() -> dict[int, list[str]]:
    """Return the arguments for pytest of every goal."""
    with (ROOT / "scripts" / "goals.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): shlex.split(row["proofs"]) for row in csv.DictReader(file)}


def files(proofs: list[str]) -> set[str]:
    return {one for one in proofs if one.startswith("tests/")}


def test_every_goal_has_a_proof_that_is_there() -> None:
    found = rows()
    assert list(found) == list(range(1, 25))
    assert {number for number, proofs in found.items() if not proofs} == OTHER_WAYS
    assert [
        one for proofs in found.values() for one in files(proofs) if not (ROOT / one).exists()
    ] == []


def test_every_test_that_tells_a_figure_is_in_the_table() -> None:
    telling = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if CALLS.search(path.read_text(encoding="utf-8"))
    }
    assert telling - {one for proofs in rows().values() for one in files(proofs)} == set()


@pytest.mark.parametrize("page", ["reliability.md", "reliability.zh.md"])
def test_the_page_has_a_row_for_every_goal(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert [number for number in rows() if f"\n| {number} |" not in text] == []


@pytest.mark.parametrize("page", ["reliability.md", "reliability.zh.md"])
def test_the_page_names_the_proofs_that_are_run_and_no_others(page: str) -> None:
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    for number, proofs in rows().items():
        (row,) = (line for line in lines if line.startswith(f"| {number} |"))
        assert set(LINK.findall(row)) == files(proofs), number


def test_a_script_that_starts_another_one_lets_it_find_its_neighbours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    monkeypatch.setenv("TIERSTOCK_FIGURES", "")  # the table puts a file of its own there
    environment, table, changes = map(
        importlib.import_module, ("environment", "reliability", "mutate")
    )
    really, started = environment.script, []
    assert really(sys.executable, "mutate.py", "--help", quiet=True) == 0

    def script(python: Path, name: str, *words: str, quiet: bool = False) -> int:
        started.append(name)
        return 0

    monkeypatch.setattr(environment, "script", script)
    monkeypatch.setattr(environment, "ready", lambda extra: tmp_path)
    goal = table.goals()[-1]
    assert table.oldest(goal, tmp_path, quick=False).met
    assert table.mutants(goal, tmp_path, quick=False).met
    assert changes.main([]) == 0
    assert started == ["oldest.py", "mutate.py", "mutate.py"]
