"""What is kept and wanted: places, demand, capacity, stock at the end.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


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
