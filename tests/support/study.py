"""What plain planner's tables say, looked up row by row: calendar, prices, targets, demand.

The second reading of the tables, for the tests: written from the design pages alone, in plain
loops over dicts, without tierstock. It knows explicit codes only, no selectors; a row without a
Period holds in every period.
"""

from datetime import date, timedelta
from typing import Any

from reference_calendars import Calendars
from study_lifecycle import Lifecycle

Row = dict[str, Any]
Sheets = dict[str, list[Row]]

NO_STOCK_TIERS = ("supplier", "customer")


class Study(Calendars, Lifecycle):
    """Planner's tables and the numbers that follow from them.

    Periods are numbered 0, 1, ...; T is their count. Period T means "after the horizon".
    """

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.settings = {row["Setting"]: row["Value"] for row in sheets.get("Settings", [])}
        self.locations = {row["Location"]: row for row in sheets["Locations"]}
        self.products = {row["Product"]: row for row in sheets["Products"]}
        self.classes = {row["Class"]: row for row in sheets.get("ServiceClasses", [])}
        self._calendar()
        self.T = len(self.periods)
        self.demand = self._demand()

    def rows(self, sheet: str) -> list[Row]:
        return self.sheets.get(sheet, [])

    # --- calendar -------------------------------------------------------------------------

    def _calendar(self) -> None:
        """Periods from the sheet, or one day each from the names in Demand."""
        rows = self.rows("Periods")
        if rows:
            self.periods = [str(row["Period"]) for row in rows]
            self.start = [_day(row["Start Date"]) for row in rows]
            self.start.append(_day(rows[-1]["End Date"]) + timedelta(days=1))
        else:
            self.periods = sorted({str(row["Period"]) for row in self.rows("Demand")}, key=int)
            first = _day(self.settings.get("start_date", "2026-01-05"))
            self.start = [first + timedelta(days=t) for t in range(len(self.periods) + 1)]
        self.days = [
            (after - before).days for before, after in zip(self.start, self.start[1:], strict=False)
        ]
        stated = [row.get("Working Days") for row in rows] or [None] * len(self.periods)
        self.working = [
            days if given is None else given for days, given in zip(self.days, stated, strict=True)
        ]

    def period_of(self, day: str) -> int:
        """The period a day falls in; days before the horizon are the first, later ones T."""
        when = _day(day)
        return max(0, sum(1 for start in self.start if start <= when) - 1)

    def arrival(self, t: int, lead: float) -> int:
        """The period in which what leaves in t arrives (ruling 17); T = after the horizon."""
        if lead == 0:
            return t
        if self.settings.get("lead_time_unit") == "period":
            return min(t + int(lead), self.T)
        rule = self.settings.get("lead_time_rounding", "auto")
        offset = {u: (self.start[u] - self.start[t]).days - lead for u in range(t, self.T + 1)}
        if rule == "ceil":
            return min((u for u in offset if offset[u] >= 0), default=self.T)
        if rule == "floor":
            return max(u for u in offset if offset[u] <= 0)
        return min(offset, key=lambda u: (abs(offset[u]), -u))

    def is_whole(self, t: int) -> bool:
        """Whether whole trips, lots and departures are kept in a period (F36)."""
        rows = self.rows("Periods")
        stated = rows[t].get("Integer") if rows else None
        count = self.settings.get("integrality_horizon")
        return stated == "Y" if stated else count is None or t < int(count)

    def too_late(self, due: int) -> bool:
        """Whether something may not arrive then, because it is after the horizon."""
        return due >= self.T and self.settings.get("allow_after_horizon") == "N"

    # --- products and places --------------------------------------------------------------

    def holds_stock(self, place: str) -> bool:
        row = self.locations[place]
        stated = row.get("Holds Stock")
        return row["Tier"] not in NO_STOCK_TIERS if stated is None else stated == "Y"

    def supply(self) -> dict[tuple[str, str, int], Row]:
        """What can be ordered, by place, product and period."""
        return {
            key: row
            for key, row in self.offers().items()
            if self._receives(key, row) and self.supplied(*key[1:])
        }

    def offers(self) -> dict[tuple[str, str, int], Row]:
        """What is bought or made, by place, product and period (ruling 19)."""
        stated: dict[tuple[str, str, int], Row] = {}
        for row in self.rows("Supply"):
            for t in range(self.T):
                if row.get("Period") in (None, self.periods[t]):
                    stated[row["Location"], row["Product"], t] = row
        named = {row["Location"] for sheet in ("Supply", "Recipes") for row in self.rows(sheet)}
        for row in self.rows("Lanes"):
            place = row["From"]
            if self.locations[place]["Tier"] == "supplier" and place not in named:
                for t in range(self.T):
                    stated[place, row["Product"], t] = {}
        return stated

    def _receives(self, key: tuple[str, str, int], row: Row) -> bool:
        """Whether a place works when it orders and when the order comes."""
        place, _, t = key
        lead = (row.get("Lead Time") or 0) if self.holds_stock(place) else 0
        due = self.arrival(t, lead)
        return self.works(place, t) and self.works(place, due) and not self.too_late(due)

    def measure(self, product: str, dimension: str) -> float:
        """What one unit takes of a dimension."""
        row = self.products[product]
        if dimension == "pallet":
            return 1.0 / float(row["Units Per Pallet"])
        column = {"kg": "Weight", "m3": "Volume"}.get(dimension)
        return 1.0 if column is None else float(row[column])

    def policy(self, sheet: str, place: str, product: str, t: int) -> Row:
        """The row of a policy sheet for a place and period; a row of the period wins."""
        found: Row = {}
        for row in self.rows(sheet):
            if (row["Location"], row["Product"]) == (place, product):
                if row.get("Period") is None:
                    found = {**row, **_filled(found)} if found else row
                elif str(row["Period"]) == self.periods[t]:
                    found = {**found, **_filled(row)}
        return found

    def value(self, place: str, product: str, t: int) -> float:
        stated = self.policy("StockCosts", place, product, t).get("Unit Value")
        return float(self.products[product]["Unit Value"] if stated is None else stated)

    def carrying(self, place: str, product: str, t: int) -> float:
        """Carrying rate as a share per year."""
        stated = self.policy("StockCosts", place, product, t).get("Carrying Rate")
        return float(self.settings.get("carrying_rate", 0.12) if stated is None else stated)

    def holding(self, place: str, product: str, t: int) -> float:
        """Cost of one unit in stock for one period (ruling 36)."""
        row = self.policy("StockCosts", place, product, t)
        if row.get("Holding Cost") is not None:
            return float(row["Holding Cost"])
        yearly = self.value(place, product, t) * self.carrying(place, product, t)
        return self.days[t] * (yearly / 365 + (row.get("Storage Cost") or 0.0))

    def handling(self, which: str, place: str, product: str, t: int) -> float:
        return self.policy("StockCosts", place, product, t).get(f"Handling {which}") or 0.0

    # --- demand and prices of being short ----------------------------------------------------

    def basis(self, product: str) -> float:
        """Basis of the penalty ladder (ruling 35)."""
        row = self.products[product]
        return float(row.get("Price") or 2 * row["Unit Value"])

    def _demand(self) -> dict[tuple[str, str, str, str], list[float]]:
        """Quantity by period for each (location, product, class, channel)."""
        typed: dict[tuple[str, str, str, str], dict[str, list[float]]] = {}
        for row in self.rows("Demand"):
            place = self.locations[row["Location"]]
            channel = row.get("Channel") or place.get("Channel") or ""
            key = (row["Location"], row["Product"], self._class(row, channel), channel)
            by_type = typed.setdefault(key, {})
            quantities = by_type.setdefault(row.get("Type") or "forecast", [0.0] * self.T)
            quantities[self.periods.index(str(row["Period"]))] += row["Quantity"]
        for row in self.rows("OpeningStock"):
            self._owed_only(row, typed)
        return {key: self._combined(by_type) for key, by_type in typed.items()}

    def _owed_only(self, row: Row, typed: dict[Any, Any]) -> None:
        """A place may owe without asking for more: its class is then the place's own."""
        channel = self.locations[row["Location"]].get("Channel") or ""
        key = (row["Location"], row["Product"], self._class(row, channel), channel)
        waits = {one[:2] for one in typed if self.mode(one[2]) == "backorder"}
        if row["Quantity"] < 0 and key[:2] not in waits and self.mode(key[2]) == "backorder":
            typed[key] = {}

    def _class(self, row: Row, channel: str) -> str:
        """Ruling 28."""
        by_channel = [c for c, r in self.classes.items() if r.get("Channel") == channel != ""]
        return (
            row.get("Class")
            or (by_channel[0] if by_channel else None)
            or self.locations[row["Location"]].get("Class")
            or self.products[row["Product"]].get("Class")
            or ""
        )

    def _combined(self, by_type: dict[str, list[float]]) -> list[float]:
        none = [0.0] * self.T
        forecast, order, promotion = (
            by_type.get(kind, none) for kind in ("forecast", "order", "promotion")
        )
        if self.settings.get("forecast_consumption") == "none":
            return [f + o + p for f, o, p in zip(forecast, order, promotion, strict=True)]
        return [max(f, o) + p for f, o, p in zip(forecast, order, promotion, strict=True)]

    def mode(self, service_class: str) -> str:
        return self.classes.get(service_class, {}).get("Mode") or "lost"

    def rank(self, service_class: str) -> int:
        """K - k + 1: how often the basis counts for this class."""
        most = max((row.get("Priority") or 1 for row in self.classes.values()), default=1)
        return most - (self.classes.get(service_class, {}).get("Priority") or 1) + 1

    def _stated(self, key: tuple[str, str, str, str], t: int, column: str) -> float | None:
        for row in self.rows("Demand"):
            if str(row["Period"]) != self.periods[t] or row.get(column) is None:
                continue
            place = self.locations[row["Location"]]
            channel = row.get("Channel") or place.get("Channel") or ""
            if (row["Location"], row["Product"], self._class(row, channel), channel) == key:
                return float(row[column])
        return None

    def lost_cost(self, key: tuple[str, str, str, str], t: int) -> float:
        """Price of one unit never delivered (rulings 34 and 35)."""
        _, product, service_class, _ = key
        row, good = self.classes.get(service_class, {}), self.products[product]
        stated = self._stated(key, t, "Shortage Cost")
        if stated is None:
            stated = row.get("Lost Cost")
        if stated is None and row.get("Lost Cost Share") is not None:
            stated = row["Lost Cost Share"] * good["Price"]
        if stated is None:
            stated = good.get("Shortage Cost")
        if stated is not None:
            return stated
        default = self.settings.get("shortage_default_cost", "ladder")
        times = 1.0 if default == "ladder" else default
        return times * self.basis(product) * self.rank(service_class)

    def back_cost(self, key: tuple[str, str, str, str], t: int) -> float:
        """Price of one unit owed at the end of a period."""
        _, product, service_class, _ = key
        stated = self._stated(key, t, "Backorder Cost")
        if stated is None:
            stated = self.classes.get(service_class, {}).get("Backorder Cost")
        if stated is not None:
            return stated
        return 0.05 * self.basis(product) * self.rank(service_class) * self.days[t] / 7

    # --- lanes ------------------------------------------------------------------------------

    def lanes(self) -> dict[tuple[str, str, str], list[Row]]:
        """Rows of Lanes by lane (From, To, Mode)."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.rows("Lanes"):
            found.setdefault((row["From"], row["To"], row.get("Mode") or "road"), []).append(row)
        return found

    def is_transfer(self, row: Row) -> bool:
        if row.get("Kind"):
            return bool(row["Kind"] == "transfer")
        tiers = [self.locations[row[end]]["Tier"] for end in ("From", "To")]
        return bool(tiers[0] == tiers[1])

    def freight(self, row: Row) -> float:
        """Freight per base unit."""
        cost, basis = row.get("Unit Cost") or 0.0, row.get("Cost Basis") or "unit"
        return cost * self.measure(row["Product"], basis)

    def supply_lead(self, place: str, product: str) -> float:
        leads = [
            row.get("Lead Time") or 0
            for row in self.rows("Supply")
            if (row["Location"], row["Product"]) == (place, product)
        ]
        return max(leads, default=0)

    def lane_arrival(self, row: Row, t: int) -> int:
        """Arrival period of a lane; a supplier without stock adds its own days (ruling 19)."""
        lead = row["Lead Time"]
        if not self.holds_stock(row["From"]):
            lead += self.supply_lead(row["From"], row["Product"])
        return self.arrival(t, lead)

    def transit(self, row: Row, t: int) -> float:
        """Capital cost of one unit on the way (ruling 36)."""
        to, product, days = row["To"], row["Product"], float(row["Lead Time"])
        if self.settings.get("lead_time_unit") == "period":
            days *= self.days[t]
        return self.value(to, product, t) * self.carrying(to, product, t) * days / 365


def _filled(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if cell is not None}


def _day(text: str) -> date:
    return date.fromisoformat(str(text))
