"""Both forms of shelf life agree, and with what trying every plan says (F19)."""

from dataclasses import replace
from functools import cache
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from families import TWO, lane, stock
from in_process import cost_of, least_cost_of
from small import Rows, demand, model, tables

import tierstock as ts
from tierstock.inputs.network import Network
from tierstock.model.by_age import shares
from tierstock.model.constraints import FAMILIES, ages, balance, shelf_life

BY_AGE = {"stock_by_expiry", "flow_by_expiry", "order_by_expiry"}


def columns(m: pyo.ConcreteModel) -> set[str]:
    return {one.local_name for one in m.component_objects(pyo.Var)}


# --- the two forms --------------------------------------------------------------------------------


def bakery(seed: int) -> dict[str, Rows]:
    """Shops supplied directly, or one shop: goods expire in the order in which they come."""
    rng = Random(seed)
    shops = [f"S{n + 1}" for n in range(rng.randint(1, 3))]
    goods = [f"P{n + 1}" for n in range(rng.randint(1, 3))]
    periods = range(rng.randint(4, 8))
    places = [{"Location": "SUP", "Tier": "supplier"}]
    holding = rng.choice((0.25, 1, 2))
    return {
        "Locations": [*places, *({"Location": shop, "Tier": "store"} for shop in shops)],
        **_baked(rng, shops, goods),
        "Lanes": [_way(rng, shop) for shop in shops],
        "Demand": [
            row
            for shop in shops
            for code in goods
            for row in demand(shop, code, *(rng.choice((0, 2, 5, 9)) for _ in periods))
        ],
        "Supply": [_offer(rng, code, t) for code in goods for t in periods],
        "StockCosts": [{"Location": "*", "Holding Cost": holding}],
        "Capacity": [
            {"Location": shop, "Kind": "storage", "Dimension": "unit", "Limit": rng.randint(4, 40)}
            for shop in shops
        ],
    }


def _baked(rng: Random, shops: list[str], goods: list[str]) -> dict[str, Rows]:
    """Products with their lives, and lots that expire before anything new does."""
    products: Rows = []
    opening: Rows = []
    for code in goods:
        life = rng.randint(2, 4)
        terms = {"Shortage Cost": rng.randint(5, 30), "Scrap Cost": rng.choice((0, 0, 1, 4))}
        products.append({"Product": code, "Unit Value": 0, "Shelf Life": life, **terms})
        for shop in shops:
            for day in rng.sample(range(5, 5 + life - 1), rng.randint(0, life - 1)):
                lot = {"Product": code, "Expiry Date": f"2026-01-{day:02d}"}
                opening.append(stock(shop, rng.randint(1, 9), **lot))
    return {"Products": products, **({"OpeningStock": opening} if opening else {})}


def _way(rng: Random, shop: str) -> dict[str, Any]:
    terms = {"Lead Time": rng.choice((0, 1)), "Fixed Cost": rng.choice((0, 9))}
    return {"From": "SUP", "To": shop, **terms}


def _offer(rng: Random, code: str, t: int) -> dict[str, Any]:
    limits = {"Max": rng.randint(2, 20), "Min": rng.choice((0, 0, 2))}
    price = {"Unit Cost": rng.randint(0, 4)}
    return {"Location": "SUP", "Product": code, "Period": str(t + 1), **price, **limits}


def forced(net: Network) -> Network:
    """The network with every product planned by age."""
    assert net.shelf_life is not None
    return replace(net, shelf_life=replace(net.shelf_life, by_age=net.shelf_life.live))


@pytest.mark.parametrize("seed", range(60))
def test_both_forms_cost_the_same_where_both_are_exact(seed: int) -> None:
    net = ts.read(tables(**bakery(seed)))
    assert not columns(ts.build(net)) & BY_AGE
    short, long = least_cost_of(net), least_cost_of(forced(net))
    assert (short is None) == (long is None)
    assert short is None or short == pytest.approx(long, rel=1e-7, abs=1e-7)


def test_the_cumulative_form_has_fewer_columns_and_rows() -> None:
    net = ts.read(tables(**bakery(3)))
    short, long = ts.build(net), ts.build(forced(net))
    rows = [sum(len(c) for c in m.component_objects(pyo.Constraint)) for m in (short, long)]
    assert short.columns.count < long.columns.count
    assert rows[0] < rows[1]
    assert columns(long) - columns(short) == {"stock_by_expiry"}


@pytest.mark.parametrize(
    "more",
    [
        {"Lanes": [{"From": "S1", "To": "S2", "Lead Time": 0}]},
        {"ServiceClasses": [{"Class": "standard", "Min Remaining Life": 2}]},
        {"OpeningStock": [stock("S1", 5, **{"Expiry Date": "2026-01-31"})]},
    ],
    ids=["transfers", "a class that asks for life", "lots that outlive what comes"],
)
def test_ages_are_told_apart_where_expiry_may_differ_from_receipt(more: dict[str, Rows]) -> None:
    sheets: dict[str, Rows] = {
        "Locations": [{"Location": s, "Tier": "store"} for s in ("S1", "S2")],
        "Products": [{"Product": "tea", "Unit Value": 1, "Shelf Life": 3}],
        "Lanes": [],
        "Demand": [*demand("S1", "tea", 1, 1, 1, 1), *demand("S2", "tea", 1, 1, 1, 1)],
        "Supply": [{"Location": "*", "Product": "tea"}],
    }
    plain, special = (ts.read(tables(**one)).shelf_life for one in (sheets, {**sheets, **more}))
    assert plain is not None and not plain.by_age.any()
    assert special is not None and special.by_age.all()


def test_a_warehouse_that_serves_customers_at_once_needs_no_ages() -> None:
    net = ts.read(
        tables(
            Locations=[TWO[0], {"Location": "C", "Tier": "customer"}],
            Products=[{"Product": "tea", "Unit Value": 1, "Shelf Life": 2}],
            Lanes=[{"From": "DC", "To": "C", "Lead Time": 0}],
            Demand=demand("C", "tea", 4, 4, 4),
            Supply=[{"Location": "DC", "Product": "tea"}],
        )
    )
    assert net.shelf_life is not None and not net.shelf_life.by_age.any()
    assert least_cost_of(net) == pytest.approx(least_cost_of(forced(net)))


# --- from outside ---------------------------------------------------------------------------------


def best_by_trying(shop: dict[str, Any]) -> float:
    """Try every order and every way to issue, period by period; stock by periods left to live."""
    life, wanted = shop["life"], shop["demand"]

    @cache
    def best(t: int, held: tuple[int, ...]) -> float:
        if t == len(wanted):
            return 0.0
        found = float("inf")
        for order in range(shop["most"] + 1):
            there = (*held, order)
            paid = (shop["fixed"] if order else 0) + shop["unit"][t] * order
            for used in product(*(range(units + 1) for units in there)):
                if sum(used) > wanted[t]:
                    continue
                left = tuple(a - b for a, b in zip(there, used, strict=True))
                kept = left[1:]
                cost = paid + shop["lost"] * (wanted[t] - sum(used))
                cost += shop["scrap"] * left[0] + shop["hold"] * sum(kept)
                found = min(found, cost + best(t + 1, kept))
        return found

    return best(0, (0,) * (life - 1))


@pytest.mark.parametrize("seed", range(24))
def test_a_shop_costs_what_trying_every_plan_says(seed: int) -> None:
    rng = Random(f"shop-{seed}")
    periods = rng.randint(3, 5)
    shop: dict[str, Any] = {
        "life": rng.randint(1, 3),
        "demand": [rng.randint(0, 3) for _ in range(periods)],
        "most": rng.randint(2, 4),
        "fixed": rng.randint(0, 8),
        "unit": [rng.randint(0, 3) for _ in range(periods)],
        "lost": rng.randint(2, 9),
        "scrap": rng.choice((0, 1, 3)),
        "hold": rng.choice((0.25, 1)),
    }
    item = {"Location": "S1", "Product": "tea"}
    tea = {"Product": "tea", "Unit Value": 0, "Shelf Life": shop["life"]}
    sheets: dict[str, Rows] = {
        "Locations": TWO[1:],
        "Products": [tea | {"Shortage Cost": shop["lost"], "Scrap Cost": shop["scrap"]}],
        "Demand": demand("S1", "tea", *shop["demand"]),
        "Supply": [
            {
                **item,
                "Period": str(t + 1),
                "Max": shop["most"],
                "Fixed Cost": shop["fixed"],
                "Unit Cost": price,
            }
            for t, price in enumerate(shop["unit"])
        ],
        "StockCosts": [{"Location": "*", "Holding Cost": shop["hold"]}],
    }
    assert cost_of(sheets) == pytest.approx(best_by_trying(shop), rel=1e-6, abs=1e-6)


# --- what must hold -------------------------------------------------------------------------------


def test_a_life_longer_than_the_plan_costs_nothing() -> None:
    sheets: dict[str, Rows] = {
        "Locations": TWO,
        "Products": [{"Product": "tea", "Unit Value": 1}],
        "Lanes": lane(),
        "Demand": demand("S1", "tea", 4, 4, 4),
        "OpeningStock": [stock("DC", 9)],
    }
    plain = model(**sheets)
    products = [{"Product": "tea", "Unit Value": 1, "Shelf Life": 30, "Scrap Cost": 9}]
    living = model(**{**sheets, "Products": products})
    assert living.network.shelf_life is None
    assert columns(living) == columns(plain)
    assert living.columns.count == plain.columns.count


def test_movements_are_complete_before_ages_are_told_apart() -> None:
    order = list(FAMILIES)
    at = order.index(shelf_life.add)
    assert order[at : at + 3] == [shelf_life.add, ages.add, balance.add]


def test_whoever_brings_goods_of_unknown_age_is_stopped() -> None:
    net = ts.read(tables(**bakery(3)))
    m = ts.build(net)
    bought = m.purchase
    place = np.asarray(net.supply.place[bought.codes["supply"]])
    m.movements.post("returned", bought, 1.0, place=place, period=bought.codes["period"])
    with pytest.raises(AssertionError, match="have no age"):
        shares(m, net)


def test_keys_name_the_last_usable_day() -> None:
    m = model(
        Locations=TWO,
        Products=[{"Product": "tea", "Unit Value": 1}],
        Lanes=lane(),
        Demand=demand("S1", "tea", 0, 0, 4),
        OpeningStock=[
            stock("DC", 3, **{"Expiry Date": "2026-01-07"}),
            stock("DC", 3),
        ],
    )
    assert ("DC", "tea", "2026-01-07", "1") in m.stock_by_expiry
    assert ("DC", "tea", "9999-12-31", "1") in m.stock_by_expiry
    assert ("DC→S1", "tea", "2026-01-07", "3") in m.flow_by_expiry
