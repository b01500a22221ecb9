"""The sample ``medicine``: a brief of a distributor of medicine.

Two companies. The cold zone is counted in pallets. Products of class A are never short against
the forecast. Capital is capped at 20 million, where today's stock is worth 23.4 million: the cap
binds from the first week that can comply.
"""

import pandas as pd

from tierstock.inputs.samples.briefs import Words, sheet, weekly

COMPANIES = (("1", "Huakang East", "华康东部"), ("2", "Huakang West", "华康西部"))
PRODUCTS = (
    ("INS", "Insulin pen", "胰岛素笔", "A", "chilled", 1800, 950, 420),
    ("VAC", "Influenza vaccine", "流感疫苗", "A", "chilled", 1500, 600, 260),
    ("ANT", "Antibiotic", "抗生素", "A", "ambient", 900, 1400, 300),
    ("VIT", "Vitamin C", "维生素C", "C", "ambient", 240, 3000, 500),
)
"""Code, names, class, zone, value of a carton, cartons per 10 pallets, weekly demand."""
HORIZON = 12
STOCK_VALUE = 23_400_000.0
CAP = 20_000_000.0


def tables(chinese: bool) -> dict[str, pd.DataFrame]:
    """Return all sheets; names and selectors in Chinese where asked for."""
    say = Words(chinese)
    customers = [f"HOSP-{code}{number}" for code, *_ in COMPANIES for number in (1, 2)]
    demand = [((place, p[0]), p[7] / 4) for place in customers for p in PRODUCTS]
    return {
        "Settings": sheet(
            "Setting|Value",
            [
                ("model_name", say("Medicine distribution", "药品分销")),
                ("start_date", "2026-01-05"),
                ("periods", str(HORIZON)),
            ],
        ),
        "Locations": _locations(say),
        "Products": sheet(
            "Product|Name|Unit Value|Class|Zone|Units Per Pallet",
            [(p[0], say(p[1], p[2]), p[5], p[3], p[4], p[6] / 10) for p in PRODUCTS],
        ),
        "Lanes": sheet(
            "From|To|Lead Time|Unit Cost",
            [
                ("MAKER", say("Tier=RDC", "层级=区域仓"), 14, 4),
                ("DC-1", "HOSP-11, HOSP-12", 1, 6),
                ("DC-2", "HOSP-21, HOSP-22", 1, 6),
                ("DC-1", "DC-2", 2, 5),
                ("DC-2", "DC-1", 2, 5),
            ],
        ),
        "Demand": weekly("Location|Product", demand, [1.0] * HORIZON),
        "OpeningStock": sheet("Location|Product|Quantity", _opening()),
        "StockTargets": sheet(
            "Location|Product|Safety Days",
            [
                (say("Tier=RDC", "层级=区域仓"), say("Class=A", "服务等级=A"), 7),
                (say("Tier=RDC", "层级=区域仓"), "*", 4),
            ],
        ),
        "Capacity": sheet(
            "Location|Zone|Kind|Dimension|Limit",
            [
                ("DC-1", say("chilled", "冷藏"), "storage", "pallet", 95),
                ("DC-2", say("chilled", "冷藏"), "storage", "pallet", 80),
            ],
        ),
        "Supply": sheet("Location|Product|Max|Unit Cost", [("MAKER", "*", 2500, 0)]),
        "ServiceClasses": sheet("Class|Priority|Mode", [("A", 1, "must"), ("C", 2, "lost")]),
        "Budgets": sheet("Budget|Kind|Limit|Hardness", [("CAPITAL", "capital", CAP, "hard")]),
        "Terminal": sheet("Product|Rule|Days|Level", [("*", "cover", 14, "network")]),
    }


def _locations(say: Words) -> pd.DataFrame:
    rows = [("MAKER", say("Makers", "药企"), "supplier", "")]
    for code, english, chinese in COMPANIES:
        company = say(english, chinese)
        rows.append((f"DC-{code}", company + say(" warehouse", "仓库"), "RDC", company))
        for number in (1, 2):
            name = company + say(f" hospitals {number}", f"医院{number}")
            rows.append((f"HOSP-{code}{number}", name, "customer", company))
    return sheet("Location|Name|Tier|Company", rows)


def _opening() -> list[tuple[str, str, int]]:
    """Stock worth ``STOCK_VALUE``, split over the products by value of demand."""
    total = sum(p[5] * p[7] for p in PRODUCTS)
    rows: list[tuple[str, str, int]] = []
    left = STOCK_VALUE
    for p in PRODUCTS:
        for place, share in (("DC-1", 0.55), ("DC-2", 0.45)):
            units = round(STOCK_VALUE * p[7] / total * share)
            rows.append((place, p[0], units))
            left -= units * p[5]
    place, code, units = rows[-1]
    rows[-1] = (place, code, units + round(left / PRODUCTS[-1][5]))
    return rows
