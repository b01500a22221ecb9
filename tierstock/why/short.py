"""Why a demand is short: the questions in their order, from the network to the money."""

import math

import numpy as np

from tierstock.inputs.assembly.periods import leads
from tierstock.inputs.network import Floats
from tierstock.inputs.rules import rules_in_effect
from tierstock.inputs.rules.words import number_text
from tierstock.inputs.schema import schema
from tierstock.why.answer import Cause, Why
from tierstock.why.binding import Binding, priced, rounded, shown
from tierstock.why.elastic import Cell, Elastic, Way
from tierstock.why.program import Program
from tierstock.why.routes import Routes
from tierstock.why.rows import Place, Rows
from tierstock.why.structure import Leg, reach, way
from tierstock.why.words import tell

HALF = 0.5
"""Share of a shortage that another class has to have taken to be its cause."""
NOTHING = 1e-6
"""Units that count as none, as a share of the demand."""


class Short:
    """Says why demand is not served.

    Args:
        program: the linear program of the plan.
        language: ``en`` or ``zh``.
    """

    def __init__(self, program: Program, language: str) -> None:
        self.program, self.net, self.language = program, program.net, language
        self.rows = Rows(self.net)
        self.binding = Binding(program, self.rows, language)

    def ask(self, location: int, product: int, period: int) -> Why:
        """Return why a product is short at a location in a period."""
        place = int(self.net.places.of[location, product])
        names = {
            "location": self.net.locations.code[location],
            "product": self.net.products.code[product],
            "period": self.net.periods.id[period],
        }
        cells = [] if place < 0 else self._cells(place, period, self.program.prices.values)
        if not cells:
            return self._said("not-wanted", names)
        wanted = sum(cell.wanted for cell in cells)
        unit = self.net.products.base_unit[product]
        short = [cell for cell in cells if cell.short > NOTHING * max(cell.wanted, 1.0)]
        if not short:
            missing = sum(one.short for one in self._cells(place, period, self.program.planned))
            named = {**names, "wanted": number_text(wanted), "unit": unit, "short": shown(missing)}
            return self._said("dearer-plan" if missing > NOTHING * wanted else "served", named)
        cell = max(short, key=lambda one: one.short)
        causes, notes, serving = self._causes(cell, place)
        head = tell(
            "short",
            self.language,
            **names,
            short=shown(sum(one.short for one in short)),
            wanted=shown(wanted),
            unit=unit,
            price=priced(cell.price),
        )
        return Why(head, tuple(causes), tuple(notes), serving, self.language)

    def _said(self, word: str, names: dict[str, object]) -> Why:
        return Why(tell(word, self.language, **names), (), (), math.nan, self.language)

    def _cells(self, place: int, period: int, values: Floats) -> list[Cell]:
        """What each class of customers wants at a place in a period and does not get.

        Args:
            place, period: where and when.
            values: [n] a plan.
        """
        demand = self.net.demand
        found = []
        for stream in np.flatnonzero(demand.place == place).tolist():
            wanted = float(demand.quantity[stream, period])
            missing, price = 0.0, 0.0
            for name in ("lost", "owed_new"):
                family = self.program.family(name)
                at = -1 if family is None else int(family.grid[stream, period])
                if family is not None and at >= 0:
                    missing += float(values[family.start + at])
            price = float(demand.lost_cost[stream, period])
            if demand.owed_share[stream] > 0:
                price = min(price, float(demand.back_cost[stream, period])) or price
            if wanted > 0:
                found.append(Cell(stream, period, wanted, missing, price))
        return found

    def _causes(self, cell: Cell, place: int) -> tuple[list[Cause], list[str], float]:
        """Causes, notes, and what serving a unit costs."""
        last, found = len(self.net.periods), reach(self.net, place)
        location = self.net.places.location[place]
        if not self.net.locations.active[location, cell.period]:
            return [self._routes.closed(int(location))], [], math.nan
        own = int(self.net.places.earliest[place]) < last
        if not found.timeless:
            causes = self._order(place, cell) or [self._routes.missing(place, cell.period)]
            return causes + ([self._stock(place, cell)] if own else []), [], math.nan
        if found.first > cell.period:
            causes = self._late(place, cell, found.first)
            return causes + ([self._stock(place, cell)] if own else []), [], math.nan
        return self._priced(cell, place)

    @property
    def _routes(self) -> Routes:
        return Routes(self.rows, self.binding)

    def _stock(self, place: int, cell: Cell) -> Cause:
        """More stock at the place itself, as a further way."""
        row = self.rows.opening(place)
        now = self.rows.value(row)
        said = self._sentence("stock", place)
        needed = rounded((now if math.isfinite(now) else 0.0) + cell.short)
        return self.binding.told("stock", row, said, needed)

    def _sentence(self, kind: str, place: int, **more: object) -> str:
        values = {
            "name": self.net.locations.code[self.net.places.location[place]],
            "product": self.net.products.code[self.net.places.product[place]],
            **more,
        }
        return tell(kind, self.language, **values)

    def _late(self, place: int, cell: Cell, first: int) -> list[Cause]:
        """Goods from elsewhere come after the period: the times of the quickest way."""
        legs, missing = way(self.net, place), first - cell.period
        waits = [leg for leg in legs if self._waits(leg, legs) > 0]
        if waits and sum(leg.lead for leg in legs) <= cell.period:
            return [self._routes.waiting(leg, cell.period) for leg in waits[:1]]
        causes = []
        for leg in sorted(legs, key=lambda one: -one.lead):
            take = min(missing, leg.lead)
            if take <= 0:
                break
            missing -= take
            causes.append(self._leg(leg, leg.lead - take, first))
        if not causes:
            causes = self._order(place, cell)
        return causes or [self._routes.missing(place, cell.period)]

    @staticmethod
    def _waits(leg: Leg, legs: list[Leg]) -> int:
        """Periods in which goods wait before a step of the way."""
        at = legs.index(leg)
        ready = 0 if at + 1 == len(legs) else legs[at + 1].period + legs[at + 1].lead
        return leg.period - ready

    def _leg(self, leg: Leg, lead: int, first: int) -> Cause:
        """A lead time and what it would have to be, in the unit of its cell."""
        net, periods = self.net, self.net.periods
        if leg.kind == "lead":
            lane = int(net.goods.lane[leg.item])
            place = self.rows.lane(lane, "lead_time", leg.period, int(net.goods.product[leg.item]))
            name, of = str(net.lanes.label[lane]), net.goods.product[leg.item]
            days = float(net.goods.arrival_days[leg.item, leg.period])
        elif leg.kind == "supply lead":
            at = int(net.supply.place[leg.item])
            place = self.rows.supply(at, "lead_time", leg.period)
            name, of = str(net.locations.code[net.places.location[at]]), net.places.product[at]
            days = (
                float(
                    (periods.start[leg.period + leg.lead] - periods.start[leg.period])
                    .astype("timedelta64[D]")
                    .astype(int)
                )
                if leg.period + leg.lead < len(periods)
                else math.nan
            )
        else:
            assert net.production is not None
            place = self.rows.recipe(leg.item, "lead_time")
            name = str(net.production.recipes.code[leg.item])
            of = net.production.recipes.product[leg.item]
            days = float(net.production.recipes.lead_days[leg.item, leg.period])
        values = {
            "name": name,
            "product": net.products.code[of],
            "days": shown(days),
            "first": net.periods.id[min(first, len(net.periods) - 1)],
        }
        needed = self._longest(leg, lead, place)
        said = tell(leg.kind, self.language, **values)
        return self.binding.told(leg.kind, place, said, needed)

    def _longest(self, leg: Leg, most: int, place: Place) -> float:
        """The longest lead time of a cell with which a step takes so many periods at most."""
        settings, periods = self.net.settings, self.net.periods
        stated, extra = self.rows.value(place), 0.0
        now = math.ceil(stated) if math.isfinite(stated) else 0
        if leg.kind == "lead" and settings.lead_time_unit != "period":
            goods, at = self.net.goods, (leg.item, leg.period)
            extra = float(goods.arrival_days[at] - goods.lead_days[at])
        tried = np.arange(now, -1.0, -1.0)
        table = np.repeat((tried + extra)[:, None], len(periods), axis=1)
        found = leads(periods, table, settings.lead_time_unit, settings.lead_time_rounding)
        good = np.flatnonzero(found[:, leg.period] <= most)
        return float(tried[good[0]]) if len(good) else 0.0

    def _order(self, place: int, cell: Cell) -> list[Cause]:
        """An open order of the place that comes too late."""
        orders = self.net.orders
        late = np.flatnonzero((orders.place == place) & (orders.due > cell.period))
        if not len(late):
            return []
        order = int(late[orders.due[late].argmin()])
        row, name = self.binding.order(order)
        due = int(min(orders.due[order], len(self.net.periods) - 1))
        first = self.net.periods.id[due]
        said = tell("transit", self.language, name=name, first=first)
        return [self.binding.told("transit", row, said, math.nan)]

    def _priced(self, cell: Cell, place: int) -> tuple[list[Cause], list[str], float]:
        """Goods could be there: what holds them back, or what is dearer."""
        elastic, product = Elastic(self.program, cell), int(self.net.places.product[place])
        found = elastic.stretched()
        if found is None:
            found = elastic.sooner()
        causes = [] if found is None else self._told(found, cell, product)
        first, notes = self._first(elastic, cell)
        if found is not None and not found.taken and not first:
            if found.serving < (1 - NOTHING) * cell.price:
                return [self._whole()], [], math.nan
            first = [self._dear(found.serving, cell)]
        if found is not None and math.isfinite(found.serving):
            values = {"serving": priced(found.serving), "price": priced(cell.price)}
            word = "with-it" if causes else "serving"
            notes.append(tell(word, self.language, **values))
        causes = first + causes
        if not causes:
            causes = [self._stock(place, cell)]
        return causes, notes, math.nan if found is None else found.serving

    def _told(self, way_: Way, cell: Cell, product: int) -> list[Cause]:
        """Causes of what gives way; times are told with the step of the way."""
        plain, causes = [], []
        for relief, at, amount in way_.taken:
            if relief.kind in ("lead", "supply lead"):
                lead = {"lead": self.net.goods.lead, "supply lead": self.net.supply.lead}
                for number in at[np.argsort(-amount)][:1].tolist():
                    item, period = int(relief.item[number]), int(relief.period[number])
                    leg = Leg(relief.kind, item, period, int(lead[relief.kind][item, period]))
                    due = min(period + leg.lead, len(self.net.periods) - 1)
                    causes.append(self._leg(leg, max(cell.period - period, 0), due))
            else:
                plain.append((relief, at, amount))
        return causes + self.binding.causes(plain, product)

    def _first(self, elastic: Elastic, cell: Cell) -> tuple[list[Cause], list[str]]:
        """A class of customers that comes first and gets what is missing here."""
        demand, net = self.net.demand, self.net
        classes = demand.service_class.astype(str)
        mine, price = demand.priority[cell.stream], demand.lost_cost[cell.stream, cell.period]
        before = demand.priority < mine
        before |= (demand.priority == mine) & (demand.lost_cost.max(axis=1) > price)
        before &= classes != classes[cell.stream]
        kept = elastic.given_way(before) if before.any() else None
        if kept is None or kept.displaced.sum() < HALF * cell.short:
            return [], []
        other = int(kept.displaced.argmax())
        place = net.demand.place[other]
        cost = float(demand.lost_cost[other].max())
        note = tell(
            "goes-to",
            self.language,
            location=net.locations.code[net.places.location[place]],
            product=net.products.code[net.places.product[place]],
            cost=priced(cost),
        )
        names = {"other": classes[other], "name": classes[cell.stream]}
        if demand.priority[other] < mine:
            row = self.rows.named("ServiceClasses", "class", names["other"], "priority")
            said = tell("class-first", self.language, **names)
            return [self.binding.told("class-first", row, said, float(mine) + 1)], [note]
        row = self.rows.named("ServiceClasses", "class", names["name"], "lost_cost")
        said = tell("class-dear", self.language, **names)
        needed = rounded(1.01 * max(kept.serving, cost))
        return [self.binding.told("class-dear", row, said, needed)], [note]

    def _dear(self, serving: float, cell: Cell) -> Cause:
        """Serving costs more than being short: the row that prices the shortage."""
        net = self.net
        location, product = (
            codes[net.demand.place[cell.stream]]
            for codes in (net.places.location, net.places.product)
        )
        frame = rules_in_effect(
            net, net.locations.code[location], net.products.code[product], language="en"
        )
        title = schema().sheet("Demand").column("shortage_cost").name
        lines = frame[frame["Rule"].str.startswith(f"Demand {title}")]
        place = Place("Demand", "shortage_cost")
        if len(lines):
            place = self._stated(lines.iloc[0])
        values = {"serving": priced(serving), "price": priced(cell.price)}
        said = tell("too-dear", self.language, **values)
        return self.binding.told("too-dear", place, said, rounded(1.01 * serving))

    def _whole(self) -> Cause:
        """Serving would be worth its cost, and no row gives way: whole numbers are in the way."""
        said = tell("whole", self.language)
        return Cause("capacity", "", None, "", math.nan, math.nan, math.nan, said)

    def _stated(self, line: object) -> Place:
        """The cell behind a line of the rules in effect that tells a shortage cost."""
        fields = {
            "Demand": "shortage_cost",
            "ServiceClasses": "lost_cost",
            "Products": "shortage_cost",
        }
        for sheet, field in fields.items():
            table = self.rows.table(sheet)
            if str(line["Sheet"]) in (sheet, table.title):  # type: ignore[index]
                rows = table.frame["row"].to_numpy(np.int64)
                row = line["Excel Row"]  # type: ignore[index]
                at = np.flatnonzero(rows == (int(row) if row == row else -1))
                return Place(sheet, field, int(at[0]) if len(at) else -1)
        return Place("Products", "shortage_cost")
