"""Which row of which sheet states a limit: the row a cause is told with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.assembly.lane_rows import PairRows, pair_rows
from tierstock.inputs.assembly.lanes import DEFAULT_MODE
from tierstock.inputs.assembly.places import within
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import DIMENSIONS, Network
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.selecting.selectors import EXACT, NONE
from tierstock.inputs.tables import Table

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

BLANK = ("", "*", "＊")
"""Cells that choose everything."""


@dataclass(frozen=True)
class Place:
    """A cell of the input: the row of a sheet and one of its columns.

    Attributes:
        sheet: English name of the sheet.
        field: schema field of the column.
        index: row in the table, -1 where no row says it: one would have to be added.
    """

    sheet: str
    field: str
    index: int = -1


class Rows:
    """Finds rows of the input of a network.

    Args:
        net: a network read from tables.

    Raises:
        ValueError: the network was not read from tables.
    """

    def __init__(self, net: Network) -> None:
        if net.ground is None:
            raise ValueError("The network was not read from tables.")
        self.net, self.tables, self.catalog = net, net.ground.tables, net.ground.catalog
        self._pairs: PairRows | None = None

    def table(self, sheet: str) -> Table:
        """Return the rows of a sheet."""
        return self.tables.table(sheet)

    def best(self, sheet: str, field: str, *chosen: tuple[Ranked, int], also: Flags) -> Place:
        """Return the most specific of the rows that state a column; of equal ones the first.

        Args:
            sheet, field: the column.
            chosen: selector columns with the code each has to mean, the first counts most.
            also: [rows] rows that may be meant at all.
        """
        table = self.table(sheet)
        fits, key = also & self.stated(table, field), np.zeros(len(table), dtype=np.int64)
        for ranked, code in chosen:
            rank = rank_of(ranked, code)
            fits = fits & (rank > NONE)
            key = 3 * key + np.maximum(rank, 0)
        if not fits.any():
            return Place(sheet, field)
        return Place(sheet, field, int(np.where(fits, key, -1).argmax()))

    @staticmethod
    def stated(table: Table, field: str) -> Flags:
        """[rows] rows whose cell of a column is not blank."""
        values = table.frame[field].to_numpy()
        if values.dtype.kind == "f":
            return np.asarray(~np.isnan(values))
        if values.dtype.kind == "M":
            return np.asarray(~np.isnat(values))
        return np.asarray(values != "", dtype=bool)

    def ranks(self, kind: str, sheet: str, field: str) -> Ranked:
        """Match a selector column of a sheet."""
        return self.catalog.ranks(kind, self.table(sheet), field, Findings())

    def every(self, sheet: str) -> Flags:
        """[rows] all rows of a sheet."""
        return np.ones(len(self.table(sheet)), dtype=bool)

    @property
    def pairs(self) -> PairRows:
        """Rows of Lanes over pairs of locations."""
        if self._pairs is None:
            self._pairs = pair_rows(self.table("Lanes"), self.catalog, Findings())
        return self._pairs

    def windows(self) -> Flags:
        """[rows, T] periods in which rows of Lanes are active."""
        frame = self.table("Lanes").frame
        dates = [frame[name].to_numpy().astype("datetime64[D]") for name in WINDOW]
        return within(self.net.periods, *dates)

    def lane(self, lane: int, field: str, period: int, product: int = -1) -> Place:
        """Return the row of Lanes that states a column of a lane, for a product where asked."""
        lanes, table, pairs = self.net.lanes, self.table("Lanes"), self.pairs
        mine = pairs.origin == lanes.origin[lane]
        mine &= pairs.destination == lanes.destination[lane]
        modes = table.frame["mode"].to_numpy(dtype=object)
        modes = np.where(modes == "", DEFAULT_MODE, modes)
        fits = (modes == lanes.mode[lane]) & self.windows()[:, period]
        fits &= self.stated(table, field)
        entry = np.flatnonzero(mine & fits[pairs.row])
        key, row = 3 * pairs.rank[entry], pairs.row[entry]
        if product >= 0:
            rank = rank_of(self.ranks("product", "Lanes", "product"), product)[row]
            keep = rank > NONE
            key, row = (key + rank)[keep], row[keep]
        if not len(row):
            return Place("Lanes", field)
        return Place("Lanes", field, int(row[key == key.max()].min()))

    def supply(self, place: int, field: str, period: int) -> Place:
        """Return the row of Supply that states a column at a place in a period."""
        location, product = self.net.places.location[place], self.net.places.product[place]
        return self.best(
            "Supply",
            field,
            (self.ranks("location", "Supply", "location"), int(location)),
            (self.ranks("product", "Supply", "product"), int(product)),
            (self.ranks("period", "Supply", "period"), period),
            also=self.every("Supply"),
        )

    def capacity(self, limit: int, period: int) -> tuple[Place, float]:
        """Return the tightest row of a limit of Capacity, and what its Limit is multiplied by."""
        capacity, frame = self.net.capacity, self.table("Capacity").frame
        where = rank_of(
            self.ranks("location", "Capacity", "location"), int(capacity.location[limit])
        )
        when = rank_of(self.ranks("period", "Capacity", "period"), period)
        fits = (where > NONE) & (when > NONE) & (frame["kind"] == capacity.kind[limit]).to_numpy()
        words = np.array([*DIMENSIONS], dtype=object)
        fits &= (
            frame["dimension"].replace("", "unit") == words[capacity.dimension[limit]]
        ).to_numpy()
        zone = frame["zone"].to_numpy(dtype=object)
        wide = np.isin(zone, BLANK)
        if capacity.zone[limit] == "*":
            fits &= wide
        else:
            known = self.catalog.positions("zone", np.array([capacity.zone[limit]], dtype=object))
            fits &= ~wide & (rank_of(self.ranks("zone", "Capacity", "zone"), int(known[0])) > NONE)
        most = frame["limit"].to_numpy(np.float64)
        fits &= ~np.isnan(most)
        if not fits.any():
            return Place("Capacity", "limit"), 1.0
        index = int(np.where(fits, most, np.inf).argmin())
        factor = capacity.limit[limit, period] / most[index] if most[index] > 0 else 1.0
        return Place("Capacity", "limit", index), float(factor)

    def named(self, sheet: str, column: str, name: object, field: str) -> Place:
        """Return the row in which a column holds a name."""
        found = np.flatnonzero(self.table(sheet).frame[column].to_numpy(dtype=object) == name)
        return Place(sheet, field, int(found[0]) if len(found) else -1)

    def resource(self, resource: int, period: int) -> Place:
        """Return the row of Resources that states the hours of a resource in a period."""
        assert self.net.production is not None
        resources, frame = self.net.production.resources, self.table("Resources").frame
        code = self.net.locations.code[resources.location[resource]]
        mine = (frame["resource"] == resources.code[resource]) & (frame["location"] == code)
        return self.best(
            "Resources",
            "hours",
            (self.ranks("period", "Resources", "period"), period),
            also=mine.to_numpy(dtype=bool),
        )

    def recipe(self, recipe: int, field: str) -> Place:
        """Return the row of Recipes of a recipe at its location."""
        assert self.net.production is not None
        recipes = self.net.production.recipes
        mine = (self.table("Recipes").frame["recipe"] == recipes.code[recipe]).to_numpy(dtype=bool)
        where = (self.ranks("location", "Recipes", "location"), int(recipes.location[recipe]))
        return self.best("Recipes", field, where, also=mine)

    def opening(self, place: int) -> Place:
        """Return the first row of OpeningStock of a place."""
        location, product = self.net.places.location[place], self.net.places.product[place]
        frame = self.table("OpeningStock").frame
        mine = (frame["location"] == self.net.locations.code[location]) & (
            frame["product"] == self.net.products.code[product]
        )
        found = np.flatnonzero(mine.to_numpy(dtype=bool))
        return Place("OpeningStock", "quantity", int(found[0]) if len(found) else -1)

    def transfer(self, goods: int, field: str, period: int, least: bool = False) -> Place:
        """Return the row of TransferRules that states a column for goods in a period."""
        from tierstock.inputs.assembly.transfer_rules import rule_coverage
        from tierstock.inputs.selecting.precedence import winners

        net, table = self.net, self.table("TransferRules")
        lane = net.goods.lane[[goods]]
        ends = net.lanes.origin[lane], net.lanes.destination[lane], net.goods.product[[goods]]
        cells = rule_coverage(table, self.catalog, *ends, len(net.periods), Findings())[1]
        won = winners(cells, table, field, Findings(), least=least)
        return Place("TransferRules", field, int(won[0, period]))

    def excel_row(self, place: Place) -> int | None:
        """Return the Excel row of a cell, None where no row says it."""
        return None if place.index < 0 else self.table(place.sheet).row(place.index)

    def value(self, place: Place) -> float:
        """Return the number in a cell, not a number where there is none."""
        if place.index < 0:
            return float("nan")
        value = self.table(place.sheet).frame[place.field].iat[place.index]
        return float(value) if isinstance(value, int | float | np.number) else float("nan")


WINDOW: Sequence[str] = ("active_from", "active_to")
"""Columns with the dates between which a row of Lanes is valid."""


def rank_of(ranked: Ranked, code: int) -> Ints:
    """[rows] how specifically each row of a selector column means a code; ``NONE`` = not at all."""
    rank = np.where(ranked.exact == code, EXACT, NONE).astype(np.int64)
    wide = ranked.exact < 0
    rank[wide] = ranked.rank[ranked.text[wide], code]
    return np.asarray(rank)
