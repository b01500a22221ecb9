"""Rows and cells that ask for nothing: with them every plan costs what it cost without."""

import copy
from typing import Any

from renamed import codes
from small import Rows

Network = dict[str, Rows]
MUCH = 1e6
"""More than any of the small networks can hold, move or make."""
BLANK: dict[str, dict[str, Any]] = {
    "Locations": {"Calendar": "always", "Region": "land", "Channel": "any"},
    "Products": {"Currency": "EUR", "Maturation": 0, "Lifecycle": "active"},
    "Lanes": {
        "Order Multiple": 0,
        "Min Shipment": 0,
        "Fixed Cost": 0,
        "Yield": 1,
        "Carbon": 0,
        "Duty": 0,
        "Departure Days": "Mon-Sun",
        "Active From": "2020-01-01",
        "Active To": "2030-12-31",
        "Currency": "EUR",
    },
    "Demand": {"Type": "forecast"},
    "OpeningStock": {"Blocked": 0},
    "Supply": {
        "Min": 0,
        "MOQ": 0,
        "Order Multiple": 0,
        "Share Min": 0,
        "Share Max": 1,
        "Fixed Cost": 0,
        "Unit Cost": 0,
        "Currency": "EUR",
    },
    "StockCosts": {"Storage Cost": 0, "Handling In": 0, "Handling Out": 0},
    "Recipes": {
        "Setup Cost": 0,
        "Min Batch": 0,
        "Batch Multiple": 0,
        "Yield": 1,
        "Unit Cost": 0,
        "Lead Time": 0,
        "Max": MUCH,
    },
    "RecipeInputs": {"Scrap": 0},
    "Resources": {"Overtime Hours": 0, "Overtime Cost": 0, "Fixed Cost": 0},
    "Vehicles": {"Min Fill": 0, "Carbon": 0, "Fleet": int(MUCH)},
    "Sites": {"Min Open": 0, "Carbon": 0, "Open Cost": 0, "Close Cost": 0},
    "TransferRules": {
        "Donor Min Qty": 0,
        "Donor Min Days": 0,
        "Min Qty": 0,
        "Min Value": 0,
        "Cooldown": 0,
        "Move Cost": 0,
        "Max Moves": int(MUCH),
    },
    "ServiceClasses": {"Min Remaining Life": 0},
}
"""What a blank cell may say as well without changing anything."""


def filled(sheets: Network) -> None:
    """State what holds anyway, in the columns that no row of a sheet fills."""
    shared = {"Share Min", "Share Max"} if "Sourcing" in sheets else set()
    for sheet, cells in BLANK.items():
        rows = sheets.get(sheet, [])
        for name, value in cells.items():
            if name not in shared and not any(name in row for row in rows):
                for row in rows:
                    row[name] = value
    dates = {"Calendar": "always", "Date From": "2020-01-01", "Date To": "2030-12-31"}
    add(sheets, "Calendars", {**dates, "Open": "Y", "Factor": 1})
    add(sheets, "Currency", {"Currency": "EUR", "Rate": 1})


def add(sheets: Network, sheet: str, *rows: dict[str, Any]) -> None:
    """Append rows to a sheet."""
    sheets[sheet] = [*sheets.get(sheet, []), *rows]


def limited(sheets: Network) -> None:
    """Limits far beyond anything that happens, in sheets the network does not fill."""
    if "Capacity" not in sheets:
        kinds = ("storage", "inbound", "outbound", "dock")
        add(
            sheets,
            "Capacity",
            *({"Location": "*", "Kind": k, "Dimension": "unit", "Limit": MUCH} for k in kinds),
        )
    if "StockTargets" not in sheets:
        add(sheets, "StockTargets", {"Safety Stock": 0, "Max Stock": MUCH, "Over Penalty": 1})
    if "TransferRules" not in sheets and sheets.get("Lanes"):
        free = {"From": "*", "To": "*", "Allowed": "Y", "Within": "any"}
        add(sheets, "TransferRules", free | BLANK["TransferRules"])
    if sheets.get("Lanes"):
        ships = {"Row": "much", "Variable": "ship", "Each": "each period"}
        add(sheets, "UserRows", {**ships, "Sense": "<=", "Value": MUCH})
    if "Finance" not in sheets:
        add(sheets, "Finance", {"Party": "*", "Kind": "pay", "Days": 0})
    add(sheets, "UserRows", {"Row": "no less", "Variable": "stock", "Sense": ">=", "Value": 0})
    add(sheets, "ServiceTargets", {"Target": "any", "Minimum": 0, "Penalty": 1})


def idle(sheets: Network) -> None:
    """Places, lines, classes, units, groups and substitutes that are not made use of."""
    named = codes(sheets)
    add(sheets, "Groups", {"Group": "nobody's", "Kind": "location", "Member": "*"})
    add(sheets, "Units", {"Product": "*", "Unit": "score", "Per Base": 20})
    add(sheets, "ServiceClasses", {"Class": "nobody", "Lost Cost": 1, "Mode": "backorder"})
    if "Returns" not in sheets:
        add(sheets, "Returns", {"Location": "*", "Product": "*", "Ratio": 0})
    if "Terminal" not in sheets and not _says(sheets, "terminal_rule"):
        add(sheets, "Terminal", {"Rule": "none"})
    if sheets.get("Recipes"):
        add(
            sheets,
            "Resources",
            *({"Resource": "idle", "Location": p, "Hours": MUCH} for p in named["Locations"]),
        )
        use = {"Resource": "idle", "Hours Per Unit": 0.001, "Setup Hours": 0}
        add(sheets, "RecipeResources", *({"Recipe": r, **use} for r in named["Recipes"]))
    if "Vehicles" not in sheets:
        add(sheets, "Vehicles", {"Vehicle": "cart", "Max Units": MUCH, "Cost Per Trip": 0})
        for row in sheets.get("Lanes", []):
            row["Vehicle"] = "cart"


def _says(sheets: Network, setting: str) -> bool:
    return any(row["Setting"] == setting for row in sheets.get("Settings", []))


def lane_of(sheets: Network) -> dict[str, Any] | None:
    """The first lane between two codes, if there is one."""
    places = set(codes(sheets)["Locations"])
    return next(
        (row for row in sheets.get("Lanes", []) if {row["From"], row["To"]} <= places), None
    )


def lasting(sheets: Network) -> None:
    """Goods that do not expire while anybody looks."""
    for row in sheets["Products"]:
        row.setdefault("Shelf Life", 9999)


def planned(sheets: Network) -> None:
    """A plan to ship at least nothing."""
    row = lane_of(sheets)
    if row and "FixedPlan" not in sheets and "Product" not in row:
        plan = {"From": row["From"], "To": row["To"], "Mode": row.get("Mode", "road")}
        add(
            sheets,
            "FixedPlan",
            {
                **plan,
                "Product": codes(sheets)["Products"][0],
                "Period": sheets["Demand"][0]["Period"],
                "Quantity": 0,
                "Rule": "min",
            },
        )


def with_nothing(sheets: Network) -> Network:
    """The network with all of it."""
    result = copy.deepcopy(sheets)
    for step in STEPS:
        step(result)
    return result


STEPS = (limited, idle, lasting, planned, filled)
"""Ways to ask for nothing."""
