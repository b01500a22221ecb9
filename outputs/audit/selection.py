"""Rows of ServiceTargets: which demand they speak of, and over which windows (ruling 11)."""

from collections.abc import Collection
from dataclasses import dataclass

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.demand import STANDARD, Key
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.matching import Selectors
from tierstock.outputs.audit.substitutes import Ways
from tierstock.outputs.audit.values import bare

Windows = list[tuple[str, list[int]]]
"""Name and periods of every window."""


@dataclass
class Wish:
    """One row of ServiceTargets."""

    name: str
    measure: str
    each: str
    minimum: float
    hard: bool
    penalty: float
    """Not a number where blank."""
    fairness: str
    """Blank where none is asked for."""
    tolerance: float
    streams: list[Key]
    locations: Collection[str]
    products: Collection[str]
    by_customer: bool
    """Whether it selects by class or channel."""
    windows: Windows


def wishes(world: World) -> list[Wish]:
    """Return the rows of the sheet."""
    case, found = world.case, []
    groups = case.rows("Groups")
    grades = sorted({STANDARD, *case.classes, *(key[2] for key in case.streams)})
    of_grade = Selectors("class", grades, None, groups)
    channels = sorted({"", *case.of_channel.codes, *(key[3] for key in case.streams)})
    of_channel = Selectors("channel", channels, None, groups)
    for row in case.rows("ServiceTargets"):
        locations = case.of_location.ranked(row.text("Location"))
        products = case.of_product.ranked(row.text("Product"))
        grade, channel = of_grade.ranked(row.text("Class")), of_channel.ranked(row.text("Channel"))
        streams = [
            key
            for key in sorted(case.streams)
            if key[0] in locations and key[1] in products and key[2] in grade and key[3] in channel
        ]
        fairness = row.text("Fairness")
        found.append(
            Wish(
                name=row.text("Target"),
                measure=row.text("Measure") or "fill",
                each=row.text("Each") or "together",
                minimum=row.number("Minimum"),
                hard=row.text("Hardness") == "hard",
                penalty=row.number("Penalty"),
                fairness="" if fairness == "none" else fairness,
                tolerance=row.number("Tolerance", 0.05),
                streams=streams,
                locations=locations,
                products=products,
                by_customer=any(row.text(c) not in ("", "*") for c in ("Class", "Channel")),
                windows=windows_of(world, row.text("Window")),
            )
        )
    return found


def windows_of(world: World, text: str) -> Windows:
    """A period belongs to the month and quarter in which it starts."""
    horizon = world.horizon
    every = list(range(len(horizon)))
    if text in ("", "horizon"):
        return [("horizon", every)]
    if text == "each period":
        return [(horizon.ids[t], [t]) for t in every]
    if text in ("month", "quarter"):
        named: dict[str, list[int]] = {}
        for t, day in enumerate(horizon.starts):
            quarter = f"{day.year}-Q{(day.month + 2) // 3}"
            name = quarter if text == "quarter" else f"{day.year}-{day.month:02}"
            named.setdefault(name, []).append(t)
        return list(named.items())
    chosen = world.case.of_period.ranked(text)
    return [(text, sorted(horizon.place[bare(name)] for name in chosen))]


def member_name(each: str, location: str, product: str) -> str:
    """Return the member a place belongs to; blank for all together."""
    return {
        "together": "",
        "each location": location,
        "each product": product,
    }.get(each, f"{location} / {product}")


def reached(world: World, ways: Ways, key: Key, t: int) -> bool:
    """Tell whether goods, a substitute too, can have come to the place of a stream."""
    location, product, grade, channel = key

    def can(goods: str) -> bool:
        return world.servable((location, goods), t) and world.fits(location, goods, grade, t)

    return can(product) or any(
        can(other) for other in world.case.products if ways.of(product, other, channel) is not None
    )


def common(pairs: Collection[Pair]) -> Pair:
    """Return the location and the product that all places share, blank where they differ."""
    places, products = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return (
        places.pop() if len(places) == 1 else "",
        products.pop() if len(products) == 1 else "",
    )
