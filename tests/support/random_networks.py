"""Random small networks as planner's tables, twice: with selectors, and row for row.

``drawn(seed)`` gives the same network on every machine. The short tables use wildcards, lists,
attribute tests, less and more specific rows, blanks that inherit; the long ones say the same in
explicit codes, which is all the reference understands. So reading is tested with the model.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from random_budgets import Budgets
from random_calendars import Calendars
from random_cash import Cash
from random_demand import Demands
from random_fixed_plan import FixedPlan
from random_horizon import Horizon
from random_lots import Lots
from random_policies import FIRST, Row, Sheets
from random_production import Production
from random_rates import Rates
from random_returns import Returns
from random_service import Service
from random_shelf_life import ShelfLife
from random_sites import Sites
from random_sourcing import Sourcing
from random_substitutes import Substitutes
from random_tariffs import Tariffs
from random_transfers import Transfers
from random_units import Units
from random_user_rows import UserRows

SHAPES: dict[str, tuple[dict[str, str], list[tuple[str, str]]]] = {
    "single": ({"PL": "plant"}, []),
    "direct": (
        {"SUP": "supplier", "S1": "store", "S2": "store"},
        [("SUP", "S1"), ("SUP", "S2")],
    ),
    "tiers": (
        {"SUP": "supplier", "DC": "CDC", "S1": "store", "S2": "store"},
        [("SUP", "DC"), ("DC", "S1"), ("DC", "S2")],
    ),
    "plant": (
        {"PL": "plant", "DC": "RDC", "C1": "customer", "C2": "customer"},
        [("PL", "DC"), ("DC", "C1"), ("DC", "C2")],
    ),
    "sources": (
        {"SUP": "supplier", "PL": "plant", "DC": "RDC", "S1": "store"},
        [("SUP", "DC"), ("PL", "DC"), ("DC", "S1")],
    ),
}


@dataclass(frozen=True)
class Drawn:
    """A network in both ways of writing, and the features it has."""

    short: Sheets
    long: Sheets
    features: frozenset[str]


def drawn(seed: int) -> Drawn:
    """Return the network of a seed."""
    draw = _Draw(seed)
    return Drawn(draw.short, draw.long, frozenset(draw.features))


class _Draw(
    Demands,
    Service,
    Budgets,
    Calendars,
    Cash,
    Horizon,
    Lots,
    Production,
    Rates,
    Returns,
    ShelfLife,
    Sites,
    Substitutes,
    Tariffs,
    Units,
    UserRows,
    Transfers,
    Sourcing,
    FixedPlan,
):
    def __init__(self, seed: int) -> None:
        self.rng, self.prices, self.seed = Random(seed), 0, seed
        self.short, self.long, self.features = {}, {}, set()
        self.shape = self.rng.choice(list(SHAPES))
        tiers, pairs = SHAPES[self.shape]
        self.tier, self.pairs = dict(tiers), list(pairs)
        self.products = [f"P{n + 1}" for n in range(self.rng.choice((1, 1, 2, 2, 3)))]
        self.T = self.rng.randint(2, 5)
        self.holding = [c for c, tier in self.tier.items() if tier not in ("supplier", "customer")]
        self.selling = [c for c, tier in self.tier.items() if tier in ("store", "customer")] or [
            "PL"
        ]
        for step in (
            self._calendar,
            self._products,
            self._places,
            self._vehicles,
            self._lanes,
            self._transfers,
            self._supply,
            self._classes,
            self._demand,
            self._opening,
            self._in_transit,
            self._stock_costs,
            self._targets,
            self._capacity,
            self._terminal,
            self._rates,
            self._returns,
            self._substitutes,
            self._user_rows,
            self._transfer_terms,
            self._sourcing,
            self._calendars,
            self._lots,
            self._horizon,
            self._production,
            self._shelf_life,
            self._lifecycle,
            self._service,
            self._sites,
            self._tariffs,
            self._fixed_plan,
            self._cash,
            self._budgets,
            self._units,  # the last: it says what the others drew in other words
        ):
            step()

    # --- time ---------------------------------------------------------------------------------

    def _calendar(self) -> None:
        self.kind = self.rng.choice(("day", "day", "week", "week", "uneven"))
        self.features.add(f"{self.kind} buckets")
        lengths = {
            "day": [1] * self.T,
            "week": [7] * self.T,
            "uneven": [self.rng.choice((3, 5, 7, 10)) for _ in range(self.T)],
        }[self.kind]
        self.start = [FIRST + timedelta(days=sum(lengths[:t])) for t in range(self.T + 1)]
        self.names = [str(t + 1) for t in range(self.T)]
        if self.kind == "day":
            return
        rows = [
            {
                "Period": name,
                "Start Date": str(first),
                "End Date": str(after - timedelta(days=1)),
                "Working Days": min(5, (after - first).days),
            }
            for name, first, after in zip(self.names, self.start, self.start[1:], strict=False)
        ]
        self.both("Periods", *rows)

    def _leads(self) -> tuple[int, ...]:
        return (0, 0, 1, 1, 2) if self.kind == "day" else (0, 2, 4, 7, 7, 10, 12)

    # --- master data ----------------------------------------------------------------------------

    def _products(self) -> None:
        settings: Row = {}
        for code in self.products:
            row: Row = {
                "Product": code,
                "Unit Value": self.rng.randint(4, 20),
                "Weight": self.rng.choice((1, 2, 2.5)),
                "Volume": self.rng.choice((1, 0.5, 2)),
                "Units Per Pallet": self.rng.choice((2, 4, 5)),
                "Zone": self.rng.choice(("ambient", "ambient", "cool")),
            }
            if self.chance(0.6, "price"):
                row["Price"] = self.rng.randint(20, 60)
            if self.chance(0.2, "shortage cost of the product"):
                row["Shortage Cost"] = self.rng.randint(10, 50)
            self.both("Products", row)
        if self.chance(0.3, "carrying rate setting"):
            settings["carrying_rate"] = 0.4
        if self.chance(0.15, "default shortage cost setting"):
            settings["shortage_default_cost"] = 1.5
        if self.chance(0.15, "forecasts and orders add up"):
            settings["forecast_consumption"] = "none"
        if self.chance(0.25, "average stock timing"):
            settings["stock_timing"] = "average"
        if self.kind == "day" and self.chance(0.2, "lead times in periods"):
            settings["lead_time_unit"] = "period"
        if self.kind != "day" and self.chance(0.3, "lead time rounding"):
            settings["lead_time_rounding"] = self.rng.choice(("ceil", "floor", "round"))
        if settings:
            self.both("Settings", *({"Setting": name, "Value": v} for name, v in settings.items()))

    def _places(self) -> None:
        for code, tier in self.tier.items():
            row = {"Location": code, "Tier": tier, "Region": "North"}
            if tier == "RDC" and self.chance(0.15, "cross-dock"):
                row["Holds Stock"] = "N"
                self.holding.remove(code)
            self.both("Locations", row)

    def _vehicles(self) -> None:
        self.vehicles: list[str] = []
        if not self.pairs or not self.chance(0.45, "vehicles"):
            return
        columns = self.rng.sample(["Max Weight", "Max Volume", "Max Pallets", "Max Units"], 2)
        for number in range(self.rng.choice((1, 1, 2, 2, 3))):
            row: Row = {
                "Vehicle": f"V{number + 1}",
                "Cost Per Trip": self.rng.randint(3, 25),
                columns[0]: self.rng.choice((4, 6, 8, 12)),
            }
            if self.chance(0.5, "two limits of a vehicle"):
                row[columns[1]] = self.rng.choice((3, 5, 9))
            if number and self.chance(0.25, "types that limit different dimensions"):
                row[columns[1]] = row.pop(columns[0])
            if self.chance(0.3, "fleet"):
                row["Fleet"] = self.rng.randint(1, 3)
                if self.chance(0.5, "fleet at home"):
                    row["Home"] = self.pairs[-1][0]
            if self.chance(0.2, "min fill"):
                row["Min Fill"] = self.rng.choice((0.5, 0.8))
            self.vehicles.append(row["Vehicle"])
            self.both("Vehicles", row)

    # --- lanes ----------------------------------------------------------------------------------

    def _lane_terms(self) -> Row:
        """What a lane states for all its products together."""
        row: Row = {"Lead Time": self.rng.choice(self._leads()), "Unit Cost": self._freight()}
        if self.chance(0.2, "yield"):
            row["Yield"] = self.rng.choice((0.8, 0.9))
        if self.chance(0.3, "lane capacity"):
            row["Max Shipment"] = self.rng.randint(6, 25)
        if self.chance(0.25, "min shipment"):
            row["Min Shipment"] = self.rng.randint(2, 6)
        if self.chance(0.25, "departure cost"):
            row["Fixed Cost"] = self.rng.randint(2, 20)
        if self.vehicles and self.chance(0.8):
            row["Vehicle"] = ",".join(
                self.rng.sample(self.vehicles, self.rng.randint(1, len(self.vehicles)))
            )
        if self.chance(0.2, "freight by weight or pallet"):
            row["Cost Basis"] = self.rng.choice(("kg", "m3", "pallet"))
        return row

    def _freight(self) -> float:
        """A price that no other lane has: cover is counted along the cheapest lane."""
        self.prices += 1
        return self.money(2) + self.prices / 1000

    def _lanes(self) -> None:
        self.long_lanes: list[Row] = []
        self.short["Lanes"] = []
        pairs = list(self.pairs)
        if self.shape in ("direct", "tiers", "plant") and self.chance(0.4, "lane selectors"):
            (origin, first), (_, second) = pairs[-2:]
            del pairs[-2:]
            to = self.rng.choice((f"Tier={self.tier[first]}", f"{first},{second}"))
            self._lane(origin, to, [(origin, first), (origin, second)])
        for pair in pairs:
            self._lane(*pair, [pair])
        if self.shape == "tiers" and self.chance(0.3, "second mode"):
            self._lane("SUP", "S1", [("SUP", "S1")], mode="air")
        self.long["Lanes"] = self.long_lanes

    def _lane(self, origin: str, to: str, pairs: list[tuple[str, str]], mode: str = "") -> None:
        """One lane row for all products, perhaps one more for a product that differs."""
        terms = self._lane_terms()
        named = {"Mode": mode} if mode else {}
        ends = {"From": origin, "To": to}
        self.short["Lanes"].append({**ends, "Product": "*", **named, **terms})
        special: dict[str, Row] = {}
        if len(self.products) > 1 and self.chance(0.3, "a product's own lane row"):
            product = self.rng.choice(self.products)
            special[product] = {"Lead Time": terms["Lead Time"], "Unit Cost": self._freight()}
            if self.chance(0.3):
                special[product]["Lead Time"] = self.rng.choice(self._leads())
            row = {**ends, "Product": product, **named, **special[product]}
            self.short["Lanes"].append(row)
        for start, end in pairs:
            for product in self.products:
                row = {"From": start, "To": end, "Product": product, **named}
                self.long_lanes.append({**row, **terms, **special.get(product, {})})

    def _transfers(self) -> None:
        if "S2" not in self.tier or not self.chance(0.4, "transfers"):
            return
        terms: Row = {"Lead Time": self.rng.choice(self._leads()), "Unit Cost": self.money(3)}
        if self.chance(0.3, "lane open for a time"):
            terms["Active From"] = str(self.start[1])
        if self.chance(0.2, "lane closes"):
            terms["Active To"] = str(self.start[-2] - timedelta(days=1))
        ends = {"From": "Tier=store", "To": "Region=same;Tier=store"}
        self.short["Lanes"].append({**ends, **terms})
        closed = ""
        if len(self.products) > 1 and self.chance(0.4, "transfer rules"):
            closed = self.rng.choice(self.products)
            self.short["TransferRules"] = [
                {"From": "*", "To": "*", "Allowed": "Y"},
                {"From": "*", "To": "*", "Product": closed, "Allowed": "N"},
            ]
        for start, end in (("S1", "S2"), ("S2", "S1")):
            for product in self.products:
                if product != closed:
                    row = {"From": start, "To": end, "Product": product, **terms}
                    self.long_lanes.append(row)

    # --- supply ---------------------------------------------------------------------------------

    def _supply(self) -> None:
        for code, tier in self.tier.items():
            if tier == "plant" or (tier == "supplier" and self.chance(0.6, "supply rows")):
                self._supply_of(code)

    def _supply_of(self, code: str) -> None:
        row: Row = {"Unit Cost": self.money(3)}
        if self.chance(0.4, "supply limit"):
            row["Max"] = self.rng.randint(8, 30)
        if self.chance(0.2, "take or pay"):
            row["Min"] = self.rng.randint(1, 6)
            if self.chance(0.7):
                row["Min Penalty"] = self.rng.randint(1, 5)
        if self.chance(0.4, "order cost"):
            row["Fixed Cost"] = self.rng.randint(3, 30)
        if self.chance(0.3, "supply lead time"):
            row["Lead Time"] = self.rng.choice(self._leads())
        self.short.setdefault("Supply", []).append({"Location": code, "Product": "*", **row})
        special = {}
        if self.chance(0.3, "supply by period"):
            at = self.rng.choice(self.names)
            special[at] = {**row, "Unit Cost": self.money(3)}
            self.short["Supply"].append(
                {"Location": code, "Product": "*", "Period": at, **special[at]}
            )
        for product in self.products:
            for name in self.names:
                explicit = {"Location": code, "Product": product, "Period": name}
                self.long.setdefault("Supply", []).append({**explicit, **special.get(name, row)})
