"""Locations that open and close in the reference model (F24, ruling 23)."""

import math
from typing import Any

from program import Program, Term
from study import Row

Pair = tuple[str, str]


class Sites:
    """What is open, and that nothing happens where it is not; ``Reference`` does the rest."""

    study: Any
    program: Program
    T: int
    large: float
    pairs: list[Pair]
    stock: dict[tuple[Pair, int], int]
    received: dict[tuple[Pair, int], list[Term]]
    issued: dict[tuple[Pair, int], list[Term]]
    shipped: dict[tuple[Pair, int], list[Term]]
    bought: dict[tuple[Pair, int], list[Term]]
    made: dict[tuple[Pair, int], list[Term]]
    used: dict[tuple[Pair, int], list[Term]]
    came_back: dict[tuple[Pair, int], list[Term]]
    thrown: dict[tuple[Pair, int], list[Term]]
    scrapped: dict[tuple[Pair, int], list[Term]]
    cancelled: dict[tuple[Pair, int], list[Term]]
    stayed: dict[tuple[Pair, int], list[Term]]
    ordered: list[tuple[str, str, int, float, int]]
    released: list[tuple[str, int, int]]
    pipe: dict[tuple[Pair, int], float]
    leave: dict[tuple[Pair, int], float]
    dead: dict[tuple[Pair, int], float]
    blocked: dict[Pair, float]
    opening: dict[Pair, float]
    open_at: dict[tuple[str, int], int]

    def _site_states(self) -> None:
        """Columns of what is open, starts and stops, by location and period."""
        self.open_at = {}
        rows = {row["Location"]: row for row in self.study.rows("Sites")}
        for place, location in self.study.locations.items():
            status = location.get("Status") or "open"
            if status == "consider" or (status == "open" and place in rows):
                self._site_state(place, rows.get(place, {}), before=float(status == "open"))

    def _site_state(self, place: str, row: Row, before: float) -> None:
        program = self.program
        latest = self.T - 1
        if row.get("Must Decide By"):
            latest = self.study.periods.index(str(row["Must Decide By"]))
        last: Term | None = None
        starts: list[int] = []
        for t in range(self.T):
            paid = (place, t)
            now = program.column(high=1, cost=row.get("Fixed Cost") or 0.0, whole=True, paid=paid)
            start = program.column(
                high=1 if t <= latest else 0,
                cost=row.get("Open Cost") or 0.0,
                whole=True,
                paid=paid,
            )
            stop = program.column(high=1, cost=row.get("Close Cost") or 0.0, whole=True, paid=paid)
            self.open_at[place, t] = now
            terms: list[Term] = [(1, now), (-1, start), (1, stop)]
            known = before if last is None else 0.0
            program.row([*terms, last] if last else terms, low=known, high=known)
            last = (-1, now)
            starts.append(start)
            least = math.ceil(row.get("Min Open") or 0)
            for since in range(max(0, t - least + 1), t):
                program.row([(1, now), (-1, starts[since])], low=0)

    def _site_gates(self) -> None:
        """While a location is closed nothing is there, comes, goes, is ordered or made."""
        for place, product in self.pairs:
            if (place, 0) in self.open_at:
                for t in range(self.T + 1):
                    self._site_gate((place, product), t)
        for place, _, t, _, column in self.ordered:
            self._site_shut([(1, column)], 0.0, place, t)
        for place, t, column in self.released:
            self._site_shut([(1, column)], 0.0, place, t)
        self._site_groups()

    def _site_gate(self, pair: Pair, t: int) -> None:
        coming: list[Term] = []
        going: list[Term] = []
        for flows in (self.received, self.bought, self.made, self.came_back):
            coming += flows.get((pair, t), [])
        for flows in (self.shipped, self.issued, self.used, self.thrown, self.scrapped):
            going += flows.get((pair, t), [])
        less = [(-share, column) for share, column in self.cancelled.get((pair, t), [])]
        self._site_shut([*coming, *less], self.pipe[pair, t], pair[0], t)
        if t == self.T:
            return
        less = [(-share, column) for share, column in self.stayed.get((pair, t), [])]
        sure = self.leave[pair, t] + self.dead.get((pair, t), 0.0)
        self._site_shut([*going, *less], sure, pair[0], t)
        self._site_shut([(1, self.stock[pair, t])], self.blocked[pair], pair[0], t)

    def _site_shut(self, terms: list[Term], known: float, place: str, t: int) -> None:
        gate = self.open_at.get((place, min(t, self.T - 1)))
        if gate is not None and (terms or known):
            self.program.row([*terms, (-self.large - known, gate)], high=-known)

    def _site_groups(self) -> None:
        groups: dict[str, list[str]] = {}
        most: dict[str, float] = {}
        for row in self.study.rows("Sites"):
            if row.get("Group"):
                groups.setdefault(row["Group"], []).append(row["Location"])
                if row.get("Max In Group") is not None:
                    most[row["Group"]] = row["Max In Group"]
        for name, limit in most.items():
            for t in range(self.T):
                members = [place for place in groups[name] if (place, t) in self.open_at]
                kept = sum(self._site_kept(place, t) for place in members)
                terms: list[Term] = [(1, self.open_at[place, t]) for place in members]
                self.program.row(terms, high=max(limit, kept))

    def _site_kept(self, place: str, t: int) -> bool:
        """Whether today's stock or an order that is decided keeps a location open."""
        study: Any = self
        return any(
            self.blocked[pair] > 0
            or study.stuck(pair, t) > 0
            or (study.stuck(pair, t - 1) if t else self.opening[pair]) > 0
            or study.decided_in[pair, t] > 0
            or study.decided_out[pair, t] > 0
            for pair in self.pairs
            if pair[0] == place
        )
