"""``tierstock.compare``: plans, or the workbooks of plans, side by side."""

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from tierstock.inputs.reading.door import legible
from tierstock.outputs.compare import Comparison, Incomparable, Side, read_side, side_of

if TYPE_CHECKING:
    from tierstock.plan import Plan

ENDING = ".plan"
"""What ``tierstock plan`` puts between the name of the input and the ending of its results."""


def compare(
    *plans: "Plan | str | PathLike[str]",
    names: Sequence[str] | None = None,
    language: str | None = None,
) -> Comparison:
    """Hold plans against each other; the first one is the base.

    Args:
        plans: plans of ``solve``, or paths of results workbooks in either language.
        names: what the columns are called, one name per plan; the first column is ``Base`` all
            the same. The names of the files, or of the networks, where not given.
        language: ``en`` or ``zh``, of sentences and of what is shown; that of the first plan
            where not given.

    Returns:
        The comparison: ``kpis`` (KPI, Base, a column per plan, Best), ``costs`` by term,
        ``moves`` that differ, ``notes`` on what does not compare, ``save(path)``.

    Raises:
        Incomparable: fewer than two plans, plans of different currencies or of networks without
            anything in common, or a file that is no results workbook (a ValueError).
        OSError: a file cannot be read.
    """
    if names is not None and len(names) != len(plans):
        raise Incomparable("names", plans=len(plans), names=len(names))
    called = names or _names(plans)
    sides = [_side(plan, name) for plan, name in zip(plans, called, strict=True)]
    return Comparison(sides, language or (sides[0].language if sides else "en"))


def name_of(path: str) -> str:
    """Return what the column of a results workbook is called.

    >>> name_of("plans/monday.plan.xlsx")
    'monday'
    """
    return Path(path).stem.removesuffix(ENDING)


def _names(plans: "Sequence[Plan | str | PathLike[str]]") -> list[str]:
    """Return what the columns are called; files of one name with the names of their folders."""
    called = [_name(plan) for plan in plans]
    return [
        f"{legible(Path(plan).absolute().parent.name)}/{name}"
        if isinstance(plan, str | PathLike) and called.count(name) > 1
        else name
        for plan, name in zip(plans, called, strict=True)
    ]


def _name(plan: "Plan | str | PathLike[str]") -> str:
    if isinstance(plan, str | PathLike):
        return legible(name_of(fspath(plan)))
    return plan.network.name


def _side(plan: "Plan | str | PathLike[str]", name: str) -> Side:
    if isinstance(plan, str | PathLike):
        return read_side(plan, name)
    if plan.quality == "none":
        raise Incomparable("no plan", name=name, stopped=plan.stopped)
    return side_of(name, plan.network, plan.tables, plan.facts())
