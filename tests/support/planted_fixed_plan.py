"""Fixed plans and frozen periods that a right plan of another input breaks."""

from planted_flows import Book, flow

SHIP = {"From": "DC", "To": "S1", "Product": "P1"}


def fixed_shipment_changed(given: Book, plan: Book) -> None:
    given["FixedPlan"] = [SHIP | {"Period": "W1", "Quantity": 49}]
    flow(plan, "DC", "S1", "W1")["Status"] = "changed"


def less_than_planned_at_least(given: Book, plan: Book) -> None:
    given["FixedPlan"] = [SHIP | {"Period": "W1", "Quantity": 60, "Rule": "min"}]
    flow(plan, "DC", "S1", "W1")["Status"] = "changed"


def more_than_planned_at_most(given: Book, plan: Book) -> None:
    row = {"To": "SUP", "Product": "P1", "Period": "2026-01-05", "Quantity": 59, "Rule": "max"}
    given["FixedPlan"] = [row]


def change_not_charged(given: Book, plan: Book) -> None:
    row = {"Period": "W2", "Quantity": 30, "Rule": "reference", "Penalty": 2}
    given["FixedPlan"] = [SHIP | row]
    flow(plan, "DC", "S1", "W2")["Status"] = "changed"


def unplanned_shipment_in_a_frozen_period(given: Book, plan: Book) -> None:
    given["Periods"][2]["Frozen"] = "Y"
    row = {"From": "SUP", "To": "DC", "Product": "P1", "Period": "W3", "Quantity": 20}
    given["FixedPlan"] = [row | {"Rule": "reference"}]
    flow(plan, "SUP", "DC", "W3")["Status"] = "fixed"


def status_of_the_plan_before_forgotten(given: Book, plan: Book) -> None:
    given["FixedPlan"] = [SHIP | {"Period": "W1", "Quantity": 50}]


FIXED_PLAN_FAULTS = {
    fixed_shipment_changed: "fixed plan",
    less_than_planned_at_least: "fixed plan",
    more_than_planned_at_most: "fixed plan",
    change_not_charged: "costs",
    unplanned_shipment_in_a_frozen_period: "fixed plan",
    status_of_the_plan_before_forgotten: "fixed plan",
}
