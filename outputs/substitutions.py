"""Demand that was met with another product (F30)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats
from tierstock.outputs.charge import Charge
from tierstock.outputs.expand import Flows, Sparse, named

COLUMNS = (
    "Scenario",
    "Location",
    "Product",
    "Class",
    "Channel",
    "Period",
    "Substitute",
    "Quantity",
    "Used",
    "Cost",
)


def _terms(plan: Flows) -> tuple[Sparse, Floats, Floats]:
    """What was met with a substitute, with its ratio and its cost per unit wanted."""
    ways, used = plan.net.substitutes, plan.substituted
    assert ways is not None
    size = (len(plan.net.demand), len(plan.net.places))
    way = np.full(size, -1, dtype=np.int64)
    way[ways.stream, ways.place] = np.arange(len(ways))
    number = way[used["stream"], used["place"]]
    return used, ways.ratio[number], ways.cost[number]


def substitutions(plan: Flows, scenario: str) -> pd.DataFrame | None:
    """Return the sheet ``Substitutions``: one row per demand, period and substitute used.

    Quantity counts units of the product that was wanted, Used units of the substitute handed out;
    ``Inventory.Issued`` counts the product that is handed out. None without rules of substitution.
    """
    net = plan.net
    if net.substitutes is None:
        return None
    used, ratio, cost = _terms(plan)
    demand, places = net.demand, net.places
    stream, period = used["stream"], used["period"]
    at, of = places.location[demand.place[stream]], places.product[demand.place[stream]]
    instead = places.product[used["place"]]
    kind, channel = demand.service_class[stream], demand.channel[stream]
    order = np.lexsort((instead, period, channel.astype(str), kind.astype(str), of, at))
    frame = {
        "Scenario": scenario,
        "Location": named(net.locations.code, at[order]),
        "Product": named(net.products.code, of[order]),
        "Class": pd.Series(kind[order], dtype="str"),
        "Channel": pd.Series(channel[order], dtype="str"),
        "Period": named(net.periods.id, period[order]),
        "Substitute": named(net.products.code, instead[order]),
        "Quantity": used.value[order],
        "Used": (ratio * used.value)[order],
        "Cost": (cost * used.value)[order],
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))


def substitution_charges(plan: Flows) -> Iterator[Charge]:
    """substitution = Cost x what is met with a substitute, at the product that was wanted."""
    net = plan.net
    if net.substitutes is None:
        return
    used, _, cost = _terms(plan)
    own = net.demand.place[used["stream"]]
    where = net.places.location[own], net.places.product[own]
    yield Charge("substitution", *where, used["period"], cost * used.value)
