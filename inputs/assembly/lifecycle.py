"""Lifecycle and End Of Life of products: until when they are replenished and kept in stock."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Ints, Lanes, Periods, Texts
from tierstock.inputs.tables import Table

REPLENISHING = ("replenish", "expedite")
"""Kinds of lanes that bring fresh supply; transfers and returns go on after the end of life."""


@dataclass(frozen=True)
class Lifecycle:
    """Until when products are supplied and wanted."""

    supplied: Flags
    """[P, T] may be ordered, made and sent as replenishment: not of a phase-out product in
    periods that start after its End Of Life."""
    targeted: Flags
    """[P, T + 1] has stock targets: not from the period that holds End Of Life; the last column
    is the end of the horizon."""

    def carried(self, lanes: Lanes, lane: Ints, product: Ints) -> Flags:
        """[K, T] whether goods on lanes may still be sent."""
        brings = np.isin(lanes.kind[lane].astype(str), REPLENISHING)
        return np.asarray(~brings[:, None] | self.supplied[product])


def lifecycle(table: Table, codes: Texts, periods: Periods, findings: Findings) -> Lifecycle:
    """Read Lifecycle and End Of Life; phase-out without a date is an error at its cell.

    Args:
        table: the Products sheet.
        codes: [P] codes.
        periods: the buckets.
        findings: takes what is wrong.
    """
    frame = table.frame
    out = (frame["lifecycle"] == "phase-out").to_numpy()
    end = frame["end_of_life"].to_numpy().astype("datetime64[D]")
    undated = np.flatnonzero(out & np.isnat(end))
    findings.add("phase-out-without-date", table=table, index=undated, field="lifecycle")
    of = find(codes, frame["product"].to_numpy(dtype=object))
    supplied = np.ones((len(codes), len(periods)), dtype=bool)
    targeted = np.ones((len(codes), len(periods) + 1), dtype=bool)
    dated = np.flatnonzero((of >= 0) & ~np.isnat(end))
    ended = periods.end >= end[dated, None]
    targeted[of[dated]] = ~np.column_stack([ended, ended[:, -1]])
    phased = np.flatnonzero((of >= 0) & ~np.isnat(end) & out)
    supplied[of[phased]] = periods.start <= end[phased, None]
    return Lifecycle(supplied, targeted)
