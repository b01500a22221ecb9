"""No class is short while a lower one is served (F4, ruling 29)."""

from itertools import permutations

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.demand import Key, Stream
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.substitutes import Ways


def check_priorities(world: World) -> None:
    """Check every two classes of one place, period by period.

    Nothing is asked before goods can come, nor where the lower class takes goods that the higher
    one may not have: older ones, or a substitute of its channel.
    """
    case, ids, ways = world.case, world.horizon.ids, Ways(world)
    meeting: dict[Pair, list[Stream]] = {}
    for stream in case.streams.values():
        meeting.setdefault((stream.location, stream.product), []).append(stream)
    for pair, streams in meeting.items():
        for high, low in permutations(streams, 2):
            ranked = case.wants.priority(high.grade) < case.wants.priority(low.grade)
            if not ranked or not takes_all(world, ways, high, low):
                continue
            for t, when in enumerate(ids):
                if world.servable(pair, t):
                    short = _number(world, high, "Lost", t) + _number(world, high, "Backlog", t)
                    wrong = min(short, _number(world, low, "Issued", t))
                    where = (*pair, when, f"{high.grade} > {low.grade}")
                    world.report.at_most("priorities", wrong, 0.0, *where)


def takes_all(world: World, ways: Ways, high: Stream, low: Stream) -> bool:
    """Tell whether the higher stream takes whatever the lower one may be served with."""
    if _least_life(world, high) > _least_life(world, low):
        return False
    return all(
        ways.of(high.product, other, high.channel) is not None
        for other in world.case.products
        if ways.of(low.product, other, low.channel) is not None
    )


def _least_life(world: World, stream: Stream) -> float:
    """Return the days of life a class asks for at delivery: the stricter of days and share."""
    own = world.case.classes.get(stream.grade)
    if own is None:
        return 0.0
    life = world.case.products[stream.product].number("Shelf Life", 0.0)
    share = own.number("Min Life Share", 0.0) * life
    return max(own.number("Min Remaining Life", 0.0), share) if life else 0.0


def _number(world: World, stream: Stream, column: str, t: int) -> float:
    key: Key = (stream.location, stream.product, stream.grade, stream.channel)
    i = world.plan.service[key][t]
    return world.plan.number("Service", column, i) if i >= 0 else 0.0
