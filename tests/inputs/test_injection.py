"""The catalogue of bad inputs: every kind is found, with its code and at its cell.

The full proof, with its report by kind, runs for some minutes::

    pytest -m slow -s tests/inputs/test_injection.py
"""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from goals import reached
from in_process import frames
from injected import Kind, Outcome, cases, catalogue, fails_in, pair, to_plant
from injected_files import FILE_PLANTS
from injection import LANGUAGES, PLANTS, sample_book
from openpyxl import load_workbook
from random_networks import drawn

from tierstock.inputs import inspect
from tierstock.inputs.findings import messages
from tierstock.inputs.reading.marked import ISSUES, write_marked
from tierstock.inputs.samples import NAMES

BAD_INPUT, ALL_AT_ONCE = 1, 2
QUICK = 30
"""Kinds of which a case is looked at in every run; the others wait for the slow one."""
EACH = 5
"""Cases of every kind in the slow run."""
PAIRS = 240


def _some(number: int, seed: str) -> list[Kind]:
    rng = Random(seed)
    return sorted(rng.sample(to_plant(), number), key=lambda kind: kind.name)


def test_the_catalogue_holds_all_kinds_of_the_design_with_codes_that_exist() -> None:
    kinds = catalogue()
    assert {kind.number for kind in kinds} == set(range(1, 76))
    assert len({kind.name for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert kind.code in messages() if kind.code else kind.severity == "accepted", kind
    assert {kind.name for kind in to_plant() if kind.door == "tables"} == set(PLANTS)
    assert {kind.name for kind in to_plant() if kind.door == "file"} == set(FILE_PLANTS)


@pytest.mark.parametrize("kind", _some(QUICK, "one"), ids=lambda kind: kind.name)
def test_a_planted_fault_is_found_at_its_cell(kind: Kind) -> None:
    (outcome,) = cases(kind, 1)
    assert outcome.code and outcome.cell, outcome


def _pairs(number: int) -> list[tuple[Kind, Kind, tuple[bool, bool]]]:
    """Plant pairs of faults into one book; both have to be such as are told beside errors."""
    beside = [kind for kind in to_plant() if kind.code and not kind.waits and kind.door == "tables"]
    rng = Random("pairs")
    found: list[tuple[Kind, Kind, tuple[bool, bool]]] = []
    while len(found) < number:
        first, second = rng.sample(beside, 2)
        named = pair(first, second, rng)
        if named is not None:
            found.append((first, second, named))
    return found


def test_pairs_of_faults_are_both_named() -> None:
    assert [(one.name, two.name) for one, two, named in _pairs(10) if not all(named)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_samples_raise_no_alarm(name: str, language: str) -> None:
    assert fails_in(list(inspect(sample_book(name, language).frames()).findings)) == []


@pytest.mark.parametrize("seed", range(12))
def test_good_networks_raise_no_alarm(seed: int) -> None:
    assert fails_in(list(inspect(frames(drawn(seed).short)).findings)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_a_finding_is_marked_and_linked_in_the_copy(
    language: str, tmp_path: Path
) -> None:
    book = sample_book("rebalancing", language)
    for row in book.rows("Demand")[:30]:
        book.put("Demand", "quantity", row, "tbd")
    book.put("Products", "product", 1, "\u200b" + str(book.get("Products", "product", 1)))
    path = book.save(tmp_path / "study.xlsx")
    findings = inspect(path).findings
    assert any(one.others for one in findings)

    copy = load_workbook(write_marked(path, findings, tmp_path / "copy.xlsx") or "")

    marked = [one for one in findings if one.address and one.severity != "info"]
    for one in marked:
        for address in (one.address, *one.others):
            assert copy[one.sheet][address.split(":")[0]].comment is not None, one.say()
    links = [cell.hyperlink for cell in copy[ISSUES[language]]["C"] if cell.hyperlink]
    assert len(links) == sum(bool(one.address) for one in findings)


@pytest.mark.slow
def test_five_cases_of_every_kind_are_found_at_their_cells() -> None:
    outcomes = [outcome for kind in to_plant() for outcome in cases(kind, EACH)]
    _report(outcomes)
    assert len(outcomes) >= 600
    missed = [outcome for outcome in outcomes if not outcome.code]
    elsewhere = [outcome for outcome in outcomes if not outcome.cell]
    print(*missed, *elsewhere, sep="\n")
    assert sum(outcome.more > 0 for outcome in outcomes) <= 0.05 * len(outcomes)
    exact = 1 - len(elsewhere) / len(outcomes)
    kinds = len({outcome.kind.number for outcome in outcomes})
    figure = (
        f"{kinds} kinds, {len(outcomes)} cases: {len(missed)} missed, {exact:.1%} at the exact cell"
    )
    reached(BAD_INPUT, figure, not missed and exact >= 0.98)


def _report(outcomes: list[Outcome]) -> None:
    """Print the cases of every kind: right code, exact cell, further errors."""
    of = Counter(outcome.kind.name for outcome in outcomes)
    code = Counter(outcome.kind.name for outcome in outcomes if outcome.code)
    cell = Counter(outcome.kind.name for outcome in outcomes if outcome.cell)
    more = Counter(outcome.kind.name for outcome in outcomes if outcome.more)
    print(f"\n{'':3} {'kind':45} {'code':24} cases  code  cell  more")
    for kind in to_plant():
        name = kind.name
        counts = f"{of[name]:5} {code[name]:5} {cell[name]:5} {more[name]:5}"
        print(f"{kind.number:3} {name:45} {kind.code or '(accepted)':24} {counts}")
    print(f"{len(outcomes)} cases of {len(of)} kinds: {sum(code.values())} with the right code, ")
    print(f"{sum(cell.values())} at the exact cell, {sum(more.values())} with further errors")


@pytest.mark.slow
def test_both_of_many_pairs_are_named() -> None:
    found = _pairs(PAIRS)
    missed = [(one.name, two.name, named) for one, two, named in found if not all(named)]
    print(f"\n{len(found)} pairs, both named in {len(found) - len(missed)}", *missed, sep="\n")
    figure = f"{len(found) - len(missed)} of {len(found)} pairs of faults both named"
    reached(ALL_AT_ONCE, figure, len(missed) <= 0.01 * len(found))


@pytest.mark.slow
def test_many_good_networks_raise_no_alarm() -> None:
    seeds = range(300)
    alarms = {seed: fails_in(list(inspect(frames(drawn(seed).short)).findings)) for seed in seeds}
    print(f"\n{len(seeds)} good networks, {sum(map(bool, alarms.values()))} with an alarm")
    wrong = {seed: said for seed, said in alarms.items() if said}
    print(*wrong.items(), sep="\n")
    reached(BAD_INPUT, f"{len(wrong)} false alarms on {len(seeds)} good networks", not wrong)
