"""The yardstick network: 79 locations, 240 lanes, 13 weeks and P products, from a seed.

3 suppliers, 4 plants, 4 CDC, 8 RDC and 60 stores; trucks shared by products on every lane and
week, lead times of 0 to 2 weeks, storage and outbound limits, lost sales, soft safety stock,
unbalanced opening stock, seasonal and promoted demand. Purchase cost is only the premium over the
cheapest source. ``kind`` sets the loads per store and week: ``few`` (about 0.6 of a truck),
``many`` (about 4), ``none`` (no trucks).
"""

from dataclasses import replace

import numpy as np

from tierstock.inputs.network import (
    Capacity,
    Demand,
    Goods,
    Lanes,
    Locations,
    Network,
    Orders,
    Periods,
    Places,
    Products,
    Supply,
    Terminal,
    Vehicles,
)
from tierstock.inputs.settings import Settings

TIERS = (
    ("supplier", "S", 3),
    ("plant", "F", 4),
    ("CDC", "C", 4),
    ("RDC", "R", 8),
    ("store", "X", 60),
)
WEEKS = 13
TRUCK = 60.0
LOADS = {"few": 0.6, "many": 4.0, "none": 4.0}


def yardstick(products: int, kind: str = "many", seed: int = 1) -> Network:
    """Return the instance with so many products; the same seed gives the same network."""
    rng = np.random.default_rng(seed)
    locations, tier = _locations()
    lanes, lead = _lanes(tier, kind, rng)
    items = _products(products, rng)
    goods, places = _goods_and_places(locations, lanes, items, lead, rng)
    demand = _demand(places, tier, items, kind, rng)
    places = _stock(places, tier, items, demand, rng)
    return Network(
        name=f"yardstick {products} {kind}",
        settings=Settings(),
        periods=_periods(),
        locations=locations,
        products=items,
        lanes=lanes,
        goods=goods,
        places=places,
        supply=_supply(places, tier, demand, rng),
        demand=demand,
        orders=Orders(
            *[np.zeros(0, dtype=d) for d in (object, int, int, int, int, float, bool, float)]
        ),
        capacity=_capacity(places, tier, items, demand),
        vehicles=_vehicles(len(locations), kind),
        terminal=Terminal(
            *[np.zeros(0, dtype=d) for d in (object, object, float, float, float, int, int)]
        ),
    )


def _texts(values: list[str]) -> np.ndarray:
    return np.array(values, dtype=object)


def _periods() -> Periods:
    start = np.datetime64("2026-01-05") + 7 * np.arange(WEEKS)
    days = np.full(WEEKS, 7.0)
    ids = _texts([f"2026-W{week + 2:02d}" for week in range(WEEKS)])
    return Periods(id=ids, start=start, end=start + 6, days=days, working_days=days)


def _locations() -> tuple[Locations, np.ndarray]:
    code = [f"{letter}{i + 1:02d}" for _, letter, count in TIERS for i in range(count)]
    tier = np.repeat([name for name, _, _ in TIERS], [count for _, _, count in TIERS])
    order = np.argsort(code)
    tier = tier[order]
    codes = _texts(sorted(code))
    blank = _texts([""] * len(codes))
    return Locations(
        code=codes,
        name=codes,
        tier=tier.astype(object),
        region=blank,
        channel=blank,
        company=blank,
        active=np.ones((len(codes), WEEKS), dtype=bool),
    ), tier


def _lanes(tier: np.ndarray, kind: str, rng: np.random.Generator) -> tuple[Lanes, np.ndarray]:
    of = {name: np.flatnonzero(tier == name).tolist() for name, _, _ in TIERS}
    pairs: list[tuple[int, int, int, str]] = []
    pairs += [(a, b, 2, "replenish") for a in of["supplier"] for b in of["plant"]]
    pairs += [(a, b, 1, "replenish") for a in of["plant"] for b in of["CDC"]]
    for i, b in enumerate(of["RDC"]):
        pairs += [(of["CDC"][(i + j) % 4], b, 1, "replenish") for j in range(2)]
        pairs += [(b, of["RDC"][(i + j) % 8], 1, "transfer") for j in (1, 7)]
    for i, b in enumerate(of["store"]):
        pairs += [(of["RDC"][(i + j) % 8], b, j, "replenish") for j in range(2)]
        pairs += [(b, of["store"][(i + 8) % 60], 0, "transfer")]
    pairs.sort()
    count = len(pairs)
    code = _texts(sorted(f"{x}{i + 1:02d}" for _, x, n in TIERS for i in range(n)))
    origin, destination = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    return Lanes(
        label=code[origin] + "→" + code[destination],
        origin=origin,
        destination=destination,
        mode=_texts(["road"] * count),
        kind=_texts([p[3] for p in pairs]),
        distance=rng.uniform(50, 900, count),
        min_shipment=np.zeros((count, WEEKS)),
        max_shipment=np.full((count, WEEKS), np.inf),
        fixed_cost=np.zeros((count, WEEKS)),
        vehicles=np.full((count, 0 if kind == "none" else 1), True),
    ), np.array([p[2] for p in pairs])


def _products(count: int, rng: np.random.Generator) -> Products:
    code = _texts([f"P{i + 1:04d}" for i in range(count)])
    volume = rng.uniform(0.05, 0.4, count)
    measure = np.full((count, 4), np.nan)
    measure[:, 0], measure[:, 2] = 1.0, volume
    value = rng.uniform(20, 200, count)
    nothing = np.full(count, np.nan)
    return Products(
        code=code,
        name=code,
        family=_texts(["F"] * count),
        type=_texts(["finished"] * count),
        base_unit=_texts(["EA"] * count),
        zone=_texts(["ambient"] * count),
        unit_value=value,
        price=value * 2,
        per_case=nothing,
        measure=measure,
    )


def _goods_and_places(
    locations: Locations, lanes: Lanes, items: Products, lead: np.ndarray, rng: np.random.Generator
) -> tuple[Goods, Places]:
    size, count = len(locations), len(items)
    place = np.arange(size * count)
    of = place.reshape(size, count)
    lane = np.repeat(np.arange(len(lanes)), count)
    product = np.tile(np.arange(count), len(lanes))
    weeks = (len(lane), WEEKS)
    days = np.repeat(lead[lane, None] * 7.0, WEEKS, axis=1)
    volume, value = items.measure[product, 2], items.unit_value[product]
    goods = Goods(
        lane=lane,
        product=product,
        source=of[lanes.origin[lane], product],
        sink=of[lanes.destination[lane], product],
        allowed=np.ones(weeks, dtype=bool),
        lead=np.repeat(lead[lane, None], WEEKS, axis=1),
        lead_days=days,
        arrival_days=days,
        unit_cost=np.repeat((volume * lanes.distance[lane] * 0.004)[:, None], WEEKS, axis=1),
        transit_cost=value[:, None] * 0.12 * days / 365,
        arriving_share=np.ones(weeks),
    )
    here = (len(place), WEEKS)
    keeps = np.repeat(locations.tier, count) != "supplier"
    value_at = np.repeat(items.unit_value[None, :], size, axis=0).ravel()
    holding = np.repeat((value_at * 0.12 * 7 / 365)[:, None], WEEKS, axis=1)
    nothing, no = np.zeros(here), np.zeros(here, dtype=bool)
    places = Places(
        location=np.repeat(np.arange(size), count),
        product=np.tile(np.arange(count), size),
        of=of,
        opening=np.zeros(len(place)),
        blocked=np.zeros(len(place)),
        arriving=nothing,
        leaving=nothing,
        keeps=np.repeat(keeps[:, None], WEEKS, axis=1),
        earliest=np.zeros(len(place), dtype=np.int64),
        holding=holding,
        value=np.repeat(value_at[:, None], WEEKS, axis=1),
        handling_in=nothing,
        handling_out=nothing,
        safety=nothing,
        safety_hard=no,
        safety_penalty=nothing,
        max_stock=np.full(here, np.inf),
        max_hard=no,
        over_penalty=nothing,
        daily_demand=nothing,
        daily_demand_after=np.zeros(len(place)),
    )
    return goods, places


def _demand(
    places: Places, tier: np.ndarray, items: Products, kind: str, rng: np.random.Generator
) -> Demand:
    place = np.flatnonzero(tier[places.location] == "store")
    product = places.product[place]
    share = rng.pareto(1.5, len(items)) + 0.2
    volume = items.measure[:, 2]
    level = share / (share * volume).sum() * LOADS[kind] * TRUCK
    season = 1 + 0.25 * np.sin(2 * np.pi * (np.arange(WEEKS) + 3) / 26)
    promoted = rng.random(len(items)) < 0.2
    season = np.where(promoted[:, None] & np.isin(np.arange(WEEKS), (6, 7)), 1.8, 1.0) * season
    size = rng.uniform(0.5, 1.5, len(tier))[places.location[place]]
    mean = level[product, None] * size[:, None] * season[product]
    quantity = np.round(mean * rng.gamma(8, 1 / 8, mean.shape))
    count = len(place)
    price = items.price[product]
    forever = np.full((count, WEEKS), WEEKS, dtype=np.int64)
    return Demand(
        place=place,
        service_class=_texts(["standard"] * count),
        channel=_texts([""] * count),
        label=_texts(["standard"] * count),
        mode=_texts(["lost"] * count),
        priority=np.ones(count, dtype=np.int64),
        quantity=quantity,
        opening_backlog=np.zeros(count),
        lost_cost=np.repeat(price[:, None], WEEKS, axis=1),
        back_cost=np.repeat(0.05 * price[:, None], WEEKS, axis=1),
        owed_share=np.zeros(count),
        clear_by=forever,
        opening_clear_by=forever[:, 0],
    )


def _weekly(demand: Demand, places: Places) -> np.ndarray:
    total = np.zeros(int(places.product.max()) + 1)
    np.add.at(total, places.product[demand.place], demand.quantity.mean(axis=1))
    return total


def _stock(
    places: Places, tier: np.ndarray, items: Products, demand: Demand, rng: np.random.Generator
) -> Places:
    weekly = np.zeros(len(places))
    weekly[demand.place] = demand.quantity.mean(axis=1)
    counts = {name: count for name, _, count in TIERS}
    here = tier[places.location]
    network = _weekly(demand, places)[places.product]
    for name, weeks in (("RDC", 1.0), ("CDC", 1.0), ("plant", 0.5)):
        weekly[here == name] = (weeks * network / counts[name])[here == name]
    opening = np.round(weekly * 1.5 * rng.gamma(1.0, 1.0, len(weekly)))
    safety = np.repeat(weekly[:, None], WEEKS, axis=1) * np.isin(here, ("RDC", "store"))[:, None]
    price = items.price[places.product]
    return replace(
        places,
        opening=opening,
        safety=safety,
        safety_penalty=np.repeat(0.02 * price[:, None], WEEKS, axis=1),
        daily_demand=np.repeat(weekly[:, None] / 7, WEEKS, axis=1),
        daily_demand_after=weekly / 7,
    )


def _supply(places: Places, tier: np.ndarray, demand: Demand, rng: np.random.Generator) -> Supply:
    place = np.flatnonzero(tier[places.location] == "supplier")
    weekly = _weekly(demand, places)[places.product[place]]
    weeks = (len(place), WEEKS)
    premium = rng.uniform(0, 3, len(place)) * (
        places.location[place] > places.location[place].min()
    )
    return Supply(
        place=place,
        lead=np.zeros(weeks, dtype=np.int64),
        most=np.repeat(0.6 * weekly[:, None], WEEKS, axis=1),
        least=np.zeros(weeks),
        least_penalty=np.full(weeks, np.inf),
        unit_cost=np.repeat(premium[:, None], WEEKS, axis=1),
        fixed_cost=np.zeros(weeks),
    )


def _capacity(places: Places, tier: np.ndarray, items: Products, demand: Demand) -> Capacity:
    volume = float(_weekly(demand, places) @ items.measure[:, 2])
    location = np.flatnonzero(np.isin(tier, ("CDC", "RDC")))
    share = np.where(tier[location] == "CDC", 1 / 4, 1 / 8) * volume
    kinds = (("outbound", 1.15), ("storage", 4.0))
    count = len(location)
    limit = np.concatenate(
        [np.repeat((factor * share)[:, None], WEEKS, axis=1) for _, factor in kinds]
    )
    return Capacity(
        location=np.tile(location, 2),
        kind=_texts([name for name, _ in kinds for _ in range(count)]),
        zone=_texts(["*"] * 2 * count),
        dimension=np.full(2 * count, 2, dtype=np.int64),
        limit=limit,
        extra_limit=np.zeros_like(limit),
        extra_cost=np.zeros_like(limit),
    )


def _vehicles(locations: int, kind: str) -> Vehicles:
    count = 0 if kind == "none" else 1
    limit = np.full((count, 4), np.nan)
    limit[:, 2] = TRUCK
    return Vehicles(
        code=_texts(["truck"] * count),
        limit=limit,
        trip_cost=np.full(count, 900.0),
        fleet=np.full(count, np.inf),
        home=np.ones((count, locations), dtype=bool),
        min_fill=np.zeros(count),
        fill_basis=np.full(count, 2, dtype=np.int64),
    )
