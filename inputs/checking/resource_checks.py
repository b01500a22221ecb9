"""Resources that recipes name and do not have, hours without a resource, periods without hours."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.recipes import Stated, rows_of
from tierstock.inputs.assembly.resources import find_resource
from tierstock.inputs.findings import Findings
from tierstock.inputs.network.production import Production


def check_resources(made: Production, stated: Stated, ground: Ground) -> None:
    """Add what is wrong between recipes and resources to the findings of the ground."""
    _first(made, stated, ground)
    _hours(stated, ground)
    _further(made, stated, ground)
    _unused(made, ground)
    _silent(made, ground)


def _first(made: Production, stated: Stated, ground: Ground) -> None:
    """The resource of a recipe must be at its location."""
    known, code = set(made.resources.code.tolist()), ground.sites.locations.code
    missing = (stated.resource != "") & (made.recipes.resource < 0)
    for number in np.flatnonzero(missing):
        resource = str(stated.resource[number])
        if resource in known:  # one that is nowhere is an unknown reference
            elsewhere = made.resources.location[made.resources.code == resource]
            ground.findings.add(
                "resource-elsewhere",
                table=stated.table,
                index=int(stated.row["resource"][number]),
                field="resource",
                location=code[stated.location[number]],
                other=", ".join(code[np.unique(elsewhere)].tolist()),
            )


def _hours(stated: Stated, ground: Ground) -> None:
    """Hours need a resource, and a resource hours."""
    named = stated.resource != ""
    idle = named.copy()
    for field in ("hours_per_unit", "setup_hours"):
        some = np.nan_to_num(stated.numbers[field]) > 0.0
        idle &= ~some
        rows = np.unique(stated.row[field][some & ~named])
        ground.findings.add("hours-without-resource", table=stated.table, index=rows, field=field)
    idle &= stated.family == ""
    rows = np.unique(stated.row["resource"][idle])
    ground.findings.add("resource-without-hours", table=stated.table, index=rows, field="resource")


def _further(made: Production, stated: Stated, ground: Ground) -> None:
    """Rows of RecipeResources: a resource of another place, or the first one again."""
    table, code = ground.tables.table("RecipeResources"), ground.sites.locations.code
    resource = table.frame["resource"].to_numpy(dtype=object)
    row, recipe = rows_of(table, stated)
    found = find_resource(made.resources, resource[row], stated.location[recipe])
    again = np.unique(row[(found >= 0) & (found == made.recipes.resource[recipe])])
    ground.findings.add("resource-twice", table=table, index=again, field="resource")
    known = np.isin(resource[row], made.resources.code)
    for number in np.unique(row[known & (found < 0)]):
        here = row == number
        lacking = code[np.unique(stated.location[recipe[here & (found < 0)]])]
        ground.findings.add(
            "resource-elsewhere",
            table=table,
            index=int(number),
            field="resource",
            severity="warning" if (found[here] >= 0).any() else "error",
            location=", ".join(lacking.tolist()),
            other=", ".join(
                code[np.unique(made.resources.location[made.resources.code == resource[number]])]
            ),
        )


def _unused(made: Production, ground: Ground) -> None:
    """Resources that no recipe uses."""
    used = np.zeros(len(made.resources), dtype=bool)
    used[made.hours.resource] = True
    table, code = ground.tables.table("Resources"), ground.sites.locations.code
    for number in np.flatnonzero(~used):
        resource = str(made.resources.code[number])
        location = str(code[made.resources.location[number]])
        frame = table.frame
        mine = (frame["resource"] == resource) & (frame["location"] == location)
        ground.findings.add(
            "resource-unused",
            table=table,
            index=int(np.flatnonzero(mine.to_numpy())[0]),
            field="resource",
            location=location,
        )


def _silent(made: Production, ground: Ground) -> None:
    """Resources with hours in some periods and no row for others."""
    table = ground.tables.table("Resources")
    when = ground.catalog.ranks("period", table, "period", Findings())
    frame = table.frame
    for number in range(len(made.resources)):
        location = ground.sites.locations.code[made.resources.location[number]]
        mine = (frame["resource"] == made.resources.code[number]) & (frame["location"] == location)
        rows = np.flatnonzero(mine.to_numpy())
        spoken = np.any([when.mask(int(row)) for row in rows], axis=0)
        if not spoken.all():
            ground.findings.add(
                "resource-silent",
                table=table,
                index=int(rows[0]),
                field="period",
                count=int((~spoken).sum()),
                first=ground.periods.id[int(np.argmin(spoken))],
            )
