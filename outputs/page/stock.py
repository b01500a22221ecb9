"""Stock, demand and service of every place, and the sums of each location."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints, Network
from tierstock.outputs.page.packing import pack, tidy

RECEIPTS = ("Received", "Purchased", "Produced", "Returned")
"""What comes into stock, by column of the sheet Inventory."""


@dataclass(frozen=True)
class Stock:
    """The sheets Inventory and Service as arrays: G places of the sheet, T periods, L locations.

    Attributes:
        net: the network that was planned.
        inventory: the sheet Inventory, the periods of each place in order.
        service: the sheet Service.
    """

    net: Network
    inventory: pd.DataFrame
    service: pd.DataFrame

    @cached_property
    def location(self) -> Ints:
        """[G] location of each place."""
        return locations_of(self.net, self._heads["Location"])

    @cached_property
    def product(self) -> Ints:
        """[G] product of each place."""
        return _find(self.net.products.code, self._heads["Product"])

    @property
    def _heads(self) -> pd.DataFrame:
        return self.inventory.iloc[:: len(self.net.periods)]

    def grid(self, *columns: str) -> Floats:
        """[G, T] sum of some columns of Inventory."""
        values = self.inventory[list(columns)].to_numpy(np.float64).sum(axis=1)
        return np.asarray(values.reshape(-1, len(self.net.periods)))

    @cached_property
    def cost(self) -> Floats:
        """[G, T] standard cost."""
        places = self.net.places
        found: Floats = places.value[places.of[self.location, self.product]]
        return found

    @cached_property
    def cells(self) -> Ints:
        """[rows of Service] number of the cell of the grid each row belongs to, -1 for none."""
        shape = (len(self.net.locations), len(self.net.products))
        place = np.full(shape, -1, dtype=np.int64)
        place[self.location, self.product] = np.arange(len(self.location))
        row = place[
            locations_of(self.net, self.service["Location"]),
            _find(self.net.products.code, self.service["Product"]),
        ]
        cell = row * len(self.net.periods) + periods_of(self.net, self.service["Period"])
        return np.where(row >= 0, cell, -1)

    def served(self, column: str) -> Floats:
        """[G, T] a column of Service, summed over classes and channels."""
        found = np.zeros(len(self.location) * len(self.net.periods))
        there = self.cells >= 0
        np.add.at(found, self.cells[there], self.service[column].to_numpy(np.float64)[there])
        return found.reshape(-1, len(self.net.periods))

    def by_location(self, values: Floats) -> Floats:
        """[L, T] values of the places, summed over the products of each location."""
        found = np.zeros((len(self.net.locations), len(self.net.periods)))
        np.add.at(found, self.location, values)
        return found

    @cached_property
    def capital(self) -> Floats:
        """[L, T] stock, usable and blocked, and what is under way to a place, at standard cost."""
        places = self.net.places
        found = self.by_location(self.cost * self.grid("Closing", "In Transit"))
        np.add.at(found, places.location, places.value * places.blocked[:, None])
        return found


def locations_of(net: Network, codes: "pd.Series[str]") -> Ints:
    """Return the number of each location, -1 where a row names none."""
    return _find(net.locations.code, codes)


def periods_of(net: Network, ids: "pd.Series[str]") -> Ints:
    """Return the number of each period, -1 outside the horizon."""
    return _find(net.periods.id, ids)


def _find(known: np.ndarray, wanted: "pd.Series[str]") -> Ints:
    found = pd.Index(known).get_indexer(pd.Index(wanted.to_numpy(dtype=object)))
    return np.asarray(found, dtype=np.int64)


def place_facts(stock: Stock) -> dict[str, object]:
    """Return the facts of every place: [G] ``location``, ``product``, the rest [G, T].

    ``in`` is what comes into stock, ``demand`` and ``served`` (on time) what customers want and
    get; units but for ``cost``, the standard cost.
    """
    lasting = (stock.cost == stock.cost[:, :1]).all()
    return {
        "location": pack(stock.location),
        "product": pack(stock.product),
        "cost": pack(stock.cost[:, 0] if lasting else stock.cost, fine=True),
        "lasting": bool(lasting),
        "stock": pack(stock.grid("Closing")),
        "target": pack(stock.grid("Target")),
        "missing": pack(stock.grid("Shortfall")),
        "in": pack(stock.grid(*RECEIPTS)),
        "out": pack(stock.grid("Shipped", "Consumed")),
        "transit": pack(stock.grid("In Transit")),
        "demand": pack(stock.served("Demand")),
        "served": pack(stock.served("On Time")),
    }


def location_facts(stock: Stock) -> dict[str, object]:
    """Return [L, T] money of every location: stock, target and capital at standard cost."""
    money = {
        "stock": stock.by_location(stock.grid("Value")),
        "target": stock.by_location(stock.cost * stock.grid("Target")),
        "capital": stock.capital,
    }
    return {name: tidy(values) for name, values in money.items()}


def service_facts(stock: Stock, channels: list[str]) -> dict[str, object]:
    """Return the service of every location and channel.

    Args:
        stock: the sheets as arrays.
        channels: names of the channels.

    Returns:
        ``location`` and ``channel`` (-1 for none) of each pair, then [pairs, T] units:
        ``demand``, ``served`` on time, ``lost``, and ``owed`` at the end of the period.
    """
    net, sheet = stock.net, stock.service
    channel = _find(np.array(channels, dtype=object), sheet["Channel"])
    key = locations_of(net, sheet["Location"]) * (len(channels) + 1) + channel + 1
    pairs, row = np.unique(key, return_inverse=True)
    period = periods_of(net, sheet["Period"])
    facts: dict[str, object] = {
        "location": (pairs // (len(channels) + 1)).tolist(),
        "channel": (pairs % (len(channels) + 1) - 1).tolist(),
    }
    columns = {"demand": "Demand", "served": "On Time", "lost": "Lost", "owed": "Backlog"}
    for name, column in columns.items():
        found = np.zeros((len(pairs), len(net.periods)))
        np.add.at(found, (row, period), sheet[column].to_numpy(np.float64))
        facts[name] = tidy(found)
    return facts


def sheets_of(net: Network, tables: Mapping[str, pd.DataFrame]) -> Stock:
    """Return the sheets Inventory and Service as arrays."""
    return Stock(net, tables["Inventory"], tables["Service"])
