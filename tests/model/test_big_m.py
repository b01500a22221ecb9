"""A fixed cost is paid: no constant big enough to let goods through a closed lane."""

import highspy
import numpy as np
import pytest
from small import Rows, tables

import tierstock as ts
from tierstock.model import PLAIN, Strength
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.compile import compile_model

LANES = 20
CHARGE = 1000.0
WANTED = [2.0] * 9 + [1.0] * 11
TRUE = LANES * CHARGE + sum(WANTED)
"""Every store has a lane of its own and must be served: all 20 are paid, 29 units cost 1 each."""

SHEETS: dict[str, Rows] = {
    "Locations": [
        {"Location": "DC", "Tier": "RDC"},
        *({"Location": f"S{n:02d}", "Tier": "store"} for n in range(LANES)),
    ],
    "Products": [{"Product": "tea", "Unit Value": 0, "Shortage Cost": 5000}],
    "Lanes": [
        {"From": "DC", "To": f"S{n:02d}", "Lead Time": 0, "Unit Cost": 1, "Fixed Cost": CHARGE}
        for n in range(LANES)
    ],
    "Demand": [
        {"Location": f"S{n:02d}", "Product": "tea", "Period": "1", "Quantity": wanted}
        for n, wanted in enumerate(WANTED)
    ],
    "OpeningStock": [{"Location": "DC", "Product": "tea", "Quantity": 100}],
}


def claimed(arrays: Arrays) -> float:
    """Cost that HiGHS reports with its usual tolerances, without simplifying the model first."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    whole = arrays.integer.astype(np.int32)
    matrix = (arrays.starts, arrays.index, arrays.value, whole)
    limits = (arrays.lower, arrays.upper, arrays.row_lower, arrays.row_upper)
    size = (arrays.columns, arrays.rows, arrays.nonzeros, 2, 1, arrays.offset)
    assert solver.passModel(*size, arrays.cost, *limits, *matrix) == highspy.HighsStatus.kOk
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


def naive(big: float) -> Arrays:
    """The same network as it is often written: serve all, and x <= M y on every lane."""
    n = LANES
    return Arrays(
        cost=np.array([1.0] * n + [CHARGE] * n),
        lower=np.array(WANTED + [0.0] * n),
        upper=np.array(WANTED + [1.0] * n),
        integer=np.array([False] * n + [True] * n),
        starts=np.arange(0, 2 * n + 1, 2, dtype=np.int32),
        index=np.array([[lane, n + lane] for lane in range(n)], dtype=np.int32).ravel(),
        value=np.array([1.0, -big] * n),
        row_lower=np.full(n, -np.inf),
        row_upper=np.zeros(n),
    )


@pytest.mark.parametrize("strength", [Strength(), Strength(windows=False), PLAIN])
def test_all_twenty_departures_are_paid(strength: Strength) -> None:
    m = ts.build(ts.read(tables(**SHEETS)), strength=strength)
    assert claimed(compile_model(m).arrays) == pytest.approx(TRUE, rel=1e-6)
    assert ts.solve(m, gap=0, progress=False).objective == pytest.approx(TRUE, rel=1e-9)


def test_no_coefficient_is_larger_than_what_the_data_say() -> None:
    for strength in (Strength(), PLAIN):
        arrays = compile_model(ts.build(ts.read(tables(**SHEETS)), strength=strength)).arrays
        assert np.abs(arrays.value).max() <= 100 + sum(WANTED) + 1e-6  # all stock and all demand


@pytest.mark.parametrize(("big", "unpaid"), [(1e7, 20), (1e9, 20)])
def test_a_constant_big_m_would_let_goods_through_unpaid(big: float, unpaid: int) -> None:
    assert claimed(naive(100.0)) == pytest.approx(TRUE)
    assert claimed(naive(big)) == pytest.approx(TRUE - unpaid * CHARGE, abs=1.0)
