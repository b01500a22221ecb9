"""What the levels of the objective count."""

import pytest
from families import TWO, lane, stock
from small import Rows, demand, model


def test_capital_is_a_mean_over_time() -> None:
    """A unit worth 8 is 2 on the one day of four, and 6 on the other three; on its way, too."""
    settings: Rows = [
        {"Setting": "objective", "Value": "lexicographic"},
        {"Setting": "objective_levels", "Value": "capital, cost"},
    ]
    m = model(
        Periods=[
            {"Period": "1", "Start Date": "2026-01-05"},
            {"Period": "2", "Start Date": "2026-01-06", "End Date": "2026-01-08"},
        ],
        Locations=TWO,
        Products=[{"Product": "tea", "Unit Value": 8}],
        Lanes=lane(**{"Lead Time": 1}),
        Demand=demand("S1", "tea", 0, 4),
        OpeningStock=[stock("DC", 5, Blocked=1)],
        Settings=settings,
    )
    amounts, by_name = m.aims[0].coefficients, {}
    for family in m.columns.families:
        for at, key in enumerate(family.key_list):
            by_name[family.local_name, *key] = amounts[family.start + at]
    assert by_name["stock", "DC", "tea", "1"] == pytest.approx(2.0)
    assert by_name["stock", "DC", "tea", "2"] == pytest.approx(6.0)
    assert by_name["flow", "DC→S1", "tea", "1"] == pytest.approx(2.0)
    assert m.aims[0].constant == pytest.approx(8.0)  # the blocked unit, all the time
