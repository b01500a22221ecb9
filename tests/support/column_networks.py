"""Networks that say what the hand-solved ones leave unsaid, for the walk over all columns."""

from typing import Any

from column_networks_more import MORE
from families import TEA, TWO, lane, stock
from small import Rows, demand

SHOPS: Rows = [*TWO, {"Location": "S2", "Tier": "store"}]
CUP: dict[str, Any] = {"Product": "cup", "Unit Value": 4, "Shortage Cost": 60}

NETWORKS: dict[str, dict[str, Rows]] = {
    "weeks": {
        "Periods": [
            {"Period": "W1", "Start Date": "2026-01-05", "Working Days": 5},
            {"Period": "W2", "Start Date": "2026-01-12", "End Date": "2026-01-18"},
        ],
        "Locations": TWO,
        "Products": [TEA[0] | {"Weight": 2, "Zone": "cool"}, CUP | {"Weight": 1}],
        "Lanes": lane(),
        "Demand": [
            {"Location": "S1", "Product": product, "Period": period, "Quantity": 30}
            for product in ("tea", "cup")
            for period in ("W1", "W2")
        ],
        "OpeningStock": [stock("DC", 90), stock("DC", 90) | {"Product": "cup"}],
        "Calendars": [
            {"Calendar": "dock", "Date From": "2026-01-05", "Date To": "2026-01-06", "Open": "N"},
            {"Calendar": "fast", "Date From": "2026-01-07", "Open": "Y", "Factor": 2},
        ],
        "Capacity": [
            {
                "Location": "S1",
                "Kind": "inbound",
                "Dimension": "kg",
                "Per": "day",
                "Limit": 4,
                "Period": "W1",
            },
            {
                "Location": "DC",
                "Kind": "outbound",
                "Dimension": "unit",
                "Limit": 3,
                "Calendar": "dock",
            },
            {
                "Location": "DC",
                "Kind": "storage",
                "Zone": "cool",
                "Dimension": "unit",
                "Limit": 40,
                "Extra Limit": 10,
                "Extra Cost": 1,
            },
        ],
    },
    "places": {
        "Locations": [
            TWO[0] | {"Region": "East", "Latitude": 31, "Longitude": 121},
            TWO[1]
            | {
                "Region": "East",
                "Class": "shop",
                "Latitude": 30,
                "Longitude": 120,
                "Active From": "2026-01-06",
            },
            {
                "Location": "S2",
                "Tier": "store",
                "Region": "West",
                "Channel": "web",
                "Latitude": 32,
                "Longitude": 118,
                "Active To": "2026-01-06",
            },
        ],
        "Products": [TEA[0] | {"Weight": 1}],
        "Lanes": [
            {
                "From": "DC",
                "To": "Tier=store",
                "Lead Time": 0,
                "Unit Cost": 1,
                "Cost Basis": "unit-km",
                "Active To": "2026-01-06",
            },
            {
                "From": "S1",
                "To": "S2",
                "Lead Time": 0,
                "Unit Cost": 2,
                "Cost Basis": "t-km",
                "Distance": 300,
                "Active From": "2026-01-06",
            },
            {"From": "S2", "To": "S1", "Lead Time": 0},
        ],
        "Demand": demand("S1", "tea", 4, 4, 4) + demand("S2", "tea", 4, 4, 0),
        "OpeningStock": [stock("DC", 20), stock("S2", 3)],
        "ServiceClasses": [
            {"Class": "shop", "Mode": "backorder", "Lost Cost": 50, "Backorder Cost": 2},
            {"Class": "net", "Channel": "web", "Lost Cost": 30},
        ],
        "TransferRules": [
            {"From": "store", "To": "store", "Within": "any", "Allowed": "Y", "Period": "2..3"},
            {"From": "S2", "To": "*", "Within": "same region", "Allowed": "N"},
        ],
        "StockTargets": [
            {"Channel": "web", "Safety Stock": 2, "Penalty": 1, "Period": "2"},
            {"Location": "S1", "Max Days": 2, "Over Penalty": 1},
            {"Location": "DC", "Max Stock": 9, "Over Penalty": 1},
        ],
    },
    "goods": {
        "Locations": TWO,
        "Products": [
            TEA[0] | {"Family": "hot", "ABC": "A", "Class": "gold", "Currency": "USD"},
            CUP
            | {"Family": "hard", "ABC": "C", "Base Unit": "PCS", "Units Per Case": 6, "Price": 8},
        ],
        "Lanes": lane(**{"Unit Cost": 1}),
        "Demand": [
            *demand("S1", "tea", 4, 4),
            *demand("S1", "cup", 2, 5, Unit="PCS", Channel="web"),
            *demand("S1", "cup", 0, 0.5, Unit="case", Type="order", Channel="web"),
            *demand("S1", "tea", 3, Class="bulk", **{"Backorder Cost": 2}),
        ],
        "OpeningStock": [stock("DC", 20), {**stock("DC", 3, Unit="case"), "Product": "cup"}],
        "InTransit": [
            {"To": "S1", "Product": "tea", "Quantity": 1, "Due Date": "2026-01-06", "Unit": "box"}
        ],
        "Units": [
            {"Product": "tea", "Unit": "box", "Per Base": 3},
            {"Product": "*", "Unit": "box", "Per Base": 5},
            {"Product": "*", "Unit": "crate", "Per Base": 8},
        ],
        "Supply": [
            {
                "Location": "S1",
                "Product": "tea",
                "Max": 2,
                "Unit": "box",
                "Unit Cost": 3,
                "Currency": "USD",
            }
        ],
        "Currency": [
            {"Currency": "USD", "Period": "1", "Rate": 7},
            {"Currency": "USD", "Period": "*", "Rate": 8},
        ],
        "ServiceClasses": [
            {"Class": "gold", "Lost Cost": 90},
            {"Class": "bulk", "Mode": "backorder", "Lost Cost": 70},
            {"Class": "net", "Channel": "web", "Lost Cost Share": 1.5},
        ],
        "StockCosts": [
            {"Location": "*", "Product": "Family=hot", "Storage Cost": 0.5, "Handling Out": 1},
            {"Location": "*", "Product": "ABC=C", "Holding Cost": 2},
        ],
        "Terminal": [
            {
                "Rule": "cover",
                "Days": 2,
                "Level": "location",
                "Location": "S1",
                "Product": "tea",
                "Penalty": 5,
            }
        ],
    },
    "targets": {
        "Locations": [SHOPS[0], SHOPS[1] | {"Channel": "web"}, SHOPS[2] | {"Channel": "web"}],
        "Products": [TEA[0] | {"Price": 9}, CUP | {"Price": 7}],
        "Lanes": [{"From": "DC", "To": "S1, S2", "Lead Time": 0}],
        "Demand": [
            *demand("S1", "tea", 4, 5),
            *demand("S1", "tea", 3, 3, Channel="shop"),
            *demand("S2", "cup", 4, 6, Class="gold"),
            *demand("S2", "tea", 2, 2, Class="gold"),
        ],
        "OpeningStock": [stock("DC", 9), stock("DC", 5) | {"Product": "cup"}],
        "ServiceClasses": [{"Class": "gold", "Lost Cost": 20}],
        "ServiceTargets": [
            {
                "Target": "one",
                "Location": "S1",
                "Product": "tea",
                "Class": "standard",
                "Channel": "web",
                "Each": "each location",
                "Minimum": 0.9,
                "Penalty": 3,
            },
            {"Target": "two", "Each": "each product", "Minimum": 0.8, "Penalty": 2},
        ],
        "UserRows": [
            {
                "Row": "few cups",
                "Variable": "ship",
                "To": "S2",
                "Product": "cup",
                "Period": "2",
                "Sense": "<=",
                "Value": 4,
                "Penalty": 1,
            }
        ],
    },
    "ages": {
        "Locations": TWO,
        "Products": [TEA[0] | {"Unit Value": 5, "Shelf Life": 4}],
        "Lanes": lane(),
        "Demand": demand("S1", "tea", 2, 2, 2, 2, 2),
        "OpeningStock": [
            stock("DC", 4, **{"Production Date": "2026-01-03"}),
            stock("DC", 5, **{"Received Date": "2026-01-04"}),
        ],
    },
    "freight": {
        "Locations": TWO,
        "Products": [TEA[0] | {"Weight": 1, "Units Per Pallet": 4}],
        "Lanes": [
            {
                "From": "DC",
                "To": "S1",
                "Lead Time": 0,
                "Mode": "road",
                "Vehicle": "van, box",
                "Currency": "USD",
                "Fixed Cost": 2,
            },
            {"From": "DC", "To": "S1", "Lead Time": 0, "Mode": "air", "Unit Cost": 1},
        ],
        "Demand": demand("S1", "tea", 9, 7),
        "OpeningStock": [stock("DC", 30)],
        "Currency": [{"Currency": "USD", "Rate": 7}],
        "Vehicles": [
            {
                "Vehicle": "van",
                "Max Pallets": 2,
                "Max Weight": 9,
                "Cost Per Trip": 9,
                "Min Fill": 0.5,
                "Fill Basis": "pallet",
            },
            {"Vehicle": "box", "Max Pallets": 3, "Max Weight": 400, "Cost Per Trip": 12},
        ],
        "Rates": [
            {
                "From": "DC",
                "To": "S1",
                "Mode": "air",
                "Bracket From": 0,
                "Basis": "kg",
                "Rate": 3,
            },
            {
                "From": "DC",
                "To": "S1",
                "Vehicle": "van",
                "Bracket From": 0,
                "Basis": "trip",
                "Rate": 8,
            },
        ],
        "FixedPlan": [
            {
                "From": "DC",
                "To": "S1",
                "Product": "tea",
                "Mode": "air",
                "Period": "1",
                "Quantity": 2,
                "Rule": "reference",
                "Penalty": 1,
            }
        ],
    },
    **MORE,
    "commas": {
        "Locations": TWO,
        "Products": TEA,
        "Lanes": lane(**{"Lead Time": 1, "Unit Cost": 1}),
        "Demand": demand("S1", "tea", 1, 2),
        "OpeningStock": [stock("DC", 9), stock("S1", 0) | {"Quantity": "1,500"}],
        "FixedPlan": [
            {
                "From": "DC",
                "To": "S1",
                "Product": "tea",
                "Period": "1",
                "Quantity": 2,
                "Rule": "reference",
            }
        ],
    },
}
