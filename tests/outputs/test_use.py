"""Capacity and vehicles: what is used, of what, and what goes beyond."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import decisions, frame, network

from tierstock.outputs.expand import expand
from tierstock.outputs.use import capacity_use, vehicle_use

Pick = Callable[..., list[Any]]


def test_storage_counts_usable_and_blocked_stock_of_the_zone(pick: Pick) -> None:
    cool = {"Location": "CDC", "Zone": "cool"}
    assert pick("CapacityUse", "Used", **cool) == [(7 + 3) * 4] * 3
    assert pick("CapacityUse", "Utilisation", **cool) == [1, 1, 1]


def test_outbound_counts_lanes_and_open_orders_and_shows_what_went_beyond(pick: Pick) -> None:
    out = {"Location": "CDC", "Kind": "outbound"}
    assert pick("CapacityUse", "Used", **out) == [30 * 2 + 15 * 2 + 5 * 4, 120, 24]
    assert pick("CapacityUse", "Extra", **out) == [10, 20, 0]
    assert pick("CapacityUse", "Utilisation", **out) == pytest.approx([1.1, 1.2, 0.24])


def test_inbound_and_dock_count_receipts_and_issues() -> None:
    net = network()
    net.capacity.limit[2] = 200
    rows = capacity_use(expand(net, decisions()), "base")
    dock = rows[rows["Kind"] == "dock"]
    came = np.array([0, 27 + 4.5, 18 + 15])
    went = np.array([10 + 20 + 2, 30 + 3, 20 + 1.5])
    assert list(dock["Used"]) == pytest.approx(list(came + went))


def test_limits_that_are_not_stated_have_no_row(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["CapacityUse"]
    assert "dock" not in set(rows["Kind"])
    assert set(rows.loc[rows["Kind"] == "lane", "From"]) == {"CDC"}


def test_a_fleet_counts_the_trips_that_leave_its_home(pick: Pick) -> None:
    fleet = {"Kind": "fleet"}
    assert pick("CapacityUse", "From", **fleet) == ["T5"] * 3
    assert pick("CapacityUse", "Location", **fleet) == ["*"] * 3
    assert pick("CapacityUse", "Zone", **fleet) == [""] * 3
    assert pick("CapacityUse", "Used", **fleet) == [3 - 1, 1 + 1, 1]
    assert pick("CapacityUse", "Limit", **fleet) == [4] * 3


def test_vehicle_use_tells_trips_fill_and_cost(pick: Pick) -> None:
    north = {"To": "R1"}
    assert pick("VehicleUse", "Trips", **north) == [2, 1, 1]
    assert pick("VehicleUse", "Fill %", **north) == pytest.approx([0.8, 0.8, 0.48])
    assert pick("VehicleUse", "Cost", **north) == [180, 90, 90]


def test_types_that_share_a_lane_share_its_fill(pick: Pick) -> None:
    south = {"To": "R2"}
    assert pick("VehicleUse", "Vehicle", **south) == ["T5", "T1"]
    assert pick("VehicleUse", "Fill %", **south) == [1, 1]


def test_the_fill_is_that_of_the_dimension_that_is_fullest() -> None:
    net = network()
    net.vehicles.limit[0, 2] = 10
    rows = vehicle_use(expand(net, decisions()), "base")
    north = rows[rows["To"] == "R1"]
    weight, volume = [80 / 100, 40 / 50, 24 / 50], [15 / 20, 10 / 10, 6 / 10]
    assert list(north["Fill %"]) == pytest.approx([*map(max, zip(weight, volume, strict=True))])


def test_a_vehicle_without_limits_has_no_fill() -> None:
    net = network()
    net.vehicles.limit[:] = np.nan
    assert vehicle_use(expand(net, decisions()), "base")["Fill %"].isna().all()


def test_types_with_goods_of_their_own_have_a_fill_of_their_own() -> None:
    made = decisions()
    loaded = np.zeros((5, 2, 3))
    loaded[3, :, 1] = [20, 15]
    made["loaded"] = frame(loaded, "goods", "vehicle", "period")
    rows = vehicle_use(expand(network(), made), "base")
    south = rows[rows["To"] == "R2"]
    assert list(south["Fill %"]) == pytest.approx([20 * 2 / 50, 15 * 2 / 30])


def test_a_trip_that_is_whole_but_for_the_solver_is_whole() -> None:
    made = decisions()
    made["trips"]["value"] *= 1 + 1e-8
    rows = vehicle_use(expand(network(), made), "base")
    assert list(rows["Trips"]) == [2, 1, 1, 1, 3]
