"""What fails its audit is solved another way, and never published."""

from pathlib import Path
from typing import Any

import pytest
from commands import answer, run

from tierstock import audited as room
from tierstock import search
from tierstock.outputs.audit import AuditResult, Check, audit
from tierstock.plan import Plan
from tierstock.solvers import SolveOptions
from tierstock.solving import solve_with

BAD = AuditResult(False, (Check("Stock identity of every row", False, 3.5, "S1"),), "", "")


class Auditor:
    """Stands in for the audit: refuses the first plans, and keeps how they were solved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refuse: int, fault: Any = None) -> None:
        self.calls, self.refuse, self.fault = 0, refuse, fault
        self.options: list[SolveOptions] = []
        self._audit, again = audit, solve_with
        monkeypatch.setattr(room, "audit", self)

        def heard(m: Any, options: SolveOptions, progress: Any) -> Plan:
            self.options.append(options)
            return again(m, options, progress)

        monkeypatch.setattr(search, "solve_with", heard)

    def __call__(self, source: Path, draft: Path, *, language: str) -> AuditResult:
        self.calls += 1
        if self.calls > self.refuse:
            return self._audit(source, draft, language=language)
        if self.fault is not None:
            raise self.fault
        return BAD


def test_a_refused_plan_is_solved_another_way(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = Auditor(monkeypatch, refuse=1)
    result = run("plan", starter, "--gap", "0", "--time", "60", "--set", "seed=4", "--json")
    assert result.exit_code == 0, result.output
    assert "solving another way" in result.stderr
    (options,) = auditor.options
    assert (options.seed, options.tolerance, options.presolve) == (4, None, False)
    assert 0 < options.time_limit_s < 60
    assert answer(result)["audit"]["passed"] is True
    assert starter.with_name("shops.plan.xlsx").exists()


def test_after_every_retry_nothing_is_published(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = starter.with_name("shops.plan.xlsx")
    target.write_bytes(b"old")
    auditor = Auditor(monkeypatch, refuse=99)
    result = run("plan", starter, "--gap", "0", "--json")
    assert result.exit_code == 4
    assert [one.presolve for one in auditor.options] == [False] * 4
    assert [one.tolerance for one in auditor.options] == [None, 1e-9, 1e-9, 1e-9]
    assert [one.seed for one in auditor.options] == [0, 0, 1, 1]
    assert [one.method for one in auditor.options] == ["choose"] * 3 + ["ipm"]
    assert "Stock identity of every row: 3.5  S1" in result.stderr
    facts = answer(result)
    assert facts["audit"] == {"passed": False, "worst_violation": 3.5}
    assert facts["files"] == []
    assert target.read_bytes() == b"old"


def test_without_time_there_is_no_retry(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = Auditor(monkeypatch, refuse=99)
    monkeypatch.setattr(search, "LEAST_S", 1000.0)
    assert run("plan", starter, "--gap", "0").exit_code == 4
    assert auditor.calls == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [(MemoryError(), 5), (OSError(28, "No space left on device", "plan.xlsx"), 6)],
)
def test_what_the_machine_lacks_for_the_audit_is_no_fault_of_the_plan(
    starter: Path, fault: Exception, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = Auditor(monkeypatch, refuse=99, fault=fault)
    result = run("plan", starter, "--gap", "0", "--json")
    assert (result.exit_code, auditor.calls) == (code, 1)
    assert answer(result)["exit"] == code
    assert list(starter.parent.iterdir()) == [starter]


@pytest.mark.parametrize("fault", [KeyError("Summary"), RecursionError(), ValueError("odd")])
def test_an_audit_that_breaks_down_is_a_failed_one(
    starter: Path, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = Auditor(monkeypatch, refuse=99, fault=fault)
    result = run("plan", starter, "--gap", "0", "--lang", "zh", "--json")
    assert result.exit_code == 4
    assert auditor.calls == 1 + len(search.OTHER_WAYS)
    assert type(fault).__name__ in result.stderr
    assert answer(result)["audit"]["passed"] is False
    assert list(starter.parent.iterdir()) == [starter]
