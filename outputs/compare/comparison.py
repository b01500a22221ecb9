"""Plans side by side, the first one the base: key figures, costs, and shipments that differ."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.outputs.compare.best import best, unit_of, whole
from tierstock.outputs.compare.side import AMOUNTS, KEYS, Incomparable, Side
from tierstock.outputs.compare.words import tell
from tierstock.outputs.costs import TERMS
from tierstock.outputs.kpi import about
from tierstock.outputs.summary import COST
from tierstock.outputs.words import money

BASE, BEST, KPI, TERM, VALUE = "Base", "Best", "KPI", "Cost Bucket", "Value of Difference"
TAKEN = (KPI, BASE, BEST, TERM, VALUE, *KEYS, "Period", "基准", "指标", "最优情景")
"""Headings that no plan may be called."""
ALIKE = 1e-6
"""Share of a quantity, and units, below which two are the same."""
NOISE = 1e-9
"""Share of an amount of money that two sums of the same may differ by."""
LISTED = 5
"""Codes that a sentence lists."""


class Comparison:
    """Plans held against each other; the first one is the base.

    Args:
        sides: the plans, in order; their names become columns.
        language: ``en`` or ``zh``, of sentences and of what is shown; the tables are English.

    Attributes:
        sides: the plans; money in the unit of the base.
        names: their columns, the first one ``Base``.
        comparable: whether all have the horizon of the base; ``Best`` is blank where not.
        notes: sentences on what does not compare.

    Raises:
        Incomparable: there are fewer than two, currencies differ, or the networks have nothing
            in common.
    """

    def __init__(self, sides: Sequence[Side], language: str = "en") -> None:
        if len(sides) < 2:
            raise Incomparable("few")
        self.language = language
        called = _distinct([side.name for side in sides])
        sides = [replace(one, name=name) for one, name in zip(sides, called, strict=True)]
        for side in sides[1:]:
            _demand_kin(sides[0], side)
        self.sides = [_in_money_of(sides[0], side) for side in sides]
        self.names = [BASE, *called[1:]]
        span = (self.sides[0].first, self.sides[0].last)
        self.comparable = all((side.first, side.last) == span for side in self.sides)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what does not compare."""
        return self.notes_in(self.language)

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """The sheet Compare: KPI, Base, a column per further plan, Best.

        The figures of Summary as they stand there, the cost terms behind them; not a number where
        a plan has no such figure. Best names the best plan, or several that are alike.
        """
        frame = self._figures.copy()
        frame[BEST] = [", ".join(plans) for plans in self.leaders]
        return frame

    @cached_property
    def leaders(self) -> list[list[str]]:
        """The best plans of each row of ``kpis``; none where Best is blank."""
        values = self._figures[self.names].to_numpy(float).tolist()
        rows = zip(self._figures[KPI], values, strict=True)
        return [best(str(name), row, self.names) if self.comparable else [] for name, row in rows]

    @cached_property
    def _figures(self) -> pd.DataFrame:
        names = list(dict.fromkeys(name for side in self.sides for name in side.figures.index))
        listed = [*about(), *(COST + term for term in TERMS)]
        order = {name: at for at, name in enumerate(listed)}
        names.sort(key=lambda name: order.get(name, order.get(whole(name), len(order))))
        columns = [side.figures.reindex(names).to_numpy(float) for side in self.sides]
        return pd.DataFrame({KPI: names, **dict(zip(self.names, columns, strict=True))})

    @cached_property
    def costs(self) -> pd.DataFrame:
        """Money by cost term: Cost Bucket, Base, a column per further plan, and what it adds.

        A term that a plan does not have is 0; one that none has is left out. ``<plan> − Base``
        is positive where it costs more, and 0 where only the last digits differ.
        """
        rows = self.kpis[self.kpis[KPI].str.startswith(COST)]
        frame = rows[[KPI, *self.names]].fillna(0.0)
        frame = frame[(frame[self.names] != 0).any(axis=1)].reset_index(drop=True)
        frame[KPI] = frame[KPI].str.removeprefix(COST)
        for name in self.names[1:]:
            more = frame[name] - frame[BASE]
            nothing = more.abs() <= NOISE * frame[[name, BASE]].abs().max(axis=1)
            frame[_added(name)] = more.mask(nothing, 0.0)
        return frame.rename(columns={KPI: TERM})

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Shipments that differ, the largest difference in money first.

        Kind, From, To, Mode, Product, Period (of shipping), units in Base and in each further
        plan, and Value of Difference: the largest difference from Base at the unit value of the
        destination, positive where more is shipped.
        """
        keys = list(KEYS)
        parts = [side.moves.assign(side=at) for at, side in enumerate(self.sides)]
        sums = pd.concat(parts).groupby([*keys, "side"], sort=False)[list(AMOUNTS)].sum()
        units, money = (
            sums[name].unstack("side").reindex(columns=range(len(self.sides))) for name in AMOUNTS
        )
        held = units.fillna(0.0).to_numpy(float)
        values = money.fillna(0.0).to_numpy(float)
        by = values - values[:, :1]
        largest = np.abs(by).argmax(axis=1) if len(by) else np.zeros(0, dtype=int)
        frame = units.index.to_frame(index=False).rename(columns={"Ship Period": "Period"})
        frame[self.names] = held
        frame[VALUE] = by[np.arange(len(by)), largest]
        top = np.abs(held).max(axis=1, initial=1.0)
        differ = held.max(axis=1, initial=0.0) - held.min(axis=1, initial=np.inf) > ALIKE * top
        frame = frame[differ].sort_values(["Period", *keys[:-1]], kind="stable")
        order = np.argsort(-frame[VALUE].abs().to_numpy(), kind="stable")
        ranked: pd.DataFrame = frame.take(order)
        return ranked.reset_index(drop=True)

    def _repr_html_(self) -> str:
        from tierstock.outputs.compare.html import comparison_html

        return comparison_html(self)

    def notes_in(self, language: str) -> tuple[str, ...]:
        """Return the sentences on what does not compare in a language."""
        base = self.sides[0]
        return tuple(
            note
            for side in self.sides[1:]
            for note in (
                *_horizon(base, side, language),
                *_scope(base, side, language),
                *_unsure(base, side, language),
            )
        )

    def save(self, path: str | PathLike[str]) -> None:
        """Write the comparison as a workbook: Compare, costs and shipments that differ, the plans.

        Args:
            path: file to write, ``.xlsx``; an existing one is replaced only by a complete one.

        Raises:
            OSError: the file cannot be written; an existing one is untouched.
        """
        from tierstock.outputs.compare.book import write_comparison

        write_comparison(Path(path), self)


def _added(name: str) -> str:
    return f"{name} − {BASE}"


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names that differ from each other and from the headings beside them."""
    taken = set(TAKEN)
    made = []
    for name in names:
        numbers = (f"{name} ({number})" for number in range(2, len(names) + 3))
        free = next(one for one in (name, *numbers) if one and one not in taken)
        taken.add(free)
        made.append(free)
    return made


def _demand_kin(base: Side, side: Side) -> None:
    """Make sure that two plans are of one currency and share places and goods.

    Raises:
        Incomparable: they do not.
    """
    pair = {"name": side.name, "base": base.name}
    if base.currency != side.currency:
        raise Incomparable("currencies", **pair, one=side.currency, other=base.currency)
    for what in ("locations", "products"):
        own, others = getattr(side, what), getattr(base, what)
        if own and others and not own & others:
            both = {one: tell(what, one) for one in ("en", "zh")}
            raise Incomparable("strangers", **pair, what=both)


def _in_money_of(base: Side, side: Side) -> Side:
    """Return a plan with its money in the unit of the base."""
    factor = side.worth / base.worth
    if factor == 1.0:
        return side
    paid = np.array([unit_of(str(name)) == "money" for name in side.figures.index], dtype=bool)
    figures = side.figures.where(~paid, side.figures * factor)
    moves = side.moves.assign(Value=side.moves["Value"] * factor)
    return replace(side, figures=figures, moves=moves, worth=base.worth)


def _horizon(base: Side, side: Side, language: str) -> Iterator[str]:
    if (side.first, side.last) != (base.first, base.last):
        spans = {"first": side.first, "last": side.last}
        spans |= {"base_first": base.first, "base_last": base.last}
        yield tell("horizon", language, name=side.name, base=base.name, **spans)


def _scope(base: Side, side: Side, language: str) -> Iterator[str]:
    """Tell what places and goods one plan has and the other lacks."""
    for what in ("locations", "products"):
        own, others = getattr(side, what), getattr(base, what)
        if own is None or others is None:
            continue
        for word, codes in (("more", own - others), ("less", others - own)):
            if codes:
                listed = tell("listed", language).join(sorted(codes)[:LISTED])
                if len(codes) > LISTED:
                    rest = len(codes) - LISTED
                    listed = tell("and more", language, listed=listed, count=rest)
                many = tell(f"{what} many", language)
                names = {"name": side.name, "base": base.name}
                yield tell(word, language, **names, what=many, listed=listed)


def _unsure(base: Side, side: Side, language: str) -> Iterator[str]:
    """Tell where the search, not the data, may be why one plan costs more than the other."""
    cheap, dear = sorted((base, side), key=lambda one: one.figures.get("Total cost", math.nan))
    low, high = (one.figures.get("Total cost", math.nan) for one in (cheap, dear))
    least = dear.figures.get("Best possible cost", math.nan)
    if high - low > ALIKE * abs(high) and least < low:
        yield tell(
            "unsure",
            language,
            dear=dear.name,
            cheap=cheap.name,
            money=money(high - low),
            gap=money(high - least),
            currency=money_of(base, language),
        )


def money_of(side: Side, language: str) -> str:
    """Return the unit of money of a plan in a language."""
    from tierstock.inputs.units import money_word

    return money_word(side.currency, side.worth, language)
