"""Checks that need the whole network: what cannot be reached, kept, or makes no sense together."""

from functools import cached_property

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.demand_rows import customers
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import locate_names
from tierstock.inputs.assembly.places import find
from tierstock.inputs.checking.capital import check_capital
from tierstock.inputs.checking.cash import check_trade
from tierstock.inputs.checking.demand_checks import check_horizon
from tierstock.inputs.checking.forced import check_forced
from tierstock.inputs.checking.idle_checks import check_idle
from tierstock.inputs.checking.ladder_checks import check_ladder, check_priorities, check_shares
from tierstock.inputs.checking.lane_checks import check_empty_lanes, dry_source, rows_of_lane
from tierstock.inputs.checking.loops import check_dominated, check_loops
from tierstock.inputs.checking.magnitudes import check_magnitudes
from tierstock.inputs.checking.named_checks import check_names
from tierstock.inputs.checking.objective_checks import check_objective
from tierstock.inputs.checking.production_checks import check_production
from tierstock.inputs.checking.spread import check_spread
from tierstock.inputs.checking.stock_checks import check_stock
from tierstock.inputs.checking.tiers import check_tiers
from tierstock.inputs.checking.today_checks import check_today
from tierstock.inputs.checking.unwanted import check_unwanted
from tierstock.inputs.checking.whole_units import check_cases, check_whole_units
from tierstock.inputs.findings import KEPT, Findings, show
from tierstock.inputs.network import Flags, Ints, Network

ROUTES = (
    "Locations",
    "Products",
    "Lanes",
    "Supply",
    "OpeningStock",
    "InTransit",
    "TransferRules",
    "Recipes",
    "RecipeInputs",
)
"""Sheets that say how goods can come to a place."""


def check_network(network: Network, ground: Ground, links: Links) -> None:
    """Add what is wrong or odd in the network as a whole to the findings of the ground."""
    check_demand(network, ground, links)
    check_stock(network, ground)
    check_today(network, ground)
    check_capital(network, ground)
    check_trade(network, ground)
    check_supply(ground)
    check_lanes(network, ground)
    check_production(network, ground, links)
    if routes_known(ground):
        check_routes(network, ground, links)
        check_empty_lanes(ground, links)
        check_unused(network, ground, links)
        check_tiers(ground, links)
        check_unwanted(network, ground)
        check_loops(network, ground)
        check_dominated(network, ground, links)
    check_forced(network, ground)
    check_magnitudes(ground)
    check_spread(ground)
    check_leads(ground)
    check_shares(ground)
    check_priorities(network, ground)
    check_ladder(network, ground)
    check_objective(network, ground)
    check_horizon(network, ground)
    check_idle(network, ground)
    check_cases(ground)
    check_whole_units(network, ground)
    check_names(ground)


def routes_known(ground: Ground) -> bool:
    """Whether the sheets that bring goods are without fault.

    A misspelt code in Lanes leaves places without a route; saying so too would only hide the
    fault behind its consequences.
    """
    titles = {ground.tables.table(sheet).title for sheet in ROUTES}
    return not any(fault.sheet in titles for fault in ground.findings.errors)


def check_demand(network: Network, ground: Ground, links: Links) -> None:
    """Demand at closed places and outside the windows of its location."""
    demand, sites, findings = network.demand, ground.sites, ground.findings
    location = network.places.location[demand.place]
    wanted = demand.quantity > 0.0
    shut = sites.shut[location]
    rows = _DemandRows(ground, network)
    table = rows.table
    away = wanted & shut[:, None]
    findings.add("demand-closed", table=table, index=rows.of(away), field="location")
    outside = wanted & ~shut[:, None] & ~sites.locations.active[location]
    units = show(round(float(demand.quantity[outside].sum()), 6))
    findings.add(
        "demand-inactive", table=table, index=rows.of(outside), field="period", quantity=units
    )


def check_routes(network: Network, ground: Ground, links: Links) -> None:
    """Demand no lane can reach, demand before anything can arrive."""
    demand, sites, findings = network.demand, ground.sites, ground.findings
    location = network.places.location[demand.place]
    product = network.places.product[demand.place]
    wanted = demand.quantity > 0.0
    shut = sites.shut[location]
    rows = _DemandRows(ground, network)
    table = rows.table
    there = links.present[location, product]
    if network.substitutes is not None:
        ways = network.substitutes
        where = network.places.location[ways.place], network.places.product[ways.place]
        np.logical_or.at(there, ways.stream, links.present[where])
    lost = wanted & ~shut[:, None] & ~there[:, None]
    cause = ""
    if lost.any():
        first_lost = int(np.flatnonzero(lost.any(axis=1))[0])
        cause = dry_source(ground, links, int(location[first_lost]), int(product[first_lost]))
    findings.add("no-route", table=table, index=rows.of(lost), field="location", source=cause)
    first = network.first_issue()
    early = wanted & sites.locations.active[location] & ~lost
    early &= np.arange(len(network.periods)) < first[:, None]
    _report_early(network, early, first, rows, findings)


def _report_early(
    network: Network,
    early: Flags,
    first: Ints,
    rows: "_DemandRows",
    findings: Findings,
) -> None:
    """Warn of demand before the first possible arrival, with the days that are missing."""
    periods, demand = network.periods, network.demand
    streams = np.flatnonzero(early.any(axis=1))
    last = early.shape[1] - 1 - early[streams, ::-1].argmax(axis=1)
    arrival = np.minimum(first[streams], early.shape[1] - 1)
    missing = (periods.start[arrival] - periods.start[last]).astype(np.int64)
    for number, stream in enumerate(streams[:KEPT]):
        mine = early & (np.arange(len(early)) == stream)[:, None]
        never = first[stream] == early.shape[1]
        must = demand.mode[stream] == "must"
        findings.add(
            "must-unreachable" if must else "demand-unreachable",
            table=rows.table,
            index=rows.of(mine),
            field="quantity",
            quantity=show(round(float(demand.quantity[mine].sum()), 6)),
            first="" if never else periods.id[first[stream]],
            days="" if never else int(missing[number]),
        )
    rest = early.copy()
    rest[streams[:KEPT]] = False
    at = rows.of(rest)
    units = show(round(float(demand.quantity[rest].sum()), 6))
    findings.add("demand-unreachable", table=rows.table, index=at, field="quantity", quantity=units)


class _DemandRows:
    """Finds the row of Demand behind a stream and a period."""

    def __init__(self, ground: Ground, network: Network) -> None:
        self.table = ground.tables.table("Demand")
        self.ground, self.network = ground, network

    def of(self, wanted: Flags) -> Ints:
        """First row of every place whose streams have a marked period [D, T]."""
        if not wanted.any():
            return np.zeros(0, dtype=np.int64)
        row, stream, period = self._known
        marked = wanted[stream, period]
        _, first = np.unique(self.network.demand.place[stream[marked]], return_index=True)
        return np.asarray(np.sort(row[marked][first]))

    @cached_property
    def _known(self) -> tuple[Ints, Ints, Ints]:
        """Rows that want something within the horizon, with the stream and the period of each."""
        frame, ground, periods = self.table.frame, self.ground, self.network.periods
        sites, goods, streams = ground.sites.locations, ground.products.code, ground.streams
        location = find(sites.code, frame["location"].to_numpy(dtype=object))
        product = find(goods, frame["product"].to_numpy(dtype=object))
        period = locate_names(periods, frame["period"].to_numpy(dtype=object))
        known = (location >= 0) & (product >= 0) & (period >= 0) & (period < len(periods))
        known &= frame["quantity"].to_numpy(np.float64) > 0.0
        location, product = location[known], product[known]
        classes, rule = ground.classes, ground.rule
        group, channel = customers(frame[known], location, product, sites.channel, classes, rule)
        sizes = (len(sites.code), len(goods), len(classes.code), len(rule.channels))
        named = (streams.location, streams.product, streams.service_class, streams.channel)
        key = np.ravel_multi_index((location, product, group, channel), sizes)
        stream = pd.Index(np.ravel_multi_index(named, sizes)).get_indexer(pd.Index(key))
        some = stream >= 0
        return np.flatnonzero(known)[some], stream[some].astype(np.int64), period[known][some]


def check_supply(ground: Ground) -> None:
    """Supply rows of closed places have no effect."""
    table = ground.tables.table("Supply")
    location = find(ground.sites.locations.code, table.frame["location"].to_numpy(dtype=object))
    shut = (location >= 0) & np.append(ground.sites.shut, False)[location]
    index = np.flatnonzero(shut)
    ground.findings.add("supply-closed", table=table, index=index, field="location")


def check_lanes(network: Network, ground: Ground) -> None:
    """Min Shipment above Max Shipment of one lane and period."""
    lanes, table = network.lanes, ground.tables.table("Lanes")
    wrong = (lanes.min_shipment > lanes.max_shipment).any(axis=1)
    stated = np.flatnonzero(table.frame["min_shipment"].to_numpy(np.float64) > 0.0)
    for lane in np.flatnonzero(wrong)[:KEPT]:
        least = lanes.min_shipment[lane].max()
        rows = stated[table.frame["min_shipment"].to_numpy(np.float64)[stated] == least]
        ground.findings.add(
            "min-over-max",
            table=table,
            index=rows[:1],
            field="min_shipment",
            where=lanes.label[lane],
            most=f"{table.heading('max_shipment')} {show(float(lanes.max_shipment[lane].min()))}",
        )


def check_unused(network: Network, ground: Ground, links: Links) -> None:
    """Open locations nothing touches, and lanes whose goods all arrive after the horizon."""
    used = np.zeros(len(network.locations), dtype=bool)
    used[network.places.location] = True
    used[links.pairs.origin] = used[links.pairs.destination] = True
    idle = ground.sites.order[~used & ~ground.sites.shut]
    table = ground.tables.table("Locations")
    ground.findings.add("location-unused", table=table, index=np.sort(idle), field="location")
    goods, count = network.goods, len(network.periods)
    late = np.where(goods.allowed, np.arange(count) + goods.lead, 2 * count).min(axis=1) >= count
    on_time = np.unique(goods.lane[~late])
    for lane in np.setdiff1d(goods.lane[late], on_time)[:KEPT]:
        table = ground.tables.table("Lanes")
        rows = rows_of_lane(network, ground, links, int(lane))
        lead = np.nan_to_num(table.frame["lead_time"].to_numpy(np.float64)[rows])
        ground.findings.add(
            "lane-too-slow",
            table=table,
            index=rows[[lead.argmax()]],
            field="lead_time",
            lane=network.lanes.label[lane],
        )


def check_leads(ground: Ground) -> None:
    """Lead times in periods must be whole numbers."""
    if ground.tables.settings.lead_time_unit != "period":
        return
    for sheet in ("Lanes", "Supply", "Recipes"):
        table = ground.tables.table(sheet)
        lead = np.nan_to_num(table.frame["lead_time"].to_numpy(np.float64))
        index = np.flatnonzero(lead != np.rint(lead))
        ground.findings.add("lead-not-whole", table=table, index=index, field="lead_time")
