"""What has to happen whatever the plan decides, against what a site can do and a network has."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.checking.limit_rows import limit_row
from tierstock.inputs.findings import KEPT, Both, show
from tierstock.inputs.network import DIMENSIONS, Floats, Network
from tierstock.inputs.schema import say
from tierstock.inputs.units import unit_noun

SLACK = 1e-9


def check_forced(network: Network, ground: Ground) -> None:
    """Warn of limits below the flow or stock that is forced, and of demand above all supply."""
    if ground.findings.errors:
        return
    places, demand = network.places, network.demand
    must = np.zeros((len(places), len(network.periods)))
    reach = network.servable() & (demand.mode == "must")[:, None]
    np.add.at(must, demand.place, np.where(reach, demand.quantity, 0.0))
    going, coming = must + places.leaving, places.arriving
    for kind, flow in (("outbound", going), ("inbound", coming), ("dock", going + coming)):
        _over(network, ground, kind, flow)
    safety = np.where(places.safety_hard, places.safety, 0.0)
    _over(network, ground, "storage", safety, "safety-over-storage")
    _more_than_all(network, ground, must)
    _zero_limits(ground)
    _lots_over_lane(network, ground)


def _over(
    network: Network, ground: Ground, kind: str, units: Floats, code: str = "forced-over-capacity"
) -> None:
    """Warn at limits of a kind that are below what is forced, in the worst period."""
    places, products, capacity = network.places, network.products, network.capacity
    most = capacity.limit + capacity.extra_limit
    for number in np.flatnonzero((capacity.kind == kind) & np.isfinite(most).any(axis=1)):
        here = places.location == capacity.location[number]
        zone = str(capacity.zone[number])
        if zone != "*":
            here &= products.zone[places.product] == zone
        size = np.nan_to_num(products.measure[places.product, capacity.dimension[number]])
        load = (units * size[:, None])[here].sum(axis=0)
        over = np.where(load > most[number] * (1 + SLACK) + SLACK, load - most[number], 0.0)
        if not over.any():
            continue
        at = int(over.argmax())
        unit = DIMENSIONS[capacity.dimension[number]]
        ground.findings.add(
            code,
            table=ground.tables.table("Capacity"),
            index=limit_row(network, ground, int(number), at),
            field="limit",
            location=network.locations.code[capacity.location[number]],
            period=network.periods.id[at],
            amount=show(round(float(load[at]), 6)),
            unit=Both(unit_noun(unit, float(load[at])), say(unit, "zh", kind="dimension")),
            limit=show(round(float(most[number, at]), 6)),
        )


def _more_than_all(network: Network, ground: Ground, must: Floats) -> None:
    """Warn where demand that must be served is more than can enter the network by then."""
    places, supply, size = network.places, network.supply, len(network.products)
    if network.production is not None or network.substitutes is not None:
        return
    source, need = np.zeros((size, must.shape[1])), np.zeros((size, must.shape[1]))
    np.add.at(need, places.product, must)
    np.add.at(source, places.product, places.arriving - places.leaving)
    np.add.at(source[:, 0], places.product, places.opening)
    np.add.at(source, places.product[supply.place], supply.most)
    if network.orders.firm.all() and network.returns is None:
        short = need.cumsum(axis=1) - source.cumsum(axis=1)
        _tell_short(network, ground, short, need.cumsum(axis=1))


def _tell_short(network: Network, ground: Ground, short: Floats, need: Floats) -> None:
    table = ground.tables.table("Demand")
    for product in np.flatnonzero((short > SLACK * (1 + need)).any(axis=1))[:KEPT]:
        at = int(short[product].argmax())
        code = network.products.code[product]
        rows = np.flatnonzero((table.frame["product"] == code).to_numpy())
        ground.findings.add(
            "must-over-supply",
            table=table,
            index=rows[:1],
            field="product",
            product=code,
            period=network.periods.id[at],
            amount=show(round(float(need[product, at]), 6)),
            over=show(round(float(short[product, at]), 6)),
        )


def _zero_limits(ground: Ground) -> None:
    """Limits of 0 close a way; blank would mean no limit."""
    for sheet, field, extra in (
        ("Lanes", "max_shipment", ""),
        ("Capacity", "limit", "extra_limit"),
    ):
        table = ground.tables.table(sheet)
        zero = table.frame[field].to_numpy(np.float64) == 0.0
        if extra:
            zero &= ~(table.frame[extra].to_numpy(np.float64) > 0.0)
            zero &= (table.frame["period"].isin(("", "*"))).to_numpy()
        ground.findings.add("limit-zero", table=table, index=np.flatnonzero(zero), field=field)


def _lots_over_lane(network: Network, ground: Ground) -> None:
    """Warn of lots that are larger than the lane may carry in any period."""
    if network.lots is None:
        return
    lot, most = network.lots.shipment, network.lanes.max_shipment[network.goods.lane]
    over = lot > most * (1 + SLACK)
    never = over.any(axis=1) & (over | ~network.goods.allowed).all(axis=1)
    table = ground.tables.table("Lanes")
    stated = table.frame["order_multiple"].to_numpy(np.float64)
    sizes, first = np.unique(lot.max(axis=1, initial=0.0)[never], return_index=True)
    for size, good in zip(sizes, np.flatnonzero(never)[first], strict=True):
        ground.findings.add(
            "lot-over-lane",
            table=table,
            index=np.flatnonzero(stated == size)[:1],
            field="order_multiple",
            lane=network.lanes.label[network.goods.lane[good]],
            most=show(float(most[good].max())),
        )
