"""From what gives way to causes: the row that binds, what it says, what it would have to say."""

import math

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.rules.words import number_text, run_text
from tierstock.inputs.schema import say, schema
from tierstock.why.answer import Cause, column_name
from tierstock.why.program import Program
from tierstock.why.relief import Relief
from tierstock.why.rows import Place, Rows
from tierstock.why.words import CAUSE, tell

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WHOLE = ("fleet", "moves", "source")
"""Limits of whole numbers."""
LESS = ("donor", "safety", "least", "moq", "fill", "cash")
"""Limits that have to be lower for more to be served."""
NO_NUMBER = ("need", "source", "own")
"""Rules that no single number of theirs relaxes."""


class Binding:
    """Says what binds.

    Args:
        program: the linear program of the plan.
        rows: finds rows of the input.
        language: ``en`` or ``zh``.
    """

    def __init__(self, program: Program, rows: Rows, language: str) -> None:
        self.program, self.rows, self.language = program, rows, language
        self.net = program.net

    def causes(self, taken: list[tuple[Relief, Ints, Floats]], product: int) -> list[Cause]:
        """Return a cause for every row of the input that gives way, the one that most does first.

        Args:
            taken: what gives way, of each kind which and how much.
            product: the product that is short.
        """
        found: dict[tuple[str, Place, str], list[tuple[int, float, float, float]]] = {}
        for relief, at, amount in taken:
            for number, units in zip(at.tolist(), amount.tolist(), strict=True):
                place, name, factor, limit = self._place(relief, number, product)
                worth = self._worth(relief, number) * factor
                period, size = int(relief.period[number]), float(relief.size[number])
                wanted = limit + units / factor if math.isfinite(limit) else math.nan
                if self._falls(relief.kind, place):
                    wanted = limit - units / factor
                key = (relief.kind, place, name)
                weight = units / size * float(relief.weight[number])
                found.setdefault(key, []).append((period, wanted, worth, weight))
        derived = [key for key in found if key[0] == "recipe" and key[1].index < 0]
        for key in derived if len(found) > len(derived) else ():
            del found[key]  # the most of a recipe without Max comes of its hours
        order = sorted(found.items(), key=lambda one: -sum(part[3] for part in one[1]))
        return [self._cause(*key, parts, product) for key, parts in order]

    def _falls(self, kind: str, place: Place) -> bool:
        if kind == "budget":
            return self._budget_kind(place) == "cash"
        return kind in LESS

    def _budget_kind(self, place: Place) -> str:
        """The kind of a row of Budgets; blank where there is none."""
        kinds = self.rows.table("Budgets").frame["kind"]
        return str(kinds.iat[place.index]) if place.index >= 0 else ""

    def _worth(self, relief: Relief, number: int) -> float:
        """Money that one more unit of a limit saves."""
        mine = relief.which == number
        duals = self.program.prices.row_duals[relief.row[mine]]
        gain = self.program.sense * float(relief.value[mine] @ duals) - float(relief.cost[number])
        return max(gain, 0.0)

    def _cause(
        self,
        kind: str,
        place: Place,
        name: str,
        parts: list[tuple[int, float, float, float]],
        product: int,
    ) -> Cause:
        mask = np.zeros(len(self.net.periods), dtype=bool)
        mask[[min(part[0], len(mask) - 1) for part in parts]] = True
        wanted = [part[1] for part in parts if math.isfinite(part[1])]
        falls = self._falls(kind, place)
        needed = math.nan
        if wanted and kind not in NO_NUMBER:
            needed = max(min(wanted), 0.0) if falls else max(wanted)
            counted = kind in WHOLE or (kind == "budget" and self._budget_kind(place) == "moves")
            needed = rounded(needed, whole=counted, down=falls)
        worth = max(part[2] for part in parts)
        comma = "、" if self.language == "zh" else ", "
        said = tell(
            kind,
            self.language,
            name=name,
            what=self._what(kind, place),
            product=self.net.products.code[product],
            periods=run_text(self.net.periods.id, mask, comma),
        )
        return self.told(kind, place, said, needed, worth)

    def told(
        self, kind: str, place: Place, said: str, needed: float, worth: float = math.nan
    ) -> Cause:
        """Return a cause with its row, the number that would do and what the limit is worth."""
        language, now = self.language, self.rows.value(place)
        row = self.rows.excel_row(place)
        title = self.rows.table(place.sheet).title or place.sheet
        column = self.rows.table(place.sheet).heading(place.field)
        if self.language != self.rows.table(place.sheet).language:
            column = schema().sheet(place.sheet).column(place.field).heading(language)
            title = schema().sheet(place.sheet).heading(language)
        where = tell("place" if row else "no-row", language, sheet=title, row=row)
        text = f"{where}：{said}" if language == "zh" else f"{where}: {said}"
        if math.isfinite(needed):
            values = {"column": column, "now": shown(now), "needed": shown(needed)}
            change = tell("raise" if math.isfinite(now) else "set", language, **values)
            text += f"；{change}" if language == "zh" else f"; {change}"
        if worth > 0:
            text += tell("worth", language, worth=priced(worth))
        text += "。" if language == "zh" else "."
        name = column_name(place.sheet, place.field)
        return Cause(CAUSE[kind], place.sheet, row, name, now, needed, worth, text)

    def _what(self, kind: str, place: Place) -> str:
        if kind != "capacity" or place.index < 0:
            return ""
        frame = self.rows.table("Capacity").frame
        words = [say(str(frame[c].iat[place.index]), self.language) for c in ("kind", "dimension")]
        return " ".join(word for word in words if word)

    def _place(self, relief: Relief, at: int, product: int) -> tuple[Place, str, float, float]:
        """Return the row of a limit, its name, what its cell is multiplied by, and the cell."""
        item, period = int(relief.item[at]), int(relief.period[at])
        found = getattr(self, f"_{relief.kind.replace(' ', '_')}", None)
        if found is None:
            place, name, factor = Place("UserRows", "value"), "", 1.0
        else:
            place, name, factor = found(item, period)
        return place, name, factor, self._limit(relief.kind, place, item, period)

    def _limit(self, kind: str, place: Place, item: int, period: int) -> float:
        if kind in ("stock", "transit", "lead", "supply lead"):
            return self.rows.value(place) if place.index >= 0 else 0.0
        return self.rows.value(place)

    def _lane(self, item: int, period: int) -> tuple[Place, str, float]:
        lane = self._code("lane_capacity", 0, item)
        name = str(self.net.lanes.label[lane])
        return self.rows.lane(lane, "max_shipment", period), name, 1.0

    def _least(self, item: int, period: int) -> tuple[Place, str, float]:
        lane = self._code("lane_min", 0, item)
        name = str(self.net.lanes.label[lane])
        return self.rows.lane(lane, "min_shipment", period), name, 1.0

    def _capacity(self, item: int, period: int) -> tuple[Place, str, float]:
        limits, _ = np.nonzero(np.isfinite(self.net.capacity.limit))
        limit = int(limits[item])
        place, factor = self.rows.capacity(limit, period)
        return place, str(self.net.locations.code[self.net.capacity.location[limit]]), factor

    def _fleet(self, item: int, period: int) -> tuple[Place, str, float]:
        code = self.net.vehicles.code[self._code("fleet", 0, item)]
        return self.rows.named("Vehicles", "vehicle", code, "fleet"), str(code), 1.0

    def _fill(self, item: int, period: int) -> tuple[Place, str, float]:
        code = self.net.vehicles.code[self._code("vehicle_fill", 1, item)]
        return self.rows.named("Vehicles", "vehicle", code, "min_fill"), str(code), 1.0

    def _budget(self, item: int, period: int) -> tuple[Place, str, float]:
        assert self.net.budgets is not None
        name = self.net.budgets.name[self.net.budgets.group[self.net.budgets.row_group[item]]]
        return self.rows.named("Budgets", "budget", name, "limit"), str(name), 1.0

    def _resource(self, item: int, period: int) -> tuple[Place, str, float]:
        assert self.net.production is not None
        resources = self.net.production.resources
        component = self.program.rows("resource_hours")
        assert component is not None
        keys = component[0].key_list
        location, code = int(keys.codes[0][item]), keys.levels[1].names[int(keys.codes[1][item])]
        mine = (resources.location == location) & (resources.code.astype(str) == code)
        resource = int(np.flatnonzero(mine)[0])
        place = self.rows.resource(resource, period)
        cell, hours = self.rows.value(place), float(resources.hours[resource, period])
        return place, code, hours / cell if cell > 0 and hours > 0 else 1.0

    def _supply(self, item: int, period: int) -> tuple[Place, str, float]:
        place = int(self.net.supply.place[item])
        name = str(self.net.locations.code[self.net.places.location[place]])
        return self.rows.supply(place, "max", period), name, 1.0

    def _moq(self, item: int, period: int) -> tuple[Place, str, float]:
        component = self.program.rows("order_min")
        assert component is not None
        location, product = (int(code[item]) for code in component[0].key_list.codes[:2])
        place = int(self.net.places.of[location, product])
        return self.rows.supply(place, "moq", period), str(self.net.locations.code[location]), 1.0

    def _recipe(self, item: int, period: int) -> tuple[Place, str, float]:
        assert self.net.production is not None
        name = str(self.net.production.recipes.code[item])
        return self.rows.recipe(item, "max"), name, 1.0

    def _moves(self, item: int, period: int) -> tuple[Place, str, float]:
        assert self.net.transfers is not None
        limits = self.net.transfers.limits
        limit = self._code("move_limit", 0, item)
        name, place = str(limits.name[limit]), Place("TransferRules", "max_moves")
        stated = self.rows.stated(self.rows.table("TransferRules"), "max_moves")
        which = np.flatnonzero(stated)
        if limit < len(which):
            place = Place("TransferRules", "max_moves", int(which[limit]))
        return place, name, 1.0

    def _donor(self, item: int, period: int) -> tuple[Place, str, float]:
        component = self.program.rows("transfer_cover")
        assert component is not None
        location, product = (int(code[item]) for code in component[0].key_list.codes[:2])
        name, source = str(self.net.locations.code[location]), self.net.places.of[location, product]
        sends = np.flatnonzero(
            (self.net.goods.source == source)
            & (self.net.lanes.kind[self.net.goods.lane] == "transfer")
        )
        for field in ("donor_min_qty", "donor_min_days"):
            for goods in sends.tolist():
                place = self.rows.transfer(goods, field, period)
                if place.index >= 0:
                    return place, name, 1.0
        return Place("TransferRules", "donor_min_days"), name, 1.0

    def _at_place(self, rows: str, field: str, item: int, period: int) -> tuple[Place, str, float]:
        component = self.program.rows(rows)
        assert component is not None
        location, product = (int(code[item]) for code in component[0].key_list.codes[:2])
        rows_of = self.rows
        place = rows_of.best(
            "StockTargets",
            field,
            (rows_of.ranks("location", "StockTargets", "location"), location),
            (rows_of.ranks("product", "StockTargets", "product"), product),
            (rows_of.ranks("period", "StockTargets", "period"), period),
            also=rows_of.every("StockTargets"),
        )
        return place, str(self.net.locations.code[location]), 1.0

    def _max(self, item: int, period: int) -> tuple[Place, str, float]:
        return self._at_place("max_stock", "max_stock", item, period)

    def _safety(self, item: int, period: int) -> tuple[Place, str, float]:
        return self._at_place("safety_stock", "safety_stock", item, period)

    def _own(self, item: int, period: int) -> tuple[Place, str, float]:
        component = self.program.rows("user_row")
        assert component is not None
        name = component[0].key_list.levels[0].names[int(component[0].key_list.codes[0][item])]
        return self.rows.named("UserRows", "row_name", name.split(" | ")[0], "value"), name, 1.0

    def _stock(self, item: int, period: int) -> tuple[Place, str, float]:
        name = str(self.net.locations.code[self.net.places.location[item]])
        return self.rows.opening(item), name, 1.0

    def _transit(self, item: int, period: int) -> tuple[Place, str, float]:
        return *self.order(item), 1.0

    def order(self, item: int) -> tuple[Place, str]:
        """Return the row of InTransit of an open order, and its name."""
        label = str(self.net.orders.label[item])
        table = self.rows.table("InTransit")
        place = self.rows.named("InTransit", "order_no", label, "due_date")
        if place.index < 0:
            number = [at for at in range(len(table)) if label.endswith(str(table.row(at)))]
            place = Place("InTransit", "due_date", number[0] if number else -1)
        return place, label

    def _code(self, rows: str, level: int, item: int) -> int:
        component = self.program.rows(rows)
        assert component is not None
        return int(component[0].key_list.codes[level][item])


def rounded(number: float, *, whole: bool = False, down: bool = False) -> float:
    """Return a number with six significant figures that is enough: up, or down where less is."""
    if number == 0 or not math.isfinite(number):
        return number
    step = 1.0 if whole else 10.0 ** (math.floor(math.log10(abs(number))) - 5)
    near = 1e-7 * abs(number)
    steps = (number + near) / step if down else (number - near) / step
    return (math.floor(steps) if down else math.ceil(steps)) * step


def shown(number: float) -> str:
    """Return a number as text."""
    return number_text(round(number, 4)) if math.isfinite(number) else "–"


def priced(money: float) -> str:
    """Return an amount of money as text."""
    return number_text(round(money, 2)) if math.isfinite(money) else "–"
