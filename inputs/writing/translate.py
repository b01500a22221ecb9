"""Sheets with their names, headings and words in the other language."""

from dataclasses import replace

from tierstock.inputs.reading.cell_texts import read_choice, read_flag
from tierstock.inputs.reading.headings import find_column, find_setting
from tierstock.inputs.schema import LANGUAGES, Column, say, schema
from tierstock.inputs.writing.tabs import Tab

FLAGS = {True: "Y", False: "N"}


def translated(tab: Tab, language: str) -> Tab:
    """Return a sheet with the names tierstock knows in a language; what is the planner's stays.

    Translated are the name of the sheet, its headings (a unit in parentheses where it is the
    column's own), choices, flags, and settings with their choices. Codes, names, selectors and
    notes are kept as they are.

    Args:
        tab: the sheet.
        language: ``en`` or ``zh``.
    """
    if not tab.sheet:
        return tab
    sheet = schema().sheet(tab.sheet)
    rows = [list(row) for row in tab.rows]
    taken: set[str] = set()
    for at, heading in enumerate(tab.headings):
        match = find_column(tab.sheet, heading)
        if match is None or match.column.field in taken:
            continue
        column = match.column
        taken.add(column.field)
        unit = match.unit
        if unit in [say(column.unit, one, kind="unit") for one in LANGUAGES]:
            unit = say(column.unit, language, kind="unit")
        rows[tab.header][at] = column.heading(language) + (f" ({unit})" if unit else "")
        for row in rows[tab.header + 1 :]:
            if type(row[at]) is str and row[at]:
                row[at] = _word(column, str(row[at]), language)
    if tab.sheet == "Settings":
        _settings(tab, rows, language)
    return replace(tab, title=sheet.heading(language), rows=rows)


def _word(column: Column, text: str, language: str) -> str:
    """Return a choice or flag in a language; any other text as it is."""
    if column.type == "flag" and (flag := read_flag(text)) is not None:
        word = say(FLAGS[flag], language)
        return word if read_flag(word) is flag else text
    if column.type == "choice":
        return _choice(text, column.choices, language)
    return text


def _choice(text: str, choices: tuple[str, ...], language: str) -> str:
    """Return a choice in a language, where the word there means the same."""
    meant = read_choice(text, choices)
    if meant is None:
        return text
    word = meant if language == "en" else say(meant, language)
    return word if read_choice(word, choices) == meant else text


def _settings(tab: Tab, rows: list[list[object]], language: str) -> None:
    """Translate the names of settings, and their values where they are choices."""
    fields = [find_column("Settings", heading) for heading in tab.headings]
    names = [match.column.field if match else "" for match in fields]
    if not {"setting", "value"} <= set(names):
        return
    name, value = names.index("setting"), names.index("value")
    for row in rows[tab.header + 1 :]:
        setting = find_setting(str(row[name]))
        if setting is None:
            continue
        row[name] = setting.zh if language == "zh" else setting.name
        if setting.type == "choice" and isinstance(row[value], str):
            row[value] = _choice(str(row[value]), setting.choices, language)
