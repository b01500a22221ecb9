"""Transfer rules open and close transfer lanes, and say which ones."""

from typing import Any

import pytest

from tierstock.inputs.assembly.transfer_rules import open_transfers
from tierstock.inputs.network import Flags

LANES = [("R1", "R2", "A"), ("R2", "R1", "A"), ("R1", "S1", "A"), ("CDC1", "R1", "A")]
"""The last one is no transfer lane."""


def opened(study: Any, *rules: dict[str, Any]) -> tuple[Any, Flags]:
    made = study(TransferRules=list(rules))
    goods = made.goods(*LANES)
    code = made.locations.code
    origin = made.pairs.location[goods.source]
    destination = made.pairs.location[goods.sink]
    found = open_transfers(
        made.table("TransferRules"),
        made.catalog,
        origin,
        destination,
        goods.product,
        origin != 0,
        code[origin] + "→" + code[destination],
        3,
        made.findings,
    )
    return made, found


@pytest.mark.parametrize(
    ("rules", "lanes"),
    [
        ([], [1, 1, 1, 1]),
        ([{"from": "R1", "to": "R2"}], [1, 0, 0, 1]),
        ([{"from": "*", "to": "*"}, {"from": "R1", "to": "R2", "allowed": 0.0}], [0, 1, 1, 1]),
        ([{"from": "R1", "to": "*", "allowed": 0.0}, {"from": "R1", "to": "R2"}], [1, 0, 0, 1]),
        ([{"from": "*", "to": "Region=same"}], [0, 0, 1, 1]),
        ([{"from": "*", "to": "*", "within": "same region"}], [0, 0, 1, 1]),
        (
            [
                {"from": "*", "to": "*", "allowed": 0.0},
                {"from": "*", "to": "*", "within": "same region"},
            ],
            [0, 0, 1, 1],
        ),
        ([{"from": "RDC", "to": "RDC", "product": "Family=Coffee"}], [0, 0, 0, 1]),
        (
            [{"from": "RDC", "to": "*"}, {"from": "Region=East", "to": "*", "allowed": 0.0}],
            [0, 1, 0, 1],
        ),
    ],
)
def test_the_most_specific_rule_decides_and_no_beats_yes(
    study: Any, rules: list[dict[str, Any]], lanes: list[int]
) -> None:
    made, found = opened(study, *rules)

    assert found.all(axis=1).astype(int).tolist() == lanes
    assert not [finding for finding in made.findings if finding.severity == "error"]


def test_a_rule_may_hold_for_some_periods_only(study: Any) -> None:
    _, found = opened(study, {"from": "R1", "to": "R2", "period": "2026-W03"})

    assert found[0].tolist() == [False, True, False]


def test_lanes_that_a_row_closes_on_purpose_are_no_warning(study: Any) -> None:
    made, found = opened(
        study, {"from": "*", "to": "*"}, {"from": "R1", "to": "R2", "allowed": 0.0}
    )

    assert not found[0].any()
    assert made.said() == []


def test_closed_lanes_are_listed_in_one_warning(study: Any) -> None:
    made, _ = opened(study, {"from": "R1", "to": "R2"})

    (told,) = made.said()
    assert told.startswith(
        "TransferRules  2 transfer lanes matched by no Allowed = Y row are closed: R1→S1, R2→R1. "
    )
    assert "write replenish in its column Kind in Lanes" in told


@pytest.mark.parametrize(
    ("text", "code"),
    [("Regoin=same", "selector-column"), ("Region=same;Tier=RCD", "unknown-selector")],
)
def test_a_wrong_word_beside_same_is_found_at_its_cell(study: Any, text: str, code: str) -> None:
    made, found = opened(study, {"from": "*", "to": text})

    assert [(f.code, f.cell) for f in made.findings if f.severity == "error"] == [(code, "B2")]
    assert not found[:3].any()
