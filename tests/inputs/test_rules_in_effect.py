"""What the table of rules says is what the network holds."""

import numpy as np
import pytest
from random_networks import drawn
from small import tables
from told_rules import Line, lines, numbers, words

from tierstock.inputs import Network, read
from tierstock.inputs.assembly.forward_demand import ForwardDemand

SEEDS = range(20)


def network(seed: int) -> Network:
    filled = {name: rows for name, rows in drawn(seed).short.items() if rows}
    return read(tables(**filled))


def places(net: Network) -> list[tuple[int, str, str]]:
    of = zip(net.places.location, net.places.product, strict=True)
    return [
        (at, str(net.locations.code[location]), str(net.products.code[product]))
        for at, (location, product) in enumerate(of)
    ]


def cover(net: Network, place: int, days: np.ndarray) -> np.ndarray:
    """Units of days of cover at one place, [T]."""
    places, count = net.places, len(net.places)
    forward = ForwardDemand(
        places.daily_demand, places.daily_demand_after, np.full(count, -1), net.periods.days
    )
    table = np.full(places.daily_demand.shape, np.nan)
    table[place] = days
    return np.asarray(forward.cover(table)[place])


def check_targets(net: Network, at: int, told: list[Line]) -> None:
    count, places = len(net.periods), net.places

    def value(column: str) -> np.ndarray:
        return numbers(told, "StockTargets", column, count)

    least = np.fmax(value("Safety Stock"), cover(net, at, value("Safety Days")))
    most = np.fmin(value("Max Stock"), cover(net, at, value("Max Days")))
    keeps = places.keeps[at]
    safety = np.where(keeps, np.nan_to_num(least), 0.0)
    maximum = np.where(keeps & ~np.isnan(most), most, np.inf)
    np.testing.assert_allclose(places.safety[at], safety, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(places.max_stock[at], maximum, rtol=1e-5, atol=1e-5)
    hard = np.array(words(told, "StockTargets", "Hardness", count)) == "hard"
    assert (places.safety_hard[at] == (hard & (safety > 0.0))).all()
    wanted = safety > 0.0
    penalty = numbers(told, "StockTargets", "Penalty", count)
    np.testing.assert_allclose(places.safety_penalty[at][wanted], penalty[wanted], rtol=1e-5)
    over = numbers(told, "StockTargets", "Over Penalty", count, default=0.0)
    limited = np.isfinite(maximum)
    np.testing.assert_allclose(places.over_penalty[at][limited], over[limited], rtol=1e-5)


def check_costs(net: Network, at: int, told: list[Line]) -> None:
    count, places = len(net.periods), net.places

    def value(column: str, default: float = 0.0) -> np.ndarray:
        return numbers(told, "StockCosts", column, count, default=default)

    np.testing.assert_allclose(places.handling_in[at], value("Handling In"), rtol=1e-5)
    np.testing.assert_allclose(places.handling_out[at], value("Handling Out"), rtol=1e-5)
    if places.keeps[at].any():
        np.testing.assert_allclose(places.value[at], value("Unit Value"), rtol=1e-5)
        holding = value("Holding Cost")
        np.testing.assert_allclose(places.holding[at], holding, rtol=1e-5, atol=1e-6)
        rate, storage = value("Carrying Rate"), value("Storage Cost")
        days = net.periods.days
        computed = value("Unit Value") * rate * days / 365.0 + storage * days
        own = [line.periods for line in told if line.column == "Holding Cost" and line.row]
        free = ~np.isin(np.arange(count), [period for spell in own for period in spell])
        np.testing.assert_allclose(holding[free], computed[free], rtol=1e-5, atol=1e-5)


def check_supply(net: Network, at: int, told: list[Line]) -> None:
    for supply in np.flatnonzero(net.supply.place == at):
        offered = net.supply.most[supply] > 0.0
        for column, array, default in (
            ("Max", net.supply.most, np.inf),
            ("Min", net.supply.least, 0.0),
            ("Unit Cost", net.supply.unit_cost, 0.0),
            ("Fixed Cost", net.supply.fixed_cost, 0.0),
        ):
            if any(" " in line.value for line in told if line.sheet == "Supply"):
                continue  # in another unit or currency
            names = {"unlimited": np.inf}
            value = numbers(told, "Supply", column, len(net.periods), default=default, names=names)
            np.testing.assert_allclose(array[supply][offered], value[offered], rtol=1e-5)


def check_demand(net: Network, at: int, told: list[Line]) -> None:
    count, demand = len(net.periods), net.demand
    for stream in np.flatnonzero(demand.place == at):
        label = str(demand.label[stream])
        if demand.mode[stream] != "must":
            lost = numbers(told, "Demand", "Shortage Cost", count, label=label)
            np.testing.assert_allclose(demand.lost_cost[stream], lost, rtol=1e-5)
        if demand.owed_share[stream] > 0.0:
            back = numbers(told, "Demand", "Backorder Cost", count, label=label)
            np.testing.assert_allclose(demand.back_cost[stream], back, rtol=1e-5)
    told_classes = {(line.label, line.value) for line in told if line.column == "Class"}
    held = {
        (str(demand.channel[stream]), str(demand.service_class[stream]))
        for stream in np.flatnonzero(demand.place == at)
    }
    assert told_classes in (held, set())


def check_lanes(net: Network, at: int, told: list[Line]) -> None:
    count, goods, lanes = len(net.periods), net.goods, net.lanes
    for good in np.flatnonzero((goods.source == at) | (goods.sink == at)):
        lane, open_now = goods.lane[good], goods.allowed[good]
        label = str(lanes.label[lane])
        share = numbers(told, "Lanes", "Yield", count, label=label, default=1.0)
        np.testing.assert_allclose(goods.arriving_share[good][open_now], share[open_now])
        if net.settings.lead_time_unit == "day":
            lead = numbers(told, "Lanes", "Lead Time", count, label=label)
            np.testing.assert_allclose(goods.lead_days[good][open_now], lead[open_now])
        for column, array, default in (
            ("Min Shipment", lanes.min_shipment, 0.0),
            ("Max Shipment", lanes.max_shipment, np.inf),
        ):
            value = numbers(told, "Lanes", column, count, label=label, default=default)
            np.testing.assert_allclose(array[lane][open_now], value[open_now])
        if lanes.kind[lane] == "transfer":
            allowed = words(told, "TransferRules", "Allowed", count, label)
            ruled = any(line.sheet == "TransferRules" for line in told)
            assert not ruled or all(np.array(allowed)[open_now] == "Y")


def check_returns(net: Network, at: int, told: list[Line]) -> None:
    if net.returns is None:
        return
    for back in np.flatnonzero(net.returns.place == at):
        ratio = numbers(told, "Returns", "Ratio", len(net.periods))
        cost = numbers(told, "Returns", "Disposal Cost", len(net.periods), default=0.0)
        np.testing.assert_allclose(net.returns.ratio[back], ratio, rtol=1e-5)
        np.testing.assert_allclose(net.returns.disposal_cost[back], cost, rtol=1e-5)


def check_substitutes(net: Network, at: int, told: list[Line]) -> None:
    if net.substitutes is None:
        return
    for way in np.flatnonzero(net.demand.place[net.substitutes.stream] == at):
        channel = str(net.demand.channel[net.substitutes.stream[way]])
        other = net.products.code[net.places.product[net.substitutes.place[way]]]
        label = f"{other}/{channel}" if channel else str(other)
        for column, array, default in (
            ("Ratio", net.substitutes.ratio, 1.0),
            ("Cost", net.substitutes.cost, 0.0),
        ):
            value = numbers(
                told, "Substitutes", column, len(net.periods), label=label, default=default
            )
            np.testing.assert_allclose(array[way], value, rtol=1e-5)


def check_transfers(net: Network, at: int, told: list[Line]) -> None:
    if net.transfers is None:
        return
    count, goods = len(net.periods), net.goods
    for term, good in enumerate(net.transfers.goods):
        if goods.source[good] != at:
            continue
        open_now, label = goods.allowed[good], str(net.lanes.label[goods.lane[good]])
        cooldown = numbers(told, "TransferRules", "Cooldown", count, label=label, default=0.0)
        np.testing.assert_allclose(net.transfers.cooldown[term][open_now], cooldown[open_now])
        days = numbers(told, "TransferRules", "Donor Min Days", count, label=label, default=0.0)
        units = numbers(told, "TransferRules", "Donor Min Qty", count, label=label, default=0.0)
        kept = np.maximum(units, cover(net, at, days))
        np.testing.assert_allclose(net.transfers.cover[term][open_now], kept[open_now], rtol=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_network_holds_what_its_rules_say(seed: int) -> None:
    net = network(seed)
    for at, location, product in places(net):
        told = lines(net, location, product)
        check_targets(net, at, told)
        check_costs(net, at, told)
        check_supply(net, at, told)
        check_demand(net, at, told)
        check_lanes(net, at, told)
        check_returns(net, at, told)
        check_substitutes(net, at, told)
        check_transfers(net, at, told)
