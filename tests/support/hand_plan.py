"""A small network and its plan, both worked out by hand, as tables of text and numbers.

Supplier SUP feeds DC (a week), DC feeds S1 by truck (same week) and S2 (a week), S1 may pass
goods on to S2. Three weeks, one product of 10 money and 10 kg a unit; carrying costs 0.01 a day.
"""

from planted_flows import Book, Row

WEEKS = ("W1", "W2", "W3")

INPUT: Book = {
    "Settings": [{"Setting": "carrying_rate", "Value": "36.5%"}],
    "Periods": [
        {"Period": "W1", "Start Date": "2026-01-05"},
        {"Period": "W2", "Start Date": "2026-01-12"},
        {"Period": "W3", "Start Date": "2026-01-19"},
    ],
    "Locations": [
        {"Location": "SUP", "Tier": "supplier", "Region": ""},
        {"Location": "DC", "Tier": "RDC", "Region": "East"},
        {"Location": "S1", "Tier": "store", "Region": "East"},
        {"Location": "S2", "Tier": "store", "Region": "East"},
        {"Location": "OLD", "Tier": "RDC", "Region": "East", "Status": "closed"},
    ],
    "Products": [{"Product": "P1", "Unit Value": 10, "Price": 20, "Weight": 10}],
    "Lanes": [
        {"From": "SUP", "To": "Tier=RDC", "Lead Time": 7, "Unit Cost": 1},
        {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 0.5, "Vehicle": "T"},
        {"From": "DC", "To": "S2", "Lead Time": 7, "Unit Cost": 0.5, "Max Shipment": 50},
        {"From": "S1", "To": "S2", "Lead Time": 0, "Unit Cost": 2},
        {"From": "S2", "To": "S1", "Lead Time": 0, "Unit Cost": 2},
        {"From": "OLD", "To": "S2", "Lead Time": 0, "Unit Cost": 0.1},
    ],
    "Demand": [
        {"Location": "S1", "Product": "P1", "Class": "", "W1": 40, "W2": 40, "W3": 40},
        {"Location": "S2", "Product": "P1", "Class": "VIP", "W1": 10, "W2": 10, "W3": 10},
    ],
    "OpeningStock": [
        {"Location": "DC", "Product": "P1", "Quantity": 100, "Blocked": 20},
        {"Location": "S1", "Product": "P1", "Quantity": 10},
    ],
    "StockTargets": [{"Location": "S1", "Safety Stock": 5, "Penalty": 0.5}],
    "StockCosts": [{"Location": "DC", "Handling Out": 0.1}],
    "Capacity": [
        {
            "Location": "DC",
            "Kind": "storage",
            "Dimension": "unit",
            "Limit": 45,
            "Extra Limit": 10,
            "Extra Cost": 0.1,
        },
        {
            "Location": "DC",
            "Kind": "outbound",
            "Dimension": "kg",
            "Per": "bucket",
            "Limit": 650,
        },
    ],
    "Supply": [{"Location": "SUP", "Product": "P1", "Max": 80, "Unit Cost": 8}],
    "Vehicles": [{"Vehicle": "T", "Max Weight": 500, "Cost Per Trip": 30, "Fleet": 2}],
    "TransferRules": [{"From": "S1", "To": "Tier=store", "Within": "same region"}],
    "ServiceClasses": [
        {"Class": "VIP", "Mode": "backorder", "Backorder Cost": 1, "Max Wait": 14},
    ],
    "Terminal": [{"Location": "DC", "Rule": "cover", "Days": 7, "Level": "location"}],
}


def _shipment(origin: str, to: str, when: str, due: str, quantity: float, price: float) -> Row:
    return {
        "From": origin,
        "To": to,
        "Mode": "road",
        "Product": "P1",
        "Ship Period": when,
        "Arrive Period": due,
        "Quantity": quantity,
        "Freight": quantity * price,
        "Status": "new" if due else "after horizon",
    }


def _stock(place: str, when: str, *numbers: float, target: float = 0.0, short: float = 0.0) -> Row:
    names = ("Opening", "Received", "Purchased", "Shipped", "Issued", "Closing")
    row: Row = {"Location": place, "Product": "P1", "Period": when}
    row |= dict(zip(names, numbers, strict=True))
    return row | {"Target": target, "Shortfall": short, "Value": 10 * numbers[-1]}


def _service(place: str, when: str, grade: str, *numbers: float) -> Row:
    names = ("Owed Before", "Demand", "Issued", "On Time", "Lost", "Backlog")
    row: Row = {"Location": place, "Product": "P1", "Class": grade, "Channel": "", "Period": when}
    return row | dict(zip(names, numbers, strict=True)) | {"Fill Rate": numbers[3] / numbers[1]}


def _cost(term: str, place: str, product: str, when: str, amount: float) -> Row:
    return {
        "Cost Bucket": term,
        "Location": place,
        "Product": product,
        "Period": when,
        "Amount": amount,
    }


COSTS = [
    ("purchase", "SUP", "P1", "W1", 480.0),
    ("purchase", "SUP", "P1", "W3", 160.0),
    ("freight", "SUP", "P1", "W1", 60.0),
    ("freight", "SUP", "P1", "W3", 20.0),
    ("freight", "DC", "P1", "W1", 25.0 + 6.0),
    ("freight", "DC", "P1", "W2", 20.0 + 5.0),
    ("freight", "DC", "P1", "W3", 14.0),
    ("freight", "S1", "P1", "W1", 16.0),
    ("transit", "DC", "P1", "W1", 4.2),
    ("transit", "DC", "P1", "W3", 1.4),
    ("transit", "S2", "P1", "W1", 0.84),
    ("transit", "S2", "P1", "W2", 0.7),
    ("trips", "DC", "", "W1", 30.0),
    ("trips", "DC", "", "W2", 30.0),
    ("trips", "DC", "", "W3", 30.0),
    ("holding", "DC", "P1", "W1", 0.07 * 38),
    ("holding", "DC", "P1", "W2", 0.07 * 48),
    ("holding", "DC", "P1", "W3", 0.07 * 20),
    ("holding", "S1", "P1", "W1", 0.84),
    ("holding", "S1", "P1", "W2", 0.84),
    ("handling", "DC", "P1", "W1", 6.2),
    ("handling", "DC", "P1", "W2", 5.0),
    ("handling", "DC", "P1", "W3", 2.8),
    ("backorder", "S2", "P1", "W1", 2.0),
    ("safety shortfall", "S1", "P1", "W3", 2.5),
    ("extra capacity", "DC", "", "W2", 0.3),
    ("terminal shortfall", "DC", "P1", "W3", 0.15 * 20 * 30),
]
TOTAL = sum(line[-1] for line in COSTS)


def _use(kind: str, dimension: str, limit: float, used: tuple[float, ...]) -> list[Row]:
    return [
        {
            "Location": "DC",
            "Zone": "*",
            "Kind": kind,
            "Dimension": dimension,
            "Period": when,
            "Limit": limit,
            "Used": load,
            "Extra": max(0.0, load - limit),
        }
        for when, load in zip(WEEKS, used, strict=True)
    ]


PLAN: Book = {
    "Summary": [
        {"KPI": "Total cost", "Value": TOTAL},
        {"KPI": "Fill rate (units)", "Value": 148 / 150},
        {"KPI": "Vehicle trips", "Value": 3},
        {"KPI": "Stock value (end)", "Value": 0},
    ],
    "Costs": [_cost(*line) for line in COSTS],
    "Shipments": [
        _shipment("SUP", "DC", "W1", "W2", 60, 1),
        _shipment("DC", "S1", "W1", "W1", 50, 0.5),
        _shipment("DC", "S2", "W1", "W2", 12, 0.5),
        _shipment("S1", "S2", "W1", "W1", 8, 2),
        _shipment("DC", "S1", "W2", "W2", 40, 0.5),
        _shipment("DC", "S2", "W2", "W3", 10, 0.5),
        _shipment("SUP", "DC", "W3", "", 20, 1),
        _shipment("DC", "S1", "W3", "W3", 28, 0.5),
    ],
    "Inventory": [
        _stock("SUP", "W1", 0, 0, 60, 60, 0, 0),
        _stock("SUP", "W2", 0, 0, 0, 0, 0, 0),
        _stock("SUP", "W3", 0, 0, 20, 20, 0, 0),
        _stock("DC", "W1", 80, 0, 0, 62, 0, 18),
        _stock("DC", "W2", 18, 60, 0, 50, 0, 28),
        _stock("DC", "W3", 28, 0, 0, 28, 0, 0),
        _stock("S1", "W1", 10, 50, 0, 8, 40, 12, target=5),
        _stock("S1", "W2", 12, 40, 0, 0, 40, 12, target=5),
        _stock("S1", "W3", 12, 28, 0, 0, 40, 0, target=5, short=5),
        _stock("S2", "W1", 0, 8, 0, 0, 8, 0),
        _stock("S2", "W2", 0, 12, 0, 0, 12, 0),
        _stock("S2", "W3", 0, 10, 0, 0, 10, 0),
    ],
    "Service": [
        _service("S1", "W1", "standard", 0, 40, 40, 40, 0, 0),
        _service("S1", "W2", "standard", 0, 40, 40, 40, 0, 0),
        _service("S1", "W3", "standard", 0, 40, 40, 40, 0, 0),
        _service("S2", "W1", "VIP", 0, 10, 8, 8, 0, 2),
        _service("S2", "W2", "VIP", 2, 10, 12, 10, 0, 0),
        _service("S2", "W3", "VIP", 0, 10, 10, 10, 0, 0),
    ],
    "Purchases": [
        {"To": "SUP", "Product": "P1", "Order Period": "W1", "Quantity": 60, "Amount": 480},
        {"To": "SUP", "Product": "P1", "Order Period": "W3", "Quantity": 20, "Amount": 160},
    ],
    "CapacityUse": [
        *_use("storage", "unit", 45, (38, 48, 20)),
        *_use("outbound", "kg", 650, (620, 500, 280)),
        *(
            {
                "From": "DC",
                "To": "S2",
                "Kind": "lane",
                "Dimension": "unit",
                "Period": when,
                "Limit": 50,
                "Used": load,
                "Extra": 0,
            }
            for when, load in zip(WEEKS, (12, 10, 0), strict=True)
        ),
        *(
            {
                "Location": "*",
                "From": "T",
                "Kind": "fleet",
                "Dimension": "trip",
                "Period": when,
                "Limit": 2,
                "Used": 1,
                "Extra": 0,
            }
            for when in WEEKS
        ),
    ],
    "VehicleUse": [
        {
            "From": "DC",
            "To": "S1",
            "Mode": "road",
            "Vehicle": "T",
            "Period": when,
            "Trips": 1,
            "Fill %": fill,
            "Cost": 30,
        }
        for when, fill in zip(WEEKS, (1.0, 0.8, 0.56), strict=True)
    ],
    "RunInfo": [{"Item": "Objective", "Value": repr(TOTAL)}],
}
