"""What the checks say of costs, lanes and money of whole studies, line by line."""

from typing import Any

import pytest
from retail import LANES, LOCATIONS, PRODUCTS, Rows, demand, seen
from told_lines import told_lines

LATE = demand("S2", "B", 0, 0, 0, 1)
MEASURED: Rows = [{**row, "Weight": 1.0, "Volume": 1.0} for row in PRODUCTS]
UNWANTED = "OpeningStock!C2 stock-unwanted: A, 100"
RING = [f"R{n}" for n in range(8)]


def lane(start: str, end: str, days: float = 7.0, cost: float = 1.0, **more: Any) -> dict[str, Any]:
    return {"From": start, "To": end, "Lead Time": days, "Unit Cost": cost, **more}


def store(name: str, tier: str = "store", **more: Any) -> dict[str, Any]:
    return {"Location": name, "Tier": tier, **more}


def target(location: str, product: str, units: float, penalty: float) -> dict[str, Any]:
    found = {"Location": location, "Product": product, "Safety Stock": units}
    return found | {"Penalty": penalty}


def cover(location: str, product: str, penalty: float) -> dict[str, Any]:
    found = {"Location": location, "Product": product, "Rule": "cover", "Days": 7.0}
    return found | {"Penalty": penalty}


ROUND: Rows = [
    *LANES,
    lane("DC", "R0", 0.0),
    *(lane(start, end, 0.0, 0.0) for start, end in zip(RING, [*RING[1:], "R0"], strict=True)),
]


def ring(**more: Any) -> dict[str, Rows]:
    """Places on a circle without lead time; fields of the lane R1→R2, or other sheets."""
    lanes = [*ROUND[:4], {**ROUND[4], **more.pop("lane", {})}, *ROUND[5:]]
    usual: dict[str, Rows] = {
        "Locations": LOCATIONS + [store(one, "RDC") for one in RING],
        "Lanes": lanes,
        "Demand": demand("R7", "A", 0, 0, 0, 1),
    }
    return {**usual, **more}


def handled(way: str) -> dict[str, Rows]:
    return ring(StockCosts=[{"Location": "R3", way: 0.5}])


NAMED = "R0→R1, R1→R2, R2→R3, R3→R4, R4→R5, R5→R6, …"
AT_ONCE = f"Lanes!C4 loop-at-once: {NAMED} [info]"
VAN: Rows = [{"Vehicle": "van", "Max Weight": 9.0, "Max Volume": 9.0}]


def setting(**values: str) -> Rows:
    return [{"Setting": name, "Value": value} for name, value in values.items()]


CASES: dict[str, tuple[dict[str, Rows], str]] = {
    "classes whose costs and modes turn the priorities round": (
        {
            "Products": [{**PRODUCTS[0], "Shortage Cost": 30.0}, PRODUCTS[1]],
            "ServiceClasses": [
                {"Class": "gold", "Priority": 1, "Lost Cost": 20.0},
                {"Class": "base", "Priority": 2, "Lost Cost": 25.5},
                {"Class": "share", "Priority": 3, "Lost Cost Share": 0.5},
                {"Class": "must", "Priority": 4, "Mode": "must"},
            ],
            "Demand": demand("S1", "A", 1, 0.5, 0, 0, Class="gold")
            + demand("S1", "A", 0, 0.5, 3, 0, Class="base")
            + demand("S2", "B", 0, 0, 0, 0.5, Class="share")
            + demand("S1", "A", 0, 0.5, 0, 0, Class="must"),
        },
        """
        ServiceClasses!C2 priority-cost: gold, base [error]
        ServiceClasses!D4 share-without-price: B [error]
        ServiceClasses!B5 must-below-priority: base, must
        ServiceClasses!B5 must-below-priority: gold, must
        """,
    ),
    "penalties that stand on their heads, the worst of them": (
        {
            "Products": [
                {**PRODUCTS[0], "Shortage Cost": 30.0},
                {**PRODUCTS[1], "Shortage Cost": 40.5},
            ],
            "Demand": demand("S1", "A", 1, 2, 0, 0) + demand("S2", "B", 0, 0, 0.5, 0.5),
            "StockTargets": [target("S1", "A", 0.5, 2.4), target("S2", "B", 0.5, 3.5123456)],
            "Terminal": [cover("S2", "B", 61.0), cover("S1", "A", 60.25)],
        },
        """
        StockTargets!D3 ladder-safety: S2, B, 45.660493, 40.5, Products!D3
        Terminal!E3 ladder-terminal: S1, A, 60.25, 31.2, StockTargets!D2
        """,
    ),
    "a penalty above what the ladder makes of a lost sale": (
        {"Demand": demand("S1", "A", 1, 2, 0, 0), "StockTargets": [target("S1", "A", 0.5, 900.0)]},
        "StockTargets!D2 ladder-safety: S1, A, 11700, 25, the ladder",
    ),
    "lanes that are too slow, never better, against the flow, or from nowhere": (
        {
            "Locations": [
                *LOCATIONS,
                store("SHUT", Status="closed"),
                store("W", "ecom"),
                store("Q", "customer"),
                store("PLT", "plant"),
                store("IDLE"),
            ],
            "Lanes": [
                *LANES,
                lane("SUP", "S1", 99.0, Mode="sea"),
                lane("SUP", "S1", Mode="air"),
                lane("DC", "S2", 14.0, 2.0, Mode="rail"),
                lane("DC", "S2", 7.0, 2.5, Mode="van"),
                lane("Q", "W"),
                lane("DC", "Q, W"),
                lane("W", "S1"),
                lane("PLT", "DC"),
                lane("S1", "DC", Kind="replenish"),
            ],
            "Demand": LATE + [row for one in ("S1", "W", "Q") for row in demand(one, "A", 0, 0, 1)],
        },
        """
        Lanes!C4 lane-too-slow: SUP→S1 (sea)
        Lanes!A8 lane-upstream: customer, ecom
        Lanes!A11 lane-without-goods: PLT, , or give it the tier supplier
        Lanes!A12 lane-upstream: store, CDC
        Lanes!E4 lane-dominated: SUP→S1 (sea), SUP→S1 (air) [info]
        Lanes!E6 lane-dominated: DC→S2 (rail), DC→S2 (road) [info]
        Lanes!E7 lane-dominated: DC→S2 (van), DC→S2 (road) [info]
        """,
    ),
    "of several lanes that are better the first is named": (
        {
            "Lanes": [*LANES, *(lane("DC", "S2", 7.0, 2.0 + n, Mode=f"M{n}") for n in (1, 2))],
            "Demand": LATE,
        },
        f"""
        {UNWANTED}
        Lanes!E4 lane-dominated: DC→S2 (M1), DC→S2 (road) [info]
        Lanes!E5 lane-dominated: DC→S2 (M2), DC→S2 (M1) [info]
        """,
    ),
    "a lane of two rows that is never better is told at the first": (
        {
            "Lanes": [*LANES, *(lane("DC", "S2", 7.0, 9.0, Mode="van", Product=p) for p in "AB")],
            "Demand": LATE + demand("S2", "A", 0, 0, 0, 1),
        },
        "Lanes!E4 lane-dominated: DC→S2 (van), DC→S2 (road) [info]",
    ),
    "lanes that must carry more than they may": (
        {
            "Lanes": [
                *LANES,
                lane("DC", "S1", Mode="low", **{"Min Shipment": 5.0}),
                lane("DC", "S1", Mode="big", **{"Min Shipment": 5.0, "Max Shipment": 4.5}),
                lane("DC", "S2", Mode="one", **{"Min Shipment": 6.0, "Max Shipment": 5.5}),
            ]
        },
        """
        Lanes!F4 min-over-max: DC→S1 (big), Max Shipment 4.5 [error]
        Lanes!F6 min-over-max: DC→S2 (one), Max Shipment 5.5 [error]
        """,
    ),
    "demand no lane leads to, and who could send it": (
        {
            "Locations": [*LOCATIONS, store("P1", "plant"), store("X1", "CDC")],
            "Lanes": [
                LANES[0],
                lane("DC", "S1", Product="A"),
                lane("X1", "S2", Product="A"),
                lane("P1", "X1", Product="B"),
                lane("X1", "S2", Product="B"),
            ],
            "Demand": demand("S1", "A", 0, 0, 0, 1) + demand("S2", "A", 0, 0, 0, 1) + LATE,
            "OpeningStock": [{"Location": "S1", "Product": "A", "Quantity": 1.0}],
        },
        """
        Demand!A9 A13 no-route: X1 [error]
        Lanes!A5 lane-without-goods: P1, B, , or give it the tier supplier
        """,
    ),
    "of those who could send it a plant goes before others": (
        {
            "Locations": [*LOCATIONS, store("P1", "plant"), store("X1", "CDC"), store("X2", "CDC")],
            "Lanes": [LANES[0], lane("P1", "X1"), lane("X1", "S2"), lane("X2", "S2")],
            "Demand": LATE,
        },
        f"""
        Demand!A5 no-route: P1 [error]
        Lanes!A3 lane-without-goods: P1, , or give it the tier supplier
        Lanes!A5 lane-without-goods: X2, , or give it the tier supplier
        {UNWANTED}
        """,
    ),
    "a circle for nothing": (ring(), f"Lanes!C4 loop-free: {NAMED}"),
    "one that is handled out": (
        ring(StockCosts=[{"Location": "R3", "Handling Out": 0.5}]),
        AT_ONCE,
    ),
    "one that is handled in": (ring(StockCosts=[{"Location": "R3", "Handling In": 0.5}]), AT_ONCE),
    "one with a fixed cost": (ring(lane={"Fixed Cost": 0.5}), AT_ONCE),
    "one with a vehicle": (
        ring(lane={"Vehicle": "van"}, Vehicles=VAN, Products=MEASURED),
        f"{AT_ONCE}\nVehicles!B2 light-vehicle",
    ),
    "a circle of six lanes is named in full": (
        ring(Lanes=[*ROUND[:8], lane("R5", "R0", 0.0, 0.0)], Demand=demand("R5", "A", 0, 0, 0, 1)),
        """
        Locations!A12 A13 location-unused
        Lanes!C4 loop-free: R0→R1, R1→R2, R2→R3, R3→R4, R4→R5, R5→R0
        """,
    ),
    "costs more than a thousand million times apart": (
        {
            "Products": [{**MEASURED[0], "Price": 1e4}, MEASURED[1]],
            "Lanes": [lane("SUP", "DC", 7.0, 1e-5), {**LANES[1], "Vehicle": "van"}],
            "Vehicles": [{**VAN[0], "Cost Per Trip": 2e4}],
            "Demand": LATE,
        },
        f"{UNWANTED}\nVehicles!B2 light-vehicle\nVehicles!D2 cost-spread: Lanes!D2, 1e-05",
    ),
    "costs just so far apart": (
        {
            "Products": [{**PRODUCTS[0], "Price": 1e4}, PRODUCTS[1]],
            "Lanes": [lane("SUP", "DC", 7.0, 1e-5), {**LANES[1], "Unit Cost": 0.0}],
            "Demand": LATE,
        },
        UNWANTED,
    ),
    "no costs at all": (
        {
            "Products": [{"Product": one, "Unit Value": 0.0} for one in "AB"],
            "Lanes": [{**row, "Unit Cost": 0.0} for row in LANES],
            "OpeningStock": [
                {"Location": location, "Product": product, "Quantity": 0.0}
                for location in ("DC", "S1", "S2")
                for product in "AB"
            ],
            "Demand": LATE,
        },
        "Products!A3 no-shortage-price [error]",
    ),
    "a substitute brings what no lane brings, and is wanted for it": (
        {
            "Substitutes": [{"Product": "A", "Substitute": "B", "Ratio": 1.0}],
            "Lanes": [LANES[0], {**LANES[1], "Product": "B"}],
            "OpeningStock": [{"Location": "S1", "Product": "B", "Quantity": 1.0}],
            "Demand": demand("S1", "A", 0, 0, 0, 1),
        },
        "",
    ),
    "rules of one's own may want anything": (
        {
            "UserRows": [
                {"Row": "r", "Variable": "stock", "From": "S1", "Product": "A", "Sense": "<="}
                | {"Coefficient": 1.0, "Value": 500.0}
            ],
            "Demand": LATE,
        },
        "",
    ),
    "lead times in parts of periods": (
        {
            "Settings": setting(lead_time_unit="period"),
            "Lanes": [lane("SUP", "DC", 1.0), lane("DC", "S2", 1.5)],
            "Supply": [{"Location": "SUP", "Product": "*", "Lead Time": 0.5}],
            "Recipes": [
                {"Recipe": "M", "Location": "DC", "Output": "B", "Lead Time": 1.5, "Max": 1.0}
            ],
            "Demand": LATE,
        },
        f"""
        Lanes!C3 lane-too-slow: DC→S2
        {UNWANTED}
        Lanes!C3 lead-not-whole [error]
        Supply!C2 lead-not-whole [error]
        Recipes!D2 lead-not-whole [error]
        """,
    ),
    "levels that count nothing": (
        {
            "Settings": setting(
                gap="1%", objective="lexicographic", objective_levels="carbon, cost"
            ),
            "Demand": LATE,
        },
        f"""
        Settings!B4 level-without-data: carbon, no lane, vehicle or site states Carbon. [error]
        {UNWANTED}
        """,
    ),
    "levels that are missing": (
        {"Settings": setting(objective="lexicographic"), "Demand": LATE},
        f"Settings!B2 levels-missing [error]\n{UNWANTED}",
    ),
    "levels nobody asked for": (
        {"Settings": setting(objective_levels="service, cost"), "Demand": LATE},
        f"{UNWANTED}\nSettings!B2 levels-unused",
    ),
    "a unit too large for every vehicle of its lanes": (
        {
            "Products": [
                {**PRODUCTS[0], "Weight": 12.5, "Volume": 3.0},
                {**PRODUCTS[1], "Weight": 1.0, "Volume": 9.0},
            ],
            "Vehicles": [
                {"Vehicle": "van", "Max Weight": 5.0, "Max Volume": 2.5},
                {"Vehicle": "bike", "Max Weight": 1.0},
                {"Vehicle": "ship", "Max Weight": 900.0},
            ],
            "Lanes": [{**LANES[0], "Vehicle": "ship"}, {**LANES[1], "Vehicle": "bike, van"}],
            "Demand": LATE + demand("S1", "A", 0, 0, 0, 1),
        },
        """
        Products!D2 unit-over-vehicle: A, 12.5, kg, van, 5.0, Vehicles!B2, DC→S1, 1
        Vehicles!B3 B2 light-vehicle
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_study_is_told_with_every_cell_and_figure_and_nothing_else(name: str) -> None:
    sheets, lines = CASES[name]
    expected = [line.strip() for line in lines.strip().splitlines()]
    assert sorted(told_lines(seen(**sheets))) == sorted(expected)
