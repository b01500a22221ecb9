"""Lifecycle and End Of Life of products, read a second time."""

from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]


class Lifecycle:
    """Until when a product is supplied and wanted; periods are numbered from 0."""

    products: dict[str, Row]
    locations: dict[str, Row]
    start: list[date]

    def supplied(self, product: str, t: int) -> bool:
        """Whether it is ordered, made and sent as replenishment."""
        row = self.products[product]
        return row.get("Lifecycle") != "phase-out" or str(self.start[t]) <= row["End Of Life"]

    def wanted(self, product: str, t: int) -> bool:
        """Whether stock of it has a target at the end of a period."""
        end = self.products[product].get("End Of Life")
        return not end or str(self.start[t + 1] - timedelta(days=1)) < end

    def goes_on(self, row: Row, t: int) -> bool:
        """Whether a row of Lanes still carries its product: transfers and returns always do."""
        tiers = [self.locations[row[end]]["Tier"] for end in ("From", "To")]
        kind = row.get("Kind") or ("transfer" if tiers[0] == tiers[1] else "replenish")
        return kind in ("transfer", "return") or self.supplied(row["Product"], t)
