"""Rows of one sheet that name the same (ruling 8)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import KEPT, Both, Findings, show
from tierstock.inputs.schema import Column, Sheet
from tierstock.inputs.tables import Table, own_unit

ADDING = {"OpeningStock": ("lot",), "InTransit": ("order_no", "lot"), "History": ()}
"""Sheets whose equal rows add up, with the fields that make a repeated row a duplicate."""
POLICIES = ("Lanes", "StockTargets", "StockCosts", "TransferRules", "Supply")
"""Sheets in which a blank cell inherits (ruling 10): rows of one key may complete each other."""


def filled(table: Table, column: Column) -> NDArray[np.bool_]:
    """Return which cells of a column are not blank."""
    values = table.frame[column.field]
    if values.dtype == object:
        return (values != "").to_numpy(dtype=np.bool_)
    return values.notna().to_numpy(dtype=np.bool_)


def key_frame(sheet: Sheet, table: Table) -> pd.DataFrame:
    """Return the key columns with blanks filled by their default, where that is one word."""
    result = {}
    for name in sheet.key:
        column = sheet.column(name)
        values = table.frame[column.field]
        default = column.default
        plain = default == "*" or default in column.choices or column.field == "mode"
        result[column.field] = values.mask(values == "", default) if plain else values
    return pd.DataFrame(result)


def without_duplicates(sheet: Sheet, table: Table, findings: Findings) -> Table:
    """Return the table without rows that repeat an equal one; different ones are an error.

    Equal rows of InTransit, OpeningStock, History and of orders in Demand add up: all are kept,
    unless a filled lot or order number repeats.
    """
    if len(table) < 2:
        return table
    keys = key_frame(sheet, table)
    repeated = keys.duplicated(keep=False).to_numpy()
    if sheet.name in ADDING:
        named = [(table.frame[name] != "").to_numpy() for name in ADDING[sheet.name]]
        repeated = repeated & (np.any(named, axis=0) if named else False)
    if sheet.name == "Demand":
        repeated = repeated & (keys["type"] != "order").to_numpy()
    needed = [sheet.column(name).field for name in sheet.key if sheet.column(name).required]
    blank_key = (keys[needed[0] if needed else keys.columns[0]] == "").to_numpy()
    at = np.flatnonzero(repeated & ~blank_key)
    if not len(at):
        return table
    return _settle(sheet, table, keys, at, findings)


def _settle(
    sheet: Sheet, table: Table, keys: pd.DataFrame, at: NDArray[np.int64], findings: Findings
) -> Table:
    """Tell repeated rows as info or error and leave them out; of policies some complete others."""
    group = keys.iloc[at].groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    order = np.argsort(group, kind="stable")
    at, group = at[order], group[order]
    starts = np.r_[True, group[1:] != group[:-1]]
    first = at[np.flatnonzero(starts)[np.cumsum(starts) - 1]]
    rows, leads = at[~starts], first[~starts]
    clash, equal = np.zeros(len(rows), dtype=np.bool_), np.ones(len(rows), dtype=np.bool_)
    lines = table.frame["row"].to_numpy(dtype=np.int64)[rows]
    for column in sheet.columns:
        if column.field == "note" or column.name in sheet.key:
            continue
        differs, stated = _differ(table, column, rows, leads)
        equal &= ~differs
        wrong = differs & stated if sheet.name in POLICIES else differs
        wrong &= ~np.isin(lines, lines[clash])
        _tell("duplicate-key", sheet, table, column, rows[wrong], leads[wrong], findings)
        clash |= wrong
    column = sheet.column(sheet.key[0])
    told = equal & ~np.isin(lines, lines[clash])
    _tell("duplicate-row", sheet, table, column, rows[told], leads[told], findings)
    keep = np.ones(len(table), dtype=np.bool_)
    keep[rows[clash | equal]] = False
    return table.keep(keep)


def _differ(
    table: Table, column: Column, rows: NDArray[np.int64], leads: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for pairs of rows whether a column differs, and whether both have a value in it."""
    values, known = table.frame[column.field].to_numpy(), filled(table, column)
    one, other = known[rows], known[leads]
    differs = np.asarray(values[rows] != values[leads], dtype=np.bool_)
    if own_unit(column.field) in table.frame:
        units = table.frame[own_unit(column.field)].to_numpy()
        differs |= np.asarray(units[rows] != units[leads], dtype=np.bool_)
    return differs & (one | other), one & other


def _tell(
    code: str,
    sheet: Sheet,
    table: Table,
    column: Column,
    rows: NDArray[np.int64],
    leads: NDArray[np.int64],
    findings: Findings,
) -> None:
    """Name repeated rows of the sheet one by one, and count what is beyond ``KEPT``."""
    values = table.frame[column.field]
    _, first = np.unique(table.frame["row"].to_numpy(dtype=np.int64)[rows], return_index=True)
    rows, leads = rows[np.sort(first)], leads[np.sort(first)]
    keys = [key for key in map(sheet.column, sheet.key) if table.stated(key.field)]
    single = [[int(row)] for row in rows[:KEPT]]
    for number, index in enumerate([*single, rows[KEPT:].tolist()]):
        if not index:
            continue
        lead = int(leads[number])
        named = [table.heading(key.field) for key in keys if table.frame[key.field].iat[lead]]
        findings.add(
            code,
            table=table,
            index=index,
            field=column.field,
            value=show(values.iat[index[0]]) or "–",
            stated=show(values.iat[lead]) or "–",
            other=table.cell(lead, column.field),
            other_row=table.row(lead),
            keys=Both(", ".join(named), "、".join(named)),
        )
