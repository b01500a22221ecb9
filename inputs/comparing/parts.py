"""A planner's part of an input: its tables, and the columns kept for people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.comparing.side import read_side
from tierstock.inputs.findings import Findings, show
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.headings import is_ignored, key
from tierstock.inputs.reading.raw import body
from tierstock.inputs.reading.read import sheets_of
from tierstock.inputs.reading.steady import steady
from tierstock.inputs.tables import Table, Tables
from tierstock.inputs.writing.from_tables import KEPT_MARK

OWNERS = frozenset(
    ("owner", "planner", "responsible", "comment", "comments", "remark", "负责人", "责任人",
     "计划员", "批注", "意见")
)  # fmt: skip
"""Names of columns that say whose a row is; they begin with ``#``, else they are unknown."""


@dataclass(frozen=True)
class Part:
    """One of the inputs that are made into one."""

    name: str
    """How it is called in messages and in the log."""
    tables: Tables
    repeated: dict[str, int]
    """Rows left out because the part itself repeats them, by sheet."""


@steady
def read_part(source: Source, name: str, findings: Findings) -> Part:
    """Read a part; columns that begin with ``#`` or ``_`` come along.

    Args:
        source: anything that can be read.
        name: how it is called.
        findings: takes cells that cannot be read, and rows that contradict each other.
    """
    tables = read_side(source, findings)
    again, told = Findings(), Findings()
    door = open_door(source, again)
    bodies = [] if door is None else [(raw.sheet, body(raw, told)) for raw in sheets_of(door, told)]
    repeated = {}
    for sheet, found in bodies:
        table = tables.sheets[sheet]
        kept = pd.DataFrame(
            {
                f"{KEPT_MARK}{heading.strip().lstrip('#＃').strip()}": column
                for heading, column in zip(found.headings, found.columns, strict=True)
                if is_ignored(heading)
            },
            index=found.rows,
            dtype=object,
        )
        rows = table.frame["row"].to_numpy(dtype=np.int64)
        repeated[sheet] = len(found.rows) - len(np.unique(rows))
        there = kept.loc[rows[np.isin(rows, found.rows)]].reset_index(drop=True)
        if len(there.columns) and len(there) == len(table):
            frame = pd.concat([table.frame, there], axis=1)
            tables.sheets[sheet] = replace(table, frame=frame)
    return Part(name, tables, repeated)


def part_names(sources: Sequence[Path | str]) -> list[str]:
    """Return the names of parts: those of the files, their paths where two names are equal.

    Of the address of a database user and password are left out.

    >>> part_names(["postgresql://me:${PASSWORD}@host/stock", Path("north.xlsx")])
    ['postgresql://host/stock', 'north.xlsx']
    """
    names = [
        source.name if isinstance(source, Path) else re.sub(r"//[^@/]*@", "//", source)
        for source in sources
    ]
    return [
        str(source) if isinstance(source, Path) and names.count(name) > 1 else name
        for name, source in zip(names, sources, strict=True)
    ]


def owner_of(table: Table, index: int) -> str:
    """Return whose a row is: its owner or comment column, else its note; blank where none."""
    for name in (str(one) for one in table.frame):
        if name.startswith(KEPT_MARK) and key(name[1:]) in OWNERS:
            return show(table.frame[name].iat[index])
    return str(table.frame["note"].iat[index])
