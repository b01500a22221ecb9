"""Every change of a right plan made by hand is found, by exactly the checks it concerns."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from findings import FAULTS, Desk, lines
from planted_flows import Book
from told_plan import told

from tierstock.outputs.audit import audit
from tierstock.outputs.audit.report import NAMES

FAMILIES = list(dict.fromkeys(line["family"] for line in lines()))


@pytest.fixture(scope="module", autouse=True)
def settled() -> Iterator[None]:
    """Keep the collector from going through all that was there before, after each audit."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_change_has_these_findings_and_no_others(family: str, tmp_path: Path) -> None:
    desk, wrong = Desk(tmp_path), {}
    for line in lines():
        if line["family"] == family:
            seen = desk.found(line)
            if seen != line["finds"]:
                wrong[f"{line['study']}: {line['change']}"] = (seen, "instead of", line["finds"])

    assert wrong == {}


def test_every_check_has_a_fault_that_turns_it_red() -> None:
    finds = {line["study"]: line["finds"].split(" / ") for line in lines() if not line["change"]}

    assert set(FAULTS.values()) == set(NAMES)
    for plant, check in FAULTS.items():
        about = (f"{check}: ", f"{check} ")
        assert any(one.startswith(about) for one in finds[plant.__name__]), plant.__name__


def test_a_plan_of_another_input_is_found_by_the_hash_alone(
    case: tuple[Book, Book], write: Callable[..., tuple[Path, Path]]
) -> None:
    result = audit(*write(*case, stale=True))

    assert [c.name for c in result.checks if not c.passed] == [NAMES["hash"][0]]
    assert result.input_hash in next(c.where for c in result.checks if not c.passed)


def test_formulas_in_a_workbook_are_no_numbers(
    case: tuple[Book, Book], write: Callable[..., tuple[Path, Path]]
) -> None:
    given, plan = case
    told(given, plan)
    for sheet, line, column in (("Inventory", 5, "Received"), ("Actions", 1, "Value")):
        plan[sheet][line][column] = "=1+1"
    plan["PlanView"][3]["W1"] = "=1-1"
    found = audit(*write(given, plan)).checks

    wrong = next(c.where for c in found if c.name == NAMES["numbers"][0])
    assert wrong == "Inventory · E7 · formula (and 2 more)"
