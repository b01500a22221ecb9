"""Files in, typed tables with cell addresses and findings out."""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.reading.cell_parts import Reading
from tierstock.inputs.reading.door import Door, Source, input_name
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.headings import (
    IGNORED_SHEETS,
    SheetMatch,
    find_sheet,
    is_ignored,
    key,
    nearest_sheet,
)
from tierstock.inputs.reading.raw import RawSheet, language_of
from tierstock.inputs.reading.sheet_checks import check_tables
from tierstock.inputs.reading.steady import steady
from tierstock.inputs.reading.typed import type_sheet
from tierstock.inputs.reading.undisturbed import undisturbed
from tierstock.inputs.schema import LANGUAGES, schema
from tierstock.inputs.settings import COMMAND, Settings, read_settings
from tierstock.inputs.tables import Table, Tables, empty_table

FIRST = ("Settings", "Periods")
"""Sheets read first: they say how the others are read."""


@steady
@undisturbed()
def read_tables(
    source: Source,
    findings: Findings,
    overrides: Mapping[str, str] | None = None,
    *,
    checked: bool = True,
) -> Tables:
    """Read an input through its door and check every sheet by itself.

    Never stops at the first fault: what can be read is read, and everything wrong is in
    ``findings`` with its cell. Whoever uses the tables first looks at ``findings.errors``.

    Args:
        source: what is to be read, see :func:`tierstock.inputs.reading.doors.open_door`.
        findings: takes everything found; its language becomes that of the tables.
        overrides: settings that beat those of the Settings sheet, by name in either language.
        checked: whether what the sheets say of each other is checked; without it an input may be
            a part of one, and rows that repeat are kept.

    Returns:
        The typed tables and the settings; checked ones without rows that repeat another.
    """
    where, name = _named(source)
    door = open_door(source, findings)
    findings.order = tuple(door.names) if door is not None else ()
    raws = [] if door is None else sheets_of(door, findings)
    language = language_of(raws)
    findings.language = language
    by_sheet = {raw.sheet: raw for raw in raws}
    reading = Reading(date1904=door is not None and door.date1904)
    sheets: dict[str, Table] = {}
    table = _typed(by_sheet.pop("Settings", None), sheets, findings, reading, language)
    settings = read_settings(table or empty_table("Settings", language), findings, overrides)
    settings = _filled(settings, language, name)
    _tell_money(settings, sheets, findings)
    findings.language = settings.language
    reading = replace(
        reading,
        decimal=settings.decimal_point,
        currency=settings.home_currency,
        worth=settings.money_worth,
        lead_unit=settings.lead_time_unit,
    )
    periods = _typed(by_sheet.pop("Periods", None), sheets, findings, reading, language)
    ids = frozenset(periods.frame["period"]) if periods is not None else frozenset()
    reading = replace(reading, trim=settings.periods is None and not ids)
    for raw in by_sheet.values():
        _typed(raw, sheets, findings, reading, language, ids)
    tables = Tables(where, settings.model_name, language, settings, _in_order(sheets))
    if door is not None and checked:
        check_tables(tables, findings)
    return tables


def _named(source: Source) -> tuple[str, str]:
    """Return where the tables come from and what the model is called."""
    if isinstance(source, Mapping):
        return "", ""
    name = input_name(source)  # in a locale without Chinese its letters are bytes that were kept
    return str(source), os.fsencode(name).decode("utf-8", "replace")


def _filled(settings: Settings, language: str, name: str) -> Settings:
    """Return the settings with the defaults that come from the file."""
    return replace(
        settings,
        language=settings.language if "language" in settings.stated else language,
        report_language=settings.report_language
        if "report_language" in settings.stated
        else language,
        model_name=settings.model_name or name,
    )


def _tell_money(settings: Settings, sheets: dict[str, Table], findings: Findings) -> None:
    """Say in which unit money is, where it is not the home currency itself."""
    if settings.money_worth != 1.0:
        findings.add(
            "money-unit",
            sheet=sheets["Settings"].title if "Settings" in sheets else COMMAND,
            unit=Both(*map(settings.money_word, LANGUAGES)),
            word=Both(settings.home_currency, "元"),
        )


def _typed(
    raw: RawSheet | None,
    sheets: dict[str, Table],
    findings: Findings,
    reading: Reading,
    language: str,
    periods: frozenset[str] = frozenset(),
) -> Table | None:
    if raw is None:
        return None
    table = type_sheet(raw, findings, reading, language, periods)
    sheets[table.sheet] = table
    return table


def _in_order(sheets: dict[str, Table]) -> dict[str, Table]:
    return {sheet.name: sheets[sheet.name] for sheet in schema().inputs if sheet.name in sheets}


def sheets_of(door: Door, findings: Findings) -> list[RawSheet]:
    """Return the sheets that hold data, one per sheet of the schema."""
    matches = _matches(door, findings)
    chosen: dict[str, str] = {}
    for name, match in matches.items():
        first = chosen.setdefault(match.sheet.name, name)
        if first != name:
            findings.add("ambiguous-sheet", **_place(door, name), other=first)
        elif match.alias:
            meant = Both(match.sheet.name, match.sheet.zh)
            findings.add("sheet-alias", **_place(door, name), meant=meant)
    raws = []
    for sheet, name in chosen.items():
        raw = door.load(name)
        if raw is not None:
            raw.sheet = sheet
            raws.append(raw)
        else:
            raws.append(RawSheet(name, [], [], sheet=sheet, readable=False))
    return raws


def _matches(door: Door, findings: Findings) -> dict[str, SheetMatch]:
    """Match the names of the sheets; a results workbook is read from its ``In …`` sheets only."""
    names = [
        name for name in door.names if not is_ignored(name) and key(name) not in IGNORED_SHEETS
    ]
    found = {name: find_sheet(name) for name in names}
    copies = {name: match for name, match in found.items() if match is not None and match.copy}
    if copies:
        return copies
    matches = {}
    for name, match in found.items():
        if name in door.hidden:
            findings.add("hidden-sheet", sheet=name)
        elif match is None:
            near = nearest_sheet(name)
            findings.add("unknown-sheet", **_place(door, name), value=name, nearest=near)
        else:
            matches[name] = match
    return matches


def _place(door: Door, name: str) -> dict[str, Any]:
    return {"sheet": name, "file": door.files.get(name, "")}
