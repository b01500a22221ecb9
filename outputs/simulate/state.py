"""What is where while a replay goes on."""

import numpy as np

from tierstock.inputs.network import Floats, Ints, Network


def sums(place: Ints, units: Floats, places: int) -> Floats:
    """Return [places] units added up by place."""
    return np.bincount(place, units, places).astype(np.float64)


class State:
    """Stock, goods on the way, orders and debts at the moment; and all that was decided so far.

    Everything counts in units as they arrive at the place, [N], but for what is shipped.
    """

    def __init__(self, net: Network) -> None:
        """Start from the opening stock, the open orders and the opening backlog."""
        self.net = net
        places, periods = len(net.places), len(net.periods)
        orders = net.orders
        self.hand = net.places.opening.astype(np.float64).copy()
        """Usable stock."""
        self.comes = np.zeros((places, periods))
        """[N, T] what will arrive."""
        self.leaves = np.zeros((places, periods))
        """[N, T] open orders that will leave."""
        inside = orders.due < periods
        np.add.at(self.comes, (orders.place[inside], orders.due[inside]), orders.quantity[inside])
        going = (orders.origin >= 0) & (orders.ship >= 0) & (orders.ship < periods)
        np.add.at(self.leaves, (orders.origin[going], orders.ship[going]), orders.quantity[going])
        self.way = sums(orders.place, orders.quantity, places)
        """Under way or ordered from a supply, and not there yet."""
        self.reserved = self.leaves.sum(axis=1)
        """What open orders will still take away."""
        self.asked = np.zeros(places)
        """Ordered and released, and not sent yet."""
        self.waiting = np.zeros((places, periods))
        """[N, T] decided, by period of release."""
        self.owed = net.demand.opening_backlog.astype(np.float64).copy()
        """[D] units owed to customers."""
        self.known_out = np.zeros(places)
        """What is known in the period to be wanted from the place."""
        self.flow = np.zeros((len(net.goods), periods))
        self.purchase = np.zeros((len(net.supply), periods))
        recipes = 0 if net.production is None else len(net.production.recipes)
        self.make = np.zeros((recipes, periods))
        self.stock = np.zeros((places, periods))
        streams = (len(net.demand), periods)
        self.lost, self.owed_new, self.owed_served, self.given_up, self.backlog = (
            np.zeros(streams) for _ in range(5)
        )
        self.missing = np.zeros((places, periods))
        """[N, T] units an open order takes away that are not there."""

    @property
    def free(self) -> Floats:
        """Stock that no open order will take away."""
        return np.asarray(np.maximum(self.hand - self.reserved, 0.0))

    def receive(self, t: int) -> None:
        """Let arrive and leave what is due, before anything is decided."""
        self.hand += self.comes[:, t]
        self.way -= self.comes[:, t]
        self.reserved -= self.leaves[:, t]
        self.missing[:, t] = np.maximum(self.leaves[:, t] - self.hand, 0.0)
        self.hand = np.maximum(self.hand - self.leaves[:, t], 0.0)
        self.asked += self.waiting[:, t]

    def bring(self, t: int, place: Ints, lead: Ints, units: Floats) -> None:
        """Note what was sent, ordered or made in a period and comes ``lead`` periods later."""
        now = lead == 0
        np.add.at(self.hand, place[now], units[now])
        np.add.at(self.way, place[~now], units[~now])
        later = ~now & (t + lead < self.comes.shape[1])
        np.add.at(self.comes, (place[later], t + lead[later]), units[later])
