"""Terms of transfers that a right plan of another input breaks: S1 sends 8 to S2 in W1."""

from planted_flows import Book


def donor_below_its_minimum(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Donor Min Qty"] = 13


def donor_below_its_days(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Donor Min Days"] = 7


def transfer_too_small(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Min Qty"] = 9


def transfer_worth_too_little(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Min Value"] = 81


def more_moves_than_allowed(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Max Moves"] = 0
    given["TransferRules"].insert(0, {"From": "S2", "To": "S1"})


def receiver_not_short(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Only If Shortage"] = "Y"
    given["Demand"][1]["W1"] = 0
    row = next(r for r in plan["Service"] if r["Location"] == "S2" and r["Period"] == "W1")
    row.update({"Demand": 0, "Issued": 0, "On Time": 0, "Backlog": 0})
    stock = next(r for r in plan["Inventory"] if r["Location"] == "S2" and r["Period"] == "W1")
    given["OpeningStock"].append({"Location": "S2", "Product": "P1", "Quantity": 3})
    stock.update(Opening=3, Issued=0, Closing=11)


def sent_on_too_soon(given: Book, plan: Book) -> None:
    given["TransferRules"].append({"From": "S2", "To": "S1", "Cooldown": 1})
    given["InTransit"] = [
        {"From": "S2", "To": "S1", "Product": "P1", "Quantity": 1, "Due Date": "2026-01-05"}
    ]


def move_not_charged(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Move Cost"] = 4


TRANSFER_FAULTS = {
    donor_below_its_minimum: "transfer terms",
    donor_below_its_days: "transfer terms",
    transfer_too_small: "transfer terms",
    transfer_worth_too_little: "transfer terms",
    more_moves_than_allowed: "transfer terms",
    receiver_not_short: "transfer terms",
    sent_on_too_soon: "transfer terms",
    move_not_charged: "costs",
}
