"""What values belong to: places, locations, products, lanes and goods on them, item by item."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Flags, Ints, Network, Texts
from tierstock.inputs.selecting.catalog import Catalog

EVERY = -1
"""Stands for every location, or every product."""


@dataclass(frozen=True)
class Asked:
    """Which places are asked for; None = all."""

    location: int | None = None
    product: int | None = None


@dataclass(frozen=True)
class Grid:
    """The items of one kind that are asked for."""

    kind: str
    number: Ints
    """[M] what the item is: place, lane, location, product, stream; place sent from for goods."""
    location: Ints
    """[M] location the item is told at; ``EVERY`` for products."""
    product: Ints
    """[M] product; ``EVERY`` for lanes and locations."""
    lane: Ints
    """[M] lane; -1 where the item is none."""
    label: Texts
    """[M] what tells items of one place apart: the lane, the substitute; blank for none."""
    codes: dict[str, Ints]
    """Code of every item by role, [M]."""

    def __len__(self) -> int:
        return len(self.number)


def build_grid(
    kind: str, net: Network, catalog: Catalog, asked: Asked, *, by_lane: bool = False
) -> Grid:
    """Return the items of a kind.

    A lane and its goods are told at the location they lead to; where a location is asked for,
    also those that leave it, and all of them are told there.

    Args:
        kind: place; stock (places that may hold some), demand (places with some); location;
            product; good; lane; transfer and able (products that their origin has, on transfer
            lanes and on all lanes, also where a rule closes them); standin (substitutes).
        net: the network.
        catalog: what selectors may name.
        asked: the place asked for.
        by_lane: return the lanes of goods, for a sheet that makes no difference between products.
    """
    if kind in ("good", "lane", "transfer", "able"):
        return _moving(kind, net, catalog, asked, by_lane=by_lane or kind == "lane")
    places = net.places
    if kind == "standin":
        return _standins(net, catalog, asked)
    if kind == "location":
        location = np.flatnonzero(_at(np.arange(len(net.locations)), asked.location))
        return _still(kind, location, location, np.full(len(location), EVERY), net, catalog)
    here = _at(places.location, asked.location) & _at(places.product, asked.product)
    if kind == "product":
        product = np.unique(places.product[here])
        return _still(kind, product, np.full(len(product), EVERY), product, net, catalog)
    if kind == "stock":
        here &= places.keeps.any(axis=1)
    elif kind == "demand":
        here &= np.isin(np.arange(len(places)), net.demand.place)
    number = np.flatnonzero(here)
    return _still(kind, number, places.location[number], places.product[number], net, catalog)


def _at(codes: Ints, wanted: int | None) -> Flags:
    return np.ones(len(codes), dtype=bool) if wanted is None else np.asarray(codes == wanted)


def _still(
    kind: str, number: Ints, location: Ints, product: Ints, net: Network, catalog: Catalog
) -> Grid:
    codes = {"location": location, "product": product}
    for role in ("tier", "channel"):
        known = catalog.positions(role, getattr(net.locations, role))
        codes[role] = known[location]
    none = np.full(len(number), "", dtype=object)
    return Grid(kind, number, location, product, np.full(len(number), -1), none, codes)


def _standins(net: Network, catalog: Catalog, asked: Asked) -> Grid:
    """Substitutes by the place and channel they may serve, told at what they stand in for."""
    none = np.zeros(0, dtype=np.int64)
    stream = none if net.substitutes is None else net.substitutes.stream
    place = none if net.substitutes is None else net.substitutes.place
    known = catalog.positions("channel", net.demand.channel)
    blank = catalog.positions("channel", np.array([""], dtype=object))[0]
    ways = np.stack(
        [
            net.places.location[net.demand.place[stream]],
            net.places.product[net.demand.place[stream]],
            net.places.product[place],
            np.where(known < 0, blank, known)[stream],
        ]
    )
    ways, first = np.unique(ways, axis=1, return_index=True)
    mine = np.flatnonzero(_at(ways[0], asked.location) & _at(ways[1], asked.product))
    location, product, other, channel = ways[:, mine]
    names = net.demand.channel[stream[first[mine]]]
    codes = {"product": product, "substitute": other, "channel": channel}
    label = net.products.code[other] + np.where(names == "", "", "/" + names)
    lane = np.full(len(mine), -1)
    return Grid("standin", other, location, product, lane, label, codes)


def _moving(kind: str, net: Network, catalog: Catalog, asked: Asked, *, by_lane: bool) -> Grid:
    lanes = net.lanes
    if kind in ("good", "lane"):
        lane, product = net.goods.lane, net.goods.product
    else:
        some = np.arange(len(lanes)) if kind == "able" else _of_kind(net, "transfer")
        row, product = np.nonzero(net.places.of[lanes.origin[some]] >= 0)
        lane = some[row]
    mine = _at(product, asked.product)
    mine &= _at(lanes.origin[lane], asked.location) | _at(lanes.destination[lane], asked.location)
    lane, product = lane[mine], product[mine]
    if by_lane:
        lane = np.unique(lane)
        product = np.full(len(lane), EVERY)
    location = lanes.destination[lane]
    if asked.location is not None:
        location = np.full(len(lane), asked.location)
    codes = {
        "from": lanes.origin[lane],
        "to": lanes.destination[lane],
        "product": product,
        "mode": catalog.positions("mode", lanes.mode)[lane],
    }
    return Grid(kind, lane, location, product, lane, lanes.label[lane], codes)


def _of_kind(net: Network, kind: str) -> Ints:
    return np.flatnonzero(net.lanes.kind == kind)
