"""Least orders, whole lots and quotas, in the planner's words and units."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, PRODUCTS, built, good, said, seen

from tierstock.inputs.network.lots import Lots

Rows = list[dict[str, Any]]
PACKED = [
    {**PRODUCTS[0], "Units Per Case": 12.0, "Units Per Pallet": 480.0},
    {**PRODUCTS[1], "Units Per Case": 6.0, "Units Per Pallet": 60.0},
]


def lots(supply: Rows | None = None, lane: dict[str, Any] | None = None) -> Lots:
    sheets: dict[str, Rows] = {"Products": PACKED, "Lanes": [LANES[0] | (lane or {}), LANES[1]]}
    if supply:
        sheets["Supply"] = [{"Location": "SUP", "Product": "*", **row} for row in supply]
    found = built(**sheets).lots
    assert found is not None
    return found


def test_a_network_without_lots_has_none() -> None:
    assert built(Products=PACKED).lots is None
    zero = [{"Location": "SUP", "Product": "*", "MOQ": 0, "Order Multiple": 0}]
    assert built(Products=PACKED, Supply=zero).lots is None


@pytest.mark.parametrize(
    ("cells", "moq", "order"),
    [
        ({"MOQ": 30, "Order Multiple": 5}, [30, 30], [5, 5]),
        ({"MOQ": "2 pallet", "Order Multiple": "case"}, [960, 120], [12, 6]),
        ({"MOQ": 2, "Order Multiple": "托", "Unit": "箱"}, [24, 12], [480, 60]),
        ({"Order Multiple": "1.5 Pallets"}, [0, 0], [720, 90]),
    ],
)
def test_orders_are_counted_in_units_cases_or_pallets(
    cells: dict[str, Any], moq: list[float], order: list[float]
) -> None:
    found = lots([cells])
    assert (found.moq[:, 0].tolist(), found.order[:, 0].tolist()) == (moq, order)


@pytest.mark.parametrize("cell", ["pallet", "托", "1 托盘"])
def test_a_lane_ships_whole_pallets_of_each_product(cell: str) -> None:
    network = built(Products=PACKED, Lanes=[{**LANES[0], "Order Multiple": cell}, LANES[1]])
    assert network.lots is not None
    size = network.lots.shipment
    assert size[good(network, "SUP→DC", "A")].tolist() == [480.0] * 4
    assert size[good(network, "SUP→DC", "B")].tolist() == [60.0] * 4
    assert size[good(network, "DC→S1", "A")].tolist() == [0.0] * 4


def test_the_more_specific_row_of_a_lane_counts_for_its_product() -> None:
    own = {**LANES[0], "Product": "B", "Order Multiple": 7}
    network = built(Products=PACKED, Lanes=[{**LANES[0], "Order Multiple": "case"}, own, LANES[1]])
    assert network.lots is not None
    chosen = [good(network, "SUP→DC", product) for product in ("A", "B")]
    assert network.lots.shipment[chosen, 0].tolist() == [12.0, 7.0]


def test_the_least_order_is_a_whole_number_of_lots() -> None:
    ones = np.ones((1, 1))
    nothing = np.zeros((0, 1))

    def made(moq: float, order: float) -> Lots:
        return Lots(moq * ones, order * ones, nothing, 0 * ones, ones)

    assert made(5, 4).least_order()[0, 0] == 8
    assert made(5, 0).least_order()[0, 0] == 5
    assert made(0.3, 0.1).least_order()[0, 0] == pytest.approx(0.3)
    assert [
        made(*pair).needs_switch()[0, 0] for pair in ((5, 4), (4, 4), (3, 4), (0, 4), (5, 0))
    ] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_quotas_are_shares_and_count_where_something_is_offered() -> None:
    found = lots([{"Share Min": "20%", "Share Max": 0.5}, {"Period": "2026-W03", "Max": 0}])
    assert found.share_min[0].tolist() == [0.2, 0.0, 0.2, 0.2]
    assert found.share_max[0].tolist() == [0.5, 1.0, 0.5, 0.5]


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([{"MOQ": 20, "Max": 10}], "lot-over-max", "C2"),
        ([{"Order Multiple": "case", "Max": 10}], "lot-over-max", "C2"),
        ([{"Share Min": 0.6, "Share Max": 0.5}], "share-min-over-max", "C2"),
        ([{"Share Min": 60}], "ratio-above-one", "C2"),
        ([{"MOQ": "2 palet"}], "unknown-unit", "C2"),
    ],
)
def test_what_cannot_hold_is_told_at_its_cell(rows: Rows, code: str, cell: str) -> None:
    supply = [{"Location": "SUP", "Product": "A", **row} for row in rows]
    found = seen(Products=PACKED, Supply=supply)
    told = [one for one in found.findings.errors if one.code == code]
    assert [one.cell for one in told] == [cell]
    assert told[0].message("en") != told[0].message("zh")


def test_least_shares_of_more_than_everything_are_told() -> None:
    supply = [
        {"Location": place, "Product": "A", "Share Min": share}
        for place, share in (("SUP", 0.7), ("DC", 0.4))
    ]
    told = said(seen(Products=PACKED, Supply=supply))
    assert told["shares-over-one"].endswith("Lower one of them.")
