"""Where a way to a place ends: no lane, one for other goods, one that is closed."""

import numpy as np

from tierstock.inputs.selecting.selectors import NONE
from tierstock.why.answer import Cause
from tierstock.why.binding import Binding
from tierstock.why.rows import Place, Rows, rank_of
from tierstock.why.structure import Leg
from tierstock.why.words import tell


class Routes:
    """Says why nothing can reach a place.

    Args:
        rows: finds rows of the input.
        binding: says what a row does.
    """

    def __init__(self, rows: Rows, binding: Binding) -> None:
        self.rows, self.binding, self.net = rows, binding, rows.net

    def closed(self, location: int) -> Cause:
        """A location that is closed in the period."""
        name = str(self.net.locations.code[location])
        row = self.rows.named("Locations", "location", name, "status")
        frame = self.rows.table("Locations").frame
        if row.index >= 0 and str(frame["status"].iat[row.index]) != "closed":
            windows = ("active_from", "active_to")
            stated = [f for f in windows if not np.isnat(frame[f].to_numpy()[row.index])]
            row = Place("Locations", stated[0] if stated else "calendar", row.index)
        return self._told("closed", row, name=name)

    def missing(self, place: int, period: int) -> Cause:
        """The first step back from a place that goods cannot take."""
        product = int(self.net.places.product[place])
        location = int(self.net.places.location[place])
        name = self.net.locations.code[location]
        pairs, seen = self.rows.pairs, {location}
        fits = rank_of(self.rows.ranks("product", "Lanes", "product"), product) > NONE
        sources, ends, front = self._sources(product), [], [location]
        while front:
            here = front.pop(0)
            entries = np.flatnonzero(pairs.destination == here)
            carrying = entries[fits[pairs.row[entries]]]
            if not len(carrying):
                ends.append((here, entries))
            for entry in carrying.tolist():
                start = int(pairs.origin[entry])
                if sources[start] or self._open(start, product):
                    return self._shut(int(pairs.row[entry]), start, here, product, period)
                if start not in seen:
                    seen.add(start)
                    front.append(start)
        if not sources.any():
            return self._told("nothing", Place("Supply", "max"), product=product, name=str(name))
        here, entries = ends[0] if ends else (location, np.zeros(0, dtype=np.int64))
        near = [e for e in entries.tolist() if sources[int(pairs.origin[e])]]
        if near:
            entry, code = near[0], self.net.locations.code
            label = f"{code[pairs.origin[entry]]}→{code[here]}"
            row = Place("Lanes", "product", int(pairs.row[entry]))
            return self._told("lane-goods", row, name=label, product=product)
        name = str(self.net.locations.code[here])
        return self._told("no-lane", Place("Lanes", "from"), name=name, product=product)

    def waiting(self, leg: Leg, period: int) -> Cause:
        """A step of the way that is open too late."""
        if leg.kind == "lead":
            lane = int(self.net.goods.lane[leg.item])
            row = self.rows.lane(lane, "active_from", leg.period)
            name = str(self.net.lanes.label[lane])
            return self._told("lane-window", row, name=name)
        place = int(self.net.supply.place[leg.item])
        name = str(self.net.locations.code[self.net.places.location[place]])
        row = self.rows.supply(place, "period", leg.period)
        product = int(self.net.places.product[place])
        mask = self.net.periods.id[period]
        return self._told("supply", row, name=name, product=product, periods=mask)

    def _sources(self, product: int) -> np.ndarray:
        """[L] locations where a product comes into the network."""
        net = self.net
        found = np.zeros(len(net.locations), dtype=bool)
        stocked = (net.places.opening > 0) | (net.places.arriving > 0).any(axis=1)
        stocked[net.supply.place[(net.supply.most > 0).any(axis=1)]] = True
        if net.production is not None:
            stocked[net.production.place(net.places.of, net.production.outputs)] = True
        mine = stocked & (net.places.product == product)
        found[net.places.location[mine]] = True
        return found

    def _open(self, location: int, product: int) -> bool:
        place = int(self.net.places.of[location, product])
        return place >= 0 and int(self.net.places.earliest[place]) < len(self.net.periods)

    def _shut(self, row: int, start: int, end: int, product: int, period: int) -> Cause:
        """Why a row of Lanes that leads from goods to the place lets none pass."""
        code = self.net.locations.code
        name, frame = f"{code[start]}→{code[end]}", self.rows.table("Lanes").frame
        for location in (end, start):
            if not self.net.locations.active[location].any():
                return self.closed(location)
        open_now = self.rows.windows()[row]
        if not open_now[: period + 1].any():
            dates = ("active_to", "active_from") if not open_now.any() else ("active_from",)
            stated = [f for f in dates if not np.isnat(frame[f].to_numpy()[row])]
            return self._told(
                "lane-window", Place("Lanes", (stated or ["active_from"])[0], row), name=name
            )
        full = self._full(start, end, period)
        if full is not None:
            return full
        if len(self.rows.table("TransferRules")) and self._transfers(start, end, row):
            rule = self._rule(start, end, product, period)
            return self._told("forbidden", rule, name=name, product=product)
        if len(self.rows.table("Sourcing")):
            rule = self._sourcing(start, end, product)
            if rule.index >= 0:
                return self._told("source-forbidden", rule, name=name, product=product)
        return self._told("lane-window", Place("Lanes", "departure_days", row), name=name)

    def _full(self, start: int, end: int, period: int) -> Cause | None:
        """A lane that Max Shipment 0 shuts, where there is one."""
        lanes = self.net.lanes
        here = (lanes.origin == start) & (lanes.destination == end)
        shut = np.flatnonzero(here & (lanes.max_shipment[:, period] <= 0))
        if not len(shut):
            return None
        row = self.rows.lane(int(shut[0]), "max_shipment", period)
        when = self.net.periods.id[period]
        return self._told("lane", row, name=str(lanes.label[shut[0]]), periods=when)

    def _transfers(self, start: int, end: int, row: int) -> bool:
        stated = str(self.rows.table("Lanes").frame["kind"].iat[row])
        tier = self.net.locations.tier
        return stated == "transfer" or (stated == "" and tier[start] == tier[end])

    def _rule(self, start: int, end: int, product: int, period: int) -> Place:
        """The rule of transfers that decides about a pair, or none where no rule opens it."""
        from tierstock.inputs.assembly.transfer_rules import rule_coverage
        from tierstock.inputs.findings import Findings
        from tierstock.inputs.selecting.precedence import winners

        table, count = self.rows.table("TransferRules"), len(self.net.periods)
        origin, destination, goods = (np.array([one]) for one in (start, end, product))
        cells = rule_coverage(
            table, self.rows.catalog, origin, destination, goods, count, Findings()
        )[1]
        won = int(winners(cells, table, "allowed", Findings(), least=True)[0, period])
        return Place("TransferRules", "allowed", won)

    def _sourcing(self, start: int, end: int, product: int) -> Place:
        rows = self.rows
        return rows.best(
            "Sourcing",
            "rule",
            (rows.ranks("location", "Sourcing", "to"), end),
            (rows.ranks("product", "Sourcing", "product"), product),
            (rows.ranks("location", "Sourcing", "from"), start),
            also=rows.every("Sourcing"),
        )

    def _told(self, kind: str, row: Place, **values: object) -> Cause:
        if "product" in values:
            values["product"] = self.net.products.code[int(str(values["product"]))]
        said = tell(kind, self.binding.language, **values)
        return self.binding.told(kind, row, said, float("nan"))
