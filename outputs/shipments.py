"""What to send: one row per lane, product and ship period, and the open orders that leave."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import DIMENSIONS, Dates, Floats, Ints
from tierstock.outputs.changes import status
from tierstock.outputs.expand import NOISE, Flows, named
from tierstock.outputs.loads import carried
from tierstock.outputs.purchases import start_of
from tierstock.outputs.rates import PART_LOAD, bracket_freight
from tierstock.outputs.reasons import reasons
from tierstock.outputs.shelf_life import order_ages, shipped_ages

COLUMNS = (
    "Scenario",
    "Plan No",
    "Kind",
    "From",
    "To",
    "Mode",
    "Product",
    "Product Name",
    "Ship Period",
    "Ship Date",
    "Arrive Period",
    "Arrive Date",
    "Quantity",
    "Expiry",
    "Cases",
    "Pallets",
    "Weight",
    "Volume",
    "Value",
    "Freight",
    "Vehicle",
    "Vehicle Share",
    "Company From",
    "Company To",
    "Status",
    "Reason",
)


def _planned(plan: Flows) -> pd.DataFrame:
    """Return the shipments that the plan decides, codes still in place of names."""
    net, goods, lanes = plan.net, plan.net.goods, plan.net.lanes
    ride = carried(plan)
    row, ship, units = ride.goods, ride.period, ride.units
    lane, arrive = goods.lane[row], plan.arrival[row, ship]
    inside = arrive < plan.size[1]
    frame = {
        "from": lanes.origin[lane],
        "to": lanes.destination[lane],
        "product": goods.product[row],
        "ship": ship,
        "arrive": np.where(inside, arrive, -1),
        "Kind": lanes.kind[lane],
        "Mode": lanes.mode[lane],
        "Arrive Date": _arrival_date(plan, ship, arrive, goods.arrival_days[row, ship]),
        "Quantity": units,
        "Expiry": shipped_ages(plan, row, ship, units),
        "Value": units * net.places.value[goods.sink[row], ship],
        "Freight": units * goods.unit_cost[row, ship] + bracket_freight(plan, ride),
        "Vehicle": named(np.append(net.vehicles.code, PART_LOAD), ride.vehicle),
        "Vehicle Share": ride.share,
        "Status": status(plan, row, ship, np.where(inside, "new", "after horizon")),
        "Reason": reasons(plan, goods.sink[row], arrive),
        "Plan No": "",
    }
    return pd.DataFrame(frame)


def _arrival_date(plan: Flows, ship: Ints, arrive: Ints, days: Floats) -> Dates:
    """Ship date + lead time as stated, in whole days, on a day of the period of arrival."""
    start, end = (
        dates.astype("datetime64[D]") for dates in (plan.net.periods.start, plan.net.periods.end)
    )
    stated = start[ship] + np.rint(days).astype("timedelta64[D]")
    first = np.append(start, end[-1] + np.timedelta64(1, "D"))
    last = np.append(end, np.datetime64("9999-12-31", "D"))
    period = np.minimum(arrive, len(start))
    return np.asarray(np.clip(stated, first[period], last[period]))


def _open_orders(plan: Flows) -> pd.DataFrame:
    """Return the open orders that leave a place of the network within the horizon."""
    net, orders = plan.net, plan.net.orders
    row = np.flatnonzero((orders.origin >= 0) & (orders.ship >= 0) & (plan.order_units > NOISE))
    start, end = orders.origin[row], orders.place[row]
    origin, destination = net.places.location[start], net.places.location[end]
    tier, ship, units = net.locations.tier, orders.ship[row], plan.order_units[row]
    inside = orders.due[row] < plan.size[1]
    due = start_of(net.periods, orders.due[row])
    frame = {
        "from": origin,
        "to": destination,
        "product": net.places.product[end],
        "ship": ship,
        "arrive": np.where(inside, orders.due[row], -1),
        "Kind": np.where(tier[origin] == tier[destination], "transfer", "replenish"),
        "Mode": "",
        "Arrive Date": np.where(inside, due, np.datetime64("NaT", "D")),
        "Quantity": units,
        "Expiry": order_ages(plan, row),
        "Value": units * net.places.value[end, ship],
        "Freight": 0.0,
        "Vehicle": "",
        "Vehicle Share": np.nan,
        "Status": "firm",
        "Reason": reasons(plan, end, orders.due[row]),
        "Plan No": orders.label[row],
    }
    return pd.DataFrame(frame)


def shipments(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Shipments``, in the order in which goods leave.

    Plan No counts the shipments the plan decides (``S-00001`` ...) in that order; an open order
    of InTransit that leaves within the horizon keeps its own number and has Status firm, with
    the quantity that is not cancelled. Where the model assigns goods to vehicle types, a product
    has one row per type; Vehicle is blank where several types share a lane and goods are not
    assigned, and where no trips are counted, and LTL for a part load outside whole vehicles.
    Quantity is what is shipped. Expiry tells its last usable days, ``2026-01-25: 30; …``, where
    goods expire within the plan. Value is at the standard cost of the destination. Freight = unit
    cost x quantity, on rated lanes the row's share of the bracket by its load; trips and
    departures are in ``VehicleUse`` and ``Costs``. Ship Date is the first day of the ship period.
    Arrive Period is the period in which the plan counts the arrival, Arrive Date a day of it: the
    ship date + the lead time as stated, in whole days, or the first or last day of the period
    where that lies outside. An open order arrives on the first day of its due period. Reason says
    what the goods are for where they arrive (``outputs/reasons.py``).
    """
    net = plan.net
    parts = [part for part in (_planned(plan), _open_orders(plan)) if len(part)]
    frame = pd.concat(parts, ignore_index=True) if parts else _planned(plan)
    keys = ["ship", "from", "to", "Mode", "product", "Vehicle", "Plan No"]
    frame = frame.sort_values(keys, kind="stable", ignore_index=True)
    own = (frame["Plan No"] == "").to_numpy()
    numbers = [f"S-{count:05d}" for count in range(1, int(own.sum()) + 1)]
    frame.loc[own, "Plan No"] = numbers
    origin, end, of, ship = (frame[k].to_numpy(np.int64) for k in ("from", "to", "product", "ship"))
    units = frame["Quantity"].to_numpy(np.float64)
    size = net.products.measure[of]
    names = {
        "Scenario": scenario,
        "From": named(net.locations.code, origin),
        "To": named(net.locations.code, end),
        "Product": named(net.products.code, of),
        "Product Name": named(net.products.name, of),
        "Ship Period": named(net.periods.id, ship),
        "Ship Date": start_of(net.periods, ship),
        "Arrive Period": named(net.periods.id, frame["arrive"].to_numpy(np.int64)),
        "Cases": units / net.products.per_case[of],
        "Pallets": units * size[:, DIMENSIONS.index("pallet")],
        "Weight": units * size[:, DIMENSIONS.index("kg")],
        "Volume": units * size[:, DIMENSIONS.index("m3")],
        "Company From": named(net.locations.company, origin),
        "Company To": named(net.locations.company, end),
    }
    return frame.assign(**names)[list(COLUMNS)]
