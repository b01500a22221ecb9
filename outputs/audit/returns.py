"""Goods that come back: as much as the issues before call for (F31)."""

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.matching import Policy
from tierstock.outputs.audit.words import Record


def move_returns(world: World) -> None:
    """Fill ``Returned``: ratio x issued, lag days later; ``Disposed``: as the plan says.

    Only what comes back may be thrown away.
    """
    rules, plan = _policy(world), world.plan
    if not rules.rows:
        return
    backs = set()
    for pair, issued in list(world.issued.items()):
        ratio = _number(rules, "Ratio", pair)
        if not ratio:
            continue
        product, _ = rules.value("Return Product", "", *pair)
        back = (pair[0], product or pair[1])
        backs.add(back)
        lag = _number(rules, "Lag", pair)
        for t, units in enumerate(issued):
            due = world.horizon.arrival(t, lag, in_days=True)
            if units and due < len(issued):
                world.moves["Returned"][back][due] += ratio * units
    wanted = {(s.location, s.product) for s in world.case.streams.values()}
    for pair in wanted:
        if _number(rules, "Ratio", pair):
            product, _ = rules.value("Return Product", "", *pair)
            backs.add((pair[0], product or pair[1]))
    for back in backs:
        for t, i in enumerate(plan.inventory.get(back, ())):
            if i >= 0:
                world.moves["Disposed"][back][t] = plan.number("Inventory", "Disposed", i)


def charge_returns(world: World, lines: Ledger) -> None:
    """disposal = Disposal Cost x what is thrown away."""
    rules = _policy(world)
    price = {}
    for stream in world.case.streams.values():
        pair = (stream.location, stream.product)
        if rules.rows and _number(rules, "Ratio", pair):
            product, _ = rules.value("Return Product", "", *pair)
            price[pair[0], product or pair[1]] = _number(rules, "Disposal Cost", pair)
    for back, thrown in world.moves["Disposed"].items():
        for t, units in enumerate(thrown):
            if units:
                lines["disposal", *back, t] += price.get(back, 0.0) * units


def _policy(world: World) -> Policy:
    case = world.case

    def ranks(row: Record) -> list[dict[str, int]]:
        everywhere = dict.fromkeys(case.locations, 1)
        place = case.of_location.ranked(row.text("Location"))
        product = case.of_product.ranked(row.text("Product"))
        return [place, product, everywhere, {"": 1}]

    return Policy(case.rows("Returns"), ranks)


def _number(rules: Policy, column: str, pair: tuple[str, str]) -> float:
    _, row = rules.value(column, "", *pair)
    return row.number(column) if row is not None else 0.0
