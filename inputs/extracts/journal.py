"""The log: every row that was changed, merged or left out, with where it stood and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.amounts import Micros

FIELDS = (
    "action",
    "reason",
    "extract",
    "row",
    "target",
    "location",
    "product",
    "column",
    "before",
    "after",
    "measure",
    "change",
    "other_extract",
    "other_row",
)
"""Columns of the log; ``change`` is in millionths of a unit, what it adds to the total."""

LEFT_OUT, SET_ASIDE, CHANGED, MERGED, NETTED, FLAGGED = (
    "left out",
    "set aside",
    "changed",
    "merged",
    "netted",
    "flagged",
)
"""What can happen to a row."""


@dataclass
class Journal:
    """Collects what happens to rows; nothing else may take units away."""

    parts: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self,
        rows: pd.DataFrame,
        target: str,
        action: str,
        reason: str | Sequence[str],
        *,
        column: str | Sequence[str] = "",
        before: object = "",
        after: object = "",
        measure: str = "",
        change: Micros | None = None,
        other: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
    ) -> None:
        """Note rows of a target.

        Args:
            rows: rows with ``_extract`` and ``_row``, and location and product where known.
            target: English name of the sheet.
            action: what is done with them.
            reason: why, one word for all or one per row.
            column: English heading of what is changed, one for all or one per row.
            before: what stood there, one for all or one per row.
            after: what stands there now.
            measure: field of the quantity.
            change: what each row adds to the total of the measure.
            other: number of the extract and row of the record it is compared with.
        """
        if not len(rows):
            return
        count = len(rows)
        place = next((one for one in ("location", "to") if one in rows), "")
        part = {
            "action": action,
            "reason": reason,
            "extract": rows["_extract"].to_numpy(),
            "row": rows["_row"].to_numpy(),
            "target": target,
            "location": rows[place].to_numpy() if place else "",
            "product": rows["product"].to_numpy() if "product" in rows else "",
            "column": column,
            "before": before,
            "after": after,
            "measure": measure,
            "change": np.zeros(count, dtype=np.int64) if change is None else change,
            "other_extract": other[0] if other else -1,
            "other_row": other[1] if other else -1,
        }
        self.parts.append(pd.DataFrame(part, index=np.arange(count)))

    def remove(
        self,
        rows: pd.DataFrame,
        target: str,
        measures: Sequence[str],
        action: str,
        reason: str | Sequence[str],
        *,
        column: str | Sequence[str] = "",
        before: object = "",
        other: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
    ) -> None:
        """Note rows that are not written; their quantities leave the totals.

        A row has one line for the first measure, and one for each other that is not 0.
        """
        for number, measure in enumerate(measures or ("",)):
            change = -rows[measure].to_numpy(np.int64) if measure else np.zeros(len(rows), np.int64)
            told = np.ones(len(rows), dtype=np.bool_) if number == 0 else change != 0
            self.add(
                rows[told],
                target,
                action,
                reason,
                column=column,
                before=_chosen(before, told),
                measure=measure,
                change=change[told],
                other=None if other is None else (other[0][told], other[1][told]),
            )

    def frame(self) -> pd.DataFrame:
        """Return the whole log in the columns ``FIELDS``."""
        if not self.parts:
            return pd.DataFrame(columns=list(FIELDS))
        return pd.concat(self.parts, ignore_index=True)


def _chosen(values: object, told: NDArray[np.bool_]) -> object:
    """Return the values of the rows that are told, where there is one per row."""
    if isinstance(values, str):
        return values
    return np.array(values, dtype=object)[told]
