"""The page beside the workbook: only of an audited plan, and never in the way of the workbook."""

from pathlib import Path

import pytest
from commands import answer, run

import tierstock as ts
from tierstock import audited as room
from tierstock.audited import AuditError
from tierstock.outputs.audit import AuditResult, Check

BAD = AuditResult(False, (Check("Stock identity of every row", False, 3.5, "S1"),), "", "")


def solved(starter: Path) -> ts.Plan:
    return ts.solve(ts.build(ts.read(starter)), progress=False)


def test_a_page_that_cannot_be_written_leaves_the_workbook(starter: Path) -> None:
    workbook, page = (starter.with_name(f"shops.plan.{end}") for end in ("xlsx", "html"))
    page.mkdir()
    result = run("plan", starter, "--gap", "0", "--json")

    assert result.exit_code == 0
    assert f"The page {page} could not be written" in result.stderr
    assert answer(result)["files"] == [str(workbook)]
    assert run("audit", starter, workbook).exit_code == 0


def test_a_plan_is_audited_before_it_gets_a_page(starter: Path) -> None:
    plan, page = solved(starter), starter.with_name("own.html")
    plan.page(page, language="zh")

    assert plan.audit is not None and plan.audit.passed
    assert '<html lang="zh-CN">' in page.read_text(encoding="utf-8")
    assert sorted(one.name for one in starter.parent.iterdir()) == ["own.html", starter.name]


def test_a_plan_that_fails_its_audit_gets_no_page(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, page = solved(starter), starter.with_name("own.html")
    monkeypatch.setattr(room, "audit", lambda *_, **__: BAD)

    with pytest.raises(AuditError):
        plan.page(page)

    assert not page.exists()
