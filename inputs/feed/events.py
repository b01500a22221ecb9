"""Movements typed: moments as whole nanoseconds, quantities as whole millionths, codes as numbers.

Every column is read at once; what is wrong is told at its file, line and column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from tierstock.inputs.feed import cells
from tierstock.inputs.feed.columns import COUNT, FIELDS, IN, MOVE, OUT, TRANSFER, kind_words
from tierstock.inputs.feed.files import Part
from tierstock.inputs.findings import KEPT, Findings
from tierstock.inputs.reading.cell_texts import unprintable, visible

Whole = NDArray[np.int64]
TEXTS = ("location", "product", "to", "lot", "unit")


@dataclass(frozen=True)
class Events:
    """Movements, one row each.

    ``rows`` has the columns event (text), time (ns since 1970, UTC), kind (see ``columns``),
    location, product, to, lot, unit (texts as categories; location and to share theirs), expiry
    (day, NaT where none), quantity (millionths of a unit), part (number in ``parts``) and line.
    """

    rows: pd.DataFrame
    parts: tuple[Part, ...]

    def keep(self, wanted: NDArray[np.bool_]) -> "Events":
        """Return the movements marked."""
        return Events(self.rows[wanted].reset_index(drop=True), self.parts)

    def place(self, row: int) -> tuple[Part, int]:
        """Return file and line of a movement."""
        number = self.rows["part"].to_numpy(dtype=np.int64)[row]
        return self.parts[number], int(self.rows["line"].to_numpy(dtype=np.int64)[row])

    def tell(
        self,
        code: str,
        rows: Sequence[int] | Whole,
        findings: Findings,
        field: str = "",
        **values: Any,
    ) -> None:
        """Add a finding at a movement; further ones of its file are counted with it."""
        part, line = self.place(int(rows[0]))
        at = np.asarray(rows[1:], dtype=np.int64)
        number = self.rows["part"].to_numpy(dtype=np.int64)
        at = at[number[at] == number[rows[0]]]
        others = [f"A{one}" for one in self.rows["line"].to_numpy(dtype=np.int64)[at]]
        column = part.headings.get(field, "")
        findings.add(code, file=part.file, row=line, column=column, others=others, **values)


def events_of(parts: list[Part], zone: str, findings: Findings) -> Events:
    """Type the movements of all files; rows with a fault are left out and told.

    Args:
        parts: the files as they came.
        zone: zone of moments that state none; blank = they are faults.
        findings: takes what is wrong.
    """
    frames = [_typed(part, zone, findings).assign(part=number) for number, part in enumerate(parts)]
    rows = pd.concat([frame.drop(columns=list(TEXTS)) for frame in frames], ignore_index=True)
    for name in ("product", "lot", "unit"):
        rows[name] = union_categoricals([frame[name] for frame in frames], sort_categories=True)
    ends = ("location", "to")
    both = union_categoricals(
        [frame[name] for name in ends for frame in frames], sort_categories=True
    )
    rows["location"], rows["to"] = both[: len(rows)], both[len(rows) :]
    return Events(rows, tuple(parts))


def _typed(part: Part, zone: str, findings: Findings) -> pd.DataFrame:
    """Type the columns of one file, and leave out its faulty rows."""
    frame, size = part.frame, len(part.lines)
    tell = _Teller(part, findings)
    blank = pd.Series(np.full(size, "", dtype=object))
    given = {one.name: frame.get(one.name, blank) for one in FIELDS}
    typed: dict[str, object] = {"line": part.lines}
    good = np.ones(size, dtype=np.bool_)
    typed["event"] = pd.Series(cells.ids(given["event"]), dtype=object)
    for name in TEXTS:
        typed[name] = found = cells.codes(given[name])
        broken = np.array([*map(unprintable, found.categories), False], dtype=np.bool_)
        if broken.any():
            good &= ~tell("control-character", name, broken[found.codes])
    typed["time"], late = cells.moments(given["time"], zone)
    typed["quantity"], odd = cells.quantities(given["quantity"])
    typed["kind"] = cells.kinds(given["type"])
    typed["expiry"], no_day = cells.days(given["expiry"])
    rows = pd.DataFrame(typed)
    for faults, field in ((late, "time"), (odd, "quantity"), (no_day, "expiry")):
        for code, wrong in faults.items():
            good &= ~tell(code, field, wrong)
    for name in ("event", "location", "product"):
        if name in frame:
            good &= ~tell("blank-required", name, rows[name].to_numpy(dtype=object) == "")
    unknown = (rows["kind"] < 0).to_numpy()
    good &= ~tell("feed-type", "type", unknown, allowed=kind_words())
    good &= _sensible(rows, tell)
    return rows[good].reset_index(drop=True)


def _sensible(rows: pd.DataFrame, tell: "_Teller") -> NDArray[np.bool_]:
    """Return which rows agree with their type; say which do not."""
    kind, to = rows["kind"].to_numpy(), (rows["to"] != "").to_numpy()
    moved = np.flatnonzero(kind == TRANSFER)
    ends = [rows[name].iloc[moved].to_numpy(dtype=object) for name in ("location", "to")]
    same = np.zeros(len(rows), dtype=np.bool_)
    same[moved] = ends[0] == ends[1]
    negative = (rows["quantity"] < 0).to_numpy()
    wrong = tell("feed-sign", "quantity", negative & np.isin(kind, (IN, OUT, TRANSFER, COUNT)))
    wrong |= tell("feed-no-destination", "to", ~to & (kind == TRANSFER))
    wrong |= tell("feed-same-place", "to", same & to)
    wrong |= tell("feed-destination", "to", to & np.isin(kind, (IN, OUT, MOVE, COUNT)))
    return ~wrong


class _Teller:
    """Tells faults of one file at their lines, the first of them one by one."""

    def __init__(self, part: Part, findings: Findings) -> None:
        self._part, self._findings = part, findings

    def __call__(
        self, code: str, field: str, wrong: NDArray[np.bool_], **values: Any
    ) -> NDArray[np.bool_]:
        part, at = self._part, np.flatnonzero(wrong)
        column = part.headings.get(field, "")
        for row in at[:KEPT]:
            value = part.frame[field].iat[row] if field in part.frame else ""
            line = int(part.lines[row])
            value = visible(value) if isinstance(value, str) else value
            self._findings.add(code, file=part.file, row=line, column=column, value=value, **values)
        if len(at) > KEPT:
            row = at[KEPT]
            others = [f"A{line}" for line in part.lines[at[KEPT + 1 :]]]
            self._findings.add(
                code,
                file=part.file,
                row=int(part.lines[row]),
                column=column,
                value=part.frame[field].iat[row] if field in part.frame else "",
                others=others,
                **values,
            )
        return wrong
