"""The cause of a shortage in Service, where what holds it back is elsewhere or at another time."""

import pytest
from all_cases import ALL
from in_process import Sheets
from real_plans import least_plan
from small import demand


@pytest.mark.parametrize(
    ("name", "cause"),
    [("storage", "capacity"), ("cash_end", "budget"), ("move_limit", "capacity")],
)
def test_what_is_full_or_used_up_is_the_cause(name: str, cause: str) -> None:
    """Storage is full when goods would have to wait, cash is low afterwards, moves are used up.

    Every unit moved costs something, so that no best plan moves stock that nobody asks for.
    """
    sheets = ALL[name].sheets
    lanes = [one | {"Unit Cost": one.get("Unit Cost") or 1} for one in sheets.get("Lanes", [])]
    assert causes(sheets | {"Lanes": lanes} if lanes else sheets) == {cause}


def causes(sheets: Sheets) -> set[str]:
    plan = least_plan(sheets)
    assert plan is not None
    short = plan.service[plan.service["Stock Out"] == "Y"]
    return set(short["Cause"])


def test_capital_that_is_tied_up_before_the_shortage_is_the_cause() -> None:
    """Of 6 wanted on the third day 3 come that day, and 2 may wait for it on the second."""
    found = causes(
        {
            "Locations": [{"Location": "S1", "Tier": "store"}],
            "Products": [{"Product": "tea", "Unit Value": 10, "Price": 100}],
            "Supply": [{"Location": "S1", "Product": "tea", "Max": 3}],
            "Demand": demand("S1", "tea", 0, 0, 6),
            "Budgets": [{"Budget": "B", "Kind": "capital", "Limit": 20, "Period": "2"}],
        }
    )
    assert found == {"budget"}
