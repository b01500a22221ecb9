"""Lanes and the goods they carry, with their values per period (rulings 9, 10, 20)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.departures import departures
from tierstock.inputs.assembly.freight import Freight, great_circle, report_missing
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lane_rows import GoodsRows, PairRows
from tierstock.inputs.assembly.layers import Layers, layers
from tierstock.inputs.assembly.places import within
from tierstock.inputs.assembly.unique import told_apart
from tierstock.inputs.assembly.vehicles import lane_vehicles
from tierstock.inputs.network import Flags, Floats, Ints, Lanes, Texts
from tierstock.inputs.tables import Table, own_unit

DEFAULT_MODE = "road"


@dataclass(frozen=True)
class LaneGoods:
    """Products on lanes as stated, before places, lead times in buckets and carrying cost."""

    lane: Ints
    """[K] lane."""
    product: Ints
    """[K] product."""
    valid: Flags
    """[K, T] some row is valid for shipments of the period."""
    departs: Flags
    """[K, T] the lane has a departure day in the period."""
    lead: Floats
    """[K, T] lead time as stated."""
    unit_cost: Floats
    """[K, T] freight, money per unit shipped."""
    arriving_share: Floats
    """[K, T] yield."""
    multiple: Floats
    """[K, T] shipped in whole multiples of this, units; 0 where none."""
    carbon: Floats | None
    """[K, T] emission, kg per unit shipped; None where nobody states any."""
    duty: Floats | None
    """[K, T] share of the value at the destination; None where nobody states any."""
    transfer_price: Floats | None
    """[K, T] money per unit between companies, 0 where none; None where nobody states any."""

    def __len__(self) -> int:
        return len(self.lane)


def build_lanes(ground: Ground, pairs: PairRows, goods: GoodsRows) -> tuple[Lanes, LaneGoods]:
    """Return the lanes by From, To and Mode, and the goods by lane and product.

    Max and Min Shipment, Fixed Cost, Vehicle, Kind, Distance and Departure Days belong to the
    lane; Lead Time, Unit Cost with its basis and Yield to the products of the row.
    """
    table, sites = ground.tables.table("Lanes"), ground.sites
    when = within(ground.periods, _dates(table, "active_from"), _dates(table, "active_to"))
    modes, mode = np.unique(_modes(table), return_inverse=True)
    size = len(sites.locations)
    key = (pairs.origin * size + pairs.destination) * max(len(modes), 1) + mode[pairs.row]
    keys, lane_of_pair = np.unique(key, return_inverse=True)
    count = max(len(modes), 1)
    origin, destination = keys // count // size, keys // count % size
    lane_modes = modes[keys % count].astype(object)
    of_lane = layers(lane_of_pair, pairs.row, pairs.rank, when, len(keys))
    once = layers(lane_of_pair, pairs.row, pairs.rank, np.ones((len(table), 1), bool), len(keys))
    ask = _Asking(ground, table)
    distance = ask.number(once, "distance", np.nan)[:, 0]
    known = great_circle(sites, origin, destination)
    lanes = Lanes(
        label=labels(sites.locations.code, origin, destination, lane_modes),
        origin=origin,
        destination=destination,
        mode=lane_modes,
        kind=_kinds(ask, once, sites.locations.tier, origin, destination),
        distance=np.where(np.isnan(distance), known, distance),
        min_shipment=ask.number(of_lane, "min_shipment", 0.0),
        max_shipment=ask.number(of_lane, "max_shipment", np.inf),
        fixed_cost=ask.money(of_lane, "fixed_cost", 0.0),
        vehicles=_vehicles(ask, once),
    )
    departs = departures(ground, origin, *ask.word(of_lane, "departure_days", ""))
    return lanes, _goods(ask, lanes, departs, lane_of_pair, pairs, goods, when)


def _goods(
    ask: "_Asking",
    lanes: Lanes,
    departs: Flags,
    lane_of_pair: Ints,
    pairs: PairRows,
    goods: GoodsRows,
    when: Flags,
) -> LaneGoods:
    products = ask.ground.products
    key = lane_of_pair[goods.pair] * max(len(products), 1) + goods.product
    keys, good = np.unique(key, return_inverse=True)
    lane, product = keys // max(len(products), 1), keys % max(len(products), 1)
    cells = layers(good, pairs.row[goods.pair], goods.rank, when, len(keys))
    lead = ask.number(cells, "lead_time", 0.0)
    cost, rate = ask.amount(cells, "unit_cost", 0.0)
    basis, names = ask.word(cells, "cost_basis", "unit")
    freight = Freight(cost, rate, basis, names, lane, product, lanes, products)
    report_missing(freight, ask.table, ask.ground.tables.table("Products"), ask.ground.findings)
    share = ask.number(cells, "yield", 1.0)
    return LaneGoods(
        lane=lane,
        product=product,
        valid=cells.valid(),
        departs=departs[lane],
        lead=lead,
        unit_cost=freight.per_unit(),
        arriving_share=share,
        multiple=ask.quantity(cells, "order_multiple", product),
        carbon=ask.number(cells, "carbon", 0.0) if ask.states("carbon") else None,
        duty=ask.number(cells, "duty", 0.0) if ask.states("duty") else None,
        transfer_price=(
            ask.money(cells, "transfer_price", 0.0) if ask.states("transfer_price") else None
        ),
    )


@dataclass(frozen=True)
class _Asking:
    """Asks rows of the sheet for one column, and reports rows that contradict each other."""

    ground: Ground
    table: Table

    def states(self, field: str) -> bool:
        """Whether any row states a number other than 0."""
        return bool(np.nan_to_num(self.table.frame[field].to_numpy(np.float64)).any())

    def number(self, cells: Layers, field: str, default: float) -> Floats:
        return self._value(cells, field, self.table.frame[field].to_numpy(np.float64), default)

    def word(self, cells: Layers, field: str, default: str) -> tuple[Ints, list[str]]:
        """Number of the word of every cell in the list of words, which begins with the default."""
        texts = self.table.frame[field].to_numpy(dtype=object)
        names = [default, *sorted({str(text) for text in texts} - {"", default})]
        number = pd.Index(names).get_indexer(pd.Index(texts)).astype(np.float64)
        column = np.where(texts == "", np.nan, number)
        return self._value(cells, field, column, 0.0).astype(np.int64), names

    def money(self, cells: Layers, field: str, default: float) -> Floats:
        """Home money, from the currency of the row that states it."""
        cost, rate = self.amount(cells, field, default)
        return cost * rate

    def amount(self, cells: Layers, field: str, default: float) -> tuple[Floats, Floats]:
        """Number as stated, and home money for one unit of the currency of its row."""
        row = self._row(cells, field, ("currency",))
        stated = self.table.frame[field].to_numpy(np.float64)
        rate = self.ground.exchange.times(self.table, row)
        return np.where(row >= 0, np.append(stated, np.nan)[row], default), rate

    def quantity(self, cells: Layers, field: str, product: Ints) -> Floats:
        """Base units, from the unit the cell names; 0 where no row states any."""
        if self.table.frame[field].isna().all():
            return np.zeros((cells.keys, cells.when.shape[1]))
        row = self._row(cells, field, (own_unit(field),))
        stated = self.table.frame[field].to_numpy(np.float64)
        times = self.ground.measures.times(self.table, field, row, product[:, None])
        return np.where(row >= 0, np.append(stated, np.nan)[row], 0.0) * times

    def _row(self, cells: Layers, field: str, beside: tuple[str, ...]) -> Ints:
        """[K, T] row that states a cell's number; -1 where none does.

        Of rows that say the same, in these columns too, any may be it.
        """
        frame = self.table.frame
        beside = tuple(name for name in beside if name in frame)
        meaning = frame.groupby([field, *beside], dropna=False, sort=False).ngroup().to_numpy()
        first = np.unique(meaning, return_index=True)[1]
        column = np.where(frame[field].isna(), np.nan, first[meaning].astype(np.float64))
        return self._value(cells, field, column, -1.0).astype(np.int64)

    def _value(self, cells: Layers, field: str, column: Floats, default: float) -> Floats:
        found, clashes = cells.value(column, default)
        for one, other in clashes:
            self.ground.findings.add(
                "conflicting-rows",
                table=self.table,
                index=other,
                field=field,
                other=self.table.cell(one, field),
                stated=self.table.frame[field].iat[one],
            )
        return found


def _dates(table: Table, field: str) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    return table.frame[field].to_numpy().astype("datetime64[D]")


def _modes(table: Table) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    mode = table.frame["mode"].to_numpy(dtype=object)
    return np.where(mode == "", DEFAULT_MODE, mode).astype(str)


def labels(code: Texts, origin: Ints, destination: Ints, mode: Texts) -> Texts:
    """Name of every lane: ``From→To``, and `` (mode)`` where the pair has several modes."""
    name = code[origin] + "→" + code[destination]
    _, pair, count = np.unique(
        origin * max(len(code), 1) + destination, return_inverse=True, return_counts=True
    )
    return told_apart(np.where(count[pair] > 1, name + " (" + mode + ")", name).astype(object))


def _kinds(ask: _Asking, once: Layers, tier: Texts, origin: Ints, destination: Ints) -> Texts:
    """Kind of every lane: as stated, else transfer between equal tiers, else replenish."""
    number, names = ask.word(once, "kind", "")
    usual = np.where(tier[origin] == tier[destination], "transfer", "replenish")
    stated = np.asarray(names, dtype=object)[number[:, 0]]
    return np.where(number[:, 0] == 0, usual, stated).astype(object)


def _vehicles(ask: _Asking, once: Layers) -> Flags:
    """[A, V] vehicle types that may run on each lane."""
    number, names = ask.word(once, "vehicle", "")
    texts = ask.table.frame["vehicle"].to_numpy(dtype=object)
    first = np.asarray([-1] + [int(np.argmax(texts == name)) for name in names[1:]])
    ground = ask.ground
    return lane_vehicles(first[number[:, 0]], ask.table, ground.catalog, ground.findings)
