"""Faults in a plan that opens and closes locations."""

from typing import Any

from planted_flows import Book, cost, row

WEEKS = ("W1", "W2", "W3")
OPENED: dict[str, tuple[float, ...]] = {"DC": (62, 50, 28), "S2": (8, 12, 10)}
"""Units that leave the two places week by week."""


def decided(given: Book, plan: Book, place: str, **rules: Any) -> None:
    """A place may close, and the right plan keeps it open."""
    given.setdefault("Sites", []).append({"Location": place, **rules})
    plan.setdefault("SiteResults", []).extend(
        {"Location": place, "Period": when, "Open": "Y", "Fixed Cost": 0, "Throughput": units}
        for when, units in zip(WEEKS, OPENED[place], strict=True)
    )


def state(plan: Book, place: str, when: str) -> dict[str, Any]:
    return row(plan, "SiteResults", Location=place, Period=when)


def stock_at_a_closed_place(given: Book, plan: Book) -> None:
    decided(given, plan, "DC")
    state(plan, "DC", "W2")["Open"] = "N"


def arrives_where_it_is_closed_at_the_end(given: Book, plan: Book) -> None:
    decided(given, plan, "DC")
    state(plan, "DC", "W3")["Open"] = "N"


def more_open_than_the_group_allows(given: Book, plan: Book) -> None:
    decided(given, plan, "S2", **{"Group": "stores", "Max In Group": 0})


def opened_too_late(given: Book, plan: Book) -> None:
    given["Locations"][3]["Status"] = "consider"
    decided(given, plan, "S2", **{"Must Decide By": "2026-01-01"})


def closed_too_soon(given: Book, plan: Book) -> None:
    given["Locations"][3]["Status"] = "consider"
    decided(given, plan, "S2", **{"Min Open": 3})
    state(plan, "S2", "W2")["Open"] = "N"


def open_outside_its_window(given: Book, plan: Book) -> None:
    given["Locations"][3]["Active To"] = "2026-01-15"
    decided(given, plan, "S2")


def opening_not_charged(given: Book, plan: Book) -> None:
    given["Locations"][3]["Status"] = "consider"
    decided(given, plan, "S2", **{"Open Cost": 100})


def closing_charged_though_open(given: Book, plan: Book) -> None:
    decided(given, plan, "DC", **{"Close Cost": 100})
    line = dict(cost(plan, "trips", "DC", "W3"), Amount=100.0)
    plan["Costs"].append(line | {"Cost Bucket": "site closing"})


def fixed_cost_of_a_row_off(given: Book, plan: Book) -> None:
    decided(given, plan, "DC")
    state(plan, "DC", "W1")["Fixed Cost"] = 5


def throughput_off(given: Book, plan: Book) -> None:
    decided(given, plan, "DC")
    state(plan, "DC", "W1")["Throughput"] = 61


def state_not_told(given: Book, plan: Book) -> None:
    decided(given, plan, "DC")
    plan["SiteResults"].remove(state(plan, "DC", "W2"))


SITE_FAULTS = {
    stock_at_a_closed_place: "sites",
    arrives_where_it_is_closed_at_the_end: "sites",
    more_open_than_the_group_allows: "sites",
    opened_too_late: "sites",
    closed_too_soon: "sites",
    open_outside_its_window: "sites",
    opening_not_charged: "costs",
    closing_charged_though_open: "costs",
    fixed_cost_of_a_row_off: "amounts",
    throughput_off: "amounts",
    state_not_told: "keys",
}
