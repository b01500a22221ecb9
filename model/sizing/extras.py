"""What some networks have: production, ages, transfers, sourcing, sites, strengthening rows."""

import numpy as np

from tierstock.inputs.network import EXPIRED, SEVERAL, ShelfLife
from tierstock.model.sizing.basics import Count, Flags, Ints, few
from tierstock.model.strength import MOST_OF_WINDOWS

WINDOW = 3
"""Longest window of ``ls_window``."""


def count_extras(count: Count) -> None:
    """Count the families of features that a network may have."""
    if count.net.production is not None:
        _production(count)
    if count.net.shelf_life is not None:
        _ages(count, count.net.shelf_life)
    if count.net.transfers is not None:
        _transfers(count)
    if count.net.sourcing is not None:
        _sourcing(count)
    if count.net.sites is not None:
        _sites(count)
    _others(count)
    _windows(count)


def _production(count: Count) -> None:
    made = count.net.production
    assert made is not None
    recipes, hours = made.recipes, made.hours
    runs = recipes.most > 0
    number = runs.sum(axis=1)
    materials = np.concatenate([made.inputs.recipe, made.outputs.recipe])
    count.add(few(runs), 0, int(number[materials].sum()))
    needs = recipes.setup_cost > 0
    needs[hours.recipe[hours.setup > 0]] = True
    batch = (recipes.min_batch > recipes.multiple)[:, None] & count.whole
    setup = runs & (needs[:, None] | batch)
    count.switched(setup, few(setup) + few(setup & (recipes.min_batch > 0)[:, None]))
    families = made.families
    asks = families.setup_cost > 0
    asks[families.of_hours] = True
    of = recipes.changeover
    member = (of >= 0) & np.append(asks, False)[of]
    shared = np.zeros((len(families), count.last), dtype=bool)
    np.logical_or.at(shared, of[member], runs[member])
    count.switched(shared, few(runs[member]))
    lots = runs & (recipes.multiple > 0)[:, None] & count.whole
    count.switched(lots, few(lots))
    needed = np.zeros(made.resources.hours.shape, dtype=bool)
    np.logical_or.at(needed, hours.resource, runs[hours.recipe])
    count.add(
        few(needed & (made.resources.overtime > 0)), few(needed), int(number[hours.recipe].sum())
    )
    lines = needed & (made.resources.fixed_cost > 0)
    count.switched(lines, few(runs[hours.recipe] & lines[hours.resource]))


def _ages(count: Count, life: ShelfLife) -> None:
    places, goods = count.net.places, count.net.goods
    aged = life.by_age[places.product]
    split = count.kept & aged[:, None] & (life.kept == SEVERAL)
    stays = few(life.batch_stays & split[life.batch_place])
    flows = count.flow & (life.here[goods.source] == SEVERAL) & life.by_age[goods.product][:, None]
    k, age = life.load_goods, life.load_age
    alive = life.age_last[age][:, None] >= count.time + goods.lead[k]
    there = np.zeros((len(k), count.last), dtype=bool)
    batch = life.batch(goods.source[k], age)
    there[batch >= 0] = life.batch_there[batch[batch >= 0]]
    loads = few(alive & there & flows[k])
    count.add(stays + loads, few(split) + few(flows), few(split) + few(flows) + stays + loads)
    mixed = aged[life.batch_place][:, None] & (life.here[life.batch_place] == SEVERAL)
    balanced = few(mixed & life.batch_there)
    count.add(0, balanced, 2 * (stays + loads))
    ends = life.age_last[life.batch_age]
    y = np.flatnonzero(ends < count.last)
    scrapped = np.unique(life.batch_place[y] * count.last + ends[y]).size
    count.add(scrapped, scrapped, 3 * scrapped)
    takes = life.served[life.taker_stream] & (life.here[life.taker_place] != EXPIRED)
    fresh = takes & (life.oldest_age > 0) & aged[life.taker_place][:, None]
    count.add(0, few(fresh) // 2, 4 * (few(fresh) // 2))


def _transfers(count: Count) -> None:
    terms = count.net.transfers
    assert terms is not None
    goods = count.net.goods
    here = count.flow[terms.goods]
    covered = here & (terms.cover > 0)
    donors = np.zeros((len(count.net.places), count.last), dtype=bool)
    np.logical_or.at(donors, goods.source[terms.goods], covered)
    count.switched(donors, few(covered) + few(donors))
    rests, takers = here & (terms.cooldown > 0), np.zeros_like(donors)
    np.logical_or.at(takers, goods.sink[terms.goods], rests)
    sends = np.zeros_like(donors)
    np.logical_or.at(sends, goods.source[terms.goods], here)
    takers &= np.any(sends, axis=1, keepdims=True)
    waits = int((terms.cooldown.max(initial=0) + 1) * few(takers))
    count.switched(takers, few(rests[takers[goods.sink[terms.goods]]]) + waits)
    count.switched(
        sends & takers & ~donors, few(here & ~covered & takers[goods.source[terms.goods]])
    )
    short, needed = here & terms.only_short, np.zeros_like(donors)
    np.logical_or.at(needed, goods.sink[terms.goods], short)
    count.switched(needed, few(short) + few(needed), 3)
    moves = terms.moves
    if not len(moves):
        return
    live = moves.when & count.flow[moves.goods]
    possible = np.zeros(moves.cost.shape, dtype=bool)
    np.logical_or.at(possible, moves.move, live)
    wanted = (moves.least_units > 0) | (moves.least_value > 0) | (moves.cost > 0)
    number = np.zeros(terms.limits.most.shape)
    np.add.at(number, terms.limits.limit, terms.limits.when & possible[terms.limits.move])
    binds = number > terms.limits.most
    limited = terms.limits.when & binds[terms.limits.limit]
    np.logical_or.at(wanted, terms.limits.move, limited)
    wanted &= possible
    links = few(live & wanted[moves.move])
    count.switched(wanted, links)
    least = few(wanted & (moves.least_units > 0)) + few(wanted & (moves.least_value > 0))
    count.add(0, least + few(binds), least + links + few(limited))


def _sourcing(count: Count) -> None:
    sourcing = count.net.sourcing
    assert sourcing is not None
    choices, shares = sourcing.choices, sourcing.shares
    if len(choices):
        windows = choices.window.max(axis=1) + 1
        members = count.flow[choices.goods]
        origin = count.net.lanes.origin[count.net.goods.lane[choices.goods]]
        pairs = np.unique(np.stack([choices.choice, origin]), axis=1)[0]
        chosen = int(windows[pairs].sum())
        count.add(chosen, few(members) + int(windows.sum()), 2 * few(members) + chosen, chosen)
    if len(shares):
        count.add(0, int((shares.window.max(axis=1) + 1).sum()), 3 * few(count.flow) // 2)


def _sites(count: Count) -> None:
    net, sites = count.net, count.net.sites
    assert sites is not None
    cells = len(sites) * count.last
    count.add(3 * cells, cells + few(sites.min_open > 1) * count.last, 4 * cells, cells)
    gated = np.zeros(len(net.locations), dtype=bool)
    gated[sites.location] = True
    lane = net.goods.lane
    flows = count.flow & gated[net.lanes.origin[lane]][:, None]
    flows_in = count.flow & gated[net.lanes.destination[lane]][:, None]
    stock = count.kept & gated[net.places.location][:, None]
    issued = (net.demand.quantity > 0) & gated[net.places.location[net.demand.place]][:, None]
    owed = net.demand.owed_share > 0
    bought = (net.supply.most > 0) & gated[net.places.location[net.supply.place]][:, None]
    rows = few(flows) + few(flows_in) + few(stock) + few(bought) + few(issued) + few(issued[owed])
    if net.production is not None:
        recipes = net.production.recipes
        rows += few((recipes.most > 0) & gated[recipes.location][:, None])
    count.add(0, rows, 2 * rows)


def _others(count: Count) -> None:
    net = count.net
    if net.returns is not None:
        back = np.unique(net.returns.back)
        gone = few(count.here[back])
        count.add(gone, 0, 3 * gone)
    if net.substitutes is not None:
        ways = net.substitutes
        can = count.here[ways.place] & (net.demand.quantity[ways.stream] > 0)
        asked = np.zeros(net.demand.quantity.shape, dtype=bool)
        np.logical_or.at(asked, ways.stream, can)
        count.add(few(can), few(asked), 3 * few(can) + few(asked))
    if net.cash is not None:
        count.add(2 * len(net.cash) * count.last, len(net.cash) * count.last, few(count.flow))
    if net.budgets is not None:
        rows = len(net.budgets.row_group)
        count.add(rows // 2, rows, few(count.flow) + few(count.kept))


def _windows(count: Count) -> None:
    """Count the rows that follow from switches: what has to come, or the switch."""
    net, goods = count.net, count.net.goods
    lane = net.lanes
    asks: Flags = (lane.min_shipment > 0) & count.whole | (lane.fixed_cost > 0)
    ways: Flags = asks[goods.lane] & count.flow
    ordered: Flags = net.supply.fixed_cost > 0
    if net.lots is not None:
        ordered = ordered | net.lots.needs_switch()
    if net.transfers is not None:
        terms = net.transfers
        ways[terms.goods] |= count.flow[terms.goods] & (terms.cover > 0)
        ways[terms.moves.goods] |= count.flow[terms.moves.goods] & terms.moves.when
    if net.sites is not None:
        gated = np.isin(np.arange(len(net.locations)), net.sites.location)
        ways |= count.flow & gated[lane.origin[goods.lane]][:, None]
        ordered |= gated[net.places.location[net.supply.place]][:, None]
    comes, switched = _arrivals(count, ways)
    np.logical_or.at(switched, net.supply.place, ordered.any(axis=1))
    np.add.at(comes, net.supply.place, 1)
    asked = -net.places.arriving
    asked[:, 0] -= net.places.opening
    np.add.at(asked, net.demand.place, net.demand.quantity)
    wanted = (asked > 0) & switched[:, None]
    lengths = np.minimum(WINDOW, count.last - count.time)
    rows = int((wanted * lengths).sum())
    coefficients = int((wanted.sum(axis=1) * comes).sum()) * 2 * WINDOW + rows
    if coefficients <= 2 * MOST_OF_WINDOWS:
        count.add(0, rows, coefficients)


def _arrivals(count: Count, ways: Flags) -> tuple[Ints, Flags]:
    """Return how many goods come to each place, and whether any comes by a switch; [N]."""
    sink, size = count.net.goods.sink, len(count.net.places)
    comes = np.bincount(sink, count.flow.any(axis=1), minlength=size).astype(np.int64)
    return comes, np.bincount(sink, ways.any(axis=1), minlength=size) > 0
