"""Codes, units and repeated records of the rows that were gathered."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.amounts import shown
from tierstock.inputs.extracts.codes import REFERRED, Codes, resolve
from tierstock.inputs.extracts.dialects import unit_in
from tierstock.inputs.extracts.faulty import Faulty, Trouble
from tierstock.inputs.extracts.gather import Gathered
from tierstock.inputs.extracts.journal import CHANGED, MERGED, Journal
from tierstock.inputs.extracts.mapping import ColumnMap, ImportMap
from tierstock.inputs.extracts.measures import Shared, Units, convert_units
from tierstock.inputs.extracts.merging import put_together
from tierstock.inputs.extracts.stage import UNIT_OF
from tierstock.inputs.extracts.targets import Target
from tierstock.inputs.extracts.targets import target as target_of
from tierstock.inputs.extracts.twins import overlapping, same_records
from tierstock.inputs.findings import KEPT
from tierstock.inputs.messages import Both, show

SPREAD = ("std_dev", "low", "high")
"""Fields of Demand that count in the unit of its quantity."""


class Refiner:
    """Works on the rows of all targets, one after the other.

    Args:
        asked: the map.
        gathered: what was read.
        journal: takes every change.
        faulty: deals with faulty rows.
    """

    def __init__(
        self, asked: ImportMap, gathered: Gathered, journal: Journal, faulty: Faulty
    ) -> None:
        self.asked, self.gathered = asked, gathered
        self.journal, self.faulty = journal, faulty
        self.frames = {
            name: pd.concat(parts, ignore_index=True) for name, parts in gathered.frames.items()
        }
        self._fill()

    def _fill(self) -> None:
        """Blank what one source of a target states and another does not."""
        for name, frame in self.frames.items():
            for column in target_of(name).columns:
                if column.field in frame and column.type not in ("number", "integer", "date"):
                    frame[column.field] = frame[column.field].fillna("")
                elif column.field in frame and column.field in (*target_of(name).added, "received"):
                    frame[column.field] = frame[column.field].fillna(0).astype(np.int64)
            for extra in [one for one in map(str, frame) if one.startswith((UNIT_OF, "_kind"))]:
                frame[extra] = frame[extra].fillna("")

    def codes(self) -> None:
        """Map and check the codes, those of Locations and Products themselves first."""
        known: dict[str, Codes] = {}
        for name in REFERRED:
            own = self.frames.get(name)
            field = name.removesuffix("s").lower()
            if own is not None:
                self._column(name, field, Codes(None))
                known[name] = Codes(self.frames[name][field].unique())
            else:
                known[name] = Codes(None)
        for name in self.frames:
            for column in target_of(name).columns:
                if column.field not in self.frames[name] or column.type != "text":
                    continue
                keyed = name in REFERRED and column.field == name.removesuffix("s").lower()
                if column.refers_to in known and not keyed:
                    self._column(name, column.field, known[column.refers_to])
                elif not keyed:
                    self._mapped_only(name, column.field)

    def _maps(self, name: str, field: str) -> dict[int, Mapping[str, str] | None]:
        """Return the code map of a column by the number of the source."""
        frame = self.frames[name]
        found: dict[int, Mapping[str, str] | None] = {}
        for number in frame["_source"].unique():
            part = self.asked.sources[int(number)].part(field)
            found[int(number)] = self.asked.codes[part.codes].codes if part and part.codes else None
        return found

    def _mapped_only(self, name: str, field: str) -> None:
        """Map a column whose codes no sheet lists."""
        maps = {number: one for number, one in self._maps(name, field).items() if one is not None}
        frame = self.frames[name]
        for number, mapped in maps.items():
            mine = (frame["_source"] == number).to_numpy()
            before = frame.loc[mine, field]
            after = before.map(lambda word, known=mapped: known.get(word, word))
            self._changed(name, field, frame[mine], before, after, "mapped-code")
            frame.loc[mine, field] = after

    def _column(self, name: str, field: str, codes: Codes) -> None:
        target, frame = target_of(name), self.frames[name]
        column = target.column(field)
        troubles, renamed = [], frame[field].copy()
        for number, mapped in self._maps(name, field).items():
            mine = np.flatnonzero((frame["_source"] == number).to_numpy())
            before = frame[field].iloc[mine]
            after, unknown = resolve(before, codes, mapped)
            at = mine[unknown]
            words = list(frame[field].iloc[at])
            near = {word: codes.nearest(word, mapped) for word in set(words[:KEPT])}
            sheet = target_of(column.refers_to or name)
            where = Both(sheet.name, sheet.zh)
            told = [{"nearest": near.get(word, ""), "where": where} for word in words]
            if len(at):
                troubles.append(Trouble("unknown-code", at, column.name, words, told=told))
            good = ~unknown
            reason = "mapped-code" if mapped is not None else "alias-code"
            kept = frame.iloc[mine[good]]
            self._changed(name, field, kept, before[good], after[good], reason)
            renamed.iloc[mine] = after.to_numpy()
        frame[field] = renamed
        measures = [one for one in target.added if one in frame]
        stays = self.faulty.settle(frame, name, measures, troubles, self.gathered.headings)
        self.frames[name] = frame[stays].reset_index(drop=True)

    def _changed(
        self,
        name: str,
        field: str,
        rows: pd.DataFrame,
        before: pd.Series,
        after: pd.Series,
        reason: str,
    ) -> None:
        """Note codes that are written differently now."""
        other = (before.to_numpy() != after.to_numpy()).astype(np.bool_)
        column = target_of(name).column(field).name
        self.journal.add(
            rows[other], name, CHANGED, reason,
            column=column, before=before.to_numpy()[other], after=after.to_numpy()[other],
        )  # fmt: skip

    def masters(self) -> None:
        """Make one row of each key of every sheet whose quantities are not added up."""
        for name in [one for one in self.frames if not target_of(one).added]:
            frame, target = self.frames[name], target_of(name)
            merged, differences = put_together(frame, target)
            troubles = [
                Trouble(
                    "master-conflict",
                    np.array([one.at]),
                    target.column(one.field).name,
                    [show(one.value)],
                    told={"first": show(one.other)},
                    other=np.array([one.first]),
                )
                for one in differences
            ]
            self.faulty.settle(frame, name, (), troubles, self.gathered.headings)
            size = np.bincount(merged.place, minlength=len(merged.frame))
            twice = size[merged.place] > 1 if len(frame) else np.zeros(0, dtype=np.bool_)
            after = [f"{name} {at + 2}" for at in merged.place[twice]]
            self.journal.add(frame[twice], name, MERGED, "same-key", after=after)
            self.frames[name] = merged.frame

    def units(self) -> None:
        """Turn quantities into base units."""
        units = Units(self.frames.get("Products"), self.frames.get("Units"), self.asked.units)
        for name in [one for one in self.frames if target_of(one).added]:
            parts = []
            for number in self.frames[name]["_source"].unique():
                mine = self.frames[name][self.frames[name]["_source"] == number]
                parts.append(self._in_base(name, int(number), mine.reset_index(drop=True), units))
            self.frames[name] = pd.concat(parts, ignore_index=True) if parts else self.frames[name]

    def _in_base(self, name: str, number: int, frame: pd.DataFrame, units: Units) -> pd.DataFrame:
        target, source = target_of(name), self.asked.sources[number]
        measures = [one for one in (*target.added, "received") if one in frame]
        part = source.part("quantity") or source.part("sales")
        frame = frame.copy()
        usual = self._unit_of(part, units)
        shared = {
            one: Shared(self._unit_of(own, units) or usual, own.factor if own else 1.0)
            for one, own in ((one, source.part(one)) for one in measures)
        }
        made, bad, words, rates = convert_units(frame, shared, units)
        at = np.flatnonzero(bad)
        troubles = []
        if len(at):
            told = [{"base": units.base(one), "product": one} for one in frame["product"].iloc[at]]
            lacking = list(words.iloc[at])
            troubles.append(Trouble("unknown-unit", at, "Unit", lacking, told=told))
        added = [one for one in target.added if one in frame]
        stays = self.faulty.settle(frame, name, added, troubles, self.gathered.headings)
        for measure in measures:
            change = made[measure] - frame[measure].to_numpy()
            moved = (change != 0) & stays
            if measure in target.added:
                self.journal.add(
                    frame[moved], name, CHANGED, "converted",
                    column=target.column(measure).name, measure=measure, change=change[moved],
                    before=_told(frame[measure].to_numpy(np.int64)[moved], words[moved]),
                    after=shown(made[measure][moved]),
                )  # fmt: skip
            frame[measure] = made[measure]
        for one in [one for one in SPREAD if one in frame]:
            frame[one] = frame[one] * rates
        return frame[stays].reset_index(drop=True)

    @staticmethod
    def _unit_of(part: ColumnMap | None, units: Units) -> str:
        """Return the unit of a column: the map's, else that in parentheses in its heading."""
        if part is None:
            return ""
        word = unit_in(part.headings[0]) if part.headings else ""
        return part.unit or (word if word and units.is_word(word) else "")

    def twins(self) -> None:
        """Flag records that stand there twice, with the same or another quantity."""
        for name in [one for one in self.frames if target_of(one).added]:
            frame, target = self.frames[name], target_of(name)
            measures = [one for one in target.added if one in frame]
            stays = np.ones(len(frame), dtype=np.bool_)
            for rows, fields in self._identities(name):
                mine = np.flatnonzero(rows)
                part = frame.iloc[mine].reset_index(drop=True)
                near, apart, first = same_records(part, name, fields, measures)
                if name in ("OpeningStock", "EarlierStock") and not fields:
                    near, apart, first = self._beside(part, measures, near, apart, first)
                troubles = [
                    _repeated(kind, np.flatnonzero(mask), first, part[measures[0]], target)
                    for kind, mask in (("near-duplicate", near), ("conflict", apart))
                    if mask.any()
                ]
                kept = self.faulty.settle(part, name, measures, troubles, self.gathered.headings)
                stays[mine] &= kept
            self.frames[name] = frame[stays].reset_index(drop=True)

    def _identities(self, name: str) -> list[tuple[NDArray[np.bool_], tuple[str, ...]]]:
        """Return groups of rows and the fields that name their records."""
        frame = self.frames[name]
        named = {at: one.identity for at, one in enumerate(self.asked.sources) if one.identity}
        rest = (~frame["_source"].isin(named)).to_numpy()
        groups: list[tuple[NDArray[np.bool_], tuple[str, ...]]] = [(rest, ())]
        for number, fields in named.items():
            mine = (frame["_source"] == number).to_numpy()
            if mine.any():
                groups.append((mine, fields))
        return groups

    @staticmethod
    def _beside(
        part: pd.DataFrame,
        measures: list[str],
        near: NDArray[np.bool_],
        apart: NDArray[np.bool_],
        first: NDArray[np.int64],
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
        """Take in stock without lots that another file states as well."""
        plain = np.ones(len(part), dtype=np.bool_)
        for one in ("lot", "bin"):
            if one in part:
                plain &= (part[one] == "").to_numpy()
        at = np.flatnonzero(plain)
        other, start = overlapping(part.iloc[at])
        equal = np.ones(len(at), dtype=np.bool_)
        for measure in measures:
            values = part[measure].to_numpy()[at]
            equal &= values == values[start]
        near, apart, first = near.copy(), apart.copy(), first.copy()
        near[at] |= other & equal
        apart[at] |= other & ~equal
        first[at[other]] = at[start[other]]
        return near, apart, first


def _repeated(
    kind: str, at: NDArray[np.int64], first: NDArray[np.int64], measure: pd.Series, target: Target
) -> Trouble:
    """Return the trouble of records that are there before."""
    micros = measure.to_numpy(np.int64)
    told = [{"first": one} for one in shown(micros[first[at]])]
    column = target.column(str(measure.name)).name
    return Trouble(kind, at, column, shown(micros[at]), told=told, other=first[at])


def _told(micros: NDArray[np.int64], unit: pd.Series) -> list[str]:
    """Return quantities with their units."""
    return [f"{one} {word}".strip() for one, word in zip(shown(micros), unit, strict=True)]
