"""Key figures, worked out by hand."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, facts, frame, network
from real_plans import least_plan
from small import Rows, demand

from tierstock.inputs.network import Network
from tierstock.inputs.schema import say
from tierstock.outputs.kpi import KPIS, PARTED, about
from tierstock.outputs.localise import kpi_name
from tierstock.outputs.tables import build_tables

DOCS = Path(__file__).parents[2] / "docs"
DAILY = (70 * 10 + 10 * 20 + 80 * 11) / 21
"""Demand of the three weeks at standard cost, per day."""

TIED_UP = (
    790 + 3 * 20 + 60 * 10 + 30 * 10 + 5 * 20 + 15 * 11 + 15 * 10 + 8 * 11,
    1065 + 3 * 20 + 50 * 10 + 20 * 10 + 15 * 10 + 8 * 11,
    1270 + 3 * 20 + 12 * 10 + 8 * 11,
)
"""Stock of each week, blocked stock, then what is under way: from SUP, CDC, and by orders."""
ISSUED = 70 * 10 + 6.5 * 20 + 70 * 11
"""Issues of the three weeks at standard cost."""
EXPECTED = {
    "Total cost": 2837.4,
    "Fill rate (units)": (70 + 6.5 + 51) / 160,
    "Capital tied up (end)": 93 * 10 + (7 + 3) * 20 + (20 + 12) * 10 + 8 * 11,
    "End cover": (93 * 10 + 7 * 20 + (20 + 10.8) * 10 + 8 * 11) / DAILY,
    "Opening cover": (1735 + 15 * (11 - 10) + 20 * 10 + 8 * 11) / DAILY,
    "Gap in money": 27.4,
    "Gap to best possible": 27.4 / 2837.4,
    "Best possible cost": 2810,
    "Capital tied up (opening)": 1735 + 3 * 20 + 20 * 10 + 8 * 11,
    "Capital tied up (average)": sum(TIED_UP) / 3,
    "Capital tied up (peak)": TIED_UP[0],
    "Fill rate (value)": (70 * 10 + 6.5 * 20 + 51 * 11) / (70 * 10 + 10 * 20 + 80 * 11),
    "Fill rate by class: standard": (70 + 6.5) / 80,
    "Fill rate by class: gold": 51 / 80,
    "On-time rate": (70 + 6.5 + 51) / (70 + 6.5 + 70),
    "Lost units": 3.5,
    "Owed at the end": 12,
    "Stock-out rate": 4 / 9,
    "Stock-out spell": 7,  # four spells of a week: B at R1 in W1 and W3, A at R2 in W1 and W3
    # CDC-B lacks 3 from the end of W1 on and nothing comes: 21 days; R2-A lacks 9 at the end of
    # W1 and gets 55 in W2: 7 days; R1-B lacks 1.5 at the end of W2 and nothing comes: 14 days.
    "Response time": (21 + 7 + 14) / 3,
    "Safety stock missing": (8 + 5 + 6) / 3,
    "Stock value (opening)": 100 * 10 + 12 * 20 + 40 * 10 + 2 * 20 + 5 * 11,
    "Stock value (average)": (790 + 1065 + 1270) / 3,
    "Stock value (peak)": 1270,
    "Stock value (end)": 93 * 10 + 7 * 20 + 20 * 10,
    "Inventory turnover": ISSUED * 365 / 21 / ((790 + 1065 + 1270) / 3),
    "Days on hand": (790 + 1065 + 1270) / 3 / (ISSUED / 21),
    # Three weeks: CDC holds 203 A and 21 B, R1 37 A and 1.5 B, R2 25 A; a day they need
    # 10 A and 10/7 B, 30/7 A and 3/7 B, 26/7 A.
    "Forward cover: CDC": (203 * 10 + 21 * 20) / (3 * (10 * 10 + 10 / 7 * 20)),
    "Forward cover: RDC": (37 * 10 + 1.5 * 20 + 25 * 11)
    / (3 * (30 / 7 * 10 + 3 / 7 * 20 + 26 / 7 * 11)),
    "Slow-mover share": 0,
    "Excess value": 3 * 10 / 3,  # 3 of A above 90 at CDC in W3
    "Shipments": 8,
    "Transfers": 1,
    "Transfer quantity": 10,
    "Transfer value": 110,
    "Vehicle trips": 8,
    "Vehicle fill": (3 * 0.8 + 0.48 + 4) / 8,
    "Capacity peak": 60 * 2 / 100,  # outbound of CDC in W2: 20 + 40 of A, 2 kg each
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_key_figure_is_what_was_worked_out(name: str, tables: dict[str, pd.DataFrame]) -> None:
    figures = tables["Summary"].set_index("KPI")["Value"]
    assert figures[name] == pytest.approx(EXPECTED[name])


def test_every_key_figure_is_defined_in_both_languages() -> None:
    assert [name for name in about() if name not in PARTED] == list(KPIS)
    assert [name for name in about() if name not in KPIS] == list(PARTED)
    for name, words in about().items():
        assert say(name, "zh", kind="kpi") != name
        assert len(words["definition_en"]) <= 105 and words["definition_zh"]
    assert len({words["definition_en"] for words in about().values()}) == len(about())


def test_classes_and_tiers_are_named_in_the_language_of_the_report() -> None:
    assert kpi_name("Forward cover: RDC", "zh") == "前向可用天数：区域仓"
    assert kpi_name("Fill rate by class: standard", "zh") == "分等级满足率：标准"
    assert kpi_name("Fill rate by class: RDC", "zh") == "分等级满足率：RDC"
    assert kpi_name("Forward cover: RDC", "en") == "Forward cover: RDC"


def test_the_summary_begins_with_cost_service_capital_cover_and_gap(
    tables: dict[str, pd.DataFrame],
) -> None:
    assert list(tables["Summary"]["KPI"])[:6] == [
        "Total cost",
        "Fill rate (units)",
        "Capital tied up (end)",
        "End cover",
        "Opening cover",
        "Gap in money",
    ]


def test_the_cost_split_of_the_summary_adds_up(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["Summary"]
    split = rows[rows["KPI"].str.startswith("Cost: ")]["Value"].sum()
    assert split == pytest.approx(rows["Value"].iloc[0])


def test_what_cannot_be_said_is_left_open() -> None:
    net = network()
    net.demand.quantity[:] = 0
    unknown = facts(bound=-np.inf, gap=np.nan)
    rows = build_tables(net, {}, unknown)["Summary"].set_index("KPI")["Value"]
    open_ones = ["Fill rate (units)", "End cover", "Gap in money", "Best possible cost"]
    assert rows[[*open_ones, "Vehicle fill", "Stock-out rate"]].isna().all()
    assert rows["Total cost"] == pytest.approx(1.8)


def figure(net: Network, name: str) -> float:
    summary = build_tables(net, decisions(), facts())["Summary"]
    return float(summary.set_index("KPI")["Value"][name])


def test_stock_and_demand_of_a_cover_have_the_cost_of_its_own_day() -> None:
    """All costs twice as much in the last week, which changes no cover."""
    net = network()
    covers = [figure(net, name) for name in ("Opening cover", "End cover")]
    net.places.value[:, -1] *= 2
    assert [figure(net, name) for name in ("Opening cover", "End cover")] == pytest.approx(covers)


def test_cover_asked_is_the_largest_target_over_all_places_in_days_of_demand() -> None:
    net = network()
    net.demand.quantity[1] = 0
    assert figure(net, "End cover asked") == pytest.approx(200 / (150 / 21))


def test_cover_asked_is_blank_where_a_product_or_a_place_has_no_rule() -> None:
    assert np.isnan(figure(network(), "End cover asked"))
    net = network()
    net.demand.quantity[1] = 0
    net.terminal.place[2] = 5
    assert np.isnan(figure(net, "End cover asked"))


def test_a_spell_lasts_as_long_as_it_is_short_without_a_break() -> None:
    more = decisions() | {
        "lost": frame([[0, 0, 0], [2, 1, 1.5], [0, 0, 0]], "stream", "period"),
    }
    rows = build_tables(network(), more, facts())["Summary"].set_index("KPI")["Value"]
    assert rows["Stock-out spell"] == pytest.approx((21 + 7 + 7) / 3)


def test_stock_that_lasts_longer_than_ninety_days_is_slow() -> None:
    net = network()
    net.places.daily_demand_after[1] = 7 / 100  # the 7 of B at CDC last 100 days
    assert figure(net, "Slow-mover share") == pytest.approx(7 * 20 / 1270)
    net.places.daily_demand_after[1] = 0  # nobody wants them
    assert figure(net, "Slow-mover share") == pytest.approx(7 * 20 / 1270)


def test_what_no_limit_is_stated_for_is_left_out() -> None:
    net = network()
    net.places.max_stock[:] = np.inf
    rows = set(build_tables(net, decisions(), facts())["Summary"]["KPI"])
    assert not {"Excess value", "Expiry value", "Expired value", "Cash minimum"} & rows


def solved(**sheets: Rows) -> pd.Series:
    plan = least_plan({"Lanes": [], **sheets})
    assert plan is not None
    return plan.kpis.set_index("KPI")["Value"]


def test_the_bullwhip_of_a_tier_weighs_products_by_their_value() -> None:
    """All is bought at once, as an order costs 900: 80 of tea (1 each), 24 of nuts (2 each)."""
    lane = {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 1}
    rows = solved(
        Locations=[
            {"Location": "DC", "Tier": "CDC"},
            {"Location": "S1", "Tier": "store", "Holds Stock": "N"},
        ],
        Products=[
            {"Product": "tea", "Unit Value": 1, "Price": 50},
            {"Product": "nut", "Unit Value": 2, "Price": 500},
        ],
        Lanes=[lane],
        Demand=[*demand("S1", "tea", 10, 20, 10, 40), *demand("S1", "nut", 5, 5, 5, 9)],
        Supply=[{"Location": "DC", "Product": "*", "Unit Cost": 2, "Fixed Cost": 900}],
    )
    tea, nut = 1 * (100 + 0 + 100 + 400) / 4, 4 * (1 + 1 + 1 + 9) / 4
    at_once = 1 * 80**2 * 3 / 16 + 4 * 24**2 * 3 / 16
    assert rows["Bullwhip ratio: CDC"] == pytest.approx(at_once / (tea + nut))
    assert rows["Bullwhip ratio: store"] == pytest.approx(1)


def test_goods_whose_last_day_comes_are_told_used_or_not() -> None:
    """Ten that may be used on two more days, four of them are wanted; 3 money each."""
    rows = solved(
        Settings=[
            {"Setting": "start_date", "Value": "2026-01-05"},
            {"Setting": "bucket", "Value": "day"},
        ],
        Locations=[{"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 3, "Price": 50, "Shelf Life": 30}],
        Demand=[
            {"Location": "S1", "Product": "tea", "Period": day, "Quantity": units}
            for day, units in (("2026-01-05", 1), ("2026-01-06", 3), ("2026-01-07", 0))
        ],
        OpeningStock=[
            {"Location": "S1", "Product": "tea", "Quantity": 10, "Expiry Date": "2026-01-06"}
        ],
    )
    assert rows["Expired value"] == pytest.approx(6 * 3)
    assert rows["Expiry value"] == pytest.approx(9 * 3 / 3)  # on the second of three days


def test_what_is_made_for_after_the_horizon_is_left_at_its_end() -> None:
    """Three come out of the recipe a day behind the only day, on which two are wanted."""
    rows = solved(
        Locations=[{"Location": "PL", "Tier": "plant"}],
        Products=[{"Product": "tea", "Unit Value": 1, "Price": 50}],
        Demand=demand("PL", "tea", 2),
        OpeningStock=[{"Location": "PL", "Product": "tea", "Quantity": 2}],
        Recipes=[
            {"Recipe": "R", "Location": "PL", "Output": "tea", "Lead Time": 1, "Unit Cost": 2}
        ],
        Terminal=[{"Rule": "value", "Value": 5, "Quantity": 3, "Level": "location"}],
    )
    assert rows["Total cost"] == pytest.approx(3 * 2 - 3 * 5)
    assert rows["End cover"] == pytest.approx(3 / 2)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_lists", DOCS / "make_lists.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["kpis", "alerts"])
def test_the_pages_of_key_figures_and_alerts_tell_their_lists(
    maker: ModuleType, name: str, language: str
) -> None:
    kept = maker.file_of(name, language).read_text(encoding="utf-8")
    assert kept == maker.page(name, language), "run python docs/make_lists.py"
