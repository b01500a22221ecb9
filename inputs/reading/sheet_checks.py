"""Checks of each sheet that need nothing but the tables."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import KEPT, Both, Findings
from tierstock.inputs.reading.cell_texts import read_flag, skeleton
from tierstock.inputs.reading.duplicates import filled, without_duplicates
from tierstock.inputs.reading.headings import is_total, nearest
from tierstock.inputs.schema import Column, Sheet, canonical, fold, schema
from tierstock.inputs.tables import Table, Tables

STANDARD_CLASS = "standard"
"""The class of demand for which none is stated; may be named without a ServiceClasses row."""

THE_SHEET = Both("This sheet", "该工作表")
BLANK = Both("Leave it blank.", "请留空。")
NO_ROWS = Both("Delete its rows, or begin its name with #.", "请删除其中的行，或以 # 开头命名。")
OTHER = Both("Choose another value.", "请选择其他取值。")

_UNCHECKED = ("Periods", "Currency", "Units")
"""Sheets whose names are checked elsewhere: periods may be dates, the others need no sheet."""
_NEEDED = ("ServiceClasses", "Calendars", "Recipes", "Resources")
"""Sheets whose codes are looked for even where the sheet is missing."""


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
        unknown_references(sheet, table, tables, findings)
        if name != "Settings":
            tables.sheets[name] = without_duplicates(sheet, table, findings)
    for name in ("Locations", "Products"):
        look_alikes(tables.table(name), findings)


def missing_sheets(tables: Tables, findings: Findings) -> None:
    """Demand the core sheets, unless a sheet of nearly that name is there."""
    misspelt = {one.values.get("nearest") for one in findings if one.code == "unknown-sheet"}
    for sheet in schema().inputs:
        if {sheet.name, sheet.zh} & misspelt:
            continue
        if sheet.required and sheet.name not in tables.sheets:
            own = tables.language
            needed = [one.heading(own) for one in sheet.columns if one.required]
            findings.add(
                "missing-sheet",
                sheet=sheet.heading(own),
                meant=Both(sheet.name, sheet.zh),
                columns=("、" if own == "zh" else ", ").join(needed),
            )


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
            at = np.flatnonzero(filled(table, column) & ~_neutral(table, column))
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
        if column.status == "later" or target not in (*tables.sheets, *_NEEDED):
            continue
        known = known_codes(target, tables)
        texts = table.frame[column.field]
        unique = pd.unique(texts[~texts.isin(known) & (texts != "")])
        where = Both(target, schema().sheet(target).zh)
        totals = [code for code in unique if is_total(code)]
        rows = np.flatnonzero(texts.isin(totals))
        findings.add("total-row", table=table, index=rows, field=column.field)
        unique = np.asarray([code for code in unique if code not in totals], dtype=object)
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
