"""Every setting changes the model, how it is solved, or how it is told; or it is refused."""

from typing import Any

import pytest
from column_walk import arrays_of, findings_of
from setting_changes import CHANGES, Change, said
from small import tables

import tierstock as ts
from tierstock.inputs.schema import Setting, schema
from tierstock.inputs.settings import LEVELS
from tierstock.outputs.localise import sheet_title
from tierstock.solvers import SolveOptions

ELSEWHERE = {
    "previous_plan": "tests/tierstock/test_previous_plan.py",
    "audit_tolerance": "tests/outputs/audit/test_doors.py",
}
"""Settings whose change needs a plan that is already there, and where it is made."""
BASELINE = ("terminal_rule", "baseline")
"""The choice that needs one."""
LATER = {"workers": 4, "scenario_list": "high, low"}
"""Values of settings of a later version that have no list of choices."""


def that(effect: str) -> list[Change]:
    return [change for change in CHANGES if change.effect == effect]


def name(change: Change) -> str:
    return f"{change.setting}-{change.value}"


def used() -> list[Setting]:
    return [setting for setting in schema().settings if setting.status == "model"]


def test_every_setting_and_every_choice_has_a_change_that_acts() -> None:
    assert {change.setting for change in CHANGES} | set(ELSEWHERE) == {one.name for one in used()}
    words = {(change.setting, change.value) for change in CHANGES} | {BASELINE}
    wanted = {(one.name, word) for one in used() for word in one.choices if word != one.default} - {
        ("decimal_point", "point"),
        ("language", "en"),
        ("report_language", "en"),
    }
    assert wanted <= words
    levels = " ".join(str(one.value) for one in CHANGES if one.setting == "objective_levels")
    assert all(level in levels for level in LEVELS)


@pytest.mark.parametrize("change", that("model"), ids=name)
def test_another_value_is_another_model(change: Change) -> None:
    after = said(change.sheets, **{change.setting: change.value})
    assert arrays_of(after) != arrays_of(change.sheets)


@pytest.mark.parametrize("change", that("options"), ids=name)
def test_another_value_is_solved_otherwise(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[SolveOptions] = []

    def hear(m: object, options: SolveOptions, *words: object, **named: object) -> None:
        asked.append(options)

    monkeypatch.setattr("tierstock.solving.solve_with", hear)
    for sheets in (change.sheets, said(change.sheets, **{change.setting: change.value})):
        ts.solve(ts.build(ts.read(tables(**sheets))))
    assert asked[0] != asked[1]


@pytest.mark.parametrize("change", that("words"), ids=name)
def test_another_value_is_told_otherwise(change: Change) -> None:
    def told(**settings: Any) -> tuple[object, ...]:
        net = ts.read(tables(**said(change.sheets, **settings)))
        language = net.settings.report_language
        assert net.findings is not None
        return (
            net.name,
            sheet_title("Summary", language),
            net.settings.money_word(language),
            net.findings["message"].tolist(),
        )

    assert told() != told(**{change.setting: change.value})


@pytest.mark.parametrize("change", that("told"), ids=name)
def test_another_value_is_worth_a_warning(change: Change) -> None:
    net = ts.read(tables(**said(change.sheets, **{change.setting: change.value})))
    assert net.findings is not None
    assert (net.findings["code"] == "stock-date-far").any()


@pytest.mark.parametrize("change", that("plan"), ids=name)
def test_another_value_is_another_plan(change: Change) -> None:
    costs = [
        ts.solve(ts.build(ts.read(tables(**sheets))), gap=0, threads=1, progress=False).cost
        for sheets in (change.sheets, said(change.sheets, **{change.setting: change.value}))
    ]
    assert costs[0] != pytest.approx(costs[1])


@pytest.mark.parametrize("change", that("compared"), ids=name)
def test_another_value_is_held_against_another_baseline(change: Change) -> None:
    costs = []
    for sheets in (change.sheets, said(change.sheets, **{change.setting: change.value})):
        plan = ts.solve(ts.build(ts.read(tables(**sheets))), gap=0, threads=1, progress=False)
        figures = plan.kpis.set_index("KPI")
        costs.append(figures["Baseline"]["Total cost"] if "Baseline" in figures else None)
    assert costs[0] != pytest.approx(costs[1])


@pytest.mark.parametrize("setting", schema().settings, ids=lambda one: one.name)
def test_what_is_not_planned_yet_is_refused(setting: Setting) -> None:
    words: tuple[object, ...] = setting.later_choices
    if setting.status == "later":
        words = tuple(word for word in setting.choices if word not in setting.neutral)
        words = words or (LATER.get(setting.name, "Y"),)
    for word in words:
        found = findings_of(said(CHANGES[0].sheets, **{setting.name: word}))
        assert found["code"].tolist() == ["not-yet"], word
        assert found["value"].tolist() == [str(word)]
