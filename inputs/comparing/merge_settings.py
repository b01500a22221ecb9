"""The settings of several parts made into one sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from tierstock.inputs.comparing.parts import Part, owner_of
from tierstock.inputs.comparing.settings import FROM_FILE, KNOWN, meaning, rows_of
from tierstock.inputs.comparing.side import place
from tierstock.inputs.schema import schema
from tierstock.inputs.tables import Table, empty_table

HOW_READ = ("money_unit", "home_currency", "lead_time_unit")
"""Settings that say what a number in a cell means: no part may be read like another."""
FREE = FROM_FILE
"""Settings that need not agree: those of the first part are taken."""


@dataclass
class JoinedSettings:
    """The settings of all parts."""

    table: Table
    equal: list[int]
    beaten: list[int]
    open: list[dict[str, str]] = field(default_factory=list)
    """Contradictions nobody settles, in the columns of :func:`told`."""
    settled: list[dict[str, str]] = field(default_factory=list)
    apart: list[dict[str, str]] = field(default_factory=list)
    """Contradictions that an order of the parts cannot settle."""


def joined_settings(
    parts: Sequence[Part], order: Sequence[int], language: str
) -> JoinedSettings | None:
    """Join the settings of several parts; None where none states any.

    A setting counts as equal where it means the same. One that only some parts state is taken.

    Args:
        parts: the parts.
        order: numbers of the parts that win, the first one first; may be shorter than ``parts``.
        language: of the places and names told.
    """
    rows = [rows_of(part.tables) for part in parts]
    rank = [*order, *(n for n in range(len(parts)) if n not in order)]
    taken: list[Table] = []
    result = JoinedSettings(empty_table("Settings"), [0] * len(parts), [0] * len(parts))
    for setting in schema().settings:
        name = setting.name
        stated = [n for n in rank if name in rows[n] and _text(parts[n], rows[n][name])]
        if name in HOW_READ:
            _read_alike(name, parts, rows, result, language)
        if not stated:
            continue
        first = stated[0]
        table = parts[first].tables.sheets["Settings"]
        taken.append(table.keep(table.frame.index == rows[first][name]))
        for other in stated[1:]:
            if _same(name, parts, rows, first, other):
                result.equal[other] += 1
                continue
            result.beaten[other] += 1
            if name in HOW_READ:
                continue
            settled = first in order or name in FREE
            told = _told(name, parts, rows, first, other, language)
            (result.settled if settled else result.open).append(told)
    if not taken:
        return None
    frame = pd.concat([table.frame for table in taken], ignore_index=True).fillna("")
    result.table = Table("Settings", frame, "Settings", {"note": "Note"}, language=language)
    return result


def _text(part: Part, index: int) -> str:
    return str(part.tables.sheets["Settings"].frame["value"].iat[index])


def _same(
    name: str, parts: Sequence[Part], rows: Sequence[Mapping[str, int]], one: int, other: int
) -> bool:
    if name not in KNOWN:
        return _text(parts[one], rows[one][name]) == _text(parts[other], rows[other][name])
    return meaning(parts[one].tables, name) == meaning(parts[other].tables, name)


def _read_alike(
    name: str,
    parts: Sequence[Part],
    rows: Sequence[Mapping[str, int]],
    result: JoinedSettings,
    language: str,
) -> None:
    """Demand one meaning of all parts that hold more than settings; blank is the default."""
    full = [n for n, part in enumerate(parts) if set(part.tables.sheets) - {"Settings"}]
    for other in full[1:]:
        if meaning(parts[full[0]].tables, name) != meaning(parts[other].tables, name):
            result.apart.append(_told(name, parts, rows, full[0], other, language))


def _told(
    name: str,
    parts: Sequence[Part],
    rows: Sequence[Mapping[str, int]],
    one: int,
    other: int,
    language: str,
) -> dict[str, str]:
    """Return both cells of a contradiction."""
    sheet = schema().sheet("Settings")
    row = {"sheet": sheet.heading(language), "key": schema().setting(name).heading(language)}
    row["column"] = sheet.column("value").heading(language)
    for side, number in (("a", one), ("b", other)):
        row |= dict(_side(side, name, parts[number], rows[number], language))
    return row


def _side(
    side: str, name: str, part: Part, rows: Mapping[str, int], language: str
) -> Iterator[tuple[str, str]]:
    yield f"file_{side}", part.name
    if name not in rows:
        default = schema().setting(name).default
        yield from ((f"place_{side}", ""), (f"value_{side}", default), (f"owner_{side}", ""))
        return
    table = part.tables.sheets["Settings"]
    yield f"place_{side}", place(table, rows[name], "value", language)
    yield f"value_{side}", _text(part, rows[name])
    yield f"owner_{side}", owner_of(table, rows[name])
