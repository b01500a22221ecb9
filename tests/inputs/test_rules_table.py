"""The table of rules as a whole: words, length, which sheets are in it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from retail import built, demand
from told_rules import targets, told

from tierstock.inputs import Network
from tierstock.inputs.rules import effect, rules_in_effect
from tierstock.inputs.rules.sources import ADDS, FACTS, GRIDS, HOW, LIMITS, ON, ONLY, sources
from tierstock.inputs.schema import schema


def test_the_words_are_chinese_where_asked_for() -> None:
    net = built(
        StockTargets=targets(
            ("*", "*", "hard", 9),
            ("S1", "A", "", 14),
            columns="Location,Product,Hardness,Safety Days",
        )
    )

    assert told(net, "S1", "A", starts="库存目标", language="zh") == [
        ("库存目标 安全天数", "14", "StockTargets", 3, "第 2 行（9）"),
        ("库存目标 硬软", "硬", "StockTargets", 2, ""),
        ("库存目标 缺口罚金", "0.5", "默认", None, ""),
    ]


def test_a_place_where_nothing_is_planned_has_no_rules() -> None:
    places = [{"Location": "S1", "Tier": "store"}, {"Location": "S2", "Tier": "store"}]
    every = targets(("*", "*", "", 5))
    net = built(Locations=places, Lanes=[], Demand=demand("S1", "A", 1), StockTargets=every)

    assert told(net, "S1", "A") != []
    assert told(net, "S2", "A") == []


def test_a_place_without_stock_has_no_targets() -> None:
    net = built(StockTargets=targets(("*", "*", "", 5)))

    assert told(net, "SUP", "A", starts="StockTargets") == []
    assert told(net, "DC", "A", starts="StockTargets") != []


def test_a_network_built_in_memory_has_no_rows_to_tell() -> None:
    with pytest.raises(ValueError, match="not read from tables"):
        rules_in_effect(replace(built(), ground=None))


def test_a_long_table_says_once_what_holds_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    net = built(
        StockTargets=targets(("*", "*", "", 5), ("Tier=store", "*", "", 7)),
        Demand=demand("S1", "A", 1) + demand("S2", "A", 1) + demand("S2", "B", 1),
    )
    whole = rules_in_effect(net, language="en")
    monkeypatch.setattr(effect, "SINGLY", 0)
    short = rules_in_effect(net, language="en")

    lines = short[short["Rule"] == "StockTargets Safety Stock"]
    assert list(zip(lines["Location"], lines["Product"], lines["Value"], strict=True)) == [
        ("Tier=CDC", "*", "5"),
        ("Tier=store", "*", "7"),
    ]
    assert len(short) < len(whole)
    for rule in whole["Rule"].unique():
        one = unfolded(net, whole[whole["Rule"] == rule])
        places = {line[:2] for line in one}
        again = unfolded(net, short[short["Rule"] == rule])
        assert {line for line in again if line[:2] in places} == one, rule


def unfolded(net: Network, frame: pd.DataFrame) -> set[tuple[Any, ...]]:
    """Lines place by place, sets of places expanded."""
    found = set()
    tier = dict(zip(net.locations.code, net.locations.tier, strict=True))
    for at in range(len(net.places)):
        location = net.locations.code[net.places.location[at]]
        product = net.products.code[net.places.product[at]]
        place = {location, "*", f"Tier={tier[location]}"}
        mine = frame[frame["Location"].isin(place) & frame["Product"].isin({product, "*"})]
        lines = mine.drop(columns=["Location", "Product"]).astype(str)
        found |= {(location, product, *line) for line in lines.itertuples(index=False)}
    return found


def test_a_table_that_is_cut_says_how_long_it_would_be() -> None:
    net = built()
    count = len(rules_in_effect(net, language="en"))
    cut = rules_in_effect(net, language="en", most=3)

    assert len(cut) == 4
    assert cut["Rule"].iloc[-1].startswith(f"Only the first 3 of {count} rules are listed.")


def test_every_input_sheet_is_told_or_states_facts() -> None:
    class Everything:
        def has(self, sheet: str) -> bool:
            return True

    told_sheets = {source.name for source in sources(Everything())}  # type: ignore[arg-type]
    inputs = {sheet.name: sheet for sheet in schema().inputs}
    later = {name for name, sheet in inputs.items() if sheet.status == "later"}

    assert told_sheets | FACTS | later == set(inputs)
    assert told_sheets & FACTS == set()
    assert set(inputs) >= {*HOW, *GRIDS, *ONLY, *LIMITS}
    assert set(GRIDS.values()) <= set(ON)


def test_every_value_column_of_a_policy_sheet_is_told() -> None:
    class Everything:
        def has(self, sheet: str) -> bool:
            return True

    for name in ("StockTargets", "StockCosts", "Supply", "Lanes", "TransferRules", "Capacity"):
        mine = [one for one in sources(Everything()) if one.name == name]  # type: ignore[arg-type]
        seen = {field for one in mine for field in one.chooses.values()}
        seen |= {column.field for one in mine for column in (*one.values, *one.apart)}
        assert name != "Capacity" or {one.how for one in mine} == {ADDS}
        unsaid = {
            c.field
            for c in schema().sheet(name).columns
            if c.status == "model" and c.field not in seen
        }
        assert unsaid <= {"currency", "unit", "active_from", "active_to"}, name


def test_numbers_of_values_are_exact() -> None:
    net = built(StockTargets=targets(("*", "*", "", 1234567.5), ("S1", "*", "", 0.1 + 0.2)))

    assert told(net, "DC", "A", starts="StockTargets Safety")[0][1] == "1234567.5"
    assert np.isclose(float(told(net, "S1", "A", starts="StockTargets Safety")[0][1]), 0.3)
