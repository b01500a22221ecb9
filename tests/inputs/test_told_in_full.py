"""What the checks say of whole studies: every line with its cells and figures, and no other."""

from typing import Any

import pytest
from retail import LANES, LOCATIONS, PRODUCTS, WEEKS, Rows, demand, seen
from told_lines import told_lines

MEASURED: Rows = [
    {**PRODUCTS[0], "Weight": 0.5, "Volume": 2.0, "Zone": "chilled"},
    {**PRODUCTS[1], "Weight": 0.25, "Volume": 0.25, "Zone": "ambient"},
]
CLASSES: Rows = [
    {"Class": "vip", "Mode": "must", "Priority": 1},
    {"Class": "std", "Priority": 2},
]
EXTRA = {"Extra Limit": 4.0, "Extra Cost": 1.0}
HARD = {"Hardness": "hard"}


def stock(location: str, product: str, quantity: float, **more: Any) -> dict[str, Any]:
    return {"Location": location, "Product": product, "Quantity": quantity, **more}


def limit(location: str, kind: str, dimension: str, most: float, **more: Any) -> dict[str, Any]:
    found = {"Location": location, "Kind": kind, "Dimension": dimension, "Limit": most}
    return found | {"Per": "bucket", **more}


def order(to: str, product: str, quantity: float, due: str, start: str = "", ship: str = "") -> Any:
    left = {"From": start or None, "Ship Date": ship or None}
    return {"To": to, "Product": product, "Quantity": quantity, "Due Date": due, **left}


def lane(start: str, end: str, days: float = 7.0, cost: float = 1.0, **more: Any) -> dict[str, Any]:
    return {"From": start, "To": end, "Lead Time": days, "Unit Cost": cost, **more}


def store(name: str, tier: str = "store", **more: Any) -> dict[str, Any]:
    return {"Location": name, "Tier": tier, **more}


CASES: dict[str, tuple[dict[str, Rows], str]] = {}
CASES["what has to pass, against limits, supply and lots"] = (
    {
        "Products": MEASURED,
        "ServiceClasses": CLASSES,
        "Demand": demand("S1", "A", 30, 40, 50.5123456, 60, Class="vip")
        + demand("S2", "B", 7, 8, 60.2512345, 6, Class="vip")
        + demand("S2", "A", 0, 9, 9, 9, Class="std")
        + demand("S1", "B", 0, 0, 0.5, 0.5, Class="vip"),
        "OpeningStock": [stock("S1", "A", 100.0), stock("S2", "B", 20.25)],
        "InTransit": [
            order("S2", "A", 12.5, "2026-01-27", "S1", "2026-01-20"),
            order("S1", "A", 33.25, "2026-01-21"),
            order("S2", "B", 3.5, "2026-01-21"),
        ],
        "Capacity": [
            limit("S2", "outbound", "m3", 9.0, **EXTRA),
            limit("S1", "outbound", "kg", 30.0),
            limit("S1", "outbound", "m3", 0.1, Zone="ambient"),
            limit("S1", "inbound", "unit", 30.0, Period=WEEKS[2]),
            limit("S1", "dock", "unit", 96.0),
            limit("S2", "storage", "unit", 8.0),
            limit("S1", "storage", "m3", 0.0, Zone="ambient", **EXTRA),
            limit("DC", "inbound", "unit", 0.0),
            limit("DC", "outbound", "unit", 0.0, Period="*"),
        ],
        "StockTargets": [{"Location": "S2", "Product": "B", "Safety Stock": 9.1234567, **HARD}],
        "Supply": [
            {"Location": "SUP", "Product": "A", "Max": 15.0},
            {"Location": "SUP", "Product": "B", "Max": 10.0},
        ],
        "Lanes": [
            {**LANES[0], "Order Multiple": 50.0, "Max Shipment": 40.5},
            {**LANES[1], "Max Shipment": 0.0},
            lane("SUP", "S1", 0.0, 9.0, **{"Order Multiple": 50.0, "Max Shipment": 50.0}),
        ],
    },
    """
    Lanes!E2 lot-over-lane: SUP→DC, 40.5
    Lanes!F3 limit-zero
    Demand!B6 must-over-supply: B, 2026-W04, 75.751235, 22.001235
    Demand!D11 demand-unreachable: 18, 2026-W05, 7
    Capacity!D2 forced-over-capacity: S2, 2026-W04, 15.062809, m3, 13
    Capacity!D3 forced-over-capacity: S1, 2026-W04, 31.631173, kg, 30
    Capacity!D4 forced-over-capacity: S1, 2026-W04, 0.125, m3, 0.1
    Capacity!D5 forced-over-capacity: S1, 2026-W04, 33.25, units, 30
    Capacity!D6 forced-over-capacity: S1, 2026-W04, 96.762346, units, 96
    Capacity!D7 stock-over-storage: S2, 20.25, units, 8, 12.25, 2026-01-05
    Capacity!D7 safety-over-storage: S2, 2026-W02, 9.123457, units, 8
    Capacity!D9 D10 limit-zero
    """,
)
CASES["demand at places that are closed, or not open yet"] = (
    {
        "Locations": [
            *LOCATIONS,
            store("S3", Status="closed"),
            store("S4", **{"Active From": "2026-01-20"}),
        ],
        "Demand": demand("S3", "A", 0, 2.5, 3)
        + demand("S4", "B", 1.2345678, 2.5, 3)
        + demand("S4", "A", 0, 0, 3),
        "Supply": [{"Location": one, "Product": "*"} for one in ("SUP", "S3")],
    },
    """
    Demand!A3 demand-closed [error]
    Lanes!C3 lane-too-slow: DC→S4
    Demand!C5 C10 demand-inactive: 9.734568
    Supply!A3 supply-closed
    """,
)
CASES["rows of places and products nobody knows stand for no other row"] = (
    {
        "Locations": [
            {**LOCATIONS[0], "Status": "closed"},
            *LOCATIONS[1:3],
            {**LOCATIONS[3], "Status": "closed"},
        ],
        "Demand": [
            {"Location": location, "Product": product, "Period": WEEKS[week], "Quantity": quantity}
            for location, product, week, quantity in (
                ("NO", "B", 0, 5.0),
                ("S2", "NO", 0, 5.0),
                ("S2", "B", 1, 0.0),
                ("S2", "B", 0, 0.5),
                ("SUP", "A", 0, 0.5),
                ("S1", "A", 1, 0.5),
            )
        ],
        "Supply": [{"Location": one, "Product": "*"} for one in ("SUP", "NO", "S2")],
    },
    """
    Demand!A2 unknown-reference: Locations [error]
    Demand!B3 unknown-reference: Products [error]
    Demand!A5 A6 demand-closed [error]
    Supply!A3 unknown-selector: NO, location [error]
    Supply!A2 A4 supply-closed
    """,
)
CASES["what is there today, against hard limits"] = (
    {
        "Products": MEASURED,
        "OpeningStock": [
            stock("S2", "B", 11.0),
            stock("S1", "B", 40.1234567),
            stock("S1", "A", 30.5, Blocked=10.25),
        ],
        "InTransit": [
            order("S1", "A", 20.5, "2026-01-06"),
            order("DC", "A", 1.25, "2026-01-14", "S1", "2026-01-07"),
            order("DC", "B", 7.5, "2026-01-06"),
        ],
        "StockTargets": [
            {"Location": "S1", "Product": "A", "Max Stock": 5.25, **HARD},
            {"Location": "DC", "Product": "B", "Max Stock": 7.2500004, **HARD},
            {"Location": "S2", "Product": "A", "Safety Stock": 9.5, **HARD},
            {"Location": "S2", "Product": "B", "Max Stock": 11.0, **HARD},
        ],
        "Capacity": [
            limit("S1", "inbound", "m3", 5.0),
            limit("S2", "storage", "unit", 7.0, Period=WEEKS[0], **EXTRA),
            limit("S1", "storage", "m3", 5.0, Zone="chilled", **EXTRA),
            limit("S1", "storage", "unit", 50.5),
            limit("DC", "storage", "kg", 99.0),
        ],
    },
    """
    OpeningStock! stock-over-max: DC, B, 7.5, 7.25, 0.25, 2026-01-05
    OpeningStock!C4 stock-over-max: S1, A, 39.5, 5.25, 34.25, 2026-01-05
    StockTargets! safety-too-early: S2, A, 9.5, 2026-W04, 2026-01-19
    Capacity!D2 forced-over-capacity: S1, 2026-W02, 41, m3, 5
    Capacity!D4 stock-over-storage: S1, chilled, 99.5, m3, 9, 90.5, 2026-01-05
    Capacity!D5 stock-over-storage: S1, 89.873457, units, 50.5, 39.373457, 2026-01-05
    """,
)
CASES["hard safety stock before anything arrives"] = (
    {
        "OpeningStock": [stock("S2", "B", 9.0), stock("S1", "A", 100.0)],
        "InTransit": [order("S2", "B", 0.25, "2026-01-14")],
        "Lanes": [LANES[0], lane("DC", "S2", 14.0), lane("DC", "S1", 99.0)],
        "Demand": demand("S2", "B", 1, 1),
        "StockTargets": [
            {"Location": "S2", "Product": "B", "Safety Stock": 9.5, **HARD},
            {"Location": "S1", "Product": "B", "Safety Stock": 2.0, **HARD},
        ],
    },
    """
    Lanes!C3 lane-too-slow: DC→S2
    Lanes!C4 lane-too-slow: DC→S1
    OpeningStock!C3 stock-unwanted: A, 100
    StockTargets! safety-too-early: S1, B, 2
    StockTargets! safety-too-early: S2, B, 9.5
    """,
)
CASES["stock and orders where they cannot be"] = (
    {
        "Locations": [
            LOCATIONS[0],
            {**LOCATIONS[1], "Status": "closed"},
            {**LOCATIONS[2], "Active From": "2026-01-19"},
            {**LOCATIONS[3], "Holds Stock": "N"},
            store("R", "RDC"),
            store("S5", **{"Active To": "2026-01-18"}),
        ],
        "Lanes": [lane("SUP", "R"), lane("R", "Tier=store", 14.0)],
        "Demand": demand("S1", "A", 0, 0, 3, 4)
        + demand("S2", "B", 5, 6, 7, 8)
        + demand("S5", "A", 1, 1),
        "OpeningStock": [
            stock("DC", "A", 0.5),
            stock("S2", "B", 0.5, Blocked=0.5),
            stock("S1", "A", 0.25),
            stock("R", "A", 3.0),
            stock("DC", "B", 0.0),
        ],
        "InTransit": [
            order("S1", "A", 0.5, "2026-01-07"),
            order("S5", "A", 0.5, "2026-01-28"),
            order("S2", "B", 9.25, "2026-01-07"),
            order("S2", "B", 4.0, "2026-01-14"),
            order("S2", "A", 3.5, "2026-01-21", "R", "2026-01-06"),
            order("S1", "A", 2.0, "2026-01-28", "R", "2026-01-21"),
            order("DC", "A", 2.0, "2026-01-28"),
            order("DC", "A", 2.0, "2026-03-28"),
        ],
    },
    """
    OpeningStock!A2 A3 stock-not-kept [error]
    InTransit!A3 A8 order-not-kept [error]
    InTransit!C4 C6 C8 order-unwanted [error]
    InTransit!C6 order-without-stock [error]
    InTransit!D9 order-after-horizon [info]
    """,
)


@pytest.mark.parametrize("name", CASES)
def test_a_study_is_told_with_every_cell_and_figure_and_nothing_else(name: str) -> None:
    sheets, lines = CASES[name]
    assert told_lines(seen(**sheets)) == [line.strip() for line in lines.strip().split("\n")]


def test_demand_out_of_reach_is_told_at_the_row_of_its_own_class_and_channel() -> None:
    found = told_lines(
        seen(
            Locations=[{**row, "Channel": "shop"} for row in LOCATIONS],
            Lanes=[LANES[0], lane("DC", "S1, S2", 14.0)],
            Demand=demand("S2", "B", 9, 9, 9, 9, Class="std")
            + demand("S2", "B", 1, Class="vip", Channel="web")
            + demand("S2", "B", 5, 4, 3, Class="vip"),
            ServiceClasses=CLASSES,
        )
    )
    assert [line for line in found if "unreachable" in line] == [
        "Demand!D2 demand-unreachable: 27, 2026-W05, 7",
        "Demand!D6 must-unreachable: 1, 2026-W05, 21",
        "Demand!D7 must-unreachable: 12, 2026-W05, 7",
    ]


def test_demand_at_a_closed_time_is_told_at_a_row_that_has_it() -> None:
    places = [*LOCATIONS[:3], {**LOCATIONS[3], "Active To": "2026-01-18"}]
    found = told_lines(
        seen(
            Locations=places,
            Demand=demand("S2", "B", 0, 5, 0, 0, Class="std")
            + demand("S2", "B", 0, 0, 0, 3, Class="vip"),
            ServiceClasses=CLASSES,
            OpeningStock=[stock("S2", "B", 5.0)],
        )
    )
    assert [line for line in found if "Demand" in line] == ["Demand!C9 demand-inactive: 3"]


def test_of_many_streams_out_of_reach_the_first_are_told_and_the_rest_is_summed_up() -> None:
    shops = range(23)
    found = told_lines(
        seen(
            Locations=LOCATIONS + [store(f"T{n:02d}") for n in shops],
            Lanes=[
                LANES[0],
                lane("DC", "S1, S2"),
                lane("DC", "T00", 99.0),
                *(lane("DC", f"T{n:02d}", 14.0 if n % 2 else 7.0) for n in shops[1:]),
            ],
            Demand=[
                row for n in shops for row in demand(f"T{n:02d}", "AB"[n % 2], 1.0, n + 0.5, 2.25)
            ]
            + demand("S2", "A", 3, 0, 0, 1, Class="vip")
            + demand("S1", "A", 0, 0, 0, 1, Class="std"),
            ServiceClasses=CLASSES,
            OpeningStock=[stock("T03", "B", 1.0)],
        )
    )
    odd, even = "{:g}, 2026-W05, 7", "{:g}, 2026-W04, 7"
    lines = ["Demand!D2 demand-unreachable: 3.75"] + [
        f"Demand!D{2 + 3 * n} demand-unreachable: "
        + (odd.format(n + 3.75) if n % 2 else even.format(n + 1.5))
        for n in shops[1:20]
        if n != 3
    ]
    assert [line for line in found if "unreachable" in line] == [
        *lines,
        "Demand!D62 D65 D68 demand-unreachable: 69.75",
        "Demand!D71 must-unreachable: 3, 2026-W04, 14",
    ]


def test_of_many_products_nobody_wants_the_first_are_told_one_by_one() -> None:
    goods = [f"U{n:02d}" for n in range(23)]
    found = told_lines(
        seen(
            Products=[*PRODUCTS, *({"Product": one, "Unit Value": 10.0} for one in goods)],
            Demand=demand("S1", "A", 0, 0, 0, 4, Class="wait") + demand("S2", "U03", 0),
            ServiceClasses=[{"Class": "wait", "Mode": "backorder"}],
            OpeningStock=[stock("S1", "A", -0.1234567), stock("S2", "B", 0.7654321)]
            + [stock("S2", one, n + 0.25) for n, one in enumerate(goods[:22])]
            + [stock("S1", goods[n], 1.5) for n in (0, 21)],
            Terminal=[
                {"Location": "S2", "Product": "U05", "Rule": "cover", "Days": 7.0},
                {"Location": "S2", "Product": "U07", "Rule": "opening"},
            ],
        )
    )
    assert found == [
        "OpeningStock!C2 opening-backlog: 0.123457",
        "OpeningStock!C3 stock-unwanted: B, 0.765432",
        "OpeningStock!C4 C26 stock-unwanted: U00, 1.75",
        *(
            f"OpeningStock!C{n + 4} stock-unwanted: U{n:02d}, {n}.25"
            for n in range(1, 19)
            if n != 7
        ),
        "OpeningStock!C23 C24 C25 C27 stock-unwanted: U19, 19.25",
    ]
