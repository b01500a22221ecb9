"""Orders and shipments that break lots and quotas of another input, planted in one study."""

from planted_flows import Book


def orders_less_than_the_least(given: Book, plan: Book) -> None:
    given["Supply"][0]["MOQ"] = 61


def orders_no_whole_lot(given: Book, plan: Book) -> None:
    given["Supply"][0]["Order Multiple"] = "7"


def orders_no_whole_pallet(given: Book, plan: Book) -> None:
    given["Products"][0]["Units Per Pallet"] = 7
    given["Supply"][0]["Order Multiple"] = "托"


def ships_no_whole_lot(given: Book, plan: Book) -> None:
    given["Lanes"][1]["Order Multiple"] = 7


def buys_less_than_the_quota(given: Book, plan: Book) -> None:
    given["Supply"] += [{"Location": "DC", "Product": "P1", "Share Min": "10%"}]


def buys_more_than_the_quota(given: Book, plan: Book) -> None:
    given["Supply"][0]["Share Max"] = 0.5


def arrives_after_the_horizon(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "allow_after_horizon", "Value": "N"})


def orders_for_the_time_after_the_horizon(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "allow_after_horizon", "Value": "N"})
    given["Locations"][0]["Holds Stock"] = "Y"
    given["Supply"][0]["Lead Time"] = 7


def an_order_charged_by_no_share(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "integrality_horizon", "Value": 0})
    given["Supply"][0]["Fixed Cost"] = 40


LOT_FAULTS = {
    orders_less_than_the_least: "lots",
    orders_no_whole_lot: "lots",
    orders_no_whole_pallet: "lots",
    ships_no_whole_lot: "lots",
    buys_less_than_the_quota: "quotas",
    buys_more_than_the_quota: "quotas",
    arrives_after_the_horizon: "lanes",
    orders_for_the_time_after_the_horizon: "supply",
    an_order_charged_by_no_share: "costs",
}
