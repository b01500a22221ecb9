"""Names that nothing uses: groups, units of measure and currencies."""

import re

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.schema import fold, schema
from tierstock.inputs.tables import Tables
from tierstock.inputs.units import counting_word

_PARTS = re.compile(r"[,，、;；]")


def check_names(ground: Ground) -> None:
    """Note groups no selector names, units no cell counts in, currencies no money is in.

    Lists of them are often kept for all studies, so that this is no warning.
    """
    if ground.findings.errors:
        return
    tables = ground.tables
    home = fold(tables.settings.home_currency)
    for sheet, field, used in (
        ("Groups", "group", _selected(tables)),
        ("Units", "unit", set(map(_unit, ground.measures.names))),
        ("Currency", "currency", {home, *ground.exchange.names}),
    ):
        table = tables.table(sheet)
        plain = _unit if sheet == "Units" else fold
        idle = [plain(str(name)) not in used for name in table.frame[field]]
        rows = np.flatnonzero(np.array(idle, dtype=bool))
        ground.findings.add("name-unused", table=table, index=rows, field=field)


def _unit(word: str) -> str:
    """Return the folded word of a unit; all words for a case, or for a pallet, are one."""
    return counting_word(word) or fold(word)


def _selected(tables: Tables) -> set[str]:
    """Every folded word of the selectors of all sheets."""
    found: set[str] = set()
    for name, table in tables.sheets.items():
        for column in schema().sheet(name).columns:
            if column.type != "selector":
                continue
            for text in pd.unique(table.frame[column.field]):
                found.update(fold(word.strip(" !！")) for word in _PARTS.split(str(text)))
    return found
