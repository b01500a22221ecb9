"""Rules of the sheet Sourcing, row by row (F25): which of them hold for a place and product."""

import re
from collections import defaultdict
from dataclasses import dataclass

from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.matching import means_same
from tierstock.outputs.audit.words import Record, words

SOURCES = ("replenish", "expedite")
"""Kinds of lanes that count as sources."""
ROUNDED = 0.005


@dataclass(frozen=True)
class _Rule:
    row: Record
    to: dict[str, int]
    product: dict[str, int]
    origin: dict[str, int]
    ends: list[tuple[str, bool]]
    """Columns of Locations that both ends must share, or must not."""


def compared(selector: str) -> list[tuple[str, bool]]:
    """Return the tests of both ends: ``Region=same`` and, negated, ``Region!=same``."""
    found = []
    for part in filter(None, map(str.strip, re.split("[;；,，]", selector))):
        column, _, value = re.sub("[!！]", "", part.replace("＝", "=")).partition("=")
        if means_same(value):
            column = words().column("Locations", column.strip())
            found.append((column, bool(re.search("[!！]", part))))
    return found


class SourcingRules:
    """Looks up what Sourcing says about who may serve whom."""

    def __init__(self, case: Case) -> None:
        """Expand the selectors of every row."""
        self.case = case
        self.rules = [
            _Rule(
                row,
                case.of_location.ranked(row.text("To")),
                case.of_product.ranked(row.text("Product")),
                case.of_location.ranked(row.text("From")),
                compared(row.text("To")),
            )
            for row in case.rows("Sourcing")
        ]
        self.ratios: dict[tuple[str, str, tuple[str, ...]], dict[str, float]] = {}

    def _matches(self, rule: _Rule, origin: str, to: str, product: str) -> bool:
        known = to in rule.to and product in rule.product and origin in rule.origin
        places = self.case.locations
        return known and all(
            (places[origin].text(c) == places[to].text(c) != "") != apart for c, apart in rule.ends
        )

    def forbids(self, origin: str, to: str, product: str) -> bool:
        """Tell whether a row with rule forbid shuts the way."""
        return any(
            rule.row.text("Rule") == "forbid" and self._matches(rule, origin, to, product)
            for rule in self.rules
        )

    def holding(self, to: str, product: str, origins: list[str]) -> list[tuple[Record, set[str]]]:
        """Return the rows that rule a place, with the origins each speaks of.

        Those with the most specific To, then Product.
        """
        found: list[tuple[tuple[int, int], Record, set[str]]] = []
        for rule in self.rules:
            mine = {o for o in origins if self._matches(rule, o, to, product)}
            if mine and rule.row.text("Rule") != "forbid":
                place = max(rule.to[to], 2) if rule.ends else rule.to[to]
                found.append(((place, rule.product[product]), rule.row, mine))
        top = max((rank for rank, _, _ in found), default=None)
        return [(row, mine) for rank, row, mine in found if rank == top]

    def values(self, to: str, product: str, origins: list[str], rule: str) -> dict[str, float]:
        """Return share or rank by origin; the most specific From counts."""
        best: dict[str, tuple[int, float]] = {}
        for row, mine in self.holding(to, product, origins):
            if row.text("Rule") == rule:
                ranks = self.case.of_location.ranked(row.text("From"))
                for origin in mine:
                    told = (ranks[origin], row.number("Value"))
                    if origin not in best or told[0] > best[origin][0]:
                        best[origin] = told
        return {origin: value for origin, (_, value) in best.items()}

    def shares(self, to: str, product: str, origins: list[str]) -> dict[str, float]:
        """Return the share of every origin with rule ratio; rounded shares make 1."""
        key = (to, product, tuple(origins))
        if key not in self.ratios:
            found = self.values(to, product, origins, "ratio")
            total = sum(found.values())
            if total and abs(total - 1) <= ROUNDED:
                found = {origin: share / total for origin, share in found.items()}
            self.ratios[key] = found
        return self.ratios[key]

    def window(self, row: Record, t: int) -> int | None:
        """Return the number of the window a period lies in, by the Hold of a row; None = all."""
        start = self.case.horizon.starts[t]
        month = 12 * start.year + start.month - 1
        windows = {"period": t, "month": month, "quarter": month // 3}
        return windows.get(row.text("Hold"))

    def windows(self, row: Record) -> list[list[int]]:
        """Return the periods of every window of a row."""
        found: dict[int | None, list[int]] = defaultdict(list)
        for t in range(len(self.case.horizon)):
            found[self.window(row, t)].append(t)
        return list(found.values())
