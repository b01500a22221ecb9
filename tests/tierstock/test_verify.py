"""``tierstock plan --verify``: what a second solve says of the plan, and what comes of it."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest
from commands import answer, run, write_endless, write_folder

import tierstock as ts
from tierstock import search
from tierstock.plan import Plan
from tierstock.solvers import second, start
from tierstock.solvers.compile import compile_model
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.second import Opinion


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second solver is installed."""
    monkeypatch.setattr(second, "find_spec", lambda _: None)


def texts(path: Path, sheet: str) -> str:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = book[sheet].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def test_a_plan_that_is_confirmed_says_so_everywhere(starter: Path) -> None:
    result = run("plan", starter, "--gap", "0", "--verify", "--json", "--lang", "en")
    assert result.exit_code == 0, result.output
    said = "A second solve confirms the plan (HiGHS"
    assert said in result.stderr
    seen = answer(result)["verify"]
    assert (seen["result"], seen["level"]) == ("confirmed", None)
    assert seen["ways"][0]["bound"] == pytest.approx(answer(result)["objective"])
    for sheet in ("Summary", "RunInfo"):
        assert said in texts(starter.with_name("shops.plan.xlsx"), sheet)


def test_a_contradiction_leaves_the_old_file(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = starter.with_name("shops.plan.xlsx")
    target.write_bytes(b"old")

    def liar(arrays: Any, options: Any, values: Any) -> Opinion:
        return Opinion("highs", "HiGHS", 1, math.inf, 1e6, 0.1)

    monkeypatch.setattr(second, "_by_highs", liar)
    result = run("plan", starter, "--gap", "0", "--verify", "--json", "--lang", "en")
    assert result.exit_code == 4
    assert "Two solves contradict each other" in result.stderr
    assert "1,000,000" in result.stderr
    facts = answer(result)
    assert (facts["verify"]["result"], facts["files"]) == ("contradiction", [])
    assert target.read_bytes() == b"old"


def test_python_verifies_too_and_writes_nothing_that_is_contradicted(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    m = ts.build(ts.read(starter))
    plan = ts.solve(m, gap=0, verify=True, progress=False)
    assert plan.verdict is not None and plan.verdict.result == "confirmed"
    assert [one for one in plan.notes if one.startswith("A second solve confirms the plan (HiGHS")]

    def liar(arrays: Any, options: Any, values: Any) -> Opinion:
        return Opinion("highs", "HiGHS", 1, math.inf, 1e6, 0.1)

    monkeypatch.setattr(second, "_by_highs", liar)
    plan = ts.solve(m, gap=0, verify=True, progress=False)
    for write, name in ((plan.save, "x.xlsx"), (plan.page, "x.html")):
        with pytest.raises(ts.AuditError, match="Two solves contradict each other"):
            write(starter.with_name(name))
    assert list(starter.parent.iterdir()) == [starter]


def test_python_takes_the_better_plan_and_compares_nothing_with_a_stopped_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    m = ts.build(ts.read(write_endless(tmp_path / "net", shops=2, weeks=3)))
    best = ts.solve(m, gap=0, progress=False)
    idle = solve_arrays(start.idle(compile_model(m).arrays), best.options)
    ends: tuple[tuple[Literal["time", "user"], str | None], ...]
    ends = (("time", "confirmed"), ("user", None))
    for stopped, result in ends:
        poor = replace(
            best.solution,
            values=idle.values,
            objective=idle.objective,
            stopped=stopped,
            quality="feasible",
        )
        monkeypatch.setattr("tierstock.solvers.solve", lambda *_, poor=poor, **named: poor)
        plan = ts.solve(m, gap=0, verify=True, progress=False)
        assert (plan.verdict and plan.verdict.result) == result
        cost = idle.objective if result is None else best.objective
        assert plan.objective == pytest.approx(cost)
    assert idle.objective > best.objective


@pytest.mark.slow
def test_a_better_plan_of_the_second_solve_is_audited_and_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_endless(tmp_path / "net", shops=2, weeks=3)
    real = ts.solve

    def poor(m: Any, **asked: Any) -> Plan:
        plan = real(m, **asked)
        idle = solve_arrays(start.idle(compile_model(m).arrays), plan.options)
        found = replace(
            plan.solution,
            values=idle.values,
            objective=idle.objective,
            stopped="time",
            quality="feasible",
        )
        return Plan(m, found, plan.options)

    monkeypatch.setattr(search, "solve", poor)
    result = run("plan", folder, "--gap", "0", "--verify", "--json", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "The second solve found a better plan" in result.stderr
    facts = answer(result)
    assert facts["audit"]["passed"] is True
    assert facts["objective"] == pytest.approx(facts["verify"]["ways"][0]["cost"])
    assert (facts["quality"], facts["stopped"]) == ("proven", "optimal")


def test_rules_that_contradict_each_other_are_confirmed(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "net",
        Locations=["Location,Tier", "SUP,supplier", "S1,store"],
        Products=["Product,Unit Value", "tea,10"],
        Lanes=["From,To,Lead Time", "SUP,S1,0"],
        Supply=["Location,Product,Max", "SUP,tea,5"],
        ServiceClasses=["Class,Priority,Mode", "A,1,must"],
        Demand=["Location,Product,Class,Period,Quantity", "S1,tea,A,1,9"],
        Settings=["Setting,Value", "bucket,week"],
    )
    result = run("plan", folder, "--verify", "--json", "--lang", "en")
    assert result.exit_code == 3, result.output
    assert "says, too, that there is no plan" in result.stderr
    result = run("plan", folder, "--verify", "--json", "--lang", "zh")
    assert "同样表明不存在可行方案" in result.stderr
    assert answer(result)["verify"]["result"] == "confirmed"


@pytest.mark.slow
def test_levels_are_compared_by_the_first_one(starter: Path) -> None:
    words = ("--set", "objective=lexicographic", "--set", "objective_levels=service, cost")
    result = run("plan", starter, "--verify", "--json", "--lang", "en", *words)
    assert result.exit_code == 0, result.output
    seen = answer(result)["verify"]
    assert (seen["result"], seen["level"]) == ("confirmed", answer(result)["levels"][0]["name"])
    assert f"{seen['level']} {seen['cost']:,.2f}" in result.stderr
