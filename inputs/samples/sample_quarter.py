"""The sample ``quarter``: a brief of a maker of home appliances.

Quarterly rebalancing of 4 regional warehouses and 16 stores. Goods are transferred only within
the region. A donor keeps 10 days of cover. At most 20 moves a week. Trucks of 18 t and 60 m3, or
of 12 pallets, are shared by the products.
"""

import pandas as pd

from tierstock.inputs.samples.briefs import WEEKS, Words, sheet, weekly

REGIONS = (
    ("E", "East", "华东"),
    ("N", "North", "华北"),
    ("S", "South", "华南"),
    ("W", "West", "西部"),
)
PRODUCTS = (
    ("WASH", "Washing machine", "洗衣机", 1400, 65, 0.55, 4, 30),
    ("FRIDGE", "Refrigerator", "冰箱", 2100, 75, 0.9, 2, 25),
    ("OVEN", "Microwave oven", "微波炉", 380, 13, 0.07, 30, 70),
)
"""Code, names, value, kg, m3, units per pallet, weekly demand of a store."""
LEAN, FULL = 1.5, 7.0
"""Weeks of demand that lie in stores with too little and too much."""


def tables(chinese: bool) -> dict[str, pd.DataFrame]:
    """Return all sheets; names and selectors in Chinese where asked for."""
    say = Words(chinese)
    stores = [f"S-{code}{number}" for code, *_ in REGIONS for number in range(1, 5)]
    demand = [((store, p[0]), p[7]) for store in stores for p in PRODUCTS]
    same = say("Tier=store;Region=same", "层级=门店;区域=相同")
    rdc, store = say("Tier=RDC", "层级=区域仓"), say("Tier=store", "层级=门店")
    return {
        "Settings": sheet(
            "Setting|Value",
            [
                ("model_name", say("Rebalancing of a quarter", "季度库存再平衡")),
                ("start_date", "2026-01-05"),
                ("periods", str(len(WEEKS))),
            ],
        ),
        "Locations": _locations(say),
        "Products": sheet(
            "Product|Name|Unit Value|Weight|Volume|Units Per Pallet",
            [(p[0], say(p[1], p[2]), *p[3:7]) for p in PRODUCTS],
        ),
        "Lanes": sheet(
            "From|To|Kind|Lead Time|Unit Cost|Vehicle",
            [
                (rdc, same, "replenish", 2, 0, "*"),
                (store, same, "transfer", 1, 4, ""),
            ],
        ),
        "Demand": weekly("Location|Product", demand, [1.0] * len(WEEKS)),
        "OpeningStock": sheet("Location|Product|Quantity", _opening(stores)),
        "InTransit": sheet(
            "To|Product|Quantity|Due Date|Order No",
            [
                (f"RDC-{code}", p[0], p[7] * 40, pd.Timestamp(2026, 2, day), f"PO-{code}-{p[0]}")
                for (code, *_), day in zip(REGIONS, (2, 2, 9, 9), strict=True)
                for p in PRODUCTS
            ],
        ),
        "StockTargets": sheet("Location|Safety Days", [(store, 7), (rdc, 10)]),
        "Vehicles": sheet(
            "Vehicle|Max Weight|Max Volume|Max Pallets|Cost Per Trip",
            [("T18", 18000, 60, None, 1900), ("P12", None, None, 12, 900)],
        ),
        "TransferRules": sheet(
            "From|To|Within|Donor Min Days|Max Moves",
            [("*", "*", "same region", 10, 20)],
        ),
        "Terminal": sheet("Product|Rule|Days|Level", [("*", "cover", 14, "network")]),
    }


def _locations(say: Words) -> pd.DataFrame:
    rows = []
    for code, english, chinese in REGIONS:
        region = say(english, chinese)
        rows.append((f"RDC-{code}", region + say(" warehouse", "区域仓"), "RDC", region))
        for number in range(1, 5):
            name = region + say(f" store {number}", f"{number}店")
            rows.append((f"S-{code}{number}", name, "store", region))
    return sheet("Location|Name|Tier|Region", rows)


def _opening(stores: list[str]) -> list[tuple[object, ...]]:
    """Every other store of a region has too much of what its neighbours lack."""
    rows: list[tuple[object, ...]] = [
        (f"RDC-{code}", p[0], p[7] * 4) for code, *_ in REGIONS for p in PRODUCTS
    ]
    for number, store in enumerate(stores):
        for at, p in enumerate(PRODUCTS):
            weeks = FULL if (number + at) % 2 else LEAN
            rows.append((store, p[0], round(p[7] * weeks)))
    return rows
