"""Goods used beyond their life, scrapped without need, or replenished after their end."""

from planted_flows import Book, flow, row, stock


def _alive(given: Book, **more: object) -> None:
    """A life that the plan keeps: nothing in it is older than three weeks."""
    given["Products"][0].update({"Shelf Life": 60, **more})


def sold_when_expired(given: Book, plan: Book) -> None:
    given["Products"][0]["Shelf Life"] = 14


def lot_expired_before(given: Book, plan: Book) -> None:
    _alive(given)
    given["OpeningStock"][1]["Expiry Date"] = "2026-01-10"


def class_gets_older_goods_than_it_takes(given: Book, plan: Book) -> None:
    _alive(given)
    given["ServiceClasses"][0]["Min Remaining Life"] = 60


def class_gets_a_smaller_share_of_life(given: Book, plan: Book) -> None:
    _alive(given)
    given["ServiceClasses"][0]["Min Life Share"] = "0.9"


def sold_before_it_is_mature(given: Book, plan: Book) -> None:
    _alive(given, Maturation=15)
    for lot in given["OpeningStock"]:
        lot["Received Date"] = "2026-01-04"


def remaining_life_forgotten(given: Book, plan: Book) -> None:
    _alive(given)
    given["Supply"][0]["Remaining Life"] = 10


def scrapped_alive(given: Book, plan: Book) -> None:
    _alive(given)
    stock(plan, "DC", "W3").update(Scrapped=5, Closing=15)


def expired_and_kept(given: Book, plan: Book) -> None:
    _alive(given)
    given["OpeningStock"].append(
        {"Location": "S2", "Product": "P1", "Quantity": 3, "Expiry Date": "2026-01-11"}
    )
    for when, closing in (("W1", 3), ("W2", 3), ("W3", 3)):
        stock(plan, "S2", when).update(Opening=3, Closing=closing)


def ages_do_not_add_up(given: Book, plan: Book) -> None:
    _alive(given)
    flow(plan, "DC", "S1", "W2")["Expiry"] = "2026-03-05: 39"


def shipped_younger_than_it_came(given: Book, plan: Book) -> None:
    _alive(given)
    flow(plan, "DC", "S1", "W1")["Expiry"] = "2027-01-01: 50"


def age_that_is_no_day(given: Book, plan: Book) -> None:
    _alive(given)
    flow(plan, "DC", "S1", "W1")["Expiry"] = "soon: 50"


def expiring_made_up(given: Book, plan: Book) -> None:
    _alive(given)
    stock(plan, "DC", "W1")["Expiring"] = 7


def scrap_without_a_life(given: Book, plan: Book) -> None:
    stock(plan, "DC", "W3").update(Scrapped=5, Closing=15)


def scrap_not_paid(given: Book, plan: Book) -> None:
    _alive(given, **{"Scrap Cost": 4})
    stock(plan, "DC", "W3").update(Scrapped=5, Closing=15)


def sent_after_the_end_of_life(given: Book, plan: Book) -> None:
    given["Products"][0].update({"Lifecycle": "phase-out", "End Of Life": "2026-01-06"})


def bought_after_the_end_of_life(given: Book, plan: Book) -> None:
    given["Products"][0].update({"Lifecycle": "phase-out", "End Of Life": "2026-01-13"})


def target_after_the_end_of_life(given: Book, plan: Book) -> None:
    given["Products"][0]["End Of Life"] = "2026-01-20"
    row(plan, "Inventory", Location="S1", Period="W3").update(Target=5)


LIFE_FAULTS = {
    sold_when_expired: "life",
    lot_expired_before: "life",
    class_gets_older_goods_than_it_takes: "life",
    class_gets_a_smaller_share_of_life: "life",
    sold_before_it_is_mature: "life",
    remaining_life_forgotten: "life",
    scrapped_alive: "life",
    expired_and_kept: "life",
    ages_do_not_add_up: "life",
    shipped_younger_than_it_came: "life",
    age_that_is_no_day: "life",
    expiring_made_up: "target figures",
    scrap_without_a_life: "moves",
    scrap_not_paid: "costs",
    sent_after_the_end_of_life: "lanes",
    bought_after_the_end_of_life: "supply",
    target_after_the_end_of_life: "target figures",
}
