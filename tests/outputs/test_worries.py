"""What the first page says a manager should worry about."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import facts

from tierstock.outputs.front import site_moves
from tierstock.outputs.worries import worries

Tables = dict[str, pd.DataFrame]


def said(tables: Tables, **changes: Any) -> list[str]:
    return worries({**tables, **changes}, facts(), "en")


def test_demand_lost_while_stock_stays_is_told_with_the_biggest_case(tables: Tables) -> None:
    assert not [text for text in said(tables) if "shelf" in text]

    stock = tables["Inventory"].copy()
    mine = (stock["Location"] == "R1") & (stock["Product"] == "B")
    stock.loc[mine & stock["Period"].isin(["W1", "W3"]), "Closing"] = [4.0, 0.5]
    (line,) = [text for text in said(tables, Inventory=stock) if "shelf" in text]
    assert line.startswith("Demand lost while stock stays on the shelf: 2 rows of Service, most at")
    assert "R1, B in W1: 2 units lost, 4 kept." in line


def with_cover(tables: Tables, left: float, asked: float) -> pd.DataFrame:
    frame = tables["Summary"].set_index("KPI")
    frame.loc["End cover", "Value"] = left
    frame.loc["End cover asked", "Value"] = asked
    return frame.reset_index()


def test_stock_missing_at_the_end_is_told_in_days_and_money(tables: Tables) -> None:
    few = said(tables, Summary=with_cover(tables, 2.94, 14.0))
    text = (
        "The stock left at the end lasts 2.9 of the 14 days asked; terminal shortfall 102.30 CNY."
    )
    (line,) = [one for one in few if one.startswith(text)]
    assert "terminal_rule = value" in line and "Penalty" in line

    none = said(tables, Summary=with_cover(tables, 2.94, np.nan))
    assert [text for text in none if text.startswith("The stock left at the end is below")]

    costs = tables["Costs"]
    paid = costs[costs["Cost Bucket"] != "terminal shortfall"]
    assert not [text for text in said(tables, Costs=paid) if "left at the end" in text]


def test_limits_broken_by_what_nobody_can_avoid_are_told(tables: Tables) -> None:
    use = tables["CapacityUse"].copy()
    at = use.index[(use["Kind"] == "storage") & (use["Period"] == "W2")][0]
    use.loc[at, ["Used", "Utilisation"]] = [55.0, 55 / 40]
    (line,) = [text for text in said(tables, CapacityUse=use) if "broken" in text]
    assert line.startswith("Limits broken by stock or orders that no decision can avoid: 1, most")
    assert "CDC in W2: 55 of 40" in line
    assert not [text for text in said(tables) if "broken" in text]


@pytest.mark.parametrize(
    ("amounts", "text"),
    [
        ([0.0, 0.0], "Purchases are not priced"),
        ([480.0, 0.0], "Not priced: 50 units are bought or made at no cost at SUP."),
        ([480.0, 400.0], ""),
    ],
)
def test_purchases_without_a_price_are_told(
    tables: Tables, amounts: list[float], text: str
) -> None:
    lines = said(tables, Purchases=tables["Purchases"].assign(Amount=amounts))
    found = [line for line in lines if "priced" in line]
    assert len(found) == bool(text)
    assert all(line.startswith(text) for line in found)


def test_shipments_due_after_the_first_day_of_their_period_are_counted(tables: Tables) -> None:
    sent = tables["Shipments"]
    (line,) = [text for text in said(tables) if text.startswith("Lead times")]
    assert f"4 of {len(sent)} shipments are due up to 2 days after" in line

    exact = sent.assign(**{"Arrive Date": sent["Ship Date"]})
    assert not [text for text in said(tables, Shipments=exact) if text.startswith("Lead times")]


def test_warnings_of_the_check_stand_before_the_rounding_of_lead_times(tables: Tables) -> None:
    lines = worries(tables, facts(warnings=("Careful.",)), "en")
    assert lines[-2] == "Careful."
    assert lines[-1].startswith("Lead times")


def test_a_broken_budget_is_named_without_an_arrow(tables: Tables) -> None:
    use = tables["CapacityUse"].copy()
    use.loc[use.index[0], ["Location", "From", "To"]] = ["", "CAP", ""]
    use.loc[use.index[0], ["Limit", "Extra", "Used", "Utilisation"]] = [100.0, 0.0, 300.0, 3.0]
    (line,) = [text for text in said(tables, CapacityUse=use) if "broken" in text]
    assert "most at CAP in" in line


def test_one_of_a_kind_is_told_in_the_singular(tables: Tables) -> None:
    many = [f"warning {number}" for number in range(5)]
    lines = worries(tables, replace(facts(), warnings=tuple(many)), "en")
    assert "1 more warning in the sheet RunInfo." in lines


def test_what_becomes_of_sites_is_told() -> None:
    rows = [("A", "W1", "N"), ("A", "W2", "Y"), ("B", "W1", "N"), ("B", "W2", "N")]
    sites = pd.DataFrame(rows, columns=["Location", "Period", "Open"])
    assert site_moves(sites, "en") == ["A opens in W2", "B is closed in all periods"]
