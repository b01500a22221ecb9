"""How far capacities and vehicles are used."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import DIMENSIONS, THROUGHPUT_KINDS, Floats, Ints, Network, Texts
from tierstock.outputs.budgets import UNITS, beyond
from tierstock.outputs.budgets import used as budget_use
from tierstock.outputs.expand import NOISE, Flows, add_up, clean, named
from tierstock.outputs.loads import fills, measured
from tierstock.outputs.production import runs_of

CAPACITY = (
    "Scenario",
    "Location",
    "Zone",
    "From",
    "To",
    "Kind",
    "Dimension",
    "Period",
    "Limit",
    "Used",
    "Extra",
    "Utilisation",
)
LIMIT = ["Location", "Zone", "From", "To", "Kind", "Dimension"]
"""What names a limit."""
VEHICLES = (
    "Scenario",
    "From",
    "To",
    "Mode",
    "Vehicle",
    "Period",
    "Trips",
    "Fill %",
    "Cost",
)

WHOLE = 1e-6
"""A solver's whole number may miss by so much."""


def members(net: Network) -> tuple[Ints, Ints]:
    """Return (limit, place) of every place that counts in a limit."""
    limits = net.capacity
    ours = pd.DataFrame({"location": limits.location, "zone": limits.zone})
    ours["limit"] = np.arange(len(limits))
    there = pd.DataFrame(
        {"location": net.places.location, "zone": net.products.zone[net.places.product]}
    )
    there["place"] = np.arange(len(net.places))
    whole = ours[ours["zone"] == "*"].merge(there.drop(columns="zone"), on="location")
    both = pd.concat([whole, ours.merge(there, on=["location", "zone"])], ignore_index=True)
    return both["limit"].to_numpy(np.int64), both["place"].to_numpy(np.int64)


def used_capacity(plan: Flows) -> Floats:
    """Return [C, T] use of each limit, in its dimension.

    storage: stock at the end of the period and blocked stock. inbound: what lanes and open
    orders bring. outbound: what lanes and open orders take and what is issued. dock: both.
    """
    limits, places = plan.net.capacity, plan.net.places
    volumes = {
        "storage": plan.stock + places.blocked[:, None],
        "inbound": plan.arrived + plan.order_in,
        "outbound": plan.shipped + plan.order_out + plan.issued,
    }
    volumes["dock"] = volumes["inbound"] + volumes["outbound"]
    limit, place = members(plan.net)
    size = measured(plan)[places.product[place], limits.dimension[limit]]
    used = np.zeros((len(limits), plan.size[1]))
    for kind in ("storage", *THROUGHPUT_KINDS):
        mine = limits.kind[limit] == kind
        np.add.at(used, limit[mine], volumes[kind][place[mine]] * size[mine, None])
    return clean(used)


@dataclass(frozen=True)
class _Rows:
    """Rows of ``CapacityUse``: names [rows], numbers [rows, T]."""

    names: dict[str, object]
    limit: Floats
    used: Floats
    extra: Floats

    def frame(self, periods: Texts) -> pd.DataFrame:
        """Return one row per limit that is stated and period."""
        row, period = np.nonzero(np.isfinite(self.limit))
        most, used = self.limit[row, period], self.used[row, period]
        names = pd.DataFrame(self.names, dtype="str").iloc[row].reset_index(drop=True)
        share = np.divide(used, most, out=np.full(len(row), np.nan), where=most > 0)
        numbers = {
            "Limit": most,
            "Used": used,
            "Extra": self.extra[row, period],
            "Utilisation": share,
            "Period": named(periods, period),
            "at": period,
        }
        return pd.concat([names, pd.DataFrame(numbers)], axis=1)


def _site_rows(plan: Flows) -> _Rows:
    net, limits = plan.net, plan.net.capacity
    names: dict[str, object] = {
        "Location": net.locations.code[limits.location],
        "Zone": limits.zone,
        "From": "",
        "To": "",
        "Kind": limits.kind,
        "Dimension": np.array(DIMENSIONS, dtype=object)[limits.dimension],
    }
    return _Rows(names, limits.limit, used_capacity(plan), plan.extra)


def _lane_rows(plan: Flows) -> _Rows:
    net, lanes = plan.net, plan.net.lanes
    size = (len(lanes), plan.size[1])
    lane = np.broadcast_to(net.goods.lane[:, None], plan.flow.shape).ravel()
    period = np.broadcast_to(np.arange(plan.size[1]), plan.flow.shape).ravel()
    used = add_up(size, lane, period, plan.flow.ravel())
    names: dict[str, object] = {
        "Location": "",
        "Zone": "",
        "From": net.locations.code[lanes.origin],
        "To": net.locations.code[lanes.destination],
        "Kind": np.full(len(lanes), "lane", dtype=object),
        "Dimension": "unit",
    }
    return _Rows(names, lanes.max_shipment, used, np.zeros(size))


def _fleet_rows(plan: Flows) -> _Rows:
    net, vehicles, trips = plan.net, plan.net.vehicles, plan.trips
    size = (len(vehicles), plan.size[1])
    at_home = vehicles.home[trips["vehicle"], net.lanes.origin[trips["lane"]]]
    counted = np.where(at_home, trips.value, 0.0)
    used = add_up(size, trips["vehicle"], trips["period"], counted)
    homes = [
        "*" if row.all() else ", ".join(net.locations.code[row].tolist()) for row in vehicles.home
    ]
    names: dict[str, object] = {
        "Location": np.array(homes, dtype=object),
        "Zone": "",
        "From": vehicles.code,
        "To": "",
        "Kind": np.full(len(vehicles), "fleet", dtype=object),
        "Dimension": "trip",
    }
    limit = np.broadcast_to(vehicles.fleet[:, None], size)
    return _Rows(names, limit, used, np.zeros(size))


def _line_rows(plan: Flows) -> list[_Rows]:
    """Hours of resources: From is the resource, Extra its overtime."""
    runs = runs_of(plan)
    if runs is None:
        return []
    resources = runs.of.resources
    names: dict[str, object] = {
        "Location": plan.net.locations.code[resources.location],
        "Zone": "",
        "From": resources.code,
        "To": "",
        "Kind": np.full(len(resources), "line", dtype=object),
        "Dimension": "h",
    }
    return [_Rows(names, resources.hours, runs.used, runs.overtime)]


def _budget_rows(plan: Flows) -> list[_Rows]:
    """Budgets: the name in From, the place, product or company it is for in Location or To."""
    budgets = plan.net.budgets
    if budgets is None:
        return []
    shape = (len(budgets.row_group), plan.size[1])
    of, at = budgets.group[budgets.row_group], (np.arange(shape[0]), budgets.row_period)
    limit, used, extra = np.full(shape, np.inf), np.zeros(shape), np.zeros(shape)
    limit[at], used[at], extra[at] = budgets.limit[of], budget_use(plan), beyond(plan)
    label, kind = budgets.label[budgets.row_group], budgets.kind[of].astype(str)
    place = budgets.by_place[of]
    names: dict[str, object] = {
        "Location": np.where(place, label, ""),
        "Zone": "",
        "From": budgets.name[of],
        "To": np.where(place, "", label),
        "Kind": kind,
        "Dimension": np.array([UNITS.get(word, "money") for word in kind], dtype=object),
    }
    return [_Rows(names, limit, used, extra)]


def capacity_use(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``CapacityUse``: one row per stated limit and period.

    Kind lane is Max Shipment of a lane (From, To; all products, in units). Kind fleet is the
    Fleet of a vehicle type: Location is its home, From its code, Dimension ``trip``. Kind line
    is the Hours of a resource: From is its code, Extra its overtime, Dimension ``h``. Limit and
    Used are amounts per period; Extra is what was used beyond the limit at a price; Utilisation
    = Used / Limit, blank where the limit is 0. A budget has its kind, its name in From, and in
    Location or To the place, product or company it is for; a mean or a total stands in the last
    of its periods. Of cash the Limit is the least balance, Used the balance, Extra what is missing.
    """
    parts = [_site_rows(plan), _lane_rows(plan), _fleet_rows(plan), *_line_rows(plan)]
    parts += _budget_rows(plan)
    frame = pd.concat([part.frame(plan.net.periods.id) for part in parts], ignore_index=True)
    frame.insert(0, "Scenario", scenario)
    frame.loc[frame["Kind"] == "cash", "Utilisation"] = np.nan
    return frame.sort_values([*LIMIT, "at"], kind="stable", ignore_index=True)[list(CAPACITY)]


def limits_of(use: pd.DataFrame) -> Ints:
    """Return the number of the limit that each row of ``CapacityUse`` speaks of, from 0.

    Lanes of several modes between two places have one name; their rows of a period are told apart
    by their order, which is that of the lanes.
    """
    heads = use[LIMIT].fillna("").astype(str)
    again = heads.assign(Period=use["Period"]).groupby([*LIMIT, "Period"], sort=False).cumcount()
    number, _ = pd.factorize(pd.MultiIndex.from_frame(heads.assign(again=again)))
    return number.astype(np.int64)


def vehicle_use(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``VehicleUse``: one row per lane, vehicle type and period with trips.

    Fill % = load / (trips x limit) in the dimension that is fullest; where several types share a
    lane and the goods are not assigned to one, it is the fill of all of them together. Cost =
    trips x cost per trip.
    """
    net, trips, vehicles = plan.net, plan.trips, plan.net.vehicles
    lane, vehicle, period = trips["lane"], trips["vehicle"], trips["period"]
    near = np.rint(trips.value)
    number = np.where(np.abs(trips.value - near) < WHOLE, near, trips.value)
    origin, end = net.lanes.origin[lane], net.lanes.destination[lane]
    order = np.lexsort((period, vehicle, net.lanes.mode.astype(str)[lane], end, origin))
    order = order[number[order] > NOISE]
    frame = {
        "Scenario": scenario,
        "From": named(net.locations.code, origin),
        "To": named(net.locations.code, end),
        "Mode": named(net.lanes.mode, lane),
        "Vehicle": named(vehicles.code, vehicle),
        "Period": named(net.periods.id, period),
        "Trips": number,
        "Fill %": fills(plan),
        "Cost": number * net.trip_cost()[lane, vehicle],
    }
    return pd.DataFrame(frame, columns=list(VEHICLES)).iloc[order].reset_index(drop=True)
