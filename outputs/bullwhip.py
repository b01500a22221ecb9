"""The sheet ``Bullwhip``: how the swings of orders grow from the customer up the tiers."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.forward_demand import TIER_ORDER
from tierstock.inputs.network import Floats, Ints
from tierstock.outputs.alerts import Scene
from tierstock.outputs.alerts.scene import FEW, codes
from tierstock.outputs.expand import named

COLUMNS = ("Scenario", "Tier", "Product", "Order Variance", "Demand Variance", "Ratio")
FEWEST = 4
"""Periods that a variance needs."""
ORDERED = ("replenish", "expedite")
"""Kinds of shipments that somebody orders; the others even out stock or bring goods back."""


def bullwhip(scene: Scene, scenario: str = "base") -> pd.DataFrame:
    """Return the sheet ``Bullwhip``: one row per tier and product, from the customer upwards.

    Order Variance is that of what the places of the tier order per period: what lanes bring from
    other tiers, by ship period, and what they buy, by order period. Demand Variance is that of the
    demand these places serve, their own and that of the places they feed (ruling 32). Ratio =
    Order Variance / Demand Variance, blank where the demand never changes. Transfers and returns
    are no orders. A product whose orders and demand never change has no row, nor has a plan of
    fewer than four periods.
    """
    net, periods = scene.net, scene.size[1]
    tiers = sorted(set(net.locations.tier.tolist()), key=lambda tier: -TIER_ORDER.get(tier, 0))
    tier = codes(np.array(tiers, dtype=object), pd.Series(net.locations.tier))
    size = (len(tiers), len(net.products), periods)
    orders, demand = _orders(scene, tier, size), np.zeros(size)
    served = net.places.daily_demand * net.periods.days
    np.add.at(demand, (tier[net.places.location], net.places.product), served)
    row, product = np.nonzero(orders.any(axis=2) & demand.any(axis=2))
    if periods < FEWEST:
        row, product = row[:0], product[:0]
    varied = orders[row, product].var(axis=1)
    wanted = demand[row, product].var(axis=1)
    told = varied + wanted > FEW
    row, product, varied, wanted = row[told], product[told], varied[told], wanted[told]
    steady = wanted <= 1e-9 * np.maximum(1.0, (demand[row, product] ** 2).mean(axis=1))
    frame = {
        "Scenario": scenario,
        "Tier": named(np.array(tiers, dtype=object), row),
        "Product": named(net.products.code, product),
        "Order Variance": varied,
        "Demand Variance": np.where(steady, 0.0, wanted),
        "Ratio": np.divide(varied, wanted, out=np.full(len(row), np.nan), where=~steady),
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))


def _orders(scene: Scene, tier: Ints, size: tuple[int, int, int]) -> Floats:
    """Return [tiers, P, T] units that the places of a tier order in each period."""
    net, found = scene.net, np.zeros(size)
    sent, bought = scene.tables["Shipments"], scene.tables["Purchases"]
    origin, end = (codes(net.locations.code, sent[name]) for name in ("From", "To"))
    of, when = codes(net.products.code, sent["Product"]), scene.periods(sent, "Ship Period")
    kept = (tier[origin] != tier[end]) & (when >= 0) & sent["Kind"].isin(ORDERED).to_numpy()
    units = sent["Quantity"].to_numpy(np.float64)
    np.add.at(found, (tier[end[kept]], of[kept], when[kept]), units[kept])
    place = codes(net.locations.code, bought["To"])
    of, when = codes(net.products.code, bought["Product"]), scene.periods(bought, "Order Period")
    np.add.at(found, (tier[place], of, when), bought["Quantity"].to_numpy(np.float64))
    return found
