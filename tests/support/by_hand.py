"""A small network with decisions worked out by hand, in two products and three weeks.

SUP → CDC → R1, R2 and the transfer lane R1 → R2. Product A is everywhere, B only at CDC and R1.

    week                      W1    W2    W3
    SUP orders A              60    50     0     (60 reach CDC in W2, 50 in W3)
    CDC → R1  A               30    20    12     1 week, yield 0.9; the 12 arrive after the end
    CDC → R1  B                5     0     0     1 week, yield 0.9
    CDC → R2  A                0    40     0     same week
    R1 → R2   A               10     0     0     same week, transfer
    firm order F-1: CDC → R2  15 A leave in W1, due W2
    order PO-2 to R1          20 A due W3, a quarter cancelled
    order PO-3 to R2           8 A due after the end

    stock A                opening   W1    W2    W3
    CDC                       100    55    55    93
    R1                         40    10     7    20     demand 20 30 20
    R2                          5     0    25     0     demand 30 20 30, 2 owed before; waits
    stock B
    CDC                        12     7     7     7     and 3 blocked
    R1                          2     0     1.5   0     demand 4 3 3, lost
"""

from typing import Any

import numpy as np
import pandas as pd

from tierstock.inputs.network import (
    Capacity,
    Dates,
    Demand,
    Goods,
    Lanes,
    Locations,
    Network,
    Orders,
    Periods,
    Places,
    Products,
    Supply,
    Terminal,
    Vehicles,
)
from tierstock.inputs.settings import Settings
from tierstock.outputs.facts import RunFacts

T = 3
NAN, INF = np.nan, np.inf
Frames = dict[str, pd.DataFrame]


def words(*texts: str) -> Any:
    return np.array(texts, dtype=object)


def numbers(*values: float) -> Any:
    return np.array(values, dtype=float)


def codes(*values: int) -> Any:
    return np.array(values, dtype=np.int64)


def level(*values: float) -> Any:
    """Values that are the same in every week; shape [n, T]."""
    return np.repeat(np.array(values, dtype=float)[:, None], T, axis=1)


def _periods() -> Periods:
    start: Dates = np.array(["2026-01-05", "2026-01-12", "2026-01-19"], dtype="datetime64[D]")
    return Periods(
        words("W1", "W2", "W3"),
        start,
        start + np.timedelta64(6, "D"),
        numbers(7, 7, 7),
        numbers(5, 5, 5),
    )


def _locations() -> Locations:
    return Locations(
        code=words("CDC", "R1", "R2", "SUP"),
        name=words("Central", "=North", "South", "Supplier"),
        tier=words("CDC", "RDC", "RDC", "supplier"),
        region=words("", "N", "S", ""),
        channel=words("", "", "", ""),
        company=words("Acme", "Acme", "Beta", ""),
        active=np.ones((4, T), dtype=bool),
    )


def _products() -> Products:
    return Products(
        code=words("A", "B"),
        name=words("Apple", "Box"),
        family=words("", ""),
        type=words("finished", "finished"),
        base_unit=words("EA", "EA"),
        zone=words("ambient", "cool"),
        unit_value=numbers(10, 20),
        price=numbers(30, NAN),
        per_case=numbers(10, NAN),
        measure=np.array([[1, 2, 0.5, 0.01], [1, 4, NAN, NAN]]),
    )


def _lanes() -> Lanes:
    most = np.full((4, T), INF)
    most[2] = 45
    fixed = np.zeros((4, T))
    fixed[3] = 25
    vehicles = np.array([[0, 0], [1, 0], [1, 1], [0, 0]], dtype=bool)
    return Lanes(
        label=words("SUP→CDC", "CDC→R1", "CDC→R2", "R1→R2"),
        origin=codes(3, 0, 0, 1),
        destination=codes(0, 1, 2, 2),
        mode=words("rail", "road", "road", "road"),
        kind=words("replenish", "replenish", "replenish", "transfer"),
        distance=numbers(NAN, NAN, NAN, NAN),
        min_shipment=np.zeros((4, T)),
        max_shipment=most,
        fixed_cost=fixed,
        vehicles=vehicles,
    )


def _goods() -> Goods:
    return Goods(
        lane=codes(0, 1, 1, 2, 3),
        product=codes(0, 0, 1, 0, 0),
        source=codes(5, 0, 1, 0, 2),
        sink=codes(0, 2, 3, 4, 4),
        allowed=np.ones((5, T), dtype=bool),
        lead=level(1, 1, 1, 0, 0).astype(np.int64),
        lead_days=level(7, 7, 7, 2, 1),
        arrival_days=level(9, 7, 7, 2, 1),
        unit_cost=level(0.5, 1, 2, 1.5, 3),
        transit_cost=level(0.1, 0.2, 0.4, 0, 0),
        arriving_share=level(1, 0.9, 0.9, 1, 1),
    )


def _places() -> Places:
    """Places: CDC-A, CDC-B, R1-A, R1-B, R2-A, SUP-A and, where nothing is, SUP-B."""
    arriving, leaving = np.zeros((7, T)), np.zeros((7, T))
    arriving[4, 1] = leaving[0, 0] = 15
    daily = level(70, 10, 30, 3, 26, 70, 0) / 7
    return Places(
        location=codes(0, 0, 1, 1, 2, 3, 3),
        product=codes(0, 1, 0, 1, 0, 0, 1),
        of=np.array([[0, 1], [2, 3], [4, -1], [5, 6]]),
        opening=numbers(100, 12, 40, 2, 5, 0, 0),
        blocked=numbers(0, 3, 0, 0, 0, 0, 0),
        arriving=arriving,
        leaving=leaving,
        keeps=level(1, 1, 1, 1, 1, 0, 0).astype(bool),
        earliest=codes(0, 0, 0, 0, 0, 0, 3),
        holding=level(0.1, 0.2, 0.15, 0.3, 0.15, 0, 0),
        value=level(10, 20, 10, 20, 11, 10, 20),
        handling_in=level(0.3, 0.3, 0.2, 0.2, 0.2, 0, 0),
        handling_out=level(0.4, 0.4, 0.1, 0.1, 0.1, 0, 0),
        safety=level(0, 0, 12, 0, 6, 0, 0),
        safety_hard=np.zeros((7, T), dtype=bool),
        safety_penalty=level(0, 0, 0.5, 0, 0.6, 0, 0),
        max_stock=level(90, INF, INF, INF, INF, INF, INF),
        max_hard=np.zeros((7, T), dtype=bool),
        over_penalty=level(0.7, 0, 0, 0, 0, 0, 0),
        daily_demand=daily,
        daily_demand_after=daily[:, 0].copy(),
    )


def _supply() -> Supply:
    return Supply(
        place=codes(5),
        lead=level(0).astype(np.int64),
        most=level(INF),
        least=level(60),
        least_penalty=level(2),
        unit_cost=level(8),
        fixed_cost=level(100),
    )


def _demand() -> Demand:
    return Demand(
        place=codes(2, 3, 4),
        service_class=words("standard", "standard", "gold"),
        channel=words("", "", "shop"),
        label=words("standard", "standard", "gold"),
        mode=words("lost", "lost", "backorder"),
        priority=codes(1, 1, 1),
        quantity=np.array([[20, 30, 20], [4, 3, 3], [30, 20, 30]], dtype=float),
        opening_backlog=numbers(0, 0, 2),
        lost_cost=level(30, 40, 33),
        back_cost=level(0, 0, 1.5),
        owed_share=numbers(0, 0, 1),
        clear_by=np.full((3, T), T),
        opening_clear_by=codes(T, T, T),
    )


def _orders() -> Orders:
    return Orders(
        label=words("F-1", "PO-2", "PO-3"),
        place=codes(4, 2, 4),
        origin=codes(0, -1, -1),
        ship=codes(0, -1, -1),
        due=codes(1, 2, T),
        quantity=numbers(15, 20, 8),
        firm=np.array([True, False, True]),
        saving=numbers(0, 8, 0),
    )


def _capacity() -> Capacity:
    return Capacity(
        location=codes(0, 0, 1),
        kind=words("storage", "outbound", "dock"),
        zone=words("cool", "*", "*"),
        dimension=codes(1, 1, 0),
        limit=level(40, 100, INF),
        extra_limit=level(0, 100, 0),
        extra_cost=level(0, 1.25, 0),
    )


def _vehicles() -> Vehicles:
    return Vehicles(
        code=words("T5", "T1"),
        limit=np.array([[NAN, 50, NAN, NAN], [NAN, 10, NAN, NAN]]),
        trip_cost=numbers(90, 20),
        fleet=numbers(4, INF),
        home=np.ones((2, 4), dtype=bool),
        min_fill=numbers(0, 0),
        fill_basis=codes(1, 1),
    )


def _terminal() -> Terminal:
    return Terminal(
        label=words("cover network A", "value CDC B"),
        rule=words("cover", "value"),
        target=numbers(200, 5),
        penalty=numbers(1.5, 0),
        credit=numbers(0, 2),
        row=codes(0, 0, 0, 1),
        place=codes(0, 2, 4, 1),
    )


def network(**settings: Any) -> Network:
    """Return the network."""
    return Network(
        name="Small",
        settings=Settings(**settings),
        periods=_periods(),
        locations=_locations(),
        products=_products(),
        lanes=_lanes(),
        goods=_goods(),
        places=_places(),
        supply=_supply(),
        demand=_demand(),
        orders=_orders(),
        capacity=_capacity(),
        vehicles=_vehicles(),
        terminal=_terminal(),
    )


def frame(values: Any, *names: str) -> pd.DataFrame:
    """Return a dense array as a frame of decisions: one row per cell."""
    array = np.asarray(values, dtype=float)
    columns = dict(zip(names, (axis.ravel() for axis in np.indices(array.shape)), strict=True))
    return pd.DataFrame({**columns, "value": array.ravel()})


def decisions() -> Frames:
    """Return the decisions; families without any are absent."""
    trips = np.zeros((4, 2, T))
    trips[1, 0], trips[2, :, 1] = [2, 1, 1], [1, 3]
    stock = [[55, 55, 93], [7, 7, 7], [10, 7, 20], [0, 1.5, 0], [0, 25, 0], [0] * T, [0] * T]
    short = [[0] * T, [0] * T, [2, 5, 0], [0] * T, [6, 0, 6], [0] * T, [0] * T]
    above = [[0, 0, 3]] + [[0] * T] * 6
    flow = [[60, 50, 0], [30, 20, 12], [5, 0, 0], [0, 40, 0], [10, 0, 0]]
    nothing = [0] * T
    return {
        "flow": frame(flow, "goods", "period"),
        "stock": frame(stock, "place", "period"),
        "purchase": frame([[60, 50, 0]], "supply", "period"),
        "order_placed": frame([[1, 1, 0]], "supply", "period"),
        "purchase_short": frame([[0, 10, 60]], "supply", "period"),
        "lost": frame([nothing, [2, 0, 1.5], nothing], "stream", "period"),
        "owed_new": frame([nothing, nothing, [17, 0, 12]], "stream", "period"),
        "owed_served": frame([nothing, nothing, [2, 10, 7]], "stream", "period"),
        "backlog": frame([nothing, nothing, [17, 7, 12]], "stream", "period"),
        "shortfall": frame(short, "place", "period"),
        "excess": frame(above, "place", "period"),
        "extra_capacity": frame([nothing, [10, 20, 0], nothing], "limit", "period"),
        "trips": frame(trips, "lane", "vehicle", "period"),
        "lane_used": frame([nothing, nothing, nothing, [1, 0, 0]], "lane", "period"),
        "cancelled": frame([0, 0.25, 0], "order"),
        "terminal_short": frame([68.2, 0], "rule"),
        "terminal_credit": frame([0, 5], "rule"),
    }


COSTS = {
    "purchase": 8 * 110,
    "order": 2 * 100,
    "take-or-pay": 2 * 70,
    "freight": 0.5 * 110 + 1 * 62 + 2 * 5 + 1.5 * 40 + 3 * 10,
    "trips": 4 * 90 + 1 * 90 + 3 * 20,
    "departure": 25,
    "handling": 33 + 9.9 + 10 + 42.8 + 8.65 + 7,
    "holding": 20.3 + 6 + 5.55 + 0.45 + 3.75,
    "transit": 11 + 12.4 + 2,
    "lost sales": 40 * 3.5,
    "backorder": 1.5 * 36 + 33 * 12,
    "safety shortfall": 0.5 * 7 + 0.6 * 12,
    "over stock": 0.7 * 3,
    "extra capacity": 1.25 * 30,
    "terminal shortfall": 1.5 * 68.2,
    "terminal credit": -2 * 5,
    "cancelled orders": -8 * 5,
}
"""Money of each term, worked out by hand."""

OBJECTIVE = 2837.4


def facts(**changes: Any) -> RunFacts:
    """Return facts of a run that ended at a proven gap of one percent."""
    known: dict[str, Any] = {
        "name": "Small",
        "currency": "CNY",
        "first_day": "2026-01-05",
        "last_day": "2026-01-25",
        "objective": OBJECTIVE,
        "bound": 2810.0,
        "gap": (OBJECTIVE - 2810.0) / OBJECTIVE,
        "asked_gap": 0.01,
        "stopped": "gap",
        "quality": "proven",
        "version": "0.1.0",
        "solver": "HiGHS",
        "solver_version": "1.16.0",
        "input_hash": "sha256:00ff",
        "seconds": {"read": 0.5, "build": 0.25, "solve": 12.0},
        "size": {"columns": 100, "rows": 60, "nonzeros": 300, "integers": 8},
        "settings": {"gap": "1%", "time_limit": "5 min"},
    }
    return RunFacts(**{**known, **changes})
