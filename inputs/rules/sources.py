"""What every sheet rules: which of its columns choose, which tell rows apart, which are values.

All of it is read from the schema, so a sheet that enters the model is told without a line of
code here; what the schema cannot know stands in the small tables below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tierstock.inputs.schema import Column, Sheet, schema
from tierstock.inputs.tables import Tables

ADDING = frozenset(
    {
        "Budgets",
        "Capacity",
        "Events",
        "Finance",
        "Rates",
        "ServiceTargets",
        "Sourcing",
        "Terminal",
        "UserRows",
    }
)
"""Sheets whose rows all hold; none beats another (ruling 11)."""
FACTS = frozenset(
    {
        "Calendars",
        "Currency",
        "Demand",
        "FixedPlan",
        "Groups",
        "History",
        "InTransit",
        "OpeningStock",
        "Periods",
        "Policy",
        "RecipeInputs",
        "RecipeResources",
        "Scenarios",
        "Settings",
        "Units",
        "Vehicles",
    }
)
"""Sheets that state what is, or what other rows refer to; they rule no place by themselves."""
MASTER = {
    "Locations": ("calendar",),
    "Products": ("shelf_life", "maturation", "scrap_cost", "lifecycle", "end_of_life"),
}
"""Columns of the master sheets that are told as values of a place."""
ADDING_VALUES = {"TransferRules": ("max_moves", "count_by")}
"""Columns of other sheets that are limits over all a row matches, so that none beats another."""
OF_STOCK = ("StockTargets",)
"""Sheets that speak only of places that may hold stock."""
OF_LANE = ("kind", "distance", "vehicle", "fixed_cost", "min_shipment", "max_shipment")
"""Columns of Lanes that belong to the lane, not to its products (ruling 20)."""
TOLD_OF_DEMAND = ("channel", "lost_cost", "lost_cost_share", "backorder_cost")
"""Columns of ServiceClasses that decide the class of a demand and its costs, told there."""
ALWAYS = ("StockCosts",)
"""Sheets whose defaults are told although they are missing."""
NO_VALUE = ("note", "currency", "unit", "active_from", "active_to")
"""Columns that say how or when to read the others."""
ROLES = {"output": "product", "party": "location"}
"""Columns that name a place or a product under another heading."""
CHOOSING = (
    "location",
    "tier",
    "from",
    "to",
    "within",
    "product",
    "channel",
    "mode",
    "vehicle",
    "period",
)
"""Roles of columns that choose what a row speaks about."""
ON = {
    "good": ("from", "to", "product", "mode", "period"),
    "transfer": ("from", "to", "within", "product", "period"),
    "lane": ("from", "to", "mode", "period"),
    "place": ("location", "tier", "product", "channel", "period"),
    "stock": ("location", "tier", "product", "channel", "period"),
    "location": ("location", "tier", "channel", "period"),
    "product": ("product", "period"),
    "stream": (),
}
"""Roles that choose among the items of each kind of grid; others only tell rows apart."""


@dataclass(frozen=True)
class Source:
    """How one sheet, or a part of its columns, rules."""

    sheet: Sheet
    grid: str
    """What its values belong to: place, stock, location, product, good, transfer, lane, stream."""
    chooses: dict[str, str]
    """Field of every choosing column by its role, in the order of the sheet."""
    apart: tuple[Column, ...]
    """Columns that tell rows with one subject apart; rows that differ there never meet."""
    values: tuple[Column, ...]
    """Columns of values."""
    adds: bool
    """Whether all rows hold."""

    @property
    def name(self) -> str:
        """English name of the sheet."""
        return self.sheet.name


def sources(tables: Tables) -> Iterator[Source]:
    """Go through what the filled sheets rule, in the order of the workbook."""
    for sheet in schema().inputs:
        if sheet.name in FACTS or sheet.status != "model":
            continue
        if not tables.has(sheet.name) and sheet.name not in ALWAYS:
            continue
        if sheet.name == "ServiceClasses":
            yield _source(sheet, "stream", adds=False, leave=TOLD_OF_DEMAND)
        elif sheet.name == "Lanes":
            yield _source(sheet, "good", adds=False, leave=OF_LANE)
            yield _source(sheet, "lane", adds=False, only=OF_LANE)
        else:
            limits = ADDING_VALUES.get(sheet.name, ())
            only = MASTER.get(sheet.name, ())
            yield _source(sheet, _grid(sheet), adds=sheet.name in ADDING, only=only, leave=limits)
            if limits:
                yield _source(sheet, _grid(sheet), adds=True, only=limits)


def _grid(sheet: Sheet) -> str:
    roles = {_role(column) for column in sheet.columns}
    if {"from", "to"} <= roles:
        return "transfer" if "within" in roles else "good"
    if "location" in roles:
        if sheet.name in OF_STOCK:
            return "stock"
        return "place" if "product" in roles else "location"
    return "product"


def _role(column: Column) -> str:
    """Return the role of a column; blank where it chooses nothing."""
    role = ROLES.get(column.field, column.field)
    return role if role in CHOOSING else ""


def _source(
    sheet: Sheet,
    grid: str,
    *,
    adds: bool,
    only: tuple[str, ...] = (),
    leave: tuple[str, ...] = (),
) -> Source:
    chosen = {_role(c): c.field for c in sheet.columns if _role(c) in ON[grid] and _is_key(c)}
    apart, values = [], []
    for column in sheet.columns:
        key = column.name in sheet.key
        if column.field in (*chosen.values(), *NO_VALUE, *leave) or column.status == "later":
            continue
        if grid == "lane" and column.field == "product":
            continue
        if only and column.field not in only and not key:
            continue
        if key or (adds and column.type != "number"):
            apart.append(column)
        else:
            values.append(column)
    return Source(sheet, grid, chosen, tuple(apart), tuple(values), adds)


def _is_key(column: Column) -> bool:
    """Return whether a column names what a row is about, rather than being a value of it."""
    named = column.name in schema().sheet(column.sheet).key
    return column.type == "selector" or named or column.field in ROLES
