"""Sheets of the results as columns of facts, in both languages."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tierstock.inputs.schema import LANGUAGES, Column, schema
from tierstock.outputs.localise import heading, words_of
from tierstock.outputs.page.packing import pack

DAY = np.timedelta64(1, "D")
EPOCH = np.datetime64("1970-01-01")
LEFT_OUT = ("Scenario",)
"""Columns that say nothing where one plan is shown."""


def sheet_facts(
    name: str, frames: Mapping[str, pd.DataFrame], money: Mapping[str, str]
) -> dict[str, object]:
    """Return a result sheet as facts for the page.

    Args:
        name: English name of the sheet.
        frames: its rows, or some of them, and its columns, or some of them, by language.
        money: unit of money by language.

    Returns:
        ``rows``: how many; ``columns``: for each its ``name``, ``kind`` (text, number, share or
        date), ``head`` and ``note`` by language and its ``values``, packed; dates are days since
        1970. Texts are numbers into ``words`` by language.
    """
    sheet = schema().sheet(name)
    frame = frames["en"].drop(columns=list(LEFT_OUT), errors="ignore")
    mixed = "Unit" in frame
    spoken = {one: words_of(sheet, frames[one][frame.columns], one) for one in LANGUAGES}
    columns = [
        _column(sheet.column(str(label)), {k: v[label] for k, v in spoken.items()}, money, mixed)
        for label in frame.columns
    ]
    return {"rows": len(frame), "columns": columns}


def _column(
    column: Column,
    spoken: Mapping[str, "pd.Series[str]"],
    money: Mapping[str, str],
    mixed: bool,
) -> dict[str, object]:
    """Return a column; ``mixed``: its rows may differ in unit."""
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
        return {**facts, "kind": kind, "values": pack(values.to_numpy(np.float64), fine=mixed)}
    pairs = pd.DataFrame({one: spoken[one].fillna("").astype(str) for one in LANGUAGES})
    codes, both = pd.factorize(pd.MultiIndex.from_frame(pairs))
    words = {one: [str(pair[at]) for pair in both] for at, one in enumerate(LANGUAGES)}
    if words["zh"] == words["en"]:
        del words["zh"]
    return {**facts, "kind": "text", "values": pack(codes), "words": words}
