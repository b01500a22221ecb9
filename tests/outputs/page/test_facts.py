"""Every figure on the page stands in the sheets."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from shown_plan import PERIODS, Shown, shown

from tierstock.outputs.page.data import page_facts, summary_facts
from tierstock.outputs.page.network import limit_facts
from tierstock.outputs.page.packing import block, pack, unpack


@pytest.fixture(scope="module")
def plan() -> Shown:
    return shown()


@pytest.fixture(scope="module")
def facts(plan: Shown) -> Any:
    """The facts as the browser reads them."""
    return json.loads(block(page_facts(plan.net, plan.spoken, plan.facts, "en")))


def grid(frame: pd.DataFrame, keys: list[str], column: str) -> pd.Series:
    return frame.groupby(keys)[column].sum()


def named(facts: Any, of: str, codes: np.ndarray) -> list[str]:
    return [facts[of]["code"][int(code)] for code in codes]


@pytest.mark.parametrize(
    ("name", "sheet", "columns"),
    [
        ("stock", "Inventory", ["Closing"]),
        ("target", "Inventory", ["Target"]),
        ("missing", "Inventory", ["Shortfall"]),
        ("in", "Inventory", ["Received", "Purchased", "Produced", "Returned"]),
        ("out", "Inventory", ["Shipped", "Consumed"]),
        ("transit", "Inventory", ["In Transit"]),
        ("demand", "Service", ["Demand"]),
        ("served", "Service", ["On Time"]),
    ],
)
def test_each_place_shows_what_the_sheets_say(
    facts: Any, plan: Shown, name: str, sheet: str, columns: list[str]
) -> None:
    places, periods = facts["places"], facts["periods"]["id"]
    keys = ["Location", "Product", "Period"]
    wanted = plan.tables[sheet].set_index(keys)[columns].sum(axis=1).groupby(keys).sum()
    at = named(facts, "locations", unpack(places["location"]))
    of = named(facts, "products", unpack(places["product"]))
    found = unpack(places[name]).reshape(len(at), len(periods))
    there = {
        (location, product, period): found[row, t]
        for row, (location, product) in enumerate(zip(at, of, strict=True))
        for t, period in enumerate(periods)
    }

    assert found.sum() > 0 or wanted.sum() == 0
    assert {key: there[key] for key in wanted.index} == pytest.approx(wanted.to_dict(), abs=5e-4)
    assert sum(there.values()) == pytest.approx(wanted.sum(), abs=0.01)


def test_stock_and_capital_of_each_location_are_those_of_the_sheets(
    facts: Any, plan: Shown
) -> None:
    value = grid(plan.tables["Inventory"], ["Location", "Period"], "Value").unstack()
    codes = facts["locations"]["code"]
    stock = pd.DataFrame(facts["money_at"]["stock"], codes, facts["periods"]["id"])
    capital = np.array(facts["money_at"]["capital"])
    summary = plan.tables["Summary"].set_index("KPI")["Value"]
    use = plan.tables["CapacityUse"]

    assert np.allclose(stock.loc[value.index], value)
    assert capital[:, -1].sum() == pytest.approx(summary["Capital tied up (end)"])
    assert capital.sum(axis=0) == pytest.approx(use[use["Kind"] == "capital"]["Used"].to_numpy())


def test_costs_add_up_to_the_sheet_costs(facts: Any, plan: Shown) -> None:
    costs = facts["costs"]
    shown_costs: dict[tuple[str, str], float] = {}
    for term, at, amount in zip(costs["term"], costs["location"], costs["amount"], strict=True):
        place = "" if at < 0 else facts["locations"]["code"][at]
        shown_costs[costs["terms"][term], place] = amount
    wanted = grid(plan.tables["Costs"], ["Cost Bucket", "Location"], "Amount")

    assert shown_costs == pytest.approx(wanted.to_dict())
    assert sum(shown_costs.values()) == pytest.approx(plan.facts.objective)


def test_service_is_that_of_the_sheet(facts: Any, plan: Shown) -> None:
    service, sheet = facts["service"], plan.tables["Service"]
    at = [facts["locations"]["code"][row] for row in service["location"]]
    for name, column in (("demand", "Demand"), ("served", "On Time"), ("lost", "Lost")):
        found = pd.DataFrame(service[name], at, facts["periods"]["id"])
        wanted = grid(sheet, ["Location", "Period"], column).unstack()
        assert np.allclose(found.groupby(level=0).sum().loc[wanted.index], wanted)
    channels = facts["locations"]["channels"]
    assert [channels[row] for row in service["channel"]] == ["shop", "web"]


def test_flows_are_the_shipments(facts: Any, plan: Shown) -> None:
    flows, codes = facts["flows"], facts["locations"]["code"]
    ends = [
        (codes[one], codes[other]) for one, other in zip(flows["from"], flows["to"], strict=True)
    ]
    for name, column in (("units", "Quantity"), ("money", "Value")):
        found = unpack(flows[name]).reshape(len(ends), -1).sum(axis=1)
        wanted = grid(plan.tables["Shipments"], ["From", "To"], column)
        assert dict(zip(ends, found, strict=True)) == pytest.approx(wanted.to_dict())
    kinds = [flows["kinds"]["en"][kind] for kind in flows["kind"]]
    assert kinds[ends.index(("SHOP-N", "SHOP-S"))] == "transfer"


def test_limits_are_those_of_the_sheet(facts: Any, plan: Shown) -> None:
    use, limits = plan.tables["CapacityUse"], facts["limits"]

    assert limits["kind"] == list(use["Kind"].drop_duplicates())
    for name, column in (("limit", "Limit"), ("used", "Used"), ("share", "Utilisation")):
        assert unpack(limits[name]) == pytest.approx(use[column].to_numpy(), abs=5e-4)


def test_lanes_of_two_modes_between_two_places_are_two_limits(plan: Shown) -> None:
    names = {"Location": "", "Zone": "", "From": "CDC", "To": "SHOP-N"}
    rows = [
        {**names, "Kind": "lane", "Dimension": "unit", "Period": period, "Limit": most, "Used": 2.0}
        for period in PERIODS
        for most in (7.0, 5.0)
    ]
    made: Any = limit_facts(plan.net, pd.DataFrame(rows), {"en": "CNY", "zh": "CNY"})

    assert made["kind"] == ["lane", "lane"]
    assert unpack(made["limit"]).tolist() == [7.0] * 4 + [5.0] * 4


def test_tables_hold_the_rows_of_the_sheets_the_most_important_first(
    facts: Any, plan: Shown
) -> None:
    moves, short = facts["tables"]["Shipments"], facts["tables"]["Service"]
    worth = plan.tables["Shipments"]["Value"].sort_values(ascending=False)
    lost = plan.tables["Service"]["Lost"]

    assert column(moves, "Value") == pytest.approx(worth.to_numpy(), abs=5e-4)
    assert column(short, "Lost") == pytest.approx(sorted(lost[lost > 0], reverse=True))
    assert moves["of"] == len(worth)


def column(sheet: Any, name: str) -> list[float]:
    (found,) = (one for one in sheet["columns"] if one["name"] == name)
    return list(unpack(found["values"]))


def test_a_promotion_shows_its_uplift_and_what_was_ready(facts: Any) -> None:
    (nuts,) = facts["promotions"]

    assert facts["products"]["code"][nuts["product"]] == "NUT"
    assert (nuts["first"], nuts["last"]) == (1, 1)
    assert [facts["locations"]["code"][at] for at in nuts["locations"]] == ["SHOP-S"]
    assert (nuts["promotion"], nuts["usual"], nuts["ready"]) == ([15], [20], [0])
    assert (nuts["short"], nuts["when"]) == ([0], [[]])


def test_remaining_life_counts_from_the_first_day(facts: Any) -> None:
    life = facts["life"]

    assert list(unpack(life["days"])) == [14]  # made on 31 December, 20 days with that one
    assert list(unpack(life["units"])) == [5]
    assert list(unpack(life["money"])) == [100]


def test_what_a_plan_does_not_have_is_absent(facts: Any, plan: Shown) -> None:
    assert "Alerts" not in facts["tables"] and "baseline" not in facts["summary"]
    alerts = pd.DataFrame(
        {
            "Scenario": ["base"],
            "Location": ["SHOP-S"],
            "Product": ["NUT"],
            "Period": ["2026-W02"],
            "Quantity": [20.0],
            "Money At Risk": [1000.0],
        }
    )
    spoken = {
        one: {**plan.tables, "Alerts": alerts.assign(Suggestion=text)}
        for one, text in (("en", "Ship more"), ("zh", "多发货"))
    }
    tables: Any = page_facts(plan.net, spoken, plan.facts, "zh")["tables"]
    words = {one["name"]: one["words"] for one in tables["Alerts"]["columns"] if "words" in one}

    assert tables["Alerts"]["rows"] == 1
    assert words["Suggestion"] == {"en": ["Ship more"], "zh": ["多发货"]}
    assert words["Location"] == {"en": ["SHOP-S"]}


@pytest.mark.parametrize(
    ("values", "scale"),
    [([1.0, 2.0, 0.0], 1), ([0.5, 2.25], 100), ([1 / 3, 7.0], 1000), ([5e6 + 1 / 3], 100)],
)
def test_packed_numbers_come_back(values: list[float], scale: int) -> None:
    packed = pack(np.array([*values, np.nan]))

    assert packed["s"] == scale
    assert unpack(packed)[:-1] == pytest.approx(np.array(values), abs=0.5 / scale, rel=0)
    assert np.isnan(unpack(packed)[-1])


def test_a_share_beside_much_money_keeps_its_digits() -> None:
    kept = unpack(pack(np.array([50_000_000.5, 0.9734]), fine=True))
    assert kept == pytest.approx([50_000_000.5, 0.9734], rel=1e-3)


def test_key_figures_of_a_large_network_are_those_of_summary(plan: Shown) -> None:
    summary = plan.tables["Summary"]
    dear = summary.assign(Value=summary["Value"].where(summary["Unit"] == "%", 1e8 + 0.3))
    columns: Any = summary_facts(dear, {"en": "CNY", "zh": "CNY"})["sheet"]
    (packed,) = (one["values"] for one in columns["columns"] if one["name"] == "Value")
    assert unpack(packed) == pytest.approx(dear["Value"].to_numpy(), rel=1e-3, nan_ok=True)


def test_huge_numbers_are_packed_whole() -> None:
    assert list(unpack(pack(np.array([3e9, 0.25])))) == [3e9, 0.25]
