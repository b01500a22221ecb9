"""The tabs of the workbook and of the log, and the proof that no unit is lost between them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tierstock.inputs.extracts.amounts import number_of
from tierstock.inputs.extracts.journal import (
    CHANGED,
    FLAGGED,
    LEFT_OUT,
    MERGED,
    NETTED,
    SET_ASIDE,
)
from tierstock.inputs.extracts.log_words import log_word
from tierstock.inputs.extracts.merging import written_fields
from tierstock.inputs.extracts.run import Imported
from tierstock.inputs.extracts.targets import Target
from tierstock.inputs.extracts.targets import target as target_of
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.xml_scan import MOST_ROWS
from tierstock.inputs.schema import schema
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.translate import translated

LOG_COLUMNS = (
    "action",
    "reason",
    "file",
    "row",
    "sheet",
    "location",
    "product",
    "column",
    "before",
    "after",
    "measure",
    "quantity",
    "other_file",
    "other_row",
)
ACTIONS = (SET_ASIDE, LEFT_OUT, NETTED, FLAGGED, CHANGED, MERGED)
"""What can happen to a row, in the order of the log."""
MOST_LOG_ROWS = MOST_ROWS - 1


def workbook_tabs(made: Imported, language: str) -> list[Tab]:
    """Return the sheets of the workbook in the order of the contract, in a language."""
    tabs = []
    for sheet in schema().inputs:
        if sheet.name in made.frames:
            tab = _tab(made.frames[sheet.name], target_of(sheet.name))
            tabs.append(translated(tab, language))
    return tabs


def _tab(frame: pd.DataFrame, target: Target) -> Tab:
    fields = written_fields(frame, target, target.added)
    if target.added:
        fields = [one for one in fields if one != "unit"]
    columns = [_cells(frame[one], target, one) for one in fields]
    headings: list[object] = [target.column(one).name for one in fields]
    rows = [headings, *map(list, zip(*columns, strict=True))]
    return Tab(target.name, rows, sheet=target.name)


def _cells(values: pd.Series, target: Target, field: str) -> list[object]:
    column = target.column(field)
    if field in target.added:
        return [number_of(one) for one in values]
    if column.type == "date":
        days = values.dt.date.astype(object)
        return ["" if lost else day for day, lost in zip(days, values.isna(), strict=True)]
    if column.type in ("number", "integer"):
        return [
            "" if np.isnan(one) else int(one) if float(one).is_integer() else float(one)
            for one in values.to_numpy(np.float64)
        ]
    return list(values)


def log_frame(made: Imported, language: str) -> pd.DataFrame:
    """Return the log in the columns ``LOG_COLUMNS``, words in a language, quantities in units."""
    extracts = made.gathered.extracts
    rank = made.log["action"].map({one: at for at, one in enumerate(ACTIONS)})
    log = made.log.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)
    names = np.array([*(one.sheet.file for one in extracts), ""], dtype=object)
    changes = zip(log["change"].to_numpy(np.int64), log["measure"], strict=True)
    units = [number_of(one) if measure else "" for one, measure in changes]
    targets = {one: target_of(one) for one in log["target"].unique()}
    table = {
        "action": log["action"].map(lambda one: log_word(one, language)),
        "reason": log["reason"].map(lambda one: log_word(one, language)),
        "file": names[log["extract"].to_numpy(np.int64)],
        "row": log["row"],
        "sheet": log["target"].map({k: one.heading(language) for k, one in targets.items()}),
        "location": log["location"],
        "product": log["product"],
        "column": log["column"],
        "before": log["before"],
        "after": log["after"],
        "measure": log["measure"],
        "quantity": units,
        "other_file": names[log["other_extract"].to_numpy(np.int64)],
        "other_row": log["other_row"],
    }
    made_table = pd.DataFrame(table).astype(object)
    for one in ("row", "other_row"):
        made_table[one] = made_table[one].where(made_table[one] != -1, "")
    for name, target in targets.items():
        mine = (log["target"] == name).to_numpy()
        words = {column.name: column.heading(language) for column in target.columns}
        fields = {column.field: column.heading(language) for column in target.columns}
        said = log.loc[mine, "column"]
        made_table.loc[mine, "column"] = said.map(words).fillna(said)
        into = mine & (log["action"] == MERGED).to_numpy()
        rows = log.loc[into, "after"].str.removeprefix(name)
        made_table.loc[into, "after"] = target.heading(language) + rows
        made_table.loc[mine, "measure"] = log.loc[mine, "measure"].map(fields).fillna("")
    return made_table[list(LOG_COLUMNS)].fillna("")


def balance(made: Imported) -> pd.DataFrame:
    """Return what came in, what was done to it and what goes out, by sheet and measure.

    Returns:
        target, measure, action, reason, change: in millionths; the action ``read`` is what came
        in, and the sum of a measure is what goes out.
    """
    rows = []
    for (extract, measure), total in made.gathered.read.items():
        source = made.asked.sources[made.gathered.sources[extract]]
        rows.append((source.target.name, measure, "read", "", total))
    keys = ["target", "measure", "action", "reason"]
    came = pd.DataFrame(rows, columns=[*keys, "change"])
    log = made.log.loc[made.log["measure"] != "", [*keys, "change"]]
    table = pd.concat([came, log], ignore_index=True).astype({"change": np.int64})
    return table.groupby(keys, sort=False)["change"].sum().reset_index()


def counts(made: Imported) -> Mapping[str, int]:
    """Return how many rows each action of the log names."""
    if not len(made.log):
        return {}
    return {str(key): int(n) for key, n in made.log.groupby("action", sort=False).size().items()}


def log_tabs(made: Imported, findings: Findings, language: str) -> list[Tab]:
    """Return the tabs of the log: balance, log, stock check, findings.

    A log longer than a sheet goes on in ``Log 2`` and so on.
    """
    tabs = [_balance_tab(made, language)]
    table = log_frame(made, language)
    headings = [log_word(one, language) for one in LOG_COLUMNS]
    rows = table.to_numpy(dtype=object).tolist()
    for start in range(0, max(len(rows), 1), MOST_LOG_ROWS):
        number = start // MOST_LOG_ROWS + 1
        title = log_word("Log", language) + (f" {number}" if number > 1 else "")
        tabs.append(Tab(title, [list(headings), *rows[start : start + MOST_LOG_ROWS]]))
    if made.stock is not None:
        tabs.append(_stock_tab(made.stock, language))
    tabs.append(_findings_tab(findings, language))
    return tabs


def _balance_tab(made: Imported, language: str) -> Tab:
    """Return what was read, what the log changes, and what is written, exactly."""
    table = balance(made)
    words = ("sheet", "measure", "action", "reason", "quantity")
    rows: list[list[object]] = [[log_word(one, language) for one in words]]
    for (name, measure), part in table.groupby(["target", "measure"], sort=False):
        target = target_of(str(name))
        place = [target.heading(language), target.column(str(measure)).heading(language)]
        for action, reason, micros in zip(
            part["action"], part["reason"], part["change"].to_numpy(np.int64), strict=True
        ):
            if micros or action == "read":
                said = [log_word(action, language), log_word(reason, language)]
                rows.append([*place, *said, number_of(micros)])
        end = log_word("out" if target.written else "compared", language)
        rows.append([*place, end, "", number_of(int(part["change"].sum()))])
    return Tab(log_word("Balance", language), rows)


def _stock_tab(stock: pd.DataFrame, language: str) -> Tab:
    headings: list[object] = [log_word(str(one), language) for one in stock.columns]
    places = [list(stock[one]) for one in ("location", "product")]
    amounts = [list(map(number_of, stock[one].to_numpy(np.int64))) for one in stock.columns[2:]]
    rows = [headings, *map(list, zip(*places, *amounts, strict=True))]
    return Tab(log_word("Stock check", language), rows)


def _findings_tab(findings: Findings, language: str) -> Tab:
    words = ("severity", "code", "place", "message")
    rows: list[list[object]] = [[log_word(one, language) for one in words]]
    for one in findings:
        said = log_word(one.severity, language)
        rows.append([said, one.code, one.place(language), one.message(language)])
    return Tab(log_word("Findings", language), rows)
