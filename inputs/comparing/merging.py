"""Several parts of an input made into one: rows joined by key, conflicts found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.comparing.difference import SheetDifference, compared
from tierstock.inputs.comparing.lines import Codes, adding, codes_of, framed, keys_of, units_of
from tierstock.inputs.comparing.parts import Part
from tierstock.inputs.digits import rounded
from tierstock.inputs.reading.duplicates import POLICIES
from tierstock.inputs.schema import Sheet, schema
from tierstock.inputs.tables import Table

FAMILIES = {
    "Rates": ("From", "To", "Mode", "Vehicle", "Basis"),
    "RecipeInputs": ("Recipe",),
    "RecipeResources": ("Recipe",),
    "Calendars": ("Calendar",),
    "Scenarios": ("Scenario",),
    "UserRows": ("Row",),
}
"""Sheets in which several rows make one thing, which is kept whole: by what they are one."""
NAMED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "OpeningStock": {"lot": ("received_date", "production_date", "expiry_date")},
    "InTransit": {"order_no": ("from", "due_date"), "lot": ("due_date",)},
}
"""Fields that name a row that adds up; where they are filled, some of its key may differ."""
DIGITS = 12
"""Digits to which numbers are compared."""


@dataclass(frozen=True)
class Clash:
    """Rows of one sheet on which two parts contradict each other."""

    sheet: str
    one: int
    """Number of the part whose rows are kept, or would be."""
    other: int
    difference: SheetDifference


@dataclass
class Joined:
    """The rows of one sheet, joined."""

    table: Table
    """The rows; ``part`` says of which part each is, its ``row`` is that of the part."""
    part: NDArray[np.int64]
    equal: list[int] = field(default_factory=list)
    """Rows of each part that an earlier part has as well."""
    beaten: list[int] = field(default_factory=list)
    """Rows of each part that gave way to another part."""
    open: list[Clash] = field(default_factory=list)
    """Contradictions nobody settles."""
    settled: list[Clash] = field(default_factory=list)
    """Contradictions settled by the order of the parts."""


def joined(
    name: str, parts: Sequence[Part], order: Sequence[int], added: bool = False
) -> Joined | None:
    """Join the rows of a sheet of several parts.

    Rows of one key that are equal are kept once; rows of keys only one part has are kept. Policy
    rows of one key that do not contradict each other are all kept. Rows that add up are compared
    as all rows of their key, and kept of one part: the same stock told twice counts once.

    Args:
        name: English name of the sheet.
        parts: the parts.
        order: numbers of the parts that win, the first one first; may be shorter than ``parts``.
        added: whether rows that add up do so across the parts as well, equal ones too.

    Returns:
        The rows, contradictions among them; None where no part has the sheet.
    """
    there = [number for number, part in enumerate(parts) if name in part.tables.sheets]
    if not there:
        return None
    sheet = schema().sheet(name)
    tables = [parts[number].tables.sheets[name] for number in there]
    codes = _all_codes(parts)
    frame = pd.concat([framed(table, codes) for table in tables], ignore_index=True)
    part = np.repeat(np.array(there, dtype=np.int64), [len(table) for table in tables])
    keep, found = _decided(sheet, frame, part, order, added, len(parts))
    whole = _noted(_whole(tables), found)
    result = Joined(whole.keep(keep), part[keep], equal=found.equal, beaten=found.beaten)
    for (one, other), groups in found.pairs.items():
        rows = np.isin(found.group, groups)
        sides = [
            parts[number].tables.sheets[name].keep(rows[part == number]) for number in (one, other)
        ]
        clash = Clash(name, one, other, compared(sides[0], sides[1], (codes, codes)))
        if len(clash.difference.rows):
            (result.settled if one in order else result.open).append(clash)
    return result


def _noted(table: Table, found: "_Found") -> Table:
    """Return rows with the notes of all rows that say the same, so that none is lost."""
    frame = pd.DataFrame({"group": found.group, "content": found.content})
    notes = frame.assign(note=table.frame["note"])
    notes = notes[notes["note"] != ""].drop_duplicates()
    several = notes[notes.duplicated(["group", "content"], keep=False)]
    if not len(several):
        return table
    all_ = several.groupby(["group", "content"], as_index=False)["note"].agg(" | ".join)
    told = frame.merge(all_, how="left", on=["group", "content"])["note"]
    return replace(table, frame=table.frame.assign(note=told.fillna(table.frame["note"])))


def _all_codes(parts: Sequence[Part]) -> Codes:
    """Return the codes of all parts together, by sheet."""
    found = [codes_of(part.tables) for part in parts]
    return {name: frozenset().union(*(one[name] for one in found)) for name in found[0]}


def _whole(tables: Sequence[Table]) -> Table:
    """Return all rows of a sheet as one table with the headings of the first part."""
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    texts = {str(name): frame[name].fillna("") for name in frame if frame[name].dtype == object}
    frame = frame.assign(**texts)
    headings = {name: text for table in reversed(tables) for name, text in table.headings.items()}
    wide = [table.wide for table in tables if table.wide is not None]
    cells = np.concatenate(wide) if len(wide) == len(tables) else None
    return replace(tables[0], frame=frame, headings=headings, wide=cells)


@dataclass
class _Found:
    """What came of comparing rows."""

    group: NDArray[np.int64]
    """[rows] number of the thing each row is about."""
    content: NDArray[np.int64]
    """[rows] number of what each row says."""
    equal: list[int]
    beaten: list[int]
    pairs: dict[tuple[int, int], NDArray[np.int64]]
    """Groups on which two parts differ, the one that is kept first."""


def _decided(
    sheet: Sheet,
    frame: pd.DataFrame,
    part: NDArray[np.int64],
    order: Sequence[int],
    added: bool,
    count: int,
) -> tuple[NDArray[np.bool_], _Found]:
    """Say which rows are kept, and on what the parts differ."""
    group, content = _groups(sheet, frame)
    if added:
        free = adding(sheet, frame) & ~_is_named(sheet, frame)
        group = np.where(free, group.max(initial=0) + 1 + np.arange(len(group)), group)
    keep = np.ones(len(frame), dtype=np.bool_)
    found = _Found(group, content, [0] * count, [0] * count, {})
    several = pd.Series(part).groupby(group).transform("nunique").to_numpy() > 1
    if not several.any():
        return keep, found
    at = np.flatnonzero(several)
    unlike = _unlike(group[at], content[at], part[at])
    if sheet.name in POLICIES:
        unlike &= _clashing(sheet, frame.iloc[at], group[at])
    rank = np.array([order.index(n) if n in order else len(order) + n for n in range(count)])
    best = pd.Series(rank[part[at]]).groupby(group[at]).transform("min").to_numpy()
    first = rank[part[at]] == best
    winner = np.argsort(rank)[best]
    lost = at[unlike & ~first]
    like = at[~unlike & ~first]
    if sheet.name in POLICIES:
        like = _repeated(group, content, part, at[~unlike], rank)
    keep[lost], keep[like] = False, False
    same = pd.DataFrame({"group": group, "content": content})
    same = same.iloc[lost].merge(same.iloc[at[first]].drop_duplicates(), how="left", indicator=True)
    repeated = (same["_merge"] == "both").to_numpy()
    like, lost = np.r_[like, lost[repeated]], lost[~repeated]
    for number in range(count):
        found.equal[number] = int((part[like] == number).sum())
        found.beaten[number] = int((part[lost] == number).sum())
    losers = pd.DataFrame({"one": winner, "other": part[at], "group": group[at]})[unlike & ~first]
    for (one, other), rows in losers.groupby(["one", "other"]):
        found.pairs[int(one), int(other)] = rows["group"].unique()
    return keep, found


def _groups(sheet: Sheet, frame: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for every row the number of what it is about, and that of what it says."""
    keys = frame[keys_of(sheet)].copy()
    if sheet.name in FAMILIES:
        keys = keys[[sheet.column(name).field for name in FAMILIES[sheet.name]]]
    for name, free in NAMED.get(sheet.name, {}).items():
        for other in free:
            keys[other] = keys[other].mask(frame[name] != "")
    said = [one.field for one in sheet.columns if one.field != "note"] + units_of(sheet)
    content = pd.DataFrame(
        {
            name: rounded(frame[name].to_numpy(np.float64), DIGITS)
            if frame[name].dtype == float
            else frame[name]
            for name in said
        }
    )
    return _numbers(keys), _numbers(content)


def _numbers(frame: pd.DataFrame) -> NDArray[np.int64]:
    return np.asarray(frame.groupby(list(frame), dropna=False, sort=False).ngroup(), dtype=np.int64)


def _is_named(sheet: Sheet, frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows have a lot or order number, by which they are known."""
    names = list(NAMED.get(sheet.name, {}))
    return np.asarray((frame[names] != "").any(axis=1), dtype=np.bool_)


def _unlike(
    group: NDArray[np.int64], content: NDArray[np.int64], part: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which rows are in a group of which two parts do not have the same rows."""
    frame = pd.DataFrame({"group": group, "content": content, "part": part})
    count = frame.groupby(["group", "content", "part"]).size().unstack("part", fill_value=0)
    has = (count.groupby("group").transform("max") > 0).to_numpy()
    number = count.to_numpy()
    most = np.where(has, number, 0).max(axis=1)
    least = np.where(has, number, np.iinfo(np.int64).max).min(axis=1)
    unlike = count.index.get_level_values("group")[most != least]
    return np.isin(group, unlike)


def _clashing(sheet: Sheet, frame: pd.DataFrame, group: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which policy rows are in a group where one cell is stated differently."""
    clash = np.zeros(len(frame), dtype=np.bool_)
    for column in sheet.columns:
        if column.field == "note" or column.name in sheet.key:
            continue
        values = frame[column.field]
        stated = values.mask(values == "") if values.dtype == object else values
        clash |= stated.reset_index(drop=True).groupby(group).transform("nunique").to_numpy() > 1
    return clash


def _repeated(
    group: NDArray[np.int64],
    content: NDArray[np.int64],
    part: NDArray[np.int64],
    at: NDArray[np.int64],
    rank: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return policy rows that a part before has word for word."""
    order = at[np.argsort(rank[part[at]], kind="stable")]
    twice = pd.DataFrame({"group": group[order], "content": content[order]}).duplicated()
    return np.sort(order[twice.to_numpy()])
