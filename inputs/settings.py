"""Settings of a run: every key of the Settings sheet this version uses, typed."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.reading.cell_dates import either_day, read_date
from tierstock.inputs.reading.cell_numbers import plain_text, read_number
from tierstock.inputs.reading.cell_texts import choice_values, choice_words, read_choice, read_flag
from tierstock.inputs.reading.headings import find_setting, nearest_setting
from tierstock.inputs.schema import Setting, fold, say
from tierstock.inputs.tables import Table
from tierstock.inputs.units import MONEY_UNITS, RATE_UNITS, RATIO_UNIT, money_word

COMMAND = "--set"
"""Where settings given beside the tables are said to stand."""
LOOSEST = 0.001
"""Largest tolerance of the audit: with more, it would let wrong plans through."""


@dataclass(frozen=True)
class Settings:
    """The settings of a run; each attribute is the key of the same name in the Settings sheet."""

    start_date: np.datetime64 | None = None
    """First day of the horizon; None = not stated."""
    stock_date: np.datetime64 | None = None
    """Day on which the opening stock was counted; None = start_date."""
    bucket: str = ""
    """day, week or month; blank = not stated."""
    periods: int | None = None
    """Number of periods; None = not stated."""
    week_start: str = "Mon"
    """Mon … Sun."""
    lead_time_unit: str = "day"
    """day or period."""
    lead_time_rounding: str = "auto"
    """auto, ceil, round or floor."""
    integrality_horizon: int | None = None
    """Whole trips, lots and departures are kept in the first so many periods; None = in all."""
    allow_after_horizon: bool = True
    """Whether shipments and purchases may arrive after the last period."""
    stock_timing: str = "end"
    """end or average: the stock on which holding is charged."""
    forecast_consumption: str = "net"
    """net or none."""
    terminal_rule: str = "none"
    """none, cover, opening or value; rows of Terminal beat it."""
    terminal_days: float = 14.0
    """Days of cover for terminal_rule cover."""
    previous_plan: str = ""
    """Results workbook of a previous plan, for terminal_rule baseline; beside the input."""
    baseline: str = ""
    """none, policy, nothing or previous plan; blank = policy where its sheet has rows."""
    home_currency: str = "CNY"
    """Currency of all results."""
    money_unit: str = "1"
    """1, 千 or 万: how much of the home currency one unit of money is."""
    carrying_rate: float = 0.12
    """Carrying cost of stock per year, as a share of its value."""
    objective: str = "cost"
    """cost, profit or lexicographic."""
    objective_levels: tuple[str, ...] = ()
    """Levels of a lexicographic objective, the first one first: words of ``LEVELS``."""
    objective_tolerance: float = 0.01
    """Share of a level that the next ones may give up."""
    discount_per_period: float = 0.0
    """Discount of the costs of each period against those of the one before, as a share."""
    shortage_default_cost: float | str = "ladder"
    """``ladder``, or the multiple of the ladder's basis that one unit not served costs."""
    carbon_price: float = 0.0
    """Price of one kg of carbon in the objective, money."""
    change_penalty: float | str = "ladder"
    """``ladder``, or the price of one unit of plan change where FixedPlan states none."""
    abc_limits: tuple[float, float] = (0.8, 0.95)
    """Shares of cumulative demand value that end class A and class B."""
    gap: float = 0.01
    """Stop when the plan is proven this close to the best possible, as a share."""
    time_limit: float = 300.0
    """Seconds."""
    threads: int = 2
    """Threads of the solver."""
    seed: int = 0
    """Random seed."""
    audit_tolerance: float = 1e-6
    """Relative tolerance of the audit."""
    model_name: str = ""
    """Title of the results; blank = not stated."""
    language: str = "en"
    """en or zh: language of messages."""
    report_language: str = "en"
    """en or zh: language of the results."""
    decimal_point: str = "point"
    """point or comma, in texts that hold numbers."""
    stated: frozenset[str] = frozenset()
    """Names of the settings the planner stated."""

    @property
    def earns(self) -> bool:
        """Whether what is sold counts: the objective, or one of its levels, is profit."""
        levels = self.objective_levels if self.objective == "lexicographic" else ()
        return "profit" in (self.objective, *levels)

    @property
    def money_worth(self) -> float:
        """Home money in one unit of money: 1, 1,000 or 10,000."""
        return MONEY_UNITS[self.money_unit][0]

    def money_word(self, language: str) -> str:
        """Name of the unit of money in a language, e.g. ``CNY`` or ``万 CNY``."""
        return money_word(self.home_currency, self.money_worth, language)


LEVELS = ("service", "fairness", "cost", "profit", "moves", "capital", "carbon")
"""What a level of a lexicographic objective can be about."""


def level_word(level: str, language: str) -> str:
    """Return the name of a level in ``en`` or ``zh``; ``service 1`` is that of priority 1."""
    word, _, priority = level.partition(" ")
    return f"{say(word, language, 'level')} {priority}".strip()


class _Bad(ValueError):
    """A value that cannot be used; ``expected`` says what can."""

    def __init__(self, expected: Both, **values: object) -> None:
        super().__init__(expected.en)
        self.values: dict[str, Any] = {"expected": expected, **values}


_NUMBER = Both("a number", "数字")
_WHOLE = Both("a whole number from {least} to {most}", "{least} 到 {most} 的整数")
_TOLERANCE = Both("a number above 0, {most} at most", "大于 0 且不超过 {most} 的数字")
_NOT_NEGATIVE = Both("a number from 0", "不小于 0 的数字")
_SHARE = Both("a share such as 1% or 0.01", "比例，例如 1% 或 0.01")
_DATE = Both("a date such as 2026-01-05", "日期，例如 2026-01-05")
_FLAG = Both("Y or N", "是或否")
_TIME = Both("a time such as 90s, 5m or 1h", "时长，例如 90s、5m 或 1h")
_SHARES = Both("two rising shares such as 80%/95%", "两个递增的比例，例如 80%/95%")
_ONCE = Both(
    "each level once, and cost or profit, not both", "每个层次只写一次，成本与利润只取其一"
)
_LADDER = Both("ladder, or a number from 0", "“罚金阶梯”或不小于 0 的数字")
_BLANK = Both("Leave it blank.", "请留空。")
_OTHER = Both("Choose another value.", "请选择其他取值。")

_DURATION = re.compile(r"([\d.]+)\s*(s|sec|seconds?|秒|m|min|minutes?|分|分钟|h|hours?|小时|时)?")
_SECONDS = {"s": 1.0, "秒": 1.0, "m": 60.0, "分": 60.0, "h": 3600.0, "小": 3600.0, "时": 3600.0}
_LONGEST = 1e9
_RANGES = {
    "periods": (1, 5_000),
    "integrality_horizon": (0, 5_000),
    "threads": (1, 1_024),
    "seed": (0, 2_147_483_647),
}
"""Least and largest value of the whole numbers."""


def read_duration(text: str) -> float | None:
    """Return seconds of ``90s``, ``5m``, ``5 min``, ``1h``, ``5分钟`` or bare seconds.

    None where it is no time above 0.
    """
    found = _DURATION.fullmatch(plain_text(text).casefold())
    number = read_number(found[1]) if found else None
    if found is None or number is None or not 0 < number.value < _LONGEST:
        return None
    return number.value * _SECONDS[(found[2] or "s")[0]]


def _number(text: str) -> float:
    found = read_number(text)
    if found is None or not math.isfinite(found.value):
        raise _Bad(_NUMBER)
    return found.value


def _share(text: str, setting: Setting) -> float:
    """Read a ratio (98 is an error) or a rate (12 is 12%)."""
    found = read_number(text, setting.unit)
    if found is None:
        raise _Bad(_SHARE)
    if setting.unit in RATE_UNITS and found.value >= 1 and not found.percent:
        return found.value / 100
    if found.value < 0 or (setting.unit == RATIO_UNIT and found.value > 1):
        raise _Bad(_SHARE)
    return found.value


def _whole(text: str, least: int, most: int) -> int:
    words = Both(*(form.format(least=least, most=most) for form in _WHOLE))
    found = read_number(text)
    if found is None or not found.value.is_integer() or not least <= found.value <= most:
        raise _Bad(words)
    return int(found.value)


def _date(text: str) -> np.datetime64:
    found = read_date(text)
    if found is None:
        either = either_day(text)
        if either:
            raise _Bad(Both(f"{either[0]} or {either[1]}", f"{either[0]} 或 {either[1]}"))
        raise _Bad(_DATE)
    return np.datetime64(found, "D")


def _choice(text: str, setting: Setting) -> str:
    found = read_choice(text, setting.choices)
    if found is None:
        values = choice_values(text, setting.choices)
        raise _Bad(values["allowed"], nearest=values["nearest"])  # type: ignore[arg-type]
    return found


def _duration(text: str) -> float:
    found = read_duration(text)
    if found is None:
        raise _Bad(_TIME)
    return found


def _limits(text: str) -> tuple[float, float]:
    parts = [read_number(part, RATIO_UNIT) for part in re.split(r"[/;；、]|,\s+", plain_text(text))]
    shares = [part.value for part in parts if part is not None]
    if len(parts) != 2 or len(shares) != 2 or not 0 < shares[0] < shares[1] <= 1:
        raise _Bad(_SHARES)
    return shares[0], shares[1]


def _levels(text: str) -> tuple[str, ...]:
    """Read the levels of a lexicographic objective; each at most once, cost or profit."""
    levels = []
    for part in filter(None, map(str.strip, re.split(r"[,，;；、>＞→]", text))):
        level = read_choice(part, LEVELS)
        if level is None:
            values = choice_values(part, LEVELS)
            raise _Bad(values["allowed"], nearest=values["nearest"])  # type: ignore[arg-type]
        levels.append(level)
    if len(set(levels)) < len(levels) or {"cost", "profit"} <= set(levels):
        raise _Bad(_ONCE)
    return tuple(levels)


def _ladder(text: str) -> float | str:
    if fold(text) in choice_words(("ladder",)):
        return "ladder"
    found = read_number(text)
    if found is None or found.value < 0:
        raise _Bad(_LADDER)
    return found.value


def _value(setting: Setting, text: str) -> Any:
    """Return the typed value of a setting; ``_Bad`` where it cannot be used."""
    own: dict[str, Callable[[str], Any]] = {
        "time_limit": _duration,
        "abc_limits": _limits,
        "objective_levels": _levels,
        "shortage_default_cost": _ladder,
        "change_penalty": _ladder,
    }
    if setting.name in own:
        return own[setting.name](text)
    if setting.type == "date":
        return _date(text)
    if setting.type == "choice":
        return _choice(text, setting)
    if setting.type == "integer":
        return _whole(text, *_RANGES[setting.name])
    if setting.type == "flag":
        if read_flag(text) is None:
            raise _Bad(_FLAG)
        return read_flag(text)
    if setting.type == "number":
        return _size(setting, text)
    return text


def _size(setting: Setting, text: str) -> float:
    if setting.unit in (*RATE_UNITS, RATIO_UNIT):
        return _share(text, setting)
    number = _number(text)
    if number < 0:
        raise _Bad(_NOT_NEGATIVE)
    if setting.name == "audit_tolerance" and not 0 < number <= LOOSEST:
        raise _Bad(_TOLERANCE, most=f"{LOOSEST:g}")
    return number


def _is_neutral(setting: Setting, text: str) -> bool:
    """Return whether a setting of a later version is given a value that changes nothing."""
    if setting.type == "flag":
        return read_flag(text) in map(read_flag, setting.neutral)
    return fold(text) in choice_words((*setting.neutral, setting.default))


def read_settings(
    table: Table, findings: Findings, overrides: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings of the Settings sheet, changed by ``overrides``.

    Args:
        table: the Settings sheet.
        findings: takes unknown keys, bad values and settings of later versions.
        overrides: further settings by name in either language, as with ``--set key=value``.
    """
    values: dict[str, Any] = {}
    seen: dict[str, int] = {}
    names, texts = table.frame["setting"], table.frame["value"]
    for index, (name, text) in enumerate(zip(names, texts, strict=True)):
        if not name:
            continue
        setting = find_setting(name)
        if setting is None:
            near = nearest_setting(name)
            findings.add("unknown-setting", table=table, index=index, field="setting", nearest=near)
            continue
        if setting.name in seen:
            _twice(table, seen[setting.name], index, findings)
        seen[setting.name] = index
        if text:
            place: dict[str, Any] = {"table": table, "index": index, "field": "value"}
            _take(setting, text, values, findings, place)
    for name, text in (overrides or {}).items():
        setting = find_setting(name)
        if setting is None:
            near = nearest_setting(name)
            findings.add("unknown-setting", sheet=f"{COMMAND} {name}", value=name, nearest=near)
            continue
        values.pop(setting.name, None)
        if str(text).strip():
            place = {"sheet": f"{COMMAND} {setting.name}", "value": str(text)}
            _take(setting, str(text).strip(), values, findings, place)
    return replace(Settings(), **values, stated=frozenset(values))


def _twice(table: Table, first: int, index: int, findings: Findings) -> None:
    """Tell a setting stated twice: a fault where the values differ."""
    values = table.frame["value"].to_numpy(dtype=object)
    same = values[first] == values[index]
    findings.add(
        "duplicate-row" if same else "duplicate-setting",
        table=table,
        index=index,
        field="setting",
        other=table.cell(first, "setting"),
        other_row=table.row(first),
    )


def _take(
    setting: Setting, text: str, values: dict[str, Any], findings: Findings, place: dict[str, Any]
) -> None:
    """Read one value into ``values``, or say what is wrong with it."""
    label = Both(setting.name, setting.zh)
    if setting.status == "later":
        if not _is_neutral(setting, text):
            findings.add("not-yet", **place, what=label, cure=_BLANK)
        return
    try:
        value = _value(setting, text)
    except _Bad as bad:
        findings.add("bad-setting", **place, setting=label, **bad.values)
        return
    if value in setting.later_choices:
        findings.add("not-yet", **place, what=label, cure=_OTHER)
        return
    if setting.name in {field.name for field in fields(Settings)}:
        values[setting.name] = value
