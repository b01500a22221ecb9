"""Settings are typed, checked and may be given beside the tables."""

from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest
from starter import codes, look, only, starter

from tierstock.inputs.schema import schema
from tierstock.inputs.settings import Settings, read_duration


def with_settings(*rows: tuple[Any, Any], language: str = "en") -> dict[str, pd.DataFrame]:
    study = starter(language)
    study["Settings"] = [["Setting", "Value"], *map(list, rows)]
    return {title: pd.DataFrame(rows[1:], columns=rows[0]) for title, rows in study.items()}


def test_every_setting_of_this_version_is_an_attribute() -> None:
    used = {setting.name for setting in schema().settings if setting.status == "model"}
    assert {one.name for one in fields(Settings)} == used | {"stated"}


def test_nothing_stated_means_the_defaults() -> None:
    tables, findings = look(with_settings())

    assert codes(findings) == []
    assert tables.settings == Settings()


GIVEN = [
    ("start_date", "2026-01-05", np.datetime64("2026-01-05")),
    ("开始日期", "2026/1/5", np.datetime64("2026-01-05")),
    ("bucket", "周", "week"),
    ("periods", 8, 8),
    ("Week Start", "星期日", "Sun"),
    ("carrying_rate", 15, 0.15),
    ("carrying_rate", 0.15, 0.15),
    ("carrying_rate", "0.5%", 0.005),
    ("gap", "2%", 0.02),
    ("time_limit", "90s", 90.0),
    ("time_limit", "5 min", 300.0),
    ("时间上限", "1小时", 3600.0),
    ("abc_limits", "70%/90%", (0.7, 0.9)),
    ("shortage_default_cost", "罚金阶梯", "ladder"),
    ("shortage_default_cost", 2, 2.0),
    ("terminal_days", 21, 21.0),
    ("threads", 4, 4),
    ("home_currency", "EUR", "EUR"),
    ("money_unit", "元", "1"),
    ("model_name", "Spring", "Spring"),
    ("audit_tolerance", "1e-5", 1e-5),
    ("objective", "利润", "profit"),
    ("objective_levels", "service, cost, moves", ("service", "cost", "moves")),
    ("目标层次", "服务、公平 > 利润；资金", ("service", "fairness", "profit", "capital")),
    ("objective_tolerance", "2%", 0.02),
    ("discount_per_period", 0.01, 0.01),
]


@pytest.mark.parametrize(("name", "value", "typed"), GIVEN)
def test_a_setting_is_read(name: str, value: Any, typed: Any) -> None:
    tables, findings = look(with_settings((name, value)))

    assert codes(findings) == []
    (stated,) = tables.settings.stated
    assert getattr(tables.settings, stated) == typed


BAD = [
    ("start_date", "05/01/2026"),
    ("bucket", "yaer"),
    ("periods", 0),
    ("periods", 2.5),
    ("gap", 5),
    ("gap", -0.1),
    ("time_limit", "0"),
    ("time_limit", "-1"),
    ("time_limit", "soon"),
    ("threads", "two"),
    ("threads", 0),
    ("threads", 1025),
    ("seed", -1),
    ("seed", 2147483648),
    ("periods", 5001),
    ("time_limit", "9" * 400),
    ("abc_limits", "95%/80%"),
    ("abc_limits", "80%"),
    ("audit_tolerance", 0),
    ("audit_tolerance", 0.01),
    ("terminal_days", -1),
    ("shortage_default_cost", "dear"),
    ("objective", "happiness"),
    ("objective_levels", "service, costs"),
    ("objective_levels", "service, cost, service"),
    ("objective_levels", "cost, profit"),
    ("objective_tolerance", 2),
    ("discount_per_period", -0.1),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_wrong_value_is_named_with_what_is_expected(name: str, value: Any) -> None:
    tables, findings = look(with_settings((name, value)))

    found = only(findings, "bad-setting")
    assert (found.cell, found.sheet) == ("B2", "Settings")
    assert "Expected:" in found.message("en")
    assert "应为" in found.message("zh")
    assert getattr(tables.settings, name) == getattr(Settings(), name)


def test_an_unknown_level_offers_the_nearest() -> None:
    _, findings = look(with_settings(("objective_levels", "service, mvoes")))

    assert 'Nearest: "moves"' in only(findings, "bad-setting").message("en")
    assert "最接近的是“笔数”" in only(findings, "bad-setting").message("zh")


def test_an_unknown_setting_offers_the_nearest() -> None:
    _, findings = look(with_settings(("time_limt", 5), ("目标差距值", 1)))

    told = [one.message() for one in findings if one.code == "unknown-setting"]
    assert "Settings sheet of a new template" in told[0]
    assert "time_limit" in told[0]
    assert "目标差距" in told[1]


def test_a_setting_stated_twice_is_an_error() -> None:
    _, findings = look(with_settings(("gap", 0.1), ("目标差距", 0.2)))

    assert only(findings, "duplicate-setting").cell == "A3"
    assert len(findings) == 1


def test_a_setting_repeated_with_its_value_counts_once() -> None:
    tables, findings = look(with_settings(("gap", 0.1), ("目标差距", 0.1), ("gap", 0.1)))

    assert codes(findings) == ["duplicate-row", "duplicate-row"]
    assert tables.settings.gap == 0.1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", 4),
        ("round_quantities", "Y"),
    ],
)
def test_a_setting_of_a_later_version_is_refused(name: str, value: Any) -> None:
    _, findings = look(with_settings((name, value)))

    assert only(findings, "not-yet").cell == "B2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", 1),
        ("round_quantities", "否"),
        ("allow_after_horizon", True),
        ("scenario_list", "全部"),
        ("on_conflict", "解释"),
    ],
)
def test_a_neutral_value_of_a_later_setting_is_accepted(name: str, value: Any) -> None:
    _, findings = look(with_settings((name, value)))

    assert codes(findings) == []


def test_settings_beside_the_tables_beat_the_sheet() -> None:
    frames = with_settings(("gap", 0.1), ("threads", 4))

    tables, findings = look(frames, {"目标差距": "3%", "threads": ""})

    assert codes(findings) == []
    assert tables.settings.gap == 0.03
    assert tables.settings.threads == 2
    assert tables.settings.stated == {"gap"}


def test_a_wrong_setting_beside_the_tables_is_told() -> None:
    _, findings = look(with_settings(), {"gap": "wide", "gapp": "1"})

    told = {one.code: one.say() for one in findings}
    assert told["bad-setting"].startswith("--set gap  Setting gap cannot be")
    assert told["unknown-setting"].startswith('--set gapp  Setting "gapp"')


def test_the_language_comes_from_the_headings_unless_stated() -> None:
    assert look(with_settings(language="zh"))[1].language == "zh"
    tables, findings = look(with_settings(("language", "英文"), language="zh"))
    assert (findings.language, tables.settings.report_language) == ("en", "zh")


@pytest.mark.parametrize(("text", "seconds"), [("2h", 7200), ("30 秒", 30), ("45", 45)])
def test_times_are_read(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds
