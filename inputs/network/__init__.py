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
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tierstock.inputs.network.arrays import (
    DIMENSIONS,
    THROUGHPUT_KINDS,
    Dates,
    Flags,
    Floats,
    Ints,
    Texts,
)
from tierstock.inputs.network.budgets import Budgets
from tierstock.inputs.network.cash import Cash
from tierstock.inputs.network.fixed_plan import Decided, FixedPlan
from tierstock.inputs.network.ground import Locations, Periods, Products
from tierstock.inputs.network.keeping import Capacity, Demand, Places, Terminal
from tierstock.inputs.network.lots import Lots
from tierstock.inputs.network.moving import Goods, Lanes, Orders, Supply, Vehicles
from tierstock.inputs.network.policy import Earlier, Policy
from tierstock.inputs.network.production import Production
from tierstock.inputs.network.rates import Rates
from tierstock.inputs.network.returns import Returns
from tierstock.inputs.network.service import Fairness, Sales, Service, ServiceOrder, Targets
from tierstock.inputs.network.shelf_life import EXPIRED, SEVERAL, ShelfLife
from tierstock.inputs.network.sites import Sites
from tierstock.inputs.network.sourcing import SourceChoices, SourceRanks, SourceShares, Sourcing
from tierstock.inputs.network.substitutes import Substitutes
from tierstock.inputs.network.tariffs import Carbon, Tariffs
from tierstock.inputs.network.transfers import MoveLimits, Moves, Transfers
from tierstock.inputs.network.user_rows import UserRows
from tierstock.inputs.settings import Settings

if TYPE_CHECKING:
    from tierstock.inputs.assembly.ground import Ground

__all__ = [
    "Budgets",
    "Capacity",
    "Carbon",
    "Cash",
    "DIMENSIONS",
    "Dates",
    "Decided",
    "Demand",
    "EXPIRED",
    "Earlier",
    "Fairness",
    "FixedPlan",
    "Flags",
    "Floats",
    "Goods",
    "Ints",
    "Lanes",
    "Locations",
    "MoveLimits",
    "Moves",
    "Network",
    "Orders",
    "Periods",
    "Places",
    "Policy",
    "Production",
    "Products",
    "Rates",
    "Returns",
    "SEVERAL",
    "Sales",
    "Service",
    "ServiceOrder",
    "ShelfLife",
    "Sites",
    "SourceChoices",
    "SourceRanks",
    "SourceShares",
    "Sourcing",
    "Substitutes",
    "Supply",
    "THROUGHPUT_KINDS",
    "Targets",
    "Tariffs",
    "Terminal",
    "Texts",
    "Transfers",
    "UserRows",
    "Vehicles",
]


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
    sites: Sites | None = None
    """Locations that may open or close."""
    tariffs: Tariffs | None = None
    """Duty, and prices between companies."""
    carbon: Carbon | None = None
    """Emission factors and their price."""
    budgets: Budgets | None = None
    """Limits on capital, spend, freight, carbon, moves and cash."""
    lots: Lots | None = None
    """Least orders, whole lots and quotas."""
    integral: Flags | None = None
    """[T] periods in which whole trips, lots and departures are kept; None = in all."""
    production: Production | None = None
    """Recipes, the resources they need, and what goes in and comes out."""
    rates: Rates | None = None
    """Freight by bracket."""
    returns: Returns | None = None
    """Goods that customers bring back."""
    substitutes: Substitutes | None = None
    """Products that may stand in for others."""
    user_rows: UserRows | None = None
    """The planner's own constraints."""
    transfers: Transfers | None = None
    """Terms of transfers."""
    service: Service | None = None
    """Service targets and fairness."""
    service_order: ServiceOrder | None = None
    """Which demand comes before which at one place."""
    sales: Sales | None = None
    """Sales prices, where profit counts or a target is measured in money."""
    shelf_life: ShelfLife | None = None
    """Ages of goods that expire; None where nothing can expire within the plan."""
    sourcing: Sourcing | None = None
    """Who serves whom."""
    cash: Cash | None = None
    """Payment terms, opening cash and credit of companies."""
    fixed_plan: FixedPlan | None = None
    """Decisions already taken, or the plan of the run before."""
    policy: Policy | None = None
    """How stock is replenished today, for the baseline."""
    earlier: Earlier | None = None
    """Moves of the previous plan, where it is the baseline."""
    notes: tuple[str, ...] = field(default=())
    """Sentences the run prints: lead times rounded, ladder in force, terminal rule."""
    source: str | Mapping[str, pd.DataFrame] = ""
    """Full path it was read from, or copies of the DataFrames; blank where built in memory."""
    input_hash: str = ""
    """Hash of the file or folder before it was read; blank for DataFrames."""
    findings: pd.DataFrame | None = None
    """Warnings and notes of the check, in the columns of ``InputError.findings``."""
    ground: "Ground | None" = field(default=None, repr=False, compare=False)
    """The tables and selectors it was assembled from; None where built in memory."""

    @property
    def discount(self) -> Floats:
        """What one unit of money of each period counts in the objective; [T], 1 for the first."""
        periods = np.arange(len(self.periods), dtype=np.float64)
        return np.asarray((1.0 + self.settings.discount_per_period) ** -periods)

    def whole(self) -> Flags:
        """Periods in which whole trips, lots and departures are kept; [T]."""
        return np.ones(len(self.periods), dtype=bool) if self.integral is None else self.integral

    def first_issue(self) -> Ints:
        """First period in which anything, a substitute too, can be issued for each stream; [D]."""
        first = self.places.earliest[self.demand.place].copy()
        if self.substitutes is not None:
            ways = self.substitutes
            np.minimum.at(first, ways.stream, self.places.earliest[ways.place])
        return first

    def servable(self) -> Flags:
        """Periods in which goods a stream takes can have come and its place is open; [D, T]."""
        here = self.first_issue()[:, None] <= np.arange(len(self.periods))
        if self.shelf_life is not None:
            here = here & self.shelf_life.served
        return np.asarray(here & self.locations.active[self.places.location[self.demand.place]])

    def _repr_html_(self) -> str:
        from tierstock.inputs.showing import network_html

        return network_html(self)

    def trip_cost(self) -> Floats:
        """Money per trip of every vehicle type on every lane; [A, V]."""
        usual = np.broadcast_to(self.vehicles.trip_cost, (len(self.lanes), len(self.vehicles)))
        if self.rates is None:
            return usual
        return np.where(np.isnan(self.rates.trip_cost), usual, self.rates.trip_cost)
