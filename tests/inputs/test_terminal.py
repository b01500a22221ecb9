"""What should be left at the end, per product and group of places."""

from typing import Any

import numpy as np
import pytest

from tierstock.inputs.assembly.forward_demand import forward_demand
from tierstock.inputs.assembly.terminal import TerminalData, left_at_start, terminal
from tierstock.inputs.network import Orders, Terminal


def rules(study: Any, *rows: dict[str, Any], rule: str = "none") -> tuple[Any, Terminal]:
    """CDC1 feeds R1 and R2, R1 feeds S1; product A sells 70 a week at S1 and 35 at R2."""
    made = study(Terminal=list(rows))
    own = np.zeros((len(made.pairs), 3))
    own[made.place("S1", "A")] = 70.0
    own[made.place("R2", "A")] = 35.0
    goods = made.goods(("CDC1", "R1", "A"), ("CDC1", "R2", "A"), ("R1", "S1", "A"))
    forward = forward_demand(
        own,
        made.periods.days,
        goods,
        np.ones(3, dtype=bool),
        made.pairs.location,
        made.locations.tier,
    )
    start = np.zeros(len(made.pairs))
    start[made.place("CDC1", "A")], start[made.place("S1", "A")] = 500.0, 40.0
    counts = made.locations.code[made.pairs.location] != "S2"
    data = TerminalData(
        made.locations,
        made.products.code,
        made.pairs,
        counts,
        forward,
        start,
        np.array([20.0, 50.0, 10.0]),
        np.array([10.0, 25.0, 5.0]),
        ended=np.zeros(3, dtype=bool),
        previous=None,
    )
    return made, terminal(made.table("Terminal"), made.catalog, data, rule, 14.0, made.findings)


def wanted(found: Terminal) -> dict[str, float]:
    return {label: round(units, 6) for label, units in zip(found.label, found.target, strict=True)}


def members(made: Any, found: Terminal, label: str) -> str:
    mine = found.place[found.row == list(found.label).index(label)]
    return " ".join(made.locations.code[made.pairs.location[mine]])


def test_without_rule_nothing_is_asked(study: Any) -> None:
    _, found = rules(study)

    assert len(found) == 0 and len(found.place) == 0


def test_cover_of_the_network_counts_demand_once_and_not_at_every_tier(study: Any) -> None:
    made, found = rules(study, rule="cover")

    assert wanted(found) == {"cover network A": 14 * 15.0}
    assert found.penalty.tolist() == [pytest.approx(0.15 * 20)]
    assert found.rule.tolist() == ["cover"] and found.credit.tolist() == [0.0]
    assert members(made, found, "cover network A") == "CDC1 R1 R2 S1"


def test_cover_by_tier_and_by_location_is_cover_of_what_each_serves(study: Any) -> None:
    by_tier = {"rule": "cover", "days": 7.0, "level": "tier"}
    by_place = {"rule": "cover", "days": 7.0, "level": "location"}
    _, tiers = rules(study, by_tier)
    _, places = rules(study, by_place)

    assert wanted(tiers) == {"cover CDC A": 105.0, "cover RDC A": 105.0, "cover store A": 70.0}
    assert wanted(places) == {
        "cover CDC1 A": 105.0,
        "cover R1 A": 70.0,
        "cover R2 A": 35.0,
        "cover S1 A": 70.0,
    }


def test_opening_asks_for_what_was_there_and_under_way(study: Any) -> None:
    _, found = rules(study, rule="opening")

    assert wanted(found) == {"opening network A": 540.0}


def test_value_gives_a_credit_up_to_the_quantity(study: Any) -> None:
    row = {"rule": "value", "product": "A", "value": 3.0, "quantity": 80.0, "location": "CDC1"}
    made, found = rules(study, row)

    assert wanted(found) == {"value network A": 80.0}
    assert found.credit.tolist() == [3.0] and found.penalty.tolist() == [0.0]
    assert members(made, found, "value network A") == "CDC1"


def test_rows_beat_the_setting_where_they_speak_and_none_asks_for_nothing(study: Any) -> None:
    made, found = rules(study, {"rule": "none", "location": "Tier=store"}, rule="cover")

    assert members(made, found, "cover network A") == "CDC1 R1 R2"


def test_a_stated_quantity_is_the_least_and_replaces_the_default_days(study: Any) -> None:
    _, alone = rules(study, {"rule": "cover", "product": "A,B", "quantity": 60.0, "penalty": 9.0})
    _, both = rules(study, {"rule": "cover", "product": "A", "quantity": 60.0, "days": 7.0})

    assert wanted(alone) == {"cover network A": 60.0, "cover network B": 60.0}
    assert alone.penalty.tolist() == [9.0, 9.0]
    assert wanted(both) == {"cover network A": 105.0}


def test_rows_add_and_their_labels_stay_unique(study: Any) -> None:
    _, found = rules(
        study,
        {"rule": "cover", "days": 7.0},
        {"rule": "cover", "days": 2.0, "location": "Tier=RDC"},
    )

    assert wanted(found) == {"cover network A (2)": 105.0, "cover network A (3)": 30.0}


def test_incomplete_and_useless_cells_are_found(study: Any) -> None:
    made, found = rules(
        study,
        {"rule": "value", "value": 3.0},
        {"rule": "opening", "days": 7.0},
    )

    assert wanted(found) == {"opening network A": 540.0}
    assert {(f.code, f.severity, f.cell) for f in made.findings} == {
        ("terminal-value-incomplete", "error", "E2"),
        ("terminal-unused", "warning", "D3"),
    }


def test_goods_moved_by_open_orders_count_once_at_the_start() -> None:
    orders = Orders(
        label=np.array(["1", "2", "3"], dtype=object),
        place=np.array([1, 1, 0]),
        origin=np.array([0, -1, -1]),
        ship=np.array([1, -1, -1]),
        due=np.array([2, 3, 1]),
        quantity=np.array([10.0, 5.0, 7.0]),
        firm=np.array([True, True, False]),
        saving=np.zeros(3),
    )

    assert left_at_start(np.array([30.0, 1.0]), orders).tolist() == [27.0, 16.0]
