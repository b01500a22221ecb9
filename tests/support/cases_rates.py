"""Networks with freight by bracket, solved by hand."""

from families import TWO, Case, lane, stock
from small import Rows, demand

TEA: Rows = [{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100, "Weight": 1, "Volume": 2}]


def bracket(low: float, rate: float, **more: object) -> dict[str, object]:
    return {"From": "DC", "To": "S1", "Bracket From": low, "Rate": rate, **more}


def network(quantity: float, *rates: dict[str, object], **more: Rows) -> dict[str, Rows]:
    return {
        "Locations": TWO,
        "Products": TEA,
        "Lanes": lane(**{"Unit Cost": 50}),
        "Demand": demand("S1", "tea", quantity),
        "OpeningStock": [stock("DC", 99)],
        "Rates": list(rates),
        **more,
    }


CASES: dict[str, Case] = {
    "rates_rising": Case(
        network(30, bracket(0, 1), bracket(10, 2), bracket(20, 4)),
        70.0,
        "10 for 1, 10 for 2, 10 for 4 each; the Unit Cost of the lane is replaced.",
    ),
    "rates_falling": Case(
        network(30, bracket(0, 4, Fixed=5), bracket(10, 2), bracket(20, 1, Fixed=3)),
        78.0,
        "10 for 4, 10 for 2, 10 for 1 each, and 5 + 3 fixed.",
    ),
    "rates_all_unit": Case(
        network(
            8,
            bracket(0, 4, Rule="all-unit"),
            bracket(10, 2, Rule="all-unit", Fixed=1),
            StockCosts=[{"Location": "S1", "Holding Cost": 1}],
        ),
        23.0,
        "10 for 2 each and 1 fixed are cheaper than 8 for 4 each: 21, and 2 lie over night for 1.",
    ),
    "rates_part_load": Case(
        network(
            23,
            bracket(0, 6, Rule="LTL-to-FTL"),
            bracket(0, 40, Basis="trip"),
            Lanes=lane(**{"Unit Cost": 50, "Vehicle": "van"}),
            Vehicles=[{"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 99, "Min Fill": 0.9}],
        ),
        98.0,
        "Two vans for 40 carry 20, 3 go as part load for 6 each; a third van would be 40.",
    ),
    "rates_two_vans": Case(
        network(
            11,
            bracket(0, 6, Rule="LTL-to-FTL", Basis="m3"),
            Lanes=lane(**{"Vehicle": "van, box"}),
            Vehicles=[
                {"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20},
                {"Vehicle": "box", "Max Volume": 4, "Cost Per Trip": 4},
            ],
        ),
        24.0,
        "A van takes 10 for 20, the last one rides in a box for 4: cheaper than 12 as part load.",
    ),
    "rates_one_bracket": Case(
        network(20, bracket(0, 1, Rule="all-unit"), bracket(10, 5, Rule="all-unit")),
        100.0,
        "All 20 cost 5 each; half of them may not be priced as if alone.",
    ),
    "rates_light_part_load": Case(
        {
            "Locations": TWO,
            "Products": [
                {"Product": "lead", "Unit Value": 0, "Shortage Cost": 99, "Weight": 5, "Volume": 0},
                {"Product": "foam", "Unit Value": 0, "Shortage Cost": 99, "Weight": 1, "Volume": 9},
            ],
            "Lanes": lane(**{"Vehicle": "van"}),
            "Demand": demand("S1", "lead", 1) + demand("S1", "foam", 10),
            "OpeningStock": [
                {"Location": "DC", "Product": "lead", "Quantity": 9},
                {"Location": "DC", "Product": "foam", "Quantity": 99},
            ],
            "Rates": [bracket(0, 6, Rule="LTL-to-FTL", Basis="m3")],
            "Vehicles": [{"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20}],
        },
        20.0,
        "The lead takes no room and goes as part load for nothing; the foam fills a van for 20.",
    ),
    "rates_van_and_part_load": Case(
        network(
            11,
            bracket(0, 1.5, Rule="LTL-to-FTL", Basis="m3"),
            Lanes=lane(**{"Vehicle": "van, box"}),
            Vehicles=[
                {"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 20},
                {"Vehicle": "box", "Max Volume": 4, "Cost Per Trip": 9},
            ],
        ),
        23.0,
        "10 ride in the van for 20, the last one goes as part load for 3, not in a box for 9.",
    ),
}
