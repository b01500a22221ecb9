"""Faults in what duty, companies and carbon cost."""

from planted_flows import Book, cost


def duty_not_charged(given: Book, plan: Book) -> None:
    given["Lanes"][0]["Duty"] = 5


def price_between_companies_not_told(given: Book, plan: Book) -> None:
    given["Locations"][1]["Company"], given["Locations"][2]["Company"] = "North", "South"
    given["Lanes"][1]["Transfer Price"] = 3


def carbon_of_a_lane_not_charged(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "carbon_price", "Value": 0.5})
    given["Lanes"][1]["Carbon"] = 2


def carbon_of_a_trip_not_charged(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "carbon_price", "Value": 0.5})
    given["Vehicles"][0]["Carbon"] = 10


def carbon_made_up(given: Book, plan: Book) -> None:
    line = dict(cost(plan, "trips", "DC", "W3"), Amount=7.0)
    plan["Costs"].append(line | {"Cost Bucket": "carbon"})


def carbon_figure_off(given: Book, plan: Book) -> None:
    given["Lanes"][1]["Carbon"] = 2
    plan["Summary"].append({"KPI": "Carbon emitted", "Value": 1})


TARIFF_FAULTS = {
    duty_not_charged: "costs",
    price_between_companies_not_told: "costs",
    carbon_of_a_lane_not_charged: "costs",
    carbon_of_a_trip_not_charged: "costs",
    carbon_made_up: "costs",
    carbon_figure_off: "total",
}
