"""Whole lots of orders and shipments, and quotas, as a part of the network (F9, F15)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Network
from tierstock.inputs.network.lots import Lots


def build_lots(network: Network, ground: Ground, links: Links) -> Lots | None:
    """Return lots and quotas; None where nothing is asked for.

    A quota counts in the periods in which its supplier can be ordered from.
    """
    offers, goods, stated = links.offers, network.goods, links.goods
    size = max(len(ground.products), 1)
    known = stated.lane * size + stated.product
    at = np.searchsorted(known, goods.lane * size + goods.product)
    can = network.supply.most > 0
    lots = Lots(
        moq=np.where(can, offers.moq, 0.0),
        order=np.where(can, offers.multiple, 0.0),
        shipment=np.where(goods.allowed, stated.multiple[at], 0.0),
        share_min=np.where(can, offers.share_min, 0.0),
        share_max=np.where(can, offers.share_max, 1.0),
    )
    parts = (lots.moq, lots.order, lots.shipment, lots.share_min, lots.share_max < 1.0)
    return lots if any(part.any() for part in parts) else None
