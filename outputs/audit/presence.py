"""Where goods of each last usable day can be at all, by the input (C.6.1, F19)."""

from collections import defaultdict

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lives import Lives
from tierstock.outputs.audit.values import day


class Presence:
    """Follows every age from where it comes in along lanes and open orders, as far as it lives."""

    def __init__(self, world: World, lives: Lives) -> None:
        """Nothing is followed before somebody asks for a product."""
        self.world, self.lives = world, lives
        self.known: dict[str, dict[tuple[str, int], set[int]]] = {}

    def fits(self, place: str, product: str, grade: str, t: int) -> bool:
        """Tell whether goods that a class takes can be at a place in a period."""
        if product not in self.lives.counted:
            return True
        if product not in self.known:
            self.known[product] = self._follow(product)
        least = self.lives.least(grade, product, t)
        most = self.lives.most(product, t)
        return any(least <= until <= most for until in self.known[product].get((place, t), ()))

    def _follow(self, product: str) -> dict[tuple[str, int], set[int]]:
        """Return the last usable days that can be at each place and period."""
        case, lives, last = self.world.case, self.lives, len(self.world.horizon)
        there: dict[tuple[str, int], set[int]] = defaultdict(set)

        def add(place: str, t: int, until: int) -> bool:
            new = lives.last(until) >= t and until not in there[place, t]
            if new:
                there[place, t].add(until)
            return new

        for place, t, until in self._sources(product):
            add(place, t, until)
        lanes = [lane for lane in self.world.lanes.entries if self.world.lanes.rows(lane, product)]
        for t in range(last):
            ways = [
                (lane[0], lane[1], self.world.supply.arrival(lane, product, t))
                for lane in lanes
                if self.world.supply.usable(lane, product, t)
            ]
            ways += [
                (order.origin, order.to, order.due)
                for order in case.orders
                if order.product == product and order.leaves == t
            ]
            changed = True
            while changed:
                changed = False
                for origin, to, due in ways:
                    for until in list(there[origin, t]):
                        changed |= add(to, due, until)
            for place in case.locations:
                if case.keeps(place, t):
                    for until in list(there[place, t]):
                        add(place, t + 1, until)
        return there

    def _sources(self, product: str) -> list[tuple[str, int, int]]:
        """Place, period and last usable day of lots, open orders, purchases and what is made."""
        world, lives, last = self.world, self.lives, len(self.world.horizon)
        found = [
            (pair[0], batch.t, batch.until)
            for pair, batches in lives.batches.items()
            for batch in batches
            if pair[1] == product
        ]
        found += [
            (row.text("To"), world.horizon.of_day(due) or 0, lives.ordered(row))
            for row in world.case.rows("InTransit")
            if row.text("Product") == product
            and (due := day(row.text("Due Date"))) is not None
            and due <= world.horizon.ends[-1]
            and not lives.leaves(row)
        ]
        for place in world.case.locations:
            pair = (place, product)
            for t in range(last):
                if world.supply.most(*pair, t) > 0:
                    found.append((place, world.supply.receipt(*pair, t), lives.supplied(pair, t)))
        for recipe in world.supply.recipes.known.values():
            if product in recipe.outputs:
                first = world.supply.first.get((recipe.place, product), last)
                for t in range(first, last):
                    found.append((recipe.place, t, lives.fresh(product, lives.begin(t))))
        return found
