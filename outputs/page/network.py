"""Places, goods and periods by name, what flows between them, what limits them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Network
from tierstock.inputs.schema import LANGUAGES, say
from tierstock.outputs.page.packing import pack
from tierstock.outputs.page.sheets import sheet_facts
from tierstock.outputs.page.stock import locations_of, periods_of
from tierstock.outputs.use import LIMIT, limits_of

TIERS = ("supplier", "plant", "CDC", "RDC", "store", "ecom", "customer")
"""Tiers in the order goods pass them."""
FLOW_KINDS = ("replenish", "transfer", "return", "expedite")
"""Kinds of shipments."""


def period_facts(net: Network) -> dict[str, object]:
    """Return [T] id, first day (days since 1970) and days of the periods."""
    first = (net.periods.start - np.datetime64("1970-01-01")) / np.timedelta64(1, "D")
    return {
        "id": [str(one) for one in net.periods.id],
        "start": first.astype(int).tolist(),
        "days": net.periods.days.tolist(),
    }


def location_names(net: Network, channels: list[str]) -> dict[str, object]:
    """Return [L] code, name, tier, region, company and channel, and where they lie.

    Region, company and channel are numbers into ``regions``, ``companies`` and ``channels``,
    -1 where there is none; latitude and longitude are there where any is stated.
    """
    places = net.locations
    facts: dict[str, object] = {
        "code": [str(one) for one in places.code],
        "name": [str(one) for one in places.name],
        "tier": [TIERS.index(str(one)) for one in places.tier],
        "tiers": {one: [say(tier, one, "tier") for tier in TIERS] for one in LANGUAGES},
        "channel": [channels.index(str(one)) if one else -1 for one in places.channel],
        "channels": channels,
    }
    for many, one, values in (
        ("regions", "region", places.region),
        ("companies", "company", places.company),
    ):
        names = sorted({str(value) for value in values if value})
        facts[many] = names
        facts[one] = [names.index(str(value)) if value else -1 for value in values]
    sites = None if net.ground is None else net.ground.sites
    if sites is not None and np.isfinite(sites.latitude * sites.longitude).any():
        facts["latitude"] = _numbers(sites.latitude)
        facts["longitude"] = _numbers(sites.longitude)
    return facts


def _numbers(values: Floats) -> list[float | None]:
    return [float(one) if np.isfinite(one) else None for one in values]


def product_names(net: Network) -> dict[str, object]:
    """Return [P] code, name, base unit and family (a number, -1 for none) of the products."""
    goods = net.products
    families = sorted({str(one) for one in goods.family if one})
    return {
        "code": [str(one) for one in goods.code],
        "name": [str(one) for one in goods.name],
        "unit": [str(one) for one in goods.base_unit],
        "family": [families.index(str(one)) if one else -1 for one in goods.family],
        "families": families,
    }


def flow_facts(net: Network, shipments: pd.DataFrame) -> dict[str, object]:
    """Return what goes from where to where, by ship period of the horizon.

    Returns:
        [F] ``from``, ``to`` and ``kind`` of each flow, [F, T] ``units`` and ``money`` at standard
        cost, and the kinds by language.
    """
    period = periods_of(net, shipments["Ship Period"])
    rows = shipments[period >= 0]
    period = period[period >= 0]
    ends = [locations_of(net, rows[side]) for side in ("From", "To")]
    kind = pd.Index(FLOW_KINDS).get_indexer(pd.Index(rows["Kind"].to_numpy(dtype=object)))
    found, flow = np.unique(np.stack([*ends, kind]), axis=1, return_inverse=True)
    sums = {}
    for name, column in (("units", "Quantity"), ("money", "Value")):
        total = np.zeros((found.shape[1], len(net.periods)))
        np.add.at(total, (flow.ravel(), period), rows[column].to_numpy(np.float64))
        sums[name] = pack(total)
    return {
        **{name: found[at].tolist() for at, name in enumerate(("from", "to", "kind"))},
        "kinds": {one: [say(word, one, "lane kind") for word in FLOW_KINDS] for one in LANGUAGES},
        **sums,
    }


def limit_facts(net: Network, use: pd.DataFrame, money: Mapping[str, str]) -> dict[str, object]:
    """Return the limits of the sheet CapacityUse, each with its use over the periods.

    Returns:
        ``names``: their words, as a sheet; [C] ``location``, ``from`` and ``to`` (-1 for none);
        ``kind``: the kind in English; [C, T] ``limit``, ``used`` and ``share``, missing where a
        limit does not hold, and the marginal ``value`` where the sheet has it.
    """
    heads, limit = use[LIMIT].fillna("").astype(str), limits_of(use)
    first = heads.iloc[np.unique(limit, return_index=True)[1]]
    facts: dict[str, object] = {
        "names": sheet_facts("CapacityUse", dict.fromkeys(LANGUAGES, first), money),
        "kind": first["Kind"].tolist(),
    }
    for name in ("Location", "From", "To"):
        facts[name.lower()] = locations_of(net, first[name]).tolist()
    columns = {"limit": "Limit", "used": "Used", "share": "Utilisation", "value": "Marginal Value"}
    for name, column in columns.items():
        if column in use:
            found = np.full((len(first), len(net.periods)), np.nan)
            found[limit, periods_of(net, use["Period"])] = use[column].to_numpy(np.float64)
            facts[name] = pack(found)
    return facts
