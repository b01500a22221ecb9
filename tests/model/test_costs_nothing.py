"""A family whose sheet is absent has neither variables nor rows."""

import pyomo.environ as pyo
from all_cases import ALL as CASES
from small import tables

import tierstock as ts
from tierstock.model import Strength


def families(m: pyo.ConcreteModel) -> tuple[set[str], set[str]]:
    variables = {one.local_name for one in m.component_objects(pyo.Var)}
    rows = {one.local_name for one in m.component_objects(pyo.Constraint)}
    return variables, rows


def test_four_sheets_make_a_model_of_flows_stock_supply_and_lost_sales() -> None:
    m = ts.build(ts.read(ts.sample("starter")))
    assert families(m) == ({"flow", "stock", "purchase", "lost"}, {"stock_balance"})


def test_each_sheet_adds_its_own_family_only() -> None:
    usual = ({"flow", "stock", "purchase", "lost"}, {"stock_balance"})
    added = {
        "safety_stock": ({"shortfall"}, {"safety_stock"}),
        "storage": ({"extra_capacity"}, {"capacity"}),
        "lane_use": ({"lane_used"}, {"lane_link", "lane_min", "lane_capacity"}),
        "vehicles": ({"trips"}, {"vehicle_load"}),
        "vehicle_mix": ({"trips", "loaded"}, {"loaded_split", "vehicle_type_load"}),
        "terminal": ({"terminal_short"}, {"terminal"}),
        "cancel": ({"cancelled"}, set()),
        "transfer_cover": ({"transfer_sent"}, {"transfer_donor_link", "transfer_cover"}),
        "transfer_shortage": (
            {"transfer_needed", "shortfall"},
            {"transfer_need_link", "transfer_need", "safety_stock"},
        ),
        "move_quantity": ({"move"}, {"move_link", "move_quantity"}),
        "single_source": ({"source_chosen"}, {"source_link", "source_count"}),
        "source_share": (set(), {"source_share"}),
        "source_rank": (
            {"lane_exhausted"},
            {"source_rank", "lane_exhausted_at", "lane_capacity"},
        ),
        "source_forbidden": (set(), set()),
        "plan_bounds": (set(), set()),
        "plan_reference": ({"shipment_more", "shipment_less"}, {"shipment_change"}),
    }
    for name, (variables, rows) in added.items():
        net = ts.read(tables(**CASES[name].sheets))
        found = families(ts.build(net, strength=Strength(windows=False, trucks=False, drop=False)))
        assert found[0] - usual[0] == variables, name
        assert found[1] - usual[1] == rows, name
