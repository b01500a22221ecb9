"""The list of actions: moves that are due, what they save, why, and in which order."""

import math
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from small import demand
from two_shops import acted_on, two_shops

import tierstock as ts

DAYS = [f"{who} Days {when}" for who in ("Donor", "Receiver") for when in ("Before", "After")]


@pytest.fixture(scope="module")
def plan() -> ts.Plan:
    return acted_on(ts.solve(ts.build(two_shops()), gap=0.0, progress=False))


def test_the_list_holds_the_moves_of_the_first_week_most_worthwhile_first(plan: ts.Plan) -> None:
    rows = plan.actions
    ways = list(zip(rows["Action"], rows["From"], rows["To"], rows["Quantity"], strict=True))
    assert ways[0] == ("transfer", "S1", "S2", 20)
    assert sorted(ways[1:]) == [
        ("buy", "", "SUP", 30),
        ("replenish", "DC", "S2", 70),
        ("replenish", "SUP", "DC", 30),
    ]
    assert rows["Rank"].tolist() == [1, 2, 3, 4]
    assert rows["Cases"].tolist()[0] == 2.0
    assert (rows["Saving"].diff().dropna() <= 0).all()
    assert (rows["Do By"] == pd.Timestamp("2026-01-05")).all()
    assert plan.moves.later == 4


def test_a_saving_is_what_the_best_plan_without_the_move_costs_more(plan: ts.Plan) -> None:
    """Without the transfer 20 units are lost (400); lane (4) and a later stock are spared."""
    for action, origin, to, saving in zip(
        *(plan.actions[name] for name in ("Action", "From", "To", "Saving")), strict=True
    ):
        m = ts.build(two_shops())
        family = m.purchase if action == "buy" else m.flow
        for key in family:
            place, _, period = key
            if period == "1" and place == (to if action == "buy" else f"{origin}→{to}"):
                family[key].fix(0.0)
        again = ts.solve(m, gap=0.0, progress=False)
        assert saving == pytest.approx(again.objective - plan.objective, abs=1e-6), (action, to)


def test_days_of_cover_are_those_of_inventory_with_and_without_the_move(plan: ts.Plan) -> None:
    first = plan.actions.iloc[0]
    assert first[DAYS].tolist() == pytest.approx([5.25, 1.75, 0.0, 0.0])
    sent = plan.actions.set_index("From").loc["DC"]
    stock = plan.inventory.set_index(["Location", "Period"])["Days Cover"]
    assert sent["Donor Days After"] == pytest.approx(stock["DC", "1"])
    assert sent["Receiver Days After"] == pytest.approx(stock["S2", "2"])


def test_what_rounding_leaves_of_a_stock_lasts_for_no_day(tmp_path: Path) -> None:
    """0.8 less 0.7 less 0.1 is 8e-17 in a computer; no demand would use that up for weeks."""
    few = two_shops(
        Demand=demand("S1", "tea", 0, 0, 0.7, 0.1, 0, 0) + demand("S2", "tea", 1, 0, 0, 0, 0, 0),
        OpeningStock=[{"Location": "S1", "Product": "tea", "Quantity": 1.8}],
        Products=[{"Product": "tea", "Unit Value": 10, "Price": 20}],
        Vehicles=[{"Vehicle": "van", "Max Weight": 100, "Cost Per Trip": 50}],
        Lanes=[
            {"From": "SUP", "To": "DC", "Lead Time": 7, "Unit Cost": 1},
            {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 0.5},
            {"From": "DC", "To": "S2", "Lead Time": 7, "Unit Cost": 0.5},
            {"From": "S1", "To": "S2", "Lead Time": 0, "Unit Cost": 0.2},
        ],
    )
    plan = acted_on(ts.solve(ts.build(few), gap=0.0, progress=False))
    stock = plan.inventory.set_index(["Location", "Period"])
    assert stock["Closing"]["S1", "1"] == pytest.approx(0.8)
    assert stock["Days Cover"]["S1", "1"] == pytest.approx(21)
    moved = plan.actions.set_index("Action").loc["transfer"]
    assert moved["Donor Days After"] == pytest.approx(21)
    assert plan.save(tmp_path / "plan.xlsx").passed


def test_reasons_name_the_shortage_in_both_languages(plan: ts.Plan) -> None:
    assert plan.actions["Reason"][0] == "Without it S2 runs short of about 20 units, from 1 on."
    assert plan.find_actions("zh")["Reason"][0] == "若不执行，S2 自 1 起约缺 20 件。"
    other = plan.actions.set_index(["From", "To"])["Reason"]["DC", "S2"]
    assert other == "Raises the cover at S2 from 0.0 days to 14.0 days in 2."


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_has_the_sheet_and_shipments_their_savings(
    tmp_path: Path, plan: ts.Plan, language: str
) -> None:
    path = tmp_path / "plan.xlsx"
    assert plan.save(path, language=language).passed
    book = openpyxl.load_workbook(path)
    title, head = ("行动清单", "不执行损失") if language == "zh" else ("Actions", "Saving")
    cells = [[cell.value for cell in row] for row in book[title].iter_rows()]
    assert cells[1][2] == ("调拨" if language == "zh" else "transfer")
    sheet = book["调拨与补货计划" if language == "zh" else "Shipments"]
    heads = [str(cell.value).split(" (")[0] for cell in sheet[1]]
    told = [row[heads.index(head)].value for row in sheet.iter_rows(min_row=2)]
    assert [value is not None for value in told] == [True] * 3 + [False] * 3
    assert told[1] == pytest.approx(plan.actions["Saving"][0])


def test_an_objective_of_ones_own_has_no_savings() -> None:
    m = ts.build(two_shops())
    m.cost.expr = m.cost.expr * 2
    plan = ts.solve(m, gap=0.0, progress=False)
    assert all(math.isnan(one) for one in plan.actions["Saving"])
    assert np.isfinite(plan.actions["Quantity"]).all()
