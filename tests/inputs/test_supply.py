"""Where products are bought or made."""

import numpy as np
from retail import LANES, LOCATIONS, WEEKS, built, demand, good, place, said, seen

from tierstock.inputs import Network


def offer(network: Network, location: str, product: str) -> int:
    return int(np.flatnonzero(network.supply.place == place(network, location, product))[0])


def test_a_supplier_without_supply_rows_supplies_what_its_lanes_carry() -> None:
    network = built(Lanes=[{**LANES[0], "Product": "A"}, LANES[1]], Demand=demand("S1", "A", 1))

    assert network.supply.place.tolist() == [place(network, "SUP", "A")]
    assert np.isinf(network.supply.most).all()
    assert network.supply.unit_cost.tolist() == [[0.0]]


def test_supply_rows_resolve_cell_by_cell_and_offer_nothing_elsewhere() -> None:
    rows = [
        {"Location": "SUP", "Product": "*", "Unit Cost": 5.0, "Max": 100.0},
        {"Location": "SUP", "Product": "A", "Period": WEEKS[1], "Max": 20.0},
        {"Location": "DC", "Product": "A", "Period": WEEKS[2], "Min": 3.0},
    ]
    network = built(Supply=rows)
    at, local = offer(network, "SUP", "A"), offer(network, "DC", "A")

    assert network.supply.most[at].tolist() == [100.0, 20.0, 100.0, 100.0]
    assert network.supply.unit_cost[at].tolist() == [5.0] * 4
    assert network.supply.most[local].tolist() == [0.0, 0.0, np.inf, 0.0]
    assert network.supply.least[local].tolist() == [0.0, 0.0, 3.0, 0.0]
    assert np.isinf(network.supply.least_penalty[local]).all()


def test_lead_times_of_suppliers_without_stock_pass_to_their_lanes_before_rounding() -> None:
    rows = [{"Location": "SUP", "Product": "*", "Lead Time": 3.0}]
    lanes = [{**LANES[0], "Lead Time": 1.0}, LANES[1]]
    network = built(Supply=rows, Lanes=lanes)
    stocked = built(
        Supply=rows, Lanes=lanes, Locations=[{**LOCATIONS[0], "Holds Stock": "Y"}, *LOCATIONS[1:]]
    )
    both, apart = good(network, "SUP→DC", "A"), good(stocked, "SUP→DC", "A")

    # 1 + 3 days round up to a week; 1 and 3 days alone round down to nothing.
    assert network.goods.lead[both].tolist() == [1] * 4
    assert network.goods.lead_days[both].tolist() == [1.0] * 4
    assert network.goods.arrival_days[both].tolist() == [4.0] * 4
    assert not network.supply.lead.any()
    assert stocked.goods.lead[apart].tolist() == [0] * 4


def test_supply_at_a_place_that_holds_stock_is_usable_after_its_lead_time() -> None:
    rows = [{"Location": "DC", "Product": "A", "Lead Time": 14.0}]
    network = built(Supply=rows)

    assert network.supply.lead[offer(network, "DC", "A")].tolist() == [2] * 4


def test_the_supply_of_a_cross_dock_delays_itself_and_not_what_passes_through() -> None:
    locations = [LOCATIONS[0], {**LOCATIONS[1], "Holds Stock": "N"}, *LOCATIONS[2:]]
    rows = [{"Location": "DC", "Product": "A", "Lead Time": 14.0}]
    network = built(Supply=rows, Locations=locations)

    assert network.supply.lead[offer(network, "DC", "A")].tolist() == [2] * 4
    assert network.goods.lead[good(network, "DC→S1", "A")].tolist() == [1] * 4
    assert network.goods.lead[good(network, "DC→S1", "B")].tolist() == [1] * 4


def test_a_minimum_above_the_maximum_is_an_error() -> None:
    rows = [{"Location": "SUP", "Product": "*", "Max": 2.0, "Min": 3.0}]

    assert said(seen(Supply=rows))["min-over-max"].startswith("Supply!D2")


def test_supply_of_a_closed_place_is_told_to_have_no_effect() -> None:
    locations = [*LOCATIONS, {"Location": "OLD", "Tier": "plant", "Status": "closed"}]
    rows = [{"Location": "OLD", "Product": "A"}]
    found = seen(Locations=locations, Supply=rows)

    assert said(found)["supply-closed"].startswith("Supply!A2")
    assert found.network is not None
    assert found.network.supply.most[offer(found.network, "OLD", "A")].tolist() == [0.0] * 4
