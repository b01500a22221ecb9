"""Which row decides the class of a demand, and what being short of it costs."""

from retail import Rows, built, demand
from told_rules import told

CLASSES: Rows = [
    {"Class": "gold", "Channel": "web", "Lost Cost": 40.0},
    {"Class": "iron", "Mode": "backorder", "Backorder Cost": 2.0},
    {"Class": "lead"},
]


def test_the_class_of_a_demand_is_decided_step_by_step() -> None:
    stores = [
        {"Location": "DC", "Tier": "CDC"},
        {"Location": "S1", "Tier": "store", "Class": "iron"},
        {"Location": "S2", "Tier": "store"},
    ]
    products = [
        {"Product": "A", "Unit Value": 10.0, "Class": "lead"},
        {"Product": "B", "Unit Value": 4.0},
    ]
    net = built(
        Locations=stores,
        Products=products,
        ServiceClasses=CLASSES,
        Lanes=[{"From": "DC", "To": "Tier=store", "Lead Time": 7.0}],
        Supply=[{"Location": "DC", "Product": "*"}],
        Demand=demand("S1", "A", 1, 2, Channel="web", Class="lead")
        + demand("S1", "B", 1, Channel="web")
        + demand("S1", "B", 1, Channel="")
        + demand("S2", "A", 1)
        + demand("S2", "B", 1),
    )

    three = "ServiceClasses row 2 (gold), Locations row 3 (iron), Products row 2 (lead)"
    assert told(net, "S1", "A", starts="Demand Class") == [
        ("Demand Class (web)", "lead", "Demand", 2, three)
    ]
    assert told(net, "S1", "B", starts="Demand Class") == [
        ("Demand Class (web)", "gold", "ServiceClasses", 2, "Locations row 3 (iron)"),
        ("Demand Class", "iron", "Locations", 3, ""),
    ]
    assert told(net, "S2", "A", starts="Demand Class") == [
        ("Demand Class", "lead", "Products", 2, "")
    ]
    assert told(net, "S2", "B", starts="Demand Class") == [
        ("Demand Class", "standard", "default", None, "")
    ]


def test_costs_of_being_short_inherit() -> None:
    products = [
        {"Product": "A", "Unit Value": 10.0, "Price": 25.0, "Shortage Cost": 30.0},
        {"Product": "B", "Unit Value": 4.0},
    ]
    rows = demand("S1", "A", 5, 5, Class="gold") + demand("S2", "B", 5, Class="iron")
    rows[1]["Shortage Cost"] = 99.0
    net = built(
        Products=products,
        ServiceClasses=CLASSES,
        Demand=[*rows, *demand("S2", "A", 5, Class="lead"), *demand("S1", "B", 1, Channel="web")],
        Settings=[{"Setting": "shortage_default_cost", "Value": "2"}],
    )
    setting = "Settings row 2 (2 b)"
    behind = f"Products row 2 (30), {setting}"

    assert told(net, "S1", "A", starts="Demand Shortage") == [
        ("Demand Shortage Cost (gold, 2026-W02)", "40") + ("ServiceClasses", 2, behind),
        ("Demand Shortage Cost (gold, 2026-W03)", "99")
        + ("Demand", 3, f"ServiceClasses row 2 (40), {behind}"),
    ]
    assert told(net, "S2", "A", starts="Demand Shortage") == [
        ("Demand Shortage Cost (lead)", "30", "Products", 2, setting)
    ]
    assert told(net, "S2", "B", starts="Demand") == [
        ("Demand Class", "iron", "Demand", 4, ""),
        ("Demand Shortage Cost (iron)", "16", "Settings", 2, ""),
        ("Demand Backorder Cost (iron)", "2", "ServiceClasses", 3, ""),
    ]
