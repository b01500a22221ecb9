"""Units that fit no vehicle: a plan in fractions would send them in pieces."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.physical import COLUMNS
from tierstock.inputs.assembly.vehicles import LIMITS, find_rows
from tierstock.inputs.network import DIMENSIONS, Flags, Network


def check_cases(ground: Ground) -> None:
    """A case of no units cannot be counted."""
    table = ground.tables.table("Products")
    rows = np.flatnonzero(table.frame["units_per_case"].to_numpy(np.float64) == 0.0)
    ground.findings.add("not-above-zero", table=table, index=rows, field="units_per_case")


def check_whole_units(network: Network, ground: Ground) -> None:
    """Warn of products of which one unit fits no vehicle of a lane: they would go in pieces.

    A unit fits a vehicle if it is within each of its limits.
    """
    if ground.findings.errors:
        return
    goods, lanes, made = network.goods, network.lanes, network.vehicles
    measure = network.products.measure
    fits: Flags = ~np.asarray((measure[:, None, :] > made.limit[None, :, :]).any(axis=2))
    runs = lanes.vehicles[goods.lane]
    split = runs.any(axis=1) & ~(runs & fits[goods.product]).any(axis=1)
    split &= goods.allowed.any(axis=1)
    products, first, count = np.unique(goods.product[split], return_index=True, return_counts=True)
    for product, good, further in zip(
        products, np.flatnonzero(split)[first], count - 1, strict=True
    ):
        _report_split(network, ground, int(product), int(goods.lane[good]), int(further))


def _report_split(network: Network, ground: Ground, product: int, lane: int, further: int) -> None:
    """Name the vehicle of a lane into which most of a unit goes, and the limit in its way."""
    made, products = network.vehicles, ground.tables.table("Products")
    unit = network.products.measure[product]
    share = np.nan_to_num(made.limit / np.where(unit > 0.0, unit, np.nan), nan=np.inf)
    least = np.where(network.lanes.vehicles[lane], share.min(axis=1), -1.0)
    vehicle = int(least.argmax())
    number = int(share[vehicle].argmin())
    table = ground.tables.table("Vehicles")
    row = int(find_rows(table, ground.catalog)[vehicle])
    codes = products.frame["product"].to_numpy(dtype=object)
    ground.findings.add(
        "unit-over-vehicle",
        table=products,
        index=int(np.flatnonzero(codes == network.products.code[product])[0]),
        field=COLUMNS.get(DIMENSIONS[number], "product"),
        product=network.products.code[product],
        size=float(unit[number]),
        unit=DIMENSIONS[number],
        vehicle=made.code[vehicle],
        most=float(made.limit[vehicle, number]),
        cell_of=f"{table.title}!{table.cell(row, LIMITS[number])}",
        lane=network.lanes.label[lane],
        further=further or "",
    )
