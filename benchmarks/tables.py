"""The yardstick as a planner's tables, and as a workbook.

What a default of the tables already says is left out: carrying cost, transit cost, cost of lost
sales and of a safety stock that is missed come from Unit Value and Price.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.network import Network

Tables = dict[str, pd.DataFrame]

FREIGHT = 0.004
"""Freight of the yardstick, money per m3 and km."""


def tables_of(net: Network) -> Tables:
    """Return the sheets of a yardstick network by name."""
    sheets = {
        "Periods": _periods(net),
        "Locations": pd.DataFrame({"Location": net.locations.code, "Tier": net.locations.tier}),
        "Products": _products(net),
        "Lanes": _lanes(net),
        "Demand": _demand(net),
        "OpeningStock": _stock(net),
        "StockTargets": _targets(net),
        "Supply": _supply(net),
        "Capacity": _capacity(net),
    }
    if len(net.vehicles):
        truck = {"Vehicle": "truck", "Max Volume": net.vehicles.limit[0, 2]}
        sheets["Vehicles"] = pd.DataFrame([truck | {"Cost Per Trip": net.vehicles.trip_cost[0]}])
    return sheets


def write(sheets: Mapping[str, pd.DataFrame], file: Path) -> None:
    """Write tables as a workbook, a sheet each."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(file, engine="xlsxwriter") as book:
        for name, frame in sheets.items():
            frame.to_excel(book, sheet_name=name, index=False)


def _periods(net: Network) -> pd.DataFrame:
    start = pd.to_datetime(net.periods.start)
    return pd.DataFrame({"Period": net.periods.id, "Start Date": start})


def _products(net: Network) -> pd.DataFrame:
    items = net.products
    return pd.DataFrame(
        {
            "Product": items.code,
            "Unit Value": items.unit_value,
            "Price": items.price,
            "Volume": items.measure[:, 2],
        }
    )


def _lanes(net: Network) -> pd.DataFrame:
    lanes, goods = net.lanes, net.goods
    days = np.zeros(len(lanes))
    days[goods.lane] = goods.lead_days[:, 0]
    frame = pd.DataFrame(
        {
            "From": net.locations.code[lanes.origin],
            "To": net.locations.code[lanes.destination],
            "Lead Time": days,
            "Unit Cost": FREIGHT * lanes.distance,
            "Cost Basis": "m3",
        }
    )
    return frame.assign(Vehicle="truck") if len(net.vehicles) else frame


def _demand(net: Network) -> pd.DataFrame:
    place = net.demand.place
    weeks = pd.DataFrame(net.demand.quantity, columns=list(net.periods.id))
    return pd.concat([_codes(net, place), weeks], axis=1)


def _stock(net: Network) -> pd.DataFrame:
    place = np.flatnonzero(net.places.opening > 0)
    return _codes(net, place).assign(Quantity=net.places.opening[place])


def _targets(net: Network) -> pd.DataFrame:
    place = np.flatnonzero(net.places.safety[:, 0] > 0)
    return _codes(net, place).assign(**{"Safety Stock": net.places.safety[place, 0]})


def _supply(net: Network) -> pd.DataFrame:
    supply = net.supply
    cost = {"Unit Cost": supply.unit_cost[:, 0]}
    return _codes(net, supply.place).assign(Max=supply.most[:, 0], **cost)


def _capacity(net: Network) -> pd.DataFrame:
    capacity = net.capacity
    return pd.DataFrame(
        {
            "Location": net.locations.code[capacity.location],
            "Kind": capacity.kind,
            "Dimension": "m3",
            "Per": "bucket",
            "Limit": capacity.limit[:, 0],
        }
    )


def _codes(net: Network, place: np.ndarray) -> pd.DataFrame:
    """Return location and product of places."""
    return pd.DataFrame(
        {
            "Location": net.locations.code[net.places.location[place]],
            "Product": net.products.code[net.places.product[place]],
        }
    )
