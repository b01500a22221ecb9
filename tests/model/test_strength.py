"""Strengthening changes what the solver sees, never what is best."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pyomo.environ as pyo
import pytest
from all_cases import ALL
from cases_strength import CASES
from families import TEA, TWO, lane, stock
from in_process import frames, least_of
from random_networks import drawn
from small import Rows, cost, demand, tables
from turns import PARTS, part

import tierstock as ts
from tierstock.inputs import Network
from tierstock.model import PLAIN, Strength

GOLDEN = Path(__file__).parent.parent / "golden"
FULL = Strength(windows=True, trucks=True)
BATCH = 10


def net_of(**sheets: Rows) -> Network:
    return ts.read(tables(**sheets))


def rows(m: pyo.ConcreteModel, name: str) -> int:
    family = m.component(name)
    return 0 if family is None else len(family)


@pytest.mark.parametrize("name", CASES)
def test_the_inequalities_are_the_stored_ones(name: str, tmp_path: Path) -> None:
    m, path = ts.build(net_of(**CASES[name].sheets), strength=FULL), tmp_path / "model.lp"
    m.write(str(path), io_options={"symbolic_solver_labels": True})
    stored = GOLDEN / f"strong_{name}.lp"
    assert path.read_text(encoding="utf-8") == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("turn", part(map(str, range(PARTS)), 0))
def test_hand_solved_networks_with_whole_numbers_cost_the_same_with_nothing_added(
    turn: str,
) -> None:
    stored = {name: (GOLDEN / f"{name}.lp").read_text(encoding="utf-8") for name in ALL}
    names = [name for name, text in stored.items() if re.search("^(binary|general)", text, re.M)]
    assert len(names) > 80
    found = {
        name: least_of(ts.build(net_of(**ALL[name].sheets), strength=PLAIN))
        for name in names[int(turn) :: PARTS]
    }
    wrong = {
        name: (value, ALL[name].optimum)
        for name, value in found.items()
        if value != pytest.approx(ALL[name].optimum, abs=1e-6)
    }
    assert wrong == {}


@pytest.mark.parametrize("first", range(0, 60, BATCH))
def test_random_networks_cost_the_same_with_and_without_strength(first: int) -> None:
    found = {}
    for seed in range(first, first + BATCH):
        net = ts.read(frames(drawn(seed).short))
        found[seed] = [least_of(ts.build(net, strength=strength)) for strength in (PLAIN, FULL)]
    for seed, (plain, full) in found.items():
        assert full == (None if plain is None else pytest.approx(plain, rel=1e-6, abs=1e-6)), seed


def test_each_switch_alone_and_with_the_others_keeps_the_cost() -> None:
    for name in ("lane_use", "ls_window_lead", "truck_window"):
        net = net_of(**ALL[name].sheets)
        for tight, links, windows, trucks, drop in product((False, True), repeat=5):
            m = ts.build(net, strength=Strength(tight, links, windows, trucks, drop))
            assert cost(m) == pytest.approx(ALL[name].optimum, abs=1e-6)


def test_a_relaxed_model_is_closer_to_its_plan_with_each_means() -> None:
    one = net_of(**CASES["ls_window"].sheets)
    two = net_of(**CASES["truck_window"].sheets)

    def relaxed(net: Network, **on: bool) -> float:
        m = ts.build(net, strength=replace(PLAIN, **on))
        pyo.TransformationFactory("core.relax_integer_vars").apply_to(m)
        return cost(m)

    assert relaxed(one) < relaxed(one, tight_bounds=True) < relaxed(one, windows=True)
    assert relaxed(two) < relaxed(two, trucks=True)


def test_links_together_are_one_row_for_all_products_of_a_lane() -> None:
    sheets = {
        "Locations": TWO,
        "Products": [*TEA, {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}],
        "Lanes": lane(**{"Fixed Cost": 10}),
        "Demand": demand("S1", "tea", 4) + demand("S1", "cup", 3),
        "OpeningStock": [stock("DC", 9), stock("DC", 9) | {"Product": "cup"}],
    }
    joint = ts.build(net_of(**sheets), strength=PLAIN)
    assert list(joint.lane_link) == [("DC→S1", "1")]
    assert list(ts.build(net_of(**sheets)).lane_link) == [
        ("DC→S1", "cup", "1"),
        ("DC→S1", "tea", "1"),
    ]
    assert cost(joint) == pytest.approx(10)


def test_without_tight_bounds_one_total_of_the_network_bounds_every_link() -> None:
    m = ts.build(net_of(**CASES["ls_window"].sheets), strength=Strength(tight_bounds=False))
    # 20 + 1 in stock and 9 wanted are all the network can have a use for.
    assert str(m.lane_link["DC→S1", "tea", "1"].body) == (
        "flow[DC→S1,tea,'1'] - 30.0*lane_used[DC→S1,'1']"
    )


def test_limits_that_cannot_bind_are_left_out() -> None:
    sheets = {
        "Locations": TWO,
        "Products": [TEA[0] | {"Volume": 2}],
        "Lanes": lane(**{"Max Shipment": 9}),
        "Demand": demand("S1", "tea", 3, 3),
        "OpeningStock": [stock("DC", 8)],
        "Capacity": [
            {"Location": "DC", "Kind": "storage", "Dimension": "m3", "Limit": 16},
            {"Location": "S1", "Kind": "storage", "Dimension": "m3", "Limit": 15},
        ],
        "StockTargets": [{"Location": "DC", "Max Stock": 8, "Over Penalty": 1}],
    }
    whole, less = (ts.build(net_of(**sheets), strength=one) for one in (PLAIN, FULL))
    kept = {name: (rows(whole, name), rows(less, name)) for name in ("capacity", "max_stock")}
    # No more than 8 can be anywhere: 16 m3. S1 has room for 7.5 only.
    assert kept == {"capacity": (4, 2), "max_stock": (2, 0)}
    assert (rows(whole, "lane_capacity"), rows(less, "lane_capacity")) == (2, 0)
    assert {key[0] for key in less.capacity} == {"S1"}
    assert cost(whole) == pytest.approx(cost(less))


def test_a_limit_on_a_circle_of_lanes_without_lead_time_stays() -> None:
    sheets = {
        "Locations": TWO,
        "Products": TEA,
        "Lanes": [
            *lane(**{"Max Shipment": 9}),
            {"From": "S1", "To": "DC", "Lead Time": 0, "Kind": "transfer"},
        ],
        "Demand": demand("S1", "tea", 3),
        "OpeningStock": [stock("DC", 8)],
    }
    assert rows(ts.build(net_of(**sheets)), "lane_capacity") == 1


def test_a_place_nothing_can_leave_by_a_binary_has_no_inequality() -> None:
    sheets = dict(CASES["ls_window"].sheets)
    sheets["Lanes"] = lane()
    assert rows(ts.build(net_of(**sheets), strength=FULL), "ls_window") == 0
