"""The policies of a random network: stock, its costs, targets, limits, what is left at the end."""

from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
Sheets = dict[str, list[Row]]
FIRST = date(2026, 1, 5)


class Policies:
    """Steps that need the places, lanes and demand drawn before."""

    rng: Random
    kind: str
    T: int
    products: list[str]
    tier: dict[str, str]
    pairs: list[tuple[str, str]]
    holding: list[str]
    modes: dict[str, str]
    names: list[str]
    start: list[date]
    short: Sheets
    long: Sheets
    features: set[str]

    def chance(self, share: float, feature: str = "") -> bool:
        """Toss a coin, and note the feature that it switches on."""
        happens = self.rng.random() < share
        if happens and feature:
            self.features.add(feature)
        return happens

    def money(self, most: int) -> float:
        return self.rng.randint(0, 4 * most) / 4

    def both(self, sheet: str, *rows: Row) -> None:
        """Add rows that are already explicit."""
        self.short.setdefault(sheet, []).extend(rows)
        self.long.setdefault(sheet, []).extend(rows)

    def _day(self, low: int, high: int) -> str:
        return str(FIRST + timedelta(days=self.rng.randint(low, high)))

    # --- stock ----------------------------------------------------------------------------------

    def _opening(self) -> None:
        modes = [mode for mode in self.modes.values() if mode in ("backorder", "partial")]
        waiting = modes == ["backorder"]
        waits = {
            (row["Location"], row["Product"])
            for row in self.long["Demand"]
            if waiting and self.modes[row["Class"] or "A"] == "backorder"
        }
        for code in self.holding:
            for product in self.products:
                if not self.chance(0.7):
                    continue
                row: Row = {"Location": code, "Product": product}
                if (code, product) in waits and self.chance(0.25, "opening backlog"):
                    row["Quantity"] = -self.rng.randint(1, 6)
                else:
                    row["Quantity"] = self.rng.randint(0, 18)
                    if "must" in self.modes.values():
                        row["Quantity"] += 10
                    if self.chance(0.2, "blocked stock"):
                        row["Blocked"] = self.rng.randint(0, row["Quantity"])
                self.both("OpeningStock", row)

    def _in_transit(self) -> None:
        if not self.holding or not self.chance(0.4, "in transit"):
            return
        length = (self.start[-1] - FIRST).days
        for number in range(self.rng.randint(1, 3)):
            to, product = self.rng.choice(self.holding), self.rng.choice(self.products)
            row: Row = {
                "To": to,
                "Product": product,
                "Quantity": self.rng.randint(1, 9),
                "Due Date": self._day(0, length + 3),
                "Order No": f"PO{number}",
            }
            origins = [a for a, b in self.pairs if b == to]
            if origins and self.chance(0.5, "order from a place"):
                row["From"] = self.rng.choice(origins)
            if self.chance(0.4, "order that may be cancelled"):
                row["Firm"] = "N"
            self.both("InTransit", row)
        self._order_that_leaves(length)

    def _order_that_leaves(self, length: int) -> None:
        """An order that has yet to leave a place whose opening stock is enough for it."""
        for row in self.long.get("OpeningStock", []):
            ends = [b for a, b in self.pairs if a == row["Location"] and b in self.holding]
            free = row["Quantity"] - row.get("Blocked", 0)
            if ends and free >= 4 and self.chance(0.5, "order with a ship date"):
                ship = self.rng.randint(0, length - 1)
                order: Row = {
                    "From": row["Location"],
                    "To": ends[0],
                    "Product": row["Product"],
                    "Quantity": 3,
                    "Ship Date": str(FIRST + timedelta(days=ship)),
                    "Due Date": str(FIRST + timedelta(days=ship + 2)),
                    "Order No": "TO1",
                }
                self.both("InTransit", order)
                return

    def _policy(self, sheet: str, base: Row, special: dict[tuple[str, str], Row]) -> None:
        """A row for every place and product, and rows of one place that say something else."""
        self.short[sheet] = [{"Location": "*", "Product": "*", **base}]
        for (code, product), row in special.items():
            self.short[sheet].append({"Location": code, "Product": product, **row})
        self.long[sheet] = [
            {"Location": code, "Product": product, **base, **special.get((code, "*"), {})}
            | special.get((code, product), {})
            for code in self.tier
            for product in self.products
        ]

    def _special(self, **cells: Any) -> dict[tuple[str, str], Row]:
        """Cells that hold for one place, for all its products or for one."""
        if not self.chance(0.5, "a place's own policy row"):
            return {}
        product = self.rng.choice(("*", self.products[0]))
        return {(self.rng.choice(self.holding or ["SUP"]), product): cells}

    def _stock_costs(self) -> None:
        if not self.chance(0.6, "stock costs"):
            return
        base: Row = {}
        if self.chance(0.5, "stated holding cost"):
            base["Holding Cost"] = self.rng.choice((0.25, 0.5, 1, 2))
        else:
            base["Storage Cost"] = self.rng.choice((0.05, 0.25))
        if self.chance(0.3, "carrying rate of a place"):
            base["Carrying Rate"] = 0.6
        if self.chance(0.4, "handling"):
            base |= {"Handling In": self.money(1), "Handling Out": self.money(1)}
        special = self._special(**{"Unit Value": 30, "Handling In": 0.5})
        self._policy("StockCosts", base, special)
        if self.chance(0.3, "stock costs by period"):
            name = self.rng.choice(self.names)
            row = {"Location": "*", "Product": "*", "Period": name, "Storage Cost": 0.75}
            self.short["StockCosts"].append(row)
            self.long["StockCosts"] += [
                {**row, "Location": code, "Product": product}
                for code in self.tier
                for product in self.products
            ]

    def _targets(self) -> None:
        if not self.holding or not self.chance(0.5, "stock targets"):
            return
        base: Row = {}
        if self.kind != "uneven" and self.chance(0.4, "safety days"):
            base["Safety Days"] = self.rng.choice((1, 1.5, 2) if self.kind == "day" else (5, 7, 10))
        if not base or self.chance(0.4):
            self.features.add("safety stock")
            base["Safety Stock"] = self.rng.randint(1, 8)
        if self.chance(0.3, "max stock"):
            base |= {"Max Stock": self.rng.randint(10, 20), "Over Penalty": self.money(2)}
        elif self.kind != "uneven" and self.chance(0.2, "max days"):
            base |= {"Max Days": 3 if self.kind == "day" else 20, "Over Penalty": 0.75}
        if self.chance(0.5, "safety penalty"):
            base["Penalty"] = self.rng.choice((0.5, 1, 4))
        special = self._special(**{"Safety Stock": self.rng.randint(0, 6)})
        last = self.holding[-1]
        transfers = any(row["From"] == last for row in self.long["Lanes"])
        if not transfers and self.chance(0.2, "hard safety stock"):
            special = {(last, "*"): {"Safety Stock": 2, "Safety Days": 0, "Hardness": "hard"}}
            special[last, "*"] |= {"Max Stock": 99, "Max Days": 99}
        elif self._settled(last) and self.chance(0.3, "hard max stock"):
            special = {(last, "*"): {"Safety Stock": 0, "Safety Days": 0}}
            special[last, "*"] |= {"Max Stock": 9, "Max Days": 99, "Hardness": "hard"}
        self._policy("StockTargets", base, special)

    def _settled(self, code: str) -> bool:
        """Whether only demand takes from a place what is there today."""
        leaves = any(code == origin for origin, _ in self.pairs)
        return not leaves and all(row["To"] != code for row in self.long.get("InTransit", []))

    def _today(self, code: str) -> float:
        """All that is at a place today or on the way to it, in the largest measure of a unit."""
        rows = [row for row in self.long.get("OpeningStock", []) if row["Location"] == code]
        rows += [row for row in self.long.get("InTransit", []) if row["To"] == code]
        return 2.5 * float(sum(max(0, row["Quantity"]) for row in rows))

    # --- limits and the end -----------------------------------------------------------------------

    def _capacity(self) -> None:
        for code in self.holding:
            if self.tier[code] == "store" or not self.chance(0.5, "capacity"):
                continue
            for kind in self.rng.sample(["storage", "inbound", "outbound", "dock"], 2):
                self._limit(code, kind)

    def _limit(self, code: str, kind: str) -> None:
        dimension = self.rng.choice(("unit", "kg", "m3", "pallet"))
        row: Row = {"Kind": kind, "Dimension": dimension, "Limit": self.rng.randint(5, 25)}
        self.features.add(kind)
        if kind in ("outbound", "dock") or self.chance(0.5):
            row["Extra Limit"] = 60
            row["Extra Cost"] = self.rng.choice((0.5, 1, 4))
        if kind == "storage" and not self._settled(code):
            row["Limit"] += self._today(code)
        if kind != "storage" and self.chance(0.5, "limit per bucket"):
            row["Per"] = "bucket"
        if self.chance(0.3, "zone"):
            row["Zone"] = "cool"
        selector = self.rng.choice((code, f"Tier={self.tier[code]}"))
        self.short.setdefault("Capacity", []).append({"Location": selector, **row})
        self.long.setdefault("Capacity", []).append({"Location": code, **row})

    def _terminal(self) -> None:
        if not self.holding or not self.chance(0.5, "terminal"):
            return
        if self.kind != "uneven" and self.chance(0.25, "terminal rule setting"):
            days = 2 if self.kind == "day" else 10
            rule = self.rng.choice(("cover", "opening"))
            self.both("Settings", {"Setting": "terminal_rule", "Value": rule})
            self.both("Settings", {"Setting": "terminal_days", "Value": days})
            return
        even = self.kind != "uneven"
        rule = self.rng.choice(("cover", "opening", "value") if even else ("opening", "value"))
        self.features.add(f"terminal {rule}")
        row: Row = {"Rule": rule, "Level": self.rng.choice((None, "tier", "location"))}
        if rule == "cover":
            row["Days"] = self.rng.choice((1, 2) if self.kind == "day" else (7, 10, 14))
        if rule == "value":
            row |= {"Value": self.money(8), "Quantity": self.rng.randint(3, 15)}
        elif self.chance(0.4, "terminal penalty"):
            row["Penalty"] = self.rng.choice((1, 2, 6))
        self.short["Terminal"] = [{"Location": "*", "Product": "*", **row}]
        self.long["Terminal"] = [
            {"Location": "*", "Product": product, **row} for product in self.products
        ]
