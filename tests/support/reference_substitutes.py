"""Substitution in the reference model (F30): explicit codes, one row per pair of products."""

from typing import Any

from program import Program, Term

Pair = tuple[str, str]


class Substitutes:
    """Demand met with another product; called for each stream and period by ``Reference``."""

    study: Any
    program: Program
    large: float
    issued: dict[tuple[Pair, int], list[Term]]
    handed: dict[tuple[tuple[str, str, str, str], Pair, int], list[Term]]
    stock: dict[tuple[Pair, int], int]
    later: list[tuple[Pair, int, int]]
    """A better substitute at its place, the period, and the switch of a later rank."""

    def _stand_ins(self, key: tuple[str, str, str, str]) -> list[str]:
        """The product itself and all that may stand in for it."""
        return [key[1], *(row["Substitute"] for row in self._ways(key))]

    def _ways(self, key: tuple[str, str, str, str]) -> list[dict[str, Any]]:
        return [
            row
            for row in self.study.rows("Substitutes")
            if row["Product"] == key[1] and row.get("Channel") in (None, "*", key[3])
        ]

    def _substitute(self, key: tuple[str, str, str, str], t: int, issues: list[int]) -> None:
        """Let substitutes take over part of what a stream issues in a period."""
        place, product = key[:2]
        shares: list[Term] = []
        by_rank: dict[int, list[tuple[str, int]]] = {}
        for row in self._ways(key):
            other, ratio = row["Substitute"], row.get("Ratio") or 1.0
            out, own = self._handed_out(place, other, t), self._handed_out(place, product, t)
            cost = (row.get("Cost") or 0.0) + ratio * out - own
            used = self.program.column(cost=cost)
            shares.append((1.0, used))
            self.issued.setdefault(((place, other), t), []).append((ratio, used))
            self.issued.setdefault(((place, product), t), []).append((-1.0, used))
            self.handed.setdefault((key, (place, other), t), []).append((ratio, used))
            self.handed[key, (place, product), t].append((-1.0, used))
            by_rank.setdefault(row.get("Rank") or 1, []).append((other, used))
        if shares:
            self.program.row([*shares, *((-1.0, column) for column in issues)], high=0)
        self._ranks(place, t, by_rank)

    def _ranks(self, place: str, t: int, by_rank: dict[int, list[tuple[str, int]]]) -> None:
        better: list[str] = []
        for rank in sorted(by_rank):
            if better:
                switch = self.program.column(high=1, whole=True)
                for _, used in by_rank[rank]:
                    self.program.row([(1.0, used), (-self.large, switch)], high=0)
                for other in better:
                    self.later.append(((place, other), t, switch))
            better += [other for other, _ in by_rank[rank]]

    def _rank_rows(self) -> None:
        """Nothing of a better substitute is left where a later one is used."""
        for pair, t, switch in self.later:
            self.program.row([(1.0, self.stock[pair, t]), (self.large, switch)], high=self.large)

    def _handed_out(self, place: str, product: str, t: int) -> float:
        cost: float = self.study.handling("Out", place, product, t)
        return cost
