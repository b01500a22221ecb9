"""What moves: lanes, goods on them, supply, open orders, vehicles.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


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
