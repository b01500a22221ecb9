"""Three clients' briefs, entered sentence by sentence, and what their plans keep."""

from pathlib import Path

import pandas as pd
import pytest

import tierstock as ts
from tierstock.inputs.fingerprint import fingerprint
from tierstock.inputs.samples import sample
from tierstock.plan import Plan

BRIEFS = ("quarter", "promotion", "medicine")
DATA = {"Locations", "Products", "Demand", "OpeningStock"}
"""Master data, demand, and the stock that was counted."""


def planned(name: str, gap: float) -> Plan:
    return ts.solve(
        ts.build(ts.read(sample(name))), gap=gap, time_limit=40, threads=2, progress=False
    )


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_takes_few_sheets_and_rows(name: str) -> None:
    sheets = sample(name)
    assert len(sheets) <= 12
    assert sum(len(rows) for title, rows in sheets.items() if title not in DATA) <= 40


@pytest.mark.parametrize("name", BRIEFS)
def test_both_languages_say_the_same(name: str) -> None:
    english, chinese = (ts.read(sample(name, language)) for language in ("en", "zh"))
    assert fingerprint(english) == fingerprint(chinese)


def test_a_plan_of_chinese_words_passes_its_audit(tmp_path: Path) -> None:
    plan = ts.solve(ts.build(ts.read(sample("medicine", "zh"))), progress=False)
    assert plan.save(tmp_path / "medicine.plan.xlsx").passed


def test_the_quarter_moves_goods_as_the_brief_says(tmp_path: Path) -> None:
    plan = planned("quarter", 0.3)
    assert plan.save(tmp_path / "quarter.plan.xlsx").passed

    moves = plan.shipments[plan.shipments["Kind"] == "transfer"]
    region = sample("quarter")["Locations"].set_index("Location")["Region"]
    assert len(moves) > 0
    assert (moves["From"].map(region) == moves["To"].map(region)).all()
    assert moves.groupby("Ship Period").size().max() <= 20

    cover = plan.inventory.set_index(["Location", "Product", "Period"])["Days Cover"]
    donors = pd.MultiIndex.from_frame(moves[["From", "Product", "Ship Period"]])
    assert cover.reindex(donors).min() >= 10 - 1e-6

    trips = plan.tables["VehicleUse"]
    assert set(trips["Vehicle"]) <= {"T18", "P12"} and trips["Fill %"].max() <= 1 + 1e-9


def test_the_promotion_serves_the_web_first_and_supermarkets_fresh(tmp_path: Path) -> None:
    plan = planned("promotion", 0.02)
    assert plan.save(tmp_path / "promotion.plan.xlsx").passed

    asked = plan.service.pivot_table(
        index="Period", columns="Class", values="Demand", aggfunc="sum", sort=False
    )
    lifted = asked["WEB"] / asked["WEB"].median() > 1.3
    assert list(lifted[lifted].index) == ["2026-W07", "2026-W08"]

    old = sample("promotion")
    old["ServiceClasses"] = old["ServiceClasses"].drop(columns="Min Life Share")
    careless = ts.solve(ts.build(ts.read(old)), gap=0, progress=False)
    assert careless.cost <= plan.bound + 1e-6


def test_old_goods_do_not_reach_supermarkets() -> None:
    few = sample("promotion")
    stale = few["OpeningStock"]["Production Date"] == "2025-12-29"
    few["OpeningStock"].loc[stale, "Production Date"] = "2025-11-24"
    few["Supply"]["Max"] = 0
    plan = ts.solve(ts.build(ts.read(few)), gap=0, progress=False)
    served = plan.service.groupby("Class")["Issued"].sum()

    assert served["SUPERMARKET"] == pytest.approx(0.0)
    assert served["WEB"] > 0


def test_the_medicine_keeps_class_a_served_and_capital_under_its_cap(tmp_path: Path) -> None:
    plan = planned("medicine", 0.01)
    assert plan.save(tmp_path / "medicine.plan.xlsx").passed

    served = plan.service[plan.service["Class"] == "A"]
    assert served["Lost"].sum() == 0 and (served["Stock Out"] == "N").all()

    value = sample("medicine")["Products"].set_index("Product")["Unit Value"]
    stock = plan.inventory.assign(
        money=(plan.inventory["Closing"] + plan.inventory["In Transit"])
        * plan.inventory["Product"].map(value)
    )
    capital = stock.groupby("Period", sort=False)["money"].sum()
    over = capital > 20e6 + 1
    assert capital.iloc[-1] <= 20e6 + 1
    assert (over.astype(int).diff().fillna(0) <= 0).all()  # once under the cap, it stays there


def test_today_s_excess_over_the_cap_is_told_with_its_amount() -> None:
    told = ts.read(sample("medicine")).findings
    assert told is not None
    (message,) = told[told["code"] == "budget-over-today"]["message"]
    assert "23399880" in message.replace(",", "") and "2026-01-05" in message
