"""The sample studies are believable, the same everywhere, and read without a complaint."""

import numpy as np
import pandas as pd
import pytest

from tierstock.inputs import inspect
from tierstock.inputs.samples import NAMES, sample
from tierstock.inputs.schema import schema

PERIODS = [f"2026-W{week:02d}" for week in range(2, 15)]
BIG_TRUCK = 60.0
"""Volume of the big truck, m3."""


@pytest.fixture(scope="module")
def study() -> dict[str, pd.DataFrame]:
    return sample("rebalancing")


def volumes(study: dict[str, pd.DataFrame]) -> pd.Series:
    """Volume of one unit by product, m3."""
    return study["Products"].set_index("Product")["Volume"]


def test_the_study_has_the_network_it_promises(study: dict[str, pd.DataFrame]) -> None:
    tiers = study["Locations"]["Tier"].value_counts().to_dict()
    assert tiers == {"supplier": 1, "plant": 2, "CDC": 1, "RDC": 4, "store": 16}
    assert len(study["Products"]) == 12
    assert list(study["Periods"]["Period"]) == PERIODS


def test_the_numbers_are_the_same_on_every_machine(study: dict[str, pd.DataFrame]) -> None:
    again = sample("rebalancing")
    for sheet, table in study.items():
        pd.testing.assert_frame_equal(table, again[sheet])
    assert study["Demand"][PERIODS].to_numpy().sum() == 169974
    assert study["OpeningStock"]["Quantity"].sum() == 41794


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_hold_the_same_codes_and_numbers(name: str) -> None:
    english, chinese = sample(name), sample(name, "zh")
    spoken = {"Name", "Region", "Family", "Company", "Note", "Value", "Location", "Product"}
    spoken |= {"From", "To", "Zone"}
    assert list(english) == list(chinese)
    for sheet, table in english.items():
        assert list(table.columns) == list(chinese[sheet].columns)
        for column in table.columns:
            if column not in spoken or sheet in {"Demand", "OpeningStock", "InTransit", "Supply"}:
                pd.testing.assert_series_equal(table[column], chinese[sheet][column])
    assert not (english["Locations"]["Name"] == chinese["Locations"]["Name"]).any()


@pytest.mark.parametrize("name", NAMES)
def test_only_columns_that_the_plan_uses_are_filled(name: str) -> None:
    for sheet, table in sample(name).items():
        known = {column.name: column.status for column in schema().sheet(sheet).columns}
        named = [column for column in table.columns if column not in PERIODS]
        assert {known[column] for column in named} <= {"model", "label"}, sheet


def test_a_store_needs_three_or_more_loads_in_a_usual_week(study: dict[str, pd.DataFrame]) -> None:
    demand = study["Demand"]
    stores = demand[demand["Location"].str.startswith("S-")]
    volume = stores[PERIODS].mul(stores["Product"].map(volumes(study)), axis=0)
    weekly = volume.groupby(stores["Location"]).sum()

    assert len(weekly) == 16
    assert (weekly.mean(axis=1) / BIG_TRUCK).min() >= 3.0


def test_one_region_drowns_in_what_another_lacks(study: dict[str, pd.DataFrame]) -> None:
    region = study["Locations"].set_index("Location")["Region"]
    family = study["Products"].set_index("Product")["Family"]
    stock, demand = study["OpeningStock"], study["Demand"]
    keys = [
        [table["Location"].map(region), table["Product"].map(family)] for table in (stock, demand)
    ]
    on_hand = stock["Quantity"].groupby(keys[0]).sum().unstack()
    a_week = demand[PERIODS].mean(axis=1).groupby(keys[1]).sum().unstack()
    cover = (on_hand / a_week).drop("Central")

    assert (cover.max() > 3.0).sum() >= 3
    assert (cover.min() < 1.0).sum() >= 4


def test_the_promotion_lifts_one_week(study: dict[str, pd.DataFrame]) -> None:
    promotion = study["Demand"].query("Type == 'promotion'")
    lifted = promotion[PERIODS].sum()

    assert list(lifted[lifted > 0].index) == ["2026-W06"]


def test_stock_and_supply_cover_the_demand_of_every_product(
    study: dict[str, pd.DataFrame],
) -> None:
    demand = study["Demand"].groupby("Product")[PERIODS].sum().sum(axis=1)
    stock = study["OpeningStock"].groupby("Product")["Quantity"].sum()
    coming = study["InTransit"].groupby("Product")["Quantity"].sum()
    supply = study["Supply"]
    usual = supply[supply["Period"] == "*"].set_index(["Location", "Product"])["Max"]
    special = supply[supply["Period"] != "*"].groupby(["Location", "Product"])["Max"]
    most = usual * (len(PERIODS) - special.count()) + special.sum()

    assert (stock + coming + most.groupby("Product").sum() > 1.1 * demand).all()


def test_every_trade_of_the_source_costs_a_premium_over_the_cheapest(
    study: dict[str, pd.DataFrame],
) -> None:
    cheapest = study["Supply"].groupby("Product")["Unit Cost"].min()
    assert np.allclose(cheapest, 0.0)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_reads_without_a_complaint(name: str, language: str) -> None:
    seen = inspect(sample(name, language))

    assert seen.network is not None
    told = {finding.code for finding in seen.findings}
    assert told == ({"budget-over-today"} if name == "medicine" else set())


def test_the_chinese_study_is_the_same_network() -> None:
    one, other = (
        inspect(sample("rebalancing")).network,
        inspect(sample("rebalancing", "zh")).network,
    )

    assert one is not None and other is not None
    for part in ("goods", "places", "supply", "demand", "orders", "capacity", "terminal"):
        for name, values in vars(getattr(one, part)).items():
            if part != "terminal" or name != "label":
                np.testing.assert_array_equal(values, getattr(getattr(other, part), name))


def test_a_sample_that_does_not_exist_is_refused_with_the_known_names() -> None:
    with pytest.raises(ValueError, match="starter, rebalancing"):
        sample("appliance")
    with pytest.raises(ValueError, match="en or zh"):
        sample("starter", "fr")
