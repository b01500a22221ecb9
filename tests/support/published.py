"""Published and hand-derived studies with a known least cost, as planner's tables.

Money that no case speaks of is switched off: Unit Value 0 takes away carrying and transit cost.
"Must be met in full and on time" is a class with mode ``must``; a place that may keep no stock
has Holds Stock = N. Undated periods are one day long, so lead times in periods are days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tierstock.inputs.schema import Column, Sheet, say, schema

Tables = dict[str, pd.DataFrame]
NO_LANES = pd.DataFrame(columns=["From", "To", "Lead Time"])
MUST = pd.DataFrame({"Class": ["firm"], "Mode": ["must"]})


@dataclass(frozen=True)
class Case:
    """A study and its least cost."""

    tables: Callable[[], Tables]
    least_cost: float
    tolerance: float


def _rows(columns: list[str], *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype=object)


def dantzig() -> Tables:
    """Ship cases from two plants to three markets.

    Source: G. B. Dantzig, Linear Programming and Extensions (1963), ch. 3.3; the model trnsport
    of the GAMS library. Published: 153.675 thousand USD; freight is 90 USD per case and
    thousand miles.
    """
    miles = {
        "Seattle": {"New-York": 2.5, "Chicago": 1.7, "Topeka": 1.8},
        "San-Diego": {"New-York": 2.5, "Chicago": 1.8, "Topeka": 1.4},
    }
    lanes = [
        (plant, market, 0, 90 * distance / 1000)
        for plant, row in miles.items()
        for market, distance in row.items()
    ]
    return {
        "Locations": _rows(
            ["Location", "Tier", "Holds Stock"],
            ("Seattle", "plant", "N"),
            ("San-Diego", "plant", "N"),
            ("New-York", "customer", "N"),
            ("Chicago", "customer", "N"),
            ("Topeka", "customer", "N"),
        ),
        "Products": _rows(["Product", "Unit Value", "Class"], ("cases", 0, "firm")),
        "Lanes": _rows(["From", "To", "Lead Time", "Unit Cost"], *lanes),
        "Demand": _rows(
            ["Location", "Product", "Period", "Quantity"],
            ("New-York", "cases", "1", 325),
            ("Chicago", "cases", "1", 300),
            ("Topeka", "cases", "1", 275),
        ),
        "Supply": _rows(
            ["Location", "Product", "Max"], ("Seattle", "*", 350), ("San-Diego", "*", 600)
        ),
        "ServiceClasses": MUST,
    }


def williams() -> Tables:
    """Factories, depots with a limited throughput, customers; some lanes pass the depots by.

    Source: H. P. Williams, Model Building in Mathematical Programming, 5th ed., ex. 19
    (Distribution 1), as in Gurobi/modeling-examples, supply_network_design_1. Published: 198,500.
    """
    depots = {"Newcastle": 70000, "Birmingham": 50000, "London": 100000, "Exeter": 40000}
    wanted = {"C1": 50000, "C2": 10000, "C3": 40000, "C4": 35000, "C5": 60000, "C6": 20000}
    freight = {
        "Liverpool": "Newcastle 0.5 Birmingham 0.5 London 1 Exeter 0.2 C1 1 C3 1.5 C4 2 C6 1",
        "Brighton": "Birmingham 0.3 London 0.5 Exeter 0.2 C1 2",
        "Newcastle": "C2 1.5 C3 0.5 C5 1.5 C6 1",
        "Birmingham": "C1 1 C2 0.5 C3 0.5 C4 1 C5 0.5",
        "London": "C2 1.5 C3 2 C5 0.5 C6 1.5",
        "Exeter": "C3 0.2 C4 1.5 C5 0.5 C6 1.5",
    }
    lanes = []
    for origin, line in freight.items():
        words = line.split()
        lanes += [
            (origin, to, 0, float(cost)) for to, cost in zip(words[::2], words[1::2], strict=True)
        ]
    return {
        "Locations": _rows(
            ["Location", "Tier", "Holds Stock"],
            ("Liverpool", "plant", "N"),
            ("Brighton", "plant", "N"),
            *((depot, "RDC", "N") for depot in depots),
            *((customer, "customer", "N") for customer in wanted),
        ),
        "Products": _rows(["Product", "Unit Value"], ("product", 0)),
        "Lanes": _rows(["From", "To", "Lead Time", "Unit Cost"], *lanes),
        "Demand": _rows(
            ["Location", "Product", "Period", "Quantity", "Class"],
            *(
                (customer, "product", "1", quantity, "firm")
                for customer, quantity in wanted.items()
            ),
        ),
        "Supply": _rows(
            ["Location", "Product", "Max"],
            ("Liverpool", "product", 150000),
            ("Brighton", "product", 200000),
        ),
        "Capacity": _rows(
            ["Location", "Kind", "Dimension", "Per", "Limit"],
            *((depot, "inbound", "unit", "bucket", limit) for depot, limit in depots.items()),
        ),
        "ServiceClasses": MUST,
    }


def wagner_whitin() -> Tables:
    """When to make how much in twelve months: setup cost by month against stock.

    Source: H. M. Wagner and T. M. Whitin, Management Science 5 (1958); data repeated in many
    places as the example of the paper. Published: 864.
    """
    wanted = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56]
    setup = [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114]
    months = [str(month) for month in range(1, 13)]
    return {
        "Locations": _rows(["Location", "Tier"], ("PLANT", "plant")),
        "Products": _rows(["Product", "Unit Value"], ("item", 0)),
        "Lanes": NO_LANES,
        "Demand": _rows(
            ["Location", "Product", "Class", *months], ("PLANT", "item", "firm", *wanted)
        ),
        "Supply": _rows(
            ["Location", "Product", "Period", "Fixed Cost"],
            *(("PLANT", "item", month, cost) for month, cost in zip(months, setup, strict=True)),
        ),
        "StockCosts": _rows(["Location", "Holding Cost"], ("PLANT", 1)),
        "ServiceClasses": MUST,
    }


def trucks() -> Tables:
    """A shop two periods away from its plant, trucks of four units, sales lost when short.

    Hand-derived for this set of cases and confirmed by exhaustive search: 136.
    """
    return {
        "Locations": _rows(
            ["Location", "Tier", "Holds Stock"], ("PLANT", "plant", "N"), ("STORE", "store", "")
        ),
        "Products": _rows(["Product", "Unit Value", "Shortage Cost"], ("item", 0, 20)),
        "Lanes": _rows(
            ["From", "To", "Lead Time", "Unit Cost", "Vehicle"], ("PLANT", "STORE", 2, 1, "truck")
        ),
        "Demand": _rows(["Location", "Product", "1", "2", "3", "4"], ("STORE", "item", 8, 6, 5, 7)),
        "OpeningStock": _rows(["Location", "Product", "Quantity"], ("STORE", "item", 10)),
        "StockCosts": _rows(["Location", "Holding Cost"], ("STORE", 1)),
        "Supply": _rows(["Location", "Product", "Unit Cost"], ("PLANT", "item", 2)),
        "Vehicles": _rows(["Vehicle", "Max Units", "Cost Per Trip"], ("truck", 4, 5)),
    }


def backorder() -> Tables:
    """A plant that makes at most ten a period and may deliver late, but not after the end.

    Hand-derived for this set of cases and confirmed by dynamic programming: 187. A backlog at the
    end is made dearer than anything else (Lost Cost 1000), so none is left.
    """
    return {
        "Locations": _rows(["Location", "Tier"], ("PLANT", "plant")),
        "Products": _rows(["Product", "Unit Value", "Class"], ("item", 0, "later")),
        "Lanes": NO_LANES,
        "Demand": _rows(
            ["Location", "Product", "1", "2", "3", "4"], ("PLANT", "item", 4, 14, 12, 6)
        ),
        "StockCosts": _rows(["Location", "Holding Cost"], ("PLANT", 1)),
        "Supply": _rows(["Location", "Product", "Unit Cost", "Max"], ("PLANT", "item", 5, 10)),
        "ServiceClasses": _rows(
            ["Class", "Mode", "Lost Cost", "Backorder Cost"], ("later", "backorder", 1000, 1.5)
        ),
    }


CASES = {
    "dantzig": Case(dantzig, 153.675, 1e-6),
    "williams": Case(williams, 198_500, 1e-3),
    "wagner-whitin": Case(wagner_whitin, 864, 1e-4),
    "trucks": Case(trucks, 136, 1e-6),
    "backorder": Case(backorder, 187, 1e-6),
}


def write_folder(folder: Path, tables: Tables, language: str) -> Path:
    """Write tables as a folder of CSV files with names, headings and words of a language."""
    folder.mkdir()
    for name, table in tables.items():
        sheet = schema().sheet(name)
        known = {column.name: column for column in sheet.columns}
        spoken = pd.DataFrame(
            {
                _heading(heading, known, language): [
                    _cell(value, known.get(heading), language) for value in table[heading]
                ]
                for heading in map(str, table.columns)
            }
        )
        file = folder / f"{_title(sheet, language)}.csv"
        spoken.to_csv(file, index=False, encoding="utf-8-sig")
    return folder


def _title(sheet: Sheet, language: str) -> str:
    return sheet.zh if language == "zh" else sheet.name


def _heading(heading: str, known: dict[str, Column], language: str) -> str:
    """Headings that the sheet does not know are periods."""
    return known[heading].zh if language == "zh" and heading in known else heading


def _cell(value: object, column: Column | None, language: str) -> object:
    chosen = column is not None and column.type in ("choice", "flag") and value != ""
    return say(str(value), language) if chosen else value
