"""Small networks built around a plan that is known to keep every limit, and what it costs.

``planted(seed)`` draws what is bought and shipped first, follows the goods by hand, and only then
states limits that this plan just keeps. So no best plan may cost more, and a model that refuses
the plan, or finds another price for it, is wrong.
"""

import math
from dataclasses import dataclass, field
from random import Random
from typing import Any

Rows = list[dict[str, Any]]
Flow = tuple[str, str, str, int]
"""From, to, product and period, the first 0; from is blank for a purchase."""
MOST = 30


@dataclass
class Planted:
    """A network, a plan for it, and the cost of the plan.

    Attributes:
        sheets: planner's tables.
        flows: units bought and shipped; what is not named is nothing.
        cost: money of the whole plan.
    """

    sheets: dict[str, Rows]
    flows: dict[Flow, int] = field(default_factory=dict)
    cost: float = 0.0

    def fixed(self) -> dict[str, Rows]:
        """The tables with nothing left to decide but what is handed to customers."""
        plan = [
            {"From": origin, "To": to, "Product": product, "Period": str(t + 1), "Quantity": many}
            for (origin, to, product, t), many in self.flows.items()
        ]
        return {**self.sheets, "FixedPlan": [{**row, "Rule": "fix"} for row in plan]}


def planted(seed: int) -> Planted:
    """Return the network of a seed, its plan and the cost of it."""
    return _Draw(seed).result()


class _Draw:
    """A supplier, a warehouse and shops, one step after the other."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(f"known plan {seed}")
        self.T = self.rng.randint(3, 6)
        self.products = [f"P{number + 1}" for number in range(self.rng.randint(1, 3))]
        self.shops = [f"S{number + 1}" for number in range(self.rng.randint(1, 3))]
        self.lanes = [("SUP", "DC"), *(("DC", shop) for shop in self.shops)]
        self.lead = {lane: self.rng.choice((0, 0, 1, 2)) for lane in self.lanes}
        self.lot = {lane: self.rng.choice((1, 1, 2, 3, 5)) for lane in self.lanes}
        self.cost = 0.0
        self.flows: dict[Flow, int] = {}
        self.stock: dict[tuple[str, str, int], int] = {}
        self.sheets: dict[str, Rows] = {
            "Settings": [{"Setting": "terminal_rule", "Value": "none"}],
            "Locations": [
                {"Location": "SUP", "Tier": "supplier"},
                {"Location": "DC", "Tier": "CDC"},
                *({"Location": shop, "Tier": "store"} for shop in self.shops),
            ],
        }

    def result(self) -> Planted:
        """Draw everything and return it."""
        self._openings()
        self._shipments()
        self._wanted()
        self._prices_of_lanes()
        self._prices_of_orders()
        self._kept()
        return Planted(self.sheets, self.flows, self.cost)

    def _openings(self) -> None:
        self.sheets["OpeningStock"] = []
        for place in ("DC", *self.shops):
            for product in self.products:
                many = self.rng.randint(0, 12)
                self.stock[place, product, -1] = many
                row = {"Location": place, "Product": product, "Quantity": many}
                self.sheets["OpeningStock"].append(row)

    def _arrived(self, place: str, product: str, t: int) -> int:
        return sum(
            self.flows.get((*lane, product, t - self.lead[lane]), 0)
            for lane in self.lanes
            if lane[1] == place
        )

    def _shipments(self) -> None:
        """What is bought leaves at once; the warehouse ships what it has."""
        for t in range(self.T):
            for product in self.products:
                lots = self.rng.choice((0, 0, 1, 2, 4))
                self._ship("SUP", "DC", product, t, lots * self.lot["SUP", "DC"])
                there = self.stock["DC", product, t - 1] + self._arrived("DC", product, t)
                for shop in self.shops:
                    lot = self.lot["DC", shop]
                    many = self.rng.randint(0, there // lot) * lot if self.rng.random() < 0.7 else 0
                    self._ship("DC", shop, product, t, many)
                    there -= self.flows["DC", shop, product, t]
                self.stock["DC", product, t] = there

    def _ship(self, origin: str, to: str, product: str, t: int, many: int) -> None:
        """Goods that would arrive after the end are not sent."""
        many = many if t + self.lead[origin, to] < self.T else 0
        self.flows[origin, to, product, t] = many
        if origin == "SUP":
            self.flows["", "SUP", product, t] = many

    def _wanted(self) -> None:
        """Customers get what is there; the rest waits or is lost."""
        waits, price = self.rng.random() < 0.4, self.rng.choice((1, 2))
        if waits:
            mode = {"Class": "standard", "Mode": "backorder", "Backorder Cost": price}
            self.sheets["ServiceClasses"] = [mode]
        self.sheets["Products"], self.sheets["Demand"] = [], []
        for product in self.products:
            short = self.rng.randint(15, 40)
            row = {"Product": product, "Unit Value": 0, "Shortage Cost": short}
            self.sheets["Products"].append(row)
            for shop in self.shops:
                owed = 0
                for t in range(self.T):
                    wanted = self.rng.randint(0, 9)
                    there = self.stock[shop, product, t - 1] + self._arrived(shop, product, t)
                    handed = min(there, owed + wanted)
                    missing = owed + wanted - handed
                    owed = missing if waits else 0
                    self.cost += owed * price + (0 if waits else missing) * short
                    self.stock[shop, product, t] = there - handed
                    self.sheets["Demand"].append(
                        {"Location": shop, "Product": product, "Period": str(t + 1)}
                        | {"Quantity": wanted}
                    )
                self.cost += owed * short

    def _prices_of_lanes(self) -> None:
        """Freight, departures and trips, and limits that the plan just keeps."""
        trip, load = self.rng.randint(3, 12), self.rng.choice((4, 7, 10))
        self.sheets["Vehicles"] = [{"Vehicle": "V", "Max Units": load, "Cost Per Trip": trip}]
        self.sheets["Lanes"] = []
        for lane in self.lanes:
            unit, fixed = self.rng.choice((0.5, 1, 2)), self.rng.choice((0, 0, 8))
            drives = self.rng.random() < 0.5
            totals = [
                sum(self.flows[*lane, product, t] for product in self.products)
                for t in range(self.T)
            ]
            for total in filter(None, totals):
                self.cost += unit * total + fixed + drives * trip * math.ceil(total / load)
            row: dict[str, Any] = {"From": lane[0], "To": lane[1], "Unit Cost": unit}
            row |= {"Lead Time": self.lead[lane]}
            row |= {"Order Multiple": self.lot[lane]} if self.lot[lane] > 1 else {}
            row |= {"Fixed Cost": fixed} if fixed else {}
            row |= {"Vehicle": "V"} if drives else {}
            row |= {"Min Shipment": min(filter(None, totals), default=1)}
            if self.rng.random() < 0.6:
                row["Max Shipment"] = max(*totals, row["Min Shipment"], self.lot[lane])
            self.sheets["Lanes"].append(row)

    def _prices_of_orders(self) -> None:
        self.sheets["Supply"] = []
        for product in self.products:
            unit, fixed = self.rng.randint(1, 3), self.rng.choice((0, 6, 15))
            bought = [self.flows["", "SUP", product, t] for t in range(self.T)]
            for many in filter(None, bought):
                self.cost += unit * many + fixed
            row = {"Location": "SUP", "Product": product, "Unit Cost": unit, "Fixed Cost": fixed}
            least = min(filter(None, bought), default=1)
            self.sheets["Supply"].append(
                row | {"MOQ": least, "Max": max(*bought, least) + self.rng.choice((0, MOST))}
            )

    def _kept(self) -> None:
        """Prices of stock, and room for no more than the plan keeps."""
        self.sheets["StockCosts"], self.sheets["Capacity"] = [], []
        for place in ("DC", *self.shops):
            price = self.rng.choice((0.1, 0.25, 1))
            ends = [
                sum(self.stock[place, product, t] for product in self.products)
                for t in range(self.T)
            ]
            self.cost += price * sum(ends)
            row = {"Location": place, "Product": "*", "Holding Cost": price}
            self.sheets["StockCosts"].append(row)
            if place == "DC" or self.rng.random() < 0.3:
                room = {"Location": place, "Kind": "storage", "Dimension": "unit"}
                self.sheets["Capacity"].append(room | {"Limit": max(*ends, 1)})
