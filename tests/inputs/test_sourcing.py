"""Rules of sourcing: which rows rule a place, what is shared out, what is refused."""

from typing import Any

import pytest
from small import Rows, demand, tables

from tierstock.inputs.inspection import inspect
from tierstock.inputs.network import Network, Sourcing

PLACES: Rows = [
    {"Location": "A", "Tier": "supplier", "Region": "N"},
    {"Location": "B", "Tier": "supplier", "Region": "S"},
    {"Location": "DC", "Tier": "RDC", "Region": "N"},
    {"Location": "S1", "Tier": "store", "Region": "N"},
    {"Location": "S2", "Tier": "store", "Region": "S"},
]
GOODS: Rows = [{"Product": "tea", "Unit Value": 4}, {"Product": "cup", "Unit Value": 2}]
LANES: Rows = [
    {"From": "A, B", "To": "DC", "Lead Time": 1, "Unit Cost": 2},
    {"From": "DC", "To": "Tier=store", "Lead Time": 0, "Unit Cost": 1},
    {"From": "A", "To": "Tier=store", "Lead Time": 0, "Unit Cost": 5},
    {"From": "S1", "To": "S2", "Lead Time": 0},
]


def studied(*rules: dict[str, Any], **more: Rows) -> tuple[Network, list[tuple[str, str]]]:
    """The network, and code and cell of what was found."""
    wanted = demand("S1", "tea", 2, 4, 6) + demand("S2", "cup", 3, 3, 3)
    seen = inspect(
        tables(
            Locations=PLACES,
            Products=GOODS,
            Lanes=LANES,
            Demand=wanted,
            Sourcing=list(rules),
            **more,
        )
    )
    found = [(one.code, one.cell) for one in seen.findings if one.sheet == "Sourcing"]
    assert seen.network is not None or found
    return seen.network, found  # type: ignore[return-value]


def sourcing(*rules: dict[str, Any]) -> Sourcing:
    network, found = studied(*rules)
    assert found == [] and network.sourcing is not None
    return network.sourcing


def test_a_row_for_all_products_is_one_choice_and_another_one_for_each() -> None:
    together = sourcing({"To": "S1", "Rule": "single"}).choices
    assert list(together.label) == ["S1 *"]
    assert len(together.goods) == 4
    each = sourcing({"To": "S1", "Product": "tea, cup", "Rule": "dual"}).choices
    assert list(each.label) == ["S1 cup", "S1 tea"]
    assert each.most.tolist() == [2, 2]


def test_the_most_specific_rows_rule_a_place() -> None:
    found = sourcing(
        {"To": "Tier=store", "Rule": "single"},
        {"To": "S1", "Product": "tea", "Rule": "dual", "Hold": "period"},
    ).choices
    assert list(found.label) == ["S1 *", "S1 tea", "S2 *"]
    assert found.most.tolist() == [1, 2, 1]
    assert found.window.tolist() == [[0, 0, 0], [0, 1, 2], [0, 0, 0]]
    assert [(found.choice == number).sum() for number in range(3)] == [2, 2, 4]


def test_transfers_are_no_sources_but_may_be_forbidden() -> None:
    net, _ = studied({"To": "S2", "Rule": "single"})
    assert net.sourcing is not None
    lanes = net.lanes.label[net.goods.lane[net.sourcing.choices.goods]]
    assert sorted(set(lanes)) == ["A→S2", "DC→S2"]
    net, _ = studied({"To": "S2", "From": "S1, A", "Rule": "forbid"})
    assert net.sourcing is None
    assert sorted(set(net.lanes.label[net.goods.lane])) == [
        "A→DC",
        "A→S1",
        "B→DC",
        "DC→S1",
        "DC→S2",
    ]


def test_the_ends_of_a_lane_may_be_compared() -> None:
    net, _ = studied({"To": "Tier=store;Region!=same", "From": "supplier", "Rule": "forbid"})
    assert sorted(set(net.lanes.label[net.goods.lane])) == [
        "A→DC",
        "A→S1",
        "B→DC",
        "DC→S1",
        "DC→S2",
        "S1→S2",
    ]


def test_a_ratio_steers_forward_demand() -> None:
    """DC feeds S1 by 3/4, A by the rest; B and A feed DC by halves."""
    net, found = studied(
        {"To": "S1", "From": "DC", "Rule": "ratio", "Value": 0.75},
        {"To": "DC", "From": "A", "Rule": "ratio", "Value": 0.5},
        {"To": "DC", "From": "B", "Rule": "ratio", "Value": 0.5},
    )
    assert found == []
    daily, of = net.places.daily_demand, net.places.of
    codes, tea = list(net.locations.code), list(net.products.code).index("tea")

    def of_tea(code: str) -> list[float]:
        return [float(x) for x in daily[of[codes.index(code), tea]]]

    assert of_tea("S1") == [2, 4, 6]
    assert of_tea("DC") == [1.5, 3, 4.5]
    assert of_tea("B") == [1.5, 2.25, 1.5]  # a day earlier; after the end the mean of 1.5, 3, 4.5
    assert of_tea("A") == [0.5 + 1.5, 1 + 2.25, 1.5 + 1.5]


def test_thirds_are_read_and_percent_too() -> None:
    rules = [{"To": "DC", "From": code, "Rule": "ratio", "Value": "33.3%"} for code in "A"]
    rules.append({"To": "DC", "From": "B", "Rule": "ratio", "Value": "66.5%"})
    share = sourcing(*rules).shares.share
    assert share.sum() == pytest.approx(2.0)  # both products


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([{"To": "S1", "Rule": "ratio", "From": "A"}], [("sourcing-value", "")]),
        ([{"To": "S1", "From": "A", "Rule": "ratio", "Value": 60}], [("ratio-above-one", "D2")]),
        ([{"To": "S1", "From": "A", "Rule": "ratio", "Value": 0.2, "Product": "tea"}], []),
        (
            [
                {"To": "DC", "From": "A", "Rule": "ratio", "Value": 0.6},
                {"To": "DC", "From": "B", "Rule": "ratio", "Value": 0.6},
            ],
            [("sourcing-shares", "D2"), ("sourcing-shares", "D2")],
        ),
        (
            [
                {"To": "DC", "From": "A", "Rule": "ratio", "Value": 0.4},
                {"To": "DC", "From": "B", "Rule": "ratio", "Value": 0.4},
            ],
            [("sourcing-shares", "D2"), ("sourcing-shares", "D2")],
        ),
        (
            [
                {"To": "DC", "From": "A", "Rule": "ratio", "Value": 0.4, "Hold": "month"},
                {"To": "DC", "From": "B", "Rule": "ratio", "Value": 0.6, "Hold": "period"},
            ],
            [("conflicting-rows", "E3"), ("conflicting-rows", "E3")],
        ),
        (
            [
                {"To": "S1", "From": "A", "Rule": "ratio", "Value": 0.4},
                {"To": "S1", "From": "DC", "Rule": "single", "Value": None},
            ],
            [("sourcing-mixed", "C3")],
        ),
        (
            [{"To": "S1", "From": "A", "Rule": "priority", "Value": 1.5}],
            [("sourcing-rank", "D2")],
        ),
        (
            [{"To": "S1", "From": "A", "Rule": "priority", "Value": 1}],
            [("sourcing-no-limit", "D2")],
        ),
        ([{"To": "S1", "Rule": "single", "Value": 1}], [("value-unused", "C2")]),
        (
            [{"To": "S1", "From": "A", "Rule": "forbid", "Hold": "month"}],
            [("value-unused", "D2")],
        ),
        ([{"To": "A", "Rule": "single"}], [("row-without-effect", "A2")]),
        ([{"To": "S9", "Rule": "single"}], [("unknown-selector", "A2")]),
        ([{"To": "S1", "Rule": "singel"}], [("bad-choice", "B2")]),
    ],
)
def test_rules_that_cannot_be_kept_are_told_at_their_cell(rules: Rows, found: Any) -> None:
    told = studied(*rules)[1]
    assert [code for code, _ in told] == [code for code, _ in found]
    assert all(cell in ("", at) for (_, at), (_, cell) in zip(told, found, strict=True))


def test_a_limit_makes_ranks_possible() -> None:
    rule = {"To": "DC", "From": "A", "Rule": "priority", "Value": 1}
    assert studied(rule)[1] == [("sourcing-no-limit", "D2")]
    supply: Rows = [{"Location": "A", "Product": "*", "Max": 5}, {"Location": "B", "Product": "*"}]
    net, found = studied(rule, Supply=supply)
    assert found == [] and net.sourcing is not None
    assert net.sourcing.ranks.by_supply.tolist() == [True, True]


def test_shares_stand_in_one_sheet_only() -> None:
    rules = [
        {"To": "DC", "From": "A", "Rule": "ratio", "Value": 0.5},
        {"To": "DC", "From": "B", "Rule": "ratio", "Value": 0.5},
    ]
    supply: Rows = [
        {"Location": "A", "Product": "tea", "Share Max": 0.6},
        {"Location": "B", "Product": "*"},
        {"Location": "A", "Product": "cup"},
    ]
    assert ("share-and-ratio", "D2") in studied(*rules, Supply=supply)[1]
