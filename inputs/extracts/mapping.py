"""What a map says, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tierstock.inputs.extracts.targets import Target, TargetColumn

REFUSE, SET_ASIDE, KEEP = "refuse", "set aside", "keep"

FAULTS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "broken-number": ("extract-broken-number", REFUSE, (REFUSE, SET_ASIDE)),
    "missing-key": ("extract-missing-key", REFUSE, (REFUSE, SET_ASIDE)),
    "unknown-code": ("extract-unknown-code", REFUSE, (REFUSE, SET_ASIDE)),
    "bad-date": ("extract-bad-date", REFUSE, (REFUSE, SET_ASIDE)),
    "unknown-unit": ("extract-unknown-unit", REFUSE, (REFUSE, SET_ASIDE)),
    "negative": ("extract-negative", REFUSE, (REFUSE, SET_ASIDE, KEEP)),
    "unknown-movement": ("extract-unknown-movement", REFUSE, (REFUSE, SET_ASIDE)),
    "near-duplicate": ("extract-near-duplicate", KEEP, (REFUSE, SET_ASIDE, KEEP)),
    "conflict": ("extract-conflict", REFUSE, (REFUSE, SET_ASIDE, KEEP)),
    "master-conflict": ("extract-master-conflict", REFUSE, (REFUSE, SET_ASIDE)),
    "over-shipped": ("extract-over-shipped", KEEP, (REFUSE, KEEP)),
    "not-reconciled": ("extract-not-reconciled", KEEP, (REFUSE, KEEP)),
}
"""Kinds of faulty rows: code of the message, what is done by default, what may be asked for."""


ROW_FAULTS = frozenset(code for code, _, allowed in FAULTS.values() if SET_ASIDE in allowed)
"""Codes of messages about rows that may be set aside."""


@dataclass(frozen=True)
class ColumnMap:
    """Where a column of the target comes from."""

    column: TargetColumn
    line: int
    """Line of the map."""
    headings: tuple[str, ...] = ()
    """Headings of the extract: numbers are added, of texts the first filled one counts."""
    join: str | None = None
    """What stands between texts that are put together; None = the first filled one."""
    constant: str = ""
    """A text that stands in every row, where there are no headings."""
    codes: str = ""
    """Name of the code map that is applied."""
    unit: str = ""
    """Unit of the numbers, where the rows name none."""
    factor: float = 1.0
    """What a number is multiplied with."""
    dates: str = ""
    """How days are written, e.g. ``dd.mm.yyyy``."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Words of the extract and what they mean."""


@dataclass(frozen=True)
class Signs:
    """How a type of movement says whether goods come or go."""

    heading: str
    line: int
    coming: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    """Types whose quantity carries its sign."""
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SourceMap:
    """How the rows of some files become rows of one sheet."""

    name: str
    patterns: tuple[str, ...]
    """Names of files, ``*`` and ``?`` allowed."""
    line: int
    target: Target
    columns: tuple[ColumnMap, ...]
    tab: str = ""
    header: int = 0
    """Row of the headings, 1 = the first; 0 = the first row that holds all of them."""
    kind: str = ""
    """orders or shipments, for InTransit."""
    decimal: str = "point"
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Values by heading; only rows with one of them are taken."""
    unless: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Values by heading; rows with one of them are left out."""
    heading_lines: Mapping[str, int] = field(default_factory=dict)
    """Line of the map that names a heading."""
    signs: Signs | None = None
    identity: tuple[str, ...] = ()
    """Fields that name a record; blank = the default of the target."""
    duplicates: str = ""
    """remove or keep; blank = by whether something names a record."""
    lots: str = "merge"
    """merge or keep."""

    def part(self, field: str) -> ColumnMap | None:
        """Return how a column is filled; None where it is not."""
        return next((one for one in self.columns if one.column.field == field), None)


@dataclass(frozen=True)
class CodeMap:
    """Codes of an extract and what they are called in the plan."""

    name: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class ImportMap:
    """Everything a map says."""

    file: str
    sources: tuple[SourceMap, ...]
    codes: Mapping[str, CodeMap]
    units: Mapping[str, float]
    """Base units in one of a unit."""
    faults: Mapping[str, str]
    """What is done with rows of each kind of fault."""
    language: str = ""
    code_files: frozenset[Path] = frozenset()
    """Files of codes; where they are given as extracts, they are no surprise."""
    opening_zero: bool = False
    """Whether the movements begin with no stock at all."""
