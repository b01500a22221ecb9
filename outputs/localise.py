"""Result tables in the language of the report: sheet names, headings, choice words, units."""

import pandas as pd

from tierstock.inputs.schema import Column, Sheet, say, schema
from tierstock.inputs.settings import level_word
from tierstock.outputs.kpi import PART, PARTED, about
from tierstock.outputs.reasons import reason
from tierstock.outputs.summary import COST
from tierstock.outputs.words import known, tell, words

KINDS = {
    ("Costs", "Cost Bucket"): "cost",
    ("Costs", "Tier"): "tier",
    ("Shipments", "Kind"): "lane kind",
    ("Shipments", "Status"): "result status",
    ("CapacityUse", "Kind"): "capacity kind",
    ("CapacityUse", "Zone"): "zone",
    ("CapacityUse", "Dimension"): "dimension",
    ("Service", "Stock Out"): "setting choice",
    ("Service", "Cause"): "result status",
    ("SiteResults", "Open"): "setting choice",
    ("Alerts", "Level"): "result status",
    ("Alerts", "Kind"): "result status",
    ("SlowMovers", "Action"): "result status",
    ("Actions", "Action"): "result status",
    ("Bullwhip", "Tier"): "tier",
    ("DataIssues", "Level"): "result status",
    ("Audit", "Result"): "result status",
}
"""Which meaning the words of a choice column have in the dictionary."""
DEFAULTS = {
    "Scenario": ("base", "default"),
    "Mode": ("road", "setting choice"),
    "Class": ("standard", "default"),
    "Window": ("horizon", "time"),
}
"""What stands in a column of planner's words where nothing is stated, and its kind of word."""


def sheet_title(name: str, language: str) -> str:
    """Return the tab of an output sheet."""
    return schema().sheet(name).heading(language)


def copy_title(name: str, language: str) -> str:
    """Return the tab of the copy of an input sheet, ``In Lanes`` or ``输入 运输线路``."""
    known_sheets = {sheet.name for sheet in schema().inputs}
    own = schema().sheet(name).heading(language) if name in known_sheets else name
    return tell("copy", language, sheet=own)


def heading(column: Column, language: str, currency: str) -> str:
    """Return the heading of a result column with its unit, e.g. ``Amount (CNY)``.

    Percentages carry their sign in the cells, so their headings have no unit.
    """
    title = column.heading(language)
    if not column.unit or column.unit == "%":
        return title
    unit = unit_word(column.unit, language, currency)
    return title if unit == title else f"{title} ({unit})"


def unit_word(unit: str, language: str, currency: str) -> str:
    """Return a unit in a language; money is the unit of money of the results."""
    own = tell(unit, language) if unit in words() else say(unit, language, kind="unit")
    if unit.split("/")[0] == "money":
        return own.replace("money" if language == "en" else "元", currency)
    return own


def note(column: Column, language: str) -> str:
    """Return the note of a heading: the other name, the meaning, and what else is to know."""
    other = column.heading("en" if language == "zh" else "zh")
    more = f"note {column.sheet} {column.name}"
    also = tell(more, language) if more in words() else ""
    return f"{other}\n{column.description(language)}\n{also}".strip()


def words_of(sheet: Sheet, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the table with choice words in a language; codes and names stay as they are."""
    frame = frame.assign(
        **{name: _default(frame[name], name, language) for name in DEFAULTS if name in frame}
    )
    if sheet.name == "Summary":
        return _summary(frame, language)
    if sheet.name == "RunInfo":
        return _run_info(frame, language)
    if sheet.name == "Shipments" and "Reason" in frame:
        spoken_reason = {text: reason(text, language) for text in frame["Reason"].unique()}
        frame = frame.assign(Reason=frame["Reason"].map(spoken_reason))
    if sheet.name == "TargetResults":
        return frame.assign(Target=frame["Target"].map(lambda text: _target(text, language)))
    if sheet.name == "PlanView":
        measures = {word: tell(f"measure {word}", language) for word in frame["Measure"].unique()}
        return frame.assign(Measure=frame["Measure"].map(measures))
    spoken = {}
    for name in frame.columns:
        if (sheet.name, name) in KINDS:
            kind = KINDS[sheet.name, name]
            meaning = {
                word: say(word, language, "unit" if word in ("trip", "h") else kind)
                for word in frame[name].dropna().unique()
            }
            spoken[name] = frame[name].map(meaning)
    return frame.assign(**spoken)


def _default(values: pd.Series, name: str, language: str) -> pd.Series:
    """Return a column with its default in a language, unless a planner uses that very word."""
    word, kind = DEFAULTS[name]
    own = say(word, language, kind)
    return values if (values == own).any() else values.replace(word, own)


def _target(text: str, language: str) -> str:
    """Return the name of a target with its kind of fairness, ``A [max-min]``, in a language."""
    name, _, kind = text.rpartition(" [")
    if kind not in ("max-min]", "proportional]", "equal-cover]"):
        return text
    return f"{name} [{say(kind[:-1], language, 'fairness')}]"


def kpi_name(name: str, language: str) -> str:
    """Return the name of a key figure, its class or tier, or of a cost term in a language."""
    if name.startswith(COST):
        return tell("cost prefix", language, term=term(name.removeprefix(COST), language))
    whole, _, part = name.partition(PART)
    if whole in PARTED:
        if whole != "Fill rate by class":
            part = say(part, language, "tier")
        elif part == "standard":
            part = say(part, language, "default")
        return tell("kpi part", language, name=say(whole, language, "kpi"), part=part)
    return say(name, language, kind="kpi")


def term(name: str, language: str) -> str:
    """Return the name of a cost term in a language."""
    return say(name, language, kind="cost")


def _summary(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    defined = {row["definition_en"]: row[f"definition_{language}"] for row in about().values()}
    return frame.assign(
        KPI=frame["KPI"].map(lambda name: kpi_name(name, language)),
        Unit=frame["Unit"].map(lambda unit: unit_word(unit, language, unit)),
        Definition=frame["Definition"].map(
            lambda text: defined[text] if text in defined else tell(text, language)
        ),
    )


def _item(item: str, language: str) -> str:
    group, colon, name = item.partition(": ")
    if colon:
        if group.startswith("Level"):
            own = level_word(name, language)
        else:
            own = say(name, language, "setting") if group == "Setting" else tell(name, language)
        return f"{tell(group, language)}{'：' if language == 'zh' else ': '}{own}"
    word, _, number = item.rpartition(" ")
    if number.isdigit():
        return f"{tell(word, language)} {number}"
    return tell(item, language)


def _run_info(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    pairs = zip(frame["Item"], frame["Value"], strict=True)
    value = pd.Series([_fact(*pair, language) for pair in pairs], frame.index, dtype="object")
    return frame.assign(Item=frame["Item"].map(lambda item: _item(item, language)), Value=value)


def _fact(item: str, value: str | float, language: str) -> str | float:
    """Return a value of RunInfo; what is a choice in a language."""
    if not isinstance(value, str):
        return value
    if item in ("Stopped", "Quality"):
        return known(value, language)
    name = item.removeprefix("Setting: ")
    setting = {s.name: s for s in schema().settings}.get(name) if name != item else None
    if setting is None or value not in (*setting.choices, setting.default):
        return value
    return say(value, language, "setting choice")
