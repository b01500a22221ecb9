"""The written plan: its rows by key, after the checks that keys and numbers are sound."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.lanes import Lane
from tierstock.outputs.audit.report import Report
from tierstock.outputs.audit.values import exact, finites, flag
from tierstock.outputs.audit.words import Table, words

KEYS = {
    "Shipments": ("From", "To", "Mode", "Product", "Ship Period", "Vehicle", "Plan No"),
    "Inventory": ("Location", "Product", "Period"),
    "Service": ("Location", "Product", "Class", "Channel", "Period"),
    "Substitutions": ("Location", "Product", "Class", "Channel", "Period", "Substitute"),
    "Production": ("Recipe", "Location", "Period"),
    "TargetResults": ("Target", "Window"),
    "Purchases": ("To", "Product", "Order Period"),
    "CapacityUse": ("Location", "Zone", "From", "To", "Kind", "Dimension", "Period"),
    "VehicleUse": ("From", "To", "Mode", "Vehicle", "Period"),
    "Costs": ("Cost Bucket", "Location", "Product", "Period"),
    "SiteResults": ("Location", "Period"),
    "Cash": ("Company", "Period"),
}
NEEDED = {
    "Shipments": ("Quantity",),
    "Inventory": ("Opening", "Received", "Purchased", "Shipped", "Issued", "Closing"),
    "Service": ("Demand", "Issued", "Lost", "Backlog"),
    "Substitutions": ("Quantity", "Used", "Cost"),
    "Production": ("Quantity", "Setups"),
    "TargetResults": ("Achieved", "Gap"),
    "Purchases": ("Quantity",),
    "CapacityUse": ("Limit", "Used"),
    "VehicleUse": ("Trips",),
    "Costs": ("Amount",),
    "SiteResults": ("Fixed Cost", "Throughput"),
    "Cash": ("Inflow", "Outflow", "Debt", "Closing Cash"),
}
MAY_BE_ABSENT = (
    "TargetResults",
    "Production",
    "Purchases",
    "CapacityUse",
    "VehicleUse",
    "SiteResults",
    "Cash",
    "Substitutions",
    "Actions",
    "SlowMovers",
)
"""Sheets that a plan without such rows need not have."""
SHEETS = (*KEYS, "Summary", "RunInfo", "Actions", "SlowMovers")
"""Sheets that the audit reads."""
SIGNED = {
    ("Costs", "Amount"),
    ("Inventory", "Adjusted"),
    ("Cash", "Closing Cash"),
    ("CapacityUse", "Used"),
}
"""Numbers that may be negative."""
NAMED = ("fleet", "lane", "line")
BUDGETS = ("capital", "spend", "freight", "carbon", "moves", "cash")
"""Kinds of CapacityUse whose rows are about no single location."""
FLOWS_IN = ("Received", "Purchased", "Produced", "Returned", "Adjusted")
FLOWS_OUT = ("Consumed", "Shipped", "Issued", "Scrapped", "Disposed")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Shipment:
    """One row of Shipments."""

    lane: Lane
    product: str
    t: int
    quantity: float
    vehicle: str
    row: int


class Plan:
    """The plan by key; rows with keys that are not known are reported and left out."""

    def __init__(self, tables: dict[str, Table], case: Case, report: Report) -> None:
        """Check keys and numbers of every sheet, then index the rows."""
        self.tables, self.case, self.report = tables, case, report
        self.cells: dict[tuple[str, str], list[float]] = {}
        self.printed: dict[tuple[str, str], list[Decimal]] = {}
        self.periods: dict[str, int] = {}
        for name in SHEETS:
            if name not in tables and name not in MAY_BE_ABSENT:
                report.fail("keys", f"sheet {name} is missing")
            self._speak_english(self.tables.setdefault(name, Table(name)))
        self.keys: dict[str, list[tuple[str, ...]]] = {}
        self.known: dict[tuple[str, str], Container[str]] = {
            ("", "Location"): case.locations,
            ("", "From"): case.locations,
            ("", "To"): case.locations,
            ("", "Product"): case.products,
            ("", "Substitute"): case.products,
            ("VehicleUse", "Vehicle"): {r.text("Vehicle") for r in case.rows("Vehicles")},
        }
        periods = ((sheet, c) for sheet in KEYS for c in KEYS[sheet] if c.endswith("Period"))
        self.known.update(dict.fromkeys(periods, set(case.horizon.ids)))
        """Words that may stand in keys; any in other columns."""
        self.good = {name: self._good_rows(self.tables[name]) for name in KEYS}
        for name in KEYS:
            self._check_numbers(self.tables[name])
        scenarios = {s for name in KEYS for s in self.tables[name].column("Scenario") if s}
        if len(scenarios) > 1:
            report.fail("keys", "several scenarios", *sorted(scenarios))
        self.shipments, self.leaving = self._shipments()
        self.inventory = self._by_pair("Inventory")
        self.closing: dict[Pair, list[float]] = {
            pair: [self.floats("Inventory", "Closing")[i] if i >= 0 else 0.0 for i in rows]
            for pair, rows in self.inventory.items()
        }
        self.service = self._services()
        opened = self.tables["SiteResults"].column("Open")
        self.closed: set[tuple[str, int]] = {
            (self.key("SiteResults", i)[0], self.period(self.key("SiteResults", i)[1]))
            for i in self.good["SiteResults"]
            if not flag(opened[i], False)
        }
        """Locations that the plan keeps closed, with the period."""
        last = len(case.horizon)  # a method here would keep the plan alive until it is collected
        self.purchases: dict[Pair, list[float]] = defaultdict(lambda: [0.0] * last)
        for i in self.good["Purchases"]:
            to, product, when = self.key("Purchases", i)
            quantity = self.number("Purchases", "Quantity", i)
            self.purchases[to, product][self.period(when)] += quantity
        self.substitutions = self._substitutions()
        self.trips: dict[tuple[Lane, int], dict[str, float]] = defaultdict(dict)
        for i in self.good["VehicleUse"]:
            origin, to, mode, vehicle, when = self.key("VehicleUse", i)
            trips = self.number("VehicleUse", "Trips", i)
            self.trips[(origin, to, mode), self.period(when)][vehicle] = trips

    def nothing(self) -> list[float]:
        """Return zeros, one per period."""
        return [0.0] * len(self.case.horizon)

    def period(self, name: str) -> int:
        """Return the number of a period that is known."""
        if name not in self.periods:
            folded = name.strip().casefold().replace(" ", "")
            self.periods[name] = self.case.horizon.place.get(folded, -1)
        return self.periods[name]

    def key(self, sheet: str, i: int) -> tuple[str, ...]:
        """Return the key of a row."""
        return self.keys[sheet][i]

    def number(self, sheet: str, column: str, i: int) -> float:
        """Return a number of a row; 0 where blank or no number."""
        return self.floats(sheet, column)[i]

    def floats(self, sheet: str, column: str) -> list[float]:
        """Return the numbers of all rows of a sheet; 0 where blank or no number."""
        key = (sheet, column)
        if key not in self.cells:
            texts = self.tables[sheet].column(column)
            known = {text: value or 0.0 for text, value in finites(set(texts)).items()}
            self.cells[key] = list(map(known.__getitem__, texts))
        return self.cells[key]

    def decimals(self, sheet: str, column: str) -> list[Decimal]:
        """Return the printed decimals of all rows of a sheet; 0 where blank or no number."""
        key = (sheet, column)
        if key not in self.printed:
            texts = self.tables[sheet].column(column)
            known = {text: exact(text) or ZERO for text in set(texts)}
            self.printed[key] = [known[text] for text in texts]
        return self.printed[key]

    def numbers(self, sheet: str, column: str) -> list[float]:
        """Return a column of the rows with known keys."""
        known = self.floats(sheet, column)
        return [known[i] for i in self.good[sheet]]

    def _speak_english(self, table: Table) -> None:
        """Turn defaults and zones written in Chinese into the words of the input, if not its own.

        The mode road, the class standard and the known zones are written in the language of the
        results; a word that the planner uses stays as it is.
        """
        zones = words().rows["Products", "Zone"]["choices"].split("|")
        known = {
            "Mode": (["road"], {row.text("Mode") for row in self.case.rows("Lanes")}),
            "Class": (["standard"], {grade for _, _, grade, _ in self.case.streams}),
            "Zone": (zones, set(self.case.of_product.attributes["Zone"].values())),
        }
        for column, (among, own) in known.items():
            if column in table.texts and (table.name, column) in words().rows:
                spoken = {
                    text: text if text in own else words().choice(text, "|".join(among))
                    for text in set(table.texts[column])
                }
                table.texts[column] = [spoken[text] for text in table.texts[column]]

    def _good_rows(self, table: Table) -> list[int]:
        """Report unknown and double keys and return the rows whose keys are known."""
        name = table.name
        for line in table.formulas:
            self.report.fail("numbers", name, line, "formula")
        columns = [table.column(column) for column in KEYS[name]]
        self.keys[name] = list(zip(*columns, strict=True))
        if len(set(self.keys[name])) == len(table):
            heads = zip(KEYS[name], columns, strict=True)
            if not any(self._wrong(name, c, text) for c, texts in heads for text in set(texts)):
                return list(range(len(table)))
        seen: set[tuple[str, ...]] = set()
        good = []
        for i, key in enumerate(self.keys[name]):
            free = name == "CapacityUse" and key[4] in (*NAMED, *BUDGETS)
            wrong = [
                text
                for column, text in zip(KEYS[name], key, strict=True)
                if self._wrong(name, column, text, free)
            ]
            if wrong:
                self.report.fail("keys", name, f"row {table.lines[i]}", *wrong)
            elif key in seen and not free:
                self.report.fail("keys", name, f"row {table.lines[i]} is double", *key)
            else:
                good.append(i)
            seen.add(key)
        return good

    def _wrong(self, sheet: str, column: str, text: str, free: bool = False) -> bool:
        """Tell whether a part of a key is unknown, or blank where it may not be."""
        if not text:
            return column.endswith("Period") or column in NEEDED_KEYS.get(sheet, ())
        known = self.known.get((sheet, column), self.known.get(("", column)))
        outside = known is not None and text not in known
        return outside and (not free or column.endswith("Period"))

    def _check_numbers(self, table: Table) -> None:
        book, name = words(), table.name
        for column in NEEDED[name]:
            if len(table) and column not in table.texts:
                self.report.fail("keys", name, f"column {column} is missing")
        for column, texts in table.texts.items():
            kind = book.rows.get((name, column), {}).get("type")
            if kind not in ("number", "integer"):
                continue
            known = finites(set(texts))
            signed, needed = (name, column) in SIGNED, column in NEEDED[name]
            wrong = {
                text
                for text, value in known.items()
                if value is None or (value < 0 and not signed) or (not text and needed)
            }
            for i, text in enumerate(texts) if wrong else ():
                value, where = known[text], (name, column, f"row {table.lines[i]}")
                if text not in wrong:
                    continue
                if value is not None and value < 0:
                    self.report.at_most("numbers", -value, 0.0, *where)
                else:
                    self.report.fail("numbers", *where, text)
            sound = {text: value or 0.0 for text, value in known.items()}
            self.cells[name, column] = list(map(sound.__getitem__, texts))

    def _shipments(self) -> tuple[list[Shipment], list[Shipment]]:
        """Return the shipments the plan decides, and the open orders that leave."""
        table = self.tables["Shipments"]
        status = table.column("Status")
        decided: list[Shipment] = []
        orders: list[Shipment] = []
        seen: set[tuple[str, ...]] = set()
        for i in self.good["Shipments"]:
            origin, to, mode, product, when, vehicle, _ = key = self.key("Shipments", i)
            quantity = self.number("Shipments", "Quantity", i)
            at = self.period(when)
            ship = Shipment((origin, to, mode), product, at, quantity, vehicle, i)
            if status[i] == "firm":
                orders.append(ship)
                continue
            if key[:6] in seen:
                self.report.fail("keys", "Shipments", f"row {table.lines[i]} is double", *key[:6])
            seen.add(key[:6])
            decided.append(ship)
        return decided, orders

    def _by_pair(self, sheet: str) -> dict[Pair, list[int]]:
        """Return the row of every period by location and product; -1 where it is missing."""
        found: dict[Pair, list[int]] = {}
        blank = [-1] * len(self.case.horizon)
        for i in self.good[sheet]:
            location, product, when = self.key(sheet, i)
            found.setdefault((location, product), blank[:])[self.period(when)] = i
        for pair, rows in found.items():
            for t, i in enumerate(rows):
                if i < 0:
                    self.report.fail("keys", sheet, *pair, self.case.horizon.ids[t], "row missing")
        return found

    def _substitutions(self) -> list[tuple[tuple[str, ...], int, str, float, float, int]]:
        """Demand stream, period, substitute, units wanted, units used and row."""
        found = []
        for i in self.good["Substitutions"]:
            *stream, when, other = self.key("Substitutions", i)
            units, used = (
                self.number("Substitutions", column, i) for column in ("Quantity", "Used")
            )
            found.append((tuple(stream), self.period(when), other, units, used, i))
        return found

    def _services(self) -> dict[tuple[str, str, str, str], list[int]]:
        found = {key: [-1] * len(self.case.horizon) for key in self.case.streams}
        for i in self.good["Service"]:
            *names, when = self.key("Service", i)
            rows = found.get(tuple(names))  # type: ignore[arg-type]
            if rows is None:
                self.report.fail("keys", "Service", *names, "no such demand")
            else:
                rows[self.period(when)] = i
        return found


NEEDED_KEYS = {
    "Shipments": ("From", "To", "Product"),
    "Inventory": ("Location", "Product"),
    "Service": ("Location", "Product"),
    "Substitutions": ("Location", "Product", "Substitute"),
    "Production": ("Recipe", "Location"),
    "Purchases": ("To", "Product"),
    "CapacityUse": (),
    "VehicleUse": ("From", "To", "Vehicle"),
    "Costs": ("Cost Bucket",),
    "SiteResults": ("Location",),
}
"""Keys that may not be blank."""
