"""Result tables in the language of the report: sheet names, headings, choice words, units."""

import pandas as pd

from tierstock.inputs.schema import Column, Sheet, say, schema
from tierstock.outputs.kpi import about
from tierstock.outputs.summary import COST
from tierstock.outputs.words import known, tell, words

KINDS = {
    ("Costs", "Cost Bucket"): "cost",
    ("Costs", "Tier"): "tier",
    ("Shipments", "Kind"): "lane kind",
    ("Shipments", "Status"): "result status",
    ("CapacityUse", "Kind"): "capacity kind",
    ("CapacityUse", "Dimension"): "dimension",
    ("Service", "Stock Out"): "setting choice",
    ("DataIssues", "Level"): "result status",
    ("Audit", "Result"): "result status",
}
"""Which meaning the words of a choice column have in the dictionary."""


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
    return f"{title} ({unit})"


def unit_word(unit: str, language: str, currency: str) -> str:
    """Return a unit in a language; money is the home currency."""
    if unit == "money":
        return currency
    return tell(unit, language) if unit in words() else say(unit, language, kind="unit")


def note(column: Column, language: str) -> str:
    """Return the note of a heading: the other name and the meaning."""
    other = column.heading("en" if language == "zh" else "zh")
    return f"{other}\n{column.description(language)}".strip()


def words_of(sheet: Sheet, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the table with choice words in a language; codes and names stay as they are."""
    if sheet.name == "Summary":
        return _summary(frame, language)
    if sheet.name == "RunInfo":
        return _run_info(frame, language)
    spoken = {}
    for name in frame.columns:
        if (sheet.name, name) in KINDS:
            kind = KINDS[sheet.name, name]
            meaning = {
                word: say(word, language, "unit" if word == "trip" else kind)
                for word in frame[name].dropna().unique()
            }
            spoken[name] = frame[name].map(meaning)
    return frame.assign(**spoken)


def kpi_name(name: str, language: str) -> str:
    """Return the name of a key figure or of a cost term in a language."""
    if name.startswith(COST):
        return tell("cost prefix", language, term=term(name.removeprefix(COST), language))
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
        own = say(name, language, "setting") if group == "Setting" else tell(name, language)
        return f"{tell(group, language)}{'：' if language == 'zh' else ': '}{own}"
    word, _, number = item.rpartition(" ")
    if number.isdigit():
        return f"{tell(word, language)} {number}"
    return tell(item, language)


def _run_info(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    facts = frame["Item"].isin(["Stopped", "Quality"])
    value = frame["Value"].where(~facts, frame["Value"].map(lambda text: known(text, language)))
    return frame.assign(Item=frame["Item"].map(lambda item: _item(item, language)), Value=value)
