"""Rows of an extract as rows of a target: columns named, texts, numbers and days read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.amounts import read_amounts
from tierstock.inputs.extracts.day_formats import read_day
from tierstock.inputs.extracts.extract import Extract, words_of
from tierstock.inputs.extracts.mapping import ColumnMap, SourceMap
from tierstock.inputs.messages import Both
from tierstock.inputs.reading.cell_dates import either_day, parse_dates, read_date
from tierstock.inputs.reading.cell_numbers import parse_numbers, suggestion
from tierstock.inputs.reading.cell_parts import Cells, Reading, distinct, texts
from tierstock.inputs.reading.cell_texts import read_choice, read_flag
from tierstock.inputs.reading.headings import is_total, key, nearest
from tierstock.inputs.schema import LANGUAGES, say
from tierstock.inputs.writing.plain import text_of

UNIT_OF = "_unit_of_"
"""Prefix of the columns that hold the units written in the cells of a measure."""


@dataclass
class Fault:
    """Rows of one extract that share a kind of fault."""

    kind: str
    """A kind of ``mapping.FAULTS``."""
    at: NDArray[np.int64]
    """Positions in the frame."""
    heading: str
    """Heading of the extract."""
    column: str
    """English heading of the target."""
    values: Cells
    """What stands in the cells."""
    told: Sequence[Mapping[str, object]] | Mapping[str, object] = field(default_factory=dict)
    """What the sentence tells besides, for all rows or one per row."""

    def of(
        self, chosen: NDArray[np.bool_]
    ) -> Sequence[Mapping[str, object]] | Mapping[str, object]:
        """Return what is told of some of the rows."""
        if isinstance(self.told, Mapping):
            return self.told
        return [one for one, taken in zip(self.told, chosen, strict=True) if taken]


@dataclass
class Staged:
    """The rows of one extract, and what is wrong with them."""

    frame: pd.DataFrame
    """Columns by field; ``_extract``, ``_row`` (as shown), ``_at`` (position in the extract)."""
    faults: list[Fault] = field(default_factory=list)
    rounded: list[tuple[str, NDArray[np.int64], Cells]] = field(default_factory=list)
    """Fields, positions and cells of quantities with more decimals than are kept."""
    totals: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Which rows are lines of totals."""


def stage(
    number: int, extract: Extract, source: SourceMap, is_unit: Callable[[str], bool]
) -> Staged:
    """Return the rows of an extract in the columns of its target; nothing is left out.

    Args:
        number: number of the extract.
        extract: the table.
        source: what the map says of it.
        is_unit: says whether a word behind a quantity is a unit.
    """
    count = len(extract.rows)
    frame = pd.DataFrame(
        {
            "_extract": np.full(count, number),
            "_row": extract.sheet.shown(extract.rows),
            "_at": np.arange(count),
        }
    )
    made = Staged(frame)
    reader = _Reader(made, extract, source, is_unit)
    for part in source.columns:
        frame[part.column.field] = reader.read(part)
    if source.kind:
        frame["_kind"] = source.kind
    reader.signs()
    _needed(made, extract, source)
    made.totals = _totals(made.frame, extract, source)
    return made


class _Reader:
    def __init__(
        self, made: Staged, extract: Extract, source: SourceMap, is_unit: Callable[[str], bool]
    ) -> None:
        self.made, self.extract, self.source = made, extract, source
        self.is_unit = is_unit

    def read(self, part: ColumnMap) -> pd.Series:
        """Return one column of the target."""
        column = part.column
        if column.field in self.source.target.added or column.field == "received":
            return self._amounts(part)
        if not part.headings:
            return self._typed(part, self._constant(part), "")
        if column.type in ("number", "integer"):
            sums = [self._typed(part, self.extract.cells(one), one) for one in part.headings]
            return sums[0] if len(sums) == 1 else pd.concat(sums, axis=1).sum(axis=1, min_count=1)
        if column.type == "date":
            days = [self._typed(part, self.extract.cells(one), one) for one in part.headings]
            found = days[0]
            for other in days[1:]:
                found = found.where(found.notna(), other)
            return found
        return self._typed(part, self._texts(part), part.headings[0])

    def _constant(self, part: ColumnMap) -> Cells:
        return np.full(len(self.made.frame), part.constant, dtype=object)

    def _texts(self, part: ColumnMap) -> Cells:
        """Return texts put together, or of several the first filled one."""
        columns = [words_of(self.extract.cells(one)) for one in part.headings]
        found = columns[0]
        for other in columns[1:]:
            if part.join is None:
                found = np.where(found == "", other, found)
            else:
                both = np.where((found != "") & (other != ""), part.join, "")
                found = found + both + other
        return found

    def _typed(self, part: ColumnMap, cells: Cells, heading: str) -> pd.Series:
        kind = part.column.type
        if part.values:
            meaning = {key(word): meant for word, meant in part.values.items()}
            plain = words_of(cells)
            words = {one: meaning.get(key(one), one) for one in set(plain.tolist())}
            cells = np.array([words[one] for one in plain], dtype=object)
        if kind == "date":
            return self._days(part, cells, heading)
        if kind in ("number", "integer"):
            reading = Reading(decimal=self.source.decimal)
            numbers, faults = parse_numbers(cells, part.column.unit, reading)
            for one in faults:
                if one.code != "unit-in-cell":
                    self._fault("broken-number", one.at, heading, part, cells)
            return pd.Series(numbers * part.factor)
        if kind in ("choice", "flag"):
            return self._words(part, cells, heading)
        if part.column.field == "period":
            return self._periods(part, cells, heading)
        return pd.Series(words_of(cells), dtype=object)

    def _words(self, part: ColumnMap, cells: Cells, heading: str) -> pd.Series:
        """Read choices and flags; a word that is none of them is an unknown code."""
        plain = words_of(cells)
        found: dict[str, object] = {"": ""}
        for one in set(plain.tolist()) - {""}:
            if part.column.type == "flag":
                flag = read_flag(one)
                found[one] = None if flag is None else "Y" if flag else "N"
            else:
                own = one if part.column.open_choices else None
                found[one] = read_choice(one, part.column.choices) or own
        bad = [one for one, meant in found.items() if meant is None]
        at = np.flatnonzero(np.isin(plain, bad))
        words = part.column.choices or ("Y", "N")
        spoken = [[say(one, language) for one in words] for language in LANGUAGES]
        where = Both(", ".join(spoken[0]), "、".join(spoken[1]))
        near = {one: nearest(one, [*spoken[0], *spoken[1]]) for one in bad}
        told = [{"where": where, "nearest": near[one]} for one in plain[at]]
        self._fault("unknown-code", at, heading, part, plain, told)
        return pd.Series([found[one] or "" for one in plain], dtype=object)

    def _periods(self, part: ColumnMap, cells: Cells, heading: str) -> pd.Series:
        """Read periods: days in the form the map states become ISO days, names stay."""
        plain = words_of(cells)
        found = {one: one for one in set(plain.tolist())}
        bad = []
        for one in set(found) - {""}:
            day = read_day(one, part.dates) if part.dates else read_date(one)
            if day is not None:
                found[one] = day.isoformat()
            elif part.dates and read_date(one) is None or either_day(one):
                bad.append(one)
        at = np.flatnonzero(np.isin(plain, bad))
        either = {one: dict(zip(("one", "other"), either_day(one), strict=False)) for one in bad}
        told = [{"form": part.dates} if part.dates else either[one] for one in plain[at]]
        self._fault("bad-date", at, heading, part, plain, told)
        return pd.Series([found[one] for one in plain], dtype=object)

    def _days(self, part: ColumnMap, cells: Cells, heading: str) -> pd.Series:
        """Read days: as stored, in the form the map states, else only in forms with one meaning."""
        cells = cells.copy()
        for value, at in distinct(cells, texts(cells)):
            text = str(value).strip()
            found = read_day(text, part.dates) if part.dates else read_date(text)
            if text.strip("0-/.: ") == "":
                cells[at] = ""
            else:
                cells[at] = found or (f"? {text}" if part.dates else text)
        reading = Reading(date1904=self.extract.sheet.date1904)
        days, faults = parse_dates(cells, reading)
        original = self.extract.cells(heading) if heading else cells
        for one in faults:
            if one.code != "time-dropped":
                told = {name: one.values.get(name, "") for name in ("one", "other")}
                told["form"] = part.dates
                self._fault("bad-date", one.at, heading, part, original, told)
        return pd.Series(days)

    def _amounts(self, part: ColumnMap) -> pd.Series:
        """Read a measure: the sum of its columns, in millionths of the unit of the row."""
        name = part.column.field
        total = np.zeros(len(self.made.frame), dtype=np.int64)
        unit = np.full(len(total), "", dtype=object)
        blank = np.ones(len(total), dtype=np.bool_)
        for heading in part.headings or ("",):
            cells = self.extract.cells(heading) if heading else self._constant(part)
            found = read_amounts(cells, self.source.decimal, self.is_unit)
            total += found.micros
            unit = np.where(unit == "", found.unit, unit)
            blank &= found.blank
            bad = np.flatnonzero(found.bad)
            told = [{"nearest": suggestion(text_of(one))[0]} for one in cells[bad]]
            self._fault("broken-number", bad, heading, part, cells, told)
            at = np.flatnonzero(found.rounded)
            if len(at):
                self.made.rounded.append((name, at, cells[at]))
        if part.column.required:
            self.made.frame[f"_blank_{name}"] = blank
        self.made.frame[f"{UNIT_OF}{name}"] = unit
        return pd.Series(total)

    def signs(self) -> None:
        """Turn quantities by the type of the movement; say which types the map does not know."""
        signs = self.source.signs
        if signs is None:
            return
        types = words_of(self.extract.cells(signs.heading))
        frame = self.made.frame
        frame["_type"] = types
        going = np.isin(types, sorted(signs.going))
        ways = signs.coming | signs.going
        known = np.isin(types, sorted(ways | signs.signed | signs.ignored))
        part = self.source.part("quantity")
        if part is None:
            return
        wrong = np.isin(types, sorted(ways)) & (frame["quantity"].to_numpy() < 0)
        frame["_wrong_way"] = wrong
        frame["quantity"] = np.where(going, -1, 1) * frame["quantity"].to_numpy()
        self._fault("unknown-movement", np.flatnonzero(~known), signs.heading, part, types)

    def _fault(
        self,
        kind: str,
        at: NDArray[np.int64],
        heading: str,
        part: ColumnMap,
        cells: Cells,
        told: Sequence[Mapping[str, object]] | Mapping[str, object] | None = None,
    ) -> None:
        if len(at):
            fault = Fault(kind, at, heading, part.column.name, cells[at], told or {})
            self.made.faults.append(fault)


def _needed(made: Staged, extract: Extract, source: SourceMap) -> None:
    """Say in which rows a column is blank that every row needs, and which are negative."""
    for part in source.columns:
        column, values = part.column, made.frame[part.column.field]
        heading = part.headings[0] if part.headings else ""
        if column.required:
            blank = made.frame.pop(f"_blank_{column.field}") if _is_measure(part, source) else None
            if blank is None:
                blank = values.isna() if column.type in ("date", "number") else values == ""
            told = [one.at for one in made.faults if one.column == column.name]
            at = np.setdiff1d(np.flatnonzero(blank), np.concatenate(told) if told else [])
            at = at.astype(np.int64)
            if len(at):
                cells = np.full(len(at), "", dtype=object)
                made.faults.append(Fault("missing-key", at, heading, column.name, cells))
        if column.field in source.target.added or column.field == "received":
            signed = source.target.name == "Movements"
            wrong = made.frame["_wrong_way"] if "_wrong_way" in made.frame else None
            below = (values < 0) if not signed else wrong
            at = np.flatnonzero(below) if below is not None else np.zeros(0, dtype=np.int64)
            if len(at):
                cells = extract.cells(heading)[at] if heading else np.full(len(at), "", object)
                made.faults.append(Fault("negative", at, heading, column.name, cells))


def _is_measure(part: ColumnMap, source: SourceMap) -> bool:
    return part.column.field in source.target.added


def _totals(frame: pd.DataFrame, extract: Extract, source: SourceMap) -> NDArray[np.bool_]:
    """Return which rows are lines of totals.

    The word stands where a place or product should, or begins a row in which one is blank.
    """
    named = [one.field for one in source.target.columns if one.refers_to or one.required]
    fields = [one for one in named if one in frame and frame[one].dtype == object]
    found = np.zeros(len(frame), dtype=np.bool_)
    lacking = np.zeros(len(frame), dtype=np.bool_)
    for field_ in fields:
        words = frame[field_]
        totals = [one for one in words.unique() if is_total(str(one).rstrip(":：*"))]
        found |= words.isin(totals).to_numpy()
        lacking |= (words == "").to_numpy()
    if lacking.any() and extract.columns:
        first = words_of(extract.columns[0][lacking])
        found[lacking] |= np.array([is_total(one.rstrip(":：* ")) for one in first])
    return found
