"""The rows of all sources of a map; what is not to be imported left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.extract import Extract, words_of
from tierstock.inputs.extracts.faulty import Faulty, Trouble
from tierstock.inputs.extracts.journal import FLAGGED, LEFT_OUT, Journal
from tierstock.inputs.extracts.mapping import ImportMap, SourceMap
from tierstock.inputs.extracts.measures import known_unit
from tierstock.inputs.extracts.stage import Staged, stage
from tierstock.inputs.extracts.twins import IDENTITY, exact_twins
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.headings import key, nearest

FLOWS = ("Demand", "History", "Movements")
"""Targets of which equal rows may well be two records."""


@dataclass
class Gathered:
    """Everything that was read, before codes and units."""

    extracts: list[Extract] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    """Number of the source of each extract."""
    frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    """Rows by target."""
    read: dict[tuple[int, str], int] = field(default_factory=dict)
    """Millionths read by extract and measure, before anything is left out."""
    headings: dict[tuple[int, str], str] = field(default_factory=dict)
    """Heading of the extract by its number and the target's column."""


def gather(
    asked: ImportMap,
    opened: Sequence[tuple[Extract, int]],
    journal: Journal,
    findings: Findings,
) -> Gathered:
    """Read all rows; leave out, and note, what the map leaves out, totals and exact duplicates.

    Args:
        asked: the map.
        opened: tables and the numbers of their sources.
        journal: takes every row left out or set aside.
        findings: takes what is wrong.
    """
    made = Gathered([one for one, _ in opened], [number for _, number in opened])
    faulty = Faulty(asked.faults, made.extracts, journal, findings)
    own = set(map(key, asked.units))

    def is_unit(word: str) -> bool:
        return known_unit(word) or key(word) in own

    for number, source in enumerate(asked.sources):
        members = [at for at, one in enumerate(made.sources) if one == number]
        if not members:
            continue
        twins = exact_twins([(at, made.extracts[at]) for at in members])
        for at in members:
            extract = made.extracts[at]
            for part in source.columns:
                if part.headings:
                    made.headings[at, part.column.name] = part.headings[0]
            staged = stage(at, extract, source, is_unit)
            staged.frame["_source"] = number
            for measure in source.target.added:
                if measure in staged.frame:
                    made.read[at, measure] = int(staged.frame[measure].sum())
            stays = _left_out(staged, extract, source, journal, asked, findings)
            stays &= _without_twins(staged, source, twins, stays, journal, made, findings)
            frame = _settled(staged, source, stays, faulty, journal, made.headings)
            made.frames.setdefault(source.target.name, []).append(frame)
    return made


def _left_out(
    staged: Staged,
    extract: Extract,
    source: SourceMap,
    journal: Journal,
    asked: ImportMap,
    findings: Findings,
) -> NDArray[np.bool_]:
    """Return which rows the map takes; note the others and lines of totals."""
    frame = staged.frame
    stays = np.ones(len(frame), dtype=np.bool_)
    measures = [one for one in source.target.added if one in frame]

    def unseen(heading: str, words: NDArray[np.object_], values: frozenset[str]) -> None:
        known = set(words.tolist())
        for one in sorted(values - known):
            findings.add(
                "map-value-unseen",
                file=asked.file,
                row=source.heading_lines.get(heading, source.line),
                value=one,
                where=heading,
                nearest=nearest(one, known),
            )

    def drop(wrong: NDArray[np.bool_], reason: str, column: str, before: object) -> None:
        gone = stays & wrong
        values = before[gone] if isinstance(before, np.ndarray) else before
        journal.remove(
            frame[gone], source.target.name, measures, LEFT_OUT, reason,
            column=column, before=values,
        )  # fmt: skip
        stays[wrong] = False

    drop(staged.totals, "total-line", "", "")
    for wanted, keeps in ((source.where, True), (source.unless, False)):
        for heading, values in wanted.items():
            words = words_of(extract.cells(heading))
            unseen(heading, words, values)
            inside = np.isin(words, sorted(values))
            drop(~inside if keeps else inside, "filtered", heading, words)
    if source.signs is not None:
        types = frame["_type"].to_numpy()
        ignored = np.isin(types, sorted(source.signs.ignored))
        drop(ignored, "ignored-movement", source.signs.heading, types)
    return stays


def _without_twins(
    staged: Staged,
    source: SourceMap,
    twins: pd.DataFrame,
    stays: NDArray[np.bool_],
    journal: Journal,
    made: Gathered,
    findings: Findings,
) -> NDArray[np.bool_]:
    """Leave out rows that repeat another in every column, or only flag them."""
    frame = staged.frame
    result = np.ones(len(frame), dtype=np.bool_)
    mine = twins[twins["_extract"] == (frame["_extract"].iat[0] if len(frame) else -1)]
    mine = mine[stays[mine["_at"].to_numpy()]]
    if not len(mine):
        return result
    target, at = source.target, mine["_at"].to_numpy()
    named = any(one in frame for one in IDENTITY.get(target.name, ((), ()))[1] if one != "period")
    remove = source.duplicates != "keep" and (
        source.duplicates == "remove" or bool(source.identity) or named or target.name not in FLOWS
    )
    other = (mine["first_extract"].to_numpy(), mine["first_row"].to_numpy())
    measures = [one for one in target.added if one in frame]
    rows = frame.iloc[at]
    if remove:
        journal.remove(rows, target.name, measures, LEFT_OUT, "exact-duplicate", other=other)
        result[at] = False
    else:
        journal.add(rows, target.name, FLAGGED, "exact-duplicate", other=other)
    extract = made.extracts[int(rows["_extract"].iat[0])]
    place = extract.sheet.place(int(extract.rows[at[0]]), 0)
    first = made.extracts[int(other[0][0])].sheet.file
    findings.add(
        "extract-duplicates" if remove else "extract-duplicates-kept",
        **place,
        count=len(at),
        other=f"{first} {int(other[1][0])}",
    )
    return result


def _settled(
    staged: Staged,
    source: SourceMap,
    stays: NDArray[np.bool_],
    faulty: Faulty,
    journal: Journal,
    headings: Mapping[tuple[int, str], str],
) -> pd.DataFrame:
    """Return the rows that stay when faulty ones are dealt with."""
    frame = staged.frame
    measures = [one for one in source.target.added if one in frame]
    for name, at, cells in staged.rounded:
        kept = stays[at]
        after = frame[name].to_numpy()[at[kept]] / 1e6
        journal.add(
            frame.iloc[at[kept]], source.target.name, "changed", "rounded",
            column=source.target.column(name).name,
            before=words_of(cells[kept]), after=[f"{one:.6f}" for one in after],
        )  # fmt: skip
    troubles = []
    for fault in staged.faults:
        kept = stays[fault.at]
        if kept.any():
            values = list(fault.values[kept])
            troubles.append(
                Trouble(
                    fault.kind,
                    fault.at[kept],
                    fault.column,
                    values,
                    fault.heading,
                    fault.of(kept),
                )
            )
    stays = stays & faulty.settle(frame, source.target.name, measures, troubles, headings)
    return frame[stays].reset_index(drop=True)
