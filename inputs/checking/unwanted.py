"""Stock that nobody wants, and what is owed before the plan begins."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import KEPT, show
from tierstock.inputs.network import Flags, Network


def check_unwanted(network: Network, ground: Ground) -> None:
    """Warn of opening stock of products without any demand, and tell what is owed at the start."""
    table, opening = ground.tables.table("OpeningStock"), ground.opening
    asked = wanted(network)
    there = ~asked[opening.product] & (opening.usable > 0.0) & asked.any()
    products = np.unique(opening.product[there])
    for chosen in [*([product] for product in products[:KEPT]), products[KEPT:].tolist()]:
        if not len(chosen):
            continue
        mine = there & np.isin(opening.product, chosen)
        ground.findings.add(
            "stock-unwanted",
            table=table,
            index=np.sort(opening.row[mine]),
            field="quantity",
            product=network.products.code[chosen[0]],
            quantity=show(round(float(opening.usable[mine].sum()), 6)),
        )
    owed = np.sort(opening.row[opening.backlog > 0.0])
    units = show(round(float(opening.backlog.sum()), 6))
    ground.findings.add(
        "opening-backlog", table=table, index=owed, field="quantity", quantity=units
    )


def wanted(network: Network) -> Flags:
    """[P] products that something in the network asks for: demand, a recipe, a stock target."""
    places, demand, terminal = network.places, network.demand, network.terminal
    found = np.zeros(len(network.products), dtype=bool)
    asked = (demand.quantity > 0.0).any(axis=1) | (demand.opening_backlog > 0.0)
    found[places.product[demand.place[asked]]] = True
    found[places.product[(places.safety > 0.0).any(axis=1)]] = True
    aims = (terminal.target > 0.0)[terminal.row]
    found[places.product[terminal.place[aims]]] = True
    if network.production is not None:
        found[network.production.inputs.product] = True
    if network.substitutes is not None:
        found[places.product[network.substitutes.place]] = True
    if network.fixed_plan is not None or network.user_rows is not None:
        found[:] = True
    return found
