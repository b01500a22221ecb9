"""Numbered networks with one planted bottleneck each: why a demand is short is known beforehand.

A supplier sells to a centre, that feeds two regions, each of which feeds its stores. Everything is
plentiful, and limits that do not bind stand beside the one that does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Row = dict[str, Any]
Sheets = dict[str, list[Row]]
PERIODS = 8


@dataclass
class Planted:
    """A network and what is planted in it.

    Attributes:
        kind: what was planted.
        cause: cause as the sheet Service names it.
        sheets: the tables.
        sheet, row: where it stands, the row as Excel counts it.
        where: location at which demand is short.
        product: product that is short; blank for any.
        service_class: class that is short; blank for any.
        first: first period in which it may be asked.
    """

    kind: str
    cause: str
    sheets: Sheets
    sheet: str
    row: int | None
    where: str
    product: str = ""
    service_class: str = ""
    first: int = 1


class Network:
    """Builds the plentiful network of a number."""

    def __init__(self, number: int) -> None:
        self.random = random = np.random.default_rng(number)
        self.products = [f"P{n}" for n in range(1, int(random.integers(2, 4)) + 1)]
        self.stores = {r: [f"{r}-S{n}" for n in (1, 2)] for r in ("RA", "RB")}
        self.level = {
            (store, product): float(random.integers(10, 40))
            for stores in self.stores.values()
            for store in stores
            for product in self.products
        }
        self.total = sum(self.level.values())
        self.sheets: Sheets = {
            "Settings": [{"Setting": "lead_time_unit", "Value": "period"}],
            "Locations": self._locations(),
            "Products": [
                {
                    "Product": product,
                    "Unit Value": float(random.integers(20, 60)),
                    "Shortage Cost": 100.0,
                    "Weight": 1.0,
                }
                for product in self.products
            ],
            "Lanes": self._lanes(),
            "Demand": self._demand(),
            "Supply": [
                {"Location": "SUP", "Product": product, "Max": 4 * self.total, "Unit Cost": 5.0}
                for product in self.products
            ],
            "OpeningStock": self._opening(),
            "Capacity": [
                {
                    "Location": place,
                    "Kind": "outbound",
                    "Dimension": "kg",
                    "Per": "bucket",
                    "Limit": 5 * self.total,
                }
                for place in ("DC", "RA", "RB")
            ],
            "Budgets": [
                {"Budget": "all freight", "Kind": "freight", "Limit": 1e6, "Averaging": "end"},
                {"Budget": "buying", "Kind": "spend", "Limit": 1e6, "Averaging": "each period"},
            ],
        }

    def _locations(self) -> list[Row]:
        places = [("SUP", "supplier"), ("DC", "CDC"), ("RA", "RDC"), ("RB", "RDC")]
        stores = [(s, "store") for stores in self.stores.values() for s in stores]
        return [{"Location": place, "Tier": tier} for place, tier in (*places, *stores)]

    def _lanes(self) -> list[Row]:
        pairs = [("SUP", "DC", 1), ("DC", "RA", 1), ("DC", "RB", 1)]
        pairs += [(r, s, 0) for r, stores in self.stores.items() for s in stores]
        return [
            {
                "From": a,
                "To": b,
                "Product": "*",
                "Lead Time": lead,
                "Unit Cost": float(self.random.integers(1, 4)),
                "Max Shipment": 5 * self.total,
            }
            for a, b, lead in pairs
        ]

    def _demand(self) -> list[Row]:
        return [
            {"Location": s, "Product": p, "Period": str(t), "Quantity": round(level * wave)}
            for (s, p), level in self.level.items()
            for t, wave in enumerate(self.random.uniform(0.8, 1.2, PERIODS), start=1)
        ]

    def _opening(self) -> list[Row]:
        rows = [
            {"Location": s, "Product": p, "Quantity": round(1.3 * level)}
            for (s, p), level in self.level.items()
        ]
        for place, share in (("DC", 2.6), ("RA", 1.3), ("RB", 1.3)):
            for p in self.products:
                total = sum(v for (_, one), v in self.level.items() if one == p)
                rows.append({"Location": place, "Product": p, "Quantity": round(share * total)})
        return rows

    def at(self, sheet: str, **cells: object) -> int:
        """Return the number of the row with some cells."""
        for number, row in enumerate(self.sheets[sheet]):
            if all(row.get(name.replace("_", " ")) == value for name, value in cells.items()):
                return number
        raise KeyError(cells)

    def store(self) -> tuple[str, str]:
        """Return a region and one of its stores."""
        region = str(self.random.choice(["RA", "RB"]))
        return region, str(self.random.choice(self.stores[region]))

    def wanted(self, store: str) -> float:
        """Return what a store wants in a usual period."""
        return sum(level for (one, _), level in self.level.items() if one == store)

    def region(self, region: str) -> float:
        """Return what the stores of a region want in a usual period."""
        return sum(self.wanted(store) for store in self.stores[region])


def _lane(net: Network) -> Planted:
    region, store = net.store()
    at = net.at("Lanes", From=region, To=store)
    net.sheets["Lanes"][at]["Max Shipment"] = round(0.6 * net.wanted(store))
    return Planted("lane", "capacity", net.sheets, "Lanes", at + 2, store)


def _outbound(net: Network) -> Planted:
    region, store = net.store()
    at = net.at("Capacity", Location=region)
    net.sheets["Capacity"][at]["Limit"] = round(0.6 * net.region(region))
    return Planted("outbound", "capacity", net.sheets, "Capacity", at + 2, region)


def _fleet(net: Network) -> Planted:
    region, store = net.store()
    trucks = [("BIG", "DC", 900.0), ("VAN", region, 1.0)]
    net.sheets["Vehicles"] = [
        {"Vehicle": v, "Max Weight": 100.0, "Cost Per Trip": 5.0, "Fleet": fleet, "Home": home}
        for v, home, fleet in trucks
    ]
    for row in net.sheets["Lanes"]:
        if row["From"] == region:
            row["Vehicle"] = "VAN"
    load = max(net.region(region) * 0.6, 20.0)
    net.sheets["Vehicles"][1]["Max Weight"] = max(round(load / 3), 1)
    net.sheets["Vehicles"][1]["Fleet"] = 3
    return Planted("fleet", "capacity", net.sheets, "Vehicles", 3, region)


def _supply(net: Network) -> Planted:
    product = str(net.random.choice(net.products))
    at = net.at("Supply", Location="SUP", Product=product)
    total = sum(level for (_, one), level in net.level.items() if one == product)
    net.sheets["Supply"][at]["Max"] = round(0.1 * total)
    return Planted("supply", "capacity", net.sheets, "Supply", at + 2, "", product, first=4)


def _hours(net: Network) -> Planted:
    product = str(net.random.choice(net.products))
    total = sum(level for (_, one), level in net.level.items() if one == product)
    net.sheets["Supply"] = [r for r in net.sheets["Supply"] if r["Product"] != product]
    net.sheets["Recipes"] = [
        {
            "Recipe": "make",
            "Location": "DC",
            "Output": product,
            "Resource": "line",
            "Hours Per Unit": 0.1,
        }
    ]
    hours = round(0.01 * total, 1)
    net.sheets["Resources"] = [
        {"Resource": "idle", "Location": "DC", "Hours": 99.0},
        {"Resource": "line", "Location": "DC", "Hours": hours},
    ]
    return Planted("hours", "capacity", net.sheets, "Resources", 3, "", product, first=4)


def _lead(net: Network) -> Planted:
    region, store = net.store()
    at = net.at("Lanes", From=region, To=store)
    net.sheets["Lanes"][at]["Lead Time"] = 4
    return Planted("lead", "lead time", net.sheets, "Lanes", at + 2, store)


def _supply_lead(net: Network) -> Planted:
    product = str(net.random.choice(net.products))
    net.sheets["OpeningStock"] = [
        row
        for row in net.sheets["OpeningStock"]
        if row["Product"] != product or "-S" in row["Location"]
    ]
    at = net.at("Lanes", From="SUP", To="DC")
    net.sheets["Lanes"][at]["Lead Time"] = 4
    return Planted("long haul", "lead time", net.sheets, "Lanes", at + 2, "", product)


def _spend(net: Network) -> Planted:
    net.sheets["Budgets"][1]["Limit"] = round(5.0 * 0.1 * net.total)
    return Planted("spend", "budget", net.sheets, "Budgets", 3, "", first=4)


def _freight(net: Network) -> Planted:
    cost = sum(row["Unit Cost"] for row in net.sheets["Lanes"]) / len(net.sheets["Lanes"])
    net.sheets["Budgets"][0]["Limit"] = round(cost * net.total * PERIODS * 0.8)
    return Planted("freight", "budget", net.sheets, "Budgets", 2, "")


def _classes(net: Network, dear: bool) -> str:
    """Every store has a second class of customers; return a product that is scarce."""
    product = str(net.random.choice(net.products))
    classes = [{"Class": "VIP", "Priority": 1, "Mode": "lost"}]
    classes.append({"Class": "std", "Priority": 1 if dear else 2, "Mode": "lost"})
    if dear:
        classes[0]["Lost Cost"], classes[1]["Lost Cost"] = 150.0, 60.0
    else:
        for row in net.sheets["Products"]:
            del row["Shortage Cost"]
    net.sheets["ServiceClasses"] = classes
    more = []
    for row in net.sheets["Demand"]:
        row["Class"] = "std"
        more.append({**row, "Class": "VIP", "Quantity": round(1.5 * row["Quantity"])})
    net.sheets["Demand"] += more
    for row in net.sheets["OpeningStock"]:
        row["Quantity"] *= 2
    return product


def _scarce(net: Network, name: str, row: int, *, dear: bool) -> Planted:
    """Supply a tenth short of what all classes want."""
    product = _classes(net, dear=dear)
    at = net.at("Supply", Location="SUP", Product=product)
    total = sum(level for (_, one), level in net.level.items() if one == product)
    net.sheets["Supply"][at]["Max"] = round(0.9 * total)
    place = net.sheets, "ServiceClasses", row
    return Planted(name, "priority", *place, "", product, "std", first=4)


def _priority(net: Network) -> Planted:
    return _scarce(net, "priority", 2, dear=False)


def _dear(net: Network) -> Planted:
    return _scarce(net, "dearer class", 3, dear=True)


def _too_dear(net: Network) -> Planted:
    product = str(net.random.choice(net.products))
    at = net.at("Products", Product=product)
    net.sheets["Products"][at]["Shortage Cost"] = 8.0
    net.sheets["Supply"][net.at("Supply", Location="SUP", Product=product)]["Unit Cost"] = 12.0
    return Planted("too dear", "priority", net.sheets, "Products", at + 2, "", product, first=4)


def _ended(net: Network) -> Planted:
    region, store = net.store()
    at = net.at("Lanes", From=region, To=store)
    net.sheets["Lanes"][at]["Active To"] = "2026-01-01"
    return Planted("ended lane", "no route", net.sheets, "Lanes", at + 2, store)


def _other_goods(net: Network) -> Planted:
    region, store = net.store()
    at, product = net.at("Lanes", From=region, To=store), net.products[-1]
    net.sheets["Lanes"][at]["Product"] = ",".join(net.products[:-1])
    return Planted("other goods", "no route", net.sheets, "Lanes", at + 2, store, product)


def _late_order(net: Network) -> Planted:
    case = _other_goods(net)
    order = {"To": case.where, "Product": case.product, "Quantity": 900.0, "Order No": "PO-7"}
    net.sheets["InTransit"] = [{**order, "Due Date": "2026-01-11"}]
    place = net.sheets, "InTransit", 2
    return Planted("late order", "lead time", *place, case.where, case.product)


def _forbidden(net: Network) -> Planted:
    region, store = net.store()
    at = net.at("Lanes", From=region, To=store)
    net.sheets["Lanes"][at]["Kind"] = "transfer"
    net.sheets["TransferRules"] = [
        {"From": "*", "To": "*", "Allowed": "Y"},
        {"From": region, "To": store, "Allowed": "N"},
    ]
    return Planted("forbidden", "no route", net.sheets, "TransferRules", 3, store)


def _stock(net: Network) -> Planted:
    product = str(net.random.choice(net.products))
    net.sheets["Supply"] = [r for r in net.sheets["Supply"] if r["Product"] != product]
    net.sheets["OpeningStock"] = [
        row
        for row in net.sheets["OpeningStock"]
        if row["Product"] != product or row["Location"] == "DC"
    ]
    at = net.at("OpeningStock", Location="DC", Product=product)
    return Planted("no stock", "no stock", net.sheets, "OpeningStock", at + 2, "", product, first=3)


KINDS: Mapping[str, Callable[[Network], Planted]] = {
    "lane": _lane,
    "outbound": _outbound,
    "fleet": _fleet,
    "supply": _supply,
    "hours": _hours,
    "lead": _lead,
    "long haul": _supply_lead,
    "spend": _spend,
    "freight": _freight,
    "priority": _priority,
    "dearer class": _dear,
    "too dear": _too_dear,
    "ended lane": _ended,
    "other goods": _other_goods,
    "late order": _late_order,
    "forbidden": _forbidden,
    "no stock": _stock,
}
"""What can be planted."""


def planted(kind: str, number: int) -> Planted:
    """Return a numbered network with one bottleneck."""
    return KINDS[kind](Network(number))
