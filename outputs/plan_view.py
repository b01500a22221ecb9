"""The sheet ``PlanView``: the plan as planners read it, measures as rows, periods as columns."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats
from tierstock.outputs.alerts import Scene
from tierstock.outputs.alerts.scene import FEW, tidy, transfers
from tierstock.outputs.expand import named

KEYS = ("Location", "Product", "Measure")
MEASURES = (
    "opening",
    "in",
    "transfer in",
    "transfer out",
    "demand",
    "issued",
    "closing",
    "target",
    "cover",
)
"""Measures in the order of the rows of a place."""
ALWAYS = ("opening", "issued", "closing")
"""Measures that are shown also where they are 0 in all periods."""


def plan_view(scene: Scene) -> pd.DataFrame:
    """Return the sheet ``PlanView``: Location, Product, Measure, and one column per period.

    The figures are those of Inventory and Service, with transfers apart. ``in`` is what comes but
    for transfers: received, bought, made, returned. ``issued`` is what leaves but for transfers:
    issued, shipped on, used up, scrapped, disposed of, less what is adjusted. So::

        closing = opening + in + transfer in - transfer out - issued

    demand is what customers ask for, target the safety stock, cover days of stock at the end
    (blank where nothing would use it up). Of the other measures, rows of nothing but 0 or blanks
    are left out. Places come in the order of Inventory, measures in theirs.
    """
    values = _measures(scene)
    stock = scene.tables["Inventory"]
    shown = pd.unique(scene.places(stock))
    table = np.stack([values[name][shown] for name in MEASURES], axis=1)
    told = np.nan_to_num(np.abs(table)).max(axis=2) > FEW
    told |= np.isin(MEASURES, ALWAYS)
    place, measure = np.nonzero(told)
    places, net = scene.net.places, scene.net
    keys = {
        "Location": named(net.locations.code, places.location[shown[place]]),
        "Product": named(net.products.code, places.product[shown[place]]),
        "Measure": named(np.array(MEASURES, dtype=object), measure),
    }
    grid = pd.DataFrame(table[place, measure], columns=[str(one) for one in net.periods.id])
    return pd.concat([pd.DataFrame(keys), grid], axis=1)


def _measures(scene: Scene) -> dict[str, Floats]:
    """Return measure -> [N, T]."""
    stock = scene.inventory
    came, went = transfers(scene)
    arriving = sum((stock(name) for name in ("Purchased", "Produced", "Returned")), -came)
    leaving = sum((stock(name) for name in ("Shipped", "Consumed", "Scrapped", "Disposed")), -went)
    nobody = np.isnan(scene.tables["Inventory"]["Days Cover"].to_numpy(np.float64))
    blank = scene.grid(*scene.stock_rows, nobody.astype(np.float64)) > 0
    return {
        "opening": stock("Opening"),
        "in": tidy(arriving + stock("Received")),
        "transfer in": came,
        "transfer out": went,
        "demand": scene.service("Demand"),
        "issued": tidy(leaving + stock("Issued") - stock("Adjusted")),
        "closing": scene.closing,
        "target": stock("Target"),
        "cover": np.where(blank, np.nan, stock("Days Cover")),
    }
