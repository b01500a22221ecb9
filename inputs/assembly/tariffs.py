"""Duty, transfer prices and emission factors of lanes, vehicles and sites (F28, F33)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.vehicles import find_rows
from tierstock.inputs.network import Carbon, Floats, Ints, Network, Tariffs


def _of_goods(net: Network, links: Links, values: Floats | None) -> Floats:
    """What is stated for the goods of the lanes, in the order of those that may be shipped."""
    if values is None:
        return np.zeros(net.goods.allowed.shape)
    size = max(len(net.products), 1)
    known = links.goods.lane * size + links.goods.product
    at: Ints = np.searchsorted(known, net.goods.lane * size + net.goods.product)
    return values[at]


def tariffs(net: Network, ground: Ground, links: Links) -> Tariffs | None:
    """Return duty and transfer prices; None where no lane states any.

    A transfer price is paid between two companies: where both ends belong to one, or one of them
    to none, it has no effect, which is a warning.
    """
    stated = links.goods
    if stated.duty is None and stated.transfer_price is None:
        return None
    goods = net.goods
    duty = _of_goods(net, links, stated.duty) * net.places.value[goods.sink]
    price = _of_goods(net, links, stated.transfer_price)
    company = net.locations.company.astype(str)
    seller = company[net.lanes.origin[goods.lane]]
    buyer = company[net.lanes.destination[goods.lane]]
    trade = (seller != buyer) & (seller != "") & (buyer != "")
    idle = np.unique(goods.lane[(price != 0.0).any(axis=1) & ~trade])
    if len(idle):
        ground.findings.add(
            "transfer-price-idle",
            table=ground.tables.table("Lanes"),
            field="transfer_price",
            lane=net.lanes.label[idle[0]],
            further=len(idle) - 1 or "",
        )
    return Tariffs(duty=duty, transfer_price=np.where(trade[:, None], price, 0.0))


def carbon(net: Network, ground: Ground, links: Links) -> Carbon | None:
    """Return the emission factors; None where there are none.

    A carbon price without a factor changes nothing, which is a warning.
    """
    table, settings = ground.tables.table("Vehicles"), net.settings
    rows = find_rows(table, ground.catalog)
    vehicle = np.nan_to_num(table.frame["carbon"].to_numpy(dtype=np.float64))[rows]
    site = np.zeros(len(net.locations))
    if net.sites is not None:
        site[net.sites.location] = net.sites.carbon
    made = Carbon(
        goods=_of_goods(net, links, links.goods.carbon),
        vehicle=vehicle,
        site=site,
        price=settings.carbon_price,
    )
    if made.goods.any() or vehicle.any() or site.any():
        return made
    if settings.carbon_price:
        ground.findings.add("carbon-price-idle", sheet="Settings", value=settings.carbon_price)
    return None
