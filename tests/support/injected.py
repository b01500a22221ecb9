"""Cases of the catalogue of bad inputs, and whether what is found is what was planted."""

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import injected_cells
import injected_network
import injected_sheets
from injected_files import FILE_PLANTS
from injection import LANGUAGES, PLANTS, Book, Spot, Unfit, sample_book

from tierstock.inputs import inspect
from tierstock.inputs.findings import Finding
from tierstock.inputs.samples import NAMES

CATALOGUE = Path(__file__).resolve().parents[1] / "inputs" / "catalogue.csv"
REGISTERED = (injected_cells, injected_sheets, injected_network)
"""Modules whose import fills ``PLANTS``."""
TRIES = 400
"""Draws after which a kind counts as one that fits no sample."""

Mark = tuple[str, str, str]
"""Code, sheet and cell of a finding."""


@dataclass(frozen=True)
class Kind:
    """One line of ``catalogue.csv``."""

    number: int
    """Number of the kind in the design."""
    name: str
    code: str
    """Code that answers it; blank where it is accepted in silence."""
    severity: str
    """error, warning, info, or accepted."""
    door: str
    """tables, file, or export for what only concerns files that are written."""
    waits: bool
    """Whether it needs the whole network, so that it is told only when no error is left."""


@cache
def catalogue() -> tuple[Kind, ...]:
    """Return the kinds of the catalogue."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Kind(
                int(line["number"]),
                line["kind"],
                line["code"],
                line["severity"],
                line["door"],
                line["waits"] == "y",
            )
            for line in csv.DictReader(file)
        )


def to_plant() -> list[Kind]:
    """Return the kinds that are planted into inputs."""
    return [kind for kind in catalogue() if kind.door != "export"]


class Outcome(NamedTuple):
    """What came of one case."""

    kind: Kind
    book: str
    code: bool
    """Whether the right code was found, or nothing where the kind is accepted."""
    cell: bool
    """Whether it was found at the exact cell."""
    more: int
    """Errors with another code, which the fault does not explain by itself."""


@cache
def known(name: str, language: str) -> frozenset[Mark]:
    """Return what is found in a sample without any fault."""
    found = inspect(sample_book(name, language).frames()).findings
    return frozenset((one.code, one.sheet, one.address) for one in found)


def at_spot(finding: Finding, spot: Spot) -> bool:
    """Return whether a finding names the cell; where none is known, whether it names the sheet."""
    if not spot.cell:
        return spot.sheet in ("", finding.sheet)
    return finding.sheet == spot.sheet and spot.cell in (finding.address, *finding.others)


def draws(kind: Kind) -> Iterator[tuple[Book, Random]]:
    """Go through samples in both languages, each with a source of randomness of its own."""
    for number in count():
        rng = Random(f"{kind.name} {number}")
        yield sample_book(rng.choice(NAMES), LANGUAGES[number % 2]), rng


def cases(kind: Kind, wanted: int) -> Iterator[Outcome]:
    """Plant a kind into samples it fits and look at what is found."""
    done = 0
    for book, rng in islice(draws(kind), TRIES):
        if done == wanted:
            return
        try:
            outcome = planted(kind, book, rng)
        except Unfit:
            continue
        done += 1
        yield outcome
    assert done == wanted, f"{kind.name} fits no sample"


def planted(kind: Kind, book: Book, rng: Random) -> Outcome:
    """Plant a kind into a book, read it and judge what is found."""
    before = known(book.name, book.language)
    if kind.door == "file":
        with tempfile.TemporaryDirectory() as folder:
            path, spot = FILE_PLANTS[kind.name](book, rng, Path(folder))
            found = list(inspect(path).findings)
    else:
        spot = PLANTS[kind.name](book, rng)
        found = list(inspect(book.frames()).findings)
    fresh = [one for one in found if (one.code, one.sheet, one.address) not in before]
    return judged(kind, book, spot, fresh)


def judged(kind: Kind, book: Book, spot: Spot, fresh: list[Finding]) -> Outcome:
    """Compare what is new with what the catalogue says."""
    where = f"{book.name} {book.language} {spot.sheet}!{spot.cell}"
    errors = [one for one in fresh if one.severity == "error"]
    if not kind.code:
        doubts = [one for one in fresh if one.severity == "warning" and at_spot(one, spot)]
        good = not errors and not doubts
        return Outcome(kind, where, good, good, len(errors))
    mine = [one for one in fresh if (one.code, one.severity) == (kind.code, kind.severity)]
    exact = any(at_spot(one, spot) for one in mine)
    more = [one for one in errors if one.code != kind.code]
    return Outcome(kind, where, bool(mine), exact, len(more))


NO_GROUND = frozenset(("missing-sheet", "sheet-without-rows", "period-gap", "period-backwards"))
"""Codes beside which there are no places, products or periods to build a network of."""
ON_GROUND = frozenset(
    (
        "backlog-without-class",
        "conflicting-rows",
        "cost-spread",
        "demand-outside",
        "lead-not-whole",
        "lot-over-max",
        "min-over-max",
        "phase-out-without-date",
        "selector-column",
        "selector-empty",
        "self-lane",
        "unit-slip",
        "unknown-currency",
        "unknown-departure",
        "unknown-selector",
        "unknown-unit",
    )
)
"""Codes of what is looked up among places, products and periods."""


def pair(first: Kind, second: Kind, rng: Random) -> tuple[bool, bool] | None:
    """Plant two kinds into one book and return which are named; None where they do not fit.

    Two faults do not fit where one takes away what the other is looked up in, or its sheet.
    """
    codes = {first.code, second.code}
    if codes & NO_GROUND and codes & ON_GROUND:
        return None
    book = sample_book(rng.choice(NAMES), rng.choice(LANGUAGES))
    before = known(book.name, book.language)
    try:
        one = PLANTS[first.name](book, rng)
        two = PLANTS[second.name](book, rng)
    except (Unfit, KeyError, IndexError, TypeError, ValueError):
        return None
    there = {book.titles[name] for name in book.grids}
    if one.sheet == two.sheet or (first.code != "missing-sheet" and one.sheet not in there):
        return None
    found = list(inspect(book.frames()).findings)
    fresh = [each for each in found if (each.code, each.sheet, each.address) not in before]

    def named(kind: Kind, spot: Spot) -> bool:
        return any(each.code == kind.code and at_spot(each, spot) for each in fresh)

    return named(first, one), named(second, two)


def fails_in(findings: list[Finding]) -> list[str]:
    """Return the sentences of findings that a good input must not have."""
    return [one.say() for one in findings if one.severity == "error" or one.code in SUSPICIONS]


SUSPICIONS = frozenset(
    ("unit-slip", "cost-spread", "lane-upstream", "look-alike", "limit-zero", "lot-over-lane")
)
"""Warnings that guess: on a good input each of them is a false alarm."""
