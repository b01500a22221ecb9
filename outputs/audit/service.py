"""Checks of service: demand as in the input, the service identity, rules of the classes (F3)."""

from tierstock.outputs.audit.demand import Stream
from tierstock.outputs.audit.flows import World


def check_service(world: World) -> None:
    """Check every demand stream period by period."""
    for key, stream in world.case.streams.items():
        rows = world.plan.service[key]
        owed, fresh = stream.owed, []
        for t, i in enumerate(rows):
            where = (*(part for part in key if part), world.horizon.ids[t])
            if i < 0:
                if stream.wanted[t] > world.report.tolerance or owed > world.report.tolerance:
                    world.report.fail("keys", "Service", *where, "row missing")
                fresh.append(0.0)
                continue
            owed, new = _row(world, stream, i, t, owed, where)
            fresh.append(new)
            _in_time(world, stream, t, owed, fresh, where)


def _row(
    world: World, stream: Stream, i: int, t: int, owed: float, where: tuple[str, ...]
) -> tuple[float, float]:
    """Check one row; return what is owed after it and what is newly owed."""
    report, table = world.report, world.plan.tables["Service"]

    def read(column: str) -> float:
        return float(world.plan.number("Service", column, i))

    wanted, issued, lost, backlog = (read(c) for c in ("Demand", "Issued", "Lost", "Backlog"))
    report.equal("demand", wanted, stream.wanted[t], *where)
    terms = wanted + owed
    if "Owed Before" in table.texts:
        report.equal("service", read("Owed Before"), owed, *where, "Owed Before")
    report.equal("service", issued + lost + backlog, terms, *where, terms=terms)
    on_time = read("On Time") if "On Time" in table.texts else min(issued, wanted)
    report.at_most("service", on_time, min(issued, wanted), *where, "On Time", terms=terms)
    if table.column("Fill Rate")[i] and wanted > 0:
        report.equal("service", read("Fill Rate"), on_time / wanted, *where, "Fill Rate")
    new = wanted - on_time
    report.at_most("promise", issued - on_time, owed, *where, "late", terms=terms)
    pair = (stream.location, stream.product)
    if not world.case.is_open(stream.location, t):
        report.at_most("places", issued, 0.0, *where, "Issued")
    if stream.mode in ("lost", "must"):
        report.at_most("promise", backlog, 0.0, *where, "Backlog", terms=terms)
    bound = stream.mode == "must" and world.servable(pair, t)
    bound = bound and world.fits(*pair, stream.grade, t)
    if bound or (stream.mode == "backorder" and stream.wait == float("inf")):
        report.at_most("promise", lost, 0.0, *where, "Lost", terms=terms)
    if stream.mode == "partial":
        least = max(0.0, new - lost)
        report.at_most("promise", least, stream.share * wanted, *where, "waiting", terms=terms)
        new = min(new, stream.share * wanted)
    return backlog, 0.0 if stream.mode in ("lost", "must") else new


def _in_time(
    world: World,
    stream: Stream,
    t: int,
    backlog: float,
    fresh: list[float],
    where: tuple[str, ...],
) -> None:
    """Check that nothing waits beyond Max Wait: B(t) <= what came up and may still wait."""
    if stream.wait == float("inf") or stream.mode in ("lost", "must"):
        return
    horizon = world.horizon
    edges = [*horizon.edges, horizon.beyond[0]]
    since = [new for k, new in enumerate(fresh) if edges[t + 1] <= edges[k] + stream.wait]
    waiting = sum(since)
    if edges[t + 1] <= edges[0] - horizon.days[0] + stream.wait:
        waiting += stream.owed
    world.report.at_most("promise", backlog, waiting, *where, "Max Wait", terms=waiting)
