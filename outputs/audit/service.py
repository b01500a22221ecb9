"""Checks of service: demand as in the input, the service identity, rules of the classes (F3)."""

import math
from dataclasses import dataclass

from tierstock.outputs.audit.demand import Stream
from tierstock.outputs.audit.flows import World

NUMBERS = ("Demand", "Issued", "Lost", "Backlog", "Owed Before", "On Time", "Fill Rate")


@dataclass(frozen=True)
class Row:
    """One row of Service; nan for what it does not say."""

    wanted: float
    issued: float
    lost: float
    backlog: float
    owed: float
    on_time: float
    fill: float


def check_service(world: World) -> None:
    """Check every demand stream period by period."""
    table = world.plan.tables["Service"]
    columns = [world.plan.floats("Service", name) for name in NUMBERS]
    nothing = [math.nan] * len(table)
    if "Owed Before" not in table.texts:
        columns[4] = nothing
    if "On Time" not in table.texts:
        columns[5] = list(map(min, columns[0], columns[1]))
    filled = zip(columns[6], table.column("Fill Rate"), strict=True)
    columns[6] = [number if text else math.nan for number, text in filled]
    known = list(map(Row, *columns))
    for key, stream in world.case.streams.items():
        rows = world.plan.service[key]
        owed, fresh, named = stream.owed, [], tuple(part for part in key if part)
        for t, i in enumerate(rows):
            where = (*named, world.horizon.ids[t])
            if i < 0:
                if stream.wanted[t] > world.report.tolerance or owed > world.report.tolerance:
                    world.report.fail("keys", "Service", *where, "row missing")
                fresh.append(stream.wanted[t])
                continue
            fresh.append(_row(world, stream, known[i], t, owed, where))
            owed = known[i].backlog
            _in_time(world, stream, t, owed, fresh, where)


def _row(
    world: World, stream: Stream, row: Row, t: int, owed: float, where: tuple[str, ...]
) -> float:
    """Check one row; return what is newly owed."""
    report, terms = world.report, row.wanted + owed
    if row.wanted != stream.wanted[t]:
        report.equal("demand", row.wanted, stream.wanted[t], *where)
    if row.owed != owed and not math.isnan(row.owed):
        report.equal("service", row.owed, owed, *where, "Owed Before")
    if (gone := row.issued + row.lost + row.backlog) != terms:
        report.equal("service", gone, terms, *where, terms=terms)
    if row.on_time > (most := min(row.issued, row.wanted)):
        report.at_most("service", row.on_time, most, *where, "On Time", terms=terms)
    if not math.isnan(row.fill) and row.wanted > 0:
        report.equal("service", row.fill, row.on_time / row.wanted, *where, "Fill Rate")
    if (late := row.issued - row.on_time) > owed:
        report.at_most("promise", late, owed, *where, "late", terms=terms)
    if not world.case.is_open(stream.location, t):
        report.at_most("places", row.issued, 0.0, *where, "Issued")
    return _promise(world, stream, row, t, where, terms)


def _promise(
    world: World, stream: Stream, row: Row, t: int, where: tuple[str, ...], terms: float
) -> float:
    """Check the rules of the class in one row; return what is newly owed."""
    report, pair, mode = world.report, (stream.location, stream.product), stream.mode
    new = row.wanted - row.on_time
    if mode in ("lost", "must") and row.backlog > 0:
        report.at_most("promise", row.backlog, 0.0, *where, "Backlog", terms=terms)
    bound = mode == "must" and world.servable(pair, t) and world.fits(*pair, stream.grade, t)
    if bound or (mode == "backorder" and stream.wait == math.inf):
        report.at_most("promise", row.lost, 0.0, *where, "Lost", terms=terms)
    if mode == "partial":
        most = stream.share * row.wanted
        report.at_most("promise", new - row.lost, most, *where, "waiting", terms=terms)
        new = min(new, most)
    return new


def _in_time(
    world: World,
    stream: Stream,
    t: int,
    backlog: float,
    fresh: list[float],
    where: tuple[str, ...],
) -> None:
    """Check that nothing waits beyond Max Wait: B(t) <= what came up and may still wait."""
    if stream.wait == math.inf or stream.mode in ("lost", "must"):
        return
    horizon = world.horizon
    edges = [*horizon.edges, horizon.behind]
    since = [new for k, new in enumerate(fresh) if edges[t + 1] <= edges[k] + stream.wait]
    waiting = sum(since)
    if edges[t + 1] <= edges[0] - horizon.days[0] + stream.wait:
        waiting += stream.owed
    world.report.at_most("promise", backlog, waiting, *where, "Max Wait", terms=waiting)
