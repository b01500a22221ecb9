"""The sample study ``rebalancing``: home appliances that lie in the wrong regions.

Two plants and a partner works feed a central warehouse, four regional warehouses and sixteen
stores. After the year-end sales one region drowns in what another lacks; a promotion is a month
away, and then the plants close for the Spring Festival. The plan has to move stock sideways, build
ahead and fill trucks, within what the warehouses can hold and handle.

Purchase prices are premiums over the cheapest source of a product, so that the money in the plan
is the money it decides on.
"""

import csv
import math
from importlib.resources import files

import pandas as pd

from tierstock.inputs.samples import sample_numbers
from tierstock.inputs.samples.sample_numbers import PERIODS, STARTS, WORKING_DAYS, Place, Product

MADE_BY = {"OEM1": "partner", "PLA": "source_a", "PLB": "source_b"}
"""Column of the product table that holds a source's premium."""

LEAD_DAYS = {
    ("OEM1", "CDC1"): 6,
    ("PLA", "CDC1"): 4,
    ("PLB", "CDC1"): 5,
    ("CDC1", "RDC-E"): 3,
    ("CDC1", "RDC-N"): 4,
    ("CDC1", "RDC-S"): 4,
    ("CDC1", "RDC-W"): 5,
}
"""Days from the sources to the warehouses and between these."""

NEIGHBOURS = (
    ("RDC-E", "RDC-N", 4),
    ("RDC-E", "RDC-S", 5),
    ("RDC-N", "RDC-W", 6),
    ("RDC-S", "RDC-W", 5),
)
"""Regional warehouses that may help each other, both ways, with the days it takes."""

NEAR = (
    ("S-E1", "S-E2"),
    ("S-N1", "S-N2"),
    ("S-N1", "S-N3"),
    ("S-S1", "S-S2"),
    ("S-S1", "S-S3"),
    ("S-W1", "S-W2"),
)
"""Stores near enough to help each other by parcel van, both ways, within a day."""

FREIGHT = 0.085
"""Distance cost of a truck, money per m3 and km."""

SIDEWAYS = 1.3
"""Freight between regional warehouses against the contract rate: there is no back load."""

VAN = (35.0, 0.40)
"""Parcel van between stores: money per m3, and per m3 and km."""

BULKY = 0.3
"""Products above this volume (m3) do not fit a parcel van."""


class _Words:
    """Chooses the language of names, selectors and remarks."""

    def __init__(self, chinese: bool) -> None:
        self.chinese = chinese

    def __call__(self, english: str, chinese: str) -> str:
        return chinese if self.chinese else english

    def of(self, pair: tuple[str, str]) -> str:
        return self(*pair)

    def tier(self, tier: str) -> str:
        """Selector of the locations of a tier."""
        words = {"CDC": "中央仓", "RDC": "区域仓", "store": "门店"}
        return self(f"Tier={tier}", f"层级={words[tier]}")


def tables(chinese: bool) -> dict[str, pd.DataFrame]:
    """Return all sheets of the study; names and selectors in Chinese where asked for."""
    places, products, say = _places(), _products(), _Words(chinese)
    return {
        "Settings": _settings(say),
        "Periods": _periods(),
        "Locations": _locations(places, say),
        "Products": _product_sheet(products, say),
        "Lanes": _lanes(places, products),
        "Demand": sample_numbers.demand(places, products),
        "OpeningStock": sample_numbers.opening_stock(places, products),
        "InTransit": sample_numbers.in_transit(places, products),
        "StockTargets": _stock_targets(say),
        "StockCosts": _stock_costs(say),
        "Capacity": _capacity(places, say),
        "Supply": sample_numbers.supply(places, products),
        "Vehicles": _vehicles(),
        "TransferRules": _transfer_rules(say),
        "ServiceClasses": _service_classes(),
        "Terminal": _terminal(say),
        "Groups": _groups(products),
        "Policy": _policy(say),
    }


def _rows(name: str) -> list[dict[str, str]]:
    """Rows of one of the data files beside this module."""
    text = (files("tierstock.inputs") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _places() -> list[Place]:
    return [
        Place(
            code=row["code"],
            tier=row["tier"],
            region=row["region_en"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            size=float(row["size"]),
            names=(row["name_en"], row["name_zh"]),
            regions=(row["region_en"], row["region_zh"]),
            city_only=row["city_only"] == "Y",
        )
        for row in _rows("sample_places.csv")
    ]


def _products() -> list[Product]:
    return [
        Product(
            code=row["code"],
            family=row["family_en"],
            value=float(row["value"]),
            price=float(row["price"]),
            weight=float(row["weight"]),
            volume=float(row["volume"]),
            per_pallet=float(row["per_pallet"]),
            per_case=float(row["per_case"]),
            service_class=row["class"],
            weekly=float(row["weekly"]),
            premiums={code: float(row[name]) for code, name in MADE_BY.items() if row[name]},
            names=(row["name_en"], row["name_zh"]),
            families=(row["family_en"], row["family_zh"]),
        )
        for row in _rows("sample_products.csv")
    ]


def _settings(say: _Words) -> pd.DataFrame:
    rows = [
        ("model_name", say("Rebalancing home appliances", "家电库存再平衡"), ""),
        ("start_date", "2026-01-05", ""),
        ("bucket", "week", ""),
        ("periods", str(len(PERIODS)), ""),
        ("carrying_rate", "12%", say("Capital, insurance, ageing", "资金、保险、跌价")),
        ("gap", "1%", ""),
        ("time_limit", say("5 min", "5 分钟"), ""),
    ]
    return pd.DataFrame(rows, columns=["Setting", "Value", "Note"])


def _periods() -> pd.DataFrame:
    return pd.DataFrame({"Period": PERIODS, "Start Date": STARTS, "Working Days": WORKING_DAYS})


def _locations(places: list[Place], say: _Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Location": [place.code for place in places],
            "Name": [say.of(place.names) for place in places],
            "Tier": [place.tier for place in places],
            "Region": [say.of(place.regions) for place in places],
            "Channel": ["retail" if place.tier == "store" else "" for place in places],
            "Latitude": [place.latitude for place in places],
            "Longitude": [place.longitude for place in places],
        }
    )


def _product_sheet(products: list[Product], say: _Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Product": [product.code for product in products],
            "Name": [say.of(product.names) for product in products],
            "Family": [say.of(product.families) for product in products],
            "Unit Value": [product.value for product in products],
            "Price": [product.price for product in products],
            "Class": [product.service_class for product in products],
            "Weight": [product.weight for product in products],
            "Volume": [product.volume for product in products],
            "Units Per Pallet": [product.per_pallet for product in products],
            "Units Per Case": [product.per_case for product in products],
        }
    )


def _kilometres(one: Place, other: Place) -> int:
    """Road distance: the great circle (radius 6,371 km) and a fifth for the road, in tens."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return max(10, round(1.2 * 6371 * math.acos(min(1.0, cosine)) / 10) * 10)


def _lanes(places: list[Place], products: list[Product]) -> pd.DataFrame:
    at = {place.code: place for place in places}
    made = {
        code: ",".join(product.code for product in products if code in product.premiums)
        for code in MADE_BY
    }
    pairs = [(one, other, days, made.get(one, "*")) for (one, other), days in LEAD_DAYS.items()]
    for place in places:
        if place.tier == "store":
            origin = next(p for p in places if p.tier == "RDC" and p.region == place.region)
            days = 1 if _kilometres(origin, place) <= 300 else 2
            pairs.append((origin.code, place.code, days, "*"))
    for one, other, days in NEIGHBOURS:
        pairs += [(one, other, days, "*"), (other, one, days, "*")]
    for one, other in NEAR:
        pairs += [(one, other, 1, "*"), (other, one, 1, "*")]
    rows = []
    for one, other, days, carried in pairs:
        kilometres = _kilometres(at[one], at[other])
        van = at[one].tier == "store"
        cost = VAN[0] + VAN[1] * kilometres if van else FREIGHT * kilometres
        cost *= SIDEWAYS if at[one].tier == at[other].tier == "RDC" else 1.0
        trucks = "" if van else "T8" if at[other].city_only else "*"
        rows.append((one, other, carried, days, round(cost, 1), "m3", kilometres, trucks))
    columns = [
        "From",
        "To",
        "Product",
        "Lead Time",
        "Unit Cost",
        "Cost Basis",
        "Distance",
        "Vehicle",
    ]
    return pd.DataFrame(rows, columns=columns)


def _stock_targets(say: _Words) -> pd.DataFrame:
    kitchen, tv = say("Family=Kitchen", "品类=厨电"), say("Family=TV", "品类=电视")
    rows = [
        (say.tier("store"), "*", "*", 7.0, 42.0, 0.5),
        (say.tier("store"), kitchen, "*", 5.0, None, None),
        (say.tier("store"), tv, "2026-W05", 10.0, None, None),
        (say.tier("RDC"), "*", "*", 7.0, 42.0, 0.5),
        (say.tier("CDC"), "*", "*", 5.0, None, None),
    ]
    columns = ["Location", "Product", "Period", "Safety Days", "Max Days", "Over Penalty"]
    return pd.DataFrame(rows, columns=columns)


def _stock_costs(say: _Words) -> pd.DataFrame:
    rows = [
        (say.tier("CDC"), 0.05, 0.8, 0.8),
        (say.tier("RDC"), 0.07, 0.9, 0.9),
        (say.tier("store"), 0.18, 1.2, 0.6),
    ]
    return pd.DataFrame(rows, columns=["Location", "Storage Cost", "Handling In", "Handling Out"])


def _capacity(places: list[Place], say: _Words) -> pd.DataFrame:
    rows = [
        ("CDC1", "storage", "m3", "bucket", 2400.0, 600.0, 14.0),
        ("CDC1", "outbound", "m3", "day", 600.0, 120.0, 9.0),
        (say.tier("RDC"), "storage", "m3", "bucket", 1900.0, 400.0, 18.0),
        (say.tier("RDC"), "dock", "m3", "day", 340.0, 60.0, 8.0),
    ]
    for place in places:
        if place.tier == "store":
            limit = round(460 * place.size, -1)
            rows.append((place.code, "storage", "m3", "bucket", limit, 0.0, 0.0))
    columns = ["Location", "Kind", "Dimension", "Per", "Limit", "Extra Limit", "Extra Cost"]
    return pd.DataFrame(rows, columns=columns)


def _vehicles() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Vehicle": ["T18", "T8"],
            "Max Weight": [18000.0, 8000.0],
            "Max Volume": [60.0, 32.0],
            "Cost Per Trip": [1500.0, 920.0],
            "Fill Basis": ["m3", "m3"],
        }
    )


def _transfer_rules(say: _Words) -> pd.DataFrame:
    rows = [
        (say.tier("RDC"), say.tier("RDC"), "*", "any", "Y"),
        (say.tier("store"), say.tier("store"), "*", "same region", "Y"),
        (say.tier("store"), say.tier("store"), "BULKY", "same region", "N"),
    ]
    return pd.DataFrame(rows, columns=["From", "To", "Product", "Within", "Allowed"])


def _service_classes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Class": ["A", "B", "ONLINE"],
            "Channel": ["", "", "online"],
            "Mode": ["lost", "lost", "backorder"],
            "Lost Cost Share": [0.4, 0.3, 0.35],
            "Max Wait": [None, None, 21.0],
        }
    )


def _terminal(say: _Words) -> pd.DataFrame:
    rows = [
        ("*", "cover", 14.0, "network"),
        (say.tier("RDC"), "cover", 7.0, "tier"),
        (say.tier("store"), "cover", 7.0, "tier"),
    ]
    return pd.DataFrame(rows, columns=["Location", "Rule", "Days", "Level"])


def _groups(products: list[Product]) -> pd.DataFrame:
    bulky = [product.code for product in products if product.volume > BULKY]
    return pd.DataFrame({"Group": "BULKY", "Kind": "product", "Member": bulky})


def _policy(say: _Words) -> pd.DataFrame:
    """How stock is replenished today: weeks of cover, uniform in each tier."""
    rows = [
        (say.tier("store"), "days-cover", 21.0, 1, 0, say("Every Monday", "每周一")),
        (
            say.tier("RDC"),
            "days-cover",
            21.0,
            2,
            1,
            say("Every second week, a week until it is approved", "两周一次，审批需一周"),
        ),
        (say.tier("CDC"), "days-cover", 28.0, 1, 0, say("Every Monday", "每周一")),
    ]
    columns = ["Location", "Policy", "Parameter 1", "Review Every", "Approval Lag", "Note"]
    return pd.DataFrame(rows, columns=columns)
