"""A lane from a place that has nothing is told, and named as the cause of what it leaves dry."""

from retail import LANES, LOCATIONS, demand, said, seen

PLANT = [{"Location": "PLT1", "Tier": "plant"}, *LOCATIONS[1:]]
FROM_PLANT = [{**LANES[0], "From": "PLT1"}, LANES[1]]


def test_a_plant_without_supply_rows_is_named_at_its_lane_and_as_the_cause() -> None:
    found = seen(Locations=PLANT, Lanes=FROM_PLANT, OpeningStock=[])
    told = said(found)

    assert found.network is None
    assert told["lane-without-goods"].startswith("Lanes!A2  PLT1 has no Supply row, no stock")
    assert "the sheet Supply" in told["lane-without-goods"]
    assert "give it the tier supplier" in told["lane-without-goods"]
    assert [one.cell for one in found.findings if one.code == "lane-without-goods"] == ["A2"]
    assert "PLT1 could send it, but has no Supply row" in told["no-route"]


def test_a_plant_that_makes_something_else_is_the_cause_of_what_it_does_not_make() -> None:
    supply = [{"Location": "PLT1", "Product": "A"}]
    told = said(seen(Locations=PLANT, Lanes=FROM_PLANT, Supply=supply))

    assert "lane-without-goods" not in told
    assert told["no-route"].startswith("Demand!A6")
    assert "PLT1 could send it" in told["no-route"]


def test_a_lane_of_one_product_names_it() -> None:
    lanes = [*LANES, {**LANES[0], "From": "PLT9", "Product": "B"}]
    locations = [*LOCATIONS, {"Location": "PLT9", "Tier": "plant"}]
    supply = [{"Location": "PLT9", "Product": "A"}]
    found = seen(Locations=locations, Lanes=lanes, Supply=supply)

    assert found.network is not None
    assert "no Supply row for B" in said(found)["lane-without-goods"]


def test_stores_of_a_selector_that_have_nothing_are_no_warning() -> None:
    lanes = [*LANES[:1], {"From": "Tier=store", "To": "DC", "Lead Time": 1.0}]
    told = said(seen(Lanes=lanes, Demand=demand("DC", "A", 1.0)))

    assert "lane-without-goods" not in told


def test_where_no_lane_leads_no_source_is_named() -> None:
    told = said(seen(Lanes=LANES[:1], Demand=demand("S2", "B", 1.0)))

    assert told["no-route"].endswith("Add the missing lane or supply.")
