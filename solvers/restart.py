"""A plan of another model as the beginning of a search: what it says, repaired where it must be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tierstock.model.keys import Keys
from tierstock.solvers.arrays import Arrays, Flags, Floats
from tierstock.solvers.clean import rounded
from tierstock.solvers.clock import Limit
from tierstock.solvers.columns import ModelColumns
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.solution import Solution
from tierstock.solvers.trim import trimmed

Start = Mapping[str, tuple[Keys, Floats]]
"""Family -> its keys and their values, in a model that may be another one."""

SHARE = 0.2
"""Most of the time left that one linear repair may take."""
GIVEN_UP = "the plan to start from was given up: {why}"


def begin(
    arrays: Arrays, columns: ModelColumns, start: Start, options: SolveOptions, limit: Limit
) -> tuple[Floats | None, str]:
    """Return a plan of the model that keeps what it can of another plan.

    Whole numbers that the other plan has are kept and the rest is solved as a linear program;
    what it does not have is rounded up. Where that has no solution, its whole numbers may grow.

    Args:
        arrays: the model.
        columns: which variable stands in which column.
        start: the other plan.
        options: limits of the solve.
        limit: its time limit.

    Returns:
        The plan, or None; why there is none, else blank.
    """
    known = carried(columns, start)
    have = arrays.integer & ~np.isnan(known)
    if not arrays.whole:
        return None, GIVEN_UP.format(why="the model has no whole numbers")
    if not have.any():
        return None, GIVEN_UP.format(why="it has none of the model's whole numbers")
    why = "its whole numbers cannot be kept, nor grow"
    for program in _programs(arrays, known, have):
        values = _repaired(arrays, program, options, limit)
        if values is not None:
            return values, ""
    return None, GIVEN_UP.format(why=why)


def carried(columns: ModelColumns, start: Start) -> Floats:
    """Return the value of each column in another plan, not a number where it has none; [n]."""
    values = np.full(columns.count, np.nan)
    for family in columns.families:
        if family.local_name in start and id(family) not in columns.gone:
            keys, there = start[family.local_name]
            at = positions(family.key_list, keys)
            values[family.start + at[at >= 0]] = there[at >= 0]
    return values


def positions(keys: Keys, others: Keys) -> NDArray[np.int64]:
    """Return where keys of another model are among those of a family, by name; -1 where not."""
    missing = np.full(len(others), -1, dtype=np.int64)
    if len(keys.levels) != len(others.levels) or not len(keys):
        return missing
    numbers = np.zeros(len(keys), dtype=np.int64)
    wanted, there = np.zeros(len(others), dtype=np.int64), np.ones(len(others), dtype=bool)
    for level, codes, other, own in zip(
        keys.levels, keys.codes, others.levels, others.codes, strict=True
    ):
        named = np.array([level.code(name) for name in other.names], dtype=np.int64)
        code = named[own]
        there &= code >= 0
        numbers = numbers * len(level) + codes
        wanted = wanted * len(level) + code
    order = np.argsort(numbers, kind="stable")
    at = order[np.minimum(np.searchsorted(numbers[order], wanted), len(keys) - 1)]
    return np.where(there & (numbers[at] == wanted), at, missing)


def _programs(arrays: Arrays, known: Floats, have: Flags) -> Iterator[Arrays]:
    """Linear programs that keep the known whole numbers, then ones in which they may grow."""
    kept = np.clip(np.rint(np.where(have, known, 0.0)), arrays.lower, arrays.upper)
    relaxed = replace(
        arrays,
        lower=np.where(have, kept, arrays.lower),
        integer=np.zeros(arrays.columns, dtype=bool),
    )
    yield replace(relaxed, upper=np.where(have, kept, arrays.upper))
    yield relaxed


def _repaired(
    arrays: Arrays, program: Arrays, options: SolveOptions, limit: Limit
) -> Floats | None:
    """Return a plan from a linear program, its whole numbers rounded and the rest solved again."""
    found = _linear(program, options, limit)
    whole = None if found.quality == "none" else rounded(arrays, found.values)
    if whole is None:
        return None
    if not np.array_equal(whole[arrays.integer], found.values[arrays.integer]):
        again = _linear(arrays.fixed(trimmed(arrays, whole)), options, limit)
        settled = None if again.quality == "none" else rounded(arrays, again.values)
        whole = whole if settled is None else settled
    return trimmed(arrays, whole)


def _linear(program: Arrays, options: SolveOptions, limit: Limit) -> Solution:
    limits = replace(options, time_limit_s=limit.share(SHARE))
    return solve_arrays(program, limits.in_one_piece())
