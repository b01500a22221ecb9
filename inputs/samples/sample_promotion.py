"""The sample ``promotion``: a brief of a maker of packaged food.

A promotion in the sixth and seventh week. E-commerce has priority. Shelf life is 90 days.
Supermarkets take goods with at least 2/3 of their life only.
"""

import pandas as pd

from tierstock.inputs.samples.briefs import Words, sheet, weekly

PRODUCTS = (
    ("NUTS", "Roasted nuts 500 g", "炒坚果 500 克", 18, 32, 0.5, 0.002, 480),
    ("CHOC", "Chocolate box", "巧克力礼盒", 42, 69, 0.4, 0.003, 300),
    ("BAR", "Cereal bar 12 pack", "谷物棒 12 支", 11, 19, 0.3, 0.0015, 640),
)
"""Code, names, value, price, kg, m3, units per pallet."""
CUSTOMERS = (
    ("WEB-E", "Web shop East", "华东电商仓", "ecom", "web", 900),
    ("WEB-S", "Web shop South", "华南电商仓", "ecom", "web", 700),
    ("SM-1", "Supermarkets East", "华东商超", "customer", "supermarket", 1100),
    ("SM-2", "Supermarkets South", "华南商超", "customer", "supermarket", 850),
    ("SHOP-1", "Own shops East", "华东直营店", "store", "shop", 300),
    ("SHOP-2", "Own shops South", "华南直营店", "store", "shop", 260),
)
"""Code, names, tier, channel, weekly demand."""
HORIZON = 10
UPLIFT = {5: 1.8, 6: 1.4}
"""Promotion on top of the usual demand, by week from 0: weeks 6 and 7."""


def tables(chinese: bool) -> dict[str, pd.DataFrame]:
    """Return all sheets; names and selectors in Chinese where asked for."""
    say = Words(chinese)
    return {
        "Settings": sheet(
            "Setting|Value",
            [
                ("model_name", say("Promotion of packaged food", "包装食品促销")),
                ("start_date", "2026-01-05"),
                ("periods", str(HORIZON)),
            ],
        ),
        "Locations": sheet(
            "Location|Name|Tier|Channel",
            [
                ("PLANT", say("Plant", "工厂"), "plant", ""),
                ("CDC", say("Central warehouse", "中央仓"), "CDC", ""),
                *((c[0], say(c[1], c[2]), c[3], c[4]) for c in CUSTOMERS),
            ],
        ),
        "Products": sheet(
            "Product|Name|Unit Value|Price|Weight|Volume|Units Per Pallet|Shelf Life",
            [(p[0], say(p[1], p[2]), *p[3:8], 90) for p in PRODUCTS],
        ),
        "Lanes": sheet(
            "From|To|Lead Time|Unit Cost",
            [
                ("PLANT", "CDC", 7, 0.3),
                ("CDC", say("Tier=ecom", "层级=电商仓"), 3, 0.5),
                ("CDC", say("Tier=customer", "层级=客户"), 3, 0.6),
                ("CDC", say("Tier=store", "层级=门店"), 3, 0.8),
            ],
        ),
        "Demand": _demand(),
        "OpeningStock": _opening(),
        "StockTargets": sheet(
            "Location|Safety Days",
            [("CDC", 7), (say("Tier=ecom", "层级=电商仓"), 5), (say("Tier=store", "层级=门店"), 5)],
        ),
        "Capacity": sheet(
            "Location|Kind|Dimension|Limit|Extra Limit|Extra Cost",
            [("CDC", "storage", "pallet", 60, 20, 45)],
        ),
        "Supply": sheet(
            "Location|Product|Max|Unit Cost|Lead Time",
            [("PLANT", "*", 2600, 0, 0)],
        ),
        "ServiceClasses": sheet(
            "Class|Channel|Priority|Min Life Share",
            [
                ("WEB", "web", 1, None),
                ("SUPERMARKET", "supermarket", 2, "2/3"),
                ("SHOP", "shop", 2, None),
            ],
        ),
        "Terminal": sheet("Product|Rule|Days|Level", [("*", "cover", 14, "network")]),
    }


def _demand() -> pd.DataFrame:
    """The usual demand, and rows of type promotion for weeks 6 and 7."""
    share = {"NUTS": 0.45, "CHOC": 0.2, "BAR": 0.35}
    pairs = [(c, p[0]) for c in CUSTOMERS for p in PRODUCTS]
    usual = [((c[0], code, "forecast"), c[5] * share[code]) for c, code in pairs]
    lifted = [
        ((c[0], code, "promotion"), c[5] * share[code]) for c, code in pairs if c[3] == "ecom"
    ]
    keys = "Location|Product|Type"
    shape = [UPLIFT.get(week, 0.0) for week in range(HORIZON)]
    return pd.concat(
        [weekly(keys, usual, [1.0] * HORIZON), weekly(keys, lifted, shape)], ignore_index=True
    )


def _opening() -> pd.DataFrame:
    """Fresh and older goods in the central warehouse, a third of a week in web shops and shops."""
    return sheet(
        "Location|Product|Quantity|Production Date",
        [
            row
            for p in PRODUCTS
            for row in (
                ("CDC", p[0], 3200, pd.Timestamp("2025-12-29")),
                ("CDC", p[0], 900, pd.Timestamp("2025-11-24")),
                *(
                    (c[0], p[0], round(c[5] / 3), pd.Timestamp("2025-12-15"))
                    for c in CUSTOMERS
                    if c[3] != "customer"
                ),
            )
        ],
    )
