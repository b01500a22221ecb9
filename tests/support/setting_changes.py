"""Another value for every setting, a network it speaks of, and what the change does."""

from typing import Any, NamedTuple

from column_walk import SHEETS
from small import Rows

Sheets = dict[str, Rows]


class Change(NamedTuple):
    """One setting, another value, what that does, and to which network."""

    setting: str
    value: Any
    effect: str
    """``model``: other arrays; ``options``: solved otherwise; ``words``: other words in the
    results or messages; ``told``: a finding; ``plan``: another plan; ``compared``: another
    baseline."""
    sheets: Sheets


def said(sheets: Sheets, **settings: Any) -> Sheets:
    """The sheets with further settings, in place of what they say of these."""
    kept = [row for row in sheets.get("Settings", []) if row["Setting"] not in settings]
    further = [{"Setting": name, "Value": value} for name, value in settings.items()]
    rows = [*kept, *further]
    return {**sheets, "Settings": rows} if rows else sheets


def _on(network: str, **settings: Any) -> Sheets:
    return said(SHEETS[network], **settings)


DATED = _on("dated")
SLOW = said({**SHEETS["balance"], "Lanes": [SHEETS["balance"]["Lanes"][0] | {"Lead Time": 1.4}]})
LEVELS = _on("moves_first")
FAIR = said(_on("fair_max_min"), objective="lexicographic", objective_levels="cost")
SOLD = said(_on("profit"), objective="lexicographic", objective_levels="cost")

CHANGES: tuple[Change, ...] = (
    Change("start_date", "2026-01-06", "model", _on("places")),
    Change("stock_date", "2025-12-01", "told", DATED),
    Change("bucket", "day", "model", DATED),
    Change("bucket", "week", "model", _on("places")),
    Change("bucket", "month", "model", DATED),
    Change("periods", 4, "model", _on("places")),
    Change("week_start", "Mon", "model", _on("dated", week_start="Tue")),
    *(
        Change("week_start", day, "model", DATED)
        for day in ("Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    ),
    Change("lead_time_unit", "period", "model", DATED),
    Change("lead_time_rounding", "ceil", "model", SLOW),
    Change("lead_time_rounding", "round", "model", said(SLOW, lead_time_rounding="ceil")),
    Change("lead_time_rounding", "floor", "model", _on("dead_later")),
    Change("integrality_horizon", 0, "model", _on("horizon_trips")),
    Change("allow_after_horizon", "N", "model", _on("balance")),
    Change("stock_timing", "average", "model", _on("weeks")),
    Change("forecast_consumption", "none", "model", _on("goods")),
    Change("terminal_rule", "cover", "model", _on("weeks")),
    Change("terminal_rule", "opening", "model", _on("weeks")),
    Change("terminal_rule", "none", "model", DATED),
    Change("terminal_rule", "value", "model", _on("weeks")),
    Change("terminal_days", 3, "model", DATED),
    Change("home_currency", "EUR", "words", _on("weeks")),
    Change("money_unit", "千", "words", _on("weeks")),
    Change("money_unit", "万", "words", _on("weeks")),
    Change("carrying_rate", "30%", "model", DATED),
    Change("baseline", "none", "compared", _on("today")),
    Change("baseline", "policy", "compared", _on("today", baseline="nothing")),
    Change("baseline", "nothing", "compared", _on("today")),
    Change("baseline", "previous plan", "compared", _on("today")),
    Change("objective", "profit", "model", _on("targets")),
    Change("objective", "lexicographic", "model", said(LEVELS, objective="cost")),
    Change("objective", "cost", "model", LEVELS),
    *(
        Change("objective_levels", levels, "model", sheets)
        for levels, sheets in (
            ("service, cost", LEVELS),
            ("moves, cost", LEVELS),
            ("capital, cost", LEVELS),
            ("fairness, cost", FAIR),
            ("profit", SOLD),
            ("carbon, cost", _on("carbon_first", objective_levels="cost")),
        )
    ),
    Change("objective_tolerance", "100%", "plan", LEVELS),
    Change("shortage_default_cost", 3, "model", DATED),
    Change("change_penalty", 9, "model", _on("commas")),
    Change("discount_per_period", "10%", "model", _on("discount")),
    Change("carbon_price", 2, "model", _on("carbon_price")),
    Change("abc_limits", "10%/20%", "model", DATED),
    Change("gap", "5%", "options", _on("weeks")),
    Change("time_limit", "2m", "options", _on("weeks")),
    Change("threads", 1, "options", _on("weeks")),
    Change("seed", 7, "options", _on("weeks")),
    Change("model_name", "So called", "words", _on("weeks")),
    Change("language", "zh", "words", _on("places")),
    Change("report_language", "zh", "words", _on("weeks")),
    Change("decimal_point", "comma", "model", _on("commas")),
)
"""Of a choice, every word but the default; of levels, every one."""
