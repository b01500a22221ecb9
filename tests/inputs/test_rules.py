"""Which row sets a value, and which rows it beat, worked out by hand."""

from retail import WEEKS, Rows, built, demand
from told_rules import targets, told

from tierstock.inputs import read
from tierstock.inputs.rules import rules_in_effect


def test_the_exact_row_beats_the_group_and_the_group_beats_the_star() -> None:
    net = built(
        StockTargets=targets(("*", "*", "", 5), ("Tier=store", "*", "", 7), ("S1", "A", "", 14))
    )

    assert told(net, "S1", "A", starts="StockTargets Safety") == [
        ("StockTargets Safety Stock", "14", "StockTargets", 4, "row 3 (7), row 2 (5)")
    ]
    assert told(net, "S2", "B", starts="StockTargets Safety") == [
        ("StockTargets Safety Stock", "7", "StockTargets", 3, "row 2 (5)")
    ]
    assert told(net, "DC", "B", starts="StockTargets Safety") == [
        ("StockTargets Safety Stock", "5", "StockTargets", 2, "")
    ]


def test_a_blank_inherits_and_beats_nothing() -> None:
    columns = "Location,Product,Safety Stock,Max Stock"
    net = built(StockTargets=targets(("*", "*", 5, 90), ("S1", "*", None, 60), columns=columns))

    assert told(net, "S1", "A", starts="StockTargets Safety") == [
        ("StockTargets Safety Stock", "5", "StockTargets", 2, "")
    ]
    assert told(net, "S1", "A", starts="StockTargets Max") == [
        ("StockTargets Max Stock", "60", "StockTargets", 3, "row 2 (90)")
    ]


def test_periods_with_one_winner_are_told_together() -> None:
    net = built(
        StockTargets=targets(
            ("*", "*", "", 5), ("S1", "*", WEEKS[1], 9), ("*", "A", f"{WEEKS[1]}..{WEEKS[2]}", 3)
        )
    )

    assert told(net, "S1", "A", starts="StockTargets Safety") == [
        ("StockTargets Safety Stock (2026-W02, 2026-W05)", "5", "StockTargets", 2, ""),
        ("StockTargets Safety Stock (2026-W03)", "9", "StockTargets", 3, "row 4 (3), row 2 (5)"),
        ("StockTargets Safety Stock (2026-W04)", "3", "StockTargets", 4, "row 2 (5)"),
    ]


def test_a_row_beaten_in_some_periods_only_names_them() -> None:
    net = built(StockTargets=targets(("*", "*", WEEKS[0], 5), ("S1", "*", "", 9)))

    assert told(net, "S1", "A", starts="StockTargets Safety") == [
        ("StockTargets Safety Stock", "9", "StockTargets", 3, "row 2 (5, 2026-W02)")
    ]


def test_of_two_measures_the_one_that_asks_for_more_is_in_force() -> None:
    columns = "Location,Product,Safety Stock,Safety Days,Max Stock,Max Days"
    net = built(
        Demand=demand("S1", "A", 7, 7, 14, 14),
        StockTargets=targets(
            ("S1", "*", 12.0, None, 20.0, None), ("*", "A", None, 7.0, None, 21.0), columns=columns
        ),
    )

    at = "StockTargets safety stock in force, units"
    assert told(net, "S1", "A", starts=at) == [
        (f"{at} (2026-W02, 2026-W05)", "12", "StockTargets", 2, "Safety Days row 3 (7)"),
        (f"{at} (2026-W03–2026-W04)", "14", "StockTargets", 3, "Safety Stock row 2 (12)"),
    ]
    at = "StockTargets maximum in force, units"
    assert told(net, "S1", "A", starts=at) == [(at, "20", "StockTargets", 2, "Max Days row 3 (21)")]


def test_limits_hold_together_and_none_beats_another() -> None:
    limits = [
        {"Location": "S1", "Kind": "storage", "Dimension": "unit", "Limit": 500.0},
        {"Location": "Tier=store", "Kind": "storage", "Dimension": "unit", "Limit": 800.0},
        {"Location": "DC", "Kind": "outbound", "Dimension": "unit", "Limit": 90.0, "Per": "bucket"},
    ]
    net = built(Capacity=limits)

    assert told(net, "S1", "A", starts="Capacity") == [
        ("Capacity Limit (storage, unit)", "500", "Capacity", 2, ""),
        ("Capacity Limit (storage, unit)", "800", "Capacity", 3, ""),
    ]
    everywhere = rules_in_effect(net, language="en")
    mine = everywhere[everywhere["Sheet"] == "Capacity"]
    assert list(zip(mine["Location"], mine["Value"], strict=True)) == [
        ("DC", "90"),
        ("S1", "500"),
        ("S1", "800"),
        ("S2", "800"),
    ]


def test_a_zone_limit_is_told_for_products_of_the_zone_only() -> None:
    products = [
        {"Product": "A", "Unit Value": 10.0, "Zone": "cool"},
        {"Product": "B", "Unit Value": 4.0},
    ]
    limit = {"Location": "S1", "Zone": "cool", "Kind": "storage", "Dimension": "unit", "Limit": 9.0}
    net = built(
        Products=products, Capacity=[limit], Demand=demand("S1", "A", 1) + demand("S1", "B", 1)
    )

    assert told(net, "S1", "A", starts="Capacity") == [
        ("Capacity Limit (cool, storage, unit)", "9", "Capacity", 2, "")
    ]
    assert told(net, "S1", "B", starts="Capacity") == []


def test_terminal_rows_hold_where_they_speak_and_the_setting_elsewhere() -> None:
    net = built(
        Settings=[{"Setting": "terminal_rule", "Value": "cover"}],
        Terminal=[
            {"Location": "S1", "Rule": "cover", "Days": 9.0},
            {"Location": "DC", "Rule": "none"},
        ],
    )

    assert told(net, "S1", "A", starts="Terminal") == [
        ("Terminal Days (cover)", "9", "Terminal", 2, "")
    ]
    assert told(net, "DC", "A", starts="Terminal") == [("Terminal Rule", "none", "Terminal", 3, "")]
    assert told(net, "S1", "A", starts="Settings") == []
    assert told(net, "S2", "B", starts="Settings") == [
        ("Settings terminal_rule", "cover", "Settings", 2, ""),
        ("Settings terminal_days", "14", "default", None, ""),
    ]


def test_a_cost_of_stock_beats_the_setting_and_the_product() -> None:
    net = built(
        Settings=[{"Setting": "carrying_rate", "Value": "20%"}],
        StockCosts=[{"Location": "S1", "Carrying Rate": 0.3, "Unit Value": 12.0}],
    )

    assert told(net, "S1", "A", starts="StockCosts")[::2] == [
        ("StockCosts Carrying Rate", "30%", "StockCosts", 2, "Settings row 2 (20%)"),
        ("StockCosts Unit Value", "12", "StockCosts", 2, "Products row 2 (10)"),
    ]
    assert told(net, "S2", "B", starts="StockCosts") == [
        ("StockCosts Carrying Rate", "20%", "Settings", 2, ""),
        ("StockCosts Holding Cost", "0.015342", "default", None, ""),
        ("StockCosts Unit Value", "4", "Products", 3, ""),
    ]


def test_a_setting_given_beside_the_tables_says_so() -> None:
    net = built()
    source = net.source
    assert not isinstance(source, str)
    changed = read(source, settings={"carrying_rate": "15%"})

    assert told(changed, "S1", "A", starts="StockCosts Carrying") == [
        ("StockCosts Carrying Rate", "15%", "--set", None, "")
    ]


def test_a_lane_is_told_at_both_ends_of_it() -> None:
    net = built()

    assert told(net, "S1", "A", starts="Lanes") == [
        ("Lanes Lead Time (DC→S1)", "7", "Lanes", 3, ""),
        ("Lanes Unit Cost (DC→S1)", "2", "Lanes", 3, ""),
    ]
    assert {line[0] for line in told(net, "DC", "A", starts="Lanes Lead")} == {
        "Lanes Lead Time (DC→S1)",
        "Lanes Lead Time (DC→S2)",
        "Lanes Lead Time (SUP→DC)",
    }


def test_a_window_of_a_lane_is_told_as_its_periods() -> None:
    net = built(
        Lanes=[
            {"From": "SUP", "To": "DC", "Lead Time": 7.0},
            {"From": "DC", "To": "Tier=store", "Lead Time": 7.0, "Unit Cost": 2.0},
            {"From": "DC", "To": "S1", "Lead Time": 0.0, "Active From": "2026-01-19"},
        ]
    )

    assert told(net, "S1", "A", starts="Lanes Lead") == [
        ("Lanes Lead Time (DC→S1, 2026-W02–2026-W03)", "7", "Lanes", 3, ""),
        ("Lanes Lead Time (DC→S1, 2026-W04–2026-W05)", "0", "Lanes", 4, "row 3 (7)"),
    ]


TRANSFERS: Rows = [
    {"From": "SUP", "To": "DC", "Lead Time": 7.0},
    {"From": "DC", "To": "Tier=store", "Lead Time": 7.0},
    {"From": "S1", "To": "S2", "Lead Time": 0.0},
    {"From": "S2", "To": "S1", "Lead Time": 0.0},
]


def test_a_rule_of_transfers_is_told_where_it_closes_a_lane_too() -> None:
    rules = [
        {"From": "S1", "To": "*", "Product": "*", "Allowed": ""},
        {"From": "S1", "To": "*", "Product": "A", "Allowed": "N"},
    ]
    net = built(Lanes=TRANSFERS, TransferRules=rules, Demand=demand("S2", "A", 1, 1))

    assert told(net, "S1", "A", starts="TransferRules") == [
        ("TransferRules Allowed (S1→S2)", "N", "TransferRules", 3, "row 2 (Y)"),
        ("TransferRules Allowed (S2→S1)", "N", "default", None, ""),
    ]


def test_supply_is_told_in_the_unit_its_row_names() -> None:
    products = [{"Product": "A", "Unit Value": 10.0, "Units Per Case": 6.0}]
    supply = [
        {"Location": "DC", "Product": "*", "Max": 90.0, "Unit": "", "Unit Cost": 3.0},
        {"Location": "DC", "Product": "A", "Max": 5.0, "Unit": "case", "Unit Cost": None},
    ]
    net = built(Products=products, Supply=supply, Demand=demand("S1", "A", 1))

    assert told(net, "DC", "A", starts="Supply") == [
        ("Supply Max", "5 case", "Supply", 3, "row 2 (90)"),
        ("Supply Unit Cost", "3", "Supply", 2, ""),
    ]
    assert set(net.supply.most[0]) == {30.0}
