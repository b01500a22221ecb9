"""The planner's names as key levels, shared by all families of one model."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import DIMENSIONS, Network, Texts
from tierstock.model.keys import Keys, Level

Ints = NDArray[np.int64]


class Names:
    """Makes keys with the place first from the codes of the network.

    Args:
        net: the network whose names are used.
    """

    def __init__(self, net: Network) -> None:
        self._net = net
        self.location = Level(net.locations.code)
        self.product = Level(net.products.code)
        self.lane = Level(net.lanes.label)
        self.period = Level(net.periods.id)
        self.vehicle = Level(net.vehicles.code)
        self.rule = Level(net.terminal.label)
        self.order = Level(net.orders.label)
        classes, self._class_of = np.unique(net.demand.label.astype(str), return_inverse=True)
        self.service_class = Level(classes)
        self.kind = Level(["storage", "inbound", "outbound", "dock"])
        zones, self._zone_of = np.unique(net.capacity.zone.astype(str), return_inverse=True)
        self.zone = Level(zones)
        self.dimension = Level(DIMENSIONS)
        if net.production is not None:
            made = net.production
            self.recipe, self.number_of_recipe = _level(made.recipes.code)
            self.family, self.number_of_family = _level(made.families.label)
            self.resource, self.number_of_resource = _level(made.resources.code)

    def at_place(self, place: Ints, period: Ints) -> Keys:
        """Keys (location, product, period)."""
        places = self._net.places
        return Keys(
            (self.location, self.product, self.period),
            (places.location[place], places.product[place], period),
        )

    def of_resource(self, resource: Ints, period: Ints) -> Keys:
        """Keys (location, resource, period)."""
        assert self._net.production is not None
        resources = self._net.production.resources
        return Keys(
            (self.location, self.resource, self.period),
            (resources.location[resource], self.number_of_resource[resource], period),
        )

    def of_stream(self, stream: Ints, period: Ints) -> Keys:
        """Keys (location, product, class, period)."""
        places, place = self._net.places, self._net.demand.place[stream]
        return Keys(
            (self.location, self.product, self.service_class, self.period),
            (places.location[place], places.product[place], self._class_of[stream], period),
        )

    def on_lane(self, goods: Ints, period: Ints) -> Keys:
        """Keys (lane, product, period)."""
        table = self._net.goods
        return Keys(
            (self.lane, self.product, self.period),
            (table.lane[goods], table.product[goods], period),
        )

    def of_limit(self, limit: Ints, period: Ints) -> Keys:
        """Keys (location, kind, zone, dimension, period)."""
        capacity = self._net.capacity
        kind = np.array([self.kind.code(str(name)) for name in capacity.kind], dtype=np.int64)
        return Keys(
            (self.location, self.kind, self.zone, self.dimension, self.period),
            (
                capacity.location[limit],
                kind[limit],
                self._zone_of[limit],
                capacity.dimension[limit],
                period,
            ),
        )


def _level(names: Texts) -> tuple[Level, Ints]:
    """Each name once, and the number of every name among them."""
    unique, number = np.unique(names.astype(str), return_inverse=True)
    return Level(unique), number.reshape(-1).astype(np.int64)
