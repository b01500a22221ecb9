"""Networks at the corners of the families: where bounds, limits and orders meet."""

from families import TEA, TWO, Case, lane, stock
from small import demand

CORNERS: dict[str, Case] = {
    "owed_departure": Case(
        {
            "Locations": [{"Location": "SUP", "Tier": "supplier"}, *TWO[1:]],
            "Products": TEA,
            "Lanes": [{"From": "SUP", "To": "S1", "Lead Time": 0, "Fixed Cost": 5}],
            "Demand": demand("S1", "tea", 40, 0, Class="shop"),
            "Supply": [
                {"Location": "SUP", "Product": "tea", "Period": "1", "Max": 0},
                {"Location": "SUP", "Product": "tea", "Period": "2", "Max": 90},
            ],
            "ServiceClasses": [
                {"Class": "shop", "Mode": "backorder", "Backorder Cost": 1, "Lost Cost": 100}
            ],
        },
        45.0,
        "40 wait a day for 1 each and come with one departure for 5.",
    ),
    "forced_lots": Case(
        {
            "Locations": [*TWO, {"Location": "S2", "Tier": "store"}],
            "Products": TEA,
            "Lanes": [
                {"From": "DC", "To": "S1", "Lead Time": 0, "Min Shipment": 50},
                {"From": "DC", "To": "S2", "Lead Time": 0, "Min Shipment": 50},
            ],
            "Demand": demand("S1", "tea", 10) + demand("S2", "tea", 10),
            "Supply": [{"Location": "DC", "Product": "tea", "Fixed Cost": 5}],
        },
        5.0,
        "One order of 100 serves both stores with their least shipment of 50.",
    ),
    "cancel_part": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Demand": demand("S1", "tea", 0, 30),
            "OpeningStock": [stock("DC", 12)],
            "InTransit": [
                {
                    "From": "DC",
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 30,
                    "Ship Date": "2026-01-05",
                    "Due Date": "2026-01-06",
                    "Firm": "N",
                }
            ],
        },
        1800.0,
        "Only 12 of the 30 are there to leave; 18 are cancelled and lost.",
    ),
    "excess": Case(
        {
            "Locations": TWO,
            "Products": [*TEA, {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}],
            "Lanes": lane(**{"Unit Cost": 1, "Max Shipment": 10}),
            "Demand": demand("S1", "tea", 0, 0),
            "OpeningStock": [stock("DC", 100), stock("DC", 100) | {"Product": "cup"}],
            "StockTargets": [{"Location": "DC", "Max Stock": 50, "Hardness": "hard"}],
        },
        20.0,
        "200 lie where 100 may: the lane takes 10 a day away, and does so both days.",
    ),
    "must": Case(
        {
            "Locations": TWO,
            "Products": TEA,
            "Lanes": lane(**{"Unit Cost": 1, "Lead Time": 1}),
            "Demand": demand("S1", "tea", 5, 5, Class="A"),
            "OpeningStock": [stock("DC", 20)],
            "ServiceClasses": [{"Class": "A", "Mode": "must", "Lost Cost": 30}],
        },
        155.0,
        "Nothing can be there on the first day: 5 x 30. The second day is served for 5.",
    ),
    "safety_stock_kept": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 30, 30, 30),
            "OpeningStock": [stock("S1", 100)],
            "StockTargets": [{"Location": "S1", "Safety Stock": 50, "Hardness": "hard"}],
        },
        4000.0,
        "50 of 100 have to stay, 50 of 90 are sold: 40 x 100.",
    ),
    "dock": Case(
        {
            "Locations": [{"Location": "SUP", "Tier": "supplier"}, *TWO],
            "Products": TEA,
            "Lanes": [
                {"From": "SUP", "To": "DC", "Lead Time": 1, "Yield": 0.5},
                *lane(),
            ],
            "Demand": demand("S1", "tea", 0, 10),
            "Capacity": [{"Location": "DC", "Kind": "dock", "Dimension": "unit", "Limit": 8}],
        },
        600.0,
        "On the second day 4 good units come in and 4 go out; 6 are lost.",
    ),
    "issues": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 5, 5, Class="shop"),
            "OpeningStock": [stock("S1", 20)],
            "Capacity": [{"Location": "S1", "Kind": "outbound", "Dimension": "unit", "Limit": 3}],
            "ServiceClasses": [
                {"Class": "shop", "Mode": "backorder", "Backorder Cost": 1, "Lost Cost": 100}
            ],
        },
        406.0,
        "3 a day are handed out: 2 wait one night, 4 the last and are charged as lost besides.",
    ),
    "terminal_short": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 1, 1),
            "OpeningStock": [stock("S1", 4)],
            "Terminal": [{"Rule": "cover", "Days": 4, "Level": "location", "Penalty": 5}],
        },
        10.0,
        "2 of the wanted 4 are left.",
    ),
    "terminal_ordered": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 1),
            "OpeningStock": [stock("S1", 1)],
            "Supply": [{"Location": "S1", "Product": "tea", "Unit Cost": 3, "Lead Time": 1}],
            "Terminal": [{"Rule": "cover", "Days": 2, "Level": "location", "Penalty": 5}],
        },
        6.0,
        "2 are ordered for 3 each and arrive after the horizon, where they count.",
    ),
    "terminal_cancelled": Case(
        {
            "Locations": TWO[1:],
            "Products": TEA,
            "Demand": demand("S1", "tea", 1),
            "OpeningStock": [stock("S1", 1)],
            "InTransit": [
                {
                    "To": "S1",
                    "Product": "tea",
                    "Quantity": 5,
                    "Due Date": "2026-01-07",
                    "Firm": "N",
                }
            ],
            "Supply": [{"Location": "S1", "Product": "tea", "Unit Cost": 3, "Max": 0}],
            "Terminal": [{"Rule": "cover", "Days": 2, "Level": "location", "Penalty": 5}],
        },
        -9.0,
        "2 of the 5 on order are wanted at the end; 3 are cancelled and save 3 each.",
    ),
    "fleet": Case(
        {
            "Locations": [*TWO, {"Location": "S2", "Tier": "store"}],
            "Products": [TEA[0] | {"Weight": 1}],
            "Lanes": [
                {"From": "DC", "To": "S1, S2", "Lead Time": 0, "Vehicle": "van"},
            ],
            "Demand": demand("S1", "tea", 5) + demand("S2", "tea", 5),
            "OpeningStock": [stock("DC", 20)],
            "Vehicles": [{"Vehicle": "van", "Max Weight": 5, "Fleet": 1, "Home": "DC"}],
        },
        500.0,
        "The one van serves one of the stores.",
    ),
    "min_fill": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Weight": 1}],
            "Lanes": lane(Vehicle="van"),
            "Demand": demand("S1", "tea", 5, 5),
            "OpeningStock": [stock("DC", 20)],
            "StockCosts": [{"Location": "S1", "Holding Cost": 1}],
            "Vehicles": [{"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 1, "Min Fill": 0.8}],
        },
        6.0,
        "A van takes 8 at least: all 10 on the first day for 1, 5 of them lie over night.",
    ),
    "min_fill_mix": Case(
        {
            "Locations": TWO,
            "Products": [TEA[0] | {"Weight": 1}],
            "Lanes": lane(Vehicle="van, box"),
            "Demand": demand("S1", "tea", 5, 5),
            "OpeningStock": [stock("DC", 20)],
            "StockCosts": [{"Location": "S1", "Holding Cost": 1}],
            "Vehicles": [
                {"Vehicle": "van", "Max Weight": 10, "Cost Per Trip": 1, "Min Fill": 0.8},
                {"Vehicle": "box", "Max Weight": 10, "Cost Per Trip": 4},
            ],
        },
        6.0,
        "A box each day is 8; one van with all 10 is 1 and 5 for the night.",
    ),
}
