"""Demand met with another product: allowed, in its ratio, in its rank, at its cost (F30)."""

from collections import defaultdict

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.limits import FLOW
from tierstock.outputs.audit.matching import Selectors
from tierstock.outputs.audit.words import Record

Way = tuple[float, float, int]
"""Ratio, cost and rank of a substitute."""


class Ways:
    """The sheet Substitutes, resolved: the most specific row sets each value."""

    def __init__(self, world: World) -> None:
        """Rank the rows by Product, then Substitute, then Channel."""
        case = world.case
        self.channels: Selectors = case.of_channel
        self.rows: list[tuple[dict[str, int], dict[str, int], dict[str, int], Record]] = [
            (
                case.of_product.ranked(row.text("Product")),
                case.of_product.ranked(row.text("Substitute")),
                case.of_channel.ranked(row.text("Channel")),
                row,
            )
            for row in case.rows("Substitutes")
        ]
        self.known: dict[tuple[str, str, str], Way | None] = {}

    def of(self, product: str, other: str, channel: str) -> Way | None:
        """Return how a product may stand in for another one; None where it may not."""
        key = (product, other, channel)
        if key not in self.known:
            self.known[key] = self._resolved(*key) if product != other else None
        return self.known[key]

    def _resolved(self, product: str, other: str, channel: str) -> Way | None:
        found = []
        for wanted, instead, served, row in self.rows:
            rank = (wanted.get(product, 0), instead.get(other, 0), served.get(channel, 0))
            if all(rank):
                found.append((rank, row))
        if not found:
            return None
        found.sort(key=lambda one: one[0])
        values = []
        for column, default in (("Ratio", 1.0), ("Cost", 0.0), ("Rank", 1.0)):
            stated = [row.number(column) for _, row in found if row.text(column)]
            values.append(stated[-1] if stated else default)
        return values[0], values[1], int(values[2])


def check_substitutes(world: World) -> None:
    """Check every row of Substitutions against the rules, and ranks against the stock left."""
    plan, report, ways = world.plan, world.report, Ways(world)
    total: dict[tuple[tuple[str, ...], int], float] = defaultdict(float)
    for stream, t, other, units, used, row in plan.substitutions:
        location, product, _, channel = stream
        where = (*(part for part in (*stream, other) if part), world.horizon.ids[t])
        way = ways.of(product, other, channel)
        if way is None or stream not in plan.service:
            report.fail("substitutes", *where, "no such substitute", amount=units)
            continue
        report.equal("substitutes", used, way[0] * units, *where, "Used")
        report.equal(
            "substitutes", plan.number("Substitutions", "Cost", row), way[1] * units, *where
        )
        total[stream, t] += units
        if units > FLOW:
            _rank(world, ways, stream, t, other, way[2])
    for (stream, t), units in total.items():
        i = plan.service[stream][t]  # type: ignore[index]
        issued = plan.number("Service", "Issued", i) if i >= 0 else 0.0
        name = (*(part for part in stream if part), world.horizon.ids[t])
        report.at_most("substitutes", units, issued, *name, "Quantity", terms=issued)


def _rank(world: World, ways: Ways, stream: tuple[str, ...], t: int, other: str, rank: int) -> None:
    """Nothing of a better substitute is left where a later one is used."""
    location, product, _, channel = stream
    for better in world.case.products:
        way = ways.of(product, better, channel)
        if way is not None and way[2] < rank:
            left = world.stock((location, better), t)
            where = (location, product, other, better, world.horizon.ids[t])
            world.report.at_most("substitutes", left, 0.0, *where, "Rank", terms=left)


def charge_substitutes(world: World, lines: Ledger) -> None:
    """substitution = Cost x what is met with a substitute, at the product that was wanted."""
    ways = Ways(world)
    for stream, t, other, units, used, _ in world.plan.substitutions:
        location, product, _, channel = stream
        way = ways.of(product, other, channel)
        if way is not None:
            lines["substitution", location, product, t] += way[1] * units
        out = world.prices.cost
        lines["handling", location, other, t] += used * out("Handling Out", location, other, t, 0.0)
        own = units * out("Handling Out", location, product, t, 0.0)
        lines["handling", location, product, t] -= own
