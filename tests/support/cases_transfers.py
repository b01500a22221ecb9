"""Transfers between warehouses: what the donor keeps, cooldown, moves (F18)."""

from families import TEA, Case, stock
from small import Rows, demand

CUP = {"Product": "cup", "Unit Value": 0, "Shortage Cost": 100}
THREE: Rows = [{"Location": code, "Tier": "RDC"} for code in ("R1", "R2", "R3")]


def between(*pairs: str, **more: object) -> Rows:
    """Transfer lanes such as ``R1 R2`` without lead time."""
    return [
        {"From": pair[:2], "To": pair[3:], "Lead Time": 0, "Unit Cost": 1, **more} for pair in pairs
    ]


def rule(**more: object) -> dict[str, object]:
    return {"From": "*", "To": "*", **more}


CASES: dict[str, Case] = {
    "transfer_cover": Case(
        {
            "Locations": THREE[:2],
            "Products": TEA,
            "Lanes": between("R1 R2"),
            "Demand": demand("R1", "tea", 1, 1, 1) + demand("R2", "tea", 4, 4, 4),
            "OpeningStock": [stock("R1", 20)],
            "TransferRules": [rule(**{"Donor Min Qty": 14})],
        },
        705.0,
        "R1 has 19 after the first sale and may send 5, for 1 each. Then it is at 14 and the next "
        "sale brings it below: 7 of 12 are lost.",
    ),
    "transfer_days": Case(
        {
            "Locations": THREE[:2],
            "Products": TEA,
            "Lanes": between("R1 R2"),
            "Demand": demand("R1", "tea", 2, 2, 6) + demand("R2", "tea", 9, 0, 0),
            "OpeningStock": [stock("R1", 14)],
            "TransferRules": [rule(**{"Donor Min Days": 2, "Donor Min Qty": 3})],
        },
        504.0,
        "The two days after the first want 8, more than 3: of 12 left only 4 go; 5 are lost.",
    ),
    "transfer_cooldown": Case(
        {
            "Locations": THREE,
            "Products": TEA,
            "Lanes": between("R1 R2", "R2 R3"),
            "Demand": demand("R3", "tea", 5, 0, 5),
            "OpeningStock": [stock("R1", 10)],
            "TransferRules": [rule(Cooldown=1)],
        },
        510.0,
        "R2 receives in period 1 and may send on in period 3: 5 are lost, 5 go twice for 1 each.",
    ),
    "transfer_cooldown_order": Case(
        {
            "Locations": THREE,
            "Products": TEA,
            "Lanes": between("R1 R2", "R2 R3", **{"Unit Cost": 0}),
            "Demand": demand("R2", "tea", 0, 3) + demand("R3", "tea", 5, 0),
            "OpeningStock": [stock("R2", 5)],
            "InTransit": [
                {
                    "From": "R1",
                    "To": "R2",
                    "Product": "tea",
                    "Quantity": 5,
                    "Due Date": "2026-01-05",
                    "Firm": "N",
                    "Order No": "T1",
                }
            ],
            "TransferRules": [rule(Cooldown=1)],
        },
        300.0,
        "With the order R2 may not send and R3 loses 5; without it R2 loses 3. It is cancelled.",
    ),
    "transfer_cooldown_firm": Case(
        {
            "Locations": THREE,
            "Products": TEA,
            "Lanes": between("R1 R2", "R2 R3", **{"Unit Cost": 0}),
            "Demand": demand("R3", "tea", 5, 2),
            "OpeningStock": [stock("R2", 5)],
            "InTransit": [
                {
                    "From": "R1",
                    "To": "R2",
                    "Product": "tea",
                    "Quantity": 1,
                    "Due Date": "2026-01-05",
                }
            ],
            "TransferRules": [rule(Cooldown=1)],
        },
        700.0,
        "What comes to R2 by the firm order shuts it for both days: all 7 are lost.",
    ),
    "transfer_shortage": Case(
        {
            "Locations": THREE[:2],
            "Products": TEA,
            "Lanes": between("R1 R2", **{"Unit Cost": 0}),
            "Demand": demand("R2", "tea", 0, 4),
            "OpeningStock": [stock("R1", 10), stock("R2", 5)],
            "StockTargets": [{"Location": "R2", "Safety Stock": 3, "Penalty": 0}],
            "StockCosts": [
                {"Location": "R1", "Holding Cost": 2},
                {"Location": "R2", "Holding Cost": 0},
            ],
            "TransferRules": [rule(**{"Only If Shortage": "Y"})],
        },
        20.0,
        "R2 has 5 where 3 are wanted: nothing may go in period 1 and R1 holds 10 for 2 each. The "
        "sale of period 2 leaves 1, so all may go.",
    ),
    "transfer_shortage_hub": Case(
        {
            "Locations": THREE,
            "Products": TEA,
            "Lanes": between("R1 R2", "R2 R3", **{"Unit Cost": 0}),
            "Demand": demand("R3", "tea", 9),
            "OpeningStock": [stock("R1", 10), stock("R2", 5)],
            "StockTargets": [{"Location": "R2", "Safety Stock": 3, "Penalty": 0}],
            "TransferRules": [rule(**{"Only If Shortage": "Y"})],
        },
        400.0,
        "Without transfers R2 has 5, more than 3, so it may not receive what it would pass on.",
    ),
    "move_quantity": Case(
        {
            "Locations": THREE[:2],
            "Products": TEA,
            "Lanes": between("R1 R2"),
            "Demand": demand("R2", "tea", 2),
            "OpeningStock": [stock("R1", 20)],
            "TransferRules": [rule(**{"Min Qty": 6, "Move Cost": 5})],
        },
        11.0,
        "6 go for 1 each and 5 for the move, though only 2 are wanted.",
    ),
    "move_value": Case(
        {
            "Locations": THREE[:2],
            "Products": [
                {"Product": "tea", "Unit Value": 10, "Shortage Cost": 100},
                {"Product": "cup", "Unit Value": 4, "Shortage Cost": 100},
            ],
            "Lanes": between("R1 R2"),
            "Demand": demand("R2", "tea", 1) + demand("R2", "cup", 1),
            "OpeningStock": [stock("R1", 20), stock("R1", 20) | {"Product": "cup"}],
            "StockCosts": [{"Location": "*", "Holding Cost": 0}],
            "TransferRules": [rule(**{"Min Value": 34, "Count By": "order"})],
        },
        4.0,
        "One order worth 34: 3 teas and 1 cup, 4 units for 1 each.",
    ),
    "move_limit": Case(
        {
            "Locations": THREE,
            "Products": [*TEA, CUP],
            "Lanes": between("R1 R2", "R1 R3", **{"Unit Cost": 0}),
            "Demand": demand("R2", "tea", 2) + demand("R2", "cup", 2) + demand("R3", "tea", 3),
            "OpeningStock": [stock("R1", 20), stock("R1", 20) | {"Product": "cup"}],
            "TransferRules": [rule(**{"Max Moves": 1, "Count By": "order"})],
        },
        300.0,
        "One order: to R2 with both products (4 units), and R3 loses 3.",
    ),
    "move_limit_part": Case(
        {
            "Locations": THREE,
            "Products": [*TEA, CUP],
            "Lanes": between("R1 R2", "R1 R3", **{"Unit Cost": 0}),
            "Demand": demand("R2", "tea", 2)
            + demand("R2", "cup", 2)
            + demand("R3", "tea", 3)
            + demand("R3", "cup", 1),
            "OpeningStock": [stock("R1", 20), stock("R1", 20) | {"Product": "cup"}],
            "TransferRules": [
                rule(**{"Count By": "order", "Move Cost": 7}),
                rule(**{"Product": "cup", "Max Moves": 1}),
            ],
        },
        114.0,
        "Both orders go for 7 each; cups may be in one of them only: R3 loses its cup.",
    ),
    "move_modes": Case(
        {
            "Locations": THREE[:2],
            "Products": [*TEA, CUP],
            "Lanes": between("R1 R2", **{"Max Shipment": 3})
            + between("R1 R2", **{"Mode": "air", "Unit Cost": 4}),
            "Demand": demand("R2", "tea", 5) + demand("R2", "cup", 1),
            "OpeningStock": [stock("R1", 20), stock("R1", 20) | {"Product": "cup"}],
            "TransferRules": [rule(**{"Max Moves": 1})],
        },
        111.0,
        "Tea by road (3 for 1 each) and by air (2 for 4) is one move; the cup is lost.",
    ),
}
