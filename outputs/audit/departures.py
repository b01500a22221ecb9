"""Lanes that rows of the planner pick, and the departures they count (F36, F37)."""

from collections.abc import Callable

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.matching import same_columns
from tierstock.outputs.audit.words import Record

Lane = tuple[str, str, str]
"""Origin, destination and mode."""


def picker(world: World, row: Record) -> Callable[[Lane], bool]:
    """Return whether To and Mode of a row of UserRows pick a lane."""
    ends = world.case.of_location.ranked(row.text("To"))
    equal = same_columns(row.text("To"))
    modes = {mode.strip() for mode in row.text("Mode").replace("，", ",").split(",")} - {"", "*"}

    def picked(lane: Lane) -> bool:
        alike = world.lanes.alike(lane[0], lane[1], equal) if equal else True
        return lane[1] in ends and alike and (not modes or lane[2] in modes)

    return picked


def periods_of(world: World, row: Record) -> set[int]:
    """Return the periods a row of UserRows picks."""
    names = world.case.of_period.ranked(row.text("Period"))
    return {world.horizon.place[name.strip().casefold().replace(" ", "")] for name in names}


def counted_departures(world: World) -> set[tuple[Lane, int]]:
    """Lanes and periods whose departures a row counts: they are whole behind the horizon, too."""
    counted = set()
    for row in world.case.rows("UserRows"):
        if row.text("Variable") == "departures":
            picked, periods = picker(world, row), periods_of(world, row)
            origins = world.case.of_location.ranked(row.text("From"))
            counted |= {
                (lane, t)
                for lane, t in world.loads
                if t in periods and lane[0] in origins and picked(lane)
            }
    return counted
