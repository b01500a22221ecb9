"""Hard limits that today's stock breaks already or that nothing can reach in time (ruling 39)."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.checking.limit_rows import limit_row
from tierstock.inputs.checking.stock_checks import first_arrival
from tierstock.inputs.findings import Both, Findings, show
from tierstock.inputs.network import DIMENSIONS, Floats, Ints, Network
from tierstock.inputs.schema import say
from tierstock.inputs.tables import Table
from tierstock.inputs.units import unit_noun


def check_today(network: Network, ground: Ground) -> None:
    """Warn of stock above a hard maximum or a storage limit, and of hard safety stock too early.

    They bind from the first period that can comply.
    """
    places = network.places
    now = places.opening + places.arriving[:, 0] - places.leaving[:, 0]
    _above_maximum(network, ground, now)
    _above_storage(network, ground, now + places.blocked)
    _safety_too_early(network, ground)


def _above_maximum(network: Network, ground: Ground, now: Floats) -> None:
    places = network.places
    most = places.max_stock[:, 0]
    table, opening = ground.tables.table("OpeningStock"), ground.opening
    row = np.full(len(places), -1, dtype=np.int64)
    at = places.of[opening.location, opening.product]
    row[at[at >= 0]] = opening.row[at >= 0]
    for place in np.flatnonzero(places.max_hard[:, 0] & (now > most + 1e-9)):
        ground.findings.add(
            "stock-over-max",
            table=table,
            index=int(row[place]) if row[place] >= 0 else None,
            field="quantity" if row[place] >= 0 else "",
            location=network.locations.code[places.location[place]],
            product=network.products.code[places.product[place]],
            amount=show(round(float(now[place]), 6)),
            limit=show(round(float(most[place]), 6)),
            over=show(round(float(now[place] - most[place]), 6)),
            date=str(network.periods.start[0]),
        )


def _above_storage(network: Network, ground: Ground, held: Floats) -> None:
    places, products, capacity = network.places, network.products, network.capacity
    table = ground.tables.table("Capacity")
    most = capacity.limit[:, 0] + capacity.extra_limit[:, 0]
    for number in np.flatnonzero((capacity.kind == "storage") & np.isfinite(most)):
        here = places.location == capacity.location[number]
        zone = str(capacity.zone[number])
        if zone != "*":
            here &= products.zone[places.product] == zone
        size = np.nan_to_num(products.measure[places.product, capacity.dimension[number]])
        load = float((held * size)[here].sum())
        if load <= most[number] * (1 + 1e-9):
            continue
        unit = DIMENSIONS[capacity.dimension[number]]
        ground.findings.add(
            "stock-over-storage",
            table=table,
            index=limit_row(network, ground, int(number), 0),
            field="limit",
            location=network.locations.code[capacity.location[number]],
            zone="" if zone == "*" else zone,
            amount=show(round(load, 6)),
            unit=Both(unit_noun(unit, load), say(unit, "zh", kind="dimension")),
            limit=show(round(float(most[number]), 6)),
            over=show(round(load - float(most[number]), 6)),
            date=str(network.periods.start[0]),
        )


def _safety_too_early(network: Network, ground: Ground) -> None:
    """Hard safety stock in periods before anything more can arrive than is there or firm."""
    places, periods = network.places, network.periods
    if not places.safety_hard.any():
        return
    first = first_arrival(network)
    there = places.opening[:, None] + (places.arriving - places.leaving).cumsum(axis=1)
    short = places.safety_hard & (there < places.safety - 1e-9)
    early = short & (np.arange(len(periods)) < first[:, None])
    table = ground.tables.table("StockTargets")
    hard = np.flatnonzero((table.frame["hardness"] == "hard").to_numpy())
    for place in np.flatnonzero(early.any(axis=1)):
        _tell_early(network, table, hard, int(place), int(first[place]), ground.findings)


def _tell_early(
    network: Network, table: Table, hard: Ints, place: int, first: int, findings: Findings
) -> None:
    places = network.places
    never = first == len(network.periods)
    findings.add(
        "safety-too-early",
        table=table,
        index=int(hard[0]) if len(hard) == 1 else None,
        field="hardness" if len(hard) == 1 else "",
        location=network.locations.code[places.location[place]],
        product=network.products.code[places.product[place]],
        amount=show(round(float(places.safety[place].max()), 6)),
        first="" if never else network.periods.id[first],
        date="" if never else str(network.periods.start[first]),
    )
