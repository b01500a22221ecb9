"""The network: everything the model needs, as frozen tables and index arrays.

The only thing that crosses from the planner's words to the mathematics. Names are resolved,
selectors and periods expanded, units and money converted; what is left are codes in canonical
order (sorted by code, periods by time) and arrays aligned with them. No string is looked up
after this point.

Sizes used in the shapes below: L locations, P products, T periods, A lanes, K goods on lanes
(a lane with one product), N places (a location with one product), S supplies, D demand streams,
O open orders, C capacity limits, V vehicles, R terminal rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.settings import Settings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]
Dates = NDArray[np.datetime64]

DIMENSIONS = ("unit", "kg", "m3", "pallet")
"""The dimensions of every limit; the second axis of ``Products.measure`` and ``Vehicles.limit``."""

THROUGHPUT_KINDS = ("inbound", "outbound", "dock")


@dataclass(frozen=True)
class Periods:
    """Time buckets in order."""

    id: Texts
    """[T] id of the period, as the planner wrote it, e.g. ``2026-W03``."""
    start: Dates
    """[T] first day."""
    end: Dates
    """[T] last day."""
    days: Floats
    """[T] length in calendar days."""
    working_days: Floats
    """[T] days by which daily limits are multiplied."""

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class Locations:
    """Places of the network."""

    code: Texts
    """[L] unique code."""
    name: Texts
    """[L] name shown beside the code."""
    tier: Texts
    """[L] supplier, plant, CDC, RDC, store, ecom or customer."""
    region: Texts
    """[L] region, blank where none."""
    channel: Texts
    """[L] sales channel, blank where none."""
    company: Texts
    """[L] owner, blank where none."""
    active: Flags
    """[L, T] open for flows and stock in the period (Status, Active From, Active To)."""

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Products:
    """What is moved and kept."""

    code: Texts
    """[P] unique code."""
    name: Texts
    """[P] name shown beside the code."""
    family: Texts
    """[P] family, blank where none."""
    type: Texts
    """[P] raw, semi, finished, packaging or kit."""
    base_unit: Texts
    """[P] unit of all quantities, e.g. ``EA``."""
    zone: Texts
    """[P] storage zone."""
    unit_value: Floats
    """[P] standard cost, money per unit."""
    price: Floats
    """[P] sales price, money per unit; not a number where not stated."""
    per_case: Floats
    """[P] units in a case; not a number where not stated."""
    measure: Floats
    """[P, 4] what one unit takes in each of ``DIMENSIONS``; not a number where not stated."""

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Lanes:
    """Ways from one location to another, one row per pair and mode."""

    label: Texts
    """[A] ``From→To``, with ``(mode)`` behind it where the pair has several modes."""
    origin: Ints
    """[A] location the lane leaves."""
    destination: Ints
    """[A] location the lane reaches."""
    mode: Texts
    """[A] transport mode."""
    kind: Texts
    """[A] replenish, transfer, return or expedite."""
    distance: Floats
    """[A] km; not a number where neither stated nor known from coordinates."""
    min_shipment: Floats
    """[A, T] least quantity when the lane is used, units of all products."""
    max_shipment: Floats
    """[A, T] most per period, units of all products; infinite where not stated."""
    fixed_cost: Floats
    """[A, T] money per period with any flow."""
    vehicles: Flags
    """[A, V] vehicle types that may run here; a lane without any counts no trips."""

    def __len__(self) -> int:
        return len(self.label)


@dataclass(frozen=True)
class Goods:
    """Products on lanes: one row per lane and product it may carry."""

    lane: Ints
    """[K] lane."""
    product: Ints
    """[K] product."""
    source: Ints
    """[K] place the goods leave."""
    sink: Ints
    """[K] place the goods reach."""
    allowed: Flags
    """[K, T] may be shipped in the period (active windows, transfer rules, open ends)."""
    lead: Ints
    """[K, T] whole periods to arrival; ``t + lead >= T`` arrives after the horizon."""
    lead_days: Floats
    """[K, T] lead time of the lane in days as stated, basis of the transit cost."""
    arrival_days: Floats
    """[K, T] days from shipping to arrival, of which ``lead`` is the rounded form: ``lead_days``,
    and before them the supply lead time of an origin that holds no stock."""
    unit_cost: Floats
    """[K, T] freight, money per unit shipped."""
    transit_cost: Floats
    """[K, T] carrying cost on the way: value x rate of the destination x lead days / 365."""
    arriving_share: Floats
    """[K, T] yield: share of what is shipped that arrives."""

    def __len__(self) -> int:
        return len(self.lane)


@dataclass(frozen=True)
class Places:
    """Location-product pairs that can matter, with their stock data."""

    location: Ints
    """[N] location."""
    product: Ints
    """[N] product."""
    of: Ints
    """[L, P] number of the place, -1 where the pair does not occur."""
    opening: Floats
    """[N] usable stock at the start: Quantity - Blocked, never negative."""
    blocked: Floats
    """[N] stock never usable in the horizon."""
    arriving: Floats
    """[N, T] firm open orders that arrive in the period, units."""
    leaving: Floats
    """[N, T] firm open orders that leave this place in the period, units."""
    keeps: Flags
    """[N, T] may hold stock at the end of the period."""
    earliest: Ints
    """[N] first period in which anything can be here; T where never (C.6.1)."""
    holding: Floats
    """[N, T] money per unit of end-of-period stock and period."""
    value: Floats
    """[N, T] standard cost, money per unit, with local overrides."""
    handling_in: Floats
    """[N, T] money per unit received by lanes or bought."""
    handling_out: Floats
    """[N, T] money per unit shipped or issued."""
    safety: Floats
    """[N, T] safety stock wanted, units; 0 where none."""
    safety_hard: Flags
    """[N, T] whether the safety stock must hold."""
    safety_penalty: Floats
    """[N, T] money per unit missing and period."""
    max_stock: Floats
    """[N, T] most wanted, units; infinite where none."""
    max_hard: Flags
    """[N, T] whether the maximum must hold."""
    over_penalty: Floats
    """[N, T] money per unit above the maximum and period."""
    daily_demand: Floats
    """[N, T] forward demand in which cover is counted, units per day of the period."""
    daily_demand_after: Floats
    """[N] forward demand per day after the horizon."""

    def __len__(self) -> int:
        return len(self.location)


@dataclass(frozen=True)
class Supply:
    """Places that buy or make a product."""

    place: Ints
    """[S] place."""
    lead: Ints
    """[S, T] whole periods from order to usable stock."""
    most: Floats
    """[S, T] most per order period, units; infinite where not stated, 0 where none is offered."""
    least: Floats
    """[S, T] take-or-pay quantity, units."""
    least_penalty: Floats
    """[S, T] money per unit below ``least``; infinite = the quantity must be taken."""
    unit_cost: Floats
    """[S, T] purchase cost, money per unit."""
    fixed_cost: Floats
    """[S, T] money per period with an order."""

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Demand:
    """Demand streams: one row per place, class and channel."""

    place: Ints
    """[D] place that issues."""
    service_class: Texts
    """[D] class; ``standard`` where no class is stated."""
    channel: Texts
    """[D] channel, blank where none."""
    label: Texts
    """[D] class, with ``/channel`` behind it where a place has several channels in one class."""
    mode: Texts
    """[D] lost, backorder, partial or must."""
    priority: Ints
    """[D] 1 is served first."""
    quantity: Floats
    """[D, T] units wanted in the period."""
    opening_backlog: Floats
    """[D] units owed at the start."""
    lost_cost: Floats
    """[D, T] money per unit not served."""
    back_cost: Floats
    """[D, T] money per unit owed at the end of the period."""
    owed_share: Floats
    """[D] share of the demand that may wait: 0 lost, must; 1 backorder; between for partial."""
    clear_by: Ints
    """[D, T] last period in which what is owed since t is served, or given up; T = no limit."""
    opening_clear_by: Ints
    """[D] the same for the opening backlog."""

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Orders:
    """Open orders and goods in transit: one row per row of the InTransit sheet."""

    label: Texts
    """[O] unique name: order number or sheet row."""
    place: Ints
    """[O] place that receives."""
    origin: Ints
    """[O] place that sends, -1 where not stated or already left before the horizon."""
    ship: Ints
    """[O] period in which it leaves, -1 = before the horizon or not stated."""
    due: Ints
    """[O] period in which it arrives; T = after the horizon."""
    quantity: Floats
    """[O] units."""
    firm: Flags
    """[O] whether the plan must take it; firm orders are already in ``Places.arriving/leaving``."""
    saving: Floats
    """[O] money per unit saved when cancelled."""

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Capacity:
    """Storage and throughput limits."""

    location: Ints
    """[C] location."""
    kind: Texts
    """[C] storage, inbound, outbound or dock."""
    zone: Texts
    """[C] storage zone; ``*`` = the whole site."""
    dimension: Ints
    """[C] index into ``DIMENSIONS``."""
    limit: Floats
    """[C, T] most per period (working days multiplied in); infinite where none."""
    extra_limit: Floats
    """[C, T] further amount that may be had."""
    extra_cost: Floats
    """[C, T] money per dimension unit of it."""

    def __len__(self) -> int:
        return len(self.location)


@dataclass(frozen=True)
class Vehicles:
    """Vehicle types."""

    code: Texts
    """[V] unique code."""
    limit: Floats
    """[V, 4] most per trip in each of ``DIMENSIONS``; not a number = not limiting."""
    trip_cost: Floats
    """[V] money per trip."""
    fleet: Floats
    """[V] trips per period over the lanes that leave ``home``; infinite where not stated."""
    home: Flags
    """[V, L] locations the fleet departs from."""
    min_fill: Floats
    """[V] least average fill of the trips, 0 to 1."""
    fill_basis: Ints
    """[V] index into ``DIMENSIONS`` in which fill is counted."""

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Terminal:
    """Rules for what is left at the end: stock plus everything under way (F26)."""

    label: Texts
    """[R] name of the rule, e.g. ``cover network P1`` (unique)."""
    rule: Texts
    """[R] cover, opening or value."""
    target: Floats
    """[R] units wanted (cover, opening) or the most that earns credit (value)."""
    penalty: Floats
    """[R] money per unit missing; 0 for value."""
    credit: Floats
    """[R] money per unit left; 0 except for value."""
    row: Ints
    """[M] rule of each membership."""
    place: Ints
    """[M] place of each membership."""

    def __len__(self) -> int:
        return len(self.label)


@dataclass(frozen=True)
class Network:
    """A checked supply network, ready to be modelled.

    Attributes are frozen tables; arrays are read-only. Build it with ``tierstock.read``.
    """

    name: str
    settings: Settings
    periods: Periods
    locations: Locations
    products: Products
    lanes: Lanes
    goods: Goods
    places: Places
    supply: Supply
    demand: Demand
    orders: Orders
    capacity: Capacity
    vehicles: Vehicles
    terminal: Terminal
    notes: tuple[str, ...] = field(default=())
    """Sentences the run prints: lead times rounded, ladder in force, terminal rule."""
    source: str | Mapping[str, pd.DataFrame] = ""
    """Full path it was read from, or copies of the DataFrames; blank where built in memory."""
    input_hash: str = ""
    """Hash of the file or folder before it was read; blank for DataFrames."""
    findings: pd.DataFrame | None = None
    """Warnings and notes of the check, in the columns of ``InputError.findings``."""
