"""Plans right on other days, or counted in other units and currencies, planted in one study."""

from planted_flows import Book

WEEK_TWO = {"Calendar": "rest", "Date From": "2026-01-12", "Date To": "2026-01-18", "Open": "N"}


def ships_to_a_place_that_rests(given: Book, plan: Book) -> None:
    given["Calendars"] = [WEEK_TWO]
    given["Locations"][2]["Calendar"] = "rest"


def issues_at_a_place_that_rests(given: Book, plan: Book) -> None:
    given["Calendars"] = [WEEK_TWO]
    given["Locations"][3]["Calendar"] = "rest"


def leaves_without_a_departure_day(given: Book, plan: Book) -> None:
    given["Calendars"] = [{**WEEK_TWO, "Calendar": "boat", "Open": "Y"}]
    given["Lanes"][1]["Departure Days"] = "boat"


def a_limit_of_fewer_working_days(given: Book, plan: Book) -> None:
    half = {**WEEK_TWO, "Calendar": "half", "Open": "Y", "Factor": 0.5}
    given["Calendars"] = [half]
    given["Capacity"][1] |= {"Per": "day", "Limit": 650 / 7, "Calendar": "half"}


def orders_where_the_supplier_rests(given: Book, plan: Book) -> None:
    given["Calendars"] = [{**WEEK_TWO, "Date From": "2026-01-05", "Date To": "2026-01-11"}]
    given["Locations"][0]["Calendar"] = "rest"


def demand_meant_in_cases(given: Book, plan: Book) -> None:
    given["Units"] = [{"Product": "*", "Unit": "box", "Per Base": 6}]
    given["Demand"][0]["Unit"] = "box"


def stock_meant_in_pallets(given: Book, plan: Book) -> None:
    given["Products"][0]["Units Per Pallet"] = 40
    given["OpeningStock"][1]["Quantity"] = "2 托"


def supply_meant_in_pallets(given: Book, plan: Book) -> None:
    given["Products"][0]["Units Per Pallet"] = 40
    given["Supply"][0] |= {"Max": 1.25, "Unit": "pallet"}


def freight_in_another_currency(given: Book, plan: Book) -> None:
    given["Currency"] = [{"Currency": "USD", "Rate": 7}]
    given["Lanes"][1]["Currency"] = "USD"


def prices_in_another_currency(given: Book, plan: Book) -> None:
    given["Currency"] = [{"Currency": "USD", "Rate": 7}]
    given["Products"][0]["Currency"] = "USD"


def money_in_thousands(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "money_unit", "Value": "千"})
    given["Supply"][0]["Unit Cost"] = "8元"


CALENDAR_FAULTS = {
    ships_to_a_place_that_rests: "lanes",
    issues_at_a_place_that_rests: "places",
    leaves_without_a_departure_day: "lanes",
    a_limit_of_fewer_working_days: "capacity",
    orders_where_the_supplier_rests: "supply",
    demand_meant_in_cases: "demand",
    stock_meant_in_pallets: "opening",
    supply_meant_in_pallets: "supply",
    freight_in_another_currency: "costs",
    prices_in_another_currency: "costs",
    money_in_thousands: "costs",
}
