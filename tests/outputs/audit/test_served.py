"""What the list of actions says is short all the same: as in the sheet Service, and never missing.

In the plan made by hand S2 gets 8 of the 10 units it wants in W1; one action at a time is listed.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from planted_flows import Book, flow, service

from tierstock.outputs.audit import audit

Write = Callable[..., tuple[Path, Path]]
CHECK = "Causes of shortages and of shipments"
SHORT = "Stock comes. 2 units are short there in W1 all the same: no stock."
NONE = "demand: W1"
LATER = ("replenish", "DC", "S2", "2026-01-05")
"""Comes a week after the lack."""
NOW = ("transfer", "S1", "S2", "2026-01-05")
ELSEWHERE = ("replenish", "DC", "S1", "2026-01-05")
BUY = ("buy", "", "SUP", "2026-01-05")
Listed = tuple[tuple[str, str, str, str], str]


def told(given: Book, plan: Book, write: Write, *listed: Listed) -> list[str]:
    """Place of what is wrong with causes and reasons, where actions with reasons are listed."""
    plan["Actions"] = [
        {"Rank": rank, "Action": action, "From": origin, "To": to, "Product": "P1"}
        | {"Do By": day, "Reason": reason}
        for rank, ((action, origin, to, day), reason) in enumerate(listed, start=1)
    ]
    checks = audit(*write(given, plan), language="en").checks
    return [one.where for one in checks if one.name == CHECK and not one.passed]


@pytest.fixture
def known(case: tuple[Book, Book]) -> tuple[Book, Book]:
    """Input and plan, with what is short at S2 and the kinds of shipments."""
    for one in case[1]["Shipments"]:
        one["Kind"] = "transfer" if one["From"] == "S1" else "replenish"
    for one in case[1]["Service"]:
        one["Cause"] = "no stock" if one["Fill Rate"] < 1 else ""
    return case


def test_right_sentences_pass_in_both_languages(known: tuple[Book, Book], write: Write) -> None:
    chinese = "货到。该处在 W1 仍缺 2 件：无库存。"
    listed = ((LATER, SHORT), (NOW, chinese), (ELSEWHERE, NONE), (BUY, NONE))
    assert told(*known, write, *listed) == []


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (LATER, NONE),
        (NOW, SHORT.replace("2 units", "3 units")),
        (NOW, SHORT.replace("no stock", "capacity")),
        (NOW, SHORT.replace("W1", "W2")),
        (ELSEWHERE, SHORT),
        (BUY, SHORT),
        ((*NOW[:3], "soon"), SHORT),
        ((*BUY[:3], "2026-01-12"), SHORT),
    ],
)
def test_a_sentence_that_is_not_so_or_missing_is_found(
    known: tuple[Book, Book], write: Write, action: tuple[str, str, str, str], reason: str
) -> None:
    assert told(*known, write, (action, reason))[0].startswith("Actions · row 2 · Reason · ")


@pytest.mark.parametrize(("cause", "right"), [("no stock", True), ("capacity", False)])
def test_the_cause_is_that_of_the_largest_part(
    known: tuple[Book, Book], write: Write, cause: str, right: bool
) -> None:
    """Another class is short of one unit, by another cause."""
    other = {"Class": "base", "Demand": 5, "Issued": 4, "On Time": 4, "Cause": "capacity"}
    known[1]["Service"].append(service(known[1], "S2", "W1") | other)
    sentence = f"3 units are short there in W1 all the same: {cause}."
    assert (told(*known, write, (NOW, sentence)) == []) is right


def test_what_is_bought_names_what_is_short_where_it_comes(
    known: tuple[Book, Book], write: Write
) -> None:
    short = {"Location": "SUP", "Demand": 5, "Issued": 4, "On Time": 4}
    known[1]["Service"].append(service(known[1], "S2", "W1") | short)
    assert told(*known, write, (BUY, SHORT.replace("2 units", "1 units"))) == []
    assert told(*known, write, (BUY, NONE)) != []


def test_a_trifle_and_a_move_of_nothing_need_no_word(
    known: tuple[Book, Book], write: Write
) -> None:
    given, plan = known
    flow(plan, "S1", "S2", "W1")["Quantity"] = 0
    assert told(given, plan, write, (NOW, NONE)) == []
    service(plan, "S2", "W1")["On Time"] = 9.9995
    assert told(given, plan, write, (LATER, NONE)) == []
