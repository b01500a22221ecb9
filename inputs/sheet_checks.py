"""Checks of each sheet that need nothing but the tables."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.cell_texts import read_flag, skeleton
from tierstock.inputs.findings import KEPT, Both, Findings, show
from tierstock.inputs.headings import is_total, nearest
from tierstock.inputs.schema import Column, Sheet, canonical, fold, schema
from tierstock.inputs.tables import Table, Tables

STANDARD_CLASS = "standard"
"""The class of demand for which none is stated; may be named without a ServiceClasses row."""

ADDING = {"OpeningStock": ("lot",), "InTransit": ("order_no", "lot"), "History": ()}
"""Sheets whose equal rows add up, with the fields that make a repeated row a duplicate."""

POLICIES = ("Lanes", "StockTargets", "StockCosts", "TransferRules", "Supply")
"""Sheets in which a blank cell inherits (ruling 10): rows of one key may complete each other."""

THE_SHEET = Both("This sheet", "该工作表")
BLANK = Both("Leave it blank.", "请留空。")
NO_ROWS = Both("Delete its rows, or begin its name with #.", "请删除其中的行，或以 # 开头命名。")
OTHER = Both("Choose another value.", "请选择其他取值。")

_UNCHECKED = ("Periods", "Currency", "Calendars")
"""Sheets whose names are checked elsewhere: periods may be dates, currencies need no sheet."""
_WORD = re.compile(r"[a-z]+")


def check_tables(tables: Tables, findings: Findings) -> None:
    """Check every sheet; rows that repeat an equal row are taken out of ``tables``."""
    missing_sheets(tables, findings)
    for name, table in list(tables.sheets.items()):
        sheet = schema().sheet(name)
        if sheet.status == "later":
            if len(table):
                findings.add("not-yet", table=table, what=THE_SHEET, cure=NO_ROWS)
            continue
        later_columns(sheet, table, findings)
        later_choices(sheet, table, findings)
        own_units(table, tables, findings)
        unknown_references(sheet, table, tables, findings)
        if name != "Settings":
            tables.sheets[name] = without_duplicates(sheet, table, findings)
    for name in ("Locations", "Products"):
        look_alikes(tables.table(name), findings)


def write(value: str) -> Both:
    """Return the remedy that names the one value to write."""
    return Both(f"Write {value}, or leave it blank.", f"请写 {value}，或留空。")


def missing_sheets(tables: Tables, findings: Findings) -> None:
    """Demand the core sheets, unless a sheet of nearly that name is there."""
    misspelt = {one.values.get("nearest") for one in findings if one.code == "unknown-sheet"}
    for sheet in schema().inputs:
        if {sheet.name, sheet.zh} & misspelt:
            continue
        if sheet.required and sheet.name not in tables.sheets:
            meant = Both(sheet.name, sheet.zh)
            findings.add("missing-sheet", sheet=sheet.heading(tables.language), meant=meant)


def _filled(table: Table, column: Column) -> NDArray[np.bool_]:
    """Return which cells of a column are not blank."""
    values = table.frame[column.field]
    if values.dtype == object:
        return (values != "").to_numpy(dtype=np.bool_)
    return values.notna().to_numpy(dtype=np.bool_)


def _neutral(table: Table, column: Column) -> NDArray[np.bool_]:
    """Return which cells of a column of a later version change nothing."""
    values = table.frame[column.field]
    if column.type in ("number", "integer"):
        numbers = [float(word) for word in column.neutral if re.fullmatch(r"[\d.]+", word)]
        return values.isin(numbers).to_numpy(dtype=np.bool_)
    if column.type == "flag":
        flags = [float(bool(read_flag(word))) for word in column.neutral]
        return values.isin(flags).to_numpy(dtype=np.bool_)
    if column.type == "date":
        return np.zeros(len(table), dtype=np.bool_)
    known = {fold(word) for word in column.neutral}
    unique = {
        text for text in pd.unique(values) if {fold(text), fold(canonical(text) or "")} & known
    }
    return values.isin(unique).to_numpy(dtype=np.bool_)


def later_columns(sheet: Sheet, table: Table, findings: Findings) -> None:
    """Refuse columns this version cannot honour, where they say something."""
    for column in sheet.columns:
        if column.status == "later" and table.stated(column.field):
            at = np.flatnonzero(_filled(table, column) & ~_neutral(table, column))
            what = table.heading(column.field)
            findings.add(
                "not-yet", table=table, index=at, field=column.field, what=what, cure=BLANK
            )


def later_choices(sheet: Sheet, table: Table, findings: Findings) -> None:
    """Refuse choices this version cannot honour."""
    for column in sheet.columns:
        if column.later_choices and column.status != "later":
            words = table.frame[column.field].isin(column.later_choices).to_numpy()
            at, what = np.flatnonzero(words), table.heading(column.field)
            findings.add(
                "not-yet", table=table, index=at, field=column.field, what=what, cure=OTHER
            )


def own_units(table: Table, tables: Tables, findings: Findings) -> None:
    """Accept the home currency and the product's own unit only; others need conversion."""
    if table.stated("currency") and table.sheet != "Currency":
        texts = table.frame["currency"].str.casefold()
        wrong = (texts != "") & (texts != tables.settings.home_currency.casefold())
        what, cure = table.heading("currency"), write(tables.settings.home_currency)
        at = np.flatnonzero(wrong)
        findings.add("not-yet", table=table, index=at, field="currency", what=what, cure=cure)
    if not table.stated("unit") or table.sheet == "Units":
        return
    products = tables.table("Products").frame.drop_duplicates("product").set_index("product")
    base = products["base_unit"].mask(products["base_unit"] == "", "EA")
    own = table.frame["product"].map(base)
    stated = table.frame["unit"]
    wrong = (stated != "") & own.notna() & (stated.map(fold) != own.fillna("").map(fold))
    rows, what = np.flatnonzero(wrong), table.heading("unit")
    for at in [*([int(row)] for row in rows[:KEPT]), rows[KEPT:].tolist()]:
        cure = write(str(own.iat[at[0]])) if len(at) else BLANK
        findings.add("not-yet", table=table, index=at, field="unit", what=what, cure=cure)


def known_codes(sheet: str, tables: Tables) -> set[str]:
    """Return the codes of a sheet that others may refer to."""
    first = schema().sheet(sheet).column(schema().sheet(sheet).key[0]).field
    codes = set(tables.table(sheet).frame[first]) - {""}
    return codes | {STANDARD_CLASS} if sheet == "ServiceClasses" else codes


def unknown_references(sheet: Sheet, table: Table, tables: Tables, findings: Findings) -> None:
    """Say which codes are in no row of the sheet they refer to, with the nearest one that is.

    Selectors are resolved elsewhere; this looks at columns in which a code stands.
    """
    for column in sheet.columns:
        target = column.refers_to
        if column.type != "text" or not target or target in _UNCHECKED:
            continue
        if column.status == "later" or target not in tables.sheets and target != "ServiceClasses":
            continue
        known = known_codes(target, tables)
        texts = table.frame[column.field]
        unique = pd.unique(texts[~texts.isin(known) & (texts != "")])
        where = Both(target, schema().sheet(target).zh)
        totals = [code for code in unique if is_total(code)]
        rows = np.flatnonzero(texts.isin(totals))
        findings.add("total-row", table=table, index=rows, field=column.field)
        unique = unique[~np.isin(unique, totals)]
        for codes in [*([code] for code in unique[:KEPT]), list(unique[KEPT:])]:
            findings.add(
                "unknown-reference",
                table=table,
                index=np.flatnonzero(texts.isin(codes)),
                field=column.field,
                where=where,
                nearest=_nearest_code(codes[0], known) if codes else "",
            )


def _nearest_code(code: str, known: set[str]) -> str:
    bones = skeleton(code)
    same = sorted(one for one in known if skeleton(one) == bones)
    return same[0] if same else nearest(code, sorted(known))


def look_alikes(table: Table, findings: Findings) -> None:
    """Warn of codes that differ only by case, kinds of dashes or letters that look alike."""
    field = schema().sheet(table.sheet).column(table.sheet.removesuffix("s")).field
    codes = table.frame[field]
    first: dict[str, int] = {}
    for index, code in enumerate(codes):
        if not code:
            continue
        at = first.setdefault(skeleton(code), index)
        if codes.iat[at] != code:
            other, cell = codes.iat[at], table.cell(at, field)
            findings.add(
                "look-alike", table=table, index=index, field=field, other=other, other_cell=cell
            )


def _key_frame(sheet: Sheet, table: Table) -> pd.DataFrame:
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
    keys = _key_frame(sheet, table)
    repeated = keys.duplicated(keep=False).to_numpy()
    if sheet.name in ADDING:
        named = [(table.frame[name] != "").to_numpy() for name in ADDING[sheet.name]]
        repeated = repeated & (np.any(named, axis=0) if named else False)
    if sheet.name == "Demand":
        repeated = repeated & (keys["type"] != "order").to_numpy()
    blank_key = (keys.iloc[:, 0] == "").to_numpy()
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
        differs, filled = _differ(table, column, rows, leads)
        equal &= ~differs
        wrong = differs & filled if sheet.name in POLICIES else differs
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
    values, filled = table.frame[column.field].to_numpy(), _filled(table, column)
    one, other = filled[rows], filled[leads]
    differs = np.asarray(values[rows] != values[leads], dtype=np.bool_) & (one | other)
    return differs, one & other


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
