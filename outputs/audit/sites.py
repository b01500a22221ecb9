"""Locations that open and close: nothing at a closed one, and the rules of opening (F24)."""

import math
from collections import defaultdict

from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.plan import FLOWS_IN, FLOWS_OUT
from tierstock.outputs.audit.words import Record


def site_rows(case: Case) -> dict[str, Record | None]:
    """Return the locations that may open or close, with their row of Sites.

    Status consider: may open, without a row at no cost. Status open: may close where it has one.
    """
    rows = {row.text("Location"): row for row in case.rows("Sites")}
    found: dict[str, Record | None] = {}
    for code, location in case.locations.items():
        status = location.text("Status") or "open"
        if status == "consider" or (status == "open" and code in rows):
            found[code] = rows.get(code)
    return found


def open_states(world: World) -> dict[str, list[bool]]:
    """Return open or closed by location and period, as the plan says; a missing row is closed."""
    found = {code: [False] * len(world.horizon) for code in site_rows(world.case)}
    for i in world.plan.good["SiteResults"]:
        location, when = world.plan.key("SiteResults", i)
        if location in found:
            t = world.plan.period(when)
            found[location][t] = (location, t) not in world.plan.closed
    return found


def check_sites(world: World) -> None:
    """Check the states against the rules of Sites, and that closed locations rest."""
    states, rows = open_states(world), site_rows(world.case)
    shown = {world.plan.key("SiteResults", i)[:2] for i in world.plan.good["SiteResults"]}
    wanted = {(code, when) for code in states for when in world.horizon.ids}
    for place, when in sorted(wanted ^ shown):
        world.report.fail("keys", "SiteResults", place, when, "row missing or not asked for")
    for code, state in states.items():
        _rules(world, code, state, rows[code])
        for t, is_open in enumerate(state):
            if not is_open:
                _rests(world, code, t)
    _after_horizon(world, states)
    _groups(world, states)
    _figures(world, states, rows)


def _rules(world: World, code: str, state: list[bool], row: Record | None) -> None:
    """Check the window, the latest opening and the least time open."""
    ids = world.horizon.ids
    before = (world.case.locations[code].text("Status") or "open") == "open"
    text = row.text("Must Decide By") if row else ""
    latest = world.horizon.find(text) if text else None
    if text and latest is None:
        day = world.horizon.span(text)[0]
        latest = -1 if day < world.horizon.starts[0] else len(ids)
    least = math.ceil(row.number("Min Open", 0.0)) if row else 0
    for t, is_open in enumerate(state):
        if is_open and not world.case.in_window(code, t):
            world.report.fail("sites", code, ids[t], "open outside its window")
        if is_open and not (state[t - 1] if t else before):
            if latest is not None and t > latest:
                world.report.fail("sites", code, ids[t], "opened after Must Decide By")
            if not all(state[t : t + least]):
                world.report.fail("sites", code, ids[t], "closed before Min Open")


def _rests(world: World, code: str, t: int) -> None:
    """Check that nothing is, comes, goes, is ordered or made at a closed location."""
    report, when = world.report, world.horizon.ids[t]
    for product in world.case.products:
        pair = (code, product)
        seen = {
            "stock": world.stock(pair, t) + world.case.blocked.get(pair, 0.0),
            "receipts": world.inbound(pair, t) + world.purchased[pair][t],
            "sent or issued": world.outbound(pair, t),
            "ordered": world.plan.purchases[pair][t] if pair in world.plan.purchases else 0.0,
        }
        seen |= {
            name: abs(world.moves[name][pair][t])
            for name in (*FLOWS_IN, *FLOWS_OUT)
            if name in world.moves
        }
        for what, units in seen.items():
            report.at_most("sites", units, 0.0, code, product, when, f"closed: {what}")


def _after_horizon(world: World, states: dict[str, list[bool]]) -> None:
    """Check that what arrives after the horizon goes to locations that are open at its end."""
    for (place, product), units in world.late.items():
        if place in states and not states[place][-1]:
            world.report.at_most("sites", units, 0.0, place, product, "closed: arrives later")


def _groups(world: World, states: dict[str, list[bool]]) -> None:
    """Check Max In Group; members that today's stock or firm orders keep open count beside it."""
    members: dict[str, list[str]] = defaultdict(list)
    most: dict[str, float] = {}
    for row in world.case.rows("Sites"):
        if row.text("Group"):
            members[row.text("Group")].append(row.text("Location"))
        if row.text("Max In Group"):
            most[row.text("Group")] = row.number("Max In Group")
    for name, limit in most.items():
        for t, when in enumerate(world.horizon.ids):
            count = sum(states[code][t] for code in members[name] if code in states)
            held = sum(_held(world, code, t) for code in members[name])
            world.report.at_most("sites", count, max(limit, held), name, when, "Max In Group")


def _held(world: World, code: str, t: int) -> bool:
    """Tell whether today's stock or a firm order can still be at a location, or come to it."""
    return any(
        (world.standing(pair)[t - 1] if t else world.stock(pair, -1)) > 0
        or world.firm_in[pair][t] > 0
        or world.firm_out[pair][t] > 0
        or world.case.blocked.get(pair, 0.0) > 0
        for pair in ((code, product) for product in world.case.products)
    )


def _figures(world: World, states: dict[str, list[bool]], rows: dict[str, Record | None]) -> None:
    """Check Fixed Cost and Throughput of SiteResults."""
    plan = world.plan
    for i in plan.good["SiteResults"]:
        code, when = plan.key("SiteResults", i)
        if code not in states:
            continue
        t, row = plan.period(when), rows[code]
        fixed = row.number("Fixed Cost", 0.0) if row and states[code][t] else 0.0
        passed = math.fsum(world.outbound((code, product), t) for product in world.case.products)
        for column, wanted in (("Fixed Cost", fixed), ("Throughput", passed)):
            found = plan.number("SiteResults", column, i)
            world.report.equal("amounts", found, wanted, code, when, column)


def charge_sites(world: World, lines: Ledger) -> None:
    """site opening and closing where the state changes; site fixed in every open period."""
    rows = site_rows(world.case)
    for code, state in open_states(world).items():
        row, before = rows[code], (world.case.locations[code].text("Status") or "open") == "open"
        if row is None:
            continue
        for t, is_open in enumerate(state):
            if is_open:
                lines["site fixed", code, "", t] += row.number("Fixed Cost", 0.0)
            if is_open and not before:
                lines["site opening", code, "", t] += row.number("Open Cost", 0.0)
            if before and not is_open:
                lines["site closing", code, "", t] += row.number("Close Cost", 0.0)
            before = is_open
