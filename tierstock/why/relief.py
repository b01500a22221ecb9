"""What could give way so that more can be served: limits, times, stock, as further columns.

Each relief is a column of the linear program that stretches one limit, brings goods earlier, or
puts stock where there is none. It costs what the limit is worth in the plan and a little more, so
that none is taken but for what is asked (complementary slackness).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tierstock.solvers.prices import Change
from tierstock.why.program import Program

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SILENT = frozenset(
    {
        *("lane_link", "order_link", "setup_link", "family_link", "line_link"),
        *("transfer_donor_link", "transfer_receiver_link", "shipment_link"),
        *("source_link", "ls_window", "truck_window", "line_share"),
        *("higher_served_first", "lower_waits"),
    }
)
"""Rows that only tie a quantity to its yes or no, or help the solver: they give way unsaid."""

LIMITS = {
    "lane_capacity": "lane",
    "capacity": "capacity",
    "fleet": "fleet",
    "budget": "budget",
    "resource_hours": "resource",
    "move_limit": "moves",
    "transfer_cover": "donor",
    "transfer_need": "need",
    "max_stock": "max",
    "safety_stock": "safety",
    "supply_share_max": "share",
    "vehicle_fill": "fill",
    "lane_min": "least",
    "order_min": "moq",
    "user_row": "own",
    "source_count": "source",
    "source_share": "source",
}
"""Rows that state a limit of the planner, and what the limit is."""

ORDER = frozenset({"higher_served_first", "lower_waits"})
"""Silent rows that hold again when it is tried whether a change is enough."""

SOFT = ("shortfall", "excess", "budget_over", "target_gap", "user_short", "user_over")
"""Variables by which a row is a wish with a price, not a limit."""

UPPER = {"purchase": "supply", "make": "recipe"}
"""Variables whose upper bound is a limit of the planner, and what it is."""

FIRST, TRANSIT, LEAD, SHUT, STOCK = 1.0, 20.0, 30.0, 60.0, 100.0
"""Weights: limits give way before times, times before stock is wished for."""


@dataclass
class Relief:
    """Columns of one kind.

    Attributes:
        kind: what gives way; blank for what is not told.
        name: rows or variables it belongs to.
        item: [k] number of the limit, lane, place …
        period: [k] period.
        which, row, value: coefficients: column among these, row, number.
        cost: [k] money per unit beyond what the limit is worth.
        weight: [k] how little it is wished for, per unit of product.
        size: [k] what one unit of product takes of it.
    """

    kind: str
    name: str
    item: Ints
    period: Ints
    which: Ints
    row: Ints
    value: Floats
    cost: Floats
    weight: Floats
    size: Floats

    def __len__(self) -> int:
        return len(self.item)


@dataclass
class Reliefs:
    """All reliefs of a question, as further columns of the linear program."""

    program: Program
    small: float
    """Money per unit of product of weight 1."""
    parts: list[Relief] = field(default_factory=list)

    def change(self, base: Change, most: Floats | None = None, *, free: bool = False) -> Change:
        """Return a change of the program with the reliefs as further columns.

        Args:
            base: bounds and costs that are different, too.
            most: [k] upper bounds; none where not given.
            free: what gives way costs next to nothing, to see what is taken of it.
        """
        which, row, value = self._joined()
        order = np.argsort(which, kind="stable")
        count = np.bincount(which, minlength=len(self))
        cost = self.small * self.weight / self.size
        if not free:
            prices, sense = self.program.prices, self.program.sense
            dual = sense * np.bincount(
                which, weights=value * prices.row_duals[row], minlength=len(self)
            )
            worth = np.maximum(0.0, dual - self.cost)
            cost = cost + self.cost + worth
        else:
            cost = cost + np.maximum(self.cost, 0.0)
        return Change(
            columns=base.columns,
            lower=base.lower,
            upper=base.upper,
            priced=base.priced,
            cost=base.cost,
            starts=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
            index=row[order],
            value=value[order],
            further=self.program.sense * cost,
            most=np.full(len(self), np.inf) if most is None else most,
        )

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def _joined(self) -> tuple[Ints, Ints, Floats]:
        first = np.cumsum([0, *map(len, self.parts)])[:-1]
        none = np.zeros(0, dtype=np.int64)
        which = [none, *(one.which + at for one, at in zip(self.parts, first, strict=True))]
        row, value = [none, *(p.row for p in self.parts)], [none, *(p.value for p in self.parts)]
        return np.concatenate(which), np.concatenate(row), np.concatenate(value).astype(np.float64)

    def _all(self, name: str) -> Floats:
        return np.concatenate([np.zeros(0), *(getattr(one, name) for one in self.parts)])

    @property
    def cost(self) -> Floats:
        """[k] money per unit beyond what the limit is worth."""
        return self._all("cost")

    @property
    def weight(self) -> Floats:
        """[k] how little each is wished for."""
        return self._all("weight")

    @property
    def size(self) -> Floats:
        """[k] what one unit of product takes of it."""
        return self._all("size")

    def silent(self) -> Floats:
        """[k] what silent reliefs may take when a change is tried: all but the order of classes."""
        parts = [
            np.full(len(one), np.inf if not one.kind and one.name not in ORDER else 0.0)
            for one in self.parts
        ]
        return np.concatenate([np.zeros(0), *parts])

    def taken(self, amount: Floats, least: float) -> list[tuple[Relief, Ints, Floats]]:
        """Return what is taken of each kind, where it is more than ``least`` units of product."""
        found, first = [], 0
        for one in self.parts:
            mine = amount[first : first + len(one)]
            first += len(one)
            at = np.flatnonzero(mine / one.size > least)
            if one.kind and len(at):
                found.append((one, at.astype(np.int64), mine[at]))
        return found

    def limits(self, product: Ints) -> None:
        """Add every limit of the planner, and what only ties numbers together."""
        self.parts += [part for part in _limits(self.program) if len(part)]
        self.parts += [part for part in _uppers(self.program, product) if len(part)]


def _limits(program: Program) -> Iterator[Relief]:
    arrays, wish = program.prices.arrays, program.rows_with(SOFT)
    for name in sorted({*LIMITS, *SILENT} & {*program.compiled.rows}):
        found = program.rows(name)
        if found is None:
            continue
        number = found[1]
        size = np.maximum(program.row_size(number), 1e-9)
        kind = LIMITS.get(name, "")
        for limit, sign in ((arrays.row_upper, -1.0), (arrays.row_lower, 1.0)):
            at = np.flatnonzero(np.isfinite(limit[number]) & ~wish[number]).astype(np.int64)
            codes = found[0].key_list.codes
            none = np.zeros(len(at))
            yield Relief(
                kind=kind,
                name=name,
                item=at,
                period=codes[-1][at].astype(np.int64),
                which=np.arange(len(at), dtype=np.int64),
                row=number[at],
                value=np.full(len(at), sign),
                cost=none,
                weight=np.full(len(at), FIRST if kind else 1e-3),
                size=size[at],
            )


def _uppers(program: Program, product: Ints) -> Iterator[Relief]:
    """Copies of columns that a limit of the planner bounds, of some products."""
    net, arrays = program.net, program.prices.arrays
    for name, kind in UPPER.items():
        family = program.family(name)
        if family is None:
            continue
        code = "supply" if name == "purchase" else "recipe"
        item = family.codes[code].astype(np.int64)
        of = net.places.product[net.supply.place[item]] if name == "purchase" else None
        if of is None:
            assert net.production is not None
            of = net.production.recipes.product[item]
        bounded = np.isfinite(arrays.upper[family.start : family.start + len(family)])
        at = np.flatnonzero(bounded & np.isin(of, product)).astype(np.int64)
        period = family.codes["period"][at].astype(np.int64)
        yield copies(program, kind, family.start + at, item[at], period, FIRST)


def copies(
    program: Program, kind: str, columns: Ints, item: Ints, period: Ints, weight: float
) -> Relief:
    """Return copies of columns of the program: more of what they stand for.

    Args:
        program: the linear program of the plan.
        kind: what gives way.
        columns: [k] the columns.
        item, period: [k] what each is of.
        weight: how little it is wished for.
    """
    which, row, value = program.entries(columns)
    return Relief(
        kind=kind,
        name=kind,
        item=item,
        period=period.astype(np.int64),
        which=which,
        row=row,
        value=value,
        cost=program.sense * program.prices.arrays.cost[columns],
        weight=np.full(len(columns), weight),
        size=np.ones(len(columns)),
    )
