"""Faulty rows: refused, set aside or kept, as the map says; never left out in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.extract import Extract
from tierstock.inputs.extracts.journal import FLAGGED, SET_ASIDE, Journal
from tierstock.inputs.extracts.mapping import FAULTS, REFUSE
from tierstock.inputs.extracts.mapping import SET_ASIDE as ASIDE
from tierstock.inputs.extracts.targets import target as target_of
from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.writing.plain import text_of

_DONE = {
    ASIDE: Both("The row is set aside.", "该行已搁置。"),
    "keep": Both("The row is kept.", "该行已保留。"),
    REFUSE: Both("", ""),
}
_FIRST = Both("The first one counts.", "以先出现者为准。")


@dataclass
class Trouble:
    """Rows with one kind of fault."""

    kind: str
    at: NDArray[np.int64]
    """Positions in the frame."""
    column: str
    """English heading of the target."""
    values: Sequence[object]
    """What stands there, one per row."""
    heading: str = ""
    """Heading of the extract; blank = found by the target's column."""
    told: Sequence[Mapping[str, object]] | Mapping[str, object] = field(default_factory=dict)
    """What the sentence tells, for all rows or one per row."""
    other: NDArray[np.int64] | None = None
    """Positions of the rows they are compared with."""


class Faulty:
    """Does with faulty rows what the map says.

    Args:
        policy: what is done with each kind.
        extracts: the tables, by number.
        journal: takes what is set aside or kept.
        findings: takes the sentences.
    """

    def __init__(
        self,
        policy: Mapping[str, str],
        extracts: Sequence[Extract],
        journal: Journal,
        findings: Findings,
    ) -> None:
        self.policy, self.extracts = policy, extracts
        self.journal, self.findings = journal, findings

    def settle(
        self,
        frame: pd.DataFrame,
        target: str,
        measures: Sequence[str],
        troubles: Sequence[Trouble],
        headings: Mapping[tuple[int, str], str],
    ) -> NDArray[np.bool_]:
        """Tell the faults of rows and return which rows stay.

        Args:
            frame: rows with ``_extract``, ``_row`` and ``_at``.
            target: English name of the sheet.
            measures: fields of the quantities that leave with a row.
            troubles: what is wrong.
            headings: heading of the extract by its number and the target's column.
        """
        stays = np.ones(len(frame), dtype=np.bool_)
        for one in troubles:
            self._tell(frame, target, one, headings)
            rows = frame.iloc[one.at]
            before = [text_of(value) for value in one.values]
            other = None
            if one.other is not None:
                first = frame.iloc[one.other]
                other = (first["_extract"].to_numpy(), first["_row"].to_numpy())
            gone = self.policy[one.kind] == ASIDE
            fresh = stays[one.at] if gone else np.zeros(len(one.at), dtype=np.bool_)
            for mask, action in ((fresh, SET_ASIDE), (~fresh, FLAGGED)):
                part = [before[at] for at in np.flatnonzero(mask)]
                pair = None if other is None else (other[0][mask], other[1][mask])
                if action == SET_ASIDE:
                    self.journal.remove(
                        rows[mask], target, measures, action, one.kind,
                        column=one.column, before=part, other=pair,
                    )  # fmt: skip
                else:
                    self.journal.add(
                        rows[mask], target, action, one.kind,
                        column=one.column, before=part, other=pair,
                    )  # fmt: skip
            if gone:
                stays[one.at] = False
        return stays

    def _tell(
        self,
        frame: pd.DataFrame,
        target: str,
        trouble: Trouble,
        headings: Mapping[tuple[int, str], str],
    ) -> None:
        code, _, _ = FAULTS[trouble.kind]
        policy = self.policy[trouble.kind]
        named = target_of(target).find(trouble.column)
        column = Both(named.name, named.zh) if named is not None else trouble.column
        numbers, positions = (frame[one].to_numpy(np.int64) for one in ("_extract", "_at"))
        for number, at in enumerate(trouble.at):
            extract, position = int(numbers[at]), int(positions[at])
            heading = trouble.heading or headings.get((extract, trouble.column), "")
            told = trouble.told if isinstance(trouble.told, Mapping) else trouble.told[number]
            values: dict[str, Any] = {"name": column, "nearest": "", **told}
            if trouble.other is not None:
                values["other"] = self.place(frame, int(trouble.other[number]))
            self.findings.add(
                code,
                **self._where(extract, position, heading),
                severity="error" if policy == REFUSE else "warning",
                value=text_of(trouble.values[number]),
                done=_FIRST
                if trouble.kind == "master-conflict" and policy == ASIDE
                else _DONE[policy],
                **values,
            )

    def _where(self, number: int, position: int, heading: str) -> dict[str, Any]:
        extract = self.extracts[number]
        row = int(extract.rows[position])
        at = extract.at(heading) if heading else 0
        return extract.sheet.place(row, at if at is not None else 0, heading)

    def place(self, frame: pd.DataFrame, at: int) -> str:
        """Return file and row of a row, as ``mb52.xlsx 17``."""
        sheet = self.extracts[int(frame["_extract"].to_numpy(np.int64)[at])].sheet
        return f"{sheet.file} {frame['_row'].to_numpy(np.int64)[at]}"
