"""Networks, plans and comparisons show themselves in a notebook: HTML and SVG, no script."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from by_hand import facts, network
from compared import write_results
from payloads import FORMULAS, HTML

from tierstock.inputs import Network
from tierstock.inputs.network import Locations
from tierstock.outputs.compare import Comparison, read_side
from tierstock.outputs.shown import plan_html

ALLOWED = set("b circle div line p path rect span svg table td text th title tr".split())
NAMES = {
    *("style", "role", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d"),
    *("fill", "stroke", "stroke-opacity", "text-anchor"),
}
FIGURES = ("Total cost,1000", "Fill rate (units),0.9", "Cost: freight,400", "Cost: holding,600")


class Seen(HTMLParser):
    """Elements, attributes and texts of a piece of HTML; every element that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def harmless(text: str) -> Seen:
    seen = Seen(text)
    assert set(seen.tags) <= ALLOWED
    assert seen.names <= NAMES
    return seen


def spoken(language: str) -> Network:
    net = network()
    return replace(net, settings=replace(net.settings, report_language=language))


@pytest.mark.parametrize(
    ("language", "told", "tier"),
    [
        ("en", "locations: 4, products: 2, lanes: 4, periods: 3", "supplier"),
        ("zh", "4 个地点，2 个产品，4 条线路，3 个期间", "供应商"),
    ],
)
def test_a_network_shows_its_size_and_its_tiers(language: str, told: str, tier: str) -> None:
    seen = harmless(spoken(language)._repr_html_())

    assert any(told in text for text in seen.texts)
    assert seen.tags.count("circle") == seen.tags.count("path") == 4
    rows = " ".join(seen.texts)
    assert f"{tier} 1 1 0" in rows  # one place, one lane out, none in
    assert "R1 · =North" in seen.texts


def test_a_large_network_shows_a_part_and_says_so() -> None:
    net, many = network(), 3000
    codes = np.array([f"S{at}" for at in range(many)], dtype=object)
    blank = np.full(many, "", dtype=object)
    tiers, shut = np.full(many, "store", dtype=object), np.ones((many, 3), dtype=bool)
    stores = Locations(codes, codes, tiers, blank, blank, blank, shut)
    shown = replace(net, locations=stores)._repr_html_()

    assert len(shown) < 150_000
    assert harmless(shown).tags.count("circle") == 400
    assert "The picture shows a part of the network." in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_plan_shows_before_and_after_and_where_the_cost_goes(
    tables: dict[str, pd.DataFrame], language: str
) -> None:
    summary = tables["Summary"]
    left = summary[summary["KPI"] == "Capital tied up (end)"].assign(KPI="Stock left at the end")
    before = pd.concat([summary, left]).assign(Baseline=lambda frame: 2 * frame["Value"])
    alone = harmless(plan_html(summary, facts(), language))
    seen = harmless(plan_html(before, facts(baseline="policy"), language))

    cells = " ".join(seen.texts)
    assert "2,837 5,675 -50.0%" in cells and "79.7% 159.4% -79.7 " in cells
    assert seen.tags.count("rect") == 2 * 10 + 2 and alone.tags.count("rect") == 10
    terms = {"en": "purchase", "zh": "采购成本"}
    assert terms[language] in seen.texts
    assert "880  31.0%" in [text.replace("\u00a0", " ") for text in alone.texts]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_comparison_shows_figures_differences_and_moves(tmp_path: Path, language: str) -> None:
    more = ["Total cost,900", "Fill rate (units),0.9", "Cost: freight,200", "Cost: holding,700"]
    base = write_results(tmp_path / "a", FIGURES, ["replenish,DC,S1,road,A,W1,40,400"])
    other = write_results(tmp_path / "b", more, locations=["DC", "S2"])
    found = Comparison([read_side(base, "a"), read_side(other, "b")], language)
    seen = harmless(found._repr_html_())

    cells = " ".join(seen.texts)
    assert "1,000 900 b" in cells and "-200 " in cells and "+100" in cells
    assert "40 0 -400" in cells
    assert all(note in seen.texts for note in found.notes) and len(found.notes) == 2


def test_names_never_become_elements(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    names = [one for one in (*FORMULAS, *HTML) if one.isprintable()]
    net, codes = network(), np.array(names, dtype=object)
    tiers, blank = np.full(len(codes), "store", dtype=object), np.full(len(codes), "", dtype=object)
    open_ = np.ones((len(codes), 3), dtype=bool)
    places = Locations(codes, codes[::-1], tiers, blank, blank, blank, open_)
    seen = harmless(replace(net, locations=places)._repr_html_())
    assert {f"{one} · {two}" for one, two in zip(names, names[::-1], strict=True)} <= set(
        seen.texts
    )
    move = ["replenish,DC,S1,road,A,W1,40,400"]
    sides = [
        read_side(write_results(tmp_path / name, FIGURES, move[: len(name) - 1]), name)
        for name in ("a", "bb")
    ]
    for one in names[::3]:
        assert one in harmless(plan_html(tables["Summary"], facts(name=one), "en")).texts
    for one, other in zip(names[::12], names[1::12], strict=False):
        named = [replace(sides[0], name=one), replace(sides[1], name=other)]
        assert other in harmless(Comparison(named)._repr_html_()).texts


def test_no_view_asks_for_anything_from_outside(tables: dict[str, pd.DataFrame]) -> None:
    views = network()._repr_html_() + plan_html(tables["Summary"], facts(), "en")

    assert not re.search(r"https?:|url\(|@import|<script|\bon\w+=|href", views)
