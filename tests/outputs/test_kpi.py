"""Key figures, worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, facts, network

from tierstock.inputs.network import Network
from tierstock.inputs.schema import say
from tierstock.outputs.kpi import KPIS, about
from tierstock.outputs.tables import build_tables

DAILY = (70 * 10 + 10 * 20 + 80 * 11) / 21
"""Demand of the three weeks at standard cost, per day."""

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
    "Lost units": 3.5,
    "Owed at the end": 12,
    "Stock-out rate": 4 / 9,
    "Safety stock missing": (8 + 5 + 6) / 3,
    "Stock value (opening)": 100 * 10 + 12 * 20 + 40 * 10 + 2 * 20 + 5 * 11,
    "Stock value (average)": (790 + 1065 + 1270) / 3,
    "Stock value (end)": 93 * 10 + 7 * 20 + 20 * 10,
    "Shipments": 8,
    "Transfers": 1,
    "Transfer quantity": 10,
    "Transfer value": 110,
    "Vehicle trips": 8,
    "Vehicle fill": (3 * 0.8 + 0.48 + 4) / 8,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_key_figure_is_what_was_worked_out(name: str, tables: dict[str, pd.DataFrame]) -> None:
    figures = tables["Summary"].set_index("KPI")["Value"]
    assert figures[name] == pytest.approx(EXPECTED[name])


def test_turnover_is_a_year_of_issues_over_average_stock(tables: dict[str, pd.DataFrame]) -> None:
    figures = tables["Summary"].set_index("KPI")["Value"]
    issues = 70 * 10 + 6.5 * 20 + 70 * 11
    wanted = issues * 365 / 21 / figures["Stock value (average)"]
    assert figures["Inventory turnover"] == pytest.approx(wanted)


def test_every_key_figure_is_defined_in_both_languages() -> None:
    assert list(about()) == list(KPIS)
    for name in KPIS:
        assert say(name, "zh", kind="kpi") != name


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
