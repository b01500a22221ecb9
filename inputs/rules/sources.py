"""What every sheet rules: which of its columns choose, which tell rows apart, which are values.

All of it is read from the schema, so a sheet that enters the model is told without a line of
code here; what the schema cannot know stands in the small tables below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tierstock.inputs.schema import Column, Sheet, schema
from tierstock.inputs.tables import Tables

WINS, ADDS, TOP = "wins", "adds", "top"
"""How rows of a sheet meet: the most specific one wins cell by cell (ruling 10), all hold
(ruling 11), or all of the most specific ones hold together."""
HOW = {
    "Budgets": ADDS,
    "Capacity": ADDS,
    "Events": ADDS,
    "Rates": TOP,
    "ServiceTargets": ADDS,
    "Sourcing": TOP,
    "Terminal": ADDS,
    "UserRows": ADDS,
}
"""Sheets in which rows do not win cell by cell."""
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
ONLY = {
    "Locations": ("calendar",),
    "Products": ("shelf_life", "maturation", "scrap_cost", "lifecycle", "end_of_life"),
}
"""Columns of the master sheets that are told as values of a place."""
LIMITS = {"TransferRules": ("max_moves",)}
"""Columns of other sheets that limit all a row matches, so that none beats another."""
GRIDS = {
    "Rates": "lane",
    "Returns": "demand",
    "ServiceClasses": "stream",
    "Sourcing": "able",
    "StockTargets": "stock",
    "Substitutes": "standin",
    "TransferRules": "transfer",
}
"""What the values of a sheet belong to, where its columns do not say it."""
OF_LANE = ("fixed_cost", "min_shipment", "max_shipment", "departure_days")
"""Columns of Lanes that belong to the lane, not to its products (ruling 20)."""
ONCE = ("kind", "distance", "vehicle")
"""Those of them that hold in all periods, whatever the window of the row."""
TOLD_OF_DEMAND = ("channel", "lost_cost", "lost_cost_share", "backorder_cost")
"""Columns of ServiceClasses that decide the class of a demand and its costs, told there."""
ALWAYS = ("StockCosts",)
"""Sheets whose defaults are told although they are missing."""
NO_VALUE = ("note", "currency", "unit", "active_from", "active_to")
"""Columns that say how or when to read the others."""
ROLES = {"output": "product", "party": "location"}
"""Columns that name a place or a product under another heading."""
ON = {
    "able": ("from", "to", "product"),
    "demand": ("location", "product"),
    "good": ("from", "to", "product", "mode", "period"),
    "lane": ("from", "to", "mode", "period"),
    "location": ("location", "tier", "channel", "period"),
    "place": ("location", "tier", "product", "channel", "period"),
    "product": ("product", "period"),
    "standin": ("product", "substitute", "channel"),
    "stock": ("location", "tier", "product", "channel", "period"),
    "stream": (),
    "transfer": ("from", "to", "within", "product", "period"),
}
"""Roles of columns that choose among the items of each kind of grid; others tell rows apart."""
ADDING = ("location", "from", "to", "product", "period")
"""Roles of columns that choose in sheets whose rows all hold."""


@dataclass(frozen=True)
class Source:
    """How one sheet, or a part of its columns, rules."""

    sheet: Sheet
    grid: str
    """What its values belong to: a key of ``ON``."""
    chooses: dict[str, str]
    """Field of every choosing column by its role, in the order of the sheet."""
    apart: tuple[Column, ...]
    """Columns that tell rows with one subject apart; rows that differ there never meet."""
    values: tuple[Column, ...]
    """Columns of values."""
    how: str
    """``WINS``, ``ADDS`` or ``TOP``."""
    windows: bool
    """Whether rows hold only in the window in which they are active."""

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
        if sheet.name == "Lanes":
            yield _source(sheet, "good", leave=OF_LANE + ONCE)
            yield _source(sheet, "lane", only=OF_LANE)
            yield _source(sheet, "lane", only=ONCE, windows=False)
        elif sheet.name == "ServiceClasses":
            yield _source(sheet, GRIDS[sheet.name], leave=TOLD_OF_DEMAND)
        else:
            limits, how = LIMITS.get(sheet.name, ()), HOW.get(sheet.name, WINS)
            only = ONLY.get(sheet.name, ())
            yield _source(sheet, _grid(sheet), how=how, only=only, leave=limits)
            if limits:
                yield _source(sheet, _grid(sheet), how=ADDS, only=limits)


def _grid(sheet: Sheet) -> str:
    roles = {_role(column) for column in sheet.columns}
    if sheet.name in GRIDS:
        return GRIDS[sheet.name]
    if {"from", "to"} <= roles:
        return "good"
    if "location" in roles:
        return "place" if "product" in roles else "location"
    return "product"


def _role(column: Column) -> str:
    return ROLES.get(column.field, column.field)


def _source(
    sheet: Sheet,
    grid: str,
    *,
    how: str = WINS,
    only: tuple[str, ...] = (),
    leave: tuple[str, ...] = (),
    windows: bool = True,
) -> Source:
    roles = ADDING if how == ADDS else ON[grid]
    chosen = {_role(c): c.field for c in sheet.columns if _role(c) in roles and _is_key(c)}
    apart, values = [], []
    for column in sheet.columns:
        key = column.name in sheet.key
        if column.field in (*chosen.values(), *NO_VALUE, *leave) or column.status == "later":
            continue
        if only and column.field not in only and (not key or how == ADDS):
            continue
        if grid == "lane" and column.field == "product":
            continue
        if key or (how != WINS and column.type != "number"):
            apart.append(column)
        else:
            values.append(column)
    return Source(sheet, grid, chosen, tuple(apart), tuple(values), how, windows)


def _is_key(column: Column) -> bool:
    """Return whether a column names what a row is about, rather than being a value of it."""
    named = column.name in schema().sheet(column.sheet).key
    return column.type == "selector" or named or column.field in ROLES
