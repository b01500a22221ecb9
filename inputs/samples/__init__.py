"""Sample studies: filled planner's tables, the same on every machine and on every day.

A sample is a dict of tables by English sheet name, with the English column names; choice words
stay in English, names and selectors are in the language asked for. Codes and numbers are the same
in both languages.
"""

import pandas as pd

from tierstock.inputs.samples import (
    sample_medicine,
    sample_promotion,
    sample_quarter,
    sample_rebalancing,
)

__all__ = ["NAMES", "sample"]

MADE = {
    "rebalancing": sample_rebalancing.tables,
    "quarter": sample_quarter.tables,
    "promotion": sample_promotion.tables,
    "medicine": sample_medicine.tables,
}
NAMES = ("starter", *MADE)
"""Samples that can be asked for."""


def sample(name: str, language: str = "en") -> dict[str, pd.DataFrame]:
    """Return the tables of a sample study.

    Args:
        name: one of ``NAMES``: ``starter`` (four sheets, a first look), ``rebalancing`` (a
            network of home appliances whose stock lies in the wrong places), or a client's brief:
            ``quarter`` (transfers within the region), ``promotion`` (packaged food with a shelf
            life), ``medicine`` (two companies, a cold zone, a cap on capital).
        language: ``en`` or ``zh``, the language of names and selectors.

    Raises:
        ValueError: no sample has that name, or the language is another one.

    >>> list(sample("starter"))
    ['Locations', 'Products', 'Lanes', 'Demand']
    """
    if language not in ("en", "zh"):
        raise ValueError(f"language {language!r}: choose en or zh.")
    if name == "starter":
        return _starter(chinese=language == "zh")
    if name in MADE:
        return MADE[name](chinese=language == "zh")
    raise ValueError(f"There is no sample {name!r}: choose {', '.join(NAMES)}.")


def _starter(chinese: bool) -> dict[str, pd.DataFrame]:
    """The four core sheets: a supplier, a warehouse, two shops, two teas, four weeks."""
    names = (
        ["茶厂", "中心仓", "东门店", "西门店", "绿茶 100 克", "红茶 100 克"]
        if chinese
        else [
            "Tea Works",
            "Warehouse",
            "East Shop",
            "West Shop",
            "Green Tea 100 g",
            "Black Tea 100 g",
        ]
    )
    return {
        "Locations": pd.DataFrame(
            {
                "Location": ["SUP1", "DC1", "S1", "S2"],
                "Name": names[:4],
                "Tier": ["supplier", "RDC", "store", "store"],
            }
        ),
        "Products": pd.DataFrame(
            {
                "Product": ["TEA-G", "TEA-B"],
                "Name": names[4:],
                "Unit Value": [12.0, 10.0],
                "Price": [20.0, 18.0],
            }
        ),
        "Lanes": pd.DataFrame(
            {
                "From": ["SUP1", "DC1", "DC1", "S1", "S2"],
                "To": ["DC1", "S1", "S2", "S2", "S1"],
                "Lead Time": [3, 2, 2, 1, 1],
                "Unit Cost": [0.5, 0.3, 0.4, 0.2, 0.2],
            }
        ),
        "Demand": pd.DataFrame(
            {
                "Location": ["S1", "S1", "S2", "S2"],
                "Product": ["TEA-G", "TEA-B", "TEA-G", "TEA-B"],
                "2026-W02": [40, 25, 30, 20],
                "2026-W03": [42, 25, 33, 18],
                "2026-W04": [45, 24, 36, 22],
                "2026-W05": [60, 30, 45, 26],
            }
        ),
    }
