"""What production adds to the model, and how tightly its runs are bounded."""

import numpy as np
import pyomo.environ as pyo
import pytest
from cases_production import CASES
from families import CASES as USUAL
from small import tables

import tierstock as ts
from tierstock.model import Strength

RULES = Strength(windows=False, trucks=False, drop=False)
ADDED: dict[str, tuple[set[str], set[str]]] = {
    "bom": ({"make"}, set()),
    "setup": ({"make", "setup"}, {"setup_link", "resource_hours"}),
    "min_batch": ({"make", "setup"}, {"setup_link", "min_batch"}),
    "family": (
        {"make", "setup", "family_setup"},
        {"setup_link", "min_batch", "family_link", "resource_hours"},
    ),
    "batch_multiple": ({"make", "batches"}, {"batch_multiple"}),
    "overtime": ({"make", "overtime"}, {"resource_hours"}),
    "line_fixed": (
        {"make", "overtime", "line_used"},
        {"line_link", "resource_hours"},
    ),
}


def model(name: str) -> pyo.ConcreteModel:
    return ts.build(ts.read(tables(**CASES[name].sheets)), strength=RULES)


@pytest.mark.parametrize("name", ADDED)
def test_each_column_of_the_sheets_adds_its_own_variables_and_rows(name: str) -> None:
    m = model(name)
    variables = {one.local_name for one in m.component_objects(pyo.Var)}
    rows = {one.local_name for one in m.component_objects(pyo.Constraint)}

    assert variables - {"stock", "purchase", "lost"} == ADDED[name][0]
    assert rows - {"stock_balance"} == ADDED[name][1]


def test_a_network_without_recipes_has_nothing_of_them() -> None:
    m = ts.build(ts.read(tables(**USUAL["balance"].sheets)))
    assert m.component("make") is None
    assert not hasattr(m.names, "recipe")


def test_a_run_is_bounded_by_its_hours_behind_the_setup() -> None:
    assert model("setup").bounds.make.tolist() == [[5.0, 5.0]]


def test_a_run_is_bounded_by_what_its_output_can_be_of_use_for() -> None:
    m = model("joint")  # 10 whey at half a unit each
    assert m.bounds.make.tolist() == [[20.0]]


def test_an_order_is_bounded_by_what_recipes_can_need_of_it() -> None:
    m = model("forced_batch")  # 10 wanted and a batch of 50: 2 of flour for each
    assert m.bounds.order[0, 0] == pytest.approx(120.0)
    assert m.bounds.make[0, 0] == pytest.approx(60.0)


def test_stock_of_parts_may_all_be_packed() -> None:
    m = model("packed_to_save")  # 40 pens, 20 caps; no kit is wanted
    assert m.bounds.make.tolist() == [[20.0, 20.0]]


def test_what_can_have_come_is_what_components_and_lead_times_allow() -> None:
    m = model("kits")
    net = m.network
    place = {
        (net.locations.code[at], net.products.code[of]): number
        for number, (at, of) in enumerate(zip(net.places.location, net.places.product, strict=True))
    }
    assert np.isfinite(m.bounds.reach[:, 0]).all()
    assert m.bounds.reach[place["PL", "pen"], 0] >= 6.0  # of the 3 kits
    assert m.bounds.reach[place["PL", "kit"], 0] < 12.0
    assert np.isinf(m.bounds.reach[place["PL", "pen"], 1])  # pens are sold on the second day

    m = model("bom")
    there = {
        net.products.code[of]: number
        for number, of in enumerate(m.network.places.product)
        for net in [m.network]
    }
    earliest = m.network.places.earliest
    assert [int(earliest[there[code]]) for code in ("rim", "wheel", "bike")] == [0, 1, 2]


def test_seeds_that_grow_are_bounded_by_the_most_of_their_recipe() -> None:
    m = model("grows")
    assert m.bounds.reach.tolist() == [[1.0, 21.0, 41.0]]
