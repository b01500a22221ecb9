"""Settings of two inputs, compared by what they mean."""

from collections.abc import Iterator
from dataclasses import fields

from tierstock.inputs.comparing.side import place
from tierstock.inputs.reading.headings import find_setting
from tierstock.inputs.schema import schema
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Tables

FROM_FILE = ("language", "report_language", "model_name")
"""Settings whose default comes from the file: they differ only where they are stated."""
KNOWN = frozenset(field.name for field in fields(Settings))


def rows_of(tables: Tables) -> dict[str, int]:
    """Return the row of the Settings table that states each setting, by its English name."""
    found = {}
    for index, name in enumerate(tables.table("Settings").frame["setting"]):
        setting = find_setting(name)
        if setting is not None:
            found[setting.name] = index
    return found


def meaning(tables: Tables, name: str) -> object:
    """Return what a setting means: its typed value, that of the default where it is not stated."""
    if name not in KNOWN or (name in FROM_FILE and name not in tables.settings.stated):
        return ""
    return getattr(tables.settings, name)


def setting_changes(old: Tables, new: Tables, language: str) -> Iterator[dict[str, str]]:
    """Go through the settings that differ, as rows of :meth:`Difference.frame`.

    A setting stated in one input only is no difference where it states the default.
    """
    sheet = schema().sheet("Settings")
    sides = [(tables, rows_of(tables)) for tables in (old, new)]
    for setting in schema().settings:
        name = setting.name
        texts = [_cell(tables, rows, name, "value") for tables, rows in sides]
        notes = [_cell(tables, rows, name, "note") for tables, rows in sides]
        stated = [bool(text) for text in texts]
        places = [
            "" if name not in rows else _place(tables, rows[name], language)
            for tables, rows in sides
        ]
        row = {"sheet": sheet.heading(language), "key": setting.heading(language)}
        row |= {"place_a": places[0], "place_b": places[1]}
        same = meaning(old, name) == meaning(new, name)
        same &= name in KNOWN or texts[0] == texts[1]
        if not same and any(stated):
            kind = "changed" if all(stated) else "removed" if stated[0] else "added"
            column = sheet.column("value").heading(language)
            yield row | {"change": kind, "column": column, "value_a": texts[0], "value_b": texts[1]}
        if all(places) and notes[0] != notes[1]:
            column = sheet.column("note").heading(language)
            yield row | {
                "change": "changed",
                "column": column,
                "value_a": notes[0],
                "value_b": notes[1],
            }


def _cell(tables: Tables, rows: dict[str, int], name: str, field: str) -> str:
    """Return a cell of the row of a setting; blank where there is none."""
    frame = tables.table("Settings").frame
    return str(frame[field].iat[rows[name]]) if name in rows else ""


def _place(tables: Tables, index: int, language: str) -> str:
    return place(tables.table("Settings"), index, "value", language)
