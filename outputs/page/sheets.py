"""Sheets of the results as columns of facts, in both languages."""

import numpy as np
import pandas as pd

from tierstock.inputs.schema import LANGUAGES, Column, schema
from tierstock.outputs.localise import heading, words_of
from tierstock.outputs.page.packing import coded, pack

DAY = np.timedelta64(1, "D")
EPOCH = np.datetime64("1970-01-01")
LEFT_OUT = ("Scenario",)
"""Columns that say nothing where one plan is shown."""


def sheet_facts(name: str, frame: pd.DataFrame, money: dict[str, str]) -> dict[str, object]:
    """Return a result sheet as facts for the page.

    Args:
        name: English name of the sheet.
        frame: its rows, or some of them, and its columns, or some of them.
        money: unit of money by language.

    Returns:
        ``rows``: how many; ``columns``: for each its ``name``, ``kind`` (text, number, share or
        date), ``head`` and ``note`` by language and its ``values``, packed; dates are days since
        1970. Texts are numbers into ``words`` by language.
    """
    sheet = schema().sheet(name)
    frame = frame[[column for column in frame.columns if column not in LEFT_OUT]]
    spoken = {language: words_of(sheet, frame, language) for language in LANGUAGES}
    columns = [
        _column(sheet.column(str(label)), {k: v[label] for k, v in spoken.items()}, money)
        for label in frame.columns
    ]
    return {"rows": len(frame), "columns": columns}


def _column(
    column: Column, spoken: dict[str, "pd.Series[str]"], money: dict[str, str]
) -> dict[str, object]:
    values = spoken["en"]
    facts: dict[str, object] = {
        "name": column.name,
        "head": {one: heading(column, one, money[one]) for one in LANGUAGES},
        "note": {one: column.description(one) for one in LANGUAGES},
    }
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days = (values.to_numpy() - EPOCH) / DAY
        return {**facts, "kind": "date", "values": pack(days)}
    if pd.api.types.is_numeric_dtype(values.dtype):
        kind = "share" if column.unit == "%" else "number"
        return {**facts, "kind": kind, "values": pack(values.to_numpy(np.float64))}
    pairs = pd.DataFrame({one: spoken[one].fillna("").astype(str) for one in LANGUAGES})
    codes, english = coded(pairs["en"])
    known = pairs.drop_duplicates("en").set_index("en")["zh"]
    chinese = [str(known[word]) for word in english]
    words = {"en": english} if chinese == english else {"en": english, "zh": chinese}
    return {**facts, "kind": "text", "values": pack(codes), "words": words}
