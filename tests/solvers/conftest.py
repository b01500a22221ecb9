"""Small models for the solver, as arrays and as Pyomo models."""

import numpy as np
import pyomo.environ as pyo
import pytest
from small_arrays import dense, three_trucks

from tierstock.model.keys import Keys, Level
from tierstock.model.objective import ArrayObjective, Costs
from tierstock.model.rows import Rows
from tierstock.model.variables import Columns, declare
from tierstock.solvers.arrays import Arrays

LANES, PRODUCTS, WEEKS = ("A→B", "C→B", "A→D"), ("P1", "P2"), ("W1", "W2")


@pytest.fixture
def blend() -> Arrays:
    """Buy 10 units: at most 6 at 1 each, the rest at 3 each. Best: 6 + 4 x 3 = 18."""
    return dense([1, 3], [[1, 1]], 10, 10, upper=[6, np.inf])


@pytest.fixture
def tied() -> Arrays:
    """Send 6 and 6 units over three lanes each, at most 5 on one, all at 1 each. Best: 12."""
    return dense(
        np.ones(6),
        [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0]],
        [6, 6, 0, 0],
        [6, 6, 7, 7],
        upper=5,
    )


@pytest.fixture
def trucks() -> Arrays:
    return three_trucks()


@pytest.fixture
def at_least_four() -> Arrays:
    """Ship 4 to 6 or nothing, 10 a departure; 3 are needed, what is over costs 2. Best: 12."""
    return dense(
        [0, 2, 10],
        [[1, -1, 0], [1, 0, -4], [1, 0, -6]],
        [3, 0, -np.inf],
        [3, np.inf, 0],
        integer=[False, False, True],
    )


@pytest.fixture
def closed_lanes() -> Arrays:
    """Serve 20 shops, 1.45 each, over lanes that cost 1000 to open; the limit of a lane is loose.

    Best: all open, 20 000 + 29. A solver that takes 0.000001 for 0 finds 29.
    """
    lanes, loose = 20, 1e7
    flow, opened = np.eye(lanes), np.eye(lanes)
    matrix = np.block([[flow, np.zeros((lanes, lanes))], [flow, -loose * opened]])
    return dense(
        np.concatenate([np.ones(lanes), np.full(lanes, 1000.0)]),
        matrix,
        np.concatenate([np.full(lanes, 1.45), np.full(lanes, -np.inf)]),
        np.concatenate([np.full(lanes, np.inf), np.zeros(lanes)]),
        upper=np.concatenate([np.full(lanes, np.inf), np.ones(lanes)]),
        integer=np.arange(2 * lanes) >= lanes,
    )


@pytest.fixture
def endless() -> Arrays:
    """A choice of 300 orders within 25 limits: good plans at once, no proof for hours."""
    chance = np.random.default_rng(1)
    use = chance.integers(5, 100, (25, 300)).astype(float)
    worth = use.mean(axis=0) + chance.uniform(0, 20, 300)
    return dense(-worth, use, -np.inf, use.sum(axis=1) * 0.4, upper=1, integer=True)


@pytest.fixture
def hopeless() -> Arrays:
    """Split 45 lots exactly in half in five measures: no plan in any time a test has."""
    chance = np.random.default_rng(2)
    size = chance.integers(0, 100, (5, 45)).astype(float)
    half = np.floor(size.sum(axis=1) / 2)
    return dense(np.ones(45), size, half, half, upper=1, integer=True)


def grid(*sizes: int) -> list[np.ndarray]:
    return [axis.ravel() for axis in np.meshgrid(*map(np.arange, sizes), indexing="ij")]


@pytest.fixture
def model() -> pyo.ConcreteModel:
    """Ship 5, 6, 7 and 8 units of two products over two weeks in trucks of 7, on three lanes.

    Best: all on the cheapest lane, 26 freight + 4 trucks x 5 + 3 fixed = 49.
    """
    m = pyo.ConcreteModel()
    m.columns = Columns()
    lane, product, week = Level(LANES), Level(PRODUCTS), Level(WEEKS)
    a, p, t = grid(3, 2, 2)
    la, lt = grid(3, 2)
    keys, trip_keys = Keys((lane, product, week), (a, p, t)), Keys((lane, week), (la, lt))
    codes = {"lane": a, "product": p, "period": t}
    flow = declare(m, "flow", keys, codes, (3, 2, 2), upper=10.0, doc="shipped")
    codes = {"lane": la, "period": lt}
    trips = declare(m, "trips", trip_keys, codes, (3, 2), integer=True, doc="trips")
    assert trips is not None
    rows = Rows(m, "vehicle_load", trip_keys, "load")
    rows.add(flow, 1.0, at=np.arange(12), row=trips.grid[a, t])
    rows.add(trips, -7.0, at=np.arange(6))
    rows.at_most(0.0)
    rows = Rows(m, "need", Keys((product, week), grid(2, 2)), "need")
    rows.add(flow, 1.0, at=np.arange(12), row=p * 2 + t)
    rows.equals(np.arange(4) + 5.0)
    costs = Costs()
    costs.add("freight", flow, 1.0 + 0.1 * a)
    costs.add("trips", trips, 5.0)
    costs.add_constant("holding", 3.0, 0)
    m.costs = costs
    m.cost = ArrayObjective(costs, m.columns.count)
    return m
