"""No two labels are the same, whatever the planner's codes look like."""

import numpy as np
import pandas as pd
from retail import LOCATIONS, PRODUCTS, built, demand

from tierstock.inputs.assembly.unique import told_apart


def test_a_number_another_name_has_already_is_not_given_again() -> None:
    names = np.array(["x", "x (2)", "x", "x", "y"], dtype=object)

    assert told_apart(names).tolist() == ["x", "x (2)", "x (3)", "x (4)", "y"]


def test_names_need_to_differ_inside_their_group_only() -> None:
    names = np.array(["x", "x", "x"], dtype=object)

    assert told_apart(names, np.array([1, 2, 1])).tolist() == ["x", "x", "x (2)"]
    assert told_apart(names[:0]).tolist() == []


def test_a_class_that_looks_like_a_channel_of_another_keeps_its_own_label() -> None:
    classes = [{"Class": "k"}, {"Class": "k/x"}]
    rows = [
        *demand("S1", "A", 1.0, Class="k", Channel="x"),
        *demand("S1", "A", 2.0, Class="k", Channel="y"),
        *demand("S1", "A", 3.0, Class="k/x"),
        *demand("S2", "A", 4.0, Class="k/x"),
    ]
    found = built(Demand=rows, ServiceClasses=classes).demand

    assert found.label.tolist() == ["k/x", "k/y", "k/x (2)", "k/x"]


def test_lanes_between_codes_with_arrows_have_labels_of_their_own() -> None:
    places = [{"Location": code, "Tier": "store"} for code in ("a", "a→b", "b→c", "c")]
    lanes = [
        {"From": "a", "To": "b→c", "Lead Time": 1.0},
        {"From": "a→b", "To": "c", "Lead Time": 1.0},
    ]
    stock = [{"Location": code, "Product": "A", "Quantity": 5.0} for code in ("a", "a→b")]
    found = built(
        Locations=[*LOCATIONS, *places],
        Lanes=lanes,
        OpeningStock=stock,
        Demand=demand("S1", "A", 0),
    )

    assert found.lanes.label.tolist() == ["a→b→c", "a→b→c (2)"]


def test_an_order_numbered_like_a_counted_one_keeps_its_number() -> None:
    row = {"To": "DC", "Product": "A", "Quantity": 1.0, "Due Date": "2026-01-14"}
    rows = [{**row, "Order No": number} for number in ("PO A (2)", "PO", "PO")]
    rows[2] = {**rows[2], "Quantity": 2.0, "Due Date": "2026-01-21"}
    found = built(InTransit=rows).orders

    assert found.label.tolist() == ["PO A", "PO A (2)", "PO A (3)"]
    assert pd.Series(found.label).is_unique


def test_terminal_rules_of_alike_names_differ() -> None:
    products = [*PRODUCTS, {"Product": "x A", "Unit Value": 1.0}]
    places = [*LOCATIONS, {"Location": "DC x", "Tier": "CDC"}]
    stock = [
        {"Location": "DC x", "Product": "A", "Quantity": 3.0},
        {"Location": "DC", "Product": "x A", "Quantity": 4.0},
    ]
    found = built(
        Products=products,
        Locations=places,
        OpeningStock=stock,
        Demand=demand("DC", "A", 1.0),
        Terminal=[{"Rule": "opening", "Level": "location"}],
    ).terminal

    assert sorted(found.label) == sorted(set(found.label))
    assert sorted(found.target) == [3.0, 4.0]
