"""The terms of transfers: which row sets which value, what is one move, what is refused."""

from typing import Any

import numpy as np
import pytest
from small import Rows, demand, tables

from tierstock.inputs.inspection import inspect
from tierstock.inputs.network import Transfers

TWO: Rows = [{"Product": "tea", "Unit Value": 4}, {"Product": "cup", "Unit Value": 0, "Price": 1}]
THREE: Rows = [{"Location": code, "Tier": "RDC", "Region": "N"} for code in ("R1", "R2", "R3")]
LANES: Rows = [{"From": "R1", "To": "R2, R3", "Lead Time": 0}]
EACH = [(place, product) for place in ("R1", "R2", "R3") for product in ("tea", "cup")]


def studied(*rules: dict[str, Any], lanes: Rows = LANES) -> tuple[Any, list[tuple[str, str]]]:
    """The network, and code and cell of what was found."""
    stock = [{"Location": c, "Product": p, "Quantity": 9} for c, p in EACH]
    wanted = demand("R1", "tea", 2, 4, 6) + demand("R2", "cup", 1, 1, 1)
    seen = inspect(
        tables(
            Locations=THREE,
            Products=TWO,
            Lanes=lanes,
            Demand=wanted,
            OpeningStock=stock,
            TransferRules=list(rules),
        )
    )
    return seen.network, [(found.code, found.cell) for found in seen.findings]


def terms(*rules: dict[str, Any]) -> Transfers:
    network, _ = studied(*rules)
    assert network is not None and network.transfers is not None
    found: Transfers = network.transfers
    return found


def rule(**more: Any) -> dict[str, Any]:
    return {"From": "*", "To": "*", **more}


def test_rules_that_only_permit_make_no_terms() -> None:
    network, _ = studied(rule(Allowed="Y"))
    assert network.transfers is None


def test_each_value_comes_from_the_most_specific_row_that_states_it() -> None:
    found = terms(
        rule(**{"Donor Min Qty": 3, "Cooldown": 1}),
        {"From": "R1", "To": "R3", "Donor Min Qty": 5},
        rule(**{"Product": "cup", "Period": "2", "Cooldown": 2}),
    )
    assert found.cover[:, 0].tolist() == [3, 3, 5, 5]
    assert found.cooldown.tolist() == [[1, 2, 1], [1, 1, 1], [1, 2, 1], [1, 1, 1]]


def test_of_days_and_units_the_larger_is_kept() -> None:
    found = terms(rule(**{"Donor Min Days": 1, "Donor Min Qty": 5}))
    tea = found.cover[1]
    assert tea.tolist() == [5, 6, 5]  # the day after wants 4, 6, and 4 on the mean


def test_a_limit_counts_lines_or_orders_and_its_own_word_goes_first() -> None:
    lines = terms(rule(**{"Max Moves": 1}))
    assert list(lines.moves.name) == ["R1→R2 cup", "R1→R2 tea", "R1→R3 cup", "R1→R3 tea"]
    orders = terms(rule(**{"Max Moves": 1, "Count By": "order"}))
    assert list(orders.moves.name) == ["R1→R2", "R1→R3"]
    mixed = terms(
        rule(**{"Count By": "order", "Move Cost": 2}), rule(Period="1", **{"Max Moves": 1})
    )
    assert list(mixed.moves.name) == ["R1→R2", "R1→R3"]
    assert mixed.limits.most.tolist() == [[1, np.inf, np.inf]]
    own = terms(
        rule(**{"Count By": "order", "Move Cost": 2}),
        rule(Period="1", **{"Max Moves": 1, "Count By": "line"}),
    )
    assert own.limits.when.sum() == 4


def test_an_order_counted_in_part_is_a_move_of_its_own() -> None:
    found = terms(
        rule(**{"Count By": "order", "Min Qty": 2}), rule(**{"Product": "cup", "Max Moves": 1})
    )
    assert list(found.moves.name) == [
        "R1→R2",
        "R1→R3",
        "R1→R2 [*→* cup]",
        "R1→R3 [*→* cup]",
    ]
    assert found.moves.least_units[:, 0].tolist() == [2, 2, 0, 0]


@pytest.mark.parametrize(
    ("rules", "code", "cell"),
    [
        ([rule(Cooldown=1.5)], "not-whole", "C2"),
        ([rule(**{"Max Moves": 0.5})], "not-whole", "C2"),
        ([rule(**{"Min Value": 9, "Product": "cup"})], "transfer-worthless", "C2"),
        (
            [rule(**{"Count By": "order"}), rule(**{"Product": "cup", "Min Qty": 4})],
            "order-terms-differ",
            "E3",
        ),
        (
            [{"From": "R1", "To": "*", "Cooldown": 1}, {"From": "RDC", "To": "R2", "Cooldown": 2}],
            "",
            "",
        ),
        (
            [
                {"From": "RDC", "To": "*", "Cooldown": 1},
                {"From": "Region=N", "To": "*", "Cooldown": 2},
            ],
            "conflicting-rows",
            "C3",
        ),
    ],
)
def test_terms_that_cannot_be_kept_are_told_at_their_cell(
    rules: list[dict[str, Any]], code: str, cell: str
) -> None:
    _, found = studied(*rules)
    told = [one for one in found if one[0] not in ("closed-transfers", "demand-unreachable")]
    assert told == ([(code, cell)] if code else [])


def test_a_minimum_that_goods_going_round_would_fill_is_a_warning() -> None:
    both: Rows = [{"From": "*", "To": "*", "Lead Time": 0}]
    slow: Rows = [{"From": "*", "To": "*", "Lead Time": 1}]
    quick = ("transfer-round-trip", "C2")
    assert quick in studied(rule(**{"Min Qty": 4}), lanes=both)[1]
    assert quick not in studied(rule(**{"Min Qty": 4, "Cooldown": 1}), lanes=both)[1]
    assert quick not in studied(rule(**{"Min Qty": 4}), lanes=slow)[1]


def test_the_terms_do_not_depend_on_the_order_of_rows() -> None:
    rules = [rule(**{"Max Moves": 2}), rule(**{"Max Moves": 1, "Product": "tea"})]
    first, second = terms(*rules), terms(*reversed(rules))
    assert list(first.limits.name) == list(second.limits.name)
    assert np.array_equal(first.limits.most, second.limits.most)
