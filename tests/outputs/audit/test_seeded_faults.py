"""Seeded faults in real plans: those that an exact oracle calls real are caught.

All of them: ``pytest -m slow -s tests/outputs/audit/test_seeded_faults.py``.
"""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from foreign_plans import LEFT_OUT, PARTS, other_input
from goals import reached
from plan_oracle import Oracle, Tables
from random_networks import drawn
from real_plans import Written, failed, least_plan
from seeded_faults import KINDS, SIZES

import tierstock as ts
from tierstock.inputs.inspection import content_hash
from tierstock.outputs.audit import audit
from tierstock.outputs.run_info import run_info
from tierstock.plan import Plan

NETWORKS = (5, 8, 10, 12, 18, 20, 21, 36, 38, 47)
"""Seeds that together have transfers, sites, trips, lots, ages, budgets, cash and carbon."""
FOREIGN = (*PARTS, LEFT_OUT)
LIMIT = 120.0
"""Seconds of the solve that the time of the audit is held against."""
SHOWN = 1e-3
"""Change of a published figure, as a share of it, that must never be missed."""


@dataclass(frozen=True)
class Outcome:
    """What became of one seeded fault."""

    name: str
    real: str
    """Why it is wrong; blank where it is not."""
    caught: bool
    moved: float
    """Largest change of a figure of Summary."""


class Bench:
    """One network with its plan, on which faults are tried."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.sheets = seed, drawn(seed).long
        plan = least_plan(self.sheets)
        assert plan is not None
        self.written = Written.of(self.sheets, plan, folder / str(seed))
        self.oracle = Oracle(plan, self.written.tables)
        self.hash = content_hash(self.written.source)
        assert failed(self.written.audit()) == []

    def tried(self, name: str, tables: Tables, plan: Plan | None = None) -> Outcome:
        """Judge tables, perhaps those of another plan, by the oracle and by the audit."""
        usual = self.written.tables
        changed = {n for n in usual | tables if tables.get(n) is not usual.get(n)}
        for sheet in changed:
            self.written.put(sheet, tables.get(sheet))
        caught = not self.written.audit().passed
        for sheet in changed:
            self.written.put(sheet, usual.get(sheet))
        label = f"{self.seed}: {name}"
        why = self.oracle.wrong(tables, None if plan is None else plan.keyed)
        return Outcome(label, why, caught, self.oracle.moved(tables))

    def cells(self, kinds: tuple[str, ...], sizes: tuple[str, ...]) -> Iterator[Outcome]:
        """Try faults of the tables."""
        for kind in kinds:
            for size in sizes:
                tables = KINDS[kind](self.written.tables, Random(f"{self.seed}{kind}{size}"), size)
                if tables is not None:
                    yield self.tried(f"{kind}, {size}", tables)

    def foreign(self, kinds: tuple[str, ...], sizes: tuple[str, ...]) -> Iterator[Outcome]:
        """Try plans of other inputs, all their costs restated."""
        for kind in kinds:
            for size in sizes:
                draw = Random(f"{self.seed}{kind}{size}")
                other = other_input(self.sheets, kind, draw, size)
                plan = None if other is None else planned(other)
                if plan is not None:
                    facts = replace(plan.facts(self.hash), objective=plan.cost)
                    tables = {**plan.tables, "RunInfo": run_info(facts)}
                    yield self.tried(f"{kind}, {size}", tables, plan)


def planned(sheets: dict[str, list[dict[str, object]]]) -> Plan | None:
    """Return the plan of an input; None where it is no input, or has none."""
    try:
        return least_plan(sheets)
    except (AssertionError, ts.InputError):
        return None


def missed(outcomes: list[Outcome]) -> list[str]:
    return [f"{one.name}: {one.real}" for one in outcomes if one.real and not one.caught]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(36, tmp_path_factory.mktemp("bench"))


def test_faults_in_the_tables_of_a_plan_are_caught(bench: Bench) -> None:
    outcomes = list(bench.cells(tuple(KINDS), SIZES[1:3]))

    assert sum(bool(one.real) for one in outcomes) > 45
    assert missed(outcomes) == []


def test_plans_of_another_input_are_caught(bench: Bench) -> None:
    outcomes = list(bench.foreign(("other values and penalties", "more wanted"), SIZES[1:2]))

    assert any(one.real for one in outcomes)
    assert missed(outcomes) == []


@pytest.mark.slow
def test_seeded_faults_are_caught(tmp_path: Path) -> None:
    outcomes: list[Outcome] = []
    for seed in NETWORKS:
        bench = Bench(seed, tmp_path)
        outcomes += bench.cells(tuple(KINDS), SIZES)
        outcomes += bench.foreign(FOREIGN, SIZES)
    real = [one for one in outcomes if one.real]
    caught = sum(one.caught for one in real)
    shown = [one for one in real if one.moved > SHOWN]
    seen = sum(one.caught for one in shown)
    print(*missed(outcomes), sep="\n")
    print(Counter(one.name.split(": ")[1].rpartition(",")[0] for one in real))
    figure = (
        f"{caught} of {len(real)} seeded faults caught in {len(NETWORKS)} networks, {seen} of "
        f"{len(shown)} of those that move a published figure by more than 0.1 %; "
        f"{len(outcomes) - len(real)} others changed nothing that counts"
    )
    met = len(real) >= 1000 and caught >= 0.99 * len(real) and seen == len(shown)
    reached(7, figure, met)


@pytest.mark.slow
def test_right_plans_raise_no_alarm(tmp_path: Path) -> None:
    alarms, plans, rows, audited, solved = [], 0, 0, 0.0, 0.0
    seed = 0
    while plans < 500:
        seed += 1
        begin = time.process_time()
        sheets = drawn(seed).short
        plan = planned(sheets)
        solved += time.process_time() - begin
        if plan is None:
            continue
        written = Written.of(sheets, plan, tmp_path / str(seed))
        begin = time.process_time()
        found = failed(written.audit())
        audited += time.process_time() - begin
        plans, rows = plans + 1, rows + sum(map(len, written.tables.values()))
        alarms += [f"{seed}: {found}"] if found else []
    print(*alarms, sep="\n")
    figure = f"{len(alarms)} false alarms in {plans} plans of random networks"
    print(f"{audited:.1f} s for {rows} rows, {audited / solved:.0%} of reading and solving")
    reached(7, figure, not alarms)


@pytest.mark.slow
def test_the_audit_takes_a_small_part_of_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3]))
    from benchmarks.tables import tables_of, write
    from benchmarks.yardstick import yardstick

    source, target = tmp_path / "network.xlsx", tmp_path / "plan.xlsx"
    write(tables_of(yardstick(20, "few", 1)), source)
    plan = ts.solve(ts.build(ts.read(source)), time_limit=LIMIT, progress=False)
    rows = sum(map(len, plan.tables.values()))
    plan.save(target)
    begin = time.process_time()
    found = audit(source, target)
    took = time.process_time() - begin
    share = took / plan.seconds["solve"]
    figure = (
        f"the audit of {rows} rows takes {took:.1f} s, {1e5 * took / rows:.1f} s for 100,000 rows, "
        f"{share:.1%} of a solve of {plan.seconds['solve']:.0f} s"
    )
    assert found.passed
    reached(7, figure, share <= 0.05)
