"""A run that was broken off goes on from what it kept on disk."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tierstock.solvers import Progress, SolveOptions, journal
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.journal import OTHER_MODEL, UNUSABLE, Journal, Kept, fingerprint

PLAN = np.array([20.0, 3.0])
"""The best plan of ``trucks``: 20 units in 3 trucks cost 35."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "net.plan.journal"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "EVERY_S", 0.0)
    monkeypatch.setattr(journal, "SHARE", 0)


def written(trucks: Arrays, file: Path, bound: float) -> Journal:
    book = Journal(file, trucks)
    book.keep(PLAN)
    book.tick(bound)
    book.write()
    return book


def test_what_is_kept_is_found_again(trucks: Arrays, file: Path) -> None:
    written(trucks, file, 32.5)
    kept = Journal(file, trucks).kept()
    assert isinstance(kept, Kept)
    assert kept.values.tolist() == PLAN.tolist()
    assert kept.bound == 32.5
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_without_a_bound_there_is_none(trucks: Arrays, file: Path) -> None:
    written(trucks, file, -math.inf)
    kept = Journal(file, trucks).kept()
    assert isinstance(kept, Kept) and math.isnan(kept.bound)


def test_a_plan_in_the_place_of_an_older_one_is_written(trucks: Arrays, file: Path) -> None:
    values, book = PLAN.copy(), Journal(file, trucks)
    for number in (4.0, 3.0):
        values[1] = number
        book.keep(values)
        book.write()
        kept = Journal(file, trucks).kept()
        assert isinstance(kept, Kept) and kept.values[1] == number


def test_a_worse_bound_is_not_kept(trucks: Arrays, file: Path) -> None:
    book = written(trucks, file, 32.5)
    book.tick(30.0)
    book.keep(PLAN.copy())
    book.write()
    kept = Journal(file, trucks).kept()
    assert isinstance(kept, Kept) and kept.bound == 32.5


def test_another_model_is_told(trucks: Arrays, file: Path) -> None:
    written(trucks, file, 32.5)
    for name in ("cost", "lower", "row_upper", "value"):
        other = replace(trucks, **{name: getattr(trucks, name) * 2 + 1})
        assert fingerprint(other) != fingerprint(trucks)
        assert Journal(file, other).kept() == OTHER_MODEL


@pytest.mark.parametrize("end", [0, 10, 150, -1])
def test_half_a_journal_is_none(trucks: Arrays, file: Path, end: int) -> None:
    written(trucks, file, 32.5)
    file.write_bytes(file.read_bytes()[:end])
    assert Journal(file, trucks).kept() == UNUSABLE


def test_values_that_are_no_plan_are_none(trucks: Arrays, file: Path) -> None:
    book = Journal(file, trucks)
    book.keep(np.array([20.0, 1.0]))
    book.write()
    assert book.kept() == UNUSABLE


def test_a_place_that_cannot_be_written_disturbs_nothing(trucks: Arrays, tmp_path: Path) -> None:
    book = Journal(tmp_path / "missing" / "net.journal", trucks)
    found = solve_arrays(trucks, SolveOptions(gap=0), journal=book)
    book.write()
    assert found.objective == 35.0
    assert book.kept() == UNUSABLE


@pytest.mark.usefixtures("hasty")
def test_plans_and_bounds_are_kept_while_the_search_goes_on(endless: Arrays, file: Path) -> None:
    seen: list[Kept] = []

    def look(_: object) -> None:
        kept = Journal(file, endless).kept()
        if isinstance(kept, Kept):
            seen.append(kept)

    options = SolveOptions(gap=0, time_limit_s=2, threads=1)
    first = solve_arrays(endless, options, look, journal=Journal(file, endless))
    assert first.quality == "feasible" and seen
    kept = Journal(file, endless).kept()
    assert isinstance(kept, Kept)
    assert kept.bound <= first.objective <= endless.objective(kept.values) + 1e-6

    again = solve_arrays(
        endless, replace(options, time_limit_s=0.2), start=kept.values, bound=kept.bound
    )
    assert again.objective <= first.objective + 1e-6
    assert again.bound >= kept.bound


@pytest.mark.usefixtures("hasty")
def test_plans_of_a_deterministic_search_are_kept_while_it_goes_on(
    endless: Arrays, file: Path
) -> None:
    costs: list[float] = []

    def look(progress: Progress) -> None:
        kept = Journal(file, endless).kept()
        if isinstance(kept, Kept) and progress.phase == "searching":
            costs.append(endless.objective(kept.values))

    options = SolveOptions(gap=0, time_limit_s=0.5, threads=1, deterministic=True)
    found = solve_arrays(endless, options, look, journal=Journal(file, endless))
    assert costs and costs[0] >= found.objective - 1e-6


def test_the_head_of_a_journal_is_plain(trucks: Arrays, file: Path) -> None:
    written(trucks, file, 32.5)
    head = json.loads(file.read_bytes().partition(b"\n")[0])
    assert head["model"] == fingerprint(trucks)
