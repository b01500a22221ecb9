"""Selectors mean what a planner reads in them."""

from typing import Any

import numpy as np
import pytest

from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.catalog_build import abc_classes
from tierstock.inputs.selecting.selectors import (
    ALL,
    EXACT,
    GROUP,
    NONE,
    SelectorError,
    nearest,
    parse,
)


@pytest.fixture
def world(study: Any) -> Any:
    groups = [
        {"group": "Key sites", "kind": "location", "member": "CDC1"},
        {"group": "Key sites", "kind": "location", "member": "Tier=store"},
        {"group": "Peak", "kind": "period", "member": "2026-W03..2026-W04"},
        {"group": "Sweet", "kind": "product", "member": "A,C"},
    ]
    return study(periods=10, Groups=groups, abc=np.array(["A", "B", "C"], dtype=object))


@pytest.mark.parametrize(
    ("kind", "text", "codes"),
    [
        ("location", "R1", "R1"),
        ("location", "*", "CDC1 R1 R2 S1 S2"),
        ("location", "", "CDC1 R1 R2 S1 S2"),
        ("location", "Tier=RDC", "R1 R2"),
        ("location", "层级=分仓", "R1 R2"),
        ("location", "tier = rdc", "R1 R2"),
        ("location", "RDC", "R1 R2"),
        ("location", "East", "CDC1 R1 S1"),
        ("location", "R1,S2", "R1 S2"),
        ("location", "R1，S2、CDC1", "CDC1 R1 S2"),
        ("location", "Region=East;Tier=store", "S1"),
        ("location", "Region=East；!Tier=store", "CDC1 R1"),
        ("location", "Tier!=store", "CDC1 R1 R2"),
        ("location", "!R1;!S2", "CDC1 R2 S1"),
        ("location", "Tier=RDC,store;Region=West", "R2 S2"),
        ("location", "Key sites", "CDC1 S1 S2"),
        ("location", "keysites;!CDC1", "S1 S2"),
        ("location", "Channel=", "CDC1 S1 S2"),
        ("location", "Status=open", "CDC1 R1 R2 S1 S2"),
        ("product", "Family=Tea", "A B"),
        ("product", "Tea", "A B"),
        ("product", "Sweet", "A C"),
        ("product", "ABC=A,C", "A C"),
        ("product", "ABC类=B", "B"),
        ("product", "Zone=冷藏", "A"),
        ("product", "Zone=ambient", "B C"),
        ("product", "Unit Value=20", "B"),
        ("period", "2026-W03", "2026-W03"),
        ("period", "2026-w03", "2026-W03"),
        ("period", "2026-01-14", "2026-W03"),
        ("period", "2026/1/14,2026-W05", "2026-W03 2026-W05"),
        ("period", "2026-W03..2026-W05", "2026-W03 2026-W04 2026-W05"),
        ("period", "2026-01-14 至 2026-01-20", "2026-W03 2026-W04"),
        ("period", "2026-02", "2026-W06 2026-W07 2026-W08 2026-W09"),
        ("period", "Peak;!2026-W03", "2026-W04"),
    ],
)
def test_a_selector_stands_for_these_codes(world: Any, kind: str, text: str, codes: str) -> None:
    assert world.codes(kind, text) == codes


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("R1", [NONE, EXACT, NONE, NONE, NONE]),
        ("R1,S1", [NONE, EXACT, NONE, EXACT, NONE]),
        ("R1,Region=East", [GROUP, EXACT, NONE, GROUP, NONE]),
        ("*;Tier=RDC", [NONE, GROUP, GROUP, NONE, NONE]),
        ("*", [ALL] * 5),
        ("!R1", [GROUP, NONE, GROUP, GROUP, GROUP]),
    ],
)
def test_a_code_named_is_more_specific_than_a_group(
    world: Any, text: str, ranks: list[int]
) -> None:
    assert world.catalog.match("location", text).rank.tolist() == ranks


@pytest.mark.parametrize(
    ("kind", "text", "code", "word", "near"),
    [
        ("location", "R11", "unknown-selector", "R11", "R1"),
        ("location", "Tier=RCD", "unknown-selector", "RCD", "RDC"),
        ("location", "Regoin=East", "selector-column", "Regoin", "Region"),
        ("location", "Region=same", "selector-same", "Region=same", ""),
        ("location", "R1;;S1", "selector-blank", "R1;;S1", ""),
        ("location", "!R1,!S1", "selector-not-in-list", "!R1,!S1", ""),
        ("product", "Family=Teas", "unknown-selector", "Teas", "Tea"),
        ("period", "2026-W3x", "unknown-selector", "2026-W3x", "2026-W03"),
        ("period", "2026-W03..soon", "unknown-selector", "soon", ""),
    ],
)
def test_a_wrong_selector_names_the_word_and_the_nearest_name(
    world: Any, kind: str, text: str, code: str, word: str, near: str
) -> None:
    with pytest.raises(SelectorError) as fault:
        world.catalog.match(kind, text)

    assert (fault.value.code, fault.value.word, fault.value.near) == (code, word, near)


def test_a_code_with_signs_of_the_grammar_is_still_a_code(study: Any) -> None:
    places = [{"location": "A,B", "tier": "RDC"}, {"location": "A", "tier": "RDC"}]

    assert study(Locations=places).codes("location", "A,B") == "A,B"


def test_a_group_inside_itself_is_found_at_its_cell(study: Any) -> None:
    made = study(
        Groups=[
            {"group": "X", "kind": "location", "member": "Y"},
            {"group": "Y", "kind": "location", "member": "X"},
        ]
    )

    assert [(f.code, f.cell) for f in made.findings] == [
        ("group-in-itself", "C2"),
        ("group-in-itself", "C3"),
    ]


def test_unknown_words_are_errors_and_empty_matches_warnings_at_their_cells(study: Any) -> None:
    made = study(
        StockTargets=[
            {"location": "R11", "safety_stock": 1.0},
            {"location": "Tier=plant", "safety_stock": 1.0},
            {"location": "R1", "safety_stock": 1.0},
        ]
    )
    ranked = made.catalog.ranks("location", made.table("StockTargets"), "location", made.findings)

    assert made.said() == [
        'StockTargets!A2  "R11" is no location, group or attribute value. Nearest: "R1".',
        'StockTargets!A3  "Tier=plant" matches nothing, so the row has no effect here.',
    ]
    assert [int(ranked.mask(row).sum()) for row in range(3)] == [0, 0, 1]


def pairs_of(catalog: Catalog, start: str, end: str) -> list[str]:
    origin, destination, _, _ = catalog.pairs(start, end)
    codes = catalog.codes("location")
    return [f"{codes[o]}>{codes[d]}" for o, d in zip(origin, destination, strict=True)]


@pytest.mark.parametrize(
    ("start", "end", "pairs"),
    [
        ("Tier=RDC", "Tier=RDC", ["R1>R2", "R2>R1"]),
        ("CDC1", "Region=same", ["CDC1>R1", "CDC1>S1"]),
        ("RDC", "Region=same;Tier=store", ["R1>S1", "R2>S2"]),
        ("R1", "区域=相同", ["R1>CDC1", "R1>S1"]),
        ("R1", "!Region=same;Tier=store", ["R1>S2"]),
        ("*", "Company=same", ["CDC1>S1", "S1>CDC1"]),
        ("R1", "R1", []),
    ],
)
def test_pairs_never_hold_a_place_twice_and_blanks_are_not_the_same(
    world: Any, start: str, end: str, pairs: list[str]
) -> None:
    assert pairs_of(world.catalog, start, end) == pairs


def test_commas_bind_tighter_than_semicolons() -> None:
    assert [[term.value for term in part] for part in parse("ABC=A,B;Tea")] == [["A", "B"], ["Tea"]]


def test_the_nearest_name_among_many_is_found_by_its_first_letter() -> None:
    names = [f"SKU{number:05d}" for number in range(5000)] + ["Shanghai"]

    assert nearest("Shangai", names) == "Shanghai"
    assert nearest("Paris", names) == ""


def test_abc_follows_cumulative_demand_value_and_a_stated_class_stands() -> None:
    stated = np.array(["", "", "", "", "A"], dtype=object)
    units = np.array([75.0, 10.0, 10.0, 0.0, 5.0])

    classes = abc_classes(stated, units, np.ones(5), (0.8, 0.95))

    assert classes.tolist() == ["A", "A", "B", "C", "A"]
