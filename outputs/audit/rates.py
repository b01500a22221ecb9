"""Freight by bracket and cost per trip, from the sheet Rates alone (F14)."""

from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.lanes import Lane, Lanes
from tierstock.outputs.audit.matching import Selectors, same_columns
from tierstock.outputs.audit.words import Record

PART_LOAD = "LTL"
"""What Shipments call a part load in the column Vehicle."""


class Tariff:
    """The brackets of one lane."""

    def __init__(self, rows: list[Record]) -> None:
        """Keep the rows in rising order."""
        rows = sorted(rows, key=lambda row: row.number("Bracket From"))
        self.low = [row.number("Bracket From") for row in rows]
        self.rate = [row.number("Rate", 0.0) for row in rows]
        self.fixed = [row.number("Fixed", 0.0) for row in rows]
        self.basis = rows[0].text("Basis") or "kg"
        self.rule = rows[0].text("Rule") or "incremental"

    def cost(self, total: float, slack: float) -> float:
        """Return the freight of a lane's total in its basis; 0 for nothing."""
        if total <= slack:
            return 0.0
        if self.rule == "all-unit":
            ends = [*self.low[1:], float("inf")]
            fits = [
                fixed + rate * total
                for low, high, rate, fixed in zip(
                    self.low, ends, self.rate, self.fixed, strict=True
                )
                if low - slack <= total <= high + slack
            ]
            return min(fits)
        money = 0.0
        for e, low in enumerate(self.low):
            high = self.low[e + 1] if e + 1 < len(self.low) else float("inf")
            if total > low + (slack if low else 0.0):
                money += self.fixed[e]
            money += self.rate[e] * max(0.0, min(total, high) - low)
        return money


class Rates:
    """The sheet Rates, looked up by lane."""

    def __init__(self, case: Case, lanes: Lanes) -> None:
        """Keep the rows; lanes are resolved when asked for."""
        self.case, self.lanes = case, lanes
        self.rows = case.rows("Rates")
        self.known: dict[Lane, Tariff | None] = {}
        names = [row.text("Vehicle") for row in case.rows("Vehicles")]
        self.vehicles = Selectors("vehicle", names)
        modes = {row.text("Mode") or "road" for row in case.rows("Lanes")}
        self.modes = Selectors("mode", sorted(modes))

    def of(self, lane: Lane) -> Tariff | None:
        """Return the brackets that hold on a lane: all of its most specific rows."""
        if lane not in self.known:
            found = [
                (r, row) for row in self.rows if (r := self._rank(row, lane)) and not trip(row)
            ]
            best = max((rank for rank, _ in found), default=())
            rows = [row for rank, row in found if rank == best]
            self.known[lane] = Tariff(rows) if rows else None
        return self.known[lane]

    def trip(self, lane: Lane, vehicle: str, usual: float) -> float:
        """Return the cost of a trip on a lane: of the most specific row with basis trip."""
        best: tuple[int, ...] = ()
        cost = usual
        for row in self.rows:
            rank, kind = self._rank(row, lane), self.vehicles.ranked(row.text("Vehicle"))
            if trip(row) and rank and vehicle in kind and (*rank, kind[vehicle]) > best:
                best, cost = (*rank, kind[vehicle]), row.number("Rate", 0.0)
        return cost

    def _rank(self, row: Record, lane: Lane) -> tuple[int, ...]:
        """How specifically a row means a lane; () where not."""
        case = self.case
        start = case.of_location.ranked(row.text("From")).get(lane[0], 0)
        end = case.of_location.ranked(row.text("To")).get(lane[1], 0)
        mode = self.modes.ranked(row.text("Mode")).get(lane[2], 0)
        equal = same_columns(row.text("To"))
        if equal and not self.lanes.alike(lane[0], lane[1], equal):
            return ()
        rank = (start, max(end, 2) if equal and end else end, mode)
        return rank if all(rank) else ()


def trip(row: Record) -> bool:
    """Tell whether a row states the cost of a trip."""
    return row.text("Basis") == "trip"
