"""Every planted problem is told, with its money and a remedy, and little else."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, facts, network
from planted_alerts import Planted, Shop, planted
from small import demand, tables

import tierstock as ts
from tierstock.outputs.alerts import KINDS, Limits, Scene, alerts, kinds_of, pairs, slow_movers
from tierstock.outputs.alerts.anomaly import anomalies
from tierstock.outputs.alerts.capacity import capacity
from tierstock.outputs.alerts.table import definitions
from tierstock.outputs.tables import build_tables

Found = dict[str, tuple[int, int, int]]
"""Kind -> planted, planted and told, told and not planted."""


def told(scene: Planted) -> Found:
    frame = alerts(scene.scene, "en")
    found: Found = {}
    for kind in KINDS:
        mine = frame[frame["Kind"] == kind]
        cells, truth = set(zip(mine["Location"], mine["Product"], strict=True)), scene.truth[kind]
        found[kind] = len(truth), len(cells & truth), len(cells - truth)
    listed = pairs(scene.scene)
    exact = set(zip(listed["Product"], listed["From"], listed["To"], strict=True))
    rich = scene.truth["excess"] | scene.truth["slow"]
    poor = scene.truth["stock-out"] | scene.truth["late"]
    wrong = sum((a, p) not in rich or (b, p) not in poor for p, a, b in exact)
    found["pair"] = len(scene.pairs), len(exact & scene.pairs), wrong
    return found


def show(found: Found, name: str) -> None:
    print(f"\n{name}")
    for kind, (there, hit, wrong) in found.items():
        print(f"  {kind:10} planted {there:4}  told {hit:4}  false {wrong:3}")


def assert_good(found: Found) -> None:
    for kind, (there, hit, wrong) in found.items():
        assert hit >= 0.95 * there, kind
        assert wrong <= 0.05 * max(hit + wrong, 1), kind


@pytest.fixture(scope="module")
def problems() -> Planted:
    return planted(seed=7)


def test_planted_problems_are_told_and_nothing_else(problems: Planted) -> None:
    found = told(problems)
    show(found, "12 stores, 50 products")
    assert found["pair"][0] >= 40
    assert sum(there for kind, (there, _, _) in found.items() if kind != "pair") >= 30
    assert found["slow"][0] == round(0.08 * 600)
    assert_good(found)


@pytest.mark.slow
def test_planted_problems_are_told_in_many_networks() -> None:
    total: Found = {}
    for seed in range(20):
        found = told(planted(seed, stores=16, products=60, pairs=45, each=12, full=4))
        for kind, counts in found.items():
            old = total.get(kind, (0, 0, 0))
            total[kind] = tuple(a + b for a, b in zip(old, counts, strict=True))  # type: ignore[assignment]
    show(total, "20 networks, 16 stores, 60 products")
    assert_good(total)


def test_planted_spikes_are_told_in_their_own_period(problems: Planted) -> None:
    frame = alerts(problems.scene, "en")
    frame = frame[frame["Kind"] == "anomaly"]
    when = {
        (row["Location"], row["Product"]): row["Period"] for row in frame.to_dict(orient="records")
    }
    assert {cell: f"W{week + 1:02d}" for cell, week in problems.spikes.items()} == when


@pytest.mark.slow
@pytest.mark.parametrize("noise", ["normal 0.2", "lognormal 0.25", "poisson 25", "season", "trend"])
def test_quiet_series_are_rarely_told(noise: str) -> None:
    random, (count, weeks) = np.random.default_rng(3), (2000, 13)
    shape = (count, weeks)
    season = 1 + 0.5 * np.sin(np.arange(weeks) / weeks * 2 * np.pi)
    made = {
        "normal 0.2": lambda: 60 * random.normal(1, 0.2, shape),
        "lognormal 0.25": lambda: 60 * np.exp(random.normal(0, 0.246, shape)),
        "poisson 25": lambda: random.poisson(25, shape),
        "season": lambda: 60 * season * random.normal(1, 0.15, shape),
        "trend": lambda: 60 * np.linspace(1, 3, weeks) * random.normal(1, 0.15, shape),
    }[noise]()
    shop = Shop(3, 20, count // 20)
    shop.demand = dict(zip(shop.cells, np.maximum(np.round(made), 0.0), strict=True))
    shop.fed = {cell: row.copy() for cell, row in shop.demand.items()}
    frame = alerts(shop.done(0).scene, "en")
    wrong = int((frame["Kind"] == "anomaly").sum())
    print(f"\n{noise}: {wrong} told in {count} quiet series")
    assert wrong <= 0.02 * count


def by_hand_scene() -> Scene:
    net = network()
    return Scene(net, build_tables(net, decisions(), facts()))


def row(frame: pd.DataFrame, kind: str, location: str, product: str = "") -> dict[str, Any]:
    mine = (frame["Kind"] == kind) & (frame["Location"] == location)
    (found,) = frame[mine & (frame["Product"] == product)].to_dict(orient="records")
    return {str(name): value for name, value in found.items()}


def test_money_is_what_the_plan_charges() -> None:
    frame = alerts(by_hand_scene(), "en")
    lost, owed = row(frame, "stock-out", "R1", "B"), row(frame, "stock-out", "R2", "A")
    assert (lost["Quantity"], lost["Money At Risk"], lost["Period"]) == (3.5, 140.0, "W1")
    assert owed["Quantity"] == 12
    assert owed["Money At Risk"] == pytest.approx(33 * 12 + 1.5 * 12)
    above = row(frame, "excess", "CDC", "A")
    assert (above["Quantity"], above["Period"]) == (3.0, "W3")
    assert above["Money At Risk"] == pytest.approx(3 * 0.1 + 3 * 0.7)
    late = row(frame, "late", "R2", "A")
    price = (33 * 12 + 1.5 * 36) / 29  # of a unit that is short: 17 in W1, 12 in W3
    assert late["Quantity"] == 15 + 8
    assert late["Money At Risk"] == pytest.approx((15 * 17 / 17 + 8) * price)
    assert "Order F-1 comes in W2" in owed["Suggestion"]
    extra = frame[(frame["Kind"] == "capacity") & (frame["Quantity"] == 110)]
    assert list(extra["Money At Risk"]) == [1.25 * 30]


def test_limits_of_ones_own_count() -> None:
    scene = by_hand_scene()
    often = Scene(scene.net, scene.tables, Limits(excess_days=3, full_periods=4))
    frame = alerts(often, "en")
    assert row(frame, "excess", "R2", "A")["Quantity"] > 0  # 6.7 days of cover in W2
    assert kinds_of(frame)["capacity"] == 1  # what is exceeded, not what is only full


def test_levels_follow_the_money_and_the_worst_comes_first() -> None:
    frame = alerts(by_hand_scene(), "en")
    order = frame["Level"].map({"high": 0, "medium": 1, "low": 2})
    assert order.is_monotonic_increasing
    for _, part in frame.groupby("Level"):
        assert part["Money At Risk"].is_monotonic_decreasing
    assert set(frame.loc[frame["Money At Risk"] >= 30, "Level"]) == {"high"}
    assert set(frame.loc[frame["Money At Risk"] == 0, "Level"]) == {"low"}
    assert kinds_of(frame) == {"stock-out": 2, "excess": 1, "capacity": 2, "late": 1}


def shelf(**more: Any) -> ts.Plan:
    """A store with a hundred units that nobody needs, and one with a single one that needs 36."""
    net = tables(
        Locations=[
            {"Location": "FULL", "Tier": "store"},
            {"Location": "BARE", "Tier": "store"},
        ],
        Products=[{"Product": "tea", "Unit Value": 4, "Price": 9}],
        Demand=[{"Location": "BARE", "Product": "tea", "Quantity": 36, "Period": "W1"}],
        OpeningStock=[
            {"Location": "FULL", "Product": "tea", "Quantity": 100},
            {"Location": "BARE", "Product": "tea", "Quantity": 1},
        ],
        Settings=[
            {"Setting": "start_date", "Value": "2026-01-05"},
            {"Setting": "bucket", "Value": "week"},
        ],
        **more,
    )
    return ts.solve(ts.build(ts.read(net)), progress=False)


@pytest.fixture(scope="module")
def plan() -> ts.Plan:
    return shelf()


def test_a_surplus_without_a_lane_is_named_with_its_amount(plan: ts.Plan) -> None:
    (pair,) = plan.pairs.to_dict(orient="records")
    assert (pair["From"], pair["To"], pair["Quantity"]) == ("FULL", "BARE", 35)
    assert (pair["Lane"], pair["In Time"], pair["Arrive Period"]) == ("N", "N", "")
    said = plan.alerts.set_index("Kind")["Suggestion"]
    assert said["stock-out"].startswith("FULL has 35 to spare, but no open lane leads here")
    assert said["slow"].startswith("BARE runs short of 35 of it, but no open lane")
    assert plan.views()["SlowMovers"]["Action"].tolist() == ["transfer"]


def test_a_surplus_with_a_lane_says_when_to_send_it() -> None:
    lane = {"From": "FULL", "To": "BARE", "Lead Time": 0, "Unit Cost": 900, "Kind": "transfer"}
    plan = shelf(Lanes=[lane])
    (pair,) = plan.pairs.to_dict(orient="records")
    assert (pair["Lane"], pair["In Time"], pair["Arrive Period"]) == ("Y", "Y", "W1")
    said = plan.alerts.set_index("Kind")["Suggestion"]
    assert said["stock-out"].startswith("Send 35 from FULL in W1")


def test_past_sales_clear_slow_stock_and_show_what_is_usual(plan: ts.Plan) -> None:
    sold = pd.DataFrame(
        {
            "Location": "FULL",
            "Product": "tea",
            "Date": pd.date_range("2025-10-01", "2026-01-04").astype(str),
            "Sales": 2.0,
        }
    )
    assert "slow" in set(plan.alerts["Kind"])
    assert "slow" not in set(plan.find_alerts(history=sold)["Kind"])

    usual = sold.assign(Location="BARE", Sales=1.0)
    odd = plan.find_alerts(history=pd.concat([usual, sold.assign(Sales=0.1)]))
    spike = row(odd, "anomaly", "BARE", "tea")
    assert (spike["Period"], spike["Quantity"], spike["Money At Risk"]) == ("W1", 29, 4 * 29)
    scene = Scene(plan.network, plan.tables, history=sold.assign(Sales=0.01))
    (mover,) = slow_movers(scene).to_dict(orient="records")
    assert mover["Last Movement"] == pd.Timestamp("2026-01-04")
    assert (mover["Stock"], mover["Value"], mover["Action"]) == (100, 400, "transfer")


def test_days_without_stock_are_no_low_sales(plan: ts.Plan) -> None:
    days = pd.date_range("2025-10-01", "2026-01-04")
    out = np.arange(len(days)) % 7 < 5
    sold = pd.DataFrame({"Location": "BARE", "Product": "tea", "Date": days.astype(str)})
    sold["Sales"] = np.where(out, 0.0, 5.0)
    assert "anomaly" in set(plan.find_alerts(history=sold)["Kind"])
    sold["Stock Out"] = np.where(out, "Y", "N")
    assert "anomaly" not in set(plan.find_alerts(history=sold)["Kind"])
    # Weeks that never had any count as usual ones, whatever is booked on their days.
    sold.loc[sold.index >= 40, "Sales"] = 9.0
    sold.loc[sold.index >= 40, "Stock Out"] = "Y"
    assert "anomaly" not in set(plan.find_alerts(history=sold)["Kind"])


def test_stock_that_sells_on_the_days_it_is_there_is_not_slow(plan: ts.Plan) -> None:
    days = pd.date_range("2025-10-01", "2026-01-04")
    out = np.arange(len(days)) % 2 == 0
    sold = pd.DataFrame({"Location": "FULL", "Product": "tea", "Date": days.astype(str)})
    sold["Sales"] = np.where(out, 0.0, 2.0)  # 100 there: 1 a day lasts 100 days, 2 a day 50
    assert "slow" in set(plan.find_alerts(history=sold)["Kind"])
    sold["Stock Out"] = np.where(out, "Y", "N")
    assert "slow" not in set(plan.find_alerts(history=sold)["Kind"])


def test_an_unusual_demand_counts_the_days_of_each_of_its_periods() -> None:
    # 700 a week is usual. Two periods of 2 and 4 weeks have four times as much: 3 x 700 x 6.
    starts = pd.to_datetime("2026-01-05") + pd.to_timedelta([0, 7, 14, 21, 35, 63, 70, 77], "D")
    weeks = [1, 1, 1, 2, 4, 1, 1, 1]
    wanted = [700 * n * (4 if n > 1 else 1) for n in weeks]
    net = ts.read(
        tables(
            Periods=[
                {"Period": str(t), "Start Date": str(day.date())}
                for t, day in enumerate(starts, start=1)
            ],
            Locations=[{"Location": "S1", "Tier": "store"}],
            Products=[{"Product": "tea", "Unit Value": 2, "Price": 5}],
            Demand=demand("S1", "tea", *wanted),
            OpeningStock=[{"Location": "S1", "Product": "tea", "Quantity": 1}],
        )
    )
    assert net.periods.days.tolist() == [7 * n for n in weeks]
    found = anomalies(Scene(net, {}))
    assert found.quantity.round(6).tolist() == [3 * 700 * 6]
    assert found.money.round(6).tolist() == [2 * 3 * 700 * 6]


def test_two_modes_that_are_full_at_once_are_full_in_one_period() -> None:
    net = network()
    lane: dict[str, Any] = {"Location": "", "Zone": "", "From": "CDC", "To": "R1", "Kind": "lane"}
    lane |= {"Dimension": "unit", "Extra": 0.0}
    used = {"W1": (7.0, 5.0), "W2": (1.0, 5.0), "W3": (0.0, 0.0)}
    rows = [
        {**lane, "Period": period, "Limit": most, "Used": much}
        for period, both in used.items()
        for most, much in zip((7.0, 5.0), both, strict=True)
    ]
    found = capacity(Scene(net, {"CapacityUse": pd.DataFrame(rows)}))
    assert found.quantity.tolist() == [5.0]  # the other mode is full in W1 alone
    assert found.advice[0].values["count"] == 2


def test_a_unit_that_lacks_is_missed_in_one_order_only() -> None:
    net = ts.read(
        tables(
            Settings=[{"Setting": "start_date", "Value": "2026-01-05"}],
            Locations=[{"Location": "S1", "Tier": "store"}],
            Products=[{"Product": "tea", "Unit Value": 10, "Price": 20}],
            Demand=demand("S1", "tea", 10, 0, 5, 0),
            InTransit=[
                {"To": "S1", "Product": "tea", "Quantity": q, "Due Date": day, "Order No": name}
                for name, q, day in (("B", 9, "2026-01-08"), ("A", 8, "2026-01-06"))
            ],
        )
    )
    plan = ts.solve(ts.build(net), gap=0)
    late = row(plan.alerts, "late", "S1", "tea")
    assert (late["Quantity"], late["Money At Risk"]) == (10, 200)
    assert late["Suggestion"].startswith("Order A comes in 2, too late for 8 of its units")


def test_goods_that_outlive_the_plan_but_not_their_demand_are_told() -> None:
    net = tables(
        Locations=[{"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "milk", "Unit Value": 3, "Price": 5, "Shelf Life": 30}],
        Demand=demand("S1", "milk", 10, 10),
        OpeningStock=[
            {"Location": "S1", "Product": "milk", "Quantity": q, "Lot": lot, "Expiry Date": day}
            for lot, q, day in (("A", 15, "2026-01-05"), ("B", 40, "2026-01-08"))
        ],
    )
    plan = ts.solve(ts.build(ts.read(net)), gap=0, progress=False)
    found = row(plan.alerts, "expiry", "S1", "milk")
    scrapped = plan.inventory["Scrapped"].sum()
    left = plan.inventory["Closing"].iloc[-1]
    assert scrapped == 5  # of A, of which one day sells ten
    assert left == 30
    assert found["Quantity"] == pytest.approx(scrapped + left - 10 * 2)  # two days behind the plan
    assert found["Money At Risk"] >= 3 * found["Quantity"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_is_defined_in_words_and_speaks_the_language(
    problems: Planted, language: str
) -> None:
    assert list(definitions()) == list(KINDS)
    for words in definitions().values():
        assert all(words[f"{part}_{language}"] for part in ("when", "quantity", "money"))
    said = alerts(problems.scene, language)["Suggestion"]
    chinese = said.str.contains("[\u4e00-\u9fff]")
    assert chinese.all() if language == "zh" else not chinese.any()
